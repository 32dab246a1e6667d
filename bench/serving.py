"""A Krama database of a size, and servers on the loopback in front of it: Krama's and the floor's.

Both are served alike, by gunicorn with one process of four threads, so that ratios compare what they do and
not how they are served. The throw-away PostgreSQL is the one that the environment names; it waits for the disk.
"""

import contextlib
import hashlib
import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.browsing import Browser
from bench.measuring import Meter, backends
from supervisor.checkout import ROOT, VAR, private_folder
from supervisor.processes import children, spawn, stop
from supervisor.words import Problem

STOP = ((signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0))
KRAMA, FLOOR = "krama.config.wsgi:application", "bench.floor.wsgi:application"


def database_of(address: str, name: str) -> str:
    """Give the same address with another database name."""
    return (
        re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", address, count=1)
        if "@/" in address
        else re.sub(r"(://[^/]+)/[^/?]*", rf"\1/{name}", address, count=1)
    )


def own(env: Mapping[str, str], name: str, folder: Path) -> dict[str, str]:
    """Give the variables with database `name` and folders of its own below `folder`."""
    addresses = {
        key: database_of(env[key], name)
        for key in ("DATABASE_URL", "DATABASE_OWNER_URL", "KRAMA_TEST_ADMIN_URL")
    }
    return {
        **env,
        **addresses,
        "KRAMA_VAR": str(private_folder(folder)),
        "KRAMA_KEYS": str(private_folder(folder / "keys")),
        "KRAMA_STATIC": str(folder / "static"),
        "KRAMA_DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "krama.config.settings",
    }


def connect(address: str) -> psycopg.Connection:
    """Connect, with one commit a statement."""
    return psycopg.connect(address.replace("postgres://", "postgresql://", 1), autocommit=True)


def manage(env: Mapping[str, str], *words: str) -> str:
    """Run a management command; raises Problem when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise Problem(f"{done.stdout}{done.stderr[-2000:]}\n`manage.py {words[0]}` failed.")
    return done.stdout


def make_database(env: Mapping[str, str], name: str, folder: Path) -> dict[str, str]:
    """Make a migrated database `name`, afresh; gives the variables to use it with."""
    owner = re.search(r"://([^:/]+):", env["DATABASE_OWNER_URL"]).group(1)
    with connect(env["KRAMA_TEST_ADMIN_URL"]) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" OWNER "{owner}"')
    mine = own(env, name, folder)
    with connect(mine["KRAMA_TEST_ADMIN_URL"]) as admin:
        admin.execute(f'ALTER SCHEMA public OWNER TO "{owner}"')
        admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    manage(mine, "migrate", "--no-input", "-v0")
    return mine


class Server:
    """gunicorn on a free port of the loopback; its connections carry `name` as application name."""

    def __init__(self, application: str, name: str, env: Mapping[str, str], log: Path, *, workers: int = 1):
        self.application, self.name, self.log, self.workers = application, name, log, workers
        self.env = {**env, "PGAPPNAME": name}
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and return when it answers; raises Problem when it does not."""
        words = [sys.executable, "-m", "gunicorn", self.application, "--bind", f"127.0.0.1:{self.port}"]
        words += ["--worker-class", "gthread", "--workers", str(self.workers), "--threads", "4"]
        words += ["--keep-alive", "120", "--log-level", "warning", "--no-control-socket", "--timeout", "120"]
        with open(self.log, "ab") as log:
            os.fchmod(log.fileno(), 0o600)
            self._process = spawn(words, death_signal=signal.SIGTERM, cwd=ROOT, env=self.env, output=log)
        give_up = time.monotonic() + 90
        while time.monotonic() < give_up and self._process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                probe = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                probe.request("GET", "/healthz")
                if probe.getresponse().status in (200, 404):
                    return
            time.sleep(0.05)
        raise Problem(f"{self.log.read_text(errors='replace')[-400:]}\n{self.name} did not start.")

    def stop(self) -> None:
        """Stop it in order."""
        if self._process is not None:
            stop(self._process, STOP)
            self._process = None

    def kill9(self) -> None:
        """Kill it and its workers as a power cut would."""
        if self._process is None:
            return
        workers = children(self._process.pid)
        self._process.kill()
        for pid in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def workers_now(self) -> list[int]:
        """Give the process numbers of its workers."""
        return children(self._process.pid) if self._process is not None else []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def free_port() -> int:
    """Give a port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class World:
    """Everything a row needs: who is loaded, who serves, what it costs."""

    size: int
    env: dict[str, str]
    facts: dict
    admin: psycopg.Connection
    krama: Server
    floor: Server

    def meter(self, server: Server) -> Meter:
        """Give a meter of a server's processes: its worker and the PostgreSQL processes behind it."""
        return Meter(lambda: (server.workers_now(), backends(self.admin, server.name)))

    def browser(self, who: str) -> Browser:
        """Give a browser in which this member of staff is signed in."""
        browser = Browser(self.krama.port)
        browser.sign_in(self.facts["staff"][who], self.facts["password"])
        return browser


@contextlib.contextmanager
def world(env: Mapping[str, str], size: int, say) -> Iterator[World]:
    """Make, fill and serve a database of `size` people; the database is dropped at the end."""
    name = f"krama_bench_{size}"
    begin = time.monotonic()
    folder = Path(env["KRAMA_VAR"]) / f"bench-{size}"
    mine = make_database(env, name, folder)
    cache = VAR / "bench" / f"{size}-{_version()}"
    say(
        f"{size:,} people: "
        + ("copying them back." if (cache / "whole").exists() else "making and sealing them.")
    )
    loaded = subprocess.run(
        [sys.executable, "-m", "bench.loading", str(size), str(cache)],
        cwd=ROOT,
        env=mine,
        capture_output=True,
        text=True,
    )
    if loaded.returncode:
        raise Problem(f"{loaded.stderr[-3000:]}\nThe people could not be loaded.")
    facts = json.loads(loaded.stdout)
    key = secrets.token_hex(32)
    admin = connect(mine["KRAMA_TEST_ADMIN_URL"])
    try:
        from bench.floor.tables import fill

        fill(admin, size, bytes.fromhex(key))
        facts["seconds"]["all"] = round(time.monotonic() - begin, 1)
        say(f"{facts['people']:,} people with {facts['tokens']:,} tokens are loaded after {facts['seconds']['all']} s; "
            f"{facts['probes_found']} probes are found again.")  # fmt: skip
        with (
            Server(KRAMA, "bench-krama", mine, folder / "krama.log") as krama,
            Server(FLOOR, "bench-floor", {**mine, "FLOOR_KEY": key}, folder / "floor.log") as floor,
        ):
            yield World(size, mine, facts, admin, krama, floor)
    finally:
        admin.close()
        with connect(env["KRAMA_TEST_ADMIN_URL"]) as last:
            last.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _version() -> str:
    """Twelve characters that change with whatever decides what a loaded row looks like."""
    state = hashlib.sha256()
    sources = [*(ROOT / "krama" / "vault").rglob("*.py"), *(ROOT / "krama").glob("*/migrations/*.py")]
    sources += [
        ROOT / "krama" / "records" / "fields.py",
        *(ROOT / "bench" / name for name in ("people.py", "loading.py")),
    ]
    for path in sorted(sources):
        state.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:12]
