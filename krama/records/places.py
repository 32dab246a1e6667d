"""Where things are: the addresses of records, the way back."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst

from krama.records.types import RecordType, registry


def url(declared: type[RecordType], name: str, *args, **query) -> str:
    """Give an address of the engine for a type, e.g. `url(Screening, "add", case="K26-ABCDE")`."""
    tail = f"?{urlencode(query)}" if query else ""
    return reverse(f"records:{name}", args=(declared.slug, *args)) + tail


def home_of(declared: type[RecordType], record) -> str:
    """Give where a person goes to see this record: its own page, or the engine's."""
    return declared.page(record) if declared.page else url(declared, "detail", record.pk)


def crumbs(declared: type[RecordType], record=None, case=None) -> list[dict]:
    """Give the way back: to the case when there is one, else to the list."""
    case = case or getattr(record, "case", None)
    if case is not None and hasattr(case, "code"):
        return [{"label": case.code, "url": registry["case"].page(case)}]
    return [{"label": capfirst(declared.label_plural()), "url": url(declared, "list")}]


def back(request) -> str:
    """Give the address to go back to, if the request names one within Krama."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # browsers drop tabs and line ends from an address, so that "/<tab>/host" leads elsewhere; Django's check knows
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/") and safe else ""
