"""Validate the plain data of one record."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from aicop._pydantic import is_record_class
from aicop.errors import InvalidDocument
from aicop.schema.check import faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Record = TypeVar("Record", bound=object)


@functools.cache
def adapter(kind: type[object]) -> TypeAdapter[Any]:
    """Return what validates records of a class; it is made once."""
    return TypeAdapter(kind)


def check_record(kind: type[Record], data: Mapping[str, Any], library: object) -> Record:
    """
    Return the record of a class that plain data describes. *library* is what its ids are looked up in, or None.

    Raises:
        InvalidDocument: with all faults; they name the class in place of a file.
        TypeError: *kind* is not the class of a record.
    """
    # Pydantic would read other classes too, or fail with advice that is not for our callers.
    if not is_record_class(kind):
        message = (
            f"{getattr(kind, '__name__', repr(kind))} is not the class of a record; aicop.schema.RECORDS names them all"
        )
        raise TypeError(message)
    try:
        # Mypy does not know that a class has a hash.
        made = adapter(kind)  # type: ignore[arg-type]
        found: Record = made.validate_python(data, context={"library": library})
    except ValidationError as error:
        raise InvalidDocument.from_faults(faults_of(error, kind, kind.__name__, data)) from error
    return found
