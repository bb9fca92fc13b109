"""The rows that a crosswalk writes."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given, settings

from aicop.crosswalk import Crosswalk, crosswalk
from aicop.interop.common.rows import Rows, as_imported, omitted_not_found, rows_of, unstated_facts, with_targets
from aicop.interop.formats import omission_phrases
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, C, row
from tests.interop.generated import crosswalks

A1, A2, B1, B2, C1, R = A.key("X-1"), A.key("X-2"), B.key("X-1"), B.key("X-2"), C.key("X-1"), B.key("R")


@given(crosswalks())
@settings(max_examples=50)
def test_rows_are_written_as_they_were_made(item: Crosswalk) -> None:
    """A crosswalk of rows gives exactly these rows, in its own order."""
    found = rows_of(item)
    assert sorted(map(repr, found.rows)) == sorted(map(repr, item.mappings))
    assert found.omitted == ()


def test_what_a_format_cannot_say_is_left_out_and_told() -> None:
    """Counted by what it says."""
    rows = [row(A1, "subset-of", B1), row(A1, "mitigates", R), row(A2, "mitigates", R), row(A2, "nothing-found", None)]
    found = rows_of(Crosswalk.from_mappings(rows, A, B), {Predicate.SUBSET})
    assert found.rows == (rows[0],)
    assert found.omitted == ("2 rows: cannot express 'mitigates'", "1 row: no counterpart found")


def test_an_inverted_row_says_the_same_from_the_other_side() -> None:
    """The relation turns; strength and remainder are of the other side and not given; digests change places."""
    made = row(A1, "subset-of", B1, strength=10, remainder="x", source_digest="a" * 16, target_digest="b" * 16)
    turned = attrs.evolve(
        made,
        source=B1,
        predicate=Predicate.SUPERSET,
        target=A1,
        rationale=f"Judged from {A1} to {B1}: {made.rationale}",
        strength=None,
        remainder=None,
        source_digest="b" * 16,
        target_digest="a" * 16,
    )
    assert rows_of(Crosswalk.from_mappings([made], A, B).inverse()).rows == (turned,)


def test_an_inverted_link_has_a_row_only_where_it_reads_both_ways() -> None:
    """Correspondence does; to be mitigated and to be cited are no predicates."""
    links = [row(A.key("R"), "corresponds-to", R), row(A1, "mitigates", R)]
    found = rows_of(Crosswalk.from_mappings(links, A, B).inverse())
    assert [(item.source, item.predicate, item.target) for item in found.rows] == [
        (R, Predicate.CORRESPONDS, A.key("R"))
    ]
    assert found.omitted == ("1 row: cannot express 'is mitigated by'",)


def test_a_derived_claim_is_a_row_with_its_makers_and_its_weakest_confidence() -> None:
    """The day is that of the last row; the reason is that of each step."""
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


def test_a_derived_claim_does_not_make_up_what_a_row_leaves_open() -> None:
    """No maker, no date, no confidence where one row has none."""
    silent = attrs.evolve(row(B1, "subset-of", C1), author=None, date=None, confidence=None, rationale=None)
    found = rows_of(
        Crosswalk.from_mappings([row(A1, "subset-of", B1)], A, B).compose(Crosswalk.from_mappings([silent], B, C))
    )
    assert [(item.author, item.date, item.confidence) for item in found.rows] == [(None, None, None)]


def test_several_possible_relations_are_a_row_only_when_something_is_shared() -> None:
    """Then it says related; nothing known, and a contradiction, are told and not written."""
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


def test_several_accounts_that_agree_are_one_derived_row() -> None:
    """Their joined claim is nobody's own row."""
    rows = [row(A1, "subset-of", B1), row(A1, "subset-of", B1, author="they")]
    [found] = rows_of(Crosswalk.from_mappings(rows, A, B).merge_makers()).rows
    assert (found.basis, found.author) == (MappingBasis.DERIVED, "they; we")


def test_without_a_relation_nothing_is_related() -> None:
    """That nothing was found is then left out as well, and counted."""
    gone = row(A2, "nothing-found", None)
    words = {Predicate.SUBSET, Predicate.NOTHING}
    some = Crosswalk.from_mappings([row(A1, "subset-of", B1), gone], A, B)
    assert with_targets(some, words) == rows_of(some, words)
    assert with_targets(Crosswalk.from_mappings([gone], A, B), words) == Rows((), ("1 row: no counterpart found",))
    assert with_targets(Crosswalk.from_mappings([], A, B), words) == Rows((), ())


