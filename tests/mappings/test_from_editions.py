"""Mappings derived from the editions."""

from __future__ import annotations

import attrs

from aicop import editions, load, mappings
from aicop.frameworks import from_catalogue
from aicop.ids import StatementId
from aicop.lineage import compare
from aicop.mappings.from_editions import lineage_mappings
from aicop.vocabulary import Change, Grade, Predicate
from tests.lineage.test_lineages import ONE, OWN, TWO
from tests.shipped.test_crosswalks import SETS


def test_lineage_is_equal_if_only_form_or_strength_changed() -> None:
    """Provisions are equal unless references, scope or something unknown changed, or the row is only inferred."""
    for old in editions():
        for new in editions():
            if (name := f"{old}--{new}") in SETS:
                rows = mappings.load(name)
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
    assert [row.searched for row in rows] == [None] * 10 + [ONE.id]
    assert (rows[-1].strength, rows[-1].source_digest) == (0, None)
    assert rows[1].rationale == (
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
