"""Comparison of the editions that ship, and counterparts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import (
    PhaseId,
    PrincipleId,
    ProvisionId,
    UnknownEdition,
    UnknownKey,
    compare,
    counterpart,
    counterparts,
    editions,
    load,
)
from aicop.ids import ControlId, StatementId
from tests.programs import _run

# Every ordered pair of editions.
PAIRS = list(itertools.permutations(editions(), 2))


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=str)
def test_lineage_is_total_in_both_directions(old: object, new: object) -> None:
    """Every provision and principle of either edition is in exactly one row, in printed order."""
    comparison = compare(str(old), str(new))
    first, second = load(str(old)), load(str(new))
    assert [row.old for row in comparison.provisions] == list(first)
    assert sorted(row.new for row in comparison.provisions if isinstance(row.new, ProvisionId)) == list(second)
    assert [row.old for row in comparison.principles] == [item.id for item in first.principles]
    assert [row.new for row in comparison.principles] == [item.id for item in second.principles]
    assert len(comparison.rows) == 85 + len(comparison.statements)


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=str)
def test_counterparts_are_symmetric(old: object, new: object) -> None:
    """A counterpart's counterpart is the item itself."""
    for item in load(str(old)):
        there = counterpart(item, str(new))
        assert str(there.edition) == str(new)
        assert counterpart(there, str(old)) == item


@given(st.sampled_from(list(itertools.permutations(editions(), 3))), st.integers(0, 71))
def test_counterparts_are_transitive(way: tuple[object, object, object], position: int) -> None:
    """Going through the third edition gives the same counterpart."""
    first, second, third = map(str, way)
    item = list(load(first))[position]
    assert counterpart(counterpart(item, second), third) == counterpart(item, third)


def test_the_other_direction_has_the_same_rows() -> None:
    """Comparing in the other direction swaps old and new."""
    there, back = compare("uk-ai-cop", "etsi-en-304-223"), compare("etsi-en-304-223", "uk-ai-cop")
    assert [row.reversed() for row in back.rows] == list(there.rows)
    assert (back.rows[1].note, back.rows[1].reverse_note) == ("British spelling.", "US spelling.")


@pytest.mark.parametrize("edition", editions(), ids=str)
def test_in_its_own_edition_an_item_is_its_counterpart(edition: object) -> None:
    """Provisions, principles and phases are their own counterparts in their own edition."""
    catalogue = load(str(edition))
    assert counterpart(next(iter(catalogue)), str(edition)) == next(iter(catalogue))
    assert counterpart(catalogue.principles[0].id, str(edition)) == catalogue.principles[0].id
    assert counterpart(catalogue.phases[0].id, str(edition)) == catalogue.phases[0].id


def test_principles_and_phases_have_counterparts() -> None:
    """Principles keep their numbers, and phases their names."""
    assert counterpart(PrincipleId.parse("uk-ai-cop@2025-01:P5"), "etsi-en-304-223") == PrincipleId.parse(
        "etsi-en-304-223@2.1.1:P5"
    )
    assert counterpart("UK secure design", "etsi-en-304-223") == PhaseId.parse("etsi-en-304-223@2.1.1:secure-design")


@pytest.mark.parametrize(
    "key",
    [
        ProvisionId.parse("uk-ai-cop@2025-01:5.4.9"),
        PrincipleId.parse("uk-ai-cop@2025-01:P14"),
        "5.4.1",
        "uk-ai-cop:9.9",
    ],
    ids=str,
)
def test_unknown_items_have_no_counterpart(key: str) -> None:
    """An unknown item raises UnknownKey, even in its own edition."""
    for edition in ("uk-ai-cop", "etsi-en-304-223"):
        with pytest.raises(UnknownKey):
            counterpart(key, edition)


def test_unknown_editions_raise() -> None:
    """Unknown editions on either side raise, and so does comparing an edition with itself."""
    for old, new in (("uk-ai-cop", "x"), ("x", "uk-ai-cop"), ("uk-ai-cop", "uk-ai-cop@2025-01")):
        with pytest.raises(UnknownEdition):
            compare(old, new)
    with pytest.raises(UnknownEdition):
        counterpart("uk-ai-cop:5.4", "x")
    with pytest.raises(
        UnknownEdition,
        match=r"cannot be compared with itself; use one of: etsi-ts-104-223@1\.1\.1, etsi-en-304-223@2\.1\.1",
    ):
        compare("uk-ai-cop", "uk-ai-cop")


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=str)
def test_counterparts_of_statements_are_symmetric(old: object, new: object) -> None:
    """Each of the eighty-eight statements has one counterpart, in the counterpart of its provision, and back."""
    found = 0
    for item in load(str(old)).values():
        for said in item.statements:
            key = StatementId(item.id, said.ordinal)
            (there,) = counterparts(key, str(new))
            assert there.provision == counterpart(item.id, str(new))
            assert counterparts(there, str(old)) == (key,)
            found += 1
    assert found == 88


def test_roles_have_counterparts() -> None:
    """A role has the same name in each edition."""
    assert counterpart("uk-ai-cop:Developer", "etsi-en-304-223") == ControlId(editions()[2], "Developer")
    assert counterpart(ControlId(editions()[2], "End-user"), "uk-ai-cop") == ControlId(editions()[0], "End-user")


@pytest.mark.parametrize("key", ["AML.M0005", ControlId.parse("nist-csf@2.0:PR.DS-01")])
def test_only_items_of_editions_have_counterparts(key: str | ControlId) -> None:
    """Elements of other frameworks raise UnknownKey."""
    with pytest.raises(UnknownKey, match="only items of editions have counterparts"):
        counterpart(key, "etsi-en-304-223")


def test_counterparts_load_no_heavy_library() -> None:
    """Looking up counterparts, statements included, loads neither pydantic nor networkx."""
    program = """
import sys
import aicop
aicop.counterpart("uk-ai-cop:1.1#2", "etsi-en-304-223")
aicop.compare("etsi-en-304-223", "uk-ai-cop")
print(sorted({"pydantic", "networkx", "aicop.lineage.faults"} & set(sys.modules)))
"""
    assert _run(program) == "[]"
