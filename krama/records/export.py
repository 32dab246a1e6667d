"""Lists as files, with exactly the cells that the reader could read one by one."""

import csv
import io
import re

import xlsxwriter
from django.utils import timezone

from krama.access.groups import IDENTITY
from krama.access.policy import decide
from krama.access.refusal import Refusal, _
from krama.journal.recording import record
from krama.records.reading import facts_by_record, read
from krama.records.types import RecordType
from krama.records.writing import Refused, require

MOST = 20_000
_RISKY = re.compile(r"^[\s\u200b-\u200f\ufeff\u00ad]*[=+\-@|%\t\r＝＋－＠]")  # noqa: RUF001 (the wide forms too)


def export(declared: type[RecordType], rows, user, kind: str) -> tuple[bytes, str]:
    """Give the file's bytes and media type. rows: in scope and ordered. Raises Denied without the right.

    One journal entry says that an export was made; one more per record whose sealed fields were opened.
    Identity is not exported: it wants a purpose and a second person (security page).
    """
    require(user, declared.permission("export"), None)
    records = list(rows[: MOST + 1])
    if len(records) > MOST:
        raise Refused(
            [Refusal(_("More than %(most)s records: narrow the list by a filter first."), {"most": MOST})]
        )
    names = [name for name, group in declared.fields.items() if group is not IDENTITY]
    # A grant lets another agency read a case, not carry it away: its rows are judged one by one.
    permission, now = declared.permission("export"), timezone.now()
    judged = zip(records, facts_by_record(declared, records), strict=True)
    kept = [(row, facts) for row, facts in judged if decide(user.actor, permission, facts, None, now)]
    records, facts = [row for row, _facts in kept], [facts for _row, facts in kept]
    table = read(declared, records, user, names, opened=True, action="export", facts=facts)
    record(declared.permission("export"), by=user, record_type=declared.model._meta.label_lower,
           groups=sorted({declared.fields[name] for name in names}))  # fmt: skip
    head = [str(declared.model._meta.get_field(name).verbose_name) for name in names]
    body = [[cell.text for cell in cells] for cells in table]
    return EXPORTS[kind](head, body)


def as_csv(head: list[str], body: list[list[str]]) -> tuple[bytes, str]:
    """Give UTF-8 with a mark, so that spreadsheets read Khmer; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)  # or a semicolon would part a cell in some languages
    writer.writerow(head)
    writer.writerows([[defused(cell) for cell in row] for row in body])
    return ("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8"


def defused(text: str) -> str:
    """Give `text` with an apostrophe before anything that a spreadsheet would compute."""
    return f"'{text}" if _RISKY.match(text) else text


def as_xlsx(head: list[str], body: list[list[str]]) -> tuple[bytes, str]:
    """Give a workbook in which every cell is a string."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": timezone.now().replace(tzinfo=None)})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, head, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(body, start=1):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text[:32_000])
    return out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


EXPORTS = {"csv": as_csv, "xlsx": as_xlsx}
