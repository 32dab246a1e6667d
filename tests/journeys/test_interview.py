"""The interview: urgent needs first, stopped and resumed, two workers at once, finished and determined."""

import pytest

from krama.casework.models import Determination, Screening
from tests import makers
from tests.journeys import interviews
from tests.journeys.given import Records


@pytest.mark.row(2)
def test_an_interview_is_stopped_for_an_urgent_need_and_resumed_by_a_colleague(given, sign_in):
    # given a woman and an officer who begins the interview
    woman, officer = given.an_adult(), sign_in("intake_officer")
    interview = interviews.begin(officer, woman.code)

    # then the first question of all is what is needed now
    assert officer.where == f"{interview}urgent/"
    assert officer.heading == officer.word("What is needed now")

    # when she is ill, and the interview stops there
    officer.fills(
        needs_asked=True, urgent_needs=["medical_emergency"], urgent_done="Brought to the hospital."
    )
    officer.presses("Save and stop for now")

    # then the page says what to do now, and what was said is kept
    assert officer.where == interview
    officer.must_see("Do this now")
    officer.must_see("Saved. The interview can go on at any time.")

    # when a colleague takes it up the next day
    colleague = sign_in("second_officer")
    colleague.goes_to(f"/cases/{woman.code}/")
    colleague.follows("Screening interview")

    # then it is the same interview, with the answers of before
    assert colleague.where == interview
    colleague.follows("What is needed now")
    assert colleague.value_of("urgent_done") == "Brought to the hospital."
    with Records(given.cast):
        assert Screening.objects.count() == 1


@pytest.mark.row(2)
def test_an_interview_cannot_be_finished_before_it_is_complete_and_the_reasons_are_given(given, sign_in):
    # given an interview in which only the urgent needs were asked
    woman, officer = given.an_adult(), sign_in("intake_officer")
    interview = interviews.begin(officer, woman.code)
    officer.fills(**interviews.URGENT)
    officer.presses("Save and stop for now")

    # when somebody wants to finish it
    officer.follows("Finish the interview")
    officer.presses("Save")

    # then it stays open and each thing that is missing is said
    assert officer.status == 422
    assert any(officer.word("Choose where the interview took place.") in line for line in officer.problems)
    assert any(
        officer.word("Ask whether the person agrees to the interview.") in line for line in officer.problems
    )
    with Records(given.cast):
        assert Screening.objects.get().status == "open"

    # and a determination has to wait for it
    supervisor = sign_in("supervisor")
    interviews.determine(supervisor, woman.code, "abused_migrant")
    assert supervisor.status == 422
    supervisor.must_see("Finish the screening interview first.")
    assert supervisor.value_of("grounds") == interviews.GROUNDS["abused_migrant"]
    officer.goes_to(interview)
    assert officer.status == 200


@pytest.mark.row(2)
def test_two_workers_on_one_part_compare_and_nothing_is_lost(given, sign_in):
    # given two workers who have the same part of an interview open
    woman = given.an_adult()
    officer, supervisor = sign_in("intake_officer"), sign_in("supervisor")
    part = interviews.begin(officer, woman.code) + "journey/"
    officer.goes_to(part)
    supervisor.goes_to(part)

    # when one saves, and then the other
    officer.fills(months_abroad=7)
    officer.presses("Save and go on")
    supervisor.fills(months_abroad=9, travel="On foot through the fields, by night.")
    supervisor.presses("Save and go on")

    # then the second is shown how it stands now, beside the own words, and nothing is overwritten
    assert (supervisor.status, supervisor.heading) == (409, supervisor.word("Somebody else saved first"))
    now = supervisor.page.locator(".k-card .k-summary").inner_text()
    assert "7" in now and "9" not in now
    assert supervisor.value_of("months_abroad") == "9"
    assert supervisor.value_of("travel") == "On foot through the fields, by night."
    with Records(given.cast):
        assert Screening.objects.get().months_abroad == 7

    # when the second has compared and saves again
    supervisor.presses("Save")

    # then that is what counts
    assert supervisor.status == 200
    with Records(given.cast):
        assert Screening.objects.get().months_abroad == 9


@pytest.mark.row(2)
def test_a_finding_that_departs_from_the_suggestion_says_why(given, sign_in):
    # given a finished interview of a child, from which the rules suggest a trafficking survivor
    girl, supervisor = given.a_child(), sign_in("supervisor")
    makers.screening(given.house, girl, finished=True)

    # when the supervisor finds something else
    interviews.determine(supervisor, girl.code, "abused_migrant")

    # then the form asks why, and keeps the grounds
    assert supervisor.status == 422
    assert supervisor.link_targets_missing() == []
    assert supervisor.value_of("grounds") == interviews.GROUNDS["abused_migrant"]

    # when the reason is given
    supervisor.fills(
        departure="The papers that came later show that she is nineteen, and that she went alone."
    )
    supervisor.presses("Save")

    # then finding and suggestion are both on file
    with Records(given.cast):
        found = Determination.objects.get()
    assert (found.outcome, found.suggested) == ("abused_migrant", "trafficking_survivor")
