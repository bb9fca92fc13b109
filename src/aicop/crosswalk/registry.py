"""What routes need to know of a stock of frameworks and mappings, and the stock that ships."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Protocol

import attrs

from aicop import frameworks, mappings
from aicop.keys.parser import parse
from aicop.manifest import editions
from aicop.mappings.shipped import sets

if TYPE_CHECKING:
    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key
    from aicop.model.mapping import Mapping, MappingSet


class MappingRegistry(Protocol):
    """A stock of frameworks and mappings between them: what ships, with or without a user's own."""

    def framework(self, name: EditionId | str) -> Framework:
        """
        Return a framework by key, name or edition.

        Raises:
            UnknownEdition: there is no such framework.
        """

    def parse(self, text: str, edition: EditionId | str | None = None) -> Key:
        """
        Return the id that a key refers to.

        Raises:
            UnknownKey: the key cannot be read, or there is no such element.
        """

    def mapping_sets(self) -> tuple[MappingSet, ...]:
        """Return the sets of mappings, in order."""

    def mappings(self, set_name: str, /) -> tuple[Mapping, ...]:
        """Return the mappings of a set, in order. They have been checked."""

    def lineage_ways(self, edition: EditionId) -> dict[EditionId, tuple[EditionId, ...]]:
        """
        Return the way from an edition or framework to each edition of its lineage, and to itself, the nearest first.

        A way holds the editions that it passes, both ends included. There are mappings for each of its steps.
        """

    def crosswalk_cache(self) -> dict[tuple[EditionId, EditionId], Crosswalk]:
        """Return the dictionary in which crosswalks between two editions are kept once they are built."""


@functools.cache
def _shipped_crosswalks() -> dict[tuple[EditionId, EditionId], Crosswalk]:
    return {}


@attrs.frozen
class ShippedRegistry:
    """The frameworks and mappings that ship with aicop."""

    def framework(self, name: EditionId | str) -> Framework:
        """Return a framework that ships; see `aicop.frameworks.load`."""
        return frameworks.load(name)

    def parse(self, text: str, edition: EditionId | str | None = None) -> Key:
        """Return the id that a key refers to; see `aicop.parse`."""
        return parse(text, edition)

    def mapping_sets(self) -> tuple[MappingSet, ...]:
        """Return the sets of mappings that ship; see `aicop.mappings.sets`."""
        return sets()

    def mappings(self, set_name: str) -> tuple[Mapping, ...]:
        """Return the mappings of a set that ships; see `aicop.mappings.load`."""
        return mappings.load(set_name)

    def lineage_ways(self, edition: EditionId) -> dict[EditionId, tuple[EditionId, ...]]:
        """Return the way to *edition* itself and, if it is one of the Code, to the others, the newest first."""
        known = editions()
        others = [item for item in reversed(known) if item != edition] if edition in known else []
        return {edition: (edition,)} | {item: (edition, item) for item in others}

    def crosswalk_cache(self) -> dict[tuple[EditionId, EditionId], Crosswalk]:
        """Return the dictionary of the crosswalks that ship and have been asked for."""
        return _shipped_crosswalks()


@functools.cache
def shipped() -> ShippedRegistry:
    """Return the stock that ships."""
    return ShippedRegistry()
