"""Headings, kinds of lines, families, people listed twice, and the officer's corrections."""

from datetime import date

import pytest

from krama.repatriation.rules.manifest import (
    MEANINGS,
    Grid,
    NotAList,
    Row,
    open_file,
    read_rows,
    remap,
    same_person_twice,
    understand,
)
from krama.repatriation.rules.manifest import columns as finding
from krama.repatriation.rules.manifest.doubts import SENTENCES, doubt
from krama.repatriation.rules.manifest.families import relation_kind
from krama.repatriation.rules.manifest.headings import read_heading
from krama.repatriation.rules.manifest.letters import vocabulary

ON = date(2026, 11, 4)
HEADINGS = [
    (("STT",), "number"),
    (("ល.រ",), "number"),
    (("Họ và tên",), "full_name"),
    (("HO VA TEN",), "full_name"),
    (("Họ và tên / Full name",), "full_name"),
    (("ឈ្មោះ\nName",), "full_name"),
    (("ឈ្មោះ Name",), "full_name"),
    (("ឈ្មោះ\u200b (Name)",), "full_name"),
    (("Full name (Latin)",), "full_name_latin"),
    (("ឈ្មោះជាអក្សរឡាតាំង",), "full_name_latin"),
    (("Họ và tên", "Chữ Khmer"), "full_name_km"),
    (("Name of the returned person",), "full_name"),
    (("Surname",), "family_name"),
    (("Name", "Family"), "family_name"),
    (("គោត្តនាម",), "family_name"),
    (("นามสกุล",), "family_name"),
    (("Sex (M/F)",), "sex"),
    (("Nam/Nữ",), "sex"),
    (("ភេទ",), "sex"),
    (("Năm sinh", "Nam"), "male_mark"),
    (("អាយុ", "ស្រី"), "female_mark"),
    (("Ngày, tháng, năm sinh",), "birth_date"),
    (("ថ្ងៃខែឆ្នាំកំណើត / DOB",), "birth_date"),
    (("DOB / Age",), "birth_date"),
    (("ថ្ងៃខែឆ្នាំកំណើត", "ខែ"), "birth_month"),
    (("Date of birth", "Year"), "birth_year"),
    (("Năm sinh",), "birth_year"),
    (("Nam sinh",), "birth_year"),
    (("Tuổi (Age)",), "age"),
    (("อายุ",), "age"),
    (("ឆ្នាំសត្វ",), "animal_year"),
    (("Quốc tịch",), "nationality"),
    (("ទីលំនៅ", "ខេត្ត"), "province"),
    (("Address", "Village"), "village"),
    (("Quê quán",), "address"),
    (("Place of birth (province)",), "birth_place"),
    (("Passport No.",), "id_number"),
    (("SĐT",), "phone"),
    (("Hộ",), "family_group"),
    (("Quan hệ với chủ hộ",), "relation"),
    (("Ghi chú",), "note"),
    (("Father's name",), "note"),
    (("Full name of mother",), "note"),
    (("Phone number of guardian",), "note"),
    (("Họ và tên cha",), "note"),
    (("Signature",), "ignore"),
    (("Frobnication",), ""),
    (("This is a long sentence about the name and the age and the sex of all people on the list",), ""),
]


def table(text: str) -> Grid:
    return open_file(text.encode(), "list.csv")


def read(text: str):
    grid = table(text)
    return read_rows(grid, understand(grid), on=ON)


def codes(row: Row) -> list[str]:
    return [held.code for held in row.doubts]


@pytest.mark.parametrize(("texts", "meaning"), HEADINGS)
def test_headings(texts, meaning):
    assert read_heading(texts)[0] == meaning


def test_every_heading_of_the_vocabulary_reads_as_what_it_says():
    for row in vocabulary("manifest_headings"):
        if row["meaning"] != "other_person" and row["heading"].strip("#"):
            assert row["meaning"] in MEANINGS
            assert read_heading((row["heading"],)) in ((row["meaning"], 1.0), ("note", 0.7)), row


def test_year_of_birth_under_the_sexes():
    rows = read(
        "STT,Họ và tên,Năm sinh,,Quê quán\n,,Nam,Nữ,\n1,Sóc Đa Ra,2014,,Svay Riêng\n2,Chia Nết,,2011,Prây Veng\n"
    )
    people = [row.values for row in rows if row.values]
    assert [(p.sex, p.birth_from.year, p.province) for p in people] == [("M", 2014, "20"), ("F", 2011, "14")]


