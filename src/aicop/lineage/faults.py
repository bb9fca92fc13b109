"""Faults of lineage tables: unknown items, contradictory rows, and items that no row accounts for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aicop.errors import Fault, UnknownKey
from aicop.ids import PrincipleId, ProvisionId, StatementId
from aicop.vocabulary import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.lineage import LineageId, LineageRow

    PlacedRows = Iterable[tuple[str, LineageRow]]
    Pairs = dict[LineageId | None, list[tuple[LineageId | None, LineageId | None]]]
    """The old and new sides of the rows of provisions, by either side."""


def exists(item: LineageId, catalogue: Catalogue) -> bool:
    """Return whether an edition has this provision, statement or principle."""
    if isinstance(item, PrincipleId):
        try:
            return catalogue.principle(item).id == item
        except UnknownKey:
            return False
    if isinstance(item, StatementId):
        return item.provision in catalogue and item in statements(item.provision, catalogue)
    return item in catalogue


def statements(provision: ProvisionId, catalogue: Catalogue) -> tuple[StatementId, ...]:
    """Return the ids of the statements of a provision, in printed order."""
    return tuple(StatementId(provision, said.ordinal) for said in catalogue[provision].statements)


def row_faults(row: LineageRow) -> Iterator[str]:
    """Yield the problems of a single row, whatever the editions are."""
    if row.old is None and row.new is None:
        yield "names no item: old and new are both empty"
        return
    if row.old is not None and row.new is not None and type(row.old) is not type(row.new):
        yield f"{row.old} and {row.new} are of different kinds; both must be provisions, statements or principles"
    one_sided = Change.ADDED if row.old is None else Change.REMOVED if row.new is None else None
    for change in dict.fromkeys(row.changes):
        if row.changes.count(change) > 1:
            yield f"the change {change} appears more than once"
    if one_sided is not None:
        if row.changes != (one_sided,):
            side = "old" if row.old is None else "new"
            yield f"{side} is empty, so the only change is {one_sided}, not {_listed(row.changes)}"
    elif not row.changes:
        yield "states no change; write identical if nothing changed"
    elif wrong := {Change.ADDED, Change.REMOVED}.intersection(row.changes):
        yield f"{_listed(wrong)} needs an empty {'old' if Change.ADDED in wrong else 'new'}"
    elif Change.IDENTICAL in row.changes and len(row.changes) > 1:
        yield f"{Change.IDENTICAL} contradicts {_listed(set(row.changes) - {Change.IDENTICAL})}"


def _listed(changes: Iterable[Change]) -> str:
    return "; ".join(sorted(changes)) or "none"


def table_faults(
    rows: PlacedRows, old: Catalogue, new: Catalogue, file: str, named: Iterable[LineageId] = ()
) -> Iterator[Fault]:
    """
    Yield every fault of a lineage table, in which each row has a place.

    A provision of either edition must be in a row, and principles must all be or none. If one statement of a provision
    has a row, so must all statements of it and of its counterparts. *named* are items in rows that have other faults
    and are not in *rows*.
    """
    rows = tuple(rows)
    sound = []
    first: dict[object, str] = {}
    for place, row in rows:
        problems = [*row_faults(row)]
        for end, catalogue in ((row.old, old), (row.new, new)):
            if end is not None and not exists(end, catalogue):
                problems.append(f"{end} is not in {catalogue.id}")
        pair = (row.old, row.new)
        if pair in first:
            problems.append(f"repeats the row for {row.old or 'nothing'} and {row.new or 'nothing'} in {first[pair]}")
        first.setdefault(pair, place)
        yield from (Fault(file, place, problem) for problem in problems)
        if not problems:
            sound.append((place, row))
    yield from _one_sided_faults(sound, file)
    found = {end for _, row in rows for end in (row.old, row.new)}.union(named)
    yield from _missing_faults(found, old, new, file)
    yield from _statement_faults(sound, found, old, new, file)


def _one_sided_faults(rows: PlacedRows, file: str) -> Iterator[Fault]:
    """Yield a fault for each item that is added or removed in one row and has a counterpart in another."""
    rows = tuple(rows)
    both = {end for _, row in rows if row.old and row.new for end in (row.old, row.new)}
    for place, row in rows:
        if (row.old is None or row.new is None) and not both.isdisjoint((row.old, row.new)):
            yield Fault(
                file, place, f"{row.old or row.new} is {row.changes[0]} here and has a counterpart in another row"
            )


def _missing_faults(found: set[LineageId | None], old: Catalogue, new: Catalogue, file: str) -> Iterator[Fault]:
    """Yield a fault for each provision of either edition that is not among *found*, and likewise for principles."""
    titles = any(isinstance(end, PrincipleId) for end in found)
    for catalogue, other, side in ((old, "new", "removed"), (new, "old", "added")):
        principles: tuple[LineageId, ...] = tuple(item.id for item in catalogue.principles) if titles else ()
        for item in (*principles, *catalogue):
            whole = isinstance(item, ProvisionId) and not found.isdisjoint(statements(item, catalogue))
            if item not in found and not whole:
                yield Fault(file, "", f"no row names {item}; leave {other} empty if it was {side}")


def _statement_faults(
    rows: PlacedRows, found: set[LineageId | None], old: Catalogue, new: Catalogue, file: str
) -> Iterator[Fault]:
    """Yield the faults of rows of statements: what they leave out, and where they contradict rows of provisions."""
    rows = tuple(rows)
    # Only pairs of provisions are looked up below.
    known = {(row.old, row.new): row for _, row in rows}
    at: Pairs = defaultdict(list)
    for pair in known:
        for end in pair:
            at[end].append(pair)
    parts = [(place, row) for place, row in rows if isinstance(row.old or row.new, StatementId)]
    yield from _partial_faults([row for _, row in parts], found, at, old, new, file)
    for place, row in parts:
        within = tuple(end.provision for end in (row.old, row.new) if isinstance(end, StatementId))
        if len(within) > 1 and within not in known and not at.keys().isdisjoint(within):
            yield Fault(file, place, f"no row says that {within[0]} became {within[1]}; add one for the provisions")
        # A statement that was added or removed is a change of each provision that remains.
        around = [pair for pair in at.get(within[0], ()) if {*within} <= {*pair}]
        same = [pair for pair in around if known[pair].changes == (Change.IDENTICAL,)]
        if same and row.changes != (Change.IDENTICAL,):
            problem = f"{_listed(row.changes)} contradicts the row of {same[0][0]}, which says {Change.IDENTICAL}"
            yield Fault(file, place, problem)


def _partial_faults(  # noqa: PLR0913, PLR0917 -- the parts of one check
    parts: Iterable[LineageRow],
    found: set[LineageId | None],
    at: Pairs,
    old: Catalogue,
    new: Catalogue,
    file: str,
) -> Iterator[Fault]:
    """Yield a fault for each statement without a row whose provision, or a counterpart of it, has rows for others."""
    ahead = {end.provision for row in parts for end in (row.old, row.new) if isinstance(end, StatementId)}
    seen = set(ahead)
    while ahead:
        near = {end for pair in at.get(ahead.pop(), ()) for end in pair if isinstance(end, ProvisionId)} - seen
        seen |= near
        ahead |= near
    for item in sorted(seen):
        for part in statements(item, old if item.edition == old.id else new):
            if part not in found:
                reason = f"other statements of {item}, or of its counterparts, have rows"
                yield Fault(file, "", f"no row names {part}, but {reason}; either all or none may have them")
