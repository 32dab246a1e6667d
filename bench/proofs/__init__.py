"""Heavy proofs. Each module has NAME, GOAL and `prove(env, scale, tell) -> Outcome`."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What a proof found. count: how often it was tried; failures: sentences without anybody's name; absent: why
    it could not be tried; seen: what else is worth knowing, by a short name."""

    count: int = 0
    failures: list[str] = field(default_factory=list)
    absent: str = ""
    seen: dict[str, object] = field(default_factory=dict)


class Stopped(KeyboardInterrupt):
    """Ctrl-C in the middle of a proof; `outcome` is what was found until then."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__()
