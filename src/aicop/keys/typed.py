"""Read ids of a wanted kind: from text in any spelling if they ship, by their form alone if they are yours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from aicop.errors import InvalidId
from aicop.ids import JOINER, ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId, split_key
from aicop.keys.control_index import editions_named
from aicop.keys.kinds import KINDS, check_kind
from aicop.keys.literals import literal_key
from aicop.keys.parser import parse
from aicop.manifest import document_entries, framework_entries, resolve_among_frameworks

if TYPE_CHECKING:
    from aicop.ids import End, Key

# Of a document that does not ship, a key says by its form alone what it refers to. An id of a framework may have any
# form, so that it comes first.
_BY_FORM = (ControlId, StatementId, ProvisionId, PrincipleId, PhaseId)


class Reader(Protocol):
    """What reads keys of your own, such as a `Library`."""

    def parse(self, text: str, edition: EditionId | str | None = None) -> Key:
        """Return the id that a written key refers to."""

    def framework(self, name: EditionId | str) -> Any:  # noqa: ANN401 -- only its id is asked for
        """Return the framework or edition with a name."""


def read_id(text: str, kinds: tuple[type[Any], ...], library: Reader | None = None) -> End:
    """
    Return the id of one of several classes, `EditionId` not among them, that *text* refers to.

    Of a document or framework that ships, and of everything in *library*, the item must exist. Without a library, only
    the form of other ids is checked.

    Raises:
        UnknownKey: there is no such item, or it is of another class.
        InvalidId: a joint id has members of several editions.
    """
    if JointId in kinds and JOINER in text:
        one = tuple(kind for kind in KINDS if kind not in {JointId, EditionId})
        first, *others = (part.strip() for part in text.split(JOINER))
        begun = read_id(first, one, library)
        # The edition may be written once, as in tables.
        whole = (part if ":" in part else f"{begun.edition}:{part}" for part in others)
        members = [begun, *(read_id(part, one, library) for part in whole)]
        return JointId(cast("list[Key]", members))
    if library is not None:
        return check_kind(library.parse(text), kinds, text)
    # Most ids are canonical and ship, so these are read first.
    found = literal_key(text)
    if found is None and (own := _by_form(text, kinds)) is not None:
        return own
    return check_kind(parse(text) if found is None else found, kinds, text)


def read_edition(text: str, library: Reader | None = None) -> EditionId:
    """
    Return the edition of a document or framework that *text* names, by its id or a name.

    Without a library, only the form of an id is checked if its document does not ship.

    Raises:
        UnknownEdition: there is no such edition.
    """
    if library is not None:
        found: EditionId = library.framework(text).id
        return found
    try:
        written = EditionId.parse(text)
    except InvalidId:
        pass
    else:
        if not _ships(written):
            return written
    # The first is the one that the bare name of a framework means.
    named = editions_named(text)
    return named[0].id if named else resolve_among_frameworks(text)


def _ships(edition: EditionId) -> bool:
    """Return True if some edition of its document or framework ships."""
    return any(edition.document == entry.key for entry in document_entries()) or any(
        edition.document == entry.id.document for entry in framework_entries()
    )


def _by_form(text: str, kinds: tuple[type[Any], ...]) -> Key | None:
    """Return the id that *text* has the canonical form of, if its document does not ship."""
    try:
        edition = EditionId.parse(split_key(text)[0])
    except InvalidId:
        return None
    if _ships(edition):
        return None
    for kind in _BY_FORM:
        if kind in kinds:
            try:
                found: Key = kind.parse(text)
            except InvalidId:
                continue
            return found
    return None
