"""Services given, and the counsellor's private notes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krama.access.models import User
from krama.casework.models.case import Case
from krama.ledger.models import Expense
from krama.network.models import Provider
from krama.records.fields import CodeField, SealedField


class Service(models.Model):
    """One service to one person on one day; `batch` joins those recorded for many people in one go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="services", verbose_name=_("case"))
    kind = CodeField(_("service"), vocabulary="casework.service_types")
    given_on = models.DateField(_("date"))
    quantity = models.SmallIntegerField(_("how many"), default=1)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("provider")
    )
    expense = models.OneToOneField(
        Expense, models.PROTECT, null=True, blank=True, related_name="service", verbose_name=_("cost")
    )
    note = SealedField(_("note"), kind="text", most=1000)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    batch = models.UUIDField(_("recorded together"), null=True, blank=True, db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("service"), _("services")
        constraints = (models.CheckConstraint(condition=Q(quantity__gt=0), name="service_quantity_positive"),)


class CounsellingNote(models.Model):
    """A counselling session's notes: for the counsellor and the supervisor alone (programme §5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="counselling_notes", verbose_name=_("case"))
    held_on = models.DateField(_("session on"))
    counsellor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("counsellor"))
    note = SealedField(_("note"), kind="text", most=6000, blank=False)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("counselling note"), _("counselling notes")

    @property
    def author_id(self) -> int:
        """Whose private note it is."""
        return self.counsellor_id
