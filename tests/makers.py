"""One maker per kind of record, through the actions, as somebody of a `House` would do it.

Every maker writes `canary(slug, field)` into the sealed fields that it can, so that a test may look for it
where it must not be. `MAKERS` is what the contract suite walks; a registered type without a maker fails it.
"""

import itertools
import uuid
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from krama.access.models import Agency, User
from krama.access.scoping import acting_as
from krama.casework.actions import case as case_actions
from krama.casework.actions import consent as consent_actions
from krama.casework.actions import screening as screening_actions
from krama.casework.actions import service as service_actions
from krama.casework.actions.registration import Registration
from krama.casework.models import Case, HouseholdMember
from krama.ledger.models import Expense
from krama.network.actions import list_provider
from krama.records.sealing import sealed_names
from krama.repatriation import actions as arrivals
from krama.repatriation.models import Arrival, ArrivalPerson, Manifest
from krama.shelter import actions as beds
from krama.shelter.models import Bed, Room, Stay
from krama.vault.actions.files import keep_document
from krama.vault.actions.matching import Known
from krama.vault.actions.registering import Particulars
from krama.vault.models import Document
from krama.vault.rules.matching import Likeness
from tests.cast import Cast, House

FAMILIES = ("Sok", "Chan", "Keo", "Nuon", "Prak", "Heng", "Meas", "Yin", "Sem", "Tep")
GIVEN = ("Sophea", "Dara", "Malis", "Channary", "Sovann", "Phally", "Vannak", "Kunthea", "Raksmey", "Vuthy")
_count = itertools.count(1)


def canary(slug: str, field: str) -> str:
    """Give a word that stands in this field of this kind of record and nowhere else."""
    letters = "".join(part for part in f"{slug} {field}".title() if part.isalpha())
    return f"Qzy{letters}yzQ"


NAME_CANARIES = {name: canary("identity", name) for name in ("family_latin", "given_latin", "nickname")}


