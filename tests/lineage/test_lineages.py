"""Lineages with editions and tables of one's own."""

from __future__ import annotations

import inspect
import pickle
from typing import TYPE_CHECKING

import pytest

from aicop import PhaseId, PrincipleId, ProvisionId, UnknownEdition, UnknownKey, load
from aicop.errors import InvalidDocument, NoLineage, NoSingleCounterpart
from aicop.ids import ControlId, EditionId, StatementId
from aicop.lineage import Lineages
from aicop.lineage import compare as compare_shipped
from aicop.vocabulary import Change, Grade
from tests.lineage.examples import line, pairs, small_edition

if TYPE_CHECKING:
    from aicop.model import LineageRow

ONE = small_edition("acme", "1", {"1.1": 1, "1.2": 2, "2.1": 2})
TWO = small_edition("acme", "2", {"1.1": 1, "1.2": 1, "1.3": 1, "2.1": 2, "2.2": 1})
THREE = small_edition("acme", "3", {"1.1": 2, "1.2": 2, "3.1": 1})
FAR = small_edition("other", "1", {"1.1": 1}, phase="secure-end")
CODE = EditionId("uk-ai-cop", "2025-01")
STANDARD = EditionId("etsi-en-304-223", "2.1.1")
A, B = (ONE.id, TWO.id), (TWO.id, THREE.id)
# 1.2 was split, and the second statement of 2.1 changed.
FIRST = (
    line(A, "1.1", "1.1", Change.SPELLING, note="US.", reverse_note="British."),
    line(A, "1.2", "1.2", Change.WORDING, note="The first half.", review="Look."),
    line(A, "1.2", "1.3", Change.WORDING, note="The second half."),
    line(A, "2.1", "2.1", Change.STRENGTH),
    line(A, "2.1#1", "2.1#1"),
    line(A, "2.1#2", "2.1#2", Change.STRENGTH, note="May became can.", reverse_note="Can became may."),
    line(A, "", "2.2", note="New."),
)
# 1.1 and 1.2 are merged, and 1.3 is removed.
SECOND = (
    line(B, "1.1", "1.1", Change.WORDING, note="Merged.", grade=Grade.INFERRED),
    line(B, "1.2", "1.1", Change.WORDING, note="Merged."),
    line(B, "1.3", "", note="Gone.", reverse_note="Come."),
    line(B, "2.1", "1.2", Change.POINTER),
    line(B, "2.2", "3.1"),
)
OWN = Lineages({A: FIRST, B: SECOND}, [THREE, ONE, TWO, FAR])


def same_as_code(label: str) -> tuple[Lineages, EditionId]:
    """Return lineages with a copy of the Code's numbering that is identical to the Code except in 5.1."""
    code = load(CODE)
    copy = small_edition("acme-ai", label, {item.number: len(code[item].statements) for item in code})
    ends = (CODE, copy.id)
    rows = [
        line(ends, item.number, item.number, *((Change.SCOPE,) if item.number == "5.1" else ()), note=None)
        for item in code
    ]
    return Lineages({ends: rows}, [copy]), copy.id


def test_a_split_item_has_several_counterparts() -> None:
    """All counterparts are returned in printed order, and the single one is refused with the candidates."""
    item = ProvisionId(ONE.id, "1.2")
    assert OWN.counterparts(item, "acme@2") == (ProvisionId(TWO.id, "1.2"), ProvisionId(TWO.id, "1.3"))
    with pytest.raises(NoSingleCounterpart) as caught:
        OWN.counterpart(item, TWO.id)
    assert caught.value == NoSingleCounterpart(
        "acme@1:1.2", "acme@2", ("acme@2:1.2", "acme@2:1.3"), "The first half. The second half."
    )


def test_a_removed_item_has_no_counterpart() -> None:
    """What was removed, or is not in the other edition yet, has none, and the error says what the lineage says."""
    assert OWN.counterparts("acme@2:1.3", THREE.id) == ()
    with pytest.raises(NoSingleCounterpart, match=r"acme@2:1\.3 has no counterpart: it was removed in acme@3.*Gone\."):
        OWN.counterpart("acme@2:1.3", THREE.id)
    with pytest.raises(NoSingleCounterpart, match=r"acme@2:2\.2 has no counterpart: .* or is not in it yet\.$"):
        OWN.counterpart(ProvisionId(TWO.id, "2.2"), ONE.id)


