"""What is known of a person, as far as it helps to tell whether two records mean one person."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Facts opened from the vault for one comparison; never stored, logged or cached in this form.

    Names: as the record holds them, in any spelling; name_as_written is one text with the parts in any order.
    sex: a term code ("F", "M", ...). birth_from, birth_to: first and last possible day; equal when the day is
    known, both None when nothing is. village, province: codes of the geography list if at hand, else names.
    phone: one or more numbers. id_number: number of an identity paper. An empty text is unknown and counts
    neither way.
    """

    family_km: str = ""
    given_km: str = ""
    family_latin: str = ""
    given_latin: str = ""
    nickname: str = ""
    name_as_written: str = ""
    sex: str = ""
    birth_from: date | None = None
    birth_to: date | None = None
    village: str = ""
    province: str = ""
    phone: str = ""
    id_number: str = ""

    def __repr__(self) -> str:
        """No value: a representation ends in logs and error pages."""
        return "PersonFacts(...)"
