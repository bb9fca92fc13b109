"""What a reader takes: the content of a file, a path, an open file, or plain data."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

from aicop.errors import excerpt, reject
from aicop.files.text import MAX_FILE_SIZE, read_content

Rows = Sequence[Mapping[str, object]]
"""The rows of a table as dictionaries, such as ``DataFrame.to_dict("records")`` of pandas returns."""
Source = str | bytes | os.PathLike[str] | IO[str] | IO[bytes] | Mapping[str, Any] | Iterable[Mapping[str, object]]
"""The content of a file as text or bytes, a path, an open file, a document as plain data, or the rows of a table."""

_SUFFIXES = (".json", ".csv", ".tsv", ".xlsx", ".toml", ".txt")


class Content(NamedTuple):
    """The content of a source, and its name for messages."""

    content: str | bytes | Rows
    name: str
    is_json: bool
    """Whether it is JSON: plain data, a file with this suffix, or text without a name that begins like JSON."""


def content_of(source: Source, file: str | None, default: str = "<text>") -> Content:
    """
    Return the content of a source, and its name: *file*, or that of a path or open file, or *default*.

    Raises:
        InvalidDocument: a text is a path and not a content, or plain data has no form in JSON.
        OSError: the file cannot be read.
        TypeError: it is none of these.
    """
    found: str | bytes
    if isinstance(source, str | bytes):
        name, found = file or default, source
        if isinstance(source, str) and "\n" not in source and source.strip().lower().endswith(_SUFFIXES):
            said = f"{excerpt(source)} is a path, and not the content of a file; pass pathlib.Path(...)"
            reject(name, "", said)
    elif isinstance(source, os.PathLike):
        path = Path(source)
        name, found = file or path.name, read_content(path)
    elif isinstance(source, Mapping):
        name = file or "<data>"
        return Content(_json_text(source, name), name, is_json=True)
    elif hasattr(source, "read"):
        written = getattr(source, "name", None)
        name = file or (Path(written).name if isinstance(written, str) else default)
        found = source.read(MAX_FILE_SIZE + 1)
    elif isinstance(source, Iterable):
        return Content(_rows(source), file or "<rows>", is_json=False)
    else:
        message = f"{type(source).__name__} cannot be read; pass text, bytes, a path, an open file, a dict or rows"
        raise TypeError(message)
    is_json = _begins_json(found) if name == default else name.lower().endswith(".json")
    return Content(found, name, is_json=is_json)


def table_of(source: Source, file: str | None, default: str = "<text>.tsv") -> Content:
    """
    Return the content of a source that must be a table, as `content_of` does.

    Raises:
        InvalidDocument: it is JSON, or a document as plain data.
    """
    found = content_of(source, file, default)
    if found.is_json:
        reject_json(found.name)
    return found


def reject_json(file: str) -> NoReturn:
    """Raise `InvalidDocument` for JSON in place of a table, whose columns would be called missing."""
    reject(file, "", "must be a table, and not JSON; pass text with columns, or the rows as a list of dictionaries")


def _begins_json(content: str | bytes) -> bool:
    """Return True if text begins with an object, or with a list of objects."""
    # A bracket alone may begin the name of a column.
    opening = r"\s*(\[\s*)?\{"
    if isinstance(content, bytes):
        return re.match(opening.encode(), content) is not None
    return re.match(opening, content) is not None


def _json_text(data: Mapping[str, Any], file: str) -> str:
    """Return plain data as JSON, so that it is checked in the same way as a file."""
    try:
        return json.dumps(data, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        reject(file, "", f"cannot be JSON: {error}")


def _plain(value: object) -> object:
    """Return what is not JSON as something that is: an id as its text, a mapping as an object."""
    if isinstance(value, Mapping):
        return dict(value)
    if type(value).__module__ == "aicop.ids":
        return str(value)
    message = f"{type(value).__name__} has no form in JSON"
    raise TypeError(message)


def _rows(rows: Iterable[object]) -> list[Mapping[str, object]]:
    """Return rows as a list; all of them must be dictionaries."""
    found = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            message = (
                f"row {number} is of type {type(row).__name__}; a row must be a dict of column and cell, as "
                'to_dict("records") of pandas and to_dicts() of polars return them'
            )
            raise TypeError(message)
        found.append(row)
    return found