def test_that_nothing_was_found_from_the_other_side_is_told() -> None:
    """Read the other way round it says nothing of any one element."""
    found = rows_of(Crosswalk.from_mappings([row(A1, "subset-of", B1), row(A2, "nothing-found", None)], A, B).inverse())
    assert len(found.rows) == 1
    assert found.omitted == ("1 row: judged from the target's side, no counterpart found",)


def test_that_nothing_was_found_passes_on_as_a_derived_row() -> None:
    """What equals a thing that was gone through was gone through with it, by the maker who did."""
    same = Crosswalk.from_mappings([row(A1, "equal-to", B1)], A, B)
    gone = Crosswalk.from_mappings([row(B1, "nothing-found", None, author="they", confidence=7)], B, C)
    [found] = rows_of(same.compose(gone)).rows
    assert (found.source, found.predicate, found.target) == (A1, Predicate.NOTHING, None)
    assert (found.basis, found.author, found.confidence) == (MappingBasis.DERIVED, "they", 7)


def test_shipped_rows_are_all_written() -> None:
    """From the Code to ISO/IEC 42001, as many as were made."""
    assert len(rows_of(crosswalk("uk-ai-cop", "iso-iec-42001")).rows) == len(
        crosswalk("uk-ai-cop", "iso-iec-42001").mappings
    )


def test_what_mappings_leave_open_is_counted() -> None:
    """Who, when, why, how surely, and which relation."""
    silent = attrs.evolve(row(A1, "related-to", B1), author=None, date=None, rationale=None, confidence=None)
    assert unstated_facts([silent, row(A2, "associated-with", B2)]) == (
        "the author of 1 mapping",
        "the date of 1 mapping",
        "the rationale of 1 mapping",
        "the confidence of 1 mapping",
        "the type of relationship of 2 mappings",
    )
    assert unstated_facts([row(A1, "equal-to", B1)]) == ()


def test_an_inverted_row_does_not_say_how_its_maker_knew_what_is_the_source_now() -> None:
    """That was said of the target."""
    made = row(A1, "subset-of", B1, knowledge=Knowledge.TEXT)
    (turned,) = rows_of(Crosswalk.from_mappings([made], A, B).inverse()).rows
    assert (turned.source, turned.target, turned.knowledge) == (B1, A1, None)


def test_a_row_that_stands_in_two_sets_is_written_once() -> None:
    """And that is told."""
    made = row(A1, "subset-of", B1)
    found = rows_of(Crosswalk.from_mappings([made, attrs.evolve(made, set="other")], A, B))
    assert [one.content for one in found.rows] == [made.content]
    assert found.omitted == ("1 row: also in another set, written once",)


def test_what_was_not_found_is_told_with_its_side() -> None:
    """From the other side, or in a step between; a claim of its own tells it too."""
    nothing = row(B1, "nothing-found", None)
    back = Crosswalk.from_mappings([row(B2, "equal-to", A2), nothing], B, A)
    assert omitted_not_found(back) == ()
    assert omitted_not_found(back.inverse()) == ("1 row: judged from the target's side, no counterpart found",)
    between = Crosswalk.from_mappings([row(A1, "subset-of", B2)], A, B).compose(
        Crosswalk.from_mappings([nothing], B, C)
    )
    assert omitted_not_found(between) == ("1 row: in one step of the composition, no counterpart found",)
    for name in ("csv", "markdown"):
        assert omission_phrases(name, back.inverse()) == omitted_not_found(back.inverse())


def test_what_is_kept_of_a_row_that_leaves_facts_open() -> None:
    """It is imported, unless it follows from others and need not say more."""
    whole = row(A1, "subset-of", B1)
    assert as_imported(whole) is whole
    for name in ("author", "date", "rationale", "confidence"):
        less: dict[str, Any] = {name: None}
        assert as_imported(attrs.evolve(whole, **less)).basis is MappingBasis.IMPORTED
    derived = attrs.evolve(whole, author=None, basis=MappingBasis.DERIVED)
    assert as_imported(derived) is derived
