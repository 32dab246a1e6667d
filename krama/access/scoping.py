"""The policy as database filters: which cases a user may know of. Compared with `decide` by tests."""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from krama.access.groups import Group
from krama.access.models import CaseScope, ConsentGrant, TeamMember
from krama.access.policy import Actor, CaseFacts, Member, Sight
from krama.access.roles import ROLES, Reach


def visible_scopes(actor: Actor) -> QuerySet[CaseScope]:
    """Give the scopes of all cases that `actor` may know of now."""
    return CaseScope.objects.filter(_visible(actor))


def _visible(actor: Actor) -> Q:
    reach = ROLES[actor.role].reach
    if reach is Reach.NONE:
        return Q(pk__in=())
    now = timezone.now()
    if reach in (Reach.TEAM, Reach.PARTNER):
        return Q(pk__in=_named(actor, now))
    team = TeamMember.objects.filter(_live(now), user_id=actor.id).values("case_id")
    grants = ConsentGrant.objects.filter(
        Q(revoked_at=None) | Q(revoked_at__gt=now), agency_id=actor.agency_id, since__lte=now, until__gt=now
    ).values("case_id")
    seen = Q(pk__in=team) | Q(pk__in=grants, sealed=False)
    if reach is Reach.SITE:
        seen |= Q(agency_id=actor.agency_id, site_id__in=actor.site_ids, sealed=False)
    if reach is Reach.AGENCY:
        seen |= Q(agency_id=actor.agency_id, sealed=False)
    return seen


def _named(actor: Actor, now) -> QuerySet:
    """Give the cases of one's teams and grants as one union, from which the database can start its search."""
    team = TeamMember.objects.filter(_live(now), user_id=actor.id).values("case_id")
    grants = ConsentGrant.objects.filter(
        Q(revoked_at=None) | Q(revoked_at__gt=now), agency_id=actor.agency_id, since__lte=now, until__gt=now,
        case__sealed=False,
    ).values("case_id")  # fmt: skip
    return team.union(grants)


def _live(now) -> Q:
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def case_facts(case_ids: Iterable, compartment: str = "") -> dict[object, CaseFacts]:
    """Give the policy's facts of these cases by id, in three queries however many there are.

    Cases that row-level security hides are absent.
    """
    wanted = list(case_ids)
    team: dict[object, list[Member]] = {}
    for row in TeamMember.objects.filter(case_id__in=wanted):
        team.setdefault(row.case_id, []).append(Member(row.user_id, row.since, row.until))
    sights: dict[object, list[Sight]] = {}
    for row in ConsentGrant.objects.filter(case_id__in=wanted):
        groups = frozenset(Group(name) for name in row.groups)
        sights.setdefault(row.case_id, []).append(
            Sight(row.agency_id, groups, row.since, row.until, row.revoked_at)
        )
    return {
        scope.pk: CaseFacts(
            scope.agency_id,
            scope.site_id,
            scope.sealed,
            tuple(team.get(scope.pk, ())),
            tuple(sights.get(scope.pk, ())),
            compartment,
        )
        for scope in CaseScope.objects.filter(pk__in=wanted)
    }


def set_context(user_id: int | None) -> None:
    """Tell row-level security who asks, until the transaction ends. Needs an open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('krama.user', %s, true)", [str(user_id or "")])


@contextmanager
def acting_as(user):
    """Open a transaction in which the database knows that `user` acts; for commands, tests and workers.

    The context is put back at the end, so that nested uses and a shared test transaction stay honest.
    """
    with transaction.atomic():
        before = current_user_id()
        set_context(user.pk if user else None)
        yield user
        set_context(before)


def current_user_id() -> int | None:
    """Give the id of the user that the database believes to act, None for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT krama_user()")
        return cursor.fetchone()[0]
