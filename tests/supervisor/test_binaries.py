"""Which PostgreSQL is taken: a table, no PostgreSQL needed."""

from pathlib import Path

import pytest

from supervisor.binaries import NAMED, SYSTEM, WHEEL, Binaries, choose, look, wheel_needed
from supervisor.words import Problem


def pg(source, major, minor=0):
    return Binaries(Path(f"/{source}/{major}.{minor}"), (major, minor), source)


NAMED_16, SYSTEM_14, SYSTEM_15, SYSTEM_17 = pg(NAMED, 16), pg(SYSTEM, 14), pg(SYSTEM, 15), pg(SYSTEM, 17)
SYSTEM_17_2, WHEEL_16, WHEEL_18 = pg(SYSTEM, 17, 2), pg(WHEEL, 16), pg(WHEEL, 18)


@pytest.mark.parametrize(
    ("found", "made_with", "chosen"),
    [
        ([WHEEL_18, SYSTEM_17, NAMED_16], None, NAMED_16),
        ([WHEEL_18, SYSTEM_15, SYSTEM_17], None, SYSTEM_17),
        ([SYSTEM_17, SYSTEM_17_2], None, SYSTEM_17_2),
        ([WHEEL_18, SYSTEM_14], None, WHEEL_18),
        ([WHEEL_16, WHEEL_18], None, WHEEL_18),
        ([WHEEL_18, SYSTEM_15], 18, WHEEL_18),
        ([WHEEL_18, WHEEL_16, SYSTEM_17], 16, WHEEL_16),
        ([SYSTEM_15, SYSTEM_17], 15, SYSTEM_15),
        ([NAMED_16, SYSTEM_17], 16, NAMED_16),
    ],
)
def test_choice(found, made_with, chosen):
    assert choose(found, made_with) == chosen


@pytest.mark.parametrize(
    ("found", "made_with", "words"),
    [
        ([], None, "No PostgreSQL 15 or newer was found"),
        ([SYSTEM_14], None, "No PostgreSQL 15 or newer was found"),
        ([pg(NAMED, 14), SYSTEM_17], None, "PG_BIN holds PostgreSQL 14.0"),
        ([SYSTEM_15], 18, "made by PostgreSQL 18, which alone can open it; found here: PostgreSQL 15.0"),
        ([NAMED_16, WHEEL_18], 18, "made by PostgreSQL 18, which alone can open it"),
    ],
)
def test_refusal_is_a_sentence(found, made_with, words):
    with pytest.raises(Problem, match=words):
        choose(found, made_with)


@pytest.mark.parametrize(
    ("found", "made_with", "database_url", "needed"),
    [
        ([], None, None, True),
        ([], None, "postgres://somewhere", False),
        ([SYSTEM_14], None, None, True),
        ([SYSTEM_15], None, None, False),
        ([SYSTEM_15], 18, None, True),
        ([SYSTEM_15, WHEEL_18], 18, None, True),
        ([NAMED_16], 18, None, False),
        ([NAMED_16], None, None, False),
    ],
)
def test_wheel_is_installed_only_where_nothing_else_does(found, made_with, database_url, needed):
    assert wheel_needed(found, made_with, database_url) is needed


def test_pg_bin_without_programs_is_refused_and_not_passed_over(tmp_path):
    with pytest.raises(Problem, match="PG_BIN must name a folder with initdb, postgres, psql"):
        look({"PG_BIN": str(tmp_path)})
