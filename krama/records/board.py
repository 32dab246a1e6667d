"""Steps that a group of people goes through, declared by the record types that prove them.

The arrival board (`repatriation`) asks here and so shows beds (`shelter`) without knowing of shelters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from krama.access.groups import OPEN, Group


@dataclass(frozen=True, slots=True)
class StepState:
    """How far one person is. state: done, underway, missing, not_needed or blocked. who: name of staff."""

    state: str
    label: str = ""
    who: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class BoardStep:
    """One column. states: `f(cases) -> {case id: StepState}` with one or two queries; absent = missing.

    start: `f(case) -> URL` where the missing step is begun. many: (label, URL) for a selection of people.
    group: of the states' labels, which are shown to those alone who read it.
    """

    name: str
    label: object
    order: int
    states: Callable[[Sequence], Mapping[object, StepState]]
    start: Callable[[object], str] | None = None
    many: tuple[object, str] | None = None
    permission: str = ""
    group: Group = OPEN


_steps: dict[str, BoardStep] = {}


def board_step(step: BoardStep) -> None:
    """Declare a step; a name counts once."""
    _steps[step.name] = step


def board_steps() -> list[BoardStep]:
    """Give all steps in the order of the evening."""
    return sorted(_steps.values(), key=lambda step: step.order)
