"""Two officers register people of one arrival at the same moment, and one of them presses the button twice.

Each sends a group of their own through HTTP; the first officer's form is sent by two connections at once. All
three start together. Afterwards the arrival has every person once, the numbers run without a gap, and the journal
has one entry a person.
"""

import threading
from random import Random

from bench.browsing import Browser, questions_of
from bench.people import Inventor
from bench.proofs import Outcome, Stopped
from bench.proofs.site import Site, site
from bench.rows.p5 import grid_of

NAME = "two-officers"
GOAL = "nobody lost, nobody doubled, numbers 1 to n, one journal entry a person, in every round"
ROUNDS, EACH = 30, 6


def prove(env, scale: float, tell) -> Outcome:
    """Let them meet 30 × `scale` times; gives what was found."""
    outcome = Outcome()
    inventor = Inventor(Random().getrandbits(32))
    try:
        with site(env) as here:
            browsers = [here.browser(who) for who in ("officer", "second", "officer")]
            for number in range(max(1, round(ROUNDS * scale))):
                failure = _round(here, browsers, inventor)
                outcome.count += 1
                if failure:
                    outcome.failures.append(f"round {number + 1}: {failure}")
                tell(f"{NAME}: {outcome.count} rounds, {len(outcome.failures)} failures")
    except KeyboardInterrupt:
        raise Stopped(outcome) from None
    return outcome


def _round(here: Site, browsers: list[Browser], inventor: Inventor) -> str:
    arrival = here.facts["arrivals"].pop()
    one, two = grid_of(_group(inventor)), grid_of(_group(inventor))
    before = here.count("SELECT count(*) FROM journal_entry WHERE action = 'case.register'")
    people = here.count("SELECT count(*) FROM vault_person")
    start = threading.Barrier(3)
    statuses: list[int] = [0, 0, 0]

    def send(place: int, fields: dict[str, str]) -> None:
        browser, path = browsers[place], f"/arrivals/{arrival}/register/"
        browser.get(path)
        start.wait()
        answer = browser.post(path, fields)
        for _time in range(3):
            if answer.status != 422 or not questions_of(answer.text):
                break
            fields = fields | dict.fromkeys(questions_of(answer.text), "different")
            answer = browser.post(path, fields)
        statuses[place] = answer.status

    senders = [threading.Thread(target=send, args=pair) for pair in enumerate((one, two, one))]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return _wrong(here, arrival, statuses, people, before)


def _group(inventor: Inventor) -> list:
    people = []
    while len(people) < EACH:
        who = inventor.person()
        if who.birth_precision in ("day", "year"):
            people.append(who)
    return people


def _wrong(here: Site, arrival: str, statuses: list[int], people: int, before: int) -> str:
    with here.admin() as admin:
        lines = [row[0] for row in admin.execute(
            "SELECT p.line FROM repatriation_arrivalperson p JOIN repatriation_arrival a ON a.id = p.arrival_id"
            " WHERE a.code = %s ORDER BY p.line", (arrival,),
        )]  # fmt: skip
    made = here.count("SELECT count(*) FROM vault_person") - people
    entries = here.count("SELECT count(*) FROM journal_entry WHERE action = 'case.register'") - before
    expected = 2 * EACH
    if statuses != [302, 302, 302] or made != expected or entries != expected:
        return f"answers {statuses}, {made} people and {entries} entries instead of {expected}"
    return "" if lines == list(range(1, expected + 1)) else f"the numbers are {lines}"
