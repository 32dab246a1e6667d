"""Which lines of a list are people, and what the others are: titles, sections, totals, signatures, blanks."""

import re
from dataclasses import dataclass
from functools import cache

from .birth import read_animal
from .columns import is_heading_of
from .guess import is_number, looks_like_name
from .letters import ascii_digits, fold, scripts, vocabulary
from .names import read_sex
from .places import read_province
from .shapes import BIRTH_MEANINGS, NAME_MEANINGS, Grid, Layout

SECTION_NUMBER = re.compile(r"(?:[ivx]{1,5}|[a-e])")
NOTHING = re.compile(r"[\W_]*")


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Folded words of `vocab/row_words.csv` of a kind ("total" or "signature"), longest first."""
    cells = (row["words"] for row in vocabulary("row_words") if row["kind"] == kind)
    return tuple(sorted({fold(word) for cell in cells for word in cell.split("|")}, key=len, reverse=True))


def _begins(text: str, kind: str) -> str | None:
    """What follows a word of this kind at the start of `text`, or None when it starts otherwise."""
    folded = fold(text)
    for word in _words(kind):
        if folded == word:
            return ""
        joined = scripts(word) & {"km", "th"}
        if folded.startswith(word + " ") or (joined and folded.startswith(word)):
            return folded[len(word) :].strip()
    return None


def _has_figure(text: str) -> bool:
    return bool(re.search(r"\d", ascii_digits(text)))


@dataclass(frozen=True)
class Lines:
    """The kinds of all lines of a grid under a layout; `kind` is "" for a person (see `Row.skipped`)."""

    grid: Grid
    layout: Layout

    def own(self, row: int) -> dict[int, str]:
        """Column → text of the cells that say something of their own, without merged repetitions."""
        taken = self.grid.from_left | self.grid.from_above
        return {
            column: text
            for column, text in enumerate(self.grid.cells[row])
            if not NOTHING.fullmatch(text) and (row, column) not in taken
        }

    def _of(self, row: int, *meanings: str) -> list[str]:
        cells = self.grid.cells[row]
        return [
            cells[column.index]
            for column in self.layout.having(*meanings)
            if cells[column.index] and (row, column.index) not in self.grid.from_left
        ]

    def is_evident(self, row: int) -> bool:
        """Whether a line has a name and beside it a running number or something that only a person has."""
        if not self._of(row, *sorted(NAME_MEANINGS)):
            return False
        births = self._of(row, *sorted(BIRTH_MEANINGS), "female_mark", "male_mark")
        return (
            any(map(is_number, self._of(row, "number")))
            or any(map(read_sex, self._of(row, "sex")))
            or any(_has_figure(text) or read_animal(text) for text in births)
            or any(map(_has_figure, self._of(row, "id_number", "phone")))
            or any(read_province(text)[1] for text in self._of(row, "province"))
        )

    def is_total(self, row: int) -> bool:
        """Whether a line sums up: it begins with such a word, and is not a person of that name."""
        evident = self.is_evident(row)
        if evident and any(map(is_number, self._of(row, "number"))):
            return False
        rests = [_begins(text, "total") for text in list(self.own(row).values())[:2]]
        return any(rest is not None and (not rest or _has_figure(rest) or not evident) for rest in rests)

    def is_signature(self, row: int) -> bool:
        """Whether a line is for signing."""
        if self.is_evident(row):
            return False
        return any(_begins(text, "signature") is not None for text in self.own(row).values())

    def _is_column_numbers(self, row: int) -> bool:
        figures = [ascii_digits(text).strip("() ") for text in self.own(row).values()]
        return len(figures) >= 3 and figures == [str(number) for number in range(1, len(figures) + 1)]

    def _is_continued(self, row: int) -> bool:
        """The second line of a person whose name cells are merged downwards."""
        names = [c.index for c in self.layout.having(*sorted(NAME_MEANINGS)) if self.grid.cells[row][c.index]]
        return bool(names) and all((row, index) in self.grid.from_above for index in names)

    def _is_section(self, row: int, own: dict[int, str]) -> bool:
        numbers = self._of(row, "number")
        if self.is_evident(row):
            return False
        if len(own) == 2 and numbers and SECTION_NUMBER.fullmatch(fold(numbers[0])):
            return True
        if len(own) != 1:
            return False
        column, text = next(iter(own.items()))
        if (row, column + 1) in self.grid.from_left:
            return True
        names = {c.index for c in self.layout.having(*sorted(NAME_MEANINGS))}
        return (column not in names and not self._personal(column)) or not looks_like_name(text)

    def _personal(self, column: int) -> bool:
        """Whether a lone cell in this column may still be what is left of a person."""
        meaning = next((c.meaning for c in self.layout.columns if c.index == column), "ignore")
        return meaning not in ("number", "note", "ignore", "address", "family_group")

    def kinds(self) -> list[str]:
        """The kind of every grid row, from the top."""
        count = len(self.grid.cells)
        own = [self.own(row) for row in range(count)]
        totals = [self.is_total(row) for row in range(count)]
        evident = [
            row for row in range(self.layout.first_row, count) if not totals[row] and self.is_evident(row)
        ]
        last = evident[-1] if evident else count
        kinds, foot, people = [], False, False
        for row in range(count):
            kind = self._kind(row, own[row], totals[row], people)
            foot = foot or (kind in ("total", "signature") and row > last)
            if foot and not kind:
                kind = "signature"
            elif kind == "section":
                kind = "signature" if foot else "section" if people else "title"
            people = people or not kind
            kinds.append(kind)
        return kinds

    def _kind(self, row: int, own: dict[int, str], total: bool, people: bool) -> str:
        numbers = {column.index for column in self.layout.having("number")}
        if row in self.layout.header_rows:
            return "header"
        if row < self.layout.first_row and not self.is_evident(row):
            return "title" if own else "blank"  # people above the headings stay people
        if not own or (set(own) <= numbers and all(map(is_number, own.values()))):
            return "blank"
        if is_heading_of(self.layout, self.grid.cells[row]) or (not people and self._is_column_numbers(row)):
            return "header"
        if total:
            return "total"
        if people and self.is_signature(row):
            return "signature"
        if self._is_continued(row):
            return "continued"
        return "section" if self._is_section(row, own) else ""
