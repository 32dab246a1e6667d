"""Opaque codes for persons, cases and papers, with a check character against slips.

A code says nothing about the person: it is drawn from random bytes. It is written in Crockford's base32,
which leaves out I, L, O and U so that nobody confuses them with 1, 1, 0 and V.

    P-7K3QM2      person: 5 random characters and 1 check character (33.5 million codes)
    K26-4M7QX     case opened in 2026: 4 random and 1 check character (1.05 million codes a year)

Whoever makes a code draws again when it is taken already: codes of this length will meet in a large register.

The check character makes the sum of (value of a character x power of 2 by its place) zero in the field of 32
elements. Within 31 characters these weights are all different and none is zero, so every single wrong
character and every swap of two characters is found, prefix and year included. Two wrong characters
pass with chance 1 in 32.
"""

import re
import unicodedata

from krama.vault.rules.khmer_text import latin_digits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LONGEST = 31  # the weights repeat from here on
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\W_]+")


def _doubled(value: int) -> int:
    """`value` times 2 in the field of 32 elements, x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def _check_sum(characters: str) -> int:
    total = 0
    for character in characters:
        total = _doubled(total) ^ _VALUE[character]
    return total


def new_code(prefix: str, random_bytes: bytes, length: int = 6) -> str:
    """A new code: `prefix`, a dash and `length` characters, of which the last is the check character.

    prefix: capital letters and digits of the alphabet, for instance "P" or "K26".
    random_bytes: from a cryptographic source, at least 5 bits for each of the length - 1 random characters
        (4 bytes for length 6); bits beyond are ignored. The same bytes give the same code.
    Raises ValueError when the prefix has other characters, the code would be too short or longer than 31
    characters, or there are too few bytes.
    """
    if not prefix or any(character not in _VALUE for character in prefix):
        raise ValueError("a code's prefix is made of the characters of the code alphabet")
    if length < 2 or len(prefix) + length > _LONGEST:
        raise ValueError("a code has at least 2 and, with its prefix, at most 31 characters")
    if len(random_bytes) * 8 < 5 * (length - 1):
        raise ValueError("too few random bytes for a code of this length")
    drawn = int.from_bytes(random_bytes)
    body = ""
    for _place in range(length - 1):
        drawn, value = divmod(drawn, 32)
        body += ALPHABET[value]
    return f"{prefix}-{body}{ALPHABET[_doubled(_check_sum(prefix + body))]}"


def is_code(text: str, prefix: str) -> bool:
    """Whether `text` is a whole, faultless code as `new_code` writes it (clean typed text first).

    prefix: the prefix itself ("P", "K26"), or only the letter of a prefix with a two-digit year ("K").
    """
    head, dash, body = text.partition("-")
    letter, year = head[:-2], head[-2:]
    if head != prefix and not (letter == prefix and year.isascii() and year.isdigit()):
        return False
    characters = head + body
    if not dash or len(body) < 2 or len(characters) > _LONGEST:
        return False
    return all(character in _VALUE for character in characters) and _check_sum(characters) == 0


def clean_code(text: str) -> str:
    """What somebody typed or read out, as a code would be written; check it with `is_code`.

    Lower case, spaces, dashes and dots anywhere, O for 0, I or L for 1, Khmer and Thai digits and full-width
    characters are understood. The dash goes by length, since people leave it out or put others in: a letter
    and six characters is "X-......", a letter, two digits and five or six characters "X00-......". Other text
    is returned as typed apart from these characters, and is then no code.
    """
    plain = latin_digits(unicodedata.normalize("NFKC", text)).upper()
    characters = _BETWEEN.sub("", plain).translate(_READ_AS)
    if len(characters) == 7:
        return f"{characters[0]}-{characters[1:]}"
    if len(characters) in (8, 9) and characters[1:3].isdigit():
        return f"{characters[:3]}-{characters[3:]}"
    return "-".join(part for part in _BETWEEN.split(plain.translate(_READ_AS)) if part)
