"""The kinds of record of the network, declared."""

from django.utils.translation import gettext_lazy as _

from krama.access.groups import OPEN
from krama.access.rowsecurity import Fence
from krama.network import actions, models
from krama.records.types import RecordType, register

OWN_AGENCY = "agency_id = (SELECT krama_agency())"


@register
class Provider(RecordType):
    """Who gives services."""

    model, slug, section = models.Provider, "provider", _("Network")
    behind = "agency"
    fence = Fence(OWN_AGENCY, OWN_AGENCY, OWN_AGENCY)
    columns = ("name", "name_km", "kind", "province", "active")
    filters = ("kind", "province", "active")
    order = ("name",)
    fields = dict.fromkeys(("agency", "name", "name_km", "kind", "province", "active"), OPEN)
    asks = ("name", "name_km", "kind", "province", "active")
    add, change = actions.list_provider, actions.amend_provider
