"""What cannot wait, what to do about it now, and how great the risk looks.

Suggestions for the person on duty, never a score to hide behind. Sources: WHO recommendations for
interviewing trafficked women (2003): be ready for an emergency, safety first; inter-agency child protection
case management (2014): risk high, medium, low with reasons, looked at again at each contact.
The levels of the single needs and signs stand in the code lists urgent_needs and immediate_risk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from krama.access.refusal import Refusal, _
from krama.records.vocabulary import vocabulary

LEVELS = ("low", "medium", "high")
MANY_MEDIUM = 3  # so many signs of middle weight together are read as high

# Not asked or not known, these three leave the risk open: it is then never read as low.
MUST_BE_KNOWN = ("trafficker_knows_address", "debt_demanded", "threats_to_family")


@dataclass(frozen=True)
class Cause:
    """One need or sign behind a level. Show `vocabulary("casework", list_name).label(code)`; its hint says
    what to do now."""

    list_name: str
    code: str
    level: str


@dataclass(frozen=True)
class Reading:
    """A suggested level ("high", "medium", "low") with its causes, the gravest first, and its reasons."""

    level: str
    causes: tuple[Cause, ...]
    reasons: tuple[Refusal, ...]


def suggest_urgency(
    needs: Iterable[str], signs: Iterable[str] = (), *, child: bool | None = False, alone: bool = False
) -> Reading:
    """How urgent the first help is.

    needs: codes of urgent_needs; signs: codes of immediate_risk. child: None = in doubt, as a child.
    alone: came without parent or other trusted adult. Raises UnknownCode for a code of neither list.
    """
    causes = _causes("urgent_needs", needs) + _causes("immediate_risk", signs)
    reasons = []
    level = _highest(cause.level for cause in causes)
    if child is not False and alone:
        level = "high"
        text = _(
            "A child, or a person who may be one, is alone: name a trusted adult to stay with the child."
        )
        reasons.append(Refusal(text))
    return Reading(level, _gravest_first(causes), (*_counts(causes), *reasons))


def suggest_risk(
    signs: Iterable[str],
    *,
    not_known: Iterable[str] = (),
    child: bool | None = False,
    goes_to_family: bool = False,
) -> Reading:
    """The level of risk to suggest for a person now.

    signs: codes of immediate_risk that are present; not_known: those asked and not known, or not asked.
    goes_to_family: lives with, or is about to return to, the family. "Not known" never counts as "no".
    Raises UnknownCode for a code that the list does not hold.
    """
    present = frozenset(signs)
    causes = _causes("immediate_risk", present)
    reasons = [*_counts(causes)]
    level = _highest(cause.level for cause in causes)
    if sum(cause.level == "medium" for cause in causes) >= MANY_MEDIUM and level != "high":
        level = "high"
        reasons.append(Refusal(_("Several signs together weigh as much as a grave one.")))
    if goes_to_family and "family_took_part" in present:
        level = "high"
        reasons.append(
            Refusal(_("The family took part in what happened, and the person is to live with it."))
        )
    if child is not False and causes and level == "low":
        level = "medium"
        reasons.append(Refusal(_("The person is a child or may be one.")))
    open_questions = [code for code in MUST_BE_KNOWN if code in frozenset(not_known) - present]
    if open_questions and level == "low":
        level = "medium"
    if open_questions:
        text = _("Questions about safety that are still open: %(count)s. Not known does not count as no.")
        reasons.append(Refusal(text, {"count": len(open_questions)}))
    return Reading(level, _gravest_first(causes), tuple(reasons))


def next_contact_by(level: str, last_contact: date) -> date:
    """The day by which the person should be seen again, from risk_levels (common practice, to be configured).

    Raises UnknownCode for a level that the list does not hold.
    """
    days = vocabulary("casework", "risk_levels").row(level)["contact_days"]
    return last_contact + timedelta(days=int(days))


def _causes(list_name: str, codes: Iterable[str]) -> list[Cause]:
    words = vocabulary("casework", list_name)
    return [Cause(list_name, code, words.row(code)["level"]) for code in sorted(set(codes))]


def _highest(levels: Iterable[str]) -> str:
    return max(levels, key=LEVELS.index, default="low")


def _gravest_first(causes: list[Cause]) -> tuple[Cause, ...]:
    def place(cause: Cause) -> tuple[int, str, int]:
        order = int(vocabulary("casework", cause.list_name).row(cause.code)["order"])
        return -LEVELS.index(cause.level), cause.list_name, order

    return tuple(sorted(causes, key=place))


def _counts(causes: list[Cause]) -> list[Refusal]:
    sentences = {
        "high": _("Needs or signs that cannot wait: %(count)s. Act now."),
        "medium": _("Needs or signs to act on today: %(count)s."),
        "low": _("Needs or signs to see to in the next days: %(count)s."),
    }
    counted = [(level, sum(cause.level == level for cause in causes)) for level in reversed(LEVELS)]
    return [Refusal(sentences[level], {"count": count}) for level, count in counted if count]
