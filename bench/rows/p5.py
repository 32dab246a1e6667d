"""P5: take in a group of 33 with the check for duplicates against everybody known."""

import os
import time
import uuid
from itertools import cycle

from bench.browsing import Unexpected, questions_of
from bench.measuring import Meter
from bench.people import Inventor
from bench.rounds import Lane
from bench.rows import gnu_health
from bench.serving import World, connect

TITLE = "group intake of 33, duplicates checked; wall per group, CPU per person"
BASE, PER, GOAL = "floor", 33, ("CPU ms a person", 5.0)
PEOPLE, GROUPS = 33, 3


class _Groups:
    """Groups of invented people as the grid of quick registration sends them."""

    def __init__(self, world: World):
        self.world, self.browser = world, world.browser("officer")
        self.inventor = Inventor(int(time.time()))
        self.known = Inventor(world.size)  # draws the loaded people again: one in each group comes back
        self.arrivals = cycle(world.facts["arrivals"])
        self.path, self.fields = "", {}

    def ask(self) -> set[str]:
        """Send the group without decisions; gives the questions that come back."""
        answer = self.browser.post(self.path, self.fields)
        if answer.status != 422 or not questions_of(answer.text):
            raise Unexpected(
                f"A group was answered with {answer.status} instead of questions. {_reasons(answer.text)}"
            )
        return questions_of(answer.text)

    def fresh(self) -> None:
        """Draw the next group; one of it was registered before."""
        self.path = f"/arrivals/{next(self.arrivals)}/register/"
        people = []
        while len(people) < PEOPLE:
            who = self.inventor.person() if people else self.known.person()
            if who.birth_precision in ("day", "year"):
                people.append(who)
        self.fields = grid_of(people)

    def decided(self) -> None:
        """Draw a group and answer its questions, without measuring that."""
        self.fresh()
        self.fields |= dict.fromkeys(self.ask(), "unsure")

    def register(self) -> None:
        """Send the group with the answers: the duplicates are looked for again and everybody is registered."""
        answer = self.browser.post(self.path, self.fields)
        if answer.status != 302:
            raise Unexpected(f"Registering answered {answer.status}. {_reasons(answer.text)}")


def _reasons(page: str) -> str:
    import re

    return " ".join(re.findall(r'class="govuk-error-message[^>]*>(.*?)</', page, re.DOTALL)[:3])


def grid_of(people) -> dict[str, str]:
    """Give invented people as the fields of the grid."""
    fields = {
        "people-TOTAL_FORMS": str(len(people)), "people-INITIAL_FORMS": "0",
        "people-MIN_NUM_FORMS": "0", "people-MAX_NUM_FORMS": "500",
    }  # fmt: skip
    for place, who in enumerate(people):
        birth = f"{who.birth_from:%d/%m/%Y}" if who.birth_precision == "day" else str(who.birth_from.year)
        values = {
            "name": f"{who.family_latin} {who.given_latin}".strip(),
            "name_km": f"{who.family_km} {who.given_km}".strip(),
            "sex": who.sex, "birth": birth, "province": who.province, "village": who.village, "family": "",
            "relation": "", "client_id": str(uuid.uuid4()),
        }  # fmt: skip
        fields |= {f"people-{place}-{name}": value for name, value in values.items()}
    return fields


def lanes(world: World) -> list[Lane]:
    """Krama through HTTP (first look, and the registering request), the floor's group, a bare bulk insert."""
    looking, registering = _Groups(world), _Groups(world)
    floor_browser = world.browser("officer")
    floor_browser.port = world.floor.port
    floor_browser.close()
    inventor = Inventor(3)
    body = "\n".join(
        f"{who.family_latin or who.family_km} {who.given_latin or who.given_km}|{who.province}|{1990}"
        for who in inventor.people(PEOPLE)
    ).encode()

    def floor():
        if floor_browser.post_raw("/group/", body, "text/plain").status != 200:
            raise Unexpected("The floor did not take the group.")

    bare = connect(world.env["DATABASE_URL"])
    statement = (
        "INSERT INTO bench_floor (id, code, status, risk, province, birth_year, name) VALUES "
        + ", ".join(["(nextval('bench_floor_ids'), 'F', 'intake', '', '01', 1990, %s)"] * PEOPLE)
    )  # fmt: skip
    names = [os.urandom(47) for _person in range(PEOPLE)]
    alone = Meter(lambda: ([os.getpid()], [bare.info.backend_pid]))
    measured = world.meter(world.krama)
    return [
        Lane("krama", registering.register, measured, GROUPS, prepare=registering.decided),
        Lane("krama, first look", looking.ask, measured, GROUPS, prepare=looking.fresh),
        Lane("floor", floor, world.meter(world.floor), GROUPS * 8),
        Lane("limit: bulk insert", lambda: bare.execute(statement, names), alone, GROUPS * 16),
        gnu_health(),
    ]
