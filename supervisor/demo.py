"""`make demo`: everything from an empty machine to an address in the browser, and back to quiet."""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from supervisor import environment
from supervisor.checkout import LOCKS, ROOT, SCRATCH, VAR, Lock, remove, var_folder
from supervisor.postgres import Cluster
from supervisor.processes import alive, spawn, stop
from supervisor.surroundings import Surroundings, of_demo
from supervisor.words import Problem, say

HOST = "127.0.0.1"
APPLICATION = "krama.config.wsgi:application"
SERVER_STOP = ((signal.SIGTERM, 20.0), (signal.SIGKILL, 10.0))
READY_SECONDS = 90.0
RESTARTS = 3  # of the database, before the demo gives up
WEB_LOG = VAR / "web.log"


class Stopped(BaseException):
    """Ctrl-C or a polite request to end; not an error."""


def run(port_wanted: str) -> None:
    """Set up, serve until told to stop, stop everything. `port_wanted` is the text of PORT, maybe empty."""
    var_folder(LOCKS)
    lock = Lock(LOCKS / "demo")
    if not lock.take():
        raise Problem(f"The demo of this folder is already running, as process {lock.holder()}.")
    try:
        port = read_port(port_wanted)
        with _told_to_stop():
            _serve(port)
    except Stopped:
        say("Everything is stopped. `make demo` starts it again with the same data.")
    finally:
        lock.give_back()


def clean() -> None:
    """Stop the demo if it runs, then delete its database, keys and uploads."""
    pid = Lock(LOCKS / "demo").holder()
    if pid is not None:
        say(f"The demo is running as process {pid}; stopping it.")
        os.kill(pid, signal.SIGTERM)
        give_up = time.monotonic() + 90
        while alive(pid):
            if time.monotonic() > give_up:
                raise Problem(f"Process {pid} did not stop; nothing was removed.")
            time.sleep(0.1)
    Cluster(environment.DEMO_CLUSTER).discard()
    for entry in VAR.iterdir() if VAR.exists() else ():
        if entry in (LOCKS, SCRATCH):
            continue
        if entry.is_dir():
            remove(entry)
        else:
            entry.unlink()
    if os.environ.get("DATABASE_URL"):
        say("The database that DATABASE_URL names is yours and was not touched.")
    say("The demo's data is removed.")


def read_port(text: str) -> int:
    """The port to serve on, 8000 unless said otherwise; raises Problem when it cannot be had."""
    text = text.strip() or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Problem(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    refusal = _port_refusal(port)
    if refusal is None:
        return port
    other = next((p for p in range(port + 1, min(port + 50, 65536)) if _port_refusal(p) is None), None)
    advice = f" Choose another: make demo PORT={other}" if other else ""
    raise Problem(f"Port {port} {refusal}.{advice}")


def _port_refusal(port: int) -> str | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return "may be opened by the administrator alone"
        except OSError:
            return "is already used by another program"
    return None


@contextlib.contextmanager
def _told_to_stop() -> Iterator[None]:
    """Within, Ctrl-C, SIGTERM and a closed terminal raise Stopped, once; later ones are ignored."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        say("Stopping.")
        raise Stopped

    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _serve(port: int) -> None:
    begin = time.monotonic()
    python = environment.prepare("demo")
    with contextlib.ExitStack() as stack:
        cluster = None
        if os.environ.get("DATABASE_URL"):
            say("Using the database that DATABASE_URL names.")
        else:
            cluster = Cluster(environment.DEMO_CLUSTER)
            stack.callback(cluster.stop)
            cluster.start()
            say(f"{cluster.binaries} runs on private data in {_short(cluster.data)}.")
        around = of_demo(cluster, os.environ)
        accounts = _fill(python, around)
        web = _start_web(python, port, around.web)
        stack.callback(stop, web, SERVER_STOP)
        _await_health(web, port)
        if accounts:
            say(accounts)
        say(f"Krama is ready after {time.monotonic() - begin:.0f} seconds: http://{HOST}:{port}/")
        say("Stop it with Ctrl-C.")
        _watch(web, cluster)


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def _fill(python: Path, around: Surroundings) -> str:
    """Bring tables, demo story and static files up to date; returns the table of accounts."""
    say("Bringing the tables up to date.")
    _manage(python, around.owner, "migrate", "--no-input", "--verbosity", "0")
    _collect_static(python, around.web)
    say("Telling the demo story (people and events are invented).")
    return _manage(python, around.owner, "fill_demo").strip()


def _manage(python: Path, env: Mapping[str, str], *words: str) -> str:
    done = subprocess.run([python, "manage.py", *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Problem(f"{done.stdout}`manage.py {words[0]}` failed; the reason stands above.")
    return done.stdout


def _collect_static(python: Path, env: Mapping[str, str]) -> None:
    """Collect static files when a source or the packages changed since the last time."""
    state = hashlib.sha256()
    for path in sorted((ROOT / "krama").glob("**/static/**/*")):
        if path.is_file():
            facts = path.stat()
            state.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    state.update((ROOT / "requirements.lock").read_bytes())
    target = Path(env["KRAMA_STATIC"])
    mark, manifest = target.with_name("static.collected"), target / "staticfiles.json"
    if manifest.exists() and mark.exists() and mark.read_text() == state.hexdigest():
        return
    if not manifest.exists():  # the settings choose hashed names by this file, the first time too
        target.mkdir(exist_ok=True)
        manifest.write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    _manage(python, env, "collectstatic", "--no-input", "--verbosity", "0")
    mark.write_text(state.hexdigest())


def _start_web(python: Path, port: int, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    words = ["-m", "gunicorn", APPLICATION, "--bind", f"{HOST}:{port}", "--worker-class", "gthread"]
    words += ["--workers", "2", "--threads", "4", "--graceful-timeout", "10", "--log-level", "warning"]
    words += ["--no-control-socket", "--umask", "0077"]
    with open(WEB_LOG, "wb") as log:
        os.fchmod(log.fileno(), 0o600)
        return spawn([python, *words], death_signal=signal.SIGTERM, cwd=ROOT, env=env, output=log)


def _await_health(web: subprocess.Popen[bytes], port: int) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    give_up = time.monotonic() + READY_SECONDS
    said = "nothing"
    while time.monotonic() < give_up and web.poll() is None:
        try:
            with direct.open(f"http://{HOST}:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as refusal:
            said = f"status {refusal.code}"
        except OSError:
            pass
        time.sleep(0.1)
    tail = WEB_LOG.read_text(errors="replace").strip()[-2000:]
    raise Problem(f"{tail}\nThe web server did not become ready; /healthz answered {said}.")


def _watch(web: subprocess.Popen[bytes], cluster: Cluster | None) -> None:
    """Stay until Stopped is raised; a crashed database is started again, a dead web server ends the demo."""
    restarts = 0
    while web.poll() is None:
        if cluster is not None and not cluster.running:
            restarts += 1
            if restarts > RESTARTS:
                raise Problem(f"The database keeps stopping; {cluster.log} says why.")
            say("The database stopped unexpectedly; starting it again.")
            cluster.start()
        time.sleep(0.3)
    raise Problem(f"The web server ended by itself; {WEB_LOG} says why.")
