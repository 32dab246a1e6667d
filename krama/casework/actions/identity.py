"""Correcting who a person is. The match tokens follow, so that the person is found under the new name too."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from krama.access.refusal import Refusal, _
from krama.casework.models import Case
from krama.casework.rules.ages import age_on, is_child
from krama.journal.recording import record
from krama.records import sealing
from krama.records.writing import Stale, facts_of, refuse_if, require
from krama.vault.actions.registering import CONTACT_FIELDS, Particulars, write_tokens
from krama.vault.actions.reveal import reveal
from krama.vault.models import Contact, Identity

IDENTITY_ASKED = ("family_km", "given_km", "family_latin", "given_latin", "nickname", "id_number")


def identity_initial(case: Case, *, by) -> dict:
    """Give what the form starts with; it is a reveal for the purpose of correction."""
    shown = reveal([case], by=by, purpose="correction", wide=True)[case.pk]
    start = {name: getattr(shown, name) for name in IDENTITY_ASKED} | dict(shown.contact)
    start["birth_date"] = shown.birth_from if shown.birth_from == shown.birth_to else None
    return start | {"sex": case.person.sex, "province": case.person.province}


@transaction.atomic
def amend_identity(
    case: Case, *, by, sex: str, province: str, birth_date: date | None = None,
    expected_version: int | None = None, **texts: str,
) -> Case:  # fmt: skip
    """Correct names, sex, birth date, address. A birth date changes whether the person counts as a child.

    Raises Stale when somebody else changed the case since the person opened the form.
    """
    require(by, "case.amend-identity", facts_of(case))
    today = timezone.localdate()
    reasons = []
    if birth_date is not None and birth_date > today:
        reasons.append(Refusal(_("The date must not be in the future."), field="birth_date"))
    if not any(texts.get(name, "").strip() for name in IDENTITY_ASKED[:5]):
        reasons.append(Refusal(_("Enter at least one name."), field="family_latin"))
    refuse_if(reasons)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if expected_version is not None and locked.version != expected_version:
        raise Stale(locked)
    identity = Identity.objects.select_for_update().get(person_id=case.person_id)
    contact = Contact.objects.filter(person_id=case.person_id).first() or Contact(person_id=case.person_id)
    values = {name: texts.get(name, "") for name in IDENTITY_ASKED}
    if birth_date is not None:
        values |= {"birth_from": birth_date.isoformat(), "birth_to": birth_date.isoformat()}
    places = {name: texts.get(name, "") for name in CONTACT_FIELDS}
    sealing.seal(identity, values)
    sealing.seal(contact, places)
    identity.save()
    contact.save()
    _amend_open(case, sex, province, birth_date)
    facts = Particulars(values, places, sex, birth_date, birth_date, province=province).facts()
    write_tokens([(case.person_id, facts)], agency_id=case.scope.agency_id)
    record("case.amend-identity", case, by=by, groups=["identity", "location"],
           changed=sorted([*values, *places, "sex", "province"]))  # fmt: skip
    return case


def _amend_open(case: Case, sex: str, province: str, birth: date | None) -> None:
    person = case.person
    person.sex, person.province = sex, province
    if birth is not None:
        arrived = timezone.localtime(case.registered_at).date()
        person.birth_year, person.birth_precision, person.birth_basis = birth.year, "day", "stated_date"
        case.age = age_on(birth, birth, arrived)[0] if birth <= arrived else 0
        case.child = is_child(birth, birth, on=arrived) is not False if birth <= arrived else True
    person.version += 1
    person.save()
    case.version += 1
    case.save()
