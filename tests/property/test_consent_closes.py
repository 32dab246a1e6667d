"""However the words of a person follow each other, no grant outlives the consent that it stands on."""

import contextlib
import random
from datetime import timedelta

import pytest
from django.utils import timezone

from krama.access.models import ConsentGrant
from krama.access.scoping import acting_as
from krama.casework.actions import consent as actions
from krama.casework.models import Consent
from krama.casework.rules.consent import Purpose, covers
from krama.records.writing import Refused
from tests import makers

STEPS = 14


@pytest.mark.parametrize("seed", range(6))
def test_a_grant_never_outlives_its_consent(seed, cast):
    dice, house = random.Random(seed), cast.here
    case = makers.registered(house, at=makers.arrival(house, arrived_at=timezone.now() - timedelta(days=30)))[
        0
    ]
    agencies = [cast.agencies["partner"], cast.agencies["human_rights"]]
    acts = (_agree, _agree, _share, _share, _share, _refuse, _withdraw)
    for agency in agencies:
        makers.share(house, case, agency, "identity")
    for _ in range(STEPS):
        with acting_as(house.supervisor) as by:
            with contextlib.suppress(Refused):
                dice.choice(acts)(dice, case, by, dice.choice(agencies))
            said, now = actions.words(case), timezone.now()
            for grant in ConsentGrant.objects.filter(case_id=case.pk, revoked_at=None, until__gt=now):
                last = timezone.localtime(grant.until - timedelta(seconds=1)).date()
                for day in (timezone.localdate(), last):
                    assert covers(said, Purpose.SHARING, grant.agency.code, day), (seed, day)
    with acting_as(house.supervisor):
        assert ConsentGrant.objects.filter(case_id=case.pk).exists()


def _agree(dice, case, by, agency) -> None:
    day = timezone.localdate() - timedelta(days=dice.randrange(5))
    until = dice.choice((None, None, timezone.localdate() + timedelta(days=dice.randrange(40))))
    actions.record_consent(
        case, by=by, answer="given", purposes=["sharing"], recipients=[agency.code], given_on=day, how="signature",
        informed=True, until=until,
    )  # fmt: skip


def _refuse(dice, case, by, agency) -> None:
    recipients = dice.choice(((), (agency.code,)))
    actions.record_consent(
        case,
        by=by,
        answer="refused",
        purposes=["sharing"],
        given_on=timezone.localdate(),
        recipients=recipients,
    )


def _withdraw(dice, case, by, agency) -> None:
    words = list(Consent.objects.filter(case=case, answer="given", withdrawn_on=None))
    if words:
        actions.withdraw_consent(dice.choice(words), by=by, withdrawn_on=timezone.localdate())


def _share(dice, case, by, agency):
    until = timezone.localdate() + timedelta(days=dice.randrange(60))
    return actions.share(case, by=by, agency=agency, groups=["identity"], until=until)
