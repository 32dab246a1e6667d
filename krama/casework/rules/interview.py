"""Whether a screening interview may be finished, and whether a stopped one may go on.

Stopping is never refused: the person may stop at any time and nothing is lost by it.
Sources: HTCDS 2.0 guidance on consent (con_Consent); WHO recommendations for interviewing trafficked women
(2003); UNICEF Guidelines on the Protection of Child Victims of Trafficking (2006).
"""

from dataclasses import dataclass
from datetime import date

from krama.access.refusal import Refusal, _
from krama.casework.rules.days import refusals_of_day
from krama.casework.rules.grounds import written
from krama.casework.rules.screening import Answer, Element

ELEMENT_GROUNDS_AT_LEAST = 10  # characters


@dataclass(frozen=True)
class Interview:
    """What is known about an interview that somebody wants to finish.

    arrived_on: the day the person came; None for a person still abroad. place, privacy, language: codes of
    interview_place, privacy, languages. understood: the interviewer speaks the language, or an interpreter
    does. interpreter_fit: None without interpreter; False for a fellow traveller, relative or anyone who
    may be with the traffickers. others_in_hearing: who could hear and why, free text. informed: purpose,
    use, access, storage and withdrawal were explained. agreed: to this interview. needs_asked: urgent needs
    were asked before anything else. act, means, purpose: None = not asked yet. unanswered: field names of
    the form chosen that have no answer. stopped: the interview was stopped and not taken up again.
    """

    screened_on: date | None
    arrived_on: date | None
    today: date
    place: str = ""
    privacy: str = ""
    others_in_hearing: str = ""
    language: str = ""
    understood: bool | None = None
    interpreter_fit: bool | None = None
    informed: bool = False
    agreed: bool | None = None
    needs_asked: bool = False
    age_basis: str = ""
    act: Element | None = None
    means: Element | None = None
    purpose: Element | None = None
    unanswered: tuple[str, ...] = ()
    stopped: bool = False


def refusals_to_finish(interview: Interview) -> list[Refusal]:
    """What must still be done before the interview counts as finished; empty when it may be.

    "Not known" is an answer; a question that nobody asked is not.
    """
    return [
        *refusals_of_day(interview.screened_on, interview.arrived_on, interview.today, field="screened_on"),
        *_before_questions(interview),
        *_setting(interview),
        *_answers(interview),
    ]


def refusals_to_resume(
    *, finished: bool, agreed_again: bool | None, needs_asked_again: bool
) -> list[Refusal]:
    """What must be done before a stopped interview goes on."""
    if finished:
        return [Refusal(_("This interview is finished. Start a new one to add to it."))]
    refusals = []
    if agreed_again is not True:
        refusals.append(Refusal(_("Ask whether the person wants to go on."), field="agreed_again"))
    if not needs_asked_again:
        refusals.append(
            Refusal(_("Ask first how the person is and what is needed now."), field="needs_asked")
        )
    return refusals


def _before_questions(interview: Interview) -> list[Refusal]:
    refusals = []
    if not interview.needs_asked:
        refusals.append(Refusal(_("Ask about urgent needs first."), field="needs_asked"))
    if not interview.informed:
        text = _(
            "Explain what the interview is for, how the answers are used and kept, and that the person "
            "may stop."
        )
        refusals.append(Refusal(text, field="informed"))
    if interview.agreed is None:
        refusals.append(Refusal(_("Ask whether the person agrees to the interview."), field="agreed"))
    if interview.agreed is False:
        text = _("The person did not agree. Stop here: help does not depend on this interview.")
        refusals.append(Refusal(text, field="agreed"))
    if interview.stopped:
        refusals.append(Refusal(_("The interview was stopped. Go on only when the person agrees again.")))
    return refusals


def _setting(interview: Interview) -> list[Refusal]:
    refusals = []
    if not interview.place:
        refusals.append(Refusal(_("Choose where the interview took place."), field="place"))
    if not interview.privacy:
        refusals.append(Refusal(_("Choose who could hear the interview."), field="privacy"))
    if interview.privacy == "others_in_hearing" and not interview.others_in_hearing.strip():
        text = _("Write who could hear and why it could not be private.")
        refusals.append(Refusal(text, field="others_in_hearing"))
    if not interview.language:
        refusals.append(Refusal(_("Choose the language of the interview."), field="language"))
    if interview.understood is not True:
        text = _("Make sure that the person understands: find an interpreter or another interviewer.")
        refusals.append(Refusal(text, field="understood"))
    if interview.interpreter_fit is False:
        text = _("Find another interpreter: not a relative, a fellow traveller or anyone the person fears.")
        refusals.append(Refusal(text, field="interpreter_fit"))
    return refusals


def _answers(interview: Interview) -> list[Refusal]:
    refusals = []
    for name in ("act", "means", "purpose"):
        element = getattr(interview, name)
        if element is None:
            text = _('Answer this question. "Not known" is an answer.')
            refusals.append(Refusal(text, field=name))
        elif element.answer is not Answer.NOT_KNOWN and not written(
            element.grounds, ELEMENT_GROUNDS_AT_LEAST
        ):
            text = _("Write what this answer rests on, in %(least)s characters or more.")
            refusals.append(Refusal(text, {"least": ELEMENT_GROUNDS_AT_LEAST}, name))
    if not interview.age_basis.strip():
        refusals.append(Refusal(_("Write how the age is known."), field="age_basis"))
    if interview.unanswered:
        text = _('Questions without an answer: %(count)s. "Not known" is an answer.')
        refusals.append(Refusal(text, {"count": len(interview.unanswered)}, interview.unanswered[0]))
    return refusals
