"""The invented people of the demo story: 33 who came back from Long An and 15 from Malaysia.

Every name, birth date, phone number and document number here is made up; provinces, districts and communes
are real places without anything private about them. The sample lists in `samples/` and the demo story tell
the same people. Plain data: no Django, no clock, nothing random.

Each person is a dictionary with the keys of `repatriation.rules.manifest.PersonDraft` that are known
(family_km, given_km, family_latin, given_latin, nickname, sex, birth_date, nationality, province, district,
commune, village, phone, id_number, family_group, relation) and besides: key (a stable slug), age (full years
on the day of arrival) and child (whether under 18 then, Palermo Protocol Art. 3(d)).
"""

from datetime import date

LONG_AN_ARRIVED = date(2026, 11, 4)
MALAYSIA_ARRIVED = date(2026, 8, 19)

PLACES = {
    "bavet": ("20", "Bavet", "Prey Angkunh"),
    "chantrea": ("20", "Chantrea", "Me Sar Thngak"),
    "chrum": ("20", "Svay Chrum", "Kraol Kou"),
    "romeas": ("20", "Romeas Haek", "Kampong Trach"),
    "rou": ("20", "Kampong Rou", "Svay Ta Yean"),
    "trabaek": ("14", "Kampong Trabaek", "Peam Muntear"),
    "chor": ("14", "Peam Chor", "Angkor Angk"),
    "mesang": ("14", "Me Sang", "Trapeang Srae"),
    "kaohthum": ("08", "Kaoh Thum", "Preaek Thmei"),
    "kirivung": ("21", "Kiri Vung", "Preah Bat Choan Chum"),
    "krouch": ("25", "Krouch Chhmar", "Chhuk"),
    "suong": ("25", "Suong", "Suong"),
    "prahut": ("25", "Ponhea Kraek", "Kraek"),
    "batheay": ("03", "Batheay", "Chealea"),
    "stueng": ("03", "Stueng Trang", "Preak Kak"),
    "tralach": ("04", "Kampong Tralach", "Chhuk Sa"),
    "tuekphos": ("04", "Tuek Phos", "Akphivoad"),
    "chhu": ("07", "Tuek Chhu", "Trapeang Sangkae"),
    "bakan": ("15", "Bakan", "Boeng Khnar"),
}

# family and given name in Khmer | in Latin | nickname | sex | born | household | relation | place
LONG_AN_LINES = """
សុខ សុភា | Sok Sophea | | F | 1991-03-18 | 1 | mother | chrum
ឈឹម ស្រីមុំ | Chhim Sreymom | Mom | F | 2013-09-02 | 1 | child | chrum
ឈឹម ដារ៉ា | Chhim Dara | | M | 2016-05-27 | 1 | child | chrum
ឈឹម ម្លិះ | Chhim Malis | | F | 2020-02-14 | 1 | child | chrum
កែវ ចាន់ណារី | Keo Channary | | F | 1994-12-08 | 2 | mother | bavet
នួន លក្ខិណា | Nuon Leakhena | | F | 2015-06-30 | 2 | child | bavet
នួន សុវណ្ណ | Nuon Sovann | Touch | M | 2018-01-21 | 2 | child | bavet
ប្រាក់ ផល្លី | Prak Phally | | F | 1988-07-11 | 3 | mother | trabaek
ហេង វណ្ណៈ | Heng Vannak | | M | 2012-04-25 | 3 | child | trabaek
ហេង ស្រីនាង | Heng Sreyneang | | F | 2017-08-16 | 3 | child | trabaek
មាស គន្ធា | Meas Kunthea | | F | 2001-10-03 | 4 | mother | rou
យិន រស្មី | Yin Raksmey | | F | 2021-05-19 | 4 | child | rou
យិន មករា | Yin Makara | | M | 2026-02-26 | 4 | child | rou
សែម វុទ្ធី | Sem Vuthy | | M | 1986-02-09 | 5 | father | chor
ទេព ដាវី | Tep Davy | | F | 1989-11-23 | 5 | mother | chor
សែម ពិសិដ្ឋ | Sem Piseth | | M | 2014-03-13 | 5 | child | chor
សែម ចិន្តា | Sem Chenda | Chan | F | 2019-07-07 | 5 | child | chor
រស់ យ៉ាន | Ros Yan | | F | 1964-01-30 | 6 | grandmother | kirivung
គង់ បុប្ផា | Kong Bopha | | F | 2011-06-05 | 6 | grandchild | kirivung
គង់ សំណាង | Kong Samnang | | M | 2015-02-28 | 6 | grandchild | kirivung
ខៀវ ធារ៉ា | Khiev Theara | | F | 2012-08-20 | 7 | sister | romeas
ខៀវ កុសល | Khiev Kosal | | M | 2014-06-15 | 7 | brother | romeas
ឡុង ពិសី | Long Pisey | | F | 2010-06-24 | 8 | sister | mesang
ឡុង ចន្ធូ | Long Chanthou | | F | 2013-07-29 | 8 | sister | mesang
ឡុង វិសាល | Long Visal | Lak | M | 2017-05-08 | 8 | brother | mesang
ផាន ធីតា | Phan Thida | | F | 2011-05-17 | | | chantrea
អ៊ឹម រ៉ាវី | Im Ravy | | F | 2014-07-22 | | | bavet
ជា ណារិន | Chea Narin | | M | 2011-07-14 | | | kaohthum
ម៉ៅ វាសនា | Mao Veasna | | M | 2013-06-06 | | | chrum
សោម កញ្ញា | Som Kanha | | F | 2016-08-31 | | | trabaek
ពេជ្រ រដ្ឋា | Pich Ratha | | M | 2012-06-12 | | | romeas
ទូច និមល | Touch Nimol | | F | 2010-05-15 | | | rou
អ៊ុក សុធា | Ouk Sothea | | M | 1998-09-27 | | | chantrea
"""

