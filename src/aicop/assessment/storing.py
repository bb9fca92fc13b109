"""Record changes of assessments in their history, and write the files of assessments."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import attrs

from aicop.assessment.days import Day, day_of
from aicop.assessment.reader import HISTORY, SYSTEM, VERDICTS
from aicop.assessment.tables import dumps_history, dumps_verdicts
from aicop.errors import LibraryWithoutFolder, reject
from aicop.files.atomic import write_set
from aicop.files.text import decode, read_content
from aicop.model.assessment import HistoryRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aicop.assessment.assessment import Assessment
    from aicop.model.assessment import VerdictRow


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
    Write the facts, verdicts and histories of assessments into their folders: all of them or none.

    Of ``assessment.toml``, only the edition is changed. Return the files.

    Raises:
        LibraryWithoutFolder: an assessment was not read from a folder.
        InvalidDocument: the edition in an ``assessment.toml`` is written in a way that cannot be changed.
        OSError: a file cannot be written.
    """
    files: dict[Path, bytes] = {}
    for one in assessments:
        if one.folder is None:
            raise LibraryWithoutFolder
        files[one.folder / VERDICTS] = dumps_verdicts(one.verdicts).encode()
        files[one.folder / HISTORY] = dumps_history(one.history).encode()
        facts = one.folder / SYSTEM
        name = f"{facts.parent.name}/{facts.name}"
        text = decode(read_content(facts), name)
        if tomllib.loads(text)["edition"] != str(one.catalogue.id):
            files[facts] = _with_edition(text, str(one.catalogue.id), name).encode()
    write_set(files, overwrite=True)
    return tuple(files)


def _with_edition(text: str, edition: str, file: str) -> str:
    """Return the text of an ``assessment.toml`` with another edition; the rest, comments included, stays as it is."""
    changed = re.sub(r'(?m)^([ \t]*edition[ \t]*=[ \t]*)("[^"\n]+"|\'[^\'\n]+\')', rf'\1"{edition}"', text, count=1)
    if tomllib.loads(changed) != tomllib.loads(text) | {"edition": edition}:
        reject(file, "edition", f'cannot be changed automatically; write: edition = "{edition}"')
    return changed
