"""Write mappings as a table that `aicop.mappings.loads` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.files.formulas import escape_formula
from aicop.mappings.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.model.mapping import Mapping


def cells(row: Mapping) -> dict[str, str]:
    """
    Return a mapping as cells by column, in the form that `aicop.model.from_rows.mapping` reads.

    If the mapping does not state a fact, its cell is empty.
    """
    values = (
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
    return {name: "" if value is None else str(value) for name, value in zip(COLUMNS, values, strict=True)}


def lines(rows: Iterable[Mapping]) -> Iterator[str]:
    """Yield the lines of a table that `aicop.mappings.loads` reads: TSV without quoting, header first."""
    yield "\t".join(COLUMNS) + "\n"
    for row in rows:
        yield "\t".join(map(escape_formula, cells(row).values())) + "\n"


def dumps(rows: Iterable[Mapping]) -> str:
    """Return mappings as a table that `aicop.mappings.loads` reads; see `lines`."""
    return "".join(lines(rows))
