"""The protection case. At most fifteen columns: everything else points at it."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from krama.access.models import CaseScope, User
from krama.casework.terms import CaseStatus, Outcome
from krama.records.fields import CodeField, SealedField
from krama.vault.models import Person


class Case(models.Model):
    """What an agency does with and for one person, from registration to closure.

    `scope` carries what permission asks (agency, site, team); the two share one key. `child` is decided at
    registration on the day of arrival: true also when age is in doubt (UNICEF guidelines 2006, §3.1.1).
    `category` repeats the outcome of the latest determination, for lists; the determinations decide.
    """

    scope = models.OneToOneField(CaseScope, models.PROTECT, primary_key=True, related_name="case")
    code = models.CharField(_("code"), max_length=12, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases", verbose_name=_("person"))
    status = models.CharField(_("status"), max_length=12, choices=CaseStatus, default=CaseStatus.INTAKE)
    registered_at = models.DateTimeField(_("registered"))
    age = models.SmallIntegerField(_("age at registration"), null=True, blank=True)
    child = models.BooleanField(_("treated as a child"), default=False)
    category = models.CharField(_("determined as"), max_length=24, choices=Outcome, blank=True)
    risk = CodeField(_("risk"), vocabulary="casework.risk_levels", blank=True)
    next_step = CodeField(_("next step"), vocabulary="casework.next_steps", blank=True)
    next_due = models.DateField(_("next step due"), null=True, blank=True)
    next_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("next step by")
    )
    safety_notice = SealedField(_("safety notice"), kind="text", most=600)
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("case"), _("cases")
        indexes = (
            models.Index(fields=("status", "risk", "next_due", "scope"), name="case_by_due"),
            models.Index(fields=("-registered_at", "scope"), name="case_by_registration"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The case's own page."""
        return reverse("case", args=[self.code])

    @property
    def next_step_words(self) -> str:
        """The next step in the active language."""
        return self._meta.get_field("next_step").text_of(self.next_step) if self.next_step else ""

    @property
    def case_id(self):
        """The case's own key, as every record of a case has one under this name."""
        return self.pk


class HouseholdMember(models.Model):
    """A person's place in a household: who is whose mother or sibling follows from the head."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="household_place", verbose_name=_("case"))
    household = models.UUIDField(_("household"), db_index=True)
    relation = CodeField(_("relation to head of household"), vocabulary="casework.household_relations")

    class Meta:
        verbose_name, verbose_name_plural = _("household place"), _("household places")
        constraints = (
            models.UniqueConstraint(
                fields=("household",), condition=Q(relation="head"), name="household_has_one_head"
            ),
        )
