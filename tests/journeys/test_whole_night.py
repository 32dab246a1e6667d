"""33 people at the gate at 17:00: all registered, fed, bedded and screened by night (programme §3 and §7)."""

import pytest

from tests.journeys import arrivals, interviews
from tests.journeys.given import Records


@pytest.mark.row(1, 2, 3, 6)
def test_thirty_three_people_are_registered_fed_bedded_screened_and_determined_in_one_night(given, sign_in):
    # given a centre with beds and a kitchen, an officer on duty and a supervisor
    beds = given.beds_for_everybody()
    kitchen = given.a_kitchen()
    officer, supervisor = sign_in("intake_officer"), sign_in("supervisor")

    # when the arrival is announced and the list that came along is taken in, with all its faults
    arrival = arrivals.announce(officer, site=given.house.site)
    arrivals.take_in(officer, arrival, "long-an-33.xlsx")
    officer.must_see("What was understood of the list")
    arrivals.import_everybody(officer)

    # then the board says who came, and the records say the same
    assert officer.where == f"/arrivals/{arrival}/"
    assert officer.told == [officer.word("%(count)d person is registered.", n=33, count=33,
                                         plural="%(count)d people are registered.")]  # fmt: skip
    assert arrivals.figures(officer) == {"people": 33, "children": 25, "girls": 14, "boys": 11, "adults": 8}
    with Records(given.cast) as records:
        assert records.counts() == {"people": 33, "children": 25, "girls": 14, "adults": 8}
        children = {case.code: case.child for case in records.cases()}
    everybody = arrivals.people_on(officer)
    assert len(everybody) == 33

    # when everybody is given a bed and a meal, each in one go
    arrivals.give_beds(officer, arrival)
    arrivals.feed(officer, arrival, provider=kitchen.pk, cost="297000", currency="KHR", receipt="K-0114")

    # then nobody is left without either, and the beds page counts with them
    assert arrivals.done(officer, "Bed") == (33, 33)
    assert arrivals.done(officer, "Meal") == (33, 33)
    officer.goes_to("/beds/")
    officer.must_see("%(free)s of %(total)s beds are free.", free=beds - 33, total=beds)
    with Records(given.cast) as records:
        assert records.beds_taken() == 33

    # when a child and an adult are interviewed page by page, and the others after them
    child = next(code for code in everybody if children[code])
    adult = next(code for code in everybody if not children[code])
    interviews.hold(officer, child, interviews.CHILD)
    assert officer.sees("Trafficking survivor"), (
        "the rules read a trafficking survivor from a child's answers"
    )
    interviews.hold(officer, adult, interviews.ADULT)
    assert officer.sees("Abused migrant"), "the rules read an abused migrant from an adult's answers"
    for code in everybody:
        if code not in (child, adult):
            answers = interviews.CHILD if children[code] else interviews.ADULT
            interviews.hold_unpainted(officer, code, answers)

    # and the supervisor determines, with grounds, what each of them is found to be
    interviews.determine(supervisor, child, "trafficking_survivor")
    interviews.determine(supervisor, adult, "abused_migrant")
    for code in everybody:
        if code not in (child, adult):
            found = "trafficking_survivor" if children[code] else "abused_migrant"
            interviews.determine_unpainted(supervisor, code, found)

    # then the board has no gap, and the figures of the night come out of the records
    officer.goes_to(f"/arrivals/{arrival}/")
    for step in ("Registered", "Bed", "Meal", "Screening", "Determination"):
        assert arrivals.done(officer, step) == (33, 33), step
    assert supervisor.records_listed("case", category="trafficking_survivor") == (25, 25)
    assert supervisor.records_listed("case", category="abused_migrant") == (8, 8)
    with Records(given.cast) as records:
        found = [(case.category, case.child) for case in records.cases()]
    assert sorted(found) == [("abused_migrant", False)] * 8 + [("trafficking_survivor", True)] * 25
    assert officer.complaints == supervisor.complaints == []
