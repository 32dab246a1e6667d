"""Digits, month names and dates of `krama.web.khmer`."""

from datetime import UTC, date, datetime

import pytest

from krama.web import khmer

DAY = date(2026, 11, 4)


def test_digits_go_both_ways_and_leave_the_rest():
    assert khmer.khmer_digits("K26-4M7Q 0123456789") == "K២៦-៤M៧Q ០១២៣៤៥៦៧៨៩"
    assert khmer.latin_digits("២១/១១/២០២៦ ម៉ោង ០៩:៣០") == "21/11/2026 ម៉ោង 09:30"
    assert khmer.khmer_digits(33) == "៣៣"


@pytest.mark.parametrize(
    ("write", "language", "text"),
    [
        (khmer.short_date, "km", "04/11/2026"),
        (khmer.short_date, "en", "4 Nov 2026"),
        (khmer.long_date, "km", "4 វិច្ឆិកា 2026"),
        (khmer.long_date, "km-KH", "4 វិច្ឆិកា 2026"),
        (khmer.long_date, "en-gb", "4 November 2026"),
        (khmer.formal_date, "km", "ថ្ងៃទី០៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦"),
        (khmer.formal_date, "en", "4 November 2026"),
    ],
)
def test_dates(write, language, text):
    assert write(DAY, language) == text


@pytest.mark.parametrize("write", [khmer.short_date, khmer.long_date, khmer.formal_date])
@pytest.mark.parametrize("language", ["km", "en"])
def test_a_moment_is_not_a_day(write, language):
    with pytest.raises(TypeError):
        write(datetime(2026, 11, 4, 23, 0, tzinfo=UTC), language)


def test_months_are_twelve_in_both_languages():
    assert {language: len(set(names)) for language, names in khmer.MONTHS.items()} == {"km": 12, "en": 12}
    assert (khmer.month_name(1, "km"), khmer.month_name(12, "en")) == ("មករា", "December")


@pytest.mark.parametrize("month", [0, 13, -1])
def test_no_such_month(month):
    with pytest.raises(ValueError, match="no month"):
        khmer.month_name(month, "km")


@pytest.mark.parametrize(
    "text",
    [
        "4/11/2026",
        "04-11-2026",
        "4.11.2026",
        "2026-11-04",
        "៤/១១/២០២៦",
        "០៤-១១-២០២៦",
        " 4  Nov  2026 ",
        "4 november 2026",
        "4 វិច្ឆិកា 2026",
        "៤ វិច្ឆិកា ២០២៦",
        "4\u200b វិច្ឆិកា\u200b 2026",
        "ថ្ងៃទី០៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦",
        "ថ្ងៃទី 4 ខែ វិច្ឆិកា ឆ្នាំ 2026",
    ],
)
def test_typed_dates_are_read(text):
    assert khmer.read_date(text) == DAY


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("write", [khmer.short_date, khmer.long_date, khmer.formal_date])
def test_every_date_written_can_be_read_again(write, language, month):
    day = date(2024, month, 29)
    assert khmer.read_date(write(day, language)) == day


@pytest.mark.parametrize(
    "text",
    ["", "4/11", "4/11/26", "11/2026", "31/11/2026", "4/13/2026", "4 Foo 2026", "៤/១១/២៥៧០", "04112026", "x"],
)
def test_what_is_no_date_is_not_guessed(text):
    with pytest.raises(ValueError):
        khmer.read_date(text)
