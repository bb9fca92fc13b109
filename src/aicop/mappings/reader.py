"""
Files of mappings that a user brings: read line by line, so that memory does not grow with the faults of a long one.

A file is gone through twice: once to check every line, and once to give the mappings, so that nothing is half-loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument
from aicop.files.tables import TableReader
from aicop.mappings.check import RowChecker
from aicop.mappings.resolve import IdResolver, Row
from aicop.schema.check import check_columns
from aicop.schema.mapping import MappingRowSchema
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.model.mapping import Mapping


def _rows(source: Path | bytes | str, file: str, facts: Row) -> Iterator[tuple[int, Row | Fault]]:
    """Yield each row with its line, facts filled in; the header is checked first."""
    table = TableReader(source, file, decimals=("confidence",))
    shared = {"basis": MappingBasis.OWN.value} | {name: fact for name, fact in facts.items() if fact}
    check_columns(MappingRowSchema, table, shared)
    for line, cells in table.rows_by_column():
        yield line, cells if isinstance(cells, Fault) else shared | cells


def check_then_yield(
    rows: Callable[[], Iterable[tuple[int, Row | Fault]]], check: RowChecker, name: str
) -> Iterator[Mapping]:
    """
    Check all rows, each of which comes with its line, then yield their mappings; *rows* gives them anew each time.

    Raises:
        InvalidDocument: with all faults, each with its line; after `MAX_FAULTS` of them the rest is not looked at.
    """
    last = 0
    for line, row in rows():
        if len(check.faults) >= MAX_FAULTS:
            check.fault(last, TOO_MANY_FAULTS)
            break
        last = line
        if isinstance(row, Fault):
            check.faults.append(row)
        else:
            check.row(line, row)
    if check.faults:
        raise InvalidDocument.from_faults(tuple(check.faults))
    for _, row in rows():
        assert isinstance(row, dict)
        yield check.ends.mapping(row, name)


def stream(
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    **facts: str,
) -> Iterator[Mapping]:
    """
    Check a file of mappings whole, then yield its mappings in order, one at a time.

    *source* is a path, or the content: a table with tabs, commas or semicolons; lines that begin with # at the top are
    comments. The columns are those of ``docs/reference/data-format.md``; *facts* (``author_label``, ``basis``...) hold
    for rows that leave those cells empty. Bare ids are looked up in *source_edition* and *target_edition*, and
    everything first in *frameworks*, a user's own.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; after `MAX_FAULTS` of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    name = file or (source.name if isinstance(source, Path) else "<text>.tsv")
    if isinstance(source, Path) and not source.is_file():
        # A pipe can be gone through only once; what is no file at all is told here.
        source = source.read_bytes()
    ends = IdResolver(frameworks, source_edition, target_edition)
    ends.check_homes()
    yield from check_then_yield(lambda: _rows(source, name, facts), RowChecker(ends, name), name)


def loads(
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    **facts: str,
) -> tuple[Mapping, ...]:
    """
    Read a file of mappings that a user brings; arguments and errors are those of `stream`.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; after `MAX_FAULTS` of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    return tuple(
        stream(
            source,
            file,
            frameworks=frameworks,
            source_edition=source_edition,
            target_edition=target_edition,
            **facts,
        )
    )
