"""What is typed to add, change and move on one record of each kind: form data by slug, as texts.

`case` texts are filled in where the record needs the ids of the world. The contract suite sends them through
the page and through REST, which share the forms.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from tests import makers


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


@dataclass(frozen=True)
class Inputs:
    """Form data for one kind. Each is a function of the world, because some need keys of it.

    fresh: prepares a record on which the transition is possible, when the planted one will not do.
    """

    add: Callable | None = None
    change: Callable | None = None
    transitions: dict[str, Callable] = field(default_factory=dict)


INPUTS: dict[str, Inputs] = {
    "case": Inputs(
        transitions={
            "open": lambda w: {"worker": w.cast.social_worker.pk, "risk": "high", "next_step": "shelter"},
            "set-next-step": lambda w: {"next_step": "school", "next_due": "", "next_by": ""},
            "set-safety": lambda w: {"risk": "low", "safety_notice": "The uncle waits at the gate."},
        }
    ),
    "family-link": Inputs(),
    "screening": Inputs(add=lambda w: {"begin": "1"}, transitions={"finish": lambda w: {}}),
    "determination": Inputs(
        add=lambda w: {
            "outcome": "trafficking_survivor", "grounds": "She told it twice, with places and dates.",
            "departure": "The answers alone do not show it, but the police report does.",
            "decided_on": today(), "authority": "partner",
        }
    ),
    "consent": Inputs(
        add=lambda w: {
            "answer": "given", "purposes": ["services"], "given_by": "person", "how": "thumb_print",
            "informed": "on", "witness": "Somebody", "given_on": today(),
        },
        transitions={"withdraw": lambda w: {"withdrawn_on": today()}},
    ),
    "service": Inputs(
        add=lambda w: {"kind": "meal", "given_on": today(), "quantity": "2", "note": "Rice"},
        change=lambda w: {"given_on": today(), "quantity": "3", "note": "Soup"},
    ),
    "expense": Inputs(transitions={"reverse": lambda w: {"on": today()}}),
    "counselling-note": Inputs(
        add=lambda w: {"held_on": today(), "note": "Sleeps better."},
        change=lambda w: {"held_on": today(), "note": "Sleeps well."},
    ),
    "match": Inputs(),
    "arrival-place": Inputs(),
    "stay": Inputs(add=lambda w: {"bed": makers.bed(w.cast.here).pk}, transitions={"end": lambda w: {}}),
    "arrival": Inputs(
        add=lambda w: {
            "site": w.cast.here.site.pk, "arrived_at": f"{today()} 00:10", "country": "VN",
            "handed_over_by": "foreign_authority",
        },
        change=lambda w: {
            "site": w.cast.here.site.pk, "arrived_at": f"{today()} 00:20", "country": "TH",
            "handed_over_by": "foreign_authority",
        },
    ),
    "manifest": Inputs(),
    "provider": Inputs(
        add=lambda w: {"name": "Clinic", "name_km": "", "kind": "health", "province": "20", "active": "on"},
        change=lambda w: {"name": "Other", "name_km": "", "kind": "health", "province": "20", "active": "on"},
    ),
    "room": Inputs(
        add=lambda w: {"site": w.cast.here.site.pk, "name": "Lotus", "for_sex": "women", "for_age": "any"},
        change=lambda w: {"site": w.cast.here.site.pk, "name": "Jasmine", "for_sex": "men", "for_age": "any"},
    ),
    "bed": Inputs(
        add=lambda w: {"room": w.here["room"].pk, "label": "Window", "in_use": "on"},
        change=lambda w: {"room": w.here["bed"].room_id, "label": "Door", "in_use": "on"},
    ),
}  # fmt: skip

AS = {"counselling-note": "counsellor"}  # who writes; the supervisor where nobody is named


def writer(world, slug: str):
    """Give the user who adds, changes and moves on records of this kind."""
    return world.cast.users[AS.get(slug, "supervisor")]
