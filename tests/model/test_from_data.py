"""Records built from plain data, each compared with one written by hand."""

from __future__ import annotations

from aicop.ids import ControlId, EditionId, PrincipleId, ProvisionId, StatementId
from aicop.model import Control, Dependency, LineageRow, Mapping
from aicop.model.from_data import counterparty, statement
from aicop.model.from_rows import control, dependency, lineage_row, mapping
from aicop.vocabulary import (
    Attribution,
    Basis,
    Capacity,
    Change,
    DependencyKind,
    Grade,
    Joiner,
    Knowledge,
    MappingBasis,
    Modality,
    Nature,
    Predicate,
    Role,
)

OLD, NEW = EditionId("uk-ai-cop", "2025-01"), EditionId("etsi-en-304-223", "2.1.1")
FROM, TO = ProvisionId(OLD, "5.1"), ControlId(EditionId("x", "1"), "C-1")


def test_a_mapping_has_its_numbers_as_numbers() -> None:
    """Numbers are whole numbers, and a missing cell is None."""
    cells = {
        "relationship": "intersects-with",
        "rationale": "Why.",
        "strength": "4",
        "confidence": "7",
        "basis": "editorial",
    }
    assert mapping(cells | {"knowledge": "text", "remainder": "the rest"}, (FROM, TO), "set") == Mapping(
        source=FROM,
        predicate=Predicate.INTERSECTS,
        target=TO,
        rationale="Why.",
        strength=4,
        remainder="the rest",
        confidence=7,
        basis=MappingBasis.EDITORIAL,
        author=None,
        date=None,
        knowledge=Knowledge.TEXT,
        settlement=None,
        source_digest=None,
        target_digest=None,
        set="set",
    )


def test_a_zero_is_not_an_empty_cell() -> None:
    """Strengths and confidence of 0 are numbers, and a row without a basis is imported."""
    cells = {"relationship": "no-relationship", "confidence": "0", "strength": "0", "reverse_strength": "0"}
    found = mapping(cells | {"reverse_remainder": "all"}, (FROM, TO), "set")
    assert (found.confidence, found.strength, found.reverse_strength, found.reverse_remainder) == (0, 0, 0, "all")
    assert found.basis is MappingBasis.IMPORTED


def test_a_statement_without_more_has_empty_tuples() -> None:
    """Missing lists are empty tuples, and other missing facts are None."""
    plain = {"modality": "shall", "duty_holders": ["Developer"], "attribution": "implied", "action": "act"}
    found = statement(plain, 2, {})
    assert (found.ordinal, found.modality, found.duty_holders) == (2, Modality.SHALL, (Role.DEVELOPER,))
    assert (found.attribution, found.joiner, found.as_printed, found.condition) == (
        Attribution.IMPLIED,
        None,
        None,
        None,
    )
    assert (found.counterparties, found.remarks, found.action) == ((), (), "act")
    assert statement(plain | {"joiner": "or"}, 1, {}).joiner is Joiner.OR


def test_a_counterparty_may_have_no_role() -> None:
    """A counterparty without a role has only its name."""
    found = counterparty({"party": "Regulators", "capacity": "informed", "attribution": "stated"})
    assert (found.role, found.party) == (None, "Regulators")
    assert (found.capacity, found.attribution) == (Capacity.INFORMED, Attribution.STATED)


def test_a_row_of_lineage_is_of_provisions_statements_or_principles() -> None:
    """P5 is a principle, 2.7#1 a statement, empty cells are None, and changes keep their order."""
    row = {"old": "P5", "new": "P5", "changes": "strength; wording", "grade": "direct", "note": "", "review": "Look."}
    row |= {"reverse_note": "Back.", "reverse_review": ""}
    assert lineage_row(row, OLD, NEW) == LineageRow(
        old=PrincipleId(OLD, 5),
        new=PrincipleId(NEW, 5),
        changes=(Change.STRENGTH, Change.WORDING),
        grade=Grade.DIRECT,
        note=None,
        reverse_note="Back.",
        review="Look.",
        reverse_review=None,
    )
    added = lineage_row(row | {"old": "", "new": "2.7#1"}, OLD, NEW)
    assert (added.old, added.new) == (None, StatementId(ProvisionId(NEW, "2.7"), 1))
    assert lineage_row(row | {"old": "5.4.1", "new": "5.2.1-4.1"}, OLD, NEW).new == ProvisionId(NEW, "5.2.1-4.1")


def test_a_dependency_is_suspect_only_if_its_row_says_so() -> None:
    """A dependency is suspect only if marked, and its confidence is a number."""
    row = {"kind": "refers", "basis": "printed", "confidence": "8", "rationale": "It points there.", "suspect": ""}
    ends = FROM, ProvisionId(OLD, "5.2")
    expected = Dependency(
        prerequisite=ends[0],
        dependant=ends[1],
        kind=DependencyKind.REFERS,
        basis=Basis.PRINTED,
        rationale="It points there.",
        artefacts=(),
        confidence=8,
        suspect=False,
    )
    assert dependency(row, *ends) == expected
    assert dependency(row | {"suspect": "yes"}, *ends).suspect


def test_a_control_has_the_nature_of_its_kind_unless_it_has_its_own() -> None:
    """The nature is the row's own or that of its kind, and replacements are split at semicolons."""
    row = {"id": "C-1", "parent": "", "kind": "control", "title": "", "withdrawn": "yes", "replaced_by": "C-2; C-3"}
    assert control(row, TO.edition, {"control": "mitigation"}) == Control(
        id=TO,
        parent=None,
        kind="control",
        nature=Nature.MITIGATION,
        title=None,
        withdrawn=True,
        replaced_by=("C-2", "C-3"),
    )
    own = control(
        {"id": "C-1", "parent": "C", "kind": "control", "nature": "risk"}, TO.edition, {"control": "mitigation"}
    )
    assert (own.nature, own.parent, own.replaced_by) == (Nature.RISK, ControlId(TO.edition, "C"), ())
