"""Code lists that are only counted and shown, never branched on: `krama/<package>/vocab/<name>.csv`.

Pure: the csv module and a path, no Django, so that rules may read them. A row is never deleted and a code
never renamed, because records keep the code; an outdated row gets a higher `order`.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

PACKAGES = Path(__file__).resolve().parent.parent
REQUIRED = ("code", "htcds", "label_en", "label_km", "order")

Row = Mapping[str, str]


class UnknownCode(KeyError):
    """A code that its list does not hold."""


@dataclass(frozen=True)
class Vocabulary:
    """One code list, in the order in which it is shown.

    package, name: where it lives, e.g. "casework", "urgent_needs".
    rows: code -> all columns of that line, as text; read only.
    """

    package: str
    name: str
    rows: Mapping[str, Row]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self.rows)

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, code: str) -> Row:
        """All columns of `code`. Raises UnknownCode."""
        try:
            return self.rows[code]
        except KeyError:
            raise UnknownCode(f"{self.package}/{self.name} has no code {code!r}") from None

    def label(self, code: str, language: str = "en") -> str:
        """The words of `code` in `language` ("km", "km-KH" or anything else, which reads as English)."""
        return self._in(language, "label", code)

    def hint(self, code: str, language: str = "en") -> str:
        """The explaining line of `code`, or "" where the list has none."""
        return self._in(language, "hint", code)

    def htcds(self, code: str) -> str:
        """The HTCDS 2.0 code that `code` is exported as, or "" where HTCDS has none."""
        return self.row(code)["htcds"]

    def choices(self, language: str = "en") -> list[tuple[str, str]]:
        """(code, label) pairs for a form field, in order."""
        return [(code, self.label(code, language)) for code in self.rows]

    def _in(self, language: str, column: str, code: str) -> str:
        row = self.row(code)
        english = row.get(f"{column}_en", "")
        if language == "km" or language.startswith(("km-", "km_")):
            return row.get(f"{column}_km", "") or english
        return english


@cache
def vocabulary(package: str, name: str) -> Vocabulary:
    """The code list `name` of `package`; read once per process.

    Raises ValueError for a name that is no plain word or a file with a fault (missing column, a code
    twice, an empty label, an order that is no whole number), FileNotFoundError when there is no such list.
    """
    if not (package.isidentifier() and name.isidentifier()):
        raise ValueError(f"not the name of a code list: {package!r}, {name!r}")
    path = PACKAGES / package / "vocab" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        rows = [_checked(row, path) for row in _with_columns(reader, path)]
    rows.sort(key=lambda row: int(row["order"]))
    by_code = {row["code"]: MappingProxyType(row) for row in rows}
    if len(by_code) != len(rows):
        raise ValueError(f"{path.name}: a code stands twice")
    return Vocabulary(package, name, MappingProxyType(by_code))


def _with_columns(reader: csv.DictReader, path: Path) -> csv.DictReader:
    missing = [column for column in REQUIRED if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{path.name}: no column {', '.join(missing)}")
    return reader


def _checked(row: dict, path: Path) -> dict[str, str]:
    if None in row or None in row.values():
        raise ValueError(f"{path.name}: a line has too many or too few columns: {row}")
    row = {column: value.strip() for column, value in row.items()}
    if not (row["code"] and row["label_en"] and row["label_km"] and row["order"].isdecimal()):
        raise ValueError(f"{path.name}: code, label_en, label_km and order are needed: {row}")
    return row
