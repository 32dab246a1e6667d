"""Refusals in the reader's language."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from krama.access.refusal import Refusal


def say(refusal: Refusal) -> str:
    """Give the refusal's sentence in the active language, its dates as the pages write them."""
    if not refusal.params:
        return gettext(refusal.text)
    params = {
        name: date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
        for name, value in refusal.params.items()
    }
    return gettext(refusal.text) % params


def say_all(refusals: Iterable[Refusal]) -> list[str]:
    """Give all the sentences, in order."""
    return [say(refusal) for refusal in refusals]
