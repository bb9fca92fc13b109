"""
Read your own mapping files, whole or row by row.

A file that is streamed is read twice: first to check every row, then to yield the mappings. So a file with faults
yields no mappings, and a long file need not fit in memory.
"""

from __future__ import annotations

from array import array
from itertools import zip_longest
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import Fault, reject
from aicop.files.source import reject_json, table_of
from aicop.files.text import MAX_FILE_SIZE, read_content
from aicop.mappings.check import RowChecker, check_rows, checked
from aicop.mappings.resolve import IdResolver, Row
from aicop.mappings.table import NO_CHOICES, MappingTable, TableChoices
from aicop.schema.mapping import MappingRowSchema
from aicop.vocabulary import UNSTATED, MappingBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.files.source import Rows, Source
    from aicop.frameworks.framework import Framework
    from aicop.frameworks.registry import FrameworkRegistry
    from aicop.mappings.check import Place
    from aicop.model.mapping import Mapping


class _MappingFile:
    """A mapping file with a check for its rows; *facts* fill cells that are empty."""

    def __init__(
        self,
        source: Source,
        file: str | None,
        ends: IdResolver,
        choices: TableChoices,
        facts: Row,
    ) -> None:
        self._source: Path | bytes | str | Rows
        if isinstance(source, PathLike):
            self._source = Path(source)
            self.name = file or self._source.name
            if self.name.lower().endswith(".json"):
                reject_json(self.name)
            # A pipe can be read only once, so its content is kept for all passes. This raises if the path does not
            # exist.
            if not self._source.is_file():
                self._source = _kept(self._source, self.name)
        else:
            self._source, self.name, _ = table_of(source, file)
        self._choices = choices
        _check_facts(facts)
        self._stated = {column: fact for column, fact in facts.items() if fact}
        self._shared = {"basis": MappingBasis.OWN.value, **choices.defaults, **self._stated}
        ends.check_homes()
        table = self._table()
        self.check = RowChecker(ends, self.name, names=table.names, unit=table.unit, missing=table.missing)

    def _table(self) -> MappingTable:
        return MappingTable(self._source, self.name, MappingRowSchema, self._shared, self._choices)

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """Yield each row with its line number, after checking the header."""
        for line, cells in self._table().rows():
            if isinstance(cells, Fault):
                yield line, cells
                continue
            known = self._stated | cells
            yield line, known if known.get("basis") in UNSTATED else self._shared | known


def _check_facts(facts: Row) -> None:
    """
    Check the defaults for empty cells.

    Raises:
        TypeError: one of them is not text, as when a library is passed under a name that is no argument.
    """
    for column, fact in facts.items():
        if fact and not isinstance(fact, str):
            message = f"the default {column!r} must be text, not {type(fact).__name__}"
            if column == "library":
                message += "; pass library.registry as frameworks to look up ids of your own"
            raise TypeError(message)


def _kept(pipe: Path, file: str) -> bytes:
    content = read_content(pipe)
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB, which is the limit for a pipe; save it as a file")
    return content


def check_then_yield(
    rows: Callable[[], Iterable[tuple[int, Row | Fault]]], check: RowChecker, name: str
) -> Iterator[Mapping]:
    """
    Check all rows, then yield their mappings.

    *rows* is called once per pass and returns pairs of line number and row. *name* is the name of the mapping set.

    Raises:
        InvalidDocument: with all faults, each with its line; checking stops after `MAX_FAULTS` of them. Or the rows of
            the second pass are not those of the first.
    """
    # Keeping the rows of the first pass would hold the whole file in memory. Their hashes show whether the file has
    # changed since, and a row that was not checked must not be taken for one that was.
    marks = array("q", (_mark(line, row) for line, row in checked(rows(), check)))
    for mark, found in zip_longest(marks, rows()):
        if found is None or isinstance(found[1], Fault) or mark != _mark(found[0], found[1]):
            reject(name, "", "the file changed while it was read; read it again")
        yield check.mapping(found[1], name)


def _mark(line: Place, row: Row) -> int:
    return hash((line, *row.items()))


def stream(  # noqa: PLR0913 -- one argument for each question
    source: Source,
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

    *source* is a path, an open file, the content of a file, or the rows as dictionaries. Text is a table separated by
    tabs, commas or semicolons, and lines at its top that begin with # are comments. The columns are described in
    ``docs/reference/data-format.md``; with SSSOM's names for them, such as ``subject_id``, a confidence is 0 to 1.
    *facts* are defaults for empty cells, by column (``author``, ``basis``...). Bare ids are looked up in
    *source_edition* and *target_edition*. Your own *frameworks* are known beside those that ship. *choices* say which
    columns and rows are read. *file* is the name used in errors.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; checking stops after `MAX_FAULTS` of them.
        OSError: the file cannot be read.
    """
    ends = IdResolver(frameworks, source_edition, target_edition)
    table = _MappingFile(source, file, ends, choices, facts)
    yield from check_then_yield(table.rows, table.check, table.name)


def loads(  # noqa: PLR0913 -- one argument for each question
    source: Source,
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
    located = loads_located(
        source,
        file,
        frameworks=frameworks,
        source_edition=source_edition,
        target_edition=target_edition,
        choices=choices,
        **facts,
    )
    return tuple(row for _, row in located)


def loads_located(  # noqa: PLR0913 -- one argument for each question
    source: Source,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] | FrameworkRegistry = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    choices: TableChoices = NO_CHOICES,
    **facts: str,
) -> tuple[tuple[Place, Mapping], ...]:
    """Return the mappings of a mapping file, each after its line. The arguments and errors are those of `loads`."""
    ends = IdResolver(frameworks, source_edition, target_edition)
    table = _MappingFile(source, file, ends, choices, facts)
    return check_rows(table.rows(), table.check, table.name)
