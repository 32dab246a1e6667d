"""The main story once in Khmer: the switch, Khmer digits, Khmer names in the grid."""

import pytest
from django.utils import timezone

from krama.casework.models import Service
from krama.web.khmer import khmer_digits
from tests.journeys import arrivals, interviews, registration
from tests.journeys.given import Records, evening
from tests.journeys.registration import Newcomer

FAMILY = (
    Newcomer("", "F", "៣៤", name_km="ប្រាក់ សុគន្ធា", village="ព្រៃច្រេះ", family="ក"),
    Newcomer("", "M", "១១", name_km="ប្រាក់ វុទ្ធី", village="ព្រៃច្រេះ", family="ក", relation="child"),
    Newcomer("", "F", "៣១/១២/១៩៩៩", name_km="ឈឹម បុប្ផា"),
)


@pytest.mark.row(1, 2, 3)
def test_an_evening_in_khmer(given, sign_in):
    # given an officer who switches to Khmer
    kitchen = given.a_kitchen()
    officer = sign_in("intake_officer")
    officer.goes_to("/")
    officer.switches_to("km", "ភាសាខ្មែរ")
    assert officer.page.locator("html").get_attribute("lang") == "km"

    # when an arrival is announced, with its moment in Khmer digits
    moment = timezone.localtime(evening())
    officer.follows("New arrival")
    officer.fills(
        site=given.house.site.pk, arrived_at=khmer_digits(f"{moment:%d/%m/%Y %H:%M}"), country="VN",
        handed_over_by="cambodian_authority", announced="៣",
    )  # fmt: skip
    officer.presses("Save")

    # and three people are written down with Khmer names, ages and dates
    arrival = officer.where
    officer.follows("Register people")
    registration.writes(officer, FAMILY)
    officer.presses("Register everybody")

    # then the board counts them
    assert officer.where == arrival
    assert arrivals.figures(officer) == {"people": 3, "children": 1, "girls": 0, "boys": 1, "adults": 2}
    with Records(given.cast) as records:
        people = list(records.cases())
    assert [(case.age, case.child) for case in people] == [(34, False), (11, True), (26, False)]

    # when the names are shown for a reason
    officer.fills(purpose="reception")
    officer.presses("Show the names")

    # then they stand there in Khmer, marked as Khmer
    shown = officer.page.locator('.k-board [lang="km"]').all_inner_texts()
    assert [name.strip() for name in shown] == [person.name_km for person in FAMILY]

    # when all get a meal on a day written in Khmer digits
    arrivals.choose(officer)
    officer.presses("Meals")
    day = khmer_digits(f"{moment:%d/%m/%Y}")
    officer.fills(given_on=day, provider=kitchen.pk, cost="២៧០០០", currency="KHR")
    officer.presses("Record")

    # then it is recorded for that day with its cost
    assert arrivals.done(officer, "Meal") == (3, 3)
    with Records(given.cast):
        meals = list(Service.objects.select_related("expense"))
    assert {meal.given_on for meal in meals} == {moment.date()}
    assert sum(meal.expense.amount for meal in meals) == 27_000

    # when the child is interviewed, and the supervisor determines, both in Khmer
    interviews.hold(officer, people[1].code, interviews.CHILD)
    officer.must_see("Suggested reading")
    supervisor = sign_in("supervisor", language="km")
    interviews.determine(supervisor, people[1].code, "trafficking_survivor")

    # then the board shows it
    officer.goes_to(arrival)
    assert arrivals.done(officer, "Determination") == (1, 3)

    # and the officer goes back to English on the same page
    officer.switches_to("en", "English")
    assert officer.page.locator("html").get_attribute("lang") == "en"
    assert arrivals.done(officer, "Determination") == (1, 3)


@pytest.mark.row(1)
def test_a_fault_is_told_in_khmer_and_what_was_typed_stays(given, sign_in):
    # given an officer who works in Khmer
    arrival = given.an_arrival()
    officer = sign_in("intake_officer", language="km")
    registration.open_grid(officer, arrival)

    # when a row has neither sex nor age
    typed = Newcomer("", "", "", name_km="ឈឹម បុប្ផា", village="ព្រៃច្រេះ")
    registration.writes(officer, [typed])
    officer.presses("Register everybody")

    # then both faults are told in the page's language, beside what was typed
    assert officer.status == 422
    row = officer.word("Row %(number)s", number=1)
    start = officer.word("%(label)s: %(sentence)s", label=row, sentence="")
    assert [line.startswith(start) for line in officer.problems] == [True, True]
    officer.must_see("Choose the sex.")
    officer.must_see("Enter an age or a date of birth. An estimate is enough.")
    assert registration.written(officer, 1) == [typed]
