"""Recording one service for one or many people in one go, e.g. an evening meal for a whole arrival.

Money: an amount with its currency, per person or for all together; no conversion happens here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from krama.access.refusal import Refusal, _
from krama.casework.rules.days import refusals_of_day
from krama.records.vocabulary import vocabulary

CURRENCIES = {"KHR": 0, "USD": 2, "THB": 2, "VND": 0, "MYR": 2}  # code (ISO 4217) -> decimals in use


@dataclass(frozen=True)
class Given:
    """A service that somebody wants to record.

    service: code of service_types. arrivals: case code -> day of arrival, None for a person still abroad;
    its keys are the recipients. quantity: in the countable unit of the service, per person. cost: None
    when not known or nothing. provider: code of the provider, "" for none named (the own agency
    has a code too).
    """

    service: str
    given_on: date | None
    today: date
    arrivals: Mapping[str, date | None] = field(default_factory=dict)
    quantity: Decimal = Decimal(1)
    cost: Decimal | None = None
    currency: str = ""
    provider: str = ""


def refusals_to_record_service(given: Given) -> list[Refusal]:
    """Why this service cannot be recorded; empty when it can."""
    return [*_service_refusals(given), *_day_refusals(given), *_cost_refusals(given)]


def _service_refusals(given: Given) -> list[Refusal]:
    types = vocabulary("casework", "service_types")
    refusals = []
    if given.service not in types:
        refusals.append(Refusal(_("Choose the service."), field="service"))
    elif len(given.arrivals) > 1 and types.row(given.service)["for_many"] != "yes":
        text = _("This service is recorded person by person.")
        refusals.append(Refusal(text, field="service"))
    if not given.arrivals:
        refusals.append(Refusal(_("Choose at least one person."), field="recipients"))
    if not given.quantity.is_finite() or given.quantity <= 0:
        refusals.append(Refusal(_("Enter a quantity above zero."), field="quantity"))
    return refusals


def _day_refusals(given: Given) -> list[Refusal]:
    refusals = refusals_of_day(given.given_on, None, given.today, field="given_on")
    if refusals:
        return refusals
    early = sum(day is not None and given.given_on < day for day in given.arrivals.values())
    if not early:
        return []
    text = _("The date lies before the arrival of %(count)s of the people chosen.")
    return [Refusal(text, {"count": early}, "given_on")]


def _cost_refusals(given: Given) -> list[Refusal]:
    cost = given.cost
    if cost is None:
        return []
    if not cost.is_finite() or cost < 0:
        return [Refusal(_("Enter a cost of zero or more."), field="cost")]
    if cost == 0:
        return []
    refusals = []
    if given.currency not in CURRENCIES:
        refusals.append(Refusal(_("Choose the currency."), {"codes": ", ".join(CURRENCIES)}, "currency"))
    elif cost != round(cost, CURRENCIES[given.currency]):
        text = _("Enter %(currency)s with at most %(decimals)s decimals.")
        params = {"currency": given.currency, "decimals": CURRENCIES[given.currency]}
        refusals.append(Refusal(text, params, "cost"))
    if not given.provider:
        refusals.append(Refusal(_("Choose the provider that the cost belongs to."), field="provider"))
    return refusals
