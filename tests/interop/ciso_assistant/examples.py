"""Libraries of CISO Assistant, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from aicop.crosswalk import Crosswalk
from aicop.ids import StatementId
from aicop.interop.common.format import ImportOptions
from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop.frameworks import Framework


Plain = dict[str, Any]
FILE = "own.yaml"
OWN = ImportOptions(frameworks=(A, B))


def _read(text: str) -> Plain:
    found: Plain = yaml.safe_load(text)
    return found


def _elements(framework: Framework) -> list[tuple[object, ...]]:
    return [
        (str(one.id), one.parent and str(one.parent), one.kind, one.nature, one.title, one.words)
        for one in framework.controls
        if not isinstance(one.id, StatementId)
    ]


def _small() -> Crosswalk:
    digests = {"source_digest": "0123456789abcdef", "target_digest": "fedcba9876543210"}
    return Crosswalk.from_mappings(
        [
            row(A.key("X-1"), "equal-to", B.key("X-1"), strength=10, settlement="The first reading.", **digests),
            row(A.key("X-2"), "subset-of", B.key("X-2"), confidence=None, author=None, date=None, rationale=None),
            row(A.key("Y-1"), "superset-of", B.key("Y-1"), strength=6, remainder="the rest", date="2026-02"),
            row(A.key("Y-2"), "intersects-with", B.key("Y-2"), strength=0 + 3),
        ],
        A,
        B,
    )
