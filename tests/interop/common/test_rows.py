"""The rows that exports of a crosswalk contain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given, settings

from aicop.crosswalk import Crosswalk, crosswalk
from aicop.crosswalk.claim import Claim
from aicop.crosswalk.path import Step
from aicop.ids import JointId
from aicop.interop.common.rows import Rows, as_imported, omitted_not_found, rows_of, unstated_facts, with_targets
from aicop.interop.formats import omission_phrases
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, C, row
from tests.interop.generated import crosswalks

if TYPE_CHECKING:
    from aicop.model import Mapping

A1, A2, B1, B2, C1, R = A.key("X-1"), A.key("X-2"), B.key("X-1"), B.key("X-2"), C.key("X-1"), B.key("R")


@given(crosswalks())
@settings(max_examples=50)
def test_rows_are_written_as_they_were_made(item: Crosswalk) -> None:
    """A crosswalk built from rows gives exactly these rows."""
    found = rows_of(item)
    assert sorted(map(repr, found.rows)) == sorted(map(repr, item.mappings))
    assert found.omitted == ()


def test_inexpressible_rows_are_skipped_and_counted() -> None:
    """Rows whose predicate a format lacks are skipped and counted by predicate."""
    rows = [row(A1, "subset-of", B1), row(A1, "mitigates", R), row(A2, "mitigates", R), row(A2, "nothing-found", None)]
    found = rows_of(Crosswalk.from_mappings(rows, A, B), {Predicate.SUBSET})
    assert found.rows == (rows[0],)
    assert found.omitted == ("2 rows: cannot express 'mitigates'", "1 row: no counterpart found")


def test_an_inverted_row_says_the_same_from_the_other_side() -> None:
    """The predicate is inverted, digests are swapped, and strength and remainder are dropped."""
    made = row(A1, "subset-of", B1, strength=10, remainder="x", source_digest="a" * 16, target_digest="b" * 16)
    turned = attrs.evolve(
        made,
        source=B1,
        predicate=Predicate.SUPERSET,
        target=A1,
        rationale=f"Judged from {A1} to {B1}: {made.rationale}",
        strength=None,
        remainder=None,
        reverse_strength=made.strength,
        reverse_remainder=made.remainder,
        source_digest="b" * 16,
        target_digest="a" * 16,
    )
    assert rows_of(Crosswalk.from_mappings([made], A, B).inverse()).rows == (turned,)


def test_only_symmetric_links_can_be_inverted() -> None:
    """Correspondence can be inverted; "is mitigated by" is not a predicate."""
    links = [row(A.key("R"), "corresponds-to", R), row(A1, "mitigates", R)]
    found = rows_of(Crosswalk.from_mappings(links, A, B).inverse())
    assert [(item.source, item.predicate, item.target) for item in found.rows] == [
        (R, Predicate.CORRESPONDS, A.key("R"))
    ]
    assert found.omitted == ("1 row: cannot express 'is mitigated by'",)


def test_a_derived_row_has_all_authors_and_the_lowest_confidence() -> None:
    """Its date is the latest one, and its rationale lists each step."""
    one = Crosswalk.from_mappings([row(A1, "subset-of", B1, author="we", confidence=8, date="2026-01-01")], A, B)
    two = Crosswalk.from_mappings([row(B1, "subset-of", C1, author="they", confidence=3, date="2026-02-02")], B, C)
    [found] = rows_of(one.compose(two)).rows
    assert (found.source, found.predicate, found.target) == (A1, Predicate.SUBSET, C1)
    assert (found.basis, found.author, found.confidence, found.date) == (
        MappingBasis.DERIVED,
        "we; they",
        3,
        "2026-02-02",
    )
    assert found.rationale == f"{A1} subset-of {B1} {B1} subset-of {C1}"


def test_a_derived_row_has_no_made_up_facts() -> None:
    """If one row lacks author, date or confidence, so does the derived row."""
    silent = attrs.evolve(row(B1, "subset-of", C1), author=None, date=None, confidence=None, rationale=None)
    found = rows_of(
        Crosswalk.from_mappings([row(A1, "subset-of", B1)], A, B).compose(Crosswalk.from_mappings([silent], B, C))
    )
    assert [(item.author, item.date, item.confidence) for item in found.rows] == [(None, None, None)]


def test_several_possible_relations_become_related_to_if_they_overlap() -> None:
    """If all possible relations overlap, the row is related-to; otherwise it is skipped."""
    meets = Crosswalk.from_mappings([row(A1, "superset-of", B1), row(A2, "intersects-with", B1)], A, B)
    onward = Crosswalk.from_mappings([row(B1, "intersects-with", C1)], B, C)
    found = rows_of(meets.compose(onward))
    assert [(item.source, item.predicate) for item in found.rows] == [(A1, Predicate.RELATED)]
    assert found.omitted == ("1 row: nothing is known",)
    clash = Crosswalk.from_mappings(
        [row(A1, "equal-to", B1), row(A1, "no-relationship", B1, author="they")], A, B
    ).merge_makers()
    assert rows_of(clash).rows == ()
    assert rows_of(clash).omitted == ("1 row: contradiction",)


def test_agreeing_rows_are_one_derived_row() -> None:
    """The merged claim of two authors is a derived row with both authors."""
    rows = [row(A1, "subset-of", B1), row(A1, "subset-of", B1, author="they")]
    [found] = rows_of(Crosswalk.from_mappings(rows, A, B).merge_makers()).rows
    assert (found.basis, found.author) == (MappingBasis.DERIVED, "they; we")


def test_not_found_rows_alone_are_not_written() -> None:
    """For formats without an empty file, a crosswalk without targets has no rows."""
    gone = row(A2, "nothing-found", None)
    words = {Predicate.SUBSET, Predicate.NOTHING}
    some = Crosswalk.from_mappings([row(A1, "subset-of", B1), gone], A, B)
    assert with_targets(some, words) == rows_of(some, words)
    assert with_targets(Crosswalk.from_mappings([gone], A, B), words) == Rows((), ("1 row: no counterpart found",))
    assert with_targets(Crosswalk.from_mappings([], A, B), words) == Rows((), ())


def test_inverted_not_found_rows_are_counted() -> None:
    """An inverted not-found row is a row without a source; a format that has no place for it counts it."""
    found = rows_of(Crosswalk.from_mappings([row(A1, "subset-of", B1), row(A2, "nothing-found", None)], A, B).inverse())
    assert [(item.source, item.target) for item in found.rows] == [(B1, A1), (None, A2)]
    assert found.omitted == ()


def test_not_found_rows_compose() -> None:
    """What equals an element without a counterpart has none either, by the authors of both steps."""
    same = Crosswalk.from_mappings([row(A1, "equal-to", B1)], A, B)
    gone = Crosswalk.from_mappings([row(B1, "nothing-found", None, author="they", confidence=7)], B, C)
    [found] = rows_of(same.compose(gone)).rows
    assert (found.source, found.predicate, found.target) == (A1, Predicate.NOTHING, None)
    assert (found.basis, found.author, found.confidence) == (MappingBasis.DERIVED, "we; they", 5)


def test_shipped_rows_are_all_written() -> None:
    """Every mapping of the Code to ISO/IEC 42001 is a row."""
    assert len(rows_of(crosswalk("uk-ai-cop", "iso-iec-42001")).rows) == len(
        crosswalk("uk-ai-cop", "iso-iec-42001").mappings
    )


def test_missing_facts_of_mappings_are_counted() -> None:
    """Mappings without author, date, rationale, confidence or type of relation are counted."""
    silent = attrs.evolve(row(A1, "related-to", B1), author=None, date=None, rationale=None, confidence=None)
    assert unstated_facts([silent, row(A2, "associated-with", B2)]) == (
        "the author of 1 mapping",
        "the date of 1 mapping",
        "the rationale of 1 mapping",
        "the confidence of 1 mapping",
        "the type of relationship of 2 mappings",
    )
    assert unstated_facts([row(A1, "equal-to", B1)]) == ()


def test_an_inverted_row_has_no_knowledge() -> None:
    """The author's knowledge of the target does not apply to what is now the source."""
    made = row(A1, "subset-of", B1, knowledge=Knowledge.TEXT)
    (turned,) = rows_of(Crosswalk.from_mappings([made], A, B).inverse()).rows
    assert (turned.source, turned.target, turned.knowledge) == (B1, A1, None)


