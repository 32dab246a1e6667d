"""Lanes that take turns, and the figures that come of it (shared/design: performance, §8).

One warm round is thrown away; then the lanes run A, B, C and C, B, A by turns, in the same minutes, on the
same database. Ratios are taken round by round, so that a slow minute slows both sides.
"""

import os
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.measuring import Meter, Spent, percentile, quartiles

ROUNDS = 8
STEADY = 0.25  # quartiles of the base lane may lie this far apart, as a share of its median


@dataclass
class Lane:
    """One way of doing the work. work: one piece of it; times: pieces a round; prepare: before each piece
    and not measured. A lane without work is reported with its `note` alone."""

    name: str
    work: Callable[[], object] | None = None
    meter: Meter | None = None
    times: int = 1
    prepare: Callable[[], object] | None = None
    note: str = ""
    rounds: list[Spent] = field(default_factory=list)

    def run(self) -> Spent:
        """Do one round."""
        if self.prepare is None:
            return self.meter(self.work, self.times)
        parts = []
        for _piece in range(self.times):
            self.prepare()
            parts.append(self.meter(self.work, 1))
        walls = tuple(wall for part in parts for wall in part.walls)
        return Spent(
            walls, statistics.mean(p.python for p in parts), statistics.mean(p.database for p in parts)
        )


def run(lanes: Sequence[Lane], rounds: int, progress: Callable[[str], None]) -> None:
    """Run all lanes, warm round first; the measured rounds are kept in the lanes."""
    working = [lane for lane in lanes if lane.work]
    for number in range(rounds + 1):
        progress(f"round {number} of {rounds}" if number else "warming")
        for lane in working if number % 2 else reversed(working):
            spent = lane.run()
            if number:
                lane.rounds.append(spent)


def figures(row: str, size: int, lanes: Sequence[Lane], base: str, per: int, load: Sequence) -> list[dict]:
    """Give what results.json says of these lanes. per: how many people or pages one piece of work is.

    Milliseconds a piece for wall, a person or page for CPU; ratios to the base lane, round by round.
    """
    floor = next(lane for lane in lanes if lane.name == base)
    made = []
    for lane in lanes:
        entry = {"row": row, "size": size, "lane": lane.name, "note": lane.note}
        if lane.rounds:
            entry |= _figures_of(lane, floor, per)
        else:
            entry["absent"] = True
        made.append({**entry, "load_average": list(load), "rounds": len(lane.rounds)})
    return made


def _figures_of(lane: Lane, floor: Lane, per: int) -> dict:
    walls = [spent.wall * 1000 for spent in lane.rounds]
    every = [wall * 1000 for spent in lane.rounds for wall in spent.walls]
    pairs = list(zip(lane.rounds, floor.rounds, strict=True))
    return {
        "wall_ms": _rounded(quartiles(walls)),
        "wall_p95_ms": round(percentile(every, 0.95), 2),
        "pieces": len(every),
        "cpu_ms": _rounded(quartiles([spent.cpu * 1000 / per for spent in lane.rounds])),
        "cpu_python_ms": round(statistics.median(spent.python * 1000 / per for spent in lane.rounds), 3),
        "cpu_database_ms": round(statistics.median(spent.database * 1000 / per for spent in lane.rounds), 3),
        "wall_ratio": _rounded(quartiles([ours.wall / base.wall for ours, base in pairs])),
        "cpu_ratio": _rounded(quartiles([ours.cpu / base.cpu for ours, base in pairs if base.cpu])),
    }


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 3) for value in values]


def steady(entries: Sequence[dict], base: str) -> bool:
    """Whether the base lane kept still enough for the run to be quoted."""
    low, middle, high = next(entry["wall_ms"] for entry in entries if entry["lane"] == base)
    return (high - low) <= STEADY * middle


def load_average() -> tuple[float, ...]:
    """Give the load averages of 1, 5 and 15 minutes."""
    return tuple(round(value, 2) for value in os.getloadavg())


def table(entries: Sequence[dict]) -> str:
    """Give the figures as a table that a person can read."""
    head = f"{'lane':<22}{'wall ms  q1 / median / q3':>28}{'p95':>9}"
    head += f"{'CPU ms':>9}{'py + db':>15}{'wall ×':>8}{'CPU ×':>8}"
    lines = [head, "-" * len(head)]
    for entry in entries:
        if entry.get("absent"):
            lines.append(f"{entry['lane']:<22}absent: {entry['note']}")
            continue
        low, middle, high = entry["wall_ms"]
        shares = f"{entry['cpu_python_ms']:.2f} + {entry['cpu_database_ms']:.2f}"
        lines.append(
            f"{entry['lane']:<22}{f'{low:.1f} / {middle:.1f} / {high:.1f}':>28}{entry['wall_p95_ms']:>9.1f}"
            f"{entry['cpu_ms'][1]:>9.2f}{shares:>15}{entry['wall_ratio'][1]:>8.1f}{entry['cpu_ratio'][1]:>8.1f}"
        )
    return "\n".join(lines)
