"""Wall time and the processor time of other processes, and what a row of figures says of them."""

import os
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import psycopg

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids: Iterable[int]) -> dict[int, float]:
    """Give the processor seconds that each process has used so far, user and system, all its threads.

    From the scheduler's nanoseconds where Linux gives them, else from the ticks of /proc (10 ms steps). A
    process that is gone is left out.
    """
    found = {}
    for pid in pids:
        spent = _nanoseconds(pid)
        if spent is None:
            spent = _ticks(pid)
        if spent is not None:
            found[pid] = spent
    return found


def _nanoseconds(pid: int) -> float | None:
    try:
        total = 0
        for task in Path(f"/proc/{pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except FileNotFoundError:
                if not (task / "stat").exists():
                    continue  # a thread that ended between listing and reading
                return None
        return total / 1e9
    except (OSError, IndexError, ValueError):
        return None


def _ticks(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / TICK


def backends(admin: psycopg.Connection, name: str) -> list[int]:
    """Give the PostgreSQL processes that serve connections of this application name."""
    rows = admin.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", (name,)).fetchall()
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class Spent:
    """What one round of one lane cost. walls: seconds of each piece of work; cpu: seconds a piece.

    python, database: the two shares of cpu.
    """

    walls: tuple[float, ...]
    python: float
    database: float

    @property
    def cpu(self) -> float:
        return self.python + self.database

    @property
    def wall(self) -> float:
        return statistics.median(self.walls)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Give first quartile, median, third quartile."""
    if len(values) < 2:
        return (values[0],) * 3
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` of `values` lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


class Meter:
    """Adds up what a piece of work costs the processes that `pids()` names: (python, database)."""

    def __init__(self, pids):
        self._pids = pids

    def __call__(self, work, times: int) -> Spent:
        """Do `work()` `times` times and give what it cost."""
        ours, theirs = self._pids()
        before, before_db = cpu_seconds(ours), cpu_seconds(theirs)
        walls = []
        for _time in range(times):
            begin = time.perf_counter()
            work()
            walls.append(time.perf_counter() - begin)
        ours, theirs = self._pids()
        return Spent(
            tuple(walls),
            _grown(before, cpu_seconds(ours)) / times,
            _grown(before_db, cpu_seconds(theirs)) / times,
        )


def _grown(before: dict[int, float], after: dict[int, float]) -> float:
    return sum(spent - before.get(pid, 0.0) for pid, spent in after.items())
