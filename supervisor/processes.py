"""Starting programs that end with us, and reading what the system knows about a process."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

CHILD = Path(__file__).with_name("child.py")


def spawn(
    command: Sequence[str | Path],
    *,
    death_signal: signal.Signals,
    account: tuple[int, int] = (-1, -1),
    cwd: Path | str = "/",
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | None = None,
    own_session: bool = True,
) -> subprocess.Popen[bytes]:
    """Start `command` as a direct child and return it.

    On Linux it receives `death_signal` when the calling thread ends, even by kill -9; so call this from a
    thread that lives as long as the child should. `account` is (user id, group id). With `own_session`
    the Ctrl-C of the terminal does not reach it: we stop our children in our own order.
    """
    words = [str(word) for word in command]
    prefix = [sys.executable, "-I", str(CHILD), str(os.getpid()), str(int(death_signal))]
    return subprocess.Popen(
        [*prefix, str(account[0]), str(account[1]), *words],
        cwd=cwd,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL if own_session else None,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=own_session,
    )


def stop(process: subprocess.Popen[bytes], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn and wait its seconds, until the process is gone and reaped."""
    for number, seconds in steps:
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def alive(pid: int) -> bool:
    """Whether `pid` still runs. A dead process that nobody has reaped yet counts as dead."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return not Path("/proc/self/stat").exists()
    return fields[0] not in ("Z", "X")


def command_line(pid: int) -> str:
    """The words a process was started with, joined by spaces; empty when it cannot be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self/cmdline").exists():
            return ""
    listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return listing.stdout.strip()


def children(pid: int) -> list[int]:
    """The processes whose parent is `pid`."""
    if not Path("/proc/self/stat").exists():
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
        pairs = [line.split() for line in listing.stdout.splitlines()]
        return [int(child) for child, parent in pairs if int(parent) == pid]
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(entry.name))
    return found