def people(n: int = 1, *, household: str = "", child: bool = False, **identity: str) -> list[Registration]:
    """Give `n` newcomers, not registered yet: women and men in turn, adults unless `child`."""
    born = timezone.localdate() - timedelta(days=365 * (11 if child else 31))
    return [
        Registration(
            number=place + 1,
            particulars=Particulars(
                identity={"family_latin": FAMILIES[place % 10], "given_latin": GIVEN[place // 10 % 10], **identity},
                contact={"village": "Prey Chrey", "phone": "", "commune": "", "district": "", "address": ""},
                sex="FM"[place % 2], birth_from=born, birth_to=born, birth_precision="day",
                birth_basis="stated_date", nationality="KH", province="20",
            ),
            household=household,
            relation=("" if not household else "head" if place == 0 else "member"),
        )
        for place in range(n)
    ]  # fmt: skip


def arrival(house: House, *, by: User | None = None, **more) -> Arrival:
    """Announce an arrival of three hours ago at the house."""
    facts = {"arrived_at": timezone.now() - timedelta(hours=3), "country": "VN", "announced": 33}
    with acting_as(by or house.officer) as officer:
        return arrivals.announce(
            by=officer, site=house.site, handed_over_by="foreign_authority", **facts | more
        )


def registered(house: House, n: int = 1, *, at: Arrival | None = None, who=None, **more) -> list[Case]:
    """Register `n` people (or `who`) of one arrival; gives their cases."""
    at = at or arrival(house)
    with acting_as(house.officer) as officer:
        return arrivals.register_group(at, who or people(n, **more), by=officer)


def case(house: House, *, canaries: bool = True, **more) -> Case:
    """Register one person whose names are canaries; the safety notice is one too."""
    made = registered(house, **(NAME_CANARIES if canaries else {}), household=f"H{next(_count)}", **more)[0]
    if canaries:
        with acting_as(house.supervisor) as by:
            case_actions.set_safety(made, by=by, risk="high", safety_notice=canary("case", "safety_notice"))
    return made


ANSWERS = {
    "needs_asked": True, "informed": True, "agreed": True, "language": "km", "understood": True, "place": "office",
    "privacy": "alone", "act": "yes", "means": "yes", "purpose": "yes", "urgent_needs": ["medical_emergency"],
    "months_abroad": 7, "detention_days": 61, "abuse_abroad": "yes", "in_need": "yes",
}  # fmt: skip


def screening(house: House, of: Case, *, by: User | None = None, finished: bool = False, **answers):
    """Hold an interview whose texts are canaries."""
    texts = {name: canary("screening", name) for name in sealed_names(screening_actions.Screening)}
    with acting_as(by or house.officer) as interviewer:
        row = screening_actions.start_screening(of, by=interviewer)
        row = screening_actions.save_screening(row, by=interviewer, **ANSWERS, **{**texts, **answers})
        return screening_actions.finish_screening(row, by=interviewer) if finished else row


def determination(
    house: House, of: Case, *, by: User | None = None, outcome: str = "trafficking_survivor", **more
):
    """Find what the person is, on canaries as grounds; holds the interview first, if nobody has."""
    with acting_as(house.supervisor):
        held = of.screenings.exists()
    if not held:
        screening(house, of, finished=True)
    texts = {name: f"{canary('determination', name)} told so twice" for name in ("grounds", "departure")}
    with acting_as(by or house.supervisor) as decider:
        return screening_actions.determine(
            of, by=decider, outcome=outcome, decided_on=timezone.localdate(), **{**texts, **more}
        )


def consent(house: House, of: Case, *, by: User | None = None, recipients: Sequence[str] = (), **more):
    """Take down that the person agrees to services; with recipients, to sharing with them."""
    word = {
        "answer": "given", "purposes": ["sharing"] if recipients else ["services"], "recipients": list(recipients),
        "given_by": "person", "how": "thumb_print", "informed": True, "given_on": timezone.localdate(),
    } | {name: canary("consent", name) for name in ("giver", "witness", "grounds", "limits")}  # fmt: skip
    with acting_as(by or house.officer) as recorder:
        return consent_actions.record_consent(of, by=recorder, **word | more)


def share(house: House, of: Case, agency: Agency, *groups: str, days: int = 30):
    """Record the consent and open these groups to another agency; gives the grant."""
    consent(house, of, recipients=[agency.code])
    until = timezone.localdate() + timedelta(days=days)
    with acting_as(house.supervisor) as by:
        return consent_actions.share(of, by=by, agency=agency, groups=groups, until=until)


def join(house: House, of: Case, *members: User) -> None:
    """Put colleagues on the team."""
    with acting_as(house.supervisor) as by:
        for member in members:
            case_actions.join_team(of, by=by, member=member)


def provider(house: House, **more):
    """List a kitchen."""
    facts = {"name": f"Kitchen {next(_count)}", "kind": "kitchen", "province": "20"}
    with acting_as(house.supervisor) as by:
        return list_provider(by=by, **facts | more)


def service(house: House, of: Case, *, by: User | None = None, **more):
    """Record a meal with a canary as note."""
    what = {"kind": "meal", "given_on": timezone.localdate(), "note": canary("service", "note")}
    with acting_as(by or house.officer) as giver:
        return service_actions.give(of, by=giver, **what | more)


def expense(house: House, of: Case, *, cost: str = "4.50") -> Expense:
    """Record a meal that cost something; gives the expense."""
    meal = service(house, of, cost=Decimal(cost), currency="USD", provider=provider(house), receipt="R-77")
    return meal.expense


def counselling_note(house: House, of: Case):
    """Keep a counsellor's note."""
    with acting_as(house.counsellor) as by:
        note = canary("counselling-note", "note")
        return service_actions.add_note(of, by=by, held_on=timezone.localdate(), note=note)


def room(house: House, **more) -> Room:
    """Furnish a room for anyone."""
    facts = {"name": f"Room {next(_count)}", "for_sex": "any", "for_age": "any"}
    with acting_as(house.supervisor) as by:
        return beds.add_room(by=by, site=house.site, **facts | more)


def bed(house: House, in_room: Room | None = None) -> Bed:
    """Put a bed into a room, of its own if none is named."""
    where = in_room or room(house)
    with acting_as(house.supervisor) as by:
        return beds.add_bed(by=by, room=where, label=f"Bed {next(_count)}")


def stay(house: House, of: Case, in_bed: Bed | None = None) -> Stay:
    """Give the person a bed."""
    where = in_bed or bed(house)
    with acting_as(house.officer) as by:
        return beds.give_bed(of, by=by, bed=where)


def manifest_file(*names: str) -> bytes:
    """Give a list as text: number, name, sex, age."""
    lines = [f"{place},{name},F,{20 + place}" for place, name in enumerate(names, start=1)]
    return "\n".join(["No,Full name,Sex,Age", *lines]).encode()


def manifest(house: House, *, at: Arrival | None = None, by: User | None = None) -> Manifest:
    """Take in a list with three people on it, one of them a canary, as is the file's name."""
    at = at or arrival(house)
    content = manifest_file("Sok Sophea", "Chan Dara", canary("manifest", "grid"))
    with acting_as(by or house.officer) as officer:
        return arrivals.receive_manifest(
            at, by=officer, filename=f"{canary('manifest', 'filename')}.csv", content=content
        )


def match_decision(house: House, of: Case, other: Case | None = None):
    """Say that the person and somebody else are two; without `other`, somebody whose case is out of sight."""
    person, case_ = (other.person_id, other.pk) if other else (uuid.uuid4(), uuid.uuid4())
    with acting_as(house.officer) as by:
        known = Known(person, case_, Likeness(0.8, ()))
        return arrivals.decide_match(of, by=by, known=known, decision="different")


def household_place(house: House, of: Case) -> HouseholdMember:
    """Give the person's place in the household that `case` registered."""
    with acting_as(house.officer):
        return HouseholdMember.objects.get(case=of)


def arrival_place(house: House, of: Case) -> ArrivalPerson:
    """Give the person's place in the arrival."""
    with acting_as(house.officer):
        return ArrivalPerson.objects.select_related("arrival", "case").get(case=of)


def document(house: House, of: Case) -> Document:
    """Keep a small PDF with the case."""
    with acting_as(house.supervisor):
        return keep_document(of, name=f"{canary('document', 'name')}.pdf", content=b"%PDF-1.4 canary")


MAKERS: dict[str, Callable] = {  # slug -> f(house, case); those of an agency take no notice of the case
    "case": lambda house, of: of,
    "family-link": household_place,
    "determination": determination,  # before the interview, which must be finished once it is begun
    "screening": screening,
    "consent": consent,
    "service": service,
    "expense": expense,
    "counselling-note": counselling_note,
    "match": match_decision,
    "arrival-place": arrival_place,
    "stay": stay,
    "arrival": lambda house, of: arrival(house),
    "manifest": lambda house, of: manifest(house),
    "provider": lambda house, of: provider(house),
    "room": lambda house, of: room(house),
    "bed": lambda house, of: bed(house),
}


def one_of_each(house: House, of: Case | None = None) -> dict[str, object]:
    """Make one record of every kind, those behind a case all behind one; gives them by slug."""
    of = of or case(house)
    return {slug: make(house, of) for slug, make in MAKERS.items()}


def leak(cast: Cast) -> dict[str, dict[str, object]]:
    """Plant one record of every kind next door and elsewhere: what must not be seen from `cast.here`."""
    return {"next_door": one_of_each(cast.next_door), "elsewhere": one_of_each(cast.elsewhere)}


def yesterday() -> date:
    """Give the day before today in the programme's time zone."""
    return timezone.localdate() - timedelta(days=1)
