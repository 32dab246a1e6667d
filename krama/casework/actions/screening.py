"""The interview: started, saved part by part, stopped and resumed, finished; then the determination."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from krama.access.refusal import Refusal, _
from krama.casework.models import Case, Determination, Screening
from krama.casework.rules import determination as determining
from krama.casework.rules import interview as interviewing
from krama.casework.rules.screening import Answer, Element, Screened, Suggestion, suggest
from krama.casework.terms import Authority, ScreeningStatus
from krama.journal.recording import record
from krama.records import sealing
from krama.records.writing import Refused, add_record, change_record, facts_of, refuse_if, require

ELEMENTS = ("act", "means", "purpose")


@transaction.atomic
def start_screening(case: Case, *, by) -> Screening:
    """Begin an interview; an unfinished one of this case is given back instead of a second."""
    require(by, "screening.add", facts_of(case))
    underway = Screening.objects.filter(case=case, status=ScreeningStatus.OPEN).first()
    if underway is not None:
        return underway
    fresh = Screening(case=case, interviewer=by, started_at=timezone.now())
    try:
        with transaction.atomic():
            return add_record(fresh, by=by, action="screening.add")
    except IntegrityError:  # somebody else began in the same moment
        return Screening.objects.get(case=case, status=ScreeningStatus.OPEN)


@transaction.atomic
def save_screening(screening: Screening, *, by, expected_version: int | None = None, **answers) -> Screening:
    """Save some answers of an interview under way. Raises Refused once it is finished."""
    if screening.status == ScreeningStatus.FINISHED:
        raise Refused([Refusal(_("This interview is finished. Start a new one to add to it."))])
    return change_record(
        screening, answers, by=by, action="screening.change", expected_version=expected_version
    )


@transaction.atomic
def finish_screening(screening: Screening, *, by) -> Screening:
    """Close the interview. Raises Refused with all that is still to be asked."""
    refuse_if(refusals_to_finish(screening))
    values = {"status": ScreeningStatus.FINISHED, "finished_at": timezone.now()}
    return change_record(screening, values, by=by, action="screening.finish")


def refusals_to_finish(screening: Screening) -> list[Refusal]:
    """Give what the rules still want of this interview."""
    if screening.status == ScreeningStatus.FINISHED:
        return [Refusal(_("This interview is finished already."))]
    texts = opened(screening)
    day = timezone.localtime(screening.started_at).date()
    return interviewing.refusals_to_finish(
        interviewing.Interview(
            screened_on=day,
            arrived_on=timezone.localtime(screening.case.registered_at).date(),
            today=timezone.localdate(),
            place=screening.place,
            privacy=screening.privacy,
            others_in_hearing=texts["others_in_hearing"],
            language=screening.language,
            understood=screening.understood,
            interpreter_fit=screening.interpreter_fit if screening.interpreter else None,
            informed=screening.informed,
            agreed=screening.agreed,
            needs_asked=screening.needs_asked,
            age_basis=screening.case.person.birth_basis,
            **{name: _element(screening, name, texts) for name in ELEMENTS},
        )
    )


def opened(screening: Screening) -> dict[str, str]:
    """Give the sealed texts that rules weigh. They are not shown to anyone, so nothing is journaled."""
    names = ("others_in_hearing", *(f"{name}_grounds" for name in ELEMENTS))
    return sealing.open_unjournaled([screening], names)[0]


def _element(screening: Screening, name: str, texts: dict[str, str]) -> Element | None:
    answer = getattr(screening, name)
    return Element(Answer(answer), texts[f"{name}_grounds"]) if answer else None


def suggestion(screening: Screening) -> Suggestion:
    """Give the suggested reading of the answers so far, with reasons; never a decision."""
    texts = opened(screening)
    yes_no = {"yes": True, "no": False}
    unknown = Element(Answer.NOT_KNOWN)
    return suggest(
        Screened(
            **{name: _element(screening, name, texts) or unknown for name in ELEMENTS},
            indicators=frozenset(screening.indicators),
            child=_child(screening.case),
            age_basis=screening.case.person.birth_basis,
            exploitation=frozenset(screening.exploitation),
            abuse_abroad=yes_no.get(screening.abuse_abroad),
            in_need=yes_no.get(screening.in_need),
        )
    )


def _child(case: Case) -> bool | None:
    """True or False where the age says so; None where the case is treated as a child in doubt."""
    if case.child and (case.age is None or case.age >= 18 or case.person.birth_precision == "range"):
        return None if case.age is None or case.age >= 17 else True
    return case.child


@transaction.atomic
def determine(
    case: Case, *, by, outcome: str, grounds: str, decided_on: date, screening: Screening | None = None,
    departure: str = "", authority: str = Authority.PARTNER, body: str = "", reference: str = "",
) -> Determination:  # fmt: skip
    """Record what the person is found to be. Earlier findings stay; the case shows the latest of the partner.

    Raises Refused: no grounds, an unfinished interview, "none of these" by the interviewer alone.
    """
    require(by, "determination.add", facts_of(case))
    screening = screening or _latest_screening(case)
    suggested = suggestion(screening).outcome if screening else ""
    refuse_if(
        determining.refusals_to_determine(
            outcome=outcome,
            grounds=grounds,
            decided_on=decided_on,
            screened_on=timezone.localtime(screening.started_at).date() if screening else None,
            arrived_on=timezone.localtime(case.registered_at).date(),
            today=timezone.localdate(),
            decider_is_interviewer=bool(screening and screening.interviewer_id == by.pk),
            screening_finished=bool(screening and screening.status == ScreeningStatus.FINISHED),
            suggested=suggested if authority == Authority.PARTNER else "",
            departure=departure,
            formal=determining.Formal(body, reference, decided_on) if authority == Authority.FORMAL else None,
        )
    )
    found = Determination(
        case=case, screening=screening, authority=authority, outcome=outcome, suggested=suggested,
        decided_on=decided_on, decided_by=by if authority == Authority.PARTNER else None, body=body,
        reference=reference, age=case.age, child=case.child,
    )  # fmt: skip
    sealing.seal(found, {"grounds": grounds, "departure": departure})
    found.save(force_insert=True)
    if authority == Authority.PARTNER:
        Case.objects.filter(pk=case.pk).update(category=outcome)
        case.category = outcome
    record("determination.add", found, by=by, groups=["open", "narrative"])
    return found


def _latest_screening(case: Case) -> Screening | None:
    return case.screenings.order_by("-started_at").select_related("case__person").first()
