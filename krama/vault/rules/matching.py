"""Whether two records may mean one person: evidence that adds up, with its reasons. People decide.

Each fact known on both sides adds a weight for or against (natural logarithm of how much likelier the
agreement is for one person than for two, set by judgement until decided pairs are there to fit them). Unknown
facts add nothing. The sum starts at -5, for a candidate that an index brought up, and becomes a score between
0 and 1 by the logistic function. LIKELY and POSSIBLE are cuts of that score.

The name alone, however well it agrees, is worth 0.5: namesakes are common. Two limits stand above the sum and
keep a pair below "likely":
- sex differs;
- the given names are not known to be the same (siblings and twins share family name, village, phone, even the
  birthday), unless the identity number is one.
One identity number keeps a pair at "possible" at least, whatever else differs.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from math import exp

from rapidfuzz.distance import OSA

from krama.access.refusal import Refusal, _
from krama.vault.rules.person_facts import PersonFacts
from krama.vault.rules.person_traits import Memory, Name, Traits

__all__ = [
    "LIKELY",
    "POSSIBLE",
    "Likeness",
    "Memory",
    "PersonFacts",
    "compare",
    "likenesses",
    "likenesses_within",
]

LIKELY = 0.8
POSSIBLE = 0.3
_BELOW_LIKELY = 0.79
_START = -5.0

# How far one part of a name agrees.
_SAME, _SPELLED, _SIMILAR, _OTHER, _UNKNOWN = range(5)
_SIMILAR_FROM = 0.7  # share of letters kept, after `loosened`; Sophea and Sopheap are similar, not the same

# Weight by how far given name (row) and family name agree; rows and columns: same, spelled, similar, other,
# unknown.
_NAME_WEIGHT = (
    (5.0, 4.7, 3.5, 0.5, 2.5),
    (4.5, 4.2, 3.0, 0.0, 2.0),
    (2.3, 2.0, 0.6, -3.0, 0.0),
    (-3.0, -3.0, -4.0, -7.0, -5.0),
    (0.3, 0.2, 0.0, -1.5, 0.0),
)
_TURNED = -0.1  # family and given name the other way round
_KHMER_DIFFERS = -1.5  # Latin letters agree, but the Khmer names are not the same: Latin drops differences
_NICKNAME = 1.5
_SEX_DIFFERS = -2.5
_SAME_VILLAGE, _SAME_PROVINCE, _OTHER_PROVINCE = 2.2, 0.8, -0.5
_SAME_PHONE = 3.0
_SAME_ID, _OTHER_ID = 8.0, -0.5

_SAID = {
    "same": Refusal(_("same name"), field="name"),
    "spelled": Refusal(_("same name in another spelling"), field="name"),
    "turned": Refusal(_("same name, family and given name the other way round"), field="name"),
    "similar": Refusal(_("similar name"), field="name"),
    "family": Refusal(_("same family name"), field="name"),
    "given": Refusal(_("same given name"), field="name"),
    "given_only": Refusal(_("same given name, another family name"), field="name"),
    "family_only": Refusal(_("same family name, another given name"), field="name"),
    "family_similar": Refusal(_("same family name, similar given name"), field="name"),
    "other": Refusal(_("another name"), field="name"),
    "khmer": Refusal(_("the names in Khmer differ"), field="name"),
    "nickname": Refusal(_("same nickname"), field="nickname"),
    "sex": Refusal(_("sex differs"), field="sex"),
    "day": Refusal(_("born on the same day"), field="birth"),
    "new_year": Refusal(_("both born on 1 January, a day often written for an unknown one"), field="birth"),
    "swapped": Refusal(_("day and month of birth are swapped"), field="birth"),
    "year": Refusal(_("born in the same year"), field="birth"),
    "fits": Refusal(_("the birth dates can be one"), field="birth"),
    "year_apart": Refusal(_("born a year apart"), field="birth"),
    "village": Refusal(_("same village"), field="village"),
    "province": Refusal(_("same province"), field="province"),
    "other_province": Refusal(_("another province"), field="province"),
    "phone": Refusal(_("same phone number"), field="phone"),
    "id": Refusal(_("same identity number"), field="id_number"),
    "other_id": Refusal(_("another identity number"), field="id_number"),
}
_YEARS_APART = _("born %(years)s years apart")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two records look like one person.

    score: 0 to 1, for ranking; no probability until the weights are fitted.
    reasons: what agrees and what does not, as marked sentences without any name.
    """

    score: float
    reasons: tuple[Refusal, ...]

    @property
    def verdict(self) -> str:
        """ "likely", "possible" or "no"."""
        if self.score >= LIKELY:
            return "likely"
        return "possible" if self.score >= POSSIBLE else "no"


