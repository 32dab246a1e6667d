"""`make prove ONLY=intake-kill SCALE=0.1`: run the heavy proofs, print a table, write prove.json.

SCALE=1 is the full count. Returns 1 when a proof failed, 130 after Ctrl-C; what was found so far is kept.
"""

import argparse
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime

from bench.proofs import Outcome, Stopped, dump_canary, intake_kill, two_officers, wall_agreement
from supervisor.checkout import ROOT
from supervisor.words import Problem, say

RESULTS = ROOT / "prove.json"
PROOFS = {proof.NAME: proof for proof in (intake_kill, two_officers, wall_agreement, dump_canary)}


def main(words: list[str]) -> int:
    """Run what is asked for."""
    asked = _asked(words)
    results = {"began": datetime.now(UTC).isoformat(timespec="seconds"), "scale": asked.scale, "proofs": []}
    code = 0
    for name in asked.only:
        entry, ending = _run(PROOFS[name], asked.scale)
        results["proofs"].append(entry)
        code = max(code, ending)
        if ending == 130:
            say("Stopped; what was proved so far is kept.")
            break
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    say("\n" + table(results["proofs"]))
    return code


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.prove")
    parser.add_argument("--only", default=",".join(PROOFS), help=f"names by comma: {', '.join(PROOFS)}")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full count; 1 is all of it")
    asked = parser.parse_args(words)
    asked.only = [name.strip() for name in asked.only.split(",") if name.strip()]
    unknown = [name for name in asked.only if name not in PROOFS]
    if unknown:
        parser.error(f"no such proof: {', '.join(unknown)}; there are {', '.join(PROOFS)}")
    return asked


def _run(proof, scale: float) -> tuple[dict, int]:
    """Run one proof; gives its entry of prove.json and the exit code that it asks for."""
    begin, code = time.monotonic(), 0
    try:
        outcome = proof.prove(os.environ, scale, progress)
    except Stopped as stopped:
        outcome, code = stopped.outcome, 130
    except KeyboardInterrupt:
        outcome, code = Outcome(), 130
    except Problem as problem:
        outcome = Outcome(failures=[str(problem)])
    except Exception as broken:
        outcome = Outcome(failures=[f"the proof itself broke: {type(broken).__name__}: {broken}"])
    progress("")
    for failure in outcome.failures[:10]:
        say(f"  {proof.NAME}: {failure}")
    entry = {
        "name": proof.NAME, "count": outcome.count, "failures": len(outcome.failures), "goal": proof.GOAL,
        "seconds": round(time.monotonic() - begin, 1), "absent": outcome.absent, "seen": outcome.seen,
        "first_failures": outcome.failures[:20],
    }  # fmt: skip
    return entry, code or int(bool(outcome.failures))


def table(entries: list[dict]) -> str:
    """Give the outcome of all proofs as a table that a person can read."""
    lines = [f"{'proof':<16}{'count':>8}{'failures':>10}{'seconds':>9}  goal", "-" * 90]
    for entry in entries:
        goal = f"absent: {entry['absent']}" if entry["absent"] else entry["goal"]
        lines.append(
            f"{entry['name']:<16}{entry['count']:>8}{entry['failures']:>10}{entry['seconds']:>9}  {goal}"
        )
    return "\n".join(lines)


def progress(text: str) -> None:
    """Say how far it is: on one line of a terminal, else line by line."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\x1b[K{text}")
    elif text:
        sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _told(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _told)
    sys.exit(main(sys.argv[1:]))
