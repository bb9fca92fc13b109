"""The record of a row of a lineage, with the same conventions as `aicop.model.edition`."""

from __future__ import annotations

import attrs

from aicop.ids import PrincipleId, ProvisionId
from aicop.model.converters import as_tuple
from aicop.vocabulary import Change, Grade


@attrs.frozen(kw_only=True)
class LineageRow:
    """How one provision, or the title of one principle, changed from one edition to another."""

    old: ProvisionId | PrincipleId
    new: ProvisionId | PrincipleId
    changes: tuple[Change, ...] = attrs.field(converter=as_tuple)
    """All kinds of change, the most significant first; never empty."""
    grade: Grade
    note: str | None
    """What changed, or None if nothing did."""
    review: str | None
    """Why a person should review the change, or None if no review is needed."""
