"""The `Framework` class: one edition of a framework, with look-up by id and by any form that `aicop.parse` reads."""

from __future__ import annotations

import functools
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
"""The number of hexadecimal digits in a digest."""


@attrs.frozen(repr=False, eq=False)
class Framework(Mapping[Key, Control]):
    """
    One edition of a framework: a mapping from id to `Control`, in the publisher's order.

    Withdrawn elements are not in the mapping; see `withdrawn`. A key may be an id or text.

    >>> from aicop import frameworks
    >>> frameworks.load("nist-csf")["PR.DS-01"].kind
    'subcategory'
    """

    edition: FrameworkEdition
    withdrawn: tuple[Control, ...]
    """The elements that the publisher withdrew, in its order."""
    _controls: dict[Key, Control]
    _apart: frozenset[str]
    """Kinds of elements, such as sub-provisions, that are not parts of their parent but of the parent's parent."""
    _find: Callable[[str], Key]
    """A function that resolves a spelling that is not a literal id, or raises `UnknownKey`."""
    _unions: bool
    """Whether every whole is exactly the union of its parts."""
    _written: dict[str, Key] = attrs.field(init=False)
    _children: dict[Key, tuple[Key, ...]] = attrs.field(init=False)
    _positions: dict[Key, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        children: dict[Key, list[Key]] = {}
        for item in self._controls.values():
            if item.parent is not None:
                children.setdefault(item.parent, []).append(item.id)
        # The class is frozen, so the indexes can only be set like this.
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
        Return the id that *written* refers to.

        Raises:
            UnknownKey: this edition has no such element; the error suggests similar ids.
        """
        # An id that is not in this edition is looked up again as text, so that the error can state the reason.
        if not isinstance(written, str):
            if written in self._controls:
                return written
            written = str(written)
        # Literal ids come first: they are by far the most common, and parsing is much slower.
        if (known := self._written.get(written) or self._written.get(f"{self.id}:{written}")) is not None:
            return known
        found = self._find(written)
        if found not in self._controls:
            advice = f"{found} belongs to {found.edition}; an element of {self.id} is needed here."
            raise UnknownKey(written, KeyMistake.OTHER_EDITION, advice)
        return found

    def __getitem__(self, written: Key | str) -> Control:
        """
        Return the element with this id.

        Raises:
            UnknownKey: this edition has no such element; the error suggests similar ids.
        """
        return self._controls[self.key(written)]

    @overload
    def get(self, key: Key | str, default: None = None, /) -> Control | None: ...
    @overload
    def get(self, key: Key | str, default: Control | T, /) -> Control | T: ...
    def get(self, key: Key | str, default: Control | T | None = None, /) -> Control | T | None:
        """Return the element with this id, or *default* if this edition has none."""
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
        Return the elements whose parent is *key*, in order.

        Raises:
            UnknownKey: this edition has no such element.
        """
        return tuple(self._controls[item] for item in self._children.get(self.key(key), ()))

    def title(self, key: Key) -> str | None:
        """Return the title of an element, or None if it has none. The title of a statement is that of its provision."""
        item = self._controls[key]
        if item.title is None and item.kind == "statement" and item.parent is not None:
            return self._controls[item.parent].title
        return item.title

    def position(self, key: Key) -> int:
        """Return the zero-based position of an element in the publisher's order."""
        return self._positions[key]

    def whole_of(self, key: Key) -> Key | None:
        """
        Return the element that *key* is a part of, or None if there is none.

        Whoever meets all requirements of the whole also meets those of the part. The whole is usually the parent.
        Exceptions are enhancements of controls, which are parts of the family, and sub-provisions, which are parts of
        the principle. Only requirements and mitigations have parts.
        """
        item = self._controls[key]
        above = self._controls.get(item.parent) if item.parent is not None else None
        if above is not None and item.kind in self._apart:
            above = self._controls.get(above.parent) if above.parent is not None else None
        return above.id if above is not None and above.nature in ASKING else None

    def whole_by_part(self) -> dict[Key, Key]:
        """Return a dict from each part to its whole; elements that are not a part are left out."""
        return dict(self._wholes)

    @functools.cached_property
    def _wholes(self) -> dict[Key, Key]:
        # Kept, because questions about crosswalks need it several times each.
        found = {key: self.whole_of(key) for key in self._controls}
        return {key: above for key, above in found.items() if above is not None}

    @property
    def complete_wholes(self) -> frozenset[Key]:
        """
        The wholes that are exactly the union of their parts.

        In an edition of the Code, a provision is the union of its statements, and a principle is the union of its
        provisions. Other frameworks have no such wholes.
        """
        return frozenset(self._wholes.values()) if self._unions else frozenset()

    def of_kind(self, *kinds: str) -> tuple[Key, ...]:
        """Return the ids of all elements of these kinds, in order."""
        return tuple(item.id for item in self._controls.values() if item.kind in kinds)


def digest(item: Control) -> str:
    """
    Return the digest of an element's content: its title and words, or its local id if it has neither.

    The digest is the first `DIGEST_LENGTH` hexadecimal digits of SHA-256. A mapping records the digests of both sides.
    If a digest no longer matches, the element has changed since the mapping was judged, and the mapping is suspect.
    Moving an element in the hierarchy does not change its digest.
    """
    text = f"{item.title or ''}\n{item.words or ''}" if item.title or item.words else item.id.local
    return sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
