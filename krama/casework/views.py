"""The pages of a case that the engine cannot make: the case itself, its names, the interview."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from krama.access.models import TeamMember
from krama.access.scoping import visible_scopes
from krama.casework import parts
from krama.casework.actions import case as case_actions
from krama.casework.actions import consent as consent_actions
from krama.casework.actions import screening as screening_actions
from krama.casework.actions.identity import amend_identity, identity_initial
from krama.casework.forms import IdentityForm, ShareForm, TeamForm
from krama.casework.models import HouseholdMember, Screening
from krama.casework.terms import CaseStatus, ScreeningStatus
from krama.journal.recording import record
from krama.records.cases import case_by_code
from krama.records.forms import RevealForm, change_form
from krama.records.pages import form_page, stale_page, url
from krama.records.reading import facts_by_record, may, one, plain_shown, read
from krama.records.sentences import say
from krama.records.timeline import records_of, timeline
from krama.records.types import registry
from krama.records.writing import Hidden, Refused, Stale, facts_of, require
from krama.vault.actions.files import keep_photo, open_document, open_photo
from krama.vault.actions.reveal import reveal
from krama.vault.models import Document, Identity
from krama.vault.revealing import hide_names, purpose_shown, show_names

TIMELINE_SHOWN = 60


@require_GET
def case_page(request, code):
    """Give a case: who (hidden until revealed), key facts, safety, what is next, what happened."""
    case = case_by_code(request.user, code)
    declared = registry["case"]
    facts = facts_by_record(declared, [case])[0]
    cells = {cell.name: cell for cell in read(declared, [case], request.user, opened=True, facts=[facts])[0]}
    if not cells["safety_notice"].value:  # else the reading of the notice has been journaled
        record("case.view", case, by=request.user, groups=["open"])
    found = records_of(case, request.user, facts)
    events = timeline(found)
    context = {
        "case": case,
        "cells": cells,
        "bar": identity_bar(request, case),
        "facts_rows": _key_facts(case, cells, found, request.user, facts),
        "steps": _next_actions(case, request.user, facts),
        "tabs": _records(case, found, request.user, facts),
        "events": [_event(event) for event in events[:TIMELINE_SHOWN]],
        "more_events": max(0, len(events) - TIMELINE_SHOWN),
        "team": TeamMember.objects.filter(case_id=case.pk, until=None).select_related("user"),
        "may_share": may(request.user, declared, "view", facts) and _can(request.user, "share.add"),
        "may_team": _can(request.user, "team.add"),
    }
    return render(request, "casework/case.html", context)


def _can(user, permission: str) -> bool:
    from krama.access.roles import ROLES

    return ROLES[user.role].may(permission)


def identity_bar(request, case) -> dict:
    """Give the identity bar; the name only while it is shown for a purpose, and then journaled."""
    purpose = purpose_shown(request, f"case:{case.code}")
    person = case.person
    bar = {
        "code": case.code,
        "case_url": reverse("case", args=[case.code]),
        "age": case.age,
        "sex": person._meta.get_field("sex").text_of(person.sex) if person.sex else "",
        "tags": _tags(case),
        "reveal_template": "casework/reveal.html" if _can(request.user, "case.reveal") else "",
        "form": RevealForm(user=request.user),
    }
    if purpose:
        shown = reveal([case], by=request.user, purpose=purpose)[case.pk]
        if Identity.objects.filter(person_id=case.person_id, photo__isnull=False).exists():
            bar["photo_url"] = reverse("case-photo", args=[case.code])
        bar |= {
            "name": shown.latin or (shown.name if not shown.khmer else ""),
            "name_km": shown.khmer,
            "shown": True,
        }
    return bar


def _tags(case) -> list[dict]:
    tags = []
    if case.risk:
        tags.append(
            {
                "label": _("Risk: %s") % case._meta.get_field("risk").text_of(case.risk).lower(),
                "kind": case.risk,
            }
        )
    if case.child:
        tags.append({"label": _("Child"), "kind": "new"})
    kind = {CaseStatus.INTAKE: "waiting", CaseStatus.CLOSED: "closed"}.get(case.status, "underway")
    tags.append({"label": case.get_status_display(), "kind": kind})
    if case.scope.sealed:
        tags.append({"label": _("Sealed"), "kind": "sealed"})
    return tags


def _key_facts(case, cells, found, user, facts) -> list[dict]:
    declared = registry["case"]
    person = case.person
    rows = [
        {"key": _("Finding"), "value": cells["category"].text or _("Not determined yet")},
        {"key": cells["registered_at"].label, "value": cells["registered_at"].text},
        {
            "key": _("Home province"),
            "value": person._meta.get_field("province").text_of(person.province) if person.province else "",
        },
        {"key": _("Centre"), "value": str(case.scope.site or "")},
    ]
    household = HouseholdMember.objects.filter(case=case).first()
    if household is not None:
        rows.append({"key": _("Household"), "value": _household(household), "html": ""})
    next_row = {"key": _("Next step"), "value": _next_text(case)}
    if may(user, declared, "set-next-step", facts):
        next_row["url"] = url(declared, "transition", case.pk, "set-next-step")
    return [*rows, next_row]


def _household(place: HouseholdMember) -> str:
    others = (
        HouseholdMember.objects.filter(household=place.household).exclude(pk=place.pk).select_related("case")
    )
    field = HouseholdMember._meta.get_field("relation")
    lines = [_("%(relation)s (this person)") % {"relation": field.text_of(place.relation)}]
    for other in others:
        shown = {"relation": field.text_of(other.relation), "code": other.case.code}
        lines.append(_("%(relation)s: %(code)s") % shown)
    return "\n".join(lines)


def _next_text(case) -> str:
    if not case.next_step:
        return ""
    text = case._meta.get_field("next_step").text_of(case.next_step)
    due = _("due %s") % plain_shown(case.next_due) if case.next_due else ""
    return ", ".join(part for part in (text, due, str(case.next_by or "")) if part)


def _next_actions(case, user, facts) -> list[dict]:
    """What can be done now, in the order of the path; only what this role does."""
    declared, offers = registry["case"], []
    if may(user, registry["screening"], "add", facts):
        offers.append((_("Screening interview"), reverse("screening-start", args=[case.code]), "screening"))
    for slug, label in _additions():
        if slug in registry and registry[slug].add and may(user, registry[slug], "add", facts):
            offers.append((label, url(registry[slug], "add", case=case.code), slug))
    if case.status == CaseStatus.INTAKE and may(user, declared, "open", facts):
        offers.append((_("Open the case"), url(declared, "transition", case.pk, "open"), "open"))
    if may(user, declared, "set-safety", facts):
        offers.append(
            (_("Risk and safety notice"), url(declared, "transition", case.pk, "set-safety"), "safety")
        )
    if _can(user, "case.amend-identity"):
        offers.append(
            (_("Name, birth date, address"), reverse("case-identity", args=[case.code]), "identity")
        )
    return [{"label": label, "url": where} for label, where, _slug in offers]


def _additions() -> tuple:
    return (
        ("consent", _("Record consent")),
        ("determination", _("Determine")),
        ("service", _("Record a service")),
        ("counselling-note", _("Add counselling note")),
        ("stay", _("Give a bed")),
    )


def _records(case, found, user, facts) -> list[dict]:
    """One card a kind of record: the latest few, and where the rest is."""
    cards = []
    for declared, records in found.items():
        if not records or not declared.card:
            continue
        names = [name for name in declared.columns if name != "case"][:3]
        known = replace(facts, compartment=declared.compartment)
        rows = read(declared, records[:5], user, names, facts=[known] * len(records[:5]))
        lines = [
            {
                "cells": [cell.text for cell in cells if not cell.hidden],
                "url": (declared.page or _detail(declared))(record_),
            }
            for record_, cells in zip(records, rows, strict=False)
        ]
        cards.append(
            {
                "title": capfirst(declared.label_plural()),
                "lines": lines,
                "count": len(records),
                "slug": declared.slug,
            }
        )
    return cards


def _detail(declared):
    return lambda record_: url(declared, "detail", record_.pk)


def _event(event) -> dict:
    return {
        "when": event.when,
        "iso": event.at.isoformat(),
        "title": event.title,
        "url": event.url,
        "by": event.by,
    }


@require_POST
def names(request, code):
    """Show the name for a stated purpose for a quarter of an hour, or hide it again."""
    case = case_by_code(request.user, code)
    subject = f"case:{case.code}"
    if "hide" in request.POST:
        hide_names(request, subject)
        return redirect("case", code=case.code)
    form = RevealForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose why you need to see the name."))
        return redirect("case", code=case.code)
    reveal([case], by=request.user, purpose=form.cleaned_data["purpose"])
    show_names(request, subject, form.cleaned_data["purpose"])
    return redirect("case", code=case.code)


@require_http_methods(["GET", "POST"])
def team(request, code):
    """Put a colleague on the team."""
    return _act(request, code, TeamForm, _("Add to the team"), case_actions.join_team, "team.add")


@require_http_methods(["GET", "POST"])
def share(request, code):
    """Open field groups of the case to another agency, as far as the consent reaches."""
    return _act(request, code, ShareForm, _("Share with another agency"), consent_actions.share, "share.add")


def _act(request, code, form_type, title, action, permission):
    case = case_by_code(request.user, code)
    require(request.user, permission, facts_of(case))
    form = form_type(request.POST or None, user=request.user, case=case)
    home = reverse("case", args=[case.code])
    if request.method == "POST" and form.is_valid():
        try:
            action(case, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(home)
    return form_page(request, form, title, [{"label": case.code, "url": home}], home)


@require_http_methods(["GET", "POST"])
def identity(request, code):
    """Correct name, birth date and address; opening the form is a reveal and journaled as one."""
    case = case_by_code(request.user, code)
    home = reverse("case", args=[case.code])
    require(request.user, "case.amend-identity", facts_of(case))
    start = identity_initial(case, by=request.user) if request.method == "GET" else None
    form = IdentityForm(
        request.POST or None, request.FILES or None, user=request.user, record=case, initial=start
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        picture, version = values.pop("photo"), values.pop("version", None)
        try:
            with transaction.atomic():
                amend_identity(case, by=request.user, expected_version=version, **values)
                if picture:
                    keep_photo(case, by=request.user, content=picture.read())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(home)
    return form_page(request, form, _("Name, birth date, address"), [{"label": case.code, "url": home}], home)


@require_GET
def photo(request, code):
    """Give the photo while the name is shown for a purpose; at other times there is nothing here."""
    case = case_by_code(request.user, code)
    purpose = purpose_shown(request, f"case:{case.code}")
    content = open_photo(case, by=request.user, purpose=purpose) if purpose else b""
    if not content:
        raise Hidden
    return HttpResponse(content, content_type="image/jpeg")


@require_GET
def document(request, pk):
    """Give a sealed file of a case as a download, never shown inline."""
    row = Document.objects.filter(pk=pk, case_id__in=visible_scopes(request.user.actor).values("pk")).first()
    if row is None:
        raise Hidden
    content = open_document(row, by=request.user)
    answer = HttpResponse(content, content_type="application/octet-stream")
    ending = row.media_type.rpartition("/")[2]
    answer["Content-Disposition"] = f'attachment; filename="{row.case.code}-document.{ending}"'
    return answer


@require_http_methods(["GET", "POST"])
def screening_start(request, code):
    """Begin the interview, or go on with the one under way. A GET asks first: beginning is a record."""
    case = case_by_code(request.user, code)
    underway = Screening.objects.filter(case=case).order_by("-started_at").first()
    if underway is not None and underway.status == ScreeningStatus.OPEN:
        return redirect("screening", pk=underway.pk)
    if request.method == "POST":
        made = screening_actions.start_screening(case, by=request.user)
        return redirect("screening-part", pk=made.pk, part=parts.PARTS[0].slug)
    context = {"case": case, "bar": identity_bar(request, case), "before": underway}
    return render(request, "casework/screening_start.html", context)


@require_GET
def screening(request, pk):
    """Give the interview at a glance: its parts, what is still to be asked, the suggested reading."""
    declared = registry["screening"]
    row = one(declared, request.user, pk)
    facts = facts_by_record(declared, [row])[0]
    cells = {cell.name: cell for cell in read(declared, [row], request.user, opened=True)[0]}
    reads_story = not cells["act"].hidden
    open_ = row.status == ScreeningStatus.OPEN
    context = {
        "screening": row,
        "case": row.case,
        "bar": identity_bar(request, row.case),
        "overview": parts.overview(row, cells, open_ and may(request.user, declared, "change", facts)),
        "missing": _missing(row, cells) if open_ and reads_story else [],
        "suggestion": parts.said(screening_actions.suggestion(row)) if reads_story else None,
        "do_now": parts.do_now(row) if not cells["urgent_needs"].hidden else None,
        "may_finish": open_ and may(request.user, declared, "finish", facts),
        "finish_url": url(declared, "transition", row.pk, "finish"),
        "determine_url": url(registry["determination"], "add", case=row.case.code)
        if not open_ and may(request.user, registry["determination"], "add", facts) else "",
    }  # fmt: skip
    return render(request, "casework/screening.html", context)


def _missing(row: Screening, cells) -> list[str]:
    """What the rules still want, each with the question that it is about."""
    reasons = screening_actions.refusals_to_finish(row)
    said = _("%(label)s: %(sentence)s")
    return [
        said % {"label": cells[r.field].label, "sentence": say(r)} if r.field in cells else say(r)
        for r in reasons
    ]


@require_http_methods(["GET", "POST"])
def screening_part(request, pk, part):
    """Give one part of the interview; saved by itself, with a way to stop after each."""
    declared, this = registry["screening"], parts.by_slug(part)
    row = one(declared, request.user, pk)
    if row.status == ScreeningStatus.FINISHED:
        return redirect("screening", pk=row.pk)
    require(request.user, "screening.change", facts_of(row))
    typed = request.POST if request.method == "POST" else None
    form = change_form(declared, row, request.user, typed, this.fields)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version", None)
        try:
            screening_actions.save_screening(row, by=request.user, expected_version=version, **values)
        except Stale as stale:
            return stale_page(request, declared, form, stale)
        except Refused as refused:
            form.refuse(refused)
        else:
            following = parts.after(this)
            if "stop" in request.POST or following is None:
                messages.success(request, _("Saved. The interview can go on at any time."))
                return redirect("screening", pk=row.pk)
            return redirect("screening-part", pk=row.pk, part=following.slug)
    context = {"screening": row, "case": row.case, "bar": identity_bar(request, row.case), "form": form}
    number, home = parts.PARTS.index(this) + 1, reverse("screening", args=[row.pk])
    context |= {"part": this, "number": number, "total": len(parts.PARTS), "back_url": home}
    return render(request, "casework/screening_part.html", context, status=422 if form.errors else 200)
