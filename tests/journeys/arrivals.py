"""Steps of an arrival: announced, its list taken in, its people registered, fed and given beds."""

import re

from tests.journeys.desk import Desk
from tests.journeys.given import SAMPLES, evening


def announce(officer: Desk, *, site, announced: int = 33) -> str:
    """Announce an arrival from Long An; gives its code. Starts on the first page."""
    officer.goes_to("/")
    officer.follows("New arrival")
    officer.fills(
        site=site.pk, arrived_at=f"{_local(evening()):%d/%m/%Y %H:%M}", country="VN", province_abroad="Long An",
        handed_over_by="cambodian_authority", authority="Border police post", announced=announced,
    )  # fmt: skip
    officer.presses("Save")
    return officer.where.strip("/").rpartition("/")[2]


def _local(moment):
    from django.utils import timezone

    return timezone.localtime(moment)


def take_in(officer: Desk, arrival: str, file) -> None:
    """Hand in a list: the name of a sample, or a file made on the spot."""
    officer.goes_to(f"/arrivals/{arrival}/")
    officer.follows("Take in a list")
    officer.fills(file=SAMPLES / file if isinstance(file, str) else file)
    officer.presses("Read the list")


def import_everybody(officer: Desk) -> None:
    """Go on from what was understood, say that look-alikes are two, and import."""
    officer.presses("Go on to the people")
    officer.presses("Import everybody")
    if officer.page.locator(".k-likely").count():
        decide_all(officer, "different")
        officer.presses("Import everybody")


def decide_all(officer: Desk, decision: str) -> None:
    """Give the same answer to every likeness that is shown."""
    for answer in officer.page.locator(f'.k-likely input[value="{decision}"]').all():
        answer.check()


def figures(desk: Desk) -> dict[str, int]:
    """Read people, children, girls, boys and adults from the top of the board."""
    stats = desk.page.locator(".k-stat")
    people, children, adults = (
        int(stats.nth(place).locator(".k-stat__value").inner_text().split("/")[0]) for place in range(3)
    )
    girls, boys = map(int, re.findall(r"\d+", stats.nth(1).locator(".k-stat__detail").inner_text()))
    return {"people": people, "children": children, "girls": girls, "boys": boys, "adults": adults}


def people_on(desk: Desk) -> list[str]:
    """Give the codes on the board in the order of their numbers."""
    return [
        box.get_attribute("value") for box in desk.page.locator('.k-board tbody input[name="person"]').all()
    ]


def done(desk: Desk, step: str) -> tuple[int, int]:
    """Read from the head of a column how many of how many are done."""
    column = desk.page.locator(".k-board__step", has_text=desk.word(step)).first
    part, whole = re.findall(r"\d+", column.locator(".k-board__count").inner_text())
    return int(part), int(whole)


def choose(desk: Desk, codes: list[str] | None = None) -> None:
    """Tick people on the board; everybody, unless codes are given."""
    if codes is None:
        desk.page.locator("#k-all").check(force=True)
    for code in codes or ():
        desk.page.locator(f"#k-pick-{code}").check(force=True)


def feed(officer: Desk, arrival: str, **cost) -> None:
    """Record one meal for everybody in one go."""
    officer.goes_to(f"/arrivals/{arrival}/")
    choose(officer)
    officer.presses("Meals")
    officer.fills(given_on=f"{_local(evening()):%d/%m/%Y}", **cost)
    officer.presses("Record")


def give_beds(officer: Desk, arrival: str) -> None:
    """Take the proposal for everybody."""
    officer.goes_to(f"/arrivals/{arrival}/")
    choose(officer)
    officer.presses("Give beds")
    officer.presses("Give these beds")
