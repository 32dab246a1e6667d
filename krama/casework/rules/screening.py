"""What a screening interview suggests, with its reasons and with what is still to ask.

A suggestion, never a decision: a person determines the status and writes the grounds
(`krama.casework.rules.determination`). "Not known" is an answer of its own and never counts as "no".
Sources: Palermo Protocol Art. 3; ILO/EC operational indicators (2009); UNICEF Guidelines on the Protection
of Child Victims of Trafficking (2006). Whether the person agreed is not asked here: it is irrelevant once a
means was used (Art. 3(b)) and always for a child (Art. 3(c)).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from krama.access.refusal import Refusal, _
from krama.casework.rules import indicators as ilo
from krama.casework.rules.ages import age_on, is_child
from krama.casework.rules.indicators import Dimension
from krama.records.vocabulary import vocabulary

__all__ = [
    "Answer", "Dimension", "Element", "Screened", "Suggestion", "age_on", "is_child", "suggest",
]  # fmt: skip

TRAFFICKING_SURVIVOR = "trafficking_survivor"
ABUSED_MIGRANT = "abused_migrant"
OTHER_RETURNEE = "other_returnee"
NONE = "none"
CANNOT_SAY = "cannot_say"

# HTCDS forms of exploitation that the ILO labour indicators do not describe: naming one is sign enough.
BEYOND_LABOUR = frozenset(
    {
        "SexualExploitation",
        "ForcedMarriage",
        "ForcedMilitaryByNonStateActors",
        "OrganRemoval",
        "ForcedAdoption",
        "Surrogacy",
    }
)


class Answer(StrEnum):
    """The answer to one question of the definition."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Element:
    """Act, means or purpose: the answer and what it rests on."""

    answer: Answer
    grounds: str = ""


@dataclass(frozen=True)
class Screened:
    """What the interview found.

    indicators: ids of the ILO list. child: under 18 when it happened; None = in doubt. age_basis: how the
    age is known. exploitation: codes of type_of_exploitation. abuse_abroad, in_need: None = not known.
    """

    act: Element
    means: Element
    purpose: Element
    indicators: frozenset[str] = frozenset()
    child: bool | None = None
    age_basis: str = ""
    exploitation: frozenset[str] = frozenset()
    abuse_abroad: bool | None = None
    in_need: bool | None = None


@dataclass(frozen=True)
class Suggestion:
    """A reading of a screening.

    outcome: trafficking_survivor, abused_migrant, other_returnee, none or cannot_say.
    reasons: why, each with its source. missing: what to ask or look at again, contradictions included.
    """

    outcome: str
    reasons: tuple[Refusal, ...]
    missing: tuple[Refusal, ...]
    dimensions: tuple[Dimension, ...]
    child_rule_applied: bool


@dataclass(frozen=True)
class _Read:
    """A screening with its answers weighed against the signs; `act`, `means`, `purpose` are the result."""

    screened: Screened
    dimensions: tuple[Dimension, ...]
    positive: frozenset[str]
    as_child: bool
    act: Answer
    means: Answer
    purpose: Answer
    harmed: bool | None


POINTS_TO = {
    "deceptive_recruitment": _(
        "The signs point to deception while being recruited (ILO/EC operational indicators, 2009)."
    ),
    "coercive_recruitment": _(
        "The signs point to force or threats while being recruited (ILO/EC operational indicators, 2009)."
    ),
    "abuse_of_vulnerability_recruitment": _(
        "The signs point to recruitment by using a weak position (ILO/EC operational indicators, 2009)."
    ),
    "exploitation": _("The signs point to exploitation (ILO/EC operational indicators, 2009)."),
    "coercion_at_destination": _(
        "The signs point to force or control at the place of work (ILO/EC operational indicators, 2009)."
    ),
    "abuse_of_vulnerability_destination": _(
        "The signs point to using a weak position at the place of work (ILO/EC operational indicators, 2009)."
    ),
}

ASK = {
    "act": _("Find out whether someone recruited, moved, housed or received the person."),
    "means": _(
        "Find out how the person was made to go or to stay: force, threat, lies, debt, weak position."
    ),
    "purpose": _("Find out what it was for: work, begging, selling, sex, marriage or anything else."),
}


def suggest(screened: Screened) -> Suggestion:
    """The reading that the rules suggest, with reasons and what is still missing.

    Adult: act, a means and exploitation. Child, or age in doubt: act and exploitation, no means needed.
    Exploitation or abuse without the full set is an outcome of its own, abused_migrant, so that nobody
    loses help by not being a victim in law. Raises ValueError for an unknown indicator or exploitation.
    """
    read = _weigh(screened)
    outcome = _outcome(read)
    return Suggestion(
        outcome=outcome,
        reasons=tuple(_reasons(read, outcome)),
        missing=tuple(_missing(read, outcome)),
        dimensions=read.dimensions,
        child_rule_applied=read.as_child,
    )


