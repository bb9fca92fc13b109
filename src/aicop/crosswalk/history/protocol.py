"""What every history of a crosswalk can answer, and what it has left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, Self

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.crosswalk.algebra.links import Links
from aicop.crosswalk.algebra.matrix import RelationMatrix
from aicop.crosswalk.algebra.unmatched import Unmatched
from aicop.crosswalk.ways import DIRECT, Ways
from aicop.errors import count_phrase
from aicop.frameworks.framework import Framework
from aicop.ids import End
from aicop.model.mapping import Mapping

if TYPE_CHECKING:
    from aicop.crosswalk.path import Path

Keep = Callable[[Mapping], bool]
"""A test that a mapping passes if a filter keeps it."""
SOURCE, TARGET = 0, 1
"""The sides of a crosswalk, as indexes of pairs."""


@shown
@field_type
@attrs.frozen(repr=False)
class Omission:
    """Something that a crosswalk leaves out, counted, with the reason."""

    count: int
    reason: str
    mappings: tuple[Mapping, ...] = ()
    """The mappings that were left out; empty if pairs were left out rather than mappings."""

    def __str__(self) -> str:
        return f"{count_phrase(self.count, 'mapping' if self.mappings else 'pair')}: {self.reason}"


@attrs.frozen
class Tables:
    """What is known between two frameworks. The dicts are shared and must not be changed."""

    matrix: RelationMatrix
    links: Links
    unmatched: tuple[Unmatched, Unmatched]
    """The sources for which no counterpart was found, and the targets."""
    open: tuple[frozenset[End], frozenset[End]] = (frozenset(), frozenset())
    """
    The sources, and the targets, that mappings reach only where it is not known what became of an element.

    Lineages say so of elements whose text nobody has read. It is not the same as not to be mapped.
    """


@attrs.frozen(kw_only=True)
class Facts:
    """What a history is about, and what it is made of."""

    source: Framework
    """The framework of the sources."""
    target: Framework
    """The framework of the targets."""
    mappings: tuple[Mapping, ...]
    """The underlying mappings, in the direction in which they were made."""
    frameworks: tuple[Framework, ...]
    """All frameworks that mappings belong to, from the source to the target."""
    ways: Ways = DIRECT
    """The ways from source to target that it combines."""
    separate: bool = False
    """Whether each path is a claim of its own, so that mappings by several authors are not merged."""
    dropped: tuple[Mapping, ...] = ()
    """The mappings that filters have removed."""


class History(Protocol):
    """How a crosswalk came about: records that refer to mappings and to other histories."""

    @property
    def facts(self) -> Facts:
        """What it is about, and what it is made of."""

    @property
    def tables(self) -> Tables:
        """What follows from the mappings."""

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What is left out, with reasons."""

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """Return the paths between a source and a target, each once."""

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings that belong to the framework on one side, each with its end there."""

    def filtered(self, keep: Keep) -> Self:
        """Return the history of the mappings that pass a test."""
