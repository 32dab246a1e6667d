"""The journal stands or falls with its act."""

import pytest
from django.db import Error, transaction
from django.utils import timezone

from krama.access.scoping import acting_as
from krama.casework.actions import case as case_actions
from krama.casework.actions import service as service_actions
from krama.casework.models import Case, Service
from krama.journal.models import Entry
from krama.journal.recording import record
from krama.records.writing import Denied, Hidden, Refused
from krama.repatriation.actions import register_group
from tests import makers


def entries(case) -> list[str]:
    return list(Entry.objects.filter(case_id=case.pk).order_by("sequence").values_list("action", flat=True))


def test_an_entry_wants_a_transaction(committed, cast):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record("case.view", by=cast.supervisor)


def test_an_act_that_fails_leaves_no_entry(cast):
    case = makers.case(cast.here)
    with acting_as(cast.supervisor) as by:
        before = entries(case)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            case_actions.set_next_step(case, by=by, next_step="school")
            assert entries(case) == [*before, "case.set-next-step"]
            raise ZeroDivisionError
        assert entries(case) == before
        assert Case.objects.get(pk=case.pk).next_step == ""


def test_an_entry_that_cannot_be_written_leaves_no_act(cast):
    """The database knows another user than the one who claims to act, and refuses the entry: the act goes too."""
    case = makers.case(cast.here)
    with acting_as(cast.supervisor):
        before = entries(case)
        with pytest.raises(Error, match="journal_entry"):
            case_actions.set_next_step(case, by=cast.intake_officer, next_step="school")
        assert entries(case) == before
        assert Case.objects.get(pk=case.pk).next_step == ""


def test_many_services_are_given_together_or_not_at_all(cast):
    cases = makers.registered(cast.here, 3)
    with acting_as(cast.intake_officer) as by:
        with pytest.raises(Refused):
            service_actions.give_many(cases, by=by, kind="counselling", given_on=timezone.localdate())
        with pytest.raises((Denied, Hidden)):
            foreign = makers.case(cast.elsewhere)
            service_actions.give_many([*cases, foreign], by=by, kind="meal", given_on=timezone.localdate())
        assert not Service.objects.exists()
        given = service_actions.give_many(cases, by=by, kind="meal", given_on=timezone.localdate())
        assert [entries(case) for case in cases] == [["case.register", "service.add"]] * 3
        assert len({service.batch for service in given}) == 1


def test_a_group_is_registered_whole_or_not_at_all(cast):
    arrival, people = makers.arrival(cast.here), makers.people(3)
    broken = makers.people(1, family_latin="", given_latin="")
    broken = [type(broken[0])(number=4, particulars=broken[0].particulars)]
    with acting_as(cast.intake_officer) as by:
        before = Entry.objects.count()
        with pytest.raises(Refused):
            register_group(arrival, [*people, *broken], by=by)
        assert Case.objects.count() == 0
        assert Entry.objects.count() == before


def test_the_order_of_entries_is_the_order_of_acts(cast):
    case = makers.case(cast.here)
    makers.consent(cast.here, case)
    makers.service(cast.here, case)
    with acting_as(cast.supervisor):
        assert entries(case) == ["case.register", "case.set-safety", "consent.add", "service.add"]
        actors = list(
            Entry.objects.filter(case_id=case.pk).order_by("sequence").values_list("actor_id", flat=True)
        )
    assert actors == [
        cast.intake_officer.pk,
        cast.supervisor.pk,
        cast.intake_officer.pk,
        cast.intake_officer.pk,
    ]


def test_reading_sealed_values_is_written_down_and_names_no_value(cast, client_of):
    case = makers.case(cast.here)
    note = makers.counselling_note(cast.here, case)
    client_of(cast.supervisor).get(f"/records/counselling-note/{note.pk}/")
    with acting_as(cast.supervisor):
        entry = Entry.objects.order_by("-sequence").first()
        assert (entry.action, entry.actor_id, entry.case_id) == (
            "counselling-note.view",
            cast.supervisor.pk,
            case.pk,
        )
        assert entry.groups == ["narrative"]
        written = " ".join(str(value) for row in Entry.objects.values() for value in row.values())
    assert "Qzy" not in written
