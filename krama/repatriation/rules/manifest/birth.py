"""When somebody was born, from whatever the list says: a date, a year, an age, an animal year.

Calendars: Gregorian; Buddhist Era as Thailand counts it, CE + 543 (Khmer years marked ព.ស. change at
Visakh Bochea and so span two); animal years change at Khmer New Year, 13 or 14 April, while Vietnamese
animal words follow Tết (late January to February). Day comes before month unless the column proves
otherwise.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from .letters import REMEMBERED, ascii_digits, clean, fold, vocabulary, word_map

OLDEST = 110
FIRST_ANIMAL = 2008  # index 0, the rat, began at Khmer New Year 2008
BUDDHIST, BUDDHIST_YEARS = 543, range(2400, 2701)
SERIALS = range(10000, 60000)  # Excel day numbers 1927 to 2064; a bare year has four digits
LONGEST = 80  # characters of a cell that can be a date or an age
DAY_ZERO = date(1899, 12, 30)

CALENDAR_WORDS = re.compile(
    r"ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ|គ\.?ស\.?|ព\.?ស\.?|\bngày\b|\btháng\b|\bnăm\b|\bsinh\b|วันที่|เดือน|ปี|พ\.?ศ\.?|ค\.?ศ\.?"
    r"|\bborn\b|\bb\.|\byear\b|\babout\b|\baround\b|\bapprox\.?\b|\bkhoảng\b|ប្រហែល|ประมาณ|[~≈]"
)
KHMER_ERA = re.compile(r"ព\.?\s?ស")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d.*)?")
DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/., ]\s*(\d{1,2})\s*[-/., ]\s*(\d{4}|\d{2})")
MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/., ]\s*(\d{4})")
UNKNOWN_DAY = re.compile(r"(?:(?:[x?\-_.…*]+|0{1,2})\s*[-/., ]\s*){1,2}")
LETTERED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?)?[\s\-/.,]*([^\W\d_][^\d\-/,]*?)[\s\-/.,]*(\d{4}|\d{2})")
LETTERED_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
COMPACT = re.compile(r"(\d{2})(\d{2})((?:19|20|24|25)\d{2})")
YEAR = re.compile(r"(\d{4})\s*\??")
AGE_NUMBER = re.compile(r"(-?\d{1,3})(?:[.,]\d+)?(?:\s*(?:-|–|to|đến|ដល់|ถึง)\s*(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Birth:
    """A reading of when somebody was born; `first` and `last` are inclusive bounds.

    flags: slugs of what is doubtful (see `rows.BIRTH_DOUBTS`). Nothing known: first and last are None.
    """

    first: date | None = None
    last: date | None = None
    precision: str = ""
    basis: str = ""
    flags: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it says anything about the birth."""
        return self.first is not None

    @property
    def day(self) -> date | None:
        """The birth date, when a whole date is stated."""
        return self.first if self.precision == "day" else None

    def flagged(self, *flags: str) -> "Birth":
        """This reading with further flags."""
        return replace(self, flags=self.flags + tuple(f for f in flags if f not in self.flags))


UNREADABLE = Birth(flags=("birth_unreadable",))


def years_before(on: date, years: int) -> date:
    """The day `years` before `on`; 29 February becomes the 28th in a common year."""
    year = on.year - years
    day = min(on.day, calendar.monthrange(year, on.month)[1])
    return date(year, on.month, day)


def age_span(age: int, on: date, upto: int | None = None) -> tuple[date, date]:
    """First and last possible birth date of somebody aged `age` (to `upto`) in full years on `on`."""
    last = years_before(on, age)
    return years_before(on, (upto if upto is not None else age) + 1) + timedelta(days=1), last


def month_span(months: int, on: date) -> tuple[date, date]:
    """First and last possible birth date of an infant of `months` full months on `on`."""

    def before(count: int) -> date:
        index = on.year * 12 + on.month - 1 - count
        year, month = divmod(index, 12)
        return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))

    return before(months + 1) + timedelta(days=1), before(months)


def animal_span(index: int, year: int, calendar_name: str = "khmer") -> tuple[date, date]:
    """The span of the animal year that began in `year`, with a day's room as the New Year moment varies."""
    if calendar_name == "lunar":
        return date(year, 1, 21), date(year + 1, 2, 20)
    return date(year, 4, 13), date(year + 1, 4, 14)


