"""Letters of the lists: scripts, digits, folding for comparison, and the word lists in `vocab/`.

Khmer text is touched lightly: NFC, zero-width characters out, digits. Folding is for comparing only and
never stored.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

VOCAB = Path(__file__).resolve().parents[2] / "vocab"
PROVINCES = Path(__file__).resolve().parents[3] / "network" / "vocab" / "provinces.csv"

INVISIBLE = dict.fromkeys((*range(32), *range(0x7F, 0xA0)), " ")
INVISIBLE |= dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), None)
DIGITS = {n: str(unicodedata.decimal(chr(n))) for n in range(0x80, 0x10000) if chr(n).isdecimal()}
REMEMBERED = 4096  # readings of short texts kept in memory; lists repeat the same words on every line
LATIN_MARKS = re.compile(r"[\u0300-\u036f]")
COENG_DA, COENG_TA = "\u17d2\u178a", "\u17d2\u178f"
WORD_BREAKS = re.compile(r"[\s\-–—_/\\|()\[\]{}.,;:·•'’`\"“”*#&+?!<>=]+")
SCRIPTS = (
    ("la", "\u0041", "\u036f"),
    ("la", "\u1e00", "\u1eff"),
    ("km", "\u1780", "\u17ff"),
    ("th", "\u0e00", "\u0e7f"),
)


def clean(text: str) -> str:
    """`text` in NFC without zero-width characters, control characters and repeated spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(INVISIBLE).split())


def ascii_digits(text: str) -> str:
    """`text` with the decimal digits of every script (Khmer, Thai, full-width …) as 0-9."""
    return text if text.isascii() else text.translate(DIGITS)


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """`text` for comparison: case, digits, punctuation, zero-width and the two Khmer subscript forms that
    look the same (U+17D2 U+178A and U+17D2 U+178F) made equal. Vietnamese marks stay."""
    text = ascii_digits(clean(text)).casefold().replace(COENG_DA, COENG_TA)
    return WORD_BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """`fold(text)` without the accents of Latin letters: lists typed without Vietnamese keys."""
    bare = LATIN_MARKS.sub("", unicodedata.normalize("NFD", fold(text)))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("œ", "oe"))


@lru_cache(REMEMBERED)
def script(character: str) -> str:
    """ "km", "th", "la" or "xx" for a letter or mark of Khmer, Thai, Latin or others; "" for all else."""
    if unicodedata.category(character)[0] not in "LM":
        return ""
    return next((name for name, first, last in SCRIPTS if first <= character <= last), "xx")


def scripts(text: str) -> frozenset[str]:
    """The scripts that occur in `text`."""
    return frozenset(map(script, text)) - {""}


def script_runs(text: str) -> tuple[tuple[str, str], ...]:
    """`text` cut into (script, words) where the script changes; spaces and marks stay with their run."""
    runs: list[list] = []
    for character in text:
        kind = script(character) or (runs[-1][0] if runs else "")
        if runs and (runs[-1][0] in (kind, "")):
            runs[-1] = [kind, runs[-1][1] + character]
        else:
            runs.append([kind, character])
    return tuple((kind, words.strip()) for kind, words in runs if words.strip())


def contains_words(words: str, inside: str) -> bool:
    """Whether folded `words` occur in folded `inside`: as whole words, or anywhere in scripts that write
    without spaces (Khmer, Thai)."""
    if scripts(words) & {"km", "th"}:
        return words in inside
    return f" {words} " in f" {inside} "


@cache
def vocabulary(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `vocab/<name>.csv`."""
    return read_table(VOCAB / f"{name}.csv")


@cache
def read_table(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of ours, as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def word_map(name: str, value: str, word: str) -> dict[str, str]:
    """Folded words of `vocab/<name>.csv` → the column `value`; cells of `word` may hold several, by "|"."""
    return {fold(part): row[value] for row in vocabulary(name) for part in row[word].split("|") if fold(part)}
