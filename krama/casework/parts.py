"""The interview's parts, in the order in which they are asked: what is needed now comes before the story.

Each part is a page that is saved by itself, so that the interview can stop at any time.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krama.casework.models import Screening
from krama.casework.models.screening import SUGGESTED
from krama.casework.rules.urgency import suggest_urgency
from krama.records.sentences import say_all
from krama.records.vocabulary import vocabulary
from krama.records.writing import Hidden


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the interview. lead: what to mind while asking."""

    slug: str
    title: object
    fields: tuple[str, ...]
    lead: object = ""


PARTS = (
    Part("urgent", _("What is needed now"), ("needs_asked", "urgent_needs", "immediate_risk", "urgent_done"),
         _("Ask this before anything else, and act on it before going on.")),
    Part("setting", _("Consent and setting"),
         ("informed", "agreed", "language", "understood", "interpreter", "interpreter_fit", "place", "privacy",
          "others_in_hearing"),
         _("Explain what the interview is for. The person may skip any question and stop at any time; help does not "
           "depend on it.")),
    Part("journey", _("Leaving and travelling"),
         ("reasons_for_leaving", "recruitment", "recruiter_relation", "recruited_by_family", "travel",
          "months_abroad")),
    Part("work", _("What happened there"),
         ("exploitation", "industry", "controls", "detention_days", "release", "story")),
    Part("signs", _("Signs of labour exploitation"), ("indicators",),
         _("Mark what the person told you. Do not read the list aloud.")),
    Part("elements", _("Act, means, purpose"),
         ("act", "act_grounds", "means", "means_grounds", "purpose", "purpose_grounds", "abuse_abroad", "in_need"),
         _("Write what each answer rests on. “Not known” is an answer.")),
)  # fmt: skip


def by_slug(slug: str) -> Part:
    """Give the part, or raise Hidden."""
    found = next((part for part in PARTS if part.slug == slug), None)
    if found is None:
        raise Hidden
    return found


def after(part: Part) -> Part | None:
    """Give the part that follows, None after the last."""
    place = PARTS.index(part) + 1
    return PARTS[place] if place < len(PARTS) else None


def overview(screening: Screening, cells: dict, changeable: bool) -> list[dict]:
    """Give each part with its answers in words and, while the interview is open, the way into it."""
    shown = []
    for part in PARTS:
        rows = [
            {"key": cells[name].label, "value": cells[name].text, "masked": cells[name].hidden}
            for name in part.fields
            if cells[name].hidden or cells[name].value not in (None, "", False, [])
        ]
        state = "done" if rows else "missing"
        link = reverse("screening-part", args=[screening.pk, part.slug]) if changeable else ""
        shown.append({"label": part.title, "state": state, "url": link, "rows": rows})
    return shown


def said(suggestion) -> dict:
    """Give a suggested reading in words: outcome, reasons, what is missing, dimensions."""
    dimensions, language = vocabulary("casework", "ilo_dimensions"), get_language() or "en"
    return {
        "outcome": dict(SUGGESTED)[suggestion.outcome],
        "reasons": say_all(suggestion.reasons),
        "missing": say_all(suggestion.missing),
        "dimensions": [
            {"label": dimensions.label(d.name, language), "positive": d.positive, "count": len(d.indicators)}
            for d in suggestion.dimensions
        ],
    }


def do_now(screening: Screening) -> dict | None:
    """Give what cannot wait: each urgent need and sign of risk with what to do about it, the gravest first."""
    language = get_language() or "en"
    reading = suggest_urgency(screening.urgent_needs, screening.immediate_risk, child=screening.case.child)
    if not reading.causes:
        return None
    acts = [
        {
            "label": words.label(cause.code, language),
            "hint": words.hint(cause.code, language),
            "level": cause.level,
        }
        for cause in reading.causes
        for words in [vocabulary("casework", cause.list_name)]
    ]
    return {"level": reading.level, "acts": acts, "reasons": say_all(reading.reasons)}
