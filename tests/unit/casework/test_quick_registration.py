"""Quick registration of an arrival, and the family links inside it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from krama.casework.rules.intake import (
    Newcomer,
    refusals_of_families,
    refusals_to_register,
    warnings_of_families,
)

DAY = date(2025, 11, 4)
SOMEBODY = Newcomer(1, name="សុខា", sex="F", age=12)


def fields(refusals):
    return [refusal.field for refusal in refusals]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"name": " "}, ["name"]),
        ({"name": "", "name_not_known": "too_young"}, []),
        ({"name_not_known": "too_young"}, ["name_not_known"]),
        ({"sex": ""}, ["sex"]),
        ({"age": None}, ["age"]),
        ({"age": 0}, []),
        ({"age": -1}, ["age"]),
        ({"age": 110}, []),
        ({"age": 111}, ["age"]),
        ({"age": None, "birth_from": date(2013, 1, 1)}, []),
        ({"age": None, "birth_from": date(2013, 2, 1), "birth_to": date(2013, 1, 1)}, ["birth_from"]),
        ({"age": None, "birth_from": DAY, "birth_to": DAY}, []),
        ({"age": None, "birth_to": DAY + timedelta(1)}, ["birth_to"]),
        ({"age": None, "birth_from": date(1914, 1, 1), "birth_to": date(1950, 1, 1)}, ["birth_from"]),
        ({"birth_from": date(2013, 1, 1), "birth_to": date(2013, 12, 31)}, []),
        ({"age": 11, "birth_from": date(2013, 1, 1), "birth_to": date(2013, 12, 31)}, []),
        ({"birth_from": date(2003, 1, 1), "birth_to": date(2003, 12, 31)}, ["age"]),
        ({"name": "", "sex": "", "age": None}, ["name", "sex", "age"]),
    ],
)
def test_registering(change, expected):
    refusals = refusals_to_register(replace(SOMEBODY, **change), arrived_on=DAY, today=DAY)
    assert fields(refusals) == expected
    assert all("សុខា" not in str(refusal) for refusal in refusals)
    assert all((refusal.text % refusal.params).startswith("Line 1: ") for refusal in refusals)


@pytest.mark.parametrize(
    ("arrived", "expected"), [(None, ["arrived_on"]), (DAY + timedelta(1), ["arrived_on"])]
)
def test_the_day_of_arrival(arrived, expected):
    assert fields(refusals_to_register(SOMEBODY, arrived_on=arrived, today=DAY)) == expected


def member(row, age, *parents, family="A", head=False):
    return Newcomer(row, name="x", sex="F", age=age, family=family, head=head, parents=parents)


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ([member(1, 40, head=True), member(2, 12, 1), member(3, 8, 1)], []),
        ([member(1, 40, 1)], [("own parent", 1)]),
        ([member(1, 40, 2), member(2, 41, 1)], [("circle", 1), ("circle", 2)]),
        (
            [member(1, 60, 3), member(2, 40, 1), member(3, 12, 2), member(4, 9, 2)],
            [("circle", 1), ("circle", 2), ("circle", 3)],
        ),
        ([member(1, 12, 9)], [("there is no line", 1)]),
        ([member(1, 40), member(2, 12, 1, family="B")], [("another family", 2)]),
        ([member(1, 40, family=""), member(2, 12, 1, family="")], [("another family", 2)]),
        ([member(1, 40), member(2, 40), member(3, 40), member(4, 9, 1, 2, 3)], [("two parents", 4)]),
        ([member(1, 40, head=True), member(2, 38, head=True)], [("another head", 2)]),
        ([member(1, 40, head=True), member(2, 38, head=True, family="B")], []),
        ([member(1, 40), member(1, 12)], [("same number", None)]),
    ],
)
def test_family_links(sheet, expected):
    refusals = refusals_of_families(sheet)
    assert [refusal.params.get("row") for refusal in refusals] == [row for _words, row in expected]
    assert all(words in refusal.text for refusal, (words, _row) in zip(refusals, expected, strict=True))


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ([member(1, 40, head=True), member(2, 12, 1)], []),
        ([member(1, 24, head=True), member(2, 12, 1)], []),  # exactly twelve years
        ([member(1, 23, head=True), member(2, 12, 1)], ["parents"]),
        ([member(1, 10, head=True), member(2, 12, 1)], ["parents", "head"]),
        ([member(1, 14, head=True)], ["head"]),
        ([member(1, 15, head=True)], []),
        ([member(1, 40), member(2, 12, 1)], ["head"]),
        ([member(1, 9, family="")], []),
    ],
)
def test_what_is_looked_at_again(sheet, expected):
    assert fields(warnings_of_families(sheet, on=DAY)) == expected


def test_an_estimate_alone_never_warns():
    parent = replace(
        member(1, None, head=True), birth_from=date(1980, 1, 1), birth_to=date(2005, 12, 31)
    )  # fmt: skip
    assert warnings_of_families([parent, member(2, 12, 1)], on=DAY) == []
    unknown = replace(member(1, None, head=True), birth_from=date(2000, 1, 1))
    assert warnings_of_families([unknown, member(2, 12, 1)], on=DAY) == []
