"""Field groups: the words in which roles, consent grants, exports and masking speak."""

from enum import StrEnum


class Group(StrEnum):
    """How sensitive a field is. Each field of each record type belongs to exactly one."""

    OPEN = "open"  # code, status, dates of a step: visible to whoever may see the case
    IDENTITY = "identity"  # names, birth date, ID numbers, photo
    LOCATION = "location"  # contact, address, shelter
    HEALTH = "health"
    LEGAL = "legal"
    NARRATIVE = "narrative"  # what happened, in words
    EVIDENCE = "evidence"
    MONEY = "money"


OPEN, IDENTITY, LOCATION, HEALTH = Group.OPEN, Group.IDENTITY, Group.LOCATION, Group.HEALTH
LEGAL, NARRATIVE, EVIDENCE, MONEY = Group.LEGAL, Group.NARRATIVE, Group.EVIDENCE, Group.MONEY
EVERY = frozenset(Group)
