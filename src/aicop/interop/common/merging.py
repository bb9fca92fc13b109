"""Build mappings from the rows of other formats: expand mappings of groups, and merge duplicate pairs."""

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
"""A mapping row: text by column name, with the columns of `aicop.schema.mapping.ForeignRowSchema`."""


class StatedRow(NamedTuple):
    """A row of a file in another format, before its ids are resolved."""

    place: str
    cells: Cells
    known: RelationSet | None
    """The possible relations between source and target; None for a link, whose predicate is in the cells."""


MAX_PAIRS = 100_000
"""The maximum number of pairs in a file of a format that maps several sources to several targets at once."""
# Tolerance for binary fractions, which can be slightly less than the decimal number in the file.
_EXACT = 1e-9
_WHOLE = ("strength", "remainder", "reverse_strength", "reverse_remainder")
"""Columns that apply to two groups as a whole, not to their members."""
# Columns that identify a row; merging does not change them.
_ABOUT = {"source", "relationship", "target", "author"}
OF_GROUPS = (
    "strength or remainder of a group of elements, not valid for each member",
    "strengths or remainders of groups of elements, not valid for each member",
)
ROUNDED = "confidence rounded down to one decimal", "confidences rounded down to one decimal"
REPEATED = "further mapping of the same pair, merged", "further mappings of the same pairs, merged"
DIFFERING = "conflicting fact in merged mappings, dropped", "conflicting facts in merged mappings, dropped"
"""The phrase for dropped facts, in the singular and the plural."""
MERGED: dict[str, tuple[str, str]] = {"repeated": REPEATED, "differing": DIFFERING}
"""Phrases for the losses when rows are merged, by the keys of the counter that `merge_rows` returns."""


_KNOWN_FROM_WORD = {
    word.value: RelationSet([Relation(word.value)]) for word in Predicate if word.value in set(Relation)
} | {
    Predicate.RELATED.value: RELATED,
    Predicate.ASSOCIATED.value: ANY_RELATION,
}


def stated_row(place: str, cells: Cells) -> StatedRow:
    """Return a row with the relations that its predicate allows; None for a link, which is outside the algebra."""
    return StatedRow(place, cells, _KNOWN_FROM_WORD.get(cells.get("relationship", "")))


def confidence_of_share(share: float) -> tuple[str, bool]:
    """
    Return the confidence, 0 to 10, that is nearest to a share of 0 to 1, and whether it had to be rounded.

    It is rounded down, so that no author appears more confident than they were.

    >>> confidence_of_share(0.7), confidence_of_share(0.95)
    (('7', False), ('9', True))
    """
    whole = int(share * 10 + _EXACT)
    return str(whole), abs(share * 10 - whole) > _EXACT


def for_members(cells: Cells, known: RelationSet, sources: int, targets: int) -> tuple[Cells, RelationSet]:
    """
    Return the cells and relations for one member of each group, given those of the two groups.

    If a format maps several sources to several targets at once, the relation compares all sources together with all
    targets together. Strength and remainder apply to the groups, so they are dropped.
    """
    if sources == targets == 1:
        return cells, known
    # A member is a part of its group, so the relation of part and whole is composed on either side.
    known = PART.compose(known) if sources > 1 else known
    known = known.compose(PART.inverse()) if targets > 1 else known
    return {name: cell for name, cell in cells.items() if name not in _WHOLE}, known


