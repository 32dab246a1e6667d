"""When the demo's events happen: on the days the programme tells of, or the same story moved near to today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from krama.demo.people import LONG_AN_ARRIVED, MALAYSIA_ARRIVED

SETTLED = timedelta(days=10)  # the story needs this many days after the arrival, to be half worked through
FRESH = timedelta(days=60)  # after that nothing of it would be on anybody's first page
TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the story. today: in the programme's time zone. moved: from the real days to these."""

    today: date
    moved: timedelta

    @property
    def long_an(self) -> datetime:
        """The evening on which the 33 came, 17:00 in Phnom Penh."""
        return at(LONG_AN_ARRIVED + self.moved, 17)

    @property
    def malaysia(self) -> datetime:
        """The morning on which the 15 men came."""
        return at(MALAYSIA_ARRIVED + self.moved, 10, 30)

    def due(self, days: int) -> date:
        """Give the day so many days from today; a negative number is overdue."""
        return self.today + timedelta(days=days)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Give a moment of that day in the programme's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def calendar(today: date) -> Calendar:
    """Give the days of the story for a demo filled on `today`.

    The real days stand while they lie 10 to 60 days back; else Long An is moved to two weeks ago and Malaysia
    by as much, which is three months ago. Birth dates move along, so that everybody keeps their age.
    """
    if SETTLED <= today - LONG_AN_ARRIVED <= FRESH:
        return Calendar(today, timedelta(0))
    return Calendar(today, today - TWO_WEEKS - LONG_AN_ARRIVED)
