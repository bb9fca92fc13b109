"""Claims as rows of plain values."""

from __future__ import annotations

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.ids import JointId
from aicop.vocabulary import Coverage, MappingBasis, StrengthBand
from tests.crosswalk.examples import walk
from tests.examples import A, B, row


def test_a_row_has_everything_about_a_claim() -> None:
    """What several mappings state is joined, each value once."""
    ends = (A.key("X-1"), "intersects-with", B.key("Y-1"))
    rows = [
        row(*ends, strength=4, remainder="ours", reverse_strength=3, reverse_remainder="theirs", confidence=7),
        row(*ends, author="you", date="2026-02", basis=MappingBasis.GUIDE, rationale="Because."),
        row(*ends, author=None, date=None, set="third"),
    ]
    assert Crosswalk.from_mappings(rows, A, B).merge_makers().table() == [
        {
            "source": "a@1:X-1",
            "source_title": None,
            "relationship": "intersects-with",
            "target": "b@1:Y-1",
            "target_title": None,
            "strength": 4,
            "remainder": "ours",
            "reverse_strength": 3,
            "reverse_remainder": "theirs",
            "confidence": 5,
            "basis": "own; guide",
            "author": "we; you",
            "date": "2026-01-01; 2026-02",
            "rationale": "a@1:X-1 intersects-with b@1:Y-1 | Because.",
            "paths": 3,
            "suspect": False,
            "warnings": None,
        }
    ]


def test_a_row_has_the_titles_of_its_ends() -> None:
    """Those of all members of a joint id, and none of what was not found."""
    code = frameworks.load("uk-ai-cop")
    one, other = code.key("5.1"), code.key("5.2")
    found = Crosswalk.from_mappings(
        [
            row(JointId([one, other]), "subset-of", B.key("Y-1")),
            row(None, "nothing-found", B.key("Y-2"), searched=code.id),
        ],
        code,
        B,
    )
    joint = next(item for item in found.table() if item["source"] == "uk-ai-cop@2025-01:5.1|uk-ai-cop@2025-01:5.2")
    assert joint["source_title"] == f"{code.title(one)}; {code.title(other)}"
    last = found.inverse().table()[-1]
    assert (last["source"], last["target"], last["target_title"]) == ("b@1:Y-2", None, None)
    assert walk(("X-1", "equal-to", "Y-1"), source_digest="sha256:0").table()[0]["suspect"] is True


def test_a_gap_has_a_row_of_its_own_columns() -> None:
    """Several remainders are joined; nothing makes no rows."""
    code = frameworks.load("uk-ai-cop")
    key = code.key("5.1")
    rows = [
        row(key, "intersects-with", B.key(name), strength=4, remainder=f"what {name} leaves") for name in ("Y-1", "Y-2")
    ]
    found = Crosswalk.from_mappings(rows, code, B)
    assert found.table_of(found.gaps(["5.1"])) == [
        {
            "item": str(key),
            "title": code.title(key),
            "class": Coverage.PARTLY.value,
            "strength": 4,
            "band": StrengthBand.SOME.value,
            "remainder": "Y-1: what Y-1 leaves; Y-2: what Y-2 leaves",
            "contradictory": False,
        }
    ]
    assert [line["item"] for line in found.table_of(found.gaps(["5.1", "5.2"]))] == [str(key), str(code.key("5.2"))]
    assert found.table_of([]) == []
