"""Mappings in our own format, as `aicop.mappings.loads` reads them."""

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
"""Those of `aicop.schema.mapping.MappingRowSchema`, in its order."""


def cells(row: Mapping) -> dict[str, str]:
    """Give a mapping as cells by column, as `aicop.model.from_data.mapping` takes them; empty where nothing is said."""
    values = (
        row.source,
        row.predicate,
        row.target,
        row.author,
        row.date,
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
    """Yield the lines of the table that `aicop.mappings.loads` reads: a TSV, in which nothing is quoted."""
    yield "\t".join(COLUMNS) + "\n"
    for row in rows:
        yield "\t".join(map(escape_formula, cells(row).values())) + "\n"


def dumps(rows: Iterable[Mapping]) -> str:
    """Write mappings as such a table."""
    return "".join(lines(rows))
