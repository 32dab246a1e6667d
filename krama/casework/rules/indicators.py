"""The ILO / European Commission operational indicators (2009) for labour exploitation, and their thresholds.

They cover begging and street selling too, but not sexual exploitation, for which two other lists exist.
The child weights rest on one secondary copy and want checking against WCMS_105023 before use in practice.
Indicators support a trained screener; they are no finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from krama.records.vocabulary import Vocabulary, vocabulary

RECRUITMENT = ("deceptive_recruitment", "coercive_recruitment", "abuse_of_vulnerability_recruitment")
DESTINATION = ("coercion_at_destination", "abuse_of_vulnerability_destination")
MEANS = RECRUITMENT + DESTINATION
EXPLOITATION = "exploitation"
NAMES = (*RECRUITMENT, EXPLOITATION, *DESTINATION)


@dataclass(frozen=True)
class Dimension:
    """One of the six groups of indicators, as read for one person.

    name: its code; positive: whether its threshold is met; strong, medium, weak: how many indicators of
    each weight are present; indicators: their ids, in the order of the list.
    """

    name: str
    positive: bool
    strong: int
    medium: int
    weak: int
    indicators: tuple[str, ...]


def known() -> Vocabulary:
    """The list of 67 indicators."""
    return vocabulary("casework", "ilo_indicators")


def is_positive(strong: int, medium: int, weak: int) -> bool:
    """Two strong; one strong and one other; three medium; two medium and one weak (ILO/EC 2009)."""
    return strong >= 2 or (strong == 1 and medium + weak >= 1) or medium >= 3 or (medium >= 2 and weak >= 1)


def read(indicators: Iterable[str], *, as_child: bool) -> tuple[Dimension, ...]:
    """All six dimensions, in the order of the list.

    An indicator without a weight in the child's list does not count for a child.
    Raises ValueError for an id that the list does not hold.
    """
    present = frozenset(indicators)
    unknown = present.difference(known().codes)
    if unknown:
        raise ValueError(f"no such indicators: {', '.join(sorted(unknown))}")
    return tuple(_dimension(name, present, as_child) for name in NAMES)


def _dimension(name: str, present: frozenset[str], as_child: bool) -> Dimension:
    column = "weight_child" if as_child else "weight_adult"
    weights = {
        row["code"]: row[column]
        for row in known()
        if row["dimension"] == name and row["code"] in present and row[column]
    }
    strong, medium, weak = (list(weights.values()).count(weight) for weight in "SMW")
    return Dimension(name, is_positive(strong, medium, weak), strong, medium, weak, tuple(weights))
