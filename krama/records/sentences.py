"""Refusals in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext

from krama.access.refusal import Refusal


def say(refusal: Refusal) -> str:
    """Give the refusal's sentence in the active language."""
    return gettext(refusal.text) % refusal.params if refusal.params else gettext(refusal.text)


def say_all(refusals: Iterable[Refusal]) -> list[str]:
    """Give all the sentences, in order."""
    return [say(refusal) for refusal in refusals]
