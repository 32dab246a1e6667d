"""What every action is made of: policy → rule → write → journal, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone

from krama.access.policy import AgencyFacts, CaseFacts, Decision, Facts, decide
from krama.access.refusal import Refusal, _
from krama.access.scoping import case_facts
from krama.journal.recording import Line, line, record, record_lines
from krama.records import sealing
from krama.records.sentences import say, say_all


class Refused(Exception):
    """A rule said no; `refusals` say why and what to do."""

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals = list(refusals)
        super().__init__(" ".join(refusal.text for refusal in self.refusals))

    def sentences(self) -> list[str]:
        """Give the reasons in the active language."""
        return say_all(self.refusals)


class Stale(Refused):
    """Somebody else changed the record since it was read; `current` is how it stands now."""

    def __init__(self, current: models.Model):
        self.current = current
        super().__init__([Refusal(_("Somebody else changed this meanwhile. Compare, then save again."))])


class Denied(PermissionDenied):
    """The policy said no for something that may be known to exist (403)."""


class Hidden(Http404):
    """The policy said no and existence itself is hidden (404)."""


def refuse_if(refusals: Iterable[Refusal]) -> None:
    """Raise `Refused` when there is any reason against the act."""
    reasons = list(refusals)
    if reasons:
        raise Refused(reasons)


def facts_of(subject: models.Model | None, compartment: str = "") -> Facts:
    """Give the policy's facts about a record: of its case, else of its agency.

    A case that the database hides gives facts that no relation fits.
    """
    if subject is None:
        return None
    case_id = getattr(subject, "case_id", None)
    if case_id is not None:
        facts = case_facts([case_id], compartment).get(case_id, CaseFacts(-1, None))
        return replace(facts, author_id=getattr(subject, "author_id", None))
    return AgencyFacts(getattr(subject, "agency_id", None))


def require(by, permission: str, facts: Facts) -> Decision:
    """Ask the policy; raises Hidden (404) or Denied (403) when it says no."""
    decision = decide(by.actor, permission, facts, None, timezone.now())
    if decision.allow:
        return decision
    if decision.hidden:
        raise Hidden
    raise Denied(say(decision.reason))


@transaction.atomic
def add_record(
    record_: models.Model,
    *,
    by,
    action: str,
    sealed: Mapping[str, object] | None = None,
    compartment: str = "",
    purpose: str = "",
) -> models.Model:
    """Write a new record with one journal entry. sealed: texts for its sealed fields."""
    require(by, action, facts_of(record_, compartment))
    _seal_and_save([(record_, sealed or {})])
    record(action, record_, by=by, groups=_groups(record_, sealed or {}), purpose=purpose)
    return record_


@transaction.atomic
def add_records(
    rows: Sequence[tuple[models.Model, Mapping[str, object]]], *, by, action: str, allowed: bool = False
) -> list[models.Model]:
    """Write many new records of one model, with one journal entry each; all or none.

    allowed: the calling action has asked the policy for each already.
    """
    if not allowed:
        facts = case_facts({record_.case_id for record_, _sealed in rows})
        for record_, _sealed in rows:
            require(by, action, facts.get(record_.case_id, CaseFacts(-1, None)))
    sealing.seal_rows(rows)
    type(rows[0][0]).objects.bulk_create([record_ for record_, _sealed in rows])
    record_lines([line(action, record_, groups=_groups(record_, s)) for record_, s in rows], by=by)
    return [record_ for record_, _sealed in rows]


def _seal_and_save(rows) -> None:
    sealing.seal_rows(rows)
    for record_, _sealed in rows:
        record_.save(force_insert=True)


@transaction.atomic
def change_record(
    record_: models.Model,
    values: Mapping[str, object],
    *,
    by,
    action: str,
    expected_version: int | None = None,
    compartment: str = "",
) -> models.Model:
    """Change a record with one journal entry naming the changed fields; nothing changed, nothing written.

    expected_version: the version that the person saw. Raises Stale when it is no longer the current one.
    """
    require(by, action, facts_of(record_, compartment))
    locked = type(record_).objects.select_for_update(of=("self",)).get(pk=record_.pk)
    if expected_version is not None and locked.version != expected_version:
        raise Stale(locked)
    plain, closed = sealing.split(type(record_), values)
    changed = [name for name, value in plain.items() if getattr(locked, name) != value]
    now_sealed = sealing.open_unjournaled([locked], list(closed))[0] if closed else {}
    closed = {name: text for name, text in closed.items() if now_sealed.get(name, "") != text}
    if not changed and not closed:
        return locked
    for name in changed:
        setattr(locked, name, plain[name])
    sealing.seal(locked, closed)
    if hasattr(locked, "version"):
        locked.version += 1
    locked.save()
    record(action, locked, by=by, changed=[*changed, *closed], groups=_groups(locked, closed))
    return locked


def _groups(record_: models.Model, sealed: Mapping[str, object]) -> list[str]:
    names = {sealing.group_of(type(record_), name) for name, value in sealed.items() if value}
    return sorted(names)


__all__ = [
    "Denied", "Hidden", "Line", "Refused", "Stale", "add_record", "add_records", "change_record",
    "facts_of", "refuse_if", "require",
]  # fmt: skip
