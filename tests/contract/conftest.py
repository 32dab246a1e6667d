"""All contract tests share one planted world in a database of its own; each test's changes are rolled back."""

import contextlib

import pytest


@pytest.fixture(scope="package")
def planted(django_db_setup, django_db_blocker):
    from tests import databases
    from tests.contract.world import build

    with contextlib.ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(databases.copied(django_db_setup))
            made = build()
            databases.connections["default"].close()
        yield made
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def world(planted, db):
    """The planted world, inside a transaction."""
    return planted


@pytest.fixture
def client_of(planted, _handler):
    """Give a client that was signed in when the world was planted; None is nobody."""
    from django.conf import settings
    from django.test import Client

    def signed_in(user):
        client = Client()
        client.handler = _handler
        if user is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = planted.cookies[user.username]
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _world_first(planted):
    """Whoever runs here runs on the planted database."""
