"""From the invented people to registrations, and what an officer says about people who look alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from krama.access.models import User
from krama.access.scoping import acting_as
from krama.casework.actions.registration import Registration
from krama.casework.models import Case
from krama.repatriation.actions import decide_match, particulars_of, register_group
from krama.repatriation.models import Arrival
from krama.repatriation.rules.households import Listed, relations_to_head
from krama.vault.actions.matching import known_like

Cases = dict[int, Case]  # by the number on the list, from 1


def registrations(
    people: Sequence[Mapping], moved: timedelta, *, birth_basis: str = "stated_date"
) -> list[Registration]:
    """Give the people as a list would: names, household with a head, birth moved with the story."""
    relations = relations_to_head(
        [Listed(p["family_group"], p["relation"], p["age"], p["sex"]) for p in people]
    )
    return [
        Registration(
            number,
            particulars_of(
                {**person, **_birth(person, moved, birth_basis), "name_as_written": _written(person)}
            ),
            household=person["family_group"],
            relation=relation,
        )
        for number, (person, relation) in enumerate(zip(people, relations, strict=True), start=1)
    ]


def _birth(person: Mapping, moved: timedelta, basis: str) -> dict:
    day = person["birth_date"] + moved
    return {"birth_from": day, "birth_to": day, "birth_precision": "day", "birth_basis": basis}


def _written(person: Mapping) -> str:
    return f"{person['family_latin']} {person['given_latin']}".strip()


def register(arrival: Arrival, people: Sequence[Registration], *, by: User) -> Cases:
    """Look for known people, register everybody, and leave each likeness as a question that is still open."""
    with acting_as(by):
        known = known_like([person.particulars.facts() for person in people], by=by)
        cases = register_group(arrival, people, by=by)
        for case, others in zip(cases, known, strict=True):
            for other in others[:1]:
                decide_match(case, by=by, known=other, decision="unsure")
    return dict(enumerate(cases, start=1))


def of(cases: Cases, numbers: Iterable[int]) -> list[Case]:
    """Give the cases with these numbers on the list."""
    return [cases[number] for number in numbers]
