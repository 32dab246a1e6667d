"""Beds: who sleeps where at a site, and giving beds to many in one go."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from krama.access.groups import LOCATION
from krama.access.models import Site
from krama.access.roles import ROLES, Reach
from krama.journal.recording import record
from krama.records.cases import cases_by_code
from krama.records.places import back
from krama.records.reading import visible
from krama.records.sentences import say
from krama.records.types import registry
from krama.records.writing import Hidden, Refused
from krama.shelter import actions
from krama.shelter.models import Bed, Stay


def sites_of(user) -> list[Site]:
    """Give the sites with rooms that this user works for."""
    sites = Site.objects.filter(agency_id=user.agency_id, rooms__isnull=False).distinct()
    if ROLES[user.role].reach is Reach.SITE:
        sites = sites.filter(pk__in=user.actor.site_ids)
    return list(sites)


@require_GET
def site(request):
    """Give each site with its rooms: beds, who is in them by code, what is free."""
    visible(registry["bed"], request.user)
    known = LOCATION in ROLES[request.user.role].reads  # else that a bed is taken, and not by whom
    shown = []
    for place in sites_of(request.user):
        stays = {
            stay.bed_id: stay
            for stay in visible(registry["stay"], request.user)
            .filter(bed__room__site=place, during__contains=timezone.now())
            .select_related("case__person")
            if known
        }
        taken = actions.occupied_beds(place)
        rooms: dict = {}
        for bed in (
            Bed.objects.filter(room__site=place).select_related("room").order_by("room__name", "number")
        ):
            rooms.setdefault(bed.room, []).append(_bed(bed, stays.get(bed.pk), bed.pk in taken))
        beds = [bed for in_room in rooms.values() for bed in in_room]
        shown.append({"site": place, "rooms": list(rooms.items()), "total": len(beds),
                      "free": sum(bed["free"] for bed in beds)})  # fmt: skip
    if known and shown:
        record("stay.list", by=request.user, record_type=Stay._meta.label_lower, groups=[LOCATION.value])
    return render(request, "shelter/site.html", {"sites": shown, "wide": True})


def _bed(bed: Bed, stay: Stay | None, taken: bool) -> dict:
    return {
        "label": bed.label,
        "free": bed.in_use and not taken,
        "in_use": bed.in_use,
        "code": stay.case.code if stay else "",
        "child": stay.case.child if stay else False,
        "url": reverse("records:detail", args=("stay", stay.pk)) if stay else "",
        "taken": taken,
    }


@require_http_methods(["GET", "POST"])
def give(request):
    """Propose beds for the chosen people and give them: families together, all or none."""
    if not ROLES[request.user.role].may("stay.add"):
        raise Hidden
    codes = request.POST.getlist("person") or request.GET.getlist("person")
    places = sites_of(request.user)
    if not codes or not places:
        messages.warning(
            request, _("Choose at least one person first.") if places else _("No site of yours has beds yet.")
        )
        return redirect(back(request) or "shelter-site")
    cases = cases_by_code(request.user, codes)
    chosen = request.POST.get("site") or request.GET.get("site")
    place = next((s for s in places if str(s.pk) == chosen), None) or _usual(places, cases)
    plan = actions.proposed_beds(cases, place)
    beds = {bed.pk: bed for bed in Bed.objects.filter(room__site=place).select_related("room__site")}
    reasons: list[str] = []
    if request.method == "POST" and "give" in request.POST:
        wanted = {case: beds.get(_number(request.POST.get(f"bed-{case.code}"))) for case in cases}
        wanted = {case: bed for case, bed in wanted.items() if bed is not None}
        try:
            stays = actions.give_beds(wanted, by=request.user) if wanted else []
        except Refused as refused:
            reasons = refused.sentences()
        else:
            said = ngettext("%(count)d bed is given.", "%(count)d beds are given.", len(stays))
            messages.success(request, said % {"count": len(stays)})
            return redirect(back(request) or "shelter-site")
    taken = actions.occupied_beds(place)
    context = {
        "sites": places, "site": place, "reasons": reasons, "back": back(request), "wide": False,
        "rows": [_proposal(case, plan, beds, request.POST) for case in cases],
        "free": [bed for bed in beds.values() if bed.in_use and bed.pk not in taken],
    }  # fmt: skip
    return render(request, "shelter/give.html", context, status=422 if reasons else 200)


def _usual(places: list[Site], cases) -> Site:
    return next((s for s in places if s.pk == cases[0].scope.site_id), places[0])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _proposal(case, plan, beds, typed) -> dict:
    proposed = beds.get(plan.beds.get(case.pk))
    return {
        "case": case,
        "chosen": _number(typed.get(f"bed-{case.code}")) or (proposed.pk if proposed else 0),
        "reason": say(plan.without[case.pk]) if case.pk in plan.without else "",
        "sex": case.person._meta.get_field("sex").text_of(case.person.sex),
    }
