"""Registering people: a person, a case, a team, sealed particulars, one journal entry each; all or none."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from krama.access.models import CaseScope, Site, TeamMember
from krama.access.policy import AgencyFacts
from krama.access.refusal import Refusal, _
from krama.access.roles import ROLES, Reach
from krama.casework.models import Case, HouseholdMember
from krama.casework.rules import intake
from krama.casework.rules.ages import age_on, is_child
from krama.journal.recording import line, record_lines
from krama.records.writing import Refused, refuse_if, require
from krama.vault.actions.registering import Particulars, new_person, write_particulars
from krama.vault.models import Person
from krama.vault.rules.codes import new_code

TRIES = 5


@dataclass(frozen=True)
class Registration:
    """One person to register. number: the line on the sheet, for refusals.

    household: a label shared by those who belong together, blank for alone; relation: to its head
    (`household_relations`). name_not_known: why there is no name, when there is none.
    """

    number: int
    particulars: Particulars
    household: str = ""
    relation: str = ""
    name_not_known: str = ""
    client_id: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def register(people: Sequence[Registration], *, by, site: Site, at: datetime) -> list[Case]:
    """Register people who came to `site` at the moment `at`; gives their cases in the same order.

    Raises Refused with a reason for each line that cannot be, and then nobody is registered.
    """
    require(by, "case.register", AgencyFacts(site.agency_id))
    refuse_if(refusals(people, by=by, site=site, at=at))
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                cases = _write(people, by, site, at)
            break
        except IntegrityError as clash:  # a code drawn twice; all other constraints are met by construction
            if "code" not in str(clash) or attempt == TRIES - 1:
                raise
    record_lines(
        [line("case.register", case, groups=["open", "identity", "location"]) for case in cases], by=by
    )
    return cases


def refusals(people: Sequence[Registration], *, by, site: Site, at: datetime) -> list[Refusal]:
    """Give all reasons why these people cannot be registered here and now."""
    if ROLES[by.role].reach is Reach.SITE and site.pk not in by.actor.site_ids:
        return [Refusal(_("You are not on duty at this centre."), field="site")]
    arrived, today = timezone.localtime(at).date(), timezone.localdate()
    newcomers = [_newcomer(person) for person in people]
    found = [
        r
        for newcomer in newcomers
        for r in intake.refusals_to_register(newcomer, arrived_on=arrived, today=today)
    ]
    return found + intake.refusals_of_families(newcomers)


def _newcomer(person: Registration) -> intake.Newcomer:
    identity, p = person.particulars.identity, person.particulars
    names = ("family_km", "given_km", "family_latin", "given_latin", "nickname", "name_as_written")
    return intake.Newcomer(
        row=person.number,
        name=" ".join(filter(None, (identity.get(name, "") for name in names))),
        name_not_known=person.name_not_known,
        sex=p.sex,
        birth_from=p.birth_from,
        birth_to=p.birth_to,
        family=person.household,
        head=person.relation == "head",
    )


def _write(people: Sequence[Registration], by, site: Site, at: datetime) -> list[Case]:
    persons = [new_person(p.particulars) for p in people]
    Person.objects.bulk_create(persons)
    year = f"K{timezone.localtime(at):%y}"
    scopes = [
        CaseScope(code=new_code(year, secrets.token_bytes(5)), person_id=person.pk, agency_id=site.agency_id,
                  site=site, opened_by=by)
        for person in persons
    ]  # fmt: skip
    CaseScope.objects.bulk_create(scopes)
    if ROLES[by.role].reach is Reach.TEAM:  # who reaches cases by team alone must stand on this one
        now = timezone.now()
        TeamMember.objects.bulk_create(
            [TeamMember(case=scope, user=by, part="case_worker", since=now) for scope in scopes]
        )
    write_particulars(
        list(zip(persons, [p.particulars for p in people], strict=True)), agency_id=site.agency_id
    )
    cases = [
        _case(scope, person, p.particulars, at)
        for scope, person, p in zip(scopes, persons, people, strict=True)
    ]
    Case.objects.bulk_create(cases)
    _write_households(people, cases)
    return cases


def _case(scope: CaseScope, person: Person, particulars: Particulars, at: datetime) -> Case:
    day = timezone.localtime(at).date()
    span = age_on(particulars.birth_from, particulars.birth_to, day)
    child = is_child(particulars.birth_from, particulars.birth_to, on=day)
    return Case(
        scope=scope,
        code=scope.code,
        person=person,
        registered_at=at,
        age=span[0] if span else None,
        child=child is not False,
    )


def _write_households(people: Sequence[Registration], cases: Sequence[Case]) -> None:
    named = {label: uuid.uuid4() for label in {p.household for p in people if p.household}}
    HouseholdMember.objects.bulk_create(
        [
            HouseholdMember(case=case, household=named[p.household], relation=p.relation or "member")
            for p, case in zip(people, cases, strict=True)
            if p.household
        ]
    )


__all__ = ["Particulars", "Refused", "Registration", "refusals", "register"]
