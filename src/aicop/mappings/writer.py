"""Write mappings as a table that `aicop.mappings.loads` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.files.formulas import escape_formula
from aicop.mappings.columns import COLUMNS
from aicop.tables import MAPPINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.model.mapping import Mapping
    from aicop.tables import Row


def _values(row: Mapping) -> tuple[object, ...]:
    """Return the facts of a mapping in the order of the columns of a file."""
    return (
        row.source,
        row.predicate,
        row.target,
        row.rationale,
        row.strength,
        row.remainder,
        row.reverse_strength,
        row.reverse_remainder,
        row.confidence,
        row.basis,
        row.author,
        row.date,
        row.knowledge,
        row.settlement,
        row.source_digest,
        row.target_digest,
    )


def cells(row: Mapping) -> dict[str, str]:
    """
    Return a mapping as cells by column, in the form that `aicop.model.from_rows.mapping` reads.

    If the mapping does not state a fact, its cell is empty.
    """
    return {name: "" if value is None else str(value) for name, value in zip(COLUMNS, _values(row), strict=True)}


def table_of(rows: Iterable[Mapping]) -> list[Row]:
    """
    Return mappings as rows of plain values, as data frames take them; `aicop.tables` describes the columns.

    >>> from aicop.mappings import load, sets
    >>> rows = table_of(load(sets()[0].name))
    >>> rows[0]["strength"] is None or 0 <= rows[0]["strength"] <= 10
    True
    """
    return MAPPINGS.rows((*_values(row), row.set, row.searched) for row in rows)


def lines(rows: Iterable[Mapping]) -> Iterator[str]:
    """Yield the lines of a table that `aicop.mappings.loads` reads: TSV without quoting, header first."""
    yield "\t".join(COLUMNS) + "\n"
    for row in rows:
        yield "\t".join(map(escape_formula, cells(row).values())) + "\n"


def dumps(rows: Iterable[Mapping]) -> str:
    """Return mappings as a table that `aicop.mappings.loads` reads; see `lines`."""
    return "".join(lines(rows))
