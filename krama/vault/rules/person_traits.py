"""Facts of a person made ready to compare: names as heard, keys of places and numbers."""

from krama.vault.rules.name_keys import id_key, loosened, name_splits, parts, phone_keys, place_key, sound
from krama.vault.rules.person_facts import PersonFacts


class Name:
    """One reading of a name: how family and given name are heard."""

    __slots__ = ("family", "given", "loose_family", "loose_given", "whole", "whole_turned")

    def __init__(self, family: tuple[str, str], given: tuple[str, str]):
        """family, given: each as heard, and loosened."""
        (self.family, self.loose_family), (self.given, self.loose_given) = family, given
        self.whole = self.loose_family + self.loose_given
        self.whole_turned = self.loose_given + self.loose_family


class Memory:
    """What was worked out for a text: candidates share names, villages and provinces.

    Holds names in the clear. Keep one for one batch at most and never in a module or a cache, so that no
    names stay behind in the process.
    """

    __slots__ = ("_parts", "_sounds", "_places", "_readings", "_traits")

    def __init__(self):
        self._parts: dict[str, list[str]] = {"": []}
        self._sounds: dict[str, tuple[str, str]] = {"": ("", "")}
        self._places: dict[str, str] = {"": ""}
        self._readings: dict[tuple, Name] = {}
        self._traits: dict[PersonFacts, Traits] = {}

    def traits(self, facts: PersonFacts) -> "Traits":
        known = self._traits.get(facts)
        if known is None:
            known = self._traits[facts] = Traits(facts, self)
        return known

    def parts(self, text: str) -> list[str]:
        known = self._parts.get(text)
        if known is None:
            known = self._parts[text] = parts(text)
        return known

    def sound(self, part: str) -> tuple[str, str]:
        known = self._sounds.get(part)
        if known is None:
            heard = sound(part)
            known = self._sounds[part] = (heard, loosened(heard))
        return known

    def place(self, text: str) -> str:
        known = self._places.get(text)
        if known is None:
            known = self._places[text] = place_key(text)
        return known

    def reading(self, family: str, given: str) -> Name:
        known = self._readings.get((family, given))
        if known is None:
            heard = (self.sound(family), self.sound(given))
            known = self._readings.get(heard)
            if known is None:
                known = self._readings[heard] = Name(*heard)
            self._readings[family, given] = known
        return known


class Traits:
    """Facts of one person made ready to compare; lives no longer than the comparison."""

    __slots__ = (
        "names",
        "written",
        "khmer",
        "nickname",
        "sex",
        "birth",
        "village",
        "province",
        "phones",
        "id_number",
    )

    def __init__(self, facts: PersonFacts, memory: Memory):
        names: list[Name] = []
        self.khmer = None
        self.written = name_splits(facts, memory.parts)
        for family, given in self.written:
            name = memory.reading(family, given)
            if name not in names:
                names.append(name)
            if self.khmer is None and family[:1] >= "\u1780":
                self.khmer = name
        self.names = names
        self.nickname = memory.sound("".join(memory.parts(facts.nickname)))[0] if facts.nickname else ""
        self.sex = facts.sex
        first, last = facts.birth_from or facts.birth_to, facts.birth_to or facts.birth_from
        self.birth = (min(first, last), max(first, last)) if first and last else None
        self.village, self.province = memory.place(facts.village), memory.place(facts.province)
        self.phones = frozenset(phone_keys(facts.phone)) if facts.phone else frozenset()
        self.id_number = id_key(facts.id_number) if facts.id_number else ""
