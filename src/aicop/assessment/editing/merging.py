"""Take what was edited in an exported file back into an assessment, without overwriting what others changed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.assessment import Assessment
from aicop.assessment.editing.exchange import (
    INFORMATION,
    ROW_DIGEST,
    STATEMENT_DIGEST,
    cells_of,
    field_of,
    heading_of,
    nearly,
    own_key,
    own_name,
    plain,
    row_digest,
    unescaped,
)
from aicop.assessment.files.faults import Located, in_order
from aicop.assessment.files.parsing import verdict_row
from aicop.assessment.files.tables import VERDICT_COLUMNS
from aicop.errors import AicopError, Fault, InvalidDocument, KeyMistake, UnknownKey, excerpt
from aicop.files.formulas import formula_problem, unescape_formula
from aicop.files.source import table_of
from aicop.files.tables import MAX_ABOVE_HEADER, TableReader
from aicop.files.text import is_workbook
from aicop.files.workbook import all_sheets
from aicop.ids import StatementId
from aicop.model.assessment import Verdict, VerdictRow
from aicop.model.converters import as_tuple
from aicop.schema.assessment import VerdictRowSchema
from aicop.schema.check_table import OWN_ALIKE, read_rows
from aicop.schema.types import SHORT_DIGEST
from aicop.spelling import unknown_term
from aicop.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aicop.files.source import Source
    from aicop.files.workbook import Row

Take = Literal["theirs", "ours"]
"""How conflicts are resolved: *theirs* takes the cells of the file, *ours* keeps those of the assessment."""
_SIDE = "side"
_SIDES: tuple[Take, ...] = get_args(Take)
_JUDGEMENT = frozenset({"verdict", "assessed", "review_reason"})
"""The columns whose change means that somebody looked at the statement."""
_SIGN = re.compile("(?<=, column ')[=~]")
"""The sign before the name of a column that is not one of ours, which people never see."""
_SEVERAL = 2
"""The number of keys of other editions from which they are one fault of the file."""
_SHORT_DIGEST = re.compile(SHORT_DIGEST)


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class CellChange:
    """A cell that differs between an assessment and a file that is merged into it."""

    key: StatementId
    role: Role | None
    column: str
    """The column of ``verdicts.csv``, or a column of your own."""
    ours: str
    """The cell of the assessment; empty if it has none."""
    theirs: str
    """The cell of the file."""
    place: str
    """The file and the place in it, such as "review.xlsx, sheet P5, row 7"."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Merge:
    """What a merge of a file into an assessment changes, and what it leaves to a person."""

    assessment: Assessment
    """The assessment with the changes, but without what is in conflict."""
    changes: tuple[CellChange, ...] = attrs.field(converter=as_tuple[CellChange, ...])
    """The cells that are taken from the file."""
    conflicts: tuple[CellChange, ...] = attrs.field(converter=as_tuple[CellChange, ...])
    """The cells that differ, and may have changed in the assessment since the export; none of them is taken."""
    kept: tuple[CellChange, ...] = attrs.field(converter=as_tuple[CellChange, ...])
    """The conflicts that were resolved by keeping the cells of the assessment."""
    rows: int
    """The number of rows of the file."""
    unread: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The sheets and columns of the file that were not read, each with the reason."""


@shown
@attrs.frozen(kw_only=True, repr=False)
class _Row:
    """A row of the file."""

    file: str
    place: str
    key: StatementId
    role: Role | None
    cells: dict[str, str]
    """The cells of the columns that the file has, by column, also the empty ones."""
    digest: str
    """The digest of the row when it was exported; empty if there is none."""
    statement: str
    """The digest of the statement when it was exported; empty if there is none."""
    unread: frozenset[str]
    """The columns of which nothing is known, because of a fault."""

    def over(self, ours: Mapping[str, str]) -> dict[str, str]:
        """Return the cells after a merge: those of the file, and those of the assessment in other columns."""
        return {name: cell for name, cell in ({**ours, **self.cells}).items() if cell}


def merge(assessment: Assessment, source: Source, file: str | None = None, *, take: Take | None = None) -> Merge:
    """
    Merge a workbook or table with verdicts into an assessment, and return what changes and what is in conflict.

    *source* is a path, an open file, the content of a file, or the rows as dictionaries; *file* is its name for
    messages. It has the column ``key`` and any columns of ``verdicts.csv`` and of your own, in any order. Rows and
    columns that it lacks stay as they are. An empty cell empties a cell.

    Each row of an export has a digest. If the row in the assessment still has this digest, the cells of the file are
    taken. A row that was not edited changes nothing, and neither does one that the assessment already agrees with.
    Otherwise, and in rows without a digest, each cell that differs is a conflict, unless *take* resolves it.

    Raises:
        UnknownTerm: *take* is not a side.
        InvalidDocument: with all faults of the file: unknown keys and columns, invalid words and dates, cells that are
            formulas, rows that contradict each other, and verdicts that cannot be; then nothing is merged.
        MissingExtra: the file is a workbook, and openpyxl is not installed.
        OSError: the file cannot be read.
    """
    if take not in {None, *_SIDES}:
        raise unknown_term(_SIDE, str(take), _SIDES)
    reader = _Reader(assessment)
    reader.read(source, file)
    found = _Differences(assessment, take, list(reader.faults), reader.unknown)
    for row in reader.rows:
        found.add(row)
    return Merge(
        assessment=assessment.with_verdicts(found.result()),
        changes=found.changes,
        conflicts=found.conflicts,
        kept=found.kept,
        rows=len(reader.rows),
        unread=reader.unread,
    )


class _Reader:
    """Reads the rows of a file, and collects its faults."""

    def __init__(self, assessment: Assessment) -> None:
        self._about = assessment
        self._own = {name for row in assessment.verdicts for name, _ in row.extra}
        self.rows: list[_Row] = []
        self.faults: list[Fault] = []
        self.unread: list[str] = []
        self.unknown: dict[str, list[Located[VerdictRow]]] = {}
        """By file, the rows whose key or role is unread or unknown; their other cells are checked all the same."""
        self._has_keys = False
        # The keys of other editions, each with its fault.
        self._strangers: list[tuple[str, Fault]] = []

    def read(self, source: Source, file: str | None) -> None:
        """Read all rows of all sheets."""
        content, name, _ = table_of(source, file, "<text>.csv")
        if isinstance(content, list | tuple) and not content:
            return
        if isinstance(content, bytes) and is_workbook(content):
            tables = 0
            for sheet, lines in all_sheets(content, name).items():
                header = _header_of(lines)
                if header is None:
                    self.unread.append(f"the sheet {excerpt(sheet)}: it has no column 'key'")
                    continue
                tables += 1
                self._guarded(content, f"{name}, sheet {sheet}", sheet=sheet, header=header, read_rows=lines)
            if not tables:
                self.faults.append(Fault(name, "", "no sheet has a column 'key'; merge a workbook that was exported"))
        else:
            self._guarded(content, name)
        self._add_strangers(name)

    def _add_strangers(self, name: str) -> None:
        """Add the faults of keys of other editions: a single one if the file has no other keys."""
        if self._has_keys or len(self._strangers) < _SEVERAL:
            self.faults += (fault for _, fault in self._strangers)
            return
        about = self._about
        said = (
            f"has only keys of other editions, such as {excerpt(self._strangers[0][0])}, but {about.system.name} "
            f"is assessed against {about.catalogue.id}. If it was exported before an upgrade, upgrade the system back "
            "to that edition, merge, and upgrade it again"
        )
        self.faults.append(Fault(name, "", said))

    def _guarded(self, content: Any, file: str, **how: Any) -> None:  # noqa: ANN401 -- a source of tables
        try:
            self._table(TableReader(content, file, **how))
        except InvalidDocument as error:
            self.faults += error.faults

    def _table(self, table: TableReader) -> None:
        headings = unescaped(table.header)
        names = self._columns(headings, table)
        table.header = names
        passed = [name for name in names if name not in VerdictRowSchema.model_fields and not _is_misspelt(name)]
        faults: list[Fault] = []
        read = read_rows(VerdictRowSchema, table, _clean, faults, passed=passed, refuse=formula_problem)
        self.faults += (Fault(fault.file, _SIGN.sub("", fault.path), fault.problem) for fault in faults)
        absent = frozenset(VERDICT_COLUMNS) - frozenset(names)
        for place, fields, cells, unread in read.rows:
            every = dict(zip(names, map(_clean, cells), strict=True))
            key = self._key(fields.pop("key", None), table.file, place)
            if key is None or "role" in unread:
                # It is not known which row of the assessment this is, nor what that has in columns the file has not.
                unknown: Any = None
                row = Located(place, verdict_row(unknown, fields, ()), unread | absent | {"key"})
                self.unknown.setdefault(table.file, []).append(row)
                continue
            own = verdict_row(key, fields, ())
            taken = {
                name: plain(cell)
                for name, cell in every.items()
                if name not in unread
                and (name.startswith("=") or (name in VERDICT_COLUMNS and name not in {"key", "role"}))
            }
            if taken.get("verdict"):
                taken["verdict"] = "" if own.verdict is Verdict.NOT_ASSESSED else own.verdict.value
            if "evidence" in taken:
                taken["evidence"] = "|".join(own.evidence)
            self.rows.append(
                _Row(
                    file=table.file,
                    place=place,
                    key=key,
                    role=own.role,
                    cells=taken,
                    digest=every.get(ROW_DIGEST, ""),
                    statement=every.get(STATEMENT_DIGEST, ""),
                    unread=unread,
                )
            )

    def _key(self, written: str | None, file: str, place: str) -> StatementId | None:
        """Return the statement that a key names; None if it is unread or unknown, of which the fault is collected."""
        if written is None:
            return None
        try:
            found = self._about.statement_key(written)
        except AicopError as error:
            fault = Fault(file, f"{place}, column 'key'", str(error))
            if isinstance(error, UnknownKey) and error.mistake is KeyMistake.OTHER_EDITION:
                self._strangers.append((error.text, fault))
            else:
                self.faults.append(fault)
            return None
        self._has_keys = True
        return found

    def _columns(self, headings: Sequence[str], table: TableReader) -> list[str]:
        """Return the name of each column: a field, one of ours, or a name of the user's own with a sign in front."""
        is_export = any(field_of(heading) == ROW_DIGEST and heading not in self._own for heading in headings)
        if "" in headings:
            self.faults.append(Fault(table.file, table.place(), "a column has no name; name or remove it"))
        found = [self._column(heading, table.file, is_export=is_export) for heading in headings]
        for name, count in Counter(found).items():
            if count > 1 and name != own_key("") and (name.startswith("=") or name in {ROW_DIGEST, STATEMENT_DIGEST}):
                said = f"the column {excerpt(name.removeprefix('='))} appears more than once"
                self.faults.append(Fault(table.file, table.place(), said))
        informing = [name[1:].strip() for name in found if name.startswith("~")]
        for heading, count in Counter(heading.casefold() for heading in informing).items():
            if count > 1:
                # One of them may be a column of the user's own, whose cells would be lost.
                said = (
                    f"the column {excerpt(heading)} appears more than once; call yours {excerpt(heading_of(heading))}"
                )
                self.faults.append(Fault(table.file, table.place(), said))
        return found

    def _column(self, heading: str, file: str, *, is_export: bool) -> str:
        if not is_export and heading in self._own:
            return own_key(heading)
        field = field_of(heading)
        if field in {*VERDICT_COLUMNS, ROW_DIGEST, STATEMENT_DIGEST}:
            return field
        if field in INFORMATION:
            if not is_export:
                self.unread.append(f"the column {excerpt(heading)} of {file}: it only informs")
            return f"~{heading}"
        name = own_name(heading)
        assert name is not None
        # A name that is nearly one of ours stays as it is, so that it is reported.
        return heading if heading and nearly(heading, OWN_ALIKE) else own_key(name)


