"""The record of a row of a lineage, with the same conventions as `aicop.model.edition`."""

from __future__ import annotations

import attrs

from aicop._notebook import one_line, shown
from aicop._pydantic import field_type
from aicop.ids import PrincipleId, ProvisionId, StatementId
from aicop.model.converters import as_tuple
from aicop.vocabulary import Change, Grade

LineageId = ProvisionId | StatementId | PrincipleId
"""The id of an item of which a lineage can have rows."""

_TURNED = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class LineageRow:
    """
    How one provision, one statement or the title of one principle changed from one edition to another.

    An item that was split has several rows with the same *old*, and one that was merged from several has several rows
    with the same *new*.
    """

    old: LineageId | None
    """None if the item was added."""
    new: LineageId | None
    """None if the item was removed."""
    changes: tuple[Change, ...] = attrs.field(converter=as_tuple[Change, ...])
    """All kinds of change, the most significant first; never empty."""
    grade: Grade
    note: str | None = None
    """What changed, read from old to new, or None if nothing did."""
    reverse_note: str | None = None
    """What changed, read from new to old, or None if it is not stated."""
    review: str | None = None
    """Why a person should review the change from old to new, or None if no review is needed."""
    reverse_review: str | None = None
    """Why a person should review the change from new to old, or None if no review is needed."""

    def __repr__(self) -> str:
        changes = ", ".join(change.value for change in self.changes)
        return one_line(self, f"{self.old or '(none)'} to {self.new or '(none)'}: {changes}")

    def reversed(self) -> LineageRow:
        """Return the row as it reads from new to old: added is removed, and the texts are those in reverse."""
        return LineageRow(
            old=self.new,
            new=self.old,
            changes=(_TURNED.get(change, change) for change in self.changes),
            grade=self.grade,
            note=self.reverse_note,
            reverse_note=self.note,
            review=self.reverse_review,
            reverse_review=self.review,
        )
