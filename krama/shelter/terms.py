"""Enumerations on which code branches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForSex(TextChoices):
    """Whom a room takes."""

    ANY = "any", _("Families and anyone")
    WOMEN = "women", _("Women and girls")
    MEN = "men", _("Men and boys")


class ForAge(TextChoices):
    """Which ages a room takes."""

    ANY = "any", _("Any age")
    CHILDREN = "children", _("Children")
    ADULTS = "adults", _("Adults")
