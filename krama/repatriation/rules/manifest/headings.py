"""Headings of a list, in English, Khmer, Vietnamese, Thai or Malay, alone or two languages in one cell.

`vocab/manifest_headings.csv` holds them. Its rows with the meaning `other_person` are words that turn a name
or a phone number into somebody else's (father, broker, officer); such columns go into the note.
"""

import re
from functools import cache, lru_cache

from .letters import REMEMBERED, clean, contains_words, fold, plain, script_runs, scripts, vocabulary

LONGEST, LONGEST_SENTENCE = 100, 45
PIECES = re.compile(r"[\n/|()\[\],:;]| - | – ")
BELONGS_TO_PERSON = ("name", "phone", "id_number", "nationality", "age", "birth_date", "birth_year")
REMARKS = frozenset(
    fold(word)
    for word in ("note", "notes", "remark", "remarks", "comment", "comments", "other", "ghi chú", "catatan")
    + ("ផ្សេងៗ", "កំណត់សម្គាល់", "សម្គាល់", "หมายเหตุ")
)
# How much a meaning says; the most telling one of a heading wins.
TELLING = {"note": 0, "ignore": 0, "number": 1, "address": 2, "full_name": 2, "birth_date": 2, "sex": 4}
TELLING |= dict.fromkeys(("birth_day", "birth_month", "female_mark", "male_mark"), 5)
TELLING |= dict.fromkeys(("full_name_km", "full_name_latin", "given_name_latin", "family_name_latin"), 4)


@cache
def _headings() -> tuple[dict[str, str], dict[str, str]]:
    """Folded headings, and those without accents that mean the same one thing, to meanings."""
    exact: dict[str, str] = {}
    bare: dict[str, set[str]] = {}
    for row in vocabulary("manifest_headings"):
        if row["meaning"] == "other_person" or not fold(row["heading"]):
            continue
        exact.setdefault(fold(row["heading"]), row["meaning"])
        bare.setdefault(plain(row["heading"]), set()).add(row["meaning"])
    return exact, {words: next(iter(of)) for words, of in bare.items() if len(of) == 1 and words not in exact}


@cache
def _by_length() -> tuple[tuple[str, str], ...]:
    exact, _bare = _headings()
    long_enough = [(words, meaning) for words, meaning in exact.items() if len(words) >= 3]
    return tuple(sorted(long_enough, key=lambda pair: -len(pair[0])))


@cache
def _other_people() -> frozenset[str]:
    return frozenset(
        fold(row["heading"])
        for row in vocabulary("manifest_headings")
        if row["meaning"] == "other_person" and fold(row["heading"])
    )


def _exact(words: str, sure: float) -> tuple[str, float] | None:
    exact, bare = _headings()
    if meaning := exact.get(fold(words)):
        return meaning, sure
    if meaning := bare.get(plain(words)):
        return meaning, sure - 0.1
    return None


def _pieces(text: str) -> list[str]:
    pieces = [piece for piece in PIECES.split(text) if fold(piece)]
    pieces += [words for piece in pieces if len(scripts(piece)) > 1 for _kind, words in script_runs(piece)]
    return pieces + [words for _kind, words in script_runs(text)] if len(scripts(text)) > 1 else pieces


@lru_cache(REMEMBERED)
def meanings_in(text: str) -> tuple[tuple[str, float], ...]:
    """(meaning, confidence) of what one heading cell names: 1 for the whole cell, less for a part of it or
    for known words inside a longer phrase; () when nothing is known or the text is a sentence."""
    if len(text) > LONGEST or not fold(text):
        return ()
    if whole := _exact(clean(text), 1.0):
        return (whole,)
    found = dict.fromkeys(hit for piece in _pieces(text) if (hit := _exact(piece, 0.95)))
    if found:
        return tuple(found)
    folded = fold(text)
    if len(folded) > LONGEST_SENTENCE:
        return ()
    inside = next((pair for pair in _by_length() if contains_words(pair[0], folded)), None)
    return ((inside[1], 0.7),) if inside else ()


def _about_other(texts: tuple[str, ...]) -> bool:
    return any(contains_words(word, fold(text)) for text in texts for word in _other_people())


@lru_cache(REMEMBERED)
def read_heading(texts: tuple[str, ...]) -> tuple[str, float]:
    """(meaning, confidence) of a column from its header cells, upper row first; ("", 0.0) when unknown."""
    found = [hit for text in reversed(texts) for hit in meanings_in(text)]
    if not found:
        return "", 0.0
    named = {meaning for meaning, _sure in found}
    if "age" in named and named & {"birth_date", "birth_year"} and not named & {"birth_day", "birth_month"}:
        return "birth_date", max(sure for meaning, sure in found if meaning.startswith("birth"))
    if "female_mark" in named and "male_mark" in named:
        return "sex", 0.9
    meaning, sure = max(found, key=lambda hit: TELLING.get(hit[0], 3))
    if "birth_place" in named:
        return "birth_place", sure
    if meaning in ("full_name", "family_name", "given_name") and named & {"full_name_latin", "full_name_km"}:
        kind = "latin" if "full_name_latin" in named else "km"
        meaning = f"{meaning}_{kind}" if f"{meaning}_{kind}" != "family_name_km" else meaning
    if any(word in meaning for word in BELONGS_TO_PERSON) and _about_other(texts):
        return "note", 0.7
    return meaning, sure


@lru_cache(REMEMBERED)
def is_remark(heading: str) -> bool:
    """Whether a heading only says "remarks", so that what stands below speaks for itself."""
    return any(fold(piece) in REMARKS for piece in (heading, *_pieces(heading), *heading.split()))


@lru_cache(REMEMBERED)
def states_given_first(heading: str) -> bool:
    """Whether a heading itself puts the given name first, as Thai and some English ones do."""
    folded = fold(heading)
    return any(
        contains_words(words, folded)
        for words in ("ชื่อ สกุล", "ชื่อ นามสกุล", "ชื่อและนามสกุล", "first name last name", "first and last name")
    ) or any(contains_words(words, folded) for words in ("given name and surname", "name and surname"))
