"""Three views: one row opened and a line logged, a list of fifty, a group written with one commit."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines

_CIPHER = AESGCM(settings.FLOOR_KEY)
_PAGE = engines["django"].from_string(
    "<!doctype html><title>{{ code }}</title><h1>{{ code }} {{ name }}</h1><dl>{% for key, value in rows %}"
    "<dt>{{ key }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>"
)
_LIST = engines["django"].from_string(
    "<!doctype html><title>List</title><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>"
)
_COLUMNS = "id, code, status, risk, due, province, birth_year, name"


def _opened(number: int, blob) -> str:
    blob = bytes(blob)
    return _CIPHER.decrypt(blob[:12], blob[12:], str(number).encode()).decode()


def one(request, number):
    """Primary key, one decryption, one logged line, one commit, a small page."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM bench_floor WHERE id = %s", (number,))
        row = cursor.fetchone()
        cursor.execute("INSERT INTO bench_floor_log (at, what) VALUES (now(), %s)", (f"view {number}",))
    names = [column.strip() for column in _COLUMNS.split(",")][:-1]
    rows = list(zip(names, row[:-1], strict=True))
    return HttpResponse(_PAGE.render({"code": row[1], "name": _opened(row[0], row[-1]), "rows": rows}))


def fifty(request):
    """Fifty rows by two filters in order, each with one decryption, in a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM bench_floor WHERE status = %s AND risk = %s ORDER BY due, id LIMIT 50",
            (request.GET["status"], request.GET["risk"]),
        )
        rows = [(*row[1:-1], _opened(row[0], row[-1])) for row in cursor.fetchall()]
    return HttpResponse(_LIST.render({"rows": rows}))


def group(request):
    """Write the posted people with one statement and one commit, the name of each sealed."""
    people = [line.split("|") for line in request.body.decode().splitlines()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval('bench_floor_ids') FROM generate_series(1, %s)", (len(people),))
        numbers = [row[0] for row in cursor.fetchall()]
        values = []
        for number, (name, province, year) in zip(numbers, people, strict=True):
            nonce = os.urandom(12)
            blob = nonce + _CIPHER.encrypt(nonce, name.encode(), str(number).encode())
            values += [number, f"F-{number:08d}", "intake", "", province, int(year), blob]
        cursor.execute(
            "INSERT INTO bench_floor (id, code, status, risk, province, birth_year, name) VALUES "
            + ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(people)),
            values,
        )
    return HttpResponse(str(len(people)))
