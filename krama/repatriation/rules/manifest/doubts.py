"""The doubts about single rows: slug → sentence, fields, severity. Sentences say what to look at."""

from krama.access.refusal import Refusal, _

from .shapes import Doubt

NAMES = ("family_km", "given_km", "family_latin", "given_latin", "name_as_written")
BIRTH = ("birth_date", "birth_from", "birth_to")

SENTENCES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "no_name": (_("This line has no name. Type it in, or leave the line out."), NAMES, "stop"),
    "khmer_unsplit": (
        _("The Khmer name %(text)s is written in one piece. Separate family and given name."),
        ("family_km", "given_km"),
        "look",
    ),
    "one_word": (
        _("The name %(text)s is one word. Check whether it is the given or the family name."),
        ("family_latin", "given_latin"),
        "look",
    ),
    "many_words": (
        _("The name %(text)s has many words. Check where the family name ends."),
        NAMES,
        "look",
    ),
    "family_last": (
        _("The name %(text)s was read with the family name last. Check the order."),
        NAMES,
        "look",
    ),
    "other_letters": (
        _("The name %(text)s is in other letters than Khmer or Latin. Write it in Khmer or Latin letters."),
        ("family_latin", "given_latin"),
        "look",
    ),
    "digits_in_name": (_("The name %(text)s contains figures. Check it."), NAMES, "look"),
    "sex_missing": (_("The sex is not stated."), ("sex",), "look"),
    "sex_unreadable": (_("%(text)s could not be read as a sex."), ("sex",), "look"),
    "sex_by_title": (_("The sex was taken from the title in the name %(text)s."), ("sex",), "look"),
    "sex_differs": (_("The list states both sexes for this person."), ("sex",), "look"),
    "birth_missing": (_("Neither birth nor age is stated."), BIRTH, "look"),
    "birth_unreadable": (_("%(text)s could not be read as a birth date or an age."), BIRTH, "look"),
    "two_digit_year": (_("%(text)s has a year of two figures. Check the century."), BIRTH, "look"),
    "month_first": (
        _("%(text)s can only be month before day. Check whether the whole column is written so."),
        BIRTH,
        "look",
    ),
    "month_first_column": (
        _("%(text)s was read month first, because other dates of this column are. Check it."),
        BIRTH,
        "look",
    ),
    "swapped_cell": (
        _(
            "Excel stored %(text)s as a date while other dates of this column are text; day and month may "
            "have changed places. Compare it with the paper list."
        ),
        BIRTH,
        "look",
    ),
    "serial_number": (_("%(text)s was read as a day number of Excel. Check the date."), BIRTH, "look"),
    "date_impossible": (_("The calendar has no such day as %(text)s. Check it."), BIRTH, "look"),
    "age_for_date": (_("%(text)s stands under birth dates and was read as an age."), BIRTH, "look"),
    "year_for_age": (_("%(text)s stands under ages and was read as a date or year."), BIRTH, "look"),
    "birth_and_age_differ": (
        _("What the list says about birth and age does not agree: %(text)s."),
        BIRTH,
        "look",
    ),
    "animal_needs_age": (
        _("An animal year alone (%(text)s) comes back every twelve years. Ask for the age."),
        BIRTH,
        "look",
    ),
    "animal_disagrees": (
        _("The animal year does not fit the birth or age: %(text)s."),
        BIRTH,
        "look",
    ),
    "may_be_child": (
        _("This person may be under 18. Treat as a child until the age is known."),
        BIRTH,
        "look",
    ),
    "age_negative": (_("The age %(text)s is below zero. Correct it."), BIRTH, "stop"),
    "age_too_high": (_("The age %(text)s is above 110. Correct it."), BIRTH, "stop"),
    "birth_in_future": (_("The birth %(text)s lies after the date of the list. Correct it."), BIRTH, "stop"),
    "birth_too_long_ago": (_("The birth %(text)s is more than 110 years ago. Correct it."), BIRTH, "stop"),
    "province_unsure": (
        _("%(text)s was read as the province %(province)s. Check it."),
        ("province",),
        "look",
    ),
    "province_unknown": (
        _("%(text)s is not a province of Cambodia. It was kept in the address."),
        ("province", "address"),
        "look",
    ),
    "phone_unreadable": (_("%(text)s is not a phone number. It was kept in the note."), ("phone",), "look"),
    "family_guessed": (
        _("This person was put in one family with line %(line)s, because the list says: %(text)s."),
        ("family_group",),
        "look",
    ),
    "same_person_twice": (
        _("Line %(line)s may be the same person. Keep one of the two."),
        NAMES,
        "look",
    ),
    "total_differs": (
        _("The list itself says %(stated)s people; %(found)s lines with people were read."),
        (),
        "look",
    ),
}


def doubt(code: str, **params: object) -> Doubt:
    """The doubt with this slug; params fill its sentence, texts cut to 80 characters."""
    sentence, fields, severity = SENTENCES[code]
    short = {key: value[:80] if isinstance(value, str) else value for key, value in params.items()}
    return Doubt(code, Refusal(sentence, short, fields[0] if fields else ""), fields, severity)
