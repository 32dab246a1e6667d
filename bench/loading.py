"""Fills one empty, migrated Krama database with many sealed people; run as `python -m bench.loading SIZE CACHE`.

Reads the environment of Krama's own processes and KRAMA_TEST_ADMIN_URL with the same database. Rows are made
with the vault's own keys, ciphers and tokens, then copied in; the copy keeps the order of tables but not the
checks of foreign keys (`session_replication_role`), so the result is probed afterwards: people are looked for
by name and must be found. What was copied is kept in CACHE as the server's own binary copies, together with
the keys, and used again while neither the code of the vault nor this loading changed.

SIZE 0 makes the agency and its staff alone. Prints one JSON line: what was loaded, how long
it took, and who can sign in.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import django
import psycopg

AGENCY, PASSWORD = "bench", "measure-me-well-1"
SITES = (("poipet", "01"), ("bavet", "20"), ("doung", "12"))
STAFF = (
    ("officer", "intake_officer"), ("lead", "supervisor"), ("worker", "social_worker"), ("second", "intake_officer"),
)  # fmt: skip
BEFORE = 1_000_000  # the journal of setting the agency up is numbered below, that of the loaded people above
TEAM_OF_WORKER, WITH_HISTORY, EVENTS, ARRIVALS = 400, 200, 60, 120
TABLES = (
    "vault_person", "access_casescope", "casework_case", "vault_datakey", "vault_identity", "vault_contact",
    "vault_matchtoken", "journal_entry", "access_teammember", "casework_service", "casework_consent",
    "casework_determination", "casework_screening",
)  # fmt: skip
NOW = datetime.fromisoformat("2026-11-01T02:00:00+00:00")


def main(size: int, cache: Path) -> dict:
    """Load `size` people; gives the facts that are printed."""
    django.setup()
    begin = time.monotonic()
    if not size:
        staff, arrivals = _people_of_the_agency()
        names = {name: user.username for name, user in staff.items()}
        return {"size": 0, "staff": names, "password": PASSWORD, "arrivals": arrivals, "cases": []}
    admin = psycopg.connect(_address("KRAMA_TEST_ADMIN_URL"), autocommit=True)
    whole = cache / "whole"
    cached = whole.exists()
    if cached:
        shutil.copy(cache / "agency-keys.json", Path(os.environ["KRAMA_KEYS"]) / "agency-keys.json")
    staff, arrivals = _people_of_the_agency()
    admin.execute("SET session_replication_role = replica")
    if cached:
        _copy_back(admin, cache)
    else:
        _copy_in(admin, size, staff)
        _keep(admin, cache)
        whole.touch()
    copied = time.monotonic()
    admin.execute(
        "SELECT setval('journal_entry_order', (SELECT coalesce(max(sequence), 0) + 1 FROM journal_entry))"
    )
    admin.execute("VACUUM ANALYZE")
    rows = admin.execute("SELECT count(*) FROM vault_person").fetchone()[0]
    tokens = admin.execute("SELECT count(*) FROM vault_matchtoken").fetchone()[0]
    busy = admin.execute(
        "SELECT s.code FROM access_casescope s WHERE EXISTS (SELECT 1 FROM casework_service v WHERE v.case_id = s.id)"
        " ORDER BY s.code"
    ).fetchall()
    probe = _probe(staff["officer"])
    return {
        "size": size, "people": rows, "tokens": tokens, "from_cache": cached, "probes_found": probe,
        "seconds": {"rows": round(copied - begin, 1), "vacuum_and_probe": round(time.monotonic() - copied, 1)},
        "staff": {name: user.username for name, user in staff.items()}, "password": PASSWORD,
        "arrivals": arrivals, "cases": [row[0] for row in busy],
    }  # fmt: skip


def _address(name: str) -> str:
    return os.environ[name].replace("postgres://", "postgresql://", 1)


def _people_of_the_agency():
    """Sites, staff and announced arrivals, by Krama's own actions; always with the same ids."""
    from krama.access.actions import add_agency, add_site, add_user
    from krama.access.scoping import acting_as
    from krama.repatriation.actions import announce

    with acting_as(None):
        agency = add_agency(by=None, code=AGENCY, name="Bench", kind="protection")
        sites = [
            add_site(by=None, agency=agency, code=code, name=code, kind="transit_centre", province=province)
            for code, province in SITES
        ]
        staff = {
            name: add_user(by=None, username=name, display_name=name, role=role, agency=agency,
                           password=PASSWORD, sites=sites)
            for name, role in STAFF
        }  # fmt: skip
    with acting_as(staff["officer"]):
        arrivals = [
            announce(by=staff["officer"], site=sites[place % 3], arrived_at=NOW, country="TH",
                     handed_over_by="foreign_authority").code
            for place in range(ARRIVALS)
        ]  # fmt: skip
    return staff, arrivals