def test_ticks_under_the_sexes():
    rows = read("Name;Age;M;F\nSok Dara;14;x;\nKeo Bopha;15;;1\nChea Nit;15;;\nIm Sok;15;x;x\n")
    people = [row for row in rows if row.values]
    assert [row.values.sex for row in people] == ["M", "F", "", ""]
    assert [codes(row) for row in people] == [[], [], ["sex_missing"], ["sex_differs"]]


def test_a_header_of_three_rows_and_a_row_of_column_numbers():
    rows = read("No;Name;Sex;Age\nSTT;Họ tên;Giới tính;Tuổi\n(1);(2);(3);(4)\n1;Sok Dara;M;14\n")
    assert [row.skipped for row in rows] == ["header", "header", "header", ""]


@pytest.mark.parametrize(
    "line",
    [
        "Name;Sex;Relation;Note\nSok Dara;F;mother;other\n",
        "Age;Relation;Note;Name;Language\n14;mother;other;Sok Dara;khmer\n",
    ],
)
def test_a_person_in_the_words_of_headings_is_no_heading(line):
    assert [row.skipped for row in read(line + "Im Ravy;M;con;\n")][:2] == ["header", ""]


def test_an_unknown_column_of_names_is_somebody_else():
    for name, other in (("Sok Dara", "Im Ravy"), ("សុខ ដារ៉ា", "អ៊ឹម រ៉ាវី")):
        row = read(f"Name;Sex;Frob\n{name};M;Keo Visal\n{other};F;Keo Visith\n")[1]
        assert (row.values.name_as_written, row.values.note) == (name, "Frob: Keo Visal")


def test_headings_repeated_on_the_next_page():
    rows = read("No;Name;Sex\n1;Sok Dara;M\nNo;Name;Sex\n2;Keo Bopha;F\n")
    assert [row.skipped for row in rows] == ["header", "", "header", ""]


def test_unknown_headings_are_no_person():
    grid = table("姓名,性别,出生日期\nSok Dara,M,2009-02-03\nKeo Bopha,F,2011-03-04\n")
    layout = understand(grid)
    assert layout.header_rows == (0,)
    assert [column.meaning for column in layout.columns] == ["full_name_latin", "sex", "birth_date"]
    assert [held.code for held in layout.doubts] == ["no_headings"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Item;Quantity;Cost\nRice;4;5\nOil;2;9\n", finding.NO_PEOPLE),
        ("1;2;3\n4;5;6\n", finding.NO_PEOPLE),
        ("Dear all,\nplease find the names below.\n", finding.NO_PEOPLE),
        ("No;Name;Sex;Age\n", finding.ONE_LINE),
        ("No;Name of item;Unit\n1;Rice;kg\n2;Cooking oil;l\n", finding.NO_PEOPLE),
    ],
)
def test_what_is_no_list_of_people(text, sentence):
    with pytest.raises(NotAList) as caught:
        understand(table(text))
    assert caught.value.refusal.text == sentence


def test_lines_that_are_no_people():
    rows = read(
        "LIST;;;\n;;;\nNo;Name;Sex;Age\n1;Sok Dara;M;14\n;;;\nII;Children;;\n2;Keo Bopha;F;9\n3;;;\n"
        ";Total;2;\n;;;\n;Prepared by;;\n;Chan Vuthy;;\n"
    )
    assert [row.skipped for row in rows] == [
        "title", "blank", "header", "", "blank", "section", "", "blank", "total", "blank", "signature", "signature",
    ]  # fmt: skip
    assert [row.number for row in rows] == list(range(1, 13))


@pytest.mark.parametrize("name", ["Tong Sum", "Sum Total", "Tong Cong", "រួម សុខា"])
def test_people_whose_names_look_like_totals_stay_people(name):
    rows = read(f"No;Name;Sex;Age\n1;{name};M;14\n2;Keo Bopha;F;9\n")
    assert [bool(row.values) for row in rows] == [False, True, True]


def test_people_above_the_headings_and_below_the_total_are_not_lost():
    rows = read(
        "1;Sok Dara;M;14;\n2;Im Ravy;F;12;\nNo;Name;Sex;Age;Province\n3;Keo Bopha;F;9;\nTotal;3;;;\n"
        ";Chea Nit;;;Takeo\nPrepared by;;;;\n;Chan Vuthy;;;\n"
    )
    kinds = ["", "", "header", "", "total", "", "signature", "signature"]
    assert [row.skipped for row in rows] == kinds


