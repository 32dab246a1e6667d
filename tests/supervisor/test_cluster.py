"""The life of a cluster: real servers, killed for real."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from supervisor.checkout import ROOT
from supervisor.place import LONGEST_SOCKET, SOCKET_NAME
from supervisor.postgres import ADMIN, OWNER, WEB, Cluster, made_with
from supervisor.processes import alive
from supervisor.words import Problem

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux: /proc, prctl")
HOLDER = """
import sys, time
from pathlib import Path
from supervisor.postgres import Cluster
cluster = Cluster(Path(sys.argv[1])).start()
print(cluster.pid, flush=True)
time.sleep(600)
"""


def ended(pid, seconds=15.0):
    """Whether the process is gone within the given seconds."""
    give_up = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < give_up:
        time.sleep(0.05)
    return not alive(pid)


def held_elsewhere(folder):
    """Another process that runs a cluster on the folder; returns it and the server's process number."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    return process, int(process.stdout.readline())


def test_roles_have_no_more_than_they_need(cluster):
    cluster.create_database("krama", OWNER)
    rows = cluster.admin_execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname LIKE 'krama%' ORDER BY 1"
    )
    assert rows.split() == ["krama_admin|t|t|t|t", "krama_owner|f|f|f|t", "krama_web|f|f|f|f"]
    with psycopg.connect(cluster.url(OWNER, "krama")) as owner:
        owner.execute("CREATE TABLE people (id int)")
    with psycopg.connect(cluster.url(WEB, "krama")) as web:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("SELECT * FROM people")
        web.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("CREATE TABLE mine (id int)")


def test_owner_makes_databases_only_in_throwaway_clusters(folder):
    with Cluster(folder) as kept:
        asked = f"SELECT rolcreatedb FROM pg_roles WHERE rolname = '{OWNER}'"
        assert kept.admin_execute(asked).strip() == "f"
        assert kept.admin_execute("SHOW fsync").strip() == "on"
        assert kept.admin_execute("SHOW data_checksums").strip() == "on"


def test_nobody_enters_without_the_password_and_nothing_listens_on_the_network(cluster):
    wrong = cluster.url(ADMIN, "postgres").replace(":", ":x", 2).replace("postgres:x", "postgres:", 1)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    assert cluster.admin_execute("SHOW listen_addresses").strip() == ""


def test_private_files_are_private_and_the_socket_path_is_short(cluster):
    host = Path(parse_qs(urlsplit(cluster.url(WEB, "krama")).query)["host"][0])
    assert len(os.fsencode(str(host) + SOCKET_NAME)) <= LONGEST_SOCKET
    assert host.stat().st_mode & 0o777 == 0o700
    for name in ("passwords", "postgres.log", "lock"):
        assert (cluster.folder / name).stat().st_mode & 0o777 == 0o600


def test_a_long_path_gets_its_socket_elsewhere(folder):
    with Cluster(folder.parent / ("long" * 30) / "cluster", throwaway=True) as cluster:
        assert cluster.admin_execute("SELECT 1").strip() == "1"


def test_a_refused_row_does_not_reach_the_log(cluster):
    cluster.create_database("krama", OWNER)
    with psycopg.connect(cluster.url(OWNER, "krama"), autocommit=True) as owner:
        owner.execute("CREATE TABLE people (phone text CHECK (phone = ''), code text UNIQUE)")
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute("INSERT INTO people (phone) VALUES ('secret-number')")
        owner.execute("INSERT INTO people (code) VALUES ('secret-number')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO people (code) VALUES ('secret-number')")
    log = cluster.log.read_text()
    assert "violates check constraint" in log
    assert "secret-number" not in log


def test_committed_rows_survive_kill_9_and_a_stop(folder):
    cluster = Cluster(folder).start()
    try:
        cluster.admin_execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)")
        cluster.kill9()
        assert not cluster.running
        cluster.start()
        cluster.admin_execute("INSERT INTO kept VALUES (2)")
        cluster.stop()
        cluster.start()
        assert cluster.admin_execute("SELECT id FROM kept ORDER BY 1").split() == ["1", "2"]
    finally:
        cluster.stop()


def test_throwaway_leaves_nothing(folder):
    with Cluster(folder, throwaway=True) as cluster:
        base, pid = cluster.data.parent, cluster.pid
        assert base.exists()
    assert not folder.exists()
    assert not base.exists()
    assert ended(pid, 0)


def test_two_clusters_at_once_do_not_meet(folder):
    with Cluster(folder / "a", throwaway=True) as one, Cluster(folder / "b", throwaway=True) as two:
        one.admin_execute("CREATE TABLE only_one (id int)")
        asked = "SELECT count(*) FROM pg_tables WHERE tablename = 'only_one'"
        assert (one.admin_execute(asked).strip(), two.admin_execute(asked).strip()) == ("1", "0")


def test_one_folder_serves_one_process(folder):
    process, _ = held_elsewhere(folder)
    try:
        with pytest.raises(Problem, match=f"in use by process {process.pid}"):
            Cluster(folder).start()
        with pytest.raises(Problem, match=f"in use by process {process.pid}"):
            Cluster(folder).discard()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@linux
def test_killed_supervisor_takes_its_server_along(folder):
    process, server = held_elsewhere(folder)
    process.kill()
    process.wait()
    process.stdout.close()
    assert ended(server)


@linux
def test_a_server_that_outlived_its_supervisor_is_stopped_at_the_next_start(folder):
    with Cluster(folder) as cluster:
        words = Path(f"/proc/{cluster.pid}/cmdline").read_bytes().decode().split("\0")[:-1]
        account = cluster._place.account
    as_whom = {"user": account[0], "group": account[1], "extra_groups": []} if account[0] >= 0 else {}
    cluster._socket.mkdir(mode=0o700, exist_ok=True)
    if account[0] >= 0:
        os.chown(cluster._socket, *account)
    ghost = subprocess.Popen(words, cwd="/", start_new_session=True, **as_whom)
    mark = cluster.data / "postmaster.pid"
    give_up = time.monotonic() + 10
    while not (mark.exists() and "ready" in mark.read_text()) and time.monotonic() < give_up:
        time.sleep(0.05)
    try:
        with Cluster(folder) as again:
            assert again.pid != ghost.pid
            assert again.admin_execute("SELECT 1").strip() == "1"
            assert not alive(ghost.pid)
    finally:
        ghost.kill()
        ghost.wait()


def test_a_mark_that_names_a_stranger_does_not_block_the_start(folder):
    with Cluster(folder) as cluster:
        data, account = cluster.data, cluster._place.account
    as_whom = {"user": account[0], "group": account[1], "extra_groups": []} if account[0] >= 0 else {}
    stranger = subprocess.Popen(["sleep", "600"], cwd="/", **as_whom)
    (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n0\n5432\n\n\n\nready\n")
    try:
        with Cluster(folder) as again:
            assert again.admin_execute("SELECT 1").strip() == "1"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_is_not_opened(folder):
    with Cluster(folder) as cluster:
        version = cluster.data / "PG_VERSION"
    version.write_text("99\n")
    assert made_with(folder) == 99
    with pytest.raises(Problem, match="The data was made by PostgreSQL 99"):
        Cluster(folder).start()


def test_fast_stop_is_used(folder):
    with Cluster(folder) as cluster:
        cluster.create_database("krama", OWNER)
        idle = psycopg.connect(cluster.url(OWNER, "krama"))
        idle.execute("SELECT 1")
        begin = time.monotonic()
    assert time.monotonic() - begin < 10
    idle.close()
