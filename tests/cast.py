"""The people of all tests: five agencies, their sites, a user of each role, and those who must not see.

They are entered through the actions, once a session. All of them are invented.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.test import override_settings

from krama.access.actions import add_agency, add_site, add_user
from krama.access.models import Agency, Site, User
from krama.access.roles import ROLES
from krama.access.scoping import acting_as

PASSWORD = "walks-home-by-the-river"

AGENCIES = {  # code: name, kind
    "protection": ("Child Rights Centre", "protection"),
    "human_rights": ("Human Rights League", "human_rights"),
    "prime": ("Prime Grantee", "prime"),
    "partner": ("House by the Lake", "partner"),
    "donor": ("Foreign Donor", "donor"),
}
SITES = {  # code: agency, name, kind, province
    "centre": ("protection", "Transit Centre Svay Rieng", "transit_centre", "20"),
    "mic": ("protection", "Information Centre Koh Kong", "mic", "09"),
    "league": ("human_rights", "League Office", "office", "12"),
}
USERS = {  # sign-in name: role, agency, sites
    "intake_officer": ("intake_officer", "protection", ("centre",)),
    "second_officer": ("intake_officer", "protection", ("centre",)),
    "mic_officer": ("intake_officer", "protection", ("mic",)),
    "social_worker": ("social_worker", "protection", ()),
    "idle_worker": ("social_worker", "protection", ()),  # on no team, ever
    "counsellor": ("counsellor", "protection", ("centre",)),
    "mic_counsellor": ("counsellor", "protection", ("mic",)),
    "monitor": ("monitor", "protection", ()),
    "lawyer": ("lawyer", "protection", ()),
    "shelter_manager": ("shelter_manager", "protection", ("centre",)),
    "programme_officer": ("programme_officer", "protection", ()),
    "supervisor": ("supervisor", "protection", ()),
    "programme_manager": ("programme_manager", "protection", ()),
    "me_officer": ("me_officer", "protection", ()),
    "donor": ("donor", "donor", ()),
    "partner": ("partner", "partner", ()),
    "administrator": ("administrator", "prime", ()),
    "own_administrator": ("administrator", "protection", ()),
    "outsider": ("intake_officer", "human_rights", ("league",)),
    "outside_worker": ("social_worker", "human_rights", ()),
    "outside_counsellor": ("counsellor", "human_rights", ("league",)),
    "outside_supervisor": ("supervisor", "human_rights", ()),
}


def settle() -> None:
    """Enter everybody into an empty, migrated database, and commit."""
    with acting_as(None):
        agencies = {
            code: add_agency(by=None, code=code, name=name, kind=kind)
            for code, (name, kind) in AGENCIES.items()
        }
        sites = {
            code: add_site(
                by=None, agency=agencies[agency], code=code, name=name, kind=kind, province=province
            )
            for code, (agency, name, kind, province) in SITES.items()
        }
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            for username, (role, agency, codes) in USERS.items():
                add_user(
                    by=None, username=username, display_name=username.replace("_", " ").title(), role=role,
                    agency=agencies[agency], password=PASSWORD, sites=[sites[code] for code in codes],
                )  # fmt: skip
        User.objects.update(password=make_password(PASSWORD))  # hashed as in earnest, but once


@dataclass(frozen=True)
class House:
    """A site and those who work there: what a maker needs to know of its surroundings."""

    agency: Agency
    site: Site
    officer: User
    worker: User
    counsellor: User
    supervisor: User


class Cast:
    """Everybody by sign-in name (`cast.social_worker`), agencies and sites by code, and three houses.

    here: the protection agency's transit centre, where the tests happen. next_door: another site of the same
    agency. elsewhere: another agency. `of_role[role]` is the user of a role who may be tied to cases of `here`.
    """

    def __init__(self, users: dict[str, User], agencies: dict[str, Agency], sites: dict[str, Site]):
        self.users, self.agencies, self.sites = users, agencies, sites
        self.of_role = {role: users[role] for role in ROLES}
        u = users
        self.here = House(agencies["protection"], sites["centre"], u["intake_officer"], u["social_worker"],
                          u["counsellor"], u["supervisor"])  # fmt: skip
        self.next_door = House(agencies["protection"], sites["mic"], u["mic_officer"], u["social_worker"],
                               u["mic_counsellor"], u["supervisor"])  # fmt: skip
        self.elsewhere = House(agencies["human_rights"], sites["league"], u["outsider"], u["outside_worker"],
                               u["outside_counsellor"], u["outside_supervisor"])  # fmt: skip

    def __getattr__(self, username: str) -> User:
        try:
            return self.__dict__["users"][username]
        except KeyError:
            raise AttributeError(username) from None

    @classmethod
    def read(cls) -> "Cast":
        """Read everybody from the database that the tests run on."""
        users = {user.username: user for user in User.objects.select_related("agency")}
        return cls(
            users,
            {agency.code: agency for agency in Agency.objects.all()},
            {site.code: site for site in Site.objects.select_related("agency")},
        )
