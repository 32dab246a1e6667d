"""Invented people in any number: syllables put together by chance, spelled as different officers would.

Nobody is meant. Names repeat as they do in a register: a few family names are most of it, given names have a
long tail. The spellings here are made by a list of their own and not by the rules of `vault.rules.romanise`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

# Khmer | Latin | another Latin spelling
_SPELLED = """
សុ|So|Su ភា|phea|pheap ចាន់|Chan|Chann ណា|na|nna រី|ry|ri វុធ|Vuth|Wuth ធី|thy|ti ស្រី|Srey|Sray មុំ|mom|mum
ដា|Da|Dar រ៉ា|ra|rah វណ្ណ|Vann|Van សុខ|Sok|Sokh ហេង|heng|eng លក្ខ|Leak|Lak ណី|ny|nee ពិ|Pi|Py សិដ្ឋ|seth|set
បុប្|Bop|Boup ផា|pha|phar សំ|Sam|Som ណាង|nang|naang មករ|Makar|Meakar ទី|ti|thi ធារ|Thea|Tear វី|vy|vi
រស្មី|Raksmey|Reaksmey កញ្|Kan|Kagn ញា|nha|gna សុវណ្ណ|Sovann|Sovan គន្|Kun|Kon ធា|thea|tea ផល|Phal|Pal
លី|ly|lee មា|Mea|Mia លា|lea|lia និ|Ni|Ny មល|mol|mul ចិន្|Chen|Chin តា|da|ta រិទ្ធ|Rith|Rit ភក្|Pheak|Phek
កុ|Ko|Ku សល|sal|sol បូ|Bo|Bou រ៉ុម|rum|rom ជា|Chea|Jea តេង|teng|taeng ម៉ៅ|Mao|Mau សែន|Sen|Saen
"""
_SYLLABLES = [tuple(entry.split("|")) for entry in _SPELLED.split()]
_FAMILIES = 140
_GIVEN = 2200
_VILLAGES = 420
_NUMBER_OF_PROVINCES = 25


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person; texts blank where not known, dates first and last possible day."""

    family_km: str
    given_km: str
    family_latin: str
    given_latin: str
    nickname: str
    sex: str
    birth_from: date | None
    birth_to: date | None
    birth_precision: str
    province: str
    village: str
    phone: str
    id_number: str


class Inventor:
    """Gives people, one after the other; the same seed gives the same people."""

    def __init__(self, seed: int):
        stock = Random(2026)  # the same stock of names and villages for every seed
        self._families = _names(stock, _FAMILIES, (1, 1, 2))
        self._given = _names(stock, _GIVEN, (1, 2, 2, 2, 3))
        self._villages = _names(stock, _VILLAGES, (2, 3))
        self._family_weight = list(accumulate(1 / (rank + 3) ** 0.8 for rank in range(_FAMILIES)))
        self._given_weight = list(accumulate(1 / (rank + 10) ** 0.7 for rank in range(_GIVEN)))
        self._province_weight = list(accumulate(1 / (rank + 2) for rank in range(_NUMBER_OF_PROVINCES)))
        self.chance = Random(seed)

    def person(self) -> Invented:
        """Give the next person."""
        chance = self.chance
        family = chance.choices(self._families, cum_weights=self._family_weight)[0]
        given = chance.choices(self._given, cum_weights=self._given_weight)[0]
        khmer, latin = chance.random() < 0.8, chance.random() < 0.85
        latin = latin or not khmer
        province = chance.choices(range(1, _NUMBER_OF_PROVINCES + 1), cum_weights=self._province_weight)[0]
        first, last, precision = self._birth()
        return Invented(
            family_km=_khmer(family) if khmer else "",
            given_km=_khmer(given) if khmer else "",
            family_latin=self._latin(family) if latin else "",
            given_latin=self._latin(given) if latin else "",
            nickname=self._latin(chance.choice(self._given)[:1]) if chance.random() < 0.1 else "",
            sex=chance.choice("FFFMM"),
            birth_from=first,
            birth_to=last,
            birth_precision=precision,
            province=f"{province:02d}",
            village=self._latin(chance.choice(self._villages)) if chance.random() < 0.6 else "",
            phone=f"000{chance.randrange(10**7):07d}" if chance.random() < 0.3 else "",
            id_number=f"X{chance.randrange(10**8):08d}" if chance.random() < 0.15 else "",
        )

    def people(self, count: int) -> list[Invented]:
        """Give the next `count` people."""
        return [self.person() for _place in range(count)]

    def _latin(self, name) -> str:
        text = "".join(part[1 if self.chance.random() < 0.75 else 2] for part in name)
        return text.capitalize()

    def _birth(self) -> tuple[date | None, date | None, str]:
        chance = self.chance
        age = int(chance.triangular(1, 62, 17))
        day = date(2026, 11, 1) - timedelta(days=age * 365 + chance.randrange(365))
        how = chance.random()
        if how < 0.55:
            return day, day, "day"
        if how < 0.9:
            return date(day.year, 1, 1), date(day.year, 12, 31), "year"
        return (
            (date(day.year - 2, 1, 1), date(day.year + 1, 12, 31), "range")
            if how < 0.97
            else (None, None, "")
        )


def _khmer(name) -> str:
    return "".join(part[0] for part in name)


def _names(stock: Random, count: int, lengths: tuple[int, ...]) -> list[tuple]:
    made: dict[tuple, None] = {}
    lengths = list(lengths)
    while len(made) < count:
        made[tuple(stock.sample(_SYLLABLES, stock.choice(lengths)))] = None
        if len(made) > 0.4 * len(_SYLLABLES) and 1 in lengths and max(lengths) > 1:
            lengths.remove(1)
    return list(made)
