"""Recording a word of consent, withdrawing it, and what it opens to another agency."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from krama.access.groups import Group
from krama.access.models import Agency, ConsentGrant, User
from krama.access.refusal import Refusal, _
from krama.casework.models import Case, Consent
from krama.casework.rules import consent as rules
from krama.casework.terms import Answer, ConsentAnswer
from krama.journal.recording import record
from krama.records.writing import add_record, change_record, facts_of, refuse_if, require
from krama.vault.actions.files import keep_document

LONGEST_GRANT = timedelta(days=90)


@transaction.atomic
def record_consent(
    case: Case, *, by, answer: str, purposes: Sequence[str], given_on: date, given_by: str = "person",
    how: str = "", recipients: Sequence[str] = (), giver: str = "", took_part: str = "", assent: str = "",
    informed: bool = False, interpreter: bool = False, witness: str = "", second_decider: User | None = None,
    grounds: str = "", limits: str = "", until: date | None = None, file: UploadedFile | None = None,
) -> Consent:  # fmt: skip
    """Write down what the person said. A "no" needs nothing but a date; a "yes" must meet the rules."""
    given = answer == ConsentAnswer.GIVEN
    for purpose in purposes:
        refuse_if(
            rules.refusals_to_record(
                rules.Asked(
                    purpose=rules.Purpose(purpose), given=given, given_on=given_on, today=timezone.localdate(),
                    child=case.child, given_by=given_by, how=how, recipients=frozenset(recipients),
                    limits=limits, until=until, age=(case.age, case.age) if case.age is not None else None,
                    assent=rules.Assent(assent or "not_asked"), took_part=_known(took_part),
                    deciders=tuple(str(u.pk) for u in (by, second_decider) if u), grounds=grounds,
                    unable=grounds, informed=informed, witness=witness, recorder=str(by),
                    recording_kept=file is not None,
                )
            )
        )  # fmt: skip
    proof = keep_document(case, name=file.name, content=file.read()) if file else None
    word = Consent(
        case=case, answer=answer, purposes=list(purposes), recipients=list(recipients), given_by=given_by,
        took_part=took_part, assent=assent, informed=informed, how=how, interpreter=interpreter,
        second_decider=second_decider, proof=proof, given_on=given_on, until=until, recorded_by=by,
    )  # fmt: skip
    sealed = {"giver": giver, "witness": witness, "limits": limits, "grounds": grounds}
    saved = add_record(word, by=by, action="consent.add", sealed=sealed)
    if not given:
        _close_grants(case, purposes, recipients)
    return saved


def _known(answer: str) -> bool | None:
    return {Answer.YES: True, Answer.NO: False}.get(answer)


@transaction.atomic
def withdraw_consent(consent: Consent, *, by, withdrawn_on: date) -> Consent:
    """Take a consent back; what it opened to others closes in the same moment."""
    refuse_if(
        rules.refusals_to_withdraw(
            already=consent.withdrawn_on,
            on=withdrawn_on,
            given_on=consent.given_on,
            today=timezone.localdate(),
        )
    )
    changed = change_record(consent, {"withdrawn_on": withdrawn_on}, by=by, action="consent.withdraw")
    ConsentGrant.objects.filter(consent_id=consent.pk, revoked_at=None).update(revoked_at=timezone.now())
    _close_uncovered(consent.case)
    return changed


def _close_grants(case: Case, purposes: Iterable[str], recipients: Sequence[str]) -> None:
    grants = ConsentGrant.objects.filter(case_id=case.pk, revoked_at=None, purpose__in=purposes)
    if recipients:
        grants = grants.filter(agency__code__in=recipients)
    grants.update(revoked_at=timezone.now())
    _close_uncovered(case)


def _close_uncovered(case: Case) -> None:
    """Close what the person's latest word no longer covers, though it rests on an earlier yes."""
    spoken, today = words(case), timezone.localdate()
    live = ConsentGrant.objects.filter(case_id=case.pk, revoked_at=None).select_related("agency")
    gone = [g.pk for g in live if not rules.covers(spoken, rules.Purpose(g.purpose), g.agency.code, today)]
    ConsentGrant.objects.filter(pk__in=gone).update(revoked_at=timezone.now())


def words(case: Case) -> list[rules.Consent]:
    """Give all that the person said so far, as the rules read it."""
    return [
        rules.Consent(
            purpose=rules.Purpose(purpose), given=row.answer == ConsentAnswer.GIVEN, valid_from=row.given_on,
            recipients=_recipients(row, purpose), until=row.until, withdrawn_on=row.withdrawn_on,
        )
        for row in Consent.objects.filter(case=case)
        for purpose in row.purposes
    ]  # fmt: skip


def _recipients(row: Consent, purpose: str) -> frozenset[str]:
    """Recipients belong to the purposes that have any; the others are for the agency that holds the case."""
    given = row.answer == ConsentAnswer.GIVEN
    return frozenset(row.recipients) if not given or purpose in rules.NEEDS_RECIPIENTS else frozenset()


@transaction.atomic
def share(case: Case, *, by, agency: Agency, groups: Sequence[str], until: date) -> ConsentGrant:
    """Open these field groups of the case to another agency, as far as the person's consent reaches.

    Raises Refused when no consent to sharing with that agency is in force, or for longer than 90 days.
    """
    require(by, "share.add", facts_of(case))
    now = timezone.now()
    latest = timezone.localdate() + 2 * LONGEST_GRANT  # the calendar ends; what lies beyond is refused below
    ends = timezone.make_aware(datetime.combine(min(until, latest) + timedelta(days=1), time.min))
    refuse_if(_refusals_to_share(case, by, agency, until, ends - now))
    consent = (
        Consent.objects.filter(
            case=case,
            answer=ConsentAnswer.GIVEN,
            purposes__contains=["sharing"],
            recipients__contains=[agency.code],
        )
        .order_by("-given_on", "-pk")
        .first()
    )
    grant = ConsentGrant(
        case_id=case.pk, agency=agency, groups=[Group(name).value for name in groups], purpose="sharing",
        consent_id=consent.pk, since=now, until=ends,
    )  # fmt: skip
    grant.save(force_insert=True)
    record("share.add", grant, by=by, groups=grant.groups)
    return grant


def _refusals_to_share(case: Case, by, agency: Agency, until: date, length: timedelta) -> list[Refusal]:
    reasons = []
    if agency.pk == by.agency_id:
        reasons.append(Refusal(_("Your own agency needs no grant."), field="agency"))
    elif not rules.covers(words(case), rules.Purpose.SHARING, agency.code, timezone.localdate()):
        reasons.append(Refusal(_("The person has not agreed to sharing with this agency."), field="agency"))
    elif not rules.covers(words(case), rules.Purpose.SHARING, agency.code, until):
        reasons.append(Refusal(_("The person's consent ends before that day."), field="until"))
    if length <= timedelta(0) or length > LONGEST_GRANT + timedelta(days=1):
        reasons.append(Refusal(_("Choose a last day from today to 90 days ahead."), field="until"))
    return reasons
