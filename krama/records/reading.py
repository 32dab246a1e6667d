"""Reading records as a user may: rows in scope, fields in readable groups, sealed values journaled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from krama.access.groups import IDENTITY, OPEN, Group
from krama.access.policy import AgencyFacts, CaseFacts, decide, readable_groups
from krama.access.roles import ROLES, Reach
from krama.access.scoping import case_facts, visible_scopes
from krama.journal.recording import Line, line, record_lines
from krama.records import sealing
from krama.records.fields import CodeField, CodesField, ReasonsField, SealedField
from krama.records.types import RecordType
from krama.records.writing import Hidden


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one record for one reader. value: JSON-able, None when hidden or empty. text: shown."""

    name: str
    label: str
    group: Group
    value: object
    text: str
    hidden: bool = False
    url: str = ""


def visible(declared: type[RecordType], user) -> QuerySet:
    """Give the records of this type that `user` may know of; every read starts here.

    Raises Hidden when the role has nothing to do with this type.
    """
    role = ROLES[user.role]
    if not role.may(declared.permission("view")):
        raise Hidden
    rows = declared.model._default_manager.all()
    if declared.behind == "case":
        if declared.compartment and declared.compartment not in role.compartments:
            return rows.none()
        if declared.private_to and role.reach is not Reach.AGENCY:
            rows = rows.filter(**{declared.private_to: user.pk})
        scopes = visible_scopes(user.actor)
        if declared.compartment:  # closed to other agencies, whatever a grant opens
            scopes = scopes.filter(agency_id=user.agency_id)
        return rows.filter(**{f"{declared.case_path()}__in": scopes.values("pk")})
    if declared.behind == "agency" and role.reach is not Reach.NONE:
        return rows.filter(**{declared.agency_path: user.agency_id})
    return rows


def one(declared: type[RecordType], user, pk) -> models.Model:
    """Give one visible record by its key, or raise Hidden: absent and forbidden look alike."""
    try:
        key = declared.model._meta.pk.to_python(pk)
    except ValidationError:
        raise Hidden from None
    found = visible(declared, user).select_related(*declared.related()).filter(pk=key).first()
    if found is None:
        raise Hidden
    return found


def facts_by_record(declared: type[RecordType], records: Sequence[models.Model]) -> list:
    """Give the policy's facts for each record, in a number of queries that does not grow."""
    if declared.behind != "case":
        return [AgencyFacts(getattr(r, declared.agency_path, None)) for r in records]
    facts = case_facts({r.case_id for r in records}, declared.compartment)
    found = [facts.get(r.case_id, CaseFacts(-1, None)) for r in records]
    if not declared.private_to:
        return found
    return [replace(f, author_id=r.author_id) for f, r in zip(found, records, strict=True)]


def read(
    declared: type[RecordType],
    records: Sequence[models.Model],
    user,
    names: Sequence[str] | None = None,
    *,
    opened: bool = False,
    action: str = "view",
    purpose: str = "",
    facts: Sequence | None = None,
) -> list[list[Cell]]:
    """Give the cells of each record. names: fields wanted, all when None. facts: the policy's facts for each
    record, where the caller has asked for them already.

    opened: also open the sealed values that the reader's groups allow, identity only with a stated purpose,
    and write one journal entry a record that was opened.
    """
    wanted = list(names or declared.fields)
    now = timezone.now()
    facts = facts_by_record(declared, records) if facts is None else facts
    groups = [readable_groups(user.actor, known, now) for known in facts]
    sealed = [n for n in wanted if isinstance(declared.model._meta.get_field(n), SealedField)]
    plain_text = [{} for _ in records]
    if opened and sealed:
        closed = set() if purpose else {IDENTITY}
        allowed = set().union(*groups) - closed if groups else set()
        names_ = [n for n in sealed if declared.fields[n] in allowed and not _is_file(declared, n)]
        plain_text = sealing.open_unjournaled(records, names_)
        _journal_reads(declared, records, groups, plain_text, user, action, purpose)
    labels = {n: capfirst(str(declared.model._meta.get_field(n).verbose_name)) for n in wanted}
    return [
        [_cell(declared, r, name, labels[name], mine, texts) for name in wanted]
        for r, mine, texts in zip(records, groups, plain_text, strict=True)
    ]


