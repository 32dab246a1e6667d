"""The door to sealed values, as the layers below and beside the vault see it.

The vault installs itself here when it is ready; the engine and the domain actions only know this page.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.db import models

from krama.access.groups import IDENTITY, Group
from krama.records.fields import SealedField


class Vault(Protocol):
    """What the vault does for others."""

    def seal(self, rows: Sequence[tuple[models.Model, Mapping[str, str | bytes]]]) -> None: ...
    def open(self, records: Sequence[models.Model], names: Sequence[str]) -> list[dict[str, str]]: ...


_vault: list[Vault] = []
_groups: dict[str, Mapping[str, Group]] = {}


def install(vault: Vault) -> None:
    """Make `vault` the one that answers; called once, when the vault's app is ready."""
    _vault[:] = [vault]


def classify(model: type[models.Model], groups: Mapping[str, Group]) -> None:
    """Tell which field group each sealed field of `model` is in; a record type does so by itself."""
    _groups[model._meta.label_lower] = groups


def group_of(model: type[models.Model], name: str) -> Group:
    """Give the field group; raises KeyError for a sealed field that nobody classified."""
    return _groups[model._meta.label_lower][name]


def sealed_names(model: type[models.Model]) -> tuple[str, ...]:
    """Give the names of the model's sealed fields."""
    return tuple(field.name for field in model._meta.concrete_fields if isinstance(field, SealedField))


def split(model: type[models.Model], values: Mapping[str, object]) -> tuple[dict, dict]:
    """Part values into those kept in plain columns and those to be sealed (as text; blank = nothing)."""
    sealed = set(sealed_names(model))
    plain = {name: value for name, value in values.items() if name not in sealed}
    closed = {name: _as_text(value) for name, value in values.items() if name in sealed}
    return plain, closed


def _as_text(value) -> str | bytes:
    if value is None:
        return ""
    if isinstance(value, (str, bytes)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def seal(record: models.Model, values: Mapping[str, str | bytes]) -> None:
    """Seal `values` into the record's fields; blank values empty them. The record is not saved."""
    seal_rows([(record, values)])


def seal_rows(rows: Iterable[tuple[models.Model, Mapping[str, str | bytes]]]) -> None:
    """Seal for many records at once, with one look-up of keys."""
    wanted = [(record, values) for record, values in rows if values]
    if wanted:
        _vault[0].seal(wanted)


def open_unjournaled(records: Sequence[models.Model], names: Sequence[str]) -> list[dict[str, str]]:
    """Open sealed fields of many records. For the engine and the vault, which write the journal themselves."""
    return _vault[0].open(records, names) if names and records else [{} for _ in records]


def without_identity(model: type[models.Model], groups: Iterable[Group]) -> tuple[str, ...]:
    """Give the sealed fields in `groups` that may be opened without a stated purpose."""
    allowed = set(groups) - {IDENTITY}
    return tuple(name for name in sealed_names(model) if group_of(model, name) in allowed)
