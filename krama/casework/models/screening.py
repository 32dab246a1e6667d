"""The interview, and what was determined from it."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from krama.access.models import User
from krama.casework.models.case import Case
from krama.casework.terms import Answer, Authority, Outcome, ScreeningStatus
from krama.records.fields import CodeField, CodesField, SealedField

SUGGESTED = (*Outcome.choices, ("cannot_say", _("Not enough is known yet")))


def _answer(label):
    return models.CharField(label, max_length=10, choices=Answer, blank=True)


def _grounds(label):
    return SealedField(label, kind="text", most=2000)


class Screening(models.Model):
    """One interview. Urgent needs come first; each part is saved by itself, so it can stop at any time.

    Act, means and purpose (Palermo Protocol, Art. 3) are answered apart, each with its grounds; nothing
    final is computed from them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="screenings", verbose_name=_("case"))
    status = models.CharField(
        _("status"), max_length=10, choices=ScreeningStatus, default=ScreeningStatus.OPEN
    )
    interviewer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("interviewer"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    urgent_needs = CodesField(verbose_name=_("urgent needs"), vocabulary="casework.urgent_needs")
    immediate_risk = CodesField(
        verbose_name=_("signs of immediate risk"), vocabulary="casework.immediate_risk"
    )
    urgent_done = _grounds(_("what was done at once"))

    needs_asked = models.BooleanField(_("urgent needs were asked about"), default=False)

    informed = models.BooleanField(
        _("purpose, use of the answers and the right to stop were explained"), default=False
    )
    agreed = models.BooleanField(_("the person agrees to be interviewed"), null=True, blank=True)
    language = CodeField(_("language of the interview"), vocabulary="casework.languages", blank=True)
    understood = models.BooleanField(
        _("interviewer or interpreter speaks this language"), null=True, blank=True
    )
    interpreter = models.BooleanField(_("with an interpreter"), default=False)
    interpreter_fit = models.BooleanField(
        _("the interpreter is neither relative, fellow traveller nor feared"), null=True, blank=True
    )
    place = CodeField(_("place"), vocabulary="casework.interview_place", blank=True)
    privacy = CodeField(_("privacy"), vocabulary="casework.privacy", blank=True)
    others_in_hearing = SealedField(_("who could hear, and why"), most=300)

    reasons_for_leaving = CodesField(
        verbose_name=_("reasons for leaving"), vocabulary="casework.reasons_for_leaving"
    )
    recruitment = CodesField(
        verbose_name=_("how the person was recruited"), vocabulary="casework.method_of_recruitment"
    )
    recruiter_relation = CodeField(
        _("relation to the recruiter"), vocabulary="casework.relationship_to_trafficker", blank=True
    )
    recruited_by_family = models.BooleanField(_("family took part in sending the person"), default=False)
    travel = _grounds(_("the journey"))
    exploitation = CodesField(
        verbose_name=_("what the person was made to do"), vocabulary="casework.type_of_exploitation"
    )
    industry = CodeField(_("kind of work"), vocabulary="casework.forced_labour_industry", blank=True)
    controls = CodesField(verbose_name=_("means of control"), vocabulary="casework.methods_of_control")
    months_abroad = models.SmallIntegerField(_("months abroad"), null=True, blank=True)
    detention_days = models.SmallIntegerField(_("days held by authorities"), null=True, blank=True)
    release = _grounds(_("how it ended"))
    story = _grounds(_("in the person's own words"))
    indicators = CodesField(
        verbose_name=_("signs of labour exploitation"),
        vocabulary="casework.ilo_indicators",
        groups="casework.ilo_dimensions:dimension",
    )

    act = _answer(_("act"))
    act_grounds = _grounds(_("grounds for the act"))
    means = _answer(_("means"))
    means_grounds = _grounds(_("grounds for the means"))
    purpose = _answer(_("purpose"))
    purpose_grounds = _grounds(_("grounds for the purpose"))
    abuse_abroad = _answer(_("abused or exploited abroad"))
    in_need = _answer(_("in need of help now"))
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("screening"), _("screenings")
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(status="open"), name="screening_one_open_per_case"
            ),
        )

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.started_at), "DATETIME_FORMAT")

    def get_absolute_url(self) -> str:
        """The interview's own page."""
        return reverse("screening", args=[self.pk])


class Determination(models.Model):
    """What the person was found to be, by whom, on which grounds. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="determinations", verbose_name=_("case"))
    screening = models.ForeignKey(
        Screening, models.PROTECT, null=True, blank=True, related_name="determinations",
        verbose_name=_("screening"),
    )  # fmt: skip
    authority = models.CharField(_("kind"), max_length=8, choices=Authority, default=Authority.PARTNER)
    outcome = models.CharField(_("outcome"), max_length=24, choices=Outcome)
    grounds = _grounds(_("grounds"))
    departure = _grounds(_("why it differs from the suggested reading"))
    suggested = models.CharField(_("suggested reading"), max_length=24, choices=SUGGESTED, blank=True)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    body = CodeField(_("deciding body"), vocabulary="casework.decision_making_org", blank=True)
    reference = models.CharField(_("reference number"), max_length=80, blank=True)
    age = models.SmallIntegerField(_("age on that day"), null=True, blank=True)
    child = models.BooleanField(_("treated as a child"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("determination"), _("determinations")
