"""The denominator of coverage."""

from __future__ import annotations

import pytest

from aicop.crosswalk import crosswalk
from aicop.errors import KeyMistake, UnknownKey
from tests.crosswalk.examples import walk


def test_roles_and_stages_are_not_counted() -> None:
    """Roles and stages cannot be covered, so they are not in the denominator."""
    report = crosswalk("eu-ai-act", "uk-ai-cop").coverage()
    assert "roles" not in report.denominator
    assert "eu-ai-act@2024:provider" not in {str(item) for item, _ in report.items}


def test_a_scope_may_name_a_parent() -> None:
    """A family stands for its controls, and a scope that contains nothing to count is refused."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert [str(item) for item, _ in found.coverage(["X"]).items] == ["a@1:X-1", "a@1:X-2"]
    assert found.coverage(["X", "X-1"]).denominator == "2 controls and risks of a@1 in scope"
    with pytest.raises(UnknownKey) as caught:
        found.coverage(["X-1"], denominator="family")
    assert caught.value.mistake is KeyMistake.NO_ITEM


def test_several_kinds_are_listed_in_words() -> None:
    """Plurals are spelt as in English, and the last kind follows "and"."""
    act = crosswalk("eu-ai-act", "uk-ai-cop")
    assert act.coverage().denominator.partition(" ")[2] == "articles, paragraphs, points and annexes of eu-ai-act@2024"
