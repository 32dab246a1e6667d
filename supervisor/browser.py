"""Chromium and the PDF reader that the journeys in tests/ need; only the system can give them."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from supervisor.checkout import LOCKS, as_root, waiting_for
from supervisor.environment import quiet_apt
from supervisor.words import Problem, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
COMMAND = (
    "apt-get update && "
    "apt-get install -y --no-install-recommends chromium fonts-roboto-unhinted poppler-utils"
)


def chromium(env: Mapping[str, str], which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The Chromium to use: KRAMA_CHROMIUM if set, else the first of the usual names; or None."""
    if env.get("KRAMA_CHROMIUM"):
        return env["KRAMA_CHROMIUM"]
    found = [which(name) for name in (*NAMES, MAC)]
    return next((path for path in found if path), None)


def prepare(*, required: bool) -> str | None:
    """Return the path of Chromium, installing it (and pdftotext) as root with apt-get if it is missing.

    Where that cannot be done: raises Problem with the command to run, or only says it unless `required`.
    """
    if _missing() and as_root() and shutil.which("apt-get"):
        with waiting_for(LOCKS / "browser", "Another command is installing Chromium; waiting for it."):
            if _missing():
                say("Installing Chromium and the PDF reader with the system's package manager.")
                words = ["sh", "-c", COMMAND]
                done = subprocess.run(words, env=quiet_apt(), capture_output=True, text=True)
                if done.returncode:
                    say(done.stderr.strip())
    missing = _missing()
    if missing:
        sentence = (
            f"The tests need {' and '.join(missing)}. As the administrator run: {COMMAND} "
            "(or the like of your system; KRAMA_CHROMIUM may name a Chromium that lies elsewhere)."
        )
        if required:
            raise Problem(sentence)
        say(sentence)
    return chromium(os.environ)


def _missing() -> list[str]:
    missing = []
    path = chromium(os.environ)
    if path is None or not Path(path).exists():
        missing.append("Chromium")
    if shutil.which("pdftotext") is None:
        missing.append("pdftotext")
    return missing
