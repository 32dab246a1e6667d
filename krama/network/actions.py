"""Keeping the directory of providers."""

from krama.network.models import Provider
from krama.records.writing import add_record, change_record


def list_provider(
    *, by, name: str, kind: str, province: str, name_km: str = "", active: bool = True
) -> Provider:
    """Enter a provider into the directory of one's own agency."""
    row = Provider(
        agency_id=by.agency_id, name=name, name_km=name_km, kind=kind, province=province, active=active
    )
    return add_record(row, by=by, action="provider.add")


def amend_provider(provider: Provider, *, by, expected_version: int | None = None, **values) -> Provider:
    """Correct an entry; a provider that is no longer used is set inactive, never deleted."""
    return change_record(provider, values, by=by, action="provider.change", expected_version=expected_version)
