"""Every address × method × person: what comes back stands in outcomes.csv, and nothing is left out.

The table is read by people: a change in it is a change of permission. After a deliberate change, write it
again with `KRAMA_WRITE_OUTCOMES=1 make test ARGS=tests/contract/test_every_url.py` and read the difference.
"""

import csv
import os
from pathlib import Path

import pytest
from django.db import transaction

from krama.access.roles import ROLES
from tests.contract.addresses import METHODS, TYPED, addresses, filled

TABLE = Path(__file__).with_name("outcomes.csv")
PEOPLE = ("nobody", *ROLES, "idle_worker", "outside_supervisor")
WRITING = os.environ.get("KRAMA_WRITE_OUTCOMES") == "1"
ALLOWED = {200, 302, 401, 403, 404, 405, 422}
ADDRESSES = addresses()


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Read the table: (address, method) -> person -> outcome."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            (row.pop("address"), row.pop("method")): row for row in csv.DictReader(lines)
        }  # fmt: skip


EXPECTED = table()


def outcomes(address: str, method: str, world, client_of) -> dict[str, str]:
    """Ask as everybody; what one asking changed is undone before the next."""
    found = {}
    for who in PEOPLE:
        client = client_of(None if who == "nobody" else world.cast.users[who])
        with transaction.atomic():
            path = filled(address, world)
            if method == "GET":
                answer = client.get(path)
            elif "/api/" in address:
                answer = client.post(path, {"fields": TYPED}, content_type="application/json")
            else:
                answer = client.post(path, TYPED)
            transaction.set_rollback(True)
        found[who] = str(answer.status_code)
    return found


def test_no_address_is_missing_from_the_table_and_none_is_left_over():
    assert WRITING or {address for address, _method in EXPECTED} == set(ADDRESSES)
    assert WRITING or set(EXPECTED) == {(address, method) for address in ADDRESSES for method in METHODS}


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_gets_what_the_table_says(address, world, client_of):
    found = {method: outcomes(address, method, world, client_of) for method in METHODS}
    assert {int(code) for by_person in found.values() for code in by_person.values()} <= ALLOWED
    if WRITING:
        return _write(address, found)
    return _compare(found, {method: EXPECTED[address, method] for method in METHODS})


def _compare(found, expected) -> None:
    assert found == expected


def _write(address: str, found: dict[str, dict[str, str]]) -> None:
    rows = {key: value for key, value in table().items() if key[0] in ADDRESSES}
    rows |= {(address, method): by_person for method, by_person in found.items()}
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["address", "method", *PEOPLE], lineterminator="\n")
        writer.writeheader()
        for one in ADDRESSES:
            for method in METHODS:
                if (one, method) in rows:
                    writer.writerow({"address": one, "method": method, **rows[one, method]})
