"""Names stay hidden until somebody says why they must be seen; every look is written down."""

import pytest

from tests.journeys.given import journaled

NAME = "Chhim Bopha"


def a_woman(given):
    return given.an_adult(family_latin="Chhim", given_latin="Bopha")


@pytest.mark.row(1)
def test_a_name_is_hidden_until_revealed_with_a_purpose_and_every_look_is_journaled(given, sign_in):
    # given a case, and an officer who opens it
    woman, officer = a_woman(given), sign_in("intake_officer")
    officer.goes_to(f"/cases/{woman.code}/")

    # then the name is nowhere on the page
    officer.must_see("Name hidden")
    assert NAME not in officer.page.content()
    assert journaled(given.cast, "case.reveal") == []

    # when no reason is given
    officer.presses("Show the name", within="body")

    # then it stays hidden, and the page asks for the reason
    officer.must_see("Choose why you need to see the name.")
    assert NAME not in officer.page.content()

    # when the officer says why
    officer.page.locator("#id_purpose").select_option("interview")
    officer.presses("Show the name", within="body")

    # then the name stands there, and the journal knows who looked, at whom, and why
    assert NAME in officer.text
    assert NAME not in officer.page.title()
    looks = journaled(given.cast, "case.reveal")
    assert {(look.actor_id, look.case_id, look.purpose) for look in looks} == {
        (given.cast.intake_officer.pk, woman.pk, "interview")
    }

    # when it is hidden again
    officer.presses("Hide the name", within="body")

    # then it is gone
    assert NAME not in officer.page.content()


@pytest.mark.row(1)
def test_back_after_sign_out_shows_nothing(given, sign_in):
    # given an officer who has a name on the screen
    woman, officer = a_woman(given), sign_in("intake_officer")
    officer.goes_to(f"/cases/{woman.code}/")
    officer.page.locator("#id_purpose").select_option("reception")
    officer.presses("Show the name", within="body")
    assert NAME in officer.text

    # when the officer signs out, and somebody at the same machine goes back
    officer.page.locator(".k-who__summary").click()
    officer.presses("Sign out", within="header")
    assert officer.where == "/sign-in/"
    officer.page.go_back(wait_until="domcontentloaded")

    # then nothing of the case is there
    assert NAME not in officer.page.content()
    assert woman.code not in officer.page.locator("main").inner_text()
    assert officer.where == "/sign-in/"


@pytest.mark.row(1)
def test_the_board_shows_names_for_a_purpose_and_hides_them_again(given, sign_in):
    # given a woman on the board of an arrival
    woman, officer = a_woman(given), sign_in("intake_officer")
    officer.goes_to(f"/cases/{woman.code}/")
    officer.goes_to(f"/arrivals/{woman.arrival_place.arrival.code}/")
    assert NAME not in officer.page.content()

    # when the names are shown for a reason
    officer.fills(purpose="reception")
    officer.presses("Show the names")

    # then her name stands beside her code, on the board and on the list for paper
    assert NAME in officer.text and woman.code in officer.text
    officer.follows("List to print")
    assert NAME in officer.text
    officer.must_see("With names: keep it with you and destroy it afterwards.")

    # and after hiding neither has it
    officer.page.go_back(wait_until="domcontentloaded")
    officer.presses("Hide the names")
    assert NAME not in officer.page.content()


@pytest.mark.row(1)
def test_who_has_no_reason_to_see_names_is_not_asked_for_one(given, sign_in):
    # given a programme manager, who may look at cases and not at names
    woman, manager = a_woman(given), sign_in("programme_manager")

    # when the case is opened
    assert manager.goes_to(f"/cases/{woman.code}/") == 200

    # then no way to the name is offered, and asking without the page is refused and journaled nowhere as done
    assert not manager.sees("Show the name")
    answer = manager.sends(f"/cases/{woman.code}/names/", {"purpose": "reception"}, taken=False)
    assert answer.status == 403
    assert [look for look in journaled(given.cast, "case.reveal") if look.outcome == "done"] == []
