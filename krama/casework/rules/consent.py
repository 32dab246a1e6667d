"""Consent: for what, for whom, given by whom and how; and whether it covers an act on a day.

Sources: IOM data protection principles (consent; transfer to third parties: explicit, for a purpose, in
writing); HTCDS 2.0 guidance on consent; UNICEF Guidelines on the Protection of Child Victims of Trafficking
(2006: guardian, best interests); Convention on the Rights of the Child Art. 3 and 12; inter-agency child
protection case management (2014). Ages of assent: common practice in child protection, configurable here.

A refusal is always recorded without conditions, a withdrawal never refused, and no help that saves depends
on either. What the law obliges an agency to keep is no matter of consent and not judged here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from krama.access.refusal import Refusal, _
from krama.casework.rules.grounds import GROUNDS_AT_LEAST, written

ASSENT_FROM_AGE = 6  # years; a younger child is told, in its own way, but not asked to carry the decision
DECIDERS = 2  # people who take a best-interest decision


class Purpose(StrEnum):
    """What the consent is for; the codes of consent_purposes."""

    SERVICES = "services"
    SHARING = "sharing"
    REPORTING = "reporting"
    FAMILY_TRACING = "family_tracing"
    LEGAL_AID = "legal_aid"
    MEDIA = "media"
    RESEARCH = "research"


# A best-interest decision may protect against the child's own word; it may never expose against it.
PROTECTIVE = frozenset({Purpose.SERVICES, Purpose.SHARING, Purpose.FAMILY_TRACING, Purpose.LEGAL_AID})
NEEDS_RECIPIENTS = frozenset({Purpose.SHARING, Purpose.MEDIA, Purpose.RESEARCH})
NEEDS_LIMITS = frozenset({Purpose.MEDIA, Purpose.RESEARCH})
RESPONSIBLE = frozenset({"parent", "guardian", "other_adult"})
WITNESSED = frozenset({"thumb_print", "voice_recording", "witnessed_word"})
OWN_AGENCY = ""


class Assent(StrEnum):
    """A child's own word."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ABLE = "not_able"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Consent:
    """One recorded word of consent, as `covers` reads it.

    given: False for a refusal. recipients: agency codes; empty = the agency that holds the case (of a
    refusal: everyone). until: last day, None = no end. withdrawn_on: from that day on it is gone.
    withheld: field groups that must not go with it.
    """

    purpose: Purpose
    given: bool
    valid_from: date
    recipients: frozenset[str] = frozenset()
    until: date | None = None
    withdrawn_on: date | None = None
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """A word of consent that somebody wants to record.

    child: under 18 today, None = in doubt (then as a child). age: (youngest, oldest) or None. given_by and
    how: codes of consent_given_by and consent_how_given. took_part: whether the responsible adult took
    part in the trafficking, None = not known. deciders: codes of the people behind a best-interest decision.
    grounds: of that decision, or why a child is not able. unable: why an adult cannot decide now.
    interpreter: code or name of who interpreted, "" for nobody; needs_interpreter: the languages differ.
    witness: who saw it, "" for nobody; recorder: who writes it down. recording_kept: the voice file exists.
    """

    purpose: Purpose
    given: bool
    given_on: date | None
    today: date
    child: bool | None
    given_by: str = ""
    how: str = ""
    recipients: frozenset[str] = frozenset()
    limits: str = ""
    until: date | None = None
    age: tuple[int, int] | None = None
    assent: Assent = Assent.NOT_ASKED
    took_part: bool | None = None
    deciders: tuple[str, ...] = ()
    grounds: str = ""
    unable: str = ""
    informed: bool = False
    needs_interpreter: bool = False
    interpreter: str = ""
    witness: str = ""
    recorder: str = ""
    recording_kept: bool = False


