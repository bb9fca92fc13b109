"""The lineage from the base of a derived edition to that edition."""

from __future__ import annotations

import itertools
from difflib import SequenceMatcher
from operator import ne
from typing import TYPE_CHECKING

import attrs

from aicop.ids import StatementId, clause_order
from aicop.model.lineage import LineageRow
from aicop.vocabulary import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.derived import ChangedProvision
    from aicop.model.edition import Provision, Statement
    from aicop.model.lineage import LineageId
    from aicop.vocabulary import Grade


def derived_lineage(catalogue: Catalogue, base: Catalogue | None = None) -> tuple[LineageRow, ...]:
    """
    Return the lineage from the base of a derived edition to that edition.

    Each principle and each provision of either edition is in one row, in printed order. Inherited items are identical.
    A changed provision has the kinds of change and the notes of its author, a dropped one has the reason.

    If only some statements of a provision differ, a row for each of its statements follows. Statements with the same
    content in the same order are identical. The others between them are paired in order, or if their numbers differ,
    each old one with each new one, for review.

    *base* may be omitted, because a derived edition has its base.

    Raises:
        ValueError: *catalogue* is not based on *base*, or on any edition.
    """
    if catalogue.base is None or (base is not None and base != catalogue.base):
        message = f"{catalogue.id} is not based on {'another edition' if base is None else base.id}"
        raise ValueError(message)
    return tuple(_rows(catalogue, catalogue.base))


def _rows(catalogue: Catalogue, base: Catalogue) -> Iterator[LineageRow]:
    old = {item.id.number: item for item in base.values()}
    new = {item.id.number: item for item in catalogue.values()}
    # Maps the number of each principle to the numbers of its provisions in either edition.
    members: dict[int, set[str]] = {}
    for item in (*old.values(), *new.values()):
        members.setdefault(item.principle.number, set()).add(item.id.number)
    changed = {item.provision.number: item for item in catalogue.changed}
    reasons = {item.provision.number: item.reason for item in catalogue.dropped}
    # What a derived edition does not change follows from its file alone, so the grade is that of its source.
    stated = catalogue.edition.source.grade
    for before, after in zip(base.principles, catalogue.principles, strict=True):
        yield _row(before.id, after.id, (Change.IDENTICAL,), stated)
        for number in sorted(members[before.id.number], key=clause_order):
            if number in reasons:
                notes = (reasons[number], f"Not in {catalogue.id}: {reasons[number]}")
                yield _row(old[number].id, None, (Change.REMOVED,), stated, notes)
            elif number not in old:
                item = new[number]
                yield _row(None, item.id, (Change.ADDED,), item.source.grade)
            elif number in changed:
                yield from _changed_rows(old[number], new[number], changed[number])
            else:
                yield _row(old[number].id, new[number].id, (Change.IDENTICAL,), stated)


def _row(
    old: LineageId | None,
    new: LineageId | None,
    changes: tuple[Change, ...],
    grade: Grade,
    notes: tuple[str | None, str | None] = (None, None),
) -> LineageRow:
    """Return a row that needs no review; *notes* are the note and the reverse note."""
    return LineageRow(
        old=old,
        new=new,
        changes=changes,
        grade=grade,
        note=notes[0],
        reverse_note=notes[1],
        review=None,
        reverse_review=None,
    )


def _changed_rows(old: Provision, new: Provision, change: ChangedProvision) -> Iterator[LineageRow]:
    """Yield the row of a changed provision, then those of its statements if only some of them differ."""
    whole = _row(old.id, new.id, change.changes, new.source.grade, (change.note, change.reverse_note))
    yield whole
    # A statement that only moved, or is known in another way, has the same content.
    before, after = ([attrs.evolve(one, ordinal=0, source=None) for one in item.statements] for item in (old, new))
    if before == after or (len(before) == len(after) and all(map(ne, before, after))):
        return
    for way, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        ends = [(before[place], StatementId(old.id, place + 1)) for place in range(i, j)]
        others = [(after[place], StatementId(new.id, place + 1)) for place in range(k, m)]
        if way == "equal":
            for (_, one), (_, other) in zip(ends, others, strict=True):
                yield _row(one, other, (Change.IDENTICAL,), whole.grade)
        elif not others:
            yield from (attrs.evolve(whole, old=one, new=None, changes=(Change.REMOVED,)) for _, one in ends)
        elif not ends:
            yield from (attrs.evolve(whole, old=None, new=other, changes=(Change.ADDED,)) for _, other in others)
        elif len(ends) == len(others):
            for (said, one), (now, other) in zip(ends, others, strict=True):
                yield attrs.evolve(whole, old=one, new=other, changes=_kinds(said, now, change.changes))
        else:
            for (_, one), (_, other) in itertools.product(ends, others):
                yield attrs.evolve(whole, old=one, new=other, review=_UNPAIRED, reverse_review=_UNPAIRED)


_UNPAIRED = "The derived edition does not state which of these statements became which."


def _kinds(old: Statement, new: Statement, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the kinds of change of a provision that can hold for one of its statements."""
    # The others are not visible in the data, so all of them may hold.
    kept = tuple(kind for kind in changes if kind is not Change.STRENGTH or old.modality is not new.modality)
    return kept or changes
