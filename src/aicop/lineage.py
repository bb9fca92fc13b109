"""The lineage of provisions: their counterparts in another edition, and the kinds of change between the two."""

from __future__ import annotations

import functools
from typing import overload

import attrs

from aicop._resources import read_table
from aicop.errors import KeyMistake, UnknownEdition, UnknownKey
from aicop.ids import ControlId, EditionId, Id, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.parser import parse
from aicop.manifest import editions, resolve_edition
from aicop.model.from_rows import lineage_row
from aicop.model.lineage import LineageRow
from aicop.vocabulary import Change


@attrs.frozen
class Comparison:
    """
    Two editions side by side, with one row per principle title and per provision.

    The rows are in printed order, the order of the document, of *old*.

    Each principle and each provision of either edition appears in exactly one row.
    """

    old: EditionId
    new: EditionId
    rows: tuple[LineageRow, ...] = attrs.field(repr=False)

    @property
    def principles(self) -> tuple[LineageRow, ...]:
        """The rows of principle titles, in printed order."""
        return tuple(row for row in self.rows if isinstance(row.old, PrincipleId))

    @property
    def provisions(self) -> tuple[LineageRow, ...]:
        """The rows of provisions, in printed order."""
        return tuple(row for row in self.rows if isinstance(row.old, ProvisionId))

    @property
    def changed(self) -> tuple[LineageRow, ...]:
        """The rows that changed, or whose change is unknown, in order."""
        return tuple(row for row in self.rows if row.changes != (Change.IDENTICAL,))

    @property
    def review(self) -> tuple[LineageRow, ...]:
        """The rows that a person should review, in order; each states the reason."""
        return tuple(row for row in self.rows if row.review is not None)

    def of_kind(self, change: Change) -> tuple[LineageRow, ...]:
        """Return the rows whose changes include *change*, in order."""
        return tuple(row for row in self.rows if change in row.changes)


# There is one file per pair of editions, from older to newer. For the reverse direction, old and new are swapped.
@functools.cache
def _rows(old: EditionId, new: EditionId) -> tuple[LineageRow, ...]:
    known = editions()
    if known.index(old) > known.index(new):
        return tuple(attrs.evolve(row, old=row.new, new=row.old) for row in _rows(new, old))
    return tuple(lineage_row(row, old, new) for row in read_table(f"lineage/{old}--{new}.tsv"))


@functools.cache
def _counterparts(old: EditionId, new: EditionId) -> dict[Id, ProvisionId | PrincipleId]:
    return {row.old: row.new for row in _rows(old, new)}


def compare(old: EditionId | str, new: EditionId | str) -> Comparison:
    """
    Compare two editions, in either direction: *old* may be the newer one.

    >>> comparison = compare("uk-ai-cop", "etsi-en-304-223")
    >>> [str(row.old) for row in comparison.of_kind(Change.STRENGTH)]
    ['uk-ai-cop@2025-01:8.3']

    Raises:
        UnknownEdition: one of the editions does not ship, or both are the same.
    """
    first, second = resolve_edition(old), resolve_edition(new)
    if first == second:
        others = tuple(str(edition) for edition in editions() if edition != first)
        raise UnknownEdition(str(new), others, "an edition cannot be compared with itself; ")
    return Comparison(first, second, _rows(first, second))


@overload
def counterpart(item: ProvisionId, edition: EditionId | str) -> ProvisionId: ...
@overload
def counterpart(item: PrincipleId, edition: EditionId | str) -> PrincipleId: ...
@overload
def counterpart(item: PhaseId, edition: EditionId | str) -> PhaseId: ...
@overload
def counterpart(item: str, edition: EditionId | str) -> Id: ...
def counterpart(item: Id | str, edition: EditionId | str) -> Id:
    """
    Return the counterpart of *item* in *edition*: the same provision, principle or phase, under its id there.

    Every item of a shipped edition has exactly one counterpart in each other edition, and is its own counterpart in
    its own edition.

    >>> str(counterpart("UK 5.4.1", "etsi-en-304-223"))
    'etsi-en-304-223@2.1.1:5.2.1-4.1'

    Raises:
        UnknownEdition: *edition* does not ship.
        UnknownKey: *item* cannot be parsed, does not exist in a shipped edition, or is of another kind.
    """
    target = resolve_edition(edition)
    # Ids from the lineage tables need no parsing. Anything else is parsed, so that errors carry advice.
    if not isinstance(item, str) and item.edition != target and item.edition in editions():
        found = _counterparts(item.edition, target).get(item)
        if found is not None:
            return found
    known = parse(str(item))
    if isinstance(known, ControlId | StatementId):
        advice = "only provisions, principles and phases have counterparts."
        raise UnknownKey(str(item), KeyMistake.OTHER_FRAMEWORK, advice)
    home = known.edition
    if home == target:
        return known
    # Phases have no rows of their own: their slugs are the same in every edition.
    if isinstance(known, PhaseId):
        return PhaseId(target, known.slug)
    return _counterparts(home, target)[known]
