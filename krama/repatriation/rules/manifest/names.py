"""Names, sex, nationality and phone numbers of a list.

Khmer, Vietnamese and Cambodian lists put the family name first; the name as written is kept verbatim beside
every split. Nothing is transliterated.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from .letters import ascii_digits, clean, fold, plain, script, script_runs, scripts, vocabulary, word_map

NAME_MARKS = " \t\r\n.,;:*-–—_/|()[]\"“”'’?!0123456789"
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
PHONE = re.compile(r"\+?\d[\d\s.\-()]{4,}\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts. The latin pair also takes names in other letters than Khmer, as written.

    sex: "F" or "M" when a title says so. flags: slugs for doubts (see `rows.NAME_DOUBTS`).
    """

    family_km: str = ""
    given_km: str = ""
    family_latin: str = ""
    given_latin: str = ""
    nickname: str = ""
    sex: str = ""
    flags: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether no family or given name is there in any script."""
        return not (self.family_km or self.given_km or self.family_latin or self.given_latin)


def read_sex(text: str) -> str:
    """ "F", "M" or "" for a word of `vocab/sex_words.csv`, alone or twice in two languages."""
    words = word_map("sex_words", "sex", "words")
    folded = fold(text)
    if folded in words:
        return words[folded]
    found = {words[part] for part in folded.split() if part in words}
    return found.pop() if len(found) == 1 else ""


def read_nationality(text: str) -> str:
    """ISO 3166 alpha-2 of a country or people named in `text`; its own words when they are not known."""
    words = word_map("nationalities", "country", "words")
    bare = re.sub(r"^(?:សញ្ជាតិ|ជនជាតិ|ប្រទេស|người|nước|ชาว|ประเทศ)\s*", "", fold(text))
    if bare in words:
        return words[bare]
    if plain(text) in words:
        return words[plain(text)]
    found = {words[part] for part in bare.split() if part in words and len(part) > 2}
    return found.pop() if len(found) == 1 else clean(text)


def read_phones(text: str) -> tuple[str, ...]:
    """The phone numbers in `text`: digits, with a leading + where written."""
    found = []
    for part in re.split(r"[/;,|]|\bor\b|ឬ", ascii_digits(clean(text))):
        if match := PHONE.search(part):
            digits = re.sub(r"\D", "", match[0])
            if 7 <= len(digits) <= 15:
                found.append(("+" if match[0].startswith("+") else "") + digits)
    return tuple(found)


@cache
def _words(kind: str) -> tuple[tuple[str, str], ...]:
    """Folded words of a kind in `vocab/name_words.csv` with their sex, longest first."""
    rows = [
        (fold(word), row["sex"])
        for row in vocabulary("name_words")
        if row["kind"] == kind
        for word in row["words"].split("|")
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def is_unknown_name(text: str) -> bool:
    """Whether `text` only says that there is no name."""
    folded = fold(text)
    return not scripts(text) or any(folded == word for word, _sex in _words("unknown"))


def _without_title(text: str) -> tuple[str, str]:
    """`text` without a title of courtesy, and the sex that the title tells. A title counts only before two
    further words, because Ong, Ba and Neang are also family names; written onto the name, only in Thai."""
    parts = text.split()
    if len(parts) < 2:
        return _without_thai_title(text)
    head = {fold(parts[0]): 1, fold(" ".join(parts[:2])): 2}
    for word, sex in _words("title"):
        length = head.get(word)
        if length and (len(parts) - length >= 2 or word in ("mr", "mrs", "ms", "miss", "mister")):
            return " ".join(parts[length:]), sex
    return _without_thai_title(text)


def _without_thai_title(text: str) -> tuple[str, str]:
    for word in ("นางสาว", "เด็กชาย", "เด็กหญิง", "นาย", "นาง", "ด.ช.", "ด.ญ.", "น.ส."):
        if text.startswith(word) and len(text) > len(word) + 1:
            return text[len(word) :].strip(), dict(_words("title")).get(fold(word), "")
    return text, ""


def _without_alias(text: str) -> tuple[str, str]:
    """`text` without what follows "alias", ហៅ or tự, and that nickname."""
    parts = text.split()
    aliases = {word for word, _sex in _words("alias")}
    for place in range(1, len(parts) - 1):
        for length in (3, 2, 1):
            words = fold(" ".join(parts[place : place + length]))
            if words in aliases and place + length < len(parts):
                return " ".join(parts[:place]), " ".join(parts[place + length :])
    return text, ""


def nickname_in(note: str) -> str:
    """The nickname in a remark that consists of nothing else ("tự Mom", ហៅតូច), or ""."""
    if len(note.split()) > 4:
        return ""
    return _without_alias(f"- {note}")[1]


def _trim(words: str) -> str:
    return words.strip(NAME_MARKS)


def _split(words: str, given_first: bool) -> tuple[str, str, tuple[str, ...]]:
    """(family, given, flags) of a name in one script: first word is the family name unless a comma, a single
    word in capitals or the heading says otherwise."""
    if "," in words:
        family, given = (_trim(part) for part in words.split(",", 1))
        if family and given:
            return family, given, ()
    parts = [part for part in map(_trim, words.replace(",", " ").split()) if part]
    if not parts:
        return "", "", ()
    if len(parts) == 1:
        return "", parts[0], ("one_word",)
    flags = ("many_words",) if len(parts) > 3 else ()
    capitals = [part for part in parts if part.isupper() and len(part) > 1]
    if len(capitals) == 1 and parts[-1] == capitals[0]:
        return parts[-1], " ".join(parts[:-1]), (*flags, "family_last")
    if given_first:
        return parts[-1], " ".join(parts[:-1]), (*flags, "family_last")
    return parts[0], " ".join(parts[1:]), flags


def _by_script(text: str) -> tuple[str, str]:
    """(Khmer words, other words) of `text`."""
    runs = script_runs(text)
    khmer = " ".join(words for kind, words in runs if kind == "km")
    return _trim(khmer), _trim(" ".join(words for kind, words in runs if kind not in ("km", "")))


def read_name(text: str, *, given_first: bool = False) -> Name:
    """The parts of a whole name in one cell, in Khmer letters, Latin letters or both."""
    text = clean(text)
    if is_unknown_name(text):
        return Name()
    asides = BRACKETS.findall(text)
    text, sex = _without_title(clean(BRACKETS.sub(" ", text)))
    text, nickname = _without_alias(text)
    khmer, other = _by_script(text)
    for aside in asides:
        in_khmer, in_other = _by_script(aside)
        if read_sex(aside):
            sex = sex or read_sex(aside)
        elif in_khmer and not khmer:
            khmer = in_khmer
        elif in_other and not other:
            other = in_other
        elif aside.strip():
            nickname = nickname or clean(aside)
    return _assemble(khmer, other, nickname, sex, given_first, text)


def _assemble(khmer: str, other: str, nickname: str, sex: str, given_first: bool, text: str) -> Name:
    family_km, given_km, khmer_flags = _split(khmer, given_first)
    family, given, flags = _split(other, given_first)
    if "one_word" in khmer_flags:
        khmer_flags = ("khmer_unsplit",)
    if family and given and "khmer_unsplit" not in khmer_flags and "one_word" in flags:
        flags = ()
    found = set(flags) | set(khmer_flags)
    if any(script(c) not in ("km", "la", "") for c in other):
        found.add("other_letters")
    if re.search(r"\d", ascii_digits(text)):
        found.add("digits_in_name")
    return Name(family_km, given_km, family, given, nickname, sex, tuple(sorted(found)))


def read_name_part(text: str, part: str) -> Name:
    """A name whose column says that it is the "family" or the "given" name."""
    text = clean(text)
    if is_unknown_name(text):
        return Name()
    text, sex = _without_title(text)
    khmer, other = _by_script(text)
    flags = ("other_letters",) if any(script(c) not in ("km", "la", "") for c in other) else ()
    return replace(Name(sex=sex, flags=flags), **{f"{part}_km": khmer, f"{part}_latin": other})


def joined(names: list[Name]) -> Name:
    """One name from several columns; the first that says a part wins, doubts about parts that another column
    settles are dropped."""
    merged = Name()
    for name in names:
        gains = {
            field: getattr(name, field)
            for field in ("nickname", "sex")
            if getattr(name, field) and not getattr(merged, field)
        }
        for side in ("km", "latin"):
            mine = (getattr(name, f"family_{side}"), getattr(name, f"given_{side}"))
            held = (getattr(merged, f"family_{side}"), getattr(merged, f"given_{side}"))
            if not any(held) or not all(held) and all(mine):
                gains |= {f"family_{side}": mine[0], f"given_{side}": mine[1]}
            elif bool(held[0]) != bool(mine[0]) and bool(held[1]) != bool(mine[1]):
                gains |= {f"family_{side}": held[0] or mine[0], f"given_{side}": held[1] or mine[1]}
        flags = tuple(dict.fromkeys(merged.flags + name.flags))
        merged = replace(merged, **gains, flags=flags)
    settled = set()
    if merged.family_km and merged.given_km:
        settled.add("khmer_unsplit")
    if merged.family_latin and merged.given_latin:
        settled.add("one_word")
    return replace(merged, flags=tuple(flag for flag in merged.flags if flag not in settled))


def folded_name(words: str) -> str:
    """A name for comparing: folded, without accents, its words in alphabetical order."""
    return " ".join(sorted(plain(words).split()))
