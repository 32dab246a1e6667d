"""When an interview may be finished or taken up again, and a determination recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from krama.casework.rules.determination import Formal, refusals_to_determine
from krama.casework.rules.interview import Interview, refusals_to_finish, refusals_to_resume
from krama.casework.rules.screening import Answer, Element

TODAY = date(2025, 11, 6)
ARRIVED = date(2025, 11, 4)
SCREENED = date(2025, 11, 5)

COMPLETE = Interview(
    screened_on=SCREENED,
    arrived_on=ARRIVED,
    today=TODAY,
    place="transit_centre",
    privacy="alone",
    language="khm",
    understood=True,
    informed=True,
    agreed=True,
    needs_asked=True,
    age_basis="family_book",
    act=Element(Answer.YES, "an aunt took the person"),
    means=Element(Answer.NOT_KNOWN),
    purpose=Element(Answer.YES, "sold lottery tickets daily"),
)


def fields(refusals):
    return [refusal.field for refusal in refusals]


def test_a_complete_interview_may_be_finished():
    assert refusals_to_finish(COMPLETE) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"screened_on": None}, ["screened_on"]),
        ({"screened_on": TODAY + timedelta(1)}, ["screened_on"]),
        ({"screened_on": ARRIVED - timedelta(1)}, ["screened_on"]),
        ({"screened_on": ARRIVED}, []),
        ({"screened_on": ARRIVED - timedelta(1), "arrived_on": None}, []),
        ({"needs_asked": False}, ["needs_asked"]),
        ({"informed": False}, ["informed"]),
        ({"agreed": None}, ["agreed"]),
        ({"agreed": False}, ["agreed"]),
        ({"stopped": True}, [""]),
        ({"place": ""}, ["place"]),
        ({"privacy": ""}, ["privacy"]),
        ({"privacy": "others_in_hearing"}, ["others_in_hearing"]),
        ({"privacy": "others_in_hearing", "others_in_hearing": "one room for all"}, []),
        ({"language": ""}, ["language"]),
        ({"understood": None}, ["understood"]),
        ({"understood": False}, ["understood"]),
        ({"interpreter_fit": False}, ["interpreter_fit"]),
        ({"interpreter_fit": True}, []),
        ({"age_basis": " "}, ["age_basis"]),
        ({"act": None}, ["act"]),
        ({"means": None, "purpose": None}, ["means", "purpose"]),
        ({"act": Element(Answer.NO, "no  \n  one")}, ["act"]),
        ({"unanswered": ("debt_amount", "route")}, ["debt_amount"]),
    ],
)
def test_what_stops_an_interview_from_being_finished(change, expected):
    assert fields(refusals_to_finish(replace(COMPLETE, **change))) == expected


def test_a_blank_interview_names_every_gap_once():
    blank = Interview(screened_on=None, arrived_on=None, today=TODAY)
    assert fields(refusals_to_finish(blank)) == [
        "screened_on", "needs_asked", "informed", "agreed", "place", "privacy", "language", "understood",
        "act", "means", "purpose", "age_basis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("finished", "agreed", "needs", "expected"),
    [
        (False, True, True, []),
        (False, None, True, ["agreed_again"]),
        (False, False, False, ["agreed_again", "needs_asked"]),
        (True, True, True, [""]),
    ],
)
def test_resuming(finished, agreed, needs, expected):
    refusals = refusals_to_resume(finished=finished, agreed_again=agreed, needs_asked_again=needs)
    assert fields(refusals) == expected


GROUNDS = "sent by an aunt to sell tickets, all earnings taken"
FORMAL = Formal("interior", "No. 12/25", TODAY)


def determine(**change):
    facts = {
        "outcome": "trafficking_survivor",
        "grounds": GROUNDS,
        "decided_on": TODAY,
        "screened_on": SCREENED,
        "arrived_on": ARRIVED,
        "today": TODAY,
        "decider_is_interviewer": True,
    }
    return fields(refusals_to_determine(**(facts | change)))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"outcome": "abused_migrant"}, []),
        ({"outcome": "cannot_say"}, ["outcome"]),
        ({"outcome": ""}, ["outcome"]),
        ({"screening_finished": False}, ["outcome"]),
        ({"grounds": "x" * 19}, ["grounds"]),
        ({"grounds": "x" * 20}, []),
        ({"grounds": "x" + " " * 30}, ["grounds"]),
        ({"decided_on": None}, ["decided_on"]),
        ({"decided_on": TODAY + timedelta(1)}, ["decided_on"]),
        ({"decided_on": ARRIVED - timedelta(1)}, ["decided_on"]),
        ({"decided_on": SCREENED - timedelta(1)}, ["decided_on"]),
        ({"decided_on": SCREENED}, []),
        ({"arrived_on": None, "screened_on": None, "decided_on": date(2025, 1, 1)}, []),
        ({"outcome": "none"}, ["outcome"]),
        ({"outcome": "none", "decider_is_interviewer": False}, []),
        ({"suggested": "abused_migrant"}, ["departure"]),
        ({"suggested": "abused_migrant", "departure": GROUNDS}, []),
        ({"suggested": "cannot_say"}, []),
        ({"suggested": "trafficking_survivor"}, []),
        ({"formal": FORMAL}, []),
        ({"formal": FORMAL, "outcome": "abused_migrant"}, ["outcome"]),
        ({"formal": replace(FORMAL, body="ngo")}, ["formal_body"]),
        ({"formal": replace(FORMAL, body="")}, ["formal_body"]),
        ({"formal": replace(FORMAL, reference=" ")}, ["formal_reference"]),
        ({"formal": replace(FORMAL, recognised_on=None)}, ["recognised_on"]),
        ({"formal": replace(FORMAL, recognised_on=TODAY + timedelta(1))}, ["recognised_on"]),
    ],
)
def test_what_stops_a_determination(change, expected):
    assert determine(**change) == expected
