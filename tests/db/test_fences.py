"""Row-level security, asked of the database itself: nothing undeclared, no context no rows, no self-service."""

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from krama.access import rowsecurity
from krama.access.scoping import acting_as, set_context
from tests import makers

FENCED, OPEN = rowsecurity.declared()


def rows(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def refused(sql: str, *values) -> bool:
    """Say whether the database refuses this statement; what it lets pass is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            changed = cursor.rowcount
            transaction.set_rollback(True)
    except Error:
        return True
    return changed == 0


TABLES = "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind"


def test_every_table_is_declared(db):
    there = {name for (name,) in rows(f"{TABLES} IN ('r', 'p')")}
    assert there - {"django_migrations"} == set(FENCED) | set(OPEN)


def test_a_row_about_a_case_or_a_person_is_fenced(db):
    named = {
        name
        for (name,) in rows(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name IN ('case_id', 'person_id', 'subject')"
        )
    }
    sealed = {
        model._meta.db_table
        for model in apps.get_models()
        if any(f.get_internal_type() == "BinaryField" for f in model._meta.concrete_fields)
    }
    assert (named | sealed) - set(FENCED) == set()


def test_fences_are_forced_and_have_their_policies(db):
    forced = {
        name: flags
        for name, *flags in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        if name in FENCED
    }
    assert forced == {name: [True, True] for name in FENCED}
    policies: dict[str, set] = {}
    for table, name, roles in rows("SELECT tablename, policyname, roles::text FROM pg_policies"):
        assert "public" not in roles
        policies.setdefault(table, set()).add(name)
    usual = {"krama_owner", "krama_read", "krama_add", "krama_change"}
    assert policies == {
        t: usual | ({"krama_remove"} if "DELETE" in f.verbs else set()) for t, f in FENCED.items()
    }


def test_there_are_no_views(db):
    assert rows(f"{TABLES} IN ('v', 'm', 'f')") == []


def test_the_role_of_the_web_owns_nothing_and_passes_nothing(db):
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False, False, False)]
    assert rows("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == []
    assert rows("SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = current_user") == []
    assert (
        rows(
            "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = current_user"
        )
        == []
    )
    assert rows("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


def test_functions_that_run_as_owner_are_known_and_have_a_fixed_path(db):
    found = dict(rows(
        "SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    ))  # fmt: skip
    assert {name: path for name, path in found.items() if "search_path=public, pg_temp" not in path} == {}
    assert "krama_match" in found and "krama_occupied_beds" in found


GRANTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def test_the_web_is_granted_what_is_declared_and_nothing_else(db):
    wanted = {name: set(fence.verbs) for name, fence in FENCED.items()} | {n: set(v) for n, v in OPEN.items()}
    granted: dict[str, set] = {name: set() for name in wanted}
    for table, verb in rows(
        "SELECT table_name, privilege_type FROM information_schema.table_privileges"
        " WHERE grantee IN (current_user, 'PUBLIC') AND table_schema = 'public'"
    ):
        granted.setdefault(table, set()).add(verb)
    assert granted.pop("django_migrations") == {"SELECT"}
    assert granted == wanted


def test_the_journal_is_only_added_to(cast):
    with acting_as(cast.supervisor):
        for sql in (
            "UPDATE journal_entry SET action = 'x'",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry",
        ):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_not_even_the_owner_rewrites_the_journal(committed, cast):
    makers.case(cast.here)
    from django.db import connections

    for sql in ("UPDATE journal_entry SET action = 'x'", "DELETE FROM journal_entry"):
        with pytest.raises(Error, match="only added to"), connections["owner"].cursor() as cursor:
            cursor.execute(sql)
    connections["owner"].close()


def test_nobody_writes_an_entry_in_another_name(cast):
    values = "gen_random_uuid(), nextval('journal_entry_order'), now(), 'case.view', 'done', %s"
    columns = "id, sequence, at, action, outcome, actor_id"
    for name in ("role", "record_type", "record_id", "purpose", "request", "groups", "changed"):
        columns += f", {name}"
        values += ", '{}'"
    with acting_as(cast.social_worker):
        own = f"INSERT INTO journal_entry ({columns}) VALUES ({values})"
        assert not refused(own, cast.social_worker.pk)
        assert refused(own, cast.supervisor.pk)
        assert refused(own, None)


def test_match_tokens_are_written_and_never_read(cast):
    makers.case(cast.here)
    with acting_as(cast.supervisor), pytest.raises(Error, match="permission denied"), transaction.atomic():
        rows("SELECT count(*) FROM vault_matchtoken")


def test_without_a_context_there_are_no_rows(cast):
    makers.one_of_each(cast.here)
    set_context(None)
    seen = {}
    for table, fence in FENCED.items():
        if "SELECT" in fence.verbs:
            seen[table] = rows(f'SELECT count(*) FROM "{table}"')[0][0]
    assert {table: count for table, count in seen.items() if count} == {}


@pytest.mark.parametrize("who", ["donor", "administrator", "outside_supervisor", "idle_worker"])
def test_a_stranger_has_no_rows_of_cases(cast, who):
    makers.one_of_each(cast.here)
    journal_of_own = {"journal_entry"}
    agency = {"network_provider", "shelter_room", "shelter_bed", "repatriation_arrival", "vault_datakey"}
    with acting_as(cast.users[who]):
        counts = {
            t: rows(f'SELECT count(*) FROM "{t}"')[0][0] for t, f in FENCED.items() if "SELECT" in f.verbs
        }
    seen = {table for table, count in counts.items() if count} - journal_of_own
    assert seen == (agency if who == "idle_worker" else set())


def test_an_unknown_or_inactive_user_has_no_rows(cast):
    makers.case(cast.here)
    type(cast.supervisor).objects.filter(pk=cast.supervisor.pk).update(is_active=False)
    for user_id in (cast.supervisor.pk, 10**9):
        set_context(user_id)
        assert rows("SELECT count(*) FROM access_casescope") == [(0,)]


# Nobody grants themselves a case -------------------------------------------------------------------

ME = ("idle_worker", "outside_supervisor", "outside_worker", "donor", "administrator", "me_officer")


@pytest.mark.parametrize("who", ME[:5])
def test_nobody_puts_themselves_on_a_team(cast, who):
    case = makers.case(cast.here)
    me = cast.users[who]
    sql = (
        "INSERT INTO access_teammember (id, case_id, user_id, part, since)"
        " VALUES (gen_random_uuid(), %s, %s, 'other', now())"
    )
    with acting_as(me):
        assert refused(sql, case.pk, me.pk)


@pytest.mark.parametrize("who", ME[:5])
def test_nobody_grants_their_agency_a_case(cast, who):
    case = makers.case(cast.here)
    me = cast.users[who]
    sql = (
        "INSERT INTO access_consentgrant (id, case_id, agency_id, groups, purpose, consent_id, since, until)"
        " VALUES (gen_random_uuid(), %s, %s, '{identity}', 'sharing', gen_random_uuid(), now(),"
        " now() + interval '1 day')"
    )
    with acting_as(me):
        assert refused(sql, case.pk, me.agency_id)


def test_nobody_moves_a_case_to_their_agency(cast):
    case = makers.case(cast.here)
    for who in ME[:5]:
        me = cast.users[who]
        with acting_as(me):
            assert refused(
                "UPDATE access_casescope SET agency_id = %s WHERE id = %s", me.agency_id, case.pk
            ), who
            assert refused("UPDATE access_casescope SET opened_by_id = %s", me.pk), who


def test_nobody_makes_their_own_case_about_somebody_else_s_person(cast):
    mine, theirs = makers.case(cast.here), makers.case(cast.elsewhere)
    with acting_as(cast.intake_officer):
        assert not refused(
            "UPDATE access_casescope SET person_id = %s WHERE id = %s", mine.person_id, mine.pk
        )
        assert refused("UPDATE access_casescope SET person_id = %s WHERE id = %s", theirs.person_id, mine.pk)


def test_nobody_opens_a_case_for_another_agency_or_in_another_name(cast):
    case = makers.case(cast.here)
    sql = (
        "INSERT INTO access_casescope (id, code, person_id, agency_id, sealed, opened_by_id)"
        " VALUES (gen_random_uuid(), 'K26-XXXX', %s, %s, false, %s)"
    )
    me = cast.idle_worker
    with acting_as(me):
        assert refused(sql, case.person_id, cast.outsider.agency_id, me.pk)
        assert refused(sql, case.person_id, me.agency_id, cast.supervisor.pk)


def test_a_person_is_not_reached_by_a_case_of_ones_own_about_them(cast):
    """An own case that names a foreign person would open that person's identity: the person must be seen first."""
    case = makers.case(cast.elsewhere)
    me = cast.intake_officer
    sql = (
        "INSERT INTO access_casescope (id, code, person_id, agency_id, site_id, sealed, opened_by_id)"
        " VALUES (gen_random_uuid(), 'K26-YYYY', %s, %s, %s, false, %s)"
    )
    with acting_as(me):
        assert refused(sql, case.person_id, me.agency_id, cast.here.site.pk, me.pk)


def test_a_grant_reads_and_never_writes(cast):
    case = makers.case(cast.here)
    makers.join(cast.here, case, cast.social_worker)
    makers.service(cast.here, case)
    grant = makers.share(cast.here, case, cast.agencies["partner"], "identity", "health")
    me = cast.partner
    with acting_as(me):
        assert rows("SELECT count(*) FROM access_casescope WHERE id = %s", case.pk) == [(1,)]
        assert rows("SELECT count(*) FROM casework_service WHERE case_id = %s", case.pk) == [(1,)]
        for sql, *values in (
            ("UPDATE access_casescope SET agency_id = %s WHERE id = %s", me.agency_id, case.pk),
            ("UPDATE access_teammember SET user_id = %s WHERE case_id = %s", me.pk, case.pk),
            ("UPDATE access_consentgrant SET until = until + interval '90 days' WHERE id = %s", grant.pk),
            ("UPDATE casework_service SET quantity = 99 WHERE case_id = %s", case.pk),
            ("UPDATE casework_case SET risk = 'low' WHERE scope_id = %s", case.pk),
            ("UPDATE vault_person SET sex = 'M' WHERE id = %s", case.person_id),
            ("UPDATE vault_identity SET given_latin = NULL WHERE person_id = %s", case.person_id),
        ):
            assert refused(sql, *values), sql


def test_the_context_cannot_be_forged_across_transactions(committed, cast):
    """The context lives as long as the transaction: a connection that is used again starts with nobody."""
    makers.case(cast.here)
    with acting_as(cast.supervisor):
        assert rows("SELECT count(*) FROM access_casescope") == [(1,)]
    assert rows("SELECT krama_user()") == [(None,)]
    assert rows("SELECT count(*) FROM access_casescope") == [(0,)]


def test_sealed_cases_are_the_team_s_alone(cast):
    case = makers.case(cast.here)
    makers.join(cast.here, case, cast.social_worker)
    with acting_as(cast.social_worker), connection.cursor() as cursor:
        cursor.execute("UPDATE access_casescope SET sealed = true WHERE id = %s", [case.pk])
    seen = {}
    for who in ("supervisor", "intake_officer", "me_officer", "social_worker"):
        with acting_as(cast.users[who]):
            seen[who] = bool(rows("SELECT 1 FROM casework_case WHERE scope_id = %s", case.pk))
    assert seen == {"supervisor": False, "intake_officer": False, "me_officer": False, "social_worker": True}
