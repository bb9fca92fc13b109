"""Paths from a source to a target, over mappings and over steps between parts and wholes."""

from __future__ import annotations

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.ids import End
from aicop.model.mapping import Mapping


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Step:
    """One step of a path: a mapping in either direction, or a step between a part and its whole."""

    source: End | None
    """None if nothing was found for the target."""
    target: End | None
    """None if nothing was found for the source."""
    mapping: Mapping | None
    """None for a step within a framework, between a part and its whole."""
    inverted: bool
    """True if the mapping was made in the other direction or, within a framework, if the target is the part."""
    same: bool = False
    """True if part and whole are the same requirement, as a provision and its only statement are."""

    @property
    def rationale(self) -> str | None:
        """The rationale of the mapping, or a sentence about part and whole; None if the mapping has no rationale."""
        if self.mapping is not None:
            return self.mapping.rationale
        part, whole = (self.target, self.source) if self.inverted else (self.source, self.target)
        return f"{part} is a part of {whole}."

    def reverse(self) -> Step:
        """Return the step in the other direction."""
        # Not `attrs.evolve`, which is much slower: an inverted crosswalk reverses every step that is read.
        return Step(
            source=self.target, target=self.source, mapping=self.mapping, inverted=not self.inverted, same=self.same
        )


Path = tuple[Step, ...]


def reverse_path(path: Path) -> Path:
    """Return a path from its last element to its first."""
    return tuple(step.reverse() for step in reversed(path))
