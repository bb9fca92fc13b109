"""What the constructors of records take, and records as plain data. Checked by mypy and pyright, never run."""

from __future__ import annotations

from typing import Any, assert_type

import attrs

import aicop
from aicop.frameworks import Framework
from aicop.ids import ControlId, End, JointId
from aicop.model import Control, Guidance, LineageRow, Mapping, Source, Threat
from aicop.vocabulary import Attribution, Change, Grade, Knowledge, MappingBasis, Nature, Predicate, ThreatKind

provision = aicop.load("uk-ai-cop")["5.4.1"]
control = ControlId(aicop.EditionId("acme", "2026"), "AC-1")
framework = aicop.frameworks.load("nist-csf")

# A claim needs its two sides and what relates them. Everything else has a default.
row = Mapping(source=control, predicate=Predicate.INTERSECTS, target=provision.id)
assert_type(row.source, End | None)
assert_type(row.strength, int | None)
assert_type(row.basis, MappingBasis)
assert_type(row.author, str | None)
assert_type(row.set, str)
Mapping(
    source=JointId([control, ControlId(control.edition, "AC-2")]),
    predicate=Predicate("equal-to"),
    target=provision.id,
    rationale="Both ask for it.",
    strength=10,
    reverse_strength=10,
    confidence=8,
    author="J. Doe",
    date="2026-02-01",
    knowledge=Knowledge.TEXT,
)
Mapping(source=control, predicate=Predicate.NOTHING, target=None, searched=provision.id.edition)
Mapping(predicate=Predicate.EQUAL, target=provision.id)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
Mapping(control, Predicate.EQUAL, provision.id)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
Mapping(source="acme@2026:AC-1", predicate=Predicate.EQUAL, target=None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
Mapping(source=control, predicate="equal-to", target=None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
Mapping(source=control, predicate=Predicate.EQUAL, target=None, strenght=10)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
assert_type(attrs.evolve(row, strength=5), Mapping)
row.strength = 5  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]

# A field that is a tuple takes any iterable of its records, and no other.
statement = aicop.Statement(
    ordinal=1,
    modality=aicop.Modality.SHALL,
    duty_holders=[aicop.Role.DEVELOPER],
    joiner=None,
    attribution=Attribution.STATED,
    as_printed="Developers",
    counterparties=(),
    condition=None,
    action="begin",
    remarks=[],
)
assert_type(statement.duty_holders, tuple[aicop.Role, ...])


def made(statements: list[aicop.Statement], source: Source, guidance: Guidance | None = None) -> aicop.Provision:
    """Return a provision of these statements."""
    return aicop.Provision(
        id=provision.id,
        title="Begin",
        principle=provision.principle,
        phase=provision.phase,
        parent=None,
        position=1,
        statements=statements,
        pointers=(),
        footnotes=[1, 2],
        guidance=guidance,
        source=source,
        annotations=(),
    )


made([statement], provision.source)
aicop.Provision(
    id=provision.id,
    title="Begin",
    principle=provision.principle,
    phase=provision.phase,
    parent=None,
    position=1,
    statements=["x"],  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
    pointers="x",  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    footnotes=["1"],  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
    guidance=None,
    source="x",  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    annotations=None,  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
)
principle = aicop.load("uk-ai-cop").principles[0]
assert_type(attrs.evolve(principle, provisions=(item for item in principle.provisions)), aicop.Principle)
aicop.Principle(
    id=principle.id,
    title="Begin",
    phase=principle.phase,
    clause=None,
    applies_to=["Developer"],  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
    preamble=None,
    citations=(),
    source=principle.source,
    annotations=(),
)
LineageRow(old=provision.id, new=None, changes=[Change.REMOVED], grade=Grade.DIRECT)
LineageRow(old=provision.id, new=None, changes=["removed"], grade=Grade.DIRECT)  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
LineageRow(old=control, new=None, changes=(), grade=Grade.DIRECT)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
Threat(key="x", title="X", kind=ThreatKind.ATTACK, definition="X.")
element = Control(
    id=control, parent=None, kind="control", nature=Nature.REQUIREMENT, title=None, extra={"owner": "J. Doe"}.items()
)
assert_type(element.extra, tuple[tuple[str, str], ...])
Framework(edition=framework.edition, controls=[element])
Framework(edition=framework.edition, controls=[control])  # type: ignore[list-item] # pyright: ignore[reportArgumentType]

# A record is plain data and back.
assert_type(aicop.to_dict(provision), dict[str, Any])
assert_type(aicop.from_dict(aicop.Provision, {"id": "uk-ai-cop:5.4.1"}), aicop.Provision)
assert_type(aicop.from_dict(Mapping, aicop.to_dict(row), library=aicop.Library()), Mapping)
aicop.from_dict(Mapping, "{}")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
aicop.from_dict("Mapping", {})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
