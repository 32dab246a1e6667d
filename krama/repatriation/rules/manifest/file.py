"""Bytes to grids: what kind of file it is, and the reading of CSV text in the encodings of the region."""

import contextlib
import csv
import io
import re
import unicodedata

from krama.access.refusal import Refusal, _

from .letters import clean
from .shapes import Grid, NotAList
from .workbook import (
    BROKEN,
    EMPTY,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    read_workbook,
)

MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 40_000  # with blank ones
MAX_TEXT = 4_000_000  # characters; 2,000 full lines stay well below
DELIMITERS = (";", "\t", "|", ",")

TOO_LARGE = _(
    "This file is larger than %(limit)s MB. A list of people is far smaller; upload the list alone."
)
TOO_LONG = _("This text is far longer than a list of people can be. Upload the list alone.")
NO_BYTES = _("This file is empty. Ask for the list again, or type the names in.")
OLD_EXCEL = _(
    "This is an old Excel file (.xls). Open it in Excel or LibreOffice, save it as .xlsx and upload that."
)
LOCKED = _(
    "This workbook is locked with a password. Open it, remove the password, save it and upload that file."
)
BINARY_EXCEL = _("This is a binary workbook (.xlsb). Save it as .xlsx and upload that.")
PDF = _("This is a PDF. Krama cannot read tables out of a PDF: ask for the Excel file, or type the names in.")
WORD = _("This is a Word document. Copy its table into Excel, save it as .xlsx and upload that.")
OPEN_DOCUMENT = _("This is an OpenDocument file. Save it as .xlsx and upload that.")
PICTURE = _(
    "This is a picture. Krama cannot read names from a picture: ask for the list as a file, or type it in."
)
ARCHIVE = _("This is an archive. Unpack it and upload the list that is inside.")
WEB_PAGE = _("This is a web page or an XML file. Open it in Excel, save it as .xlsx and upload that.")
UNKNOWN = _("Krama cannot read this kind of file. Save the list as .xlsx or .csv and upload that.")

