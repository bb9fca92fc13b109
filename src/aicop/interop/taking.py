"""What all readers share: how a framework and mappings are made of what a file in another format says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs

from aicop.errors import Fault, InvalidDocument, UnknownTerm, excerpt
from aicop.frameworks import Framework, of_list
from aicop.ids import EditionId
from aicop.relations import PART, RelationSet, Scheme, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aicop.framework_model import Mapping as Row

UNKNOWN = "unknown"
"""The label of an edition that a file does not name."""
LONGEST = 60
"""How long a key that is made of a title may be."""


def _tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(items)


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
    frameworks: tuple[Framework, ...] = attrs.field(default=(), converter=_tuple)
    """A user's own, in which ids are looked up before what ships."""


def one_line(text: str) -> str:
    r"""
    Give text as one line: blanks and line breaks as single blanks, without characters that cannot be printed.

    >>> one_line("of two\t  words")
    'of two words'
    """
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(char for char in joined if char.isprintable()).strip()


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

    >>> label("Version 5.1.1+u4"), label(None)
    ('5.1.1-u4', 'unknown')
    """
    plain = re.sub(r"^(?:version|v\.?)\s*", "", (version or "").strip(), flags=re.IGNORECASE)
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


def framework_of(
    edition: EditionId,
    facts: Mapping[str, str | None],
    controls: Iterable[Mapping[str, str | None]],
    file: str,
    place: Callable[[int, str], str],
) -> Framework:
    """
    Make a framework of the elements that a file lists; *facts* are its ``title`` and, where given, ``publisher``.

    Each element has ``id`` and ``kind`` and, where the file gives them, ``parent``, ``title``, ``nature`` and
    ``words``, each one line. *place* says where a field of an element stands, given the element's place in the list
    from 0 and the field's name here.

    Raises:
        InvalidDocument: with every id that cannot be one, or every repeated id, missing parent and circle.
    """
    items = [{name: text for name, text in item.items() if text} for item in controls]
    for item in items:
        item["kind"] = one_line(item.get("kind", "")) or _ELEMENT
    faults = tuple(
        Fault(file, place(i, "id"), f"{excerpt(item.get('id', ''))} cannot be an id")
        for i, item in enumerate(items)
        if not 0 < len(own := item.get("id", "")) <= _LONGEST_ID or own != own.strip() or not own.isprintable()
    )
    if faults:
        raise InvalidDocument.from_faults(faults)
    title = one_line(facts["title"] or "") or str(edition)
    data = {"framework": edition.document, "edition": edition.edition, **facts, "title": title, "controls": items}
    return of_list(data, file, place)


_ELEMENT = "element"
"""The kind of what a file gives none."""
_LONGEST_ID = 100
_LONGEST_TITLE = 1000


def mappings_of(
    rows: Iterable[tuple[str, dict[str, str]]], *, file: str, naming: Naming, spots: Mapping[str, str], name: str
) -> tuple[Row, ...]:
    """
    Make mappings of rows whose columns are those of `aicop.documents.ForeignRowDocument`, each with its path.

    ``predicate_id`` is one of our words (see `predicate`), ``confidence`` 0 to 1 with one decimal. *spots* says where,
    under the path of a row, each column stands in the file. *name* is that of the set.

    Raises:
        UnknownEdition: *naming* names a framework that does not exist.
        InvalidDocument: with all faults, each with its place.
    """
    # Imported here: pydantic is needed only for what a user brings.
    from aicop.mapping_rows import Ends, checked

    filled = ((place, {column: cell for column, cell in row.items() if cell}) for place, row in rows)
    return checked(filled, file, Ends(naming.frameworks, naming.source, naming.target), spots, name)


def relations(word: str, scheme: Scheme, file: str, place: str) -> RelationSet | Fault:
    """Give what a word of another format says, or what is wrong with it: what the one table does not have."""
    try:
        return read(word, scheme)
    except UnknownTerm as error:
        return Fault(file, place, str(error))


def between_members(known: RelationSet, sources: int, targets: int) -> RelationSet:
    """
    Give what a relation between two groups says of one member of each.

    Formats that map several sources to several targets at once speak of what they ask together.
    """
    known = PART.then(known) if sources > 1 else known
    return known.then(PART.inverse()) if targets > 1 else known
