"""Arrivals: the board, registration by hand, lists that come along."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from krama.access.groups import OPEN
from krama.access.roles import ROLES
from krama.records.cases import plain_code
from krama.records.forms import RevealForm
from krama.records.reading import facts_by_record, may, one, visible
from krama.records.sentences import say
from krama.records.types import registry
from krama.records.writing import Hidden, Refused, facts_of, require
from krama.repatriation import actions
from krama.repatriation.forms import UploadForm, counted_rows, people_formset, with_row_ids
from krama.repatriation.listed import kept_of, mapping_rows, rows_as_initial
from krama.repatriation.models import Arrival, Manifest
from krama.repatriation.progress import counted, lines_of, places_of
from krama.repatriation.registering import likely_duplicates, registrations
from krama.repatriation.rules.manifest import MEANINGS, NotAList
from krama.repatriation.terms import ManifestStatus
from krama.vault.actions.reveal import reveal
from krama.vault.revealing import hide_names, purpose_shown, show_names

EMPTY_ROWS = 8


def arrival_by_code(user, code: str) -> Arrival:
    """Give the visible arrival with this code, or raise Hidden."""
    rows = visible(registry["arrival"], user).select_related("site", "agency")
    found = rows.filter(code=plain_code(code)).first()
    if found is None:
        raise Hidden
    return found


def _subject(arrival: Arrival) -> str:
    return f"arrival:{arrival.code}"


@require_GET
def board(request, code):
    """Give the board: one row a person, one column a step, what is missing and who is on it."""
    arrival = arrival_by_code(request.user, code)
    places = places_of(arrival, request.user)
    steps, lines = lines_of(places)
    names = _names(request, arrival, places)
    role = ROLES[request.user.role]
    columns = [
        {
            "label": step.label,
            "done": sum(line.states[at].state == "done" for line in lines),
            "total": len(lines),
        }
        for at, step in enumerate(steps)
    ]
    facts = facts_by_record(registry["arrival"], [arrival])[0]
    context = {
        "arrival": arrival,
        "facts": _shared_facts(arrival),
        "counts": counted(places),
        "columns": columns,
        "rows": [_row(line, steps, names, role) for line in lines],
        "bulk": _bulk(role),
        "act_url": reverse("arrival-act", args=[arrival.code]),
        "names_shown": bool(names),
        "may_reveal": role.may("case.reveal") and bool(places),
        "reveal": RevealForm(user=request.user),
        "manifests": _manifests(request.user, arrival),
        "may_register": role.may("arrival.register"),
        "may_change": may(request.user, registry["arrival"], "change", facts),
        "wide": True,
    }
    return render(request, "repatriation/board.html", context)


def _names(request, arrival, places) -> dict:
    """Give the names of everybody while they are shown for a purpose; each page of names is journaled."""
    purpose = purpose_shown(request, _subject(arrival))
    if not purpose or not places:
        return {}
    return reveal([place.case for place in places], by=request.user, purpose=purpose)


def _shared_facts(arrival: Arrival) -> list[str]:
    field = arrival._meta.get_field
    came = field("country").text_of(arrival.country)
    where = ", ".join(filter(None, (arrival.province_abroad, came)))
    by = field("handed_over_by").text_of(arrival.handed_over_by)
    return [where, str(arrival.site), " · ".join(filter(None, (by, arrival.authority)))]


def _row(line, steps, names, role) -> dict:
    case = line.place.case
    who = names.get(case.pk)
    person = case.person
    sex = person._meta.get_field("sex").text_of(person.sex) if person.sex else ""
    age = _("age %(age)s") % {"age": case.age} if case.age is not None else _("age not known")
    tags = [{"label": _("Child"), "kind": "new"}] if case.child else []
    if case.risk == "high":
        tags.append({"label": _("High risk"), "kind": "high"})
    cells = []
    for step, state in zip(steps, line.states, strict=True):
        start = (
            step.start(case) if step.start and state.state == "missing" and role.may(step.permission) else ""
        )
        label = state.label if step.group is OPEN or step.group in role.reads else ""
        cells.append({"state": state.state, "label": label, "detail": state.who, "url": state.url or start})
    title = f"{line.place.line}."
    return {
        "id": case.code,
        "title": f"{title} {who.latin or who.name}" if who else f"{title} {case.code}",
        "title_km": who.khmer if who else "",
        "url": reverse("case", args=[case.code]),
        "code": case.code if who else "",
        "meta": [sex, age],
        "tags": tags,
        "cells": cells,
    }


def _bulk(role) -> list[dict]:
    acts = []
    if role.may("service.add"):
        acts += [
            {"name": "act", "value": "meal", "label": _("Meals"), "kind": ""},
            {"name": "act", "value": "medical_check", "label": _("Medical checks"), "kind": "secondary"},
            {"name": "act", "value": "service", "label": _("Other service"), "kind": "secondary"},
        ]
    if role.may("stay.add"):
        acts.append({"name": "act", "value": "beds", "label": _("Give beds"), "kind": "secondary"})
    return acts


def _manifests(user, arrival) -> list[Manifest]:
    if not ROLES[user.role].may("manifest.view"):
        return []
    return list(visible(registry["manifest"], user).filter(arrival=arrival).order_by("-received_at"))


@require_POST
def act(request, code):
    """Take the chosen people to the page where the act is done for all of them."""
    arrival = arrival_by_code(request.user, code)
    home = reverse("arrival", args=[arrival.code])
    people = request.POST.getlist("person")
    if not people:
        messages.warning(request, _("Choose at least one person first."))
        return redirect(home)
    wanted = request.POST.get("act", "")
    query = [("person", code_) for code_ in people] + [("next", home)]
    if wanted == "beds":
        return redirect(f"{reverse('shelter-beds')}?{urlencode(query)}")
    if wanted in ("meal", "medical_check"):
        query.append(("kind", wanted))
    return redirect(f"{reverse('records:many', args=('service',))}?{urlencode(query)}")


@require_POST
def names(request, code):
    """Show everybody's names for a stated purpose for a quarter of an hour, or hide them again."""
    arrival = arrival_by_code(request.user, code)
    home = redirect(request.POST.get("next") == "list" and "arrival-print" or "arrival", code=arrival.code)
    if "hide" in request.POST:
        hide_names(request, _subject(arrival))
        return home
    form = RevealForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose why you need to see the names."))
        return home
    places = places_of(arrival, request.user)
    require(request.user, "case.reveal", facts_of(places[0].case) if places else None)
    show_names(request, _subject(arrival), form.cleaned_data["purpose"])
    return home


