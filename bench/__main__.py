"""`make bench ROWS=P5,P2 SIZES=1000,100000`: measure, print tables, write bench/results.json."""

import argparse
import importlib
import json
import os
import platform
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import rounds
from bench.serving import World, world
from supervisor.words import Problem, say

RESULTS = Path(__file__).with_name("results.json")
ROWS = ("P2", "P3", "P5")


def main(words: list[str]) -> int:
    """Run what is asked for; returns 1 when a figure cannot be trusted or a lane failed, 130 after Ctrl-C."""
    asked = _asked(words)
    results = {"began": datetime.now(UTC).isoformat(timespec="seconds"), "machine": _machine(), "lanes": []}
    code = 0
    try:
        for size in asked.sizes:
            with world(os.environ, size, say) as here:
                results.setdefault("loaded", {})[str(size)] = {
                    name: here.facts[name] for name in ("people", "tokens", "from_cache", "seconds")
                }
                for row in asked.rows:
                    code |= _run(row, here, asked.rounds, results)
    except KeyboardInterrupt:
        say("Stopped; what was measured so far is kept.")
        code = 130
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        code = 1
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    say(f"{len(results['lanes'])} lanes are in bench/results.json.")
    return code


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rows", default=",".join(ROWS), help="rows of the performance table, by comma")
    parser.add_argument("--sizes", default="1000,100000", help="numbers of people, by comma")
    parser.add_argument("--rounds", type=int, default=rounds.ROUNDS)
    asked = parser.parse_args(words)
    asked.rows = [row.strip().upper() for row in asked.rows.split(",") if row.strip()]
    unknown = [row for row in asked.rows if row not in ROWS]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    asked.sizes = [int(size.replace("_", "")) for size in asked.sizes.split(",") if size.strip()]
    return asked


def _machine() -> dict:
    return {"processors": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}


def _run(row: str, here: World, count: int, results: dict) -> int:
    """Measure one row; gives 1 when the floor was unsteady or something answered wrongly."""
    module = importlib.import_module(f"bench.rows.{row.lower()}")
    say(f"\n{row} at {here.size:,}: {module.TITLE}")
    before = rounds.load_average()
    try:
        lanes = module.lanes(here)
        rounds.run(lanes, count, _progress)
    except Exception as failed:
        _progress("")
        say(f"{row} failed: {type(failed).__name__}: {failed}")
        results["lanes"].append(
            {"row": row, "size": here.size, "failed": f"{type(failed).__name__}: {failed}"}
        )
        return 1
    _progress("")
    entries = rounds.figures(row, here.size, lanes, module.BASE, module.PER, (before, rounds.load_average()))
    quiet = rounds.steady(entries, module.BASE)
    results["lanes"] += [{**entry, "steady": quiet} for entry in entries]
    say(rounds.table(entries))
    say(
        f"load average before and after: {before[0]} and {rounds.load_average()[0]}; "
        f"goal: {module.GOAL[0]} ≤ {module.GOAL[1]:g}"
    )
    if not quiet:
        say(f"The floor's quartiles lie more than {rounds.STEADY:.0%} apart: do not quote these figures.")
    return 0 if quiet else 1


def _progress(text: str) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\x1b[K{text}")
    elif text:
        sys.stdout.write(f"  {text}\n" if text.startswith("warming") else ".")
    else:
        sys.stdout.write("\n")
    sys.stdout.flush()


def _told(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _told)
    sys.exit(main(sys.argv[1:]))
