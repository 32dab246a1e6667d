"""Spending and undoing. Rows are only added."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from krama.access.refusal import Refusal, _
from krama.ledger.models import Expense
from krama.records.writing import add_record, refuse_if


def shares(total: Decimal, people: int, decimals: int) -> list[Decimal]:
    """Part `total` among `people` so that the parts add up to it exactly and differ by one unit at most."""
    unit = Decimal(1).scaleb(-decimals)
    base = (total / people).quantize(unit, rounding="ROUND_DOWN")
    rest = int(((total - base * people) / unit).to_integral_value())
    return [base + unit if place < rest else base for place in range(people)]


def write_expenses(expenses: Sequence[Expense]) -> None:
    """Save the costs of an act that journals itself, e.g. a service given to many."""
    Expense.objects.bulk_create(expenses)


@transaction.atomic
def reverse(expense: Expense, *, by, on: date) -> Expense:
    """Undo an expense by a row with the opposite amount. Raises Refused when it is undone already."""
    reasons = []
    if expense.reverses_id is not None:
        reasons.append(Refusal(_("A reversing entry cannot be reversed itself.")))
    elif Expense.objects.filter(reverses=expense).exists():
        reasons.append(Refusal(_("This expense has been reversed already.")))
    if on < expense.spent_on:
        reasons.append(Refusal(_("The date must not be before the expense."), field="on"))
    refuse_if(reasons)
    undone = Expense(
        case_id=expense.case_id, spent_on=on, kind=expense.kind, amount=-expense.amount,
        currency=expense.currency, payee=expense.payee, receipt=expense.receipt, reverses=expense, entered_by=by,
    )  # fmt: skip
    return add_record(undone, by=by, action="expense.reverse")
