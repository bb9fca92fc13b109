"""Write what changed in an assessment into the folder of its library: all files that changed, or none."""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from aicop.assessment.days import Day, day_of
from aicop.assessment.errors import ChangedOnDisk
from aicop.assessment.origin import Origin, lines_of
from aicop.assessment.parsing import (
    CONTROLS,
    EVIDENCE,
    FOLDER,
    HISTORY,
    SYSTEM,
    VERDICTS,
    controls_of,
    evidence_of,
    history_of,
    line_of,
    own_columns,
    verdicts_of,
)
from aicop.assessment.tables import (
    CONTROL_COLUMNS,
    EVIDENCE_COLUMNS,
    HISTORY_COLUMNS,
    VERDICT_COLUMNS,
    dumps_controls,
    dumps_evidence,
    dumps_history,
    dumps_verdicts,
)
from aicop.errors import Fault, InvalidDocument, LibraryWithoutFolder
from aicop.files.atomic import write_set
from aicop.files.lock import locked
from aicop.files.text import decode, read_content
from aicop.model.assessment import HistoryRow, VerdictRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from aicop.assessment.assessment import Assessment
    from aicop.ids import Key, StatementId
    from aicop.vocabulary import Role

    Parse = Callable[[bytes, str], list[tuple[str, Any]]]


class _Table(NamedTuple):
    """A table that is to be written."""

    file: str
    rows: Sequence[Any]


def save(assessment: Assessment, *, recorded: Day, by: str) -> Assessment:
    """
    Write what changed in an assessment since it was read, and return it as it now is on the disk.

    The tables in which a row changed are written, all of them or none: ``verdicts.csv``, ``evidence.csv`` and
    ``controls.csv``. Each verdict that changed is appended to ``history.csv`` as it now is, with the day on which it
    was *recorded* and *by* whom; one that was removed is appended as not assessed. Comments above a table and columns
    of your own are kept. ``assessment.toml`` is not written.

    Raises:
        LibraryWithoutFolder: the assessment was not read from a folder.
        ChangedOnDisk: its files have changed since they were read; then nothing is written.
        InvalidDocument: with all faults of the rows; then nothing is written.
        OSError: a file cannot be written; then none is.
    """
    if assessment.folder is None:
        raise LibraryWithoutFolder
    day, home, origin = day_of(recorded), assessment.folder.parent, assessment.origin
    with locked(home):
        with_evidence = set(map(_plain, origin.evidence)) != set(map(_plain, assessment.evidence))
        before = _unchanged(assessment, home, others=with_evidence)
        _check(assessment)
        new = [HistoryRow(row=row, recorded=day, by=by) for row in _differences(origin.verdicts, assessment.verdicts)]
        history = (*assessment.history, *new)
        tables = [_Table(VERDICTS, assessment.verdicts)] if new else []
        if with_evidence:
            tables.append(_Table(EVIDENCE, assessment.evidence))
        if set(map(_plain, origin.controls)) != set(map(_plain, assessment.controls)):
            tables.append(_Table(CONTROLS, assessment.controls))
        if new:
            tables.append(_Table(HISTORY, history))
        texts = {table.file: _text(assessment, table, before[table.file]) for table in tables}
        write_set({assessment.folder / file: text.encode() for file, text in texts.items()}, overwrite=True)
    digests = {f"{assessment.system.name}/{file}": _digest(text.encode()) for file, text in texts.items()}
    return attrs.evolve(
        assessment,
        history=history,
        origin=Origin(
            digests={**origin.digests, **digests},
            verdicts=assessment.verdicts,
            evidence=assessment.evidence,
            controls=assessment.controls,
            lines=_lines(assessment, texts[VERDICTS]) if VERDICTS in texts else origin.lines,
        ),
    )


def _plain(row: Any) -> Any:  # noqa: ANN401 -- a row of any table
    """Return a row without empty cells of the user's own columns, which a row of a new table has not got."""
    return attrs.evolve(row, extra=sorted(pair for pair in row.extra if pair[1]))


def _differences(old: Iterable[VerdictRow], new: Iterable[VerdictRow]) -> Iterator[VerdictRow]:
    """Yield the verdicts that are new or changed, as they now are, and those that are gone as not assessed."""
    before = {(row.key, row.role): _plain(row) for row in old}
    for row in new:
        if before.pop((row.key, row.role), None) != _plain(row):
            yield row
    yield from (VerdictRow(key=key, role=role) for key, role in before)


