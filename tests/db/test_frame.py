"""The frame itself: a test runs as the web's role, and its cast is there."""

from django.db import connection

from krama.access.roles import ROLES


def test_tests_run_as_the_role_of_the_web(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, name = cursor.fetchone()
    assert role == "krama_web"
    assert name.startswith("krama_test_")


def test_there_is_somebody_of_each_role(cast):
    assert {user.role for user in cast.of_role.values()} == set(ROLES)
    assert set(cast.of_role) == {user.role for user in cast.of_role.values()}


def test_a_signed_in_client_sees_its_first_page(cast, client_of):
    assert client_of(cast.intake_officer).get("/").status_code == 200


def test_a_committed_database_has_its_own_cast(committed, cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0] == committed
    assert cast.intake_officer.username == "intake_officer"
