"""Mappings derived from the editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from aicop import editions, load, mappings
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.frameworks import from_catalogue, loads
from aicop.ids import PrincipleId, StatementId
from aicop.lineage import Lineages, compare
from aicop.mappings.from_editions import lineage_mappings
from aicop.vocabulary import Change, Grade, Predicate
from tests.examples import row
from tests.lineage.examples import line, small_edition
from tests.lineage.test_lineages import ONE, OWN, TWO
from tests.shipped.test_crosswalks import SETS

if TYPE_CHECKING:
    from aicop.catalogue import Catalogue


def test_lineage_is_equal_if_only_form_or_strength_changed() -> None:
    """Provisions are equal unless references, scope or something unknown changed, or the row is only inferred."""
    for old in editions():
        for new in editions():
            if (name := f"{old}--{new}") in SETS:
                rows = [row for row in mappings.load(name) if not isinstance(row.source, PrincipleId)]
                equal = {row.source for row in rows if row.predicate is Predicate.EQUAL}
                parts = {row.source for row in rows if isinstance(row.source, StatementId)}
                equal -= parts
                weighty = {Change.REFERENCE, Change.SCOPE, Change.UNKNOWN}
                rated = compare(old, new).provisions
                known = [row for row in rated if row.grade is not Grade.INFERRED]
                assert equal == {row.old for row in known if weighty.isdisjoint(row.changes)}
                named = {row.source for row in rows if row.predicate is Predicate.ASSOCIATED} - parts
                assert named == {row.old for row in rated if row.grade is Grade.INFERRED}
                # A provision with several statements has a row for each, whatever its own relationship.
                several = {item.id for item in load(old).values() if len(item.statements) > 1}
                assert parts == {
                    StatementId(key, said.ordinal) for key in several for said in load(old)[key].statements
                }


def test_statements_have_relationships_of_their_own() -> None:
    """Of 2.7 only the first statement is equal; both of 5.4.1 are, and 8.3#2 states its change of verb."""
    rows = {str(row.source).partition(":")[2]: row for row in mappings.load("uk-ai-cop@2025-01--etsi-en-304-223@2.1.1")}
    assert [rows[key].predicate.value for key in ("2.7", "2.7#1", "2.7#2", "5.4", "5.4.1", "5.4.1#1", "8.3#2")] == [
        *("related-to", "equal-to", "related-to", "equal-to", "equal-to", "equal-to", "equal-to")
    ]
    assert rows["2.7#1"].rationale == "The texts were compared and agree."
    assert rows["1.1#2"].rationale == (
        "The statements have the same position in both provisions. The texts were compared and differ in spelling. "
        "US spelling."
    )
    assert "permitted (may)" in (rows["8.3#2"].rationale or "")
    assert (rows["2.7#1"].strength, rows["2.7#2"].strength) == (10, None)


def test_own_lineages_have_mappings() -> None:
    """What was split or merged is only related, what was added or removed has an empty side, and the rest is equal."""
    editions_ = {item.id: item for item in (ONE, TWO)}
    within = attrs.evolve(mappings.sets()[0], name="own", source=ONE.id, target=TWO.id)
    rows = list(lineage_mappings(within, OWN, lambda edition: from_catalogue(editions_[edition])))
    assert [
        (row.source and row.source.local, row.predicate.value, row.target and row.target.local) for row in rows
    ] == [
        ("P1", "related-to", "P1"),
        ("P2", "related-to", "P2"),
        ("1.1", "equal-to", "1.1"),
        ("1.2", "related-to", "1.2"),
        ("1.2", "related-to", "1.3"),
        ("1.2#1", "related-to", "1.2#1"),
        ("1.2#1", "related-to", "1.3#1"),
        ("1.2#2", "related-to", "1.2#1"),
        ("1.2#2", "related-to", "1.3#1"),
        ("2.1", "equal-to", "2.1"),
        ("2.1#1", "equal-to", "2.1#1"),
        ("2.1#2", "equal-to", "2.1#2"),
        (None, "nothing-found", "2.2"),
    ]
    assert [row.searched for row in rows] == [None] * 12 + [ONE.id]
    assert (rows[-1].strength, rows[-1].source_digest) == (0, None)
    assert rows[3].rationale == (
        "The texts were compared and differ in wording. One of the two corresponds to several items of the other "
        "edition. The first half."
    )
    assert rows[-1].rationale == "The lineage of the editions states no counterpart. New."
    back = attrs.evolve(within, source=TWO.id, target=ONE.id)
    (gone,) = [
        row
        for row in lineage_mappings(back, OWN, lambda edition: from_catalogue(editions_[edition]))
        if row.target is None
    ]
    assert (str(gone.source), gone.searched) == ("acme@2:2.2", ONE.id)


COMMON = "A principle is the union of its provisions. "


