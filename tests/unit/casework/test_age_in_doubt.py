"""Age from a birth that is only roughly known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.casework.rules.ages import age_on, is_child

ON = date(2025, 11, 4)


@pytest.mark.parametrize(
    ("first", "last", "ages", "child"),
    [
        (date(2010, 5, 1), date(2010, 5, 1), (15, 15), True),
        (date(2007, 11, 4), date(2007, 11, 4), (18, 18), False),  # the 18th birthday
        (date(2007, 11, 5), date(2007, 11, 5), (17, 17), True),  # the day before it
        (date(2007, 1, 1), date(2007, 12, 31), (17, 18), None),  # only the year is known
        (date(2006, 4, 14), date(2007, 4, 13), (18, 19), False),  # animal year
        (None, None, None, None),
        (None, date(2000, 1, 1), None, False),  # 25 or more
        (date(2015, 1, 1), None, None, True),  # 10 or less
        (date(2000, 1, 1), None, None, None),
        (None, date(2015, 1, 1), None, None),
        (date(2026, 1, 1), date(2026, 2, 1), None, True),  # not born yet
        (date(2025, 6, 1), date(2026, 2, 1), (0, 0), True),
    ],
)
def test_age_and_childhood(first, last, ages, child):
    assert age_on(first, last, ON) == ages
    assert is_child(first, last, on=ON) is child


def test_leap_day_birthday():
    born = date(2008, 2, 29)
    assert is_child(born, born, on=date(2026, 2, 28)) is True
    assert is_child(born, born, on=date(2026, 3, 1)) is False


def test_a_span_that_runs_backwards_is_an_error():
    with pytest.raises(ValueError, match="earliest"):
        age_on(date(2010, 1, 2), date(2010, 1, 1), ON)
    with pytest.raises(ValueError, match="earliest"):
        is_child(date(2010, 1, 2), date(2010, 1, 1), on=ON)


DAYS = st.dates(date(1930, 1, 1), date(2025, 11, 4))


@given(DAYS, DAYS)
def test_youngest_is_never_above_oldest_and_agrees_with_childhood(one, two):
    first, last = sorted((one, two))
    youngest, oldest = age_on(first, last, ON)
    assert youngest <= oldest
    assert is_child(first, last, on=ON) is {(True, True): True, (False, False): False}.get(
        (youngest < 18, oldest < 18)
    )


@given(DAYS, st.integers(1, 4000))
def test_a_wider_span_is_never_surer(birth, days):
    sure = is_child(birth, birth, on=ON)
    wider = is_child(birth - timedelta(days), birth, on=ON)
    assert wider in (sure, None)
