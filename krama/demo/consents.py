"""The words of consent in the demo: adults for themselves, children with somebody responsible, some a no."""

from datetime import date

from krama.access.models import User
from krama.access.scoping import acting_as
from krama.casework.actions.consent import record_consent
from krama.casework.models import Case, Consent

HELP = ("services", "family_tracing")
WITNESS = "Village health volunteer"
WEIGHED = {
    "took_part": "The parent took part in sending the child. Help at once is best; the child was heard and agrees.",
    "alone": "កុមារមកម្នាក់ឯង ហើយនៅមិនទាន់រកឃើញក្រុមគ្រួសារ។ ការជួយភ្លាមៗជាប្រយោជន៍ល្អបំផុតរបស់កុមារ។",
}


def agrees(case: Case, *, by: User, on: date, purposes=HELP, recipients=()) -> Consent:
    """An adult agrees for themselves, with a thumb print before a witness."""
    return _write(case, by, on, purposes, recipients, given_by="person", how="thumb_print", witness=WITNESS)


def family_agrees(case: Case, *, by: User, on: date, giver: str, given_by: str) -> Consent:
    """A child says yes, and so does an adult who is responsible and took no part in what happened."""
    return _write(
        case, by, on, HELP, (), given_by=given_by, giver=giver, took_part="no", how="signature",
        assent=_assent(case),
    )  # fmt: skip


def two_decide(
    case: Case, *, by: User, second: User, on: date, why: str, purposes=HELP, recipients=()
) -> Consent:
    """Two people decide in the best interest of a child who was heard."""
    return _write(
        case, by, on, purposes, recipients, given_by="best_interest", how="best_interest_decision",
        second_decider=second, grounds=WEIGHED[why], assent=_assent(case),
    )  # fmt: skip


def refuses(case: Case, *, by: User, on: date, purposes=("sharing", "reporting")) -> Consent:
    """Somebody says no; nothing more is asked."""
    with acting_as(by):
        return record_consent(case, by=by, answer="refused", purposes=purposes, given_on=on)


def _assent(case: Case) -> str:
    return "given" if (case.age or 0) >= 6 else "not_asked"


def _write(case: Case, by: User, on: date, purposes, recipients, **more) -> Consent:
    with acting_as(by):
        return record_consent(
            case, by=by, answer="given", purposes=purposes, recipients=recipients, given_on=on, informed=True,
            **more,
        )  # fmt: skip
