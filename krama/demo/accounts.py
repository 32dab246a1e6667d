"""Who works in the demo: invented agencies, their sites, rooms and providers, and one account for each role.

Nothing here is a real organisation or person; the banner of the demonstration says so on every page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from krama.access.actions import add_agency, add_site, add_user
from krama.access.models import Agency, Site, User
from krama.access.roles import ROLES
from krama.access.scoping import acting_as
from krama.network.actions import list_provider
from krama.network.models import Provider
from krama.shelter.actions import add_bed, add_room

PASSWORD = "krama-demo"

# code | kind | English | Khmer
AGENCIES = (
    ("safe-shore", "protection", "Safe Shore for Children", "ច្រាំងសុខសាន្តដើម្បីកុមារ"),
    ("open-door", "human_rights", "Open Door Rights Association", "សមាគមសិទ្ធិមនុស្សទ្វារបើក"),
    ("way-home", "prime", "Way Home Programme", "កម្មវិធីផ្លូវត្រឡប់ផ្ទះ"),
    ("sugar-palm", "partner", "Sugar Palm House and Clinic", "ផ្ទះ និងគ្លីនិកដើមត្នោត"),
    ("horizon", "donor", "Horizon Solidarity Fund", "មូលនិធិសាមគ្គីភាពជើងមេឃ"),
)

# agency | code | kind | province | English | Khmer
SITES = (
    ("safe-shore", "svay-rieng", "transit_centre", "20", "Svay Rieng Transit Centre", "មជ្ឈមណ្ឌលសំចតស្វាយរៀង"),
    ("safe-shore", "koh-kong", "mic", "09", "Koh Kong Migration Information Centre",
     "មជ្ឈមណ្ឌលព័ត៌មានចំណាកស្រុកកោះកុង"),
    ("safe-shore", "lotus-shelter", "shelter", "20", "Lotus Shelter", "ទីជម្រកផ្កាឈូក"),
    ("open-door", "phnom-penh", "office", "12", "Phnom Penh Office", "ការិយាល័យភ្នំពេញ"),
    ("way-home", "way-home-office", "office", "12", "Way Home Office", "ការិយាល័យកម្មវិធី"),
    ("sugar-palm", "sugar-palm-house", "shelter", "12", "Sugar Palm House", "ផ្ទះដើមត្នោត"),
)  # fmt: skip

# site | room | for sex | for age | beds
ROOMS = (
    ("svay-rieng", "Family room 1", "any", "any", 4),
    ("svay-rieng", "Family room 2", "any", "any", 4),
    ("svay-rieng", "Family room 3", "any", "any", 3),
    ("svay-rieng", "Family room 4", "any", "any", 3),
    ("svay-rieng", "Family room 5", "any", "any", 3),
    ("svay-rieng", "Family room 6", "any", "any", 3),
    ("svay-rieng", "Family room 7", "any", "any", 3),
    ("svay-rieng", "Family room 8", "any", "any", 3),
    ("svay-rieng", "Girls' room", "women", "children", 6),
    ("svay-rieng", "Boys' room", "men", "children", 5),
    ("svay-rieng", "Men's room", "men", "adults", 3),
    ("lotus-shelter", "Lotus 1 (girls)", "women", "children", 6),
    ("lotus-shelter", "Lotus 2 (women and their children)", "women", "any", 4),
    ("lotus-shelter", "Lotus 3 (boys)", "men", "children", 4),
)

# listed by | key | kind | province | English | Khmer
PROVIDERS = (
    ("supervisor", "kitchen", "kitchen", "20", "Three Pots Kitchen", "ផ្ទះបាយឆ្នាំងបី"),
    ("supervisor", "clinic", "health", "20", "Waterlily Health Post", "ប៉ុស្តិ៍សុខភាពព្រលិត"),
    ("supervisor", "bus", "transport", "20", "Border Road Bus", "រថយន្តក្រុងផ្លូវព្រំដែន"),
    ("supervisor", "school", "school", "20", "Kapok Tree Primary School", "សាលាបឋមសិក្សាដើមគរ"),
    ("supervisor2", "canteen", "kitchen", "12", "Riverside Canteen", "អាហារដ្ឋានមាត់ទន្លេ"),
    ("supervisor2", "doctor", "health", "12", "Jasmine Clinic", "គ្លីនិកម្លិះរួត"),
    ("supervisor2", "coach", "transport", "12", "Seven Provinces Coach", "រថយន្តប្រាំពីរខេត្ត"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """One member of staff. sites: codes; tries: what a newcomer may do first, in a line."""

    username: str
    role: str
    agency: str
    name: str
    name_km: str
    tries: str
    sites: tuple[str, ...] = ()


ACCOUNTS = (
    Account("officer", "intake_officer", "safe-shore", "Chan Sovanna", "ចាន់ សុវណ្ណា",
            "open the Long An arrival and finish what its board shows as missing", ("svay-rieng",)),
    Account("officer2", "intake_officer", "safe-shore", "Kim Rithy", "គីម រិទ្ធី",
            "announce an arrival and import a list from krama/demo/samples", ("svay-rieng", "koh-kong")),
    Account("worker", "social_worker", "safe-shore", "Nget Sokunthea", "ង៉ែត សុគន្ធា",
            "see what is due today, and determine a finished interview"),
    Account("worker2", "social_worker", "safe-shore", "Vong Dalin", "វង្ស ដាលីន",
            "follow up an overdue step, and record a consent"),
    Account("counsellor", "counsellor", "safe-shore", "Lim Monika", "លឹម មនីកា",
            "write a note that only you and the supervisor can read", ("svay-rieng", "lotus-shelter")),
    Account("shelter", "shelter_manager", "safe-shore", "Suon Kolab", "សួន កុលាប",
            "give beds to the three who have none", ("svay-rieng", "lotus-shelter")),
    Account("education", "programme_officer", "safe-shore", "Yem Chariya", "យ៉ែម ចរិយា",
            "see the few cases whose team you are on, and nothing else"),
    Account("supervisor", "supervisor", "safe-shore", "Ngin Sambath", "ងិន សម្បត្តិ",
            "open a case that is determined, and look at the high-risk one"),
    Account("manager", "programme_manager", "safe-shore", "Thach Serey", "ថាច់ សេរី",
            "see progress and costs; names stay hidden"),
    Account("evaluation", "me_officer", "safe-shore", "Ung Pheakdey", "អ៊ុង ភក្ដី",
            "filter and count cases; names, places and stories stay hidden"),
    Account("monitor", "monitor", "open-door", "Ma Sofiyan", "ម៉ា សូហ្វីយ៉ាន់",
            "go on with the men from Malaysia; one may be known under another spelling", ("phnom-penh",)),
    Account("lawyer", "lawyer", "open-door", "Keat Vireak", "គាត វីរៈ",
            "read the cases that wait for a legal referral", ("phnom-penh",)),
    Account("supervisor2", "supervisor", "open-door", "Duong Mealea", "ឌួង មាលា",
            "open the last cases from Malaysia; Long An stays invisible to your agency", ("phnom-penh",)),
    Account("partner", "partner", "sugar-palm", "Roth Sreypov", "រ័ត្ន ស្រីពៅ",
            "see the one case that was shared with you, as far as it was shared"),
    Account("donor", "donor", "horizon", "Alex Morgan", "អាឡិច ម័រហ្គែន",
            "see one figure and never a person"),
    Account("admin", "administrator", "way-home", "Tieng Borin", "ទៀង បូរិន",
            "see staff and agencies; no survivor is visible to you"),
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Everybody and everything that stands ready, by the codes above."""

    staff: Mapping[str, User]
    agencies: Mapping[str, Agency]
    sites: Mapping[str, Site]
    providers: Mapping[str, Provider]

    def __getitem__(self, username: str) -> User:
        return self.staff[username]


