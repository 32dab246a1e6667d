"""The sample lists are read as the people whom they tell."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from krama.demo import people as invented
from krama.demo.samples import make
from krama.repatriation.rules.manifest import (
    NotAList,
    age_between,
    open_file,
    read_rows,
    same_person_twice,
    understand,
)

SAMPLES = Path(make.__file__).parent
ROOT = SAMPLES.parents[2]


def read(name: str, on: date):
    grid = open_file((SAMPLES / name).read_bytes(), name)
    return understand(grid), same_person_twice(read_rows(grid, understand(grid), on=on))


def codes(row) -> list[str]:
    return [doubt.code for doubt in row.doubts]


def surely_child(person, on: date) -> bool:
    return age_between(person.birth_from, on) < 18


def test_the_33_of_long_an():
    on = invented.LONG_AN_ARRIVED
    layout, rows = read("long-an-33.xlsx", on)
    listed = [row for row in rows if row.values]
    assert len(listed) == 34
    twice = [row for row in listed if "same_person_twice" in codes(row)]
    assert [row.listed_as for row in twice] == ["22", "34"]
    people = [row.values for row in listed if row.listed_as != "34"]
    children = [person for person in people if surely_child(person, on)]
    adults = [person for person in people if age_between(person.birth_to, on) >= 18]
    assert (len(people), len(children), len(adults)) == (33, 25, 8)
    assert sum(1 for child in children if child.sex == "F") == 14
    assert sum(1 for child in children if child.sex == "M") == 11
    assert [row for row in listed if row.stopped] == []
    assert [codes(row) for row in rows if row.skipped == "total"] == [["total_differs"]]
    assert layout.header_rows == (4, 5) and layout.doubts == ()
    assert min(column.confidence for column in layout.columns) >= 0.9


def test_every_one_of_long_an_is_who_the_story_says():
    _layout, rows = read("long-an-33.xlsx", invented.LONG_AN_ARRIVED)
    read_people = [row.values for row in rows if row.values][:33]
    for told, found in zip(invented.LONG_AN, read_people, strict=True):
        assert found.birth_from <= told["birth_date"] <= found.birth_to, told["key"]
        assert (found.sex, found.province, found.family_group) == (
            told["sex"],
            told["province"],
            told["family_group"],
        )
        if found.family_latin:
            assert found.family_latin.casefold() == told["family_latin"].casefold()
            assert found.given_latin.casefold() == told["given_latin"].casefold()
        if found.family_km:
            assert (found.family_km, found.given_km) == (told["family_km"], told["given_km"])
        assert found.family_latin or found.family_km
        assert found.nickname == told["nickname"]


def test_how_the_births_of_long_an_are_known():
    _layout, rows = read("long-an-33.xlsx", invented.LONG_AN_ARRIVED)
    bases = [row.values.birth_basis for row in rows if row.values][:33]
    assert {basis: bases.count(basis) for basis in bases} == {
        "stated_date": 19,
        "stated_year": 4,
        "stated_age": 6,
        "animal_year": 4,
    }


def test_the_15_of_malaysia():
    layout, rows = read("malaysia-15.csv", invented.MALAYSIA_ARRIVED)
    people = [row.values for row in rows if row.values]
    assert len(people) == 15
    for told, found in zip(invented.MALAYSIA, people, strict=True):
        assert (found.family_latin.casefold(), found.given_latin) == (
            told["family_latin"].casefold(),
            told["given_latin"],
        )
        assert (found.birth_date, found.sex, found.nationality) == (told["birth_date"], "M", "KH")
        assert (found.province, found.district) == (told["province"], told["district"])
        assert (found.id_number, found.phone) == (told["id_number"], told["phone"].replace(" ", ""))
    assert {code for row in rows for code in codes(row)} == {"two_digit_year"}


def test_the_12_deported_from_thailand():
    _layout, rows = read("thailand-deport-12.xlsx", date(2026, 9, 10))
    people = [row.values for row in rows if row.values]
    assert [str(person.birth_from) for person in people] == [
        "1992-03-12", "2005-11-05", "1987-07-23", "1984-01-01", "1997-01-01", "2017-08-17",
        "2019-09-11", "1980-09-30", "1998-02-14", "2001-06-08", "1991-09-11", "1990-01-01",
    ]  # fmt: skip
    assert " ".join(person.province for person in people) == "02 01 17 15 02 02 01 14 03 09 15 22"
    assert "".join(person.sex for person in people) == "MFMFMMFMMFMF"
    assert [row.number for row in rows if "other_letters" in codes(row)] == [13]
    assert [row.skipped for row in rows][-4:] == ["blank", "total", "blank", "signature"]


def test_the_police_list_with_two_header_rows():
    layout, rows = read("police-list-two-row-header.xlsx", date(2026, 10, 3))
    assert [column.meaning for column in layout.columns] == [
        "number", "full_name", "sex", "birth_day", "birth_month", "birth_year",
        "village", "commune", "district", "province", "note",
    ]  # fmt: skip
    people = [row.values for row in rows if row.values]
    assert [(str(p.birth_from), p.birth_precision) for p in people] == [
        ("1995-03-12", "day"), ("2008-11-05", "day"), ("2001-06-01", "month"), ("1987-01-01", "year"),
        ("2004-02-29", "day"), ("1999-02-01", "month"), ("2012-12-07", "day"),
    ]  # fmt: skip
    assert [p.province for p in people] == ["20", "20", "20", "14", "14", "08", "08"]
    assert [codes(row) for row in rows if row.doubts] == [["date_impossible"]]


def test_the_list_without_headings():
    layout, rows = read("no-header.csv", date(2026, 10, 3))
    meanings = ["number", "full_name_latin", "sex", "birth_date", "province"]
    assert [column.meaning for column in layout.columns] == meanings
    assert [doubt.code for doubt in layout.doubts] == ["no_headings"]
    assert len([row for row in rows if row.values]) == 8
    assert [(row.number, codes(row)) for row in rows if row.doubts] == [
        (5, ["age_for_date"]),
        (7, ["one_word"]),
    ]


def test_the_khmer_list():
    _layout, rows = read("khmer-only.xlsx", date(2026, 10, 3))
    people = [row for row in rows if row.values]
    assert [row.values.family_group for row in people] == [
        "line-3", "line-3", "line-3", "line-6", "line-6", "line-6", "", "",
    ]  # fmt: skip
    first = people[0].values
    assert (first.given_km, first.family_km) == ("ហួតសុគន្ធ", "")
    assert (first.village, first.commune, first.district, first.province) == (
        "ត្រពាំងឈូក", "ស្វាយតាយាន", "កំពង់រោទិ៍", "20",
    )  # fmt: skip
    assert [[c for c in codes(row) if c != "family_guessed"] for row in people] == [
        ["khmer_unsplit"], ["animal_disagrees"], [], [], [], [], ["animal_needs_age"], ["no_name"],
    ]  # fmt: skip
    assert people[4].values.birth_basis == "animal_year"


@pytest.mark.parametrize("name", ["not-a-list.xlsx", "letter.txt", "letter-renamed.xlsx"])
def test_what_is_no_list(name):
    with pytest.raises(NotAList) as caught:
        read(name, date(2026, 10, 3))
    assert caught.value.refusal.text.startswith("This file does not look like a list of people")


def test_the_samples_are_made_the_same_every_time(tmp_path):
    make.make_all(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in SAMPLES.iterdir() if path.name in made}
    assert made == kept and len(made) == 9


def test_the_reader_needs_no_django():
    code = "import sys, krama.repatriation.rules.manifest, krama.demo.people; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_invented_people_have_no_real_looking_contacts():
    everyone = invented.LONG_AN + invented.MALAYSIA
    assert len({person["key"] for person in everyone}) == 48
    assert len({(person["family_latin"], person["given_latin"]) for person in everyone}) == 48
    assert all(person["phone"] == "" or person["phone"].startswith("000 ") for person in everyone)
    families = {person["family_group"] for person in invented.LONG_AN} - {""}
    assert len(families) == 8
