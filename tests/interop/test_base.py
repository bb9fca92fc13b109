"""What all formats share: the rows that a crosswalk writes, and what a reader is told."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings

from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import Fault, InvalidDocument, InvalidId, count_phrase
from aicop.files.text import one_line
from aicop.ids import EditionId
from aicop.interop.common.builder import build_framework, relation_or_fault
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.naming import edition_for, key_from_title, label_from_version
from aicop.interop.common.rows import Rows, as_imported, omitted_not_found, rows_of, unstated_facts, with_targets
from aicop.interop.formats import omitted
from aicop.relations import ANY_RELATION, RELATED, RelationSet, Scheme, predicate
from aicop.vocabulary import Knowledge, MappingBasis, Predicate, Relation
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
    assert found.omitted == ("2 rows: mitigates", "1 row: nothing found")


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
    assert found.omitted == ("1 row: is mitigated by",)


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
    ).merged()
    assert rows_of(clash).rows == ()
    assert rows_of(clash).omitted == ("1 row: contradiction",)


def test_several_accounts_that_agree_are_one_derived_row() -> None:
    """Their joined claim is nobody's own row."""
    rows = [row(A1, "subset-of", B1), row(A1, "subset-of", B1, author="they")]
    [found] = rows_of(Crosswalk.from_mappings(rows, A, B).merged()).rows
    assert (found.basis, found.author) == (MappingBasis.DERIVED, "they; we")


def test_without_a_relation_nothing_is_related() -> None:
    """That nothing was found is then left out as well, and counted."""
    gone = row(A2, "nothing-found", None)
    words = {Predicate.SUBSET, Predicate.NOTHING}
    some = Crosswalk.from_mappings([row(A1, "subset-of", B1), gone], A, B)
    assert with_targets(some, words) == rows_of(some, words)
    assert with_targets(Crosswalk.from_mappings([gone], A, B), words) == Rows((), ("1 row: nothing found",))
    assert with_targets(Crosswalk.from_mappings([], A, B), words) == Rows((), ())


def test_that_nothing_was_found_from_the_other_side_is_told() -> None:
    """Read the other way round it says nothing of any one element."""
    found = rows_of(Crosswalk.from_mappings([row(A1, "subset-of", B1), row(A2, "nothing-found", None)], A, B).inverse())
    assert len(found.rows) == 1
    assert found.omitted == ("1 row: nothing found, from the other side",)


def test_that_nothing_was_found_passes_on_as_a_derived_row() -> None:
    """What equals a thing that was gone through was gone through with it, by the maker who did."""
    same = Crosswalk.from_mappings([row(A1, "equal-to", B1)], A, B)
    gone = Crosswalk.from_mappings([row(B1, "nothing-found", None, author="they", confidence=7)], B, C)
    [found] = rows_of(same.compose(gone)).rows
    assert (found.source, found.predicate, found.target) == (A1, Predicate.NOTHING, None)
    assert (found.basis, found.author, found.confidence) == (MappingBasis.DERIVED, "they", 7)


def test_shipped_rows_are_all_written() -> None:
    """Of the European Standard's predecessor pair, each of 72 provisions, 88 statements and 13 titles."""
    assert len(rows_of(crosswalk("uk-ai-cop", "iso-iec-42001")).rows) == len(
        crosswalk("uk-ai-cop", "iso-iec-42001").mappings
    )


def test_what_mappings_leave_open_is_counted() -> None:
    """Who, when, why, how surely, and which relation."""
    silent = attrs.evolve(row(A1, "related-to", B1), author=None, date=None, rationale=None, confidence=None)
    assert unstated_facts([silent, row(A2, "associated-with", B2)]) == (
        "the maker of 1 mapping",
        "the date of 1 mapping",
        "the reason of 1 mapping",
        "the confidence of 1 mapping",
        "the type of relation of 2 mappings",
    )
    assert unstated_facts([row(A1, "equal-to", B1)]) == ()


def test_counting_words() -> None:
    """With a plural of its own where the s does not do."""
    assert [count_phrase(1, "party", "parties"), count_phrase(2, "party", "parties"), count_phrase(0, "row")] == [
        "1 party",
        "2 parties",
        "0 rows",
    ]


TITLES = [
    ("NIST SP 800-53 Rev. 5", "nist-sp-800-53-rev-5"),
    ("Référentiel général", "referentiel-general"),
    ("日本語", "unknown"),
    ("", "unknown"),
    ("a" * 80, "a" * 60),
    ("one " * 30, "-".join(["one"] * 15)),
]


@pytest.mark.parametrize(("title", "key"), TITLES)
def test_a_key_is_made_of_a_title(title: str, key: str) -> None:
    """Whole words, as many as go into sixty characters."""
    assert key_from_title(title) == key


VERSIONS = [
    ("5.1.1+u4", "5.1.1-u4"),
    ("v2.0", "2.0"),
    ("Version 3", "3"),
    ("  2024-07 ", "2024-07"),
    (None, "unknown"),
    ("—", "unknown"),
]


@pytest.mark.parametrize(("version", "expected"), VERSIONS)
def test_a_label_is_made_of_a_version(version: str | None, expected: str) -> None:
    """Without the word version; unknown where the file does not say."""
    assert label_from_version(version) == expected
    EditionId.parse(f"own@{expected}")


