"""XLSX workbooks, as hostile input.

The archive is measured before anything is unpacked, each sheet is scanned by a parser that builds nothing
and stops at a limit, and only then openpyxl reads the filled rectangle in its streaming mode (merged cells
come from the scan, as that mode does not know them). So time and memory are bounded by the limits below,
whatever the file claims.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from krama.access.refusal import Refusal, _

from .letters import clean
from .shapes import Grid, NotAList

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 1000
MAX_PART = 60 * 1024 * 1024  # one sheet or the shared strings
MAX_SMALL_PART = 4 * 1024 * 1024  # workbook, styles, relations
MAX_ELEMENTS = 1_000_000
MAX_LIST_ELEMENTS = 400_000  # up to the last filled cell
MAX_OTHER_ELEMENTS = 50_000  # validations, conditional formats and the like, which are slow to read
MAX_SHEETS = 40
MAX_ROWS, MAX_COLUMNS = 2000, 60
MAX_CELL = 2000
MAX_FILLED = 60_000

BROKEN = _(
    "This workbook cannot be opened; it may be damaged. Open it in Excel or LibreOffice, save it again as "
    ".xlsx and upload that file."
)
TOO_BIG_INSIDE = _(
    "This workbook is far larger inside than a list of people can be. Copy the list into a new, empty "
    "workbook and upload that."
)
MACROS = _(
    "This workbook contains macros, which Krama does not accept. Save it as an .xlsx workbook without macros "
    "and upload that."
)
TOO_MANY_ROWS = _(
    "The last filled line of this sheet is %(rows)s; Krama reads lists of up to %(limit)s lines. Split the "
    "list, or delete what stands below it."
)
TOO_MANY_COLUMNS = _(
    "This sheet is filled up to column %(columns)s; Krama reads lists of up to %(limit)s columns. Delete the "
    "columns that are not about the people."
)
EMPTY = _("This file has no filled cells. Check that it is the right one.")


@dataclass
class Scan:
    """What one sheet part holds: the filled rectangle, its merged ranges and the formulas without result."""

    rows: int = 0
    columns: int = 0
    merges: list[str] = field(default_factory=list)
    unsaved_formulas: int = 0
    refusal: Refusal | None = None


class _TooMuch(Exception):
    """The scan met a limit."""


class _Scanner:
    """Reads a sheet part element by element, remembering only where filled cells are."""

    def __init__(self, most_others: int = MAX_OTHER_ELEMENTS) -> None:
        self.scan = Scan()
        self.most_others = most_others
        self.row = self.column = self.elements = self.others = self.to_last = 0
        self.has_value = self.has_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            self._place(attributes.get("r", ""))
            self.has_value = self.has_formula = False
        elif name == "f":
            self.has_formula = True
        elif name == "mergeCell":
            self.scan.merges.append(attributes.get("ref", ""))
        elif name not in ("v", "t", "is", "r", "rPr", "sheetData"):
            self.others += 1
        if self.elements > MAX_ELEMENTS or self.others > self.most_others:
            raise _TooMuch

    def _place(self, reference: str) -> None:
        self.column += 1
        if found := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference):
            self.row = int(found[2])
            self.column = 0
            for letter in found[1]:
                self.column = self.column * 26 + ord(letter) - 64

    def text(self, data: str) -> None:
        if not data.isspace():
            self.has_value = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "f":
            self.has_value = False  # the formula's own text is no value
        elif name == "c":
            if self.has_value:
                self.scan.rows = max(self.scan.rows, self.row)
                self.scan.columns = max(self.scan.columns, self.column)
                self.to_last = self.elements
            elif self.has_formula:
                self.scan.unsaved_formulas += 1


def _refuse_doctype(*_parts: object) -> None:
    raise NotAList(Refusal(BROKEN))  # no spreadsheet program writes one; entity bombs need one


def _expat(archive: zipfile.ZipFile, part: str, scanner: _Scanner | None) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    if scanner:
        parser.StartElementHandler = scanner.start
        parser.CharacterDataHandler = scanner.text
        parser.EndElementHandler = scanner.end
    with archive.open(part) as stream:
        while block := stream.read(1 << 16):
            parser.Parse(block, False)
        parser.Parse(b"", True)


def _scan_sheet(archive: zipfile.ZipFile, part: str) -> Scan:
    scanner = _Scanner()
    _expat(archive, part, scanner)
    scan = scanner.scan
    if scan.rows > MAX_ROWS:
        scan.refusal = Refusal(TOO_MANY_ROWS, {"rows": scan.rows, "limit": MAX_ROWS})
    elif scan.columns > MAX_COLUMNS:
        scan.refusal = Refusal(TOO_MANY_COLUMNS, {"columns": scan.columns, "limit": MAX_COLUMNS})
    elif scanner.to_last > MAX_LIST_ELEMENTS:
        scan.refusal = Refusal(TOO_BIG_INSIDE)
    return scan


def _check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse an archive by its directory alone; a part never unpacks to more than the directory says."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 1):
        raise NotAList(Refusal(TOO_BIG_INSIDE))
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise NotAList(Refusal(BROKEN))
    if any("vbaproject" in name or "/macrosheets/" in name or "/activex/" in name for name in names):
        raise NotAList(Refusal(MACROS))


def _scan_archive(archive: zipfile.ZipFile) -> dict[str, Scan]:
    """Scans of all sheet parts; every other XML part is checked for document types and size."""
    scans: dict[str, Scan] = {}
    for part in archive.infolist():
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        is_sheet, is_strings = "/worksheets/" in name and name.endswith(".xml"), "sharedstrings" in name
        if part.file_size > (MAX_PART if is_sheet or is_strings else MAX_SMALL_PART):
            raise NotAList(Refusal(TOO_BIG_INSIDE))
        if is_sheet:
            scans[part.filename] = _scan_sheet(archive, part.filename)
        else:
            _expat(archive, part.filename, _Scanner(MAX_ELEMENTS) if is_strings else None)
        if name == "[content_types].xml" and b"macroEnabled" in archive.read(part):
            raise NotAList(Refusal(MACROS))
    if len(scans) > MAX_SHEETS:
        raise NotAList(Refusal(TOO_BIG_INSIDE))
    return scans


def cell_text(value: object) -> str:
    """A cell's value as text: whole numbers without a point, dates as YYYY-MM-DD, line breaks kept."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    lines = (clean(line) for line in str(value)[:MAX_CELL].splitlines())
    return "\n".join(line for line in lines if line)


