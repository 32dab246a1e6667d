"""Reasons, as values.

Rules are pure: they may not import Django, so they cannot translate. They return `Refusal`s whose text
is marked for the catalogue with `_` from this module and translated only where a person reads it
(`krama.records.sentences.say`), so that page, API and test show the same sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def _(text: str) -> str:
    """Mark `text` for the message catalogue and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act cannot be done.

    text: an English sentence that says what to do, marked with `_`, with `%(name)s` places.
    params: values for those places; numbers, codes and dates, never names of survivors.
    field: the form field it belongs to, or "" when it concerns the act as a whole.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