def test_an_item_with_one_counterpart_has_it_in_both_directions() -> None:
    """A table answers in both directions, for ids and for text."""
    assert str(OWN.counterpart("acme@1:1.1", "acme@2")) == "acme@2:1.1"
    assert str(OWN.counterpart(ProvisionId(TWO.id, "1.3"), ONE.id)) == "acme@1:1.2"
    # The second call is answered from what the first one found.
    assert str(OWN.counterpart(ProvisionId(TWO.id, "1.3"), ONE.id)) == "acme@1:1.2"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        # By position, with rows of their own and without; a split provision leaves both candidates open.
        ("1.1#1", ["1.1#1"]),
        ("1.2#1", ["1.2#1", "1.3#1"]),
        ("1.2#2", ["1.2#1", "1.3#1"]),
        ("2.1#1", ["2.1#1"]),
        ("2.1#2", ["2.1#2"]),
    ],
)
def test_statements_have_counterparts(statement: str, expected: list[str]) -> None:
    """A statement's counterpart is the one that a row names, the one in its position, or any of the counterparts."""
    item = StatementId.parse(f"acme@1:{statement}")
    assert [found.local for found in OWN.counterparts(item, TWO.id)] == expected
    assert pairs(OWN.rows_of(item, TWO.id)) == [(statement, found) for found in expected]


def test_rows_of_a_statement_state_its_own_changes() -> None:
    """A statement with a row has its own changes and note; another one has those of its provision."""
    (changed,) = OWN.rows_of(StatementId.parse("acme@1:2.1#2"), "acme@2")
    assert (changed.changes, changed.note) == ((Change.STRENGTH,), "May became can.")
    (same,) = OWN.rows_of(StatementId.parse("acme@1:2.1#1"), "acme@2")
    assert same.changes == (Change.IDENTICAL,)
    (whole,) = OWN.rows_of(StatementId.parse("acme@1:1.1#1"), "acme@2")
    assert (whole.changes, whole.note) == ((Change.SPELLING,), "US.")
    assert OWN.rows_of(StatementId.parse("acme@2:2.2#1"), "acme@1")[0].new is None
    assert OWN.rows_of(StatementId.parse("acme@1:9.9#1"), "acme@2") == ()


def test_principles_without_rows_follow_their_provisions() -> None:
    """If a table says nothing of principles, a principle goes where its provisions went."""
    assert OWN.counterparts("acme@2:P2", "acme@3") == (PrincipleId(THREE.id, 1), PrincipleId(THREE.id, 3))
    assert OWN.counterpart("acme@2:P1", "acme@3") == PrincipleId(THREE.id, 1)
    assert OWN.rows_of(PrincipleId(TWO.id, 1), "acme@3") == ()


def test_phases_and_roles_keep_their_names() -> None:
    """A phase has a counterpart if the edition has it; a role always has one."""
    assert OWN.counterpart("acme@1:secure-design", "acme@2") == PhaseId(TWO.id, "secure-design")
    assert OWN.counterparts("other:secure-end", "acme@2") == ()
    assert OWN.counterpart("acme@1:Developer", "acme@2") == ControlId(TWO.id, "Developer")
    assert OWN.rows_of(PhaseId(ONE.id, "secure-design"), "acme@2") == ()


def test_every_item_is_its_own_counterpart_in_its_edition() -> None:
    """In its own edition, an item is its only counterpart."""
    item = StatementId.parse("acme@1:2.1#2")
    assert OWN.counterparts(item, "acme@1") == (item,)
    assert OWN.rows_of(item, "acme@1") == ()


