"""What a reader sees of records, on each surface in the same shape: page, REST, CSV, XLSX."""

import csv
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client
from openpyxl import load_workbook

from krama.records.types import registry

ROWS = re.compile(r'k-count-line">\s*([\d,]+) record')
NOTHING = "Not recorded"


@dataclass
class Shown:
    """Fields by name with what stands there (None = hidden)."""

    fields: dict[str, object] = field(default_factory=dict)

    @property
    def hidden(self) -> set[str]:
        return {name for name, value in self.fields.items() if value is None}


class _Fields(HTMLParser):
    """Collects what stands in elements with `data-field`, and whether there is `data-hidden` inside."""

    EMPTY = frozenset({"br", "img", "input", "meta", "link", "hr"})

    def __init__(self):
        super().__init__()
        self.found: dict[str, object] = {}
        self._name, self._depth, self._in_value = "", 0, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "data-field" in attributes:
            self._name, self._depth = attributes["data-field"], 0
            self.found[self._name] = ""
        if not self._name:
            return
        if tag == "br":
            self.found[self._name] += "\n"
        if tag not in self.EMPTY:
            self._depth += 1
        self._in_value = self._in_value or tag == "dd"
        if "data-hidden" in attributes:
            self.found[self._name] = None

    def handle_endtag(self, tag):
        if self._name and tag not in self.EMPTY:
            self._depth -= 1
            self._in_value = self._in_value and tag != "dd"
            if self._depth == 0:
                self._name = ""

    def handle_data(self, data):
        if self._in_value and self._name and self.found[self._name] is not None:
            self.found[self._name] += data


def page(client: Client, slug: str, pk) -> Shown:
    """Read the engine's detail page."""
    answer = client.get(f"/records/{slug}/{pk}/")
    assert answer.status_code == 200, (slug, answer.status_code)
    parser = _Fields()
    parser.feed(answer.content.decode())
    texts = {n: t if t is None else t.replace("\n\n", "\n").strip() for n, t in parser.found.items()}
    return Shown({name: "" if text == NOTHING else text for name, text in texts.items()})


def rest(client: Client, slug: str, pk) -> Shown:
    """Read the REST record; values as they are there, hidden ones None, empty ones ""."""
    answer = client.get(f"/api/v1/{slug}/{pk}")
    assert answer.status_code == 200, (slug, answer.status_code)
    record = answer.json()
    values = {name: "" if value in (None, []) else value for name, value in record["fields"].items()}
    return Shown(values | dict.fromkeys(record["hidden"]))


def exported(client: Client, slug: str, kind: str) -> list[dict[str, str]]:
    """Read an export as rows by field name."""
    answer = client.get(f"/records/{slug}/export.{kind}")
    assert answer.status_code == 200, (slug, answer.status_code)
    names = exported_names(slug)
    if kind == "csv":
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.content), read_only=True).active
        table = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(table[0]) == len(names)
    return [dict(zip(names, row, strict=True)) for row in table[1:]]


def exported_names(slug: str) -> list[str]:
    """Give the fields of an export in their order: all but those that name somebody."""
    return [name for name, group in registry[slug].fields.items() if group != "identity"]


def counted(body: str) -> int:
    """Give the number that a list page says there is."""
    return int(ROWS.search(body)[1].replace(",", ""))
