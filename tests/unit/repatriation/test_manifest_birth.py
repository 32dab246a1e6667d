"""Dates, years, ages and animal years of the lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.repatriation.rules.manifest.birth import (
    Birth,
    age_between,
    age_span,
    animal_span,
    month_span,
    read_animal,
    read_birth,
    settle,
)

ON = date(2026, 11, 4)
DAYS = {
    "31/12/2009": date(2009, 12, 31),
    "31-12-2009": date(2009, 12, 31),
    "31.12.2009": date(2009, 12, 31),
    "31 12 2009": date(2009, 12, 31),
    "1/2/2009": date(2009, 2, 1),
    "2009-12-31": date(2009, 12, 31),
    "2009/12/31": date(2009, 12, 31),
    "2009-12-31 00:00:00": date(2009, 12, 31),
    "31-Dec-09": date(2009, 12, 31),
    "31-Dec-99": date(1999, 12, 31),
    "01/05/26": date(2026, 5, 1),
    "01/05/27": date(1927, 5, 1),
    "31 December 2009": date(2009, 12, 31),
    "31st Dec, 2009": date(2009, 12, 31),
    "December 31, 2009": date(2009, 12, 31),
    "31122009": date(2009, 12, 31),
    "៣១/១២/២០០៩": date(2009, 12, 31),
    "ថ្ងៃទី៣១ ខែធ្នូ ឆ្នាំ២០០៩": date(2009, 12, 31),
    "៣១ ធ្នូ ២០០៩": date(2009, 12, 31),
    "ngày 31 tháng 12 năm 2009": date(2009, 12, 31),
    "Ngày 04 tháng 11 năm 2009": date(2009, 11, 4),
    "31/12/2552": date(2009, 12, 31),
    "๓๑/๑๒/๒๕๕๒": date(2009, 12, 31),
    "31 ธ.ค. 2552": date(2009, 12, 31),
    "วันที่ 31 ธันวาคม พ.ศ. 2552": date(2009, 12, 31),
    "29/02/2551": date(2008, 2, 29),
    "40178": date(2009, 12, 31),
    "12/25/2009": date(2009, 12, 25),
}
SPANS = {
    "2009": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "២០០៩": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "2552": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "năm 2009": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "~2009": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "00/00/2009": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "--/--/2009": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "xx/xx/2009": (date(2009, 1, 1), date(2009, 12, 31), "year"),
    "00/12/2009": (date(2009, 12, 1), date(2009, 12, 31), "month"),
    "12/2009": (date(2009, 12, 1), date(2009, 12, 31), "month"),
    "Dec 2009": (date(2009, 12, 1), date(2009, 12, 31), "month"),
    "ខែធ្នូ ឆ្នាំ២០០៩": (date(2009, 12, 1), date(2009, 12, 31), "month"),
    "30/02/2009": (date(2009, 2, 1), date(2009, 2, 28), "month"),
    "ព.ស. ២៥៥៣": (date(2009, 4, 20), date(2010, 5, 31), "range"),
}
AGES = {
    "14": (date(2011, 11, 5), date(2012, 11, 4)),
    "១៤": (date(2011, 11, 5), date(2012, 11, 4)),
    "๑๔": (date(2011, 11, 5), date(2012, 11, 4)),
    "14 tuổi": (date(2011, 11, 5), date(2012, 11, 4)),
    "១៤ឆ្នាំ": (date(2011, 11, 5), date(2012, 11, 4)),
    "14 years old": (date(2011, 11, 5), date(2012, 11, 4)),
    "about 14": (date(2011, 11, 5), date(2012, 11, 4)),
    "អាយុ ១៤ ឆ្នាំ": (date(2011, 11, 5), date(2012, 11, 4)),
    "14 ปี": (date(2011, 11, 5), date(2012, 11, 4)),
    "14-16": (date(2009, 11, 5), date(2012, 11, 4)),
    "0": (date(2025, 11, 5), date(2026, 11, 4)),
    "8 months": (date(2026, 2, 5), date(2026, 3, 4)),
    "៨ ខែ": (date(2026, 2, 5), date(2026, 3, 4)),
    "8 tháng tuổi": (date(2026, 2, 5), date(2026, 3, 4)),
    "1 year 6 months": (date(2025, 4, 5), date(2025, 5, 4)),
    "110": (date(1915, 11, 5), date(1916, 11, 4)),
}
FLAGS = [
    ("birth_date", "31/12/2009", ()),
    ("birth_date", "12/25/2009", ("month_first",)),
    ("birth_date", "30/02/2009", ("date_impossible",)),
    ("birth_date", "40178", ("serial_number",)),
    ("birth_date", "31-Dec-09", ("two_digit_year",)),
    ("birth_date", "14", ("age_for_date",)),
    ("age", "2009", ("year_for_age",)),
    ("age", "14", ()),
    ("age", "111", ("age_too_high",)),
    ("age", "-1", ("age_negative",)),
    ("age", "old", ("birth_unreadable",)),
    ("birth_date", "long ago", ("birth_unreadable",)),
    ("birth_date", "", ()),
    ("birth_date", " - ", ()),
]
ANIMALS = {
    "ឆ្នាំខ្លា": (2, "khmer"),
    "ខាល": (2, "khmer"),
    "ឆ្នាំ​ខាល": (2, "khmer"),
    "ជូត": (0, "khmer"),
    "ច": (10, "khmer"),
    "កុរ": (11, "khmer"),
    "year of the dragon": (4, "khmer"),
    "Tiger": (2, "khmer"),
    "ปีขาล": (2, "khmer"),
    "tuổi Dần": (2, "lunar"),
    "Tuất": (10, "lunar"),
    "cat": None,
    "14": None,
    "": None,
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_whole_dates(text, day):
    birth = read_birth(text, on=ON)
    assert (birth.first, birth.last, birth.precision, birth.basis) == (day, day, "day", "stated_date")


@pytest.mark.parametrize(("text", "span"), SPANS.items())
def test_spans_of_years_and_months(text, span):
    birth = read_birth(text, on=ON)
    assert (birth.first, birth.last, birth.precision) == span


@pytest.mark.parametrize(("text", "span"), AGES.items())
def test_ages(text, span):
    birth = read_birth(text, on=ON, expected="age")
    assert (birth.first, birth.last, birth.precision, birth.basis) == (*span, "range", "stated_age")


@pytest.mark.parametrize(("expected", "text", "flags"), FLAGS)
def test_doubtful_readings_are_flagged(expected, text, flags):
    assert read_birth(text, on=ON, expected=expected).flags == flags


def test_a_column_that_proves_month_first_turns_ambiguous_figures():
    assert read_birth("03/04/2009", on=ON).day == date(2009, 4, 3)
    turned = read_birth("03/04/2009", on=ON, month_first=True)
    assert (turned.day, turned.flags) == (date(2009, 3, 4), ("month_first_column",))


@pytest.mark.parametrize(("text", "animal"), ANIMALS.items())
def test_animal_words(text, animal):
    assert read_animal(text) == animal


@pytest.mark.parametrize(
    ("born", "index"),
    [
        (date(2008, 4, 14), 0),  # khmer_calendar.json: 2008 began a rat year
        (date(2008, 4, 12), 11),  # before Khmer New Year the pig of 2007
        (date(2010, 7, 1), 2),
        (date(2011, 2, 1), 2),
        (date(2023, 5, 5), 3),  # checked with momentkh: rabbit
    ],
)
def test_the_animal_changes_at_khmer_new_year(born, index):
    age = age_between(born, ON)
    spoken = {0: "ជូត", 2: "ខាល", 3: "ថោះ", 11: "កុរ"}[index]
    birth = settle([read_birth(str(age), on=ON, expected="age")], read_animal(spoken), ON)
    assert birth.basis == "animal_year"
    assert birth.first <= born <= birth.last
    assert (birth.last - birth.first).days in (366, 367)  # a day's room at either end


def test_an_animal_alone_is_no_birth():
    assert settle([], read_animal("ឆ្នាំខ្លា"), ON) == Birth(flags=("animal_needs_age",))


def test_an_animal_that_does_not_fit_keeps_the_age():
    birth = settle([read_birth("11", on=ON, expected="age")], read_animal("រោង"), ON)
    assert (birth.first, birth.basis, birth.flags) == (date(2014, 11, 5), "stated_age", ("animal_disagrees",))


def test_one_year_too_many_by_traditional_counting_still_fits():
    birth = settle([read_birth("17", on=ON, expected="age")], read_animal("ខាល"), ON)
    assert (birth.first, birth.basis) == (date(2010, 4, 13), "animal_year")


def test_an_animal_narrows_a_stated_year():
    birth = settle([read_birth("2010", on=ON)], read_animal("ខាល"), ON)
    assert (birth.first, birth.last, birth.basis) == (date(2010, 4, 13), date(2010, 12, 31), "stated_year")
    other = settle([read_birth("2010", on=ON)], read_animal("ជូត"), ON)
    assert other.flags == ("animal_disagrees",)


@pytest.mark.parametrize(
    ("texts", "flags"),
    [
        (("31/12/2009", "16"), ()),
        (("31/12/2009", "17"), ()),
        (("31/12/2009", "25"), ("birth_and_age_differ",)),
        (("2027", ""), ("birth_in_future",)),
        (("05/11/2026", ""), ("birth_in_future",)),
        (("04/11/2026", ""), ()),
        (("01/01/1900", ""), ("birth_too_long_ago",)),
    ],
)
def test_what_is_said_twice_must_agree_and_be_possible(texts, flags):
    readings = [read_birth(texts[0], on=ON), read_birth(texts[1], on=ON, expected="age")]
    assert settle(readings, None, ON).flags == flags


def test_a_date_outranks_an_age():
    readings = [read_birth("14", on=ON, expected="age"), read_birth("31/12/2011", on=ON)]
    assert settle(readings, None, ON).day == date(2011, 12, 31)


def test_the_year_of_the_list_ends_on_its_day():
    assert settle([read_birth("2026", on=ON)], None, ON).last == ON


@given(
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
)
def test_the_span_of_an_age_holds_every_birth_of_that_age_and_no_other(born, on):
    born, on = min(born, on), max(born, on)
    age = age_between(born, on)
    first, last = age_span(age, on)
    assert first <= born <= last
    assert age_between(first, on) == age_between(last, on) == age
    outside = age_span(age + 1, on)
    assert not outside[0] <= born <= outside[1]


@given(st.dates(date(1930, 1, 1), date(2090, 1, 1)), st.integers(0, 35))
def test_months_lie_end_to_end(on, months):
    first, last = month_span(months, on)
    assert first <= last <= on
    assert month_span(months + 1, on)[1] < first or month_span(months + 1, on)[1] == first.replace()


@given(st.integers(1900, 2090))
def test_animal_years_cover_the_calendar(year):
    assert animal_span(0, year)[1] >= animal_span(1, year + 1)[0]
    assert animal_span(0, year, "lunar")[1] >= animal_span(1, year + 1, "lunar")[0]
