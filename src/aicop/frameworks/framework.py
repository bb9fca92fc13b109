"""The `Framework` class: one edition of a framework, with look-up by id and by any form that `aicop.parse` reads."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar, overload

import attrs

from aicop._notebook import html_table, one_line
from aicop.errors import KeyMistake, UnknownKey
from aicop.ids import EditionId, Key
from aicop.keys.control_index import ControlIndex
from aicop.keys.edition_index import Index
from aicop.keys.parser import find, find_in_framework
from aicop.model.converters import as_tuple
from aicop.model.framework import Control, FrameworkEdition
from aicop.vocabulary import ASKING

if TYPE_CHECKING:
    from aicop.tables import Row

T = TypeVar("T")


DIGEST_LENGTH = 16
"""The number of hexadecimal digits in a digest."""


def _as_frozenset(items: Iterable[str]) -> frozenset[str]:
    return frozenset(items)


@attrs.frozen(repr=False, eq=False)
class Framework(Mapping[Key, Control]):
    """
    One edition of a framework: a mapping from id to `Control`, in the publisher's order.

    Withdrawn elements are not in the mapping; see `withdrawn`. A key may be an id, an alias, or text in any form that
    `aicop.parse` reads. Frameworks are equal if all their data is, including aliases and the user's own columns.

    >>> from aicop import frameworks
    >>> frameworks.load("nist-csf")["PR.DS-01"].kind
    'subcategory'
    """

    edition: FrameworkEdition
    controls: tuple[Control, ...] = attrs.field(converter=as_tuple[Control, ...])
    """The elements, in the publisher's order."""
    withdrawn: tuple[Control, ...] = attrs.field(default=(), converter=as_tuple[Control, ...])
    """The elements that the publisher withdrew, in its order."""
    apart: frozenset[str] = attrs.field(default=frozenset(), converter=_as_frozenset)
    """Kinds of elements, such as sub-provisions, that are not parts of their parent but of the parent's parent."""
    unions: bool = False
    """Whether every whole is exactly the union of its parts."""
    _numbers: Index | None = attrs.field(default=None)
    """The numbers of an edition of the Code, whose keys are resolved like those of its catalogue; otherwise None."""
    # All below is computed from the fields above.
    _found: dict[Key | str, Control] = attrs.field(init=False)
    _children: dict[Key, tuple[Key, ...]] = attrs.field(init=False)
    _positions: dict[Key, int] = attrs.field(init=False)
    _index: ControlIndex | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        # One dictionary answers the usual look-ups. A later entry wins: an id is never hidden by an alias.
        found: dict[Key | str, Control] = {alias: item for item in self.controls for alias in item.aliases}
        found.update((item.id.local, item) for item in self.controls)
        found.update((str(item.id), item) for item in self.controls)
        found.update((item.id, item) for item in self.controls)
        children: dict[Key, list[Key]] = {}
        for item in self.controls:
            if item.parent is not None:
                children.setdefault(item.parent, []).append(item.id)
        # The class is frozen, so the indexes can only be set like this.
        object.__setattr__(self, "_found", found)
        object.__setattr__(self, "_positions", {item.id: place for place, item in enumerate(self.controls)})
        object.__setattr__(self, "_children", {key: tuple(items) for key, items in children.items()})
        # Folding all ids takes time, and is only needed for a spelling that is not literal.
        object.__setattr__(self, "_index", None)

    # Written by hand, because attrs would compile them at every import.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Framework):
            return NotImplemented
        return self is other or self._content() == other._content()

    def _content(self) -> tuple[object, ...]:
        return self.edition, self.controls, self.withdrawn, self.apart, self.unions

    def __hash__(self) -> int:
        # Equal frameworks have equal ids, and hashing every element would be slow.
        return hash(self.edition.id)

    def __reduce__(self) -> tuple[object, ...]:
        # The indexes are rebuilt, which is faster and smaller than storing them.
        return Framework, (*self._content(), self._numbers)

    def __repr__(self) -> str:
        kinds: dict[str, int] = {}
        for item in self.controls:
            kinds[item.kind] = kinds.get(item.kind, 0) + 1
        return one_line(self, f"{self.id}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}")

    def _repr_html_(self) -> str:
        rows = ((item.id, item.kind, item.title) for item in self.controls)
        return html_table(f"{self.id} {self.edition.title}", ("id", "kind", "title"), rows, len(self))

    def table(self) -> list[Row]:
        """
        Return the elements as rows of plain values, as data frames take them: those that were not withdrawn, in order.

        `aicop.tables` describes the columns. Your own columns follow them, as text.

        >>> from aicop import frameworks
        >>> frameworks.load("stride").table()[0]["id"]
        'stride@1999:Spoofing'
        """
        # Imported here, because few callers need tables.
        from aicop.frameworks.own_columns import own_heading, own_names
        from aicop.tables import ELEMENTS

        own = own_names(self.controls)
        schema = ELEMENTS.with_texts(map(own_heading, own))
        rows = []
        for item in self.controls:
            fixed = (item.id, item.parent, item.kind, item.title, item.nature, item.words, item.amended, item.aliases)
            extra = dict(item.extra)
            rows.append((*fixed, *(extra.get(name) for name in own)))
        return schema.rows(rows)

    @property
    def id(self) -> EditionId:
        """The edition's id."""
        return self.edition.id

    def __iter__(self) -> Iterator[Key]:
        return (item.id for item in self.controls)

    def __contains__(self, key: object) -> bool:
        # An id is in a framework only as it is. Text may have any spelling, and an alias too.
        return self.get(key) is not None if isinstance(key, str) else key in self._found

    def __len__(self) -> int:
        return len(self.controls)

    def key(self, written: Key | str) -> Key:
        """
        Return the id that *written* refers to: an id, an alias, or a key in any form that `aicop.parse` reads.

        Raises:
            UnknownKey: this edition has no such element; the error suggests similar ids.
        """
        return self[written].id

    def key_of_alias(self, alias: str) -> Key | None:
        """Return the id of the element that has exactly this alias, or None if there is none."""
        found = self._found.get(alias)
        return found.id if found is not None and alias in found.aliases else None

    def __getitem__(self, written: Key | str) -> Control:
        """
        Return the element with this id, alias or written key.

        Raises:
            UnknownKey: this edition has no such element; the error suggests similar ids.
        """
        # Literal ids come first: they are by far the most common, and parsing is much slower.
        known = self._found.get(written)
        return known if known is not None else self._found[self._find(str(written))]

    def _find(self, written: str) -> Key:
        """Return the id that *written* refers to in a spelling that is not literal; raise UnknownKey if none."""
        # An alias may be written after the framework too, as in "acme@2026:urn:acme:ac-1".
        for head in (f"{self.id}:", f"{self.id.document}:"):
            if written.startswith(head) and (known := self._found.get(written.removeprefix(head))) is not None:
                return known.id
        found = self._parse(written)
        if found not in self._found:
            advice = f"{found} belongs to {found.edition}; an element of {self.id} is needed here."
            raise UnknownKey(written, KeyMistake.OTHER_EDITION, advice)
        return found

    def _parse(self, written: str) -> Key:
        if self._numbers is not None:
            return find(written, self._numbers)
        return find_in_framework(written, self._elements())

    def _elements(self) -> ControlIndex:
        if self._index is None:
            object.__setattr__(self, "_index", ControlIndex.from_controls(self.id, self.controls, self.withdrawn))
        assert self._index is not None
        return self._index

    def nearest(self, written: str) -> tuple[str, ...]:
        """Return up to three keys of this edition that are similar to *written*, the most similar first."""
        return tuple(self._elements().near(written))

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

    def children(self, key: Key | str) -> tuple[Control, ...]:
        """
        Return the elements whose parent is *key*, in order.

        Raises:
            UnknownKey: this edition has no such element.
        """
        return tuple(self._found[item] for item in self._children.get(self.key(key), ()))

    def title(self, key: Key) -> str | None:
        """Return the title of an element, or None if it has none. The title of a statement is that of its provision."""
        item = self._found[key]
        if item.title is None and item.kind == "statement" and item.parent is not None:
            return self._found[item.parent].title
        return item.title

    def position(self, key: Key) -> int:
        """Return the zero-based position of an element in the publisher's order."""
        return self._positions[key]

    def digest_of(self, key: Key) -> str:
        """
        Return the digest of an element's content, as `aicop.frameworks.digest` does.

        Raises:
            UnknownKey: this edition has no such element.
        """
        found = self._digests.get(key)
        if found is None:
            found = self._digests[key] = digest(self[key])
        return found

    @functools.cached_property
    def _digests(self) -> dict[Key, str]:
        # Filled when asked: each mapping asks for two, and many mappings for the same ones.
        return {}

    def whole_of(self, key: Key) -> Key | None:
        """
        Return the element that *key* is a part of, or None if there is none.

        Whoever meets all requirements of the whole also meets those of the part. The whole is usually the parent.
        Exceptions are enhancements of controls, which are parts of the family, and sub-provisions, which are parts of
        the principle. Only requirements and mitigations have parts.
        """
        item = self._found[key]
        above = self._found.get(item.parent) if item.parent is not None else None
        if above is not None and item.kind in self.apart:
            above = self._found.get(above.parent) if above.parent is not None else None
        return above.id if above is not None and above.nature in ASKING else None

    @functools.cached_property
    def amended(self) -> tuple[Control, ...]:
        """The elements that a later text deleted or changed, in order; see `Control.amended`."""
        return tuple(item for item in self.controls if item.amended is not None)

    def whole_by_part(self) -> dict[Key, Key]:
        """Return a dict from each part to its whole; elements that are not a part are left out."""
        return dict(self._wholes)

    @functools.cached_property
    def _wholes(self) -> dict[Key, Key]:
        # Kept, because questions about crosswalks need it several times each.
        found = {key: self.whole_of(key) for key in self}
        return {key: above for key, above in found.items() if above is not None}

    @property
    def complete_wholes(self) -> frozenset[Key]:
        """
        The wholes that are exactly the union of their parts.

        In an edition of the Code, a provision is the union of its statements, and a principle is the union of its
        provisions. Other frameworks have no such wholes.
        """
        return frozenset(self._wholes.values()) if self.unions else frozenset()

    def of_kind(self, *kinds: str) -> tuple[Key, ...]:
        """Return the ids of all elements of these kinds, in order."""
        return tuple(item.id for item in self.controls if item.kind in kinds)


