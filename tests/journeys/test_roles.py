"""What each role finds when it signs in: lists, counts, filters, REST; and that the rest is not there at all."""

from dataclasses import dataclass

import pytest

from krama.casework.models import Case
from tests import makers
from tests.cast import PASSWORD
from tests.journeys.desk import Desk
from tests.journeys.given import Given


@dataclass
class Places:
    """A case at the centre, one at another site of the same agency, and one of another agency."""

    here: Case
    next_door: Case
    elsewhere: Case


@pytest.fixture
def places(given) -> Places:
    """Register one woman at each of three places; the one at the centre has a counselling note and a list."""
    made = Places(
        *(makers.case(house) for house in (given.cast.here, given.cast.next_door, given.cast.elsewhere))
    )
    makers.counselling_note(given.cast.here, made.here)
    makers.manifest(given.cast.here)
    return made


def signs_in_by_hand(desk: Desk, username: str) -> None:
    """Use the sign-in page."""
    desk.goes_to("/sign-in/")
    desk.fills(username=username, password=PASSWORD)
    desk.presses("Sign in")


def cases_seen(desk: Desk, places: Places) -> set[str]:
    """Open each case by its address; gives the places whose case is there."""
    statuses = {name: desk.goes_to(f"/cases/{case.code}/") for name, case in vars(places).items()}
    assert set(statuses.values()) <= {200, 404}, statuses
    return {name for name, status in statuses.items() if status == 200}


def rest_seen(desk: Desk, places: Places) -> set[str]:
    """Ask REST for each case by its key; gives the places that answer."""
    statuses = {name: desk.asks_rest(f"case/{case.pk}")[0] for name, case in vars(places).items()}
    assert set(statuses.values()) <= {200, 404}, statuses
    return {name for name, status in statuses.items() if status == 200}


def search(desk: Desk, words: str) -> list[str]:
    """Type into the search box of the list that is open; gives the first cells of the rows that stay."""
    desk.page.locator(".k-find__input").fill(words)
    return desk.page.locator(".k-rows tbody tr:not([hidden]) th").all_inner_texts()


SEEN = {  # role: whose cases it finds
    "intake_officer": {"here"},
    "counsellor": {"here"},
    "shelter_manager": {"here"},
    "supervisor": {"here", "next_door"},
    "programme_manager": {"here", "next_door"},
    "me_officer": {"here", "next_door"},
    "social_worker": set(),  # on no team
    "lawyer": set(),
    "partner": set(),  # before anything was granted
}


@pytest.mark.row(1)
@pytest.mark.parametrize("role", SEEN)
def test_a_role_finds_its_cases_and_no_trace_of_others(given, places, desks, role):
    # given one case here, one next door, one elsewhere
    seen = {name: case for name, case in vars(places).items() if name in SEEN[role]}
    desk = desks()

    # when somebody of this role signs in
    signs_in_by_hand(desk, role)
    assert desk.where == "/"

    # then list, count, filter, search, case pages and REST agree on whose cases these are
    assert desk.records_listed("case") == (len(seen), len(seen))
    codes = {text.strip() for text in desk.page.locator(".k-rows tbody th").all_inner_texts()}
    assert codes == {case.code for case in seen.values()}
    assert desk.records_listed("case", risk="high") == (len(seen), len(seen))
    assert desk.records_listed("case", risk="low") == (0, 0)
    if len(seen) > 1:  # one row needs no search
        desk.goes_to("/records/case/")
        assert search(desk, places.here.code) == [places.here.code]
        assert search(desk, places.elsewhere.code) == []
    assert cases_seen(desk, places) == rest_seen(desk, places) == set(seen)
    status, answer = desk.asks_rest("case/")
    assert (status, answer["total"], len(answer["items"])) == (200, len(seen), len(seen))


@pytest.mark.row(1)
@pytest.mark.parametrize("role", ["donor", "administrator"])
def test_donor_and_administrator_meet_no_case_at_all(given, places, desks, role):
    # given cases in the programme, when a donor or an administrator signs in
    desk = desks()
    signs_in_by_hand(desk, role)

    # then there is a page for them without any case, and every way to one is closed as if there were none
    assert desk.status == 200
    everything = desk.page.content()
    for slug in ("case", "screening", "counselling-note", "service", "arrival", "manifest"):
        assert desk.goes_to(f"/records/{slug}/") == 404, slug
        assert desk.asks_rest(f"{slug}/")[0] == 404, slug
    assert cases_seen(desk, places) == rest_seen(desk, places) == set()
    assert not [case.code for case in vars(places).values() if case.code in everything]


