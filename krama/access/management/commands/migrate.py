"""`migrate`, as the owner, followed by functions, policies and grants of row-level security."""

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections, transaction

from krama.access import rowsecurity
from krama.access.roles import ROLES


class Command(DjangoMigrate):
    """Runs on the `owner` connection unless another is named."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            secure(connections[options["database"]])


def secure(owner) -> None:
    """Make fences, functions, grants and the copy of the roles' reach true, in one transaction.

    owner: a Django connection whose role owns the tables.
    """
    web_role = connections["default"].settings_dict["USER"]
    owner_role = owner.settings_dict["USER"]
    tables = set(owner.introspection.table_names())
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        if "access_rolereach" in tables:
            cursor.execute("DELETE FROM access_rolereach")
            cursor.executemany(
                "INSERT INTO access_rolereach (role, reach) VALUES (%s, %s)",
                [(code, role.reach.value) for code, role in ROLES.items()],
            )
            for sql in rowsecurity.statements(web_role, owner_role, tables, owner.settings_dict["NAME"]):
                cursor.execute(sql)
