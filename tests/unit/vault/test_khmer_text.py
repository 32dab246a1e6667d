"""Text that looks the same becomes the same, and nothing else changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.vault.rules.khmer_text import is_khmer, khmer_digits, latin_digits, normal_form

KHMER = "".join(chr(point) for point in range(0x1780, 0x17DE)) + "\u200b\u200c\u17e0 a1\u0301"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("ស\u17d2រ\u17d2តី", "ស\u17d2ត\u17d2រី"),  # subscript រ typed first
        ("ចន\u17d2\u178aា", "ចន\u17d2\u178fា"),  # subscript ដ for ត
        ("ស\u17b8\u17d2រ", "ស\u17d2រ\u17b8"),  # vowel before subscript
        ("ម\u17c6\u17bb", "ម\u17bb\u17c6"),  # ំ before ុ
        ("ក\u17c1\u17b8ត", "ក\u17beត"),  # ើ in two halves
        ("ក\u17c1\u17b6", "ក\u17c4"),  # ោ in two halves
        ("អ\u17bb\u17b8", "អ\u17ca\u17b8"),  # ុ where ៊ is meant
        ("ម\u17bb\u17b8", "ម\u17c9\u17b8"),  # ុ where ៉ is meant
        ("ម\u17c9\u17d2យ\u17b6", "ម\u17d2យ\u17c9\u17b6"),  # shifter before subscript
        ("\u17a3ន", "អន"),
        ("\u17b2", "\u17b1"),
        ("សុ\u200bភា\ufeff", "សុភា"),
        ("  សុខ \u00a0 សុភា\n", "សុខ សុភា"),
        ("ភិិ", "ភិ"),
        ("Soke\u0301", "Sok\u00e9"),
        ("Sok  Sophea", "Sok Sophea"),
        ("", ""),
    ],
)
def test_looks_the_same_is_the_same(typed, form):
    assert normal_form(typed) == form


@pytest.mark.parametrize("name", ["សុភា", "ស្រីមុំ", "ចាន់ថា", "វណ្ណៈ", "ប៊ុន", "រ៉ាត់", "ដារ៉ា", "ឧត្តម", "គ្រឿន"])
def test_well_typed_names_stay(name):
    assert normal_form(name) == name


@given(st.text(KHMER) | st.text())
def test_twice_changes_nothing(text):
    once = normal_form(text)
    assert normal_form(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(KHMER))
def test_letters_of_a_syllable_are_kept(text):
    def letters(string):
        return sorted(character for character in string if "\u1780" <= character <= "\u17a2")

    expected = text.replace("\u17a3", "អ").replace("\u17a4", "អ")
    # only subscript ដ may become ត, and a subscript typed twice count once
    before, after = letters(expected.replace("ដ", "ត")), letters(normal_form(text).replace("ដ", "ត"))
    assert set(after) == set(before)
    assert len(after) <= len(before)


def test_digits():
    assert latin_digits("២១/១១/២០២៦") == "21/11/2026"
    assert latin_digits("๐๑๒๓๔๕๖๗๘๙") == "0123456789"
    assert khmer_digits("012 ក") == "០១២ ក"


@given(st.text("0123456789 -/"))
def test_digits_there_and_back(text):
    assert latin_digits(khmer_digits(text)) == text


@pytest.mark.parametrize(
    ("text", "answer"), [("សុភា", True), ("Sok សុ", True), ("Sok", False), ("១២", False), ("", False)]
)
def test_is_khmer(text, answer):
    assert is_khmer(text) is answer
