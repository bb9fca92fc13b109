"""Record changes of assessments in their history, and write what changed: all files of all of them, or none."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import re
import tomllib
from typing import TYPE_CHECKING, Any

import attrs

from aicop.assessment.errors import ChangedOnDisk
from aicop.assessment.files.faults import numbered
from aicop.assessment.files.parsing import (
    CONTROLS,
    EVIDENCE,
    FOLDER,
    HISTORY,
    SYSTEM,
    VERDICTS,
    controls_of,
    evidence_of,
    history_of,
    own_columns,
    verdicts_of,
)
from aicop.assessment.files.tables import (
    CONTROL_COLUMNS,
    EVIDENCE_COLUMNS,
    HISTORY_COLUMNS,
    VERDICT_COLUMNS,
    dumps_controls,
    dumps_evidence,
    dumps_history,
    dumps_verdicts,
)
from aicop.assessment.status.days import Day, day_of
from aicop.errors import Fault, InvalidDocument, LibraryWithoutFolder, reject
from aicop.files.atomic import write_set
from aicop.files.lock import locked
from aicop.files.text import decode, read_content
from aicop.model.assessment import HistoryRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from aicop.assessment.assessment import Assessment
    from aicop.assessment.files.faults import Located
    from aicop.model.assessment import VerdictRow

    Row = Any


def recorded(before: Assessment, after: Assessment, on: Day, by: str) -> Assessment:
    """
    Return *after* with a history of what is other than *before*.

    A row that was changed by hand since it was last recorded comes first as it was, so that nothing is lost.
    """
    day = day_of(on)
    last: dict[object, VerdictRow] = {(item.row.key, item.row.role): item.row for item in before.history}
    old = {(row.key, row.role): row for row in before.verdicts}
    new = {(row.key, row.role): row for row in after.verdicts}
    changed = [row for which, row in new.items() if old.get(which) != row]
    gone = [row for which, row in old.items() if new.get(which) != row and last.get(which) != row]
    rows = [HistoryRow(row=row, recorded=day, by=by) for row in (*gone, *changed)]
    return attrs.evolve(after, history=(*before.history, *rows))


def save(assessments: Iterable[Assessment]) -> tuple[Path, ...]:
    """
    Write what changed in assessments since they were read into their folders: all files or none. Return the files.

    A table is written if a row of it changed; comments above it and columns of your own are kept. Of
    ``assessment.toml``, only the edition is changed. `recorded` adds the history of a change.

    Raises:
        LibraryWithoutFolder: an assessment was not read from a folder.
        ChangedOnDisk: its files have changed since they were read; then nothing is written.
        InvalidDocument: with all faults of the rows, or the edition in an ``assessment.toml`` is written in a way that
            cannot be changed; then nothing is written.
        OSError: a file cannot be written; then none is.
    """
    listed = tuple(assessments)
    homes = dict.fromkeys(_folder(one).parent for one in listed)
    _check_ids(listed)
    with contextlib.ExitStack() as locks:
        for home in sorted(homes):
            locks.enter_context(locked(home))
        files = {path: content for one in listed for path, content in _changed_files(one).items()}
        write_set(files, overwrite=True)
    return tuple(files)


def _folder(assessment: Assessment) -> Path:
    if assessment.folder is None:
        raise LibraryWithoutFolder
    return assessment.folder


def _named(assessment: Assessment, file: str) -> str:
    return f"{FOLDER}/{assessment.system.name}/{file}"


def _check_ids(assessments: Sequence[Assessment]) -> None:
    """Raise InvalidDocument if two of the assessments add evidence with the same id."""
    homes: dict[str, str] = {}
    for one in assessments:
        for item in one.evidence:
            home = homes.setdefault(item.id, one.system.name)
            if home != one.system.name:
                said = f"the evidence {item.id} is that of {home}, too; ids are unique in a library"
                reject(_named(one, EVIDENCE), "", said)


def _changed_files(assessment: Assessment) -> dict[Path, bytes]:
    """Return the new content of the files of an assessment that change; raise the errors of `save`."""
    folder, origin = _folder(assessment), assessment.origin
    changed: dict[str, Sequence[Row]] = {}
    if _differ(origin.verdicts, assessment.verdicts):
        changed[VERDICTS] = assessment.verdicts
    if _differ(origin.evidence, assessment.evidence):
        changed[EVIDENCE] = assessment.evidence
    if _differ(origin.controls, assessment.controls):
        changed[CONTROLS] = assessment.controls
    if origin.history != assessment.history:
        changed[HISTORY] = assessment.history
    before = _unchanged(assessment, folder.parent, others=EVIDENCE in changed)
    _check(assessment)
    files = {folder / file: _text(assessment, file, rows, before[file]).encode() for file, rows in changed.items()}
    facts = before[SYSTEM]
    assert facts is not None
    text = decode(facts, _named(assessment, SYSTEM))
    if tomllib.loads(text)["edition"] != str(assessment.catalogue.id):
        name = _named(assessment, SYSTEM)
        files[folder / SYSTEM] = _with_edition(text, str(assessment.catalogue.id), name).encode()
    return files


def _differ(old: Sequence[Row], new: Sequence[Row]) -> bool:
    """Return whether a row of a table is other than it was; their order does not count."""
    return old != new and set(map(_plain, old)) != set(map(_plain, new))


def _plain(row: Row) -> Row:
    """Return a row without empty cells of the user's own columns, which a new row has not got."""
    if isinstance(row, HistoryRow):
        return attrs.evolve(row, row=_plain(row.row))
    return attrs.evolve(row, extra=sorted(pair for pair in row.extra if pair[1]))


