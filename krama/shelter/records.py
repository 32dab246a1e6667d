"""The kinds of record of shelters, declared."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from krama.access.groups import LOCATION, OPEN
from krama.access.rowsecurity import Fence, definer_functions
from krama.records.board import BoardStep, StepState, board_step
from krama.records.form_fields import MomentField
from krama.records.forms import RecordForm
from krama.records.types import RecordType, Transition, register
from krama.shelter import actions, models

OWN = "agency_id = (SELECT krama_agency())"
# Whoever sees a stay, by a grant too, sees the bed of it.
BED_SEEN = f"{OWN} OR EXISTS (SELECT 1 FROM shelter_stay s WHERE s.bed_id = {{table}}.number)"
definer_functions("krama.shelter", "sql/beds.sql")


class EndForm(RecordForm):
    """When the stay ended."""

    ended_at = MomentField(label=_("Ended"), required=False, help_text=_("Leave it empty for now."))


@register
class Room(RecordType):
    """A room and for whom it is."""

    model, slug, section = models.Room, "room", _("Beds")
    behind, fence = "agency", Fence(OWN, OWN, OWN)
    columns = ("name", "site", "for_sex", "for_age")
    filters = ("for_sex", "for_age")
    order = ("site", "name")
    fields = dict.fromkeys(("agency", "site", "name", "for_sex", "for_age"), OPEN)
    asks = ("site", "name", "for_sex", "for_age")
    add, change = actions.add_room, actions.amend_room


@register
class Bed(RecordType):
    """A bed."""

    model, slug, section = models.Bed, "bed", _("Beds")
    behind, fence = "agency", Fence(BED_SEEN, OWN, OWN)
    columns = ("label", "room", "in_use")
    filters = ("in_use",)
    order = ("room", "number")
    fields = dict.fromkeys(("agency", "room", "label", "in_use"), OPEN)
    asks = ("room", "label", "in_use")
    add, change = actions.add_bed, actions.amend_bed


@register
class Stay(RecordType):
    """A person in a bed."""

    model, slug, section = models.Stay, "stay", _("Beds")
    columns = ("case", "bed", "during", "given_by")
    order = ("-during", "-pk")
    fields = {"case": OPEN, "bed": LOCATION, "during": OPEN, "given_by": OPEN}
    asks = ("bed",)
    add = actions.give_bed
    transitions = (
        Transition("end", _("End the stay"), actions.end_stay, EndForm,
                   shown=lambda stay: stay.during.upper is None),
    )  # fmt: skip
    timeline = lambda stay: (stay.during.lower, _("Given a bed"), stay.given_by)  # noqa: E731
    blocks_closure = lambda stay: stay.during.upper is None  # noqa: E731


def _beds(cases) -> dict:
    stays = (
        models.Stay.objects.filter(case__in=cases).select_related("bed__room", "given_by").order_by("during")
    )
    with_beds = set(models.Bed.objects.filter(in_use=True).values_list("room__site_id", flat=True).distinct())
    none = {c.pk: StepState("not_needed") for c in cases if c.scope.site_id not in with_beds}
    return none | {
        stay.case_id: StepState(
            "done", f"{stay.bed.room} {stay.bed}" if stay.during.upper is None else "", str(stay.given_by)
        )
        for stay in stays
    }


board_step(
    BoardStep(
        "bed", _("Bed"), 30, _beds, many=(_("Give beds"), "shelter-beds"), permission="stay.add", group=LOCATION,
        start=lambda case: reverse("shelter-beds") + f"?person={case.code}",
    )
)  # fmt: skip