SIGNATURES = (
    (b"%PDF", PDF),
    (b"{\\rtf", WORD),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
VIETNAMESE_MARKS = re.compile(r"[aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ][\u0300\u0301\u0303\u0309\u0323]|[đĐ]")


def _refusal_of_other(content: bytes) -> Refusal | None:
    """Why a file that is neither XLSX nor text cannot be read, or None."""
    head = content[:512]
    for signature, sentence in SIGNATURES:
        if head.startswith(signature):
            return Refusal(sentence)
    if head.startswith(OLE):
        names = ((LOCKED, "EncryptedPackage"), (WORD, "WordDocument"))
        found = (sentence for sentence, name in names if name.encode("utf-16-le") in content)
        return Refusal(next(found, OLD_EXCEL))
    if (
        head.startswith(b"RIFF")
        and head[8:12] == b"WEBP"
        or head[4:8] == b"ftyp"
        or head.startswith(b"BM\x36")
    ):
        return Refusal(PICTURE)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<head")):
        return Refusal(WEB_PAGE)
    return None


def _refusal_of_zip(content: bytes) -> Refusal | None:
    """Why a zip is not an XLSX workbook, by the part names in it (which a zip stores uncompressed)."""
    if b"xl/workbook.xml" in content or b"xl\\workbook.xml" in content:
        return None
    for name, sentence in (
        (b"word/", WORD),
        (b"opendocument", OPEN_DOCUMENT),
        (b"xl/workbook.bin", BINARY_EXCEL),
        (b"[Content_Types].xml", BROKEN),
    ):
        if name in content:
            return Refusal(sentence)
    return Refusal(ARCHIVE)


def _looks_thai(content: bytes) -> bool:
    """Whether bytes above 127 come in runs of three and more, as in Thai words and seldom in others."""
    high = re.findall(rb"[\xa1-\xfb]+", content)
    in_runs = sum(len(run) for run in high if len(run) > 2)
    return in_runs > 0.6 * sum(map(len, high)) and not re.search(rb"[\xfc-\xff]", content)


def decode(content: bytes) -> tuple[str, str]:
    """(text, encoding) of a text file; raises NotAList when it is no text.

    Order marks first, then UTF-16 by its zero bytes, then UTF-8; what is left is Thai (cp874, which holds
    TIS-620), Vietnamese (cp1258) or Western (cp1252, latin-1), told apart by the letters that come out.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace"), "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    sample = content[:4000]
    if sample.count(0) > len(sample) // 4:
        for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
            if zeros.count(0) > len(zeros) // 2:
                return content.decode(encoding, "replace"), encoding
    if 0 in content:
        raise NotAList(Refusal(UNKNOWN))
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_old(content)


def _decode_old(content: bytes) -> tuple[str, str]:
    if _looks_thai(content):
        return content.decode("cp874", "replace"), "cp874"
    for encoding in ("cp1258", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1258" or VIETNAMESE_MARKS.search(text):
            return unicodedata.normalize("NFC", text), encoding
    return content.decode("latin-1"), "latin-1"


def _is_text(text: str) -> bool:
    """Whether decoded characters read as text: few control characters and few unknown ones."""
    sample = text[:20000]
    odd = sum(
        1 for c in sample if (c < " " and c not in "\t\r\n\f\v") or c == "\ufffd" or "\x7f" <= c <= "\x9f"
    )
    return odd <= len(sample) // 50


def _parse(text: str, delimiter: str) -> list[list[str]]:
    """The rows of `text`. An unclosed quotation mark would swallow all lines after it, so when a cell grows
    beyond reason the marks are read as letters."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
        with contextlib.suppress(csv.Error):
            rows = list(lines)
            if quoting == csv.QUOTE_NONE or not any(cell.count("\n") > 8 for row in rows for cell in row):
                return rows
    raise NotAList(Refusal(UNKNOWN))


def _score(rows: list[list[str]]) -> tuple[int, int]:
    """How well a delimiter cuts: lines of the most common width above one, then that width."""
    widths = [len(row) for row in rows[:300] if any(row)]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    common = max(set(wide), key=lambda width: (wide.count(width), width))
    return sum(1 for width in wide if width == common), common


def _best_rows(text: str) -> tuple[list[list[str]], str]:
    if named := re.match(r"sep=([;,|\t])\r?\n", text):
        rows = _parse(text[named.end() :], named[1])
        return [[""], *rows], named[1]
    tried = [(_parse(text, delimiter), delimiter) for delimiter in DELIMITERS]
    return max(tried, key=lambda pair: _score(pair[0]))


def _cell(text: str) -> str:
    if not text:
        return ""
    lines = (clean(line) for line in text[:MAX_CELL].splitlines())
    return "\n".join(line for line in lines if line)


def read_text(content: bytes) -> Grid:
    """The grid of a CSV file; raises NotAList."""
    text, encoding = decode(content)
    text = text.replace("\x00", "")
    if not _is_text(text):
        raise NotAList(Refusal(UNKNOWN))
    if len(text) > MAX_TEXT or text.count("\n") + text.count("\r") > MAX_LINES:
        raise NotAList(Refusal(TOO_LONG))
    rows, delimiter = _best_rows(text)
    return _checked_grid(rows, encoding, delimiter)


def _checked_grid(rows: list[list[str]], encoding: str, delimiter: str) -> Grid:
    cells = [[_cell(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    if not cells:
        raise NotAList(Refusal(EMPTY))
    if len(cells) > MAX_ROWS:
        raise NotAList(Refusal(TOO_MANY_ROWS, {"rows": len(cells), "limit": MAX_ROWS}))
    width = max(place + 1 for row in cells for place, cell in enumerate(row) if cell)
    if width > MAX_COLUMNS:
        raise NotAList(Refusal(TOO_MANY_COLUMNS, {"columns": width, "limit": MAX_COLUMNS}))
    even = tuple(tuple((row + [""] * width)[:width]) for row in cells)
    return Grid(cells=even, kind="csv", encoding=encoding, delimiter=delimiter)


def read_grids(content: bytes) -> tuple[Grid, ...]:
    """All grids of a file, the visible sheets first; raises NotAList with a sentence for the officer."""
    if not content:
        raise NotAList(Refusal(NO_BYTES))
    if len(content) > MAX_BYTES:
        raise NotAList(Refusal(TOO_LARGE, {"limit": MAX_BYTES // 1024 // 1024}))
    if content.startswith(b"PK\x03\x04"):
        if refusal := _refusal_of_zip(content):
            raise NotAList(refusal)
        return read_workbook(content)
    if refusal := _refusal_of_other(content):
        raise NotAList(refusal)
    return (read_text(content),)
