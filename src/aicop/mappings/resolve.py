"""What the ids of a file of mappings name, among a user's own frameworks and those that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop import frameworks
from aicop.errors import KeyMistake, UnknownKey, excerpt
from aicop.ids import split_key
from aicop.keys.control_index import fold
from aicop.keys.parser import parse
from aicop.manifest import ships
from aicop.model.from_data import mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key
    from aicop.model.mapping import Mapping
    from aicop.vocabulary import Nature


Row = dict[str, str]


class IdResolver:
    """Finds what the ids of a file name, among a user's own frameworks and those that ship."""

    def __init__(self, own: Iterable[Framework], source: str | None, target: str | None) -> None:
        self._own = {item.id: item for item in own}
        self._home = {"subject_id": source, "object_id": target}
        self._found: dict[str, dict[str, Key]] = {"subject_id": {}, "object_id": {}}
        self._natures: dict[Key, Nature] = {}
        self._bare: dict[str, list[Key]] = {}
        for item in self._own.values():
            for key in item:
                self._bare.setdefault(fold(key.local), []).append(key)

    def check_homes(self) -> None:
        """
        Find the editions in which bare ids are looked up.

        Raises:
            UnknownEdition: there is no such edition.
        """
        for home in filter(None, self._home.values()):
            if home not in self._names():
                frameworks.load(home)

    def _names(self) -> set[str]:
        return {name for own in self._own.values() for name in (own.id.document, str(own.id))}

    def framework(self, edition: EditionId) -> Framework:
        """Give a framework: the user's own before one that ships."""
        return self._own.get(edition) or frameworks.load(edition)

    def find(self, column: str, written: str) -> Key:
        """
        Give the id that is written in a column.

        Raises:
            UnknownKey: it names nothing.
        """
        known = self._found[column]
        if written not in known:
            known[written] = self._look(written, self._home[column])
        return known[written]

    def _look(self, written: str, home: str | None) -> Key:
        head, _ = split_key(written)
        homely = [own for own in self._own.values() if home in {own.id.document, str(own.id)}]
        for own in self._own.values():
            if head == str(own.id):
                return own.key(written)
        if homely and "@" not in head:
            return homely[0].key(written)
        named = [own for own in self._own.values() if head == own.id.document]
        if named and (home is None or not ships(head)):
            if len(named) > 1:
                advice = f"{head} has several editions here: write the one that is meant."
                raise UnknownKey(written, KeyMistake.AMBIGUOUS, advice, [str(own.id) for own in named])
            return named[0].key(written)
        if home is None and ":" not in written:
            mine = self._bare.get(fold(written), ())
            if len(mine) == 1:
                return mine[0]
        if home is None or homely:
            return parse(written)
        edition = frameworks.load(home).id
        found = parse(written, edition)
        # An id that no other framework has is known alone; only with more than the id was a framework named.
        if found.edition != edition and fold(written) == fold(found.local):
            advice = f"{edition} has no {excerpt(written)}. If {found} is meant, write the framework in front."
            raise UnknownKey(written, KeyMistake.OTHER_EDITION, advice, (str(found),))
        return found

    def mapping(self, row: Row, name: str) -> Mapping:
        """Give a good row as a mapping of the set that is called *name*."""
        target = row.get("object_id")
        return mapping(
            row, (self.find("subject_id", row["subject_id"]), self.find("object_id", target) if target else None), name
        )

    def nature(self, key: Key) -> Nature:
        """Give what sort of thing an id names."""
        if key not in self._natures:
            self._natures[key] = self.framework(key.edition)[key].nature
        return self._natures[key]