def _weigh(screened: Screened) -> _Read:
    as_child = screened.child is not False
    dimensions = ilo.read(screened.indicators, as_child=as_child)
    positive = frozenset(dimension.name for dimension in dimensions if dimension.positive)
    exploited = ilo.EXPLOITATION in positive or _beyond_labour(screened.exploitation)
    doubted = screened.act.answer is Answer.NO and bool(positive.intersection(ilo.RECRUITMENT))
    purpose = _settled(screened.purpose.answer, exploited)
    if purpose is Answer.NO and screened.exploitation:
        purpose = Answer.NOT_KNOWN
    read = _Read(
        screened=screened,
        dimensions=dimensions,
        positive=positive,
        as_child=as_child,
        act=Answer.NOT_KNOWN if doubted else screened.act.answer,
        means=_settled(screened.means.answer, bool(positive.intersection(ilo.MEANS))),
        purpose=purpose,
        harmed=None,
    )
    return replace(read, harmed=_harmed(read))


def _settled(answer: Answer, signs: bool) -> Answer:
    """Signs may answer what was not known. Against a "no" they leave it open, for a person to look again."""
    if not signs or answer is Answer.YES:
        return answer
    return Answer.YES if answer is Answer.NOT_KNOWN else Answer.NOT_KNOWN


def _beyond_labour(exploitation: Iterable[str]) -> bool:
    kinds = vocabulary("casework", "type_of_exploitation")
    unknown = [code for code in exploitation if code not in kinds]
    if unknown:
        raise ValueError(f"no such exploitation: {', '.join(sorted(unknown))}")
    return any(kinds.htcds(code) in BEYOND_LABOUR for code in exploitation)


def _harm_in_signs(read: _Read) -> bool:
    harm = {ilo.EXPLOITATION, "coercion_at_destination"}
    return bool(read.screened.exploitation or read.positive & harm)


def _harmed(read: _Read) -> bool | None:
    """Exploitation or abuse, with or without trafficking; None when it is not known."""
    if read.purpose is Answer.YES or read.screened.abuse_abroad or _harm_in_signs(read):
        return True
    if read.purpose is Answer.NO and read.screened.abuse_abroad is False:
        return False
    return None


def _needed(read: _Read) -> dict[str, Answer]:
    needed = {"act": read.act, "means": read.means, "purpose": read.purpose}
    if read.as_child:
        del needed["means"]
    return needed


def _outcome(read: _Read) -> str:
    answers = set(_needed(read).values())
    if answers == {Answer.YES}:
        return TRAFFICKING_SURVIVOR
    if Answer.NO not in answers or read.harmed is None:
        return CANNOT_SAY
    if read.harmed:
        return ABUSED_MIGRANT
    return {True: OTHER_RETURNEE, False: NONE, None: CANNOT_SAY}[read.screened.in_need]


def _reasons(read: _Read, outcome: str) -> list[Refusal]:
    reasons = [*_age_reasons(read), *_element_reasons(read)]
    reasons += [Refusal(POINTS_TO[name]) for name in ilo.NAMES if name in read.positive]
    if outcome == TRAFFICKING_SURVIVOR and read.means is Answer.YES:
        reasons.append(
            Refusal(
                _(
                    "That the person agreed at some time changes nothing, because a means was used "
                    "(Palermo Protocol, Article 3(b))."
                )
            )
        )
    if outcome == ABUSED_MIGRANT:
        reasons.append(
            Refusal(
                _(
                    "There was exploitation or abuse, but not the full set of act, means and purpose. "
                    "The person needs help all the same (Palermo Protocol, Article 3(a))."
                )
            )
        )
    if outcome == CANNOT_SAY and read.harmed:
        reasons.append(
            Refusal(_("What is known already shows exploitation or abuse: help does not wait for the rest."))
        )
    if outcome == OTHER_RETURNEE:
        reasons.append(Refusal(_("No exploitation or abuse was found, and the person needs help.")))
    if outcome == NONE:
        reasons.append(Refusal(_("No exploitation or abuse was found, and no need for help.")))
    return reasons


def _age_reasons(read: _Read) -> list[Refusal]:
    if not read.as_child:
        return []
    if read.screened.child:
        text = _("The person was under 18: no means is needed (Palermo Protocol, Article 3(c) and (d)).")
    else:
        text = _(
            "The age is in doubt, so the person is treated as a child until it is known "
            "(UNICEF Guidelines on child victims of trafficking, 2006: presumption of minority)."
        )
    return [Refusal(text)]


