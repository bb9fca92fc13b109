"""The files of an assessment, from their content to records, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from aicop.assessment.files.faults import Located
from aicop.assessment.files.tables import SEPARATOR
from aicop.errors import AicopError, Fault, InvalidDocument
from aicop.files.formulas import unescape_formula
from aicop.files.tables import TableReader
from aicop.files.toml_text import parse_toml
from aicop.ids import EditionId
from aicop.model.assessment import ControlRow, Evidence, HistoryRow, System, Verdict, VerdictRow
from aicop.schema.assessment import (
    AssessmentSchema,
    ControlVerdictRowSchema,
    EvidenceRowSchema,
    HistoryRowSchema,
    VerdictRowSchema,
)
from aicop.schema.check import check_object, valid_fields
from aicop.schema.check_table import read_rows_with_own_columns
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.ids import Key, StatementId
    from aicop.schema.check_table import ReadRow, ReadRows

T = TypeVar("T")

FOLDER = "assessments"
"""The folder of a library with a folder for each system."""
SYSTEM = "assessment.toml"
VERDICTS = "verdicts.csv"
EVIDENCE = "evidence.csv"
CONTROLS = "controls.csv"
HISTORY = "history.csv"

_VERDICTS: dict[str, Verdict] = {verdict.value: verdict for verdict in Verdict}
"""The verdicts by their words, which is faster than the class."""

Resolve = Callable[[str], T] | None
"""What returns the id that a key stands for, or raises AicopError."""
Own = tuple[tuple[str, str], ...]


def system_of(content: bytes, file: str) -> System:
    """
    Return the facts about an assessment.

    Raises:
        InvalidDocument: with all faults.
    """
    return system_from(parse_toml(content, file), file)


def system_from(value: dict[str, Any], file: str) -> System:
    """
    Return the facts about an assessment from plain data.

    Raises:
        InvalidDocument: with all faults.
    """
    return _system(check_object(AssessmentSchema, value, file))


def system_in_part(content: bytes, name: str) -> System | None:
    """
    Return what is readable of facts that have faults, so that the other files of the system *name* can be checked.

    The roles are all roles if they are not readable. Return None if the edition is not readable.
    """
    try:
        value = valid_fields(AssessmentSchema, parse_toml(content, SYSTEM))
    except InvalidDocument:
        return None
    unknown = {"system": name, "title": name, "roles": list(Role)}
    return _system(unknown | value) if "edition" in value else None


def _system(data: dict[str, Any]) -> System:
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
    content: bytes, file: str, resolve: Resolve[StatementId], faults: list[Fault]
) -> list[Located[VerdictRow]]:
    """
    Return the rows of ``verdicts.csv``, and add all faults of the table to *faults*.

    A key that *resolve* does not know is a fault. A row with a fault is returned with what of it could be read, so that
    the rest can be checked. If *resolve* is None, only words are checked, and no row is returned.

    Raises:
        InvalidDocument: it is no such table.
    """
    rows, own = read_rows_with_own_columns(VerdictRowSchema, TableReader(content, file), faults)
    return [
        Located(row.place, verdict_row(key, row.fields, own.of(row.cells)), row.unread)
        for row, key in _with_keys(rows, file, resolve, faults)
    ]


def history_of(
    content: bytes, file: str, resolve: Resolve[StatementId], faults: list[Fault]
) -> list[Located[HistoryRow]]:
    """
    Return the rows of ``history.csv``, like `verdicts_of`, but only those in which no fault was found.

    Raises:
        InvalidDocument: it is no such table.
    """
    rows, own = read_rows_with_own_columns(HistoryRowSchema, TableReader(content, file), faults)
    found = []
    for row, key in _with_keys(rows, file, resolve, faults):
        if not row.unread:
            recorded, by = row.fields.pop("recorded"), row.fields.pop("by")
            verdict = verdict_row(key, row.fields, own.of(row.cells))
            found.append(Located(row.place, HistoryRow(row=verdict, recorded=recorded, by=by)))
    return found


def controls_of(content: bytes, file: str, resolve: Resolve[Key], faults: list[Fault]) -> list[Located[ControlRow]]:
    """
    Return the rows of ``controls.csv``, like `verdicts_of`.

    Raises:
        InvalidDocument: it is no such table.
    """
    rows, own = read_rows_with_own_columns(ControlVerdictRowSchema, TableReader(content, file), faults)
    return [
        Located(row.place, ControlRow(key=key, extra=own.of(row.cells), **_values(row.fields)), row.unread)
        for row, key in _with_keys(rows, file, resolve, faults)
    ]


def evidence_of(content: bytes, file: str, faults: list[Fault]) -> tuple[list[Located[Evidence]], bool]:
    """
    Return the rows of ``evidence.csv``, like `verdicts_of`, and whether the id of every row could be read.

    Raises:
        InvalidDocument: it is no such table.
    """
    before = len(faults)
    rows, own = read_rows_with_own_columns(EvidenceRowSchema, TableReader(content, file), faults)
    read = [row for row in rows.rows if "id" not in row.unread]
    found = [
        Located(row.place, Evidence(**({"title": ""} | row.fields), extra=own.of(row.cells)), row.unread)
        for row in read
    ]
    # A table without rows whose header has a fault may have no column of ids.
    is_empty = not found and len(faults) > before
    return found, rows.is_whole and len(read) == len(rows.rows) and not is_empty


def own_columns(content: bytes, file: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a table that are the user's own, in order; *known* are ours."""
    return tuple(name for name in map(unescape_formula, TableReader(content, file).header) if name not in known)


def line_of(place: str) -> int:
    """Return the number of the line in the place of a row, such as "line 2"."""
    return int(place.rpartition(" ")[2])


def _with_keys(rows: ReadRows, file: str, resolve: Resolve[T], faults: list[Fault]) -> Iterator[tuple[ReadRow, T]]:
    """
    Yield rows, without their keys, and the ids that these stand for; add a fault for each unknown key.

    The id of a row whose key is unread or unknown is None, and its key is then unread. Nothing is yielded without
    *resolve*.
    """
    if resolve is None:
        return
    for row in rows.rows:
        written = row.fields.pop("key", None)
        key: Any = None
        if written is not None:
            try:
                key = resolve(written)
            except AicopError as error:
                faults.append(Fault(file, f"{row.place}, column 'key'", str(error)))
        yield (row if key is not None else row._replace(unread=row.unread | {"key"})), key


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
