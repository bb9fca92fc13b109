"""Groups of elements, and duplicate pairs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.errors import Fault, InvalidDocument, UnknownEdition
from aicop.frameworks import load
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.merging import confidence_of_share, for_members, merge_rows, stated_row
from aicop.relations import RelationSet
from aicop.vocabulary import MappingBasis, Predicate, Relation
from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop.model import Mapping


A1, B1 = A.key("X-1"), B.key("X-1")

SPOTS = {"source": ".from", "target": ".to", "relationship": ".how"}


def _joined(*rows: dict[str, str], **options: Any) -> tuple[tuple[Mapping, ...], int]:  # noqa: ANN401 -- any option
    naming = ImportOptions(frameworks=(A, B), **options)
    listed = (stated_row(f"rows[{i}]", item) for i, item in enumerate(rows))
    found, lost = merge_rows(listed, file="m.x", options=naming, spots=SPOTS, name="set")
    return found, lost["repeated"]


def _mappings(*rows: dict[str, str], **options: str) -> tuple[Mapping, ...]:
    return _joined(*rows, **options)[0]


def test_a_foreign_row_has_no_made_up_facts() -> None:
    """Facts that a foreign row does not state are None, and its basis is "imported"."""
    made = _mappings({"source": "X-1", "relationship": "equal-to", "target": "b@1:X-1", "rationale": ""}, source="a")
    assert made == (
        attrs.evolve(
            row(A1, "equal-to", B1),
            rationale=None,
            confidence=None,
            author=None,
            date=None,
            basis=MappingBasis.IMPORTED,
            set="set",
        ),
    )


def test_faults_of_foreign_rows_have_the_places_of_the_file() -> None:
    """Unknown ids and words are faults at their places; formulas are allowed."""
    good = {"source": "a@1:X-1", "relationship": "equal-to", "target": "b@1:X-1", "rationale": "=not a formula"}
    with pytest.raises(InvalidDocument) as caught:
        _mappings(good, good, good | {"source": "a@1:Z"}, good | {"target": "b@1:X-2", "relationship": "like"})
    assert [fault.path for fault in caught.value.faults] == ["rows[2].from", "rows[3].how"]


def test_an_unknown_source_framework_is_an_error() -> None:
    """An unknown source framework raises UnknownEdition even without rows."""
    with pytest.raises(UnknownEdition):
        _mappings(source="nothing-like-this")


def test_after_a_hundred_faults_the_rest_is_not_checked() -> None:
    """The last fault says that the rest was not checked."""
    bad = [{"source": f"a@1:Z{i}", "relationship": "equal-to", "target": "b@1:X-1"} for i in range(150)]
    with pytest.raises(InvalidDocument) as caught:
        _mappings(*bad)
    assert len(caught.value.faults) == 101
    assert caught.value.faults[-1] == Fault("m.x", "rows[100]", "100 errors or more so far; the rest was not checked")


ENDS = {"source": "a@1:X-1", "target": "b@1:X-1"}


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("equal-to", "equal-to"), "equal-to"),
        (("superset-of", "related-to"), "superset-of"),
        (("associated-with", "no-relationship"), "no-relationship"),
        (("related-to", "associated-with", "intersects-with"), "intersects-with"),
        (("mitigates", "mitigates"), "mitigates"),
    ],
)
def test_rows_of_one_pair_are_merged(words: tuple[str, ...], word: str) -> None:
    """The merged row has the predicate that combines all of them."""
    ends = ENDS | {"target": "b@1:R"} if word == "mitigates" else ENDS
    (found,), again = _joined(*(ends | {"relationship": one} for one in words))
    assert (found.predicate, again) == (word, len(words) - 1)


def test_merging_keeps_only_what_the_rows_agree_on() -> None:
    """Facts that differ are dropped and counted, rationales are joined, and the lowest confidence holds."""
    one = ENDS | {"relationship": "superset-of", "rationale": "First.", "confidence": "9", "strength": "4"}
    other = one | {"rationale": "Second.", "confidence": "1", "date": "2026-01"}
    (found,) = _mappings(one, other)
    assert (found.rationale, found.confidence, found.date, found.strength) == ("First. Second.", 1, "2026-01", 4)
    differing = other | {"date": "2026-02", "strength": "5"}
    _, lost = merge_rows(
        (stated_row(f"rows[{i}]", item) for i, item in enumerate((other, differing))),
        file="m.x",
        options=ImportOptions(frameworks=(A, B)),
        spots=SPOTS,
        name="set",
    )
    assert lost == {"repeated": 1, "differing": 4}
    assert _mappings(one, other, one)[0].rationale == "First. Second."
    (found,) = _mappings(one, one)
    assert (found.rationale, found.confidence) == ("First.", 9)
    (found,) = _mappings(one, other | {"relationship": "related-to"})
    assert (found.predicate, found.strength) == (Predicate.SUPERSET, 4)
    unsure = {name: cell for name, cell in one.items() if name not in {"confidence", "strength"}}
    (found,) = _mappings(unsure, other | {"relationship": "related-to"})
    assert (found.predicate, found.confidence, found.strength) == (Predicate.SUPERSET, None, None)


def test_a_contradiction_is_reported_with_both_places() -> None:
    """A contradiction names both rows, and is reported with all other faults."""
    equal, less = (ENDS | {"relationship": word} for word in ("equal-to", "subset-of"))
    with pytest.raises(InvalidDocument) as caught:
        _mappings(equal, less, less | {"source": "a@1:Z"})
    assert [(fault.path, fault.problem.partition(".")[0]) for fault in caught.value.faults] == [
        ("rows[2].from", "'a@1:Z': a@1 has no 'Z'"),
        ("rows[1].how", "contradicts rows[0] on a@1:X-1 and b@1:X-1; correct one of them"),
    ]


def test_a_contradiction_names_the_row_it_contradicts() -> None:
    """The row named is the one that contradicts, not simply the first of the pair."""
    with pytest.raises(InvalidDocument) as caught:
        _mappings(*(ENDS | {"relationship": word} for word in ("related-to", "superset-of", "subset-of")))
    assert [fault.problem for fault in caught.value.faults] == [
        "contradicts rows[1] on a@1:X-1 and b@1:X-1; correct one of them"
    ]


def test_many_rows_of_one_pair_are_merged() -> None:
    """Five thousand rows become one that has every rationale once."""
    rows = (ENDS | {"relationship": "related-to", "rationale": f"{number} is the reason"} for number in range(5_000))
    (found,), again = _joined(*rows)
    assert again == 4_999
    assert found.rationale is not None
    assert found.rationale.count("reason") == 5_000


def test_authors_and_links_stay_separate() -> None:
    """Rows of another author, and links such as mitigation, are not merged with relations."""
    equal, less = (ENDS | {"relationship": word} for word in ("equal-to", "subset-of"))
    found, again = _joined(equal | {"author": "We"}, less | {"author": "They"})
    assert ([one.predicate for one in found], again) == (["equal-to", "subset-of"], 0)
    to_risk = ENDS | {"target": "b@1:R"}
    found, again = _joined(to_risk | {"relationship": "mitigates"}, to_risk | {"relationship": "related-to"})
    assert ([one.predicate for one in found], again) == (["mitigates", "related-to"], 0)
    found, again = _joined(*(to_risk | {"relationship": word} for word in ("mitigates", "related-to")), equal, equal)
    assert ([one.predicate for one in found], again) == (["mitigates", "related-to", "equal-to"], 1)


def test_a_pair_is_known_however_it_is_written() -> None:
    """Ids with or without edition, or spelt differently, are the same pair."""
    ways = ({"source": one} for one in ("a@1:X-1", "a:X-1", "a@1:x 01"))
    found, again = _joined(*(ENDS | way | {"relationship": "equal-to"} for way in ways))
    assert (len(found), again) == (1, 2)


@pytest.mark.parametrize(("source", "named"), [("nist-csf", "AC-2"), ("iso-iec-27001", "LLM01:2025")])
def test_an_id_is_not_looked_up_in_other_frameworks(source: str, named: str) -> None:
    """An id that only another framework has is a fault; written with its framework, it is found."""
    other = load("nist-sp-800-53" if named == "AC-2" else "owasp-llm-top10@2025").key(named)
    with pytest.raises(InvalidDocument) as caught:
        _mappings({"source": named, "relationship": "related-to", "target": "b@1:X-1"}, source=source)
    ((place, problem),) = [(fault.path, fault.problem) for fault in caught.value.faults]
    assert place == "rows[0].from"
    assert f"has no '{named}'. If you mean {other}, write the framework before the id." in problem
    whole = {"source": str(other), "relationship": "related-to", "target": "b@1:X-1"}
    assert _mappings(whole, source=source)[0].source == other


@given(st.decimals(0, 1, places=4))
def test_confidence_is_never_rounded_up(share: Decimal) -> None:
    """A share becomes the next lower of 0 to 10, and the result says whether anything was cut off."""
    written, rounded = confidence_of_share(float(share))
    assert 0 <= share * 10 - Decimal(written) < 1
    assert rounded == (share * 10 != Decimal(written))


def test_strength_of_a_group_is_not_that_of_its_members() -> None:
    """Strength and remainder of a group are dropped, and the rationale is kept."""
    cells = {"strength": "10", "remainder": "x", "rationale": "y"}
    equal = RelationSet([Relation.EQUAL])
    assert for_members(cells, equal, 1, 1) == (cells, equal)
    assert for_members(cells, equal, 2, 1)[0] == for_members(cells, equal, 1, 2)[0] == {"rationale": "y"}


def test_relations_of_members_follow_from_those_of_the_group() -> None:
    """The possible relations are those found by enumerating all sets in a small universe."""
    # All non-empty subsets of four elements.
    sets = [frozenset(i for i in range(4) if mask >> i & 1) for mask in range(1, 16)]

    def stands(one: frozenset[int], other: frozenset[int]) -> Relation:
        if one == other:
            return Relation.EQUAL
        if one < other:
            return Relation.SUBSET
        if one > other:
            return Relation.SUPERSET
        return Relation.INTERSECTS if one & other else Relation.NONE

    seen: dict[tuple[Relation, int, int], set[Relation]] = {}
    for first in sets:
        for second in sets:
            for third in sets:
                seen.setdefault((stands(first | second, third), 2, 1), set()).add(stands(first, third))
                seen.setdefault((stands(first, second | third), 1, 2), set()).add(stands(first, third))
                seen.setdefault((stands(first, second), 1, 1), set()).add(stands(first, second))
    assert len(seen) == 15
    for (relation, sources, targets), possible in seen.items():
        assert set(for_members({}, RelationSet([relation]), sources, targets)[1]) == possible