def test_tables_are_chained_through_the_editions_between() -> None:
    """Changes are united, grades are the weaker ones, and notes name the edition that they are about."""
    found = OWN.compare("acme@1", "acme@3")
    assert pairs(found.rows) == [
        ("1.1", "1.1"),
        ("1.2", "1.1"),
        ("2.1", "1.2"),
        ("2.1#1", "1.2#1"),
        ("2.1#2", "1.2#2"),
        ("-", "3.1"),
    ]
    first, half, whole, same, changed, added = found.rows
    assert (first.changes, first.grade) == ((Change.WORDING, Change.SPELLING), Grade.INFERRED)
    assert (first.note, first.reverse_note) == ("acme@2: US. acme@3: Merged.", "acme@1: British.")
    # The second half of 1.2 is lost in the third edition.
    lost = "A part of it in acme@1 has no counterpart in acme@3."
    assert half.changes == (Change.SCOPE, Change.WORDING)
    assert half.note == "acme@2: The first half. acme@3: Merged. acme@2: The second half. acme@3: Gone."
    assert half.review == f"acme@2: Look. {lost}"
    assert (half.reverse_note, half.reverse_review) == ("acme@2: Come.", lost)
    assert whole.changes == (Change.STRENGTH, Change.POINTER)
    assert (same.changes, changed.changes) == ((Change.POINTER,), (Change.STRENGTH, Change.POINTER))
    assert (changed.note, changed.reverse_note) == ("acme@2: May became can.", "acme@1: Can became may.")
    assert (added.changes, added.note) == ((Change.ADDED,), "acme@2: New.")


def test_a_chain_reads_backwards_too() -> None:
    """The other direction has the same rows reversed, in printed order of the newer edition."""
    there, back = OWN.compare("acme@1", "acme@3"), OWN.compare("acme@3", "acme@1")
    assert {row.reversed() for row in there.rows} == set(back.rows)
    assert pairs(back.rows) == [
        ("1.1", "1.1"),
        ("1.1", "1.2"),
        ("1.2", "2.1"),
        ("1.2#1", "2.1#1"),
        ("1.2#2", "2.1#2"),
        ("3.1", "-"),
    ]
    assert back.rows[-1].changes == (Change.REMOVED,)


def test_own_editions_are_chained_with_those_that_ship() -> None:
    """An edition that is compared with the Code alone reaches the standard through it, statements included."""
    lineages, copy = same_as_code("1")
    assert lineages.related(copy) == (CODE, EditionId("etsi-ts-104-223", "1.1.1"), STANDARD)
    found = lineages.compare(copy, STANDARD)
    code = {row.old: row for row in compare_shipped(CODE, STANDARD).rows if row.old}
    for row in (*found.provisions, *found.statements):
        assert row.old is not None
        assert row.new is not None
        (same,) = [other for old, other in code.items() if old.local == row.old.local]
        expected = {*same.changes} | ({Change.SCOPE} if row.old.local == "5.1" else set()) - {Change.IDENTICAL}
        assert ({*row.changes} - {Change.IDENTICAL}, row.new) == (expected - {Change.IDENTICAL}, same.new)
    assert [row.old.local for row in found.statements if row.old] == [
        *("2.7#1", "2.7#2", "5.4.1#1", "5.4.1#2", "8.3#1", "8.3#2")
    ]
    (changed,) = [row for row in found.provisions if row.old == ProvisionId(copy, "8.3")]
    assert changed.note == (
        "etsi-en-304-223@2.1.1: Giving others the log was permitted (may) and is now possible (can)."
    )
    assert str(lineages.counterpart(StatementId.parse(f"{copy}:2.7#2"), "EN 304 223")) == (
        "etsi-en-304-223@2.1.1:5.1.2-7#2"
    )


def test_what_is_added_and_removed_in_between_is_in_neither() -> None:
    """An item that exists only in the edition between has no row."""
    last = small_edition("acme", "4", {"1.1": 1})
    ends = (TWO.id, last.id)
    rows = [line(ends, "1.1", "1.1"), *(line(ends, number, "") for number in ("1.2", "1.3", "2.1", "2.2"))]
    found = Lineages({A: FIRST, ends: rows}, [ONE, TWO, last]).compare(ONE.id, last.id)
    # The statements of 2.1 have rows, because they have different notes about what changed before.
    assert pairs(found.rows) == [("1.1", "1.1"), *((number, "-") for number in ("1.2", "2.1", "2.1#1", "2.1#2"))]
    assert {row.changes for row in found.rows[1:]} == {(Change.REMOVED,)}


