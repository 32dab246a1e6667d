"""Kinds of files, encodings, delimiters, merged cells, and what hostile files meet."""

import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from krama.repatriation.rules.manifest import Grid, NotAList, open_file, read_rows, understand
from krama.repatriation.rules.manifest import file as reading
from krama.repatriation.rules.manifest import workbook as books
from krama.repatriation.rules.manifest.file import decode

TABLE = "Name;Sex;Age\nSok Dara;M;14\nKeo Bopha;F;15\n"


def workbook(*rows, **sheets) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, lines in ({"List": rows} | sheets).items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(lines):
                for column, value in enumerate(line):
                    look = dates if isinstance(value, date) else None
                    sheet.write(at, column, value, look)
    return out.getvalue()


def repacked(content: bytes, **changes: bytes) -> bytes:
    """A workbook with some parts replaced or added; keys are part names with / as __ and . as _dot_."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        parts |= {name.replace("__", "/").replace("_dot_", "."): part for name, part in changes.items()}
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def refused(content: bytes, name: str = "list.xlsx") -> str:
    with pytest.raises(NotAList) as caught:
        open_file(content, name)
    return caught.value.refusal.text


GOOD = workbook(["Name", "Sex", "Age"], ["Sok Dara", "M", 14])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", reading.NO_BYTES),
        (b"   \n \n", reading.EMPTY),
        (b"%PDF-1.7 ...", reading.PDF),
        (b"\x89PNG\r\n\x1a\n...", reading.PICTURE),
        (b"\xff\xd8\xff\xe0 ...", reading.PICTURE),
        (b"\0\0\0\x18ftypheic", reading.PICTURE),
        (OLE, reading.OLD_EXCEL),
        (OLE + "EncryptedPackage".encode("utf-16-le"), reading.LOCKED),
        (OLE + "WordDocument".encode("utf-16-le"), reading.WORD),
        (b"{\\rtf1 ...", reading.WORD),
        (zipped(word__document_dot_xml=b"<w/>"), reading.WORD),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), reading.OPEN_DOCUMENT),
        (zipped(xl__workbook_dot_bin=b"x"), reading.BINARY_EXCEL),
        (zipped(list_dot_csv=b"a"), reading.ARCHIVE),
        (b"Rar!\x1a\x07\x00", reading.ARCHIVE),
        (b"<html><table><tr><td>Sok</td></tr></table>", reading.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', reading.WEB_PAGE),
        (bytes(range(1, 256)) * 40, reading.UNKNOWN),
        (b"Name;Sex\n" + b"\0\x01\x02" * 50, reading.UNKNOWN),
        (b"x" * (reading.MAX_BYTES + 1), reading.TOO_LARGE),
        (b"PK\x03\x04 xl/workbook.xml broken", books.BROKEN),
        (GOOD[:-100], books.BROKEN),
    ],
)
def test_other_kinds_of_files_get_a_sentence(content, sentence):
    assert refused(content) == sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_unicode(delimiter, encoding):
    grid = open_file(TABLE.replace(";", delimiter).replace("Dara", "ដារ៉ា").encode(encoding), "a.csv")
    assert grid.cells == (("Name", "Sex", "Age"), ("Sok ដារ៉ា", "M", "14"), ("Keo Bopha", "F", "15"))
    assert grid.delimiter == delimiter


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("รายชื่อ;เพศ;อายุ\nสมชาย ใจดี;ช;14".encode("cp874"), "cp874", "รายชื่อ;เพศ;อายุ\nสมชาย ใจดี;ช;14"),
        ("ชื่อ เพศ ชาย".encode("cp874"), "cp874", "ชื่อ เพศ ชาย"),
        ("ลำดับ\tอายุ".encode("tis-620"), "cp874", "ลำดับ\tอายุ"),
        (b"Jos\xe9 Ch\xe2n", "cp1252", "José Chân"),
    ],
)
def test_old_encodings(content, encoding, text):
    found, name = decode(content)
    assert (found, name) == (text, encoding)


def test_vietnamese_in_its_old_table_reads_as_vietnamese():
    for pieces, whole in (("Ho\u0323 va\u0300 tên", "Họ và tên"), ("Nư\u0303", "Nữ"), ("Đăng", "Đăng")):
        assert decode(pieces.encode("cp1258")) == (whole, "cp1258")


def test_excel_separator_line_and_unclosed_quotes():
    grid = open_file(b"sep=|\r\nName|Sex|Age\r\nSok Dara|M|14\r\n", "a.csv")
    assert grid.cells[1] == ("Name", "Sex", "Age") and grid.delimiter == "|"
    lines = 'Name;Sex;Age\nSok "Touch" Dara;M;14\n"Keo Bopha;F;15\n' + "Chea Nit;F;9\n" * 20
    grid = open_file(lines.encode(), "a.csv")
    assert len(grid.cells) == 23 and grid.cells[2] == ('"Keo Bopha', "F", "15")


def test_cells_of_a_workbook_become_text():
    first = ["Sok\u200b Dara", date(2009, 12, 31), 14.0, 1.5]
    content = workbook(["Name", "DOB", "Age", "N"], first, ["x", True, "", -3])
    grid = open_file(content, "a.xlsx")
    assert grid.cells[1:] == (("Sok Dara", "2009-12-31", "14", "1.5"), ("x", "TRUE", "", "-3"))
    assert (grid.kind, grid.sheet) == ("xlsx", "List")


def test_date_cells_of_the_1904_calendar():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Name", "DOB"])
    book.active.append(["Sok Dara", datetime(2009, 12, 31)])
    out = io.BytesIO()
    book.save(out)
    assert open_file(out.getvalue(), "a.xlsx").cells[1] == ("Sok Dara", "2009-12-31")


def test_merged_cells_are_filled_and_remembered():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Title")
        sheet.write_row(1, 0, ["Household", "Name", "Sex"])
        sheet.merge_range(2, 0, 3, 0, "7")
        sheet.write_row(2, 1, ["Sok Dara", "M"])
        sheet.write_row(3, 1, ["Keo Bopha", "F"])
        sheet.merge_range(4, 0, 90, 50, "")
    grid = open_file(out.getvalue(), "a.xlsx")
    assert grid.cells[0] == ("Title", "Title", "Title")
    assert [row[0] for row in grid.cells[2:4]] == ["7", "7"]
    assert grid.from_left == {(0, 1), (0, 2)} and grid.from_above == {(3, 0)}
    rows = read_rows(grid, understand(grid), on=date(2026, 1, 1))
    assert [row.values.family_group for row in rows if row.values] == ["7", "7"]


def test_the_sheet_with_people_is_read_and_the_others_are_named():
    sheets = {"Cover": [["Dear all"]], "People": [["Name", "Sex", "Age"], ["Sok Dara", "M", 14]]}
    grid = open_file(workbook(["Item", "Cost"], ["Rice", 4], **sheets), "a.xlsx")
    assert (grid.sheet, grid.other_sheets) == ("People", ("List", "Cover"))
    assert [doubt.code for doubt in understand(grid).doubts] == ["other_sheets"]
    assert open_file(workbook(["a"], **sheets), "a.xlsx", sheet="Cover").sheet == "Cover"


def test_formulas_without_result_are_counted():
    book = openpyxl.Workbook()
    for line in (["Name", "Sex", "Age"], ["Sok Dara", "M", "=10+4"], ["Keo Bopha", "F", 9]):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    grid = open_file(out.getvalue(), "a.xlsx")
    assert (grid.unsaved_formulas, grid.cells[1][2]) == (1, "")
    assert [doubt.code for doubt in understand(grid).doubts] == ["unsaved_formulas"]


# What must not get in, or not for long.


def test_row_and_column_limits():
    line = ["Sok Dara", "M"]
    assert len(open_file(workbook(*[line] * 2000), "a.xlsx").cells) == 2000
    assert refused(workbook(*[line] * 2001)) == books.TOO_MANY_ROWS
    assert refused(b"Sok;M\n" * 2001) == books.TOO_MANY_ROWS
    assert open_file(workbook(["x"] * 60), "a.xlsx").width == 60
    assert refused(workbook(["x"] * 61)) == books.TOO_MANY_COLUMNS
    assert refused(b";".join([b"x"] * 61)) == books.TOO_MANY_COLUMNS


def test_a_single_cell_far_below_counts_as_a_row():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Sex"])
        sheet.write(1_000_000, 0, "Sok Dara")
    assert refused(out.getvalue()) == books.TOO_MANY_ROWS


def test_empty_formatted_rows_do_not_count():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        look, sheet = book.add_format({"border": 1}), book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Sex"])
        sheet.write_row(1, 0, ["Sok Dara", "M"])
        for row in range(2, 9000):
            sheet.write_blank(row, 70, None, look)
    grid = open_file(out.getvalue(), "a.xlsx")
    assert (len(grid.cells), grid.width) == (2, 2)


def test_bombs_are_refused_before_unpacking():
    ratio = repacked(GOOD, xl__media__a_dot_bin=b"\0" * 30_000_000)
    assert refused(ratio) == books.TOO_BIG_INSIDE
    entries = repacked(GOOD, **{f"x{number}": b"" for number in range(books.MAX_ENTRIES)})
    assert refused(entries) == books.TOO_BIG_INSIDE


def test_declared_sizes_cannot_lie():
    content = bytearray(repacked(GOOD, xl__sharedStrings_dot_xml=b"<sst>" + b" " * 50_000 + b"</sst>"))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/sharedStrings.xml"))
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refused(bytes(content)) == books.BROKEN


def test_unpacked_size_is_limited(monkeypatch):
    monkeypatch.setattr(books, "MAX_UNPACKED", 1000)
    assert refused(GOOD) == books.TOO_BIG_INSIDE


@pytest.mark.parametrize(
    "part", ["xl__sharedStrings_dot_xml", "xl__worksheets__sheet1_dot_xml", "xl__styles_dot_xml"]
)
def test_document_types_and_entities_are_refused(part):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert refused(repacked(GOOD, **{part: bomb})) == books.BROKEN


def test_macros_are_refused():
    assert refused(repacked(GOOD, xl__vbaProject_dot_bin=b"x")) == books.MACROS
    kinds = zipfile.ZipFile(io.BytesIO(GOOD)).read("[Content_Types].xml")
    macro = kinds.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    assert refused(repacked(GOOD, **{"[Content_Types]_dot_xml": macro})) == books.MACROS


def test_too_many_elements_are_refused():
    noise = random.Random(1).randbytes(200_000)  # keeps the ratio low, so that the element count must stop it
    many = b"<row>" + b"<c/>" * (books.MAX_ELEMENTS + 1) + b"</row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
    content = repacked(GOOD, xl__worksheets__sheet1_dot_xml=sheet % many, pad=noise)
    assert refused(content) == books.TOO_BIG_INSIDE


def test_deep_nesting_is_refused():
    noise = random.Random(1).randbytes(100_000)
    assert refused(repacked(GOOD, xl__styles_dot_xml=b"<a>" * 500_000, pad=noise)) == books.BROKEN


def test_endless_text_is_refused():
    assert refused(b"\n" * 3_000_000) == reading.TOO_LONG
    assert refused(b";" * 5_000_000) == reading.TOO_LONG
    assert refused(b'"' * 3_000_000) in (reading.UNKNOWN, reading.EMPTY)


def test_a_formula_in_a_cell_stays_text():
    grid = open_file(b"Name;Sex\n=cmd|' /C calc'!A0;F\n@SUM(1);M\n", "a.csv")
    assert grid.cells[1][0] == "=cmd|' /C calc'!A0"


def test_the_grid_survives_json():
    grid = Grid(
        (("a", "ស្រី"), ("", "b\nc")), "xlsx", "S", ("T",), "", "", frozenset({(1, 1)}), frozenset({(0, 1)}), 2
    )
    assert Grid.from_json(grid.to_json()) == grid
