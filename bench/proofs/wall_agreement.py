"""The walls say the same: `decide`, the database filter and row-level security, on worlds drawn by chance.

The worlds are those of the property tests: `tests/property/worlds.py`, whose `disagreements(seed, users=…,
cases=…)` gives a sentence for every user about whom the walls differ. They run in a process of their own
(`python -m bench.proofs.wall_agreement SEED COUNT`), in a throw-away database.
"""

import importlib
import json
import random
import subprocess
import sys

from bench.proofs import Outcome, Stopped
from bench.serving import manage
from supervisor.checkout import ROOT
from supervisor.surroundings import scratch

NAME = "wall-agreement"
GOAL = "no user for whom policy, filter and row-level security show different cases"
ROUNDS, USERS, CASES = 200, 39, 60
WORLDS = ROOT / "tests" / "property" / "worlds.py"


def prove(env, scale: float, tell) -> Outcome:
    """Draw 200 × `scale` worlds; gives what was found, or that the worlds are not there."""
    if not WORLDS.exists():
        return Outcome(absent="tests/property/worlds.py is not there")
    outcome, seed = Outcome(), random.SystemRandom().randrange(1000, 90_000)
    outcome.seen |= {"seed": seed, "users": USERS, "cases": CASES}
    wanted = max(1, round(ROUNDS * scale))
    with scratch(env) as around:
        manage(around, "migrate", "--no-input", "-v0")
        words = [sys.executable, "-m", "bench.proofs.wall_agreement", str(seed), str(wanted)]
        worker = subprocess.Popen(words, cwd=ROOT, env=around, stdout=subprocess.PIPE, text=True)
        try:
            for line in worker.stdout:
                number, found = json.loads(line)
                outcome.count += 1
                outcome.failures += [f"world {number}: {sentence}" for sentence in found]
                if outcome.count % 10 == 0:
                    tell(f"{NAME}: {outcome.count} of {wanted} worlds, {len(outcome.failures)} failures")
        except KeyboardInterrupt:
            raise Stopped(outcome) from None
        finally:
            if worker.poll() is None and outcome.count < wanted:
                worker.terminate()
            code = worker.wait(30)
    if code or outcome.count < wanted:
        outcome.failures.append(f"only {outcome.count} of {wanted} worlds were asked, code {code}")
    return outcome


def draw(seed: int, count: int) -> None:
    """Ask `count` worlds from `seed` on; writes one JSON line a world: its number and what differs."""
    import django

    django.setup()
    worlds = importlib.import_module("tests.property.worlds")
    for number in range(seed, seed + count):
        found = worlds.disagreements(number, users=USERS, cases=CASES)
        sys.stdout.write(json.dumps([number, found]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    draw(int(sys.argv[1]), int(sys.argv[2]))
