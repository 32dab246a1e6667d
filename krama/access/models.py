"""Agencies, sites, users, and the facts that tie a user to a case.

`CaseScope` is the part of a case that permission needs. It lives here, below `casework`, so that every
table above can be fenced by it; `casework.Case` shares its primary key.
"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krama.access.policy import Actor
from krama.access.roles import ROLES

# The labels are marked in roles.py, which is pure; here they become words of the active language.
ROLE_CHOICES = tuple((code, _(role.label)) for code, role in ROLES.items())


class TwoNamed(models.Model):
    """Something with an English and a Khmer name; `str()` gives the one of the active language."""

    name = models.CharField(_("name in English"), max_length=120)
    name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_km if self.name_km and get_language() == "km" else self.name


class Agency(TwoNamed):
    """An organisation whose staff use Krama; each holds its own keys."""

    KINDS = (
        ("protection", _("Protection NGO")),
        ("human_rights", _("Human-rights NGO")),
        ("prime", _("Prime grantee")),
        ("partner", _("Partner agency")),
        ("donor", _("Donor")),
        ("authority", _("Authority")),
    )
    code = models.SlugField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)

    class Meta:
        verbose_name, verbose_name_plural = _("agency"), _("agencies")
        ordering = ("code",)


class Site(TwoNamed):
    """A place where an agency works: transit centre, migration information centre, shelter, office."""

    KINDS = (
        ("transit_centre", _("Transit centre")),
        ("mic", _("Migration information centre")),
        ("shelter", _("Shelter")),
        ("office", _("Office")),
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="sites", verbose_name=_("agency"))
    code = models.SlugField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    province = models.CharField(_("province"), max_length=2)

    class Meta:
        verbose_name, verbose_name_plural = _("site"), _("sites")
        ordering = ("code",)


class Users(BaseUserManager):
    """Users by their sign-in name."""

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A member of staff. There are no superusers: a role and its relations are the only path."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    display_name = models.CharField(_("name"), max_length=120)
    display_name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=30, choices=ROLE_CHOICES)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="users", verbose_name=_("agency"))
    sites = models.ManyToManyField(Site, blank=True, related_name="staff", verbose_name=_("sites"))
    language = models.CharField(_("language"), max_length=5, default="en")
    is_active = models.BooleanField(_("active"), default=True)

    USERNAME_FIELD = "username"
    objects = Users()

    class Meta:
        verbose_name, verbose_name_plural = _("user"), _("users")
        ordering = ("username",)

    def __str__(self) -> str:
        return self.display_name_km if self.display_name_km and get_language() == "km" else self.display_name

    @cached_property
    def actor(self) -> Actor:
        """The user as the policy sees them; sites are read once a request."""
        return Actor(self.pk, self.role, self.agency_id, frozenset(self.sites.values_list("pk", flat=True)))


class CaseScope(models.Model):
    """Whose case it is, where, and whether it is sealed: what every fence asks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    person_id = models.UUIDField(db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    sealed = models.BooleanField(default=False)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.code

    @property
    def case_id(self):
        """The case's own id, so that journal and fences treat this row like any record of the case."""
        return self.pk


class TeamMember(models.Model):
    """A user's place on a case team, from–until."""

    PARTS = (
        ("case_worker", _("Case worker")),
        ("intake", _("Registered by")),
        ("counsellor", _("Counsellor")),
        ("lawyer", _("Lawyer")),
        ("supervisor", _("Supervisor")),
        ("other", _("Other")),
    )
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseScope, models.CASCADE, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="teams", verbose_name=_("member"))
    part = models.CharField(_("part"), max_length=20, choices=PARTS, default="case_worker")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")),
                name="team_member_since_before_until",
            ),
            models.UniqueConstraint(
                fields=("case", "user", "part"), condition=Q(until=None), name="team_member_one_open_place"
            ),
        )


class ConsentGrant(models.Model):
    """What a consent opened to another agency: groups, purpose, from–until (at most 90 days), revocable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseScope, models.CASCADE, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("to agency"))
    groups = ArrayField(models.CharField(max_length=12), verbose_name=_("field groups"))
    purpose = models.CharField(_("purpose"), max_length=40)
    consent_id = models.UUIDField()
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="grant_since_before_until"),
        )


class RoleReach(models.Model):
    """The fixed roles' reach, copied into the database for row-level security; written by `migrate`."""

    role = models.CharField(max_length=30, primary_key=True)
    reach = models.CharField(max_length=12)
