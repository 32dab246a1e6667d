"""Form fields that take what people here type: Khmer digits, day first, a comma in a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krama.web.khmer import latin_digits


class DayField(forms.DateField):
    """A day, typed as 31/12/2009, 31-12-2009, 31.12.2009 or 2009-12-31, in Latin or Khmer digits."""

    default_error_messages = {"invalid": _("Write the date as day/month/year, for example 31/12/2009.")}
    input_formats = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d", "%d %m %Y")

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", DayInput())
        super().__init__(input_formats=self.input_formats, **kwargs)

    def to_python(self, value):
        return super().to_python(latin_digits(value.strip()) if isinstance(value, str) else value)


class DayInput(forms.DateInput):
    """A text box: the browsers' own date boxes follow the browser's language, not the page's."""

    input_type = "text"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%d/%m/%Y")


class MomentField(forms.DateTimeField):
    """A day and a time, typed as 31/12/2009 17:00, in the time zone of the programme."""

    default_error_messages = {"invalid": _("Write day and time as 31/12/2009 17:00.")}
    input_formats = ("%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H.%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput({"inputmode": "text", "autocomplete": "off"}, format="%d/%m/%Y %H:%M")
        kwargs.setdefault("widget", widget)
        super().__init__(input_formats=self.input_formats, **kwargs)

    def to_python(self, value):
        return super().to_python(latin_digits(value.strip()) if isinstance(value, str) else value)


class WholeField(forms.IntegerField):
    """A whole number in Latin or Khmer digits."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(latin_digits(value.strip()) if isinstance(value, str) else value)


class AmountField(forms.DecimalField):
    """A sum of money: 12,500 or ១២៥០០ or 12500.50."""

    default_error_messages = {"invalid": _("Write the amount in digits, for example 12,500 or 3.50.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_digits=14, decimal_places=2, min_value=0, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = latin_digits(value.strip()).replace(",", "").replace(" ", "")
        return super().to_python(value)
