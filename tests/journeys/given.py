"""What is so before a journey begins, and what the records say at its end. Both go through the actions."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from krama.access.scoping import acting_as
from krama.casework.models import Case
from krama.journal.models import Entry
from krama.repatriation.actions import announce
from krama.repatriation.models import Arrival, Manifest
from krama.shelter.models import Stay
from tests import makers
from tests.cast import Cast

SAMPLES = Path(__file__).parents[2] / "krama" / "demo" / "samples"
ROOMS = (  # name, for sex, for age, beds: what the demo's centre has, with room for three more
    *((f"Family room {n}", "any", "any", 4 if n < 3 else 3) for n in range(1, 10)),
    ("Girls' room", "women", "children", 6),
    ("Boys' room", "men", "children", 5),
    ("Men's room", "men", "adults", 3),
)
EVENING = datetime(2026, 11, 4, 17, 0)


def evening() -> datetime:
    """Give the evening of the arrival, or three hours ago where the clock has not come that far."""
    return min(timezone.make_aware(EVENING), timezone.now() - timedelta(hours=3))


class Given:
    """The world of one journey. cast: see tests/cast.py; house: the transit centre where journeys happen."""

    def __init__(self, cast: Cast):
        self.cast, self.house = cast, cast.here

    def beds_for_everybody(self) -> int:
        """Furnish the centre; gives the number of beds."""
        for name, sex, age, count in ROOMS:
            room = makers.room(self.house, name=name, for_sex=sex, for_age=age)
            for _bed in range(count):
                makers.bed(self.house, room)
        return sum(count for *_room, count in ROOMS)

    def a_kitchen(self):
        """List a kitchen that cooks for the centre; gives it."""
        return makers.provider(self.house, name="Kitchen by the Market")

    def an_arrival(self, **more) -> Arrival:
        """Announce an arrival of the evening."""
        facts = {"arrived_at": evening(), "country": "VN", "handed_over_by": "cambodian_authority"}
        with acting_as(self.house.officer) as by:
            return announce(by=by, site=self.house.site, **facts | more)

    def an_adult(self, **more) -> Case:
        """Register a grown-up woman."""
        return makers.case(self.house, canaries=False, **more)

    def a_child(self, **more) -> Case:
        """Register a girl of eleven."""
        return makers.case(self.house, canaries=False, child=True, **more)


class Records:
    """What the database says, read by the supervisor of the centre."""

    def __init__(self, cast: Cast):
        self.cast = cast

    def __enter__(self):
        self._acting = acting_as(self.cast.here.supervisor)
        self._acting.__enter__()
        return self

    def __exit__(self, *fault):
        return self._acting.__exit__(*fault)

    def cases(self):
        """Give all cases of the agency by number of registration."""
        return Case.objects.select_related("person").order_by("arrival_place__line")

    def counts(self) -> dict[str, int]:
        """Give the figures of the evening."""
        cases = list(self.cases())
        children = [case for case in cases if case.child]
        return {
            "people": len(cases),
            "children": len(children),
            "girls": sum(case.person.sex == "F" for case in children),
            "adults": len(cases) - len(children),
        }

    @staticmethod
    def beds_taken() -> int:
        """Give how many people lie in a bed now."""
        return Stay.objects.filter(during__contains=timezone.now()).count()

    @staticmethod
    def lists() -> int:
        """Give how many lists are on file."""
        return Manifest.objects.count()


def journaled(cast: Cast, action: str) -> list[Entry]:
    """Give the journal's entries of this name, oldest first, as the owner of the tables reads them."""
    return list(Entry.objects.using("owner").filter(action=action).order_by("sequence"))
