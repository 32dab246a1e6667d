"""Who is known already: candidates by blinded tokens, opened, compared, explained. Nobody is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from krama.journal.recording import record
from krama.records.writing import require
from krama.vault import sealed
from krama.vault.actions.registering import blinded
from krama.vault.keyring import Keyring
from krama.vault.rules.matching import Likeness, likenesses
from krama.vault.rules.name_keys import tokens_to_look_up
from krama.vault.rules.person_facts import PersonFacts
from krama.vault.rules.person_traits import Memory

_IDENTITY = (
    "family_km",
    "given_km",
    "family_latin",
    "given_latin",
    "nickname",
    "birth_from",
    "birth_to",
    "id_number",
)
_LOCATION = ("village", "phone")


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the same agency who may be the one at hand: ids only, and why."""

    person_id: UUID
    case_id: UUID
    likeness: Likeness


@transaction.atomic
def known_like(people: Sequence[PersonFacts], *, by) -> list[tuple[Known, ...]]:
    """Give for each of `people` the known persons of the agency that look like them, best first.

    The search is journaled without its words. Raises Denied without the right to match.
    """
    require(by, "match.search", None)
    candidates = _candidates(people, by.agency_id)
    record("match.search", by=by, groups=["identity", "location"] if any(candidates) else [])
    memory = Memory()  # candidates are compared again and again; it holds names, so it ends with this call
    return [
        tuple(Known(*ids, likeness) for ids, likeness in likenesses(facts, those_near, memory=memory))
        for facts, those_near in zip(people, candidates, strict=True)
    ]


def _candidates(
    people: Sequence[PersonFacts], agency_id: int
) -> list[list[tuple[tuple[UUID, UUID], PersonFacts]]]:
    """Give for each of `people` those who share tokens with them, as ((person, case), facts)."""
    asked = [
        (number, place)
        for place, facts in enumerate(people)
        for number in blinded(tokens_to_look_up(facts), agency_id=agency_id)
    ]
    near: list[list] = [[] for _facts in people]
    if not asked:
        return near
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM krama_match(%s, %s)", [list(column) for column in zip(*asked, strict=True)]
        )
        names = [column.name for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            candidate = (row["person_id"], row["case_id"]), _facts(row)
            for place in row["looked_for"]:
                near[place].append(candidate)
    return near


def _facts(row: dict) -> PersonFacts:
    texts = {
        **_opened(row, "vault_identity", "identity", _IDENTITY),
        **_opened(row, "vault_contact", "location", _LOCATION),
    }
    days = {
        side: date.fromisoformat(texts[side]) if texts.get(side) else None
        for side in ("birth_from", "birth_to")
    }
    return PersonFacts(**{**texts, **days}, sex=row["sex"] or "", province=row["province"] or "")


def _opened(row: dict, table: str, group: str, names: tuple[str, ...]) -> dict[str, str]:
    if row[f"{group}_key"] is None:
        return {}
    person = str(row["person_id"])  # once: it is part of every value's place
    key = Keyring.opened_key(row[f"{group}_agency"], row[f"{group}_key"], person, group)
    return {
        name: sealed.unseal(key, bytes(row[name]), sealed.place(table, name, person, group, person)).decode()
        for name in names
        if row[name]
    }
