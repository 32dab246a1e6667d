"""Arrivals: people who come back in a group, and the lists that come with them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krama.access.models import Agency, Site, User
from krama.casework.models import Case
from krama.records.fields import CodeField, CodesField, SealedField
from krama.repatriation.terms import ManifestStatus


class Arrival(models.Model):
    """One group at one centre on one day: the facts that all of them share."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="arrivals", verbose_name=_("centre"))
    arrived_at = models.DateTimeField(_("arrived"))
    country = CodeField(_("from country"), vocabulary="casework.countries", max_length=2)
    province_abroad = models.CharField(_("from province or city"), max_length=80, blank=True)
    handed_over_by = CodeField(_("handed over by"), vocabulary="repatriation.handing_authorities")
    authority = models.CharField(_("name of the office"), max_length=160, blank=True)
    documents = CodesField(
        verbose_name=_("documents that came along"), vocabulary="repatriation.arrival_documents"
    )
    announced = models.SmallIntegerField(_("number announced"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("arrival"), _("arrivals")
        constraints = (
            models.CheckConstraint(
                condition=Q(announced=None) | Q(announced__gt=0), name="arrival_announced_positive"
            ),
        )

    def __str__(self) -> str:
        return self.code


class ArrivalPerson(models.Model):
    """A person's place in an arrival; `line` is the number that is called out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="people", verbose_name=_("arrival"))
    case = models.OneToOneField(Case, models.CASCADE, related_name="arrival_place", verbose_name=_("case"))
    line = models.SmallIntegerField(_("number"))
    client_id = models.UUIDField(_("sent as"), unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("arrival place"), _("arrival places")
        constraints = (models.UniqueConstraint(fields=("arrival", "line"), name="arrival_line_once"),)


class Manifest(models.Model):
    """A list as it was handed over. The original stays, sealed; `grid` is what was read from it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="manifests", verbose_name=_("arrival"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    status = models.CharField(_("status"), max_length=10, choices=ManifestStatus, default=ManifestStatus.READ)
    filename = SealedField(_("file name"), most=200)
    original = SealedField(_("original file"), kind="file", most=12_000_000)
    grid = SealedField(_("what was read"), kind="text", most=20_000_000)
    meanings = models.JSONField(_("meanings that the officer chose"), default=dict, blank=True)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    size = models.IntegerField(_("size in bytes"))
    rows_imported = models.SmallIntegerField(_("people imported"), null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("received by"))
    received_at = models.DateTimeField(_("received"))
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("manifest"), _("manifests")
