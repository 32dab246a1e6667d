"""The demo is told once, through the actions, and leaves work on every step."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.db.models import Sum
from django.test import Client, override_settings
from django.utils import timezone

from krama.access.models import ConsentGrant, User
from krama.access.roles import ROLES
from krama.access.scoping import acting_as
from krama.casework.actions.service import give
from krama.casework.models import Case, Consent, Service
from krama.demo import accounts, dates
from krama.demo.people import LONG_AN_ARRIVED
from krama.records.reading import visible
from krama.records.sealing import open_unjournaled
from krama.records.types import registry
from krama.records.writing import Refused
from krama.repatriation.models import Arrival
from krama.repatriation.progress import counted, lines_of, places_of
from krama.vault.actions.reveal import reveal
from krama.vault.models import MatchDecision
from tests import databases

STEPS_WITH_WORK = ("bed", "medical", "counselling", "consent", "screening", "determination", "next")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """A database of its own in which the command has run; gives what the command printed."""
    name, said = databases.fresh_name(), StringIO()
    with django_db_blocker.unblock():
        before = connections["default"].settings_dict["NAME"]
        databases.create(name)
        try:
            databases.point_at(name)
            call_command("migrate", verbosity=0)
            with override_settings(DEMO=True):
                call_command("fill_demo", stdout=said)
            yield said.getvalue()
        finally:
            databases.point_at(before)
            databases.drop(name)


@pytest.fixture
def staff(demo, django_db_blocker):
    with django_db_blocker.unblock():
        yield {user.username: user for user in User.objects.select_related("agency")}


def group(user, country: str):
    """Give the people of the group from that country, and the board's states as Counters by step."""
    with acting_as(user):
        arrival = Arrival.objects.get(country=country, people__isnull=False, announced__gt=1, people__line=1)
        places = places_of(arrival, user)
        steps, lines = lines_of(places)
        states = {
            step.name: Counter(line.states[column].state for line in lines)
            for column, step in enumerate(steps)
        }
        return places, states


def test_33_people_came_from_long_an(staff):
    places, _states = group(staff["supervisor"], "VN")
    assert counted(places) == {"people": 33, "children": 25, "girls": 14, "boys": 11, "adults": 8}


def test_15_men_came_from_malaysia(staff):
    places, _states = group(staff["supervisor2"], "MY")
    assert counted(places) == {"people": 15, "children": 0, "girls": 0, "boys": 0, "adults": 15}
    assert {place.case.person.sex for place in places} == {"M"}


def test_everybody_of_long_an_was_fed_and_work_is_left_on_every_later_step(staff):
    _places, states = group(staff["officer"], "VN")
    assert states["registered"] == states["meal"] == {"done": 33}
    assert {name: states[name]["missing"] for name in STEPS_WITH_WORK} == {
        "bed": 3, "medical": 3, "counselling": 15, "consent": 9, "screening": 10, "determination": 18, "next": 13,
    }  # fmt: skip
    assert states["screening"] == {"done": 20, "underway": 3, "missing": 10}
    assert states["consent"] == {"done": 19, "blocked": 5, "missing": 9}


def test_malaysia_is_further_along(staff):
    _places, states = group(staff["supervisor2"], "MY")
    assert states["screening"] == states["determination"] == {"done": 15}
    assert states["next"] == {"done": 12, "missing": 3}


def test_children_are_found_trafficked_and_adults_abused_migrants(staff):
    places, _states = group(staff["supervisor"], "VN")
    found = Counter((place.case.category, place.case.child) for place in places if place.case.category)
    assert found == {("trafficking_survivor", True): 9, ("abused_migrant", False): 6}


def test_one_case_is_at_high_risk_and_one_is_shared(staff):
    with acting_as(staff["supervisor"]):
        assert Case.objects.filter(risk="high").count() == 1
        shared = ConsentGrant.objects.get()
    with acting_as(staff["partner"]) as partner:
        seen = visible(registry["case"], partner)
        assert [case.pk for case in seen] == [shared.case_id]
        assert reveal(list(seen), by=partner, purpose="reception")[shared.case_id].name


def test_the_meal_is_one_batch_with_its_cost_and_provider(staff):
    with acting_as(staff["supervisor"]):
        meals = Service.objects.filter(kind="meal")
        assert meals.count() == 33
        assert meals.values("batch", "provider__name").distinct().count() == 1
        assert meals.aggregate(total=Sum("expense__amount"))["total"] == Decimal(297_000)


def test_consents_of_children_rest_on_a_responsible_adult_or_on_two_people(staff):
    with acting_as(staff["supervisor"]):
        given = Consent.objects.filter(case__child=True, answer="given")
        assert {(c.given_by, c.took_part, c.second_decider_id is not None) for c in given} == {
            ("parent", "no", False), ("guardian", "no", False), ("best_interest", "", True),
        }  # fmt: skip
        assert Consent.objects.exclude(withdrawn_on=None).count() == 1


