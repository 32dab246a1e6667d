"""Opening a case, and the small everyday changes to it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from krama.access.models import TeamMember, User
from krama.access.refusal import Refusal, _
from krama.casework.models import Case
from krama.casework.terms import CaseStatus
from krama.journal.recording import record
from krama.records.writing import change_record, facts_of, refuse_if, require


@transaction.atomic
def open_case(case: Case, *, by, worker: User, risk: str, next_step: str, next_due: date | None = None,
              safety_notice: str = "") -> Case:  # fmt: skip
    """Take the case into case management: a worker, a risk, a next step. Raises Refused when it is open."""
    require(by, "case.open", facts_of(case))
    refuse_if(refusals_to_open(case, worker=worker, next_due=next_due))
    _join(case, worker, "case_worker")
    values = {
        "status": CaseStatus.ACTIVE,
        "opened_on": timezone.localdate(),
        "risk": risk,
        "next_step": next_step,
    }
    values |= {"next_due": next_due, "next_by": worker}
    if safety_notice.strip():
        values["safety_notice"] = safety_notice
    return change_record(case, values, by=by, action="case.open")


def refusals_to_open(
    case: Case, *, worker: User | None = None, next_due: date | None = None
) -> list[Refusal]:
    """Give the reasons against opening: a case opens once, after a determination, with a colleague."""
    if case.status != CaseStatus.INTAKE:
        return [Refusal(_("This case is open already."))]
    reasons = []
    if not case.category:
        reasons.append(Refusal(_("Determine first what the person is found to be.")))
    if worker is not None and worker.agency_id != case.scope.agency_id:
        reasons.append(Refusal(_("The case worker must belong to the agency of the case."), field="worker"))
    if next_due is not None and next_due < timezone.localdate():
        reasons.append(Refusal(_("The next step must not be due in the past."), field="next_due"))
    return reasons


def _join(case: Case, user: User, part: str) -> bool:
    """Put `user` on the team unless there already; gives whether anything was written."""
    if TeamMember.objects.filter(case_id=case.pk, user=user, until=None).exists():
        return False
    TeamMember.objects.bulk_create([TeamMember(case_id=case.pk, user=user, part=part, since=timezone.now())])
    return True


@transaction.atomic
def join_team(case: Case, *, by, member: User, part: str = "other") -> Case:
    """Put a colleague on the case team. Raises Refused for somebody of another agency or already on it."""
    require(by, "team.add", facts_of(case))
    reasons = []
    if member.agency_id != case.scope.agency_id:
        reasons.append(
            Refusal(
                _("Only colleagues of the same agency join a team. Others need a consent grant."),
                field="member",
            )
        )
    elif not _join(case, member, part):
        reasons.append(Refusal(_("This colleague is on the team already."), field="member"))
    refuse_if(reasons)
    record("team.add", case, by=by, groups=["open"])
    return case


@transaction.atomic
def leave_team(case: Case, *, by, member: User) -> Case:
    """End a colleague's place on the team, from now on."""
    require(by, "team.end", facts_of(case))
    ended = TeamMember.objects.filter(case_id=case.pk, user=member, until=None).update(until=timezone.now())
    refuse_if([] if ended else [Refusal(_("This colleague is not on the team."), field="member")])
    record("team.end", case, by=by, groups=["open"])
    return case


def set_next_step(case: Case, *, by, next_step: str, next_due: date | None = None, next_by: User | None = None,
                  expected_version: int | None = None) -> Case:  # fmt: skip
    """Write down what comes next, by when and by whom."""
    values = {"next_step": next_step, "next_due": next_due, "next_by": next_by}
    return change_record(case, values, by=by, action="case.set-next-step", expected_version=expected_version)


def set_safety(
    case: Case, *, by, risk: str, safety_notice: str = "", expected_version: int | None = None
) -> Case:
    """Write down the risk and what everybody must know to keep the person safe."""
    values = {"risk": risk, "safety_notice": safety_notice}
    return change_record(case, values, by=by, action="case.set-safety", expected_version=expected_version)
