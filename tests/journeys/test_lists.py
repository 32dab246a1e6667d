"""Lists as they are handed over: those that are none, and people who are known already."""

import pytest

from krama.records.sentences import say
from krama.repatriation.models import ArrivalPerson
from krama.repatriation.rules.manifest import NotAList, open_file, understand
from krama.vault.models import MatchDecision
from tests import makers
from tests.journeys import arrivals, registration
from tests.journeys.given import SAMPLES, Records
from tests.journeys.registration import Newcomer


def reason_of(desk, name: str) -> str:
    """Give the sentence of the rule that refuses this file, in the desk's language."""
    from django.utils import translation

    with pytest.raises(NotAList) as problem, translation.override(desk.language):
        understand(open_file((SAMPLES / name).read_bytes(), name))
    with translation.override(desk.language):
        return say(problem.value.refusal)


@pytest.mark.row(1)
@pytest.mark.parametrize("file", ["not-a-list.xlsx", "letter.txt", "letter-renamed.xlsx"])
def test_a_file_that_is_no_list_gets_a_sentence_and_nothing_is_kept(given, sign_in, file):
    # given an arrival
    arrival, officer = given.an_arrival(), sign_in("intake_officer")

    # when a file is handed in that is no list of people
    arrivals.take_in(officer, arrival.code, file)

    # then one sentence says so beside the field, and nothing of the file is kept
    assert officer.status == 422
    assert officer.problems == [f"{officer.word('List')}: {reason_of(officer, file)}"]
    assert officer.link_targets_missing() == []
    with Records(given.cast) as records:
        assert (records.lists(), records.counts()["people"]) == (0, 0)


@pytest.mark.row(1)
def test_somebody_known_already_is_explained_and_the_officer_decides(given, sign_in):
    # given a woman who was registered at an earlier arrival
    first = makers.registered(given.house, family_latin="Chhim", given_latin="Bopha")[0]
    later, officer = given.an_arrival(), sign_in("intake_officer")
    with Records(given.cast) as records:
        born = records.cases().get(pk=first.pk).person.birth_year

    # when a woman of nearly the same name and of that age is registered again
    registration.open_grid(officer, later)
    again = Newcomer("Chhim Bopha", "F", str(born), village="Prey Chrey")
    registration.writes(officer, [again])
    officer.presses("Register everybody")

    # then nothing is written; the officer is shown which case, and why
    assert officer.status == 422
    officer.must_see("Is this one person or two?")
    assert first.code in officer.text
    reasons = officer.page.locator(".k-likely__item p.govuk-body").first.inner_text()
    assert len(reasons) > 10
    assert registration.written(officer, 1) == [again]
    with Records(given.cast):
        assert ArrivalPerson.objects.filter(arrival=later).count() == 0

    # when the officer is not sure and registers her all the same
    arrivals.decide_all(officer, "unsure")
    officer.presses("Register everybody")

    # then she is registered, nobody is merged, and the answer is kept with its reasons
    assert arrivals.figures(officer)["people"] == 1
    with Records(given.cast):
        kept = MatchDecision.objects.get()
    assert (kept.other_case, kept.decision, kept.decided_by_id) == (
        first.pk, "unsure", given.cast.intake_officer.pk,
    )  # fmt: skip
    assert kept.reasons


@pytest.mark.row(1)
def test_two_rows_that_look_like_one_known_person_keep_their_own_answers(given, sign_in):
    # given a woman who is known, and two newcomers who both look like her
    known = makers.registered(given.house, family_latin="Chhim", given_latin="Bopha")[0]
    later, officer = given.an_arrival(), sign_in("intake_officer")
    with Records(given.cast) as records:
        born = records.cases().get(pk=known.pk).person.birth_year
    registration.open_grid(officer, later)
    registration.writes(officer, [
        Newcomer("Chhim Bopha", "F", str(born)), Newcomer("Chhim Bopha", "F", str(born)),
    ])  # fmt: skip
    officer.presses("Register everybody")

    # when the officer says that the first is she and the second is not
    for item in officer.page.locator(".k-likely__item").all():
        about_known = known.code in item.inner_text()
        first_row = officer.word("Row %(a)s and case %(code)s", a=1, code=known.code) in item.inner_text()
        item.locator(f'input[value="{"same" if about_known and first_row else "different"}"]').check()
    officer.presses("Register everybody")

    # then each answer is kept with its own person
    with Records(given.cast):
        kept = list(MatchDecision.objects.order_by("case__pk").values_list("decision", flat=True))
    assert sorted(kept) == ["different", "same"]


@pytest.mark.row(1)
def test_a_list_is_imported_once(given, sign_in):
    # given a list that has been imported
    arrival, officer = given.an_arrival(), sign_in("intake_officer")
    arrivals.take_in(officer, arrival.code, "thailand-deport-12.xlsx")
    taken = officer.where
    arrivals.import_everybody(officer)
    people = arrivals.figures(officer)["people"]

    # when somebody goes to its people again
    officer.goes_to(f"{taken}rows/")

    # then it is said, and nobody is registered again
    officer.must_see("This list has been imported already.")
    assert arrivals.figures(officer)["people"] == people == 12
