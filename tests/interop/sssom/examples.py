"""Rows and tables of SSSOM."""

from __future__ import annotations

from typing import Any

from aicop.crosswalk import Crosswalk
from aicop.frameworks import loads as own_framework
from aicop.vocabulary import Knowledge, MappingBasis
from tests.examples import A, B, row

FILE = "theirs.sssom.tsv"
ODD = own_framework(
    "id,kind,nature\nAI role (one),role,role\nLLM01:2025,risk,risk\nDOC,document,document\n5 #1|x,control,\n",
    "odd.csv",
    framework="800-53",
    edition="1",
    title="800: an own list",
)
OWN = (A, B, ODD)


def x(name: str) -> Any:  # noqa: ANN401 -- a key
    """Return an id of the first framework."""
    return A.key(name)


def y(name: str) -> Any:  # noqa: ANN401 -- a key
    """Return an id of the second framework."""
    return B.key(name)


SMALL = Crosswalk.from_mappings(
    [
        row(x("X-1"), "equal-to", y("X-1"), strength=10),
        row(x("X-1"), "subset-of", y("X"), confidence=10, basis=MappingBasis.PUBLISHED),
        row(x("X"), "superset-of", y("X-1"), confidence=0, date="2026-02"),
        row(x("X-2"), "intersects-with", y("X-2"), strength=4, remainder='what "both" say', knowledge=Knowledge.TITLE),
        row(x("X-2"), "no-relationship", y("Y-1"), settlement="The second reading.", confidence=None),
        row(x("Y"), "related-to", y("Y"), basis=MappingBasis.DERIVED, author=None, date=None, rationale=None),
        row(x("Y-1"), "associated-with", y("Y-1"), basis=MappingBasis.GUIDE, author="they | we"),
        row(x("Y-1"), "mitigates", y("R"), source_digest="0" * 16, target_digest="f" * 16),
        row(x("Y-2"), "nothing-found", None, searched=B.id, basis=MappingBasis.EDITORIAL),
        row(x("R"), "corresponds-to", y("R"), basis=MappingBasis.IMPORTED),
    ],
    A,
    B,
)


def theirs(*rows: str, header: str = "", columns: str = "subject_id predicate_id object_id") -> str:
    """Return a file by another author; blanks between cells stand for tabs."""
    above = f"#curie_map:\n#  ex: https://example.org/x#\n#  n: 'urn:aicop:'\n#  oio: http://oio.org/\n{header}"
    lines = [columns, *rows]
    return above + "".join(line.replace(" ", "\t") + "\n" for line in lines)