def merge_rows(
    rows: Iterable[StatedRow], *, file: str, options: ImportOptions, spots: Mapping[str, str], name: str
) -> tuple[tuple[Row, ...], Counter[str]]:
    """
    Build mappings from rows, merge rows of the same pair, and count the losses.

    Rows of one pair are merged if they have the same author or none: their relations intersect. Links merge only with
    the same link. Rationales are joined. The lowest confidence is kept if it is stated by a row that asserts the merged
    relations by itself, or if all rows state one. Other facts on which the rows differ are dropped.

    ``relationship`` uses aicop's vocabulary, and ``confidence`` is 0 to 10. *spots* maps each column to
    the path of its field relative to the row. *name* is the name of the mapping set.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidDocument: with all faults, each with its place, including rows of one pair that contradict each other.
    """
    # Imported here, because pydantic is slow to import and only needed for files.
    from aicop.mappings.check import RowChecker, check_rows
    from aicop.mappings.resolve import IdResolver

    listed = [row._replace(cells=_nonempty_cells(row.cells, row.known)) for row in rows]
    check = RowChecker(IdResolver(options.frameworks, options.source, options.target), file, spots, twice=True)
    faults: list[Fault] = []
    found: tuple[Row, ...] = ()
    try:
        found = _rows(check_rows(((place, cells) for place, cells, _ in listed), check, name))
    except InvalidDocument as error:
        faults += error.faults
    # Rows are grouped by resolved ids, since an id can be spelt in several ways. If some rows are invalid, no ids are
    # resolved, and the ids as written are used to find contradictions.
    abouts: list[tuple[object, ...]] = [(row.source, row.target, row.author) for row in found] or [
        tuple(map(row.cells.get, ("source", "target", "author"))) for row in listed
    ]
    groups: dict[tuple[object, ...], list[StatedRow]] = {}
    for about, row in zip(abouts, listed, strict=True):
        groups.setdefault((*about, row.known is None and row.cells.get("relationship")), []).append(row)
    spot = spots.get("relationship", "")
    for about, group in groups.items():
        ends = " and ".join(map(str, about[:2]))
        faults += (
            Fault(file, f"{place}{spot}", f"contradicts {first} on {ends}; correct one of them")
            for place, first in _contradictions(group)
        )
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    lost: Counter[str] = Counter()
    # Merged rows are checked again, because the relation has changed.
    if len(groups) < len(listed):
        lost["repeated"] = len(listed) - len(groups)
        found = _rows(
            check_rows([(group[0].place, _merge_group(group, lost)) for group in groups.values()], check, name)
        )
    return found, lost


def _rows(located: Iterable[tuple[object, Row]]) -> tuple[Row, ...]:
    return tuple(row for _, row in located)


def _nonempty_cells(cells: Cells, known: RelationSet | None) -> Cells:
    """Return the non-empty cells, with the predicate that expresses *known*."""
    said = cells if known is None else {**cells, "relationship": predicate(known).value}
    return {column: cell for column, cell in said.items() if cell}


def _contradictions(group: list[StatedRow]) -> Iterator[tuple[str, str]]:
    """Yield the place of each row that contradicts earlier rows, together with the place of one of these."""
    before: dict[RelationSet, str] = {}
    all_ = ANY_RELATION
    for place, _, known in group:
        if known is None:
            return
        # A row may contradict only several earlier rows in combination; then the first row is named.
        if (all_ & known).contradiction:
            yield place, next((first for one, first in before.items() if (one & known).contradiction), group[0].place)
        else:
            all_ &= known
            before.setdefault(known, place)


def _merge_group(group: list[StatedRow], lost: Counter[str]) -> Cells:
    """Return the cells of the merged row of a pair, and count the facts on which the rows differ."""
    first = group[0].cells
    if len(group) == 1:
        return first
    known = functools.reduce(operator.and_, (one for _, _, one in group if one is not None), ANY_RELATION)
    link = group[0].known is None
    # Strength and remainder depend on the relation, so they come from rows with the merged relation, if there are any.
    alone = [cells for _, cells, one in group if link or one == known]
    telling = alone or [cells for _, cells, _ in group]
    cells = dict(first) if link else {**first, "relationship": predicate(known).value}
    for column in dict.fromkeys(column for _, row, _ in group for column in row):
        if column in _ABOUT:
            continue
        said = dict.fromkeys(row[column] for _, row, _ in group if column in row)
        usable = dict.fromkeys(row[column] for row in telling if column in row) if column in _WHOLE else said
        cells.pop(column, None)
        if column == "rationale":
            cells[column] = " ".join(said)
        elif column == "confidence":
            # If the merged relation needs several rows, each of them must state how confident it is.
            sure = sum(column in row for row in telling)
            if sure and (alone or sure == len(telling)):
                cells[column] = min(said, key=int)
        else:
            if len(usable) == 1:
                cells[column] = next(iter(usable))
            lost["differing"] += len(said) - (column in cells)
    return cells