def test_the_second_line_of_a_merged_person_is_no_second_person():
    lines = (("1", "Sok Dara", "M", "012 345 678"), ("1", "Sok Dara", "M", "011 222 333"))
    grid = Grid(
        (("No", "Name", "Sex", "Phone"), *lines), kind="xlsx", from_above=frozenset({(2, 0), (2, 1), (2, 2)})
    )
    assert [row.skipped for row in read_rows(grid, understand(grid), on=ON)] == ["header", "", "continued"]


def test_a_total_that_differs_is_doubted():
    rows = read("No;Name;Sex\n1;Sok Dara;M\n2;Keo Bopha;F\nTotal: 3 people (1 F);;\n")
    assert (rows[-1].skipped, codes(rows[-1])) == ("total", ["total_differs"])
    assert rows[-1].doubts[0].refusal.params == {"stated": 3, "found": 2}
    assert read("No;Name;Sex\n1;Sok Dara;M\n2;Keo Bopha;F\nTotal: 2;;\n")[-1].doubts == ()


def test_a_line_without_a_name_stops():
    row = read("No;Name;Sex;Age\n1;Sok Dara;M;14\n2;;F;9\n")[-1]
    assert (codes(row), row.stopped, row.values.sex) == (["no_name"], True, "F")


@pytest.mark.parametrize(
    ("age", "code", "stops"),
    [
        ("111", "age_too_high", True),
        ("-1", "age_negative", True),
        ("17-19", "may_be_child", False),
        ("", "birth_missing", False),
    ],
)
def test_ages_that_need_a_look(age, code, stops):
    row = read(f"Name;Sex;Age\nSok Dara;M;{age}\nKeo Bopha;F;20\n")[1]
    assert (codes(row), row.stopped) == ([code], stops)


def test_future_births_stop():
    row = read("Name;Sex;DOB\nSok Dara;M;05/11/2026\nKeo Bopha;F;20/01/2001\n")[1]
    assert (codes(row), row.stopped) == (["birth_in_future"], True)


def test_a_column_of_month_first_dates():
    rows = read("Name;Sex;DOB\nSok Dara;M;12/25/2009\nKeo Bopha;F;03/04/2010\n")
    assert [row.values.birth_date for row in rows[1:]] == [date(2009, 12, 25), date(2010, 3, 4)]
    assert [codes(row) for row in rows[1:]] == [["month_first"], ["month_first_column"]]


def test_day_first_wins_when_a_column_says_both():
    rows = read("Name;Sex;DOB\nSok Dara;M;12/25/2009\nKeo Bopha;F;03/04/2010\nIm Sok;M;25/12/2009\n")
    assert [row.values.birth_date for row in rows[1:]] == [
        date(2009, 12, 25),
        date(2010, 4, 3),
        date(2009, 12, 25),
    ]


def test_date_cells_that_a_spreadsheet_may_have_turned_round():
    cells = (("Name", "Sex", "DOB"), ("Sok Dara", "M", "2009-04-03"), ("Keo Bopha", "F", "31/12/2009"))
    grid = Grid(cells, kind="xlsx")
    rows = read_rows(grid, understand(grid), on=ON)
    assert [codes(row) for row in rows[1:]] == [["swapped_cell"], []]
    csv_grid = Grid(cells, kind="csv")
    assert codes(read_rows(csv_grid, understand(csv_grid), on=ON)[1]) == []


def test_parts_of_a_person_are_kept():
    row = read(
        "No;Name;Nickname;Sex;Age;Nationality;Province;District;Commune;Village;ID No;Phone;Father;Remarks\n"
        "7;Sok Dara;Touch;M;14;Khmer;Svay Rieng;Svay Chrum;Basak;Prey;EC 1;012 345 678/011 222 333;Sok Vanna;tired\n"
    )[1]
    person = row.values
    assert row.listed_as == "7"
    assert (person.nationality, person.province, person.district, person.commune, person.village) == (
        "KH", "20", "Svay Chrum", "Basak", "Prey",
    )  # fmt: skip
    assert (person.nickname, person.id_number, person.phone) == ("Touch", "EC 1", "012345678")
    assert person.note == "011222333; Father: Sok Vanna; tired"
    assert person.name_as_written == "Sok Dara"


