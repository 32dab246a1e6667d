"""Age from a birth date that is often only roughly known.

A birth is a span of days, (earliest, latest): the same day twice when it is known, a year when only the
year is, twelve months for an animal year, several years for an estimate. `None` is an open end.
"""

from datetime import date

ADULT_AT = 18  # Palermo Protocol Art. 3(d); Convention on the Rights of the Child Art. 1


def years_between(birth: date, on: date) -> int:
    """Completed years from `birth` to `on`; a birthday on 29 February counts from 1 March in other years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_on(birth_from: date | None, birth_to: date | None, on: date) -> tuple[int, int] | None:
    """(youngest, oldest) age in completed years on the day `on`.

    None when an end of the span is not known, or the person was certainly not born yet.
    Raises ValueError when the span runs backwards.
    """
    _check(birth_from, birth_to)
    if birth_from is None or birth_to is None or birth_from > on:
        return None
    return max(0, years_between(birth_to, on)), years_between(birth_from, on)


def is_child(birth_from: date | None, birth_to: date | None, *, on: date) -> bool | None:
    """Whether the person was under 18 on the day `on`; None when that is in doubt.

    In doubt means: treated as a child (Palermo Protocol Art. 3(c)-(d); UNICEF Guidelines on the Protection
    of Child Victims of Trafficking, 2006: presumption of minority). Each caller must say which day counts:
    the day of the exploitation for the status, today for consent.
    Raises ValueError when the span runs backwards.
    """
    _check(birth_from, birth_to)
    if birth_to is not None and years_between(birth_to, on) >= ADULT_AT:
        return False
    if birth_from is not None and years_between(birth_from, on) < ADULT_AT:
        return True
    return None


def _check(birth_from: date | None, birth_to: date | None) -> None:
    if birth_from is not None and birth_to is not None and birth_from > birth_to:
        raise ValueError("the earliest birth date is after the latest")
