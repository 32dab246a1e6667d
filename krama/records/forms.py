"""Forms are for input only: what they clean goes to an action, which decides."""

from django import forms
from django.db import connection, models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krama.access.models import Agency, Site, User
from krama.access.roles import ROLES
from krama.records import form_fields, sealing
from krama.records.reading import closed_to, read, visible
from krama.records.types import RecordType, registry
from krama.records.vocabulary import vocabulary


class RecordForm(forms.Form):
    """A form that knows who fills it in and about which case or record.

    A `version` travels hidden when a record is changed, so that a change by somebody else is noticed.
    """

    def __init__(self, *args, user, case=None, record=None, **kwargs):
        self.user, self.case, self.record = user, case, record
        super().__init__(*args, **kwargs)
        if record is not None and hasattr(record, "version"):
            shown = forms.IntegerField(widget=forms.HiddenInput, initial=record.version)
            self.fields["version"] = shown
        for field in self.fields.values():
            field.label = capfirst(field.label) if field.label else field.label

    def refuse(self, refused) -> None:
        """Put an action's refusals beside the fields they are about."""
        from krama.records.sentences import say

        for refusal in refused.refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


class RevealForm(RecordForm):
    """Why the name must be seen."""

    purpose = forms.ChoiceField(
        label=_("Why do you need to see the name?"),
        choices=lambda: [
            ("", _("Choose a reason")),
            *vocabulary("vault", "reveal_purposes").choices(get_language() or "en"),
        ],
    )  # fmt: skip


_OWN = {
    models.DateTimeField: form_fields.MomentField,
    models.DateField: form_fields.DayField,
    models.DecimalField: form_fields.AmountField,
    models.SmallIntegerField: form_fields.WholeField,
    models.IntegerField: form_fields.WholeField,
}


def form_class(declared: type[RecordType], names=None) -> type[RecordForm]:
    """Give the form of a type: its own, else one made from the fields that it `asks`."""
    if declared.form is not None and names is None:
        return declared.form
    made = {name: form_field(declared.model._meta.get_field(name)) for name in names or declared.asks}
    return type(f"{declared.__name__}Form", (_Chooser,), made)


def form_field(field: models.Field) -> forms.Field:
    """Give the form field of a model field, in Krama's own kinds for days, moments and numbers."""
    own = _OWN.get(type(field))
    if own is not None and not field.choices:
        required = not field.blank and not field.has_default()
        return own(label=field.verbose_name, help_text=field.help_text, required=required, **_limits(field))
    made = field.formfield()
    if isinstance(made, forms.TypedChoiceField) and len(field.choices or ()) <= 5:
        made.widget = forms.RadioSelect(choices=[c for c in made.choices if c[0] != ""])
        made.choices = [c for c in made.choices if c[0] != ""]
    return made


def _limits(field: models.Field) -> dict[str, int]:
    """Give what the column can hold: a larger number would fail in the database and not on the page.

    Nothing that is counted here (people, days, months) is below zero.
    """
    if not isinstance(field, models.IntegerField):
        return {}
    return {"min_value": 0, "max_value": connection.ops.integer_field_range(field.get_internal_type())[1]}


class _Chooser(RecordForm):
    """Narrows every choice of a related record to what the person may see."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = choosable(field.queryset, self.user)


def choosable(rows: QuerySet, user) -> QuerySet:
    """Give those related records that `user` may choose: colleagues, own sites, visible records."""
    if rows.model is User:
        return rows.filter(agency_id=user.agency_id, is_active=True)
    if rows.model is Site:
        return rows.filter(agency_id=user.agency_id)
    if rows.model is Agency:
        return rows
    declared = next((t for t in registry.values() if t.model is rows.model), None)
    if declared is None or not ROLES[user.role].may(declared.permission("view")):
        return rows.none()  # who may not see providers can still record the service itself
    return visible(declared, user)


def change_form(declared: type[RecordType], record: models.Model, user, data=None, names=None) -> RecordForm:
    """Give the form that changes a record: as it stands, or filled with `data`; without what is closed to `user`."""
    kind = form_class(declared, names)
    start = None if data is not None else initial_of(declared, record, user, list(kind.base_fields))
    form = kind(data, user=user, record=record, initial=start)
    for name in closed_to(declared, record, user):
        form.fields.pop(name, None)
    return form


def initial_of(declared: type[RecordType], record: models.Model, user, names) -> dict:
    """Give what a change form starts with; sealed values are opened by the engine, which journals it."""
    closed = closed_to(declared, record, user)
    names = [name for name in names if name in declared.fields and name not in closed]
    texts = {c.name: c.value for c in read(declared, [record], user, names, opened=True, action="change")[0]}
    sealed = set(sealing.sealed_names(declared.model))
    return {
        name: texts.get(name) if name in sealed else getattr(record, _attname(record, name)) for name in names
    }


def _attname(record: models.Model, name: str) -> str:
    return record._meta.get_field(name).attname