def covers(
    consents: Iterable[Consent], purpose: Purpose, recipient: str, on: date, group: str = ""
) -> bool:  # fmt: skip
    """Whether the person's latest word allows `purpose` towards `recipient` on the day `on`.

    recipient: agency code, or OWN_AGENCY. group: a field group that would go along, "" for none.
    The latest word about this purpose and recipient counts; an older, wider yes does not come back when a
    later one ends or is withdrawn. Of two words on one day the "no" counts. No word is no consent.
    """
    words = [word for consent in consents for word in _words(consent, purpose, recipient) if word[0] <= on]
    if not words:
        return False
    latest = max(day for day, _consent in words)
    last = [consent for day, consent in words if day == latest]
    return all(consent is not None and _open(consent, on, group) for consent in last)


def refusals_to_record(asked: Asked) -> list[Refusal]:
    """Why this word cannot be recorded; empty when it can. A "no" needs a date and nothing else."""
    refusals = _day_refusals(asked)
    if not asked.given:
        return refusals
    who = _adult_refusals(asked) if asked.child is False else _child_refusals(asked)
    return refusals + _scope_refusals(asked) + who + _how_refusals(asked)


def refusals_to_withdraw(
    *, already: date | None, on: date | None, given_on: date, today: date
) -> list[Refusal]:
    """Only a wrong date stops a withdrawal. No reason is asked for."""
    if already is not None:
        return [Refusal(_("This consent was already withdrawn on %(day)s."), {"day": already})]
    if on is None or on > today or on < given_on:
        text = _("Enter the day of the withdrawal: from %(given_on)s to today.")
        return [Refusal(text, {"given_on": given_on}, "withdrawn_on")]
    return []


def _words(consent: Consent, purpose: Purpose, recipient: str) -> list[tuple[date, Consent | None]]:
    """(day, consent) for a yes, (day, None) for a no or a withdrawal, where they speak of this recipient."""
    if consent.purpose != purpose:
        return []
    if not consent.given:
        everyone = not consent.recipients
        return [(consent.valid_from, None)] if everyone or recipient in consent.recipients else []
    named = recipient in consent.recipients
    if not (named or (recipient == OWN_AGENCY and not consent.recipients)):
        return []
    words: list[tuple[date, Consent | None]] = [(consent.valid_from, consent)]
    if consent.withdrawn_on is not None:
        words.append((consent.withdrawn_on, None))
    return words


def _open(consent: Consent, on: date, group: str) -> bool:
    return (consent.until is None or on <= consent.until) and group not in consent.withheld


def _day_refusals(asked: Asked) -> list[Refusal]:
    if asked.given_on is None:
        return [Refusal(_("Enter the date."), field="given_on")]
    if asked.given_on > asked.today:
        return [Refusal(_("The date must not be in the future."), field="given_on")]
    if asked.until is not None and asked.until < asked.given_on:
        return [Refusal(_("The last day must not be before the first."), field="until")]
    return []


def _scope_refusals(asked: Asked) -> list[Refusal]:
    refusals = []
    if not asked.informed:
        text = _(
            "Explain the purpose, who will see what, how long it is kept, and that the person may say no or "
            "withdraw at any time."
        )
        refusals.append(Refusal(text, field="informed"))
    if asked.purpose in NEEDS_RECIPIENTS and not asked.recipients:
        text = _("Name who receives it: nobody can agree to an unknown recipient (IOM, transfer principle).")
        refusals.append(Refusal(text, field="recipients"))
    if asked.purpose in NEEDS_LIMITS and not asked.limits.strip():
        text = _("Write which text, picture or study the person agreed to, and what to leave out.")
        refusals.append(Refusal(text, field="limits"))
    return refusals


def _adult_refusals(asked: Asked) -> list[Refusal]:
    if asked.given_by == "person":
        return []
    if asked.given_by != "best_interest":
        text = _("An adult decides alone: nobody else can consent for the person.")
        return [Refusal(text, field="given_by")]
    refusals = _decision_refusals(asked)
    if asked.purpose is not Purpose.SERVICES:
        text = _("For an adult who cannot decide now, only help can be decided, nothing else.")
        refusals.append(Refusal(text, field="purpose"))
    if not written(asked.unable):
        text = _("Write why the person cannot decide now and when you will ask again.")
        refusals.append(Refusal(text, field="unable"))
    return refusals


