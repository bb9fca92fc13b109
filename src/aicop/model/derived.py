"""Immutable records of how a derived edition differs from its base."""

from __future__ import annotations

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.ids import ProvisionId
from aicop.model.converters import as_tuple
from aicop.vocabulary import Change


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ChangedProvision:
    """How a derived edition changed a provision of its base."""

    provision: ProvisionId
    """The id in the derived edition; the number is the same as in the base."""
    changes: tuple[Change, ...] = attrs.field(converter=as_tuple[Change, ...])
    """All kinds of change, the most significant first; never empty."""
    note: str
    """What changed, read from the base to the derived edition."""
    reverse_note: str | None
    """The same, read from the derived edition to the base; None if the author did not write it."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class DroppedProvision:
    """A provision of the base that a derived edition leaves out."""

    provision: ProvisionId
    """The id in the base."""
    reason: str