@pytest.mark.row(1)
def test_the_donor_sees_a_figure_and_it_is_no_exact_one(given, sign_in):
    # given three people, fewer than may be told
    makers.registered(given.house, 3)
    donor = sign_in("donor")

    # when the donor looks
    donor.goes_to("/")

    # then no figure is told, and nothing else
    donor.must_see("fewer than 11")
    assert donor.page.locator("main a").count() == 0


@pytest.mark.row(3)
def test_counselling_notes_are_for_counsellor_and_supervisor_alone(given, places, sign_in):
    # given a counselling note about a woman at the centre
    readers = {}

    # when everybody looks for it
    for role in ("intake_officer", "counsellor", "supervisor", "programme_manager", "shelter_manager"):
        desk = sign_in(role)
        listed, _rows = desk.records_listed("counselling-note")
        status, answer = desk.asks_rest("counselling-note/")
        readers[role] = (listed, answer.get("total", -1) if status == 200 else -1)

    # then two roles find it, and to the others that kind of record is not there
    assert readers == {
        "intake_officer": (-1, -1), "counsellor": (1, 1), "supervisor": (1, 1), "programme_manager": (-1, -1),
        "shelter_manager": (-1, -1),
    }  # fmt: skip


@pytest.mark.row(4)
def test_another_agency_sees_what_a_consent_opens_and_only_that(given: Given, places, sign_in):
    # given another agency to which nothing was opened
    partner = sign_in("partner")
    assert partner.records_listed("case") == (0, 0)
    assert partner.goes_to(f"/cases/{places.here.code}/") == 404

    # when the woman agrees to sharing with it, and the supervisor shares her name and nothing else
    supervisor = sign_in("supervisor")
    supervisor.goes_to(f"/records/consent/add/?case={places.here.code}")
    supervisor.fills(
        answer="given", purposes=["sharing"], recipients=["partner"], informed=True, given_by="person",
        how="signature",
    )  # fmt: skip
    supervisor.presses("Save")
    supervisor.goes_to(f"/cases/{places.here.code}/")
    supervisor.follows("Share with another agency")
    supervisor.fills(agency=given.cast.agencies["partner"].pk, groups=["identity"], until=in_days(30))
    supervisor.presses("Save")
    assert supervisor.told == [supervisor.word("Saved.")]

    # then the agency finds this one case, with name, without the story and the safety notice
    assert partner.records_listed("case") == (1, 1)
    assert cases_seen(partner, places) == rest_seen(partner, places) == {"here"}
    status, answer = partner.asks_rest(f"case/{places.here.pk}")
    assert "safety_notice" in answer["hidden"]
    assert makers.canary("case", "safety_notice") not in partner.page.content()
    partner.goes_to(f"/cases/{places.here.code}/")
    partner.page.locator("#id_purpose").select_option("reception")
    partner.presses("Show the name", within="body")
    assert makers.NAME_CANARIES["given_latin"] in partner.text

    # and may not change it
    assert partner.goes_to(f"/records/service/add/?case={places.here.code}") in (403, 404) or (
        partner.sends(f"/records/service/add/?case={places.here.code}",
                      {"kind": "meal", "given_on": in_days(0), "quantity": 1}, taken=False).status in (403, 404)
    )  # fmt: skip

    # when the woman takes her consent back
    supervisor.goes_to(f"/cases/{places.here.code}/")
    consent = supervisor.page.locator('main a[href^="/records/consent/"]:not([href*="add"])').first
    consent.click()
    supervisor.follows("The person takes it back")
    supervisor.presses("Save")

    # then the case is gone for the other agency in the same moment
    assert partner.records_listed("case") == (0, 0)
    assert partner.goes_to(f"/cases/{places.here.code}/") == 404
    assert partner.asks_rest(f"case/{places.here.pk}")[0] == 404


def in_days(count: int) -> str:
    """Give a day so many days ahead, as it is typed."""
    from datetime import timedelta

    from django.utils import timezone

    return f"{timezone.localdate() + timedelta(days=count):%d/%m/%Y}"


@pytest.mark.row(1)
def test_a_wrong_password_is_refused_without_saying_what_was_wrong(given, desks):
    # given somebody at the sign-in page
    desk = desks()
    desk.goes_to("/sign-in/?next=/beds/")

    # when the password is wrong, or the name
    answers = []
    for username, password in (("supervisor", "guess"), ("nobody-of-that-name", PASSWORD)):
        desk.fills(username=username, password=password)
        desk.presses("Sign in")
        answers.append((desk.status, desk.problems))
        assert desk.value_of("username") == username
        assert desk.value_of("password") == ""

    # then both are answered alike
    said = desk.word("Name and password do not belong together. Check both and try again.")
    assert answers == [(422, [said])] * 2

    # when both are right
    desk.fills(username="supervisor", password=PASSWORD)
    desk.presses("Sign in")

    # then the page that was asked for at first is opened
    assert desk.where == "/beds/"
