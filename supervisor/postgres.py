"""One private PostgreSQL cluster: make, start, stop, kill, start again.

    with Cluster(folder, throwaway=True) as cluster:
        cluster.create_database("krama", "krama_owner")
        connect(cluster.url("krama_web", "krama"))

The server is a direct child, reached through a socket folder of its own and not through the network. It
stops when we stop, and on Linux also when we are killed. Roles: `krama_admin` (superuser, the
supervisor's alone), `krama_owner` (owns and migrates), `krama_web` (reads and writes rows).
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import quote

from supervisor import binaries as programs
from supervisor import place as placing
from supervisor.checkout import Lock, remove, var_folder, write_private
from supervisor.processes import alive, children, command_line, spawn, stop
from supervisor.words import Problem, say

ADMIN, OWNER, WEB = "krama_admin", "krama_owner", "krama_web"
STALE = ("lock file", "pre-existing shared memory block", "could not create any Unix-domain sockets")
STALE_SECONDS = 10.0  # where process 1 reaps slowly, a killed server's traces linger this long at most
FAST_STOP = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
LARGEST_LOG = 10_000_000  # bytes; a longer log is set aside at the next start

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # A refused row is quoted in DETAIL and in STATEMENT: nothing about a person may reach the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """A PostgreSQL cluster that belongs to `folder` and to one process at a time.

    `throwaway`: deleted at `stop`, does not wait for the disk, and `krama_owner` may create databases.
    `durable=True` keeps waiting for the disk in a throw-away cluster too, for measurements and crash
    proofs. `settings` are further server settings. Errors a person can mend are raised as Problem.
    """

    def __init__(
        self,
        data: Path,
        *,
        throwaway: bool = False,
        durable: bool | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = Path(data).resolve()
        self.throwaway = throwaway
        waits = not throwaway if durable is None else durable
        self.settings = {**SETTINGS, **({} if waits else FORGETFUL), **(settings or {})}
        self.log = self.folder / "postgres.log"
        self.binaries: programs.Binaries | None = None
        self._lock = Lock(self.folder / "lock")
        self._process: subprocess.Popen[bytes] | None = None
        self._place: placing.Place | None = None
        self._socket: Path | None = None

    # -- life ---------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def claim(self) -> None:
        """Make the files ours until `stop` or our end; raises Problem when another process has them."""
        if not self._lock.take():
            raise Problem(f"The database in {self.folder} is in use by process {self._lock.holder()}.")

    def start(self) -> Self:
        """Start the server, making the cluster first if there is none; returns when it answers.

        A server left over from a killed supervisor is stopped first; a crashed one recovers. Raises
        Problem when another process uses the cluster or no PostgreSQL fits its data.
        """
        if self.running:
            return self
        var_folder(self.folder)
        self.claim()
        try:
            self._prepare()
            self._launch()
            self._make_roles()
        except BaseException:
            self._end_process()
            self._lock.give_back()
            raise
        return self

    def stop(self) -> None:
        """Stop the server (open transactions are rolled back) and give the cluster free."""
        self._end_process()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.rmdir()
        if self.throwaway:
            self._remove_files()
        self._lock.give_back()

    def discard(self) -> None:
        """Stop whatever still runs on these files and delete them all; the cluster must be nobody's."""
        if not self.folder.exists():
            return
        self.claim()
        for base in _bases(self.folder):
            _stop_ghost(base / "pg")
        self._remove_files()
        self._lock.give_back()

    def kill9(self) -> None:
        """Kill the server and its helpers as a power cut would; `start` brings it back. For proofs."""
        if self._process is None:
            return
        helpers = children(self._process.pid)
        self._process.kill()
        for pid in helpers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    @property
    def running(self) -> bool:
        """Whether our server process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The server's process number while it runs."""
        return self._process.pid if self._process is not None and self.running else None

    @property
    def data(self) -> Path:
        """The server's data directory, known once the cluster was started."""
        if self._place is None:
            raise Problem("The cluster was not started yet.")
        return self._place.data

    # -- use ----------------------------------------------------------------------------------------

    def url(self, role: str, database: str) -> str:
        """The address of `database` for `role`, as DATABASE_URL wants it."""
        password = self._passwords()[role]
        host = quote(str(self._socket), safe="/")
        return f"postgres://{role}:{password}@/{quote(database)}?host={host}&port=5432"

    def admin_execute(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the superuser; returns rows as lines, columns parted by `|`. Raises Problem."""
        answer = self._psql(sql, database)
        if answer.returncode:
            raise Problem(f"PostgreSQL refused: {answer.stderr.strip()}")
        return answer.stdout

    def create_database(self, name: str, owner: str = OWNER) -> None:
        """Make the database unless it is there; `owner` owns it and its public schema, others only read
        what the owner grants them."""
        if not self.admin_execute(f"SELECT 1 FROM pg_database WHERE datname = {_text(name)}"):
            self.admin_execute(f'CREATE DATABASE "{name}" OWNER "{owner}"')
        self.admin_execute(
            f'ALTER SCHEMA public OWNER TO "{owner}"; REVOKE CREATE ON SCHEMA public FROM PUBLIC;'
            f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC; GRANT CONNECT ON DATABASE "{name}" TO {WEB}',
            name,
        )

    # -- inside -------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._place = placing.place_for(self.folder, throwaway=self.throwaway)
        for base in _bases(self.folder):
            _stop_ghost(base / "pg")
        found = programs.look(os.environ)
        chosen = programs.choose(found, made_with(self.folder))
        self.binaries = placing.readable(chosen, self._place)
        data = self._place.data
        if data.exists() and self._place.account[0] < 0 and data.stat().st_uid != os.geteuid():
            raise Problem(f"{data} belongs to another account; run this as that account.")
        if not (data / "PG_VERSION").exists():
            self._initialise()
        self._socket = placing.socket_folder(self._place)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _initialise(self) -> None:
        place, binaries = self._place, self.binaries
        assert place is not None and binaries is not None
        fresh = place.base / "pg.new"  # renamed when whole, so an interrupted beginning leaves nothing
        remove(fresh)
        fresh.mkdir(mode=0o700)
        placing.give(fresh, place.account)
        write_private(
            self.folder / "passwords",
            json.dumps({role: secrets.token_hex(24) for role in (ADMIN, OWNER, WEB)}),
        )
        handle, name = tempfile.mkstemp(dir=place.base, prefix="first-")
        with os.fdopen(handle, "w") as stream:
            stream.write(self._passwords()[ADMIN] + "\n")
        placing.give(Path(name), place.account)
        try:
            answer = self._initdb(fresh, name, "C.UTF-8")
            if answer.returncode:  # a system without that locale: the plain order, still UTF-8
                answer = self._initdb(fresh, name, "C")
        finally:
            os.unlink(name)
        if answer.returncode:
            raise Problem(f"PostgreSQL could not make its data directory: {answer.stderr.strip()}")
        fresh.rename(place.data)

    def _initdb(self, data: Path, password_file: str, locale: str) -> subprocess.CompletedProcess[str]:
        assert self.binaries is not None and self._place is not None
        user, group = self._place.account
        as_whom = {"user": user, "group": group, "extra_groups": []} if user >= 0 else {}
        return subprocess.run(
            [self.binaries.program("initdb"), "-D", data, "-U", ADMIN, f"--pwfile={password_file}"]
            + ["--auth=scram-sha-256", "-E", "UTF8", f"--locale={locale}", "--data-checksums"]
            + ([] if self.settings["fsync"] == "on" else ["--no-sync"]),
            cwd="/",
            capture_output=True,
            text=True,
            umask=0o077,
            **as_whom,
        )

    def _launch(self) -> None:
        assert self.binaries is not None and self._place is not None
        words = [self.binaries.program("postgres"), "-D", self._place.data]
        for name, value in {**self.settings, "unix_socket_directories": str(self._socket)}.items():
            words += ["-c", f"{name}={value}"]
        give_up = time.monotonic() + STALE_SECONDS
        while True:
            with open(self.log, "ab") as log:
                os.fchmod(log.fileno(), 0o600)
                begin = log.tell()
                self._process = spawn(
                    words, death_signal=signal.SIGINT, account=self._place.account, output=log
                )
            if self._answers():
                return
            said = self.log.read_bytes()[begin:].decode(errors="replace").strip()
            if not any(mark in said for mark in STALE) or time.monotonic() > give_up:
                raise Problem(f"PostgreSQL did not start. It said: {said or 'nothing'}")
            time.sleep(0.3)

    def _answers(self) -> bool:
        """Wait until the server answers, however long its recovery takes; False when it ended."""
        begin = told = time.monotonic()
        while self.running:
            if self._psql("SELECT 1", "postgres").returncode == 0:
                return True
            if time.monotonic() - told > 15:
                told = time.monotonic()
                say(f"PostgreSQL is recovering its data ({told - begin:.0f} seconds so far).")
            time.sleep(0.03)
        return False

    def _make_roles(self) -> None:
        passwords = self._passwords()
        may_create = "CREATEDB" if self.throwaway else "NOCREATEDB"
        limits = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
        here = self.admin_execute("SELECT rolname FROM pg_roles").split()
        for role, more in ((OWNER, may_create), (WEB, "NOCREATEDB")):
            verb = "ALTER" if role in here else "CREATE"
            self.admin_execute(f"{verb} ROLE {role} {limits} {more} PASSWORD {_text(passwords[role])}")

    def _psql(self, sql: str, database: str) -> subprocess.CompletedProcess[str]:
        assert self.binaries is not None
        env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        env |= {"PGPASSWORD": self._passwords()[ADMIN], "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}
        words = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self._socket), "-p", "5432"]
        return subprocess.run(
            [self.binaries.program("psql"), *words, "-U", ADMIN, "-d", database, "-f", "-"],
            input=sql,
            env=env,
            capture_output=True,
            text=True,
        )

    def _passwords(self) -> dict[str, str]:
        try:
            return json.loads((self.folder / "passwords").read_text())
        except FileNotFoundError:
            raise Problem(f"{self.folder / 'passwords'} is missing; start afresh.") from None

    def _end_process(self) -> None:
        if self._process is not None:
            stop(self._process, FAST_STOP)
            self._process = None

    def _remove_files(self) -> None:
        for base in reversed(_bases(self.folder)):
            remove(base)


def made_with(folder: Path) -> int | None:
    """The major version that made the cluster of `folder`; None when there is none yet."""
    for base in _bases(folder):
        with contextlib.suppress(FileNotFoundError, PermissionError):
            return int((base / "pg" / "PG_VERSION").read_text())
    return None


def _bases(folder: Path) -> list[Path]:
    return [folder, *(placing.outside(folder, throwaway=fate) for fate in (True, False))]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _stop_ghost(data: Path) -> None:
    """Stop a server that still runs on `data` although no supervisor holds its lock.

    Also clears the server's own mark when its process number now belongs to something else (after a
    restart of the machine), which PostgreSQL by itself would take for a living server.
    """
    mark = data / "postmaster.pid"
    try:
        first = mark.read_text().split("\n", 1)[0]
    except (FileNotFoundError, PermissionError):
        return
    pid = int(first) if first.strip().isdigit() else 0
    if not pid or not alive(pid):
        return
    if str(data) not in command_line(pid):
        mark.unlink()
        return
    say("A database server was left running here; stopping it.")
    for number, seconds in FAST_STOP:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        give_up = time.monotonic() + seconds
        while alive(pid) and time.monotonic() < give_up:
            time.sleep(0.05)
        if not alive(pid):
            return
