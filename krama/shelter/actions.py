"""Giving beds and ending stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from krama.access.models import Site
from krama.access.policy import CaseFacts
from krama.access.refusal import Refusal, _
from krama.access.roles import ROLES, Reach
from krama.access.scoping import case_facts
from krama.casework.models import Case, HouseholdMember
from krama.journal.recording import line, record_lines
from krama.records.writing import Refused, add_record, change_record, refuse_if, require
from krama.shelter.models import Bed, Room, Stay
from krama.shelter.rules import FreeRoom, Plan, Sleeper, plan_beds, refusals_of_bed


def add_room(*, by, site: Site, name: str, for_sex: str, for_age: str) -> Room:
    """Enter a room of one of the agency's sites."""
    row = Room(agency_id=by.agency_id, site=site, name=name, for_sex=for_sex, for_age=for_age)
    return _once(lambda: add_record(row, by=by, action="room.add"), _("This site has a room of that name."))


def amend_room(room: Room, *, by, expected_version: int | None = None, **values) -> Room:
    """Correct a room."""
    return change_record(room, values, by=by, action="room.change", expected_version=expected_version)


def add_bed(*, by, room: Room, label: str, in_use: bool = True) -> Bed:
    """Enter a bed of a room."""
    row = Bed(agency_id=by.agency_id, room=room, label=label, in_use=in_use)
    return _once(lambda: add_record(row, by=by, action="bed.add"), _("This room has a bed of that name."))


def amend_bed(bed: Bed, *, by, expected_version: int | None = None, **values) -> Bed:
    """Correct a bed, or take it out of use."""
    return change_record(bed, values, by=by, action="bed.change", expected_version=expected_version)


def _once(write, sentence: str):
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        raise Refused([Refusal(sentence)]) from None


def sleepers_of(cases: Sequence[Case]) -> list[Sleeper]:
    """Give the cases as the rules want them: sex, child, household."""
    households = dict(HouseholdMember.objects.filter(case__in=cases).values_list("case_id", "household"))
    return [Sleeper(case.pk, case.person.sex, case.child, str(households.get(case.pk, ""))) for case in cases]


def free_rooms(site: Site) -> list[FreeRoom]:
    """Give the rooms of a site with their free beds and those who sleep there now, in three queries."""
    stays = list(
        Stay.objects.filter(bed__room__site=site, during__contains=timezone.now()).select_related(
            "case__person", "bed"
        )
    )
    by_room: dict = {}
    for stay, sleeper in zip(stays, sleepers_of([stay.case for stay in stays]), strict=True):
        by_room.setdefault(stay.bed.room_id, []).append(sleeper)
    taken = occupied_beds(site)
    beds: dict = {}
    for bed in Bed.objects.filter(room__site=site, in_use=True).order_by("room", "number"):
        if bed.pk not in taken:
            beds.setdefault(bed.room_id, []).append(bed.pk)
    return [
        FreeRoom(
            room.pk, room.for_sex, room.for_age, tuple(beds.get(room.pk, ())), tuple(by_room.get(room.pk, ()))
        )
        for room in Room.objects.filter(site=site)
    ]


def occupied_beds(site: Site) -> set[int]:
    """Give the beds in which somebody sleeps now, also somebody whose case the asker may not see."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT bed_id FROM krama_occupied_beds(%s)", [site.pk])
        return {row[0] for row in cursor.fetchall()}


def proposed_beds(cases: Sequence[Case], site: Site) -> Plan:
    """Give a proposal for these people; nothing is written."""
    return plan_beds(sleepers_of(cases), free_rooms(site))


@transaction.atomic
def give_beds(beds: Mapping[Case, Bed], *, by, since: datetime | None = None) -> list[Stay]:
    """Give each case its bed, all or none. A person who has a bed elsewhere leaves it.

    Raises Refused when a room does not fit the person, or somebody else was quicker.
    """
    facts = case_facts({case.pk for case in beds})
    for case in beds:
        require(by, "stay.add", facts.get(case.pk, CaseFacts(-1, None)))
    refuse_if([*_off_duty(beds, by), *_misfits(beds)])
    start = since or timezone.now()
    Stay.objects.filter(case__in=list(beds), during__upper_inf=True).update(during=_closed(start))
    stays = [Stay(case=case, bed=bed, during=(start, None), given_by=by) for case, bed in beds.items()]
    try:
        with transaction.atomic():
            Stay.objects.bulk_create(stays)
    except IntegrityError:
        raise Refused(
            [Refusal(_("Another officer has just given one of these beds. Look at the beds again."))]
        ) from None
    record_lines([line("stay.add", stay, groups=["location"]) for stay in stays], by=by)
    return stays


def _off_duty(beds: Mapping[Case, Bed], by) -> list[Refusal]:
    """Who works at sites gives the beds of those alone."""
    if ROLES[by.role].reach is not Reach.SITE:
        return []
    elsewhere = any(bed.room.site_id not in by.actor.site_ids for bed in beds.values())
    return [Refusal(_("You are not on duty at this centre."), field="bed")] if elsewhere else []


def _closed(end: datetime):
    from django.db.models import F, Func, Value

    return Func(Func(F("during"), function="lower"), Value(end), function="tstzrange")


def _misfits(beds: Mapping[Case, Bed]) -> list[Refusal]:
    """Judge everybody beside those who sleep there already and those who come in with them."""
    if len(set(beds.values())) < len(beds):
        return [Refusal(_("One bed is given to two people."), field="bed")]
    sleepers = {s.key: s for s in sleepers_of(list(beds))}
    rooms = {room.key: room for site in {bed.room.site for bed in beds.values()} for room in free_rooms(site)}
    reasons: list[Refusal] = []
    for case, bed in beds.items():
        sleeper, room = sleepers[case.pk], rooms[bed.room_id]
        others = tuple(sleepers[c.pk] for c, b in beds.items() if b.room_id == bed.room_id and c != case)
        beside = FreeRoom(room.key, room.for_sex, room.for_age, room.beds, (*room.sleeping, *others))
        family = any(sleeper.household and s.household == sleeper.household for s in beside.sleeping)
        for refusal in refusals_of_bed(sleeper, beside, with_family=family):
            text = _("%(code)s, bed %(bed)s: ") + refusal.text
            reasons.append(Refusal(text, {"code": case.code, "bed": str(bed)}, "bed"))
    return reasons


def give_bed(case: Case, *, by, bed: Bed) -> Stay:
    """Give one person one bed."""
    return give_beds({case: bed}, by=by)[0]


@transaction.atomic
def end_stay(stay: Stay, *, by, ended_at: datetime | None = None) -> Stay:
    """End a stay; the bed is free again."""
    end = ended_at or timezone.now()
    reasons = []
    if stay.during.upper is not None:
        reasons.append(Refusal(_("This stay has ended already.")))
    elif end <= stay.during.lower or end > timezone.now():
        reasons.append(
            Refusal(_("The end must lie after the beginning and not in the future."), field="ended_at")
        )
    refuse_if(reasons)
    from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

    during = DateTimeTZRange(stay.during.lower, end)
    return change_record(stay, {"during": during}, by=by, action="stay.end")
