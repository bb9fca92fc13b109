"""Tables of mappings, valid and invalid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop.errors import Fault, InvalidDocument
from aicop.frameworks import loads as own_framework
from aicop.mappings import loads
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, C, row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aicop.frameworks import Framework
    from aicop.model import Mapping


FILE = "own.tsv"
NEEDED = ("source", "relationship", "target", "author", "date", "confidence", "rationale")
SAME = ("a:X-1", "equal-to", "b:X-1", "we", "2026-01-01", "5", "Why.")
D = own_framework(
    "id,kind,nature\nDOC,document,document\nROLE,role,role\nT,technique,technique\n",
    "d.csv",
    framework="d",
    edition="1",
    title="Framework D",
)
OWN = (A, B, C, D)
Cells = dict[str, str]


def table(*rows: Cells, columns: Sequence[str] = NEEDED, delimiter: str = "\t") -> str:
    """Return a table of rows, each given by how it differs from the good row; further columns are added."""
    header = [*columns, *dict.fromkeys(name for cells in rows for name in cells if name not in columns)]
    usual = dict(zip(NEEDED, SAME, strict=True))
    text = [[(usual | cells).get(name, "") for name in header] for cells in rows]
    return "".join(f"{delimiter.join(cells)}\n" for cells in [header, *text])


def faults(
    content: Path | bytes | str,
    file: str | None = FILE,
    frameworks: Sequence[Framework] = OWN,
    **facts: Any,  # noqa: ANN401 -- those of the function that is tested
) -> tuple[Fault, ...]:
    """Return every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        loads(content, file, frameworks=frameworks, **facts)
    return caught.value.faults


def as_faults(places: Sequence[tuple[str, str]], file: str = FILE) -> tuple[Fault, ...]:
    """Return faults of one file from places and problems."""
    return tuple(Fault(file, place, problem) for place, problem in places)


def same(**more: object) -> Mapping:
    """Return the record of the good row."""
    facts: dict[str, Any] = {"rationale": "Why.", "set": FILE} | more
    return attrs.evolve(row(A.key("X-1"), "equal-to", B.key("X-1")), **facts)


GOOD = table(
    {},
    {"source": "a@1:X-2", "relationship": "intersects-with", "strength": "4", "remainder": "the rest"},
    {"relationship": "nothing-found", "target": "", "source": "a:Y", "date": "2026-02"},
    {"relationship": "mitigates", "target": "b:R", "confidence": "10", "knowledge": "title"},
    {
        "relationship": "related-to",
        "target": "b:Y-2",
        "basis": "editorial",
        "settlement": "The second reading.",
        "source_digest": "0123456789abcdef",
        "target_digest": "fedcba9876543210",
        "confidence": "0",
    },
)
RECORDS = (
    same(),
    same(source=A.key("X-2"), predicate=Predicate.INTERSECTS, strength=4, remainder="the rest"),
    same(source=A.key("Y"), predicate=Predicate.NOTHING, target=None, date="2026-02", searched=B.id),
    same(predicate=Predicate.MITIGATES, target=B.key("R"), confidence=10, knowledge=Knowledge.TITLE),
    same(
        predicate=Predicate.RELATED,
        target=B.key("Y-2"),
        basis=MappingBasis.EDITORIAL,
        settlement="The second reading.",
        source_digest="0123456789abcdef",
        target_digest="fedcba9876543210",
        confidence=0,
    ),
)