def _child_refusals(asked: Asked) -> list[Refusal]:
    refusals = _assent_refusals(asked)
    if asked.given_by == "best_interest":
        return refusals + _decision_refusals(asked)
    if asked.purpose is Purpose.MEDIA:
        text = _(
            "For a child in the media no guardian is enough: two people decide in the child's best interest."
        )
        return [*refusals, Refusal(text, field="given_by")]
    if asked.given_by not in RESPONSIBLE:
        text = _(
            "For a child, or when the age is in doubt, a responsible adult must agree too, or two people "
            "make a best-interest decision."
        )
        return [*refusals, Refusal(text, field="given_by")]
    if asked.took_part is True:
        text = _("This adult took part in what happened and cannot consent. Make a best-interest decision.")
        refusals.append(Refusal(text, field="given_by"))
    if asked.took_part is None:
        text = _(
            "Find out whether this adult took part in what happened. Until it is known, make a best-interest "
            "decision."
        )
        refusals.append(Refusal(text, field="took_part"))
    return refusals


def _assent_refusals(asked: Asked) -> list[Refusal]:
    old_enough = asked.age is None or asked.age[1] >= ASSENT_FROM_AGE
    if asked.assent is Assent.NOT_ASKED and old_enough:
        return [Refusal(_("Ask the child, in words the child understands."), field="assent")]
    if asked.assent is Assent.NOT_ABLE and old_enough and not written(asked.grounds):
        return [Refusal(_("Write why the child is not able to say."), field="grounds")]
    may_override = asked.given_by == "best_interest" and asked.purpose in PROTECTIVE
    if asked.assent is Assent.REFUSED and not may_override:
        text = _("The child said no. Only a best-interest decision that protects the child can go further.")
        return [Refusal(text, field="assent")]
    if asked.purpose is Purpose.MEDIA and asked.assent is not Assent.GIVEN:
        return [
            Refusal(_("Nothing about a child goes to the media without the child's own yes."), field="assent")
        ]
    return []


def _decision_refusals(asked: Asked) -> list[Refusal]:
    refusals = []
    if len({code for code in asked.deciders if code.strip()}) < DECIDERS:
        text = _("A best-interest decision needs %(count)s different people.")
        refusals.append(Refusal(text, {"count": DECIDERS}, "deciders"))
    if not written(asked.grounds):
        text = _("Write what was weighed and why this is best, in %(least)s characters or more.")
        refusals.append(Refusal(text, {"least": GROUNDS_AT_LEAST}, "grounds"))
    if asked.how != "best_interest_decision":
        refusals.append(Refusal(_("Choose that it is a best-interest decision."), field="how"))
    return refusals


def _how_refusals(asked: Asked) -> list[Refusal]:
    refusals = []
    if not asked.how:
        refusals.append(Refusal(_("Choose how the consent was given."), field="how"))
    if asked.how == "best_interest_decision" and asked.given_by != "best_interest":
        text = _("Choose how the person or the adult agreed: this is no best-interest decision.")
        refusals.append(Refusal(text, field="how"))
    if asked.needs_interpreter and not asked.interpreter.strip():
        text = _("Name the interpreter: the consent was not given in a language of the recorder.")
        refusals.append(Refusal(text, field="interpreter"))
    if asked.how in WITNESSED:
        refusals += _witness_refusals(asked)
    if asked.how == "voice_recording" and not asked.recording_kept:
        refusals.append(Refusal(_("Attach the voice recording."), field="how"))
    return refusals


def _witness_refusals(asked: Asked) -> list[Refusal]:
    witness = asked.witness.strip()
    if not witness:
        text = _("Name a witness who heard the explanation and saw the person agree.")
        return [Refusal(text, field="witness")]
    if witness in {asked.recorder.strip(), asked.interpreter.strip()}:
        text = _("The witness must be somebody other than the recorder and the interpreter.")
        return [Refusal(text, field="witness")]
    return []
