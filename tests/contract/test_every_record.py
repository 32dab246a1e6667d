"""What every kind of record promises to readers, asked of each registered type without exception.

Scope: who may not know of a record meets it nowhere. Parity: page, REST and export show the same.
Masking: a field appears exactly for those who read its group, and identity never without a reveal.
The expectations come from the tables in this file and in `krama.access.roles`, never from the engine.
"""

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext

from krama.access.groups import IDENTITY, OPEN
from krama.access.roles import ROLES
from krama.records.places import home_of
from krama.records.reading import visible
from krama.records.sealing import sealed_names
from krama.records.types import registry
from krama.records.writing import Hidden
from tests import makers
from tests.contract import surfaces
from tests.contract.world import GRANTED, SIZES, TEAM

SLUGS = sorted(registry)
BEHIND_CASE = {slug for slug in SLUGS if registry[slug].behind == "case"}

# Whom a case comes to, by the place where it stands (docs/roles.md).
AGENCY_LINE = {"supervisor", "programme_manager", "me_officer"}
AT_THE_CENTRE = {"intake_officer", "second_officer", "counsellor", "shelter_manager"}
CASES = {
    "here": {*AT_THE_CENTRE, *AGENCY_LINE, *TEAM, "partner"},
    "next_door": {"mic_officer", "mic_counsellor", *AGENCY_LINE},
    "elsewhere": {"outsider", "outside_counsellor", "outside_supervisor"},
}
LISTS = {  # lists of names: the centre's own staff and the line of supervision
    "here": AT_THE_CENTRE | AGENCY_LINE,
    "next_door": {"mic_officer", "mic_counsellor", *AGENCY_LINE},
    "elsewhere": {"outsider", "outside_counsellor", "outside_supervisor"},
}
HOUSES = {"here": "protection", "next_door": "protection", "elsewhere": "human_rights"}
READERS = (*ROLES, "mic_officer", "mic_counsellor", "idle_worker", "outside_supervisor")
STRANGERS = ("idle_worker", "mic_officer", "outside_supervisor", "outside_worker", "donor", "administrator")


def may_see(world, username: str, slug: str, place: str) -> bool:
    """Say from the tables above whether this user may know of the records of this kind and place."""
    user, declared = world.cast.users[username], registry[slug]
    role = ROLES[user.role]
    if not role.may(f"{slug}.view"):
        return False
    if declared.compartment and declared.compartment not in role.compartments:
        return False
    if slug == "manifest":
        return username in LISTS[place]
    if slug in BEHIND_CASE:
        return username in CASES[place]
    return user.agency.code == HOUSES[place]


def expected(world, username: str, slug: str) -> set[str]:
    """Give the keys of all records of this kind that this user may know of."""
    return {
        str(pk) for place in HOUSES if may_see(world, username, slug, place) for pk in world.rows[place][slug]
    }


def groups_of(username: str, role: str, slug: str) -> set[str]:
    """Give the field groups that this user reads of the records of `here`."""
    reads = {str(group) for group in ROLES[role].reads} | {"open"}
    if username == "partner" and slug in BEHIND_CASE:
        return reads & {"open", *GRANTED}
    return reads


def readable(username: str, role: str, slug: str) -> set[str]:
    """Give the names of the fields whose values this user reads on a record's page."""
    declared, groups = registry[slug], groups_of(username, role, slug)
    sealed = set(sealed_names(declared.model))
    return {
        name
        for name, group in declared.fields.items()
        if group in groups and not (group is IDENTITY and name in sealed)
    }


def test_every_type_has_a_maker():
    assert set(makers.MAKERS) == set(registry)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_model_field_has_a_group(slug):
    declared = registry[slug]
    own = {
        f.name for f in declared.model._meta.concrete_fields if not f.primary_key or isinstance(f, ForeignKey)
    }
    assert set(declared.fields) == own - {"version"}