def test_a_foreign_province_stays_in_the_address():
    row = read("Name;Sex;Province\nSok Dara;M;Long An\nKeo Bopha;F;Takeo\n")[1]
    assert (row.values.province, row.values.address, codes(row)[-1]) == ("", "Long An", "province_unknown")


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("mẹ", "parent"), ("mother of 3", "parent"), ("ម្តាយ", "parent"), ("con", "child"), ("con của số 1", "child"),
        ("កូនទី២", "child"), ("daughter", "child"), ("vợ", "partner"), ("em gái", "sibling"), ("cháu", "younger"),
        ("bà ngoại", "elder"), ("friend", ""), ("", ""),
    ],
)  # fmt: skip
def test_relations(relation, kind):
    assert relation_kind(relation) == kind


def test_families_from_the_relation_column():
    rows = read(
        "No;Name;Sex;Age;Relation\n1;Sok Sophea;F;35;mother of 2\n2;Chhim Dara;M;9;child\n3;Chhim Nit;F;7;child\n"
        "4;Keo Visal;M;30;\n5;Heng Davy;F;40;head of household\n6;Tep Sok;M;41;husband\n7;Tep Nary;F;8;con\n"
        "8;Long Pisey;F;8;child of 5\n9;Im Ravy;F;12;daughter of Keo Visal\n10;Mao Sina;M;15;con\n"
    )
    people = [row for row in rows if row.values]
    assert [row.values.family_group for row in people] == [
        "line-2", "line-2", "line-2", "line-5", "line-6", "line-6", "line-6", "line-6", "line-5", "",
    ]  # fmt: skip
    assert [codes(row) for row in people if row.values.family_group][0] == []
    assert codes(people[1]) == ["family_guessed"]


def test_household_marks_of_the_list_are_not_touched():
    rows = read(
        "Name;Sex;Age;Household;Relation\nSok Sophea;F;35;៧;mẹ\nChhim Dara;M;9;៧;con\nIm Ravy;F;12;;con\n"
    )
    assert [row.values.family_group for row in rows if row.values] == ["7", "7", ""]


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("Sok Dara;M;14", "Sok Dara;M;14", True),
        ("Sok Dara;M;14", "DARA SOK;M;15/06/2012", True),
        ("Sok Dara;M;14", "Sok Dara;;", True),
        ("Sok Dara;M;14", "Sok Dara;F;14", False),
        ("Sok Dara;M;14", "Sok Dara;M;25", False),
        ("Sok Dara;M;14", "Sok Dary;M;14", False),
        ("សុខ ដារ៉ា;M;14", "សុខដារ៉ា;M;14", True),
        ("Sóc Đa Ra;M;14", "Soc Da Ra;M;14", True),
    ],
)
def test_the_same_person_twice(first, second, twice):
    rows = same_person_twice(read(f"Name;Sex;Age\n{first}\n{second}\nKeo Bopha;F;20\n"))
    found = [row.number for row in rows if "same_person_twice" in codes(row)]
    assert found == ([2, 3] if twice else [])
    if twice:
        others = [held.refusal.params["line"] for row in rows for held in row.doubts if "twice" in held.code]
        assert others == [3, 2]


def test_an_officer_corrects_the_columns():
    grid = table("Name;Sex;Code\nSok Dara;M;7\nKeo Bopha;F;7\n")
    layout = remap(understand(grid), {2: "family_group"})
    assert [(c.letter, c.meaning, c.confidence) for c in layout.columns][2] == ("C", "family_group", 1.0)
    rows = read_rows(grid, layout, on=ON)
    assert [row.values.family_group for row in rows[1:]] == ["7", "7"]


@pytest.mark.parametrize("wrong", [{0: "shoe_size"}, {99: "sex"}])
def test_a_correction_must_make_sense(wrong):
    with pytest.raises(ValueError, match="not a column or meaning"):
        remap(understand(table("Name;Sex\nSok Dara;M\n")), wrong)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_doubt_is_a_whole_sentence(code):
    params = {"text": "x" * 500, "line": 3, "province": "Kep", "stated": 3, "found": 2}
    made = doubt(code, **params)
    sentence = made.refusal.text % made.refusal.params
    assert sentence.endswith(".") and made.severity in ("stop", "look") and len(sentence) < 300
