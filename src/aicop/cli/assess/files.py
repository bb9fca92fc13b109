"""The commands ``aicop assess ...`` that exchange files, change the edition and compare dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from aicop.assessment.editing.merging import merge as merge_file
from aicop.assessment.editing.upgrading import Outcome, upgrade_connected
from aicop.assessment.files.reader import load
from aicop.assessment.files.storing import recorded, save
from aicop.assessment.status.comparing import compare as compare_dates
from aicop.assessment.status.units import Level
from aicop.cli.exit_codes import FOUND
from aicop.cli.options import FILE, check_since, force_option, on_option, output_option, prints, read_day, uses_library
from aicop.cli.output import Output, OutputFormat
from aicop.cli.streams import note
from aicop.errors import count_phrase, display_line
from aicop.vocabulary import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from aicop.assessment.editing.merging import CellChange, Take
    from aicop.assessment.status.comparing import Progress, UnitChange
    from aicop.cli.options import Decorator
    from aicop.library.library import Library


system_argument: Decorator = click.argument("system", metavar="SYSTEM")
dry_run_option: Decorator = click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")


@click.command()
@system_argument
@click.option(
    "--by", default="principle", show_default=True, metavar="UNIT", help="One sheet for each principle, or role."
)
@on_option
@uses_library
@output_option
@force_option
def export(  # noqa: PLR0913 -- one option for each part
    system: str, *, by: str, on: dt.date, library: Library, path: Path | None, overwrite: bool
) -> None:
    """
    Write the assessment of SYSTEM as a workbook to fill in.

    "aicop assess merge" takes it back.
    """
    # Imported here: the writer of workbooks comes with an extra.
    from aicop.interop.assessment_workbook import dumps

    out = Output(OutputFormat.TABLE, (), path, overwrite)
    out.check()
    out.content(dumps(load(library, system), on, by=by, library=library))


@click.command()
@system_argument
@click.argument("file", type=FILE)
@click.option("--take", metavar="SIDE", help="Resolve conflicts: theirs takes those of FILE, or ours.")
@dry_run_option
@on_option
@uses_library
@prints(
    *("outcome", "key", "role", "column", "ours", "theirs", "place"),
    table=("outcome", "key", "role", "column", "ours", "theirs"),
)
def merge(  # noqa: PLR0913 -- one option for each part
    out: Output, system: str, file: Path, *, take: Take | None, dry_run: bool, on: dt.date, library: Library
) -> None:
    """
    Take what was filled in in FILE, a workbook or CSV, into the assessment of SYSTEM.

    Each cell that changes is shown. A cell that others changed since FILE was exported is a conflict. With conflicts,
    nothing is written and the exit code is 1, unless --take resolves them.
    """
    before = load(library, system)
    found = merge_file(before, file, take=take)
    out.rows(
        [
            *_cells("conflict", found.conflicts),
            *_cells("changed", found.changes),
            *_cells("kept", found.kept),
        ]
    )
    for said in found.unread:
        note(f"Not read: {said}.")
    changed = f"{count_phrase(found.rows, 'row')} read: {count_phrase(len(found.changes), 'cell')} to change"
    if found.conflicts:
        conflicts = count_phrase(len(found.conflicts), "conflict")
        note(f"{changed}, {conflicts}. Nothing was written; use --take theirs or ours.")
        raise SystemExit(FOUND)
    note(f"{changed}, {len(found.kept)} kept as they are.")
    if found.changes and not dry_run:
        _write([recorded(before, found.assessment, on, f"merge of {display_line(file.name)}")])


def _cells(outcome: str, cells: Iterable[CellChange]) -> Iterator[dict[str, object]]:
    names = ("key", "role", "column", "ours", "theirs", "place")
    return ({"outcome": outcome} | {name: getattr(cell, name) for name in names} for cell in cells)


def _write(assessments: Iterable[Any]) -> None:
    for path in save(assessments):
        note(f"Wrote {path}.")


@click.command()
@system_argument
@click.option("--to", required=True, metavar="EDITION", help="The edition to assess the system against.")
@dry_run_option
@on_option
@uses_library
@prints(
    *("system", "outcome", "key", "role", "verdict", "new", "reason"),
    table=("outcome", "key", "verdict", "new", "reason"),
)
def upgrade(  # noqa: PLR0913 -- one option for each part
    out: Output, system: str, *, to: str, dry_run: bool, on: dt.date, library: Library
) -> None:
    """
    Carry the assessment of SYSTEM to another edition, statement by statement.

    A verdict is marked for review where the statement changed. Nothing is dropped: what has no counterpart stays in
    history.csv. Systems that inherit from each other are upgraded together.
    """
    found = upgrade_connected(library, system, to, on)
    out.rows(
        [
            {
                "system": one.assessment.system.name,
                "outcome": item.outcome,
                "key": item.old.key,
                "role": item.old.role,
                "verdict": item.old.verdict,
                "new": item.new,
                "reason": item.reason,
            }
            for one in found
            for item in one.verdicts
        ]
    )
    for one in found:
        counted = ", ".join(f"{count} {outcome}" for outcome, count in one.counts.items() if count)
        note(
            f"{one.assessment.system.name}: {count_phrase(len(one.verdicts), 'verdict')} from {one.old} to {one.new}: "
            f"{counted or 'none'}."
        )
        for item in one.of_outcome(Outcome.REMOVED):
            note(f"No counterpart, kept in history.csv alone: {item.old.key} ({item.old.verdict}).")
        if one.added:
            note(f"New in {one.new}, not assessed: {', '.join(map(str, one.added))}.")
    if not dry_run:
        _write(one.assessment for one in found)


@click.command()
@system_argument
@click.option("--since", required=True, callback=read_day, metavar="DAY", help="The earlier day, as an ISO date.")
@click.option(
    "--by",
    default=Level.STATEMENT.value,
    show_default=True,
    metavar="UNIT",
    help=f"Compare units: {', '.join(Level)}.",
)
@click.option("--counts", is_flag=True, help="Print the number of statements with each verb and state instead.")
@on_option
@uses_library
@prints("key", "title", "modality", "state", "then", "now", table=("key", "modality", "state", "then", "now"))
def compare(  # noqa: PLR0913 -- one option for each part
    out: Output, system: str, *, since: dt.date, by: str, counts: bool, on: dt.date, library: Library
) -> None:
    """
    Show what changed in the assessment of SYSTEM since a day: the states then and now.

    What was known then follows from history.csv. --by compares the status of provisions, principles, phases, the
    edition or roles.
    """
    level = term(Level, by)
    check_since(since, on)
    about = load(library, system)
    found = compare_dates(about, since, on, by=level, library=library)
    rows: list[dict[str, object]]
    if counts:
        rows = [
            {"key": about.catalogue.id, "title": None, "modality": one.modality, "state": one.state}
            | {"then": one.then, "now": one.now}
            for one in found.counts
        ]
    elif level is Level.STATEMENT:
        titles = {unit.now.key: unit.now.title for unit in found.units}
        rows = [
            {"key": one.key, "title": titles[str(one.key)], "modality": one.now.modality, "state": None}
            | {"then": one.then.state, "now": one.now.state}
            for one in found.changes
        ]
    else:
        rows = [row for unit in found.units for row in _of_unit(unit)]
    out.rows(rows)
    _note_trend(found)


def _of_unit(unit: UnitChange) -> Iterator[dict[str, object]]:
    """Yield a row for what a unit requires and for what it recommends, where its status differs."""
    for name in ("shall", "should"):
        then, now = getattr(unit.then, name), getattr(unit.now, name)
        if then is not now:
            yield {"key": unit.now.key, "title": unit.now.title, "modality": name, "state": None} | {
                "then": then,
                "now": now,
            }


def _note_trend(found: Progress) -> None:
    """Report the number of statements in each state at both dates."""
    states: dict[str, list[int]] = {}
    for one in found.counts:
        total = states.setdefault(one.state, [0, 0])
        total[0] += one.then
        total[1] += one.now
    trend = ", ".join(f"{state} {then} to {now}" for state, (then, now) in states.items())
    changed = count_phrase(len(found.changes), "statement")
    note(f"{found.system}, {found.since} to {found.until}: {changed} changed; {trend}.")
    if found.undated:
        keys = ", ".join(map(str, found.undated))
        note(f"Neither recorded nor dated, so that they count only now: {keys}.")


COMMANDS = {"export": export, "merge": merge, "upgrade": upgrade, "compare": compare}
