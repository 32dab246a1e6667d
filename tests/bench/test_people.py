"""Invented people repeat as a register's do, and the same seed gives the same ones."""

from collections import Counter

from bench.people import Inventor


def test_the_same_seed_gives_the_same_people():
    assert Inventor(4).people(50) == Inventor(4).people(50)
    assert Inventor(4).people(50) != Inventor(5).people(50)


def test_names_collide_but_no_name_is_everybodys():
    people = [who for who in Inventor(1).people(3000) if who.family_km]
    families = Counter(who.family_km for who in people)
    whole = Counter((who.family_km, who.given_km) for who in people)
    assert 0.02 < families.most_common(1)[0][1] / len(people) < 0.2
    assert whole.most_common(1)[0][1] > 1
    assert len(whole) > 0.8 * len(people)


def test_everybody_has_a_name_and_birth_dates_in_order():
    for who in Inventor(2).people(500):
        assert (who.family_km and who.given_km) or (who.family_latin and who.given_latin)
        assert who.birth_from is None or who.birth_from <= who.birth_to
