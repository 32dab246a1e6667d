"""The fixed roles: what kinds of act each may do, which field groups it reads, how far it reaches.

A role never gives a case by itself. Its reach says through which relation a case comes to it:
a case team, the site on duty, or the line of supervision. There is no table of free permissions
(see docs/adr/0001-fixed-roles.md), so this file *is* the policy that people read; docs/roles.md is
printed from it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from krama.access.groups import EVERY, HEALTH, IDENTITY, LEGAL, LOCATION, MONEY, NARRATIVE, OPEN, Group
from krama.access.refusal import _


class Reach(StrEnum):
    """The relation through which a role meets cases beside its own teams."""

    NONE = "none"  # no case at all
    TEAM = "team"  # only cases whose team the user is on
    SITE = "site"  # cases at the user's sites
    AGENCY = "agency"  # all cases of the agency: the line of supervision
    PARTNER = "partner"  # only what a live consent grant opens


@dataclass(frozen=True, slots=True)
class Role:
    """One role.

    label: marked English name. reach: see `Reach`. does: patterns of permission names
    (`screening.add`, `arrival.*`). reads: field groups. compartments: sealed-off kinds of record.
    """

    label: str
    reach: Reach
    does: tuple[str, ...] = ()
    reads: frozenset[Group] = field(default_factory=frozenset)
    compartments: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        """Say whether this role may do acts of this name at all, e.g. `screening.add`."""
        return any(fnmatchcase(permission, pattern) for pattern in self.does)


_VIEW_CASEWORK = (
    "case.view",
    "screening.view",
    "determination.view",
    "consent.view",
    "family-link.view",
    "service.view",
    "stay.view",
    "arrival.view",
    "arrival-place.view",
    "case.timeline",
)
# A partner agency meets single cases, never a whole arrival.
_VIEW_SHARED = tuple(view for view in _VIEW_CASEWORK if not view.startswith("arrival"))
_INTAKE = (
    "arrival.*",
    "manifest.*",
    "arrival-place.view",
    "case.view",
    "case.register",
    "case.timeline",
    "case.reveal",
    "case.set-safety",
    "case.set-next-step",
    "case.amend-identity",
    "family-link.*",
    "service.*",
    "stay.*",
    "bed.view",
    "room.view",
    "screening.*",
    "consent.*",
    "determination.view",
    "provider.view",
    "match.*",
    "expense.*",
)
_CASEWORK = (
    *_INTAKE,
    "case.*",
    "determination.*",
    "share.*",
    "team.*",
)
_EVERYDAY = frozenset({OPEN, IDENTITY, LOCATION, HEALTH, NARRATIVE, MONEY})

ROLES: dict[str, Role] = {
    "intake_officer": Role(_("Transit-centre officer"), Reach.SITE, _INTAKE, _EVERYDAY),
    "social_worker": Role(_("Social worker"), Reach.TEAM, _CASEWORK, _EVERYDAY),
    "counsellor": Role(
        _("Counsellor"),
        Reach.SITE,
        (
            *_VIEW_CASEWORK,
            "case.reveal",
            "counselling-note.*",
            "service.add",
            "service.change",
            "provider.view",
        ),
        frozenset({OPEN, IDENTITY, HEALTH, NARRATIVE}),
        frozenset({"counselling"}),
    ),
    "monitor": Role(
        _("Human-rights monitor"),
        Reach.TEAM,
        _CASEWORK,
        frozenset({OPEN, IDENTITY, LOCATION, LEGAL, NARRATIVE}),
    ),
    "lawyer": Role(
        _("Lawyer"),
        Reach.TEAM,
        (*_VIEW_CASEWORK, "case.reveal"),
        frozenset({OPEN, IDENTITY, LEGAL, NARRATIVE}),
    ),
    "shelter_manager": Role(
        _("Shelter manager"),
        Reach.SITE,
        (*_VIEW_CASEWORK, "case.reveal", "stay.*", "service.*", "bed.*", "room.*", "provider.view"),
        frozenset({OPEN, IDENTITY, LOCATION, HEALTH, MONEY}),
    ),
    "programme_officer": Role(
        _("Education, training or grants officer"),
        Reach.TEAM,
        (*_VIEW_CASEWORK, "case.reveal", "service.*", "provider.view"),
        frozenset({OPEN, IDENTITY, LOCATION, MONEY}),
    ),
    "supervisor": Role(
        _("Case supervisor"),
        Reach.AGENCY,
        (*_CASEWORK, "counselling-note.view", "provider.*", "bed.*", "room.*", "journal.view"),
        EVERY,
        frozenset({"counselling"}),
    ),
    "programme_manager": Role(
        _("Programme manager"),
        Reach.AGENCY,
        (*_VIEW_CASEWORK, "expense.view", "provider.*", "bed.view", "room.view"),
        frozenset({OPEN, MONEY}),
    ),
    "me_officer": Role(
        _("Monitoring and evaluation officer"), Reach.AGENCY, _VIEW_CASEWORK, frozenset({OPEN})
    ),
    "donor": Role(_("Donor"), Reach.NONE, ("figures.view",)),
    "partner": Role(
        _("Partner agency"),
        Reach.PARTNER,
        (*(view for view in _VIEW_CASEWORK if not view.startswith("arrival")), "case.reveal"),
        frozenset(EVERY - {LEGAL}),
    ),
    "administrator": Role(
        _("System administrator"),
        Reach.NONE,
        ("user.*", "agency.*", "site.*", "provider.*"),
        frozenset({OPEN}),
    ),
}
