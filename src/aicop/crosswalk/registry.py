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

    def mappings(self, set_name: str) -> tuple[Mapping, ...]:
        """Return the mappings of a set, in order. They have been checked."""

    def lineage_editions(self, edition: EditionId) -> tuple[EditionId, ...]:
        """Return the other editions of the same lineage, the current one first; none if there is no lineage."""

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

    def lineage_editions(self, edition: EditionId) -> tuple[EditionId, ...]:
        """Return the other editions of the Code, the newest first, if *edition* is one of them."""
        known = editions()
        return tuple(item for item in reversed(known) if item != edition) if edition in known else ()

    def crosswalk_cache(self) -> dict[tuple[EditionId, EditionId], Crosswalk]:
        """Return the dictionary of the crosswalks that ship and have been asked for."""
        return _shipped_crosswalks()


@functools.cache
def shipped() -> ShippedRegistry:
    """Return the stock that ships."""
    return ShippedRegistry()
