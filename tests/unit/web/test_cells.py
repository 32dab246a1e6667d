"""The quick way of drawing a cell gives what the template gives."""

import pytest
from django.template.loader import render_to_string

from krama.web.templatetags.krama_web import cell

BLANK = {"state": "", "html": "", "url": "", "tag": None, "detail": ""}


@pytest.mark.parametrize(
    "given",
    [
        {**BLANK, "text": "K26-4M7Q", "code": True, "url": "/cases/K26-4M7Q/"},
        {**BLANK, "text": "a < b & c", "code": False, "url": '/x/?a="1"&b=2'},
        {**BLANK, "text": "<b>", "code": False},
        {**BLANK, "text": "K26-4M7Q", "code": True},
        {**BLANK, "text": "", "code": False},
        {**BLANK, "text": "Poipet", "code": False, "detail": "since May"},
        {**BLANK, "tag": {"label": "High", "kind": "high"}, "text": ""},
        {"text": "short"},
        "plain",
        0,
        None,
    ],
)
def test_quick_and_template_agree(given):
    assert cell(given).strip() == render_to_string("components/cell.html", {"cell": given}).strip()
