"""Who may consent to what, how it is given, and what a consent covers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.casework.rules.consent import (
    OWN_AGENCY,
    Asked,
    Assent,
    Consent,
    Purpose,
    covers,
    refusals_to_record,
    refusals_to_withdraw,
)

TODAY = date(2025, 11, 6)
REASON = "weighed with the child and the village chief"

ADULT = Asked(
    purpose=Purpose.SERVICES,
    given=True,
    given_on=TODAY,
    today=TODAY,
    child=False,
    given_by="person",
    how="signature",
    informed=True,
    recorder="U1",
)
CHILD = replace(
    ADULT, child=True, age=(12, 12), given_by="guardian", assent=Assent.GIVEN, took_part=False
)  # fmt: skip
DECIDED = replace(
    CHILD,
    given_by="best_interest",
    how="best_interest_decision",
    deciders=("U1", "U2"),
    grounds=REASON,
    took_part=None,
)
WITNESSED = replace(ADULT, how="thumb_print", witness="W1")


def fields(refusals):
    return [refusal.field for refusal in refusals]


@pytest.mark.parametrize(
    ("asked", "change", "expected"),
    [
        # an adult
        (ADULT, {}, []),
        (ADULT, {"given_on": None}, ["given_on"]),
        (ADULT, {"given_on": TODAY + timedelta(1)}, ["given_on"]),
        (ADULT, {"until": TODAY - timedelta(1)}, ["until"]),
        (ADULT, {"informed": False}, ["informed"]),
        (ADULT, {"given_by": "parent"}, ["given_by"]),
        (ADULT, {"given_by": ""}, ["given_by"]),
        (ADULT, {"how": ""}, ["how"]),
        (ADULT, {"how": "best_interest_decision"}, ["how"]),
        (ADULT, {"purpose": Purpose.SHARING}, ["recipients"]),
        (ADULT, {"purpose": Purpose.SHARING, "recipients": frozenset({"A1"})}, []),
        (ADULT, {"purpose": Purpose.MEDIA}, ["recipients", "limits"]),
        (ADULT, {"purpose": Purpose.RESEARCH, "recipients": frozenset({"A1"}), "limits": "study 1"}, []),
        # an adult who cannot decide now
        (DECIDED, {"child": False, "unable": "unconscious, asked again tomorrow"}, []),
        (DECIDED, {"child": False}, ["unable"]),
        (DECIDED, {"child": False, "unable": REASON, "purpose": Purpose.LEGAL_AID}, ["purpose"]),
        # a child
        (CHILD, {}, []),
        (CHILD, {"child": None, "age": None}, []),
        (CHILD, {"given_by": "person"}, ["given_by"]),
        (CHILD, {"child": None, "given_by": "person"}, ["given_by"]),
        (CHILD, {"given_by": "parent", "took_part": True}, ["given_by"]),
        (CHILD, {"given_by": "parent", "took_part": None}, ["took_part"]),
        (CHILD, {"given_by": "parent"}, []),
        (CHILD, {"assent": Assent.NOT_ASKED}, ["assent"]),
        (CHILD, {"assent": Assent.NOT_ASKED, "age": (4, 5)}, []),
        (CHILD, {"assent": Assent.NOT_ASKED, "age": (5, 6)}, ["assent"]),
        (CHILD, {"assent": Assent.NOT_ABLE}, ["grounds"]),
        (CHILD, {"assent": Assent.NOT_ABLE, "grounds": REASON}, []),
        (CHILD, {"assent": Assent.REFUSED}, ["assent"]),
        # a best-interest decision
        (DECIDED, {}, []),
        (DECIDED, {"deciders": ("U1",)}, ["deciders"]),
        (DECIDED, {"deciders": ("U1", "U1")}, ["deciders"]),
        (DECIDED, {"deciders": ("U1", " ")}, ["deciders"]),
        (DECIDED, {"grounds": "best"}, ["grounds"]),
        (DECIDED, {"how": "signature"}, ["how"]),
        (DECIDED, {"assent": Assent.REFUSED}, []),
        (DECIDED, {"assent": Assent.REFUSED, "purpose": Purpose.REPORTING}, ["assent"]),
        # a child in the media
        (CHILD, {"purpose": Purpose.MEDIA, "recipients": frozenset({"A1"}), "limits": "x"}, ["given_by"]),
        (DECIDED, {"purpose": Purpose.MEDIA, "recipients": frozenset({"A1"}), "limits": "x"}, []),
        (
            DECIDED,
            {
                "purpose": Purpose.MEDIA,
                "recipients": frozenset({"A1"}),
                "limits": "x",
                "assent": Assent.NOT_ABLE,
            },
            ["assent"],
        ),
        # how it was given
        (WITNESSED, {}, []),
        (WITNESSED, {"witness": " "}, ["witness"]),
        (WITNESSED, {"witness": "U1"}, ["witness"]),
        (WITNESSED, {"how": "witnessed_word", "witness": ""}, ["witness"]),
        (WITNESSED, {"how": "voice_recording"}, ["how"]),
        (WITNESSED, {"how": "voice_recording", "recording_kept": True}, []),
        (WITNESSED, {"how": "voice_recording", "recording_kept": True, "witness": ""}, ["witness"]),
        (WITNESSED, {"needs_interpreter": True}, ["interpreter"]),
        (WITNESSED, {"needs_interpreter": True, "interpreter": "W1"}, ["witness"]),
        (WITNESSED, {"needs_interpreter": True, "interpreter": "I1"}, []),
        (ADULT, {"needs_interpreter": True}, ["interpreter"]),
    ],
)
def test_recording(asked, change, expected):
    assert fields(refusals_to_record(replace(asked, **change))) == expected


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("child", [True, False, None])
def test_a_no_needs_a_date_and_nothing_else(purpose, child):
    word = Asked(purpose=purpose, given=False, given_on=TODAY, today=TODAY, child=child)
    assert refusals_to_record(word) == []
    assert fields(refusals_to_record(replace(word, given_on=None))) == ["given_on"]


@given(
    st.sampled_from(list(Purpose)),
    st.sampled_from([True, None]),
    st.sampled_from(["person", "parent", "guardian", "other_adult"]),
    st.sampled_from(list(Assent)),
    st.sampled_from([True, None]),
)
def test_no_adult_who_took_part_or_may_have_ever_consents_for_a_child(purpose, child, by, assent, part):
    asked = replace(
        CHILD,
        purpose=purpose,
        child=child,
        given_by=by,
        assent=assent,
        took_part=part,
        recipients=frozenset({"A1"}),
        limits="x",
        grounds=REASON,
    )
    assert refusals_to_record(asked) != []


@pytest.mark.parametrize(
    ("already", "on", "expected"),
    [
        (None, TODAY, []),
        (None, TODAY - timedelta(3), []),
        (None, TODAY - timedelta(4), ["withdrawn_on"]),
        (None, TODAY + timedelta(1), ["withdrawn_on"]),
        (None, None, ["withdrawn_on"]),
        (TODAY, TODAY, [""]),
    ],
)
def test_withdrawing(already, on, expected):
    refusals = refusals_to_withdraw(already=already, on=on, given_on=TODAY - timedelta(3), today=TODAY)
    assert fields(refusals) == expected


def day(number):
    return date(2025, 1, number)


def yes(first, to=("A1",), **others):
    return Consent(Purpose.SHARING, True, day(first), frozenset(to), **others)


def no(first, to=()):
    return Consent(Purpose.SHARING, False, day(first), frozenset(to))


@pytest.mark.parametrize(
    ("consents", "recipient", "on", "covered"),
    [
        ([], "A1", 5, False),
        ([yes(2)], "A1", 1, False),
        ([yes(2)], "A1", 2, True),
        ([yes(2)], "A2", 5, False),
        ([yes(2)], OWN_AGENCY, 5, False),
        ([yes(2, to=())], OWN_AGENCY, 5, True),
        ([yes(2, to=())], "A1", 5, False),
        ([yes(2, until=day(5))], "A1", 5, True),
        ([yes(2, until=day(5))], "A1", 6, False),
        ([yes(2, withdrawn_on=day(5))], "A1", 4, True),
        ([yes(2, withdrawn_on=day(5))], "A1", 5, False),
        # a refusal is respected until a later word
        ([no(2)], "A1", 5, False),
        ([yes(2), no(4)], "A1", 3, True),
        ([yes(2), no(4)], "A1", 4, False),
        ([no(2), yes(4)], "A1", 4, True),
        ([no(4), yes(4)], "A1", 5, False),
        ([yes(2), no(4, to=("A2",))], "A1", 5, True),
        ([yes(2, to=("A1", "A2")), no(4, to=("A2",))], "A2", 5, False),
        # an older, wider yes does not come back
        ([yes(1), yes(3, withdrawn_on=day(5))], "A1", 6, False),
        ([yes(1), yes(3, until=day(5))], "A1", 6, False),
        ([yes(3, withdrawn_on=day(5)), yes(6)], "A1", 7, True),
        ([yes(3, withdrawn_on=day(8)), yes(6)], "A1", 7, True),
        ([yes(3, withdrawn_on=day(8)), yes(6)], "A1", 8, False),
    ],
)
def test_what_is_covered(consents, recipient, on, covered):
    assert covers(consents, Purpose.SHARING, recipient, day(on)) is covered
    assert covers(reversed(consents), Purpose.SHARING, recipient, day(on)) is covered


def test_a_purpose_covers_no_other():
    covered = {purpose for purpose in Purpose if covers([yes(1)], purpose, "A1", day(2))}
    assert covered == {Purpose.SHARING}


def test_withheld_groups_do_not_go_along():
    consent = yes(1, withheld=frozenset({"HEALTH"}))
    groups = {
        group
        for group in ("", "OPEN", "HEALTH", "LEGAL")
        if covers([consent], Purpose.SHARING, "A1", day(2), group)
    }
    assert groups == {"", "OPEN", "LEGAL"}


CONSENTS = st.builds(
    Consent,
    purpose=st.sampled_from([Purpose.SHARING, Purpose.MEDIA]),
    given=st.booleans(),
    valid_from=st.integers(1, 20).map(day),
    recipients=st.frozensets(st.sampled_from(["A1", "A2"])),
    until=st.none() | st.integers(20, 30).map(day),
    withdrawn_on=st.none() | st.integers(20, 30).map(day),
)


@given(st.lists(CONSENTS, max_size=6), st.sampled_from(["A1", "A2", OWN_AGENCY]), st.integers(1, 31).map(day))
def test_refusing_everything_today_always_wins(consents, recipient, on):
    assert not covers([*consents, Consent(Purpose.SHARING, False, on)], Purpose.SHARING, recipient, on)


@given(st.lists(CONSENTS, max_size=6), st.sampled_from(["A1", "A2", OWN_AGENCY]), st.integers(1, 31).map(day))
def test_nothing_is_covered_that_nobody_agreed_to(consents, recipient, on):
    if covers(consents, Purpose.SHARING, recipient, on):
        spoken = [c for c in consents if c.given and c.purpose == Purpose.SHARING and c.valid_from <= on]
        assert any(
            recipient in c.recipients or (recipient == OWN_AGENCY and not c.recipients) for c in spoken
        )
