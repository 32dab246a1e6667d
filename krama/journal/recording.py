"""Writing to the journal. Call inside the transaction of the act: no entry, no act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, models

from krama.journal import request_id


@dataclass(frozen=True, slots=True)
class Line:
    """One entry to be: what was done to what, with which field groups, for what purpose."""

    action: str
    record_type: str = ""
    record_id: str = ""
    case_id: object = None
    person_id: object = None
    groups: Sequence[str] = ()
    changed: Sequence[str] = ()
    purpose: str = ""
    outcome: str = "done"


def line(action: str, subject: models.Model | None = None, **more) -> Line:
    """Give a `Line` about `subject`; its `case_id` and `person_id`, if it has them, are taken along."""
    if subject is None:
        return Line(action, **more)
    return Line(
        action,
        record_type=subject._meta.label_lower,
        record_id=str(subject.pk),
        case_id=getattr(subject, "case_id", None),
        person_id=getattr(subject, "person_id", None),
        **more,
    )


_COLUMNS = (
    "id, sequence, at, action, outcome, actor_id, role, agency_id, record_type, record_id, "
    "case_id, person_id, groups, changed, purpose, request"
)
_ROW = (
    "(gen_random_uuid(), nextval('journal_entry_order'), clock_timestamp(), "
    "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::varchar[], %s::varchar[], %s, %s)"
)


def record(action: str, subject: models.Model | None = None, *, by, **more) -> None:
    """Write one entry. by: the acting user (with pk, role, agency_id), or None for nobody signed in.

    Raises RuntimeError outside a transaction, because the entry must stand or fall with its act.
    """
    record_lines([line(action, subject, **more)], by=by)


def record_lines(lines: Iterable[Line], *, by) -> None:
    """Write many entries with one statement, in the order given."""
    if not connection.in_atomic_block:
        raise RuntimeError("The journal is written inside the transaction of its act.")
    actor = (by.pk, by.role, by.agency_id) if by is not None else (None, "", None)
    values: list[object] = []
    count = 0
    for entry in lines:
        count += 1
        values += [
            entry.action,
            entry.outcome,
            *actor,
            entry.record_type,
            entry.record_id,
            entry.case_id,
            entry.person_id,
            [str(group) for group in entry.groups],
            list(entry.changed),
            entry.purpose[:120],
            request_id.get(),
        ]
    if count:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO journal_entry ({_COLUMNS}) VALUES " + ", ".join([_ROW] * count), values
            )
