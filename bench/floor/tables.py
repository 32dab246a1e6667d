"""The floor's own small tables in the same database, filled to the size of the row."""

from random import Random

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAKE = """
CREATE TABLE bench_floor (
  id integer PRIMARY KEY, code text NOT NULL, status text NOT NULL, risk text NOT NULL, due date,
  province text NOT NULL, birth_year smallint, name bytea NOT NULL);
CREATE INDEX bench_floor_due ON bench_floor (status, risk, due, id);
CREATE SEQUENCE bench_floor_ids START 10000001;
CREATE TABLE bench_floor_log (id bigserial PRIMARY KEY, at timestamptz NOT NULL, what text NOT NULL);
GRANT SELECT, INSERT ON bench_floor, bench_floor_log TO krama_web;
GRANT USAGE ON bench_floor_ids, bench_floor_log_id_seq TO krama_web;
"""
STATUSES = ("intake", "active", "follow_up", "closed")


def sealed(cipher: AESGCM, number: int, chance: Random) -> bytes:
    """Give one sealed name: nonce and ciphertext, bound to its row."""
    nonce = chance.randbytes(12)
    return nonce + cipher.encrypt(nonce, b"Sovannaphea Chantha", str(number).encode())


def fill(admin: psycopg.Connection, size: int, key: bytes) -> None:
    """Make the tables and `size` rows."""
    chance, cipher = Random(size), AESGCM(key)
    admin.execute(MAKE)
    columns = "(id, code, status, risk, due, province, birth_year, name)"
    with admin.cursor() as cursor, cursor.copy(f"COPY bench_floor {columns} FROM STDIN") as copy:
        for number in range(1, size + 1):
            copy.write_row(
                (number, f"F-{number:08d}", chance.choices(STATUSES, (10, 25, 15, 50))[0],
                 chance.choices(("", "high", "medium", "low"), (2, 1, 3, 4))[0],
                 f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}", f"{chance.randint(1, 25):02d}",
                 chance.randint(1960, 2024), sealed(cipher, number, chance))
            )  # fmt: skip
    admin.execute("VACUUM ANALYZE bench_floor")