def _agreement(heard: str, other: str, loose: str, loose_other: str) -> int:
    if not heard or not other:
        return _UNKNOWN
    if heard == other:
        return _SAME
    if loose == loose_other:
        return _SPELLED
    return _SIMILAR if OSA.normalized_similarity(loose, loose_other) >= _SIMILAR_FROM else _OTHER


@dataclass(frozen=True, slots=True)
class _NameEvidence:
    weight: float
    given: int
    family: int
    is_turned: bool = False


_WHOLE_AGREES = _NameEvidence(_NAME_WEIGHT[_SPELLED][_SPELLED], _SPELLED, _SPELLED)
_WHOLE_AGREES_TURNED = _NameEvidence(_WHOLE_AGREES.weight + _TURNED, _SPELLED, _SPELLED, True)


def _two_names(a: Name, b: Name) -> _NameEvidence:
    """What two readings say as they stand, cut elsewhere (Sok Srey, Mom) or turned: whichever is most."""
    given = _agreement(a.given, b.given, a.loose_given, b.loose_given)
    family = _agreement(a.family, b.family, a.loose_family, b.loose_family)
    straight = _NameEvidence(_NAME_WEIGHT[given][family], given, family)
    if straight.weight >= _WHOLE_AGREES.weight:
        return straight
    if a.whole == b.whole:
        return _WHOLE_AGREES
    one = _agreement(a.given, b.family, a.loose_given, b.loose_family)
    two = _agreement(a.family, b.given, a.loose_family, b.loose_given)
    # Turned round, either of the two may be the given name: believe the lesser.
    weight, given, family = min((_NAME_WEIGHT[one][two], one, two), (_NAME_WEIGHT[two][one], two, one))
    if weight + _TURNED > straight.weight:
        return _NameEvidence(weight + _TURNED, given, family, _UNKNOWN not in (given, family))
    if a.whole == b.whole_turned:
        return _WHOLE_AGREES_TURNED
    return straight


def _best_names(a: Traits, b: Traits) -> _NameEvidence:
    best = None
    for name in a.names:
        for other in b.names:
            evidence = _two_names(name, other)
            if best is None or evidence.weight > best.weight:
                best = evidence
                if best.weight >= _NAME_WEIGHT[_SAME][_SAME]:
                    return best
    return best or _NameEvidence(0.0, _UNKNOWN, _UNKNOWN)


def _name_reason(evidence: _NameEvidence) -> str:
    """Key of `_SAID` for what the names say; "" when they say nothing."""
    given, family = evidence.given, evidence.family
    if given <= _SPELLED and family <= _SPELLED:
        if evidence.is_turned:
            return "turned"
        return "same" if given == family == _SAME else "spelled"
    if given <= _SPELLED:
        return {_UNKNOWN: "given", _SIMILAR: "similar"}.get(family, "given_only")
    if given == _UNKNOWN:
        return "family" if family <= _SPELLED else "other" if family == _OTHER else ""
    if family <= _SPELLED:
        return "family_similar" if given == _SIMILAR else "family_only"
    return "similar" if given == _SIMILAR and family != _OTHER else "other"


def _names(a: Traits, b: Traits, reasons: list[Refusal]) -> tuple[float, bool]:
    """Weight of the names, and whether the given names are known to be the same."""
    evidence = _best_names(a, b)
    weight, reason = evidence.weight, _name_reason(evidence)
    if reason == "same" and not any(name in b.written for name in a.written):
        reason = "spelled"
    if reason:
        reasons.append(_SAID[reason])
    is_same = evidence.given <= _SPELLED
    if is_same and a.khmer and b.khmer and _two_names(a.khmer, b.khmer).given > _SPELLED:
        weight += _KHMER_DIFFERS
        reasons.append(_SAID["khmer"])
    if a.nickname and a.nickname == b.nickname:
        weight += _NICKNAME
        reasons.append(_SAID["nickname"])
    return weight, is_same


