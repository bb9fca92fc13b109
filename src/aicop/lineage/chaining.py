"""
Rows of lineages that follow from other rows: rows of statements, and rows between editions that no table compares.

Nothing here knows which editions exist. The number of statements of a provision comes from the caller.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import attrs

from aicop.ids import ProvisionId, StatementId
from aicop.lineage.comparison import Comparison
from aicop.model.lineage import LineageRow
from aicop.vocabulary import Change, Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.model.lineage import LineageId

    StatementCount = Callable[[ProvisionId], int]
    """Returns the number of statements of a provision."""
    Pair = tuple[LineageId | None, LineageId | None]

_WEIGHT = {change: place for place, change in enumerate(Change)}
_GRADES = list(Grade)
_ONE_SIDED = {Change.ADDED, Change.REMOVED}


def united(*changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the kinds of change of several steps or parts together, the most significant first."""
    # What is added or removed in one step has no counterpart in the end, or it is one part among others that remain.
    kinds = set(itertools.chain(*changes)) - {Change.IDENTICAL, *_ONE_SIDED}
    return tuple(sorted(kinds, key=_WEIGHT.__getitem__, reverse=True)) or (Change.IDENTICAL,)


def weaker(*grades: Grade) -> Grade:
    """Return the weakest of several grades."""
    return max(grades, key=_GRADES.index)


def joined(*texts: str | None) -> str | None:
    """Return the texts without repetitions as one text, or None if there are none."""
    return " ".join(dict.fromkeys(filter(None, texts))) or None


def of_several(rows: Iterable[LineageRow], pair: Pair) -> LineageRow:
    """Return one row for *pair* that unites what *rows* state, which are steps on the way or parts of the whole."""
    rows = tuple(rows)
    old, new = pair
    changes = united(*(row.changes for row in rows))
    if old is None or new is None:
        changes = (Change.ADDED if old is None else Change.REMOVED,)
    return LineageRow(
        old=old,
        new=new,
        changes=changes,
        grade=weaker(*(row.grade for row in rows)),
        note=joined(*(row.note for row in rows)),
        review=joined(*(row.review for row in rows)),
        # In reverse, the last step comes first.
        reverse_note=joined(*(row.reverse_note for row in reversed(rows))),
        reverse_review=joined(*(row.reverse_review for row in reversed(rows))),
    )


def statement_rows(rows: Iterable[LineageRow], count: StatementCount) -> tuple[LineageRow, ...]:
    """
    Return the rows of all statements: those in *rows*, and those that follow from the rows of provisions.

    Where no row says which statement is which, statements correspond by position if their provisions correspond one to
    one and have equally many. Otherwise, each statement of one provision may be any statement of the other. A row that
    follows states the changes of its provision.
    """
    rows = tuple(rows)
    found = [row for row in rows if isinstance(row.old or row.new, StatementId)]
    stated = {end.provision for row in found for end in (row.old, row.new) if isinstance(end, StatementId)}
    wholes = [row for row in rows if isinstance(row.old or row.new, ProvisionId)]
    uses = Counter(end for row in wholes for end in (row.old, row.new))
    for row in wholes:
        ends = (row.old, row.new)
        if stated.isdisjoint(ends):
            of_old, of_new = (_statements(end, count) for end in ends)
            # Beside no provision, there is no statement to which one could correspond by position.
            single = all(uses[end] == 1 for end in ends)
            if single and len(of_old) == len(of_new):
                pairs: Iterable[Pair] = zip(of_old, of_new, strict=True)
            else:
                pairs = itertools.product(of_old, of_new)
            found += (attrs.evolve(row, old=old, new=new) for old, new in pairs)
    return tuple(found)


def _statements(item: LineageId | None, count: StatementCount) -> list[StatementId | None]:
    """Return the statements of a provision; one None for no provision."""
    if not isinstance(item, ProvisionId):
        return [None]
    return [StatementId(item, ordinal) for ordinal in range(1, count(item) + 1)]


def with_provision_rows(rows: Iterable[LineageRow]) -> tuple[LineageRow, ...]:
    """
    Return *rows* with a row for each pair of provisions of which only the statements have rows.

    Such a row unites the changes of the statements. A statement that was added or removed changes the scope of a
    provision that remains.
    """
    rows = tuple(rows)
    wholes = {end for row in rows for end in (row.old, row.new) if isinstance(end, ProvisionId)}
    parts: dict[Pair, list[LineageRow]] = defaultdict(list)
    for row in rows:
        if isinstance(row.old or row.new, StatementId):
            within = (_provision(row.old), _provision(row.new))
            if wholes.isdisjoint(within):
                parts[within].append(row)
    remaining = {end for old, new in parts if old is not None and new is not None for end in (old, new)}
    one_sided = {old or new: members for (old, new), members in parts.items() if old is None or new is None}
    added: dict[Pair, LineageRow] = {}
    for pair, members in parts.items():
        old, new = pair
        if old is not None and new is not None:
            lost = [row for end in pair for row in one_sided.get(end, ())]
            whole = of_several([*members, *lost], pair)
            if lost:
                whole = attrs.evolve(whole, changes=united(whole.changes, (Change.SCOPE,)))
            added[pair] = whole
        elif remaining.isdisjoint(pair):
            added[pair] = of_several(members, pair)
    return (*rows, *added.values())


