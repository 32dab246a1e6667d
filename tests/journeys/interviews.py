"""Steps of an interview: begun, answered part by part, stopped, finished; and the determination after it."""

from django.utils import timezone

from tests.journeys.desk import Desk

URGENT = {"needs_asked": True, "urgent_needs": ["hunger", "sleep"]}
SETTING = {
    "informed": True, "agreed": "true", "language": "khm", "understood": "true", "place": "transit_centre",
    "privacy": "alone",
}  # fmt: skip
CHILD = {  # sent to beg and to sell lottery tickets
    "urgent": URGENT,
    "setting": {**SETTING, "privacy": "trusted_person"},
    "journey": {"reasons_for_leaving": ["poverty", "school_costs"], "recruitment": ["family"],
                "recruiter_relation": "familial", "months_abroad": 7},
    "work": {"exploitation": ["forced_begging", "lottery_selling"], "controls": ["takes_earnings"],
             "detention_days": 60, "story": "I sold tickets. I want to go back to school."},
    "signs": {"indicators": ["VR05", "VR06", "EX01", "EX02", "EX09", "VD01"]},
    "elements": {"act": "yes", "act_grounds": "An aunt fetched the child across the border.",
                 "means": "not_known", "purpose": "yes",
                 "purpose_grounds": "The earnings of each day were taken in the evening.",
                 "abuse_abroad": "yes", "in_need": "yes"},
}  # fmt: skip
ADULT = {  # went by own decision, and was abused there
    "urgent": {**URGENT, "urgent_needs": ["call_family"]},
    "setting": SETTING,
    "journey": {"reasons_for_leaving": ["poverty", "debt"], "recruitment": ["neighbour"], "months_abroad": 9},
    "work": {"detention_days": 60, "story": "We owed money. They held us for two months."},
    "signs": {"indicators": ["EX02", "EX05", "VD03"]},
    "elements": {"act": "no", "act_grounds": "Went by own decision with neighbours.", "means": "not_known",
                 "purpose": "not_known", "abuse_abroad": "yes", "in_need": "yes"},
}  # fmt: skip
GROUNDS = {
    "trafficking_survivor": "Taken across the border and made to work for the gain of others; under 18.",
    "abused_migrant": "Left by own decision, but worked for almost no pay and was held for two months.",
}
LAST = "elements"


def begin(interviewer: Desk, case: str) -> str:
    """Begin an interview from the case; gives the address of the interview."""
    interviewer.goes_to(f"/cases/{case}/")
    interviewer.follows("Screening interview")
    interviewer.presses("Begin the interview")
    return interviewer.where.rstrip("/").rpartition("/")[0] + "/"


def hold(interviewer: Desk, case: str, answers: dict) -> str:
    """Hold a whole interview page by page, as it is asked; gives its address, with the interview finished."""
    interview = begin(interviewer, case)
    for part, said in answers.items():
        interviewer.fills(**said)
        interviewer.presses("Save" if part == LAST else "Save and go on")
    interviewer.follows("Finish the interview")
    interviewer.presses("Save")
    return interview


def hold_unpainted(interviewer: Desk, case: str, answers: dict) -> None:
    """Hold the same interview through the same addresses, without painting the pages in between."""
    first = interviewer.sends(f"/cases/{case}/screening/", {})
    interview = first.headers["location"].removesuffix("urgent/")
    for version, (part, said) in enumerate(answers.items(), start=1):
        sent = {name: "on" if said_ is True else said_ for name, said_ in said.items()}
        interviewer.sends(f"{interview}{part}/", {"version": version, **sent})
    key = interview.strip("/").rpartition("/")[2]
    interviewer.sends(f"/records/screening/{key}/do/finish/", {"version": len(answers) + 1})


def determine(decider: Desk, case: str, outcome: str, **more) -> None:
    """Fill in the determination of a case."""
    decider.goes_to(f"/records/determination/add/?case={case}")
    decider.fills(outcome=outcome, grounds=GROUNDS.get(outcome, "Told so twice, on two days."), **more)
    decider.presses("Save")


def determine_unpainted(decider: Desk, case: str, outcome: str) -> None:
    """Send the same form without painting its page."""
    sent = {"outcome": outcome, "grounds": GROUNDS[outcome], "decided_on": f"{timezone.localdate():%d/%m/%Y}"}
    decider.sends(f"/records/determination/add/?case={case}", sent)
