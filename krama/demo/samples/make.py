"""Writes the sample lists of this folder: `python -m krama.demo.samples.make [folder]`.

The same bytes come out every time (XlsxWriter dates the archive 1980, the creation date is fixed). All people
are invented; those of Long An and Malaysia are `krama.demo.people`.
"""

import csv
import io
import sys
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from krama.demo.people import LONG_AN, MALAYSIA
from krama.repatriation.rules.manifest.letters import PROVINCES, read_table

HERE = Path(__file__).resolve().parent
MADE = datetime(2026, 11, 4, 7, 0, 0)
ANIMALS_KM = ("ជូត", "ឆ្លូវ", "ខាល", "ថោះ", "រោង", "ម្សាញ់", "មមី", "មមែ", "វក", "រកា", "ច", "កុរ")
KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
PROVINCE = {row["code"]: row for row in read_table(PROVINCES)}
RELATIONS_VI = {
    "mother": "mẹ",
    "father": "bố",
    "child": "con",
    "grandmother": "bà ngoại",
    "grandchild": "cháu",
    "sister": "chị em",
    "brother": "anh em",
}
# How the Long An list states each birth, in the order of `people.LONG_AN`.
BIRTHS = (
    "dmy",
    "cell",
    "dmy",
    "year",
    "animal",
    "cell",
    "dmy",
    "age",
    "khmer",
    "dmy",
    "year",
    "cell",
    "months",
    "dmy",
    "animal",
    "named",
    "age",
    "animal",
    "dmy",
    "khmer",
    "year",
    "dmy",
    "cell",
    "age",
    "short",
    "dmy",
    "animal",
    "dmy",
    "age",
    "cell",
    "year",
    "dmy",
    "age",
)
SEXES = {"F": ("Nữ", "F", "ស", "ស្រី", "nữ"), "M": ("Nam", "M", "ប", "ប្រុស", "nam")}


def animal_of(born: date) -> str:
    """The Khmer animal of a birth date; New Year taken on 14 April."""
    year = born.year - ((born.month, born.day) < (4, 14))
    return ANIMALS_KM[(year - 2008) % 12]


