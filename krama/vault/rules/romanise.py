"""Khmer names in the letters Cambodians use for them in Latin script; a search key, never a shown name.

Khmer has two series of consonants, and a vowel sign sounds by the series of its consonant: ា is "a" in សុខា
(Sokha) and "ea" in សុភា (Sophea). Letter-by-letter tables such as `anyascii` ignore this, and vowels that are
spoken but not written as well; see `name_keys` for how often each finds a name again.

What is done here, after the usual school description of the script:

- a subscript that is not a sonorant gives the series; a sonorant (ង ញ ន ម យ រ ល វ) that stands inside a word
  takes the first series when the consonant that governs it has it (សុមាលី Somaly, but មាលា Mealea);
- a consonant without a vowel sign closes the syllable before it where there is one to close, else it carries
  the unwritten vowel;
- of a cluster that ends a word only the first letter sounds (ចន្ទ Chan, រដ្ឋ Rath), a final ិ or ុ does not
  (សម្បត្តិ Sambath), ៍ silences its letter, ៈ is "ak" (វណ្ណៈ Vannak).
"""

import re

_COENG = "\u17d2"
# fmt: off
# letter: (Latin, series); series 1 is the "a" series, 2 the "o" series.
_CONSONANTS = {
    "ក": ("k", 1), "ខ": ("kh", 1), "គ": ("k", 2), "ឃ": ("kh", 2), "ង": ("ng", 2),
    "ច": ("ch", 1), "ឆ": ("chh", 1), "ជ": ("ch", 2), "ឈ": ("chh", 2), "ញ": ("nh", 2),
    "ដ": ("d", 1), "ឋ": ("th", 1), "ឌ": ("d", 2), "ឍ": ("th", 2), "ណ": ("n", 1),
    "ត": ("t", 1), "ថ": ("th", 1), "ទ": ("t", 2), "ធ": ("th", 2), "ន": ("n", 2),
    "ប": ("b", 1), "ផ": ("ph", 1), "ព": ("p", 2), "ភ": ("ph", 2), "ម": ("m", 2),
    "យ": ("y", 2), "រ": ("r", 2), "ល": ("l", 2), "វ": ("v", 2), "ឝ": ("s", 1), "ឞ": ("s", 2),
    "ស": ("s", 1), "ហ": ("h", 1), "ឡ": ("l", 1), "អ": ("", 1),
}
_SONORANTS = "ងញនមយរលវ"
# vowel sign: (first series, second series), before a consonant or at the end.
_VOWELS = {
    "ា": ("a", "ea"), "ិ": ("e", "i"), "ី": ("y", "y"), "ឹ": ("oe", "i"), "ឺ": ("oeu", "eu"),
    "ុ": ("o", "u"), "ូ": ("o", "u"), "ួ": ("uo", "uo"), "ើ": ("oeu", "oeu"), "ឿ": ("oeu", "oeu"),
    "ៀ": ("ie", "ea"), "េ": ("e", "e"), "ែ": ("e", "e"), "ៃ": ("ai", "ey"), "ោ": ("o", "o"),
    "ៅ": ("ao", "ov"),
}
_ALONE = {
    "ឥ": "e", "ឦ": "ey", "ឧ": "u", "ឨ": "uk", "ឩ": "ou", "ឪ": "ov", "ឫ": "ri", "ឬ": "reu", "ឭ": "li",
    "ឮ": "leu", "ឯ": "e", "ឰ": "ai", "ឱ": "o", "ឳ": "ov",
}
# fmt: on
_CLUSTER = re.compile(f"([\u1780-\u17b3])((?:{_COENG}[\u1780-\u17b3])*)([\u17b6-\u17d1\u17d3\u17dd]*)")
_BANTOC, _SILENT, _SHORT_A, _ROBAT = "\u17cb", "\u17cd", "\u17d0", "\u17cc"
_SREY = ("ស", "្រ", "ី")
_SIGNS_OF_SOUND = "".join(_VOWELS) + "\u17c6\u17c7\u17c8" + _SHORT_A


