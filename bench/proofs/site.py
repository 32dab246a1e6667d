"""A real Krama for proofs: a durable throw-away PostgreSQL of its own, migrated, staffed, and served by gunicorn."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from bench.browsing import Browser
from bench.serving import KRAMA, Server, connect, database_of, manage
from supervisor.checkout import ROOT
from supervisor.postgres import ADMIN, OWNER, WEB, Cluster
from supervisor.surroundings import DATABASE, scratch_cluster
from supervisor.words import Problem


class Site:
    """The cluster, the server in front of it, and who works there."""

    def __init__(self, cluster: Cluster, env: dict[str, str]):
        self.cluster, self.env = cluster, env
        self.env |= {"KRAMA_DEMO": "0", "DJANGO_SETTINGS_MODULE": "krama.config.settings"}
        self.log = Path(env["KRAMA_VAR"]) / "web.log"
        self.server: Server | None = None
        self.facts: dict = {}

    def furnish(self) -> None:
        """Migrate, and make the agency, its staff and its arrivals."""
        manage(self.env, "migrate", "--no-input", "-v0")
        admin = {**self.env, "KRAMA_TEST_ADMIN_URL": self._admin()}
        words = [sys.executable, "-m", "bench.loading", "0", "-"]
        done = subprocess.run(words, cwd=ROOT, env=admin, capture_output=True, text=True)
        if done.returncode:
            raise Problem(f"{done.stderr[-2000:]}\nThe staff could not be made.")
        self.facts = json.loads(done.stdout)

    def serve(self) -> None:
        """Start gunicorn as the demo does: two processes of four threads."""
        env = {
            **self.env,
            "DATABASE_URL": self.cluster.url(WEB, DATABASE),
            "DATABASE_OWNER_URL": self.cluster.url(OWNER, DATABASE),
        }
        self.server = Server(KRAMA, "prove-krama", env, self.log, workers=2)
        self.server.start()

    def kill(self, database_first: bool) -> None:
        """Kill both with signal 9, in either order."""
        for kill in (self.cluster.kill9, self.server.kill9)[:: 1 if database_first else -1]:
            kill()

    def restart(self) -> None:
        """Start both again; the database recovers by itself."""
        self.cluster.start()
        self.serve()

    def browser(self, who: str) -> Browser:
        """Give a browser in which this member of staff is signed in."""
        browser = Browser(self.server.port)
        browser.sign_in(self.facts["staff"][who], self.facts["password"])
        return browser

    def admin(self) -> psycopg.Connection:
        """Connect to Krama's database as the superuser, whom no policy hides anything from."""
        return connect(self._admin())

    def _admin(self) -> str:
        return database_of(self.cluster.url(ADMIN, "postgres"), DATABASE)

    def count(self, sql: str, *values) -> int:
        """Give the one number that the statement answers."""
        with self.admin() as admin:
            return admin.execute(sql, values).fetchone()[0]


@contextlib.contextmanager
def site(env: Mapping[str, str]) -> Iterator[Site]:
    """Give a furnished and served site; everything of it is stopped and deleted at the end."""
    with scratch_cluster(env, durable=True) as (cluster, around):
        here = Site(cluster, around)
        try:
            here.furnish()
            here.serve()
            yield here
        finally:
            if here.server is not None:
                here.server.stop()
