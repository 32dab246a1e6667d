"""Forms of arrivals: the grid of quick registration, lists, column meanings."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krama.records.vocabulary import vocabulary
from krama.repatriation.rules.manifest import MAX_BYTES
from krama.repatriation.rules.manifest.birth import checked, read_birth


def _choices(package, name, first=""):
    return lambda: [("", first or "—"), *vocabulary(package, name).choices(get_language() or "en")]


class UploadForm(forms.Form):
    """A list as it was handed over."""

    file = forms.FileField(
        label=_("List"), help_text=_("A spreadsheet (XLSX) or a text table (CSV), up to 10 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
    )  # fmt: skip

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Ask for the list alone."))
        return given


class PersonRow(forms.Form):
    """One person of an arrival. A row with nothing in it is passed over."""

    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=160, required=False)
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("F", _("F")), ("M", _("M")), ("other", _("Other"))],
        required=False,
        widget=forms.RadioSelect,
    )
    birth = forms.CharField(label=_("Age or birth date"), max_length=60, required=False)
    province = forms.ChoiceField(
        label=_("Home province"), choices=_choices("network", "provinces"), required=False
    )
    village = forms.CharField(label=_("Village"), max_length=80, required=False)
    family = forms.CharField(label=_("Family"), max_length=12, required=False)
    relation = forms.ChoiceField(
        label=_("Is"), choices=_choices("casework", "household_relations"), required=False
    )
    leave_out = forms.BooleanField(label=_("Leave out"), required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    line = forms.IntegerField(widget=forms.HiddenInput, required=False)
    decision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.initial.get("client_id"):
            self.initial["client_id"] = uuid.uuid4()

    def has_changed(self):
        """A row counts when something was typed; the hidden fields do not make a person."""
        typed = ("name", "name_km", "sex", "birth", "village", "family")
        return any((self.data.get(self.add_prefix(name)) or "").strip() for name in typed)

    def clean(self):
        values = super().clean()
        if values.get("leave_out"):
            return values
        if not values.get("name") and not values.get("name_km"):
            self.add_error(
                "name", _("Enter a name. If it is not known, write what the person is called here.")
            )
        if not values.get("sex"):
            self.add_error("sex", _("Choose the sex."))
        text = values.get("birth", "")
        if text and text == self.initial.get("birth"):
            values["read_birth"] = None  # as the list was read; what stands behind it is kept
            return values
        values["read_birth"] = birth = checked(read_birth(text, on=self.on, expected="age"), self.on)
        if not text:
            self.add_error("birth", _("Enter an age or a date of birth. An estimate is enough."))
        elif not birth.known:
            self.add_error(
                "birth", _("This is neither an age nor a date. Write for example 14, 2009 or 31/12/2009.")
            )
        return values


class BasePeople(forms.BaseFormSet):
    """The grid: every row is validated with the day of the arrival."""

    @property
    def people(self) -> list[PersonRow]:
        """Give the rows that are people: filled in and not left out."""
        return [f for f in self.forms if f.has_changed() and not f.cleaned_data.get("leave_out")]

    def say_nothing(self) -> None:
        """Show no fault yet: asking for more rows is no reason to complain about those half done."""
        self._errors, self._non_form_errors = [{} for _form in self.forms], ErrorList()
        for form in self.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}


def with_row_ids(sent: QueryDict) -> QueryDict:
    """Give the sent grid with an id of its own in every row, for rows that were added to it have none.

    The id follows from the first row's and the place, so that the same grid sent twice is the same people.
    """
    data, seen = sent.copy(), set()
    first = _uuid(data.get("people-0-client_id")) or uuid.uuid4()
    for place in range(counted_rows(data.get("people-TOTAL_FORMS"))):
        name = f"people-{place}-client_id"
        own = _uuid(data.get(name))
        if own is None or own in seen:
            own = uuid.uuid5(first, str(place))
            data[name] = str(own)
        seen.add(own)
    return data


def counted_rows(text: str | None, otherwise: int = 0) -> int:
    """Give a number of rows as it was sent, 500 at most; `otherwise` for what is no number."""
    return min(500, int(text)) if text and text.isdecimal() and len(text) < 10 else otherwise


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def people_formset(extra: int):
    """Give the grid's formset class with `extra` empty rows."""
    return forms.formset_factory(PersonRow, formset=BasePeople, extra=extra, max_num=500, absolute_max=500)
