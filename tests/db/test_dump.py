"""A stolen dump names nobody: not in plain text, not in another encoding, not in hex or base64."""

import base64
import os
import subprocess

import pytest
from django.db import connections

from krama.config.environment import database
from supervisor import binaries
from tests import makers

KHMER = {"family_km": "ព្រៃក្រហម", "given_km": "ផ្កាស្រស់"}


@pytest.fixture
def dumped(committed, cast) -> bytes:
    """Plant every kind of record and dump the database as plain SQL and, bytea unpacked, as rows."""
    case = makers.case(cast.here, **KHMER)
    makers.one_of_each(cast.here, case)
    makers.document(cast.here, case)
    for alias in ("default", "owner"):
        connections[alias].close()
    where = database("KRAMA_TEST_ADMIN_URL")
    program = binaries.choose(binaries.look(os.environ)).program("pg_dump")
    answer = subprocess.run(
        [program, "--host", where["HOST"], "--port", where["PORT"], "--username", where["USER"], committed],
        env={**os.environ, "PGPASSWORD": where["PASSWORD"]}, capture_output=True, timeout=120,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-300:]
    return answer.stdout


def spellings(name: str) -> dict[str, bytes]:
    """Give all forms in which a name could lie in a dump."""
    found: dict[str, bytes] = {}
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = name.encode(encoding)
        found[encoding] = plain
        found[f"{encoding} hex"] = plain.hex().encode()
        for shift in range(3):
            whole = base64.b64encode(bytes(shift) + plain)
            first, last = (0, 2, 3)[shift], len(whole) - 4
            found[f"{encoding} base64 +{shift}"] = whole[first + (4 - first) % 4 : last]
    return found


def test_a_dump_names_nobody(dumped):
    names = [*makers.NAME_CANARIES.values(), *KHMER.values()]
    names += [makers.canary(*place) for place in (("manifest", "filename"), ("manifest", "grid"), ("document", "name"),
              ("screening", "story"), ("counselling-note", "note"), ("case", "safety_notice"))]  # fmt: skip
    lower = dumped.lower()
    found = [
        (name, form)
        for name in names
        for form, text in spellings(name).items()
        if (text.lower() in lower if "hex" in form else text in dumped)
    ]
    assert found == []
    assert b"casework_case" in dumped and b"Kitchen" in dumped  # it is a dump, and what is open is in it


@pytest.mark.parametrize("form", spellings("Sok Sophea of Prey Chrey"))
def test_the_search_would_find_what_it_looks_for(form):
    name = "Sok Sophea of Prey Chrey"
    encoding = form.split()[0]
    plain = (
        b"12345"[: int(form[-1])] + name.encode(encoding) + b"tail"
        if "base64" in form
        else name.encode(encoding)
    )
    there = base64.b64encode(plain) if "base64" in form else plain.hex().encode() if "hex" in form else plain
    assert spellings(name)[form] in there
