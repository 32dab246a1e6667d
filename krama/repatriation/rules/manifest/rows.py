"""From the lines of a grid to drafts of people, each with its doubts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from .birth import Birth, ages_on, read_animal, read_birth, settle
from .doubts import doubt
from .families import group_families
from .headings import is_remark, meanings_in, states_given_first
from .letters import ascii_digits, clean, fold
from .lines import Lines
from .names import (
    Name,
    joined,
    nickname_in,
    read_name,
    read_name_part,
    read_nationality,
    read_phones,
    read_sex,
)
from .places import province_name, read_address, read_province
from .shapes import BIRTH_MEANINGS, NAME_MEANINGS, Column, Doubt, Grid, Layout, PersonDraft, Row

WHOLE_NAMES = ("full_name", "full_name_km", "full_name_latin")
ADULT = 18
DATE_FIGURES = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*\d{2,4}")
DATE_CELL = re.compile(r"\d{4}-(\d{2})-(\d{2})")


@dataclass
class _Line:
    """One line being read: its cells by meaning, and what is found on the way."""

    cells: dict[str, list[tuple[Column, str]]]
    on: date
    months: dict[int, str]
    doubts: list[Doubt] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, meaning: str) -> str:
        """The first filled cell of this meaning as one line; further ones go to the note."""
        found = [clean(text) for _column, text in self.cells.get(meaning, ())]
        self.notes += [text for text in found[1:] if text != found[0]]
        return found[0] if found else ""

    def doubt(self, code: str, **params: object) -> None:
        """Remember a doubt once."""
        if code not in {held.code for held in self.doubts}:
            self.doubts.append(doubt(code, **params))


def _cells(grid: Grid, layout: Layout, row: int) -> dict[str, list[tuple[Column, str]]]:
    cells: dict[str, list[tuple[Column, str]]] = {}
    for column in layout.columns:
        text = grid.cells[row][column.index] if column.index < grid.width else ""
        if text and (row, column.index) not in grid.from_left:
            cells.setdefault(column.meaning, []).append((column, text))
    return cells


def _name(line: _Line) -> tuple[Name, str]:
    """The name of a line and how it is written there."""
    found: list[Name] = []
    written: dict[str, list[str]] = {}
    cells = [
        (column, clean(text)) for meaning in NAME_MEANINGS for column, text in line.cells.get(meaning, ())
    ]
    cells.sort(key=lambda cell: (cell[0].meaning not in WHOLE_NAMES, cell[0].index))
    parts = {column.meaning.split("_")[0] for column, _text in cells}
    for column, text in cells:
        part = column.meaning.split("_")[0]
        lone = part != "full" and not {"family", "given", "full"} - {part} & parts and len(text.split()) > 1
        if part == "full" or lone:
            found.append(read_name(text, given_first=states_given_first(column.heading)))
        else:
            found.append(read_name_part(text, part))
        written.setdefault(column.meaning if part == "full" else "parts", []).append(text)
    return joined(found), " / ".join(" ".join(texts) for texts in written.values())


def _doubt_name(line: _Line, name: Name, written: str) -> None:
    if name.empty:
        line.doubt("no_name")
    for flag in name.flags:
        line.doubt(flag, text=written)


def _sex(line: _Line, name: Name, written: str) -> str:
    """The sex as "F", "M" or "": the sex column, a mark under one of the sexes, or a title."""
    text = line.text("sex")
    found = {read_sex(text)} if text else set()
    for meaning, sex in (("female_mark", "F"), ("male_mark", "M")):
        if any(
            ascii_digits(cell).strip(" -.") not in ("", "0") for _column, cell in line.cells.get(meaning, ())
        ):
            found.add(sex)
    found -= {""}
    if len(found) == 2:
        line.doubt("sex_differs")
        return ""
    if found:
        return found.pop()
    if name.sex:
        line.doubt("sex_by_title", text=written)
        return name.sex
    line.doubt("sex_unreadable", text=text) if text else line.doubt("sex_missing")
    return ""


def _marked_birth(column: Column, text: str) -> tuple[str, str] | None:
    """(text, expected meaning) of a birth year or age that stands under one sex, or None for a tick."""
    named = {meaning for part in column.heading.split(" / ") for meaning, _sure in meanings_in(part)}
    told = named & BIRTH_MEANINGS
    figures = ascii_digits(text)
    if not re.search(r"\d", figures) or (not told and not re.search(r"\d{4}", figures)):
        return None
    return text, "age" if told == {"age"} else "birth_year"


def _birth_cells(line: _Line) -> list[tuple[str, str, bool]]:
    """(text, expected, month first) of everything on the line that may tell the birth."""
    found: list[tuple[str, str, bool]] = []
    day, month, year = (line.cells.get(m, ()) for m in ("birth_day", "birth_month", "birth_year"))
    if year and month:
        figures = [clean(cell[0][1]) if cell else "0" for cell in (day, month, year)]
        found.append(
            ("/".join(figures) if figures[1].isdecimal() else " ".join(figures), "birth_date", False)
        )
    elif day and not year and re.search(r"\d{4}", ascii_digits(day[0][1])):
        found.append((day[0][1], "birth_date", False))
    elif year:
        found += [(text, "birth_year", False) for _column, text in year]
    for column, text in line.cells.get("birth_date", ()):
        expects_age = any(
            m == "age" for part in re.split(r"[/|(]", column.heading) for m, _s in meanings_in(part)
        )
        kind = "either" if expects_age else "birth_date"
        found.append((text, kind, line.months.get(column.index) == "first"))
        if line.months.get(column.index) == "swapped" and _may_be_swapped(text):
            line.doubt("swapped_cell", text=text)
    found += [(text, "age", False) for _column, text in line.cells.get("age", ())]
    for meaning in ("female_mark", "male_mark"):
        for column, text in line.cells.get(meaning, ()):
            if marked := _marked_birth(column, text):
                found.append((*marked, False))
    return [(clean(text), expected, first) for text, expected, first in found]


def _birth(line: _Line) -> Birth:
    """What the line says about the birth, settled into one reading, with its doubts."""
    readings: list[Birth] = []
    texts: list[str] = []
    animal = None
    for text, expected, month_first in _birth_cells(line):
        beast = read_animal(text) if re.search(r"[^\W\d_]", text) else None
        if beast:
            animal, figures = beast, re.search(r"\d+", ascii_digits(text))
            texts.append(text)
            text = figures[0] if figures else ""
        if not fold(text):
            continue
        kind = "birth_date" if expected == "either" or beast else expected
        reading = read_birth(text, on=line.on, expected=kind, month_first=month_first)
        if expected == "either" or beast:
            reading = replace(reading, flags=tuple(f for f in reading.flags if f != "age_for_date"))
        readings.append(reading)
        texts += [] if beast else [text]
    for _column, text in line.cells.get("animal_year", ()):
        beast = read_animal(text)
        animal = animal or beast
        texts.append(clean(text))
        if not beast:
            readings.append(read_birth(text, on=line.on, expected="birth_year"))
    birth = settle(readings, animal, line.on)
    shown = ", ".join(dict.fromkeys(texts))
    for flag in birth.flags:
        line.doubt(flag, text=shown)
    if not birth.known and not birth.flags:
        line.doubt("birth_missing")
    ages = ages_on(birth, line.on)
    if ages and ages[0] < ADULT <= ages[1]:
        line.doubt("may_be_child")
    return birth


def _may_be_swapped(text: str) -> bool:
    found = DATE_CELL.fullmatch(text)
    return bool(found and int(found[2]) <= 12 and found[1] != found[2])


def _month_habits(grid: Grid, layout: Layout) -> dict[int, str]:
    """What the birth columns prove: "first" when some dates can only be month first and none day first;
    "swapped" when texts prove day first while every date cell has a day below 13, which is how a
    spreadsheet in another language setting turns 03/04 into 4 March and leaves 31/12 as text."""
    habits: dict[int, str] = {}
    for column in layout.having("birth_date"):
        texts = [ascii_digits(cells[column.index]) for cells in grid.cells[layout.first_row :]]
        figures = [(int(m[1]), int(m[2])) for text in texts if (m := DATE_FIGURES.fullmatch(clean(text)))]
        day_first = any(first > 12 >= second for first, second in figures)
        month_first = any(second > 12 >= first for first, second in figures)
        cells = [int(m[2]) for text in texts if (m := DATE_CELL.fullmatch(text))]
        if month_first and not day_first:
            habits[column.index] = "first"
        elif grid.kind == "xlsx" and day_first and cells and max(cells) <= 12:
            habits[column.index] = "swapped"
    return habits


def _places(line: _Line) -> dict[str, str]:
    """Province code and the other parts of where the person lives."""
    found = {level: line.text(level) for level in ("village", "commune", "district")}
    address = " ".join(dict.fromkeys(clean(text) for _column, text in line.cells.get("address", ())))
    told = read_address(address) if address else {}
    found = {level: text or told.get(level, "") for level, text in found.items()}
    text = line.text("province")
    code, sure = read_province(text) if text else ("", True)
    if text and not code:
        told |= read_address(text)
        code = told.get("province", "")
        if not code:
            line.doubt("province_unknown", text=text)
            address = ", ".join(part for part in (address, text) if part)
    elif text and not sure:
        line.doubt("province_unsure", text=text, province=province_name(code))
    return found | {"province": code or told.get("province", ""), "address": address}


def _phone(line: _Line) -> str:
    cells = [text for _column, text in line.cells.get("phone", ())]
    phones = [phone for text in cells for phone in read_phones(text)]
    for text in cells:
        if re.search(r"\w", text) and not read_phones(text):
            line.doubt("phone_unreadable", text=clean(text))
            line.notes.append(clean(text))
    line.notes += phones[1:]
    return phones[0] if phones else ""


def _note(line: _Line) -> str:
    noted = [*line.cells.get("note", ()), *line.cells.get("birth_place", ())]
    for column, text in noted:
        own_words = is_remark(column.heading) or not column.heading
        line.notes.append(clean(text) if own_words else f"{column.heading}: {clean(text)}")
    return "; ".join(dict.fromkeys(line.notes))


def _noted_nickname(line: _Line) -> str:
    remarks = (text for column, text in line.cells.get("note", ()) if is_remark(column.heading))
    return next(filter(None, (nickname_in(clean(text)) for text in remarks)), "")


def _person(line: _Line) -> PersonDraft:
    name, written = _name(line)
    _doubt_name(line, name, written)
    sex = _sex(line, name, written)
    birth = _birth(line)
    nationality = line.text("nationality")
    return PersonDraft(
        family_km=name.family_km,
        given_km=name.given_km,
        family_latin=name.family_latin,
        given_latin=name.given_latin,
        nickname=line.text("nickname") or name.nickname or _noted_nickname(line),
        name_as_written=written,
        sex=sex,
        birth_date=birth.day,
        birth_from=birth.first,
        birth_to=birth.last,
        birth_precision=birth.precision,
        birth_basis=birth.basis,
        nationality=read_nationality(nationality) if nationality else "",
        **_places(line),
        id_number=ascii_digits(line.text("id_number")),
        phone=_phone(line),
        family_group=ascii_digits(line.text("family_group")),
        relation=line.text("relation"),
        note=_note(line),
    )


def _check_totals(grid: Grid, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Doubt a total of the list that is not the number of its people, above it or in all."""
    checked: list[Row] = []
    people = sum(1 for row in rows if row.values)
    since = above = 0
    for row in rows:
        if row.values:
            since, above = since + 1, above + 1
        elif row.skipped == "total":
            figures = re.search(r"\d{1,4}", ascii_digits(" ".join(dict.fromkeys(grid.cells[row.number - 1]))))
            if figures and int(figures[0]) not in (since, above, people):
                row = row.doubting(doubt("total_differs", stated=int(figures[0]), found=since))
            since = 0
        checked.append(row)
    return tuple(checked)


def read_rows(grid: Grid, layout: Layout, *, on: date) -> tuple[Row, ...]:
    """Every line of the grid in order: people as drafts with doubts, other lines with the reason why they are
    none. `on` is the day for which the list states ages, usually the day of arrival."""
    months = _month_habits(grid, layout)
    rows: list[Row] = []
    for index, kind in enumerate(Lines(grid, layout).kinds()):
        cells = _cells(grid, layout, index)
        listed = ascii_digits(clean(cells["number"][0][1])).rstrip(".)") if cells.get("number") else ""
        if kind:
            rows.append(Row(index + 1, skipped=kind))
            continue
        line = _Line(cells, on, months)
        person = _person(line)
        rows.append(Row(index + 1, person, tuple(line.doubts), listed_as=listed))
    return group_families(_check_totals(grid, rows))
