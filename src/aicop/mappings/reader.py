"""
Read your own mapping files, row by row.

A file is read twice: first to check every row, then to yield the mappings. So a file with faults yields no mappings,
and a long file need not fit in memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument
from aicop.mappings.check import RowChecker
from aicop.mappings.resolve import IdResolver, Row
from aicop.mappings.table import NO_CHOICES, MappingTable, TableChoices
from aicop.schema.mapping import MappingRowSchema
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.frameworks.registry import FrameworkRegistry
    from aicop.model.mapping import Mapping


def _table(source: Path | bytes | str, file: str, shared: Row, choices: TableChoices) -> MappingTable:
    return MappingTable(source, file, MappingRowSchema, shared, choices)


def _rows(
    source: Path | bytes | str, file: str, shared: Row, choices: TableChoices
) -> Iterator[tuple[int, Row | Fault]]:
    """Yield each row with its line number, after checking the header; *shared* fills cells that are empty."""
    for line, cells in _table(source, file, shared, choices).rows():
        yield line, cells if isinstance(cells, Fault) else shared | cells


def check_then_yield(
    rows: Callable[[], Iterable[tuple[int, Row | Fault]]], check: RowChecker, name: str
) -> Iterator[Mapping]:
    """
    Check all rows, then yield their mappings.

    *rows* is called once per pass and returns pairs of line number and row. *name* is the name of the mapping set.

    Raises:
        InvalidDocument: with all faults, each with its line; checking stops after `MAX_FAULTS` of them.
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
    check.finish()
    if check.faults:
        raise InvalidDocument.from_faults(tuple(check.faults))
    # Keeping the rows of the first pass instead would hold the whole file in memory.
    for _, row in rows():
        assert isinstance(row, dict)
        yield check.mapping(row, name)


def stream(  # noqa: PLR0913 -- one argument for each question
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] | FrameworkRegistry = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    choices: TableChoices = NO_CHOICES,
    **facts: str,
) -> Iterator[Mapping]:
    """
    Check a whole mapping file, then yield its mappings in order, one at a time.

    *source* is a path or the content: a table separated by tabs, commas or semicolons. Lines at the top that begin
    with # are comments. The columns are described in ``docs/reference/data-format.md``; with SSSOM's names for them,
    such as ``subject_id``, a confidence is 0 to 1. *facts* are defaults for empty cells, by column (``author``,
    ``basis``...). Bare ids are looked up in *source_edition* and *target_edition*. Your own *frameworks* are
    known beside those that ship. *choices* say which columns and rows are read. *file* is the name used in errors.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; checking stops after `MAX_FAULTS` of them.
        OSError: the file cannot be read.
    """
    name = file or (source.name if isinstance(source, Path) else "<text>.tsv")
    if isinstance(source, Path) and not source.is_file():
        # A pipe can be read only once, so its content is kept for both passes. This raises if the path does not exist.
        source = source.read_bytes()
    ends = IdResolver(frameworks, source_edition, target_edition)
    ends.check_homes()
    shared = {"basis": MappingBasis.OWN.value} | {column: fact for column, fact in facts.items() if fact}
    check = RowChecker(ends, name, names=_table(source, name, shared, choices).names)
    yield from check_then_yield(lambda: _rows(source, name, shared, choices), check, name)


def loads(  # noqa: PLR0913 -- one argument for each question
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] | FrameworkRegistry = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    choices: TableChoices = NO_CHOICES,
    **facts: str,
) -> tuple[Mapping, ...]:
    """
    Return the mappings of a mapping file. The arguments are those of `stream`.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; checking stops after `MAX_FAULTS` of them.
        OSError: the file cannot be read.
    """
    return tuple(
        stream(
            source,
            file,
            frameworks=frameworks,
            source_edition=source_edition,
            target_edition=target_edition,
            choices=choices,
            **facts,
        )
    )
