"""Read the cells of a mapping file by aicop's names of columns, whether its header has these or SSSOM's."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop.errors import MAX_EXCERPT_LENGTH, Fault, excerpt, reject
from aicop.files.tables import TableReader
from aicop.mappings.columns import COLUMNS, SSSOM, from_sssom, mixed
from aicop.schema.check_table import HeaderAdvice, check_header
from aicop.spelling import close
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from aicop.files.source import Rows
    from aicop.mappings.resolve import Row


# The forms of a confidence with SSSOM's names: a share of 0 to 1 with at most one decimal.
_SHARES = {"0.0": "0", "1.0": "10", **{f"{number / 10:g}": str(number) for number in range(11)}}


_WORDS = frozenset(item.value for item in Predicate)


@shown
@attrs.frozen(kw_only=True, repr=False)
class TableChoices:
    """What of a table is read, and as what."""

    columns: Mapping[str, str] = attrs.field(factory=dict)
    """Columns of the file that are declared to be one of ours; a column that is declared as "" is not read."""
    sheet: str | None = None
    """The sheet of a workbook; None for its first."""
    header: int | None = None
    """The number of the line or row with the names of the columns; None for the first that is no comment."""
    skip_lines: Collection[int] = ()
    """The lines of the rows that are left out."""
    defaults: Mapping[str, str] = attrs.field(factory=dict)
    """
    Facts for cells that are empty, by column, such as the author of all that a library holds.

    They do not apply to a row that is imported or derived, in which an empty cell means that the fact is not stated.
    """


NO_CHOICES = TableChoices()
"""The whole table, with the names that it has."""


_SETTABLE = frozenset({"author", "date"})
"""The columns whose values may come from the settings of a library."""


def _declaration(name: str, ours: str) -> str:
    """Return the setting that declares a column of a file, or "" for a name that a message cannot show whole."""
    if len(name) > MAX_EXCERPT_LENGTH:
        return ""
    # Without quotes, a name in TOML has only these characters. In quotes, it has the escapes of JSON and \U.
    key = name
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        quoted = json.dumps(name, ensure_ascii=False)
        key = "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)
    return f' or, in a library, set columns = {{ {key} = "{ours}" }} for this file in aicop.toml'


def _advice(file: str) -> HeaderAdvice:
    """Return what to do with columns that are none of ours, or are missing."""
    table = f"[mappings.{json.dumps(file.rpartition('/')[2], ensure_ascii=False)}]"
    return HeaderAdvice(
        unknown=lambda name: f"; remove it{_declaration(name, '')}",
        missing=lambda ours: (
            f"; add it or, in a library, set {ours} in [defaults] or in {table} of aicop.toml"
            if ours in _SETTABLE
            else ""
        ),
        instead=lambda name, ours: f"; if it is the {ours}, rename it{_declaration(name, ours)}",
        elsewhere=_SETTABLE,
    )


def _declaration_faults(header: Iterable[str], declared: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the problems with the declarations of columns, each after the name of the column."""
    names = list(header)
    for name, ours in declared.items():
        if ours and ours not in COLUMNS:
            near = close(ours, COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use one of: {', '.join(COLUMNS)}"
            said = f"the column {excerpt(name)} is declared as {excerpt(ours)}, which is not a column of ours"
            yield name, f"{said}; {hint}"
        if name not in names:
            near = close(name, names, n=1)
            hint = f"; did you mean {excerpt(near[0])}?" if near else ""
            yield name, f"the declared column {excerpt(name)} is missing{hint}"


class MappingTable:
    """
    A mapping file whose header has been checked against *model*.

    A header in SSSOM's names is read as well; in such a table, confidence is 0 to 1. *given* names columns whose values
    do not come from the table. *choices* say which columns and rows are read.

    Raises:
        InvalidDocument: the columns have names of both kinds, or the header is further below.
        OSError: the file cannot be read.
    """

    def __init__(
        self,
        source: Path | bytes | str | Rows,
        file: str,
        model: type[BaseModel],
        given: Iterable[str] = (),
        choices: TableChoices = NO_CHOICES,
    ) -> None:
        self._table = table = TableReader(
            source,
            file,
            decimals=("confidence",),
            sheet=choices.sheet,
            header=choices.header,
            skip_lines=choices.skip_lines,
        )
        self.unit: str = table.unit
        wrong = list(_declaration_faults(table.header, choices.columns))
        if wrong and (advice := table.other_header({*choices.columns, *COLUMNS, *SSSOM.values()})):
            reject(file, table.place(), advice)
        sssom = from_sssom(table.header)
        self._shares = bool(sssom)
        if said := mixed(table.header):
            reject(file, table.place(), said)
        declared = {name: ours if ours in COLUMNS else "" for name, ours in choices.columns.items()}
        self._ours = sssom | declared
        """Our name of each column that has another in the file; empty if it is not read."""
        unread = [name for name, ours in self._ours.items() if not ours]
        # A file may have only one of the two sides, if nothing was found on the other.
        needed = () if self.names.get("target", "target") in table.header else ("source",)
        self._header = check_header(model, table, given, self.names, unread=unread, needed=needed, advice=_advice(file))
        # A declared column without which the table cannot be read is reported by the header already.
        told = {self.names.get(ours, ours) for ours in self._header.missing}
        problems = dict.fromkeys(said for name, said in wrong if name not in told)
        self._faults = (*(Fault(file, table.place(), problem) for problem in problems), *self._header.faults)

    @property
    def names(self) -> dict[str, str]:
        """The name in the table of each column of ours that has another name there."""
        return {ours: theirs for theirs, ours in self._ours.items() if ours}

    @property
    def missing(self) -> frozenset[str]:
        """The required columns that the table does not have."""
        return self._header.missing

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """
        Yield each row as its non-empty cells by aicop's columns, and the faults of cells, with the line number.

        The faults of the header come first, and its unknown columns are left out of the rows.
        """
        for fault in self._faults:
            yield self._table.lines_before + 1, fault
        for line, cells in self._table.rows_by_column():
            if isinstance(cells, Fault):
                yield line, cells
                continue
            row = {self._ours.get(name, name): cell for name, cell in cells.items() if name in self._header.known}
            # Spreadsheets capitalise words, and people leave blanks; the names of relationships have neither.
            if (word := row.get("relationship", "").strip().lower()) in _WORDS:
                row["relationship"] = word
            if self._shares and (share := row.get("confidence")) is not None:
                if share not in _SHARES:
                    said = (
                        f"{excerpt(share)} is not valid in this field; expected a number from 0 to 1 with at most one"
                        " decimal, such as 0.7, because the columns have SSSOM's names"
                    )
                    yield line, Fault(self._table.file, self._table.place(line, self.names["confidence"]), said)
                # After a fault the row is not used, so any number will do.
                row["confidence"] = _SHARES.get(share, "0")
            yield line, row
