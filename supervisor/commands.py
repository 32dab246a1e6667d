"""The commands behind the Makefile: `python -m supervisor demo|test|bench|prove|check|lock|messages|clean`.

Their settings come through the environment (PORT, ARGS, ROWS, SIZES, ONLY, SCALE), so that a space or a
quote in one of them survives the way through make.
"""

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from supervisor import browser, demo, environment
from supervisor.checkout import ROOT
from supervisor.processes import spawn, stop
from supervisor.surroundings import scratch
from supervisor.words import Problem, say

ADDRESS = re.compile(
    r"https?://|file://|^\s*-(?:i|f|-index-url|-extra-index-url|-find-links)\b", re.MULTILINE
)
CATALOGUE = ROOT / "krama/web/locale/km/LC_MESSAGES/django.po"
CREATED = re.compile(r'^"POT-Creation-Date:.*\n', re.MULTILINE)


def run_demo() -> int:
    """Set Krama up with the demo story and serve it until Ctrl-C."""
    demo.run(os.environ.get("PORT", ""))
    return 0


def run_tests() -> int:
    """Run pytest beside a throw-away PostgreSQL; ARGS is passed on. Returns pytest's exit code.

    The whole suite runs in two processes, each with databases of its own, a test module in one of them.
    """
    words = shlex.split(os.environ.get("ARGS", ""))
    spread = [] if words else ["--numprocesses", "2", "--dist", "loadfile"]
    python = environment.prepare("test")
    path = browser.prepare(required=not words)
    with scratch(os.environ) as env:
        if path:
            env["KRAMA_CHROMIUM"] = path
        return _run([python, "-m", "pytest", *spread, *words], env)


def run_bench() -> int:
    """Run the benchmark beside a throw-away PostgreSQL that does wait for the disk."""
    return _measure("bench", ("ROWS", "SIZES"))


def run_proofs() -> int:
    """Run the proofs beside a throw-away PostgreSQL that does wait for the disk."""
    return _measure("bench.prove", ("ONLY", "SCALE"))


def run_checks() -> int:
    """Style, format, architecture, and no address in a lock. Runs all of them; 1 if one failed."""
    environment.prepare("test")
    tools = environment.PYTHON.parent
    steps = {
        "style": [tools / "python", "-m", "ruff", "check", "."],
        "format": [tools / "python", "-m", "ruff", "format", "--check", "."],
        "architecture": [tools / "lint-imports"],
    }
    failed = [name for name, words in steps.items() if subprocess.run(words, cwd=ROOT).returncode]
    for name in locks_with_addresses(ROOT):
        say(f"{name} holds an address; make it again with `make lock`.")
        failed.append(name)
    say(f"Checks failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def write_locks() -> int:
    """Make the three locks again with uv: hashes for all platforms, and no address of any index."""
    uv = shutil.which("uv")
    if uv is None:
        raise Problem("`make lock` needs uv. Install it for yourself: python3 -m pip install --user uv")
    base = [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
    base += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
    widest = environment.LOCK_FILES[2]  # first, so that the narrower ones take the same versions from it
    recipes = {
        widest: ["--extra", "embedded", "--extra", "dev", "--upgrade"],
        environment.LOCK_FILES[1]: ["--extra", "embedded", "--constraint", widest],
        environment.LOCK_FILES[0]: ["--constraint", widest],
    }
    for name, words in recipes.items():
        say(f"Locking {name}.")
        if subprocess.run([*base, *words, "-o", name], cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            raise Problem("uv could not lock; it says why above.")
    found = locks_with_addresses(ROOT)
    if found:
        raise Problem(f"An address slipped into {', '.join(found)}; do not commit that.")
    return 0


def write_messages() -> int:
    """Bring the Khmer catalogue to the words now in krama, and compile it; needs the gettext programs.

    New sentences come in empty (nothing is guessed from similar ones), words no longer used go, and
    neither line numbers nor dates are kept, so that a run without news changes no file.
    """
    if any(shutil.which(tool) is None for tool in ("xgettext", "msgattrib", "msgfmt")):
        raise Problem("`make messages` needs gettext. On Debian: apt-get install -y gettext")
    python = environment.prepare("test")
    ignored = [f"--ignore={name}" for name in (".venv", "var", "frontend", "staticfiles", "bench", "tests")]
    collect = ["makemessages", "--locale", "km", "--no-location", "--no-obsolete", *ignored]
    with scratch(os.environ) as env:
        if _run([python, "manage.py", *collect], env):
            raise Problem("`manage.py makemessages` failed; the reason stands above.")
        settle = ["msgattrib", "--clear-fuzzy", "--empty", "--clear-previous", "--no-obsolete"]
        if _run([*settle, "--output-file", CATALOGUE, CATALOGUE], env):
            raise Problem("`msgattrib` failed; the reason stands above.")
        CATALOGUE.write_text(CREATED.sub("", CATALOGUE.read_text("utf-8")), "utf-8")
        compiled = CATALOGUE.with_suffix(".mo")
        if _run(["msgfmt", "--check", "--statistics", "--output-file", compiled, CATALOGUE], env):
            raise Problem("`msgfmt` refused the catalogue; the reason stands above.")
    return 0


def clean_demo() -> int:
    """Stop the demo if it runs and remove its data."""
    demo.clean()
    return 0


def locks_with_addresses(folder: Path) -> list[str]:
    """The names of the lock files in `folder` that hold an index's address, sorted.

    Hashes say what is installed; where it comes from is everyone's own affair.
    """
    found = [path.name for path in folder.glob("*.lock") if ADDRESS.search(path.read_text())]
    packages = folder / "frontend" / "package-lock.json"
    if packages.exists() and '"resolved":' in packages.read_text():
        found.append("frontend/package-lock.json")
    return sorted(found)


def _measure(module: str, names: Sequence[str]) -> int:
    python = environment.prepare("test")
    words = [python, "-m", module]
    for name in names:
        if os.environ.get(name):
            words += [f"--{name.lower()}", os.environ[name]]
    with scratch(os.environ, durable=True) as env:
        return _run(words, env)


class _Asked(KeyboardInterrupt):
    """SIGTERM: unlike Ctrl-C at a terminal, our child has not heard of it."""


def _run(words: Sequence[str | Path], env: Mapping[str, str]) -> int:
    """Run a tool on the terminal, tied to our life, and return its code; when told to stop, it ends first."""
    tool = spawn(words, death_signal=signal.SIGTERM, cwd=ROOT, env=env, own_session=False)
    try:
        return tool.wait()
    except KeyboardInterrupt as told:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if isinstance(told, _Asked):
            tool.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            tool.wait(30.0)
        stop(tool, ((signal.SIGKILL, 10.0),))
        raise


def _asked(*_: object) -> None:
    raise _Asked


COMMANDS = {
    "demo": run_demo,
    "test": run_tests,
    "bench": run_bench,
    "prove": run_proofs,
    "check": run_checks,
    "lock": write_locks,
    "messages": write_messages,
    "clean": clean_demo,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. What a person can mend is one sentence, not a traceback."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"Usage: python -m supervisor {'|'.join(COMMANDS)}")
        return 2
    signal.signal(signal.SIGTERM, _asked)
    try:
        return COMMANDS[arguments[0]]()
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except PermissionError as refused:
        sys.stderr.write(
            f"{refused.filename or 'It'} belongs to another account; run this as the account that made it.\n"
        )
        return 1
    except KeyboardInterrupt:
        return 130
