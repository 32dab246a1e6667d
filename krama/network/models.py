"""Whom the programme works with: clinics, kitchens, schools, shelters, employers, embassies."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from krama.access.models import Agency, TwoNamed
from krama.records.fields import CodeField


class Provider(TwoNamed):
    """An organisation or person that gives services for an agency's clients."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("listed by"))
    kind = CodeField(_("kind"), vocabulary="network.provider_kinds")
    province = CodeField(_("province"), vocabulary="network.provinces", max_length=2)
    active = models.BooleanField(_("active"), default=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("provider"), _("providers")
        ordering = ("name",)