# Khmer Islam men; the family name stands first here as on their documents | … | document | phone
MALAYSIA_LINES = """
ម៉ាត់ ស្លេះ | Math Sles | | M | 1999-02-11 | | | krouch
លី មូស្តាហ្វា | Ly Mustafa | | M | 2003-07-05 | | | krouch
សុះ ការីម | Soh Karim | | M | 1996-12-19 | | | suong
ហ៊ឹម រ៉មលី | Him Romly | | M | 2001-04-23 | | | prahut
យូសុះ កុតជី | Yousos Kotchy | Chi | M | 1990-10-02 | | | krouch
អែល អ៊ីព្រហ៊ីម | El Ibrahim | | M | 1985-06-28 | | | stueng
ទីន អ៊ីស្មាអែល | Tin Ismael | | M | 2005-01-16 | | | batheay
ម៉ាន់ ហ្សាការីយ៉ា | Man Zakariya | | M | 1993-08-08 | | | tralach
រ៉េស ស៊ូឡៃម៉ាន់ | Res Sulaiman | | M | 1998-03-30 | | | tralach
កុប ហារូន | Kop Harun | | M | 2002-11-12 | | | tuekphos
សេត យ៉ះយ៉ា | Set Yahya | | M | 2006-05-21 | | | chhu
ណុះ មូសា | Noh Musa | | M | 1982-09-14 | 1 | father | chhu
ណុះ សាលេះ | Noh Saleh | | M | 2004-02-03 | 1 | son | chhu
ដុល្លាះ ហ្វារីដ | Dolah Farid | | M | 1997-07-26 | | | bakan
សារី ហាសាន់ | Sary Hasan | | M | 2000-12-31 | | | suong
"""


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _person(line: str, key: str, on: date) -> dict:
    khmer, latin, nickname, sex, born, household, relation, place = (part.strip() for part in line.split("|"))
    family_km, given_km = khmer.split(" ", 1)
    family_latin, given_latin = latin.split(" ", 1)
    province, district, commune = PLACES[place]
    birth_date = date.fromisoformat(born)
    age = _age(birth_date, on)
    return {
        "key": key,
        "family_km": family_km,
        "given_km": given_km,
        "family_latin": family_latin,
        "given_latin": given_latin,
        "nickname": nickname,
        "sex": sex,
        "birth_date": birth_date,
        "age": age,
        "child": age < 18,
        "nationality": "KH",
        "province": province,
        "district": district,
        "commune": commune,
        "village": "",
        "phone": "",
        "id_number": "",
        "family_group": household,
        "relation": relation,
    }


def _people(lines: str, prefix: str, on: date) -> tuple[dict, ...]:
    told = [line for line in lines.splitlines() if line.strip()]
    return tuple(_person(line, f"{prefix}-{place:02d}", on) for place, line in enumerate(told, start=1))


def _with_papers(person: dict, place: int) -> dict:
    """A made-up travel document, and for every second man a made-up phone (000 is no Cambodian prefix)."""
    phone = f"000 555 {place:03d}" if place % 2 else ""
    return person | {"id_number": f"EC{place:06d}", "phone": phone}


LONG_AN: tuple[dict, ...] = _people(LONG_AN_LINES, "long-an", LONG_AN_ARRIVED)
MALAYSIA: tuple[dict, ...] = tuple(
    _with_papers(person, place)
    for place, person in enumerate(_people(MALAYSIA_LINES, "malaysia", MALAYSIA_ARRIVED), start=1)
)