@require_GET
def printable(request, code):
    """Give the list for paper: numbers, codes, names if shown, a box a step."""
    arrival = arrival_by_code(request.user, code)
    places = places_of(arrival, request.user)
    steps, lines = lines_of(places)
    shown = _names(request, arrival, places)
    context = {"arrival": arrival, "facts": _shared_facts(arrival), "steps": steps, "counts": counted(places)}
    context["lines"] = [(line, shown.get(line.place.case_id)) for line in lines]
    context |= {"printed_at": timezone.now(), "names_shown": bool(shown), "wide": True}
    return render(request, "repatriation/list.html", context)


@require_http_methods(["GET", "POST"])
def quick_registration(request, code):
    """Register people without a list: a grid that a keyboard or a thumb fills in one pass."""
    arrival = arrival_by_code(request.user, code)
    require(request.user, "arrival.register", facts_of(arrival))
    formset = _grid(request, arrival, initial=None, extra=EMPTY_ROWS)
    context = {"arrival": arrival, "formset": formset, "facts": _shared_facts(arrival), "wide": True}
    if request.method == "GET" or "more_rows" in request.POST:
        return render(request, "repatriation/register.html", context)
    answer = _registered(request, arrival, formset, context, {}, actions.register_group, arrival)
    return answer or render(request, "repatriation/register.html", context, status=422)


def _grid(request, arrival, *, initial, extra):
    on = timezone.localtime(arrival.arrived_at).date()
    known = {"form_kwargs": {"on": on}, "prefix": "people"}
    if request.method == "GET":
        return people_formset(extra)(initial=initial, **known)
    data = with_row_ids(request.POST)
    if "more_rows" not in request.POST:
        return people_formset(0)(data, initial=initial, **known)
    more = min(100, counted_rows(request.POST["more_rows"], 5))
    data["people-TOTAL_FORMS"] = str(min(500, counted_rows(data.get("people-TOTAL_FORMS")) + more))
    formset = people_formset(0)(data, **known)
    formset.say_nothing()
    return formset


def _registered(request, arrival, formset, context, kept, action, subject):
    """Validate, look for duplicates, register; gives the redirect, or None with the reasons in `context`."""
    if not formset.is_valid():
        return None
    if not formset.people:
        context["reasons"] = [_("Enter at least one person.")]
        return None
    people = registrations(formset.people, kept)
    likely = likely_duplicates(people, by=request.user)
    undecided = _decisions(request, likely, formset, people)
    if undecided is not None:
        context["likely"] = undecided
        return None
    try:
        cases = action(subject, people, by=request.user)
        _keep_decisions(request, likely, people, cases)
    except Refused as refused:
        context["reasons"] = refused.sentences()
        return None
    said = ngettext("%(count)d person is registered.", "%(count)d people are registered.", len(cases))
    messages.success(request, said % {"count": len(cases)})
    return redirect("arrival", code=arrival.code)


