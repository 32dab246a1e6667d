"""`roles_table`: the fixed roles as a page of Markdown, printed from krama/access/roles.py."""

from collections.abc import Iterable, Mapping

from django.core.management.base import BaseCommand
from django.utils import translation

from krama.access.groups import Group
from krama.access.policy import permissions_of
from krama.access.roles import ROLES, Reach, Role
from krama.records.types import registry

# Acts that no record type declares, because they belong to a page or an action of their own.
OWN_ACTS: Mapping[str, str] = {
    "agency.add": "enter an agency",
    "arrival.register": "register people of an arrival",
    "case.amend-identity": "correct name, birth date and address",
    "case.register": "register a person and open the case's file",
    "case.reveal": "see a name, for a stated purpose",
    "manifest.add": "take in a list",
    "manifest.import": "register everybody on a list",
    "manifest.map": "correct what the columns of a list mean",
    "manifest.set-aside": "put a list aside",
    "match.decide": "say whether two records are one person",
    "match.search": "look for possible duplicates",
    "share.add": "open a case to another agency",
    "site.add": "enter a site",
    "team.add": "put a colleague on a case team",
    "team.end": "take a colleague off a case team",
    "user.add": "enter a member of staff",
    "user.change": "change a member of staff's role or sites",
}

REACHES: Mapping[Reach, str] = {
    Reach.NONE: "no case",
    Reach.TEAM: "cases whose team one is on",
    Reach.SITE: "cases of one's own sites",
    Reach.AGENCY: "all cases of the agency",
    Reach.PARTNER: "what a live grant opens",
}

GROUPS: Mapping[Group, str] = {
    Group.OPEN: "code, status, dates of a step",
    Group.IDENTITY: "names, birth date, ID numbers, photo, lists of names",
    Group.LOCATION: "contact, address, bed",
    Group.HEALTH: "urgent needs, notes of services",
    Group.LEGAL: "legal work",
    Group.NARRATIVE: "what happened, in words or in coded answers; safety notice; grounds",
    Group.EVIDENCE: "evidence",
    Group.MONEY: "amounts and receipts",
}

HEAD = """<!-- Printed by `manage.py roles_table > docs/roles.md`; do not edit. A test compares. -->
# Roles

Thirteen fixed roles. A role says what *kinds* of act somebody may do, which groups of fields they read, and
through which relation cases come to them. It never gives a case by itself: a case comes through a place on its
team, through the site on duty, through the line of supervision, or through a consent grant. Why the roles are
fixed: [ADR 1](adr/0001-fixed-roles.md). The decision itself: `krama/access/policy.py`.
"""

REACH_TEXT = """
## How far a role reaches

{rows}

Whoever stands on a case team reaches that case, whatever their role, except roles that reach no case. A sealed
case is open to its team alone. A grant lets another agency read, within the granted groups; it never lets
anybody change.
"""


class Command(BaseCommand):
    """Needs no database."""

    help = "Print docs/roles.md."
    requires_system_checks = ()

    def handle(self, *args, **options):
        with translation.override("en"):
            self.stdout.write(page(), ending="")


def page() -> str:
    """Give the whole page."""
    known = known_permissions()
    return "\n".join(
        [
            HEAD,
            *_overview(),
            _reaches(),
            *_groups(),
            "",
            "## What each role does",
            *_acts(known),
            *_own_acts(),
        ]
    )


def known_permissions() -> frozenset[str]:
    """Give every permission name that some act asks for."""
    declared = {name for kind in registry.values() for name in kind.permissions()}
    return frozenset(declared | set(OWN_ACTS))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Give the lines of a Markdown table."""
    names = list(head)
    return [_line(names), _line(["---"] * len(names)), *(_line(row) for row in rows)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _overview() -> list[str]:
    head = ("role", "code", "cases that come to it", "reads", "sealed-off kinds")
    return table(head, (_row(code, role) for code, role in ROLES.items()))


def _row(code: str, role: Role) -> tuple[str, ...]:
    reads = "all groups" if role.reads == frozenset(Group) else ", ".join(g for g in Group if g in role.reads)
    return (
        role.label,
        f"`{code}`",
        REACHES[role.reach],
        reads or "–",
        ", ".join(sorted(role.compartments)) or "–",
    )


def _reaches() -> str:
    rows = table(("reach", "meaning"), ((f"`{reach}`", text) for reach, text in REACHES.items()))
    return REACH_TEXT.format(rows="\n".join(rows))


def _groups() -> list[str]:
    rows = table(("group", "holds"), ((f"`{group}`", text) for group, text in GROUPS.items()))
    last = (
        "A person's name is opened for a stated purpose only, with an entry in the journal for each person. Opening\n"
        "a list of names asks for no purpose; it is journaled."
    )
    return ["## Field groups", "", *rows, "", last]


def _acts(known: Iterable[str]) -> list[str]:
    lines = []
    for code, role in ROLES.items():
        lines += ["", f"### {role.label}", ""]
        verbs: dict[str, list[str]] = {}
        for name in permissions_of(code, known):
            kind, _dot, verb = name.partition(".")
            verbs.setdefault(kind, []).append(verb)
        lines += [f"- `{kind}`: {', '.join(of_kind)}" for kind, of_kind in verbs.items()]
        lines += [] if verbs else ["Looks at the published figure; nothing else."]
    return lines


def _own_acts() -> list[str]:
    rows = table(("permission", "act"), ((f"`{name}`", text) for name, text in OWN_ACTS.items()))
    lead = "Beside the verbs that each [kind of record](record-types.md) declares there are these:"
    return ["", "## Acts with a name of their own", "", lead, "", *rows, ""]
