"""RecordType: one declaration per kind of record, from which every surface is derived."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from krama.access.groups import Group
from krama.access.rowsecurity import Fence, behind_case, fence
from krama.records import sealing


@dataclass(frozen=True, slots=True)
class Transition:
    """A verb beyond add and change.

    action: `f(record, *, by, **cleaned)`. form: asks for input, or None for a plain confirmation.
    refusals: `f(record) -> list[Refusal]`, shown before and enforced by the action. shown: whether the
    button appears.
    """

    name: str
    label: object
    action: Callable
    form: type | None = None
    refusals: Callable = staticmethod(lambda record: [])
    shown: Callable = staticmethod(lambda record: True)

    @property
    def versioned(self) -> bool:
        """Whether the action asks which version the person saw."""
        return "expected_version" in signature(self.action).parameters


class RecordType:
    """Subclass, fill in, and `@register`. The attributes are the whole interface (docs/howto/record-type.md)."""

    model: ClassVar[type[models.Model]]
    slug: ClassVar[str]
    section: ClassVar[object] = ""
    fields: ClassVar[Mapping[str, Group]]
    columns: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("-pk",)
    asks: ClassVar[tuple[str, ...]] = ()  # fields of the form; the rest is filled in by actions
    form: ClassVar[type | None] = None
    add: ClassVar[Callable | None] = None
    change: ClassVar[Callable | None] = None
    transitions: ClassVar[tuple[Transition, ...]] = ()
    timeline: ClassVar[Callable | None] = None
    blocks_closure: ClassVar[Callable | None] = None
    compartment: ClassVar[str] = ""
    private_to: ClassVar[str] = ""  # the field that names the author, whose own the record is
    behind: ClassVar[str] = "case"  # "case", "agency" or "all"
    agency_path: ClassVar[str] = "agency_id"
    fence: ClassVar[Fence | None] = None
    add_many: ClassVar[Callable | None] = None  # f(cases, *, by, **cleaned) -> list
    card: ClassVar[bool] = True  # whether the case page shows the latest few
    fieldform: ClassVar[str] = ""
    htcds: ClassVar[Mapping[str, str]] = {}
    detail_template: ClassVar[str] = "records/detail.html"
    page: ClassVar[Callable | None] = None  # f(record) -> URL of its own page, if it has one

    @classmethod
    def label(cls):
        return cls.model._meta.verbose_name

    @classmethod
    def label_plural(cls):
        return cls.model._meta.verbose_name_plural

    @classmethod
    def permission(cls, verb: str) -> str:
        return f"{cls.slug}.{verb}"

    @classmethod
    def permissions(cls) -> tuple[str, ...]:
        """Give all permission names of this type."""
        verbs = ["view", "export"]
        verbs += ["add"] if cls.add else []
        verbs += ["change"] if cls.change else []
        return tuple(cls.permission(verb) for verb in (*verbs, *(t.name for t in cls.transitions)))

    @classmethod
    def case_path(cls) -> str:
        """Give the column that names the case; the case itself is named by its key."""
        return "case_id" if any(f.name == "case" for f in cls.model._meta.concrete_fields) else "pk"

    @classmethod
    def transition(cls, name: str) -> Transition | None:
        return next((t for t in cls.transitions if t.name == name), None)

    @classmethod
    def related(cls) -> tuple[str, ...]:
        """Give the foreign keys among the declared fields, to be read in the same query."""
        named = {f.name for f in cls.model._meta.concrete_fields if f.is_relation}
        return tuple(name for name in cls.fields if name in named)


registry: dict[str, type[RecordType]] = {}
RESERVED = frozenset({"api", "static", "healthz", "sign-in", "sign-out", "cases", "arrivals", "language"})


def register(declared: type[RecordType]) -> type[RecordType]:
    """Enter a declaration: fence its table and classify its fields. Raises for a slug used twice."""
    if declared.slug in registry or declared.slug in RESERVED:
        raise ImproperlyConfigured(f"The slug {declared.slug} is taken.")
    for name in ("add", "change", "timeline", "blocks_closure", "add_many", "page"):
        plain = declared.__dict__.get(name)
        if plain is not None and not isinstance(plain, staticmethod):
            setattr(declared, name, staticmethod(plain))
    registry[declared.slug] = declared
    if declared.fence is not None:
        fence(declared.model, declared.fence)
    elif declared.behind == "case":
        fence(declared.model, behind_case())
    else:
        raise ImproperlyConfigured(f"{declared.slug}: a record without a case behind it must name its fence.")
    sealing.classify(declared.model, declared.fields)
    return declared


def verify() -> None:
    """Refuse to start while a field has no group, or a declaration names a field that is not there."""
    for declared in registry.values():
        columns = {f.name for f in declared.model._meta.concrete_fields if not f.primary_key or f.is_relation}
        columns -= {"version"}
        missing, unknown = columns - set(declared.fields), set(declared.fields) - columns
        if missing:
            raise ImproperlyConfigured(f"{declared.slug}: no field group for {', '.join(sorted(missing))}.")
        if unknown:
            raise ImproperlyConfigured(f"{declared.slug}: no such field: {', '.join(sorted(unknown))}.")
        for name in (*declared.columns, *declared.filters):
            if name not in declared.fields:
                raise ImproperlyConfigured(f"{declared.slug}: {name} is listed but not declared.")


def of_case() -> list[type[RecordType]]:
    """Give all types whose records belong to a case, the case itself not among them."""
    return [t for t in registry.values() if t.behind == "case" and t.case_path() == "case_id"]


def type_of(record: models.Model) -> type[RecordType]:
    """Give the type of a record; raises KeyError when its model is not registered."""
    for declared in registry.values():
        if declared.model is type(record):
            return declared
    raise KeyError(type(record).__name__)
