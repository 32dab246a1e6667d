"""Enumerations on which code branches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStatus(TextChoices):
    """Where a case stands. HTCDS: intake and active = Active, follow_up = FollowUp, closed = Closed."""

    INTAKE = "intake", _("Intake")
    ACTIVE = "active", _("Active")
    FOLLOW_UP = "follow_up", _("Follow-up")
    CLOSED = "closed", _("Closed")


class Outcome(TextChoices):
    """What a determination found (programme §2)."""

    TRAFFICKING_SURVIVOR = "trafficking_survivor", _("Trafficking survivor")
    ABUSED_MIGRANT = "abused_migrant", _("Abused migrant")
    OTHER_RETURNEE = "other_returnee", _("Other returnee in need")
    NONE = "none", _("None of these")


class Answer(TextChoices):
    """An answer that keeps "not known" apart from "no"."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class Authority(TextChoices):
    """Who determined: the partner itself, or an authority that recognised formally (kept apart)."""

    PARTNER = "partner", _("Identified by this agency")
    FORMAL = "formal", _("Formally recognised by an authority")


class ScreeningStatus(TextChoices):
    """An interview can be stopped and resumed."""

    OPEN = "open", _("Under way")
    FINISHED = "finished", _("Finished")


class ConsentAnswer(TextChoices):
    """What the person said."""

    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Refused")
