"""What the interviews of the demo hold: invented answers and short texts, some in Khmer, none in detail."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from krama.access.models import User
from krama.access.scoping import acting_as
from krama.casework.actions.screening import (
    determine,
    finish_screening,
    save_screening,
    start_screening,
    suggestion,
)
from krama.casework.models import Case, Determination, Screening

SETTING = {
    "needs_asked": True,
    "informed": True,
    "agreed": True,
    "language": "khm",
    "understood": True,
    "interpreter": False,
}

CHILD = {
    "reasons_for_leaving": ["poverty", "debt", "school_costs", "sent_by_family"],
    "exploitation": ["forced_begging", "lottery_selling"],
    "controls": ["takes_earnings", "excessive_hours"],
    "months_abroad": 7,
    "detention_days": 60,
    "indicators": ["VR05", "VR06", "EX01", "EX02", "EX09", "VD01"],
    "act": "yes",
    "means": "not_known",
    "purpose": "yes",
    "purpose_grounds": "Sold lottery tickets and asked for money all day; the earnings were taken each evening.",
    "abuse_abroad": "yes",
    "in_need": "yes",
}
# how the child was sent: by a parent, by a relative, by a broker
SENT = (
    {
        "recruitment": ["family"], "recruiter_relation": "parent", "recruited_by_family": True,
        "immediate_risk": ["family_took_part", "not_in_school"],
        "act_grounds": "A parent took the child across the border to earn for the family's debt.",
        "story": "ខ្ញុំលក់ឆ្នោតតាមផ្លូវពីព្រឹកដល់យប់។ ខ្ញុំចង់ទៅរៀនវិញ។",
    },
    {
        "recruitment": ["family"], "recruiter_relation": "familial", "recruited_by_family": True,
        "immediate_risk": ["not_in_school"],
        "act_grounds": "An aunt fetched the child and kept the child in a rented room with others.",
        "story": "My aunt said it would be for a short time. I sold tickets. I want to go back to grade five.",
    },
    {
        "recruitment": ["broker"], "recruiter_relation": "neighbour", "recruited_by_family": False,
        "immediate_risk": ["recruiter_calls", "debt_demanded", "not_in_school"],
        "act_grounds": "A broker from the next village took the child along and gave the family an advance.",
        "story": "មេខ្យល់បានឱ្យប្រាក់ម៉ាក់មុន ហើយនាំខ្ញុំទៅ។ ខ្ញុំចង់នៅផ្ទះជាមួយម៉ាក់។",
    },
)  # fmt: skip

ADULT = {
    "reasons_for_leaving": ["poverty", "debt", "no_land"],
    "recruitment": ["neighbour"],
    "months_abroad": 9,
    "detention_days": 60,
    "indicators": ["EX02", "EX05", "VD03"],
    "act": "no",
    "act_grounds": "Went by own decision with neighbours; nobody arranged or paid for the journey.",
    "means": "not_known",
    "purpose": "not_known",
    "abuse_abroad": "yes",
    "in_need": "yes",
    "immediate_risk": ["no_income"],
}
ADULT_STORIES = (
    "ផ្ទះខ្ញុំជំពាក់បំណុលគេ។ ខ្ញុំទៅរកការងារនៅទីនោះ ហើយគេឃាត់ទុកប្រហែលពីរខែ។",
    "We owed money for the treatment of my mother. I sold fruit and tickets. They held us for two months.",
)

MAN = {
    "reasons_for_leaving": ["poverty", "no_work", "promised_work"],
    "recruitment": ["broker"],
    "recruiter_relation": "acquainted",
    "recruited_by_family": False,
    "exploitation": ["forced_labour"],
    "industry": "C",
    "controls": ["false_promises", "excessive_hours", "withholds_documents", "physical_abuse"],
    "months_abroad": 14,
    "detention_days": 120,
    "indicators": ["DR01", "DR02", "DR03", "EX01", "EX02", "EX04", "CD01", "CD04", "VD05"],
    "act": "yes",
    "act_grounds": "A broker recruited him in his village and arranged travel and work.",
    "means": "yes",
    "means_grounds": "Told lies about work and pay; his passport was kept; he was beaten.",
    "purpose": "yes",
    "purpose_grounds": "Up to sixteen hours of work a day, with little of the pay that was promised.",
    "abuse_abroad": "yes",
    "in_need": "yes",
    "immediate_risk": ["debt_demanded", "no_income"],
}
MAN_STORIES = (
    "The broker spoke of a good factory job. The days had sixteen hours. I came home with nothing.",
    "មេខ្យល់ប្រាប់ថាជាការងារល្អ។ យើងធ្វើការដប់ប្រាំមួយម៉ោងក្នុងមួយថ្ងៃ ហើយត្រូវជាប់ឃុំពីរបីខែ។",
    "I want to tell other young men to ask about the contract before they go.",
)

# by what was found, and whether the person is a child
GROUNDS = {
    ("trafficking_survivor", True): "កុមារត្រូវគេនាំទៅ ហើយឱ្យធ្វើការដើម្បីប្រយោជន៍អ្នកដទៃ។ មិនចាំបាច់មានមធ្យោបាយទេ។",
    (
        "trafficking_survivor",
        False,
    ): "Recruited with lies and made to work for the gain of others; papers were kept.",
    (
        "abused_migrant",
        False,
    ): "Left by own decision, but worked for almost no pay and was held for two months.",
}


def child_answers(place: int) -> dict:
    """Give a child's answers; `place` chooses who sent the child."""
    return CHILD | SENT[place % len(SENT)] | {"urgent_needs": ["call_family", "clothing"]}


def adult_answers(place: int) -> dict:
    """Give the answers of an adult who came with the children."""
    return ADULT | {"story": ADULT_STORIES[place % len(ADULT_STORIES)], "urgent_needs": ["call_family"]}


def man_answers(place: int) -> dict:
    """Give the answers of a man from Malaysia."""
    return MAN | {"story": MAN_STORIES[place % len(MAN_STORIES)], "urgent_needs": ["sleep", "call_family"]}


def interview(
    case: Case, *, by: User, begun: datetime, answers: Mapping, place: str, finished: bool = True
) -> Screening:
    """Hold an interview as it was held then; an unfinished one was stopped after the first questions."""
    privacy = "trusted_person" if case.child else "alone"
    with acting_as(by):
        screening = start_screening(case, by=by)
        first = SETTING | {"place": place, "privacy": privacy, "urgent_needs": answers["urgent_needs"]}
        screening = save_screening(screening, by=by, **(first | dict(answers) if finished else first))
        # No action takes the time of an interview that is entered later, so its moment is set here.
        times = {"started_at": begun}
        if finished:
            finish_screening(screening, by=by)
            times["finished_at"] = begun + timedelta(minutes=40)
        Screening.objects.filter(pk=screening.pk).update(**times)
        return Screening.objects.select_related("case__person").get(pk=screening.pk)


def find(case: Case, screening: Screening, *, by: User, at: datetime) -> Determination:
    """Determine what the answers suggest, with grounds; `case` then knows its category."""
    with acting_as(by):
        outcome = suggestion(screening).outcome
        found = determine(
            case, by=by, outcome=outcome, grounds=GROUNDS[outcome, case.child],
            decided_on=timezone.localtime(at).date(), screening=screening,
        )  # fmt: skip
        Determination.objects.filter(pk=found.pk).update(recorded_at=at)
        return found
