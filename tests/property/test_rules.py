"""Rules that must hold whatever comes in: money is shared out to the last unit, beds are given out fairly."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from krama.ledger.actions import shares
from krama.shelter.rules import FreeRoom, Plan, Sleeper, plan_beds, refusals_of_bed

FEW = settings(max_examples=200, deadline=None)
decimals = some.sampled_from((0, 2))


@FEW
@given(some.integers(1, 10**9), some.integers(1, 300), decimals)
def test_shares_add_up_and_differ_by_one_unit_at_most(units, people, places):
    unit = Decimal(1).scaleb(-places)
    total = units * unit
    parts = shares(total, people, places)
    assert len(parts) == people
    assert sum(parts) == total
    assert max(parts) - min(parts) in (0, unit)
    assert all(part >= 0 and part == part.quantize(unit) for part in parts)


@some.composite
def evenings(draw) -> tuple[list[Sleeper], list[FreeRoom]]:
    """Some people, some of them families, and some rooms that are not empty."""
    names = some.sampled_from(("", "", "A", "B", "C"))
    sexes = some.sampled_from(("F", "M", "F", "M", "NonSpecifiedUnknown"))
    sleeper = some.builds(Sleeper, some.none(), sexes, some.booleans(), names)
    people = [
        Sleeper(place, one.sex, one.child, one.household)
        for place, one in enumerate(draw(some.lists(sleeper, max_size=14)))
    ]
    rooms = []
    for place in range(draw(some.integers(0, 5))):
        beds = tuple((place, bed) for bed in range(draw(some.integers(0, 5))))
        for_sex = draw(some.sampled_from(("any", "women", "men")))
        for_age = draw(some.sampled_from(("any", "children", "adults")))
        inside = tuple(
            Sleeper(("in", place, n), one.sex, one.child)
            for n, one in enumerate(draw(some.lists(sleeper, max_size=2)))
        )
        rooms.append(FreeRoom(place, for_sex, for_age, beds, inside))
    return people, rooms


@FEW
@given(evenings())
def test_nobody_shares_a_bed_and_everybody_is_answered(evening):
    people, rooms = evening
    plan = plan_beds(people, rooms)
    given_out = list(plan.beds.values())
    assert len(set(given_out)) == len(given_out)
    assert set(given_out) <= {bed for room in rooms for bed in room.beds}
    assert set(plan.beds) | set(plan.without) == {person.key for person in people}
    assert set(plan.beds) & set(plan.without) == set()


def housed(plan: Plan, people, rooms) -> dict[int, list[Sleeper]]:
    """Give who sleeps in which room when the plan is carried out."""
    inside = {room.key: list(room.sleeping) for room in rooms}
    for person in people:
        if person.key in plan.beds:
            inside[plan.beds[person.key][0]].append(person)
    return inside


@FEW
@given(evenings())
def test_nobody_sleeps_where_sex_or_age_does_not_fit(evening):
    people, rooms = evening
    plan = plan_beds(people, rooms)
    inside = housed(plan, people, rooms)
    for room in rooms:
        for person in people:
            if person not in inside[room.key]:
                continue
            others = tuple(one for one in inside[room.key] if one is not person)
            family = any(person.household and one.household == person.household for one in others)
            beside = FreeRoom(room.key, room.for_sex, room.for_age, (), others)
            assert refusals_of_bed(person, beside, with_family=family) == []


@FEW
@given(evenings())
def test_the_largest_family_stays_together_when_one_room_fits(evening):
    people, rooms = evening
    families: dict[str, list[Sleeper]] = {}
    for person in people:
        if person.household:
            families.setdefault(person.household, []).append(person)
    largest = max((len(family) for family in families.values()), default=0)
    first = [family for family in families.values() if len(family) == largest]
    if largest < 2 or len(first) > 1:
        return
    family = first[0]
    fits = [
        room
        for room in rooms
        if len(room.beds) >= largest
        and not any(refusals_of_bed(person, room, with_family=True) for person in family)
    ]
    if fits:
        plan = plan_beds(people, rooms)
        assert len({plan.beds[person.key][0] for person in family}) == 1
