"""Who a page is about: the identity bar."""

from django.urls import reverse
from django.utils.translation import gettext as _

from krama.access.roles import ROLES
from krama.casework.terms import CaseStatus
from krama.records.forms import RevealForm
from krama.vault.actions.reveal import reveal
from krama.vault.models import Identity
from krama.vault.revealing import purpose_shown


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
        "reveal_template": "casework/reveal.html" if ROLES[request.user.role].may("case.reveal") else "",
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


def can(user, permission: str) -> bool:
    """Say whether the user's role does this kind of act at all."""
    return ROLES[user.role].may(permission)
