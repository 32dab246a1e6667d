"""Forms of case management; input only."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krama.access.groups import Group
from krama.access.models import Agency, User
from krama.casework.models import Case, Consent, Determination
from krama.casework.models.service import Service
from krama.casework.terms import Answer, Authority, ConsentAnswer, Outcome
from krama.network.models import Provider
from krama.records.form_fields import AmountField, DayField, WholeField
from krama.records.forms import RecordForm, choosable, form_field
from krama.records.reading import read
from krama.records.types import registry
from krama.records.vocabulary import vocabulary
from krama.vault.models import Person


def _field(model, name):
    return form_field(model._meta.get_field(name))


class ServiceForm(RecordForm):
    """One service, for one person or for many."""

    kind = _field(Service, "kind")
    given_on = DayField(label=_("Date"))
    quantity = WholeField(label=_("How many for each person"), initial=1, min_value=1, max_value=1000)
    provider = forms.ModelChoiceField(Provider.objects.none(), label=_("Provider"), required=False)
    cost = AmountField(label=_("Cost for everybody together"), required=False)
    currency = forms.ChoiceField(
        choices=lambda: [("", "—"), *vocabulary("ledger", "currencies").choices(get_language() or "en")],
        label=_("Currency"), required=False,
    )  # fmt: skip
    receipt = forms.CharField(label=_("Receipt number"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, cases=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = choosable(Provider.objects.filter(active=True), self.user)
        self.fields["given_on"].initial = timezone.localdate
        if self.record is not None:  # these are undone and entered again, see `amend_service`
            for name in ("kind", "provider", "cost", "currency", "receipt"):
                del self.fields[name]
        if cases is not None and len(cases) > 1:
            types = vocabulary("casework", "service_types")
            language = get_language() or "en"
            many = [
                (row["code"], types.label(row["code"], language)) for row in types if row["for_many"] == "yes"
            ]
            self.fields["kind"].choices = [("", "—"), *many]


class DeterminationForm(RecordForm):
    """What the person is found to be."""

    outcome = forms.ChoiceField(choices=Outcome, label=_("Finding"), widget=forms.RadioSelect)
    grounds = forms.CharField(label=_("Grounds"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    departure = forms.CharField(
        label=_("If it differs from the suggested reading: why"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    decided_on = DayField(label=_("Decided on"))
    authority = forms.ChoiceField(
        choices=Authority, label=_("Who found it"), widget=forms.RadioSelect, initial=Authority.PARTNER,
        required=False,
    )  # fmt: skip
    body = _field(Determination, "body")
    reference = _field(Determination, "reference")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate

    def clean_authority(self):
        return self.cleaned_data["authority"] or Authority.PARTNER


class ConsentForm(RecordForm):
    """What the person agreed to or refused."""

    answer = forms.ChoiceField(choices=ConsentAnswer, label=_("Answer"), widget=forms.RadioSelect)
    purposes = _field(Consent, "purposes")
    recipients = forms.MultipleChoiceField(
        label=_("Recipients"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For sharing: exactly those whom the person named."),
    )  # fmt: skip
    informed = forms.BooleanField(
        label=_("I explained the purpose, who will see what, how long it is kept, and the right to say no"),
        required=False,
    )  # fmt: skip
    given_by = _field(Consent, "given_by")
    giver = forms.CharField(label=_("Name of the adult, if not the person"), max_length=160, required=False)
    took_part = forms.ChoiceField(
        choices=Answer, label=_("Did this adult take part in what happened?"), required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    assent = _field(Consent, "assent")
    how = _field(Consent, "how")
    interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)
    witness = forms.CharField(label=_("Witness"), max_length=160, required=False)
    second_decider = forms.ModelChoiceField(
        User.objects.none(), label=_("Second person of a best-interest decision"), required=False
    )
    grounds = forms.CharField(
        label=_("Grounds of a best-interest decision"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    limits = forms.CharField(
        label=_("Limits: what must not be shared, with whom"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Signed form, thumb print or voice recording"),
        required=False,
        help_text=_("A picture, PDF or sound file up to 10 MB. It is kept sealed."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,application/pdf,audio/*"}),
    )
    given_on = DayField(label=_("Date"))
    until = DayField(label=_("Valid until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Agency.objects.exclude(pk=self.user.agency_id).exclude(kind="donor")
        self.fields["recipients"].choices = [(agency.code, str(agency)) for agency in others]
        colleagues = choosable(User.objects.exclude(pk=self.user.pk), self.user)
        self.fields["second_decider"].queryset = colleagues
        self.fields["given_on"].initial = timezone.localdate
        for name in ("given_by", "how"):
            self.fields[name].required = False
        if self.case is not None and not self.case.child:
            for name in ("took_part", "assent"):
                del self.fields[name]


class WithdrawForm(RecordForm):
    """When the person took the consent back."""

    withdrawn_on = DayField(label=_("Withdrawn on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"].initial = timezone.localdate


class OpenCaseForm(RecordForm):
    """Who works on the case, how great the risk is, what comes next."""

    worker = forms.ModelChoiceField(User.objects.none(), label=_("Case worker"))
    risk = _field(Case, "risk")
    next_step = _field(Case, "next_step")
    next_due = DayField(label=_("Due on"), required=False)
    safety_notice = forms.CharField(
        label=_("What everybody must know to keep the person safe"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = choosable(User.objects.exclude(role__in=NO_CASES), self.user)
        self.fields["risk"].required = self.fields["next_step"].required = True


NO_CASES = ("donor", "administrator", "me_officer")


class NextStepForm(RecordForm):
    """What comes next, by when, by whom."""

    next_step = _field(Case, "next_step")
    next_due = DayField(label=_("Due on"), required=False)
    next_by = forms.ModelChoiceField(User.objects.none(), label=_("By"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["next_by"].queryset = choosable(User.objects.exclude(role__in=NO_CASES), self.user)
        if self.record is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(self.record, name, None)


class SafetyForm(RecordForm):
    """The risk, and the notice that stands on top of the case."""

    risk = _field(Case, "risk")
    safety_notice = forms.CharField(
        label=_("Safety notice"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What everybody must know to keep the person safe. Leave it empty to remove the notice."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            self.fields["risk"].initial = self.record.risk
            if not self.is_bound:
                names = ["safety_notice"]
                cells = read(
                    registry["case"], [self.record], self.user, names, opened=True, action="set-safety"
                )
                self.fields["safety_notice"].initial = cells[0][0].value


class TeamForm(RecordForm):
    """A colleague for the team."""

    member = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))
    part = forms.ChoiceField(choices=(), label=_("Part"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        from krama.access.models import TeamMember

        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = choosable(User.objects.exclude(role__in=NO_CASES), self.user)
        self.fields["part"].choices = TeamMember.PARTS
        self.fields["part"].initial = "other"


class ShareForm(RecordForm):
    """What another agency may see, until when."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    groups = forms.MultipleChoiceField(
        choices=[
            (Group.IDENTITY.value, _("Name and birth date")),
            (Group.LOCATION.value, _("Address and contact")),
            (Group.HEALTH.value, _("Health")),
            (Group.NARRATIVE.value, _("What happened")),
        ],
        label=_("What it may see beside code and status"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    until = DayField(label=_("Until"), help_text=_("At most 90 days ahead."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.exclude(pk=self.user.agency_id).exclude(kind="donor")


class IdentityForm(RecordForm):
    """Who the person is and where from."""

    family_km = forms.CharField(label=_("Family name in Khmer"), max_length=80, required=False)
    given_km = forms.CharField(label=_("Given name in Khmer"), max_length=80, required=False)
    family_latin = forms.CharField(label=_("Family name in Latin letters"), max_length=80, required=False)
    given_latin = forms.CharField(label=_("Given name in Latin letters"), max_length=80, required=False)
    nickname = forms.CharField(label=_("Name used at home"), max_length=80, required=False)
    sex = _field(Person, "sex")
    birth_date = DayField(label=_("Birth date, if it is known to the day"), required=False)
    id_number = forms.CharField(label=_("ID or passport number"), max_length=60, required=False)
    province = _field(Person, "province")
    district = forms.CharField(label=_("District"), max_length=80, required=False)
    commune = forms.CharField(label=_("Commune"), max_length=80, required=False)
    village = forms.CharField(label=_("Village"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    photo = forms.FileField(
        label=_("Photo, if the person agrees"),
        required=False,
        help_text=_("It is drawn anew without place and device, and kept sealed."),
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )
