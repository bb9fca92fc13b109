"""Parse the keys that people write: literal ids from a table, all other spellings with the tolerant parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

from aicop.ids import ControlId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.literals import literal_key

if TYPE_CHECKING:
    from aicop.ids import EditionId, Key
    from aicop.keys.control_index import ControlIndex
    from aicop.keys.edition_index import Index

_IDS = frozenset({ProvisionId, StatementId, PrincipleId, PhaseId, ControlId})
Kind = TypeVar("Kind", bound="Key")


@overload
def parse(text: str | Key, edition: EditionId | str | None = None, *, kind: None = None) -> Key: ...
@overload
def parse(text: str | Key, edition: EditionId | str | None = None, *, kind: type[Kind]) -> Kind: ...
def parse(text: str | Key, edition: EditionId | str | None = None, *, kind: type[Kind] | None = None) -> Key:
    """
    Return the id that a written key refers to: an item of an edition, or an element of another framework.

    A number without a document is looked up in *edition*, an edition of a document or framework; without *edition*, it
    is ambiguous. A document or framework without an edition means the current edition. An id that exists in only one
    framework may be written without the framework. An id is returned as it is. With *kind*, the class of an id, the
    key must be of this kind, and type checkers know it.

    >>> str(parse("EN 304 223 5.2.1-4.1"))
    'etsi-en-304-223@2.1.1:5.2.1-4.1'
    >>> str(parse("Principle 5", edition="uk-ai-cop"))
    'uk-ai-cop@2025-01:P5'
    >>> str(parse("AI Act, Article 15(4)"))
    'eu-ai-act@2024:Art.15(4)'
    >>> parse("etsi-en-304-223:5.3.2")
    Traceback (most recent call last):
        ...
    aicop.errors.UnknownKey: 'etsi-en-304-223:5.3.2': 5.3.2 is not a provision of etsi-en-304-223@2.1.1, ...

    Raises:
        TypeError: *text* is not text, or *kind* is not the class of an id.
        UnknownKey: no item exists under this key, or it is of another kind; the error states the likely mistake and the
            nearest keys.
        UnknownEdition: *edition* does not ship.
    """
    if kind is not None:
        from aicop.keys.kinds import check_kind, kind_of

        return check_kind(kinds=kind_of(kind), found=parse(text, edition), written=str(text))
    # A document or framework that is written out wins over *edition*, so a literal key needs no look at it.
    if type(text) in _IDS:
        found: Key = text  # type: ignore[assignment]
    elif (known := literal_key(text)) is not None:  # type: ignore[arg-type]
        found = known
    else:
        # Imported here, because a literal key needs no patterns, vocabularies or explanations.
        from aicop.keys.tolerant import parse_tolerantly

        found = parse_tolerantly(str(text), edition)
    return found


def find(written: str, home: Index) -> Key:
    """
    Return the id that *written* refers to, as `parse` does, but only in the edition of *home*.

    Raises:
        UnknownKey: the edition has no such item.
    """
    from aicop.keys.tolerant import find_tolerantly

    return find_tolerantly(written, home)


def find_in_framework(written: str, home: ControlIndex) -> Key:
    """
    Return the id that *written* refers to in the spellings that people use for elements of one framework.

    Raises:
        UnknownKey: there is no such element; the error suggests similar ids.
    """
    # Imported here, because literal keys need neither.
    from aicop.manifest import framework_entries
    from aicop.spelling import clean

    # Cleaning may change signs that are part of an id.
    if (exact := home.id_of(written.strip())) is not None:
        return home.find(exact, written)
    cleaned = clean(written)
    for head in (f"{home.edition}:", f"{home.edition.document}:"):
        if cleaned.startswith(head):
            return home.find(cleaned.removeprefix(head), written)
    # `parse` also reads names of shipped frameworks ("ISO 42001 A.4.2") and advises on ids of other frameworks. It
    # does not know a user's own framework, so for these the index alone decides.
    if home.match(cleaned) is not None or all(item.id != home.edition for item in framework_entries()):
        return home.find(cleaned, written)
    return parse(written, home.edition)