def _unchanged(assessment: Assessment, home: Path, *, others: bool) -> dict[str, bytes | None]:
    """
    Return the files of an assessment as they are on the disk.

    With *others*, the evidence of the other systems must be as it was, too, because ids are unique in the library.

    Raises:
        ChangedOnDisk: they are not those that were read.
    """
    name, known = assessment.system.name, assessment.origin.digests
    own = {file: f"{name}/{file}" for file in (SYSTEM, VERDICTS, EVIDENCE, CONTROLS, HISTORY)}
    pool: list[str] = []
    if others:
        pool = [one for one in known if one.endswith(f"/{EVIDENCE}")]
        pool += (path.relative_to(home).as_posix() for path in home.glob(f"*/{EVIDENCE}"))
    found: dict[str, bytes | None] = {}
    changed = []
    for one in dict.fromkeys((*own.values(), *pool)):
        try:
            found[one] = content = read_content(home.joinpath(*one.split("/")))
        except FileNotFoundError:
            found[one] = content = None
        if known.get(one) != (None if content is None else hashlib.sha256(content).hexdigest()):
            changed.append(f"{FOLDER}/{one}")
    if changed:
        raise ChangedOnDisk(tuple(sorted(changed)))
    return {file: found[path] for file, path in own.items()}


def _check(assessment: Assessment) -> None:
    """Raise InvalidDocument with the faults of all rows, which may have been given in any way."""
    pool = assessment.pool
    faults = (
        *assessment.verdict_faults(numbered(assessment.verdicts), _named(assessment, VERDICTS), pool),
        *assessment.control_faults(numbered(assessment.controls), _named(assessment, CONTROLS), pool),
    )
    if faults:
        raise InvalidDocument.from_faults(faults)


def _text(assessment: Assessment, file: str, rows: Sequence[Row], before: bytes | None) -> str:
    """Return the new text of a table; raise InvalidDocument if it would not be read back as it is."""
    name = _named(assessment, file)
    columns, dumps = _FORMS[file]
    own = () if before is None else own_columns(before, name, columns)
    text = _comments(before, name) + dumps(rows, own=own)
    # A record can hold what no file can, such as an owner in two lines or a day that does not exist.
    for one, row in zip(_read_back(file, text.encode(), name, rows), rows, strict=True):
        if _plain(one.row) != _plain(row):
            said = f"{row!r} would be read back as something else; remove spaces around its texts and in its ids"
            raise InvalidDocument.from_faults((Fault(name, one.place, said),))
    return text


def _comments(content: bytes | None, file: str) -> str:
    """Return the comments above a table."""
    lines = [] if content is None else decode(content, file).splitlines(keepends=True)
    return "".join(itertools.takewhile(lambda line: line.startswith("#"), lines))


def _read_back(file: str, content: bytes, name: str, rows: Sequence[Row]) -> list[Located[Row]]:
    """
    Return the rows of a table that was written; *rows* are those that it was written from.

    Raises:
        InvalidDocument: with all faults of the table.
    """
    faults: list[Fault] = []
    if file == EVIDENCE:
        found, _ = evidence_of(content, name, faults)
    else:
        # Keys are written in their canonical form, and may be of frameworks and editions that only the library knows.
        keys = {str(key): key for row in rows for key in (row.row.key if isinstance(row, HistoryRow) else row.key,)}
        parsers: dict[str, Callable[..., Any]] = {VERDICTS: verdicts_of, CONTROLS: controls_of, HISTORY: history_of}
        found = parsers[file](content, name, keys.__getitem__, faults)
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    return found


_FORMS: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    VERDICTS: (VERDICT_COLUMNS, dumps_verdicts),
    EVIDENCE: (EVIDENCE_COLUMNS, dumps_evidence),
    CONTROLS: (CONTROL_COLUMNS, dumps_controls),
    HISTORY: (HISTORY_COLUMNS, dumps_history),
}
"""The columns of each table, and what writes it."""


def _with_edition(text: str, edition: str, file: str) -> str:
    """Return the text of an ``assessment.toml`` with another edition; the rest, comments included, stays as it is."""
    changed = re.sub(r'(?m)^([ \t]*edition[ \t]*=[ \t]*)("[^"\n]+"|\'[^\'\n]+\')', rf'\1"{edition}"', text, count=1)
    if tomllib.loads(changed) != tomllib.loads(text) | {"edition": edition}:
        reject(file, "edition", f'cannot be changed automatically; write: edition = "{edition}"')
    return changed
