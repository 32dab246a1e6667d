"""What a list shows: filters, order, columns, and the words of an empty list."""

from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from krama.access.groups import OPEN, Group
from krama.access.policy import Actor
from krama.access.roles import ROLES
from krama.access.scoping import visible_scopes
from krama.records.fields import CodeField, CodesField
from krama.records.form_fields import DayField
from krama.records.reading import journal_list, may, read
from krama.records.types import RecordType, registry


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as somebody asked for it: the filter form (validated) and the order."""

    declared: type[RecordType]
    form: forms.Form
    order: str
    actor: Actor

    def rows(self, rows: QuerySet) -> QuerySet:
        """Narrow, order and complete `rows`, which must already be in scope."""
        rows = rows.select_related(*self.declared.related())
        for name, value in self.form.cleaned_data.items():
            if value not in (None, "", []):
                several = _lookup(self.declared, name).endswith("__contains")
                rows = self._readable(rows, name).filter(
                    **{_lookup(self.declared, name): [value] if several else value}
                )
        first = (self.order,) if self.order else self.declared.order
        return rows.order_by(*first, "pk")

    def _readable(self, rows: QuerySet, name: str) -> QuerySet:
        """Leave out other agencies' cases when a closed field is asked about: a grant may not open it."""
        declared = self.declared
        if declared.behind != "case" or declared.fields[_field_of(declared, name)] is OPEN:
            return rows
        own = visible_scopes(self.actor).filter(agency_id=self.actor.agency_id).values("pk")
        return rows.filter(**{f"{declared.case_path()}__in": own})


def _field_of(declared, name: str) -> str:
    return name if name in declared.fields else name.rpartition("_")[0]


def _lookup(declared, name: str) -> str:
    if name.endswith(("_from", "_to")):
        name, _sep, side = name.rpartition("_")
        moment = declared.model._meta.get_field(name).get_internal_type() == "DateTimeField"
        return f"{name}{'__date' if moment else ''}__{'gte' if side == 'from' else 'lte'}"
    return f"{name}__contains" if isinstance(declared.model._meta.get_field(name), CodesField) else name


def asked_for(declared: type[RecordType], request) -> Asked:
    """Read filters and order from the address; what is not understood is left out, never an error."""
    readable = ROLES[request.user.role].reads | {OPEN}
    form = filter_form(declared, readable)(request.GET or None)
    form.is_valid()
    if not hasattr(form, "cleaned_data"):
        form.cleaned_data = {}
    wanted = request.GET.get("order", "")
    name = wanted.removeprefix("-")
    known = name in declared.columns and declared.fields[name] in readable
    return Asked(declared, form, wanted if known else "", request.user.actor)


def filter_form(declared: type[RecordType], readable: Collection[Group]) -> type[forms.Form]:
    """Give the form of a type's filters: one choice a coded field, from–to for a day.

    Only fields in `readable` groups: a filter tells as much as the field itself.
    """
    made: dict[str, forms.Field] = {}
    for name in declared.filters:
        if declared.fields[name] not in readable:
            continue
        field = declared.model._meta.get_field(name)
        label = field.verbose_name
        if isinstance(field, (CodeField, CodesField)):
            choices = lambda field=field: [("", _("Any")), *field.choices_now()]  # noqa: E731
            made[name] = forms.ChoiceField(choices=choices, label=label, required=False)
        elif field.choices:
            made[name] = forms.ChoiceField(
                choices=[("", _("Any")), *field.choices], label=label, required=False
            )
        elif field.get_internal_type() == "BooleanField":
            choices = [("", _("Any")), ("True", _("Yes")), ("False", _("No"))]
            made[name] = forms.ChoiceField(choices=choices, label=label, required=False)
        else:
            made[f"{name}_from"] = DayField(label=_("%(what)s from") % {"what": label}, required=False)
            made[f"{name}_to"] = DayField(label=_("%(what)s until") % {"what": label}, required=False)
    return type("Filters", (forms.Form,), made)


def listing(declared: type[RecordType], request, asked: Asked, page) -> dict:
    """Give the context of the list's template."""
    records = list(page.object_list)
    names = [name for name in declared.columns if declared.model._meta.get_field(name).name]
    table = read(declared, records, request.user, names)
    journal_list(declared, table, request.user)
    rows = [
        {"cells": _cells(declared, record, cells), "kind": ""}
        for record, cells in zip(records, table, strict=True)
    ]
    query = request.GET.copy()
    query.pop("page", None)
    actions = []
    if declared.add and declared.behind != "case" and may(request.user, declared, "add", None):
        from krama.records.places import url

        actions.append({"label": _("Add"), "url": url(declared, "add")})
    return {
        "declared": declared,
        "title": capfirst(declared.label_plural()),
        "columns": [_column(declared, name, asked.order, query) for name in names],
        "rows": rows,
        "page": page,
        "query": query.urlencode(),
        "filter_form": asked.form if declared.filters else None,
        "filtered": any(v not in (None, "", []) for v in asked.form.cleaned_data.values()),
        "actions": actions,
        "can_export": may(request.user, declared, "export", None),
    }


def _column(declared, name: str, order: str, query) -> dict:
    field = declared.model._meta.get_field(name)
    turned = f"-{name}" if order == name else name
    again = query.copy()
    again["order"] = turned
    shown = {
        "label": capfirst(str(field.verbose_name)),
        "url": f"?{again.urlencode()}",
        "sorted": "",
        "numeric": False,
    }
    if order.lstrip("-") == name:
        shown["sorted"] = "descending" if order.startswith("-") else "ascending"
    return shown


def _cells(declared, record, cells) -> list[dict]:
    from krama.records.places import home_of

    # Every key that cell.html asks for: a template pays dearly for one that is not there.
    blank = {"state": "", "html": "", "url": "", "tag": None, "detail": ""}
    shown = [{**blank, "text": cell.text, "code": cell.name == "code"} for cell in cells]
    shown[0]["url"] = home_of(declared, record)
    shown[0]["text"] = shown[0]["text"] or str(record.pk)[:8]
    for cell in shown[1:]:
        if cell["text"] and getattr(record, "case", None) is not None and cell["text"] == str(record.case):
            cell["url"] = registry["case"].page(record.case)
    return shown