@pytest.mark.parametrize("slug", SLUGS)
def test_lists_counts_and_exports_hold_what_the_reader_may_know_and_nothing_else(slug, world, client_of):
    for username in READERS:
        user = world.cast.users[username]
        client, role = client_of(user), ROLES[user.role]
        seen = expected(world, username, slug)
        listed, page = client.get(f"/api/v1/{slug}/?limit=200"), client.get(f"/records/{slug}/")
        file = client.get(f"/records/{slug}/export.csv")
        if not role.may(f"{slug}.view"):
            assert (listed.status_code, page.status_code, file.status_code) == (404, 404, 404), username
            continue
        assert {item["id"] for item in listed.json()["items"]} == seen, username
        assert listed.json()["total"] == len(seen), username
        body = page.content.decode()
        assert surfaces.counted(body) == len(seen), username
        for place in HOUSES:
            if not may_see(world, username, slug, place):
                assert home_of(registry[slug], getattr(world, place)[slug]) not in body, (username, place)
        if role.may(f"{slug}.export"):
            assert len(surfaces.exported(client, slug, "csv")) == len(seen), username
        else:
            assert file.status_code == 403, username


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_engine_s_own_filter_would_be_enough_without_the_fence(slug, world):
    """Asked as the owner, whom row-level security lets pass: each of the two walls must stand by itself."""
    sized = {pk for pks in world.rows["sized"].values() for pk in pks}
    for username in READERS:
        user = world.cast.users[username]
        if not ROLES[user.role].may(f"{slug}.view"):
            with pytest.raises(Hidden):
                visible(registry[slug], user)
            continue
        rows = visible(registry[slug], user).using("owner")
        found = {str(pk) for pk in rows.values_list("pk", flat=True)}
        if slug == "manifest" or user.role == "administrator":  # narrowed further by the fence alone
            assert found >= expected(world, username, slug), username
            assert user.role == "administrator" or not found & {str(pk) for pk in sized}, username
        else:
            assert found == expected(world, username, slug), username


@pytest.mark.parametrize("slug", SLUGS)
def test_a_record_opens_for_those_who_may_know_of_it(slug, world, client_of):
    for username in READERS:
        client, seen = client_of(world.cast.users[username]), expected(world, username, slug)
        for planted in world.planted():
            pk = str(planted[slug].pk)
            codes = {
                client.get(f"/records/{slug}/{pk}/").status_code,
                client.get(f"/api/v1/{slug}/{pk}").status_code,
            }
            assert codes == ({200} if pk in seen else {404}), (username, pk)


@pytest.mark.parametrize("slug", SLUGS)
def test_who_may_not_know_of_a_record_cannot_act_on_it_either(slug, world, client_of):
    declared = registry[slug]
    for username in STRANGERS:
        client = client_of(world.cast.users[username])
        seen = expected(world, username, slug)
        for planted in world.planted():
            pk = str(planted[slug].pk)
            if pk in seen:
                continue
            pages = [f"/records/{slug}/{pk}/change/"]
            pages += [f"/records/{slug}/{pk}/do/{step.name}/" for step in declared.transitions]
            codes = {page: (client.get(page).status_code, client.post(page).status_code) for page in pages}
            assert set(codes.values()) == {(404, 404)}, (username, codes)
            calls = [("post", f"/api/v1/{slug}/{pk}/{step.name}") for step in declared.transitions]
            calls += [("put", f"/api/v1/{slug}/{pk}")] if declared.change and declared.asks else []
            for method, path in calls:
                body = {"fields": {}}
                answer = getattr(client, method)(path, body, content_type="application/json")
                assert answer.status_code == 404, (username, path)


def looked_at(world, client_of, slug: str, username: str) -> dict:
    """Give what this user sees of the record of `here`, on every surface; looked at once for all tests."""
    key = slug, username
    if key not in world.memory:
        client, pk = client_of(world.cast.users[username]), world.here[slug].pk
        lists = [client.get(f"/records/{slug}/"), client.get(f"/api/v1/{slug}/?limit=200")]
        world.memory[key] = {
            "page": surfaces.page(client, slug, pk), "rest": surfaces.rest(client, slug, pk),
            "lists": "".join(answer.content.decode() for answer in lists),
        }  # fmt: skip
        if ROLES[username].may(f"{slug}.export"):
            world.memory[key] |= {kind: surfaces.exported(client, slug, kind) for kind in ("csv", "xlsx")}
    return world.memory[key]


