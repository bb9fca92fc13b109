"""The command ``check``: parse arguments, read keys, print a verdict for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import InputFormat, keys_of
from aicop.cli.options import column_option, input_format_option, key_edition_option, prints, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import count_phrase
from aicop.ids import JOINER
from aicop.vocabulary import term

if TYPE_CHECKING:
    from aicop.library.check import KeyCheck
    from aicop.library.library import Library


def _verdict(found: KeyCheck) -> dict[str, object]:
    """Return the verdict on a key: its mistake and the reason if it is unknown, otherwise its id in written form."""
    if found.error is None:
        return {"verdict": "known", "id": found.key, "reason": None}
    near = f" Nearest: {', '.join(found.error.nearest)}." if found.error.nearest else ""
    return {"verdict": found.error.mistake, "id": None, "reason": f"{found.error.advice}{near}"}


def _parts(cell: str, library: Library, edition: str | None) -> list[str]:
    """Return the keys in a cell; an id may itself contain the sign that joins ids, so the whole is tried first."""
    if JOINER not in cell:
        return [cell] if cell.strip() else []
    [whole] = library.check([cell], edition)
    if whole.key is not None and JOINER in whole.key.local:
        return [cell]
    return [part.strip() for part in cell.split(JOINER)]


@click.command()
@click.argument("file")
@key_edition_option
@column_option
@input_format_option
@prints("place", "key", "verdict", "id", "reason", table=("place", "key", "verdict", "reason"))
@uses_library
def check(  # noqa: PLR0913, PLR0917 -- one option for each question
    out: Output, library: Library, file: str, edition: str | None, column: str | None, read_as: str | None
) -> None:
    """
    Check the keys in FILE, with a verdict and a reason for each.

    FILE is text with one key per line, CSV, TSV or JSON. Use - for standard input. Exits with 1 if any key is unknown.
    """
    cells = keys_of(file, column, None if read_as is None else term(InputFormat, read_as))
    # A cell of a mapping may be empty, and may name several items that are mapped together.
    if empty := sum(not cell.strip() for _, cell in cells):
        note(f"Skipped {count_phrase(empty, 'empty cell')}.")
    keys = [(place, key) for place, cell in cells for key in _parts(cell, library, edition)]
    verdicts = library.check([key for _, key in keys], edition)
    rows = [{"place": place, "key": key} | _verdict(found) for (place, key), found in zip(keys, verdicts, strict=True)]
    out.rows(rows)
    wrong = sum(row["verdict"] != "known" for row in rows)
    note(f"{count_phrase(len(rows), 'key')}: {len(rows) - wrong:,} known, {wrong:,} unknown.")
    if wrong:
        raise SystemExit(FOUND)


COMMANDS = {"check": check}