@cache
def _animal_words() -> tuple[tuple[str, int, str], ...]:
    rows = [
        (fold(word), int(row["index"]), row["calendar"])
        for row in vocabulary("animal_years")
        for word in row["words"].split("|")
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(REMEMBERED)
def read_animal(text: str) -> tuple[int, str] | None:
    """(index 0 rat … 11 pig, "khmer" or "lunar") of an animal year, or None.

    A word of the list counts alone, or after the word for year or age (ឆ្នាំ, năm, tuổi, ปี, year of the).
    """
    folded = re.sub(r"\d+", " ", fold(text))
    folded = re.sub(r"(?:ឆ្នាំ|ปี|\bnăm\b|\btuổi\b|\byear of the\b|\byear of\b|\byear\b|\bthe\b)", " ", folded)
    folded = " ".join(folded.split())
    exact = next((found for found in _animal_words() if found[0] == folded), None)
    if exact:
        return exact[1], exact[2]
    parts = folded.split()
    found = {(index, name) for word, index, name in _animal_words() if word in parts}
    return found.pop() if len({index for index, _name in found}) == 1 else None


def _ce_year(digits: str, on: date) -> tuple[int, tuple[str, ...]]:
    """Common-Era year of a written year, and flags: two digits turn at the year of the list."""
    year = int(digits)
    if len(digits) == 2:
        century = on.year - on.year % 100
        return (century + year if year <= on.year % 100 else century - 100 + year), ("two_digit_year",)
    return (year - BUDDHIST if year in BUDDHIST_YEARS else year), ()


def _span_of_year(year: int) -> Birth:
    if not 1 <= year <= 9998:
        return UNREADABLE
    return Birth(date(year, 1, 1), date(year, 12, 31), "year", "stated_year")


def _span_of_month(year: int, month: int) -> Birth:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return _span_of_year(year)
    last = calendar.monthrange(year, month)[1]
    return Birth(date(year, month, 1), date(year, month, last), "month", "stated_date")


def _span_of_day(year: int, month: int, day: int) -> Birth:
    """A whole date; one that the calendar lacks keeps its month or year and is flagged."""
    if day == 0:
        return _span_of_month(year, month)
    try:
        exact = date(year, month, day)
    except ValueError:
        return _span_of_month(year, month).flagged("date_impossible")
    return Birth(exact, exact, "day", "stated_date")


def _numbers_to_day(first: int, second: int, written: str, on: date, month_first: bool) -> Birth:
    year, flags = _ce_year(written, on)
    if second > 12 >= first >= 1:
        return _span_of_day(year, first, second).flagged("month_first", *flags)
    if month_first and 1 <= first <= 12:
        return _span_of_day(year, first, second).flagged("month_first_column", *flags)
    return _span_of_day(year, second, first).flagged(*flags)


def _month_number(word: str) -> int:
    return int(word_map("months", "month", "words").get(fold(word), 0))


def _lettered(text: str, on: date) -> Birth | None:
    """Dates with the month in words, in any of the four languages."""
    if found := LETTERED_FIRST.fullmatch(text):
        day, word, written = found[2], found[1], found[3]
    elif found := LETTERED.fullmatch(text):
        day, word, written = found[1], found[2], found[3]
    else:
        return None
    month = _month_number(word)
    if not month or (day is None and len(written) == 2):
        return None
    year, flags = _ce_year(written, on)
    return (_span_of_day(year, month, int(day)) if day else _span_of_month(year, month)).flagged(*flags)


def read_date(text: str, *, on: date, month_first: bool = False) -> Birth | None:
    """A stated date, month or year in `text`, or None. `on` turns two-digit years; `month_first` is what
    the column proved about ambiguous figures such as 03/04/2009."""
    words = ascii_digits(clean(text))[:LONGEST].casefold()
    written = " ".join(CALENDAR_WORDS.sub(" ", words).split()).strip(" .,:;()")
    unknown = UNKNOWN_DAY.match(written)
    if unknown and YEAR.fullmatch(rest := written[unknown.end() :]):
        written = rest
    if found := ISO.fullmatch(written):
        year, _flags = _ce_year(found[1], on)
        return _span_of_day(year, int(found[2]), int(found[3]))
    if found := DAY_MONTH_YEAR.fullmatch(written) or COMPACT.fullmatch(written):
        return _numbers_to_day(int(found[1]), int(found[2]), found[3], on, month_first)
    if found := MONTH_YEAR.fullmatch(written):
        return _span_of_month(_ce_year(found[2], on)[0], int(found[1]))
    if found := YEAR.fullmatch(written):
        if KHMER_ERA.search(words) and int(found[1]) in BUDDHIST_YEARS:
            year = int(found[1])  # from Visakh Bochea of one Common-Era year to that of the next
            return Birth(date(year - 544, 4, 20), date(year - 543, 5, 31), "range", "stated_year")
        return _span_of_year(_ce_year(found[1], on)[0])
    if written.isdecimal() and len(written) <= 5 and int(written) in SERIALS:
        exact = DAY_ZERO + timedelta(days=int(written))
        return Birth(exact, exact, "day", "stated_date", ("serial_number",))
    return _lettered(written, on)


def _unit(words: str) -> str:
    """ "year", "month" or "day" of the words around an age; "?" when they are no unit."""
    left = fold(words)
    if not left:
        return "year"
    units = word_map("age_units", "unit", "words")
    if left in units:
        return units[left]
    found = {units[word] for word in left.split() if word in units}
    return found.pop() if len(found) == 1 else "?"


def read_age(text: str, *, on: date) -> Birth | None:
    """A stated age: full years, a span of years, or months or days of an infant; None when it is none."""
    words = ascii_digits(clean(text))[:LONGEST].casefold()
    words = re.sub(
        r"[~≈]|\babout\b|\baround\b|\bkhoảng\b|ប្រហែល|ประมาณ|^(?:អាយុ|อายุ|tuổi|aged|age)\s*:?", " ", words
    )
    words = " ".join(words.split())
    found = AGE_NUMBER.match(words)
    if not found:
        return None
    low, high = int(found[1]), int(found[2] or found[1])
    rest = words[found.end() :]
    if months := re.fullmatch(r"\s*([^\d]+?)\s*(\d{1,2})\s*([^\d]+)", rest):
        if _unit(months[1]) == "year" and _unit(months[3]) == "month" and 0 <= low <= OLDEST:
            return Birth(*month_span(low * 12 + int(months[2]), on), "range", "stated_age")
        return None
    unit = _unit(rest)
    if unit == "?" or low > high:
        return None
    if low < 0:
        return Birth(flags=("age_negative",))
    if unit in ("month", "day"):
        return Birth(*month_span(high if unit == "month" else high // 30, on), "range", "stated_age")
    if high > OLDEST:
        return Birth(flags=("age_too_high",))
    return Birth(*age_span(low, on, high), "range", "stated_age")


def read_birth(text: str, *, on: date, expected: str = "birth_date", month_first: bool = False) -> Birth:
    """The best reading of one cell. `expected` is the column's meaning ("birth_date", "birth_year", "age");
    a cell may still say something else, such as an age in a column of dates."""
    if not fold(text):
        return Birth()
    first = read_age(text, on=on) if expected == "age" else read_date(text, on=on, month_first=month_first)
    if first is not None and "age_too_high" not in first.flags:
        return first
    other = read_date(text, on=on) if expected == "age" else read_age(text, on=on)
    if other is not None and (other.known or first is None):
        return other.flagged("year_for_age" if expected == "age" else "age_for_date")
    return first or UNREADABLE


def checked(birth: Birth, on: date) -> Birth:
    """`birth` without spans after `on`, flagged when it lies in the future or more than 110 years back."""
    if not birth.known:
        return birth
    if birth.first > on:
        return birth.flagged("birth_in_future")
    if birth.last < years_before(on, OLDEST + 1):
        return birth.flagged("birth_too_long_ago")
    return replace(birth, last=min(birth.last, on))


def _apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Days between two spans; 0 when they overlap."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def with_animal(known: Birth, animal: tuple[int, str], on: date) -> Birth:
    """A birth narrowed by its animal year. An age picks the one cycle of twelve and gives way to the animal
    span (traditional counting may add a year, so one year of difference is allowed); a stated year or date
    only checks it."""
    index, calendar_name = animal
    if not known.known:
        return Birth(flags=("animal_needs_age",))
    years = range(max(1, known.first.year - 13), min(9998, known.last.year + 13) + 1)
    spans = [animal_span(index, year, calendar_name) for year in years if (year - FIRST_ANIMAL) % 12 == index]
    middle = known.first + (known.last - known.first) / 2
    nearest = min(
        spans, key=lambda s: (_apart(s, (known.first, known.last)), abs((s[0] - middle).days + 183))
    )
    distance = _apart(nearest, (known.first, known.last))
    if known.basis != "stated_age":
        if distance:
            return known.flagged("animal_disagrees")
        if known.precision == "year":
            return replace(known, first=max(known.first, nearest[0]), last=min(known.last, nearest[1]))
        return known
    if distance > 366:
        return known.flagged("animal_disagrees")
    return Birth(*nearest, "range", "animal_year", known.flags)


def settle(readings: Iterable[Birth], animal: tuple[int, str] | None, on: date) -> Birth:
    """One birth from all that a row says: a date before a month before a year before an age, the animal
    year last; statements more than a year apart are flagged."""
    found = list(readings)
    known = sorted(
        (birth for birth in found if birth.known),
        key=lambda birth: (birth.basis == "stated_age", (birth.last - birth.first).days),
    )
    flags = tuple(flag for birth in found if not birth.known for flag in birth.flags)
    if not known:
        best = Birth()
    else:
        best = known[0]
        if any(_apart((best.first, best.last), (b.first, b.last)) > 366 for b in known[1:]):
            best = best.flagged("birth_and_age_differ")
    if animal is not None:
        best = with_animal(best, animal, on)
    return checked(best, on).flagged(*flags)


def ages_on(birth: Birth, on: date) -> tuple[int, int] | None:
    """Youngest and oldest possible age in full years on `on`, or None when the birth is unknown."""
    if not birth.known:
        return None
    return age_between(birth.last, on), age_between(birth.first, on)


def age_between(born: date, on: date) -> int:
    """Full years from `born` to `on`."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
