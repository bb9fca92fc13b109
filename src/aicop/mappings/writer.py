"""Write mappings as a table that `aicop.mappings.loads` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.files.formulas import escape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.model.mapping import Mapping


COLUMNS = (
    "subject_id",
    "predicate_id",
    "object_id",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
    "basis",
    "strength",
    "remainder",
    "knowledge",
    "settlement",
    "subject_digest",
    "object_digest",
)
"""The columns of `aicop.schema.mapping.MappingRowSchema`, in its order."""


def cells(row: Mapping) -> dict[str, str]:
    """
    Return a mapping as cells by column, in the form that `aicop.model.from_data.mapping` reads.

    If the mapping does not state a fact, its cell is empty.
    """
    values = (
        row.source,
        row.predicate,
        row.target,
        row.author,
        row.date,
        # SSSOM measures confidence from 0 to 1.
        None if row.confidence is None else f"{row.confidence / 10:g}",
        row.rationale,
        row.basis,
        row.strength,
        row.remainder,
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