def _lines(assessment: Assessment, text: str) -> dict[Role | None, dict[StatementId, int]]:
    rows = _parsers(assessment)[VERDICTS](text.encode(), VERDICTS)
    return lines_of((line_of(place), row) for place, row in rows)


def _named(assessment: Assessment, file: str) -> str:
    return f"{FOLDER}/{assessment.system.name}/{file}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unchanged(assessment: Assessment, home: Path, *, others: bool) -> dict[str, bytes | None]:
    """
    Return the files of an assessment as they are on the disk.

    With *others*, the evidence of the other systems must be as it was, too, because ids are unique in the library.

    Raises:
        ChangedOnDisk: they are not those that were read.
    """
    name = assessment.system.name
    own = [f"{name}/{file}" for file in (SYSTEM, VERDICTS, EVIDENCE, CONTROLS, HISTORY)]
    pool: list[str] = []
    if others:
        pool = [one for one in assessment.origin.digests if one.endswith(f"/{EVIDENCE}")]
        pool += (path.relative_to(home).as_posix() for path in home.glob(f"*/{EVIDENCE}"))
    found: dict[str, bytes | None] = {}
    changed = []
    for one in dict.fromkeys((*own, *pool)):
        try:
            found[one] = content = read_content(home.joinpath(*one.split("/")))
        except FileNotFoundError:
            found[one] = content = None
        if assessment.origin.digests.get(one) != (None if content is None else _digest(content)):
            changed.append(f"{FOLDER}/{one}")
    if changed:
        raise ChangedOnDisk(sorted(changed))
    return {file: found[f"{name}/{file}"] for file in (VERDICTS, EVIDENCE, CONTROLS, HISTORY)}


def _check(assessment: Assessment) -> None:
    """Raise InvalidDocument with the faults of all rows, which may have been given in any way."""
    verdicts = ((f"row {place}", row) for place, row in enumerate(assessment.verdicts, start=1))
    controls = ((f"row {place}", row) for place, row in enumerate(assessment.controls, start=1))
    faults = (
        *assessment.verdict_faults(verdicts, _named(assessment, VERDICTS)),
        *assessment.control_faults(controls, _named(assessment, CONTROLS)),
    )
    if faults:
        raise InvalidDocument.from_faults(faults)


def _text(assessment: Assessment, table: _Table, before: bytes | None) -> str:
    """Return the new text of a table; raise InvalidDocument if it would not be read back as it is."""
    file, rows = table
    name = _named(assessment, file)
    columns, dumps = _FORMS[file]
    own = () if before is None else own_columns(before, name, columns)
    text = _comments(before, name) + dumps(rows, own=own)
    # A record can hold what no file can, such as an owner in two lines or a day that does not exist.
    found = _parsers(assessment)[file](text.encode(), name)
    for (place, one), row in zip(found, rows, strict=True):
        if _comparable(one) != _comparable(row):
            said = f"{row!r:.200} would be read back as something else; remove spaces around its texts and in its ids"
            raise InvalidDocument.from_faults((Fault(name, place, said),))
    return text


def _comparable(row: Any) -> Any:  # noqa: ANN401 -- a row of any table
    return attrs.evolve(row, row=_plain(row.row)) if isinstance(row, HistoryRow) else _plain(row)


def _comments(content: bytes | None, file: str) -> str:
    """Return the comments above a table."""
    lines = [] if content is None else decode(content, file).splitlines(keepends=True)
    return "".join(itertools.takewhile(lambda line: line.startswith("#"), lines))


def _parsers(assessment: Assessment) -> dict[str, Parse]:
    """Return what reads each table back."""
    key = assessment.statement_key
    elements: dict[str, Key] = {str(row.key): row.key for row in assessment.controls}
    return {
        VERDICTS: lambda content, file: verdicts_of(content, file, key, []),
        EVIDENCE: evidence_of,
        CONTROLS: lambda content, file: controls_of(content, file, elements.__getitem__, []),
        HISTORY: lambda content, file: history_of(content, file, key, []),
    }


_FORMS: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    VERDICTS: (VERDICT_COLUMNS, dumps_verdicts),
    EVIDENCE: (EVIDENCE_COLUMNS, dumps_evidence),
    CONTROLS: (CONTROL_COLUMNS, dumps_controls),
    HISTORY: (HISTORY_COLUMNS, dumps_history),
}
"""The columns of each table, and what writes it."""
