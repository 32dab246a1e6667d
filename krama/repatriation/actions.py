"""Announcing an arrival, registering the people of it, and taking in the lists that come along."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from krama.access.groups import IDENTITY
from krama.access.models import Site
from krama.access.refusal import Refusal, _
from krama.access.roles import ROLES, Reach
from krama.casework.actions.registration import Registration, register
from krama.casework.models import Case
from krama.journal.recording import record
from krama.records import sealing
from krama.records.writing import Hidden, Refused, add_record, change_record, facts_of, refuse_if, require
from krama.repatriation.models import Arrival, ArrivalPerson, Manifest
from krama.repatriation.rules import manifest as reading
from krama.repatriation.rules.manifest.workbook import TOO_MANY_ROWS
from krama.repatriation.terms import ManifestStatus
from krama.vault.actions.matching import Known
from krama.vault.actions.registering import CONTACT_FIELDS, IDENTITY_FIELDS, Particulars
from krama.vault.models import MatchDecision
from krama.vault.rules.codes import new_code

GROUP_ACTION = "arrival.register"
MOST_PEOPLE = 500  # of one list
EARLIEST = 1990  # year of an arrival


@transaction.atomic
def announce(*, by, site: Site, arrived_at, country: str, handed_over_by: str, **more) -> Arrival:
    """Open an arrival at one of the agency's centres; gives it with its code."""
    reasons = []
    if site.agency_id != by.agency_id:
        reasons.append(Refusal(_("Choose a centre of your own agency."), field="site"))
    refuse_if([*reasons, *_refusals_of_facts(arrived_at, more.get("announced"))])
    row = Arrival(
        code=_free_code(f"A{timezone.localtime(arrived_at):%y}"),
        agency_id=by.agency_id, site=site, arrived_at=arrived_at, country=country,
        handed_over_by=handed_over_by, opened_by=by, **more,
    )  # fmt: skip
    return add_record(row, by=by, action="arrival.add")


def _off_duty(arrival: Arrival, by) -> list[Refusal]:
    if ROLES[by.role].reach is Reach.SITE and arrival.site_id not in by.actor.site_ids:
        return [Refusal(_("You are not on duty at this centre."), field="site")]
    return []


def _refusals_of_facts(arrived_at: datetime | None, announced: int | None) -> list[Refusal]:
    """Judge what can be mistyped; a day at either end of the calendar would break every list that it is in."""
    reasons = []
    if arrived_at is not None and arrived_at > timezone.now() + timedelta(days=30):
        reasons.append(Refusal(_("An arrival can be announced at most 30 days ahead."), field="arrived_at"))
    if arrived_at is not None and arrived_at.year < EARLIEST:
        reasons.append(Refusal(_("Write day and time as 31/12/2009 17:00."), field="arrived_at"))
    if announced is not None and announced < 1:
        reasons.append(Refusal(_("Enter a quantity above zero."), field="announced"))
    return reasons


def _free_code(prefix: str) -> str:
    """Draw until the code is nobody's: among a few hundred arrivals two of these short codes do meet."""
    while True:
        code = new_code(prefix, secrets.token_bytes(4), length=5)
        if not Arrival.objects.filter(code=code).exists():
            return code


def amend_arrival(arrival: Arrival, *, by, expected_version: int | None = None, **values) -> Arrival:
    """Correct the shared facts of an arrival. Raises Refused as `announce` does, and elsewhere than on duty.

    An arrival that moves takes its lists of names along: nobody moves another centre's to the own one.
    """
    refuse_if(_off_duty(arrival, by))
    refuse_if(_refusals_of_facts(values.get("arrived_at"), values.get("announced")))
    return change_record(arrival, values, by=by, action="arrival.change", expected_version=expected_version)


@transaction.atomic
def register_group(arrival: Arrival, people: Sequence[Registration], *, by) -> list[Case]:
    """Register people of an arrival; gives their cases. All or none, one journal entry a person.

    A person sent twice (same client_id, as after a lost answer) is not registered again: the case of the
    first time is given back. Two officers at once queue for the next number and both succeed.
    """
    require(by, GROUP_ACTION, facts_of(arrival))
    Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)  # one at a time gives out numbers
    before = {
        place.client_id: place.case
        for place in ArrivalPerson.objects.filter(client_id__in=[p.client_id for p in people]).select_related(
            "case"
        )
    }
    fresh = [person for person in people if person.client_id not in before]
    if not fresh:
        return [before[person.client_id] for person in people]
    cases = register(fresh, by=by, site=arrival.site, at=arrival.arrived_at)
    last = (
        ArrivalPerson.objects.filter(arrival=arrival).order_by("-line").values_list("line", flat=True).first()
    )
    places = [
        ArrivalPerson(arrival=arrival, case=case, line=(last or 0) + place, client_id=person.client_id)
        for place, (person, case) in enumerate(zip(fresh, cases, strict=True), start=1)
    ]
    try:
        with transaction.atomic():
            ArrivalPerson.objects.bulk_create(places)
    except IntegrityError:  # an id of this grid is somebody's already whom this officer does not see
        raise Refused(
            [Refusal(_("Somebody else changed this meanwhile. Compare, then save again."))]
        ) from None
    made = {person.client_id: case for person, case in zip(fresh, cases, strict=True)} | before
    return [made[person.client_id] for person in people]


