"""Random worlds of agencies, users, cases, teams and grants, and the question whether the three walls agree.

`decide` (pure), `visible_scopes` (database filter) and row-level security must name the same cases for
everybody. A world is made from a seed; `disagreements(seed, users=…, cases=…)` plants it into the database
that Django's connections point at, asks, and gives what differs: use a database of its own.
"""

import random
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from krama.access.groups import Group
from krama.access.models import Agency, CaseScope, ConsentGrant, Site, TeamMember, User
from krama.access.policy import Actor, CaseFacts, Member, Sight, decide
from krama.access.roles import ROLES
from krama.access.scoping import acting_as, case_facts, visible_scopes

PAST, SOON = (timedelta(days=-9), timedelta(hours=-1)), (timedelta(hours=1), timedelta(days=9))


@dataclass
class RandomWorld:
    """Rows that are not saved yet, and the facts that follow from them by case id."""

    agencies: list[Agency] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    duty: dict[str, list[Site]] = field(default_factory=dict)
    scopes: list[CaseScope] = field(default_factory=list)
    team: list[TeamMember] = field(default_factory=list)
    grants: list[ConsentGrant] = field(default_factory=list)


def make(seed: int, *, users: int, cases: int, agencies: int = 3) -> RandomWorld:
    """Give a world with edges on purpose: ended and future places, revoked grants, sealed cases, foreign duty."""
    dice, made, mark = random.Random(seed), RandomWorld(), f"{seed}-{uuid.uuid4().hex[:6]}"
    made.agencies = [Agency(code=f"{mark}-{n}", name="A", kind="protection") for n in range(agencies)]
    made.sites = [
        Site(agency=agency, code=f"{mark}-{place}-{n}", name="S", kind="mic", province="20")
        for place, agency in enumerate(made.agencies)
        for n in range(2)
    ]
    roles = list(ROLES)
    for n in range(users):
        user = User(
            username=f"{mark}-{n}", display_name="U", role=roles[n % len(roles)], agency=dice.choice(made.agencies),
            is_active=dice.random() > 0.08, password="!",
        )  # fmt: skip
        made.users.append(user)
        made.duty[user.username] = dice.sample(made.sites, dice.choice((0, 1, 1, 2)))
    for n in range(cases):
        _case(made, dice, f"R{seed}-{n}"[:12])
    return made


def _case(made: RandomWorld, dice: random.Random, code: str) -> None:
    agency = dice.choice(made.agencies)
    own = [site for site in made.sites if site.agency is agency]
    scope = CaseScope(
        code=code, person_id=uuid.uuid4(), agency=agency, site=dice.choice([None, *own]),
        sealed=dice.random() < 0.25, opened_by=dice.choice(made.users),
    )  # fmt: skip
    made.scopes.append(scope)
    now = timezone.now()
    for user in dice.sample(made.users, min(len(made.users), dice.randrange(4))):
        since, until = _span(dice, now, open_end=True)
        made.team.append(TeamMember(case=scope, user=user, part="other", since=since, until=until))
    for _ in range(dice.randrange(3)):
        since, until = _span(dice, now, open_end=False)
        revoked = dice.choice((None, None, now + dice.choice(PAST), now + dice.choice(SOON)))
        groups = [group.value for group in dice.sample(list(Group), dice.randrange(4))]
        made.grants.append(
            ConsentGrant(case=scope, agency=dice.choice(made.agencies), groups=groups, purpose="sharing",
                         consent_id=uuid.uuid4(), since=since, until=until, revoked_at=revoked)
        )  # fmt: skip


def _span(dice: random.Random, now, *, open_end: bool):
    since = now + dice.choice((*PAST, *PAST, SOON[0]))
    later = [now + step for step in (PAST[1], *SOON) if now + step > since]
    return since, dice.choice([None, *later] if open_end else later)


def plant(world: RandomWorld) -> None:
    """Save everything as the owner, whom no fence hinders."""
    people = [*world.agencies, *world.sites, *world.users]
    for row in [*people, *world.scopes, *world.team, *world.grants]:
        row._state.db = "owner"  # else Django thinks that they cross from one database to another
    for row in people:
        row.save(using="owner")
    through = User.sites.through
    through.objects.using("owner").bulk_create(
        [through(user_id=u.pk, site_id=site.pk) for u in world.users for site in world.duty[u.username]]
    )
    for model, rows in ((CaseScope, world.scopes), (TeamMember, world.team), (ConsentGrant, world.grants)):
        model.objects.using("owner").bulk_create(rows)


def facts_of(world: RandomWorld) -> dict[uuid.UUID, CaseFacts]:
    """Give the facts straight from the rows, not through the code under test."""
    team: dict = {}
    for row in world.team:
        team.setdefault(row.case.pk, []).append(Member(row.user.pk, row.since, row.until))
    sights: dict = {}
    for row in world.grants:
        groups = frozenset(Group(name) for name in row.groups)
        sights.setdefault(row.case.pk, []).append(
            Sight(row.agency.pk, groups, row.since, row.until, row.revoked_at)
        )
    return {
        scope.pk: CaseFacts(scope.agency.pk, scope.site.pk if scope.site else None, scope.sealed,
                            tuple(team.get(scope.pk, ())), tuple(sights.get(scope.pk, ())))
        for scope in world.scopes
    }  # fmt: skip


def by_decision(world: RandomWorld, user: User, facts: dict[uuid.UUID, CaseFacts]) -> set:
    """Give the cases that the pure policy shows to `user`."""
    sites = frozenset(site.pk for site in world.duty[user.username])
    actor = Actor(user.pk, user.role, user.agency.pk, sites) if user.is_active else None
    now = timezone.now()
    return {pk for pk, known in facts.items() if not decide(actor, "case.view", known, None, now).hidden}


def by_filter(user: User) -> set:
    """Give the cases that the database filter lets through, asked past the fences."""
    return set(visible_scopes(user.actor).using("owner").values_list("pk", flat=True))


def by_fence(user: User) -> tuple[set, dict]:
    """Give the cases that row-level security shows, and the facts of them as the web would read them."""
    with acting_as(user):
        seen = set(CaseScope.objects.values_list("pk", flat=True))
        return seen, case_facts(seen)


def disagreements(seed: int, *, users: int, cases: int, agencies: int = 3) -> list[str]:
    """Make, plant and ask a world; gives a sentence for each user about whom the walls differ, [] when none."""
    world = make(seed, users=users, cases=cases, agencies=agencies)
    plant(world)
    facts, found = facts_of(world), []
    for user in world.users:
        decided, (fenced, read) = by_decision(world, user, facts), by_fence(user)
        filtered = by_filter(user) if user.is_active else set()
        if not decided == filtered == fenced:
            found.append(
                f"{user.role} {user.pk}: {len(decided)} decided, {len(filtered)} filtered, {len(fenced)} fenced"
            )
        if {pk: _sorted(facts[pk]) for pk in fenced} != {pk: _sorted(known) for pk, known in read.items()}:
            found.append(f"{user.role} {user.pk}: the facts read differ from the rows")
    return found


def _sorted(facts: CaseFacts) -> tuple:
    team = sorted(facts.team, key=lambda m: (m.user_id, m.since))
    sights = sorted(facts.sights, key=lambda s: (s.agency_id, s.since, sorted(s.groups)))
    return facts.agency_id, facts.site_id, facts.sealed, team, [_whole(sight) for sight in sights]


def _whole(sight: Sight) -> tuple:
    return sight.agency_id, sight.groups, sight.since, sight.until, sight.revoked_at
