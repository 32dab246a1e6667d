"""Names, sex, nationality, phones and places of the lists."""

import csv

import pytest

from krama.repatriation.rules.manifest.letters import (
    PROVINCES,
    VOCAB,
    ascii_digits,
    clean,
    fold,
    plain,
    read_table,
)
from krama.repatriation.rules.manifest.names import (
    Name,
    joined,
    nickname_in,
    read_name,
    read_name_part,
    read_nationality,
    read_phones,
    read_sex,
)
from krama.repatriation.rules.manifest.places import read_address, read_province

NAMES = [
    ("Sok Dara", Name(family_latin="Sok", given_latin="Dara")),
    ("SOK  DARA", Name(family_latin="SOK", given_latin="DARA")),
    ("Dara SOK", Name(family_latin="SOK", given_latin="Dara", flags=("family_last",))),
    ("SOK, Dara", Name(family_latin="SOK", given_latin="Dara")),
    ("Sok Sovan Dara", Name(family_latin="Sok", given_latin="Sovan Dara")),
    ("Sok A B Dara", Name(family_latin="Sok", given_latin="A B Dara", flags=("many_words",))),
    ("Dara", Name(given_latin="Dara", flags=("one_word",))),
    ("សុខ ដារ៉ា", Name(family_km="សុខ", given_km="ដារ៉ា")),
    ("សុខ\u200bដារ៉ា", Name(given_km="សុខដារ៉ា", flags=("khmer_unsplit",))),
    ("សុខដារ៉ា", Name(given_km="សុខដារ៉ា", flags=("khmer_unsplit",))),
    ("សុខ ដារ៉ា Sok Dara", Name("សុខ", "ដារ៉ា", "Sok", "Dara")),
    ("សុខ ដារ៉ា (SOK DARA)", Name("សុខ", "ដារ៉ា", "SOK", "DARA")),
    ("Sok Dara / សុខ ដារ៉ា", Name("សុខ", "ដារ៉ា", "Sok", "Dara")),
    ("Sok Dara (Touch)", Name(family_latin="Sok", given_latin="Dara", nickname="Touch")),
    ("សុខ ដារ៉ា ហៅ តូច", Name(family_km="សុខ", given_km="ដារ៉ា", nickname="តូច")),
    ("Sok Dara alias Touch", Name(family_latin="Sok", given_latin="Dara", nickname="Touch")),
    ("Sok Dara a.k.a. Touch", Name(family_latin="Sok", given_latin="Dara", nickname="Touch")),
    ("Mr. Sok Dara", Name(family_latin="Sok", given_latin="Dara", sex="M")),
    ("Miss Keo Bopha", Name(family_latin="Keo", given_latin="Bopha", sex="F")),
    ("លោក សុខ ដារ៉ា", Name(family_km="សុខ", given_km="ដារ៉ា", sex="M")),
    ("Ông Bà", Name(family_latin="Ông", given_latin="Bà")),
    ("Ba Sophal", Name(family_latin="Ba", given_latin="Sophal")),
    ("Sóc Sô Phia", Name(family_latin="Sóc", given_latin="Sô Phia")),
    ("นายSOK Dara", Name(family_latin="SOK", given_latin="Dara", sex="M")),
    ("สุข ดารา", Name(family_latin="สุข", given_latin="ดารา", flags=("other_letters",))),
    ("1. Sok Dara", Name(family_latin="Sok", given_latin="Dara", flags=("digits_in_name",))),
    ("O'Chan Sophy", Name(family_latin="O'Chan", given_latin="Sophy")),
    ("unknown", Name()),
    ("មិនស្គាល់", Name()),
    ("không rõ", Name()),
    ("---", Name()),
    ("???", Name()),
    ("", Name()),
]
SEXES = {
    "F": "F", "f": "F", "Female": "F", "ស": "F", "ស្រី": "F", "Nữ": "F", "nữ": "F", "หญิง": "F", "ด.ญ.": "F",
    "M": "M", "male": "M", "ប": "M", "ប្រុស": "M", "Nam": "M", "NAM": "M", "ชาย": "M", "ช": "M", "boy": "M",
    "ស្រី/F": "F", "Nam (M)": "M", "M/F": "", "năm": "", "2": "", "": "", "x": "", "Nữ / Nam": "",
}  # fmt: skip
NATIONS = {
    "Cambodian": "KH", "CAMBODIA": "KH", "ខ្មែរ": "KH", "សញ្ជាតិខ្មែរ": "KH", "Campuchia": "KH", "กัมพูชา": "KH",
    "KHM": "KH", "Việt Nam": "VN", "Viet Nam": "VN", "ไทย": "TH", "Lao": "LA", "Atlantis": "Atlantis",
}  # fmt: skip
PHONES = {
    "012 345 678": ("012345678",),
    "+855 12 345 678": ("+85512345678",),
    "០១២ ៣៤៥ ៦៧៨": ("012345678",),
    "012345678 / 097 1234567": ("012345678", "0971234567"),
    "none": (),
    "123": (),
}
PROVINCES_SAID = {
    "Svay Rieng": ("20", True),
    "svay rieng province": ("20", True),
    "Khet Svay Rieng": ("20", True),
    "Svay Riêng": ("20", True),
    "ខេត្តស្វាយរៀង": ("20", True),
    "สวายเรียง": ("20", True),
    "Svay Rieg": ("20", False),
    "កណ្តាល": ("08", True),
    "កណ្ដាល": ("08", True),
    "ខេត្ត​កណ្ដាល": ("08", True),
    "ឧត្ដរមានជ័យ": ("22", True),
    "ឧត្តរមានជ័យ": ("22", True),
    "រាជធានីភ្នំពេញ": ("12", True),
    "Phnom Penh City": ("12", True),
    "Nam Vang": ("12", True),
    "Kompong Cham": ("03", True),
    "Kampong Chhnang": ("04", True),
    "Tbong Khmum": ("25", True),
    "KH08": ("08", True),
    "Sihanoukville": ("18", True),
    "Long An": ("", False),
    "Bangkok": ("", False),
    "Sa Kaeo": ("", False),
    "Kampong Spom": ("", False),  # as near to Kampong Som as to Kampong Speu
    "Kampong": ("", False),
    "": ("", False),
}


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_in_one_cell(text, name):
    assert read_name(text) == name


