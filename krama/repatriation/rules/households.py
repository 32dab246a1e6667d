"""Families as lists write them, turned into places relative to a head of household. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from krama.repatriation.rules.manifest.families import relation_kind


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list: the family's label ("" for alone), the relation as written, youngest possible age."""

    family: str
    relation: str
    age: int | None
    sex: str = ""


_CHILD_WORDS = frozenset({"child", "younger"})


def relations_to_head(people: Sequence[Listed]) -> list[str]:
    """Give each person's relation to the head of the household, a code of `household_relations`.

    The head is the eldest adult of a family, a parent before others; a family of children alone has its
    eldest as head, so that somebody looks after who cares for them. "" for people alone.
    """
    families: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        if person.family:
            families.setdefault(person.family, []).append(place)
    found = [""] * len(people)
    for places in families.values():
        if len(places) < 2:
            continue
        head = max(places, key=lambda place: _standing(people[place]))
        for place in places:
            found[place] = "head" if place == head else _relation(people[place], people[head])
    return found


def _standing(person: Listed) -> tuple[bool, int]:
    return (relation_kind(person.relation) == "parent" or "head" in person.relation.lower(), person.age or 0)


def _relation(person: Listed, head: Listed) -> str:
    kind = relation_kind(person.relation)
    if kind == "partner" or (kind == "parent" and relation_kind(head.relation) == "parent"):
        return "spouse"
    if kind == "sibling":
        return "sibling"
    if kind == "younger":
        return "grandchild" if "grand" in person.relation.lower() else "other_relative"
    if kind == "child":
        return "child"
    return "member"
