"""Every Khmer catalogue is complete, compiled, and written as docs/glossary.md says.

Covers `krama/web/locale_django` (Django's own messages) and `krama/web/locale` (the product's) as soon as
it exists. Pure Python: needs neither Django's settings nor the gettext tools.
"""

import ast
import gettext
import importlib.util
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DJANGO_OWN = ROOT / "krama/web/locale_django/km/LC_MESSAGES/django.po"
CATALOGUES = sorted((ROOT / "krama/web").glob("locale*/km/LC_MESSAGES/*.po"))
# The parts of Django whose messages people may meet; admin is not installed.
DJANGO_PARTS = (
    "conf",
    "contrib/auth",
    "contrib/contenttypes",
    "contrib/humanize",
    "contrib/sessions",
    "contrib/postgres",
)

PLACE = re.compile(r"%(?:\(\w+\))?[sdrif]|%%|\{\w*\}")
TAG = re.compile(r"<[^<>]+>")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
KHMER_LETTER = re.compile("[\u1780-\u17b3]")
NAMES = {"Krama", "IPv4", "IPv6", "Django", "Python", "GitHub", "Excel", "Word"}

# Letters, vowels, signs, digits, riel; without the code points that Unicode calls obsolete or discouraged
# (17A3, 17A4, 17A8, 17B4, 17B5, 17D3, 17D8, 17DD). Latin beyond ASCII, Cyrillic, Greek and Thai letters
# that look right and are wrong are left out, and so is every invisible character but U+200B and U+00A0.
OBSOLETE = set("\u17a3\u17a4\u17a8\u17b4\u17b5\u17d3\u17d8\u17dd")
KHMER = {chr(code) for code in (*range(0x1780, 0x17DE), *range(0x17E0, 0x17EA))} - OBSOLETE
PUNCTUATION = set("\u00a0\u200b«»“”‘’…–—→←×·±≤≥°✓€©")
ALLOWED = {chr(code) for code in range(0x20, 0x7F)} | {"\n"} | KHMER | PUNCTUATION

# Same look, other code points: search and sorting then miss the word.
WRONG_ORDER = re.compile(
    "[\u17b6-\u17c5][\u17c9\u17ca\u17d2]"  # vowel before register sign or subscript
    "|[\u17b6-\u17c5][\u17b6-\u17c5]"  # two vowels where one exists (e + i for oe)
    "|[\u17c6-\u17c8][\u17b6-\u17c5]"  # nikahit or reahmuk before the vowel
    "|\u17d2(?![\u1780-\u17b3])"  # a subscript sign with nothing under it
)
ZERO_WIDTH_MISPLACED = re.compile("^\u200b|\u200b$|\u200b\u200b|\u200b\\s|\\s\u200b|\u200b[\u17b6-\u17d3]")

# One spelling for one word (docs/glossary.md): wrong -> right. Most pairs look the same on the screen.
SPELLINGS = {
    "ផ្តល់": "ផ្ដល់",
    "ផ្តើម": "ផ្ដើម",
    "ផ្តោត": "ផ្ដោត",
    "ផ្តាច់": "ផ្ដាច់",
    "ម្តង": "ម្ដង",
    "ម្តាយ": "ម្ដាយ",
    "ប្តូរ": "ប្ដូរ",
    "ប្តឹង": "ប្ដឹង",
    "ប្តី": "ប្ដី",
    "ស្តី": "ស្ដី",
    "ស្តារ": "ស្ដារ",
    "ក្តី": "ក្ដី",
    "កណ្តាល": "កណ្ដាល",
    "បណ្តុះ": "បណ្ដុះ",
    "បណ្តាល": "បណ្ដាល",
    "បណ្តាញ": "បណ្ដាញ",
    "បណ្តោះ": "បណ្ដោះ",
    "សប្តាហ៍": "សប្ដាហ៍",
    "អោយ": "ឱ្យ",
    "ឲ្យ": "ឱ្យ",
    "ពត៌មាន": "ព័ត៌មាន",
    "សំរាប់": "សម្រាប់",
    "សំងាត់": "សម្ងាត់",
    "អាស័យដ្ឋាន": "អាសយដ្ឋាន",
}


