"""Khmer digits, month names and dates.

Pure: no Django, no clock. Pages get the same dates through the template filters of
`krama.web.templatetags.khmer` or through Django's own formats (`krama.web.formats`); this module serves
letters, PDF, spreadsheets and the offline app, and reads what people type. Browsers carry no Khmer date
data (Chromium answers in English), so months are written here and never left to `Intl`.
"""

import re
from datetime import date, datetime

DIGITS = "០១២៣៤៥៦៧៨៩"
_TO_LATIN = str.maketrans(DIGITS, "0123456789")
_TO_KHMER = str.maketrans("0123456789", DIGITS)

# The solar months in official use; `MONTHS[language][month - 1]`.
MONTHS = {
    "km": (
        "មករា",
        "កុម្ភៈ",
        "មីនា",
        "មេសា",
        "ឧសភា",
        "មិថុនា",
        "កក្កដា",
        "សីហា",
        "កញ្ញា",
        "តុលា",
        "វិច្ឆិកា",
        "ធ្នូ",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
# Spellings met on paper forms and in other systems, beside the ones above.
_OTHER_SPELLINGS = {"មិនា": 3, "កុម្ភះ": 2, "កុម្ភ:": 2, "វិច្ចិកា": 11, "វិច្ជិកា": 11, "sept": 9}
_WORDS_OF_A_LETTER = re.compile(r"ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ|គ\.ស\.?")
_GAPS = re.compile(r"[\s\u200b/.,-]+")


def khmer_digits(text: object) -> str:
    """Return `text` with 0-9 as Khmer digits; everything else is kept. For printed letters."""
    return str(text).translate(_TO_KHMER)


def latin_digits(text: object) -> str:
    """Return `text` with Khmer digits as 0-9; everything else is kept.

    Every field runs this before it parses: Django reads "២១/១១/២០២៦" as an invalid date.
    """
    return str(text).translate(_TO_LATIN)


def month_name(month: int, language: str) -> str:
    """Return the name of `month` (1-12) in Khmer for "km" and its variants, else in English.

    Raises ValueError for any other number.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return MONTHS[_written(language)][month - 1]


def short_date(day: date, language: str) -> str:
    """Return `day` for a table: "04/11/2026" in Khmer, "4 Nov 2026" in English.

    The English month stays a word because half its readers put the month first.
    Raises TypeError for a datetime: its day depends on the time zone, which the caller must settle.
    """
    _only_a_day(day)
    if _written(language) == "km":
        return f"{day.day:02}/{day.month:02}/{day.year:04}"
    return f"{day.day} {month_name(day.month, 'en')[:3]} {day.year}"


def long_date(day: date, language: str) -> str:
    """Return `day` for running text: "4 វិច្ឆិកា 2026", "4 November 2026". Errors as `short_date`."""
    _only_a_day(day)
    return f"{day.day} {month_name(day.month, language)} {day.year}"


def formal_date(day: date, language: str) -> str:
    """Return `day` as official Khmer letters write it, "ថ្ងៃទី០៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦".

    In English the same as `long_date`. Errors as `short_date`.
    """
    if _written(language) != "km":
        return long_date(day, language)
    _only_a_day(day)
    return khmer_digits(f"ថ្ងៃទី{day.day:02} ខែ{month_name(day.month, 'km')} ឆ្នាំ{day.year}")


def read_date(text: str) -> date:
    """Return the day that a person typed, in either language and either kind of digits.

    Takes day, month, year with `/ - .` or spaces between them, the month as number or name, or the ISO
    order 2026-11-21; also a date copied from a letter. Raises ValueError when the text is not such a
    date, has a year of two digits, or a year of the Buddhist era (2500 and later): none is guessed.
    """
    plain = _WORDS_OF_A_LETTER.sub(" ", latin_digits(text)).strip()
    parts = [part for part in _GAPS.split(plain) if part]
    if len(parts) != 3:
        raise ValueError("not a day, a month and a year")
    if re.fullmatch(r"[0-9]{4}", parts[0]):
        parts.reverse()
    day, month, year = parts
    if not re.fullmatch(r"[0-9]{1,2}", day) or not re.fullmatch(r"(1[89]|2[0-4])[0-9]{2}", year):
        raise ValueError("not a day of the month and a year of four digits")
    return date(int(year), _month_number(month), int(day))


def _written(language: str) -> str:
    return "km" if language.split("-")[0].lower() == "km" else "en"


def _only_a_day(day: date) -> None:
    if isinstance(day, datetime):
        raise TypeError("give a date: the day of a moment depends on the time zone")


def _month_number(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    wanted = text.lower()
    if wanted in _OTHER_SPELLINGS:
        return _OTHER_SPELLINGS[wanted]
    for number, (khmer, english) in enumerate(zip(MONTHS["km"], MONTHS["en"], strict=True), start=1):
        if wanted in (khmer, english.lower(), english[:3].lower()):
            return number
    raise ValueError("not a month")
