"""Databases for tests: made fresh, copied from a template, switched to, dropped. Needs the superuser's address."""

import os
import secrets
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg.sql import SQL, Identifier

from krama.config.environment import database

ALIASES = ("default", "owner")


def _connected(name: str):
    where = database("KRAMA_TEST_ADMIN_URL")
    return psycopg.connect(
        dbname=name, user=where["USER"], password=where["PASSWORD"], host=where["HOST"], port=where["PORT"],
        autocommit=True,
    )  # fmt: skip


def as_superuser(statement, *values, name: str = "postgres") -> list[tuple]:
    """Run one statement as the cluster's superuser in database `name`; gives its rows, if it has any."""
    with _connected(name) as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def fresh_name() -> str:
    """Give a name that no other database has."""
    return f"krama_test_{secrets.token_hex(5)}"


def create(name: str) -> None:
    """Make an empty database as the supervisor makes it: owned by the owner, closed to everybody else."""
    owner, web = _roles()
    as_superuser(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(owner)))
    with _connected(name) as connection:
        connection.execute(SQL("ALTER SCHEMA public OWNER TO {}").format(Identifier(owner)))
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    _close_to_others(name, web)


def copy(template: str, name: str) -> None:
    """Make a database that equals `template`, to which nobody may be connected."""
    owner, web = _roles()
    statement = SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
    as_superuser(statement.format(Identifier(name), Identifier(template), Identifier(owner)))
    _close_to_others(name, web)


def drop(name: str) -> None:
    """Remove a database and whoever is still connected to it."""
    as_superuser(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def _roles() -> tuple[str, str]:
    return tuple(connections[alias].settings_dict["USER"] for alias in ("owner", "default"))


def _close_to_others(name: str, web: str) -> None:
    as_superuser(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(Identifier(name)))
    as_superuser(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(name), Identifier(web)))


def point_at(name: str) -> None:
    """Make both of Django's connections mean database `name`; threads started later as well."""
    for alias in ALIASES:
        connection = connections[alias]
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.settings_dict["OPTIONS"] = {}  # a pool would outlive the database


@contextmanager
def copied(template: str):
    """Work on a copy of `template` with real commits; afterwards the connections mean what they meant before."""
    before, name = connections["default"].settings_dict["NAME"], fresh_name()
    connections["default"].close()
    copy(template, name)
    point_at(name)
    try:
        yield name
    finally:
        point_at(before)
        drop(name)


def needed() -> None:
    """Say what to do when there is no PostgreSQL to test with."""
    if "KRAMA_TEST_ADMIN_URL" not in os.environ:
        raise RuntimeError("This test needs PostgreSQL. Run it with: make test ARGS=...")