@dataclass
class Entry:
    """One message of a .po file; `strings` holds msgstr or msgstr[0..n]."""

    line: int
    context: str | None = None
    msgid: str = ""
    plural: str | None = None
    strings: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> str:
        """The id as a .mo file stores it."""
        return self.msgid if self.context is None else f"{self.context}\x04{self.msgid}"

    def __str__(self) -> str:
        return f"line {self.line}: {self.key!r}"


def read_po(text: str) -> list[Entry]:
    """Return the entries of a .po file, also the header (empty msgid), without `#~` lines."""
    entries: list[Entry] = []
    entry, last = None, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#~"):
            entry = None
            continue
        if entry is None or (line.startswith("#") and entry.strings):
            entry, last = Entry(number), ""
            entries.append(entry)
        if line.startswith("#"):
            entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        word, _, quoted = line.partition(" ") if not line.startswith('"') else (last, "", line)
        _add(entry, word, ast.literal_eval(quoted), continued=line.startswith('"'))
        last = word
    return [entry for entry in entries if entry.strings]


def _add(entry: Entry, word: str, text: str, *, continued: bool) -> None:
    if word.startswith("msgstr"):
        if continued:
            entry.strings[-1] += text
        else:
            entry.strings.append(text)
        return
    name = {"msgctxt": "context", "msgid": "msgid", "msgid_plural": "plural"}[word]
    setattr(entry, name, (getattr(entry, name) or "") + text)


def faults(entry: Entry) -> list[str]:
    """Return what is wrong with one message; the empty list when nothing is."""
    if entry.fuzzy:
        return ["fuzzy"]
    if len(entry.strings) != 1 or not entry.strings[0].strip():
        return ["not translated"]
    english, khmer = entry.plural or entry.msgid, entry.strings[0]
    return _broken_form(english, khmer) + _broken_khmer(english, khmer)


def _broken_form(english: str, khmer: str) -> list[str]:
    found = []
    if Counter(PLACE.findall(english)) != Counter(PLACE.findall(khmer)):
        found.append("other placeholders")
    if Counter(TAG.findall(english)) != Counter(TAG.findall(khmer)):
        found.append("other tags")
    if _edges(english) != _edges(khmer):
        found.append("other space at the ends")
    return found


def _broken_khmer(english: str, khmer: str) -> list[str]:
    found = []
    if strange := sorted(set(khmer) - ALLOWED):
        found.append("strange characters: " + " ".join(f"U+{ord(char):04X}" for char in strange))
    if ZERO_WIDTH_MISPLACED.search(khmer):
        found.append("zero-width space out of place")
    if WRONG_ORDER.search(khmer):
        found.append("code points out of order")
    found += [f"spell {right}" for wrong, right in SPELLINGS.items() if wrong in khmer]
    if _needs_khmer(english) and not KHMER_LETTER.search(khmer):
        found.append("no Khmer in it")
    if left := sorted(_small_words(khmer) - {word.lower() for word in LATIN_WORD.findall(english)}):
        found.append("English left: " + " ".join(left))
    return found


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _needs_khmer(english: str) -> bool:
    words = LATIN_WORD.findall(TAG.sub(" ", PLACE.sub(" ", english)))
    return any(word not in NAMES and not (len(word) > 1 and word.isupper()) for word in words)


def _small_words(khmer: str) -> set[str]:
    words = LATIN_WORD.findall(TAG.sub(" ", PLACE.sub(" ", khmer)))
    return {word.lower() for word in words if not word.isupper() and word not in NAMES}


def catalogue(path: Path) -> list[Entry]:
    return [entry for entry in read_po(path.read_text("utf-8")) if entry.msgid]


