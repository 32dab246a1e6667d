"""Template filters for digits and dates in the language of the page: `{% load khmer %}`.

Dates may be None (shown as nothing) or moments (shown as their day in the current time zone).
"""

from datetime import date, datetime

from django import template
from django.utils.translation import get_language

from krama.web import khmer

register = template.Library()


@register.filter(is_safe=True)
def khmer_digits(text: object) -> str:
    """`{{ number|khmer_digits }}`: 0-9 as Khmer digits, whatever the language of the page."""
    return khmer.khmer_digits(text)


@register.filter(is_safe=True)
def latin_digits(text: object) -> str:
    """`{{ text|latin_digits }}`: Khmer digits as 0-9."""
    return khmer.latin_digits(text)


@register.filter(expects_localtime=True)
def short_date(day: date | None) -> str:
    """`{{ case.opened_on|short_date }}`: for tables; see `krama.web.khmer.short_date`."""
    return _in_page_language(khmer.short_date, day)


@register.filter(expects_localtime=True)
def long_date(day: date | None) -> str:
    """`{{ case.opened_on|long_date }}`: for running text; see `krama.web.khmer.long_date`."""
    return _in_page_language(khmer.long_date, day)


@register.filter(expects_localtime=True)
def formal_date(day: date | None) -> str:
    """`{{ today|formal_date }}`: for letters and certificates; see `krama.web.khmer.formal_date`."""
    return _in_page_language(khmer.formal_date, day)


def _in_page_language(write, day: date | None) -> str:
    if not day:
        return ""
    return write(day.date() if isinstance(day, datetime) else day, get_language() or "en")
