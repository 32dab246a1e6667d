"""What the person agreed to or refused."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krama.access.models import User
from krama.casework.models.case import Case
from krama.casework.terms import Answer, ConsentAnswer
from krama.records.fields import CodeField, CodesField, SealedField
from krama.vault.models import Document


class Consent(models.Model):
    """One answer, to these purposes and recipients. A change of mind is a new row; a withdrawal is dated.

    For a child: the child's assent and the responsible adult, or a best-interest decision by two people.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="consents", verbose_name=_("case"))
    answer = models.CharField(_("answer"), max_length=8, choices=ConsentAnswer)
    purposes = CodesField(verbose_name=_("purposes"), vocabulary="casework.consent_purposes", blank=False)
    recipients = ArrayField(
        models.SlugField(max_length=20), verbose_name=_("recipients"), default=list, blank=True
    )
    given_by = CodeField(_("given by"), vocabulary="casework.consent_given_by", blank=True)
    giver = SealedField(_("name of the adult who consented"), most=160)
    took_part = models.CharField(
        _("did this adult take part in the trafficking"), max_length=10, choices=Answer, blank=True
    )
    assent = CodeField(_("the child's own word"), vocabulary="casework.assent", blank=True)
    informed = models.BooleanField(
        _("everything was explained in words the person understands"), default=False
    )
    how = CodeField(_("how"), vocabulary="casework.consent_how_given", blank=True)
    interpreter = models.BooleanField(_("with an interpreter"), default=False)
    witness = SealedField(_("witness"), most=160)
    second_decider = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second decision-maker")
    )
    grounds = SealedField(
        _("grounds of a best-interest decision, or why nobody could decide"), kind="text", most=2000
    )
    limits = SealedField(_("limits: what must not be shared, with whom"), kind="text", most=1000)
    proof = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("form or voice file"),
    )
    given_on = models.DateField(_("given on"))
    until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("given_on")),
                name="consent_given_before_until",
            ),
        )
