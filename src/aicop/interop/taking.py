"""What all readers share: how a framework and mappings are made of what a file in another format says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from aicop.errors import Fault, UnknownTerm, excerpt
from aicop.files.text import one_line
from aicop.frameworks.framework import Framework
from aicop.frameworks.reader import of_list
from aicop.ids import EditionId
from aicop.model.converters import as_tuple
from aicop.relations import RelationSet, Scheme, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


UNKNOWN = "unknown"
"""The label of an edition that a file does not name."""
LONGEST_ID = 100
"""How long an id may be."""
LONGEST = 60
"""How long a key that is made of a title may be."""


@attrs.frozen(kw_only=True)
class Naming:
    """What a reader is told beside the file: what it cannot say itself, and what its ids mean."""

    framework: str | None = None
    """The key that a framework in the file gets; by default the one that it states as ours, or its title as a key."""
    edition: str | None = None
    """The label of its edition; by default its version, or ``unknown``."""
    source: str | None = None
    """The framework, by key or edition, to which the sources of mappings belong; by default as the file says."""
    target: str | None = None
    """The same for their targets."""
    frameworks: tuple[Framework, ...] = attrs.field(default=(), converter=as_tuple)
    """A user's own, in which ids are looked up before what ships."""


def slug(title: str) -> str:
    """
    Make a key of a title.

    >>> slug("NIST SP 800-53 Rev. 5: Controls")
    'nist-sp-800-53-rev-5-controls'
    """
    plain = unicodedata.normalize("NFKD", title[:_LONGEST_TITLE]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    key = ""
    for word in words:
        if len(longer := f"{key}-{word}".lstrip("-")) > LONGEST:
            break
        key = longer
    return key or (words[0][:LONGEST] if words else UNKNOWN)


def label(version: str | None) -> str:
    """
    Make the label of an edition of a version.

    >>> label("Version 5.1.1+u4"), label("Vienna 2020"), label(None)
    ('5.1.1-u4', 'Vienna-2020', 'unknown')
    """
    plain = re.sub(r"^(?:version(?=\b|[0-9])|v\.?(?=\s*[0-9]))\s*", "", (version or "").strip(), flags=re.IGNORECASE)
    return "-".join(re.findall(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*", plain))[:LONGEST].strip("-.") or UNKNOWN


def named(naming: Naming, title: str, version: str | None, stated: str | None = None) -> EditionId:
    """
    Give the edition that a framework in a file gets.

    *stated* is what the file says in our own words, ``document@edition``, if it does.

    Raises:
        InvalidId: what *naming* gives is no key or label.
    """
    own = EditionId.parse(stated) if stated is not None else EditionId(slug(title), label(version))
    return EditionId.parse(f"{naming.framework or own.document}@{naming.edition or own.edition}")


def framework_of(  # noqa: PLR0913, PLR0917 -- what a file says, and where
    edition: EditionId,
    facts: Mapping[str, str | None],
    controls: Iterable[Mapping[str, str | None]],
    file: str,
    place: Callable[[int, str], str],
    found: Iterable[Fault] = (),
) -> Framework:
    """
    Make a framework of the elements that a file lists; *facts* are its ``title`` and, where given, ``publisher``.

    Each element has ``id`` and ``kind`` and, where the file gives them, ``parent``, ``title``, ``nature`` and
    ``words``, each one line. *place* says where a field of an element stands, given the element's place in the list
    from 0 and the field's name here; *found* is what is wrong with the file already.

    Raises:
        InvalidDocument: with that, every id that cannot be one, every repeated id, missing parent and circle.
    """
    items = [{name: text for name, text in item.items() if text} for item in controls]
    for item in items:
        item.setdefault("id", "")
        item["kind"] = one_line(item.get("kind", "")) or _ELEMENT
    faults = [
        Fault(file, place(i, "id"), f"{excerpt(item['id'])} cannot be an id")
        for i, item in enumerate(items)
        if not 0 < len(own := item["id"]) <= LONGEST_ID or own != own.strip() or not own.isprintable()
    ]
    title = one_line(facts["title"] or "") or str(edition)
    data = {"framework": edition.document, "edition": edition.edition, **facts, "title": title, "controls": items}
    return of_list(data, file, place, (*found, *faults))


_ELEMENT = "element"
"""The kind of what a file gives none."""
_LONGEST_TITLE = 1000


def relations(word: str, scheme: Scheme, file: str, place: str) -> RelationSet | Fault:
    """Give what a word of another format says, or what is wrong with it: what the one table does not have."""
    try:
        return read(word, scheme)
    except UnknownTerm as error:
        return Fault(file, place, str(error))
