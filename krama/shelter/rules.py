"""Who fits into which room, and a fair way to give out beds: families together, girls apart from men.

Pure. The database refuses two people in one bed whatever this says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from krama.access.refusal import Refusal, _


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Somebody who needs a bed. key: any id. sex: code of gender; child: also when in doubt; household: or ""."""

    key: object
    sex: str
    child: bool
    household: str = ""


@dataclass(frozen=True, slots=True)
class FreeRoom:
    """A room with its free beds. for_sex: any, women, men; for_age: any, children, adults.

    sleeping: who is in it now, because a child alone must not share with a stranger of the other sex.
    """

    key: object
    for_sex: str
    for_age: str
    beds: tuple[object, ...]
    sleeping: tuple[Sleeper, ...] = ()


_WOMEN = frozenset({"F", "TransgenderFeminine"})
_MEN = frozenset({"M", "TransgenderMasculine"})


def refusals_of_bed(sleeper: Sleeper, room: FreeRoom, with_family: bool = False) -> list[Refusal]:
    """Why this person must not sleep in this room; empty when it fits.

    with_family: the whole household sleeps there together. Rooms for "families and anyone" take a child alone
    only among the same sex (Minimum Standards on Residential Care, 2014: separate sleeping by sex).
    """
    if room.for_sex == "women" and sleeper.sex not in _WOMEN and not (with_family and sleeper.child):
        return [Refusal(_("This room is for women and girls."), field="bed")]
    if room.for_sex == "men" and sleeper.sex not in _MEN and not (with_family and sleeper.child):
        return [Refusal(_("This room is for men and boys."), field="bed")]
    if room.for_age == "children" and not sleeper.child and not with_family:
        return [Refusal(_("This room is for children."), field="bed")]
    if room.for_age == "adults" and sleeper.child and not with_family:
        return [Refusal(_("This room is for adults."), field="bed")]
    return _mixing(sleeper, room)


def _mixing(sleeper: Sleeper, room: FreeRoom) -> list[Refusal]:
    strangers = [s for s in room.sleeping if not sleeper.household or s.household != sleeper.household]
    if room.for_sex == "any" and any(s.sex != sleeper.sex for s in strangers):
        text = _("People of the other sex who are not family sleep in this room.")
        return [Refusal(text, field="bed")]
    if _alone(sleeper, room.sleeping) and any(not s.child for s in strangers):
        return [Refusal(_("A child without family does not share a room with adults."), field="bed")]
    if not sleeper.child and any(_alone(s, room.sleeping) for s in strangers):
        return [Refusal(_("A child without family sleeps in this room."), field="bed")]
    return []


def _alone(sleeper: Sleeper, sleeping: Sequence[Sleeper]) -> bool:
    """Whether this is a child without an adult of its household beside it."""
    beside = (s for s in sleeping if not s.child and s.household == sleeper.household)
    return sleeper.child and not (sleeper.household and any(beside))


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets which bed; and who gets none, with the reason."""

    beds: dict[object, object]
    without: dict[object, Refusal]


def plan_beds(sleepers: Sequence[Sleeper], rooms: Sequence[FreeRoom]) -> Plan:
    """Give beds out: the largest families first and whole (with an adult before without), children, then adults.

    A family that fits into no single room is kept together as far as its members fit side by side.
    """
    now = {room.key: room for room in rooms}
    beds: dict[object, object] = {}
    without: dict[object, Refusal] = {}
    for family in _families_first(sleepers):
        room = _room_for(family, now.values())
        if room is not None:
            now[room.key] = _put(family, room, beds)
            continue
        for sleeper in family:
            room = _room_for([sleeper], now.values())
            if room is None:
                without[sleeper.key] = Refusal(
                    _("No free bed fits: ask for another site or community-based support.")
                )
            else:
                now[room.key] = _put([sleeper], room, beds)
    return Plan(beds, without)


def _families_first(sleepers: Sequence[Sleeper]) -> list[list[Sleeper]]:
    families: dict[object, list[Sleeper]] = {}
    for sleeper in sleepers:
        families.setdefault(sleeper.household or ("alone", sleeper.key), []).append(sleeper)

    def turn(family: list[Sleeper]) -> tuple:
        only_children = all(sleeper.child for sleeper in family)
        return (len(family) == 1 and not only_children, -len(family), only_children)

    return sorted(families.values(), key=turn)


def _room_for(family: Sequence[Sleeper], rooms) -> FreeRoom | None:
    fitting = [room for room in rooms if len(room.beds) >= len(family) and _fits(family, room)]
    mixed = len({sleeper.sex for sleeper in family}) > 1

    def cost(room: FreeRoom) -> tuple:
        # Mixed families into rooms for anyone, others out of them; then the narrowest room that fits.
        return ((room.for_sex != "any") == mixed, room.for_age == "any", len(room.beds))

    return min(fitting, key=cost, default=None)


def _fits(family: Sequence[Sleeper], room: FreeRoom) -> bool:
    together = len(family) > 1
    for sleeper in family:
        others = tuple(s for s in family if s is not sleeper)
        beside = replace(room, sleeping=(*room.sleeping, *others))
        if refusals_of_bed(sleeper, beside, with_family=together):
            return False
    return all(
        not _disturbed(sleeper, replace(room, sleeping=(*room.sleeping, *family)))
        for sleeper in room.sleeping
    )


def _disturbed(sleeper: Sleeper, room: FreeRoom) -> bool:
    """Whether somebody who sleeps there already would no longer fit beside the newcomers."""
    others = tuple(s for s in room.sleeping if s is not sleeper)
    return bool(_mixing(sleeper, replace(room, sleeping=others)))


def _put(family: Sequence[Sleeper], room: FreeRoom, beds: dict) -> FreeRoom:
    taken = room.beds[: len(family)]
    beds.update(zip((s.key for s in family), taken, strict=True))
    return FreeRoom(room.key, room.for_sex, room.for_age, room.beds[len(family) :], (*room.sleeping, *family))