def _element_reasons(read: _Read) -> list[Refusal]:
    sentences = {
        ("act", Answer.YES): _(
            "Someone recruited, moved, housed or received the person (Palermo Protocol, Article 3(a): act)."
        ),
        ("act", Answer.NO): _(
            "Nobody recruited, moved, housed or received the person (Palermo Protocol, Article 3(a): act)."
        ),
        ("means", Answer.YES): _(
            "Force, threat, deception or a weak position was used (Palermo Protocol, Article 3(a): means)."
        ),
        ("means", Answer.NO): _(
            "No force, threat, deception or use of a weak position was found "
            "(Palermo Protocol, Article 3(a): means)."
        ),
        ("purpose", Answer.YES): _("It was for exploitation (Palermo Protocol, Article 3(a): purpose)."),
        ("purpose", Answer.NO): _("It was not for exploitation (Palermo Protocol, Article 3(a): purpose)."),
    }
    needed = _needed(read).items()
    return [Refusal(sentences[item], field=item[0]) for item in needed if item in sentences]


def _missing(read: _Read, outcome: str) -> list[Refusal]:
    missing = []
    if outcome == CANNOT_SAY:
        missing += _open_questions(read)
    if read.screened.child is None:
        missing.append(Refusal(_("Find out the age, and write how it is known."), field="age_basis"))
        if outcome == TRAFFICKING_SURVIVOR and read.means is not Answer.YES:
            missing.append(
                Refusal(
                    _("If the person proves to have been an adult, a means must be shown."), field="means"
                )
            )
    elif not read.screened.age_basis.strip():
        missing.append(Refusal(_("Write how the age is known."), field="age_basis"))
    return missing + _without_grounds(read.screened) + _contradictions(read)


def _open_questions(read: _Read) -> list[Refusal]:
    needed = _needed(read)
    ruled_out = Answer.NO in needed.values()
    asked = [] if ruled_out else [name for name, answer in needed.items() if answer is Answer.NOT_KNOWN]
    if ruled_out and read.harmed is None and read.purpose is Answer.NOT_KNOWN:
        asked = ["purpose"]
    missing = [Refusal(ASK[name], field=name) for name in asked]
    if not ruled_out or read.harmed:
        return missing
    if read.screened.abuse_abroad is None:
        missing.append(
            Refusal(_("Find out whether the person was exploited or abused."), field="abuse_abroad")
        )
    if read.screened.in_need is None:
        missing.append(Refusal(_("Find out whether the person needs help."), field="in_need"))
    return missing


def _without_grounds(screened: Screened) -> list[Refusal]:
    return [
        Refusal(_("Write what this answer rests on."), field=name)
        for name in ("act", "means", "purpose")
        if getattr(screened, name).answer is not Answer.NOT_KNOWN
        and not getattr(screened, name).grounds.strip()
    ]


def _contradictions(read: _Read) -> list[Refusal]:
    screened, no = read.screened, Answer.NO
    labour_only = not _beyond_labour(screened.exploitation)
    exploited = ilo.EXPLOITATION in read.positive
    means = bool(read.positive.intersection(ilo.MEANS))
    table = (
        (
            screened.act.answer is no and read.act is not no,
            "act",
            _("The answer is no, but signs of recruitment were ticked. Look at both again."),
        ),
        (
            screened.means.answer is no and means,
            "means",
            _("The answer is no, but the signs ticked point to a means. Look at both again."),
        ),
        (
            screened.means.answer is Answer.YES and not means and labour_only,
            "means",
            _("The answer is yes, but the signs ticked do not show which means. Look at both again."),
        ),
        (
            screened.purpose.answer is no and read.purpose is not no,
            "purpose",
            _("The answer is no, but signs or a form of exploitation were ticked. Look at both again."),
        ),
        (
            screened.purpose.answer is Answer.YES and not exploited and labour_only,
            "purpose",
            _("The answer is yes, but the signs ticked do not show exploitation. Look at both again."),
        ),
        (
            screened.purpose.answer is Answer.NOT_KNOWN and bool(screened.exploitation) and not exploited
            and labour_only,
            "purpose",
            _("A form of exploitation was ticked, but too few signs of it. Ask about work, pay and hours."),
        ),
        (
            screened.abuse_abroad is False and _harm_in_signs(read),
            "abuse_abroad",
            _("The answer is no, but signs of exploitation or abuse were ticked. Look at both again."),
        ),
    )  # fmt: skip
    return [Refusal(text, field=field) for met, field, text in table if met]
