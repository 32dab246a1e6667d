"""The two walls say the same: the policy's `decide` and row-level security, on worlds drawn by chance.

The worlds are those of the property tests (`tests/property/worlds.py`), whose `disagreements(seed)` gives a
sentence for every pair of user and case on which the walls differ.
"""

import importlib
import random
import subprocess
import sys

from bench.proofs import Outcome, Stopped
from supervisor.checkout import ROOT

NAME = "wall-agreement"
GOAL = "no pair of user and case on which the policy and the database differ"
ROUNDS = 200
TESTS = ROOT / "tests" / "property"


def prove(env, scale: float, tell) -> Outcome:
    """Draw 200 × `scale` worlds; gives what was found, or that the worlds are not there."""
    if not (TESTS / "worlds.py").exists():
        return Outcome(absent="tests/property/worlds.py is not there")
    outcome = Outcome()
    words = [sys.executable, "-m", "pytest", "-q", "-x", str(TESTS), "-k", "wall or walls or agree"]
    seed = random.SystemRandom().getrandbits(32)
    outcome.seen["seed"] = seed
    wanted = max(1, round(ROUNDS * scale))
    settings = {"KRAMA_WORLDS": str(wanted), "KRAMA_WORLDS_SEED": str(seed)}
    tell(f"{NAME}: drawing {wanted} worlds")
    try:
        done = subprocess.run(words, cwd=ROOT, env={**env, **settings}, capture_output=True, text=True)
    except KeyboardInterrupt:
        raise Stopped(outcome) from None
    outcome.count = wanted
    if done.returncode:
        outcome.failures.append(
            done.stdout.strip().splitlines()[-1] if done.stdout else f"code {done.returncode}"
        )
    return outcome


def present() -> bool:
    """Whether the worlds can be imported here."""
    return importlib.util.find_spec("tests.property.worlds") is not None
