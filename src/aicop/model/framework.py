"""Immutable records for other frameworks, with the same conventions as `aicop.model.edition`."""

from __future__ import annotations

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.ids import EditionId, Key
from aicop.model.converters import as_tuple
from aicop.model.edition import Source
from aicop.vocabulary import FrameworkStatus, LicenceClass, Nature

ALIAS_SEPARATOR = "|"
"""The sign between the aliases of an element in a table; an alias cannot contain it."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Control:
    """An element of a framework: another catalogue, a user's own control library, or an edition viewed as one."""

    id: Key
    parent: Key | None
    """The parent in the publication; None for a top-level element."""
    kind: str
    """The framework's own term, such as control, function or risk."""
    nature: Nature
    title: str | None
    """None if the element has no title, or if its title may not be shipped."""
    words: str | None = None
    """Its requirement, in aicop's words or those of a user's file; None if only the id and title are known."""
    withdrawn: bool = False
    """Whether the publisher withdrew it. Withdrawn elements stay listed so that old references can be explained."""
    replaced_by: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """The ids of the elements that replaced it, if known."""
    amended: str | None = None
    """
    How a later text deleted or changed it, in one plain sentence; None if nothing is known.

    The element is still part of this edition, unlike a withdrawn one, and the note is not part of any digest.
    """
    aliases: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """
    Other names of the element, such as its URN in the file that it was imported from.

    A name is matched exactly, and only if it is not an id. It never appears as a key.
    """
    extra: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=as_tuple[tuple[str, str], ...])
    """
    The user's own columns, such as an owner: pairs of name and cell, in the order of the file.

    They are text without a meaning to aicop, and not part of any digest. An empty cell is empty text.
    """


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class FrameworkEdition:
    """Metadata of one edition of a framework; its elements are `Control` records."""

    id: EditionId
    title: str
    """As published."""
    publisher: str | None
    published: str | None
    """An ISO date, month or year; None if it is not stated."""
    status: FrameworkStatus
    checked: str | None = None
    """
    The ISO day on which it was last checked to be current or living; nobody looked for a newer edition later.

    None if it is neither, and for a user's own framework.
    """
    licence: str | None
    licence_class: LicenceClass | None
    """The class of content that may be shipped; None for a user's own framework."""
    address: str | None
    """The official web address; aicop has not verified it."""
    ids_official: bool
    """Whether the ids are the publisher's own."""
    titles: str
    """A note on which elements have titles, and on who wrote the titles."""
    complete: bool
    """Whether all elements are listed; if not, `note` names the listed ones."""
    note: str | None
    source: Source | None
    """The source of the list of elements; None for a user's own framework."""
