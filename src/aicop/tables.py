"""Rows as a table for the eye, JSON, CSV or Markdown. The one door to rich."""

from __future__ import annotations

import csv
import io
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, object]

PIPED_WIDTH = 10_000
"""Columns of a table that goes to a file or another program: nothing is wrapped there."""


class Format(StrEnum):
    """How a command prints its answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def plain(value: object) -> Any:  # noqa: ANN401 -- whatever JSON can hold
    """Give a record, or what is inside one, as plain data; ids in their written form."""
    if isinstance(value, EditionId | ProvisionId | PrincipleId | PhaseId):
        return str(value)
    kind: type[Any] = type(value)
    if attrs.has(kind):
        return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(kind)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value


def _cell(value: object) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in str(value))


def _defused(cell: str) -> str:
    # A spreadsheet would run these as formulas; an apostrophe makes them text.
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_defused(_cell(row[name])) for name in columns] for row in rows)
    return out.getvalue()


def markdown_text(text: str) -> str:
    """Escape what Markdown would take for markup."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>|#" else char for char in text)


def _markdown(columns: Sequence[str], rows: Iterable[Row]) -> str:
    lines = [columns, ["---"] * len(columns)]
    lines += [[markdown_text(_cell(row[name])) for name in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _table(columns: Sequence[str], rows: Iterable[Row], *, header: bool) -> str:
    terminal = sys.stdout.isatty()
    table = Table(box=SIMPLE_HEAD if header else None, show_header=header, pad_edge=False, highlight=False)
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold", header_style="bold", min_width=min(len(name), 9))
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    out = io.StringIO()
    width = None if terminal else PIPED_WIDTH
    # Rich asks the environment for colours; only a terminal gets any.
    console = Console(
        file=out,
        width=width,
        force_terminal=terminal,
        no_color=not terminal,
        color_system="standard" if terminal else None,
    )
    console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().strip("\n").splitlines())


def render(columns: Sequence[str], rows: Sequence[Row], form: Format) -> str:
    """Give *rows* as text that ends in a line break; JSON keeps structure, the others flatten lists."""
    if form is Format.JSON:
        return (
            json.dumps([{name: plain(row[name]) for name in columns} for row in rows], indent=2, ensure_ascii=False)
            + "\n"
        )
    if form is Format.CSV:
        return _csv(columns, rows)
    if form is Format.MARKDOWN:
        return _markdown(columns, rows)
    return _table(columns, rows, header=True)


def render_card(fields: Mapping[str, object], record: object, form: Format) -> str:
    """Give one thing: its *fields* line by line, or in JSON the whole *record*."""
    if form is Format.JSON:
        return json.dumps(plain(record), indent=2, ensure_ascii=False) + "\n"
    rows = [{"field": name, "value": value} for name, value in fields.items()]
    if form is Format.TABLE:
        return _table(("field", "value"), rows, header=False)
    return render(("field", "value"), rows, form)
