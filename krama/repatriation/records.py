"""The kinds of record of arrivals, declared."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from krama.access.groups import IDENTITY, OPEN
from krama.access.rowsecurity import Fence
from krama.records.types import RecordType, register
from krama.repatriation import actions, models

OWN = "agency_id = (SELECT krama_case_agency())"
# Whoever sees a person's place in an arrival, by a grant too, sees what it is a place in.
ARRIVAL_SEEN = (
    f"{OWN} OR EXISTS (SELECT 1 FROM repatriation_arrivalperson p WHERE p.arrival_id = {{table}}.id)"
)
# A list holds the names of everybody on it: only the supervisor's line and the centre's own staff open it.
LIST_SEEN = """agency_id = (SELECT krama_case_agency()) AND ({table}.agency_id = (SELECT krama_reach_agency())
 OR EXISTS (SELECT 1 FROM repatriation_arrival a WHERE a.id = {table}.arrival_id
            AND a.site_id = ANY ((SELECT krama_reach_sites())::bigint[]))
 OR received_by_id = (SELECT krama_user()))"""


@register
class Arrival(RecordType):
    """A group that comes back."""

    model, slug, section = models.Arrival, "arrival", _("Arrivals")
    behind, fence = "agency", Fence(ARRIVAL_SEEN, OWN, OWN)
    columns = ("code", "arrived_at", "site", "country", "handed_over_by", "announced")
    filters = ("country", "handed_over_by", "arrived_at")
    order = ("-arrived_at",)
    fields = dict.fromkeys(
        ("code", "agency", "site", "arrived_at", "country", "province_abroad", "handed_over_by", "authority",
         "documents", "announced", "note", "opened_by"), OPEN
    )  # fmt: skip
    asks = (
        "site", "arrived_at", "country", "province_abroad", "handed_over_by", "authority", "documents",
        "announced", "note",
    )  # fmt: skip
    add, change = actions.announce, actions.amend_arrival
    page = lambda arrival: reverse("arrival", args=[arrival.code])  # noqa: E731


@register
class ArrivalPerson(RecordType):
    """A person's place in an arrival."""

    model, slug, section = models.ArrivalPerson, "arrival-place", _("Arrivals")
    columns = ("case", "arrival", "line")
    order = ("arrival", "line")
    fields = {"case": OPEN, "arrival": OPEN, "line": OPEN, "client_id": OPEN}
    card = False
    timeline = lambda place: (place.arrival.arrived_at, _("Arrived: %s") % place.arrival.code)  # noqa: E731


@register
class Manifest(RecordType):
    """A list of names as it was handed over."""

    model, slug, section = models.Manifest, "manifest", _("Arrivals")
    behind, fence = "agency", Fence(LIST_SEEN, OWN, OWN)
    columns = ("arrival", "status", "received_at", "received_by", "rows_imported", "size")
    filters = ("status",)
    order = ("-received_at",)
    fields = {
        **dict.fromkeys(
            ("arrival", "agency", "status", "meanings", "sha256", "size", "rows_imported", "received_by",
             "received_at"), OPEN
        ),
        **dict.fromkeys(("filename", "original", "grid"), IDENTITY),
    }  # fmt: skip
    page = lambda manifest: reverse("manifest", args=[manifest.pk])  # noqa: E731