class _Cluster:
    """A consonant with its subscripts and signs."""

    __slots__ = ("base", "subscripts", "signs", "series", "spoken")

    def __init__(self, base: str, subscripts: str, signs: str, governor: int):
        self.base, self.subscripts, self.signs = base, subscripts.replace(_COENG, ""), signs
        self.spoken = base in _ALONE or any(sign in _SIGNS_OF_SOUND for sign in signs)
        self.series = self._series(governor)

    def _series(self, governor: int) -> int:
        if "\u17c9" in self.signs:
            return 1
        if "\u17ca" in self.signs:
            return 2
        letters = [self.base, *self.subscripts]
        strong = [letter for letter in letters if letter not in _SONORANTS and letter in _CONSONANTS]
        if strong:
            return _CONSONANTS[strong[-1]][1]
        return governor or _CONSONANTS.get(self.base, ("", 2))[1]

    def onset(self) -> str:
        letters = [_CONSONANTS.get(letter, (_ALONE.get(letter, ""), 0))[0] for letter in self.subscripts]
        if self.subscripts[:1] == "ត" and self.base != "ត":
            letters[0] = "d"  # the subscript is drawn like that of ដ and mostly spoken so: Pheakdey, Chenda
        first = _CONSONANTS.get(self.base, (_ALONE.get(self.base, ""), 0))[0]
        if self.base == "ប" and (self.subscripts or "\u17c9" in self.signs):
            first = "p"
        if self.base == "ហ" and self.subscripts[:1] and self.subscripts[0] in "គងណនមរលវឡ":
            first, letters[0] = "", "f" if self.subscripts[0] == "វ" else letters[0]
        return first + "".join(letters)

    def coda(self) -> str:
        """What sounds of a cluster that closes a syllable."""
        if self.base == "រ" or (_SILENT in self.signs and not self.subscripts) or _ROBAT in self.signs:
            return ""
        return _CONSONANTS.get(self.base, ("", 0))[0]

    def nucleus(self) -> str:
        """The vowel that is written on it."""
        second, signs = self.series == 2, self.signs
        vowel = next((_VOWELS[sign][second] for sign in signs if sign in _VOWELS), "")
        if self.base == "ស" and self.subscripts == "រ" and vowel == "y":
            vowel = "ey"  # ស្រី in so many women's names is Srey; elsewhere ី is y (Phally, Sothy)
        if "\u17c6" in signs:
            vowel = (vowel or ("u" if second else "a")) + "m"
        elif "\u17c8" in signs or "\u17c7" in signs:
            vowel = vowel or ("ea" if second else "a")
            vowel += "k" if "\u17c8" in signs else "h"
        elif _SHORT_A in signs and not vowel:
            vowel = "a"  # before a velar of the second series "ea", which `romanise` knows
        return vowel


def _clusters(word: str) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    governor = 0
    for base, subscripts, signs in _CLUSTER.findall(word):
        cluster = _Cluster(base, subscripts, signs, governor)
        # ស្រី is a word of its own in compounds: ស្រីនាង is Sreyneang.
        governor = 1 if cluster.series == 1 and (base, subscripts, signs) != _SREY else 0
        clusters.append(cluster)
    return clusters


def _closes(clusters: list[_Cluster], at: int) -> bool:
    """Whether the cluster without vowel sign at place `at` closes the syllable before it."""
    cluster = clusters[at]
    if at == 0:
        return False
    if at == len(clusters) - 1 or _BANTOC in cluster.signs or _SILENT in cluster.signs:
        return True
    following, before = clusters[at + 1], clusters[at - 1]
    if not following.spoken:
        # The last two letters of a word without vowel signs are one syllable (កុសល: ko-sal).
        return False
    if cluster.subscripts[:1] in ("រ", "ល") and cluster.base not in _SONORANTS:
        return False  # ក្រ, ត្រ, ប្ល begin a syllable
    return before.spoken or bool(cluster.subscripts)


def _unwritten(cluster: _Cluster, following: _Cluster | None, is_open: bool) -> str:
    """The vowel a consonant carries without a sign, by what closes the syllable."""
    if following is None or is_open:
        return "a"
    if (
        following.base in "កខគឃ"
        and cluster.series == 2
        and (following.subscripts or _BANTOC not in following.signs)
    ):
        return "ea" if cluster.base != "វ" else "a"
    if following.base == "យ":
        return "e" if cluster.series == 2 else "a"
    if following.subscripts:
        # គន្ធា Kunthea, ពន្លឺ Ponleu; but វណ្ណា Vanna and all of the first series
        return "o" if following.base == "ន" and cluster.series == 2 and cluster.base != "វ" else "a"
    if following.base in "ងសរន":
        return "o" if _BANTOC not in following.signs or following.base == "ង" else "a"
    return "o" if following.base == "ម" else "a"


def _short_a(cluster: _Cluster, following: _Cluster) -> str:
    """The vowel of ័ by what closes the syllable (ជ័យ Chey, សុភ័ក្រ Sopheak, ច័ន្ទ Chan)."""
    if cluster.series == 2 and following.base in "កខគឃ":
        return "ea"
    return "e" if cluster.series == 2 and following.base == "យ" else "a"


def romanise(word: str) -> str:
    """One Khmer word in Latin letters, lower case; "" for a text without Khmer letters.

    word: in `khmer_text.normal_form`, one part of a name. Characters outside Khmer are skipped.
    """
    clusters = _clusters(word)
    while (
        len(clusters) > 1
        and clusters[-1].signs in ("ិ", "ុ")
        and (clusters[-1].subscripts or clusters[-2].spoken)
    ):
        clusters[-1].spoken = False
        clusters[-1].signs = ""
        break
    sounds: list[str] = []
    for at, cluster in enumerate(clusters):
        following = clusters[at + 1] if at + 1 < len(clusters) else None
        if cluster.spoken:
            sounds += [cluster.onset(), cluster.nucleus()]
            if following is not None and following.base == "ង" and "\u17c6" in cluster.signs:
                sounds[-1] = sounds[-1][:-1]  # ាំង is "ang"
            if sounds[-1] == "a" and _SHORT_A in cluster.signs and following is not None:
                sounds[-1] = _short_a(cluster, following)
        elif _closes(clusters, at):
            sounds.append(cluster.coda())
        else:
            is_open = following is not None and following.spoken and not following.subscripts
            sounds += [cluster.onset(), _unwritten(cluster, following, is_open)]
    return "".join(sounds)
