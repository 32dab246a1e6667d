"""Whether the day of an act can be right."""

from datetime import date

from krama.access.refusal import Refusal, _


def refusals_of_day(day: date | None, arrived_on: date | None, today: date, *, field: str) -> list[Refusal]:
    """A day that is missing, in the future, or before the arrival (which may be unknown)."""
    if day is None:
        return [Refusal(_("Enter the date."), field=field)]
    if day > today:
        return [Refusal(_("The date must not be in the future."), field=field)]
    if arrived_on is not None and day < arrived_on:
        text = _("The date must not be before the arrival on %(arrived_on)s.")
        return [Refusal(text, {"arrived_on": arrived_on}, field)]
    return []
