"""docs/capabilities.md says what the journeys prove, no more and no less."""

from tests.journeys import capabilities


def test_the_page_is_the_one_that_the_marks_make():
    assert capabilities.PAGE.read_text(encoding="utf-8") == capabilities.written(), (
        "run: python -m tests.journeys.capabilities"
    )


def test_every_row_of_the_programme_stands_once_and_an_unproved_one_says_so():
    lines = capabilities.written().splitlines()[-30:]
    proved = {row for row, _file, _name in capabilities.journeys()}
    assert [int(line.split("|")[1]) for line in lines] == list(range(1, 31))
    assert {n for n, line in enumerate(lines, start=1) if not line.endswith("| not yet |")} == proved