def is_set_up() -> bool:
    """Say whether the demo's agencies stand in this database already."""
    return Agency.objects.filter(code=AGENCIES[0][0]).exists()


def set_up() -> Cast:
    """Enter agencies, sites, staff, rooms and providers through the ordinary actions; gives them."""
    agencies = {
        code: add_agency(by=None, code=code, name=name, kind=kind, name_km=km)
        for code, kind, name, km in AGENCIES
    }
    sites = {
        code: add_site(by=None, agency=agencies[agency], code=code, name=name, kind=kind, province=province,
                       name_km=km)
        for agency, code, kind, province, name, km in SITES
    }  # fmt: skip
    staff = {
        account.username: add_user(
            by=None, username=account.username, display_name=account.name, display_name_km=account.name_km,
            role=account.role, agency=agencies[account.agency], password=PASSWORD,
            sites=[sites[code] for code in account.sites],
        )
        for account in ACCOUNTS
    }  # fmt: skip
    _furnish(staff["supervisor"], sites)
    return Cast(staff, agencies, sites, _providers(staff))


def _furnish(supervisor: User, sites: Mapping[str, Site]) -> None:
    with acting_as(supervisor):
        for site, name, for_sex, for_age, beds in ROOMS:
            room = add_room(by=supervisor, site=sites[site], name=name, for_sex=for_sex, for_age=for_age)
            for number in range(1, beds + 1):
                add_bed(by=supervisor, room=room, label=str(number))


def _providers(staff: Mapping[str, User]) -> dict[str, Provider]:
    listed = {}
    for username, key, kind, province, name, km in PROVIDERS:
        with acting_as(staff[username]) as by:
            listed[key] = list_provider(by=by, name=name, kind=kind, province=province, name_km=km)
    return listed


def demo_accounts() -> list[dict[str, str]]:
    """Give the accounts for the sign-in page of a demonstration: name, role, username, password_hint.

    The role is in the active language. Needs no database. Show it only where `settings.DEMO` is set.
    """
    return [
        {
            "name": account.name,
            "role": gettext(ROLES[account.role].label),
            "username": account.username,
            "password_hint": PASSWORD,
        }
        for account in ACCOUNTS
    ]


def table() -> str:
    """Give the accounts as aligned lines for a terminal: who, with which role, and what to try."""
    rows = [("sign-in name", "role", "try this")]
    rows += [(account.username, ROLES[account.role].label, account.tries) for account in ACCOUNTS]
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {name:<{wide[0]}}  {role:<{wide[1]}}  {tries}" for name, role, tries in rows]
    return "\n".join([f"The password of everybody is: {PASSWORD}", "", *lines])
