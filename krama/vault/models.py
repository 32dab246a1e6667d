"""Persons as opaque codes; who they are, sealed beside.

Sex, birth year and home province stay open because rules, beds and figures need them; everything that
names or finds a person is sealed.
"""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from krama.access.models import Agency, CaseScope, User
from krama.records.fields import CodeField, ReasonsField, SealedField


class Person(models.Model):
    """A person, known by a code. Several cases may be about the same person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True)
    sex = CodeField(_("sex"), vocabulary="vault.gender", blank=True)
    birth_year = models.SmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_precision = models.CharField(_("precision of birth date"), max_length=8, blank=True)
    birth_basis = CodeField(_("basis of age"), vocabulary="vault.birth_basis", blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    province = CodeField(_("home province"), vocabulary="network.provinces", max_length=2, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("persons")

    def __str__(self) -> str:
        return self.code

    @property
    def person_id(self):
        """The person's own id, as every row about a person names it."""
        return self.pk


class Identity(models.Model):
    """Who the person is. Khmer order is family name first; Latin spellings are kept as given."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="identity")
    family_km = SealedField(_("family name in Khmer"), most=80)
    given_km = SealedField(_("given name in Khmer"), most=80)
    family_latin = SealedField(_("family name in Latin letters"), most=80)
    given_latin = SealedField(_("given name in Latin letters"), most=80)
    nickname = SealedField(_("name used at home"), most=80)
    name_as_written = SealedField(_("name as written on the list"), most=200)
    birth_from = SealedField(_("born on or after"), kind="date", most=10)
    birth_to = SealedField(_("born on or before"), kind="date", most=10)
    id_number = SealedField(_("ID or passport number"), most=60)
    photo = SealedField(_("photo"), kind="file", most=3_000_000)
    version = models.IntegerField(default=1)


class Contact(models.Model):
    """Where the person comes from and can be reached; below the province everything is sealed."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="contact")
    district = SealedField(_("district"), most=80)
    commune = SealedField(_("commune"), most=80)
    village = SealedField(_("village"), most=80)
    address = SealedField(_("address"), most=200)
    phone = SealedField(_("phone"), most=40)
    version = models.IntegerField(default=1)


class DataKey(models.Model):
    """The key of one subject's one field group, wrapped under an agency's key.

    subject: a case, a person, or a record of the agency itself (kind says which).
    """

    KINDS = (("case", "case"), ("person", "person"), ("agency", "agency"))
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    subject = models.UUIDField()
    group = models.CharField(max_length=12)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject", "group"), name="one_data_key"),)


class MatchToken(models.Model):
    """A blinded, truncated token that nominates possible duplicates; the web can add but never read them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    token = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=("agency", "token"), include=("person",), name="match_token"),)


class MatchDecision(models.Model):
    """What somebody decided about a likeness: one person or two. A later issue merges on the strength of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseScope, models.CASCADE, related_name="+", verbose_name=_("case"))
    other_case = models.UUIDField(_("other case"))
    decision = CodeField(_("decision"), vocabulary="vault.match_decisions")
    verdict = models.CharField(
        _("likeness"),
        max_length=10,
        choices=(("likely", _("Likely the same")), ("possible", _("Possibly the same"))),
    )
    reasons = ReasonsField(_("reasons"), default=list)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("decision on a likeness"), _("decisions on likenesses")


class Document(models.Model):
    """A file of a case, sealed; its name is sealed too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseScope, models.CASCADE, related_name="+")
    name = SealedField(_("file name"), most=200)
    media_type = models.CharField(_("kind of file"), max_length=80)
    size = models.IntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = SealedField(_("content"), kind="file", most=12_000_000)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.media_type}, {-(-self.size // 1024)} kB"

    def get_absolute_url(self) -> str:
        """Where the file is given back."""
        return reverse("document", args=[self.pk])
