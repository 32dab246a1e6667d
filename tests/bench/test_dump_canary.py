"""A name is found in whatever form it lies somewhere, and not where it does not."""

import base64

import pytest

from bench.proofs.dump_canary import forms_of, without_open_tables

NAME = "សុខ សុភា"
PLAIN = f"row 1 {NAME} end"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode().hex().encode(),
        PLAIN.encode().hex().upper().encode(),
        base64.b64encode(PLAIN.encode()),
        base64.b64encode(b"x" + PLAIN.encode()),
        base64.b64encode(b"xx" + PLAIN.encode()),
        ascii(PLAIN).encode(),
    ],
)
def test_hidden_names_are_found(content):
    assert any(form in content for _encoding, form in forms_of(NAME))


def test_other_text_is_not_taken_for_the_name():
    assert not any(form in "row 1 សុខ ដារ៉ា end".encode() for _encoding, form in forms_of(NAME))


def test_rows_of_staff_are_left_out_and_no_others():
    staff = b"COPY public.access_user (id) FROM stdin;\n1\tDara\n\\."
    people = b"\nCOPY public.vault_person (id) FROM stdin;\n2\n\\.\n"
    assert without_open_tables(staff + people) == people
