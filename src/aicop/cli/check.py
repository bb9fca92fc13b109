"""The command ``check``: parse arguments, read keys, print a verdict for each."""

from __future__ import annotations

import click

from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import InputFormat, keys_of
from aicop.cli.options import column_option, input_format_option, key_edition_option, prints
from aicop.cli.output import Output, note
from aicop.errors import UnknownKey, count_phrase
from aicop.keys.parser import parse
from aicop.vocabulary import term


def _verdict(key: str, edition: str | None) -> dict[str, object]:
    """Return the verdict on a key: its mistake and the reason if it is unknown, otherwise its id in written form."""
    try:
        return {"verdict": "known", "id": str(parse(key, edition)), "reason": None}
    except UnknownKey as error:
        near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
        return {"verdict": error.mistake, "id": None, "reason": f"{error.advice}{near}"}


@click.command()
@click.argument("file")
@key_edition_option
@column_option
@input_format_option
@prints("place", "key", "verdict", "id", "reason", table=("place", "key", "verdict", "reason"))
def check(out: Output, file: str, edition: str | None, column: str | None, read_as: str | None) -> None:
    """
    Check the keys in FILE, with a verdict and a reason for each.

    FILE is text with one key per line, CSV, TSV or JSON. Use - for standard input. Exits with 1 if any key is unknown.
    """
    rows: list[dict[str, object]] = []
    # Files repeat keys, and explaining a wrong one takes a thousand times as long as looking up its verdict.
    verdicts: dict[str, dict[str, object]] = {}
    for place, key in keys_of(file, column, None if read_as is None else term(InputFormat, read_as)):
        if key not in verdicts:
            verdicts[key] = _verdict(key, edition)
        rows.append({"place": place, "key": key, **verdicts[key]})
    out.rows(rows)
    wrong = sum(row["verdict"] != "known" for row in rows)
    note(f"{count_phrase(len(rows), 'key')}: {len(rows) - wrong:,} known, {wrong:,} unknown.")
    if wrong:
        raise SystemExit(FOUND)


COMMANDS = {"check": check}
