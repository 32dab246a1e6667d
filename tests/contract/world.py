"""The world of the contract suite: what is planted where, once, committed to a database of its own."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections
from django.test import Client

from krama.access.actions import add_agency, add_site, add_user
from krama.access.groups import HEALTH, IDENTITY
from krama.access.scoping import acting_as
from krama.records.types import registry
from tests import makers
from tests.cast import Cast, House

SIZES = (1, 3, 50)
TEAM = ("social_worker", "monitor", "lawyer", "programme_officer")
GRANTED = (IDENTITY, HEALTH)  # to the partner agency, about the case of `here`


@dataclass
class World:
    """here, next_door, elsewhere: one record of every kind by slug. rows: all keys by place and slug.

    sized: houses of agencies that hold exactly 1, 3 and 50 records of every kind.
    """

    cast: Cast
    here: dict[str, object]
    next_door: dict[str, object]
    elsewhere: dict[str, object]
    rows: dict[str, dict[str, set]] = field(default_factory=dict)
    sized: dict[int, House] = field(default_factory=dict)
    document_pk: object = None
    memory: dict[tuple, dict] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)  # sessions, so that no test signs in again

    def planted(self) -> list[dict[str, object]]:
        return [self.here, self.next_door, self.elsewhere]


def build() -> World:
    """Plant everything. The case of `here` has a team and a live grant to the partner agency."""
    cast = Cast.read()
    before, places, rows = keys(), {}, {}
    for name in ("here", "next_door", "elsewhere"):
        house = getattr(cast, name)
        case = makers.case(house)
        places[name] = makers.one_of_each(house, case)
        if name == "here":
            makers.join(house, case, *(cast.users[member] for member in TEAM))
            makers.share(house, case, cast.agencies["partner"], *GRANTED)
        now = keys()
        rows[name] = {slug: now[slug] - before[slug] for slug in registry}
        before = now
        with acting_as(house.supervisor):  # as they stand now
            for record in places[name].values():
                record.refresh_from_db()
    document = makers.document(cast.here, places["here"]["case"])
    sized = {size: crowd(size) for size in SIZES}
    rows["sized"] = {slug: found - before[slug] for slug, found in keys().items()}
    made = World(cast, **places, rows=rows, sized=sized, document_pk=document.pk)
    for user in [*cast.users.values(), *(house.supervisor for house in sized.values())]:
        made.cookies[user.username] = session_of(user)
    return made


def session_of(user) -> str:
    """Sign in and give the session's cookie."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def keys() -> dict[str, set]:
    """Give the keys of all rows of every type, read as the owner, whom no fence keeps out."""
    found = {
        slug: set(t.model._base_manager.using("owner").values_list("pk", flat=True))
        for slug, t in registry.items()
    }
    connections["owner"].close()
    return found


def crowd(size: int) -> House:
    """Make an agency that holds exactly `size` records of every kind."""
    with acting_as(None):
        agency = add_agency(by=None, code=f"agency-{size}", name=f"Agency of {size}", kind="protection")
        site = add_site(by=None, agency=agency, code=f"site-{size}", name="Centre", kind="mic", province="20")
        users = {
            role: add_user(by=None, username=f"{role}-{size}", display_name=role, role=role, agency=agency,
                           password="", sites=[site])
            for role in ("intake_officer", "social_worker", "counsellor", "supervisor")
        }  # fmt: skip
    house = House(agency, site, *users.values())
    at = [makers.arrival(house) for _ in range(size)][0]
    for case in makers.registered(house, at=at, who=makers.people(size, household="A")):
        makers.determination(house, case)
        makers.consent(house, case)
        makers.expense(house, case)
        makers.counselling_note(house, case)
        makers.match_decision(house, case, other=case)
        makers.stay(house, case)
        makers.manifest(house, at=at)
    return house