def test_a_heading_can_put_the_given_name_first():
    name = read_name("ดารา สุข", given_first=True)
    assert (name.family_latin, name.given_latin) == ("สุข", "ดารา")


def test_names_of_two_columns_join():
    name = joined([read_name_part("MATH", "family"), read_name_part("Sles", "given")])
    assert name == Name(family_latin="MATH", given_latin="Sles")


def test_a_latin_split_does_not_settle_the_khmer_one():
    name = joined([read_name("សុខដារ៉ា"), read_name("Sok Dara")])
    assert (name.given_km, name.family_latin, name.flags) == ("សុខដារ៉ា", "Sok", ("khmer_unsplit",))


@pytest.mark.parametrize(
    ("note", "nickname"),
    [("tự Mom", "Mom"), ("ហៅ តូច", "តូច"), ("pregnant", ""), ("called her aunt at once", "")],
)
def test_nicknames_in_remarks(note, nickname):
    assert nickname_in(note) == nickname


@pytest.mark.parametrize(("text", "sex"), SEXES.items())
def test_sex_words(text, sex):
    assert read_sex(text) == sex


@pytest.mark.parametrize(("text", "country"), NATIONS.items())
def test_nationalities(text, country):
    assert read_nationality(text) == country


@pytest.mark.parametrize(("text", "phones"), PHONES.items())
def test_phones(text, phones):
    assert read_phones(text) == phones


@pytest.mark.parametrize(("text", "code"), PROVINCES_SAID.items())
def test_provinces(text, code):
    assert read_province(text) == code


def test_every_spelling_of_the_province_table_finds_its_own_code():
    rows = read_table(PROVINCES)
    assert [row["code"] for row in rows] == [f"{number:02d}" for number in range(1, 26)]
    for row in rows:
        for name in (row["name_en"], row["name_km"], *row["variants"].split("|")):
            assert read_province(name) == (row["code"], True), name
            assert read_province(name.upper()) == (row["code"], True), name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "ភូមិត្រពាំងឈូក ឃុំស្វាយតាយាន ស្រុកកំពង់រោទិ៍ ខេត្តស្វាយរៀង",
            {"village": "ត្រពាំងឈូក", "commune": "ស្វាយតាយាន", "district": "កំពង់រោទិ៍", "province": "20"},
        ),
        (
            "Phum Prey, Khum Basak, Srok Svay Chrum, Khet Svay Rieng",
            {"village": "Prey", "commune": "Basak", "district": "Svay Chrum", "province": "20"},
        ),
        ("Bavet, Svay Rieng", {"province": "20"}),
        ("Svay Chrum district, Svay Rieng province", {"district": "Svay Chrum", "province": "20"}),
        ("somewhere in the north", {}),
    ],
)
def test_addresses(text, parts):
    assert read_address(text) == parts


def test_letters_are_touched_lightly():
    assert clean(" សុខ\u200b\u00a0 ដា\nរ៉ា\ufeff ") == "សុខ ដា រ៉ា"
    assert ascii_digits("១៤/๑๔/１４") == "14/14/14"
    assert fold("កណ្ដាល") == fold("កណ្តាល")
    assert fold("Nữ") != fold("Nu") and plain("Nữ") == plain("Nu")
    assert plain("Đặng") == "dang"


@pytest.mark.parametrize("path", sorted(VOCAB.glob("*.csv")), ids=lambda path: path.name)
def test_word_lists_are_whole_tables(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(None not in row and None not in row.values() for row in rows)
