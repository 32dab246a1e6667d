"""The journal's one table. It holds codes and ids, never a value that was read or written."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One act. Append-only: the web may INSERT and SELECT, and a trigger refuses the rest to everybody.

    `at` is the database's clock; `sequence` is its order. `groups` are the field groups touched,
    `changed` the names of fields written; `outcome` is done or denied.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=60)
    outcome = models.CharField(max_length=8, default="done")
    actor_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=30, blank=True)
    agency_id = models.BigIntegerField(null=True)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    groups = ArrayField(models.CharField(max_length=12), default=list)
    changed = ArrayField(models.CharField(max_length=60), default=list)
    purpose = models.CharField(max_length=120, blank=True)
    request = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=("case_id", "-sequence"), name="journal_by_case"),
            models.Index(fields=("person_id", "-sequence"), name="journal_by_person"),
            models.Index(fields=("actor_id", "-sequence"), name="journal_by_actor"),
        )
