"""How Django forms become the page's form controls.

`FORM_RENDERER = "krama.web.rendering.KramaRenderer"` makes every form, formset and single field of the
project render through `krama/web/templates/django/forms/`. A field needs no widget attributes and no
class names in the form class: they follow from the kind of its widget.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

# Order matters: CheckboxSelectMultiple is a subclass of RadioSelect, NumberInput, DateInput and
# PasswordInput are subclasses of TextInput's parent, and a wrong order draws check boxes as radios.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.SelectDateWidget, "parts"),
    (forms.MultiWidget, "parts"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.DateInput, "date"),
    (forms.DateTimeInput, "moment"),
    (forms.TimeInput, "time"),
    (forms.NumberInput, "number"),
)

_CLASSES = {
    "checkboxes": "govuk-checkboxes__input",
    "radios": "govuk-radios__input",
    "check": "govuk-checkboxes__input",
    "file": "k-file__input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "date": "govuk-input govuk-input--width-10",
    "moment": "govuk-input govuk-input--width-10",
    "time": "govuk-input govuk-input--width-5",
    "number": "govuk-input govuk-input--width-5",
    "hidden": "",
}

_ERROR_CLASSES = {
    "select": "govuk-select--error",
    "textarea": "govuk-textarea--error",
    "checkboxes": "",
    "radios": "",
    "check": "",
    "file": "k-file__input--error",
}

_EXTRA_ATTRS: dict[str, dict[str, object]] = {
    "date": {"inputmode": "numeric", "autocomplete": "off"},
}


def input_kind(widget: forms.Widget) -> str:
    """Return the kind of control that `widget` is drawn as.

    One of: hidden, checkboxes, radios, check (one check box), file, parts (several inputs in one
    field), select, textarea, password, date, moment, time, number, text.
    """
    return next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "text")


class KramaBoundField(BoundField):
    """A form field that knows how it is drawn and where its error link must land."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if not self.help_text and self.kind == "date":
            self.help_text = _("Day, month and year, for example 04/11/2026")

    @property
    def kind(self) -> str:
        """The kind of control, see `input_kind`."""
        return input_kind(self.field.widget)

    @property
    def target_id(self) -> str:
        """Id of the first element that can take the focus, also in a group of radios or check boxes."""
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0" if self.auto_id else ""
        return self.id_for_label or self.auto_id

    @property
    def says_optional(self) -> bool:
        """Whether the label ends with "(optional)": everything not required except one check box."""
        return not self.field.required and not self.field.disabled and self.kind != "check"

    def build_widget_attrs(self, attrs, widget=None):
        """Return Django's attributes for `widget` with the classes of its kind added."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        kind = input_kind(widget)
        if kind == "hidden":
            return attrs
        for name, value in _EXTRA_ATTRS.get(kind, {}).items():
            if name not in widget.attrs:
                attrs.setdefault(name, value)
        if widget.attrs.get("rows") == "10":  # Django's default, too tall for a phone
            attrs["rows"] = 5
        classes = [widget.attrs.get("class", ""), _CLASSES.get(kind, "govuk-input")]
        if self.errors:
            classes.append(_ERROR_CLASSES.get(kind, "govuk-input--error"))
        attrs["class"] = " ".join(filter(None, classes))
        return attrs


class KramaRenderer(TemplatesSetting):
    """Draws forms with the templates of `krama.web`; name it in `settings.FORM_RENDERER`."""

    form_template_name = "django/forms/div.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = KramaBoundField
