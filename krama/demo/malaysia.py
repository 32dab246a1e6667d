"""15 men from Malaysia, three months on: all interviewed and determined, most of them at home with a case open.

Numbers are places on the list of `people.MALAYSIA`, from 1.
"""

from datetime import timedelta
from decimal import Decimal

from krama.access.scoping import acting_as
from krama.casework.actions.case import join_team, open_case, set_next_step
from krama.casework.actions.consent import withdraw_consent
from krama.casework.actions.service import give, give_many
from krama.demo import consents, interviews
from krama.demo.accounts import Cast
from krama.demo.dates import Calendar
from krama.demo.people import MALAYSIA
from krama.demo.registering import Cases, of, register, registrations
from krama.repatriation.actions import announce

EVERYBODY = range(1, 16)
CHECKED = range(1, 14)
COMFORTED = range(1, 13)
ASSESSED = (1, 2, 3, 4, 5, 6, 8, 9, 12)
WELCOMED = (1, 2, 4, 5, 9)
ADVISED = (1, 3, 5, 7, 10)
REFUSED, WITHDREW, NOT_ASKED = 10, 13, 15

# number, risk, next step, days from today on which it is due
OPENED = (
    (1, "low", "training_or_work", 4),
    (2, "medium", "training_or_work", 2),
    (3, "medium", "legal_referral", 0),
    (4, "low", "training_or_work", 11),
    (5, "low", "training_or_work", 6),
    (6, "medium", "family_assessment", 3),
    (7, "high", "legal_referral", 1),
    (8, "low", "papers", 8),
    (9, "low", "training_or_work", 14),
    (10, "medium", "counselling", 2),
    (11, "low", "papers", 9),
    (12, "medium", "legal_referral", 5),
)
OVERDUE = ((4, "training_or_work", -4), (8, "papers", -1))
FOR_THE_LAWYER = (3, 7, 12)
SAFETY = {
    7: "The broker lives in the same commune and asks for money. Visits only together with the village chief."
}


def tell(cast: Cast, days: Calendar) -> None:
    """Register the fifteen and do most of the work."""
    monitor = cast["monitor"]
    with acting_as(monitor):
        arrival = announce(
            by=monitor, site=cast.sites["phnom-penh"], arrived_at=days.malaysia, country="MY",
            province_abroad="Selangor", handed_over_by="iom", authority="", announced=len(MALAYSIA),
            documents=["name_list", "laissez_passer"], note="Came by air; language Khmer, some prefer Cham.",
        )  # fmt: skip
    basis = "passport"
    cases = register(arrival, registrations(MALAYSIA, days.moved, birth_basis=basis), by=monitor)
    _consents(cast, days, cases)
    _interviews(cast, days, cases)
    _services(cast, days, cases)
    _open(cast, days, cases)


def _consents(cast: Cast, days: Calendar, cases: Cases) -> None:
    monitor, on = cast["monitor"], days.malaysia.date()
    words = {
        n: consents.agrees(cases[n], by=monitor, on=on, purposes=("services", "legal_aid", "reporting"))
        for n in EVERYBODY
        if n not in (REFUSED, NOT_ASKED)
    }
    consents.refuses(cases[REFUSED], by=monitor, on=on)
    with acting_as(monitor):
        withdraw_consent(words[WITHDREW], by=monitor, withdrawn_on=on + timedelta(days=60))


def _interviews(cast: Cast, days: Calendar, cases: Cases) -> None:
    for n in EVERYBODY:
        begun = days.malaysia + timedelta(days=(n - 1) // 5, hours=2 + (n - 1) % 5)
        held = interviews.interview(
            cases[n], by=cast["monitor"], begun=begun, answers=interviews.man_answers(n), place="office"
        )
        interviews.find(cases[n], held, by=cast["supervisor2"], at=days.malaysia + timedelta(days=6))


def _services(cast: Cast, days: Calendar, cases: Cases) -> None:
    first, providers = days.malaysia.date(), cast.providers
    with acting_as(cast["monitor"]) as by:
        give_many(
            of(cases, EVERYBODY), by=by, kind="meal", given_on=first, provider=providers["canteen"],
            cost=Decimal("45.00"), currency="USD", receipt="R-88",
        )  # fmt: skip
        give_many(
            of(cases, CHECKED), by=by, kind="medical_check", given_on=first, provider=providers["doctor"]
        )
        give_many(of(cases, COMFORTED), by=by, kind="basic_counselling", given_on=first + timedelta(days=1))
        give_many(
            of(cases, EVERYBODY), by=by, kind="travel_support", given_on=first + timedelta(days=3),
            provider=providers["coach"], cost=Decimal("187.50"), currency="USD", receipt="C-5120",
        )  # fmt: skip
        give_many(of(cases, ADVISED), by=by, kind="legal_advice", given_on=first + timedelta(days=20))
        for place, n in enumerate(ASSESSED):
            give(cases[n], by=by, kind="family_assessment", given_on=first + timedelta(days=12 + 3 * place))
        give_many(
            of(cases, WELCOMED), by=by, kind="community_visit", given_on=first + timedelta(days=30),
            note="មេភូមិ និងអ្នកជិតខាងបានស្វាគមន៍ការវិលត្រឡប់។",
        )  # fmt: skip


def _open(cast: Cast, days: Calendar, cases: Cases) -> None:
    with acting_as(cast["supervisor2"]) as by:
        for n, risk, step, due in OPENED:
            cases[n] = open_case(
                cases[n], by=by, worker=cast["monitor"], risk=risk, next_step=step, next_due=days.due(due),
                safety_notice=SAFETY.get(n, ""),
            )  # fmt: skip
            opened = days.malaysia.date() + timedelta(days=10)
            type(cases[n]).objects.filter(pk=cases[n].pk).update(opened_on=opened)
        for n in FOR_THE_LAWYER:
            join_team(cases[n], by=by, member=cast["lawyer"], part="lawyer")
    with acting_as(cast["monitor"]) as by:
        for n, step, due in OVERDUE:
            set_next_step(cases[n], by=by, next_step=step, next_due=days.due(due), next_by=by)
