"""Which rows are headings and what every column means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from krama.access.refusal import Refusal, _

from .guess import guess, is_number, looks_like_date, looks_like_name, name_script
from .headings import meanings_in, read_heading
from .letters import fold
from .names import read_sex
from .shapes import (
    BIRTH_MEANINGS,
    MEANINGS,
    NAME_MEANINGS,
    SEX_MEANINGS,
    Column,
    Doubt,
    Grid,
    Layout,
    NotAList,
)

SEARCHED = 100  # rows from the top in which headings are looked for
SURE = 0.6
MARKS = ("female_mark", "male_mark")
MANY_ALLOWED = {"note", "ignore", "nickname", "phone", "address"}
PERSONAL = BIRTH_MEANINGS | SEX_MEANINGS | {"nationality", "province", "phone", "id_number", "relation"}

NO_PEOPLE = _(
    "This file does not look like a list of people: no column of names with sex, age or birth was found. "
    "Check that it is the right file, or the right sheet."
)
ONE_LINE = _("This list has headings but nobody under them. Ask for the complete list.")
NO_HEADINGS = _(
    "This list has no headings that Krama knows. The columns were guessed from their cells; check each one."
)
OTHER_SHEETS = _(
    "Only the sheet %(sheet)s was read. Also filled: %(others)s. Upload those separately if needed."
)
GUESSED_LETTERS = _(
    "The letters of this file were guessed (%(encoding)s). Check that the names read correctly."
)
FORMULAS = _(
    "%(count)s cells hold formulas without a stored result and were read as empty. Open the file in Excel, "
    "save it and upload it again."
)


def _own_texts(grid: Grid, row: int) -> dict[int, str]:
    """Cells of a row that it does not take from a merged cell."""
    taken = grid.from_above | grid.from_left
    return {c: text for c, text in enumerate(grid.cells[row]) if text and (row, c) not in taken}


def _recognised(texts: Sequence[str]) -> list[str]:
    """Best meanings of the texts that are headings; sex words count only when both sexes are there."""
    found = [read_heading((text,)) for text in texts]
    known = [meaning for meaning, sure in found if sure >= SURE]
    if not set(MARKS) <= set(known):
        known = [meaning for meaning in known if meaning not in MARKS]
    return known


def _figures(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if is_number(text) or looks_like_date(text))


def _heading_score(grid: Grid, row: int) -> int:
    texts = [t for c, t in enumerate(grid.cells[row]) if t and (row, c) not in grid.from_left]
    known = _recognised(texts)
    if len(set(texts)) < 2 or len(set(known)) < 2 or len(known) < 0.4 * len(texts):
        return 0
    return len(set(known)) - 2 * _figures(texts)


def _belongs_to_header(grid: Grid, row: int) -> bool:
    """Whether a row beside the heading row is a second or third row of headings."""
    if not 0 <= row < len(grid.cells):
        return False
    texts = list(_own_texts(grid, row).values())
    if _figures(grid.cells[row]) or not texts:
        return False
    if len(set(grid.cells[row]) - {""}) < 2:
        return False  # a title over the whole width
    known = _recognised(texts)
    return bool(known) and len(known) >= 0.6 * len(texts)


def find_header(grid: Grid) -> tuple[int, ...]:
    """The 0-based rows of the headings, one to three of them; () when there are none."""
    scores = [_heading_score(grid, row) for row in range(min(SEARCHED, len(grid.cells)))]
    best = max(scores, default=0)
    if best < 2:
        return _single_heading(grid)
    first = last = scores.index(best)
    while last - first < 2 and _belongs_to_header(grid, last + 1):
        last += 1
    while last - first < 2 and _belongs_to_header(grid, first - 1):
        first -= 1
    return tuple(range(first, last + 1))


def _single_heading(grid: Grid) -> tuple[int, ...]:
    """The heading row of a list that has nothing but names."""
    filled = [row for row, cells in enumerate(grid.cells) if any(cells)]
    if filled and len([text for text in grid.cells[filled[0]] if text]) == 1:
        text = next(filter(None, grid.cells[filled[0]]))
        if any(meaning in NAME_MEANINGS and sure >= 0.9 for meaning, sure in meanings_in(text)):
            return (filled[0],)
    return ()


def _heading_texts(grid: Grid, header: Sequence[int], column: int) -> tuple[str, ...]:
    """The header cells over a column, top first. A blank upper cell beside a heading takes that heading, when
    something stands below it: a group heading that was centred instead of merged."""
    texts: list[str] = []
    for place, row in enumerate(header):
        text = grid.cells[row][column]
        below = any(grid.cells[lower][column] for lower in header[place + 1 :])
        if not text and below:
            left = next((c for c in range(column, -1, -1) if grid.cells[row][c]), None)
            split = left is not None and all(
                any(grid.cells[lower][c] for lower in header[place + 1 :]) for c in range(left, column)
            )
            text = grid.cells[row][left] if split else ""
        if text and text not in texts:
            texts.append(text)
    return tuple(texts)


def _values(grid: Grid, first: int, column: int) -> list[str]:
    """Filled cells of a column below the headings, leaving out lines merged across."""
    return [
        cells[column]
        for row, cells in enumerate(grid.cells[first:], start=first)
        if cells[column] and (row, column) not in grid.from_left and (row, column + 1) not in grid.from_left
    ]


def _column(grid: Grid, header: Sequence[int], first: int, index: int) -> Column | None:
    texts = _heading_texts(grid, header, index)
    values = _values(grid, first, index)
    if not texts and not values:
        return None
    meaning, sure = read_heading(texts)
    if sure < 0.5:
        guessed, sure = guess(values)
        sure = round(sure * 0.9, 2) if header else sure
        meaning, sure = (guessed, sure) if guessed else ("note" if values else "ignore", 0.2)
    heading = " / ".join(text.replace("\n", " ") for text in texts)
    samples = tuple(dict.fromkeys(value.replace("\n", " ") for value in values))[:4]
    return Column(index, heading, meaning, sure, samples)


def _retold(column: Column, meaning: str, sure: float | None = None) -> Column:
    return replace(column, meaning=meaning, confidence=column.confidence if sure is None else sure)


def _settle_names(columns: list[Column], values: Mapping[int, Sequence[str]]) -> list[Column]:
    """Tell generic name columns apart: by their letters when there are two, and as the given name when a
    column of family names stands beside single words."""
    full = [
        column for column in columns if column.meaning in ("full_name", "full_name_km", "full_name_latin")
    ]
    families = any(column.meaning.startswith("family_name") for column in columns)
    given = any(column.meaning.startswith("given_name") for column in columns)
    settled = []
    for column in columns:
        if column.meaning == "full_name":
            words = [len(value.split()) for value in values[column.index]] or [2]
            kind = name_script(values[column.index]) if len(full) > 1 else ""
            if families and not given and sum(words) / len(words) < 1.6:
                column = _retold(column, "given_name")
            elif kind:
                column = _retold(column, {"km": "full_name_km", "la": "full_name_latin"}[kind])
        settled.append(column)
    return settled


def _settle_twice(columns: list[Column]) -> list[Column]:
    """Keep the surest column of each meaning; guesses give way to headings; the rest goes into the note."""
    best: dict[str, Column] = {}
    for column in columns:
        held = best.get(column.meaning)
        if held is None or column.confidence > held.confidence:
            best[column.meaning] = column
    by_heading = {column.meaning for column in columns if column.confidence >= SURE}
    settled = []
    for column in columns:
        guessed = column.confidence < SURE and column.heading
        spare = column.meaning not in MANY_ALLOWED and best[column.meaning] is not column
        spare |= bool(guessed and column.meaning in BIRTH_MEANINGS and by_heading & BIRTH_MEANINGS)
        spare |= bool(guessed and column.meaning in NAME_MEANINGS and by_heading & NAME_MEANINGS)
        settled.append(_retold(column, "note", 0.3) if spare else column)
    return settled


def _is_people(columns: Sequence[Column], values: Mapping[int, Sequence[str]], headed: bool) -> bool:
    names = [column for column in columns if column.meaning in NAME_MEANINGS]
    looking = [column for column in names if _names_share(values[column.index]) >= 0.5]
    meanings = {column.meaning for column in columns}
    if not looking:
        return False
    if not headed:
        told = meanings & (SEX_MEANINGS | {"birth_date", "birth_year"})
        return bool(told or ("age" in meanings and "province" in meanings))
    if meanings & PERSONAL:
        return True
    return len(columns) <= 2 and max(column.confidence for column in looking) >= 0.9


def _names_share(values: Sequence[str]) -> float:
    return sum(1 for value in values if looks_like_name(value)) / len(values) if values else 0.0


def _unknown_header(grid: Grid, columns: Sequence[Column]) -> int | None:
    """The row of headings in an unknown language: the first row of the list, when no cell of it fits the
    column that stands under it."""
    tests = {"sex": read_sex, "age": is_number, "birth_date": looks_like_date, "birth_year": is_number}
    checked = [(column.index, tests[column.meaning]) for column in columns if column.meaning in tests]
    for row, cells in enumerate(grid.cells):
        if len(_own_texts(grid, row)) < 2:
            continue
        fits = any(test(cells[index]) for index, test in checked) or any(map(is_number, cells))
        filled = all(cells[index] for index, _test in checked)
        return None if fits or not filled or not checked else row
    return None


def _columns(grid: Grid, header: Sequence[int], first: int) -> tuple[list[Column], dict[int, list[str]]]:
    values = {index: _values(grid, first, index) for index in range(grid.width)}
    found = [_column(grid, header, first, index) for index in range(grid.width)]
    columns = [column for column in found if column is not None]
    return _settle_twice(_settle_names(columns, values)), values


def _file_doubts(grid: Grid, known: bool) -> tuple[Doubt, ...]:
    doubts = []
    if not known:
        doubts.append(Doubt("no_headings", Refusal(NO_HEADINGS)))
    if grid.other_sheets:
        names = {"sheet": grid.sheet, "others": ", ".join(grid.other_sheets)}
        doubts.append(Doubt("other_sheets", Refusal(OTHER_SHEETS, names)))
    if grid.encoding in ("cp874", "cp1258", "cp1252", "latin-1"):
        doubts.append(Doubt("guessed_letters", Refusal(GUESSED_LETTERS, {"encoding": grid.encoding})))
    if grid.unsaved_formulas:
        doubts.append(Doubt("unsaved_formulas", Refusal(FORMULAS, {"count": grid.unsaved_formulas})))
    return tuple(doubts)


def understand(grid: Grid) -> Layout:
    """The headings of `grid` and what its columns mean; raises NotAList when it is no list of people."""
    header = find_header(grid)
    first = header[-1] + 1 if header else 0
    columns, values = _columns(grid, header, first)
    if header and not any(any(cells) for cells in grid.cells[first:]):
        raise NotAList(Refusal(ONE_LINE))
    known = bool(header)
    if not known and (row := _unknown_header(grid, columns)) is not None:
        header, first = (row,), row + 1
        columns, values = _columns(grid, header, first)
    if not _is_people(columns, values, known):
        raise NotAList(Refusal(NO_PEOPLE))
    return Layout(tuple(header), tuple(columns), first, _file_doubts(grid, known))


def remap(layout: Layout, meanings: Mapping[int, str]) -> Layout:
    """`layout` with the officer's choice of meanings by column index; raises ValueError for a meaning that is
    not one of MEANINGS or a column that is not there."""
    known = {column.index for column in layout.columns}
    wrong = [m for m in meanings.values() if m not in MEANINGS] + [i for i in meanings if i not in known]
    if wrong:
        raise ValueError(f"not a column or meaning of this list: {wrong[0]!r}")
    columns = tuple(
        _retold(column, meanings[column.index], 1.0) if column.index in meanings else column
        for column in layout.columns
    )
    return replace(layout, columns=columns)


def is_heading_of(layout: Layout, cells: Sequence[str]) -> bool:
    """Whether a row repeats the headings, as lists do on each printed page."""
    headings = {
        c.index: {fold(part) for part in c.heading.split(" / ")} | {fold(c.heading)} for c in layout.columns
    }
    same = sum(1 for index, words in headings.items() if cells[index] and fold(cells[index]) in words)
    return same >= 2 and same >= 0.5 * sum(map(bool, cells))
