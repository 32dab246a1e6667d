"""Row-level security: the second wall, written from declarations.

Every table says who stands behind its rows with `fence(model, ...)`. `migrate` (see the command of that
name) rewrites functions, policies and grants after each run, so a new table is closed (no grant at all)
until it is declared. The web's role owns nothing and may not bypass; the owner passes by a policy of its
own, because tables are FORCEd. Shapes and costs: docs/adr/0004-row-level-security.md.
"""

from dataclasses import dataclass
from importlib.resources import files

from django.apps import apps
from django.db import models

# OFFSET 0 keeps PostgreSQL from reading all scopes into a hash for the sake of a page of fifty: one look-up a row.
SEEN = "EXISTS (SELECT 1 FROM access_casescope s WHERE {} OFFSET 0)"
OWN = " AND s.agency_id = (SELECT krama_case_agency())"  # a grant lets another agency read, never write
SIGNED_IN = "(SELECT krama_agency()) IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Fence:
    """SQL conditions of one table. read: rows seen. add: rows that may be written.

    change: what a row must fulfil before and after an update. verbs: granted.
    """

    read: str
    add: str
    change: str
    verbs: tuple[str, ...] = ("SELECT", "INSERT", "UPDATE")

    def and_also(self, condition: str) -> "Fence":
        """Give a narrower fence: the same, and this condition too."""
        read, add, change = (f"({text}) AND {condition}" for text in (self.read, self.add, self.change))
        return Fence(read, add, change, self.verbs)


_fences: dict[str, Fence] = {}
_open: dict[str, tuple[str, ...]] = {}


def _label(model: type[models.Model] | str) -> str:
    return model if isinstance(model, str) else model._meta.label


def behind_case(column: str = "case_id", *, delete: bool = False) -> Fence:
    """Give the fence of a table whose `column` names the case."""
    tie = f"s.id = {{table}}.{column}"
    seen, own = SEEN.format(tie), SEEN.format(tie + OWN)
    verbs = ("SELECT", "INSERT", "UPDATE", *(("DELETE",) if delete else ()))
    return Fence(seen, own, own, verbs)


def behind_person(column: str = "person_id") -> Fence:
    """Give the fence of a table whose `column` names the person: seen through any visible case."""
    tie = f"s.person_id = {{table}}.{column}"
    own = SEEN.format(tie + OWN)
    return Fence(SEEN.format(tie), own, own)


def fence(model: type[models.Model] | str, fence: Fence) -> None:
    """Declare the fence of a table; the last declaration of a model counts."""
    _fences[_label(model)] = fence


def unfenced(model: type[models.Model] | str, *verbs: str) -> None:
    """Declare that nobody stands behind this table's rows; the web is granted these verbs on all."""
    _open[_label(model)] = verbs


def declared() -> tuple[dict[str, Fence], dict[str, tuple[str, ...]]]:
    """Give all fences by table name, and all open tables with their verbs."""
    fences = {apps.get_model(label)._meta.db_table: fence for label, fence in _fences.items()}
    return fences, {apps.get_model(label)._meta.db_table: verbs for label, verbs in _open.items()}


_definers: list[tuple[str, str]] = []


def definer_functions(package: str, path: str) -> None:
    """Declare an SQL file of functions (CREATE OR REPLACE) to be installed after each migrate."""
    _definers.append((package, path))


def statements(web_role: str, owner_role: str, tables: set[str], database: str) -> list[str]:
    """Give the SQL that makes the database say what is declared, for those tables that exist.

    Running it twice changes nothing. Raises LookupError for a table of Krama that nobody declared.
    """
    fences, opened = declared()
    undeclared = sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.db_table in tables
        if model._meta.db_table not in fences and model._meta.db_table not in opened
    )
    if undeclared:
        raise LookupError(
            f"No fence is declared for {', '.join(undeclared)}; see krama/access/rowsecurity.py."
        )
    sql = [files(package).joinpath(path).read_text("utf-8") for package, path in _definers]
    sql += [f"GRANT USAGE ON SCHEMA public TO {web_role}", f"GRANT SELECT ON django_migrations TO {web_role}"]
    sql += [f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web_role}"]
    sql += [
        f'REVOKE TEMPORARY ON DATABASE "{database}" FROM PUBLIC'
    ]  # a temporary table could shadow a real one
    for table, verbs in sorted(opened.items()):
        if table in tables:
            sql += [f"REVOKE ALL ON {table} FROM {web_role}"]
            sql += [f"GRANT {', '.join(verbs)} ON {table} TO {web_role}"] if verbs else []
    for table, rule in sorted(fences.items()):
        if table in tables:
            sql += _policies(table, rule, web_role, owner_role)
    return sql


def _policies(table: str, rule: Fence, web_role: str, owner_role: str) -> list[str]:
    read, add, change = (text.format(table=table) for text in (rule.read, rule.add, rule.change))
    sql = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"REVOKE ALL ON {table} FROM {web_role}",
        f"GRANT {', '.join(rule.verbs)} ON {table} TO {web_role}",
    ]
    wanted = {
        "owner": f"FOR ALL TO {owner_role} USING (true) WITH CHECK (true)",
        "read": f"FOR SELECT TO {web_role} USING ({read})",
        "add": f"FOR INSERT TO {web_role} WITH CHECK ({add})",
        "change": f"FOR UPDATE TO {web_role} USING ({change}) WITH CHECK ({change})",
    }
    if "DELETE" in rule.verbs:
        wanted["remove"] = f"FOR DELETE TO {web_role} USING ({read})"
    for name, body in wanted.items():
        sql += [f"DROP POLICY IF EXISTS krama_{name} ON {table}"]
        sql += [f"CREATE POLICY krama_{name} ON {table} {body}"]
    return sql
