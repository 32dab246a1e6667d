"""A thief with the database, or with the logs, finds no name: the demo's people are looked for in a full dump.

Every name of the demo story (invented) is searched as UTF-8, UTF-16 in both orders, hexadecimal and base64 in its
three alignments, in upper, lower and written case, in the dump of a database that holds them all and in the logs
that were written meanwhile. A control first hides each form in the dump's text and must find it.
"""

import base64
import os
import re
import subprocess
from collections.abc import Iterator

from bench.proofs import Outcome, Stopped
from bench.proofs.site import Site, site
from bench.serving import connect, database_of, manage
from supervisor import binaries
from supervisor.postgres import ADMIN, OWNER, WEB

NAME = "dump-canary"
GOAL = "no name of the demo's people in the dump or in any log, in any encoding"
DEMO = "krama_canary"
OPEN_TABLES = (b"access_user", b"access_agency", b"access_site", b"network_provider")
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
            whole, single = _names()
            outcome.seen |= {
                "names": len(whole) + len(single),
                "dump_bytes": len(dump),
                "people": _people(here),
            }
            _search(outcome, whole, {"dump": dump, **logs}, tell)
            _search(outcome, single, {"dump": without_open_tables(dump), **logs}, tell)
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


def _names() -> tuple[list[str], list[str]]:
    """Give whole names, papers and phones; and single names long enough not to be a piece of a common word."""
    from krama.demo.people import LONG_AN, MALAYSIA

    whole: dict[str, None] = {}
    single: dict[str, None] = {}
    for who in (*LONG_AN, *MALAYSIA):
        for family, given in ((who["family_km"], who["given_km"]), (who["family_latin"], who["given_latin"])):
            whole |= dict.fromkeys((f"{family} {given}", f"{given} {family}", f"{family}{given}"))
        whole |= dict.fromkeys(number for number in (who["id_number"], who["phone"]) if number)
        names = (who["given_latin"], who["given_km"], who["nickname"])
        single |= dict.fromkeys(name for name in names if len(name) >= SHORTEST)
    return list(whole), list(single)


def without_open_tables(dump: bytes) -> bytes:
    """Give the dump without the rows of staff, agencies, sites and providers, which are shown to everybody and
    may share a given name with somebody."""
    for table in OPEN_TABLES:
        dump = re.sub(
            rb"^COPY public\." + table + rb" \(.*?^\\\.$", b"", dump, flags=re.MULTILINE | re.DOTALL
        )
    return dump


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


def _search(outcome: Outcome, names: list[str], places: dict[str, bytes], tell) -> None:
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
                    found = f"name {number} lies in {place} as {encoding}{_where(place, content, form)}"
                    outcome.failures.append(found)
        if number % 50 == 0:
            tell(f"{NAME}: {number} of {len(names)} names, {len(outcome.failures)} found")


def _where(place: str, content: bytes, form: bytes) -> str:
    """Say in which table of the dump, never what."""
    if place != "dump":
        return ""
    tables = re.findall(rb"^COPY (\S+) ", content[: content.index(form)], re.MULTILINE)
    return f" in {tables[-1].decode()}" if tables else ""
