"""Rows of mappings: groups, and pairs that stand more than once, merged through the algebra."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from aicop.errors import Fault, InvalidDocument
from aicop.relations import ANY_RELATION, PART, RELATED, RelationSet, predicate
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicop.interop.common.format import ImportOptions
    from aicop.model.mapping import Mapping as Row


Cells = dict[str, str]
"""A row of a mapping by the columns of `aicop.schema.mapping.ForeignRowSchema`."""


class StatedRow(NamedTuple):
    """A row of a file in another format, before its ids are looked up."""

    place: str
    cells: Cells
    known: RelationSet | None
    """What is known of its two ends; None for a link, whose word is among the cells."""


MAX_PAIRS = 100_000
"""How many pairs a file may speak of that maps several sources to several targets at once."""
_EXACT = 1e-9
_WHOLE = ("strength", "remainder")
"""What holds of two groups as they were judged, and not of their members."""
_ABOUT = {"subject_id", "predicate_id", "object_id", "author_label"}
OF_GROUPS = "strength or remainder of a group, which its members do not have", "strengths or remainders of groups"
ROUNDED = "confidence between two tenths, rounded down", "confidences between two tenths, rounded down"
REPEATED = "mapping of a pair that is mapped before, joined with it", "mappings of pairs that are mapped before, joined"
DIFFERING = "fact on which mappings of one pair differ", "facts on which mappings of one pair differ"
"""What is not taken, in words."""
MERGED = {"repeated": REPEATED, "differing": DIFFERING}
"""What is lost where several rows become one mapping, in words."""


_KNOWN_FROM_WORD = {
    word.value: RelationSet([Relation(word.value)]) for word in Predicate if word.value in set(Relation)
} | {
    Predicate.RELATED.value: RELATED,
    Predicate.ASSOCIATED.value: ANY_RELATION,
}


def stated_row(place: str, cells: Cells) -> StatedRow:
    """Give a row with what its word says of its two ends; a link says nothing of how they stand to each other."""
    return StatedRow(place, cells, _KNOWN_FROM_WORD.get(cells.get("predicate_id", "")))


def floor_to_tenths(share: float) -> tuple[str, bool]:
    """
    Give a confidence of 0 to 1 in tenths, and whether it had to be rounded.

    It is rounded down, so that nobody is surer than they said.

    >>> floor_to_tenths(0.7), floor_to_tenths(0.95)
    (('0.7', False), ('0.9', True))
    """
    whole = int(share * 10 + _EXACT)
    return f"{whole / 10:g}", abs(share * 10 - whole) > _EXACT


def for_members(cells: Cells, known: RelationSet, sources: int, targets: int) -> tuple[Cells, RelationSet]:
    """
    Give what is said of two groups as it holds of one member of each.

    Formats that map several sources to several targets at once speak of what they ask together. How much of that is
    shared says nothing of a member.
    """
    if sources == targets == 1:
        return cells, known
    known = PART.compose(known) if sources > 1 else known
    known = known.compose(PART.inverse()) if targets > 1 else known
    return {name: cell for name, cell in cells.items() if name not in _WHOLE}, known


def merge_rows(
    rows: Iterable[StatedRow], *, file: str, options: ImportOptions, spots: Mapping[str, str], name: str
) -> tuple[tuple[Row, ...], Counter[str]]:
    """
    Make mappings of rows, and count what is lost where several rows become one.

    What several rows say of the same pair by the same maker, or without one, is joined as far as all of it can be true;
    a word that links is joined with itself only. Reasons are put together, and the lowest confidence holds, unless a
    row without one says what nobody else says. What such rows do not agree on is left open.

    ``predicate_id`` is one of our words, ``confidence`` 0 to 1 with one decimal. *spots* says where, under the place of
    a row, each column stands in the file. *name* is that of the set.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidDocument: with all faults, each with its place.
    """
    # Imported here: pydantic is needed only for what a user brings.
    from aicop.mappings.check import RowChecker, check_rows
    from aicop.mappings.resolve import IdResolver

    listed = [row._replace(cells=_nonempty_cells(row.cells, row.known)) for row in rows]
    check = RowChecker(IdResolver(options.frameworks, options.source, options.target), file, spots, twice=True)
    faults: list[Fault] = []
    found: tuple[Row, ...] = ()
    try:
        found = check_rows(((place, cells) for place, cells, _ in listed), check, name)
    except InvalidDocument as error:
        faults += error.faults
    # An id may be written in several ways; where some are wrong, what is written must do.
    abouts: list[tuple[object, ...]] = [(row.source, row.target, row.author) for row in found] or [
        tuple(map(row.cells.get, ("subject_id", "object_id", "author_label"))) for row in listed
    ]
    groups: dict[tuple[object, ...], list[StatedRow]] = {}
    for about, row in zip(abouts, listed, strict=True):
        groups.setdefault((*about, row.known is None and row.cells.get("predicate_id")), []).append(row)
    spot = spots.get("predicate_id", "")
    for about, group in groups.items():
        ends = " and ".join(map(str, about[:2]))
        faults += (
            Fault(file, f"{place}{spot}", f"what {first} says of {ends} contradicts it")
            for place, first in _contradictions(group)
        )
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    lost: Counter[str] = Counter()
    if len(groups) < len(listed):
        lost["repeated"] = len(listed) - len(groups)
        found = check_rows([(group[0].place, _merge_group(group, lost)) for group in groups.values()], check, name)
    return found, lost


def _nonempty_cells(cells: Cells, known: RelationSet | None) -> Cells:
    """Give the cells that hold something, with the word for what is known."""
    said = cells if known is None else {**cells, "predicate_id": predicate(known).value}
    return {column: cell for column, cell in said.items() if cell}


def _contradictions(group: list[StatedRow]) -> Iterator[tuple[str, str]]:
    """Yield the place of each row that cannot be true with those before it, and of one before that it contradicts."""
    before: dict[RelationSet, str] = {}
    all_ = ANY_RELATION
    for place, _, known in group:
        if known is None:
            return
        if (all_ & known).contradiction:
            yield place, next((first for one, first in before.items() if (one & known).contradiction), group[0].place)
        else:
            all_ &= known
            before.setdefault(known, place)


def _merge_group(group: list[StatedRow], lost: Counter[str]) -> Cells:
    """Give what the rows of a pair say together, and count what they do not agree on."""
    first = group[0].cells
    if len(group) == 1:
        return first
    known = functools.reduce(operator.and_, (one for _, _, one in group if one is not None), ANY_RELATION)
    link = group[0].known is None
    # The rows that say by themselves what all say together.
    alone = [cells for _, cells, one in group if link or one == known]
    telling = alone or [cells for _, cells, _ in group]
    cells = dict(first) if link else {**first, "predicate_id": predicate(known).value}
    for column in dict.fromkeys(column for _, row, _ in group for column in row):
        if column in _ABOUT:
            continue
        said = dict.fromkeys(row[column] for _, row, _ in group if column in row)
        usable = dict.fromkeys(row[column] for row in telling if column in row) if column in _WHOLE else said
        cells.pop(column, None)
        if column == "comment":
            cells[column] = " ".join(said)
        elif column == "confidence":
            sure = sum(column in row for row in telling)
            if sure and (alone or sure == len(telling)):
                cells[column] = min(said, key=float)
        else:
            if len(usable) == 1:
                cells[column] = next(iter(usable))
            lost["differing"] += len(said) - (column in cells)
    return cells
