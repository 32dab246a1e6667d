"""Whether a determination of status may be recorded.

A determination is a person's act with grounds, dated and kept; a later one does not overwrite an earlier.
What a partner finds and what the state formally recognises are two things: formal recognition lies with the
Ministry of Interior, and a reference number belongs to it (NCCT Guidelines on the identification of victims,
2016; US Trafficking in Persons Reports 2018-2021: no NGO can give it).
"""

from dataclasses import dataclass
from datetime import date

from krama.access.refusal import Refusal, _
from krama.casework.rules.days import refusals_of_day
from krama.casework.rules.grounds import GROUNDS_AT_LEAST, written
from krama.casework.rules.screening import ABUSED_MIGRANT, NONE, OTHER_RETURNEE, TRAFFICKING_SURVIVOR

OUTCOMES = (TRAFFICKING_SURVIVOR, ABUSED_MIGRANT, OTHER_RETURNEE, NONE)


@dataclass(frozen=True)
class Formal:
    """A formal recognition by the state. body: code of decision_making_org; reference: of the paper."""

    body: str
    reference: str
    recognised_on: date | None


def refusals_to_determine(
    *,
    outcome: str,
    grounds: str,
    decided_on: date | None,
    screened_on: date | None,
    arrived_on: date | None,
    today: date,
    decider_is_interviewer: bool,
    screening_finished: bool = True,
    suggested: str = "",
    departure: str = "",
    formal: Formal | None = None,
) -> list[Refusal]:
    """Why this determination cannot be recorded; empty when it can.

    suggested: the outcome that `screening.suggest` gave, "" when it was not shown. departure: why the
    decider departs from it; a suggestion "cannot_say" asks for no departure. An interviewer alone may find
    for the person but not against: "none" needs somebody else, because it can end the help.
    """
    refusals = []
    if outcome not in OUTCOMES:
        refusals.append(Refusal(_("Choose the finding."), field="outcome"))
    if not screening_finished:
        refusals.append(Refusal(_("Finish the screening interview first."), field="outcome"))
    if not written(grounds):
        text = _("Write the grounds of the finding, in %(least)s characters or more.")
        refusals.append(Refusal(text, {"least": GROUNDS_AT_LEAST}, "grounds"))
    refusals += _day_refusals(decided_on, screened_on, arrived_on, today)
    if outcome == NONE and decider_is_interviewer:
        text = _("Somebody other than the interviewer must make this finding, because it can end the help.")
        refusals.append(Refusal(text, field="outcome"))
    departs = outcome in OUTCOMES and suggested in OUTCOMES and outcome != suggested
    if departs and not written(departure):
        text = _(
            "Write why the finding differs from what the answers suggest, in %(least)s characters or more."
        )
        refusals.append(Refusal(text, {"least": GROUNDS_AT_LEAST}, "departure"))
    if formal is not None:
        refusals += _formal_refusals(formal, outcome, today)
    return refusals


def _day_refusals(
    decided_on: date | None, screened_on: date | None, arrived_on: date | None, today: date
) -> list[Refusal]:
    refusals = refusals_of_day(decided_on, arrived_on, today, field="decided_on")
    if not refusals and screened_on is not None and decided_on < screened_on:
        text = _("The date must not be before the screening interview on %(screened_on)s.")
        refusals.append(Refusal(text, {"screened_on": screened_on}, "decided_on"))
    return refusals


def _formal_refusals(formal: Formal, outcome: str, today: date) -> list[Refusal]:
    refusals = []
    if outcome != TRAFFICKING_SURVIVOR:
        text = _("Formal recognition belongs to the finding that the person was trafficked.")
        refusals.append(Refusal(text, field="outcome"))
    if not formal.body:
        refusals.append(Refusal(_("Choose who recognised the person formally."), field="formal_body"))
    elif formal.body == "ngo":
        text = _("An NGO identifies but cannot recognise formally. Choose the authority that did.")
        refusals.append(Refusal(text, field="formal_body"))
    if not formal.reference.strip():
        text = _("Enter the reference of the paper that recognises the person.")
        refusals.append(Refusal(text, field="formal_reference"))
    return refusals + refusals_of_day(formal.recognised_on, None, today, field="recognised_on")
