"""The environment variables in which Krama's own processes run, and the database behind them."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from supervisor.checkout import (
    LOCKS,
    SCRATCH,
    VAR,
    as_root,
    private_folder,
    var_folder,
    waiting_for,
    write_private,
)
from supervisor.postgres import ADMIN, OWNER, WEB, Cluster
from supervisor.words import Problem

DATABASE = "krama"


@dataclass(frozen=True)
class Surroundings:
    """`web`: what the running application may know. `owner`: the same and the owner's database address."""

    web: dict[str, str]
    owner: dict[str, str]


def of_demo(cluster: Cluster | None, env: Mapping[str, str]) -> Surroundings:
    """The demo's variables, with the database of `cluster`, or of DATABASE_URL when it is None.

    Keys and the secret are made once in `var` and kept. Raises Problem when DATABASE_URL stands alone.
    """
    if cluster is None:
        address, owner = env["DATABASE_URL"], env.get("DATABASE_OWNER_URL")
        if not owner:
            raise Problem(
                "DATABASE_URL is set, so DATABASE_OWNER_URL is needed too: the address for the role that "
                "owns the tables and migrates. DATABASE_URL is for the role that only reads and writes rows."
            )
    else:
        cluster.create_database(DATABASE, OWNER)
        address, owner = cluster.url(WEB, DATABASE), cluster.url(OWNER, DATABASE)
    own = _own_folders(VAR)
    own["KRAMA_DEMO"] = "1"
    own["KRAMA_HOSTS"] = env.get("KRAMA_HOSTS", "127.0.0.1,localhost")
    web = {**_bare(env), **own, "DATABASE_URL": address}
    return Surroundings(web, {**web, "DATABASE_OWNER_URL": owner})


@contextlib.contextmanager
def scratch(env: Mapping[str, str], *, durable: bool = False) -> Iterator[dict[str, str]]:
    """Variables for tests and measurements, with a throw-away cluster behind them for as long.

    DATABASE_URL of the caller's own environment is not touched by tests, whatever it says. `durable`
    keeps the cluster waiting for the disk.
    """
    with scratch_cluster(env, durable=durable) as (_cluster, around):
        yield around


@contextlib.contextmanager
def scratch_cluster(
    env: Mapping[str, str], *, durable: bool = False
) -> Iterator[tuple[Cluster, dict[str, str]]]:
    """As `scratch`, and the cluster itself, for proofs that kill and restart it."""
    with waiting_for(LOCKS / "scratch", "Another command is tidying up; waiting for it."):
        sweep()
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=var_folder(SCRATCH)))
        folder.chmod(0o711 if as_root() else 0o700)
        cluster = Cluster(folder, throwaway=True, durable=durable)
        cluster.claim()
    with cluster:
        cluster.create_database(DATABASE, OWNER)
        yield (
            cluster,
            {
                **_bare(env),
                **_own_folders(folder / "var"),
                "DATABASE_URL": cluster.url(WEB, DATABASE),
                "DATABASE_OWNER_URL": cluster.url(OWNER, DATABASE),
                "KRAMA_TEST_ADMIN_URL": cluster.url(ADMIN, "postgres"),
            },
        )


def sweep() -> None:
    """Remove what runs that were killed have left behind; leaves alone what still runs."""
    for folder in sorted(SCRATCH.glob("run-*")):
        with contextlib.suppress(Problem):  # in use, or another account's
            Cluster(folder, throwaway=True).discard()


def _bare(env: Mapping[str, str]) -> dict[str, str]:
    ours = ("DATABASE_URL", "DATABASE_OWNER_URL", "KRAMA_TEST_ADMIN_URL")
    kept = {name: value for name, value in env.items() if name not in ours and not name.startswith("MAKE")}
    return {**kept, "PYTHONUNBUFFERED": "1"}


def _own_folders(var: Path) -> dict[str, str]:
    secret = var_folder(var) / "secret"
    if not secret.exists():
        write_private(secret, secrets.token_urlsafe(50))
    return {
        "KRAMA_VAR": str(var),
        "KRAMA_STATIC": str(var / "static"),
        "KRAMA_KEYS": str(private_folder(var / "keys")),
        "KRAMA_SECRET_KEY": secret.read_text().strip(),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "krama.config.settings"),
    }
