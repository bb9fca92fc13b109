"""Examples for tests of the OSCAL writers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.vocabulary import Knowledge
from tests.examples import A, B, row

if TYPE_CHECKING:
    from collections.abc import Iterator


OURS = "urn:aicop:"
ODD = frameworks.loads(
    json.dumps(
        {
            "framework": "5g",
            "edition": "1",
            "title": "Odd ids",
            "publisher": "Nobody",
            "controls": [
                {"id": "second of X", "kind": "Kind of ours", "title": "Printed first", "parent": "X"},
                {"id": "R", "kind": "risk", "nature": "risk", "title": "R", "words": "What may happen."},
                {"id": "X", "kind": "family", "words": "All of X."},
                {"id": "1.1", "kind": "control", "parent": "X", "words": "Do it."},
            ],
        }
    ),
    "odd.json",
)


def plain(text: str) -> Any:  # noqa: ANN401 -- plain data
    """Return the model that a document contains."""
    (content,) = json.loads(text).values()
    return content


def ours(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the name and value of each property in aicop's namespace."""
    return [(prop["name"], prop["value"]) for prop in item.get("props", ()) if prop.get("ns") == OURS]


def below(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all groups and controls under a catalog or an element."""
    for one in (*item.get("groups", ()), *item.get("controls", ())):
        yield one
        yield from below(one)


SMALL = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "subset-of", B.key("X"), strength=10, confidence=10, knowledge=Knowledge.TEXT),
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), strength=4, remainder="the rest", settlement="So."),
        row(A.key("X"), "no-relationship", B.key("Y"), confidence=None, author=None, date=None, rationale=None),
        row(A.key("X-2"), "related-to", B.key("X-2")),
        row(A.key("X-2"), "mitigates", B.key("R")),
        row(A.key("Y-1"), "nothing-found", None, searched=B.id, strength=0, source_digest="0123456789abcdef"),
    ],
    A,
    B,
)