def _book(path: Path) -> tuple[xlsxwriter.Workbook, dict]:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "Invented sample", "author": "Krama demo", "created": MADE})
    base = {"font_name": "Arial", "font_size": 11, "valign": "vcenter"}
    formats = {
        "title": book.add_format(base | {"bold": True, "align": "center"}),
        "head": book.add_format(base | {"bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "cell": book.add_format(base | {"border": 1}),
        "date": book.add_format(base | {"border": 1, "num_format": "dd/mm/yyyy"}),
        "plain": book.add_format(base),
    }
    return book, formats


def _long_an_birth(person: dict, how: str) -> tuple[object, object, str]:
    """(birth cell, age cell, animal cell) as the list states them."""
    born, age = person["birth_date"], person["age"]
    return {
        "dmy": (born.strftime("%d/%m/%Y"), "", ""),
        "cell": (born, "", ""),
        "year": (born.year, "", ""),
        "named": (born.strftime("%d-%b-%Y"), "", ""),
        "short": (born.strftime("%d-%b-%y"), "", ""),
        "khmer": (born.strftime("%d/%m/%Y").translate(KHMER_DIGITS), str(age).translate(KHMER_DIGITS), ""),
        "age": ("", age, ""),
        "months": ("", "8 tháng", ""),
        "animal": ("", str(age).translate(KHMER_DIGITS), f"ឆ្នាំ{animal_of(born)}"),
    }[how]


def long_an(path: Path) -> None:
    """33 people on 34 lines, as the authorities of the sending province might hand them over."""
    book, look = _book(path)
    sheet = book.add_worksheet("Danh sách")
    sheet.set_column(0, 10, 15, look["plain"])
    for row, title in enumerate(
        (
            "TỈNH LONG AN - BAN TIẾP NHẬN (MẪU HƯ CẤU / INVENTED SAMPLE)",
            "DANH SÁCH CÔNG DÂN CAMPUCHIA TRAO TRẢ / LIST OF CAMBODIAN CITIZENS HANDED OVER",
            "Ngày 04 tháng 11 năm 2026 - 4 November 2026",
        )
    ):
        sheet.merge_range(row, 0, row, 10, title, look["title"])
    _long_an_head(sheet, look)
    row, households = 6, {}
    for number, (person, how) in enumerate(zip(LONG_AN, BIRTHS, strict=True), start=1):
        if number == 21:
            row += 1
            title = "Trẻ em không có người thân lớn đi cùng / Children without an adult relative"
            sheet.merge_range(row, 0, row, 10, title, look["head"])
            row += 1
        if number in (12, 26):
            row += 1
        _long_an_line(sheet, look, row, number, person, how)
        if person["family_group"]:
            households.setdefault(person["family_group"], []).append(row)
        row += 1
    for name, rows in households.items():
        if len(rows) == rows[-1] - rows[0] + 1:
            sheet.merge_range(rows[0], 7, rows[-1], 7, name, look["head"])
        else:
            for at in rows:
                sheet.write(at, 7, name, look["cell"])
    twice = LONG_AN[21]
    line = (34, f"{twice['given_latin']} {twice['family_latin'].upper()}", "", "M", "", twice["age"], "")
    sheet.write_row(row, 0, line, look["cell"])
    sheet.write(row, 9, "Svay Riêng", look["cell"])
    _long_an_foot(sheet, look, row + 1)
    book.close()


def _long_an_head(sheet, look: dict) -> None:
    heads = {
        0: "STT\nNo.",
        3: "Giới tính\nSex",
        4: "Ngày sinh hoặc năm sinh\nDate or year of birth",
        5: "Tuổi\nAge",
        6: "Năm con giáp\nAnimal year",
        7: "Hộ\nHousehold",
        8: "Quan hệ\nRelation",
        9: "Tỉnh\nProvince",
        10: "Ghi chú\nRemarks",
    }
    sheet.merge_range(4, 1, 4, 2, "Họ và tên / Full name", look["head"])
    sheet.write(5, 1, "Chữ La-tinh / Latin", look["head"])
    sheet.write(5, 2, "Chữ Khmer / Khmer", look["head"])
    for column, text in heads.items():
        sheet.merge_range(4, column, 5, column, text, look["head"])


def _long_an_line(sheet, look: dict, row: int, number: int, person: dict, how: str) -> None:
    birth, age, animal = _long_an_birth(person, how)
    latin = f"{person['family_latin']} {person['given_latin']}"
    latin = latin.upper() if number % 3 == 0 else latin
    khmer = f"{person['family_km']} {person['given_km']}"
    khmer = khmer.replace(" ", "") if number == 14 else khmer
    if number in (9, 28):
        latin = ""
    sheet.write(row, 0, number, look["cell"])
    sheet.write(row, 1, latin, look["cell"])
    sheet.write(row, 2, "" if number % 7 == 4 else khmer, look["cell"])
    sheet.write(row, 3, SEXES[person["sex"]][number % 5], look["cell"])
    if isinstance(birth, date):
        sheet.write_datetime(row, 4, datetime(birth.year, birth.month, birth.day), look["date"])
    else:
        sheet.write(row, 4, birth, look["cell"])
    sheet.write(row, 5, age, look["cell"])
    sheet.write(row, 6, animal, look["cell"])
    sheet.write(row, 8, RELATIONS_VI.get(person["relation"], ""), look["cell"])
    sheet.write(row, 9, _province_as_written(person, number), look["cell"])
    sheet.write(row, 10, f"tự {person['nickname']}" if person["nickname"] else "", look["cell"])


def _province_as_written(person: dict, number: int) -> str:
    row = PROVINCE[person["province"]]
    vietnamese = {"20": "Svay Riêng", "14": "Prây Veng", "08": "Kan-đan", "21": "Tà Keo"}
    khmer = row["name_km"].replace("\u17d2\u178f", "\u17d2\u178a") if number % 2 else f"ខេត្ត{row['name_km']}"
    return (vietnamese[person["province"]], row["name_en"], khmer)[number % 3]


def _long_an_foot(sheet, look: dict, row: int) -> None:
    total = "Tổng cộng / Total: 33 người (25 trẻ em, trong đó 14 nữ; 8 người lớn)"
    sheet.merge_range(row, 0, row, 10, total, look["head"])
    sheet.merge_range(row + 2, 0, row + 2, 10, "Long An, ngày 04 tháng 11 năm 2026", look["plain"])
    sheet.write(row + 3, 1, "BÊN GIAO / Handed over by", look["plain"])
    sheet.write(row + 3, 8, "BÊN NHẬN / Received by", look["plain"])
    sheet.write(row + 4, 1, "(Ký, ghi rõ họ tên)", look["plain"])
    sheet.write(row + 7, 1, "Nguyễn Văn Mẫu", look["plain"])
    sheet.write(row + 7, 8, "Sok Kompuchea Mau", look["plain"])


def malaysia() -> bytes:
    """15 men, semicolons, UTF-8 with order mark, Latin names in two columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["List of assisted returns (invented sample)"] + [""] * 10)
    writer.writerow(["Arrival: 19 August 2026"] + [""] * 10)
    writer.writerow([""] * 11)
    heads = "No;Surname;Given name;Sex;Date of birth;Travel document no;Nationality;Province;District"
    writer.writerow([*heads.split(";"), "Phone", "Remarks"])
    for number, person in enumerate(MALAYSIA, start=1):
        born = person["birth_date"]
        birth = (born.strftime("%d/%m/%Y"), born.strftime("%d-%b-%y"), born.isoformat())[number % 3]
        variants = PROVINCE[person["province"]]["variants"].split("|")
        province = variants[0] if number % 4 == 0 else PROVINCE[person["province"]]["name_en"]
        remark = "father of no. 13" if person["relation"] == "father" else ""
        remark = "son of no. 12" if person["relation"] == "son" else remark
        names = [person["family_latin"].upper(), person["given_latin"]]
        place = [province, person["district"], person["phone"], remark]
        writer.writerow(
            [number, *names, ("M", "Male")[number % 2], birth, person["id_number"], "CAMBODIAN", *place]
        )
    writer.writerow(["Total", "15"] + [""] * 9)
    return out.getvalue().encode("utf-8-sig")


THAILAND_LINES = """
นาย|SOK|Rattha|ชาย|12/03/2535||พระตะบอง
นางสาว|CHAN|Sreypov|หญิง|05/11/2548||บันเตียเมียนเจย
นาย|HUN|Sarun|ชาย|23/07/2530||เสียมราฐ
นาง|MOM|Sokhom|หญิง|พ.ศ. 2527||โพธิสัตว์
นาย|LOEUNG|Vichet|ชาย|1 ม.ค. 2540||พระตะบอง
ด.ช.|LOEUNG|Vicheth|ชาย|17/08/2560|๙|พระตะบอง
ด.ญ.|CHAN|Pichmony|หญิง||6|บันเตียเมียนเจย
นาย|ORN|Bunthan|ชาย|30/09/2523||ไพรแวง
นาย|สุข|ดารา|ชาย|๑๔/๐๒/๒๕๔๑||กำปงจาม
นางสาว|KHUN|Chanry|หญิง|8 มิถุนายน 2544||เกาะกง
นาย|TUY|Phearom|ชาย||34|Pursat
นาง|VORN|Thy|หญิง|2533||อุดรมีชัย
"""


def thailand(path: Path) -> None:
    """12 deported people, Thai headings, Buddhist-Era years, Thai digits."""
    book, look = _book(path)
    sheet = book.add_worksheet("รายชื่อ")
    sheet.merge_range(0, 0, 0, 8, "บัญชีรายชื่อชาวกัมพูชาที่ส่งกลับ (ตัวอย่างสมมุติ)", look["title"])
    sheet.merge_range(1, 0, 1, 8, "วันที่ 10 กันยายน พ.ศ. 2569", look["title"])
    heads = "ลำดับ|คำนำหน้า|นามสกุล|ชื่อ|เพศ|วัน/เดือน/ปีเกิด|อายุ|สัญชาติ|จังหวัด"
    sheet.write_row(3, 0, heads.split("|"), look["head"])
    lines = _lines(THAILAND_LINES)
    for number, (title, family, given, sex, born, age, province) in enumerate(lines, start=1):
        row = (str(number).translate(THAI_DIGITS), title, family, given, sex, born, age, "กัมพูชา", province)
        sheet.write_row(3 + number, 0, row, look["cell"])
    sheet.write(17, 0, "รวมทั้งสิ้น 12 คน", look["head"])
    sheet.write(19, 6, "ลงชื่อ ....................... ผู้ส่งมอบ", look["plain"])
    book.close()


POLICE_LINES = """
ហ៊ុន សុភ័ក្រ|ប|១២|៣|១៩៩៥|ព្រែកជ្រៃ|ស្វាយអង្គ|ស្វាយជ្រំ|ស្វាយរៀង
ឌិន ស្រីពៅ|ស|០៥|១១|២០០៨|ត្រពាំងធំ|ចំបក់|បាវិត|ស្វាយរៀង
អ៊ិន រក្សា|ប||៦|២០០១|អូរតាមាន|ក្រោលគោ|ស្វាយជ្រំ|ស្វាយរៀង
លាង មុនី|ប|||១៩៨៧|ព្រៃទទឹង|ព្រះពន្លា|កំពង់ត្របែក|ព្រៃវែង
យឹម សុជាតា|ស|29|2|2004|តាកែវលើ|ជ្រៃ|មេសាង|ព្រៃវែង
ឃុន ចាន់ដារ៉ា|ប|30|2|1999|បឹងវែង|ស្លាប់លែង|កោះធំ|កណ្ដាល
សំ បូរ៉ា|ប|7|12|2012|បឹងវែង|ស្លាប់លែង|កោះធំ|កណ្តាល
"""


def police(path: Path) -> None:
    """Khmer list with a header of two rows: birth as day, month, year and the home as four columns."""
    book, look = _book(path)
    sheet = book.add_worksheet("តារាង")
    sheet.merge_range(0, 0, 0, 10, "ព្រះរាជាណាចក្រកម្ពុជា", look["title"])
    sheet.merge_range(1, 0, 1, 10, "តារាងឈ្មោះជនដែលបានប្រគល់ (គំរូប្រឌិត)", look["title"])
    for column, text in {0: "ល.រ", 1: "គោត្តនាម-នាម", 2: "ភេទ", 10: "ផ្សេងៗ"}.items():
        sheet.merge_range(3, column, 4, column, text, look["head"])
    sheet.merge_range(3, 3, 3, 5, "ថ្ងៃខែឆ្នាំកំណើត", look["head"])
    sheet.merge_range(3, 6, 3, 9, "ទីលំនៅ", look["head"])
    sheet.write_row(4, 3, ["ថ្ងៃ", "ខែ", "ឆ្នាំ", "ភូមិ", "ឃុំ", "ស្រុក", "ខេត្ត"], look["head"])
    for number, line in enumerate(_lines(POLICE_LINES)):
        sheet.write_row(5 + number, 0, (number + 1, *line), look["cell"])
    sheet.merge_range(12, 0, 12, 10, "សរុប ៧ នាក់ ស្រី ២ នាក់", look["head"])
    sheet.merge_range(14, 6, 14, 10, "ថ្ងៃទី ០៣ ខែ តុលា ឆ្នាំ ២០២៦", look["plain"])
    sheet.merge_range(15, 6, 15, 10, "ហត្ថលេខា", look["plain"])
    book.close()


def _lines(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.split("\n") if line]


NO_HEADER = """1,Tith Sovannara,F,14/06/2007,Svay Rieng
2,Tith Sokleng,M,02/02/2010,Svay Rieng
3,Duch Phearun,M,1989,Prey Veng
4,Eng Sreyleak,F,25/12/2003,Kampong Cham
5,Ker Bunna,M,17,Takeo
6,"Ly, Sopheap",F,1999-10-08,Kandal
7,Va,M,11/11/1990,Kampot
8,Thy Mengly,F,03-Mar-2012,Kompong Thom
"""

KHMER_LINES = """
១|ហួតសុគន្ធ|ស្រី|៣៤ ឆ្នាំ||ម្តាយ|ភូមិត្រពាំងឈូក ឃុំស្វាយតាយាន ស្រុកកំពង់រោទិ៍ ខេត្តស្វាយរៀង
២|ហួត លីណា|ស្រី|១១ ឆ្នាំ|ឆ្នាំរោង|កូន|
៣|ហួត ភារម្យ|ប្រុស|៨ ខែ||កូន|
៤|ចាប សារឿន|ប្រុស|៤១||មេគ្រួសារ|ស្រុកមេសាង ខេត្តព្រៃវែង
៥|អ៊ុច ចន្នី|ស្រី|៣៩|ឆ្នាំខ្លា|ប្រពន្ធ|
៦|ចាប សុខគា|ប្រុស|១៣||កូន|
៧|នឹម ធារី|ស្រី||ឆ្នាំឆ្លូវ||កោះកុង
៨|មិនស្គាល់|ប្រុស|១០|||
"""


def khmer_only(path: Path) -> None:
    """A list in Khmer alone: digits, unsplit names, families by relation, addresses in one cell."""
    book, look = _book(path)
    sheet = book.add_worksheet("បញ្ជី")
    sheet.merge_range(0, 0, 0, 6, "បញ្ជីឈ្មោះអ្នកត្រឡប់មកវិញ (គំរូប្រឌិត)", look["title"])
    heads = "ល.រ|ឈ្មោះ|ភេទ|អាយុ|ឆ្នាំ\u200bសត្វ|ត្រូវជា|អាសយដ្ឋាន"
    sheet.write_row(1, 0, heads.split("|"), look["head"])
    for number, line in enumerate(_lines(KHMER_LINES)):
        sheet.write_row(2 + number, 0, line, look["cell"])
    sheet.write(11, 0, "សរុប", look["head"])
    sheet.write(11, 1, "៨ នាក់", look["head"])
    book.close()


def budget(path: Path) -> None:
    """A workbook that is no list of people."""
    book, look = _book(path)
    sheet = book.add_worksheet("Budget")
    sheet.merge_range(0, 0, 0, 4, "Transit centre, budget 2026 (invented sample)", look["title"])
    sheet.write_row(2, 0, ["No", "Item", "Quantity", "Unit cost", "Total"], look["head"])
    items = (("Rice", 40, 28), ("Office rent", 12, 350), ("Blankets", 60, 7), ("Staff travel", 24, 15))
    for number, (item, quantity, cost) in enumerate(items, start=1):
        sheet.write_row(2 + number, 0, [number, item, quantity, cost, quantity * cost], look["cell"])
    sheet.write_row(7, 0, ["Total", "", "", "", 6100], look["head"])
    book.close()


LETTER = """Dear colleagues,

We inform you that a group of Cambodian citizens will arrive next week at the border gate.
The list of names will follow in a separate message as soon as the papers are signed.

With respect,
The reception office (an invented letter)
"""


def make_all(folder: Path) -> None:
    """Write every sample file into `folder`."""
    long_an(folder / "long-an-33.xlsx")
    (folder / "malaysia-15.csv").write_bytes(malaysia())
    thailand(folder / "thailand-deport-12.xlsx")
    police(folder / "police-list-two-row-header.xlsx")
    (folder / "no-header.csv").write_bytes(NO_HEADER.encode())
    khmer_only(folder / "khmer-only.xlsx")
    budget(folder / "not-a-list.xlsx")
    (folder / "letter.txt").write_bytes(LETTER.encode())
    (folder / "letter-renamed.xlsx").write_bytes(LETTER.encode())


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