def labelled(comparison: Comparison) -> Comparison:
    """Return a comparison whose texts name the edition that they are about, so that those of several can be joined."""

    def label(edition: object, text: str | None) -> str | None:
        return None if text is None else f"{edition}: {text}"

    old, new = comparison.old, comparison.new
    rows = (
        attrs.evolve(
            row,
            note=label(new, row.note),
            review=label(new, row.review),
            reverse_note=label(old, row.reverse_note),
            reverse_review=label(old, row.reverse_review),
        )
        for row in comparison.rows
    )
    return Comparison(old, new, rows)


def compose(first: Comparison, second: Comparison, count: StatementCount) -> Comparison:
    """
    Compare the old edition of *first* with the new one of *second*, through the edition that they share.

    A pair of items unites the changes of all ways between them, has the weakest of their grades, and keeps all texts.
    Rows of statements are kept where they state more than the row of their provision.
    """
    levels = (first.principles, second.principles), (first.provisions, second.provisions)
    # If one side says nothing of the titles of principles, nothing about them follows.
    rows = [row for one, other in levels if one and other for row in _through(one, other, first, second)]
    steps = statement_rows(first.rows, count), statement_rows(second.rows, count)
    parts = _through(*steps, first, second)
    wholes = [row for row in rows if isinstance(row.old or row.new, ProvisionId)]
    found = [row for row in rows if not isinstance(row.old or row.new, ProvisionId)]
    # Rows of one group are connected; each row is at hand by either of its ends.
    group_of = {item: number for number, group in enumerate(_groups(wholes)) for item in group}
    members_of: dict[int, list[LineageRow]] = defaultdict(list)
    stated_in: dict[int, list[LineageRow]] = defaultdict(list)
    for row in wholes:
        members_of[group_of[_end(row.old, row.new)]].append(row)
    for row in parts:
        stated_in[group_of[_end(_provision(row.old), _provision(row.new))]].append(row)
    for number, members in members_of.items():
        stated = stated_in[number]
        if set(stated) != set(statement_rows(members, count)):
            found += (_with_parts(row, stated) for row in members)
            found += stated
        else:
            found += members
    return Comparison(first.old, second.new, found)


def _with_parts(whole: LineageRow, parts: Iterable[LineageRow]) -> LineageRow:
    """Return the row of a provision with the changes of the rows of its statements as well."""
    if whole.old is None or whole.new is None:
        return whole
    pair = (whole.old, whole.new)
    within = (row.changes for row in parts if (_provision(row.old), _provision(row.new)) == pair)
    return attrs.evolve(whole, changes=united(whole.changes, *within))


def _end(old: LineageId | None, new: LineageId | None) -> LineageId:
    """Return the end of a row that is not None, the old one if both are."""
    found = new if old is None else old
    assert found is not None
    return found


def _provision(item: LineageId | None) -> ProvisionId | None:
    return item.provision if isinstance(item, StatementId) else None


def _through(
    first: Iterable[LineageRow], second: Iterable[LineageRow], one: Comparison, other: Comparison
) -> list[LineageRow]:
    """Return the rows from the old edition of *one* to the new one of *other*, with one row for each pair of items."""
    ways: dict[Pair, list[tuple[LineageRow, ...]]] = defaultdict(list)
    onward: dict[LineageId, list[LineageRow]] = defaultdict(list)
    for row in second:
        if row.old is None:
            ways[None, row.new].append((row,))
        else:
            onward[row.old].append(row)
    for row in first:
        if row.new is None:
            ways[row.old, None].append((row,))
        else:
            for step in onward[row.new]:
                ways[row.old, step.new].append((row, step))
    # An item that exists only in the edition between is in neither of the two.
    ways.pop((None, None), None)
    kept = {end for old, new in ways if old is not None and new is not None for end in (old, new)}
    found = []
    for pair, several in ways.items():
        old, new = pair
        if old is None or new is None:
            # A part was lost on the way. The rows of the parts that remain say so below.
            if kept.isdisjoint(pair):
                found.append(of_several(itertools.chain(*several), pair))
            continue
        row = of_several([of_several(way, pair) for way in several], pair)
        gone, come = (list(itertools.chain(*ways.get(lost, ()))) for lost in ((old, None), (None, new)))
        sides = ((gone, one.old, other.new), (come, other.new, one.old))
        if said := [f"A part of it in {here} has no counterpart in {there}." for part, here, there in sides if part]:
            row = _with_losses(row, gone, come, said)
        found.append(row)
    return found


def _with_losses(row: LineageRow, gone: list[LineageRow], come: list[LineageRow], said: Iterable[str]) -> LineageRow:
    """Return *row* of an item that lost or gained a part in an edition between, which *said* states, for review."""
    parts = (*gone, *come)
    return attrs.evolve(
        row,
        changes=united(row.changes, (Change.SCOPE,)),
        note=joined(row.note, *(part.note for part in parts)),
        review=joined(row.review, *said, *(part.review for part in parts)),
        reverse_note=joined(row.reverse_note, *(part.reverse_note for part in parts)),
        reverse_review=joined(row.reverse_review, *said, *(part.reverse_review for part in parts)),
    )


def _groups(rows: Iterable[LineageRow]) -> Iterator[set[LineageId]]:
    """Yield the sets of provisions, of both editions, that are connected by rows; splits and merges connect several."""
    near: dict[LineageId, set[LineageId]] = defaultdict(set)
    for row in rows:
        ends = {end for end in (row.old, row.new) if end is not None}
        for end in ends:
            near[end] |= ends
    seen: set[LineageId] = set()
    for start in near:
        if start not in seen:
            group, ahead = {start}, [start]
            while ahead:
                new = near[ahead.pop()] - group
                group |= new
                ahead += new
            seen |= group
            yield group