def test_a_row_in_two_sets_is_written_once() -> None:
    """A row that is also in another set is skipped and counted."""
    made = row(A1, "subset-of", B1)
    found = rows_of(Crosswalk.from_mappings([made, attrs.evolve(made, set="other")], A, B))
    assert [one.content for one in found.rows] == [made.content]
    assert found.omitted == ("1 row: also in another set, written once",)


def test_skipped_not_found_rows_name_their_side() -> None:
    """Not-found rows are counted as judged from the target's side, or in one step of a composition."""
    nothing = row(B1, "nothing-found", None)
    back = Crosswalk.from_mappings([row(B2, "equal-to", A2), nothing], B, A)
    assert omitted_not_found(back) == ()
    assert omitted_not_found(back.inverse()) == ()
    between = Crosswalk.from_mappings([row(A1, "subset-of", B2)], A, B).compose(
        Crosswalk.from_mappings([nothing], B, C)
    )
    assert omitted_not_found(between) == ("1 row: in one step of the composition, no counterpart found",)
    for name in ("csv", "markdown"):
        assert omission_phrases(name, back.inverse()) == omitted_not_found(back.inverse())


def test_incomplete_rows_are_imported() -> None:
    """A row that lacks a fact has the basis "imported", unless it is derived."""
    whole = row(A1, "subset-of", B1)
    assert as_imported(whole) is whole
    for name in ("author", "date", "rationale", "confidence"):
        less: dict[str, Any] = {name: None}
        assert as_imported(attrs.evolve(whole, **less)).basis is MappingBasis.IMPORTED
    derived = attrs.evolve(whole, author=None, basis=MappingBasis.DERIVED)
    assert as_imported(derived) is derived


