"""The frame of all tests: settings without surroundings, a fresh database a session, the people of the tests.

Ordinary database tests run as the web's role inside a transaction that is rolled back. Who acts is said by
`with acting_as(user):` or by a client from `client_of`; without it row-level security shows nothing.
"""

import os
import shutil
import tempfile

import django
import pytest

_FOLDER = tempfile.mkdtemp(prefix="krama-tests-")
os.environ["KRAMA_KEYS"] = f"{_FOLDER}/keys"
os.environ["KRAMA_VAR"] = f"{_FOLDER}/var"
os.environ.setdefault("KRAMA_SECRET_KEY", "only for tests")
os.environ.setdefault("DATABASE_URL", "postgres://krama_web@/none")  # pure tests open no connection
os.environ["KRAMA_DEBUG"] = os.environ["KRAMA_DEMO"] = "0"
os.environ.pop("KRAMA_LANGUAGE", None)
# Here and not in pyproject.toml, because pytest-django would read the settings before the lines above.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krama.config.settings")
django.setup()
os.makedirs(f"{_FOLDER}/var/static")  # after the settings looked, so that files are found in their sources


def pytest_unconfigure():
    shutil.rmtree(_FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Make the session's database, migrate it, let the cast move in, and keep a copy of that as template.

    Gives the name of the template.
    """
    from django.core.management import call_command

    from tests import databases
    from tests.cast import settle

    databases.needed()
    name = databases.fresh_name()
    template = f"{name}_template"
    with django_db_blocker.unblock():
        before = {alias: databases.connections[alias].settings_dict["NAME"] for alias in databases.ALIASES}
        databases.create(name)
        try:
            databases.point_at(name)
            call_command("migrate", verbosity=0)
            settle()
            databases.point_at(name)  # closes the connections, for a template has no guests
            databases.copy(name, template)
            yield template
        finally:
            for alias, old in before.items():
                databases.connections[alias].close()
                databases.connections[alias].settings_dict["NAME"] = old
            databases.drop(template)
            databases.drop(name)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database of one's own with the cast in it, for tests that commit or use threads. Gives its name.

    Not to be used together with `db`, whose transaction belongs to the session's database.
    """
    from tests import databases

    with django_db_blocker.unblock(), databases.copied(django_db_setup) as name:
        yield name


@pytest.fixture
def cast(request):
    """The people of the tests, read afresh; see tests/cast.py. With `committed`, those of that database."""
    if "committed" not in request.fixturenames:
        request.getfixturevalue("db")
    else:
        request.getfixturevalue("committed")
    from tests.cast import Cast

    return Cast.read()


@pytest.fixture(scope="session")
def _handler():
    """One handler for all clients: each would look through the static files again."""
    from django.test.client import ClientHandler

    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


@pytest.fixture
def client_of(_handler):
    """Give a client that is signed in as a user: `client_of(cast.supervisor).get("/")`; None is nobody."""
    from django.test import Client

    def signed_in(user):
        client = Client()
        client.handler = _handler
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
