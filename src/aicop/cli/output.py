"""Rows as a table for the eye, JSON, CSV or Markdown."""

from __future__ import annotations

import io
import itertools
import json
import os
import shutil
import sys
import textwrap
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from aicop.files.markdown import markdown_table, markdown_text, printable
from aicop.files.tables import csv_text
from aicop.ids import ControlId, EditionId, PhaseId, PrincipleId, ProvisionId, StatementId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


if TYPE_CHECKING:
    Row = Mapping[str, object]


class OutputFormat(StrEnum):
    """How a command prints its answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def plain(value: object) -> Any:  # noqa: ANN401 -- whatever JSON can hold
    """Give a record, or what is inside one, as plain data; ids in their written form."""
    if isinstance(value, EditionId | ProvisionId | PrincipleId | PhaseId | StatementId | ControlId):
        return str(value)
    kind: type[Any] = type(value)
    if attrs.has(kind):
        return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(kind)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value.value if isinstance(value, StrEnum) else value


def _cell(value: object) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return printable(str(value))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    return csv_text(itertools.chain([columns], ([_cell(row[name]) for name in columns] for row in rows)))


def _markdown(columns: Sequence[str], rows: Iterable[Row]) -> str:
    return markdown_table(columns, ([markdown_text(_cell(row[name])) for name in columns] for row in rows))


def _aligned_columns(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in padded)


def _card(pairs: Sequence[tuple[str, str]], width: int) -> str:
    """Give name and value a line each, values wrapped beside their names so that nothing is lost."""
    indent = max(len(name) for name, _ in pairs) + 2
    room = max(width - indent, 20)
    lines = []
    for name, value in pairs:
        first, *more = textwrap.wrap(value, room, break_on_hyphens=False) or [""]
        lines += [f"{name.ljust(indent)}{first}", *(" " * indent + line for line in more)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _width() -> int | None:
    """Give the width of the terminal; None where output goes elsewhere and is not wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    names = [name.replace("_", " ") for name in columns]
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    whole = _aligned_columns([names, ["-" * len(name) for name in names], *cells])
    width = _width()
    if width is None or max(map(len, whole.splitlines())) <= width:
        return whole
    # Too wide for this terminal: a card a row, rather than columns of a few letters each.
    return "\n".join(_card([pair for pair in zip(names, line, strict=True) if pair[1]], width) for line in cells)


def write_out(text: str) -> None:
    """Write to standard output; when its reader has gone, as with head, that is the end and no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered must not raise again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def write_out_utf8(text: str) -> None:
    """Write a file's content to standard output: UTF-8, whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    write_out(text)


def render(columns: Sequence[str], rows: Sequence[Row], form: OutputFormat) -> str:
    """Give *rows* as text that ends in a line break; JSON keeps structure, the others flatten lists."""
    if form is OutputFormat.JSON:
        return (
            json.dumps([{name: plain(row[name]) for name in columns} for row in rows], indent=2, ensure_ascii=False)
            + "\n"
        )
    if form is OutputFormat.CSV:
        return _csv(columns, rows)
    if form is OutputFormat.MARKDOWN:
        return _markdown(columns, rows)
    return _table(columns, rows)


def render_card(fields: Mapping[str, object], record: object, form: OutputFormat) -> str:
    """Give one thing: its *fields* line by line, or in JSON the whole *record*."""
    if form is OutputFormat.JSON:
        return json.dumps(plain(record), indent=2, ensure_ascii=False) + "\n"
    if form is OutputFormat.TABLE:
        return _card([(name, _cell(value)) for name, value in fields.items()], _width() or 10**9)
    return render(("field", "value"), [{"field": name, "value": value} for name, value in fields.items()], form)
