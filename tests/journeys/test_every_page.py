"""Every page, in both languages, on a desk and on a phone: axe finds nothing, nothing sticks out, links land."""

import contextlib
import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import PATIENCE, PICTURES
from tests.journeys.desk import Desk
from tests.journeys.pages import PAGES, address_of, build

WIDTHS = (1280, 360)
AXE = Axe().axe_script
# Colours are the same in every language, and looking at them is most of axe's work.
RULES = {"en": {}, "km": {"color-contrast": {"enabled": False}}}
FAULTS = """async rules => {
  const found = await axe.run({resultTypes: ['violations'], rules});
  return [document.scrollingElement.scrollWidth, found.violations];
}"""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, unwatched):
    """Give a world in a database of its own, in which every page has something to show."""
    from tests import databases

    with django_db_blocker.unblock(), databases.copied(django_db_setup):
        yield build()


@pytest.fixture(scope="module")
def desk_of(world, browser, address):
    """Give `desk_of(username, language)`: one desk for each, kept for all pages."""
    from django.test import Client

    opened: dict[tuple[str, str], Desk] = {}

    def find(username: str, language: str) -> Desk:
        if (username, language) not in opened:
            desk = opened[username, language] = Desk.open(browser, address, PATIENCE, language=language)
            desk.context.add_init_script(AXE)
            if username:
                client = Client()
                client.force_login(world.cast.users[username])
                desk.take_session(client.cookies["krama_session"].value)
        return opened[username, language]

    yield find
    for desk in opened.values():
        desk.close()


def inspect(desk: Desk, name: str) -> None:
    """Insist that the open page is sound in both widths; keeps a picture when it is not."""
    assert desk.page.evaluate(FRAME) == {"lang": desk.language, "headings": 1, "twice": []}
    assert desk.link_targets_missing() == []
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        with picture_on_failure(desk, f"{name}-{desk.language}-{width}"):
            stuck_out, faults = desk.page.evaluate(FAULTS, RULES[desk.language])
            assert stuck_out <= width, f"{name} is {stuck_out} px wide at {width}: {desk.page.evaluate(WIDE)}"
            assert faults == [], f"{name} ({desk.language}, {width} px): {in_short(faults)}"
    assert desk.complaints == []


FRAME = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return {
    lang: document.documentElement.lang, headings: document.querySelectorAll('h1').length,
    twice: [...new Set(ids.filter((id, n) => ids.indexOf(id) !== n))],
  };
}"""
WIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 5).map(e => e.tagName + '.' + e.className)"""


def in_short(faults: list[dict]) -> str:
    """Give each fault with the elements it was found on."""
    return json.dumps([
        {"rule": fault["id"], "help": fault["help"], "where": [node["html"][:160] for node in fault["nodes"][:3]]}
        for fault in faults
    ], indent=1, ensure_ascii=False)  # fmt: skip


@contextlib.contextmanager
def picture_on_failure(desk: Desk, name: str):
    """Keep a picture in var/journeys when the enclosed fails."""
    try:
        yield
    except AssertionError:
        PICTURES.mkdir(parents=True, exist_ok=True)
        desk.keep_picture(PICTURES / f"page-{name}.png")
        raise


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(world, desk_of, name, language):
    # given a page of the programme
    page = PAGES[name]
    desk = desk_of(page.username, language)
    desk.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    # when it is opened
    assert desk.goes_to(address_of(page, world)) == page.status

    # then axe finds nothing, nothing sticks out, and every link within the page lands
    inspect(desk, name)


FAULTY = {  # page: what is filled in before it is sent, so that it comes back with something to mend
    "sign-in": {},
    "arrival-add": {"arrived_at": "yesterday evening"},
    "consent-add": {},
    "determination-add": {},
    "service-add": {"given_on": "31/31/2026"},
    "service-for-many": {"quantity": "many"},
    "counselling-note-add": {},
    "stay-add": {},
    "provider-add": {},
    "room-add": {},
    "bed-add": {},
    "case-team": {},
    "case-share": {},
    "case-open": {},
    "interview-finished-early": {},
    "grid": {"people-0-name": "Somebody", "people-0-birth": "so high", "people-2-village": "Prey Chrey"},
    "upload": {},
    "list-people": {"people-0-name": "", "people-0-name_km": "", "people-3-birth": "about so high"},
}


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("name", FAULTY)
def test_a_page_that_comes_back_with_faults_is_sound(world, desk_of, name, language):
    # given a form that is not filled in as it must be
    page = PAGES[name]
    desk = desk_of(page.username, language)
    desk.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    desk.goes_to(address_of(page, world))
    desk.fills(**FAULTY[name])

    # when it is sent
    with desk.page.expect_navigation(wait_until="domcontentloaded"):
        desk.page.locator("main form[method=post] button[type=submit]:not([name=more_rows])").last.click()

    # then it comes back, says what to mend, keeps what was typed, and is as sound as before
    assert desk.status == 422
    assert desk.problems
    for field, typed in FAULTY[name].items():
        assert desk.value_of(field) == typed
    inspect(desk, f"{name}-faulty")
