"""Reads the lists of people that authorities hand over at an arrival: XLSX or CSV, in any state.

    grid = open_file(content, "list.xlsx")      # bytes → cells, or NotAList with a sentence
    layout = understand(grid)                   # headings and meanings of the columns, or NotAList
    layout = remap(layout, {3: "nickname"})     # the officer's correction
    rows = same_person_twice(read_rows(grid, layout, on=day_of_arrival))

Nothing is stored and nothing is decided here: every reading is a draft with its doubts.
"""

from dataclasses import replace

from .birth import age_between, age_span
from .columns import remap, understand
from .families import same_person_twice
from .file import MAX_BYTES, read_grids
from .rows import read_rows
from .shapes import (
    MEANINGS,
    Column,
    Doubt,
    Grid,
    Layout,
    NotAList,
    PersonDraft,
    Row,
)
from .workbook import MAX_COLUMNS, MAX_ROWS

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MEANINGS",
    "Column",
    "Doubt",
    "Grid",
    "Layout",
    "NotAList",
    "PersonDraft",
    "Row",
    "age_between",
    "age_span",
    "open_file",
    "read_rows",
    "remap",
    "same_person_twice",
    "understand",
]


def open_file(content: bytes, filename: str, sheet: str = "") -> Grid:
    """The cells of a list.

    content: the whole file, at most 10 MB. filename: what it was called; the bytes decide what it is, as an
    ending can lie. sheet: name of the sheet to read; "" takes the first that is a list of people,
    else the first filled one. Raises NotAList with a sentence that says what to do.
    """
    grids = read_grids(content)
    names = [grid.sheet for grid in grids]
    chosen = next((grid for grid in grids if sheet and grid.sheet == sheet), None) or _first_list(grids)
    others = tuple(name for name, grid in zip(names, grids, strict=True) if grid is not chosen)
    return replace(chosen, other_sheets=others + chosen.other_sheets)


def _first_list(grids: tuple[Grid, ...]) -> Grid:
    for grid in grids if len(grids) > 1 else ():
        try:
            understand(grid)
        except NotAList:
            continue
        return grid
    return grids[0]