def _clipped(reference: str, scan: Scan) -> tuple[int, int, int, int] | None:
    """0-based (top, left, bottom, right) of a merged range within the filled rectangle."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    if None in (left, top, right, bottom) or left > scan.columns or top > scan.rows:
        return None
    return top - 1, left - 1, min(bottom, scan.rows) - 1, min(right, scan.columns) - 1


def _fill_merged(cells: list[list[str]], scan: Scan) -> tuple[set, set]:
    """Repeat each merged cell over its range; returns the places filled from above and from the left."""
    above: set[tuple[int, int]] = set()
    left_side: set[tuple[int, int]] = set()
    budget = MAX_FILLED
    for reference in scan.merges:
        if not (area := _clipped(reference, scan)):
            continue
        top, left, bottom, right = area
        budget -= max(0, bottom - top + 1) * max(0, right - left + 1)
        if budget < 0:
            break
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left) and not cells[row][column] and cells[top][left]:
                    cells[row][column] = cells[top][left]
                    (above if row > top else left_side).add((row, column))
    return above, left_side


def _grids(content: bytes, scans: dict[str, Scan]) -> Iterator[tuple[str, Grid | Refusal]]:
    """(sheet name, its grid or why it was not read) of every filled sheet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in sorted(book.worksheets, key=lambda s: s.sheet_state != "visible"):
            scan = scans.get(sheet._worksheet_path)  # the only link between a sheet and its scanned part
            if scan is None or not scan.rows:
                continue
            name = clean(sheet.title)[:100]
            if scan.refusal:
                yield name, scan.refusal
                continue
            rows = sheet.iter_rows(max_row=scan.rows, max_col=scan.columns, values_only=True)
            cells = [[cell_text(value) for value in row] for row in rows][: scan.rows]
            cells = [row + [""] * (scan.columns - len(row)) for row in cells]
            cells += [[""] * scan.columns for _missing in range(scan.rows - len(cells))]
            above, left = _fill_merged(cells, scan)
            grid = Grid(
                cells=tuple(map(tuple, cells)),
                kind="xlsx",
                sheet=name,
                from_above=frozenset(above),
                from_left=frozenset(left),
                unsaved_formulas=scan.unsaved_formulas,
            )
            yield name, grid


def read_workbook(content: bytes) -> tuple[Grid, ...]:
    """The filled sheets of an XLSX file, visible ones first; raises NotAList. A sheet over a limit is left
    out and named in `other_sheets` of the rest, and refused when there is no other."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, len(content))
            scans = _scan_archive(archive)
        found = list(_grids(content, scans))
    except NotAList:
        raise
    except _TooMuch:
        raise NotAList(Refusal(TOO_BIG_INSIDE)) from None
    except Exception as error:  # openpyxl lets any kind of error out of a damaged file
        raise NotAList(Refusal(BROKEN)) from error
    grids = [grid for _name, grid in found if isinstance(grid, Grid) and any(map(any, grid.cells))]
    refused = {name: refusal for name, refusal in found if isinstance(refusal, Refusal)}
    if not grids:
        raise NotAList(next(iter(refused.values()), Refusal(EMPTY)))
    return tuple(replace(grid, other_sheets=tuple(refused)) for grid in grids)
