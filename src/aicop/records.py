"""Records as plain data and back: what JSON can hold, with ids as text."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from aicop._pydantic import is_record_class, plain_fields
from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.relations import RelationSet

if TYPE_CHECKING:
    from aicop.keys.typed import Reader

Record = TypeVar("Record")
_TEXT = (EditionId, ProvisionId, StatementId, PrincipleId, PhaseId, ControlId, JointId, PurePath)


def to_plain(value: object) -> Any:  # noqa: ANN401, PLR0911 -- whatever JSON can hold
    """
    Return a value as plain data: records become dictionaries, ids text, terms words, and tuples lists.

    Raises:
        TypeError: the value holds something that has no form as plain data.
    """
    # Most values are plain already, and the tests below are slow.
    if value is None or type(value) in {str, int, bool, float}:
        return value
    if isinstance(value, _TEXT):
        return str(value)
    if isinstance(value, RelationSet):
        return [relation.value for relation in value]
    kind: type[Any] = type(value)
    if attrs.has(kind):
        return {field.alias: to_plain(getattr(value, field.name)) for field in plain_fields(kind)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(to_plain(name)): to_plain(item) for name, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    message = f"{kind.__name__} has no form as plain data"
    raise TypeError(message)


def to_dict(record: object) -> dict[str, Any]:
    """
    Return a record as plain data, as commands print it with ``--format json``.

    Ids are text in their canonical form, terms of vocabularies are words, and tuples are lists. Every field is there,
    and one without a value is None.

    >>> import aicop
    >>> to_dict(aicop.load("uk-ai-cop")["5.1"].statements[0])["modality"]
    'shall'

    Raises:
        TypeError: it is not a record, such as a provision, mapping, claim, report or comparison.
    """
    kind = type(record)
    # A catalogue, a crosswalk or a library is made with attrs too, but nothing would read what is written of it.
    if not is_record_class(kind) or not isinstance(found := to_plain(record), dict):
        message = (
            f"{kind.__name__} is not a record; aicop.schema.RECORDS names the classes that are, and "
            "aicop.records.to_plain takes ids, terms and lists of records"
        )
        raise TypeError(message)
    return found


def from_dict(kind: type[Record], data: Mapping[str, Any], *, library: Reader | None = None) -> Record:
    """
    Return the record of a class that plain data describes: the inverse of `to_dict`.

    An id of a document or framework that ships must exist, and so must every id if *library* is given. Of other ids
    only the form is checked. As its form alone says nothing else, such an id is taken for that of an element of a
    framework where both are possible; name the library if it holds editions of yours.

    >>> import aicop
    >>> requirement = aicop.load("uk-ai-cop")["5.1"]
    >>> from_dict(aicop.Provision, to_dict(requirement)) == requirement
    True

    Raises:
        InvalidDocument: with all faults: fields that are missing or unknown, wrong types, ids that do not exist.
        TypeError: *kind* is not the class of a record.
    """
    from aicop.schema.check_record import check_record

    return check_record(kind, data, library)
