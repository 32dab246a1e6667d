"""The kinds of record of the ledger, declared."""

from django.utils.translation import gettext_lazy as _

from krama.access.groups import MONEY, OPEN
from krama.ledger import actions, models
from krama.records.form_fields import DayField
from krama.records.forms import RecordForm
from krama.records.types import RecordType, Transition, register


class ReverseForm(RecordForm):
    """The day of the reversing entry."""

    on = DayField(label=_("Date of the reversing entry"))


@register
class Expense(RecordType):
    """What was spent for a person."""

    model, slug, section = models.Expense, "expense", _("Costs")
    columns = ("case", "spent_on", "kind", "amount", "currency", "payee")
    filters = ("kind", "currency")
    order = ("-spent_on", "-pk")
    fields = {
        **dict.fromkeys(("case", "spent_on", "kind", "entered_by", "entered_at", "reverses"), OPEN),
        **dict.fromkeys(("amount", "currency", "payee", "receipt"), MONEY),
    }
    transitions = (
        Transition("reverse", _("Reverse this expense"), actions.reverse, ReverseForm,
                   shown=lambda row: row.reverses_id is None),
    )  # fmt: skip
    timeline = lambda e: (e.spent_on, _("Expense"), e.entered_by)  # noqa: E731
