"""Codes: opaque, readable aloud, and no single slip passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krama.vault.rules.codes import ALPHABET, clean_code, is_code, new_code

SHAPES = st.sampled_from([("P", 6), ("K26", 5), ("K26", 6), ("K05", 5)])
BYTES = st.binary(min_size=4, max_size=16)


def test_known_codes():
    assert ALPHABET == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert new_code("P", bytes(4)) == "P-000008"
    assert new_code("P", b"krama123") == "P-KHC2K4"
    assert new_code("K26", b"\x01\x02\x03", 5) == "K26-3G02H"


@given(SHAPES, BYTES)
def test_a_new_code_is_a_code(shape, drawn):
    prefix, length = shape
    code = new_code(prefix, drawn, length)
    assert (code[: len(prefix) + 1], len(code)) == (f"{prefix}-", len(prefix) + 1 + length)
    assert is_code(code, prefix)
    assert is_code(code, prefix[0])
    assert clean_code(code) == code


@given(SHAPES, BYTES, st.data())
def test_one_wrong_character_is_found(shape, drawn, data):
    prefix, length = shape
    code = new_code(prefix, drawn, length)
    at = data.draw(st.sampled_from([place for place, character in enumerate(code) if character != "-"]))
    wrong = data.draw(st.sampled_from([character for character in ALPHABET if character != code[at]]))
    changed = code[:at] + wrong + code[at + 1 :]
    assert not is_code(changed, prefix)
    assert not is_code(changed, prefix[0])


@given(SHAPES, BYTES)
def test_swapped_neighbours_are_found(shape, drawn):
    prefix, length = shape
    code = new_code(prefix, drawn, length)
    characters, dash = code.replace("-", ""), len(prefix)
    for at in range(len(characters) - 1):
        pair = characters[at : at + 2]
        if pair[0] == pair[1]:
            continue
        swapped = characters[:at] + pair[::-1] + characters[at + 2 :]
        swapped = f"{swapped[:dash]}-{swapped[dash:]}"
        assert not is_code(swapped, prefix)
        assert not is_code(swapped, prefix[0])


@given(BYTES)
def test_typed_in_other_ways(drawn):
    person, case = new_code("P", drawn), new_code("K26", drawn, 5)
    for code in (person, case):
        bare = code.replace("-", "")
        typed = [code.lower(), bare, f" {bare[:3]} {bare[3:]} ", "-".join(bare), code.replace("-", "\u2013")]
        typed += [code.replace("0", "o"), code.replace("1", "l"), code.replace("1", "I")]
        typed += [code.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))]
        assert {clean_code(text) for text in typed} == {code}


@pytest.mark.parametrize("text", ["", "P", "P-", "-", "P-000000", "Sok Sophea", "K26-", "សុភា", "P-7K3QMé"])
def test_not_codes(text):
    assert not is_code(clean_code(text), "P")
    assert not is_code(clean_code(text), "K")


@pytest.mark.parametrize(
    ("prefix", "drawn", "length"),
    [("", bytes(4), 6), ("p", bytes(4), 6), ("I", bytes(4), 6), ("P", bytes(3), 6), ("P", bytes(9), 1)]
    + [("P", bytes(99), 31)],
)
def test_refused(prefix, drawn, length):
    with pytest.raises(ValueError, match="code"):
        new_code(prefix, drawn, length)
