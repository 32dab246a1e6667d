"""Every page of Krama by name, made from the record types; and a world in which each of them has something."""

from dataclasses import dataclass, field

from krama.access.scoping import acting_as
from krama.casework import parts
from krama.casework.actions.screening import start_screening
from krama.records.types import registry
from krama.repatriation.actions import receive_manifest
from tests import makers
from tests.cast import Cast
from tests.journeys.given import SAMPLES

MESSY = "khmer-only.xlsx"  # eight people with many doubts
WRITER = {"counselling-note": "counsellor"}  # who adds and changes; everywhere else the supervisor may


@dataclass(frozen=True)
class Page:
    """One page: who opens it, and where it is in a world (a template of names of World.keys)."""

    name: str
    path: str
    username: str = "supervisor"
    status: int = 200


@dataclass
class World:
    """Keys by name, to be put into the paths of pages."""

    cast: Cast
    keys: dict[str, str] = field(default_factory=dict)


def engine_pages() -> list[Page]:
    """Give list, detail, add, change, for-many and transition pages of every record type."""
    found = []
    for slug, declared in registry.items():
        home, writer = f"/records/{slug}/", WRITER.get(slug, "supervisor")
        found.append(Page(f"{slug}-list", home))
        found.append(Page(f"{slug}-detail", f"{home}{{{slug}}}/"))
        if declared.add:
            query = "?case={fresh}" if declared.behind == "case" else ""
            found.append(Page(f"{slug}-add", f"{home}add/{query}", writer))
        if declared.add_many:
            found.append(Page(f"{slug}-for-many", f"{home}for-many/?person={{code}}&person={{fresh}}"))
        if declared.change and declared.asks:
            found.append(Page(f"{slug}-change", f"{home}{{{slug}}}/change/", writer))
        found += [
            Page(f"{slug}-{step.name}", f"{home}{{{slug}}}/do/{step.name}/", writer)
            for step in declared.transitions
        ]
    return found


def own_pages() -> list[Page]:
    """Give the pages that are not the engine's."""
    case, arrival, interview = "/cases/{code}/", "/arrivals/{group}/", "/screenings/{screening}/"
    return [
        Page("sign-in", "/sign-in/", ""),
        Page("nothing-here", "/records/case/nothing-of-the-kind/", status=404),
        Page("may-not-open", "/cases/{code}/identity/", "programme_manager", status=403),
        *(Page(f"home-of-{role}", "/", role)
          for role in ("intake_officer", "supervisor", "programme_manager", "donor", "administrator")),
        Page("case", case), Page("case-as-manager", case, "programme_manager"),
        Page("case-as-counsellor", case, "counsellor"),
        Page("case-team", f"{case}team/"), Page("case-share", f"{case}share/"),
        Page("case-identity", f"{case}identity/"),
        Page("interview-start", "/cases/{fresh}/screening/"), Page("interview", interview),
        Page("interview-finished-early", "/records/screening/{unfinished}/do/finish/"),
        Page("interview-as-manager", interview, "programme_manager"),
        *(Page(f"interview-{part.slug}", f"{interview}{part.slug}/") for part in parts.PARTS),
        Page("board", arrival, "intake_officer"), Page("board-empty", "/arrivals/{empty}/"),
        Page("board-on-paper", f"{arrival}list/"), Page("grid", f"{arrival}register/"),
        Page("upload", f"{arrival}manifest/"), Page("list-understood", "/manifests/{messy}/"),
        Page("list-people", "/manifests/{messy}/rows/"),
        Page("beds", "/beds/"), Page("beds-as-officer", "/beds/", "intake_officer"),
        Page("beds-give", "/beds/give/?person={code}&person={fresh}"),
    ]  # fmt: skip


PAGES = {page.name: page for page in (*own_pages(), *engine_pages())}


def build() -> World:
    """Make one record of every kind, a fresh case, an empty arrival and a messy list."""
    cast = Cast.read()
    house = cast.here
    case = makers.case(house)
    made = makers.one_of_each(house, case)
    fresh = makers.case(house, canaries=False)
    keys = {slug: str(record.pk) for slug, record in made.items()}
    keys |= {"code": case.code, "fresh": fresh.code, "group": made["arrival-place"].arrival.code}
    empty = makers.arrival(house)
    with acting_as(house.officer) as by:
        content = (SAMPLES / MESSY).read_bytes()
        messy = receive_manifest(empty, by=by, filename=MESSY, content=content)
        unfinished = start_screening(makers.case(house, canaries=False), by=by)
    keys |= {"empty": empty.code, "messy": str(messy.pk), "unfinished": str(unfinished.pk)}
    return World(cast, keys)


def address_of(page: Page, world: World) -> str:
    """Give the page's path in this world."""
    return page.path.format(**world.keys)


__all__ = ["PAGES", "Page", "World", "address_of", "build"]
