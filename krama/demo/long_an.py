"""33 people from Long An, handed over at the border on one evening: half worked through, work left everywhere.

Numbers are places on the list of `people.LONG_AN`, from 1.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from krama.access.models import User
from krama.access.scoping import acting_as
from krama.casework.actions.case import join_team, open_case, set_next_step
from krama.casework.actions.consent import share, withdraw_consent
from krama.casework.actions.service import add_note, give_many
from krama.demo import consents, interviews
from krama.demo.accounts import Cast
from krama.demo.dates import Calendar
from krama.demo.people import LONG_AN
from krama.demo.registering import Cases, of, register, registrations
from krama.repatriation.actions import announce
from krama.shelter.actions import end_stay, give_beds, proposed_beds
from krama.shelter.models import Bed, Stay

EVERYBODY = range(1, 34)
WITHOUT_BED = (23, 24, 25)
WITHOUT_MEDICAL_CHECK = (25, 31, 32)
COMFORTED = (1, 2, 3, 5, 6, 7, 9, 16, 18, 19, 20, 21, 22, 26, 27, 28, 30, 33)
WENT_HOME = 33

TEAMS = {
    "worker": (1, 2, 3, 6, 7, 21, 26, 27, 32),
    "worker2": (8, 9, 16, 19, 20, 28, 33),
    "education": (2, 3, 19),
}
# who held the interviews; those of 22, 29 and 32 were stopped
INTERVIEWED = {
    "officer": (1, 5, 8, 11),
    "officer2": (14, 15, 18, 33),
    "worker": (2, 3, 6, 7, 21, 26, 27),
    "worker2": (9, 16, 19, 20, 28),
}
STOPPED = {"officer2": (22, 29), "worker": (32,)}
DETERMINED = {
    "supervisor": (5, 11, 18),
    "worker": (1, 2, 3, 6, 26, 27),
    "worker2": (8, 9, 16, 19, 20, 33),
}

# who opens with which worker: number, worker, risk, next step, days from today
OPENED = (
    (26, "worker", "high", "family_assessment", 1),
    (27, "worker", "medium", "medical_referral", 2),
    (2, "worker", "low", "school", 5),
    (1, "worker", "low", "training_or_work", 7),
    (9, "worker2", "medium", "best_interest", 0),
    (19, "worker2", "medium", "counselling", 3),
    (33, "worker2", "low", "training_or_work", 12),
)
SAFETY = {
    26: "A broker has phoned the family twice. Do not call the family's number; meet at the commune office.",
    9: "ម្ដាយនៅមណ្ឌលជាមួយ។ សូមជជែកជាមួយកុមារដាច់ដោយឡែក។",
}
# what is to be done next for others: number, said by, by whom, step, days from today
NEXT = (
    (3, "worker", "education", "school", 6),
    (6, "worker", "worker", "family_assessment", -2),
    (16, "worker2", "supervisor", "best_interest", 0),
    (20, "worker2", "worker2", "family_tracing", -3),
    (8, "worker2", "worker2", "training_or_work", 9),
    (5, "officer", "officer", "transport_home", 1),
    (11, "officer", "officer", "transport_home", 0),
    (18, "officer", "officer", "medical_referral", -1),
    (22, "officer2", "officer2", "full_interview", 0),
    (29, "officer2", "officer2", "full_interview", 1),
    (32, "worker", "worker", "full_interview", -1),
    (23, "officer", "shelter", "shelter", 0),
    (30, "officer", "counsellor", "counselling", 1),
)
NOTES = (
    (26, "Slept little. Spoke of the younger brother. We meet again on Tuesday."),
    (19, "Calm today. Drew the house of her grandmother."),
    (2, "សម្រាន្តបានល្អជាងមុន។ ចង់ជួបមិត្តនៅសាលា។"),
    (33, "Worried about the debt. We wrote down whom it is owed to."),
)


@dataclass(frozen=True)
class Evening:
    """The group with all that its story needs."""

    cast: Cast
    days: Calendar
    cases: Cases

    def __getitem__(self, username: str) -> User:
        return self.cast[username]

    def after(self, days: int = 0, hours: float = 0) -> datetime:
        """Give a moment so long after the arrival."""
        return self.days.long_an + timedelta(days=days, hours=hours)


def tell(cast: Cast, days: Calendar) -> None:
    """Register the 33 and do half of the work."""
    officer = cast["officer"]
    with acting_as(officer):
        arrival = announce(
            by=officer, site=cast.sites["svay-rieng"], arrived_at=days.long_an, country="VN",
            province_abroad="Long An", handed_over_by="cambodian_authority", authority="Border police post",
            documents=["name_list", "handover_record"], announced=len(LONG_AN),
            note="Held in Long An for about two months.",
        )  # fmt: skip
    cases = register(arrival, registrations(LONG_AN, days.moved), by=officer)
    told = Evening(cast, days, cases)
    for chapter in (
        _beds,
        _first_services,
        _teams,
        _consents,
        _interviews,
        _later_services,
        _cases,
        _next_steps,
    ):
        chapter(told)


def _beds(told: Evening) -> None:
    """Families together, all within the evening; three siblings still wait for theirs."""
    site, by = told.cast.sites["svay-rieng"], told["officer"]
    sleepers = of(told.cases, (n for n in EVERYBODY if n not in WITHOUT_BED))
    with acting_as(by):
        plan = proposed_beds(sleepers, site)
        beds = {bed.pk: bed for bed in Bed.objects.filter(room__site=site).select_related("room__site")}
        given = {case: beds[plan.beds[case.pk]] for case in sleepers}
        give_beds(given, by=by, since=told.after(hours=3))


def _first_services(told: Evening) -> None:
    cast, cases = told.cast, told.cases
    with acting_as(told["officer"]) as by:
        give_many(
            of(cases, EVERYBODY), by=by, kind="meal", given_on=told.after().date(), currency="KHR",
            provider=cast.providers["kitchen"], cost=Decimal(297_000), receipt="K-0114",
        )  # fmt: skip
    with acting_as(told["officer2"]) as by:
        checked = of(cases, (n for n in EVERYBODY if n not in WITHOUT_MEDICAL_CHECK))
        give_many(
            checked,
            by=by,
            kind="medical_check",
            given_on=told.after(1).date(),
            provider=cast.providers["clinic"],
        )
        children = [case for case in cases.values() if case.child]
        give_many(
            children, by=by, kind="material_support", given_on=told.after(1).date(), note="Clothes, soap"
        )
    with acting_as(told["counsellor"]) as by:
        give_many(of(cases, COMFORTED), by=by, kind="basic_counselling", given_on=told.after(2).date())
        for number, note in NOTES:
            add_note(cases[number], by=by, held_on=told.after(3).date(), note=note)


def _teams(told: Evening) -> None:
    with acting_as(told["supervisor"]) as by:
        for username, numbers in TEAMS.items():
            part = "other" if username == "education" else "case_worker"
            for case in of(told.cases, numbers):
                join_team(case, by=by, member=told[username], part=part)


def _consents(told: Evening) -> None:
    cases, on = told.cases, told.after(1).date()
    officer, supervisor, worker = told["officer"], told["supervisor"], told["worker"]
    words = {n: consents.agrees(cases[n], by=officer, on=on) for n in (1, 5, 8, 11, 15, 18, 33)}
    for parent, children in ((1, (2, 3, 4)), (5, (6, 7)), (11, (12,))):
        for n in children:
            consents.family_agrees(cases[n], by=officer, on=on, giver=_name(parent), given_by="parent")
    for n in (19, 20):
        consents.family_agrees(cases[n], by=officer, on=on, giver=_name(18), given_by="guardian")
    for n, why in ((9, "took_part"), (16, "took_part"), (21, "alone"), (26, "alone"), (27, "alone")):
        consents.two_decide(cases[n], by=officer, second=supervisor, on=on, why=why)
    consents.two_decide(
        cases[27], by=worker, second=supervisor, on=told.after(3).date(), why="alone", purposes=("sharing",),
        recipients=("sugar-palm",),
    )  # fmt: skip
    for n in (14, 22, 28, 32):
        consents.refuses(cases[n], by=officer, on=on)
    with acting_as(officer):
        withdraw_consent(words[11], by=officer, withdrawn_on=told.after(6).date())


def _name(number: int) -> str:
    person = LONG_AN[number - 1]
    return f"{person['family_latin']} {person['given_latin']}"


def _interviews(told: Evening) -> None:
    deciders = {n: username for username, numbers in DETERMINED.items() for n in numbers}
    for username, numbers in (*INTERVIEWED.items(), *STOPPED.items()):
        for place, n in enumerate(numbers):
            case, by = told.cases[n], told[username]
            begun = told.after(place // 3, 16 + place % 3)  # three each morning, from the next day on
            answers = (interviews.child_answers if case.child else interviews.adult_answers)(n)
            held = interviews.interview(
                case, by=by, begun=begun, answers=answers, place="transit_centre",
                finished=n not in STOPPED.get(username, ()),
            )  # fmt: skip
            if n in deciders:
                interviews.find(case, held, by=told[deciders[n]], at=told.after(3 + n % 3, 17 + place / 4))


def _later_services(told: Evening) -> None:
    """The bus home for one man, who leaves his bed; and help towards school for the first child."""
    home = told.cases[WENT_HOME]
    with acting_as(told["officer2"]) as by:
        give_many(
            [home], by=by, kind="travel_support", given_on=told.after(8).date(), cost=Decimal(32_000),
            currency="KHR", provider=told.cast.providers["bus"], receipt="B-2207",
        )  # fmt: skip
        end_stay(Stay.objects.get(case=home), by=by, ended_at=told.after(8, 15))
    with acting_as(told["worker"]) as by:
        give_many(
            [told.cases[2]], by=by, kind="school_materials", given_on=told.after(9).date(), cost=Decimal("18.50"),
            currency="USD", provider=told.cast.providers["school"], receipt="S-031",
        )  # fmt: skip


def _cases(told: Evening) -> None:
    with acting_as(told["supervisor"]) as by:
        for n, worker, risk, step, days in OPENED:
            case = told.cases[n] = open_case(
                told.cases[n], by=by, worker=told[worker], risk=risk, next_step=step, next_due=told.days.due(days),
                safety_notice=SAFETY.get(n, ""),
            )  # fmt: skip
            type(case).objects.filter(pk=case.pk).update(opened_on=told.after(7).date())
        partner = told.cast.agencies["sugar-palm"]
        share(
            told.cases[27], by=by, agency=partner, groups=["identity", "health"], until=told.days.due(89)
        )  # the longest that a grant lasts, less a day


def _next_steps(told: Evening) -> None:
    for n, said_by, next_by, step, days in NEXT:
        with acting_as(told[said_by]) as by:
            set_next_step(
                told.cases[n], by=by, next_step=step, next_due=told.days.due(days), next_by=told[next_by]
            )
