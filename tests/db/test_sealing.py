"""The vault's promises: a value opens in its own place, under its own agency's key, and nowhere else."""

import base64
import json
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from krama.access.scoping import acting_as
from krama.casework.models import CounsellingNote, Service
from krama.records.sealing import open_unjournaled
from krama.records.writing import Denied, Hidden, Refused
from krama.vault.actions.reveal import reveal
from krama.vault.keys import KeysUnusable, LocalKeys, key_service
from krama.vault.models import DataKey, Identity
from krama.vault.sealed import DoesNotOpen
from tests import makers


def raw(sql: str, *values) -> None:
    """Write as somebody who got hold of the tables, past the fences."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
    connections["owner"].close()


def opened(model, pk, *names) -> dict:
    return open_unjournaled([model.objects.get(pk=pk)], names)[0]


def test_a_value_opens_where_it_was_sealed(cast):
    case = makers.case(cast.here)
    with acting_as(cast.supervisor):
        assert opened(Identity, case.person_id, "family_latin") == {
            "family_latin": makers.NAME_CANARIES["family_latin"]
        }


def test_a_value_in_another_column_does_not_open(committed, cast):
    case = makers.case(cast.here)
    raw("UPDATE vault_identity SET nickname = given_latin")
    with acting_as(cast.supervisor), pytest.raises(DoesNotOpen):
        opened(Identity, case.person_id, "nickname")


def test_a_value_in_another_row_of_the_same_case_does_not_open(committed, cast):
    case = makers.case(cast.here)
    one, two = makers.service(cast.here, case), makers.service(cast.here, case)
    raw(
        "UPDATE casework_service SET note = (SELECT note FROM casework_service WHERE id = %s) WHERE id = %s",
        one.pk,
        two.pk,
    )
    with acting_as(cast.supervisor), pytest.raises(DoesNotOpen):
        opened(Service, two.pk, "note")


def test_a_value_of_another_case_does_not_open(committed, cast):
    one, two = makers.case(cast.here), makers.case(cast.here)
    note = makers.counselling_note(cast.here, one)
    makers.counselling_note(cast.here, two)
    raw("UPDATE casework_counsellingnote SET case_id = %s WHERE id = %s", two.pk, note.pk)
    with acting_as(cast.supervisor), pytest.raises(DoesNotOpen):
        opened(CounsellingNote, note.pk, "note")


def test_a_changed_value_does_not_open(committed, cast):
    case = makers.case(cast.here)
    raw("UPDATE vault_identity SET given_latin = set_byte(given_latin, 20, get_byte(given_latin, 20) # 1)")
    with acting_as(cast.supervisor), pytest.raises(DoesNotOpen):
        opened(Identity, case.person_id, "given_latin")


def test_a_data_key_does_not_open_under_another_agency(committed, cast):
    case = makers.case(cast.here)
    makers.case(cast.elsewhere)
    raw(
        "UPDATE vault_datakey SET agency_id = %s WHERE subject = %s", cast.elsewhere.agency.pk, case.person_id
    )
    with acting_as(cast.supervisor), pytest.raises(KeysUnusable):
        opened(Identity, case.person_id, "given_latin")


def test_a_data_key_of_another_subject_does_not_open(committed, cast):
    one, two = makers.case(cast.here), makers.case(cast.here)
    raw(
        "UPDATE vault_datakey k SET wrapped ="
        ' (SELECT wrapped FROM vault_datakey o WHERE o.subject = %s AND o."group" = k."group")'
        " WHERE subject = %s", one.person_id, two.person_id,
    )  # fmt: skip
    with acting_as(cast.supervisor), pytest.raises(KeysUnusable):
        opened(Identity, two.person_id, "given_latin")


def test_equal_names_look_different_in_the_table(cast):
    one, two = makers.case(cast.here), makers.case(cast.here)
    with acting_as(cast.supervisor):
        blobs = Identity.objects.filter(person_id__in=[one.person_id, two.person_id])
        assert len({bytes(row.family_latin) for row in blobs}) == 2


def test_names_want_a_purpose_and_the_identity_group(cast):
    case = makers.case(cast.here)
    makers.join(cast.here, case, cast.programme_officer)
    with acting_as(cast.supervisor) as by:
        with pytest.raises(Refused):
            reveal([case], by=by, purpose="curiosity")
        assert reveal([case], by=by, purpose="supervision")[case.pk].family_latin.startswith("Qzy")
    for who, problem in (("me_officer", Denied), ("programme_manager", Denied), ("outside_supervisor", Hidden),
                         ("administrator", Hidden), ("donor", Hidden), ("idle_worker", Hidden)):  # fmt: skip
        with acting_as(cast.users[who]) as by, pytest.raises(problem):
            reveal([case], by=by, purpose="supervision")


# Keys -----------------------------------------------------------------------------------------------


@pytest.fixture
def key_file(committed):
    """The key file of the tests, put back afterwards."""
    path = Path(settings.KEYS) / "agency-keys.json"
    service = key_service()
    yield path
    if path.with_suffix(".aside").exists():
        os.replace(path.with_suffix(".aside"), path)
    service._known.clear()
    service._ciphers.clear()


def lose(path: Path) -> None:
    shutil.copy(path, path.with_suffix(".aside"))
    path.unlink()
    key_service()._known.clear()
    key_service()._ciphers.clear()


def test_a_lost_key_file_is_told_by_the_health_check(key_file, cast):
    case = makers.case(cast.here)
    assert Client().get("/healthz").status_code == 200
    lose(key_file)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert "Restore the key file" in answer.json()["reason"]
    with acting_as(cast.supervisor), pytest.raises(KeysUnusable):
        opened(Identity, case.person_id, "given_latin")
    assert not key_file.exists()  # reading makes no new key, which would hide the loss


def test_an_unreadable_key_file_is_told_by_the_health_check(key_file, cast):
    makers.case(cast.here)
    lose(key_file)
    key_file.write_text("{ half a fi", "ascii")
    assert Client().get("/healthz").status_code == 503
    key_file.unlink()


def test_the_wrong_agency_key_does_not_open(key_file, cast):
    case = makers.case(cast.here)
    lose(key_file)
    wrong = base64.b64encode(bytes(32)).decode()
    key_file.write_text(json.dumps({str(cast.here.agency.pk): {"1": wrong}}), "ascii")
    with acting_as(cast.supervisor), pytest.raises(KeysUnusable):
        opened(Identity, case.person_id, "given_latin")
    key_file.unlink()


def test_each_agency_has_its_own_key_and_match_key(tmp_path):
    keys = LocalKeys(tmp_path)
    wrapped = keys.wrap(1, bytes(32), b"here")
    assert keys.unwrap(1, wrapped, b"here") == bytes(32)
    keys.wrap(2, bytes(32), b"here")
    for agency, place in ((2, b"here"), (1, b"there")):
        with pytest.raises(KeysUnusable):
            keys.unwrap(agency, wrapped, place)
    assert keys.token_key(1) != keys.token_key(2)
    assert oct((tmp_path / "agency-keys.json").stat().st_mode & 0o777) == "0o600"


def test_the_keys_in_the_database_are_wrapped(cast):
    makers.case(cast.here)
    with acting_as(cast.supervisor):
        lengths = {len(bytes(row.wrapped)) for row in DataKey.objects.all()}
    assert lengths == {2 + 12 + 32 + 16}  # version, nonce, key, tag
