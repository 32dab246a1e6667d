"""What every journey needs: Chromium, a server, a database of its own, and people who sit down at a desk."""

import os
import re
from pathlib import Path

import pytest

from supervisor import browser as browsers
from tests.journeys.desk import Desk
from tests.journeys.given import Given
from tests.journeys.serving import served

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PATIENCE = 8_000  # milliseconds
PICTURES = Path(__file__).parents[2] / "var" / "journeys"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Launch the Chromium of the system; without one the journeys fail with what to install."""
    path = browsers.chromium(os.environ) or ""
    if not Path(path).exists():
        pytest.fail(
            f"The journeys need Chromium. As the administrator run: {browsers.COMMAND}", pytrace=False
        )
    return {"executable_path": path, "headless": True, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def unwatched():
    """Let Django use the database although Playwright keeps an event loop in this thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def address(unwatched):
    """Give where Krama is served."""
    with served() as where:
        yield where


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell the fixtures whether the journey failed, so that they keep a picture."""
    report = yield
    item.stash.setdefault(_REPORTS, {})[report.when] = report
    return report


_REPORTS = pytest.StashKey()


@pytest.fixture
def desks(request, browser, address, client_of):
    """Give `desks(user, **options)`: a browser of one's own in which this user is signed in; None is nobody.

    options: language ("km"), width in pixels, javascript=False. Pictures of all desks are kept in
    var/journeys when the journey fails.
    """
    opened: list[Desk] = []

    def sit_down(user=None, **options) -> Desk:
        desk = Desk.open(browser, address, PATIENCE, **options)
        opened.append(desk)
        if user is not None:
            desk.take_session(client_of(user).cookies["krama_session"].value)
        return desk

    yield sit_down
    call = request.node.stash.get(_REPORTS, {}).get("call")
    for number, desk in enumerate(opened, start=1):
        if call is not None and call.failed:
            PICTURES.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w.-]+", "-", request.node.name)[:120]
            desk.keep_picture(PICTURES / f"{name}-{number}.png")
        desk.close()


@pytest.fixture
def given(committed, unwatched, cast):
    """Give what is so before a journey begins, in a database of its own."""
    return Given(cast)


@pytest.fixture
def sign_in(desks, given):
    """Give `sign_in("supervisor", **options)`: the desk of somebody of the cast, see tests/cast.py."""
    return lambda username, **options: desks(given.cast.users[username], **options)
