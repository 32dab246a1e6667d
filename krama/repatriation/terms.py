"""Enumerations on which code branches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ManifestStatus(TextChoices):
    """A list is read, then imported whole or set aside."""

    READ = "read", _("Read, not imported")
    IMPORTED = "imported", _("Imported")
    SET_ASIDE = "set_aside", _("Set aside")
