"""The one place of permission: a pure decision over plain facts.

`decide` never touches the database and never reads a clock, so a test can ask it anything.
The same rules stand a second time as database filters (`krama.access.scoping`) and a third time as
row-level security (`krama.access.rowsecurity`); tests compare the three.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from krama.access.groups import OPEN, Group
from krama.access.refusal import Refusal, _
from krama.access.roles import ROLES, Reach


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: ids of user, agency and sites, and the role's code. Inactive users have no actor."""

    id: int
    role: str
    agency_id: int
    site_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """A place on a case team, from `since` until (not including) `until`; None = open-ended."""

    user_id: int
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What a consent opened to another agency: these groups, from `since` until `until`, unless revoked."""

    agency_id: int
    groups: frozenset[Group]
    since: datetime
    until: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that the policy may know of a case. Times are aware datetimes."""

    agency_id: int
    site_id: int | None
    sealed: bool = False
    team: tuple[Member, ...] = ()
    sights: tuple[Sight, ...] = ()
    compartment: str = ""
    author_id: int | None = None  # of a private record: who wrote it


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """A record without a survivor behind it that belongs to an agency (a site, a room, a provider)."""

    agency_id: int | None


Facts = CaseFacts | AgencyFacts | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Allow or not, and the reason in a sentence fit for the journal and the page.

    hidden: the person asking may not even learn that the thing exists (the web answers 404).
    """

    allow: bool
    reason: Refusal
    hidden: bool = False

    def __bool__(self) -> bool:
        return self.allow


def _live(since: datetime, until: datetime | None, now: datetime) -> bool:
    return since <= now and (until is None or now < until)


def live_sights(actor: Actor, facts: CaseFacts, now: datetime) -> tuple[Sight, ...]:
    """Give the consent grants to the actor's agency that are in force at `now`."""
    return tuple(
        sight
        for sight in facts.sights
        if sight.agency_id == actor.agency_id
        and _live(sight.since, sight.until, now)
        and (sight.revoked_at is None or now < sight.revoked_at)
    )


def on_team(actor: Actor, facts: CaseFacts, now: datetime) -> bool:
    """Say whether the actor stands on the case's team at `now`."""
    return any(m.user_id == actor.id and _live(m.since, m.until, now) for m in facts.team)


def relation(actor: Actor, facts: CaseFacts, now: datetime) -> str:
    """Name the strongest tie between actor and case: team, site, agency, grant, or "" for none.

    A sealed case is open to its team alone. The agency's own sites count, never another agency's.
    """
    reach = ROLES[actor.role].reach
    if reach is Reach.NONE:
        return ""
    if on_team(actor, facts, now):
        return "team"
    if facts.sealed:
        return ""
    if reach is Reach.SITE and facts.agency_id == actor.agency_id and facts.site_id in actor.site_ids:
        return "site"
    if reach is Reach.AGENCY and facts.agency_id == actor.agency_id:
        return "agency"
    return "grant" if live_sights(actor, facts, now) else ""


def closed_off(actor: Actor, facts: CaseFacts) -> bool:
    """Say whether the record lies in a compartment closed to this role, or is somebody else's private note.

    Private notes are for their author and the line of supervision (programme §5, counselling).
    """
    role = ROLES[actor.role]
    if facts.compartment and (
        facts.compartment not in role.compartments or facts.agency_id != actor.agency_id
    ):  # a grant that opens "what happened" to another agency does not open private notes
        return True
    return facts.author_id not in (None, actor.id) and role.reach is not Reach.AGENCY


def readable_groups(actor: Actor, facts: Facts, now: datetime) -> frozenset[Group]:
    """Give the field groups that the actor may read of this record: the role's, cut to a grant's."""
    role = ROLES[actor.role]
    if not isinstance(facts, CaseFacts):
        return role.reads | {OPEN}
    tie = relation(actor, facts, now)
    if not tie or closed_off(actor, facts):
        return frozenset()
    if tie != "grant":
        return role.reads
    opened: set[Group] = {OPEN}
    for sight in live_sights(actor, facts, now):
        opened |= sight.groups
    return role.reads & opened


def decide(
    actor: Actor | None, permission: str, facts: Facts, group: Group | None, now: datetime
) -> Decision:
    """Decide whether `actor` may do `permission` on a record with these facts.

    permission: `<record type>.<verb>`, e.g. `screening.add`. facts: of the case behind the record, of
    the owning agency, or None for an act on no record yet. group: the field group to be read, or None.
    now: an aware datetime. Gives a `Decision`; never raises for a known role.
    """
    if actor is None:
        return Decision(False, Refusal(_("Sign in first.")), hidden=True)
    role = ROLES[actor.role]
    if isinstance(facts, CaseFacts):
        if not relation(actor, facts, now):
            return Decision(
                False, Refusal(_("No team, site, supervision or grant ties you to this case.")), True
            )
        if closed_off(actor, facts):
            return Decision(False, Refusal(_("This kind of record is closed to your role.")), True)
    if not role.may(permission):
        return Decision(False, Refusal(_("Your role does not do this. Ask your supervisor who does.")))
    if isinstance(facts, CaseFacts) and relation(actor, facts, now) == "grant":
        verb = permission.rpartition(".")[2]
        if verb not in {"view", "reveal", "timeline"}:
            return Decision(False, Refusal(_("The grant lets your agency read this case, not change it.")))
    if isinstance(facts, AgencyFacts):
        foreign = facts.agency_id is not None and facts.agency_id != actor.agency_id
        if foreign and role.reach is not Reach.NONE:
            return Decision(False, Refusal(_("This belongs to another agency.")), hidden=True)
    if group is not None and group not in readable_groups(actor, facts, now):
        return Decision(False, Refusal(_("Your role does not read this kind of field.")))
    return Decision(True, Refusal(_("Allowed by role and relation.")))


def permissions_of(role: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give those of the known permission names that the role holds, sorted; for the printed table."""
    return tuple(sorted(name for name in known if ROLES[role].may(name)))
