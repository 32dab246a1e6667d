"""A list, as the pages show it: columns with their meanings, people as rows of the grid, doubts as sentences."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from krama.casework.rules.ages import age_on
from krama.records.sentences import say
from krama.repatriation.actions import particulars_of
from krama.repatriation.rules.households import Listed, relations_to_head
from krama.repatriation.rules.manifest import MEANINGS, Layout, Row
from krama.vault.actions.registering import Particulars

MEANING_WORDS = {
    "ignore": _("Leave this column out"),
    "number": _("Running number"),
    "full_name": _("Whole name"),
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "full_name_latin": _("Whole name in Latin letters"),
    "family_name_latin": _("Family name in Latin letters"),
    "given_name_latin": _("Given name in Latin letters"),
    "full_name_km": _("Whole name in Khmer"),
    "family_name_km": _("Family name in Khmer"),
    "given_name_km": _("Given name in Khmer"),
    "nickname": _("Nickname"),
    "sex": _("Sex"),
    "female_mark": _("Mark for women"),
    "male_mark": _("Mark for men"),
    "birth_date": _("Birth date"),
    "birth_day": _("Day of birth"),
    "birth_month": _("Month of birth"),
    "birth_year": _("Year of birth"),
    "age": _("Age"),
    "animal_year": _("Animal year"),
    "birth_place": _("Place of birth"),
    "nationality": _("Nationality"),
    "province": _("Province"),
    "district": _("District"),
    "commune": _("Commune"),
    "village": _("Village"),
    "address": _("Address"),
    "id_number": _("ID or passport number"),
    "phone": _("Phone"),
    "family_group": _("Family or household"),
    "relation": _("Relation in the family"),
    "note": _("Note"),
}


def mapping_rows(layout: Layout) -> list[dict]:
    """Give each column: its heading, some values, what it was taken for, how sure, and the choices."""
    return [
        {
            "index": column.index,
            "heading": column.heading,
            "samples": column.samples,
            "meaning": column.meaning,
            "sure": column.confidence >= 0.8,
            "choices": [(m, MEANING_WORDS.get(m, m), m == column.meaning) for m in MEANINGS],
        }
        for column in layout.columns
    ]


def rows_as_initial(
    people: Iterable[Row], manifest_id: uuid.UUID, on: date
) -> tuple[list[dict], dict[int, list[dict]]]:
    """Give the people as the grid's initial values, and the doubts by place in the grid (1-based)."""
    rows = [row for row in people if row.values is not None]
    relations = relations_to_head(
        [Listed(r.values.family_group, r.values.relation, _age(r), r.values.sex) for r in rows]
    )
    initial = [
        _initial(row, relation, manifest_id, on) for row, relation in zip(rows, relations, strict=True)
    ]
    doubts = {
        place: [{"text": say(d.refusal), "stop": d.severity == "stop"} for d in row.doubts]
        for place, row in enumerate(rows, start=1)
        if row.doubts
    }
    return initial, doubts


def _age(row: Row) -> int | None:
    return -row.values.birth_to.year if row.values.birth_to else None


def _initial(row: Row, relation: str, manifest_id: uuid.UUID, on: date) -> dict:
    person = row.values
    return {
        "name": " ".join(filter(None, (person.family_latin, person.given_latin))),
        "name_km": " ".join(filter(None, (person.family_km, person.given_km))),
        "sex": person.sex,
        "birth": _birth(person, on),
        "province": person.province,
        "village": person.village,
        "family": person.family_group[:12],
        "relation": relation,
        "client_id": uuid.uuid5(manifest_id, str(row.number)),
        "line": row.number,
        "leave_out": any(
            d.code == "same_person_twice" and int(d.refusal.params["line"]) < row.number for d in row.doubts
        ),
    }


def _birth(person, on: date) -> str:
    if person.birth_date:
        return f"{person.birth_date:%d/%m/%Y}"
    if person.birth_basis == "stated_year" and person.birth_from:
        return str(person.birth_from.year)
    span = age_on(person.birth_from, person.birth_to, on)
    if span is None:
        return ""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def kept_of(people: Iterable[Row]) -> dict[int, Particulars]:
    """Give what the list says of each person beyond the grid, by line of the file."""
    return {row.number: particulars_of(asdict(row.values)) for row in people if row.values is not None}
