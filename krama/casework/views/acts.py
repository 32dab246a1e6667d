"""What is done to a case beside its records: names shown, team, sharing, identity, files."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from krama.access.scoping import visible_scopes
from krama.casework.actions import case as case_actions
from krama.casework.actions import consent as consent_actions
from krama.casework.actions.identity import amend_identity, identity_initial
from krama.casework.forms import IdentityForm, ShareForm, TeamForm
from krama.records.cases import case_by_code
from krama.records.forms import RevealForm
from krama.records.pages import form_page
from krama.records.writing import Hidden, Refused, facts_of, require
from krama.vault.actions.files import keep_photo, open_document, open_photo
from krama.vault.actions.reveal import reveal
from krama.vault.models import Document
from krama.vault.revealing import hide_names, purpose_shown, show_names


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
