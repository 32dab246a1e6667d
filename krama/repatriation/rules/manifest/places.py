"""Cambodian places in a list: provinces to NCDD codes, addresses into village, commune, district, province.

Province names are matched in Khmer (both look-alike subscripts), in English and Latin variants, and as
Vietnamese and Thai authorities write them: `network/vocab/provinces.csv`.
"""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from .letters import PROVINCES, REMEMBERED, clean, fold, plain, read_table, scripts

PROVINCE_WORDS = re.compile(
    r"^(?:ខេត្ត|រាជធានី|ក្រុង|จังหวัด|กรุง|province of|province|prov|khet|khaet|tỉnh|tinh|thành phố|tp|t|city of)\s*"
    r"|\s*(?:province|prov|khet|city|municipality|capital)$"
)
LEVELS = (
    ("village", r"ភូមិ|phum|phoum|village|vill|ấp|thôn|làng|หมู่บ้าน"),
    ("commune", r"ឃុំ|សង្កាត់|khum|sangkat|commune|xã|phường|ตำบล|แขวง"),
    ("district", r"ស្រុក|ក្រុង|ខណ្ឌ|srok|krong|khan|district|huyện|quận|อำเภอ"),
    ("province", r"ខេត្ត|រាជធានី|khet|khaet|province|tỉnh|จังหวัด"),
)
ALIKE, APART = 88, 6  # least likeness of a misspelt province, and least lead over the next


def _bare(text: str) -> str:
    """A place name without the word for province and, in Latin letters, without spaces."""
    folded, before = fold(text), None
    while folded != before:
        before, folded = folded, PROVINCE_WORDS.sub("", folded).strip()
    return folded.replace(" ", "")


@cache
def _codes() -> dict[str, str]:
    """Bare province names, accented and plain, to codes."""
    names: dict[str, str] = {}
    for row in read_table(PROVINCES):
        for name in (row["name_en"], row["name_km"], *row["variants"].split("|"), f"KH{row['code']}"):
            names.setdefault(_bare(name), row["code"])
            names.setdefault(_bare(plain(name)), row["code"])
    return {name: code for name, code in names.items() if name}


@lru_cache(REMEMBERED)
def read_province(text: str) -> tuple[str, bool]:
    """(NCDD code, sure) of a province named in `text`; ("", False) when none is recognised. A near spelling
    is recognised but not sure."""
    for words in (_bare(text), _bare(plain(text))):
        if words in _codes():
            return _codes()[words], True
    bare = _bare(plain(text))
    if len(bare) < 5 or len(bare) > 40 or scripts(bare) != {"la"}:
        return "", False
    best: dict[str, float] = {}
    for name, code in _codes().items():
        if len(name) >= 5:
            best[code] = max(best.get(code, 0), fuzz.ratio(bare, name))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if ranked[0][1] >= ALIKE and ranked[0][1] - ranked[1][1] >= APART:
        return ranked[0][0], False
    return "", False


@cache
def _level_pattern() -> re.Pattern:
    words = "|".join(f"(?P<{level}>{words})" for level, words in LEVELS)
    return re.compile(rf"(?<![^\W\d_])(?:{words})\.?(?![a-z])\s*:?", re.IGNORECASE)


def read_address(text: str) -> dict[str, str]:
    """The parts of a Cambodian address that name their level (ភូមិ … ឃុំ … or "Prey Chhor district"), and the
    province: keys of "village", "commune", "district", "province" (a code) that were found."""
    text = clean(text)[:300]
    found: dict[str, str] = {}
    marks = list(_level_pattern().finditer(text))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        after = re.split(r"[,;،\n]", text[mark.end() : end])[0].strip(" .-:")
        start = marks[place - 1].end() if place else 0
        before = re.split(r"[,;،\n]", text[start : mark.start()])[-1].strip(" .-:")
        level = mark.lastgroup
        word = after or (before if mark[0].isascii() else "")
        if word:
            found.setdefault(level, word)
    code = read_province(found.pop("province"))[0] if "province" in found else ""
    if not code:
        parts = [part for part in re.split(r"[,;/–—]|\s-\s", text) if part.strip()]
        code = next((c for part in reversed(parts) for c, sure in [read_province(part)] if c and sure), "")
    return found | ({"province": code} if code else {})


@cache
def province_name(code: str) -> str:
    """English name of a province code, "" when unknown."""
    return next((row["name_en"] for row in read_table(PROVINCES) if row["code"] == code), "")
