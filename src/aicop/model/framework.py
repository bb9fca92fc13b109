"""The records of other frameworks, under the same rules as those of `aicop.model.edition`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.ids import EditionId, Key
from aicop.model.converters import as_tuple
from aicop.model.edition import Source
from aicop.vocabulary import FrameworkStatus, LicenceClass, Nature

if TYPE_CHECKING:
    pass


@attrs.frozen(kw_only=True)
class Control:
    """An element of a framework: of another catalogue, of an organisation's own, or of an edition seen as one."""

    id: Key
    parent: Key | None
    """As printed; None at the top."""
    kind: str
    """The framework's own word: control, function, risk."""
    nature: Nature
    title: str | None
    """None where it has none or may not be shipped."""
    words: str | None = None
    """What it asks, in our own words or those of a user's file; None where only id and title are carried."""
    withdrawn: bool = False
    """Whether the publisher withdrew it; then it is listed so that old references can be explained."""
    replaced_by: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    """Ids of what took its place, where known."""


@attrs.frozen(kw_only=True)
class FrameworkEdition:
    """One edition of another catalogue: ids, hierarchy and short titles."""

    id: EditionId
    title: str
    """As published."""
    publisher: str | None
    published: str | None
    """An ISO day, month or year; None where it is not said."""
    status: FrameworkStatus
    licence: str | None
    licence_class: LicenceClass | None
    """What may be shipped of it."""
    address: str | None
    """Official address, not opened by us."""
    ids_official: bool
    """Whether the ids are the publisher's."""
    titles: str
    """Which elements carry titles, and whose."""
    complete: bool
    """Whether all elements are listed; otherwise the note says which."""
    note: str | None
    source: Source | None
    """Where the list was taken from; None for a user's own."""
