"""Registration without a list: by keyboard alone, with mistakes, without JavaScript, more people than rows."""

from dataclasses import replace

import pytest

from krama.casework.models import HouseholdMember
from tests.journeys import arrivals, registration
from tests.journeys.given import Records
from tests.journeys.registration import FAMILY_AND_OTHERS, Newcomer


def crowd(count: int) -> list[Newcomer]:
    """Give people who do not look alike."""
    families = ("Sok", "Chhim", "Ros", "Tep", "Yin", "Meas", "Heng", "Nuon", "Keo", "Long", "Ouk", "Van")
    given_names = ("Bopha", "Dara", "Kosal", "Malis", "Phirun", "Rithy", "Sothea", "Thida", "Vanna", "Chenda",
                   "Narin", "Leakhena")  # fmt: skip
    return [
        Newcomer(f"{families[n]} {given_names[n]}", "FM"[n % 2], str(20 + 3 * n), village=f"Phum {n + 1}")
        for n in range(count)
    ]


@pytest.mark.row(1)
def test_a_family_and_two_others_are_registered_by_keyboard_alone(given, sign_in):
    # given an arrival, and an officer whose hands stay on the keys
    arrival = given.an_arrival()
    officer = sign_in("intake_officer")
    registration.open_grid(officer, arrival)

    # when five people are typed in from the first box to the button
    registration.types_down_the_grid(officer, FAMILY_AND_OTHERS)
    registration.submits_by_keyboard(officer, "Register everybody")

    # then all five are registered, the family as a family with its head
    assert officer.where == f"/arrivals/{arrival.code}/"
    assert arrivals.figures(officer) == {"people": 5, "children": 2, "girls": 1, "boys": 1, "adults": 3}
    with Records(given.cast) as records:
        assert [(case.person.sex, case.child) for case in records.cases()] == [
            ("F", False), ("M", True), ("F", True), ("F", False), ("M", False),
        ]  # fmt: skip
        places = list(HouseholdMember.objects.order_by("case__arrival_place__line"))
    assert [place.relation for place in places] == ["head", "child", "child"]
    assert len({place.household for place in places}) == 1
    assert officer.complaints == []


@pytest.mark.row(1)
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_what_was_typed_stays_when_something_must_be_mended(given, sign_in, javascript):
    # given a grid in which the second person has no sex and an age that is none
    arrival = given.an_arrival()
    officer = sign_in("intake_officer", javascript=javascript)
    faulty = list(FAMILY_AND_OTHERS)
    faulty[1] = replace(faulty[1], sex="", birth="about so high")
    registration.open_grid(officer, arrival)
    registration.writes(officer, faulty)

    # when it is sent
    officer.presses("Register everybody")

    # then nobody is registered, both faults are named with a way to the box, and nothing typed is lost
    assert officer.status == 422
    with Records(given.cast) as records:
        assert records.counts()["people"] == 0
    assert [line.partition(": ")[0] for line in officer.problems] == [
        officer.word("Row %(number)s", number=2)
    ] * 2
    assert officer.link_targets_missing() == []
    assert registration.written(officer, 5) == faulty

    # when the officer follows the links and mends both
    officer.fills(**{"people-1-sex": "M", "people-1-birth": "11"})
    officer.presses("Register everybody")

    # then all are registered
    assert arrivals.figures(officer) == {"people": 5, "children": 2, "girls": 1, "boys": 1, "adults": 3}


@pytest.mark.row(1)
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_more_people_than_rows_are_registered_once_each(given, sign_in, javascript):
    # given more people at the gate than the grid has rows
    arrival, people = given.an_arrival(), crowd(11)
    officer = sign_in("intake_officer", javascript=javascript)
    registration.open_grid(officer, arrival)

    # when the officer fills what is there, asks for more rows and goes on
    registration.writes(officer, people[:8])
    officer.asks_for_rows()
    assert registration.written(officer, 8) == people[:8]
    registration.writes(officer, people)

    # and the line breaks just when the grid is sent, so that no answer comes, and it is sent again
    officer.loses_the_answer_to("Register everybody")
    assert registration.written(officer, 11) == people
    officer.page.wait_for_timeout(1100)  # a second press within a second is taken for a slip
    officer.presses("Register everybody")

    # then each is registered, once
    assert officer.problems == []
    assert arrivals.figures(officer)["people"] == 11
    with Records(given.cast) as records:
        assert records.counts()["people"] == 11


@pytest.mark.row(1)
def test_the_main_road_of_the_evening_works_without_javascript(given, sign_in):
    # given a browser that runs no script
    arrival = given.an_arrival()
    given.beds_for_everybody()
    officer = sign_in("intake_officer", javascript=False)

    # when people are registered, fed and given beds
    registration.open_grid(officer, arrival)
    registration.writes(officer, FAMILY_AND_OTHERS)
    officer.presses("Register everybody")
    codes = arrivals.people_on(officer)
    arrivals.choose(officer, codes)
    officer.presses("Meals")
    officer.presses("Record")
    arrivals.choose(officer, codes)
    officer.presses("Give beds")
    officer.presses("Give these beds")

    # then the board shows it
    assert arrivals.done(officer, "Meal") == arrivals.done(officer, "Bed") == (5, 5)
