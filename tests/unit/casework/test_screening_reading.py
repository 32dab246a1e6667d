"""The suggested reading of a screening, as a table of all answers and as properties."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.casework.rules import indicators as ilo
from krama.casework.rules.screening import Answer, Element, Screened, suggest
from krama.records.vocabulary import vocabulary

YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN
ANSWERS = {"y": YES, "n": NO, "?": NOT_KNOWN}
OUTCOMES = {
    "T": "trafficking_survivor",
    "a": "abused_migrant",
    "o": "other_returnee",
    "-": "none",
    "?": "cannot_say",
}
INDICATORS = vocabulary("casework", "ilo_indicators").codes
EXPLOITATION = vocabulary("casework", "type_of_exploitation").codes

# No signs ticked, no abuse, in need. Lines: act, means. Letters: the outcome for purpose y, ?, n.
ADULT = """
y y  T ? o
y ?  ? ? o
y n  a ? o
? y  ? ? o
? ?  ? ? o
? n  a ? o
n y  a ? o
n ?  a ? o
n n  a ? o
"""
CHILD = """
y y  T ? o
y ?  T ? o
y n  T ? o
? y  ? ? o
? ?  ? ? o
? n  ? ? o
n y  a ? o
n ?  a ? o
n n  a ? o
"""


def rows():
    for child, table in ((False, ADULT), (True, CHILD), (None, CHILD)):
        for line in table.split("\n")[1:-1]:
            act, means, *outcomes = line.split()
            for purpose, outcome in zip("y?n", outcomes, strict=True):
                yield pytest.param(
                    child, act, means, purpose, OUTCOMES[outcome], id=f"{child}-{act}{means}{purpose}"
                )


def element(answer):
    return Element(answer, "said so in the interview" if answer is not NOT_KNOWN else "")


def screened(act=NOT_KNOWN, means=NOT_KNOWN, purpose=NOT_KNOWN, **others):
    facts = {"child": False, "age_basis": "id_card", "abuse_abroad": False, "in_need": True} | others
    facts["indicators"] = frozenset(facts.get("indicators", ()))
    facts["exploitation"] = frozenset(facts.get("exploitation", ()))
    return Screened(element(act), element(means), element(purpose), **facts)


def texts(refusals):
    return [refusal.text for refusal in refusals]


def fields(refusals):
    return [refusal.field for refusal in refusals]


def test_the_table_is_complete():
    assert len(list(rows())) == 81
    assert len({row.id for row in rows()}) == 81


@pytest.mark.parametrize(("child", "act", "means", "purpose", "outcome"), list(rows()))
def test_answers_alone(child, act, means, purpose, outcome):
    reading = suggest(screened(ANSWERS[act], ANSWERS[means], ANSWERS[purpose], child=child))
    assert reading.outcome == outcome
    assert reading.child_rule_applied is (child is not False)


@pytest.mark.parametrize(
    ("answers", "abuse", "need", "outcome"),
    [
        ("ynn", True, True, "abused_migrant"),
        ("ynn", True, None, "abused_migrant"),
        ("nnn", None, True, "cannot_say"),
        ("nnn", None, False, "cannot_say"),
        ("nnn", False, False, "none"),
        ("nnn", False, None, "cannot_say"),
        ("nn?", False, False, "cannot_say"),
        ("nn?", True, False, "abused_migrant"),
        ("y?y", True, True, "cannot_say"),
        ("yyy", None, None, "trafficking_survivor"),
        ("yny", False, False, "abused_migrant"),
    ],
)
def test_abuse_and_need_decide_when_the_full_set_is_ruled_out(answers, abuse, need, outcome):
    found = screened(*(ANSWERS[letter] for letter in answers), abuse_abroad=abuse, in_need=need)
    assert suggest(found).outcome == outcome


@pytest.mark.parametrize(
    ("answers", "child", "signs", "forms", "outcome"),
    [
        # signs answer what was not known
        ("y??", False, "CD01 CD02 EX01 EX02", "", "trafficking_survivor"),
        ("y??", False, "EX01 EX02", "", "cannot_say"),
        ("y??", True, "EX01 EX02", "", "trafficking_survivor"),
        ("y??", None, "EX01 EX02", "", "trafficking_survivor"),
        # signs never answer the act
        ("???", True, "EX01 EX02 DR01 DR02", "", "cannot_say"),
        # a no against the signs is left open, never overruled
        ("yny", False, "CD01 CD02", "", "cannot_say"),
        ("yyn", False, "EX01 EX02", "", "cannot_say"),
        ("nyy", False, "DR01 DR02", "", "cannot_say"),
        ("yyn", False, "", "lottery_selling", "cannot_say"),
        # exploitation without means is a status of its own
        ("yn?", False, "EX01 EX02", "", "abused_migrant"),
        # coercion at the place of work is abuse, whatever the means question says, once the act is ruled out
        ("nn?", False, "CD01 CD02", "", "abused_migrant"),
        ("nnn", False, "CD03 CD04", "", "abused_migrant"),
        # a form of labour needs its signs, a form that the ILO labour list does not describe does not
        ("yy?", False, "", "lottery_selling", "cannot_say"),
        ("yy?", False, "EX01 EX02", "lottery_selling", "trafficking_survivor"),
        ("yy?", False, "", "forced_marriage", "trafficking_survivor"),
        ("y??", True, "", "sexual_exploitation", "trafficking_survivor"),
    ],
)
def test_signs_against_answers(answers, child, signs, forms, outcome):
    found = screened(
        *(ANSWERS[letter] for letter in answers),
        child=child,
        indicators=signs.split(),
        exploitation=forms.split(),
        abuse_abroad=None,
    )
    assert suggest(found).outcome == outcome


def test_reasons_of_an_adult_name_their_sources_in_order():
    reading = suggest(screened(YES, YES, YES, indicators=["DR01", "DR02", "EX01", "EX02"], abuse_abroad=True))
    assert texts(reading.reasons) == [
        "Someone recruited, moved, housed or received the person (Palermo Protocol, Article 3(a): act).",
        "Force, threat, deception or a weak position was used (Palermo Protocol, Article 3(a): means).",
        "It was for exploitation (Palermo Protocol, Article 3(a): purpose).",
        "The signs point to deception while being recruited (ILO/EC operational indicators, 2009).",
        "The signs point to exploitation (ILO/EC operational indicators, 2009).",
        "That the person agreed at some time changes nothing, because a means was used "
        "(Palermo Protocol, Article 3(b)).",
    ]
    assert reading.missing == ()


def test_doubt_about_age_is_said_and_asked():
    reading = suggest(
        screened(
            YES, NOT_KNOWN, YES, child=None, age_basis="", exploitation=["forced_marriage"], abuse_abroad=None
        )
    )
    assert reading.outcome == "trafficking_survivor"
    assert texts(reading.reasons)[0] == (
        "The age is in doubt, so the person is treated as a child until it is known "
        "(UNICEF Guidelines on child victims of trafficking, 2006: presumption of minority)."
    )
    assert texts(reading.missing) == [
        "Find out the age, and write how it is known.",
        "If the person proves to have been an adult, a means must be shown.",
    ]


def test_what_is_missing_is_named_by_field():
    reading = suggest(
        screened(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, abuse_abroad=None, in_need=None, age_basis="")
    )
    assert fields(reading.missing) == ["act", "means", "purpose", "age_basis"]
    ruled_out = suggest(screened(NO, NOT_KNOWN, NOT_KNOWN, abuse_abroad=None, in_need=None))
    assert fields(ruled_out.missing) == ["purpose", "abuse_abroad", "in_need"]


def test_answers_without_grounds_are_pointed_out():
    bare = Screened(Element(YES, " "), Element(NOT_KNOWN), Element(NO), child=True, age_basis="family_book")
    pointed = [
        refusal for refusal in suggest(bare).missing if refusal.text == "Write what this answer rests on."
    ]
    assert fields(pointed) == ["act", "purpose"]


@pytest.mark.parametrize(
    ("answers", "signs", "forms", "abuse", "expected"),
    [
        ("nyy", "DR01 DR02 CD01 EX01 EX02", "", True, ["act"]),
        ("yny", "CD01 CD02 EX01 EX02", "", True, ["means"]),
        ("yyy", "EX01 EX02", "", True, ["means"]),
        ("yyn", "CD01 CD02 EX01 EX02", "", True, ["purpose"]),
        ("yyy", "CD01 CD02", "", True, ["purpose"]),
        ("yy?", "CD01 CD02 EX02", "fishing", True, ["purpose"]),
        ("yyy", "CD01 CD02 EX01 EX02", "", False, ["abuse_abroad"]),
        ("yyy", "", "sexual_exploitation", True, []),
        ("yyy", "CD01 CD02 EX01 EX02", "fishing", True, []),
    ],
)
def test_contradictions_are_pointed_out(answers, signs, forms, abuse, expected):
    found = screened(
        *(ANSWERS[letter] for letter in answers),
        indicators=signs.split(),
        exploitation=forms.split(),
        abuse_abroad=abuse,
    )
    look_again = [refusal for refusal in suggest(found).missing if "ticked" in refusal.text]
    assert fields(look_again) == expected


def test_unknown_codes_are_errors():
    with pytest.raises(ValueError, match="XX99"):
        suggest(screened(indicators=["XX99"]))
    with pytest.raises(ValueError, match="piracy"):
        suggest(screened(exploitation=["piracy"]))


ANY_ANSWER = st.sampled_from(list(Answer))
ANY_SIGNS = st.frozensets(st.sampled_from(INDICATORS), max_size=14)
ANY_YES_NO = st.sampled_from([True, False, None])


@st.composite
def screenings(draw):
    return screened(
        draw(ANY_ANSWER),
        draw(ANY_ANSWER),
        draw(ANY_ANSWER),
        child=draw(ANY_YES_NO),
        indicators=draw(ANY_SIGNS),
        exploitation=draw(st.frozensets(st.sampled_from(EXPLOITATION), max_size=2)),
        abuse_abroad=draw(ANY_YES_NO),
        in_need=draw(ANY_YES_NO),
    )


@given(screenings(), ANY_ANSWER)
def test_a_child_never_needs_means(found, other_means):
    as_child = replace(found, child=True)
    assert suggest(as_child).outcome == suggest(replace(as_child, means=element(other_means))).outcome


@given(screenings())
def test_doubt_about_age_reads_as_child(found):
    child, doubt = suggest(replace(found, child=True)), suggest(replace(found, child=None))
    assert (doubt.outcome, doubt.dimensions) == (child.outcome, child.dimensions)


@given(screenings(), st.sampled_from(["act", "means", "purpose"]))
def test_not_known_never_counts_as_no(found, name):
    """Turning an answer into "not known" may leave the reading open but never opens a lesser outcome."""
    before = suggest(found)
    after = suggest(replace(found, **{name: Element(NOT_KNOWN)}))
    if before.outcome in ("trafficking_survivor", "cannot_say"):
        assert after.outcome in ("trafficking_survivor", "cannot_say")


@given(screenings())
def test_cannot_say_when_the_purpose_is_open_and_nothing_points_to_exploitation(found):
    bare = replace(
        found,
        purpose=Element(NOT_KNOWN),
        exploitation=frozenset(),
        indicators=frozenset(code for code in found.indicators if code[:2] not in ("EX", "CD")),
        abuse_abroad=found.abuse_abroad and None,  # never yes
    )
    assert suggest(bare).outcome == "cannot_say"


@given(screenings())
def test_cannot_say_always_says_what_is_missing(found):
    reading = suggest(found)
    assert reading.missing if reading.outcome == "cannot_say" else reading.reasons


@given(screenings())
def test_nobody_with_signs_of_exploitation_is_turned_away(found):
    reading = suggest(found)
    exploited = {dimension.name for dimension in reading.dimensions if dimension.positive} & {"exploitation"}
    if exploited or found.exploitation or found.abuse_abroad:
        assert reading.outcome not in ("none", "other_returnee")


@given(ANY_SIGNS, st.sampled_from(INDICATORS), st.booleans())
def test_one_more_indicator_never_makes_a_dimension_negative(signs, more, as_child):
    before = {dimension.name for dimension in ilo.read(signs, as_child=as_child) if dimension.positive}
    after = {
        dimension.name for dimension in ilo.read(signs | {more}, as_child=as_child) if dimension.positive
    }
    assert before <= after


POSITIVE = {(s, m, w) for s, m, w in product(range(4), range(5), range(3)) if ilo.is_positive(s, m, w)}


def test_thresholds():
    """2 strong; 1 strong + 1 other; 3 medium; 2 medium + 1 weak; nothing less."""

    def smaller(one, other):
        return one != other and all(a <= b for a, b in zip(one, other, strict=True))

    least = {row for row in POSITIVE if not any(smaller(other, row) for other in POSITIVE)}
    assert least == {(2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 3, 0), (0, 2, 1)}


def test_six_dimensions_with_counts_by_age():
    adult = {d.name: d for d in ilo.read(["DR10", "DR02", "DR03", "EX08"], as_child=False)}
    assert tuple(adult) == ilo.NAMES
    deceptive = adult["deceptive_recruitment"]
    assert (deceptive.strong, deceptive.medium, deceptive.weak, deceptive.positive) == (0, 2, 1, True)
    assert deceptive.indicators == ("DR02", "DR03", "DR10")
    assert (adult["exploitation"].medium, adult["exploitation"].indicators) == (1, ("EX08",))
    child = {d.name: d for d in ilo.read(["DR10", "DR02", "EX08"], as_child=True)}
    deceptive = child["deceptive_recruitment"]
    assert (deceptive.strong, deceptive.medium, deceptive.weak, deceptive.positive) == (1, 1, 0, True)
    assert child["exploitation"].indicators == ()
