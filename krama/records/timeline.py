"""What the case page asks the registry: the tabs and the timeline of a case."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Value
from django.utils import timezone
from django.utils.text import capfirst

from krama.access.groups import OPEN
from krama.access.policy import CaseFacts, readable_groups
from krama.access.roles import ROLES
from krama.access.scoping import case_facts
from krama.records.places import home_of
from krama.records.reading import plain_shown
from krama.records.types import RecordType, of_case


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline. at: aware datetime to sort by; day: what is shown."""

    at: datetime
    when: str
    title: str
    url: str
    by: str = ""


def types_for(user) -> list[type[RecordType]]:
    """Give the record types of a case that this user's role sees at all, in the order of registration."""
    role = ROLES[user.role]
    return [
        declared
        for declared in of_case()
        if role.may(declared.permission("view"))
        and (not declared.compartment or declared.compartment in role.compartments)
    ]


def records_of(case, user, facts: CaseFacts | None = None) -> dict[type[RecordType], list]:
    """Give the records of this case by type, newest first, one query a type that has any. The case must be
    visible.

    facts: the policy's facts about it, where the caller has asked for them already.
    """
    facts = facts or case_facts([case.pk])[case.pk]
    groups = readable_groups(user.actor, facts, timezone.now())
    if OPEN not in groups:
        return {}
    types = types_for(user)
    present = _present(types, case)
    return {
        declared: list(
            declared.model._default_manager.filter(case_id=case.pk)
            .select_related(*(name for name in declared.related() if name != "case"))
            .order_by(*declared.order)[:100]
        )
        if declared.slug in present
        else []
        for declared in types
    }


def _present(types: list[type[RecordType]], case) -> set[str]:
    """Give the slugs of those types of which the case has any record: one cheap query instead of many empty ones."""
    asked = [
        declared.model._default_manager.filter(case_id=case.pk)
        .order_by()
        .values_list(Value(declared.slug))[:1]
        for declared in types
    ]
    return {slug for (slug,) in asked[0].union(*asked[1:], all=True)} if asked else set()


def timeline(found: dict[type[RecordType], list]) -> list[Event]:
    """Give the events of these records, newest first."""
    events = []
    for declared, records in found.items():
        if declared.timeline is None:
            continue
        for record in records:
            moment, title, *by = declared.timeline(record)
            if moment is not None:
                events.append(
                    Event(_aware(moment), plain_shown(moment), capfirst(str(title)), home_of(declared, record),
                          str(by[0]) if by and by[0] else "")
                )  # fmt: skip
    return sorted(events, key=lambda event: event.at, reverse=True)


def _aware(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return timezone.make_aware(datetime.combine(moment, time.min))
