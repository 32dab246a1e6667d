"""Urgent needs and risk: level, causes and reasons."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.casework.rules.urgency import LEVELS, MUST_BE_KNOWN, next_contact_by, suggest_risk, suggest_urgency
from krama.records.vocabulary import UnknownCode, vocabulary

NEEDS = vocabulary("casework", "urgent_needs").codes
SIGNS = vocabulary("casework", "immediate_risk").codes


@pytest.mark.parametrize(
    ("needs", "signs", "child", "alone", "level"),
    [
        ("", "", False, False, "low"),
        ("sleep clothing", "", False, False, "low"),
        ("hunger", "", False, False, "medium"),
        ("hunger medical_emergency", "", False, False, "high"),
        ("pregnancy", "", False, False, "medium"),
        ("sleep", "threats_now", False, False, "high"),
        ("self_harm", "", False, False, "high"),
        ("trafficker_nearby", "", False, False, "high"),
        ("missing_family", "", False, False, "high"),
        ("", "", True, True, "high"),
        ("", "", None, True, "high"),
        ("", "", True, False, "low"),
        ("", "", False, True, "low"),
    ],
)
def test_urgency(needs, signs, child, alone, level):
    assert suggest_urgency(needs.split(), signs.split(), child=child, alone=alone).level == level


def test_the_gravest_need_comes_first_and_each_says_what_to_do():
    reading = suggest_urgency(["sleep", "hunger", "medical_emergency", "self_harm"])
    assert [cause.code for cause in reading.causes] == ["medical_emergency", "self_harm", "hunger", "sleep"]
    assert [(reason.text, dict(reason.params)) for reason in reading.reasons] == [
        ("Needs or signs that cannot wait: %(count)s. Act now.", {"count": 2}),
        ("Needs or signs to act on today: %(count)s.", {"count": 1}),
        ("Needs or signs to see to in the next days: %(count)s.", {"count": 1}),
    ]


@pytest.mark.parametrize(
    ("signs", "not_known", "child", "goes_home", "level"),
    [
        ("", "", False, False, "low"),
        ("no_income", "", False, False, "low"),
        ("no_income", "", True, False, "medium"),
        ("no_income", "", None, False, "medium"),
        ("", "", True, False, "low"),
        ("debt_demanded", "", False, False, "medium"),
        ("debt_demanded wants_to_go_again", "", False, False, "medium"),
        ("debt_demanded wants_to_go_again no_home", "", False, False, "high"),
        ("threats_to_family", "", False, False, "high"),
        ("family_took_part", "", True, False, "medium"),
        ("family_took_part", "", True, True, "high"),
        ("family_took_part", "", False, True, "high"),
        ("", "trafficker_knows_address", False, False, "medium"),
        ("", "no_papers", False, False, "low"),
        ("debt_demanded", "debt_demanded", False, False, "medium"),
    ],
)
def test_risk(signs, not_known, child, goes_home, level):
    reading = suggest_risk(signs.split(), not_known=not_known.split(), child=child, goes_to_family=goes_home)
    assert reading.level == level


def test_open_questions_of_safety_are_counted():
    reading = suggest_risk(["no_income"], not_known=MUST_BE_KNOWN)
    assert reading.level == "medium"
    assert [dict(reason.params) for reason in reading.reasons] == [{"count": 1}, {"count": 3}]


def test_a_sign_that_is_present_is_no_open_question():
    reading = suggest_risk(["debt_demanded"], not_known=["debt_demanded"])
    assert [dict(reason.params) for reason in reading.reasons] == [{"count": 1}]


def test_a_code_of_no_list_is_an_error():
    with pytest.raises(UnknownCode):
        suggest_urgency(["boredom"])


@given(
    st.frozensets(st.sampled_from(SIGNS), max_size=6), st.sampled_from(SIGNS), st.booleans(), st.booleans()
)
def test_one_more_sign_never_lowers_the_risk(signs, more, child, goes_home):
    before = suggest_risk(signs, child=child, goes_to_family=goes_home).level
    after = suggest_risk(signs | {more}, child=child, goes_to_family=goes_home).level
    assert LEVELS.index(after) >= LEVELS.index(before)


@given(st.frozensets(st.sampled_from(NEEDS), max_size=6), st.sampled_from(NEEDS))
def test_one_more_need_never_lowers_the_urgency(needs, more):
    before, after = suggest_urgency(needs).level, suggest_urgency(needs | {more}).level
    assert LEVELS.index(after) >= LEVELS.index(before)


@pytest.mark.parametrize(
    ("level", "expected"),
    [("high", date(2025, 11, 11)), ("medium", date(2025, 11, 18)), ("low", date(2025, 12, 4))],
)
def test_next_contact(level, expected):
    assert next_contact_by(level, date(2025, 11, 4)) == expected