def _claim(made: Mapping) -> Claim:
    """Return the claim of a single mapping, as a crosswalk in its direction has it."""
    step = Step(source=made.source, target=made.target, mapping=made, inverted=False)
    return Claim(
        source=made.source,
        target=made.target,
        relations=None,
        link=None,
        inverted=False,
        strength=made.strength,
        remainder=None,
        reverse_strength=made.reverse_strength,
        reverse_remainder=None,
        confidence=5,
        suspect=False,
        paths=((step,),),
    )


def test_joint_rows_are_left_out_where_a_format_has_no_place_for_them() -> None:
    """Joint rows are kept by default, and counted if they are left out; a row without a source is nothing-found."""
    joint = row(JointId([A1, A2]), "equal-to", B1)
    other = row(A1, "equal-to", JointId([B1, B.key("X-2")]))
    gone = row(None, "nothing-found", B1, searched=A.id)
    rows = joint, other, gone
    item: Any = SimpleNamespace(claims=lambda: map(_claim, rows), mappings=rows, source=A, target=B)
    assert rows_of(item) == Rows(rows, ())
    assert rows_of(item, joint=False) == Rows((gone,), ("2 rows: maps several elements taken together",))
    without = rows_of(item, [Predicate.EQUAL])
    assert without == Rows((joint, other), ("1 row: no counterpart found",))
    assert with_targets(item, tuple(Predicate)).rows == rows
    unheard: Any = SimpleNamespace(claims=lambda: iter(()), mappings=rows, source=A, target=B)
    assert rows_of(unheard).omitted == ("1 row: judged from the target's side, no counterpart found",)


def test_an_inverted_row_has_the_figures_of_its_direction() -> None:
    """Inverting swaps the strengths and remainders; that nothing was found reads the same from both sides."""
    made = row(A1, "intersects-with", B1, strength=3, remainder="x", reverse_strength=8, reverse_remainder="y")
    (turned,) = rows_of(Crosswalk.from_mappings([made], A, B).inverse()).rows
    assert (turned.strength, turned.remainder) == (8, "y")
    assert (turned.reverse_strength, turned.reverse_remainder) == (3, "x")
    gone = row(None, "nothing-found", B1, searched=A.id)
    inverse = attrs.evolve(_claim(gone), source=B1, target=None)
    item: Any = SimpleNamespace(claims=lambda: iter([inverse]), mappings=(gone,), source=B, target=A)
    assert rows_of(item).rows == (attrs.evolve(gone, source=B1, target=None),)
