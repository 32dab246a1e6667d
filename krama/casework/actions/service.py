"""Services: recorded for one person or for many in one go, with cost and provider."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from krama.access.policy import CaseFacts
from krama.access.refusal import Refusal, _
from krama.access.scoping import case_facts
from krama.casework.actions.consent import words
from krama.casework.models import Case, Consent, CounsellingNote, Service
from krama.casework.rules import services as rules
from krama.casework.terms import ConsentAnswer
from krama.ledger.actions import shares, write_expenses
from krama.ledger.models import Expense
from krama.network.models import Provider
from krama.records.vocabulary import vocabulary
from krama.records.writing import add_record, add_records, change_record, refuse_if, require

__all__ = ["add_note", "amend_note", "amend_service", "give", "give_many", "words"]


def give(case: Case, *, by, **what) -> Service:
    """Record one service for one person; see `give_many`."""
    return give_many([case], by=by, **what)[0]


@transaction.atomic
def give_many(
    cases: Sequence[Case], *, by, kind: str, given_on: date, quantity: int = 1, provider: Provider | None = None,
    cost: Decimal | None = None, currency: str = "", receipt: str = "", note: str = "",
) -> list[Service]:  # fmt: skip
    """Record one service for all of `cases`: all or none. cost: for everybody together, shared out evenly."""
    facts = case_facts({case.pk for case in cases})
    for case in cases:
        require(by, "service.add", facts.get(case.pk, CaseFacts(-1, None)))
    given = rules.Given(
        service=kind, given_on=given_on, today=timezone.localdate(), quantity=Decimal(quantity), cost=cost,
        arrivals={case.code: timezone.localtime(case.registered_at).date() for case in cases},
        currency=currency, provider=str(provider.pk) if provider else "",
    )  # fmt: skip
    refuse_if([*rules.refusals_to_record_service(given), *_refused_services(cases, kind, given_on)])
    expenses = _expenses(cases, by, kind, given_on, cost, currency, provider, receipt)
    batch = uuid.uuid4() if len(cases) > 1 else None
    rows = [
        (
            Service(case=case, kind=kind, given_on=given_on, quantity=quantity, provider=provider,
                    expense=expense, given_by=by, batch=batch),
            {"note": note},
        )
        for case, expense in zip(cases, expenses, strict=True)
    ]  # fmt: skip
    return add_records(rows, by=by, action="service.add", allowed=True)


def _expenses(cases, by, kind, spent_on, cost, currency, provider, receipt) -> list[Expense | None]:
    if not cost:
        return [None] * len(cases)
    parts = shares(cost, len(cases), rules.CURRENCIES[currency])
    made = [
        Expense(case_id=case.pk, spent_on=spent_on, kind=kind, amount=part, currency=currency,
                payee=str(provider), receipt=receipt, entered_by=by) if part else None
        for case, part in zip(cases, parts, strict=True)
    ]  # fmt: skip
    write_expenses([expense for expense in made if expense])
    return made


def _refused_services(cases: Sequence[Case], kind: str, on: date) -> list[Refusal]:
    """A refusal of services that stood on that day is respected; help in an emergency is offered all the same."""
    types = vocabulary("casework", "service_types")
    if kind not in types or types.row(kind)["emergency"] == "yes":
        return []
    latest: dict = {}
    spoken = Consent.objects.filter(case__in=cases, purposes__contains=["services"], given_on__lte=on)
    for row in spoken.order_by("given_on", "answer"):  # of two words on one day the "no" counts
        latest[row.case_id] = row
    no = [case.code for case in cases if case.pk in latest and _is_no(latest[case.pk], on)]
    text = _("Refused services, so only emergency help may be recorded: %(codes)s.")
    return [Refusal(text, {"codes": ", ".join(no)})] if no else []


def _is_no(consent: Consent, on: date) -> bool:
    withdrawn = consent.withdrawn_on is not None and consent.withdrawn_on <= on
    return consent.answer == ConsentAnswer.REFUSED or withdrawn


def amend_service(service: Service, *, by, given_on: date, quantity: int = 1, note: str | None = None,
                  expected_version: int | None = None, **_unchanged) -> Service:  # fmt: skip
    """Correct day, quantity or note (None leaves it); kind, provider and cost are undone and entered again instead."""
    given = rules.Given(
        service=service.kind, given_on=given_on, today=timezone.localdate(), quantity=Decimal(quantity),
        arrivals={service.case.code: timezone.localtime(service.case.registered_at).date()},
    )  # fmt: skip
    refuse_if(rules.refusals_to_record_service(given))
    values = {"given_on": given_on, "quantity": quantity} | ({} if note is None else {"note": note})
    return change_record(service, values, by=by, action="service.change", expected_version=expected_version)


def add_note(case: Case, *, by, held_on: date, note: str) -> CounsellingNote:
    """Keep a counselling session's notes, for counsellor and supervisor alone (programme §5)."""
    refuse_if(_day(held_on))
    row = CounsellingNote(case=case, held_on=held_on, counsellor=by)
    return add_record(
        row, by=by, action="counselling-note.add", sealed={"note": note}, compartment="counselling"
    )


def amend_note(
    row: CounsellingNote, *, by, held_on: date, note: str, expected_version=None
) -> CounsellingNote:
    """Correct one's notes."""
    refuse_if(_day(held_on))
    values = {"held_on": held_on, "note": note}
    return change_record(
        row, values, by=by, action="counselling-note.change", expected_version=expected_version,
        compartment="counselling",
    )  # fmt: skip


def _day(day: date) -> list[Refusal]:
    return (
        [Refusal(_("The date must not be in the future."), field="held_on")]
        if day > timezone.localdate()
        else []
    )
