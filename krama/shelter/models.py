"""Rooms, beds and stays. The database itself refuses two people in one bed."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from krama.access.models import Agency, Site, User
from krama.casework.models import Case
from krama.shelter.terms import ForAge, ForSex


class Room(models.Model):
    """A room of a site, and for whom it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms", verbose_name=_("site"))
    name = models.CharField(_("room"), max_length=60)
    for_sex = models.CharField(_("for"), max_length=8, choices=ForSex, default=ForSex.ANY)
    for_age = models.CharField(_("age"), max_length=10, choices=ForAge, default=ForAge.ANY)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("room"), _("rooms")
        ordering = ("site", "name")
        constraints = (models.UniqueConstraint(fields=("site", "name"), name="room_name_once"),)

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """One bed. `number` is its whole identity inside the exclusion constraint."""

    number = models.AutoField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    room = models.ForeignKey(Room, models.PROTECT, related_name="beds", verbose_name=_("room"))
    label = models.CharField(_("bed"), max_length=20)
    in_use = models.BooleanField(_("in use"), default=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("bed"), _("beds")
        ordering = ("room", "number")
        constraints = (models.UniqueConstraint(fields=("room", "label"), name="bed_label_once"),)

    def __str__(self) -> str:
        return self.label


class Int4Point(Func):
    """The integer as a range of one, so that GiST needs no extension: [n, n]."""

    function = "int4range"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"


class Stay(models.Model):
    """A person in a bed, from–to; an open end is a stay that goes on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="stays", verbose_name=_("case"))
    bed = models.ForeignKey(Bed, models.PROTECT, related_name="stays", verbose_name=_("bed"))
    during = DateTimeRangeField(_("from–to"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("given by"))
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("stay"), _("stays")
        constraints = (
            ExclusionConstraint(
                name="stay_bed_once",
                expressions=[
                    (Int4Point(F("bed")), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~models.Q(during__isempty=True), name="stay_not_empty"),
            models.UniqueConstraint(
                fields=("case",), condition=models.Q(during__upper_inf=True), name="stay_one_open_per_case"
            ),
        )
