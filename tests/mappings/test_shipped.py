"""Shipped mapping sets."""

from __future__ import annotations

import pytest

from aicop import mappings
from aicop.errors import UnknownTerm
from aicop.ids import JointId
from aicop.mappings.shipped import rows
from tests.examples import A, B


def test_an_unknown_set_of_mappings_is_refused() -> None:
    """The error for an unknown set lists the sets that ship."""
    with pytest.raises(UnknownTerm, match=r"uk-ai-cop@2025-01--iso-iec-42001@2023"):
        mappings.load("x")


def test_rows_may_be_joint_or_lack_one_side() -> None:
    """Rows of a set know from its metadata where nothing was found, and join the ids between bars."""
    facts = {
        "source": "a@1",
        "target": "b@1",
        "author": "we",
        "basis": "editorial",
        "date": "2026-01-01",
        "confidence": 7,
    }
    table = (
        "source\trelationship\ttarget\n"
        "a@1:X-1|a@1:X-2\tequal-to\tb@1:Y\n"
        "\tnothing-found\tb@1:Y-1\n"
        "a@1:Y\tnothing-found\t\n"
    )
    joint, first, second = rows(table, facts, "set")
    assert (joint.source, joint.target, joint.confidence) == (JointId([A.key("X-1"), A.key("X-2")]), B.key("Y"), 7)
    assert (first.source, first.target, first.searched) == (None, B.key("Y-1"), A.id)
    assert (second.source, second.target, second.searched) == (A.key("Y"), None, B.id)