class _Rows:
    """Makes the rows of all tables for one person after the other."""

    def __init__(self, size: int, staff):
        from bench.people import Inventor
        from krama.access.models import Site

        self.size, self.staff = size, staff
        self.inventor, self.chance = Inventor(size), Random(size)
        self.sites = list(Site.objects.order_by("pk").values_list("pk", "agency_id"))
        self.made: dict[str, list] = {}
        self.codes: set[str] = set()
        self.sequence = BEFORE

    def batches(self) -> Iterator[dict[str, list]]:
        """Give the rows by table, five thousand people at a time."""
        for place in range(self.size):
            self._person(place)
            if place % 5000 == 4999 or place == self.size - 1:
                yield self.made
                self.made = {}

    def _add(self, table: str, **values) -> None:
        self.made.setdefault(table, []).append(values)

    def _id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _code(self, prefix: str, length: int) -> str:
        from krama.vault.rules.codes import new_code

        while True:
            code = new_code(prefix, self.chance.randbytes(5), length=length)
            if code not in self.codes:
                self.codes.add(code)
                return code

    def _key(self, kind: str, subject: UUID, group: str, agency: int):
        """A data key, wrapped in its row; gives it ready to seal with."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        from krama.vault import sealed
        from krama.vault.keyring import wrap_context
        from krama.vault.keys import key_service

        key = sealed.new_key()
        wrapped = key_service().wrap(agency, key, wrap_context(subject, group))
        self._add("vault_datakey", id=self._id(), kind=kind, subject=subject, group=group, agency_id=agency,
                  wrapped=wrapped)  # fmt: skip
        return AESGCM(key)

    def _sealed(self, key, table: str, record, group: str, subject, texts: dict[str, str]) -> dict:
        from krama.vault import sealed

        return {
            name: sealed.seal(key, text.encode(), sealed.place(table, name, record, group, subject))
            if text else None for name, text in texts.items()
        }  # fmt: skip

    def _person(self, place: int) -> None:
        from krama.vault.actions.registering import blinded
        from krama.vault.rules.name_keys import tokens_to_store

        who, person, case = self.inventor.person(), self._id(), self._id()
        site, agency = self.chance.choices(self.sites, (5, 3, 2))[0]
        code = self._code("K26", 6)
        self._add(
            "vault_person", id=person, code=self._code("P", 8), sex=who.sex,
            birth_year=who.birth_from.year if who.birth_from else None, birth_precision=who.birth_precision,
            birth_basis="", nationality="KH", province=who.province, created_at=NOW, version=1,
        )  # fmt: skip
        self._add("access_casescope", id=case, code=code, person_id=person, agency_id=agency, site_id=site,
                  sealed=False, opened_by_id=self.staff["officer"].pk)  # fmt: skip
        self._identity(who, person, agency)
        facts = facts_of(who)
        for token in sorted(set(blinded(tokens_to_store(facts), agency_id=agency))):
            self._add("vault_matchtoken", person_id=person, agency_id=agency, token=token)
        self._case(place, who, case, code, person, agency)
        self._journal("case.register", case, person, agency)

    def _identity(self, who, person: UUID, agency: int) -> None:
        key = self._key("person", person, "identity", agency)
        texts = {name: getattr(who, name) for name in
                 ("family_km", "given_km", "family_latin", "given_latin", "nickname", "id_number")}  # fmt: skip
        texts["name_as_written"] = " ".join(filter(None, (who.family_latin, who.given_latin)))
        for side in ("birth_from", "birth_to"):
            texts[side] = getattr(who, side).isoformat() if getattr(who, side) else ""
        sealed = self._sealed(key, "vault_identity", person, "identity", person, texts)
        self._add("vault_identity", person_id=person, photo=None, version=1, **sealed)
        if who.village or who.phone:
            key = self._key("person", person, "location", agency)
            texts = {"village": who.village, "phone": who.phone}
            sealed = self._sealed(key, "vault_contact", person, "location", person, texts)
            self._add(
                "vault_contact",
                person_id=person,
                district=None,
                commune=None,
                address=None,
                version=1,
                **sealed,
            )

    def _case(self, place: int, who, case: UUID, code: str, person: UUID, agency: int) -> None:
        chance = self.chance
        status = chance.choices(("intake", "active", "follow_up", "closed"), (10, 25, 15, 50))[0]
        # The cases that pages are opened of lie anywhere among the others.
        with_history = place % max(1, self.size // WITH_HISTORY) == 0
        notice = None
        if with_history:
            status = "active"
            key = self._key("case", case, "narrative", agency)
            texts = {"safety_notice": "The recruiter lives near the family; call before any visit."}
            notice = self._sealed(key, "casework_case", case, "narrative", case, texts)["safety_notice"]
            self._history(case)
        worker = self.staff["worker"]
        if place < TEAM_OF_WORKER:
            self._add("access_teammember", id=self._id(), case_id=case, user_id=worker.pk, part="case_worker",
                      since=NOW - timedelta(days=30), until=None)  # fmt: skip
        age = 2026 - who.birth_from.year if who.birth_from else None
        self._add(
            "casework_case", scope_id=case, code=code, person_id=person, status=status,
            registered_at=NOW - timedelta(minutes=chance.randrange(3 * 365 * 1440)), age=age,
            child=age is None or age < 18, category=chance.choice(("", "trafficking_survivor", "abused_migrant")),
            risk=chance.choices(("", "high", "medium", "low"), (2, 1, 3, 4))[0],
            next_step=chance.choice(("", "full_interview", "counselling")),
            next_due=NOW.date() + timedelta(days=chance.randrange(-60, 120)) if chance.random() < 0.7 else None,
            next_by_id=worker.pk if chance.random() < 0.5 else None, safety_notice=notice,
            opened_on=NOW.date() if status != "intake" else None, version=1,
        )  # fmt: skip

    def _history(self, case: UUID) -> None:
        """Sixty events: a consent, an interview, a finding, and services."""
        lead, day = self.staff["lead"].pk, NOW.date()
        self._add("casework_consent", id=self._id(), case_id=case, answer="given", purposes=["services"],
                  recipients=[], given_by="", took_part="", assent="", informed=True, how="", interpreter=False,
                  given_on=day, recorded_by_id=lead, version=1)  # fmt: skip
        self._add("casework_screening", id=self._id(), case_id=case, status="finished", interviewer_id=lead,
                  started_at=NOW, finished_at=NOW, version=1)  # fmt: skip
        self._add("casework_determination", id=self._id(), case_id=case, authority="partner",
                  outcome="trafficking_survivor", suggested="", decided_on=day, decided_by_id=lead, body="",
                  reference="", child=False, recorded_at=NOW)  # fmt: skip
        for place in range(EVENTS - 3):
            self._add("casework_service", id=self._id(), case_id=case, given_on=day - timedelta(days=place),
                      kind=("meal", "medical_check", "transit_accommodation")[place % 3], quantity=1,
                      given_by_id=lead, version=1)  # fmt: skip

    def _journal(self, action: str, case: UUID, person: UUID, agency: int) -> None:
        self.sequence += 1
        officer = self.staff["officer"]
        self._add("journal_entry", id=self._id(), sequence=self.sequence, at=NOW, action=action, outcome="done",
                  actor_id=officer.pk, role=officer.role, agency_id=agency, record_type="casework.case",
                  record_id=str(case), case_id=case, person_id=person, groups=["open", "identity", "location"],
                  changed=[], purpose="", request="")  # fmt: skip


def facts_of(who):
    """Give an invented person as the matcher wants them."""
    from krama.vault.rules.person_facts import PersonFacts

    names = ("family_km", "given_km", "family_latin", "given_latin", "nickname", "id_number", "sex",
             "birth_from", "birth_to", "village", "province", "phone")  # fmt: skip
    written = " ".join(filter(None, (who.family_latin, who.given_latin)))
    return PersonFacts(**{name: getattr(who, name) for name in names}, name_as_written=written)


def _copy_in(admin: psycopg.Connection, size: int, staff) -> None:
    filled = _defaults()
    for made in _Rows(size, staff).batches():
        with admin.transaction(), admin.cursor() as cursor:
            for table in TABLES:
                rows = made.get(table)
                if not rows:
                    continue
                rows = [{**filled.get(table, {}), **row} for row in rows]
                names = ", ".join(f'"{name}"' for name in rows[0])
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(tuple(row.values()))


def _defaults() -> dict[str, dict]:
    """What Django would fill in by itself, for the tables of which the rows above name only a part."""
    from krama.casework import models

    given = {}
    for model in (models.Consent, models.Screening, models.Determination, models.Service):
        given[model._meta.db_table] = {
            f.column: _plain(f.get_default()) for f in model._meta.concrete_fields if not f.primary_key
        }
    return given


def _plain(value):
    return value if isinstance(value, (str, int, bool, list, date, type(None))) else None


def _keep(admin: psycopg.Connection, cache: Path) -> None:
    for old in cache.parent.glob(f"{cache.name.split('-')[0]}-*"):
        shutil.rmtree(old)  # of another version of the code
    cache.mkdir(mode=0o700, parents=True)
    for table in TABLES:
        columns = _columns(admin, table)
        # The entries of setting the agency up are written anew each time.
        only = f" WHERE sequence > {BEFORE}" if table == "journal_entry" else ""
        with (
            (cache / table).open("wb") as out,
            admin.cursor() as cursor,
            cursor.copy(f"COPY (SELECT {columns} FROM {table}{only}) TO STDOUT (FORMAT BINARY)") as copy,
        ):
            for block in copy:
                out.write(block)
    shutil.copy(Path(os.environ["KRAMA_KEYS"]) / "agency-keys.json", cache / "agency-keys.json")


def _copy_back(admin: psycopg.Connection, cache: Path) -> None:
    for table in TABLES:
        columns = _columns(admin, table)
        with (
            (cache / table).open("rb") as source,
            admin.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)") as copy,
        ):
            while block := source.read(1 << 20):
                copy.write(block)


def _columns(admin: psycopg.Connection, table: str) -> str:
    """All columns but those that the database numbers itself."""
    rows = admin.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        " AND is_identity = 'NO' ORDER BY ordinal_position", (table,),
    ).fetchall()  # fmt: skip
    return ", ".join(f'"{row[0]}"' for row in rows)


def _probe(officer) -> str:
    """Look twenty loaded people up by their own names, as matching does; gives "found of looked for"."""
    from bench.people import Inventor
    from krama.access.scoping import acting_as
    from krama.vault.actions.matching import known_like

    size = int(sys.argv[1])
    wanted = [facts_of(who) for who in Inventor(size).people(min(size, 20)) if who.birth_from]
    with acting_as(officer):
        found = known_like(wanted, by=officer)
    hits = sum(any(known.likeness.verdict == "likely" for known in each) for each in found)
    if hits < len(wanted) * 0.8:
        raise SystemExit(
            f"Of {len(wanted)} loaded people only {hits} are found again; the load is not right."
        )
    return f"{hits} of {len(wanted)}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))) + "\n")
