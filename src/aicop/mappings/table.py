"""Read the cells of a mapping file by aicop's names of columns, whether its header has these or SSSOM's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.errors import Fault, excerpt, reject
from aicop.files.tables import TableReader
from aicop.mappings.columns import from_sssom, mixed
from aicop.schema.check import check_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from aicop.mappings.resolve import Row


# The forms of a confidence with SSSOM's names: a share of 0 to 1 with at most one decimal.
_SHARES = {"0.0": "0", "1.0": "10", **{f"{number / 10:g}": str(number) for number in range(11)}}


class MappingTable:
    """
    A mapping file whose header has been checked against *model*.

    A header in SSSOM's names is read as well; in such a table, confidence is 0 to 1. *given* names columns whose values
    do not come from the table.

    Raises:
        InvalidDocument: with all faults of the header.
        OSError: the file cannot be read.
    """

    def __init__(
        self, source: Path | bytes | str, file: str, model: type[BaseModel], given: Iterable[str] = ()
    ) -> None:
        self._table = table = TableReader(source, file, decimals=("confidence",))
        self._ours = from_sssom(table.header)
        if said := mixed(table.header):
            reject(file, f"line {table.lines_before + 1}", said)
        target = self.names.get("target", "target")
        # A file may have only one of the two sides, if nothing was found on the other.
        check_columns(model, table, given, self.names, () if target in table.header else ("source",))

    @property
    def names(self) -> dict[str, str]:
        """The name in the table of each column; empty if the columns have aicop's own names."""
        return {ours: theirs for theirs, ours in self._ours.items()}

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """Yield each row as its non-empty cells by aicop's columns, and the faults of cells, with the line number."""
        for line, cells in self._table.rows_by_column():
            if isinstance(cells, Fault) or not self._ours:
                yield line, cells
                continue
            row = {self._ours[name]: cell for name, cell in cells.items()}
            if (share := row.get("confidence")) is not None:
                if share not in _SHARES:
                    said = (
                        f"{excerpt(share)} is not valid in this field; expected a number from 0 to 1 with at most one"
                        " decimal, such as 0.7, because the columns have SSSOM's names"
                    )
                    yield line, Fault(self._table.file, f"line {line}, column 'confidence'", said)
                # After a fault the row is not used, so any number will do.
                row["confidence"] = _SHARES.get(share, "0")
            yield line, row
