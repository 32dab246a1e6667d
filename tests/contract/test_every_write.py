"""What every kind of record promises when it is written: one journal entry for each act, none without one.

Asked of each registered type, through the page and through REST. An act whose writing is refused, by the
policy or by a rule, leaves nothing at all.
"""

import pytest
from django.apps import apps
from django.db import connection, transaction

from krama.access.roles import ROLES
from krama.access.scoping import acting_as
from krama.records.sealing import open_unjournaled, sealed_names
from krama.records.types import registry
from tests import makers
from tests.contract.inputs import INPUTS, writer

SLUGS = sorted(registry)
ADDED = [slug for slug in SLUGS if registry[slug].add]
CHANGED = [slug for slug in SLUGS if registry[slug].change and registry[slug].asks]
MOVED = [(slug, step.name) for slug in SLUGS for step in registry[slug].transitions]
CHANNELS = ("page", "rest")


def entries() -> list[tuple]:
    """Give all entries of the journal but those of reading, in order; read past the fences by counting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, action, outcome, actor_id, record_type, record_id, case_id FROM journal_entry"
            " WHERE action !~ '[.](view|reveal)$' ORDER BY sequence"
        )
        return cursor.fetchall()


class Written:
    """What the journal gained during a `with` block, as a given user sees it."""

    def __init__(self, user):
        self.user = user

    def __enter__(self):
        with acting_as(self.user):
            self.before = {row[0] for row in entries()}
        return self

    def __exit__(self, *_exc):
        with acting_as(self.user):
            self.gained = [row[1:] for row in entries() if row[0] not in self.before]


def rows_of_all_tables(user) -> dict[str, int]:
    """Count every table that the user may read; sessions aside."""
    with acting_as(user), connection.cursor() as cursor:
        counts = {}
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if table == "django_session" or not cursor.fetchone()[0]:
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
        return counts


def send(client, channel: str, slug: str, act: str, data: dict, *, pk="", case: str = ""):
    """Send form data to the page or to REST. act: add, change or the name of a transition."""
    if channel == "page":
        tail = {"add": f"add/?case={case}", "change": f"{pk}/change/"}.get(act, f"{pk}/do/{act}/")
        return client.post(f"/records/{slug}/{tail}", data)
    tail = {"add": "", "change": str(pk)}.get(act, f"{pk}/{act}")
    method = client.put if act == "change" else client.post
    return method(f"/api/v1/{slug}/{tail}", {"fields": data, "case": case}, content_type="application/json")


def test_every_act_of_every_type_has_its_inputs():
    assert set(INPUTS) == set(registry)
    assert [slug for slug in SLUGS if bool(INPUTS[slug].add) != bool(registry[slug].add)] == []
    assert [slug for slug in SLUGS if bool(INPUTS[slug].change) != (slug in CHANGED)] == []
    assert [(slug, name) for slug in SLUGS for name in INPUTS[slug].transitions] == MOVED


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("slug", ADDED)
def test_adding_writes_one_entry(slug, channel, world, client_of):
    declared, user, case = registry[slug], writer(world, slug), _case_for(world, slug)
    if channel == "rest" and not declared.asks:
        pytest.skip("added on its own page alone")
    data = INPUTS[slug].add(world)
    with Written(user) as journal:
        answer = send(client_of(user), channel, slug, "add", data, case=case.code)
    assert answer.status_code == {"page": 302, "rest": 201}[channel], answer.content[:500]
    case_id = case.pk if declared.behind == "case" else None
    assert [(e[0], e[1], e[2], e[5]) for e in journal.gained] == [(f"{slug}.add", "done", user.pk, case_id)]
    with acting_as(user):
        assert declared.model.objects.filter(pk=journal.gained[0][4]).exists()


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("slug", CHANGED)
def test_changing_writes_one_entry(slug, channel, world, client_of):
    declared, user, record = registry[slug], writer(world, slug), world.here[slug]
    data = INPUTS[slug].change(world) | {"version": record.version}
    with Written(user) as journal:
        answer = send(client_of(user), channel, slug, "change", data, pk=record.pk)
    assert answer.status_code == {"page": 302, "rest": 200}[channel], answer.content[:500]
    case_id = record.case_id if declared.behind == "case" else None
    assert journal.gained == [
        (f"{slug}.change", "done", user.pk, record._meta.label_lower, str(record.pk), case_id)
    ]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("slug", CHANGED)
def test_who_changes_a_record_does_not_empty_what_is_hidden_from_them(slug, channel, world, client_of):
    declared, record = registry[slug], world.here[slug]
    for role, user in world.cast.of_role.items():
        hidden = [n for n in sealed_names(declared.model) if declared.fields[n] not in ROLES[role].reads]
        if not (hidden and ROLES[role].may(f"{slug}.change")):
            continue
        data = INPUTS[slug].change(world) | {"version": record.version}
        data = {name: value for name, value in data.items() if name not in hidden}
        with transaction.atomic():
            answer = send(client_of(user), channel, slug, "change", data, pk=record.pk)
            assert answer.status_code in (200, 302), (role, answer.content[:300])
            with acting_as(world.cast.supervisor):
                fresh = declared.model.objects.get(pk=record.pk)
                kept = open_unjournaled([fresh], hidden)[0]
            assert kept == {name: makers.canary(slug, name) for name in hidden}, role
            transaction.set_rollback(True)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("slug", "verb"), MOVED)
def test_a_transition_writes_one_entry(slug, verb, channel, world, client_of):
    declared, user, record = registry[slug], writer(world, slug), world.here[slug]
    with Written(user) as journal:
        answer = send(client_of(user), channel, slug, verb, _typed(world, slug, verb), pk=record.pk)
    assert answer.status_code == {"page": 302, "rest": 200}[channel], answer.content[:500]
    case_id = record.case_id if declared.behind == "case" else None
    assert [(e[0], e[1], e[2], e[5]) for e in journal.gained] == [
        (f"{slug}.{verb}", "done", user.pk, case_id)
    ]


def _typed(world, slug: str, verb: str) -> dict:
    """Give what the page's form would send, with the hidden version of the record."""
    return INPUTS[slug].transitions[verb](world) | {"version": getattr(world.here[slug], "version", "")}


