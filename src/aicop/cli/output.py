"""What a command prints: rows or one record, as text, JSON, CSV or Markdown, to standard output or a file."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs
import click

from aicop.cli.streams import note, write_out, write_out_bytes, write_out_utf8
from aicop.cli.text_table import text_record, text_table
from aicop.errors import FileAlreadyExists, count_phrase, display_line, escape_text
from aicop.files.atomic import write_atomic
from aicop.files.markdown import markdown_table, markdown_text
from aicop.files.tables import csv_text
from aicop.files.text import ARCHIVE_SIGNATURE, PARQUET_SIGNATURE
from aicop.records import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.errors import Fault

    Row = Mapping[str, object]

WIDTH = 100
"""The width of tables, in characters, where output does not go to a terminal and COLUMNS is not set."""
MAX_TEXT = 10_000
"""The length, in characters, at which a text in a table for people is truncated in the middle."""
_JOIN = "; "
_BINARY = {ARCHIVE_SIGNATURE: "a workbook", PARQUET_SIGNATURE: "a Parquet file"}
"""The first four bytes of files that are no text."""


class OutputFormat(StrEnum):
    """How a command prints its answer."""

    TABLE = "table"
    CARDS = "cards"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def _texts(value: object) -> list[str]:
    value = to_plain(value)
    if isinstance(value, list):
        return [text for item in value for text in _texts(item) or [""]]
    return [] if value is None else [str(value)]


def _cell(value: object) -> str:
    """Return a value for programs, unchanged; a list is flattened."""
    return _JOIN.join(_texts(value))


def _shown(value: object) -> str:
    """Return a value for people: escaped, because it may be from a user's file, and not longer than anyone reads."""
    return _JOIN.join(display_line(text, MAX_TEXT) for text in _texts(value))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    return csv_text(itertools.chain([columns], ([_cell(row[name]) for name in columns] for row in rows)))


def _markdown(columns: Sequence[str], rows: Iterable[Row]) -> str:
    return markdown_table(columns, ([markdown_text(escape_text(_cell(row[name]))) for name in columns] for row in rows))


def _width() -> int:
    """Return the width for tables: COLUMNS, else the terminal's, else 100."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def _json(value: object) -> str:
    text = json.dumps(to_plain(value), indent=2, ensure_ascii=False) + "\n"
    # JSON has escapes of its own, so that it can hold any character, and a terminal obeys none of them.
    flat = text.replace("\n", "")
    return text if escape_text(flat) == flat else "".join(map(_json_character, text))


def _json_character(char: str) -> str:
    return char if char == "\n" or escape_text(char) == char else json.dumps(char)[1:-1]


def render(columns: Sequence[str], rows: Sequence[Row], form: OutputFormat) -> str:
    """Return *rows* as text that ends in a line break. JSON keeps structure; the other formats flatten lists."""
    if form is OutputFormat.JSON:
        return _json([{name: row[name] for name in columns} for row in rows])
    if form is OutputFormat.CSV:
        return _csv(columns, rows)
    if form is OutputFormat.MARKDOWN:
        return _markdown(columns, rows)
    names = [name.replace("_", " ") for name in columns]
    cells = [[_shown(row[name]) for name in columns] for row in rows]
    if form is OutputFormat.CARDS:
        cards = ([pair for pair in zip(names, line, strict=True) if pair[1]] for line in cells)
        return "\n".join(text_record(card, _width()) for card in cards)
    return text_table(names, cells, _width())


def render_record(fields: Mapping[str, object], record: object, form: OutputFormat) -> str:
    """Return one thing as text: its *fields* line by line, or in JSON the whole *record*."""
    if form is OutputFormat.JSON:
        return _json(record)
    if form in {OutputFormat.TABLE, OutputFormat.CARDS}:
        return text_record([(display_line(name), _shown(value)) for name, value in fields.items()], _width())
    return render(("field", "value"), [{"field": name, "value": value} for name, value in fields.items()], form)


def note_skipped(faults: Sequence[Fault], files: Sequence[str] = ()) -> None:
    """Report what was left out because of faults, all of it with its places, and which whole *files*."""
    if faults:
        note(f"Left out for {count_phrase(len(faults), 'fault')}:")
        for fault in faults:
            note(f"  {fault}")
    if files:
        note(f"Left out as a whole: {', '.join(files)}.")


def note_omissions(crosswalk: Crosswalk) -> None:
    """Report what a crosswalk leaves out, counted, on standard error."""
    for omission in crosswalk.omissions:
        note(f"Left out: {omission}.")


def note_warnings(crosswalk: Crosswalk, claims: Sequence[Claim], advice: str) -> None:
    """Report these claims, which are about elements that a later text deleted or changed, on standard error."""
    if claims:
        warnings = {warning for item in claims for warning in item.warnings}
        both = (item for side in (crosswalk.source, crosswalk.target) for item in side.amended)
        keys = [item.id.local for item in both if f"{item.id}: {item.amended}" in warnings]
        count = count_phrase(len(claims), "mapping")
        note(f"Warning: a later text deleted or changed {', '.join(keys)} ({count}). {advice}")


@attrs.frozen
class Output:
    """How and where a command prints, as its options say."""

    form: OutputFormat
    columns: tuple[str, ...] = ()
    """The columns to print of each row."""
    path: Path | None = None
    """The file to write; None is standard output."""
    overwrite: bool = False

    def rows(self, rows: Sequence[Row]) -> None:
        """Print rows, each of which has at least the columns asked for."""
        self.text(render(self.columns, rows, self.form))

    def record(self, fields: Mapping[str, object], record: object) -> None:
        """Print one thing: its fields, or in JSON the whole record."""
        self.text(render_record(fields, record, self.form))

    def text(self, text: str) -> None:
        """Print text as it is."""
        if self.path is None:
            write_out(text)
        else:
            # A name of a file that is not UTF-8 has no other form in a file that is.
            self.content(text.encode(errors="backslashreplace"))

    def content(self, content: bytes) -> None:
        """Write the content of a file: to the file named, or in UTF-8 to standard output."""
        if self.path is not None:
            write_atomic(self.path, content, overwrite=self.overwrite)
            note(f"Wrote {self.path}: {count_phrase(len(content), 'byte')}.")
        elif not content.startswith(tuple(_BINARY)):
            write_out_utf8(content)
        elif sys.stdout.isatty():
            message = f"{_BINARY[content[:4]]} cannot be shown in a terminal; name a file with --output"
            raise click.UsageError(message)
        else:
            write_out_bytes(content)

    def check(self) -> None:
        """
        Refuse early what writing would refuse in the end.

        Raises:
            FileAlreadyExists: the file exists, and may not be overwritten.
        """
        if self.path is not None and self.path.is_file() and not self.overwrite:
            raise FileAlreadyExists(str(self.path))
