"""Setting up agencies, sites and staff.

by: an administrator, or None for the installation itself (the command line on the server). Nobody changes
their own role or sites.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from krama.access.models import Agency, Site, User
from krama.access.policy import AgencyFacts, decide
from krama.access.refusal import Refusal, _
from krama.access.roles import ROLES
from krama.journal.recording import record


class NotAllowed(Exception):
    """The policy or a rule said no; `refusal` says why."""

    def __init__(self, refusal: Refusal):
        self.refusal = refusal
        super().__init__(refusal.text)


def _require(by, permission: str, agency_id: int | None) -> None:
    if by is None:
        return
    decision = decide(by.actor, permission, AgencyFacts(agency_id), None, timezone.now())
    if not decision:
        raise NotAllowed(decision.reason)


@transaction.atomic
def add_agency(*, by, code: str, name: str, kind: str, name_km: str = "") -> Agency:
    """Enter an agency."""
    _require(by, "agency.add", None)
    agency = Agency.objects.create(code=code, name=name, name_km=name_km, kind=kind)
    record("agency.add", agency, by=by, groups=["open"])
    return agency


@transaction.atomic
def add_site(
    *, by, agency: Agency, code: str, name: str, kind: str, province: str, name_km: str = ""
) -> Site:
    """Enter a place where an agency works."""
    _require(by, "site.add", agency.pk)
    site = Site.objects.create(
        agency=agency, code=code, name=name, name_km=name_km, kind=kind, province=province
    )
    record("site.add", site, by=by, groups=["open"])
    return site


@transaction.atomic
def add_user(
    *, by, username: str, display_name: str, role: str, agency: Agency, password: str,
    sites: Sequence[Site] = (), display_name_km: str = "", language: str = "en",
) -> User:  # fmt: skip
    """Enter a member of staff with a role. Raises NotAllowed for an unknown role or a site of another agency."""
    _require(by, "user.add", agency.pk)
    if role not in ROLES:
        raise NotAllowed(Refusal(_("Choose one of the roles."), field="role"))
    if any(site.agency_id != agency.pk for site in sites):
        raise NotAllowed(Refusal(_("Choose sites of the person's own agency."), field="sites"))
    user = User(username=username, display_name=display_name, display_name_km=display_name_km, role=role,
                agency=agency, language=language)  # fmt: skip
    user.set_password(password)
    user.save()
    user.sites.set(sites)
    record("user.add", user, by=by, groups=["open"])
    return user


@transaction.atomic
def change_role(user: User, *, by, role: str, sites: Sequence[Site] = ()) -> User:
    """Give a member of staff another role or other sites. Raises NotAllowed for oneself."""
    _require(by, "user.change", user.agency_id)
    if by is not None and by.pk == user.pk:
        raise NotAllowed(Refusal(_("Nobody changes their own role. Ask another administrator.")))
    if role not in ROLES:
        raise NotAllowed(Refusal(_("Choose one of the roles."), field="role"))
    user.role = role
    user.save(update_fields=["role"])
    user.sites.set(sites)
    record("user.change-role", user, by=by, groups=["open"], changed=["role", "sites"])
    return user
