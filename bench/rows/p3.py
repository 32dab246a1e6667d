"""P3: the caseload, fifty cases filtered by two fields and sorted by a third."""

from bench.browsing import Unexpected
from bench.rounds import Lane
from bench.rows import gnu_health
from bench.serving import World

TITLE = "list of 50 cases, filtered by two fields, sorted, per page"
BASE, PER, GOAL = "floor", 1, ("CPU", 2.0)
ADDRESS = "/records/case/?status=active&risk=high&order=next_due"


def lanes(world: World) -> list[Lane]:
    """Krama's list for one who sees every case of the agency and for one with a team of 400; the floor's list
    of fifty rows by the same filters, with one decryption a row and no count of the whole."""
    lead, worker, other = world.browser("lead"), world.browser("worker"), world.browser("lead")
    other.port = world.floor.port
    other.close()

    def page(browser, address, least):
        answer = browser.get(address)
        if answer.status != 200 or answer.text.count("<tr") < least:
            raise Unexpected(f"{address} answered {answer.status} with {answer.text.count('<tr')} rows.")

    least = 50 if world.size >= 3000 else 1
    return [
        Lane("krama", lambda: page(lead, ADDRESS, least), world.meter(world.krama), 10),
        Lane("krama, own team", lambda: page(worker, ADDRESS, 1), world.meter(world.krama), 10),
        Lane(
            "floor",
            lambda: page(other, "/fifty/?status=active&risk=high", least),
            world.meter(world.floor),
            40,
        ),
        gnu_health(),
    ]
