"""Which provision of one edition is which provision of another, and what kind of change lies between."""

from __future__ import annotations

import functools
from typing import overload

import attrs

from aicop._resources import read_table
from aicop.errors import KeyMistake, UnknownEdition, UnknownKey
from aicop.ids import ControlId, EditionId, Id, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.parser import parse
from aicop.manifest import editions, resolve_edition
from aicop.model.edition import LineageRow
from aicop.model.from_data import lineage_row
from aicop.vocabulary import Change


@attrs.frozen
class Comparison:
    """
    Two editions side by side: a row for every principle's title and every provision, in printed order of the old one.

    Total in both directions: each item of either edition stands in exactly one row.
    """

    old: EditionId
    new: EditionId
    rows: tuple[LineageRow, ...] = attrs.field(repr=False)

    @property
    def principles(self) -> tuple[LineageRow, ...]:
        """The rows of principle titles, in order."""
        return tuple(row for row in self.rows if isinstance(row.old, PrincipleId))

    @property
    def provisions(self) -> tuple[LineageRow, ...]:
        """The rows of provisions, in printed order."""
        return tuple(row for row in self.rows if isinstance(row.old, ProvisionId))

    @property
    def changed(self) -> tuple[LineageRow, ...]:
        """The rows with any change, known or not, in order."""
        return tuple(row for row in self.rows if row.changes != (Change.IDENTICAL,))

    @property
    def review(self) -> tuple[LineageRow, ...]:
        """The rows that need a person's eye, in order, each with its reason."""
        return tuple(row for row in self.rows if row.review is not None)

    def of_kind(self, change: Change) -> tuple[LineageRow, ...]:
        """Give the rows whose changes include *change*, in order."""
        return tuple(row for row in self.rows if change in row.changes)


# The order of publication is also the order in file names; the other direction is read off the same rows.
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
    Compare two editions, in either order of time.

    >>> comparison = compare("uk-ai-cop", "etsi-en-304-223")
    >>> [str(row.old) for row in comparison.of_kind(Change.STRENGTH)]
    ['uk-ai-cop@2025-01:8.3']

    Raises:
        UnknownEdition: one of them is not a shipped edition, or both are the same.
    """
    first, second = resolve_edition(old), resolve_edition(new)
    if first == second:
        others = tuple(str(edition) for edition in editions() if edition != first)
        raise UnknownEdition(str(new), others, "an edition is not compared with itself; ")
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
    Find the item of *edition* that is *item*: the same provision, principle or phase under its number there.

    Every item of a shipped edition has exactly one counterpart in each other, and is its own at home.

    >>> str(counterpart("UK 5.4.1", "etsi-en-304-223"))
    'etsi-en-304-223@2.1.1:5.2.1-4.1'

    Raises:
        UnknownEdition: *edition*, or that of *item*, is not a shipped edition.
        UnknownKey: *item* does not exist in its own edition, or cannot be read.
    """
    target = resolve_edition(edition)
    if not isinstance(item, str) and item.edition != target and item.edition in editions():
        found = _counterparts(item.edition, target).get(item)
        if found is not None:
            return found
    known = parse(str(item))
    if isinstance(known, ControlId | StatementId):
        advice = "counterparts are known of provisions, principles and phases."
        raise UnknownKey(str(item), KeyMistake.OTHER_FRAMEWORK, advice)
    home = known.edition
    if home == target:
        return known
    if isinstance(known, PhaseId):
        return PhaseId(target, known.slug)
    return _counterparts(home, target)[known]
