"""Template tags of the interface: icons, languages, error rows and the components that have a body.

Block tags (`{% card %}…{% endcard %}` and the like) draw the template of the same name in
`components/` with the enclosed markup as `content`.
"""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from krama.web.rendering import input_kind

register = template.Library()

_STATES = {
    "done": ("check", _("Done")),
    "underway": ("clock", _("Under way")),
    "waiting": ("clock", _("Waiting")),
    "not_needed": ("dash", _("Not needed")),
    "blocked": ("alert", _("Blocked")),
    "missing": ("ring", _("Missing")),
}

# A language is always named in itself, so these two are data and not in the message catalogue.
LANGUAGES = (("en", "English"), ("km", "ភាសាខ្មែរ"))


@register.filter
def kind(field) -> str:
    """Return the kind of control of a bound field, see `krama.web.rendering.input_kind`."""
    return input_kind(field.field.widget)


@register.filter
def beside(cells: Iterable, columns: Iterable) -> list[tuple]:
    """Pair each cell with its column: `{% for cell, column in row.cells|beside:columns %}`."""
    return list(zip(cells, columns, strict=False))


@register.simple_tag
def cell(cell) -> str:
    """Draw a cell as `components/cell.html` does; text with or without a link is drawn here, because a list has
    hundreds of those and a template for each is most of the time of the page."""
    if isinstance(cell, dict) and cell.get("text") and not any(map(cell.get, _RARE_IN_CELLS)):
        code, url = cell.get("code"), cell.get("url")
        if url:
            kind = "govuk-link k-code" if code else "govuk-link"
            return format_html(
                '<span class="k-cell"><a class="{}" href="{}">{}</a></span>', kind, url, cell["text"]
            )
        code = SafeString(' class="k-code"' if code else "")
        return format_html('<span class="k-cell"><span{}>{}</span></span>', code, cell["text"])
    return render_to_string("components/cell.html", {"cell": cell})


_RARE_IN_CELLS = ("state", "html", "tag", "detail")


@register.filter
def percent_of(part, whole) -> int:
    """Return `part` of `whole` in whole per cent between 0 and 100; 0 when there is no whole."""
    try:
        share = round(100 * float(part) / float(whole))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0
    return max(0, min(100, share))


@register.filter
def page_numbers(page) -> list[int]:
    """Return the numbers of the pages to offer beside `page`, with 0 where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in shown]


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """Return the icon `name` of dist/icons.svg; hidden from screen readers unless `label` is given."""
    href = f"{static('dist/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="k-icon" role="img" aria-label="{}" width="20" height="20"><use href="{}"/></svg>',
            label,
            href,
        )
    return format_html(
        '<svg class="k-icon" aria-hidden="true" focusable="false" width="20" height="20">'
        '<use href="{}"/></svg>',
        href,
    )


@register.filter
def state_words(state: str):
    """Return the words for a state of a step; an unknown or empty state is "Missing"."""
    return _STATES.get(state, _STATES["missing"])[1]


@register.simple_tag
def state_icon(state: str = "") -> str:
    """Return the sign for a state of a step, hidden from screen readers."""
    return icon(_STATES.get(state, _STATES["missing"])[0])


@register.simple_tag
def other_languages() -> list[dict[str, str]]:
    """Return the languages that the page can be switched to, as {code, name}."""
    here = (get_language() or "en").split("-")[0]
    return [{"code": code, "name": name} for code, name in LANGUAGES if code != here]


@register.simple_tag
def error_rows(source=None) -> list[dict[str, str]]:
    """Return the errors of a form, a formset or a list of forms as rows {href, text}.

    A row of a field starts with the label of the field and links to its first input; a row about the
    form as a whole has an empty href. Rows of a formset start with the number of the row.
    """
    if source is None or source == "":
        return []
    if hasattr(source, "forms"):
        rows = [{"href": "", "text": str(text)} for text in source.non_form_errors()]
        return rows + _numbered(source.forms)
    if hasattr(source, "fields"):
        return _form_rows(source)
    return [row for form in source for row in _form_rows(form)]


def _numbered(forms) -> list[dict[str, str]]:
    rows = []
    for number, form in enumerate(forms, start=1):
        prefix = gettext("Row %(number)s") % {"number": number}
        rows += [{**row, "text": _after(prefix, row["text"])} for row in _form_rows(form)]
    return rows


def _after(label: str, sentence: str) -> str:
    if label.endswith(("?", ":", "៖")):
        return f"{label} {sentence}"
    return gettext("%(label)s: %(sentence)s") % {"label": label, "sentence": sentence}


def _form_rows(form) -> list[dict[str, str]]:
    rows = [{"href": "", "text": str(text)} for text in form.non_field_errors()]
    for name in form.fields:
        field = form[name]
        if field.is_hidden:
            rows += [{"href": "", "text": str(text)} for text in field.errors]
        else:
            said = [_after(str(field.label), str(text)) for text in field.errors]
            rows += [{"href": f"#{field.target_id}", "text": text} for text in said]
    return rows


def _body(component: str, content: str, values: dict) -> str:
    return render_to_string(f"components/{component}.html", {**values, "content": content})


@register.simple_block_tag
def card(content, title="", **values):
    """Draw components/card.html round the enclosed markup."""
    return _body("card", content, {"title": title, **values})


@register.simple_block_tag
def notice(content, kind="info", **values):
    """Draw components/notice.html round the enclosed markup."""
    return _body("notice", content, {"kind": kind, **values})


@register.simple_block_tag
def details(content, summary="", **values):
    """Draw components/details.html round the enclosed markup."""
    return _body("details", content, {"summary": summary, **values})


@register.simple_block_tag
def filters(content, **values):
    """Draw components/filters.html round the enclosed form controls."""
    return _body("filters", content, values)
