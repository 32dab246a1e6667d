"""The vault's door: identities, for a stated purpose, with one journal entry a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from krama.access.groups import IDENTITY, LOCATION
from krama.access.policy import CaseFacts, decide, readable_groups
from krama.access.refusal import Refusal, _
from krama.access.scoping import case_facts
from krama.journal.recording import line, record_lines
from krama.records.sealing import open_unjournaled
from krama.records.vocabulary import vocabulary
from krama.records.writing import Denied, Hidden, Refused
from krama.vault.models import Contact, Identity

NAMES = ("family_km", "given_km", "family_latin", "given_latin", "nickname")


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who a person is, as opened. birth_from and birth_to are None when unknown; contact may be empty."""

    family_km: str = ""
    given_km: str = ""
    family_latin: str = ""
    given_latin: str = ""
    nickname: str = ""
    name_as_written: str = ""
    birth_from: date | None = None
    birth_to: date | None = None
    id_number: str = ""
    contact: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return "Revealed(...)"

    @property
    def latin(self) -> str:
        """The name in Latin letters, family name first, as on Cambodian papers."""
        return " ".join(part for part in (self.family_latin, self.given_latin) if part)

    @property
    def khmer(self) -> str:
        """The name in Khmer, family name first."""
        return " ".join(part for part in (self.family_km, self.given_km) if part)

    @property
    def name(self) -> str:
        """Whatever name there is; blank when none is known."""
        return self.latin or self.khmer or self.nickname or self.name_as_written


@transaction.atomic
def reveal(cases: Sequence, *, by, purpose: str, wide: bool = False) -> dict[object, Revealed]:
    """Open the identity of these cases' persons. Gives {case id: Revealed}.

    cases: objects with case_id and person_id, visible to `by`. purpose: a code of `reveal_purposes`.
    wide: also birth date, papers and, where the reader's groups allow it, contact; else names alone.
    Raises Refused without a purpose, Hidden or Denied when the policy says no for any one of them.
    """
    if purpose not in vocabulary("vault", "reveal_purposes"):
        raise Refused([Refusal(_("Choose why you need to see the name."), field="purpose")])
    now, facts = timezone.now(), case_facts({case.case_id for case in cases})
    for case in cases:
        decision = decide(
            by.actor, "case.reveal", facts.get(case.case_id, CaseFacts(-1, None)), IDENTITY, now
        )
        if not decision:
            raise Hidden if decision.hidden else Denied(decision.reason.text)
    fields = NAMES if not wide else (*NAMES, "name_as_written", "birth_from", "birth_to", "id_number")
    opened = _open(Identity, cases, fields)
    locations = [
        case for case in cases if wide and LOCATION in readable_groups(by.actor, facts[case.case_id], now)
    ]
    contacts = _open(Contact, locations, ("phone", "village", "commune", "district", "address"))
    with_contact = {case.case_id for case in locations}
    record_lines(
        [
            line("case.reveal", case, purpose=purpose,
                 groups=["identity", "location"] if case.case_id in with_contact else ["identity"])
            for case in cases
        ],
        by=by,
    )  # fmt: skip
    return {
        case.case_id: _revealed(opened.get(case.person_id, {}), contacts.get(case.person_id, {}))
        for case in cases
    }


def _open(model, cases, fields) -> dict[object, dict[str, str]]:
    rows = list(model.objects.filter(person_id__in={case.person_id for case in cases})) if cases else []
    return {row.person_id: texts for row, texts in zip(rows, open_unjournaled(rows, fields), strict=True)}


def _revealed(texts: dict[str, str], contact: dict[str, str]) -> Revealed:
    days = {side: date.fromisoformat(texts[side]) for side in ("birth_from", "birth_to") if texts.get(side)}
    plain = {name: text for name, text in texts.items() if name not in ("birth_from", "birth_to")}
    return Revealed(**plain, **days, contact=tuple((name, text) for name, text in contact.items() if text))
