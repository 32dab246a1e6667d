"""From the grid's rows to registrations, with the look at duplicates in between."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from krama.casework.actions.registration import Registration
from krama.casework.models import Case
from krama.records.sentences import say
from krama.repatriation.forms import PersonRow
from krama.repatriation.models import ArrivalPerson
from krama.repatriation.rules.households import Listed, relations_to_head
from krama.repatriation.rules.manifest.birth import Birth
from krama.repatriation.rules.manifest.names import read_name
from krama.vault.actions.matching import Known, known_like
from krama.vault.actions.registering import Particulars
from krama.vault.rules.matching import likenesses_within
from krama.vault.rules.person_facts import PersonFacts

MOST_EACH = 3  # likenesses shown of one person


@dataclass(frozen=True)
class Likely:
    """One likeness to be looked at. row: place among the people; other: a place, or a known person."""

    row: int
    reasons: tuple[str, ...]
    verdict: str
    other_row: int | None = None
    known: Known | None = None
    code: str = ""


def registrations(
    rows: Sequence[PersonRow], kept: Mapping[int, Particulars] | None = None
) -> list[Registration]:
    """Give the rows as registrations. kept: what a list says beyond the grid, by line of the file."""
    made = [_registration(number, row.cleaned_data, (kept or {})) for number, row in enumerate(rows, start=1)]
    return _with_relations(made, rows)


def _registration(number: int, values: dict, kept: Mapping[int, Particulars]) -> Registration:
    before = kept.get(values.get("line") or 0, Particulars())
    birth = values["read_birth"] or Birth(
        before.birth_from, before.birth_to, before.birth_precision, before.birth_basis
    )
    identity = {**before.identity, **_names(values, before.identity)}
    particulars = replace(
        before,
        identity=identity,
        contact={**before.contact, "village": values["village"]},
        sex="NonSpecifiedUnknown" if values["sex"] == "other" else values["sex"],
        birth_from=birth.first, birth_to=birth.last, birth_precision=birth.precision, birth_basis=birth.basis,
        province=values["province"],
    )  # fmt: skip
    return Registration(
        number, particulars, household=values["family"].strip().upper(), relation=values["relation"],
        client_id=values["client_id"],
    )  # fmt: skip


def _names(values: dict, before: Mapping[str, str]) -> dict[str, str]:
    """Split both boxes by script; a name that the officer left as read keeps the list's own split."""
    latin, khmer = values["name"].strip(), values["name_km"].strip()
    kept_latin = " ".join(filter(None, (before.get("family_latin"), before.get("given_latin"))))
    kept_khmer = " ".join(filter(None, (before.get("family_km"), before.get("given_km"))))
    if latin == kept_latin and khmer == kept_khmer:
        return {}
    one, two = read_name(latin), read_name(khmer)
    return {
        "family_latin": one.family_latin or two.family_latin, "given_latin": one.given_latin or two.given_latin,
        "family_km": two.family_km or one.family_km, "given_km": two.given_km or one.given_km,
        "nickname": before.get("nickname") or one.nickname or two.nickname,
        "name_as_written": before.get("name_as_written") or " / ".join(filter(None, (latin, khmer))),
    }  # fmt: skip


def _with_relations(made: list[Registration], rows: Sequence[PersonRow]) -> list[Registration]:
    """Fill in relations that nobody chose, from the family's shape; a label used once is nobody's family."""
    uses: dict[str, int] = {}
    for person in made:
        uses[person.household] = uses.get(person.household, 0) + 1
    listed = [
        Listed(p.household, p.relation, _age(row, p.particulars.birth_to), p.particulars.sex)
        for p, row in zip(made, rows, strict=True)
    ]
    guessed = relations_to_head(listed)
    heads = {p.household for p in made if p.relation == "head"}
    done = []
    for person, guess in zip(made, guessed, strict=True):
        alone = not person.household or uses[person.household] < 2
        relation = person.relation or ("member" if guess == "head" and person.household in heads else guess)
        done.append(
            replace(person, household="" if alone else person.household, relation="" if alone else relation)
        )
    return done


def _age(row: PersonRow, last: date | None) -> int | None:
    return row.on.year - last.year if last else None


def likely_duplicates(people: Sequence[Registration], *, by) -> list[Likely]:
    """Give who may be registered twice, inside the group and against everybody known, each with reasons.

    A group that is sent again because its answer was lost is not compared with itself.
    """
    sent_before = set(
        ArrivalPerson.objects.filter(client_id__in=[p.client_id for p in people]).values_list(
            "case", flat=True
        )
    )
    facts = [person.particulars.facts() for person in people]
    found = _within(people, facts)
    known = [[k for k in ks if k.case_id not in sent_before] for ks in known_like(facts, by=by)]
    codes = dict(
        Case.objects.filter(pk__in={k.case_id for ks in known for k in ks}).values_list("pk", "code")
    )
    for place, others in enumerate(known):
        found += [
            Likely(
                place,
                tuple(map(say, k.likeness.reasons)),
                k.likeness.verdict,
                known=k,
                code=codes.get(k.case_id, ""),
            )
            for k in others[:MOST_EACH]
        ]
    return sorted(found, key=lambda likely: likely.row)


def _within(people: Sequence[Registration], facts: Sequence[PersonFacts]) -> list[Likely]:
    """Give the likenesses inside the group, three a person: a hundred of one name make 5,000 pairs to look at."""
    found: list[Likely] = []
    seen: Counter[int] = Counter()
    for i, j, like in likenesses_within(facts):
        if seen[j] < MOST_EACH and (like.verdict == "likely" or not _one_family(people[i], people[j])):
            seen[j] += 1
            found.append(Likely(j, tuple(map(say, like.reasons)), like.verdict, other_row=i))
    return found


def _one_family(one: Registration, two: Registration) -> bool:
    """Brothers and sisters look alike on paper; what is written as one family is not one person."""
    return bool(one.household) and one.household == two.household
