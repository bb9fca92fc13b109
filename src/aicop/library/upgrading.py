"""Your mappings to an edition, as they are for another edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.crosswalk.ends import digest_of, members_of
from aicop.ids import EditionId, JointId
from aicop.lineage.reasons import is_same, reason_of
from aicop.model.converters import as_tuple
from aicop.model.mapping import Mapping

if TYPE_CHECKING:
    from aicop.ids import End, Key
    from aicop.library.library import Library


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class UpgradedMapping:
    """What became of a mapping of yours in an upgrade to another edition."""

    old: Mapping
    new: Mapping | None
    """The mapping to the new edition; None if it cannot be carried, for the reason given."""
    reason: str | None
    """Why a person should judge it again, which its settlement says too; None if the duty is the same."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class MappingUpgrade:
    """Your mappings to an edition, and what became of each in an upgrade to another edition."""

    old: EditionId
    new: EditionId
    items: tuple[UpgradedMapping, ...] = attrs.field(converter=as_tuple[UpgradedMapping, ...])
    """What became of each mapping, by set and in order."""

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """The mappings to the new edition, in order, which `aicop.library.add` writes."""
        return tuple(item.new for item in self.items if item.new is not None)


def upgrade_mappings(library: Library, old: EditionId | str, new: EditionId | str) -> MappingUpgrade:
    """
    Return your mappings from or to an edition, as they are for another edition, through the lineage of the library.

    A mapping is carried if each item has exactly one counterpart, which has only this one. If the duty is the same, its
    digests are those of the new texts. Otherwise it keeps those of the old, so that `Library.review` lists it, and its
    settlement says why a person should judge it again. Mappings of items that were split, merged or removed are not
    carried, and neither is that nothing was found in the whole edition; crosswalks still follow them through lineage.

    Raises:
        UnknownEdition: there is no such edition, or both are the same.
        NoLineage: no lineage connects the editions.
    """
    comparison = library.compare(old, new)
    rows = [row for row in library.own_mappings() if comparison.old in {row.source_edition, row.target_edition}]
    return MappingUpgrade(
        old=comparison.old,
        new=comparison.new,
        items=[_upgraded(library, row, comparison.old, comparison.new) for row in rows],
    )


def _upgraded(library: Library, row: Mapping, old: EditionId, new: EditionId) -> UpgradedMapping:
    if row.searched == old:
        said = f"Nothing was found in {old}; {new} has to be searched."
        return UpgradedMapping(old=row, new=None, reason=said)
    fields: dict[str, Any] = {}
    reasons: dict[str, None] = {}
    for side in ("source", "target"):
        end: End | None = getattr(row, side)
        if end is None or end.edition != old:
            continue
        found: list[Key] = []
        for key in members_of(end):
            there = library.counterparts(key, new)
            if len(there) != 1 or library.counterparts(there[0], old) != (key,):
                said = f"{key} has no counterpart of its own in {new}: {_listed(there)}."
                return UpgradedMapping(old=row, new=None, reason=said)
            found += there
            reasons |= {
                reason_of(link, old, new): None for link in library.lineages.rows_of(key, new) if not is_same(link)
            }
        fields[side] = JointId(found) if isinstance(end, JointId) else found[0]
    for side, end in fields.items():
        given = getattr(row, f"{side}_digest")
        if not reasons and given == digest_of(library.framework(old), getattr(row, side)):
            fields = {**fields, f"{side}_digest": digest_of(library.framework(new), end)}
    said = " ".join(reasons)
    if said:
        fields["settlement"] = " ".join(filter(None, (row.settlement, f"For review. {said}")))
    return UpgradedMapping(old=row, new=attrs.evolve(row, **fields), reason=said or None)


def _listed(keys: tuple[Key, ...]) -> str:
    return f"it became {' and '.join(map(str, keys))}, or shares it with others" if keys else "it was removed"
