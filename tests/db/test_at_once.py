"""Two people at once, with real commits: nothing is lost, nobody is doubled, one bed is given once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from krama.access.scoping import acting_as
from krama.casework.actions.screening import start_screening
from krama.casework.models import Case, Screening
from krama.journal.models import Entry
from krama.records.writing import Refused, Stale
from krama.repatriation.actions import register_group
from krama.repatriation.models import ArrivalPerson
from krama.shelter.actions import give_beds
from krama.shelter.models import Stay
from tests import makers

PATIENCE = 60  # seconds


def at_once(*acts: Callable) -> list:
    """Run these at the same moment, each in a thread and on a connection of its own; give results or exceptions."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable) -> None:
        try:
            start.wait(PATIENCE)
            results[place] = act()
        except Exception as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    return results


def as_user(user, act: Callable) -> Callable:
    def acting():
        with acting_as(user):
            return act(user)

    return acting


def test_two_officers_register_into_one_arrival(committed, cast):
    arrival = makers.arrival(cast.here)
    groups = [makers.people(6), makers.people(5)]
    officers = (cast.intake_officer, cast.second_officer)
    done = at_once(
        *(as_user(officer, lambda by, people=people: register_group(arrival, people, by=by))
          for officer, people in zip(officers, groups, strict=True))
    )  # fmt: skip
    assert [len(cases) for cases in done] == [6, 5]
    with acting_as(cast.supervisor):
        lines = ArrivalPerson.objects.filter(arrival=arrival).order_by("line").values_list("line", flat=True)
        assert list(lines) == list(range(1, 12))
        assert Case.objects.values("person").distinct().count() == 11
        assert Entry.objects.filter(action="case.register").count() == 11


def test_the_same_people_sent_twice_at_once_are_registered_once(committed, cast):
    arrival, people = makers.arrival(cast.here), makers.people(4)
    officers = (cast.intake_officer, cast.second_officer, cast.intake_officer)
    done = at_once(*(as_user(o, lambda by: register_group(arrival, people, by=by)) for o in officers))
    assert [[case.pk for case in cases] for cases in done] == [[case.pk for case in done[0]]] * 3
    with acting_as(cast.supervisor):
        assert Case.objects.count() == 4
        assert Entry.objects.filter(action="case.register").count() == 4


def test_the_same_people_sent_again_later_are_registered_once(cast):
    arrival, people = makers.arrival(cast.here), makers.people(3)
    first = makers.registered(cast.here, at=arrival, who=people[:2])
    again = makers.registered(cast.here, at=arrival, who=people)
    assert [case.pk for case in again[:2]] == [case.pk for case in first]
    with acting_as(cast.supervisor):
        assert Case.objects.count() == 3


def test_one_bed_wanted_by_two_goes_to_one(committed, cast):
    bed, cases = makers.bed(cast.here), makers.registered(cast.here, 3)[::2]  # of one sex, so that both fit
    officers = (cast.intake_officer, cast.second_officer)
    done = at_once(
        *(as_user(officer, lambda by, case=case: give_beds({case: bed}, by=by))
          for officer, case in zip(officers, cases, strict=True))
    )  # fmt: skip
    refused = [problem for problem in done if isinstance(problem, Refused)]
    assert len(refused) == 1, done
    assert all("bed" in sentence for sentence in refused[0].sentences())
    with acting_as(cast.supervisor):
        assert Stay.objects.filter(bed=bed).count() == 1
        assert Entry.objects.filter(action="stay.add").count() == 1


def test_one_person_is_not_given_two_beds_at_once(committed, cast):
    beds, case = [makers.bed(cast.here), makers.bed(cast.here)], makers.case(cast.here)
    officers = (cast.intake_officer, cast.second_officer)
    at_once(
        *(as_user(officer, lambda by, bed=bed: give_beds({case: bed}, by=by))
          for officer, bed in zip(officers, beds, strict=True))
    )  # fmt: skip
    with acting_as(cast.supervisor):
        assert Stay.objects.filter(case=case, during__upper_inf=True).count() == 1


def test_two_interviews_begun_at_once_are_one(committed, cast):
    case = makers.case(cast.here)
    officers = (cast.intake_officer, cast.second_officer)
    done = at_once(*(as_user(officer, lambda by: start_screening(case, by=by)) for officer in officers))
    assert done[0].pk == done[1].pk
    with acting_as(cast.supervisor):
        assert Screening.objects.count() == 1


def test_two_changes_at_once_lose_neither_unseen(committed, cast):
    from krama.shelter.actions import amend_room

    room = makers.room(cast.here)
    done = at_once(
        *(as_user(cast.supervisor, lambda by, name=name: amend_room(room, by=by, name=name, expected_version=1))
          for name in ("Lotus", "Jasmine"))
    )  # fmt: skip
    assert sum(isinstance(problem, Stale) for problem in done) == 1, done


@pytest.mark.parametrize("people", [1, 33])
def test_a_second_registration_counts_on_from_the_first(people, cast):
    arrival = makers.arrival(cast.here)
    makers.registered(cast.here, people, at=arrival)
    more = makers.registered(cast.here, 2, at=arrival)
    with acting_as(cast.supervisor):
        lines = ArrivalPerson.objects.filter(case__in=more).order_by("line").values_list("line", flat=True)
        assert list(lines) == [people + 1, people + 2]
