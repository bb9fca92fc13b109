"""Crosswalks that tests of several formats share."""

from __future__ import annotations

from aicop.crosswalk import Crosswalk
from aicop.vocabulary import MappingBasis
from tests.examples import A, B, row

SMALL = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "subset-of", B.key("X-1"), strength=10, confidence=8, rationale="=cmd, -1 and @all"),
        row(A.key("X-2"), "intersects-with", B.key("Y-2"), strength=3, remainder="'the rest' | all"),
        row(A.key("Y-1"), "no-relationship", B.key("Y-1"), strength=0, confidence=0),
        row(A.key("Y-2"), "nothing-found", None, searched=B.id),
        row(A.key("X-1"), "mitigates", B.key("R"), strength=2, author="they", basis=MappingBasis.PUBLISHED),
        row(A.key("R"), "corresponds-to", B.key("R"), rationale=None, author=None, date=None, confidence=None),
    ],
    A,
    B,
)
