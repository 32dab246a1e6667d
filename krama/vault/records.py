"""The kinds of record of the vault that have pages, declared."""

from django.utils.translation import gettext_lazy as _

from krama.access.groups import OPEN
from krama.records.types import RecordType, register
from krama.vault import models


@register
class MatchDecision(RecordType):
    """What somebody decided about a likeness."""

    model, slug, section = models.MatchDecision, "match", _("Cases")
    columns = ("case", "decision", "verdict", "decided_by", "decided_at")
    filters = ("decision",)
    order = ("-decided_at",)
    fields = dict.fromkeys(
        ("case", "other_case", "decision", "verdict", "reasons", "decided_by", "decided_at"), OPEN
    )
    timeline = lambda m: (m.decided_at, _("Possible duplicate looked at"), m.decided_by)  # noqa: E731
