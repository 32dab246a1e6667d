"""Whatever arrives: nothing but NotAList comes out, and what is read survives."""

import io
import string
import zipfile
from datetime import date

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from krama.repatriation.rules.manifest import (
    MEANINGS,
    Grid,
    Layout,
    NotAList,
    open_file,
    read_rows,
    remap,
    same_person_twice,
    understand,
)
from krama.repatriation.rules.manifest.birth import read_animal, read_birth, settle
from krama.repatriation.rules.manifest.letters import vocabulary
from krama.repatriation.rules.manifest.names import read_name, read_nationality, read_phones, read_sex
from krama.repatriation.rules.manifest.places import read_address, read_province
from krama.repatriation.rules.manifest.shapes import Column

ON = date(2026, 11, 4)
LETTERS = st.characters(codec="utf-8")
TEXT = st.text(LETTERS, max_size=30) | st.sampled_from(
    [row["heading"] for row in vocabulary("manifest_headings")]
    + ["Sok Dara", "សុខ ដារ៉ា", "M", "ស្រី", "Nam", "14", "២០០៩", "31/12/2009", "2009-12-31", "ឆ្នាំខ្លា", "con"]
    + ["Total 33", "សរុប", "Tổng cộng", "ลงชื่อ", "Svay Rieng", "012 345 678", "-", "x", "1", "2", "3", "(1)"]
)
ROWS = st.integers(1, 8).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width).map(tuple), min_size=1, max_size=12)
)


@st.composite
def grids(draw) -> Grid:
    cells = tuple(draw(ROWS))
    places = st.tuples(st.integers(0, len(cells) - 1), st.integers(0, len(cells[0]) - 1))
    return Grid(
        cells,
        kind=draw(st.sampled_from(["csv", "xlsx"])),
        from_above=frozenset(draw(st.lists(places, max_size=6))),
        from_left=frozenset(draw(st.lists(places, max_size=6))),
    )


def read_all(grid: Grid) -> None:
    try:
        layout = understand(grid)
    except NotAList as problem:
        assert problem.refusal.text % problem.refusal.params
        return
    check_rows(grid, layout)


def check_rows(grid: Grid, layout: Layout) -> None:
    rows = same_person_twice(read_rows(grid, layout, on=ON))
    assert [row.number for row in rows] == list(range(1, len(grid.cells) + 1))
    for row in rows:
        assert (row.values is None) == bool(row.skipped)
        for held in row.doubts:
            assert held.refusal.text % held.refusal.params
        if row.values and row.values.birth_from:
            assert row.values.birth_from <= row.values.birth_to
            assert row.values.birth_to <= ON or row.stopped


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_a_list_or_a_sentence(content):
    try:
        grid = open_file(content, "list.xlsx")
    except NotAList as problem:
        assert problem.refusal.text % problem.refusal.params
    else:
        read_all(grid)


def small_workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "List")
        for row, line in enumerate(
            (("Name", "Sex", "Age"), ("Sok Dara", "M", 14), ("Keo Bopha", "F", 9)), start=1
        ):
            sheet.write_row(row, 0, line)
    return out.getvalue()


GOOD = small_workbook()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_workbook_is_a_list_or_a_sentence(changes):
    content = bytearray(GOOD)
    for place, byte in changes:
        content[place] = byte
    try:
        read_all(open_file(bytes(content), "list.xlsx"))
    except NotAList as problem:
        assert problem.refusal.text % problem.refusal.params


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(GOOD)).read(name)
    for name in zipfile.ZipFile(io.BytesIO(GOOD)).namelist()
}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(PARTS)),
    st.integers(0, 3000),
    st.integers(0, 40),
    st.text(string.printable, max_size=20),
)
def test_a_workbook_with_odd_xml_is_a_list_or_a_sentence(name, start, length, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in PARTS.items():
            if part == name:
                start %= len(content) + 1
                content = content[:start] + text.encode() + content[start + length :]
            archive.writestr(part, content)
    try:
        read_all(open_file(out.getvalue(), "list.xlsx"))
    except NotAList as problem:
        assert problem.refusal.text % problem.refusal.params


@settings(max_examples=400, deadline=None)
@given(grids())
def test_any_grid_of_text_is_read_or_refused(grid):
    read_all(grid)


@settings(max_examples=300, deadline=None)
@given(grids(), st.data())
def test_any_choice_of_columns_is_read(grid, data):
    columns = tuple(Column(index, "", "ignore", 0.0) for index in range(grid.width))
    layout = Layout((), columns, data.draw(st.integers(0, len(grid.cells))))
    chosen = data.draw(st.dictionaries(st.integers(0, grid.width - 1), st.sampled_from(MEANINGS)))
    check_rows(grid, remap(layout, chosen))


@given(grids())
def test_grids_survive_json(grid):
    assert Grid.from_json(grid.to_json()) == grid


@settings(max_examples=400)
@given(st.text(LETTERS | st.sampled_from("0123456789០១២៣/-. ,ខែឆ្នាំថ្ងៃ"), max_size=40))
def test_no_text_breaks_a_reader(text):
    read_name(text)
    read_name(text, given_first=True)
    read_sex(text)
    read_nationality(text)
    read_phones(text)
    read_province(text)
    read_address(text)
    animal = read_animal(text)
    for expected in ("birth_date", "birth_year", "age"):
        birth = settle([read_birth(text, on=ON, expected=expected)], animal, ON)
        assert not birth.known or birth.first <= birth.last or "birth_in_future" in birth.flags


@given(st.dates(date(1920, 1, 1), date(2026, 11, 4)), st.sampled_from("/-. "))
def test_a_written_date_is_read_back(born, mark):
    assert read_birth(born.strftime(f"%d{mark}%m{mark}%Y"), on=ON).day == born
    thai = f"{born.day}{mark}{born.month}{mark}{born.year + 543}"
    assert read_birth(thai, on=ON).day == born
    assert read_birth(born.isoformat(), on=ON).day == born
