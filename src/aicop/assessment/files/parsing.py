"""The files of an assessment, from their content to records, each with its place."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from aicop.assessment.files.tables import SEPARATOR
from aicop.errors import AicopError, Fault, InvalidDocument
from aicop.files.formulas import unescape_formula
from aicop.files.tables import TableReader
from aicop.files.text import decode
from aicop.ids import EditionId
from aicop.model.assessment import ControlRow, Evidence, HistoryRow, System, Verdict, VerdictRow
from aicop.schema.assessment import (
    AssessmentSchema,
    ControlVerdictRowSchema,
    EvidenceRowSchema,
    HistoryRowSchema,
    VerdictRowSchema,
)
from aicop.schema.check import check_object, check_rows_with_own_columns
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.ids import Key, StatementId

FOLDER = "assessments"
"""The folder of a library with a folder for each system."""
SYSTEM = "assessment.toml"
VERDICTS = "verdicts.csv"
EVIDENCE = "evidence.csv"
CONTROLS = "controls.csv"
HISTORY = "history.csv"

_VERDICTS: dict[str, Verdict] = {verdict.value: verdict for verdict in Verdict}
"""The verdicts by their words, which is faster than the class."""

Own = tuple[tuple[str, str], ...]


def system_of(content: bytes, file: str) -> System:
    """
    Return the facts about an assessment.

    Raises:
        InvalidDocument: with all faults.
    """
    try:
        value = tomllib.loads(decode(content, file))
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).rstrip(")").partition(" (at ")
        raise InvalidDocument.from_faults((Fault(file, place, f"not TOML: {problem}"),)) from None
    return system_from(value, file)


def system_from(value: dict[str, Any], file: str) -> System:
    """
    Return the facts about an assessment from plain data.

    Raises:
        InvalidDocument: with all faults.
    """
    data = check_object(AssessmentSchema, value, file)
    return System(
        name=data["system"],
        title=data["title"],
        edition=EditionId.parse(data["edition"]),
        roles=[Role(word) for word in data["roles"]],
        owner=data.get("owner"),
        unit=data.get("unit"),
        facts=data.get("facts", ()),
        inherits=data.get("inherits", ()),
    )


def verdicts_of(
    content: bytes, file: str, resolve: Callable[[str], StatementId], faults: list[Fault]
) -> list[tuple[str, VerdictRow]]:
    """
    Return the rows of ``verdicts.csv``, each after its place; add a fault for each key that *resolve* does not know.

    Raises:
        InvalidDocument: with all faults of the table.
    """
    rows = check_rows_with_own_columns(VerdictRowSchema, TableReader(content, file))
    return [
        (place, verdict_row(key, cells, extra)) for place, key, cells, extra in _with_keys(rows, file, resolve, faults)
    ]


def history_of(
    content: bytes, file: str, resolve: Callable[[str], StatementId], faults: list[Fault]
) -> list[tuple[str, HistoryRow]]:
    """
    Return the rows of ``history.csv``, like `verdicts_of`.

    Raises:
        InvalidDocument: with all faults of the table.
    """
    rows = check_rows_with_own_columns(HistoryRowSchema, TableReader(content, file))
    found = []
    for place, key, cells, extra in _with_keys(rows, file, resolve, faults):
        recorded, by = cells.pop("recorded"), cells.pop("by")
        found.append((place, HistoryRow(row=verdict_row(key, cells, extra), recorded=recorded, by=by)))
    return found


def controls_of(
    content: bytes, file: str, resolve: Callable[[str], Key], faults: list[Fault]
) -> list[tuple[str, ControlRow]]:
    """
    Return the rows of ``controls.csv``, like `verdicts_of`.

    Raises:
        InvalidDocument: with all faults of the table.
    """
    rows = check_rows_with_own_columns(ControlVerdictRowSchema, TableReader(content, file))
    return [
        (place, ControlRow(key=key, extra=extra, **_values(cells)))
        for place, key, cells, extra in _with_keys(rows, file, resolve, faults)
    ]


def evidence_of(content: bytes, file: str) -> list[tuple[str, Evidence]]:
    """
    Return the rows of ``evidence.csv``, each after its place.

    Raises:
        InvalidDocument: with all faults of the table.
    """
    rows = check_rows_with_own_columns(EvidenceRowSchema, TableReader(content, file))
    return [(place, Evidence(**cells, extra=extra)) for place, cells, extra in rows]


def own_columns(content: bytes, file: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a table that are the user's own, in order; *known* are ours."""
    return tuple(name for name in map(unescape_formula, TableReader(content, file).header) if name not in known)


def line_of(place: str) -> int:
    """Return the number of the line in the place of a row, such as "line 2"."""
    return int(place.rpartition(" ")[2])


def _with_keys(
    rows: list[tuple[str, dict[str, str], Own]], file: str, resolve: Callable[[str], Any], faults: list[Fault]
) -> list[tuple[str, Any, dict[str, str], Own]]:
    """Return rows with the ids that their keys stand for, instead of the cells; add a fault for each unknown key."""
    found = []
    for place, cells, extra in rows:
        try:
            key = resolve(cells.pop("key"))
        except AicopError as error:
            faults.append(Fault(file, f"{place}, column 'key'", str(error)))
        else:
            found.append((place, key, cells, extra))
    return found


def verdict_row(key: StatementId, cells: dict[str, str], extra: Own) -> VerdictRow:
    """Return a row of verdicts from its cells, which have been checked."""
    given = _values(cells)
    if "role" in given:
        given["role"] = term(Role, given["role"])
    return VerdictRow(key=key, extra=extra, **given)


def _values(cells: dict[str, str]) -> dict[str, Any]:
    """Return the cells of a verdict as the values of the fields of the same names."""
    given: dict[str, Any] = dict(cells)
    if "verdict" in given:
        given["verdict"] = _VERDICTS[given["verdict"]]
    if "evidence" in given:
        given["evidence"] = tuple(part.strip() for part in given["evidence"].split(SEPARATOR))
    return given