def test_django_messages_have_a_catalogue():
    assert DJANGO_OWN in CATALOGUES


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-4] + "/" + path.name)
class TestCatalogue:
    def test_every_message_is_sound(self, path):
        found = [f"{entry}: {', '.join(why)}" for entry in catalogue(path) if (why := faults(entry))]
        assert found == []

    def test_no_message_stands_twice(self, path):
        counts = Counter(entry.key for entry in catalogue(path))
        assert [key for key, count in counts.items() if count > 1] == []

    def test_header_says_khmer_without_plural(self, path):
        header = next(entry for entry in read_po(path.read_text("utf-8")) if not entry.msgid)
        lines = dict(line.split(": ", 1) for line in header.strings[0].splitlines())
        wanted = ("Language", "Content-Type", "Plural-Forms")
        assert [lines[name] for name in wanted] == [
            "km",
            "text/plain; charset=UTF-8",
            "nplurals=1; plural=0;",
        ]
        assert not header.fuzzy

    def test_compiled_catalogue_is_up_to_date(self, path):
        with path.with_suffix(".mo").open("rb") as file:
            compiled = dict(gettext.GNUTranslations(file)._catalog)
        compiled.pop("", None)
        written = {
            (entry.key, 0) if entry.plural is not None else entry.key: entry.strings[0]
            for entry in catalogue(path)
        }
        assert compiled == written


def test_every_message_of_the_installed_django_is_there_and_no_other():
    django = Path(importlib.util.find_spec("django").origin).parent
    english = {
        (entry.key, entry.plural)
        for part in DJANGO_PARTS
        for entry in catalogue(django / part / "locale/en/LC_MESSAGES/django.po")
    }
    ours = {(entry.key, entry.plural) for entry in catalogue(DJANGO_OWN)}
    assert (english - ours, ours - english) == (set(), set())


def test_reader_knows_every_part_of_a_po_file():
    text = (
        '# note\nmsgid ""\nmsgstr ""\n"Language: km\\n"\n\n'
        '#, fuzzy, python-format\nmsgctxt "c"\nmsgid "%d day"\nmsgid_plural ""\n"%d "\n"days"\n'
        'msgstr[0] "%d ថ្ងៃ"\n# next\nmsgid "a\\"b"\nmsgstr "ក\\n"\n\n#~ msgid "old"\n#~ msgstr "ចាស់"\n'
    )
    assert read_po(text) == [
        Entry(1, strings=["Language: km\n"]),
        Entry(6, "c", "%d day", "%d days", ["%d ថ្ងៃ"], fuzzy=True),
        Entry(13, msgid='a"b', strings=["ក\n"]),
    ]


@pytest.mark.parametrize(
    ("english", "khmer", "why"),
    [
        ("Save", "រក្សាទុក", []),
        ("Save", "", ["not translated"]),
        ("Save", "Save", ["no Khmer in it"]),
        ("Save", "រក្សាទុក Changes", ["English left: changes"]),
        ("%s MB", "%s MB", []),
        ("%(count)s cases", "%(cout)s ករណី", ["other placeholders"]),
        ("%(count)s cases", "ករណី", ["other placeholders"]),
        ("{min} days", "{max} ថ្ងៃ", ["other placeholders"]),
        ("<strong>No</strong>", "<strong>ទេ", ["other tags"]),
        ("Name ", "ឈ្មោះ", ["other space at the ends"]),
        ("Case", "ករណ\u0438ី", ["strange characters: U+0438"]),  # Cyrillic
        ("Thai", "ថ\u0e23ៃ", ["strange characters: U+0E23"]),  # Thai letter
        ("Case", "ករ\u200cណី", ["strange characters: U+200C"]),
        ("Case file", "ករណី\u200bមួយ", []),
        ("Case", "ករណី\u200b", ["zero-width space out of place"]),
        ("Month", "ម\u17c4\u17c9ង", ["code points out of order"]),
        ("Begin", "ផ្ដ\u17c1\u17b8ម", ["code points out of order"]),
        ("Provide", "ផ្\u178fល់", ["spell ផ្\u178aល់"]),
        ("For", "អោយ", ["spell ឱ្យ"]),
    ],
)
def test_faults_are_seen(english, khmer, why):
    assert faults(Entry(1, msgid=english, strings=[khmer])) == why


def test_the_glossary_keeps_its_own_rules():
    lines = (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        why = [f"spell {right}" for wrong, right in SPELLINGS.items() if wrong in line]
        why += ["code points out of order"] if WRONG_ORDER.search(line) else []
        why += [f"U+{ord(char):04X}" for char in sorted(set(line) - ALLOWED)]
        found += [f"line {number}: {', '.join(why)}"] if why else []
    assert found == []