@pytest.mark.parametrize("slug", SLUGS)
def test_page_rest_and_export_agree(slug, world, client_of):
    for username in world.cast.of_role:
        if not may_see(world, username, slug, "here"):
            continue
        seen = looked_at(world, client_of, slug, username)
        page, rest = seen["page"], seen["rest"]
        assert set(page.fields) == set(rest.fields) == set(registry[slug].fields), username
        assert page.hidden == rest.hidden, username
        empty = {name for name, value in page.fields.items() if value == ""}
        assert empty == {name for name, value in rest.fields.items() if value == ""}, username
        if not ROLES[username].may(f"{slug}.export"):
            continue
        tables = [seen["csv"], seen["xlsx"]]
        assert [_undefused(row) for row in tables[0]] == tables[1], username
        wanted = {
            n: page.fields[n] if page.fields[n] is not None else "Hidden"
            for n in surfaces.exported_names(slug)
        }
        assert wanted in [_one_space(row) for row in tables[1]], username


def _undefused(row: dict[str, str]) -> dict[str, str]:
    return {name: text[1:] if text.startswith("'") else text for name, text in row.items()}


def _one_space(row: dict[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in row.items()}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_field_is_shown_exactly_to_those_who_read_its_group(slug, world, client_of):
    declared = registry[slug]
    marks = {name: makers.canary(slug, name) for name in sealed_names(declared.model)}
    for username in world.cast.of_role:
        if not may_see(world, username, slug, "here"):
            continue
        seen, shown = looked_at(world, client_of, slug, username), readable(username, username, slug)
        page, rest = seen["page"], seen["rest"]
        assert page.hidden == rest.hidden == set(declared.fields) - shown, username
        for name, mark in marks.items():
            assert (mark in str(page.fields[name])) == (name in shown), (username, name)
            assert (mark in str(rest.fields[name])) == (name in shown), (username, name)
        assert not [mark for mark in marks.values() if mark in seen["lists"]], username
        if ROLES[username].may(f"{slug}.export"):
            for kind in ("csv", "xlsx"):
                for name, mark in marks.items():
                    found = any(mark in text for row in seen[kind] for text in row.values())
                    assert found == (name in shown), (username, name, kind)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_form_shows_what_its_reader_may_not_read(slug, world, client_of):
    record, declared = world.here[slug], registry[slug]
    case = world.here["case"].code
    pages = [f"/records/{slug}/{record.pk}/change/", f"/records/{slug}/add/?case={case}"]
    pages += [f"/records/{slug}/{record.pk}/do/{step.name}/" for step in declared.transitions]
    for username in world.cast.of_role:
        client = client_of(world.cast.users[username])
        mine = readable(username, username, slug)
        kept = {n: makers.canary(slug, n) for n in sealed_names(declared.model) if n not in mine}
        for address in pages:
            body = client.get(address).content.decode()
            assert [n for n, mark in kept.items() if mark in body] == [], (username, address)
            assert not [n for n in makers.NAME_CANARIES.values() if n in body], (username, address)


@pytest.mark.parametrize("slug", SLUGS)
def test_words_addresses_and_file_names_carry_no_value(slug, world, client_of):
    record, declared = world.here[slug], registry[slug]
    marks = [makers.canary(slug, name) for name in sealed_names(declared.model)]
    marks += makers.NAME_CANARIES.values()
    client = client_of(world.cast.supervisor)
    answers = [client.get(f"/records/{slug}/export.{kind}") for kind in ("csv", "xlsx")]
    said = [str(record), repr(record), home_of(declared, record), f"/records/{slug}/{record.pk}/"]
    said += [answer.get("Content-Disposition", "") for answer in answers]
    assert [mark for mark in marks for text in said if mark in text] == []


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("address", ["/records/{}/", "/api/v1/{}/?limit=200", "/records/{}/export.csv"])
def test_the_number_of_queries_does_not_grow_with_the_rows(slug, address, world, client_of):
    counts = {}
    for size in SIZES:
        client = client_of(world.sized[size].supervisor)
        listed = client.get(f"/api/v1/{slug}/?limit=200").json()
        assert listed["total"] == size
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address.format(slug))
        counts[size] = len(queries)
    assert counts == dict.fromkeys(SIZES, counts[1])


def test_open_is_read_by_everybody_who_reads_anything():
    assert all(OPEN in role.reads for role in ROLES.values() if role.reads)