def test_text_is_one_line_of_what_can_be_printed() -> None:
    """Line breaks are blanks; what cannot be printed is not kept."""
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"
    assert one_line("so\u00adft\u200b ") == "soft"
    assert not one_line(" \u200b")


def test_what_the_reader_is_told_stands_before_what_the_file_says() -> None:
    """And what the file states as ours before its title."""
    assert str(edition_for(ImportOptions(), "Our Book", "2.0")) == "our-book@2.0"
    assert str(edition_for(ImportOptions(), "Our Book", "2.0", "own@1")) == "own@1"
    assert str(edition_for(ImportOptions(framework="mine", edition="3"), "Our Book", "2.0", "own@1")) == "mine@3"
    with pytest.raises(InvalidId):
        edition_for(ImportOptions(framework="Not a key"), "Our Book", None)


def _framework(*controls: dict[str, str | None]) -> object:
    return build_framework(
        EditionId("own", "1"),
        {"title": "Own", "publisher": None},
        controls,
        "own.x",
        lambda place, field: f"items[{place}].{field}",
    )


def test_a_framework_is_made_of_what_a_file_lists() -> None:
    """With words and natures where it has them."""
    facts = {"title": "Own", "publisher": "We"}
    rows = [{"id": "1", "kind": "control", "title": None, "words": "Do it.", "nature": "mitigation"}]
    found = build_framework(EditionId("own", "1"), facts, rows, "own.x", lambda place, field: f"{place}{field}")
    [item] = found.controls
    assert (str(item.id), item.title, item.words, item.nature) == ("own@1:1", None, "Do it.", "mitigation")
    assert (found.edition.title, found.edition.publisher) == ("Own", "We")


def test_kind_and_title_are_never_empty() -> None:
    """Nor do they hold what cannot be printed."""
    rows = [{"id": "1", "kind": " a\tb\x1b"}, {"id": "2", "kind": "\x01"}]
    found = build_framework(
        EditionId("own", "1"), {"title": "\u2028"}, rows, "own.x", lambda place, field: f"{place}{field}"
    )
    assert [item.kind for item in found.controls] == ["a b", "element"]
    assert found.edition.title == "own@1"


BROKEN = [
    (
        [{"kind": "x"}, {"id": "a\nb", "kind": "x"}, {"id": "a" * 101, "kind": "x"}],
        ["items[0].id", "items[1].id", "items[2].id"],
    ),
    ([{"id": "1", "kind": "x"}, {"id": "1", "kind": "x"}], ["items[1].id"]),
    ([{"id": "1", "kind": "x", "parent": "2"}], ["items[0].parent"]),
]


@pytest.mark.parametrize(("controls", "places"), BROKEN)
def test_all_faults_of_a_list_are_told_at_once(controls: list[dict[str, str | None]], places: list[str]) -> None:
    """With the places of the file that was read."""
    with pytest.raises(InvalidDocument) as caught:
        _framework(*controls)
    assert [fault.path for fault in caught.value.faults] == places


PREDICATES = [
    (RelationSet([Relation.SUBSET]), Predicate.SUBSET),
    (RELATED, Predicate.RELATED),
    (RelationSet([Relation.SUBSET, Relation.EQUAL]), Predicate.RELATED),
    (RelationSet([Relation.INTERSECTS, Relation.NONE]), Predicate.ASSOCIATED),
    (ANY_RELATION, Predicate.ASSOCIATED),
]


@pytest.mark.parametrize(("known", "expected"), PREDICATES)
def test_a_predicate_claims_no_more_than_what_is_known(known: RelationSet, expected: Predicate) -> None:
    """One relation, that something is shared, or that two things are named together."""
    assert predicate(known) is expected


def test_a_word_of_a_scheme_is_read_and_any_other_is_a_fault() -> None:
    """With its place."""
    assert relation_or_fault("subset-of", Scheme.OSCAL, "f", "p") == RelationSet([Relation.SUBSET])
    fault = relation_or_fault("subset", Scheme.OSCAL, "f", "p")
    assert isinstance(fault, Fault)
    assert (fault.file, fault.path) == ("f", "p")


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
    assert found.omitted == ("1 row: stands in another set as well",)


def test_what_was_not_found_is_told_with_its_side() -> None:
    """From the other side, or in a step between; a claim of its own tells it too."""
    nothing = row(B1, "nothing-found", None)
    back = Crosswalk.from_mappings([row(B2, "equal-to", A2), nothing], B, A)
    assert omitted_not_found(back) == ()
    assert omitted_not_found(back.inverse()) == ("1 row: nothing found, from the other side",)
    between = Crosswalk.from_mappings([row(A1, "subset-of", B2)], A, B).compose(
        Crosswalk.from_mappings([nothing], B, C)
    )
    assert omitted_not_found(between) == ("1 row: nothing found, in a step between",)
    for name in ("csv", "markdown"):
        assert omitted(name, back.inverse()) == omitted_not_found(back.inverse())


def test_what_is_kept_of_a_row_that_leaves_facts_open() -> None:
    """It is imported, unless it follows from others and need not say more."""
    whole = row(A1, "subset-of", B1)
    assert as_imported(whole) is whole
    for name in ("author", "date", "rationale", "confidence"):
        less: dict[str, Any] = {name: None}
        assert as_imported(attrs.evolve(whole, **less)).basis is MappingBasis.IMPORTED
    derived = attrs.evolve(whole, author=None, basis=MappingBasis.DERIVED)
    assert as_imported(derived) is derived
