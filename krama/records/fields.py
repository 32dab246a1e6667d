"""Model fields that the engine knows: sealed values and coded values.

A sealed field holds ciphertext only. Its attribute gives bytes, never text: reading goes through
`krama.records.sealing.open_sealed`, which asks for a reader and writes the journal.
"""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language, gettext

from krama.records.vocabulary import vocabulary


class SealedField(models.BinaryField):
    """Ciphertext of a text. kind: "line", "text", "date" or "file"; most: greatest length of the text."""

    def __init__(self, *args, kind: str = "line", most: int = 200, **kwargs):
        self.kind, self.most = kind, most
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "kind": self.kind, "most": self.most}

    def formfield(self, **kwargs):
        from krama.records.form_fields import DayField

        common = {
            "label": self.verbose_name,
            "help_text": self.help_text,
            "required": not self.blank,
            **kwargs,
        }
        if self.kind == "date":
            return DayField(**common)
        if self.kind == "text":
            common.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        return forms.CharField(max_length=self.most, **common)


class _Coded:
    """What CodeField and CodesField share: the code list, named `package.list`."""

    vocabulary: str

    @property
    def codes(self):
        return vocabulary(*self.vocabulary.split("."))

    def text_of(self, code: str) -> str:
        """Give the label of `code` in the active language; an unknown code is shown as it is."""
        try:
            return self.codes.label(code, get_language() or "en")
        except KeyError:
            return code

    def choices_now(self):
        return list(self.codes.choices(get_language() or "en"))


class CodeField(_Coded, models.CharField):
    """One code of a list in `vocab/`."""

    def __init__(self, *args, vocabulary: str = "", **kwargs):
        self.vocabulary = vocabulary
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "vocabulary": self.vocabulary}

    def formfield(self, **kwargs):
        few = len(self.codes.codes) <= 6
        empty = [("", "—")] if self.blank or not few else []
        return forms.ChoiceField(
            choices=lambda: (empty if not few or self.blank else []) + self.choices_now(),
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.RadioSelect if few else forms.Select,
            **{k: v for k, v in kwargs.items() if k in {"initial", "widget"}},
        )


class CodesField(_Coded, ArrayField):
    """Several codes of a list in `vocab/`. groups: "package.list:column", to show the choices under headings."""

    def __init__(self, base_field=None, *, vocabulary: str = "", groups: str = "", **kwargs):
        self.vocabulary, self.groups = vocabulary, groups
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(base_field or models.CharField(max_length=40), **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "vocabulary": self.vocabulary}

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.grouped_now if self.groups else self.choices_now,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def grouped_now(self):
        """Give the choices under the headings of the other list, in its order."""
        named, _sep, column = self.groups.partition(":")
        headings = vocabulary(*named.split("."))
        words = dict(self.choices_now())
        return [
            (label, [(row["code"], words[row["code"]]) for row in self.codes if row[column] == heading])
            for heading, label in headings.choices(get_language() or "en")
        ]


class ReasonsField(models.JSONField):
    """Refusals kept as pairs of marked text and values, so that each reader sees them in their own language."""

    def text_of(self, value: list) -> str:
        """Give the sentences in the active language."""
        return "; ".join(gettext(text) % values if values else gettext(text) for text, values in value)
