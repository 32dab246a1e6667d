"""A thief with the database, or with the logs, finds no name: the demo's people are looked for in a full dump.

Every name of the demo story (invented) is searched as UTF-8, UTF-16 in both orders, hexadecimal and base64 in its
three alignments, in upper, lower and written case, in the dump of a database that holds them all and in the logs
that were written meanwhile. A control first hides each form in the dump's text and must find it.
"""

import base64
import os
import re
import subprocess
from collections.abc import Iterable, Iterator

from bench.proofs import Outcome, Stopped
from bench.proofs.site import Site, site
from bench.serving import connect, database_of, manage
from supervisor import binaries
from supervisor.checkout import ROOT
from supervisor.postgres import ADMIN, OWNER, WEB

NAME = "dump-canary"
GOAL = "no name of the demo's people in the dump or in any log, in any encoding"
DEMO = "krama_canary"
SHORTEST = 5  # letters of a single Latin name that are worth a search; whole names are searched in any case


def prove(env, scale: float, tell) -> Outcome:
    """Tell the demo story, dump it, search; `scale` changes nothing, there is one demo."""
    outcome = Outcome()
    try:
        with site(env) as here:
            tell(f"{NAME}: telling the demo story")
            demo = _demo(here)
            if demo is None:
                return Outcome(absent="the demo story cannot be told: fill_demo fails")
            tell(f"{NAME}: dumping")
            dump = _dump(here)
            logs = {log.name: log.read_bytes() for log in (here.cluster.log, here.log) if log.exists()}
            logs["fill_demo"] = demo.encode()
            names = _names()
            outcome.seen |= {"names": len(names), "dump_bytes": len(dump), "rows": _people(here)}
            _search(outcome, names, {"dump": dump, **logs}, tell)
    except KeyboardInterrupt:
        raise Stopped(outcome) from None
    return outcome


def _demo(here: Site) -> str | None:
    here.cluster.create_database(DEMO, OWNER)
    env = {
        **here.env,
        "DATABASE_URL": here.cluster.url(WEB, DEMO),
        "DATABASE_OWNER_URL": here.cluster.url(OWNER, DEMO),
        "KRAMA_DEMO": "1",
    }
    from supervisor.words import Problem

    manage(env, "migrate", "--no-input", "-v0")
    try:
        return manage(env, "fill_demo")
    except Problem:
        return None


def _people(here: Site) -> int:
    with connect(database_of(here.cluster.url(ADMIN, "postgres"), DEMO)) as admin:
        return admin.execute("SELECT count(*) FROM vault_identity").fetchone()[0]


def _dump(here: Site) -> bytes:
    program = binaries.choose(binaries.look(os.environ), None).program("pg_dump")
    address = database_of(here.cluster.url(ADMIN, "postgres"), DEMO).replace(
        "postgres://", "postgresql://", 1
    )
    done = subprocess.run([program, "--dbname", address], capture_output=True)
    if done.returncode:
        raise RuntimeError(f"pg_dump: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout


def _names() -> list[str]:
    """Whole names in both orders, and single names long enough not to be a piece of a common word."""
    from krama.demo.people import LONG_AN, MALAYSIA

    names: dict[str, None] = {}
    for who in (*LONG_AN, *MALAYSIA):
        for family, given in ((who["family_km"], who["given_km"]), (who["family_latin"], who["given_latin"])):
            names |= dict.fromkeys((f"{family} {given}", f"{given} {family}", f"{family}{given}"))
        names |= dict.fromkeys(n for n in (who["given_latin"], who["nickname"]) if len(n) >= SHORTEST)
        names |= dict.fromkeys(n for n in (who["given_km"],) if len(n) >= SHORTEST)
        names |= dict.fromkeys(n for n in (who["id_number"], who["phone"]) if n)
    spoken = _staff()
    return [name for name in names if name and not any(name.lower() in text.lower() for text in spoken)]


def _staff() -> list[str]:
    """What the demo shows openly: staff and places are no secret, and may share a given name with somebody."""
    source = (ROOT / "krama" / "demo" / "accounts.py").read_text()
    return re.findall(r'"([^"]+)"', source)


def forms_of(name: str) -> Iterator[tuple[str, bytes]]:
    """Give (encoding, bytes) for all the ways in which a name may lie somewhere."""
    for text in dict.fromkeys((name, name.lower(), name.upper())):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = text.encode(encoding)
            yield encoding, raw
            yield f"{encoding} hex", raw.hex().encode()
            yield f"{encoding} HEX", raw.hex().upper().encode()
            for shift in range(3):
                # The letters at the edges depend on the neighbours: those in between do not.
                coded = base64.b64encode(b"\0" * shift + raw + b"\0" * 2)
                first, last = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
                if last - first >= 8:
                    yield f"{encoding} base64", coded[first:last]
        escaped = text.encode("unicode_escape")
        if escaped != text.encode():
            yield "escaped", escaped


def _search(outcome: Outcome, names: Iterable[str], places: dict[str, bytes], tell) -> None:
    names = list(names)
    dump = places["dump"]
    for name in names[:5]:  # the control: what is hidden must be found
        for encoding, form in forms_of(name):
            outcome.count += 1
            if form not in dump[:2000] + form + dump[-2000:]:
                outcome.failures.append(f"the control does not find {encoding}")
    for number, name in enumerate(names, start=1):
        for encoding, form in forms_of(name):
            for place, content in places.items():
                outcome.count += 1
                if form in content:
                    outcome.failures.append(
                        f"name {number} lies in {place} as {encoding}{_where(place, content, form)}"
                    )
        if number % 40 == 0:
            tell(f"{NAME}: {number} of {len(names)} names, {len(outcome.failures)} found")


def _where(place: str, content: bytes, form: bytes) -> str:
    """Say in which table of the dump, never what."""
    if place != "dump":
        return ""
    tables = re.findall(rb"^COPY (\S+) ", content[: content.index(form)], re.MULTILINE)
    return f" in {tables[-1].decode()}" if tables else ""
