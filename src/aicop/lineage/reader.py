"""Read your own lineage tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidDocument, UnknownKey, UnknownTerm, reject
from aicop.files.formulas import unescape_formula
from aicop.files.source import table_of
from aicop.files.tables import TableReader
from aicop.files.text import MAX_FILE_SIZE
from aicop.ids import PrincipleId, ProvisionId, StatementId
from aicop.lineage.chaining import with_provision_rows
from aicop.lineage.faults import table_faults
from aicop.model.lineage import LineageRow
from aicop.schema.check_table import check_rows
from aicop.schema.lineage import OwnLineageRowSchema
from aicop.vocabulary import Change, Grade, term

if TYPE_CHECKING:
    from collections.abc import Collection

    from aicop.catalogue.catalogue import Catalogue
    from aicop.files.source import Source
    from aicop.model.lineage import LineageId

_SIGNIFICANCE = list(Change)


class _Cells:
    """The cells of one row as values, with a fault for each that is not valid."""

    def __init__(self, file: str, place: str, cells: dict[str, str]) -> None:
        self.cells = cells
        self.faults: list[Fault] = []
        self._file = file
        self._place = place

    def _fault(self, column: str, problem: str) -> None:
        self.faults.append(Fault(self._file, f"{self._place}, column {column!r}", problem))

    def item(self, column: str, catalogue: Catalogue) -> LineageId | None:
        """Return the item that a cell names in its edition; None if the cell is empty or invalid."""
        if not (written := self.cells.get(column)):
            return None
        try:
            found = catalogue.find(written)
        except UnknownKey as error:
            self._fault(column, str(error))
            return None
        if not isinstance(found, ProvisionId | StatementId | PrincipleId):
            self._fault(column, f"{found} is not a provision, a statement or a principle")
            return None
        return found

    def changes(self) -> tuple[Change, ...]:
        """Return the kinds of change, the most significant first, with what an empty id implies."""
        found = []
        for word in filter(None, (part.strip() for part in self.cells.get("changes", "").split(";"))):
            try:
                found.append(term(Change, word))
            except UnknownTerm as error:
                self._fault("changes", str(error))
        if not found and not self.faults and not (self.cells.get("old") and self.cells.get("new")):
            found = [Change.REMOVED if self.cells.get("old") else Change.ADDED]
        return tuple(sorted(found, key=_SIGNIFICANCE.index, reverse=True))

    def row(self, old: Catalogue, new: Catalogue) -> LineageRow:
        """Return the row; it is only valid if there are no faults."""
        cell = self.cells.get
        return LineageRow(
            old=self.item("old", old),
            new=self.item("new", new),
            changes=self.changes(),
            grade=Grade(self.cells["grade"]),
            note=cell("note"),
            reverse_note=cell("reverse_note"),
            review=cell("review"),
            reverse_review=cell("reverse_review"),
        )


def loads(
    source: Source, file: str | None = None, *, old: Catalogue, new: Catalogue, skip_lines: Collection[int] = ()
) -> tuple[LineageRow, ...]:
    """
    Return the rows of a lineage table between two editions, in the order of the table.

    *source* is a path, an open file, the content of a file, or the rows as dictionaries. A table of text is separated
    by tabs, commas or semicolons. The columns are described in ``docs/reference/data-format.md``. An item may be
    written in any form that the edition reads. Where only the statements of a provision have rows, a row for the
    provision follows that unites them. *file* is the name used in errors; the default is that of the path or open file.
    The rows on *skip_lines* are left out.

    Raises:
        InvalidDocument: with all faults, each with its line: unknown items, contradictory and repeated rows, items
            that no row accounts for, and rows for some statements of a provision but not for all.
        OSError: the file cannot be read.
    """
    content, file, _ = table_of(source, file)
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    table = TableReader(content, file, skip_lines=skip_lines)
    # The model cannot require these columns, because it would then require that every cell is filled.
    if missing := [name for name in ("old", "new", "changes") if name not in table.header]:
        raise InvalidDocument.from_faults(
            tuple(Fault(file, table.place(), f"the column {name!r} is missing") for name in missing)
        )
    faults: list[Fault] = []
    rows = []
    named: list[LineageId] = []
    for place, written in check_rows(OwnLineageRowSchema, table, unescape_formula):
        cells = _Cells(file, place, written)
        row = cells.row(old, new)
        if cells.faults:
            faults += cells.faults
            named += (end for end in (row.old, row.new) if end is not None)
        else:
            rows.append((place, row))
    faults += table_faults(rows, old, new, file, named)
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    return with_provision_rows(row for _, row in rows)
