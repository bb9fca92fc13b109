"""Immutable records of how a derived edition differs from its base."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.model.converters import as_tuple

if TYPE_CHECKING:
    from aicop.ids import ProvisionId
    from aicop.vocabulary import Change


@attrs.frozen(kw_only=True)
class ChangedProvision:
    """How a derived edition changed a provision of its base."""

    provision: ProvisionId
    """The id in the derived edition; the number is the same as in the base."""
    changes: tuple[Change, ...] = attrs.field(converter=as_tuple)
    """All kinds of change, the most significant first; never empty."""
    note: str
    """What changed, read from the base to the derived edition."""
    reverse_note: str | None
    """The same, read from the derived edition to the base; None if the author did not write it."""


@attrs.frozen(kw_only=True)
class DroppedProvision:
    """A provision of the base that a derived edition leaves out."""

    provision: ProvisionId
    """The id in the base."""
    reason: str
