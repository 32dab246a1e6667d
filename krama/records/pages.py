"""The pages of every record type: list, detail, add, change, transition, for many, export."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from krama.access.groups import IDENTITY
from krama.access.roles import ROLES
from krama.records.cases import case_by_code, cases_by_code
from krama.records.export import EXPORTS, export
from krama.records.forms import RecordForm, RevealForm, change_form, form_class
from krama.records.listing import asked_for, listing
from krama.records.places import back, crumbs, home_of, url
from krama.records.reading import facts_by_record, may, one, read, visible
from krama.records.sentences import say_all
from krama.records.types import RecordType, registry
from krama.records.writing import Hidden, Refused, Stale, facts_of, require

PAGE = 50


def declared_or_hidden(slug: str) -> type[RecordType]:
    """Give the type of a slug, or raise Hidden."""
    if slug not in registry:
        raise Hidden
    return registry[slug]


class Pages(Paginator):
    """Counts as far as a person may leaf from here and no further: ten pages beyond the one asked for.

    `more` says that there are more records than were counted. The time of a list must not grow with the register.
    """

    def __init__(self, rows, asked: str | None):
        super().__init__(rows, PAGE)
        here = int(asked) if asked and asked.isdecimal() and len(asked) < 10 else 1
        self.most = (min(here, 100_000) + 10) * PAGE

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.most)

    @property
    def more(self) -> bool:
        return self._counted > self.most

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: self.most + 1].count()


@require_GET
def list_page(request, slug):
    """Give the list of what the reader may see, filtered, sorted and in pages of 50."""
    declared = declared_or_hidden(slug)
    asked = asked_for(declared, request)
    number = request.GET.get("page")
    page = Pages(asked.rows(visible(declared, request.user)), number).get_page(number)
    return render(request, "records/list.html", listing(declared, request, asked, page))


@require_http_methods(["GET", "POST"])
def detail_page(request, slug, pk):
    """Give one record with all fields that the reader may read; what was sealed is journaled.

    A POST states a purpose and shows identity too, in this one answer only.
    """
    declared = declared_or_hidden(slug)
    record = one(declared, request.user, pk)
    reveal = RevealForm(request.POST or None, user=request.user)
    purpose = reveal.cleaned_data["purpose"] if request.method == "POST" and reveal.is_valid() else ""
    action = "reveal" if purpose else "view"
    cells = read(declared, [record], request.user, opened=True, purpose=purpose, action=action)[0]
    facts = facts_by_record(declared, [record])[0]
    actions = []
    if declared.change and declared.asks and may(request.user, declared, "change", facts):
        actions.append({"label": _("Change"), "url": url(declared, "change", pk), "kind": "secondary"})
    for step in declared.transitions:
        if step.shown(record) and may(request.user, declared, step.name, facts):
            actions.append({"label": step.label, "url": url(declared, "transition", pk, step.name)})
    context = {"declared": declared, "record": record, "cells": cells, "title": capfirst(declared.label())}
    context |= {
        "reveal": reveal if not purpose and hides_identity(request.user, cells) else None,
        "case": getattr(record, "case", None),
        "actions": actions,
        "breadcrumbs": crumbs(declared, record),
    }
    return render(request, declared.detail_template, context)


def hides_identity(user, cells) -> bool:
    """Say whether there is identity here that this reader could be shown for a purpose."""
    role = ROLES[user.role]
    return (
        IDENTITY in role.reads
        and role.may("case.reveal")
        and any(cell.hidden and cell.group is IDENTITY for cell in cells)
    )


@require_http_methods(["GET", "POST"])
def add_page(request, slug):
    """Ask for a new record and give it to the type's `add` action."""
    declared = declared_or_hidden(slug)
    if declared.add is None:
        raise Hidden
    case = case_by_code(request.user, request.GET.get("case", "")) if declared.behind == "case" else None
    known = {"case": case} if case else {}
    require(request.user, declared.permission("add"), facts_of(case, declared.compartment))
    form = form_class(declared)(request.POST or None, request.FILES or None, user=request.user, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            record = declared.add(by=request.user, **known, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(back(request) or home_of(declared, record))
    title = _("Add: %(what)s") % {"what": declared.label()}
    return form_page(request, form, title, crumbs(declared, case=case), back(request))


@require_http_methods(["GET", "POST"])
def change_page(request, slug, pk):
    """Show a record's fields for change; a change by somebody else meanwhile is shown, not overwritten."""
    declared = declared_or_hidden(slug)
    record = one(declared, request.user, pk)
    if declared.change is None or not declared.asks:
        raise Hidden
    require(request.user, declared.permission("change"), facts_by_record(declared, [record])[0])
    form = change_form(declared, record, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version", None)
        try:
            declared.change(record, by=request.user, expected_version=version, **values)
        except Stale as stale:
            return stale_page(request, declared, form, stale)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(home_of(declared, record))
    title = _("Change: %(what)s") % {"what": declared.label()}
    return form_page(request, form, title, crumbs(declared, record), home_of(declared, record))


def stale_page(request, declared, form: RecordForm, stale: Stale) -> HttpResponse:
    """Give the form back with what was typed, and beside it how the record stands now (409)."""
    names = [name for name in form.fields if name in declared.fields]  # a form may ask for more
    now = read(declared, [stale.current], request.user, names, opened=True, action="change")[0]
    form.refuse(stale)
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(stale.current.version)
    context = {"form": form, "title": _("Somebody else saved first"), "current": now}
    return render(request, "records/form.html", context, status=409)


@require_http_methods(["GET", "POST"])
def transition_page(request, slug, pk, verb):
    """Ask for what a transition needs, or for a confirmation, and do it."""
    declared = declared_or_hidden(slug)
    step = declared.transition(verb)
    record = one(declared, request.user, pk)
    if step is None:
        raise Hidden
    require(request.user, declared.permission(verb), facts_by_record(declared, [record])[0])
    form = (step.form or RecordForm)(request.POST or None, user=request.user, record=record)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version", None)
        known = {"expected_version": version} if step.versioned else {}
        try:
            step.action(record, by=request.user, **known, **values)
        except Stale as stale:
            return stale_page(request, declared, form, stale)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Done."))
            return redirect(home_of(declared, record))
    reasons = say_all(step.refusals(record))
    return form_page(request, form, step.label, crumbs(declared, record), home_of(declared, record), reasons)


@require_http_methods(["GET", "POST"])
def many_page(request, slug):
    """Record the same thing for a selection of cases in one go; all or none."""
    declared = declared_or_hidden(slug)
    if declared.add_many is None:
        raise Hidden
    codes = request.POST.getlist("person") or request.GET.getlist("person")
    if not codes:
        messages.warning(request, _("Choose at least one person first."))
        return redirect(back(request) or url(declared, "list"))
    cases = cases_by_code(request.user, codes)
    filled = request.method == "POST" and "for_many" in request.POST
    form = form_class(declared)(
        request.POST if filled else None, user=request.user, cases=cases, initial=request.GET.dict()
    )
    if filled and form.is_valid():
        try:
            made = declared.add_many(cases, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            said = ngettext("Recorded for %(count)d person.", "Recorded for %(count)d people.", len(made))
            messages.success(request, said % {"count": len(made)})
            return redirect(back(request) or url(declared, "list"))
    context = {"form": form, "title": capfirst(declared.label()), "cases": cases, "back": back(request)}
    return render(request, "records/many.html", context, status=422 if form.errors else 200)


@require_GET
def export_page(request, slug, kind):
    """Give the list as the reader may see it, as a file; the export is journaled."""
    declared = declared_or_hidden(slug)
    if kind not in EXPORTS:
        raise Hidden
    rows = asked_for(declared, request).rows(visible(declared, request.user))
    try:
        content, media_type = export(declared, rows, request.user, kind)
    except Refused as refused:
        messages.warning(request, " ".join(refused.sentences()))
        return redirect(f"{url(declared, 'list')}?{request.GET.urlencode()}")
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{declared.slug}.{kind}"'
    return answer


def form_page(request, form, title, breadcrumbs, cancel_url="", reasons=()) -> HttpResponse:
    """Give a page with one form; 422 when something must be mended, and nothing typed is lost."""
    context = {
        "form": form,
        "title": title,
        "breadcrumbs": breadcrumbs,
        "cancel_url": cancel_url,
        "reasons": reasons,
    }
    return render(request, "records/form.html", context, status=422 if form.errors else 200)
