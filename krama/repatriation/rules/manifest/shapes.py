"""What the manifest reader gives and takes: the grid, its layout, the rows and the doubts about them.

Everything here is frozen, so that a reading can be shown, corrected and read again without surprises.
Dates are civil dates without a time zone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from krama.access.refusal import Refusal

MEANINGS: tuple[str, ...] = (
    "ignore",
    "number",
    "full_name",
    "family_name",
    "given_name",
    "full_name_latin",
    "family_name_latin",
    "given_name_latin",
    "full_name_km",
    "nickname",
    "sex",
    "female_mark",
    "male_mark",
    "birth_date",
    "birth_day",
    "birth_month",
    "birth_year",
    "age",
    "animal_year",
    "nationality",
    "province",
    "district",
    "commune",
    "village",
    "address",
    "birth_place",
    "id_number",
    "phone",
    "family_group",
    "relation",
    "note",
)
NAME_MEANINGS = frozenset(
    (
        "full_name",
        "family_name",
        "given_name",
        "full_name_latin",
        "family_name_latin",
        "given_name_latin",
        "full_name_km",
    )
)
BIRTH_MEANINGS = frozenset(("birth_date", "birth_day", "birth_month", "birth_year", "age", "animal_year"))
SEX_MEANINGS = frozenset(("sex", "female_mark", "male_mark"))


class NotAList(Exception):
    """The file cannot be read as a list of people; `refusal` says why and what to do."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.text)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet as text, merged cells filled in.

    cells: rows of equal width; "" is an empty cell; a date cell of a workbook is written YYYY-MM-DD.
    from_above: (row, column) of cells that only repeat the merged cell above them.
    from_left: the same for cells that repeat the merged cell to their left in the same row.
    kind: "xlsx" or "csv". encoding and delimiter: of a CSV, "" for a workbook.
    other_sheets: names of further sheets with cells that were not read.
    unsaved_formulas: how many formulas came without a stored result and so read as empty.
    """

    cells: tuple[tuple[str, ...], ...]
    kind: str = "csv"
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    from_above: frozenset[tuple[int, int]] = frozenset()
    from_left: frozenset[tuple[int, int]] = frozenset()
    unsaved_formulas: int = 0

    @property
    def width(self) -> int:
        """How many columns each row has."""
        return len(self.cells[0]) if self.cells else 0

    def to_json(self) -> str:
        """The grid as a JSON text that `from_json` reads back to an equal grid."""
        return json.dumps(
            {
                "cells": self.cells,
                "kind": self.kind,
                "sheet": self.sheet,
                "other_sheets": self.other_sheets,
                "encoding": self.encoding,
                "delimiter": self.delimiter,
                "from_above": sorted(self.from_above),
                "from_left": sorted(self.from_left),
                "unsaved_formulas": self.unsaved_formulas,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str | Mapping) -> "Grid":
        """The grid that `to_json` wrote; takes the text or what `json.loads` made of it."""
        stored = json.loads(text) if isinstance(text, str) else text
        return cls(
            cells=tuple(tuple(row) for row in stored["cells"]),
            kind=stored["kind"],
            sheet=stored["sheet"],
            other_sheets=tuple(stored["other_sheets"]),
            encoding=stored["encoding"],
            delimiter=stored["delimiter"],
            from_above=frozenset((row, column) for row, column in stored["from_above"]),
            from_left=frozenset((row, column) for row, column in stored["from_left"]),
            unsaved_formulas=stored["unsaved_formulas"],
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list and what it was taken to mean.

    index: 0-based place in the grid. heading: the words above it, upper header rows first, joined by " / ".
    confidence: 0 to 1; 1 is an exact heading or an officer's choice. samples: up to four of its values.
    """

    index: int
    heading: str
    meaning: str
    confidence: float
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it: A, B, … Z, AA."""
        name, rest = "", self.index + 1
        while rest:
            rest, place = divmod(rest - 1, 26)
            name = chr(65 + place) + name
        return name


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the list that a person should look at.

    code: stable slug. severity: "stop" (cannot be imported until corrected) or "look".
    fields: the PersonDraft fields that it concerns. The sentence's params may hold the cell's own text.
    """

    code: str
    refusal: Refusal
    fields: tuple[str, ...] = ()
    severity: str = "look"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a grid was understood.

    header_rows: 0-based grid rows that hold the headings (empty when the list has none).
    first_row: 0-based grid row where the people begin.
    doubts: about the file as a whole (other sheets, guessed letters, missing headings).
    """

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    first_row: int = 0
    doubts: tuple[Doubt, ...] = ()

    def having(self, *meanings: str) -> tuple[Column, ...]:
        """The columns with one of these meanings, in the order of the meanings given."""
        return tuple(column for meaning in meanings for column in self.columns if column.meaning == meaning)


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """One person as the list tells it; nothing here is verified.

    birth_date only when a whole date is stated; birth_from and birth_to bound the birth in every case where
    it is known at all (a stated date has both equal to it). nationality is ISO 3166 alpha-2 where the word
    is known, else the list's own word. province is an NCDD code "01".."25" or "". family_group is the
    list's household mark, or "line-<n>" when the group was made from the relation column.
    """

    family_km: str = ""
    given_km: str = ""
    family_latin: str = ""
    given_latin: str = ""
    nickname: str = ""
    name_as_written: str = ""
    sex: str = ""
    birth_date: date | None = None
    birth_from: date | None = None
    birth_to: date | None = None
    birth_precision: str = ""
    birth_basis: str = ""
    nationality: str = ""
    province: str = ""
    district: str = ""
    commune: str = ""
    village: str = ""
    address: str = ""
    id_number: str = ""
    phone: str = ""
    family_group: str = ""
    relation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    number: line in the file, 1-based, as a spreadsheet counts. skipped: "" for a person, else why the line
    is none: "blank", "title", "header", "section", "total", "signature", "continued" (second line of a
    person whose cells are merged). values is None exactly when skipped is set.
    listed_as: the list's own running number, as text.
    """

    number: int
    values: PersonDraft | None = None
    doubts: tuple[Doubt, ...] = field(default=())
    skipped: str = ""
    listed_as: str = ""

    @property
    def stopped(self) -> bool:
        """Whether a doubt forbids importing this line as it stands."""
        return any(doubt.severity == "stop" for doubt in self.doubts)

    def doubting(self, *more: Doubt) -> "Row":
        """This row with further doubts."""
        return replace(self, doubts=self.doubts + more)
