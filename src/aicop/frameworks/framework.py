"""One edition of a framework, looked up by id, by written key, and by the forms that `aicop.parse` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import TypeVar, overload

import attrs

from aicop.errors import KeyMistake, UnknownKey
from aicop.ids import EditionId, Key
from aicop.model.framework import Control, FrameworkEdition
from aicop.vocabulary import ASKING

T = TypeVar("T")


DIGEST_LENGTH = 16
"""Hexadecimal digits of a digest."""


@attrs.frozen(repr=False, eq=False)
class Framework(Mapping[Key, Control]):
    """
    One edition of a framework.

    A mapping from id to `Control` in the publisher's order, without what was withdrawn.

    >>> from aicop import frameworks
    >>> frameworks.load("nist-csf")["PR.DS-01"].kind
    'subcategory'
    """

    edition: FrameworkEdition
    withdrawn: tuple[Control, ...]
    """What the publisher withdrew, in its order."""
    _controls: dict[Key, Control]
    _apart: frozenset[str]
    _find: Callable[[str], Key]
    _unions: bool
    _written: dict[str, Key] = attrs.field(init=False)
    _children: dict[Key, tuple[Key, ...]] = attrs.field(init=False)
    _positions: dict[Key, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        children: dict[Key, list[Key]] = {}
        for item in self._controls.values():
            if item.parent is not None:
                children.setdefault(item.parent, []).append(item.id)
        object.__setattr__(self, "_written", {str(key): key for key in self._controls})
        object.__setattr__(self, "_positions", {key: place for place, key in enumerate(self._controls)})
        object.__setattr__(self, "_children", {key: tuple(items) for key, items in children.items()})

    def __repr__(self) -> str:
        kinds: dict[str, int] = {}
        for item in self._controls.values():
            kinds[item.kind] = kinds.get(item.kind, 0) + 1
        return f"<Framework {self.id}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}>"

    @property
    def id(self) -> EditionId:
        """The edition's id."""
        return self.edition.id

    def __iter__(self) -> Iterator[Key]:
        return iter(self._controls)

    def __len__(self) -> int:
        return len(self._controls)

    def key(self, written: Key | str) -> Key:
        """
        Give the id that is written so.

        Raises:
            UnknownKey: it is not in this edition; the error says what was likely meant.
        """
        if not isinstance(written, str):
            if written in self._controls:
                return written
            written = str(written)
        if (known := self._written.get(written) or self._written.get(f"{self.id}:{written}")) is not None:
            return known
        found = self._find(written)
        if found not in self._controls:
            advice = f"{found} is of {found.edition}, and this is {self.id}."
            raise UnknownKey(written, KeyMistake.OTHER_EDITION, advice)
        return found

    def __getitem__(self, written: Key | str) -> Control:
        """
        Give an element.

        Raises:
            UnknownKey: it is not in this edition; the error says what was likely meant.
        """
        return self._controls[self.key(written)]

    @overload
    def get(self, key: Key | str, default: None = None, /) -> Control | None: ...
    @overload
    def get(self, key: Key | str, default: Control | T, /) -> Control | T: ...
    def get(self, key: Key | str, default: Control | T | None = None, /) -> Control | T | None:
        """Give an element, or *default* where there is none."""
        try:
            return self[key]
        except UnknownKey:
            return default

    @property
    def controls(self) -> tuple[Control, ...]:
        """The elements, in the publisher's order."""
        return tuple(self._controls.values())

    def children(self, key: Key | str) -> tuple[Control, ...]:
        """
        Give what is printed directly under an element, in order.

        Raises:
            UnknownKey: it is not in this edition.
        """
        return tuple(self._controls[item] for item in self._children.get(self.key(key), ()))

    def title(self, key: Key) -> str | None:
        """Give the title of an element; of a statement that of its provision; None where there is none."""
        item = self._controls[key]
        if item.title is None and item.kind == "statement" and item.parent is not None:
            return self._controls[item.parent].title
        return item.title

    def position(self, key: Key) -> int:
        """Give the place of an element in the publisher's order, from 0."""
        return self._positions[key]

    def whole_of(self, key: Key) -> Key | None:
        """
        Give what an element is a part of: who does all of the whole does the part. None where there is no such whole.

        Mostly its parent. An enhancement is no part of the control that it is printed under, and a sub-provision no
        part of the provision above it: they are parts of the family and of the principle.
        """
        item = self._controls[key]
        above = self._controls.get(item.parent) if item.parent is not None else None
        if above is not None and item.kind in self._apart:
            above = self._controls.get(above.parent) if above.parent is not None else None
        return above.id if above is not None and above.nature in ASKING else None

    def whole_by_part(self) -> dict[Key, Key]:
        """Give what each element is a part of, for all that are a part of something."""
        found = {key: self.whole_of(key) for key in self._controls}
        return {key: above for key, above in found.items() if above is not None}

    @property
    def complete_wholes(self) -> frozenset[Key]:
        """The wholes that are nothing but the union of their parts: provisions of statements, principles of these."""
        return frozenset(self.whole_by_part().values()) if self._unions else frozenset()

    def of_kind(self, *kinds: str) -> tuple[Key, ...]:
        """Give the ids of all elements of these kinds, in order."""
        return tuple(item.id for item in self._controls.values() if item.kind in kinds)


def digest(item: Control) -> str:
    """
    Give the digest of what can be judged of an element: its title and our own words; its bare id where it has neither.

    The first `DIGEST_LENGTH` hexadecimal digits of SHA-256. A mapping records it for both sides; when the element says
    something else than it did, the two differ and the mapping is suspect. An element that only moved keeps it.
    """
    text = f"{item.title or ''}\n{item.words or ''}" if item.title or item.words else item.id.local
    return sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
