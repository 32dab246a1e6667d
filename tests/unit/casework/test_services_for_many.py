"""One service for many people in one go."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from krama.casework.rules.services import CURRENCIES, Given, refusals_to_record_service

DAY = date(2025, 11, 4)
MANY = {f"K25-000{number}": DAY for number in range(1, 6)}
MEAL = Given("meal", DAY, DAY + timedelta(2), MANY, Decimal(1), Decimal("4000"), "KHR", "P1")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"service": "banquet"}, ["service"]),
        ({"service": "counselling"}, ["service"]),
        ({"service": "counselling", "arrivals": {"K25-0001": DAY}}, []),
        ({"arrivals": {}}, ["recipients"]),
        ({"quantity": Decimal(0)}, ["quantity"]),
        ({"quantity": Decimal("NaN")}, ["quantity"]),
        ({"quantity": Decimal("0.5")}, []),
        ({"given_on": None}, ["given_on"]),
        ({"given_on": DAY + timedelta(3)}, ["given_on"]),
        ({"given_on": DAY + timedelta(2)}, []),
        ({"given_on": DAY - timedelta(1)}, ["given_on"]),
        ({"given_on": DAY - timedelta(1), "arrivals": {"K25-0001": None}}, []),
        ({"cost": None, "currency": "", "provider": ""}, []),
        ({"cost": Decimal(0), "currency": "", "provider": ""}, []),
        ({"cost": Decimal("-1")}, ["cost"]),
        ({"cost": Decimal("Infinity")}, ["cost"]),
        ({"cost": Decimal("4000.5")}, ["cost"]),
        ({"cost": Decimal("1.25"), "currency": "USD"}, []),
        ({"cost": Decimal("1.255"), "currency": "USD"}, ["cost"]),
        ({"currency": "EUR"}, ["currency"]),
        ({"currency": ""}, ["currency"]),
        ({"provider": ""}, ["provider"]),
    ],
)
def test_recording(change, expected):
    assert [refusal.field for refusal in refusals_to_record_service(replace(MEAL, **change))] == expected


def test_people_who_came_later_are_counted():
    arrivals = MANY | {"K25-0006": DAY + timedelta(1), "K25-0007": DAY + timedelta(1)}
    (refusal,) = refusals_to_record_service(replace(MEAL, arrivals=arrivals))
    assert dict(refusal.params) == {"count": 2}


def test_currencies():
    assert tuple(CURRENCIES) == ("KHR", "USD", "THB", "VND", "MYR")
