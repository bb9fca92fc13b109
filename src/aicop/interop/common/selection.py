"""The error about a selection of statements that is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.denominator import as_set
from aicop.errors import KeyMistake, UnknownKey

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import OneOrMore
    from aicop.ids import EditionId


def nothing_selected(edition: EditionId, role: OneOrMore | None, modality: OneOrMore | None) -> UnknownKey:
    """Return the error that no statement of an edition binds a role, uses a verb, or both."""
    words = (*sorted(as_set(role) or ()), *sorted(as_set(modality) or ()))
    advice = f"no statement of {edition} matches; try another role or verb."
    return UnknownKey(" and ".join(words), KeyMistake.NO_ITEM, advice)
