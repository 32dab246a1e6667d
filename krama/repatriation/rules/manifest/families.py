"""Families, and the same person listed twice.

A household column decides. Without one, the relation column does: somebody's mother, wife or head of
household opens a family, children and others on the lines that follow belong to it, and "child of 5" names
the list's own number. Nothing is merged here; a person decides.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .doubts import doubt
from .letters import ascii_digits, contains_words, fold, plain, vocabulary
from .names import folded_name
from .shapes import Row

JOINS = {"child", "partner", "sibling", "younger", "elder"}


@cache
def _relations() -> tuple[tuple[str, str], ...]:
    """Folded relation words with their kind, longest first."""
    rows = [(fold(word), row["kind"]) for row in vocabulary("relations") for word in row["words"].split("|")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def relation_kind(text: str) -> str:
    """ "parent", "partner", "child", "sibling", "elder", "younger" or "" of a relation as written."""
    folded = fold(text)
    exact = dict(reversed(_relations())).get(folded)
    if exact:
        return exact
    starts = (kind for word, kind in _relations() if contains_words(word, folded[: len(word) + 1].strip()))
    return next(starts, "")


def _target(row: Row, rows: Sequence[Row], names: Sequence[tuple[frozenset[str], int]]) -> int | None:
    """Index of the row that a relation such as "child of 5" or "con của Sok Dara" points at."""
    relation = ascii_digits(row.values.relation)[:200]
    if not relation:
        return None
    if relation_kind(relation) != "parent" and (number := re.search(r"(?<!\d)(\d{1,4})(?!\d)", relation)):
        listed = [i for i, other in enumerate(rows) if other.values and other.listed_as == number[1]]
        return listed[0] if len(listed) == 1 and rows[listed[0]] is not row else None
    words = frozenset(folded_name(relation).split())
    return next((index for name, index in names if name <= words and rows[index] is not row), None)


def _names(rows: Sequence[Row]) -> list[tuple[frozenset[str], int]]:
    """The words of each Latin name of two words or more, with the index of its row."""
    named = [
        (frozenset(folded_name(f"{row.values.family_latin} {row.values.given_latin}").split()), index)
        for index, row in enumerate(rows)
        if row.values
    ]
    return [(words, index) for words, index in named if len(words) > 1]


def group_families(rows: Sequence[Row]) -> tuple[Row, ...]:
    """`rows` with family_group filled from the relation column where the list has no household mark."""
    if any(row.values and row.values.family_group for row in rows):
        return tuple(rows)
    names = _names(rows)
    head: int | None = None
    heads: dict[int, int] = {}
    for index, row in enumerate(rows):
        if row.values is None:
            head = head if row.skipped == "blank" else None
            continue
        kind, target = relation_kind(row.values.relation), _target(row, rows, names)
        if target is not None:
            heads[index], head = heads.get(target, target), None
        elif kind == "parent":
            same = (
                head is not None
                and index == head + 1
                and relation_kind(rows[head].values.relation) == "parent"
            )
            heads[index] = head = head if same else index
        elif kind in JOINS and head is not None:
            heads[index] = head
        else:
            head = index if not kind else None
    return tuple(_grouped(row, index, heads, rows) for index, row in enumerate(rows))


def _grouped(row: Row, index: int, heads: dict[int, int], rows: Sequence[Row]) -> Row:
    head = heads.get(index, index)
    if row.values is None or head not in {h for i, h in heads.items() if i != h}:
        return row
    line = rows[head].number
    grouped = replace(row, values=replace(row.values, family_group=f"line-{line}"))
    if head == index:
        return grouped
    return grouped.doubting(doubt("family_guessed", line=line, text=row.values.relation))


def _name_keys(row: Row) -> set[str]:
    """The name in each script without spaces, as written and with its words in alphabetical order."""
    values = row.values
    names = (f"{values.family_km} {values.given_km}", f"{values.family_latin} {values.given_latin}")
    return {key.replace(" ", "") for name in names for key in (plain(name), folded_name(name))} - {""}


def _compatible(one: Row, other: Row) -> bool:
    """Whether two rows can be one person by sex and birth; what is not stated contradicts nothing."""
    a, b = one.values, other.values
    if a.sex and b.sex and a.sex != b.sex:
        return False
    if a.birth_from is None or b.birth_from is None:
        return True
    return a.birth_from <= b.birth_to and b.birth_from <= a.birth_to


def same_person_twice(rows: Sequence[Row]) -> tuple[Row, ...]:
    """`rows` with a doubt on each of two lines that may be one person: the same name in one of the scripts
    (order of its words and accents aside), and sex and birth that do not contradict each other."""
    by_name: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        for key in _name_keys(row) if row.values else ():
            by_name.setdefault(key, []).append(index)
    twins: dict[int, set[int]] = {}
    for indexes in by_name.values():
        for place, one in enumerate(indexes[:50]):  # fifty of one name are no longer a useful hint
            for other in indexes[place + 1 : 50]:
                if _compatible(rows[one], rows[other]):
                    twins.setdefault(one, set()).add(other)
                    twins.setdefault(other, set()).add(one)
    return tuple(
        row.doubting(*(doubt("same_person_twice", line=rows[other].number) for other in sorted(twins[index])))
        if index in twins
        else row
        for index, row in enumerate(rows)
    )
