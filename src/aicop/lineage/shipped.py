"""The lineages that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from aicop.lineage.lineages import Lineages

if TYPE_CHECKING:
    from aicop.ids import ControlId, EditionId, Key, PhaseId, PrincipleId, ProvisionId, StatementId
    from aicop.lineage.comparison import Comparison

# Nothing is read until it is asked.
_SHIPPED = Lineages()


def compare(old: EditionId | str, new: EditionId | str) -> Comparison:
    """
    Compare two editions, in either direction: *old* may be the newer one.

    >>> from aicop.vocabulary import Change
    >>> comparison = compare("uk-ai-cop", "etsi-en-304-223")
    >>> [str(row.old) for row in comparison.of_kind(Change.STRENGTH)]
    ['uk-ai-cop@2025-01:8.3', 'uk-ai-cop@2025-01:8.3#2']

    Raises:
        UnknownEdition: one of the editions does not ship, or both are the same.
    """
    return _SHIPPED.compare(old, new)


@overload
def counterparts(item: ProvisionId, edition: EditionId | str) -> tuple[ProvisionId, ...]: ...
@overload
def counterparts(item: StatementId, edition: EditionId | str) -> tuple[StatementId, ...]: ...
@overload
def counterparts(item: PrincipleId, edition: EditionId | str) -> tuple[PrincipleId, ...]: ...
@overload
def counterparts(item: PhaseId, edition: EditionId | str) -> tuple[PhaseId, ...]: ...
@overload
def counterparts(item: ControlId, edition: EditionId | str) -> tuple[ControlId, ...]: ...
@overload
def counterparts(item: Key | str, edition: EditionId | str) -> tuple[Key, ...]: ...
def counterparts(item: Key | str, edition: EditionId | str) -> tuple[Key, ...]:
    """
    Return the counterparts of *item* in *edition*, in printed order, under their ids there.

    An item is a provision, statement, principle, phase or role. It has several counterparts if it was split and none if
    it was removed; between the editions that ship, it has exactly one. An item is its own counterpart in its own
    edition.

    >>> [str(item) for item in counterparts("UK 8.3#2", "etsi-en-304-223")]
    ['etsi-en-304-223@2.1.1:5.2.4-3#2']

    Raises:
        UnknownEdition: *edition* does not ship.
        UnknownKey: *item* cannot be parsed, does not exist in a shipped edition, or is of another framework.
    """
    return _SHIPPED.counterparts(item, edition)


@overload
def counterpart(item: ProvisionId, edition: EditionId | str) -> ProvisionId: ...
@overload
def counterpart(item: StatementId, edition: EditionId | str) -> StatementId: ...
@overload
def counterpart(item: PrincipleId, edition: EditionId | str) -> PrincipleId: ...
@overload
def counterpart(item: PhaseId, edition: EditionId | str) -> PhaseId: ...
@overload
def counterpart(item: ControlId, edition: EditionId | str) -> ControlId: ...
@overload
def counterpart(item: Key | str, edition: EditionId | str) -> Key: ...
def counterpart(item: Key | str, edition: EditionId | str) -> Key:
    """
    Return the only counterpart of *item* in *edition*: the same item, under its id there.

    >>> str(counterpart("UK 5.4.1", "etsi-en-304-223"))
    'etsi-en-304-223@2.1.1:5.2.1-4.1'

    Raises:
        UnknownEdition: *edition* does not ship.
        UnknownKey: *item* cannot be parsed, does not exist in a shipped edition, or is of another framework.
        NoSingleCounterpart: the item has no counterpart or several, which no item between shipped editions does.
    """
    return _SHIPPED.counterpart(item, edition)