def _decisions(request, likely, formset, people):
    """Give the likenesses that the officer has not decided yet, ready to be shown; None when all are."""
    shown = []
    for found in likely:
        key = _decision_key(found, people)
        shown.append(
            {"key": key, "row": found.row + 1, "other_row": found.other_row, "code": found.code, "known": found.known,
             "reasons": found.reasons, "verdict": found.verdict, "chosen": request.POST.get(key, "")}
        )  # fmt: skip
        if found.other_row is not None:
            shown[-1]["other_row"] = found.other_row + 1
    return shown if any(item["chosen"] not in ("different", "same", "unsure") for item in shown) else None


def _decision_key(found, people) -> str:
    other = people[found.other_row].client_id if found.other_row is not None else found.known.case_id
    return f"likely-{people[found.row].client_id}-{other}"


def _keep_decisions(request, likely, people, cases) -> None:
    for found in likely:
        if found.known is not None:
            decision = request.POST[_decision_key(found, people)]
            actions.decide_match(cases[found.row], by=request.user, known=found.known, decision=decision)


@require_http_methods(["GET", "POST"])
def upload(request, code):
    """Take in a list. A file that is no list gets a sentence, and nothing of it is kept."""
    arrival = arrival_by_code(request.user, code)
    require(request.user, "manifest.add", facts_of(arrival))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            row = actions.receive_manifest(
                arrival, by=request.user, filename=given.name, content=given.read()
            )
        except Refused as refused:
            for sentence in refused.sentences():
                form.add_error("file", sentence)
        else:
            return redirect("manifest", pk=row.pk)
    context = {"arrival": arrival, "form": form, "facts": _shared_facts(arrival)}
    return render(request, "repatriation/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def manifest(request, pk):
    """Show what was understood of a list, column by column, and let the officer correct it."""
    row = one(registry["manifest"], request.user, pk)
    grid = actions.grid_of(row, by=request.user)
    if request.method == "POST":
        require(request.user, "manifest.map", facts_of(row))
        chosen = {i: request.POST.get(f"column-{i}", "") for i in range(grid.width)}
        actions.map_manifest(
            row, by=request.user, meanings={i: m for i, m in chosen.items() if m in MEANINGS}
        )
        return redirect("manifest-rows", pk=row.pk)
    try:
        layout, people = actions.rows_of(row, grid)
    except NotAList as problem:
        raise Refused([problem.refusal]) from None
    context = {"manifest": row, "arrival": row.arrival, "columns": mapping_rows(layout), "people": people}
    context |= {
        "counts": _row_counts(people),
        "file_sentences": [say(d.refusal) for d in layout.doubts],
        "wide": True,
    }
    context["may_import"] = row.status != ManifestStatus.IMPORTED and ROLES[request.user.role].may(
        "manifest.import"
    )
    return render(request, "repatriation/manifest.html", context)


def _row_counts(people) -> dict:
    return {
        "people": sum(1 for row in people if row.values),
        "doubtful": sum(1 for row in people if row.values and row.doubts),
        "skipped": sum(1 for row in people if not row.values and row.skipped not in ("", "blank")),
    }


@require_http_methods(["GET", "POST"])
def manifest_rows(request, pk):
    """Show the people as they were read, each doubt with its reason; import all or nothing."""
    row = one(registry["manifest"], request.user, pk)
    require(request.user, "manifest.import", facts_of(row))
    if row.status == ManifestStatus.IMPORTED:
        messages.info(request, _("This list has been imported already."))
        return redirect("arrival", code=row.arrival.code)
    grid = actions.grid_of(row, by=request.user)
    _layout, people = actions.rows_of(row, grid)
    on = timezone.localtime(row.arrival.arrived_at).date()
    initial, doubts = rows_as_initial(people, row.pk, on)
    formset = _grid(request, row.arrival, initial=initial, extra=0)
    context = {"manifest": row, "arrival": row.arrival, "formset": formset, "doubts": doubts, "wide": True}
    context["counts"] = _row_counts(people)
    if request.method == "GET" or "more_rows" in request.POST:
        return render(request, "repatriation/manifest_rows.html", context)
    answer = _registered(
        request, row.arrival, formset, context, kept_of(people), actions.import_manifest, row
    )
    return answer or render(request, "repatriation/manifest_rows.html", context, status=422)


@require_GET
def manifest_original(request, pk):
    """Give the file as it was handed over."""
    row = one(registry["manifest"], request.user, pk)
    filename, content = actions.original_of(row, by=request.user)
    ending = filename.rpartition(".")[2].lower()
    answer = HttpResponse(content, content_type="application/octet-stream")
    safe = ending if ending in ("xlsx", "csv", "txt") else "bin"
    answer["Content-Disposition"] = f'attachment; filename="{row.arrival.code}-list.{safe}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
