"""The case itself: key facts, safety, what can be done, what happened."""

from dataclasses import replace

from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from krama.access.models import TeamMember
from krama.casework.models import HouseholdMember
from krama.casework.terms import CaseStatus
from krama.casework.views.who import can, identity_bar
from krama.journal.recording import record
from krama.records.cases import case_by_code
from krama.records.places import url
from krama.records.reading import facts_by_record, may, plain_shown, read
from krama.records.timeline import records_of, timeline
from krama.records.types import registry

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
        "may_share": may(request.user, declared, "view", facts) and can(request.user, "share.add"),
        "may_team": can(request.user, "team.add"),
    }
    return render(request, "casework/case.html", context)


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
    if can(user, "case.amend-identity"):
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