def test_what_meets_again_has_one_row() -> None:
    """Parts that were split and merged again are one pair, with the texts of both ways and a part that is new."""
    last = small_edition("acme", "4", {"1.1": 1, "1.2": 2})
    ends = (TWO.id, last.id)
    joined = [line(ends, number, "1.2", note=f"From {number}.") for number in ("1.2", "1.3", "2.2")]
    rows = [line(ends, "1.1", "1.1"), *joined, line(ends, "2.1", "")]
    found = Lineages({A: FIRST, ends: rows}, [ONE, TWO, last]).compare(ONE.id, last.id)
    assert pairs(found.provisions) == [("1.1", "1.1"), ("1.2", "1.2"), ("2.1", "-")]
    again = found.provisions[1]
    assert again.changes == (Change.SCOPE, Change.WORDING)
    assert again.review == "acme@2: Look. A part of it in acme@4 has no counterpart in acme@1."
    assert again.note == (
        "acme@2: The first half. acme@4: From 1.2. acme@2: The second half. acme@4: From 1.3. "
        "acme@2: New. acme@4: From 2.2."
    )
    # Nothing says that the parts kept their positions, so every statement may be any other.
    assert pairs(found.statements)[:4] == [
        *(("1.2#1", "1.2#1"), ("1.2#1", "1.2#2"), ("1.2#2", "1.2#1"), ("1.2#2", "1.2#2"))
    ]


def test_the_shortest_way_is_taken() -> None:
    """A table between two editions is used although a longer way exists, and related editions come nearest first."""
    ends = (ONE.id, THREE.id)
    direct = [
        line(ends, "1.1", "1.1"),
        line(ends, "1.2", "1.2"),
        line(ends, "2.1", "3.1", Change.SCOPE),
    ]
    lineages = Lineages({A: FIRST, B: SECOND, ends: direct}, [ONE, TWO, THREE])
    assert lineages.compare(*ends).rows == tuple(direct)
    assert lineages.related("acme@2") == (ONE.id, THREE.id)
    assert OWN.related(ONE.id) == (TWO.id, THREE.id)
    assert OWN.related(FAR.id) == ()


def test_titles_of_principles_are_chained_if_all_tables_have_them() -> None:
    """Rows of principles are composed, and left out if one table has none."""
    titled = [
        line(A, "P1", "P1"),
        line(A, "P2", "P2", Change.WORDING),
        *FIRST,
    ]
    ends = (TWO.id, THREE.id)
    also = [line(ends, "P1", "P1", Change.SPELLING), line(ends, "P2", ""), line(ends, "", "P3"), *SECOND]
    both = Lineages({A: titled, ends: also}, [ONE, TWO, THREE])
    found = both.compare(ONE.id, THREE.id)
    assert pairs(found.principles) == [("P1", "P1"), ("P2", "-"), ("-", "P3")]
    assert found.principles[0].changes == (Change.SPELLING,)
    assert both.counterparts("acme@1:P2", THREE.id) == ()
    assert Lineages({A: titled, ends: SECOND}, [ONE, TWO, THREE]).compare(ONE.id, THREE.id).principles == ()


def test_editions_are_resolved_by_id_and_by_document() -> None:
    """Those that ship come first; the document of one's own means its edition with the highest label."""
    assert [str(edition) for edition in OWN.editions()] == [
        *("uk-ai-cop@2025-01", "etsi-ts-104-223@1.1.1", "etsi-en-304-223@2.1.1"),
        *("acme@1", "acme@2", "acme@3", "other@1"),
    ]
    assert OWN.resolve("acme") == THREE.id
    assert OWN.resolve("acme@1") == OWN.resolve(ONE.id) == ONE.id
    assert OWN.resolve("EN 304 223") == STANDARD
    assert Lineages().resolve("uk-ai-cop") == CODE
    with pytest.raises(UnknownEdition, match=r"did you mean acme@3") as caught:
        OWN.resolve("acme@4")
    assert "other@1" in caught.value.known


def test_an_edition_that_is_not_there_is_explained() -> None:
    """An id is looked up like text; what is known of an edition that does not ship, or of a framework, is said."""
    with pytest.raises(UnknownEdition, match="did you mean acme@3"):
        OWN.resolve(EditionId("acme", "9"))
    known = tuple(map(str, OWN.editions()))
    for written, beginning in (
        ("etsi-en-304-223@2.0.0", "V2.0.0 was the draft "),
        ("nist-csf", "this is a framework, "),
    ):
        with pytest.raises(UnknownEdition) as caught:
            OWN.resolve(written)
        assert (caught.value.text, caught.value.known) == (written, known)
        assert caught.value.advice.startswith(beginning)


