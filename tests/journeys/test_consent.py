"""The first consent: asked, given, given for a child, refused; and what follows from it (programme §4.4)."""

import pytest

from krama.casework.models import Consent, Service
from tests.journeys import consents
from tests.journeys.given import Records


@pytest.mark.row(4)
def test_an_adult_agrees_with_a_thumb_print_before_a_witness(given, sign_in):
    # given a woman who cannot write
    woman, officer = given.an_adult(), sign_in("intake_officer")

    # when she agrees, but nobody has been named who saw it
    consents.take_down(officer, woman, informed=True, given_by="person", how="thumb_print")

    # then the form asks for the witness, and keeps what was filled in
    asked = officer.word("Name a witness who heard the explanation and saw the person agree.")
    assert officer.problems == [f"{officer.word('Witness')}: {asked}"]
    assert (officer.status, officer.value_of("how"), officer.value_of("given_by")) == (
        422,
        "thumb_print",
        "person",
    )
    assert officer.link_targets_missing() == []

    # when the witness is named
    officer.fills(witness="Nurse on duty")
    officer.presses("Save")

    # then her word is on file
    assert officer.status == 200
    with Records(given.cast):
        word = Consent.objects.get(case=woman)
    assert (word.answer, word.purposes, word.given_by, word.how, word.informed) == (
        "given", ["services"], "person", "thumb_print", True,
    )  # fmt: skip
    assert word.recorded_by_id == given.cast.intake_officer.pk


@pytest.mark.row(4)
def test_a_child_is_asked_and_a_responsible_adult_agrees_too(given, sign_in):
    # given a girl of eleven whose mother came along
    girl, officer = given.a_child(), sign_in("intake_officer")
    mother = {
        "informed": True,
        "given_by": "parent",
        "giver": "Her mother",
        "took_part": "no",
        "how": "signature",
    }

    # when the mother agrees and nobody has asked the girl
    consents.take_down(officer, girl, **mother)

    # then it is not enough
    assert officer.status == 422
    officer.must_see("Ask the child, in words the child understands.")

    # when the girl is asked and says yes
    officer.fills(assent="given")
    officer.presses("Save")

    # then both words are on file
    with Records(given.cast):
        word = Consent.objects.get(case=girl)
    assert (word.assent, word.given_by, word.took_part) == ("given", "parent", "no")


@pytest.mark.row(4)
def test_a_parent_who_took_part_cannot_consent_and_two_people_decide_instead(given, sign_in):
    # given a girl who was sent by her father
    girl, officer = given.a_child(), sign_in("intake_officer")

    # when the father is entered as the one who agrees
    consents.take_down(
        officer, girl, informed=True, given_by="parent", giver="Her father", took_part="yes", assent="given",
        how="signature",
    )  # fmt: skip

    # then the rule refuses him, in its own words, and nothing is on file
    assert officer.status == 422
    officer.must_see(
        "This adult took part in what happened and cannot consent. Make a best-interest decision."
    )
    assert officer.value_of("giver") == "Her father"
    with Records(given.cast):
        assert not Consent.objects.exists()

    # when two people decide in her best interest and write why
    officer.fills(
        given_by="best_interest", giver="", how="best_interest_decision", second_decider=given.cast.supervisor.pk,
        grounds=consents.GROUNDS,
    )  # fmt: skip
    officer.presses("Save")

    # then she can be helped
    with Records(given.cast):
        word = Consent.objects.get(case=girl)
    assert (word.given_by, word.second_decider_id) == ("best_interest", given.cast.supervisor.pk)
    consents.record_service(officer, girl, "life_skills")
    assert officer.status == 200


@pytest.mark.row(3, 4)
def test_a_refusal_is_respected_by_what_follows_and_a_meal_is_given_all_the_same(given, sign_in):
    # given a woman who says no to services; no reason and no form is asked of her
    woman, officer = given.an_adult(), sign_in("intake_officer")
    consents.take_down(officer, woman, answer="refused")
    assert officer.status == 200

    # when somebody wants to record a training for her
    consents.record_service(officer, woman, "life_skills")

    # then it is refused, and the reason names her case
    assert officer.status == 422
    officer.must_see("Refused services, so only emergency help may be recorded: %(codes)s.", codes=woman.code)
    with Records(given.cast):
        assert not Service.objects.exists()

    # but a meal in an emergency waits for nobody's consent
    consents.record_service(officer, woman, "meal")
    with Records(given.cast):
        assert [service.kind for service in Service.objects.all()] == ["meal"]


@pytest.mark.row(4)
def test_a_consent_taken_back_counts_no_more(given, sign_in):
    # given a woman who agreed
    woman, officer = given.an_adult(), sign_in("intake_officer")
    consents.take_down(officer, woman, informed=True, given_by="person", how="signature")

    # when she takes it back
    officer.follows("The person takes it back")
    officer.presses("Save")

    # then no service that is no emergency can be recorded
    consents.record_service(officer, woman, "life_skills")
    assert officer.status == 422
    officer.must_see("Refused services, so only emergency help may be recorded: %(codes)s.", codes=woman.code)
