"""Rows that follow from other rows, against a brute-force reading of random tables."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from aicop.ids import EditionId, ProvisionId, StatementId
from aicop.lineage import Comparison, Lineages
from aicop.lineage.chaining import compose, joined, of_several, statement_rows, united, weaker, with_provision_rows
from aicop.lineage.faults import table_faults
from aicop.vocabulary import Change, Grade
from tests.lineage.examples import line, pairs, small_edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.model import LineageRow

EDITIONS = [EditionId("acme", label) for label in "123"]
NUMBERS = ("1.1", "1.2", "1.3")
TWO_SIDED = [change for change in Change if change not in {Change.IDENTICAL, Change.ADDED, Change.REMOVED}]
Counts = dict[str, int]
Relation = set[tuple[str, str]]


@st.composite
def tables(draw: st.DrawFn, place: int, here: Counts, there: Counts) -> list[LineageRow]:
    """Draw a sound table between two editions of three provisions, with rows for the statements of some of them."""
    ends = (EDITIONS[place], EDITIONS[place + 1])
    relation = draw(st.sets(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS))))
    rows = []
    for old, new in sorted(relation):
        changes = draw(st.sets(st.sampled_from(TWO_SIDED), min_size=1))
        texts = draw(st.booleans())
        rows.append(
            line(
                ends,
                old,
                new,
                *united(changes),
                grade=draw(st.sampled_from(Grade)),
                note=f"{old} became {new}." if texts else None,
                reverse_note=f"{new} was {old}." if texts else None,
            )
        )
    gone = set(NUMBERS) - {old for old, _ in relation}
    come = set(NUMBERS) - {new for _, new in relation}
    rows += [line(ends, number, "") for number in sorted(gone)] + [line(ends, "", number) for number in sorted(come)]
    if draw(st.booleans()):
        return rows
    # Rows for all statements, which say less than that each may be any other.
    whole = sorted(
        (f"{old}#{one}", f"{new}#{other}")
        for old, new in relation
        for one in range(1, here[old] + 1)
        for other in range(1, there[new] + 1)
    )
    parts = draw(st.sets(st.sampled_from(whole))) if whole else set()
    left = {f"{number}#{part}" for number in NUMBERS for part in range(1, here[number] + 1)} - {old for old, _ in parts}
    right = {f"{number}#{part}" for number in NUMBERS for part in range(1, there[number] + 1)} - {
        new for _, new in parts
    }
    rows += [line(ends, old, new, draw(st.sampled_from(TWO_SIDED))) for old, new in sorted(parts)]
    return rows + [line(ends, old, "") for old in sorted(left)] + [line(ends, "", new) for new in sorted(right)]


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[Counts], list[list[LineageRow]]]:
    """Draw the numbers of statements of three editions, and the tables between them."""
    counts = [{number: draw(st.integers(1, 2)) for number in NUMBERS} for _ in EDITIONS]
    return counts, [draw(tables(place, *counts[place : place + 2])) for place in (0, 1)]


def relation_of(rows: list[LineageRow] | tuple[LineageRow, ...]) -> Relation:
    """Return the pairs of items that have a counterpart."""
    return {(old, new) for old, new in pairs(tuple(rows)) if "-" not in {old, new}}


def through(first: Relation, second: Relation) -> Relation:
    """Compose two relations."""
    return {(old, new) for old, middle in first for other, new in second if middle == other}


@given(chains())
@settings(max_examples=40)
def test_chaining_is_the_composition_of_relations(chain: tuple[list[Counts], list[list[LineageRow]]]) -> None:
    """Items correspond if a way leads from one to the other; each item is in a row, and every table stays sound."""
    counts, (one, two) = chain
    catalogues = [small_edition("acme", label, count) for label, count in zip("123", counts, strict=True)]
    first, last = EDITIONS[0], EDITIONS[-1]
    lineages = Lineages({(first, EDITIONS[1]): one, (EDITIONS[1], last): two}, catalogues)
    found = lineages.compare(first, last)
    wholes = [relation_of([row for row in rows if isinstance(row.old or row.new, ProvisionId)]) for rows in (one, two)]
    assert relation_of(found.provisions) == through(*wholes)
    rows = ((f"{place}", row) for place, row in enumerate(found.rows))
    assert list(table_faults(rows, catalogues[0], catalogues[2], "x")) == []

    def count(provision: ProvisionId) -> int:
        return counts[EDITIONS.index(provision.edition)][provision.number]

    parts = [relation_of(statement_rows(table, count)) for table in (one, two)]
    for item in catalogues[0].values():
        for said in item.statements:
            key = StatementId(item.id, said.ordinal)
            reached = {other.local for other in lineages.counterparts(key, last)}
            assert reached == {new for old, new in through(*parts) if old == key.local}
    back = lineages.compare(last, first)
    assert {row.reversed() for row in back.rows} == set(found.rows)
    # Changes are those of all ways; nothing else changed, except for the scope of what lost or gained a part.
    for row in found.provisions:
        if row.old is not None and row.new is not None:
            steps = {
                change
                for step in one
                for other in two
                if step.old == row.old and step.new is not None and step.new == other.old and other.new == row.new
                for change in (*step.changes, *other.changes)
            }
            inside = {
                change
                for part in found.statements
                if isinstance(part.old, StatementId)
                and isinstance(part.new, StatementId)
                and (part.old.provision, part.new.provision) == (row.old, row.new)
                for change in part.changes
            }
            assert steps <= set(row.changes) <= steps | inside | {Change.SCOPE}


@given(chains())
@settings(max_examples=20)
def test_composing_with_nothing_changed_changes_nothing(chain: tuple[list[Counts], list[list[LineageRow]]]) -> None:
    """A table of identical items leaves another one as it is: identical with X is X."""
    counts, (rows, _) = chain
    ends = (EDITIONS[1], EDITIONS[2])
    same = Comparison(*ends, [line(ends, number, number) for number in NUMBERS])

    def count(provision: ProvisionId) -> int:
        # The last edition has the statements of the one between.
        return counts[min(EDITIONS.index(provision.edition), 1)][provision.number]

    def content(rows: Iterable[LineageRow], kind: type[ProvisionId | StatementId]) -> set[object]:
        """Return what rows state, without the edition; the whole takes up the changes of its statements."""
        return {
            (*pairs((row,)), row.changes if kind is StatementId else None, row.grade, row.note, row.reverse_note)
            for row in rows
            if isinstance(row.old or row.new, kind)
        }

    found = compose(Comparison(EDITIONS[0], EDITIONS[1], rows), same, count).rows
    assert content(found, ProvisionId) == content(rows, ProvisionId)
    assert content(statement_rows(found, count), StatementId) == content(statement_rows(rows, count), StatementId)


def test_changes_are_united() -> None:
    """Identical is dropped beside another change, the most significant comes first, and nothing else is identical."""
    assert united((Change.IDENTICAL,), (Change.IDENTICAL,)) == (Change.IDENTICAL,)
    assert united((Change.IDENTICAL,), (Change.SPELLING,)) == (Change.SPELLING,)
    assert united((Change.SPELLING, Change.UNKNOWN), (Change.SCOPE,)) == (Change.UNKNOWN, Change.SCOPE, Change.SPELLING)
    assert united((Change.REMOVED,), (Change.WORDING,)) == (Change.WORDING,)


def test_grades_and_texts_are_joined() -> None:
    """The weakest grade counts, and a text that both have is there once."""
    for one, other in itertools.product(Grade, repeat=2):
        assert weaker(one, other) == weaker(other, one)
    assert weaker(Grade.DIRECT, Grade.JUDGEMENT, Grade.INFERRED) is Grade.JUDGEMENT
    assert joined("A.", None, "B.", "A.") == "A. B."
    assert joined(None, None) is None


def test_provisions_follow_from_their_statements() -> None:
    """A part that was removed or added changes the scope of what remains, and the rest is removed or added whole."""
    ends = (EDITIONS[0], EDITIONS[1])
    rows = [
        line(ends, "1.1#1", "1.1#1", Change.WORDING, note="Other words."),
        line(ends, "1.1#2", "", note="Gone."),
        line(ends, "1.2#1", "", note="Gone too."),
        line(ends, "1.2#2", ""),
        line(ends, "", "1.3#1", note="New."),
        line(ends, "2.1", "2.1"),
        line(ends, "2.1#1", "2.1#1"),
    ]
    found = with_provision_rows(rows)[len(rows) :]
    assert pairs(found) == [("1.1", "1.1"), ("1.2", "-"), ("-", "1.3")]
    assert [row.changes for row in found] == [(Change.SCOPE, Change.WORDING), (Change.REMOVED,), (Change.ADDED,)]
    assert [row.note for row in found] == ["Other words. Gone.", "Gone too.", "New."]


def test_each_grade_is_weaker_than_those_before_it() -> None:
    """The order is that of the vocabulary, and not of the words."""
    for one, other in itertools.combinations(Grade, 2):
        assert weaker(one, other) is other


def test_texts_of_steps_are_read_in_their_direction() -> None:
    """Forwards the first step comes first, and in reverse the last."""
    ends = (EDITIONS[0], EDITIONS[1])
    steps = [
        line(
            ends,
            "1.1",
            "1.1",
            Change.WORDING,
            note=f"n{n}",
            reverse_note=f"b{n}",
            review=f"r{n}",
            reverse_review=f"x{n}",
        )
        for n in (1, 2)
    ]
    found = of_several(steps, (steps[0].old, steps[1].new))
    assert (found.note, found.review) == ("n1 n2", "r1 r2")
    assert (found.reverse_note, found.reverse_review) == ("b2 b1", "x2 x1")


def test_nothing_follows_about_titles_that_one_side_does_not_mention() -> None:
    """Principles that one comparison adds or removes are in neither, if the other has no rows of principles."""
    first, second = ((EDITIONS[place], EDITIONS[place + 1]) for place in (0, 1))
    titled = [line(first, "P1", "P1"), line(first, "P2", ""), line(first, "", "P3")]
    below = [line(first, "1.1", "1.1")], [line(second, "1.1", "1.1")]
    one = Comparison(*first, (*titled, *below[0]))
    other = Comparison(*second, tuple(below[1]))
    assert pairs(compose(one, other, lambda _: 1).rows) == [("1.1", "1.1")]
    after = [line(second, "P1", "P1"), line(second, "P4", ""), line(second, "", "P5")]
    without = Comparison(*first, tuple(below[0]))
    assert pairs(compose(without, Comparison(*second, (*after, *below[1])), lambda _: 1).rows) == [("1.1", "1.1")]
