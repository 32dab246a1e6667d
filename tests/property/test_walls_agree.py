"""The policy, the database filter and row-level security say the same, about random worlds."""

import pytest

from tests.property import worlds


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_decision_filter_and_fence_show_the_same_cases(seed, committed):
    assert worlds.disagreements(seed, users=52, cases=80) == []


def test_the_question_can_be_answered_with_no(committed, monkeypatch):
    """A filter that forgets that a case is sealed is found out."""
    original = worlds.visible_scopes

    def forgetful(actor):
        return original(actor) | worlds.CaseScope.objects.filter(sealed=True, agency_id=actor.agency_id)

    monkeypatch.setattr(worlds, "visible_scopes", forgetful)
    assert worlds.disagreements(4, users=26, cases=40) != []