def journal_list(declared: type[RecordType], table: Sequence[Sequence[Cell]], user) -> None:
    """Write one entry for a list of many records, when it shows more than open fields."""
    groups = {cell.group for cells in table for cell in cells if cell.value not in (None, "", [])} - {OPEN}
    if groups:
        kind = declared.model._meta.label_lower
        entry = Line(declared.permission("list"), record_type=kind, groups=sorted(groups))
        record_lines([entry], by=user)


def _is_file(declared: type[RecordType], name: str) -> bool:
    return declared.model._meta.get_field(name).kind == "file"


def _journal_reads(declared, records, groups, texts, user, action, purpose) -> None:
    lines = []
    for record_, mine, opened in zip(records, groups, texts, strict=True):
        read_ = sorted(
            {declared.fields[n] for n, text in opened.items() if text and declared.fields[n] in mine}
        )
        if read_:
            lines.append(line(declared.permission(action), record_, groups=read_, purpose=purpose))
    record_lines(lines, by=user)


def _cell(declared, record_, name, label, groups, texts) -> Cell:
    field = declared.model._meta.get_field(name)
    group = declared.fields[name]
    if group not in groups and group is not OPEN:
        return Cell(name, label, group, None, _("Hidden"), hidden=True)
    if isinstance(field, SealedField):
        if name not in texts:
            return Cell(name, label, group, None, _("Hidden"), hidden=True)
        return Cell(name, label, group, texts[name] or None, texts[name])
    return Cell(name, label, group, raw(record_, field), shown(record_, field), url=_url(record_, field))


def _url(record_: models.Model, field: models.Field) -> str:
    """Give where a related record is looked at, when it has a page of its own."""
    other = getattr(record_, field.name) if field.is_relation else None
    return other.get_absolute_url() if hasattr(other, "get_absolute_url") else ""


def closed_to(declared: type[RecordType], record_: models.Model, user) -> set[str]:
    """Give the fields that `user` may not read, so that no form offers to overwrite what it cannot show."""
    mine = readable_groups(user.actor, facts_by_record(declared, [record_])[0], timezone.now()) | {OPEN}
    sealed = set(sealing.sealed_names(declared.model))
    return {n for n, g in declared.fields.items() if g not in mine or (g is IDENTITY and n in sealed)}


def raw(record_: models.Model, field: models.Field):
    """Give a JSON-able value; a related record is given by its code, else its key."""
    if field.is_relation:
        other = getattr(record_, field.name)
        return None if other is None else str(getattr(other, "code", other.pk))
    value = getattr(record_, field.attname)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "isempty"):
        return [end.isoformat() if end else None for end in (value.lower, value.upper)]
    return value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)


def shown(record_: models.Model, field: models.Field) -> str:
    """Give the text a person reads, in the active language and the programme's time zone."""
    if field.is_relation:
        other = getattr(record_, field.name)
        return "" if other is None else str(other)
    value = getattr(record_, field.attname)
    if isinstance(field, CodeField):
        return field.text_of(value) if value else ""
    if isinstance(field, CodesField):
        return ", ".join(field.text_of(code) for code in value or ())
    if isinstance(field, ReasonsField):
        return field.text_of(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    return plain_shown(value)


def plain_shown(value) -> str:
    """Give a plain value as text: dates and numbers in the active language's form, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return number_format(value, force_grouping=True)
    if isinstance(value, int):
        return number_format(value)
    if hasattr(value, "lower") and hasattr(value, "upper") and hasattr(value, "isempty"):
        return " – ".join((plain_shown(value.lower), plain_shown(value.upper) or _("still")))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def may(user, declared: type[RecordType], verb: str, facts) -> bool:
    """Say whether a button for this verb should be shown."""
    return bool(decide(user.actor, declared.permission(verb), facts, None, timezone.now()))
