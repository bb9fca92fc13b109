"""Resolve the ids in a mapping file, in the user's own frameworks and in the shipped ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.frameworks.registry import FrameworkRegistry, is_bare, not_at_home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key
    from aicop.vocabulary import Nature


Row = dict[str, str]
"""A mapping row: text by column name, with the columns of `aicop.schema.mapping.MappingRowSchema`."""


class IdResolver:
    """
    Resolves the ids in a mapping file, in your own frameworks and in those that ship.

    *source* and *target* are editions, documents or names of frameworks; bare ids of the two sides are looked up there.
    """

    def __init__(
        self, frameworks: Iterable[Framework] | FrameworkRegistry, source: str | None, target: str | None
    ) -> None:
        self.registry: FrameworkRegistry = FrameworkRegistry.from_frameworks(frameworks)
        self._home = {"source": source, "target": target}
        self._found: dict[str, dict[str, Key]] = {"source": {}, "target": {}}
        self._natures: dict[Key, Nature] = {}

    def check_homes(self) -> None:
        """
        Check that the editions in which bare ids are looked up exist.

        Raises:
            UnknownEdition: one of the editions does not exist.
        """
        for home in filter(None, self._home.values()):
            self.registry.framework(home)

    def framework(self, edition: EditionId) -> Framework:
        """Return a framework, preferring the user's own to a shipped one."""
        return self.registry.framework(edition)

    def find(self, column: str, written: str) -> Key:
        """
        Return the id that *written* refers to in a column.

        Raises:
            UnknownKey: no element has this id, or elements of several frameworks have it.
        """
        known = self._found[column]
        if written not in known:
            known[written] = self._look(written, self._home[column])
        return known[written]

    def _look(self, written: str, home: str | None) -> Key:
        """Resolve an id, given the edition in which bare ids are looked up."""
        found = self.registry.parse(written, home)
        if home is None:
            return found
        framework = self.registry.framework(home)
        # Such an id is probably a mistake in an id of *home*.
        if found.edition != framework.id and is_bare(written, found):
            raise not_at_home(written, found, framework)
        return found

    def home(self, column: str) -> EditionId | None:
        """Return the edition in which bare ids of a column are looked up, or None if none was given."""
        home = self._home[column]
        return None if home is None else self.registry.framework(home).id

    def nature(self, key: Key) -> Nature:
        """Return the nature of the element with this id."""
        if key not in self._natures:
            self._natures[key] = self.framework(key.edition)[key].nature
        return self._natures[key]
