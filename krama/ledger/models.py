"""Money, as rows that are only ever added; a mistake is undone by a reversing row."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krama.access.models import CaseScope, User
from krama.records.fields import CodeField


class Expense(models.Model):
    """What was spent for one person, in one currency. A reversing row carries the negative amount."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseScope, models.PROTECT, related_name="+", verbose_name=_("case"))
    spent_on = models.DateField(_("date"))
    kind = CodeField(_("for"), vocabulary="casework.service_types")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = CodeField(_("currency"), vocabulary="ledger.currencies", max_length=3)
    payee = models.CharField(_("paid to"), max_length=160, blank=True)
    receipt = models.CharField(_("receipt number"), max_length=60, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("expense"), _("expenses")
        constraints = (
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="expense_positive_unless_reversing",
            ),
        )

    def __str__(self) -> str:
        # without the amount, which is for those who read money
        return str(_("Expense of %s") % self.spent_on.strftime("%d/%m/%Y"))