@pytest.mark.parametrize("username", ["supervisor", "supervisor2"])
def test_a_likeness_is_left_as_an_open_question(staff, username):
    with acting_as(staff[username]):
        assert [(m.decision, m.verdict) for m in MatchDecision.objects.all()] == [("unsure", "likely")]


def test_nothing_happens_before_its_arrival_or_in_the_future(staff):
    for username in ("supervisor", "supervisor2"):
        with acting_as(staff[username]):
            for service in Service.objects.select_related("case"):
                arrived = timezone.localtime(service.case.registered_at).date()
                assert arrived <= service.given_on <= timezone.localdate()


def test_there_is_an_account_for_every_role_and_each_signs_in(staff):
    assert {account.role for account in accounts.ACCOUNTS} == set(ROLES)
    assert set(staff) == {account["username"] for account in accounts.demo_accounts()}
    for account in accounts.demo_accounts():
        assert Client().login(username=account["username"], password=account["password_hint"])


@pytest.mark.parametrize("account", accounts.ACCOUNTS, ids=lambda account: account.username)
def test_the_first_pages_of_every_account_open(staff, client_of, account):
    """The first page and all that it leads to in one step; the frame and what is the role's own work."""
    client = client_of(staff[account.username])
    first = client.get("/")
    assert first.status_code == 200
    links = set(re.findall(r'href="(/[^"#?]*)', first.content.decode()))
    pages = {link for link in links if not link.startswith(("/static/", "/sign-out"))}
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_the_first_page_leads_to_the_arrival_by_its_code(staff, client_of):
    with acting_as(staff["officer"]):
        code = Arrival.objects.get(country="VN").code
    assert code in client_of(staff["officer"]).get("/").content.decode()


CORRECTED = {"given_on", "quantity", "note", "version"}


@pytest.mark.parametrize(
    ("username", "asked"),
    [
        ("officer", CORRECTED),
        ("counsellor", CORRECTED),
        ("shelter", CORRECTED),
        ("monitor", CORRECTED - {"note"}),
    ],
)
def test_a_service_can_be_corrected_but_not_its_cost(staff, client_of, username, asked):
    with acting_as(staff[username]) as user:
        service = visible(registry["service"], user).filter(kind="basic_counselling").first()
    page = client_of(staff[username]).get(f"/records/service/{service.pk}/change/")
    assert page.status_code == 200
    assert set(page.context["form"].fields) == asked


def test_a_note_stays_when_somebody_corrects_the_day_who_may_not_read_it(staff, client_of):
    def now():
        with acting_as(staff["monitor"]):
            service = Service.objects.filter(kind="community_visit").order_by("pk").first()
            return service, open_unjournaled([service], ["note"])[0]["note"]

    before, note = now()
    values = {"given_on": before.given_on.isoformat(), "quantity": "2", "version": str(before.version)}
    page = client_of(staff["monitor"]).post(f"/records/service/{before.pk}/change/", values)
    after, kept = now()
    assert (page.status_code, before.quantity, after.quantity) == (302, 1, 2)
    assert kept == note != ""


def test_a_service_before_the_withdrawal_of_consent_may_still_be_recorded(staff):
    with acting_as(staff["monitor"]) as monitor, transaction.atomic():
        withdrawn = Consent.objects.exclude(withdrawn_on=None).select_related("case").get()
        day = timedelta(days=1)
        give(withdrawn.case, by=monitor, kind="family_assessment", given_on=withdrawn.withdrawn_on - day)
        with pytest.raises(Refused):
            give(withdrawn.case, by=monitor, kind="family_assessment", given_on=withdrawn.withdrawn_on)
        transaction.set_rollback(True)


def test_a_second_run_changes_nothing_and_says_the_same(demo, staff):
    before, again = _rows(), StringIO()
    with override_settings(DEMO=True):
        call_command("fill_demo", stdout=again)
    assert (_rows(), again.getvalue()) == (before, demo)
    assert all(account.username in demo for account in accounts.ACCOUNTS)


def _rows() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
        return counts


def test_it_is_made_in_a_demonstration_only(demo, staff):
    with override_settings(DEMO=False), pytest.raises(CommandError, match="no demonstration"):
        call_command("fill_demo")


def test_it_keeps_away_from_a_database_in_use(staff, monkeypatch):
    monkeypatch.setattr(accounts, "is_set_up", lambda: False)  # as where the agencies are not the demo's
    with override_settings(DEMO=True), pytest.raises(CommandError, match="agencies of its own"):
        call_command("fill_demo")


@pytest.mark.parametrize(
    ("after", "expected"),
    [(-200, -14), (0, -14), (9, -14), (10, -10), (17, -17), (60, -60), (61, -14), (900, -14)],
)
def test_the_story_lies_two_weeks_back_or_on_its_real_days(after, expected):
    today = LONG_AN_ARRIVED + timedelta(days=after)
    days = dates.calendar(today)
    assert days.long_an.date() - today == timedelta(days=expected)
    assert days.long_an.date() - days.malaysia.date() == timedelta(days=77)
    assert (days.long_an.hour, days.due(0)) == (17, date.fromordinal(today.toordinal()))