def digest(item: Control) -> str:
    """
    Return the digest of an element's content: its title and words, or its local id if it has neither.

    The digest is the first `DIGEST_LENGTH` hexadecimal digits of SHA-256. A mapping records the digests of both sides.
    If a digest no longer matches, the element has changed since the mapping was judged, and the mapping is suspect.
    Moving an element in the hierarchy does not change its digest, and neither does a note that a later text changed it.
    """
    text = f"{item.title or ''}\n{item.words or ''}" if item.title or item.words else item.id.local
    return sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def framework_digest(framework: Framework) -> str:
    """
    Return the digest of the content of a whole framework, in hexadecimal digits like `digest`.

    It covers the id of the edition and, of each element in order, the id, parent, kind, nature, title and words; then
    the withdrawn elements with the ids that replaced them. Aliases, the user's own columns and notes on later changes
    are not part of it.
    """
    parts = [
        [
            item.id.local,
            None if item.parent is None else item.parent.local,
            item.kind,
            item.nature,
            item.title,
            item.words,
            item.withdrawn,
            item.replaced_by,
        ]
        for item in (*framework.controls, *framework.withdrawn)
    ]
    # JSON keeps apart what simple joining would merge: an empty title from none, and a title that ends in a line break.
    whole = json.dumps([str(framework.id), parts], ensure_ascii=False, separators=(",", ":"))
    return sha256(whole.encode()).hexdigest()[:DIGEST_LENGTH]