def _is_misspelt(name: str) -> bool:
    return not name.startswith(("=", "~")) and name not in {ROW_DIGEST, STATEMENT_DIGEST}


def _clean(cell: str) -> str:
    return plain(unescape_formula(cell))


def _header_of(lines: Sequence[Row]) -> int | None:
    """Return the number of the first row with a cell that says "key", or None if there is none near the top."""
    for row in lines[: MAX_ABOVE_HEADER + 1]:
        if any(field_of(cell) == "key" for cell in row.cells):
            return row.number
    return None


class _Differences:
    """Compares rows of a file with an assessment, and collects what differs."""

    def __init__(
        self,
        assessment: Assessment,
        take: Take | None,
        faults: list[Fault],
        unknown: Mapping[str, list[Located[VerdictRow]]],
    ) -> None:
        self._about = assessment
        self._take = take
        self._rows = {(row.key, row.role): row for row in assessment.verdicts}
        self._seen: dict[object, _Row] = {}
        self._changed: dict[object, VerdictRow] = {}
        self._checked = {file: [*rows] for file, rows in unknown.items()}
        self._faults = faults
        self.changes: list[CellChange] = []
        self.conflicts: list[CellChange] = []
        self.kept: list[CellChange] = []

    def add(self, row: _Row) -> None:
        """Compare a row with that of the assessment."""
        which = (row.key, row.role)
        current = self._rows.get(which) or VerdictRow(key=row.key, role=row.role)
        ours = cells_of(current)
        if "digest" in row.cells and current.digest is not None:
            ours["digest"] = current.digest
        theirs = row.over(ours)
        if row.digest and row.digest == _digest(row, theirs):
            # Nobody edited the row since it was exported.
            return
        first = self._seen.setdefault(which, row)
        if first is not row:
            if first.over(ours) != theirs:
                what = f"{row.key}" + (f" for the role {row.role}" if row.role is not None else "")
                said = f"{what} is also at {first.file}, {first.place}, with other cells; keep one of the two rows"
                self._faults.append(Fault(row.file, row.place, said))
            return
        columns = dict.fromkeys((*VERDICT_COLUMNS, *ours, *theirs))
        differing = [name for name in columns if ours.get(name, "") != theirs.get(name, "")]
        if not differing:
            return
        cells = [
            CellChange(
                key=row.key,
                role=row.role,
                column=name.removeprefix("="),
                ours=ours.get(name, ""),
                theirs=theirs.get(name, ""),
                place=f"{row.file}, {row.place}",
            )
            for name in differing
        ]
        is_free = row.digest == _digest(row, ours)
        if not is_free and self._take == "ours":
            self.kept += cells
            return
        changed = self._with_cells(current, row, theirs, differing)
        self._checked.setdefault(row.file, []).append(Located(row.place, changed, row.unread))
        if is_free or self._take == "theirs":
            self.changes += cells
            self._changed[which] = changed
        else:
            self.conflicts += cells

    def _with_cells(
        self, current: VerdictRow, row: _Row, theirs: Mapping[str, str], differing: Iterable[str]
    ) -> VerdictRow:
        """Return a row of the assessment with the cells of the file."""
        columns = set(differing)
        fields = {name: theirs.get(name, "") for name in columns if not name.startswith("=")}
        values = {
            name: getattr(verdict_row(row.key, {name: cell} if cell else {}, ()), name) for name, cell in fields.items()
        }
        extra = dict(current.extra)
        extra |= {name[1:]: theirs.get(name, "") for name in theirs if name in columns and name.startswith("=")}
        extra |= {name: "" for name in extra if own_key(name) in columns and own_key(name) not in theirs}
        changed = attrs.evolve(current, extra=tuple(extra.items()), **values)
        if _JUDGEMENT & columns and "digest" not in row.cells:
            # What the assessor saw is the statement as it was exported.
            seen = row.statement if _SHORT_DIGEST.fullmatch(row.statement) else self._about.digest(row.key)
            changed = attrs.evolve(changed, digest=None if changed.verdict is Verdict.NOT_ASSESSED else seen)
        return changed

    def result(self) -> Iterator[VerdictRow]:
        """Return the changed rows; raise InvalidDocument with all faults if there are any."""
        for file, rows in self._checked.items():
            self._faults += self._about.verdict_faults(rows, file, self._about.pool)
        if self._faults:
            raise InvalidDocument.from_faults(in_order(self._faults))
        return iter(self._changed.values())


def _digest(row: _Row, cells: Mapping[str, str]) -> str:
    return row_digest(row.key, row.role, {name: cell for name, cell in cells.items() if name != "digest"})
