"""Writing down who people are. Part of the act of registering, which journals it (`casework`)."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from django.db import connection

from krama.records import sealing
from krama.vault.fences import CONTACT_FIELDS, IDENTITY_FIELDS
from krama.vault.keys import key_service
from krama.vault.models import Contact, Identity, MatchToken, Person
from krama.vault.rules.codes import new_code
from krama.vault.rules.name_keys import tokens_to_store
from krama.vault.rules.person_facts import PersonFacts

TOKEN_BITS = 20  # kept of each token: many persons share one, so a stolen table names nobody


@dataclass(frozen=True)
class Particulars:
    """All that is known of a person at registration. Texts are as typed, blank when not known.

    identity: by the names in `IDENTITY_FIELDS` without birth; contact: by those in `CONTACT_FIELDS`.
    birth_from, birth_to: first and last possible day of birth; precision: day, month, year or range.
    """

    identity: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    sex: str = ""
    birth_from: date | None = None
    birth_to: date | None = None
    birth_precision: str = ""
    birth_basis: str = ""
    nationality: str = ""
    province: str = ""

    def __repr__(self) -> str:
        return "Particulars(...)"

    def facts(self) -> PersonFacts:
        """Give them as the matcher wants them."""
        names = (
            "family_km",
            "given_km",
            "family_latin",
            "given_latin",
            "nickname",
            "name_as_written",
            "id_number",
        )
        texts = {name: self.identity.get(name, "") for name in names}
        return PersonFacts(
            **texts,
            sex=self.sex,
            birth_from=self.birth_from,
            birth_to=self.birth_to,
            village=self.contact.get("village", ""),
            province=self.province,
            phone=self.contact.get("phone", ""),
        )


def new_person(particulars: Particulars) -> Person:
    """Give an unsaved person with a fresh code."""
    known = [day for day in (particulars.birth_from, particulars.birth_to) if day]
    return Person(
        code=new_code("P", secrets.token_bytes(8), length=8),
        sex=particulars.sex,
        birth_year=known[0].year if known and known[0].year == known[-1].year else _middle_year(known),
        birth_precision=particulars.birth_precision,
        birth_basis=particulars.birth_basis,
        nationality=particulars.nationality,
        province=particulars.province,
    )


def _middle_year(known: Sequence[date]) -> int | None:
    return (known[0].year + known[-1].year + 1) // 2 if known else None


def write_particulars(people: Sequence[tuple[Person, Particulars]], *, agency_id: int) -> None:
    """Seal and save identity and contact of saved persons whose cases stand, and their match tokens."""
    identities = [(Identity(person=person), _identity_values(p)) for person, p in people]
    contacts = [(Contact(person=person), p.contact) for person, p in people if any(p.contact.values())]
    sealing.seal_rows(identities)
    sealing.seal_rows(contacts)
    Identity.objects.bulk_create([row for row, _values in identities])
    Contact.objects.bulk_create([row for row, _values in contacts])
    write_tokens([(person.pk, p.facts()) for person, p in people], agency_id=agency_id)


def _identity_values(particulars: Particulars) -> dict[str, str]:
    values = {name: particulars.identity.get(name, "") for name in IDENTITY_FIELDS if name != "photo"}
    for side in ("birth_from", "birth_to"):
        day = getattr(particulars, side)
        values[side] = day.isoformat() if day else ""
    return values


def blinded(tokens: Iterable[str], *, agency_id: int) -> list[int]:
    """Give the agency's keyed, truncated numbers for these tokens, in order."""
    key = key_service().token_key(agency_id)
    shift = 32 - TOKEN_BITS
    return [
        int.from_bytes(blake2b(token.encode(), key=key, digest_size=4).digest()) >> shift for token in tokens
    ]


def write_tokens(people: Sequence[tuple[object, PersonFacts]], *, agency_id: int) -> None:
    """Add the match tokens of persons, in one statement."""
    rows = [
        (person_id, agency_id, number)
        for person_id, facts in people
        for number in set(blinded(tokens_to_store(facts), agency_id=agency_id))
    ]
    if not rows:
        return
    table, places = MatchToken._meta.db_table, ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:  # not by the ORM, which would ask to read what it wrote
        cursor.execute(
            f"INSERT INTO {table} (person_id, agency_id, token) VALUES {places}",
            [value for row in rows for value in row],
        )


__all__ = ["CONTACT_FIELDS", "Particulars", "blinded", "new_person", "write_particulars", "write_tokens"]