def _case_for(world, slug: str):
    """Give the planted case; a second one for what a person has once at a time."""
    if slug in ("screening", "determination"):
        fresh = makers.case(world.cast.here)
        if slug == "determination":
            makers.screening(world.cast.here, fresh, finished=True)
        return fresh
    return world.here["case"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("slug", SLUGS)
def test_who_may_not_writes_nothing(slug, channel, world, client_of):
    declared, record = registry[slug], world.here[slug]
    case = world.here["case"]
    acts = {step.name: _typed(world, slug, step.name) for step in declared.transitions}
    if slug in CHANGED:
        acts["change"] = INPUTS[slug].change(world) | {"version": record.version}
    if declared.add and (declared.asks or channel == "page"):
        acts["add"] = INPUTS[slug].add(world)
    before = rows_of_all_tables(world.cast.supervisor)
    for role, user in world.cast.of_role.items():
        for act, data in acts.items():
            if ROLES[role].may(f"{slug}.{act}"):
                continue
            answer = send(client_of(user), channel, slug, act, data, pk=record.pk, case=case.code)
            assert answer.status_code in (403, 404), (role, act, answer.status_code, answer.content[:300])
    after = rows_of_all_tables(world.cast.supervisor)
    assert _without_reading(after) == _without_reading(before)
    with acting_as(world.cast.supervisor):
        fresh = type(record)._base_manager.get(pk=record.pk)
        assert getattr(fresh, "version", 1) == getattr(record, "version", 1)


def _without_reading(counts: dict[str, int]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if table != "journal_entry"}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("slug", "verb"), [pair for pair in MOVED if not pair[1].startswith("set-")])
def test_a_rule_that_refuses_leaves_nothing(slug, verb, channel, world, client_of):
    """Done once, each of these can not be done again."""
    user, record, client = writer(world, slug), world.here[slug], client_of(writer(world, slug))
    data = _typed(world, slug, verb)
    assert send(client, channel, slug, verb, data, pk=record.pk).status_code in (200, 302)
    before = rows_of_all_tables(user)
    answer = send(client, channel, slug, verb, data, pk=record.pk)
    assert answer.status_code == 422
    after = rows_of_all_tables(user)
    assert _without_reading(after) == _without_reading(before)
    with Written(user) as journal:
        send(client, channel, slug, verb, data, pk=record.pk)
    assert journal.gained == []
