"""`record_types`: every kind of record with its addresses, permissions and field groups, as Markdown."""

from collections.abc import Iterable

from django.core.management.base import BaseCommand
from django.utils import translation

from krama.records.export import EXPORTS
from krama.records.fields import CodeField, CodesField, SealedField
from krama.records.management.commands.roles_table import table
from krama.records.rest import router_of
from krama.records.types import RecordType, registry

HEAD = """<!-- Printed by `manage.py record_types > docs/record-types.md`; do not edit. A test compares. -->
# Kinds of record

Each is one declaration in a `records.py`; everything below is derived from it. How to add one:
[howto/record-type.md](howto/record-type.md). Who holds which permission: [roles.md](roles.md).

*Sealed* fields are ciphertext in the database. *Coded* fields hold codes of a list in `vocab/`.
"""

BEHIND = {
    "case": "the case",
    "agency": "the agency",
    "all": "nobody: everyone signed in may see it",
}


class Command(BaseCommand):
    """Needs no database."""

    help = "Print docs/record-types.md."
    requires_system_checks = ()

    def handle(self, *args, **options):
        with translation.override("en"):
            self.stdout.write(page(), ending="")


def page() -> str:
    """Give the whole page."""
    rows = [
        (f"[{slug}](#{slug})", str(kind.label()), _package(kind), BEHIND[kind.behind])
        for slug, kind in sorted(registry.items())
    ]
    lines = [HEAD, *table(("slug", "what", "declared in", "behind its rows stands"), rows)]
    for _slug, kind in sorted(registry.items()):
        lines += ["", *_of_type(kind)]
    return "\n".join([*lines, ""])


def _package(kind: type[RecordType]) -> str:
    return f"`{kind.__module__.replace('.', '/')}.py`"


def _of_type(kind: type[RecordType]) -> list[str]:
    lines = [f"## {kind.slug}", "", kind.__doc__ or "", ""]
    lines += [
        f"- Table: `{kind.model._meta.db_table}`; own row-level policy: {'yes' if kind.fence else 'no'}"
    ]
    if kind.compartment:
        lines += [f"- Sealed off: only for roles with the compartment `{kind.compartment}`"]
    lines += [f"- Pages: {_joined(pages_of(kind))}", f"- REST: {_joined(endpoints_of(kind))}"]
    lines += [f"- Permissions: {_joined(kind.permissions())}"]
    if kind.filters:
        lines += [f"- Filters of the list: {_joined(kind.filters)}"]
    if kind.asks:
        lines += [f"- Fields of the form: {_joined(kind.asks)}"]
    return [*lines, "", *table(("field", "group", "kept as"), map(tuple, _fields(kind)))]


def _joined(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def pages_of(kind: type[RecordType]) -> list[str]:
    """Give the engine's addresses that answer for this type."""
    base = f"/records/{kind.slug}/"
    found = [base, f"{base}<id>/"]
    found += [f"{base}add/"] if kind.add else []
    found += [f"{base}for-many/"] if kind.add_many else []
    found += [f"{base}<id>/change/"] if kind.change and kind.asks else []
    found += [f"{base}<id>/do/{step.name}/" for step in kind.transitions]
    return [*found, *(f"{base}export.{ending}" for ending in EXPORTS)]


def endpoints_of(kind: type[RecordType]) -> list[str]:
    """Give method and address of each REST endpoint, as the router has them."""
    return [
        f"{method} /api/v1/{kind.slug}{path}"
        for path, view in router_of(kind).path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]


def _fields(kind: type[RecordType]) -> Iterable[tuple[str, str, str]]:
    for name, group in kind.fields.items():
        field = kind.model._meta.get_field(name)
        kept = "plain"
        if isinstance(field, SealedField):
            kept = "sealed file" if field.kind == "file" else "sealed"
        elif isinstance(field, CodeField | CodesField):
            kept = f"coded: `{field.vocabulary}`"
        yield f"`{name}`", str(group), kept