@transaction.atomic
def receive_manifest(arrival: Arrival, *, by, filename: str, content: bytes) -> Manifest:
    """Read a list and keep it sealed. Raises Refused for a file that is no list of people; then nothing is kept."""
    require(by, "manifest.add", facts_of(arrival))
    refuse_if(_off_duty(arrival, by))
    try:
        grid = reading.open_file(content, filename)
        _require_few(grid, on=timezone.localtime(arrival.arrived_at).date())
    except reading.NotAList as problem:
        raise Refused([problem.refusal]) from None
    row = Manifest(
        arrival=arrival, agency_id=arrival.agency_id, sha256=hashlib.sha256(content).hexdigest(), size=len(content),
        received_by=by, received_at=timezone.now(),
    )  # fmt: skip
    sealed = {"filename": filename[:200], "original": content, "grid": grid.to_json()}
    return add_record(row, by=by, action="manifest.add", sealed=sealed)


def _require_few(grid: reading.Grid, *, on: date) -> None:
    """Raise NotAList for more people than the page that imports them can take."""
    rows = reading.read_rows(grid, reading.understand(grid), on=on)
    people = sum(row.values is not None for row in rows)
    if people > MOST_PEOPLE:
        raise reading.NotAList(Refusal(TOO_MANY_ROWS, {"rows": people, "limit": MOST_PEOPLE}))


def grid_of(manifest: Manifest, *, by) -> reading.Grid:
    """Open what was read from a list; the reading of so many names is journaled."""
    _require_names(manifest, by)
    text = sealing.open_unjournaled([manifest], ["grid"])[0]["grid"]
    record("manifest.view", manifest, by=by, groups=["identity"], purpose="reception")
    return reading.Grid.from_json(text)


def _require_names(manifest: Manifest, by) -> None:
    """A list is names: who does not read identity does not open it."""
    require(by, "manifest.view", facts_of(manifest))
    if IDENTITY not in ROLES[by.role].reads:
        raise Hidden


def original_of(manifest: Manifest, *, by) -> tuple[str, bytes]:
    """Open the original file: its name and bytes, journaled."""
    _require_names(manifest, by)
    opened = sealing.open_unjournaled([manifest], ["filename", "original"])[0]
    record("manifest.original", manifest, by=by, groups=["identity"], purpose="reception")
    return opened["filename"], opened["original"]


@transaction.atomic
def import_manifest(manifest: Manifest, people: Sequence[Registration], *, by) -> list[Case]:
    """Register everybody on the list, or nobody. Raises Refused when it was imported already."""
    require(by, "manifest.import", facts_of(manifest))
    locked = Manifest.objects.select_for_update(of=("self",)).get(pk=manifest.pk)
    if locked.status == ManifestStatus.IMPORTED:
        raise Refused([Refusal(_("This list has been imported already."))])
    cases = register_group(manifest.arrival, people, by=by)
    values = {"status": ManifestStatus.IMPORTED, "rows_imported": len(cases)}
    change_record(locked, values, by=by, action="manifest.import")
    return cases


def set_manifest_aside(manifest: Manifest, *, by) -> Manifest:
    """Put a list aside without importing it; it stays on file."""
    return change_record(manifest, {"status": ManifestStatus.SET_ASIDE}, by=by, action="manifest.set-aside")


def map_manifest(manifest: Manifest, *, by, meanings: Mapping[int, str]) -> Manifest:
    """Keep the officer's correction of what the columns mean. meanings: column index → meaning."""
    values = {"meanings": {str(index): meaning for index, meaning in meanings.items()}}
    return change_record(manifest, values, by=by, action="manifest.map")


def rows_of(manifest: Manifest, grid: reading.Grid) -> tuple[reading.Layout, tuple[reading.Row, ...]]:
    """Give layout and people of a list as they are understood now, with the officer's corrections."""
    chosen = {int(index): meaning for index, meaning in manifest.meanings.items()}
    layout = reading.remap(reading.understand(grid), chosen)
    on = timezone.localtime(manifest.arrival.arrived_at).date()
    return layout, reading.same_person_twice(reading.read_rows(grid, layout, on=on))


@transaction.atomic
def decide_match(case: Case, *, by, known: Known, decision: str) -> MatchDecision:
    """Keep what an officer said about a likeness; nothing is merged by it."""
    reasons = [[reason.text, dict(reason.params)] for reason in known.likeness.reasons]
    row = MatchDecision(
        case_id=case.pk, other_case=known.case_id, decision=decision, decided_by=by,
        verdict=known.likeness.verdict, reasons=reasons,
    )  # fmt: skip
    return add_record(row, by=by, action="match.decide")


def particulars_of(values: Mapping[str, object]) -> Particulars:
    """Give what a list or a grid says of a person as the vault takes it."""
    return Particulars(
        identity={name: values[name] for name in IDENTITY_FIELDS if isinstance(values.get(name), str)},
        contact={name: values[name] for name in CONTACT_FIELDS if isinstance(values.get(name), str)},
        sex=values.get("sex") or "NonSpecifiedUnknown",
        birth_from=values.get("birth_from"),
        birth_to=values.get("birth_to"),
        birth_precision=values.get("birth_precision") or "",
        birth_basis=values.get("birth_basis") or "",
        nationality=_country(values.get("nationality") or ""),
        province=values.get("province") or "",
    )


def _country(text: str) -> str:
    return text if len(text) == 2 and text.isascii() else ""
