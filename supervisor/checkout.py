"""Where things lie in the checkout, private folders, and locks that vanish with their holder."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from supervisor.words import Problem, say

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
SCRATCH = VAR / "scratch"
LOCKS = VAR / "locks"


def as_root() -> bool:
    """Whether this process is the superuser, whom PostgreSQL refuses to serve."""
    return os.geteuid() == 0


def var_folder(path: Path) -> Path:
    """Create `path` and its parents below the checkout's `var`; returns it.

    As root the folders may be walked through by others (0711), never listed: PostgreSQL runs there as
    another account. Whatever is private inside has its own 0700 or 0600.
    """
    mode = 0o711 if as_root() else 0o700
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=mode)
                folder.chmod(mode)
    return path


def private_folder(path: Path) -> Path:
    """Create `path` (0700) for this account alone; returns it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write `text` into a file that is 0600 from its first moment, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(name, path)


class Lock:
    """A lock on a file that the kernel gives back when the holder dies, however it dies.

    The file keeps the holder's process number, for the sentence that names it and for `clean-demo`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this very object holds the lock."""
        return self._handle is not None

    def take(self) -> bool:
        """Take the lock if it is free; returns whether it is ours now. Never waits."""
        if self.held:
            return True
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle
        return True

    def give_back(self) -> None:
        """Release the lock; harmless when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def holder(self) -> int | None:
        """The process that holds the lock now, or None when nobody does."""
        if not self.path.exists():
            return None
        probe = Lock(self.path)
        if probe.take():
            probe.give_back()
            return None
        written = self.path.read_text().strip()
        return int(written) if written.isdigit() else None


@contextlib.contextmanager
def waiting_for(path: Path, sentence: str) -> Iterator[None]:
    """Hold the lock at `path`; says `sentence` once when another process holds it, then waits."""
    var_folder(path.parent)
    lock = Lock(path)
    told = False
    while not lock.take():
        if not told:
            say(sentence)
            told = True
        time.sleep(0.2)
    try:
        yield
    finally:
        lock.give_back()


def remove(folder: Path) -> None:
    """Delete a folder with all that is in it; raises Problem when it belongs to another account."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except PermissionError as refused:
        raise Problem(
            f"{refused.filename} belongs to another account. Run the same command as that account, "
            "or remove the folder as the administrator."
        ) from None
