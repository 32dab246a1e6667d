"""Makes docs/capabilities.md: what the programme needs, row by row, and the journeys that prove it.

Run: python -m tests.journeys.capabilities
"""

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "capabilities.md"
ROWS = (
    "Group arrival registration",
    "Screening and identification with grounds",
    "Emergency services at a centre",
    "Consent and assent",
    "Assessment and case plan",
    "Shelter and bed management, community-based alternative",
    "Referral and feedback between agencies",
    "Legal referral with supporting documents",
    "Family assessment and reunification",
    "Non-formal education",
    "Public-school enrolment, attendance, performance, materials, fees",
    "Vocational training with partner network and market fit",
    "Financial literacy, grants, business monitoring",
    "Internships and jobs with vetted employers",
    "Livelihood course for families",
    "Follow-up visits and re-trafficking risk",
    "Case closure and re-opening",
    "Investigations: information, evidence, witnesses",
    "Submissions to ministries, NGOs, embassies",
    "Rescue and repatriation requests with costs",
    "Prosecution, hearings, verdicts, compensation, fees and transport",
    "Group court cases across agencies",
    "Escalation of complex cases to the centre",
    "Visits against discrimination, social assistance",
    "Awareness raising, provincial workshops, self-help groups and committees",
    "Training of service providers",
    "Research and case studies published without exposing anyone",
    "Network: directory of providers, agreements, vetting, coordination across provinces and borders",
    "Targets, indicators, donor reports",
    "Programme snapshots (one-page stories with figures, PDF, English and Khmer)",
)
NOT_YET = "not yet"
HEAD = """\
# Capabilities

What the programme needs, and the journeys in a real browser that prove it. A journey proves what its name says;
a row with a journey may still lack parts. Made by `python -m tests.journeys.capabilities` from the
`@pytest.mark.row(...)` marks in `tests/journeys`; a test compares.

| row | capability | journeys |
| --- | --- | --- |
"""


def journeys() -> Iterator[tuple[int, str, str]]:
    """Give (row, file, name) for each mark of a journey, in the order of the files."""
    for path in sorted(HERE.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield from ((row, path.name, node.name) for row in _rows_of(node))


def _rows_of(function: ast.FunctionDef) -> list[int]:
    marks = [mark for mark in function.decorator_list if isinstance(mark, ast.Call)]
    return [
        ast.literal_eval(argument)
        for mark in marks
        if ast.unparse(mark.func) == "pytest.mark.row"
        for argument in mark.args
    ]


def written() -> str:
    """Give the page. Raises ValueError for a mark that names no row."""
    by_row: dict[int, list[str]] = {number: [] for number in range(1, len(ROWS) + 1)}
    for row, file, name in journeys():
        if row not in by_row:
            raise ValueError(f"{file}: {name} names row {row}; there are {len(ROWS)}")
        said = name.removeprefix("test_").replace("_", " ")
        by_row[row].append(f"{said} ([{file}](../tests/journeys/{file}))")
    lines = [
        f"| {number} | {ROWS[number - 1]} | {'<br>'.join(found) or NOT_YET} |"
        for number, found in by_row.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
