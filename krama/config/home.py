"""The first page after sign-in, by role: what is waiting, and the way to it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.models import Count, F, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from krama.access.models import Agency, User
from krama.access.roles import ROLES
from krama.casework.terms import CaseStatus
from krama.records.reading import visible
from krama.records.types import registry
from krama.repatriation.progress import recent_arrivals
from krama.vault.rules.codes import clean_code


@login_required
@require_GET
def home(request):
    """Give the page of the day for this role; nothing on it names a survivor."""
    role = ROLES[request.user.role]
    if request.user.role == "donor":
        return render(request, "home/donor.html", {"figures": published_figures()})
    if request.user.role == "administrator":
        return render(request, "home/administrator.html", _system())
    context = {"today": timezone.localdate()}
    if role.may("case.view"):
        context |= _cases(request.user)
    if role.may("arrival.view"):
        context["arrivals"] = recent_arrivals(request.user)
        context["may_announce"] = role.may("arrival.add")
    return render(request, "home/day.html", context)


@login_required
@require_GET
def find(request):
    """Go to the case or arrival with this code, however it was typed; what is not to be seen is not there."""
    code = clean_code(request.GET.get("code", ""))
    for slug in ("case", "arrival"):
        if ROLES[request.user.role].may(f"{slug}.view") and code:
            found = visible(registry[slug], request.user).filter(code=code).first()
            if found is not None:
                return redirect(registry[slug].page(found))
    messages.warning(request, _("No case or arrival with this code is open to you. Check the code."))
    return redirect("home")


def _cases(user) -> dict:
    """Cases whose next step waits, overdue first; and how many stand where."""
    seen = visible(registry["case"], user)
    mine = seen.filter(next_by=user).exclude(status=CaseStatus.CLOSED).exclude(next_step="")
    waiting = mine.select_related("next_by").order_by(F("next_due").asc(nulls_last=True), "code")[:20]
    today = timezone.localdate()
    counts = seen.aggregate(  # one pass, as counting behind row-level security is the dear part
        undetermined=Count("pk", filter=Q(category="", status=CaseStatus.INTAKE)),
        high_risk=Count("pk", filter=Q(risk="high") & ~Q(status=CaseStatus.CLOSED)),
        active=Count("pk", filter=Q(status__in=(CaseStatus.ACTIVE, CaseStatus.FOLLOW_UP))),
    )
    return {"waiting": waiting, "overdue": mine.filter(next_due__lt=today).count(), **counts}


def published_figures() -> dict:
    """Give the donor's figure: people served, in steps of five and never below eleven (FACTS §7)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT krama_people_served()")
        return {"people": cursor.fetchone()[0]}


def _system() -> dict:
    """What an administrator sees: staff and agencies, never a case."""
    people = (
        User.objects.select_related("agency").prefetch_related("sites").order_by("agency__code", "username")
    )
    return {"staff": people, "agencies": Agency.objects.all(), "version": settings.VERSION}
