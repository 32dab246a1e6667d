"""The interview: begun, filled in part by part, looked at."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from krama.casework import parts
from krama.casework.actions import screening as screening_actions
from krama.casework.models import Screening
from krama.casework.terms import ScreeningStatus
from krama.casework.views.who import identity_bar
from krama.records.cases import case_by_code
from krama.records.forms import change_form
from krama.records.pages import stale_page
from krama.records.places import url
from krama.records.reading import facts_by_record, may, one, read
from krama.records.sentences import say
from krama.records.types import registry
from krama.records.writing import Refused, Stale, facts_of, require


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
        "do_now": parts.do_now(row) if open_ and not cells["urgent_needs"].hidden else None,
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
