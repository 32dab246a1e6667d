"""Quick registration: little is asked, so that many people can be registered, fed and bedded in one evening.

A family is the group that arrived together. Rows of the sheet are told apart by their number, never by a
name, so that no name reaches a message or a log.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from krama.access.refusal import Refusal, _
from krama.casework.rules.ages import age_on
from krama.casework.rules.days import refusals_of_day

OLDEST = 110  # years
PARENT_OLDER_BY = 12  # years; less is possible in a family of the heart, so it is only looked at
HEAD_AT_LEAST = 15  # years; a younger head of household is looked at, because a child alone needs protection


@dataclass(frozen=True)
class Newcomer:
    """One line of the arrival sheet.

    row: its number. name: in any script, "" when not known; name_not_known: code of name_not_known.
    sex: code of gender. birth_from, birth_to: earliest and latest possible birth; age: as stated or
    estimated, in completed years. family: label of the group, "" for alone. head: of that household.
    parents: rows of the parents in the same sheet.
    """

    row: int
    name: str = ""
    name_not_known: str = ""
    sex: str = ""
    birth_from: date | None = None
    birth_to: date | None = None
    age: int | None = None
    family: str = ""
    head: bool = False
    parents: tuple[int, ...] = ()


def refusals_to_register(newcomer: Newcomer, *, arrived_on: date | None, today: date) -> list[Refusal]:
    """Why this person cannot be registered; empty when it can. Nothing else of a person is needed."""
    refusals = refusals_of_day(arrived_on, None, today, field="arrived_on")
    if not newcomer.name.strip() and not newcomer.name_not_known:
        text = _("Line %(row)s: enter a name, or choose why the name is not known.")
        refusals.append(Refusal(text, {"row": newcomer.row}, "name"))
    if newcomer.name.strip() and newcomer.name_not_known:
        text = _("Line %(row)s: a name is entered: remove the reason why it is not known.")
        refusals.append(Refusal(text, {"row": newcomer.row}, "name_not_known"))
    if not newcomer.sex:
        text = _("Line %(row)s: choose the sex. Not known is a choice.")
        refusals.append(Refusal(text, {"row": newcomer.row}, "sex"))
    return refusals + _age_refusals(newcomer, arrived_on or today)


def refusals_of_families(newcomers: Iterable[Newcomer]) -> list[Refusal]:
    """Links that cannot be: a person as own parent or own ancestor, a parent who is not on the sheet or of
    another family, more than two parents, two heads of one household, a row number twice."""
    sheet = list(newcomers)
    by_row = {newcomer.row: newcomer for newcomer in sheet}
    if len(by_row) != len(sheet):
        return [Refusal(_("Two lines have the same number."))]
    refusals = [refusal for newcomer in sheet for refusal in _link_refusals(newcomer, by_row)]
    return refusals + _circle_refusals(by_row) + _head_refusals(sheet)


def warnings_of_families(newcomers: Iterable[Newcomer], *, on: date) -> list[Refusal]:
    """What to look at again; nothing here stops a registration. `on`: the day of the arrival."""
    sheet = list(newcomers)
    by_row = {newcomer.row: newcomer for newcomer in sheet}
    warnings = []
    for child in sheet:
        for parent in (by_row[row] for row in child.parents if row in by_row and row != child.row):
            if _older_by_at_most(parent, child, on) < PARENT_OLDER_BY:
                text = _(
                    "Line %(row)s: less than %(years)s years younger than the parent in line %(parent)s."
                )
                params = {"row": child.row, "years": PARENT_OLDER_BY, "parent": parent.row}
                warnings.append(Refusal(text, params, "parents"))
    for newcomer in sheet:
        ages = _ages(newcomer, on)
        if newcomer.head and ages is not None and ages[1] < HEAD_AT_LEAST:
            text = _(
                "Line %(row)s: the head of the household is a child. Look for an adult who cares for them."
            )
            warnings.append(Refusal(text, {"row": newcomer.row}, "head"))
    return warnings + _headless(sheet)


def _age_refusals(newcomer: Newcomer, on: date) -> list[Refusal]:
    row, first, last = newcomer.row, newcomer.birth_from, newcomer.birth_to
    if newcomer.age is None and first is None and last is None:
        return [
            Refusal(
                _("Line %(row)s: enter an age or a date of birth. An estimate is enough."),
                {"row": row},
                "age",
            )
        ]
    if newcomer.age is not None and not 0 <= newcomer.age <= OLDEST:
        return [
            Refusal(
                _("Line %(row)s: enter an age from 0 to %(oldest)s."), {"row": row, "oldest": OLDEST}, "age"
            )
        ]
    if first is not None and last is not None and first > last:
        text = _("Line %(row)s: the earliest date of birth must not be after the latest.")
        return [Refusal(text, {"row": row}, "birth_from")]
    if any(day is not None and day > on for day in (first, last)):
        return [
            Refusal(
                _("Line %(row)s: the date of birth must not be after the arrival."), {"row": row}, "birth_to"
            )
        ]
    if first is not None and first.year < on.year - OLDEST:
        text = _("Line %(row)s: the date of birth lies more than %(oldest)s years back.")
        return [Refusal(text, {"row": row, "oldest": OLDEST}, "birth_from")]
    span = age_on(first, last, on)
    if newcomer.age is not None and span is not None and not span[0] <= newcomer.age <= span[1]:
        text = _(
            "Line %(row)s: the age %(age)s does not fit the birth date: it gives %(youngest)s to %(oldest)s."
        )
        params = {"row": row, "age": newcomer.age, "youngest": span[0], "oldest": span[1]}
        return [Refusal(text, params, "age")]
    return []


def _link_refusals(child: Newcomer, by_row: Mapping[int, Newcomer]) -> list[Refusal]:
    refusals = []
    if len(set(child.parents)) > 2:
        text = _("Line %(row)s: a person has two parents at most. Enter others as relatives.")
        refusals.append(Refusal(text, {"row": child.row}, "parents"))
    for row in dict.fromkeys(child.parents):
        parent = by_row.get(row)
        if row == child.row:
            text = _("Line %(row)s: nobody is the own parent.")
        elif parent is None:
            text = _("Line %(row)s: there is no line %(parent)s.")
        elif not child.family or parent.family != child.family:
            text = _("Line %(row)s: the parent in line %(parent)s belongs to another family.")
        else:
            continue
        refusals.append(Refusal(text, {"row": child.row, "parent": row}, "parents"))
    return refusals


def _circle_refusals(by_row: Mapping[int, Newcomer]) -> list[Refusal]:
    """Circles over two lines or more; a person as own parent has a sentence of its own."""
    text = _("Line %(row)s: the family links go in a circle.")
    circling = [row for row in by_row if row in _ancestors(row, by_row) and row not in by_row[row].parents]
    return [Refusal(text, {"row": row}, "parents") for row in circling]


def _ancestors(row: int, by_row: Mapping[int, Newcomer]) -> set[int]:
    found: set[int] = set()
    ahead = list(by_row[row].parents)
    while ahead:
        parent = ahead.pop()
        if parent not in found and parent in by_row:
            found.add(parent)
            ahead += by_row[parent].parents
    return found


def _families(sheet: Sequence[Newcomer]) -> dict[str, list[Newcomer]]:
    families: dict[str, list[Newcomer]] = {}
    for newcomer in sheet:
        if newcomer.family:
            families.setdefault(newcomer.family, []).append(newcomer)
    return families


def _head_refusals(sheet: Sequence[Newcomer]) -> list[Refusal]:
    text = _("Line %(row)s: this family has another head of household already.")
    later = [
        member.row
        for members in _families(sheet).values()
        for member in [member for member in members if member.head][1:]
    ]
    return [Refusal(text, {"row": row}, "head") for row in later]


def _headless(sheet: Sequence[Newcomer]) -> list[Refusal]:
    text = _("The family of line %(row)s has no head of household.")
    without = [
        members[0].row for members in _families(sheet).values() if not any(member.head for member in members)
    ]
    return [Refusal(text, {"row": row}, "head") for row in without]


def _ages(newcomer: Newcomer, on: date) -> tuple[int, int] | None:
    span = age_on(newcomer.birth_from, newcomer.birth_to, on)
    if span is None and newcomer.age is not None:
        return newcomer.age, newcomer.age
    return span


def _older_by_at_most(parent: Newcomer, child: Newcomer, on: date) -> int:
    """The greatest possible difference in years, so that an estimate alone never warns."""
    older, younger = _ages(parent, on), _ages(child, on)
    if older is None or younger is None:
        return PARENT_OLDER_BY
    return older[1] - younger[0]
