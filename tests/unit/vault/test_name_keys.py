"""Spellings of one name meet; different names do not; no token is a given name alone."""

import csv
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.vault.rules.name_keys import fold, skeleton, tokens_to_look_up, tokens_to_store
from krama.vault.rules.person_facts import PersonFacts

FOLDER = Path(__file__).parent


def rows(name):
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


LATIN, KHMER = rows("latin_name_pairs.csv"), rows("khmer_latin_names.csv")


def counts(key, pairs):
    """Pairs of one name that meet, and pairs of two names that meet."""
    met = [row["same_name"] for row in pairs if key(row["a"]) == key(row["b"])]
    return met.count("yes"), met.count("no")


def test_quoted_figures_on_latin_pairs():
    assert [row["same_name"] for row in LATIN[::2]].count("yes") == 25
    assert [row["same_name"] for row in LATIN[1::2]].count("yes") == 25
    assert (counts(fold, LATIN[::2]), counts(fold, LATIN[1::2])) == ((23, 2), (23, 1))
    assert (counts(skeleton, LATIN[::2]), counts(skeleton, LATIN[1::2])) == ((25, 9), (25, 12))


def test_quoted_figures_on_khmer_and_latin():
    def met(key, pairs):
        return sum(key(row["khmer"]) == key(row["latin"]) for row in pairs)

    assert (len(KHMER[::2]), len(KHMER[1::2])) == (63, 63)
    assert (met(fold, KHMER[::2]), met(fold, KHMER[1::2])) == (56, 56)
    assert (met(skeleton, KHMER[::2]), met(skeleton, KHMER[1::2])) == (63, 60)


@pytest.mark.parametrize(
    "names",
    [
        ("Srey Mom", "Sreymom", "SREY-MOM", "srei mom", "ស្រីមុំ", "ស្រី មុំ"),
        ("Sok Sophea", "Sophea Sok", "Sock Sophear", "សុខ សុភា", "សុភា សុខ"),
        ("Ly", "Li", "Lee", "លី"),
        ("Vannak", "Wannak", "Vanak", "វណ្ណៈ"),
        ("Chhim", "Chim", "Chhoem", "ឆឹម"),
        ("Ouk", "Uk", "Ook", "អ៊ុក"),
    ],
)
def test_one_name(names):
    assert {fold(name) for name in names} == {fold(names[0])}
    assert len({skeleton(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Sophea", "Sopheap", "Sophal", "សុភី"),
        ("សុភា", "សុភាព", "សុផល"),
        ("Vannak", "Vanna", "Vanny"),
        ("វណ្ណៈ", "វណ្ណា"),
        ("Phalla", "Phally", "Phalin"),
        ("ផល្លា", "ផល្លី"),
        ("Dara", "Dary", "Bora"),
        ("Chantha", "Chanthou", "Chanthy"),
    ],
)
def test_different_names(names):
    assert len({fold(name) for name in names}) == len(names)


def test_nothing_to_fold():
    assert (fold(""), fold("  12 !"), skeleton(""), fold("Nguyễn") == fold("Nguyen")) == ("", "", "", True)


PARTS = st.lists(
    st.text("abcdefghijklmnoprstuvy", min_size=1, max_size=8)
    | st.sampled_from([row["khmer"] for row in KHMER]),
    max_size=4,
)


@given(PARTS)
def test_order_of_parts_does_not_matter(parts):
    orders = list(permutations(parts))
    assert len({fold(" ".join(order)) for order in orders}) == 1
    assert len({skeleton(" ".join(order)) for order in orders}) == 1


@given(st.text())
def test_any_text_has_keys(text):
    assert fold(text) == fold(f" {text} ")
    assert bool(skeleton(text)) == bool(fold(text))


SOPHEA = PersonFacts(
    family_latin="Sok",
    given_latin="Sophea",
    birth_from=date(2001, 3, 4),
    birth_to=date(2001, 3, 4),
    province="02",
    phone="012 345 678",
    id_number="010-203-040",
)


def test_stored_tokens():
    assert tokens_to_store(SOPHEA) == (
        "ny|kpss|2001",
        "np|kpss|2",
        "pyp|ks|2001|2",
        "pyp|ps|2001|2",
        "ph|12345678",
        "id|10203040",
    )


def test_looked_up_years():
    years = [token for token in tokens_to_look_up(SOPHEA) if token.startswith("ny|")]
    assert years == [f"ny|kpss|{year}" for year in (1999, 2000, 2001, 2002, 2003)]


@pytest.mark.parametrize(
    "other",
    [
        PersonFacts(name_as_written="Sophear SOK", birth_from=date(1999, 1, 1), birth_to=date(2000, 12, 31)),
        PersonFacts(family_km="សុខ", given_km="សុភា", province="2"),
        PersonFacts(
            given_latin="Sophear", birth_from=date(2002, 1, 1), birth_to=date(2002, 1, 1), province="02"
        ),
        PersonFacts(phone="+855 12 345 678"),
        PersonFacts(phone="097 111 2222 / ០១២៣៤៥៦៧៨"),
        PersonFacts(id_number="០១០២០៣០៤០"),
    ],
)
def test_found_again(other):
    assert set(tokens_to_store(SOPHEA)) & set(tokens_to_look_up(other))
    assert set(tokens_to_store(other)) & set(tokens_to_look_up(SOPHEA))


@pytest.mark.parametrize(
    "facts",
    [
        PersonFacts(given_latin="Sophea"),
        PersonFacts(given_km="សុភា", nickname="Phea", sex="F"),
        PersonFacts(given_latin="Sophea", birth_from=date(2001, 1, 1), birth_to=date(2001, 1, 1)),
        PersonFacts(given_latin="Sophea", province="02"),
        PersonFacts(family_latin="Sok", given_latin="Sophea"),
        PersonFacts(nickname="Phea", village="02010101"),
    ],
)
def test_a_name_alone_is_no_token(facts):
    assert tokens_to_store(facts) == tokens_to_look_up(facts) == ()


def test_a_wide_span_of_years_is_no_token():
    facts = PersonFacts(
        family_latin="Sok", given_latin="Dara", birth_from=date(1990, 1, 1), birth_to=date(1999, 1, 1)
    )
    assert tokens_to_store(facts) == ()


@given(PARTS, PARTS, st.dates(date(1950, 1, 1), date(2025, 1, 1)))
def test_what_is_stored_is_looked_up(family, given_parts, born):
    facts = PersonFacts(
        family_latin=" ".join(family),
        given_latin=" ".join(given_parts),
        birth_from=born,
        birth_to=born,
        province="02",
    )
    assert set(tokens_to_store(facts)) <= set(tokens_to_look_up(facts))
