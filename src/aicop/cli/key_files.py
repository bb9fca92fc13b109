"""Keys from files: text with one key per line, tables with a column of keys, JSON lists."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidDocument, excerpt, quote_field, reject
from aicop.files.json_text import parse_json
from aicop.files.tables import TableReader
from aicop.files.text import decode, is_workbook, read_content

if TYPE_CHECKING:
    from collections.abc import Iterator


class InputFormat(StrEnum):
    """How a file of keys is read."""

    TEXT = "text"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"


def _keys_of_table(content: bytes, separator: str | None, column: str | None, file: str) -> Iterator[tuple[str, str]]:
    table = TableReader(content, file, separator=separator)
    header = table.header
    folded = [name.casefold() for name in header]
    wanted = column.casefold() if column else next((name for name in ("key", "id") if name in folded), None)
    if wanted is None and len(header) == 1:
        wanted = folded[0]
    if wanted not in folded:
        missing = f"there is no column {excerpt(column)}" if column else "there is no column key or id"
        reject(file, table.place(), f"{missing}; choose one with --column: {', '.join(map(quote_field, header))}")
    place = folded.index(wanted)
    faults = []
    for line, row in table.rows():
        if isinstance(row, Fault):
            faults.append(row)
        else:
            yield table.place(line), row[place] if place < len(row) else ""
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))


def _keys_of_json(content: bytes, column: str | None, file: str) -> Iterator[tuple[str, str]]:
    value = parse_json(content, file)
    if not isinstance(value, list):
        raise InvalidDocument.from_faults((Fault(file, "", "must be a JSON list of keys, or of objects with keys"),))
    name = column or "key"
    faults = []
    for index, item in enumerate(value):
        key = item.get(name) if isinstance(item, dict) else item
        if isinstance(key, str):
            yield f"[{index}]", key
        else:
            expected = f"text under {excerpt(name)}" if isinstance(item, dict) else "a key in quotes"
            faults.append(Fault(file, f"[{index}]", f"must be {expected}; use --column for another name"))
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))


def content_of(file: str) -> bytes:
    """Read a file, or standard input for ``-``, but no more than one byte over the size limit, which readers refuse."""
    if file != "-":
        return read_content(Path(file))
    if sys.stdin is None:
        message = "standard input is closed"
        raise OSError(message)
    return read_content(sys.stdin.buffer)


def keys_of(file: str, column: str | None, kind: InputFormat | None) -> list[tuple[str, str]]:
    """
    Return the keys in a file, or in standard input for ``-``, each with its place.

    Raises:
        InvalidDocument: the file is not of this kind, several columns may hold the keys, or there is no key in it.
        OSError: the file cannot be read.
    """
    name = "standard input" if file == "-" else file
    found = _read(file, name, column, kind)
    if not any(key.strip() for _, key in found):
        # Most likely the wrong file or column, and a check in CI that checks nothing must not succeed.
        reject(name, "", "contains no keys; name another file, or the column of the keys with --column")
    return found


def _read(file: str, name: str, column: str | None, kind: InputFormat | None) -> list[tuple[str, str]]:
    """Return what a file holds in the place of keys, even if it is empty, each with its place."""
    content = content_of(file)
    suffix = Path(file).suffix.lower().removeprefix(".")
    form = kind or (InputFormat(suffix) if suffix in set(InputFormat) else InputFormat.TEXT)
    if form is InputFormat.JSON:
        return list(_keys_of_json(content, column, name))
    if form is not InputFormat.TEXT or is_workbook(content):
        return list(_keys_of_table(content, "\t" if form is InputFormat.TSV else None, column, name))
    lines = (line.removesuffix("\r") for line in decode(content, name).split("\n"))
    return [(f"line {number}", line) for number, line in enumerate(lines, start=1) if line.strip()]
