"""Resolve the ids in a mapping file, in the user's own frameworks and in the shipped ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop import frameworks
from aicop.errors import KeyMistake, UnknownKey, excerpt
from aicop.ids import split_key
from aicop.keys.control_index import fold
from aicop.keys.parser import parse
from aicop.manifest import ships
from aicop.model.from_rows import mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key
    from aicop.model.mapping import Mapping
    from aicop.vocabulary import Nature


Row = dict[str, str]
"""A mapping row: text by column name, with the columns of `aicop.schema.mapping.MappingRowSchema`."""


class IdResolver:
    """
    Resolves the ids in a mapping file: first in the user's own frameworks, then in the shipped ones.

    *source* and *target* are editions or documents; bare ids of the two sides are looked up in them.
    """

    def __init__(self, own: Iterable[Framework], source: str | None, target: str | None) -> None:
        self._own = {item.id: item for item in own}
        self._home = {"subject_id": source, "object_id": target}
        self._found: dict[str, dict[str, Key]] = {"subject_id": {}, "object_id": {}}
        self._natures: dict[Key, Nature] = {}
        # All ids of the user's own frameworks without their edition, in folded spelling.
        self._bare: dict[str, list[Key]] = {}
        for item in self._own.values():
            for key in item:
                self._bare.setdefault(fold(key.local), []).append(key)

    def check_homes(self) -> None:
        """
        Check that the editions in which bare ids are looked up exist.

        Raises:
            UnknownEdition: one of the editions does not exist.
        """
        for home in filter(None, self._home.values()):
            if home not in self._names():
                frameworks.load(home)

    def _names(self) -> set[str]:
        """Return the keys by which the user's own frameworks can be named, with and without edition."""
        return {name for own in self._own.values() for name in (own.id.document, str(own.id))}

    def framework(self, edition: EditionId) -> Framework:
        """Return a framework, preferring the user's own to a shipped one."""
        return self._own.get(edition) or frameworks.load(edition)

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
        head, _ = split_key(written)
        homely = [own for own in self._own.values() if home in {own.id.document, str(own.id)}]
        # First, a full key of one of the user's own frameworks.
        for own in self._own.values():
            if head == str(own.id):
                return own.key(written)
        if homely and "@" not in head:
            return homely[0].key(written)
        # Then a key without edition. With a home, a document that ships wins over the user's document of the same key.
        named = [own for own in self._own.values() if head == own.id.document]
        if named and (home is None or not ships(head)):
            if len(named) > 1:
                advice = f"{head} has several editions here; add the one you mean."
                raise UnknownKey(written, KeyMistake.AMBIGUOUS, advice, [str(own.id) for own in named])
            return named[0].key(written)
        # Then an id alone, or else an alias, if exactly one of the user's own frameworks has it.
        if home is None:
            mine = [] if ":" in written else self._bare.get(fold(written), [])
            mine = mine or [key for own in self._own.values() if (key := own.key_of_alias(written)) is not None]
            if len(mine) == 1:
                return mine[0]
        if home is None or homely:
            return parse(written)
        edition = frameworks.load(home).id
        found = parse(written, edition)
        # `parse` recognises some ids of other frameworks by their form alone. If the text is just such an id and does
        # not name a framework, it is probably a mistake in an id of *home*.
        if found.edition != edition and fold(written) == fold(found.local):
            advice = f"{edition} has no {excerpt(written)}. If you mean {found}, write the framework before the id."
            raise UnknownKey(written, KeyMistake.OTHER_EDITION, advice, (str(found),))
        return found

    def mapping(self, row: Row, name: str) -> Mapping:
        """Return the mapping of a valid row; *name* is the name of its set."""
        target = row.get("object_id")
        return mapping(
            row, (self.find("subject_id", row["subject_id"]), self.find("object_id", target) if target else None), name
        )

    def nature(self, key: Key) -> Nature:
        """Return the nature of the element with this id."""
        if key not in self._natures:
            self._natures[key] = self.framework(key.edition)[key].nature
        return self._natures[key]