def test_own_frameworks_are_told_from_editions() -> None:
    """A framework of one's own is named as such where an edition is wanted; that is no part of the value."""
    told = Lineages(frameworks=["controls", "controls@1"])
    assert told == Lineages()
    for written in ("controls", "controls@1"):
        with pytest.raises(UnknownEdition, match=f"'{written}': this is a framework, and only editions of documents"):
            told.resolve(written)
    with pytest.raises(UnknownEdition, match="is not a known document or framework"):
        Lineages().resolve("controls")
    assert list(inspect.signature(Lineages).parameters) == ["tables", "catalogues", "frameworks"]


def test_tables_need_their_editions() -> None:
    """Tables without editions are refused, and so are editions that are given twice, without any table."""
    assert faults_of({(TWO.id, ONE.id): []}) == [
        "lineage/acme@2--acme@1: unknown edition acme@1 and acme@2; add the catalogue"
    ]
    assert faults_of({}, ONE, ONE) == ["editions/acme@1: given twice"]


def test_unrelated_editions_cannot_be_compared() -> None:
    """Without any lineage between them, the error names what is related."""
    with pytest.raises(NoLineage) as caught:
        OWN.compare("acme@2", "other")
    assert caught.value == NoLineage("acme@2", "other@1", ("acme@1", "acme@3"))
    with pytest.raises(NoLineage, match="no lineage from uk-ai-cop@2025-01 to other@1"):
        OWN.counterparts("other:1.1", "uk-ai-cop")
    with pytest.raises(UnknownEdition, match="cannot be compared with itself"):
        OWN.compare("acme@2", "acme@2")


@pytest.mark.parametrize("key", ["acme@1:9.9", "acme:9", "nist-csf:PR.DS-01", "uk-ai-cop:9.9"])
def test_unknown_keys_are_explained(key: str) -> None:
    """A key of one's own edition is explained like one of an edition that ships."""
    with pytest.raises(UnknownKey):
        OWN.counterparts(key, "acme@2")


def test_lineages_are_values() -> None:
    """Equal whatever the order of what they are made of, also after use and pickling; rows are in printed order."""
    again = Lineages({B: reversed(SECOND), A: reversed(FIRST)}, [FAR, TWO, ONE, THREE])
    assert again == OWN
    OWN.compare("acme@1", "acme@3")
    assert pickle.loads(pickle.dumps(OWN)) == OWN  # noqa: S301 -- our own
    assert Lineages(OWN.tables, OWN.catalogues) == OWN
    assert Lineages() != OWN
    assert repr(OWN) == "<Lineages tables=(2 items), catalogues=(4 items)>"


def faults_of(tables: dict[tuple[EditionId, EditionId], list[LineageRow]], *catalogues: object) -> list[str]:
    """Return the faults with which lineages are refused."""
    with pytest.raises(InvalidDocument) as caught:
        Lineages(tables, catalogues)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


def test_tables_and_editions_are_checked() -> None:
    """Editions and tables that ship, are given twice or are unknown are refused together, with faults of rows."""
    back, unknown, shipped = (TWO.id, ONE.id), (ONE.id, EditionId("acme", "9")), (CODE, STANDARD)
    tables = {A: [*FIRST[:-1]], back: [], unknown: [], shipped: [], (ONE.id, ONE.id): []}
    assert faults_of(tables, ONE, TWO, TWO, load(CODE)) == [
        "editions/acme@2: given twice",
        "editions/uk-ai-cop@2025-01: already ships",
        "lineage/acme@1--acme@1: an edition has no lineage with itself",
        "lineage/acme@1--acme@2: no row names acme@2:2.2; leave old empty if it was added",
        "lineage/acme@1--acme@9: unknown edition acme@9; add the catalogue",
        "lineage/acme@2--acme@1: a table between these editions is given twice",
        "lineage/uk-ai-cop@2025-01--etsi-en-304-223@2.1.1: a lineage between these editions already ships",
    ]


