"""Steps of quick registration: the grid, filled by keyboard or by pointing."""

from dataclasses import dataclass

from tests.journeys.desk import Desk


@dataclass(frozen=True)
class Newcomer:
    """What an officer types about one person. sex: F, M or other; family: a letter shared by relatives."""

    name: str
    sex: str
    birth: str
    name_km: str = ""
    village: str = ""
    family: str = ""
    relation: str = ""


FAMILY_AND_OTHERS = (
    Newcomer("Prak Sokunthea", "F", "34", village="Prey Chrey", family="A"),
    Newcomer("Prak Vuthy", "M", "11", village="Prey Chrey", family="A", relation="child"),
    Newcomer("Prak Malis", "F", "7", village="Prey Chrey", family="A", relation="child"),
    Newcomer("Chhim Bopha", "F", "31/12/1999"),
    Newcomer("Ros Kosal", "M", "1981"),
)


def open_grid(officer: Desk, arrival) -> None:
    """Open the empty grid of an arrival."""
    officer.goes_to(f"/arrivals/{arrival.code}/register/")


def types_down_the_grid(officer: Desk, people) -> None:
    """Fill the grid with the keyboard alone: Tab from box to box, arrows for the sex."""
    keys = officer.page.keyboard
    reach(officer, lambda name: name == "people-0-name")
    for place, person in enumerate(people):
        assert focused(officer) == f"people-{place}-name"
        keys.type(person.name)
        keys.press("Tab")
        keys.type(person.name_km)
        keys.press("Tab")
        keys.press("Space" if person.sex == "F" else "ArrowRight")
        keys.press("Tab")
        keys.type(person.birth)
        keys.press("Tab")
        keys.press("Tab")  # past the province
        keys.type(person.village)
        keys.press("Tab")
        keys.type(person.family)
        keys.press("Tab")
        if person.relation:
            keys.type(officer.page.locator(f'option[value="{person.relation}"]').first.inner_text()[:3])
        keys.press("Tab")
        keys.press("Tab")  # past "leave out"


def focused(officer: Desk) -> str:
    """Give the name of the control that has the focus, or the words on it."""
    return officer.page.evaluate(
        "() => { const e = document.activeElement; return e.name || e.textContent.trim() || e.tagName; }"
    )


def reach(officer: Desk, wanted, *, most: int = 160) -> None:
    """Press Tab until the control is reached that `wanted` accepts by its name or words."""
    for _step in range(most):
        if wanted(focused(officer)):
            return
        officer.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not get there; it stands on {focused(officer)!r}")


def submits_by_keyboard(officer: Desk, words: str) -> None:
    """Walk to the button and press Enter."""
    said = officer.word(words)
    reach(officer, lambda name: name == said)
    with officer.page.expect_navigation(wait_until="domcontentloaded"):
        officer.page.keyboard.press("Enter")


def writes(officer: Desk, people) -> None:
    """Fill the grid by pointing at its boxes."""
    for place, person in enumerate(people):
        officer.fills(**{f"people-{place}-{name}": value for name, value in vars(person).items() if value})


def written(officer: Desk, count: int) -> list[Newcomer]:
    """Read back what stands in the first rows of the grid."""
    names = ("name", "sex", "birth", "name_km", "village", "family", "relation")
    return [
        Newcomer(**{name: officer.value_of(f"people-{place}-{name}") for name in names})
        for place in range(count)
    ]
