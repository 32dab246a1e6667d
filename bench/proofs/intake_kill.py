"""A batch import is killed at any moment: afterwards everybody is registered, or nobody.

Through HTTP as an officer does it: sign in, upload the list of 33, confirm the columns, answer the questions,
submit. While the last request runs, gunicorn and PostgreSQL are killed with signal 9, at a moment between 0 and
1.5 times its usual duration; both are started again, the database recovers by itself. Then the officer sends the
same form once more, as one does who saw no answer: in the end exactly 33 people are registered.
"""

import contextlib
import os
import random
import statistics
import threading
import time

from bench.browsing import Browser, Lost, Unexpected, fields_of, questions_of
from bench.proofs import Outcome, Stopped
from bench.proofs.site import Site, site
from supervisor.checkout import ROOT

NAME = "intake-kill"
GOAL = "33 people with 33 journal entries, or none, after every kill; exactly 33 after sending again"
SAMPLE, PEOPLE = ROOT / "krama" / "demo" / "samples" / "long-an-33.xlsx", 33
ROUNDS, WARM = 50, 3
COUNTED = {
    "persons": "SELECT count(*) FROM vault_person",
    "cases": "SELECT count(*) FROM casework_case",
    "identities": "SELECT count(*) FROM vault_identity",
    "places": "SELECT count(*) FROM repatriation_arrivalperson",
    "case.register": "SELECT count(*) FROM journal_entry WHERE action = 'case.register'",
    "manifest.import": "SELECT count(*) FROM journal_entry WHERE action = 'manifest.import'",
    "imported": "SELECT count(*) FROM repatriation_manifest WHERE status = 'imported'",
}
NOBODY = dict.fromkeys(COUNTED, 0)
EVERYBODY = NOBODY | dict.fromkeys(("persons", "cases", "identities", "places", "case.register"), PEOPLE)
EVERYBODY |= {"manifest.import": 1, "imported": 1}


def prove(env, scale: float, tell) -> Outcome:
    """Kill 50 × `scale` imports; gives what was found."""
    outcome, seed = Outcome(), int.from_bytes(os.urandom(4))
    chance = random.Random(seed)
    outcome.seen["seed"] = seed
    try:
        with site(env) as here:
            usual = _usual(here, tell)
            outcome.seen["usual_ms"] = round(usual * 1000)
            ends = dict.fromkeys(("nobody", "everybody", "answered"), 0)
            outcome.seen["ends"] = ends
            for number in range(max(1, round(ROUNDS * scale))):
                end, failure, usual = _round(here, usual, chance)
                outcome.count += 1
                ends[end] = ends.get(end, 0) + 1
                if failure:
                    outcome.failures.append(f"round {number + 1}: {failure}")
                tell(f"{NAME}: {outcome.count} kills, {ends}, {len(outcome.failures)} failures")
    except KeyboardInterrupt:
        raise Stopped(outcome) from None
    return outcome


def _usual(here: Site, tell) -> float:
    """Import a few lists undisturbed; gives how long the last request takes, in seconds."""
    _ready(here, first=True)
    took = []
    for _time in range(WARM):
        before = _counts(here)
        browser, path, fields = _ready(here)
        begin = time.monotonic()
        answer = browser.post(path, fields)
        took.append(time.monotonic() - begin)
        made = _grown(before, _counts(here))
        if answer.status != 302 or made != EVERYBODY:
            raise Unexpected(f"An undisturbed import answered {answer.status} and made {made}.")
    tell(f"{NAME}: the import takes {statistics.median(took) * 1000:.0f} ms here")
    return statistics.median(took)


def _ready(here: Site, *, first: bool = False) -> tuple[Browser, str, dict[str, str]]:
    """Bring a fresh arrival's list up to the last button; gives the form as the officer would send it.

    first: nobody is known yet, so nothing is asked and the list is imported at once. Later the same people
    come again and again, and every list has its questions.
    """
    browser = here.browser("officer")
    arrival = here.facts["arrivals"].pop()
    browser.get(f"/arrivals/{arrival}/manifest/")
    answer = browser.post(
        f"/arrivals/{arrival}/manifest/", {}, file=("file", SAMPLE.name, SAMPLE.read_bytes())
    )
    if answer.status != 302:
        raise Unexpected(f"The upload answered {answer.status}.")
    listed = answer.place
    page = browser.get(listed)
    answer = browser.post(listed, fields_of(page.text, "column-"))
    if answer.status != 302:
        raise Unexpected(f"The columns answered {answer.status}.")
    rows = answer.place
    fields = fields_of(browser.get(rows).text, "people-")
    answer = browser.post(rows, fields)
    questions = questions_of(answer.text)
    if answer.status != (302 if first else 422) or bool(questions) == first:
        raise Unexpected(f"The rows answered {answer.status} with {len(questions)} questions.")
    return browser, rows, fields | dict.fromkeys(questions, "different")


def _round(here: Site, usual: float, chance: random.Random) -> tuple[str, str, float]:
    """Kill one import, look, send again, look; gives how it ended and a sentence when it is wrong.

    Also how long the import took when it was sent again: with every round more people are known and an import
    takes longer, and the next kill must be able to come after its commit.
    """
    before = _counts(here)
    browser, path, fields = _ready(here)
    answered: list[int] = []

    def send():
        with contextlib.suppress(Lost):
            answered.append(browser.post(path, fields).status)

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(chance.uniform(0, 1.5 * usual))
    here.kill(database_first=chance.random() < 0.5)
    sender.join()
    here.restart()
    made = _grown(before, _counts(here))
    end = "answered" if answered == [302] else "everybody" if made == EVERYBODY else "nobody"
    if made not in (NOBODY, EVERYBODY) or (answered == [302] and made != EVERYBODY):
        return end, f"after the kill there were {made}, answered {answered}", usual
    browser.port = here.server.port
    browser.close()
    begin = time.monotonic()
    again = browser.post(path, fields)
    if questions := questions_of(again.text):
        begin = time.monotonic()
        again = browser.post(path, fields | dict.fromkeys(questions, "different"))
    took = (
        time.monotonic() - begin if end == "nobody" else usual
    )  # a second sending of what is there is short
    made = _grown(before, _counts(here))
    return end, "" if made == EVERYBODY else f"sent again, answered {again.status}, there were {made}", took


def _counts(here: Site) -> dict[str, int]:
    with here.admin() as admin:
        return {name: admin.execute(sql).fetchone()[0] for name, sql in COUNTED.items()}


def _grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in COUNTED}
