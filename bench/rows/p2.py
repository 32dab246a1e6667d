"""P2: open a case page of sixty timeline rows, with the reading committed to the journal."""

from itertools import cycle

from bench.browsing import Unexpected
from bench.rounds import Lane
from bench.rows import gnu_health
from bench.serving import World

TITLE = "open a case page (60 events, reading journaled), per page"
BASE, PER, GOAL = "floor", 1, ("CPU", 4.0)
PAGES = 25


def lanes(world: World) -> list[Lane]:
    """Krama's page, and the floor: a row by key, one decryption, one inserted line, a small page."""
    browser, other = world.browser("lead"), world.browser("lead")
    other.port = world.floor.port
    other.close()
    codes, numbers = cycle(world.facts["cases"]), cycle(range(1, world.size + 1, max(1, world.size // 200)))

    def ours():
        answer = browser.get(f"/cases/{next(codes)}/")
        if (
            answer.status != 200
            or answer.text.count("k-timeline__item") + answer.text.count("moj-timeline__item") < 1
        ):
            raise Unexpected(f"A case page answered {answer.status} or without its timeline.")

    def floor():
        if other.get(f"/one/{next(numbers)}/").status != 200:
            raise Unexpected("The floor's page did not come.")

    return [
        Lane("krama", ours, world.meter(world.krama), PAGES),
        Lane("floor", floor, world.meter(world.floor), PAGES * 4),
        gnu_health(),
    ]
