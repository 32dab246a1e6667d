"""What a column means, judged by its values alone: for lists without headings or with unknown ones."""

from collections.abc import Callable, Sequence
from datetime import date

from .birth import BUDDHIST_YEARS, read_animal, read_date
from .letters import ascii_digits, fold, script, scripts, vocabulary
from .names import is_unknown_name, read_phones, read_sex
from .places import read_province

ANY_DAY = date(2100, 1, 1)  # only the form of a date matters here
SAMPLE = 120


def is_number(text: str) -> bool:
    """Whether the cell is a figure."""
    return ascii_digits(text).strip().replace(".", "", 1).replace(",", "").isdecimal()


def _int(text: str) -> int | None:
    figure = ascii_digits(text).strip().rstrip(".)")
    return int(figure) if figure.isascii() and figure.isdecimal() and len(figure) < 10 else None


def looks_like_date(text: str) -> bool:
    """Whether the cell states a day or a month of a year, and is not just a figure."""
    birth = read_date(text, on=ANY_DAY)
    return bool(birth and birth.precision in ("day", "month") and not is_number(text))


def _is_year(text: str) -> bool:
    number = _int(text)
    return number is not None and (1900 <= number <= 2100 or number in BUDDHIST_YEARS)


def looks_like_name(text: str) -> bool:
    """Whether the cell could be a person's name: letters only, one to five words, no sentence."""
    if not text or len(text) > 60 or is_unknown_name(text) or any(c.isdecimal() for c in text):
        return False
    letters = sum(1 for c in text if script(c))
    return letters >= 2 and len(text.split()) <= 5 and letters >= 0.8 * len(text.replace(" ", ""))


def name_script(values: Sequence[str]) -> str:
    """ "km" when most of these names are in Khmer letters, "la" when in Latin, "" when mixed or other."""
    counted = [scripts(value) for value in values if scripts(value)]
    for kind in ("km", "la"):
        if counted and sum(1 for found in counted if found == {kind}) >= 0.7 * len(counted):
            return kind
    return ""


def _rises(values: Sequence[str]) -> bool:
    """Whether the values are a running number."""
    numbers = [_int(value) for value in values]
    known = [number for number in numbers if number is not None]
    if len(known) < max(2, 0.8 * len(values)) or known[0] > 2:
        return False
    steps = [after - before for before, after in zip(known, known[1:], strict=False)]
    return sum(1 for step in steps if step == 1) >= 0.8 * len(steps)


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(1 for value in values if test(value)) / len(values)


def _is_phone(text: str) -> bool:
    figures = ascii_digits(text)
    return (
        bool(read_phones(text)) and not any(script(c) for c in text) and sum(map(str.isdecimal, figures)) >= 8
    )


def _is_country(text: str) -> bool:
    folded = fold(text)
    return any(folded in row["words"].split("|") for row in vocabulary("nationalities") if len(folded) > 1)


def _is_age(text: str) -> bool:
    number = _int(text)
    return number is not None and 0 <= number <= 110


TESTS: tuple[tuple[str, Callable[[str], object], float], ...] = (
    ("sex", read_sex, 0.7),
    ("birth_date", looks_like_date, 0.6),
    ("birth_year", _is_year, 0.7),
    ("animal_year", lambda text: read_animal(text) and not is_number(text), 0.6),
    ("province", lambda text: read_province(text)[1], 0.6),
    ("nationality", _is_country, 0.7),
    ("phone", _is_phone, 0.6),
)


def guess(values: Sequence[str]) -> tuple[str, float]:
    """(meaning, confidence) of a column with these values; ("", 0.0) when they tell nothing."""
    filled = [value for value in values if value][:SAMPLE]
    if not filled:
        return "", 0.0
    if _rises(filled):
        return "number", 0.7
    for meaning, test, least in TESTS:
        if (share := _share(filled, test)) >= least:
            return meaning, round(0.4 + 0.4 * share, 2)
    if len(filled) > 1 and _share(filled, _is_age) >= 0.8:
        return "age", 0.5
    if _share(filled, looks_like_name) >= 0.7 and len(set(map(fold, filled))) > 0.5 * len(filled):
        kind = name_script(filled)
        words = sum(len(value.split()) for value in filled) / len(filled)
        meaning = {"km": "full_name_km", "la": "full_name_latin"}.get(kind, "full_name")
        return meaning, 0.6 if words >= 1.5 or kind == "km" else 0.4
    return "", 0.0
