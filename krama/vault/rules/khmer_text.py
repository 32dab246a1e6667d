"""One written form for text that looks the same.

Khmer keyboards let one visible syllable be typed in several orders, and NFC does not put them in one order
(every Khmer mark but one has combining class 0). Two records of one person then differ though a reader sees
the same name. The order used here is base, robat, subscripts (រ last), register shifter, vowel, ំ ះ ៈ, other
signs: the syllable structure of the Khmer chapter of the Unicode Standard with the subscripts before the
shifter, which is how the common keyboards emit them.

`normal_form` changes no visible letter, so a record may store it as well as compare it.
"""

import re
import unicodedata

# Characters that take no room. U+17B4 and U+17B5 are Khmer inherent vowels that Unicode discourages; they are
# invisible too. Joiners have no use in Khmer names.
_ZERO_WIDTH = dict.fromkeys(
    [
        *(0x00AD, 0x034F, 0x061C, 0x17B4, 0x17B5, 0x2060, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)

# Deprecated or look-alike code points, by what they look like.
_LOOK_ALIKE = str.maketrans(
    {
        "\u17a3": "\u17a2",  # independent vowel QAQ, deprecated for the letter QA
        "\u17a4": "\u17a2\u17b6",  # independent vowel QAA, deprecated for QA + AA
        "\u17b2": "\u17b1",  # the two forms of QOO
        "\u17d3": "\u17c6",  # BATHAMASAT, discouraged, drawn as NIKAHIT
    }
)

_COENG = "\u17d2"
_LETTER = "\u1780-\u17b3"
_MARK = "\u17b6-\u17d1\u17d3\u17dd"
_SYLLABLE = re.compile(f"[{_LETTER}](?:{_COENG}+[{_LETTER}]|[{_MARK}])+")
_PIECE = re.compile(f"{_COENG}+[{_LETTER}]|[{_MARK}]")

_SHIFTERS = "\u17c9\u17ca"
_VOWELS_ABOVE = "\u17b7\u17b8\u17b9\u17ba\u17be"
_TAKES_TRIISAP = "\u179f\u17a0\u17a2\u1794"  # ស ហ អ ប take ៊, all others ៉
_BELOW_U = "\u17bb"
# A vowel typed as the two halves one sees.
_COMPOSED = (
    ("\u17c1\u17b8", "\u17be"),
    ("\u17b8\u17c1", "\u17be"),
    ("\u17c1\u17b6", "\u17c4"),
    ("\u17b6\u17c1", "\u17c4"),
)

_DIGITS = str.maketrans({chr(start + value): str(value) for start in (0x17E0, 0x0E50) for value in range(10)})
_TO_KHMER = str.maketrans({str(value): chr(0x17E0 + value) for value in range(10)})


def _rank(piece: str) -> int:
    """Place of one mark inside its syllable."""
    if piece[0] == _COENG:
        return 2 if piece[-1] == "\u179a" else 1  # subscript រ is drawn first and written last
    if piece == "\u17cc":
        return 0
    if piece in _SHIFTERS:
        return 3
    if "\u17b6" <= piece <= "\u17c5":
        return 4
    return 5 if "\u17c6" <= piece <= "\u17c8" else 6


def _one_form(piece: str) -> str:
    """Subscripts ដ and ត are drawn alike: write ត. A doubled coeng counts once."""
    if piece[0] != _COENG:
        return piece
    letter = piece[-1]
    return _COENG + ("\u178f" if letter == "\u178a" else letter)


def _ordered(syllable: re.Match[str]) -> str:
    text = syllable.group()
    pieces = sorted((_one_form(piece) for piece in _PIECE.findall(text)), key=_rank)
    # A mark typed twice is drawn over itself.
    pieces = [piece for at, piece in enumerate(pieces) if at == 0 or piece != pieces[at - 1]]
    if _BELOW_U in pieces and any(piece in _VOWELS_ABOVE for piece in pieces):
        # Under a vowel above, a shifter is drawn like ុ; two vowels on one letter do not exist.
        pieces.remove(_BELOW_U)
        if not any(piece in _SHIFTERS for piece in pieces):
            pieces.append("\u17ca" if text[0] in _TAKES_TRIISAP else "\u17c9")
        pieces.sort(key=_rank)
    joined = text[0] + "".join(pieces)
    for halves, whole in _COMPOSED:
        joined = joined.replace(halves, whole)
    return joined


def normal_form(text: str) -> str:
    """The one written form of `text`: what looks the same becomes the same.

    Given any text in any script; returns it in NFC, without zero-width characters, with look-alike Khmer code
    points replaced, marks of each Khmer syllable in one order, subscript ដ written as subscript ត, and runs
    of white space as one space without ends. Capital letters and digits stay. Doing it twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text.translate(_ZERO_WIDTH)).translate(_LOOK_ALIKE)
    while True:  # one pass can bring two halves of a vowel together; it ends because no pass lengthens text
        ordered = _SYLLABLE.sub(_ordered, text)
        if ordered == text:
            break
        text = ordered
    return " ".join(unicodedata.normalize("NFC", text).split())


def latin_digits(text: str) -> str:
    """`text` with Khmer (០-៩) and Thai (๐-๙) digits as 0-9; all else unchanged."""
    return text.translate(_DIGITS)


def khmer_digits(text: str) -> str:
    """`text` with the digits 0-9 as ០-៩, for reading; never store or compare the result."""
    return text.translate(_TO_KHMER)


def is_khmer(text: str) -> bool:
    """Whether `text` has at least one Khmer letter (digits and signs alone do not count)."""
    return any("\u1780" <= character <= "\u17b3" for character in text)