def test_rows_are_checked() -> None:
    """Rows of other editions and unknown items are refused with their place."""
    rows = [*FIRST, line((TWO.id, TWO.id), "1.1", "1.1"), *(line(A, f"P{n}", f"P{n}") for n in (1, 2, 3))]
    assert faults_of({A: rows}, ONE, TWO) == [
        "lineage/acme@1--acme@2: rows[7]: acme@2:1.1 is not in acme@1",
        "lineage/acme@1--acme@2: rows[10]: acme@1:P3 is not in acme@1",
        "lineage/acme@1--acme@2: rows[10]: acme@2:P3 is not in acme@2",
    ]


def test_rows_of_statements_alone_are_enough() -> None:
    """A provision of which only the statements have rows gets a row that unites them."""
    rows = [row for row in FIRST if row.old != ProvisionId(ONE.id, "2.1")]
    lineages = Lineages({A: rows}, [ONE, TWO])
    assert pairs(lineages.compare(*A).rows) == pairs(OWN.compare(*A).rows)
    (whole,) = lineages.rows_of(ProvisionId(ONE.id, "2.1"), TWO.id)
    assert (whole.changes, whole.note, whole.reverse_note) == (
        (Change.STRENGTH,),
        "May became can.",
        "Can became may.",
    )


@pytest.mark.parametrize(
    ("item", "edition", "expected"),
    [
        ("acme@2:2.2", "acme@1", Change.ADDED),
        # Added in the second edition, so that the third has it and the first does not.
        ("acme@3:3.1", "acme@1", Change.ADDED),
        ("acme@2:1.3", "acme@3", Change.REMOVED),
        ("acme@1:1.1", "acme@2", None),
        ("acme@1:1.1", "acme@1", None),
        ("uk-ai-cop:5.1", "etsi-en-304-223", None),
    ],
)
def test_what_has_no_counterpart_was_added_or_removed(item: str, edition: str, expected: Change | None) -> None:
    """It was added if the edition that has it is the later one of the two between which it is lost."""
    assert OWN.absence(item, edition) is expected


def test_an_own_edition_can_add_to_one_that_ships() -> None:
    """The way to another edition that ships leads through the base, in which the item is not."""
    code = load(CODE)
    copy = small_edition("acme-ai", "9", {item.number: len(code[item].statements) for item in code} | {"5.9": 1})
    rows = [line((CODE, copy.id), item.number, item.number) for item in code]
    own = Lineages({(CODE, copy.id): [*rows, line((CODE, copy.id), "", "5.9", note="New.")]}, [copy])
    assert own.absence("acme-ai@9:5.9", STANDARD) is Change.ADDED
    # In a table that leads to an edition that ships, that is the later one.
    back = [line((copy.id, CODE), item.number, item.number) for item in code]
    earlier = Lineages({(copy.id, CODE): [*back, line((copy.id, CODE), "5.9", "", note="Gone.")]}, [copy])
    assert earlier.absence("acme-ai@9:5.9", STANDARD) is Change.REMOVED


def test_the_later_of_two_editions_is_known() -> None:
    """Those that ship are in the order of their dates; otherwise, a table leads to the later one."""
    assert Lineages()._is_later(STANDARD, CODE)
    assert not Lineages()._is_later(CODE, STANDARD)
    assert OWN._is_later(TWO.id, ONE.id)
    assert not OWN._is_later(ONE.id, TWO.id)


def test_a_document_of_ones_own_means_its_last_edition() -> None:
    """A key without a label is looked up in the edition with the highest label; a framework has no counterparts."""
    assert OWN.counterparts("acme:3.1", THREE.id) == (ProvisionId(THREE.id, "3.1"),)
    ending = (
        "is a framework, and only items of editions have counterparts: provisions, statements, principles, phases and "
        "roles."
    )
    told = Lineages(OWN.tables, OWN.catalogues, frameworks=["controls"])
    for written, name in (("nist-csf:PR.DS-01", "nist-csf@2.0"), ("controls:X-1", "controls")):
        with pytest.raises(UnknownKey) as caught:
            told.counterparts(written, "acme@2")
        assert caught.value.advice == f"{name} {ending}"
