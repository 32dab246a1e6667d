"""How far the people of an arrival are: the board, and the same in figures for the first page."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from krama.access.roles import ROLES
from krama.access.scoping import visible_scopes
from krama.records.board import BoardStep, StepState, board_steps
from krama.records.reading import visible
from krama.records.types import registry
from krama.repatriation.models import Arrival, ArrivalPerson

RECENT = timedelta(days=90)
MISSING = StepState("missing")


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the board: place, case, and the state of each step in order."""

    place: ArrivalPerson
    states: tuple[StepState, ...]

    @property
    def missing(self) -> int:
        """How many steps are not begun."""
        return sum(state.state == "missing" for state in self.states)


def places_of(arrival: Arrival, user) -> list[ArrivalPerson]:
    """Give the people of an arrival whose cases the user may know of, by number."""
    return list(
        ArrivalPerson.objects.filter(arrival=arrival, case_id__in=visible_scopes(user.actor).values("pk"))
        .select_related("case__person", "case__scope", "case__next_by")
        .order_by("line")
    )


def lines_of(places: list[ArrivalPerson]) -> tuple[list[BoardStep], list[Line]]:
    """Give the steps and each person's state in them; the number of queries does not grow with people."""
    steps, cases = board_steps(), [place.case for place in places]
    by_step = [step.states(cases) for step in steps]
    lines = [Line(place, tuple(states.get(place.case_id, MISSING) for states in by_step)) for place in places]
    return steps, lines


def recent_arrivals(user) -> list[dict]:
    """Give the arrivals of the last 90 days as cards: who came, how many, what is still missing."""
    if not ROLES[user.role].may("arrival.view"):
        return []
    arrivals = list(
        visible(registry["arrival"], user)
        .filter(arrived_at__gte=timezone.now() - RECENT)
        .select_related("site")
        .order_by("-arrived_at")[:6]
    )
    seen = visible_scopes(user.actor).values("pk")
    counts = {
        row.pop("arrival"): row
        for row in ArrivalPerson.objects.filter(arrival__in=arrivals, case_id__in=seen)
        .values("arrival")
        .annotate(
            people=Count("pk"), children=Count("pk", filter=Q(case__child=True)),
            determined=Count("pk", filter=~Q(case__category="")),
        )
    }  # fmt: skip
    none = {"people": 0, "children": 0, "determined": 0}
    return [
        {"arrival": a, "url": reverse("arrival", args=[a.code]), **counts.get(a.pk, none)} for a in arrivals
    ]


def counted(places: list[ArrivalPerson]) -> dict[str, int]:
    """Give the figures of a group from its records: people, children, girls, boys, adults."""
    children = [place for place in places if place.case.child]
    return {
        "people": len(places),
        "children": len(children),
        "girls": sum(place.case.person.sex == "F" for place in children),
        "boys": sum(place.case.person.sex == "M" for place in children),
        "adults": len(places) - len(children),
    }