@pytest.mark.parametrize(
    ("new", "changes", "expected"),
    [
        ("etsi-en-304-223@2.1.1", 1, ("equal-to", 10, 9, "Of 5 in {0} and 5 in {1}, 5 are known to be equal")),
        # The wording of the title changed.
        ("etsi-en-304-223@2.1.1", 3, ("equal-to", 10, 9, "Of 7 in {0} and 7 in {1}, 7 are known to be equal")),
        # The second statement of 2.7 changed.
        ("etsi-en-304-223@2.1.1", 2, ("related-to", None, 9, "Of 9 in {0} and 9 in {1}, 8 are known to be equal")),
        # Title and provisions are known at second hand.
        ("etsi-ts-104-223@1.1.1", 12, ("equal-to", 10, 7, "Of 4 in {0} and 4 in {1}, 4 are known to be equal")),
        # Nobody has read the title, although all provisions are cited.
        ("etsi-ts-104-223@1.1.1", 9, ("associated-with", None, 6, "Of 6 in {0} and 6 in {1}, 6 are known to be equal")),
        ("etsi-ts-104-223@1.1.1", 13, ("associated-with", None, 6, "Of 2 in {0} and 2 in {1}, none are known to be")),
    ],
)
def test_a_principle_is_equal_if_its_title_and_all_provisions_are(
    new: str, changes: int, expected: tuple[str, int | None, int, str]
) -> None:
    """If not, it is related, or nothing is asserted because nobody has read the text."""
    old = "uk-ai-cop@2025-01"
    rows = {str(row.source): row for row in mappings.load(f"{old}--{new}")}
    row = rows[f"{old}:P{changes}"]
    assert (row.predicate, row.strength, row.confidence) == expected[:3]
    assert (row.rationale or "").startswith(COMMON + expected[3].format(old, new))


def principles(lineages: Lineages, old: Catalogue, new: Catalogue) -> list[tuple[str, str, str, int | None]]:
    """Return the ends, the relationship and the confidence of the mappings of principles."""
    editions_ = {item.id: item for item in (old, new)}
    within = attrs.evolve(mappings.sets()[0], name="own", source=old.id, target=new.id)
    return [
        (row.source.local, row.predicate.value, row.target.local, row.confidence)
        for row in lineage_mappings(within, lineages, lambda edition: from_catalogue(editions_[edition]))
        if isinstance(row.source, PrincipleId) and row.target is not None
    ]


def test_own_lineages_need_no_rows_of_principles() -> None:
    """Without rows of titles, the provisions decide; a principle that was split is equal to none."""
    old = small_edition("house", "1", {"1.1": 1, "1.2": 1, "2.1": 1, "2.2": 1, "3.1": 1})
    new = small_edition("house", "2", {"1.1": 1, "1.2": 1, "2.1": 1, "3.1": 1, "3.2": 1})
    ends = old.id, new.id
    pairs = [("1.1", "1.1"), ("1.2", "1.2"), ("2.1", "2.1"), ("2.2", "3.1"), ("3.1", "3.2")]
    rows = [line(ends, *pair) for pair in pairs]
    assert principles(Lineages({ends: rows}, [old, new]), old, new) == [
        ("P1", "equal-to", "P1", 9),
        ("P2", "related-to", "P2", 9),
        ("P2", "related-to", "P3", 9),
        ("P3", "related-to", "P3", 9),
    ]


def test_a_title_counts_only_if_more_than_its_form_changed() -> None:
    """A title with another scope ends equality, and one that keeps no provision asserts nothing."""
    old = small_edition("house", "1", {"1.1": 1, "2.1": 1, "3.1": 1})
    new = small_edition("house", "2", {"1.1": 1, "2.1": 1, "3.1": 1})
    ends = old.id, new.id
    rows = [
        line(ends, "P1", "P1", Change.WORDING, note="Shorter.", reverse_note="Longer."),
        line(ends, "P2", "P2", Change.SCOPE, note="Wider.", reverse_note="Narrower.", grade=Grade.SECOND_HAND),
        line(ends, "P3", "P3"),
        *(line(ends, number, number) for number in ("1.1", "2.1")),
        line(ends, "3.1", "", note="Gone.", reverse_note="Come."),
        line(ends, "", "3.1", note="New.", reverse_note="Gone."),
    ]
    assert principles(Lineages({ends: rows}, [old, new]), old, new) == [
        ("P1", "equal-to", "P1", 9),
        ("P2", "related-to", "P2", 7),
        ("P3", "associated-with", "P3", 9),
    ]


def test_rows_at_a_principle_cross_to_another_edition() -> None:
    """Relationship, strength and remainder arrive at an equal principle, and the other rows are named."""
    ours = loads("id,kind\nX-1,control\nX-2,control\n", "ours.csv", framework="ours", edition="1", title="Ours")
    code = from_catalogue(load("uk-ai-cop"))
    rows = [
        row(ours.key("X-1"), "equal-to", code.key("P13"), strength=10, reverse_strength=10),
        row(ours.key("X-2"), "intersects-with", code.key("P3"), strength=3, remainder="ours", reverse_strength=2),
    ]
    found = Crosswalk.from_mappings(rows, ours, code).compose(crosswalk("uk-ai-cop", "etsi-en-304-223"))
    assert [
        (item.source and item.source.local, item.says, item.target and item.target.local, item.strength, item.remainder)
        for item in found.claims()
    ] == [("X-1", "equal-to", "P13", 10, None), ("X-2", "intersects-with", "P3", 3, "ours")]
    assert not {*rows} & {row for item in found.omissions for row in item.mappings}
    unread = Crosswalk.from_mappings(rows, ours, code).compose(crosswalk("uk-ai-cop", "etsi-ts-104-223"))
    assert list(unread.claims()) == []
    assert {*rows} <= {row for item in unread.omissions for row in item.mappings}