def _birth(a: tuple[date, date], b: tuple[date, date], reasons: list[Refusal]) -> float:
    """Weight of two spans of possible birth days.

    Days are often invented: 1 January weighs little, and so does another day of the same year. A year off is
    common (counting by animal years, ages told at New Year); beyond two years it is evidence against.
    """
    is_day = a[0] == a[1] and b[0] == b[1]
    gap = max((b[0] - a[1]).days, (a[0] - b[1]).days, 0)
    if gap == 0:
        if is_day:
            is_new_year = a[0].month == a[0].day == 1
            reasons.append(_SAID["new_year" if is_new_year else "day"])
            return 1.6 if is_new_year else 4.0
        reasons.append(_SAID["fits"])
        width = max((a[1] - a[0]).days, (b[1] - b[0]).days)
        return 1.2 if width <= 366 else 0.7 if width <= 1100 else 0.3 if width <= 2200 else 0.0
    if is_day and a[0].year == b[0].year:
        is_swapped = (a[0].day, a[0].month) == (b[0].month, b[0].day)
        reasons.append(_SAID["swapped" if is_swapped else "year"])
        return 2.5 if is_swapped else 0.8
    years = round(gap / 365.25) or 1
    reasons.append(_SAID["year_apart"] if years == 1 else Refusal(_YEARS_APART, {"years": years}, "birth"))
    return 0.4 if years == 1 else -0.5 if years == 2 else -2.0 if years <= 5 else -4.0


def _places(a: Traits, b: Traits, reasons: list[Refusal]) -> float:
    if a.province and b.province and a.province != b.province:
        reasons.append(_SAID["other_province"])  # villages of one name lie in many provinces
        return _OTHER_PROVINCE
    if a.village and a.village == b.village:
        reasons.append(_SAID["village"])
        return _SAME_VILLAGE
    if a.province and b.province:
        reasons.append(_SAID["province"])
        return _SAME_PROVINCE
    return 0.0


def _likeness(a: Traits, b: Traits) -> Likeness:
    reasons: list[Refusal] = []
    weight, is_same_given = _names(a, b, reasons)
    total = _START + weight
    if a.birth and b.birth:
        total += _birth(a.birth, b.birth, reasons)
    total += _places(a, b, reasons)
    if a.phones and not a.phones.isdisjoint(b.phones):
        total += _SAME_PHONE
        reasons.append(_SAID["phone"])
    is_same_id = a.id_number != "" and a.id_number == b.id_number
    if a.id_number and b.id_number:
        total += _SAME_ID if is_same_id else _OTHER_ID
        reasons.append(_SAID["id" if is_same_id else "other_id"])
    sex_differs = bool(a.sex and b.sex and a.sex != b.sex)
    if sex_differs:
        total += _SEX_DIFFERS
        reasons.append(_SAID["sex"])
    score = 1 / (1 + exp(-total))
    if sex_differs or not (is_same_given or is_same_id):
        score = min(score, _BELOW_LIKELY)
    if is_same_id:
        score = max(score, POSSIBLE)
    return Likeness(score, tuple(reasons))


def compare(a: PersonFacts, b: PersonFacts) -> Likeness:
    """How much `a` and `b` look like one person, with reasons; the order of the two does not matter.

    For more than a pair use `likenesses` or `likenesses_within`, which prepare each person once.
    """
    memory = Memory()
    return _likeness(memory.traits(a), memory.traits(b))


def likenesses_within(people: Sequence[PersonFacts]) -> tuple[tuple[int, int, Likeness], ...]:
    """Pairs inside one batch that are likely or possible, as (i, j, likeness) with i < j, by place in
    `people`.

    Compares every pair: meant for the arrivals of a day (a hundred make 5,000 pairs), not for a register.
    """
    memory = Memory()
    traits = [memory.traits(facts) for facts in people]
    pairs = (
        (i, j, _likeness(traits[i], traits[j])) for i in range(len(traits)) for j in range(i + 1, len(traits))
    )
    return tuple(pair for pair in pairs if pair[2].score >= POSSIBLE)


def likenesses(
    person: PersonFacts,
    candidates: Iterable[tuple[Hashable, PersonFacts]],
    limit: int = 5,
    memory: Memory | None = None,
) -> tuple[tuple[Hashable, Likeness], ...]:
    """The likely and possible candidates for `person`, best first, at most `limit`.

    candidates: (key, facts); the key comes back with the likeness. Of equal scores the earlier candidate is
    first. memory: give the same for all persons of one batch, so that each candidate is prepared once.
    """
    memory = memory or Memory()
    traits = memory.traits(person)
    compared = ((key, _likeness(traits, memory.traits(facts))) for key, facts in candidates)
    return tuple(nlargest(limit, (pair for pair in compared if pair[1].score >= POSSIBLE), key=_score))


def _score(pair: tuple[Hashable, Likeness]) -> float:
    return pair[1].score
