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
from aicop.library.check import KeyChecker
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

    FILE is text with one key per line, CSV, TSV or JSON. Use - for standard input. A line or cell may hold several
    keys. Exits with 1 if any key is unknown, and with 3 if the file contains no keys.
    """
    cells = keys_of(file, column, None if read_as is None else term(InputFormat, read_as))
    # A cell of a mapping may be empty.
    if empty := sum(not cell.strip() for _, cell in cells):
        note(f"Skipped {count_phrase(empty, 'empty cell')}.")
    verdicts = map(KeyChecker(library.parse, edition).cell, (cell for _, cell in cells))
    rows = [
        {"place": place, "key": one.text} | _verdict(one)
        for (place, _), found in zip(cells, verdicts, strict=True)
        for one in found
    ]
    out.rows(rows)
    wrong = sum(row["verdict"] != "known" for row in rows)
    note(f"{count_phrase(len(rows), 'key')}: {len(rows) - wrong:,} known, {wrong:,} unknown.")
    if wrong:
        raise SystemExit(FOUND)


COMMANDS = {"check": check}
