"""Sealing and opening of model fields: finds the data key of each subject and group, makes missing ones."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from krama.access.models import CaseScope
from krama.records.fields import SealedField
from krama.records.sealing import group_of
from krama.vault import sealed
from krama.vault.keys import key_service
from krama.vault.models import DataKey

Place = tuple[uuid.UUID, str]


def subject_of(record: models.Model) -> tuple[str, uuid.UUID]:
    """Give the kind and id of whose key seals this record: its case, else its person, else itself."""
    for kind in ("case", "person"):
        found = getattr(record, f"{kind}_id", None)
        if found is not None:
            return kind, found
    return "agency", record.pk


def wrap_context(subject: object, group: str) -> bytes:
    """Give the additional data that ties a wrapped data key to its subject and group."""
    return f"{subject}|{group}".encode()


class Keyring:
    """The vault as `krama.records.sealing` knows it."""

    def seal(self, rows: Sequence[tuple[models.Model, Mapping[str, str | bytes]]]) -> None:
        """Put ciphertext into the fields; blank values empty them."""
        keys = self._keys(_wanted(rows), create=True, records=[record for record, _values in rows])
        for record, values in rows:
            subject = subject_of(record)[1]
            for name, value in values.items():
                setattr(record, name, self._sealed(record, name, value, keys, subject))

    def _sealed(self, record, name, value, keys, subject) -> bytes | None:
        if value in ("", b"", None):
            return None
        group = group_of(type(record), name)
        content = value if isinstance(value, bytes) else str(value).encode()
        return sealed.seal(keys[subject, group], content, _place(record, name, group, subject))

    def open(self, records: Sequence[models.Model], names: Sequence[str]) -> list[dict]:
        """Give {name: text} for each record, blank for empty; files are given as bytes."""
        fields = {name: type(records[0])._meta.get_field(name) for name in names}
        filled = [(r, {n: b"x" for n in names if getattr(r, n)}) for r in records]
        keys = self._keys(_wanted(filled), create=False, records=records)
        return [{name: self._opened(r, name, fields[name], keys) for name in names} for r in records]

    def _opened(self, record, name, field: SealedField, keys):
        blob = getattr(record, name)
        if not blob:
            return b"" if field.kind == "file" else ""
        subject, group = subject_of(record)[1], group_of(type(record), name)
        key = keys.get((subject, group))
        if key is None:
            raise sealed.DoesNotOpen("The data key of this value is not within sight.")
        content = sealed.unseal(key, bytes(blob), _place(record, name, group, subject))
        return content if field.kind == "file" else content.decode()

    def _keys(self, wanted: set[Place], *, create: bool, records) -> dict[Place, AESGCM]:
        if not wanted:
            return {}
        keys: dict[Place, AESGCM] = {}
        for row in DataKey.objects.filter(subject__in={subject for subject, _group in wanted}):
            if (row.subject, row.group) in wanted:
                keys[row.subject, row.group] = self.opened_key(
                    row.agency_id, row.wrapped, row.subject, row.group
                )
        missing = wanted - keys.keys()
        return {**keys, **self._create(missing, records)} if missing and create else keys

    @staticmethod
    def opened_key(agency_id: int, wrapped: bytes, subject, group: str) -> AESGCM:
        """Unwrap one data key."""
        return AESGCM(key_service().unwrap(agency_id, bytes(wrapped), wrap_context(subject, group)))

    def _create(self, missing: set[Place], records) -> dict[Place, AESGCM]:
        kinds = {subject: kind for kind, subject in map(subject_of, records)}
        agencies = _agencies(kinds, records)
        made, rows = {}, []
        for subject, group in sorted(missing, key=str):
            key, agency_id = sealed.new_key(), agencies[subject]
            blob = key_service().wrap(agency_id, key, wrap_context(subject, group))
            rows.append(
                DataKey(kind=kinds[subject], subject=subject, group=group, agency_id=agency_id, wrapped=blob)
            )
            made[subject, group] = AESGCM(key)
        DataKey.objects.bulk_create(rows)
        return made


def _agencies(kinds: Mapping[uuid.UUID, str], records: Iterable[models.Model]) -> dict[uuid.UUID, int]:
    """Whose agency key wraps: the case's, the person's first visible case's, or the record's own."""
    cases = [subject for subject, kind in kinds.items() if kind == "case"]
    persons = [subject for subject, kind in kinds.items() if kind == "person"]
    found = {r.pk: r.agency_id for r in records if kinds.get(r.pk) == "agency"}
    found |= dict(CaseScope.objects.filter(pk__in=cases).values_list("pk", "agency_id")) if cases else {}
    if persons:
        found |= dict(CaseScope.objects.filter(person_id__in=persons).values_list("person_id", "agency_id"))
    return found


def _wanted(rows) -> set[Place]:
    return {
        (subject_of(record)[1], group_of(type(record), name))
        for record, values in rows
        for name, value in values.items()
        if value not in ("", b"", None)
    }


def _place(record: models.Model, name: str, group: str, subject) -> bytes:
    return sealed.place(record._meta.db_table, name, record.pk, group, subject)
