"""
CSV: an edition as a checklist, a framework as its elements, a crosswalk in the columns of aicop's mapping files.

A cell that a spreadsheet would run as a formula gets a leading apostrophe. Reading removes exactly these apostrophes.
`aicop.files.tables` describes the variants of CSV that can be read. `FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from aicop.catalogue.catalogue import Catalogue
from aicop.crosswalk.core import Crosswalk
from aicop.errors import Fault, InvalidId, count_phrase, excerpt, reject
from aicop.files.formulas import unescape_formula
from aicop.files.tables import TableReader, csv_text
from aicop.files.text import MAX_FILE_SIZE, count_unprintable, one_line, phrase_of_unprintable, text_lines
from aicop.frameworks.framework import Framework
from aicop.frameworks.reader import alias_clashes
from aicop.frameworks.writer import dumps_table
from aicop.ids import EditionId
from aicop.interop.columns import ALIASES, AMENDED, CONTROLS
from aicop.interop.common.builder import build_framework
from aicop.interop.common.format import Format, ImportOptions, ImportResult
from aicop.interop.common.naming import edition_for
from aicop.interop.common.rows import rows_of, unstated_facts
from aicop.interop.worksheets import Table, checklist
from aicop.mappings.columns import COLUMNS, SSSOM
from aicop.mappings.writer import cells
from aicop.vocabulary import MappingBasis, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.interop.common.protocol import Sample
    from aicop.interop.worksheets import Cell
    from aicop.mappings.table import MappingTable
    from aicop.model.mapping import Mapping

FORMAT = Format(
    name="csv",
    title="CSV: checklist, elements of a framework, or mappings",
    suffix=".csv",
    writes=("edition", "framework", "crosswalk"),
    reads=("framework", "crosswalk"),
    predicates=Predicate,
    joint=True,
    keeps="all fields of mappings; all columns of a framework, including the user's own",
    loses=(
        "all of an edition except its checklist, which cannot be read back",
        "the title, publisher, licence and withdrawn elements of a framework",
        "the key and edition of a framework, unless the file is named key@edition.csv",
        "the set that a mapping belongs to",
        "two judgements of a pair by one author: a table with both is written, but rejected when it is read",
    ),
    extra=None,
    own_columns=True,
    tables=True,
)


def recognises(sample: Sample) -> bool:
    """Return True for any table, by its suffix or a separator in its first row; other formats must be tried first."""
    if sample.is_json:
        return False
    return sample.suffix in {".csv", ".tsv"} or re.search(r"[\t,;]", sample.first_row) is not None


_ELEMENTS = ("id", "parent", "kind", "title", "nature", "words")
_FACTS = frozenset({"author", "date", "confidence", "rationale"})
"""The columns that a row must fill in to get the basis *own* instead of *imported*."""
_MAPPING_COLUMNS = frozenset({*COLUMNS, *SSSOM.values()})


def _line(cells_: Iterable[Cell]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells_]


def dumps(item: Catalogue | Framework | Crosswalk | Table) -> str:
    """
    Write an edition, a framework, a crosswalk or a table as CSV.

    >>> from aicop.frameworks import load
    >>> print(dumps(load("stride")).splitlines()[1])
    Spoofing,,threat_category,Spoofing,risk,
    """
    if isinstance(item, Crosswalk):
        return csv_text([COLUMNS, *(cells(row).values() for row in rows_of(item, FORMAT.predicates).rows)])
    if isinstance(item, Framework):
        return dumps_table(item)
    table = checklist(item) if isinstance(item, Catalogue) else item
    return csv_text([table.names, *map(_line, table.rows)])


def _mapping_table(source: Path | bytes | str, file: str, options: ImportOptions) -> MappingTable:
    # Imported here because only reading needs pydantic, which is slow to import.
    from aicop.mappings.table import MappingTable, TableChoices
    from aicop.schema.mapping import ForeignRowSchema

    return MappingTable(source, file, ForeignRowSchema, choices=TableChoices(skip_lines=options.skip_lines))


def _mapping_rows(
    source: Path | bytes | str, file: str, options: ImportOptions
) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    """Yield each row with its line number, as cells by column or as a fault."""
    for line, known in _mapping_table(source, file, options).rows():
        if isinstance(known, Fault):
            yield line, known
            continue
        told_ = {name: text for name, cell in known.items() if (text := one_line(cell))}
        # The default; a basis in the row overrides it.
        basis = MappingBasis.OWN if told_.keys() >= _FACTS else MappingBasis.IMPORTED
        yield line, {"basis": basis.value} | told_


def omission_phrases(source: Path | bytes | str, file: str) -> tuple[str, ...]:
    """Return phrases that count the dropped content of a table: leading comments and unprintable characters."""
    table = TableReader(source, file)
    comments = table.comments
    # Counted in the raw text, because the rows are cleaned as they are read.
    texts: Iterable[str]
    if table.unit == "row":
        texts = (cell for _, row in table.rows() if not isinstance(row, Fault) for cell in row)
    else:
        lines = itertools.islice(text_lines(source, file), table.lines_before + 1, None)
        texts = (line.rstrip("\n") for line in lines)
    cut = sum(map(count_unprintable, texts))
    said = (count_phrase(comments, "comment line", "comment lines"),) if comments else ()
    return (*said, *phrase_of_unprintable(cut))


def stream(
    source: Path | bytes | str, file: str | None = None, options: ImportOptions = ImportOptions()
) -> Iterator[Mapping]:
    """
    Validate a whole table of mappings, then yield its mappings in order, one at a time.

    The table may be of any length: it is read twice, line by line. *source* is a path, or the content. Author, date,
    confidence and rationale may be empty. A row without a basis gets ``own`` if it has all four, otherwise
    ``imported``.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidDocument: with all faults, each with its line; validation stops after 100 faults.
        OSError: the file cannot be read.
    """
    from aicop.mappings.check import RowChecker
    from aicop.mappings.reader import check_then_yield
    from aicop.mappings.resolve import IdResolver

    name = file or (source.name if isinstance(source, Path) else "<text>.csv")
    ends = IdResolver(options.frameworks, options.source, options.target)
    ends.check_homes()
    table = _mapping_table(source, name, options)
    spots = {column: f", column {excerpt(table.names.get(column, column))}" for column in COLUMNS}
    check = RowChecker(ends, name, spots, unit=table.unit, missing=table.missing)
    yield from check_then_yield(lambda: _mapping_rows(source, name, options), check, name)


def _framework(table: TableReader, options: ImportOptions) -> tuple[Framework, tuple[str, ...]]:
    """Return the framework in a table, and phrases for the facts that the file does not state."""
    from aicop.schema.framework_file import check_controls

    controls, place = check_controls(table, lambda cell: one_line(unescape_formula(cell)))
    title = PurePath(table.file).stem
    # A table cannot contain facts about the whole framework, so title and edition are derived from the file name.
    edition = edition_for(options, title, None, _edition_named_by(title))
    unknown = ["the title of the framework", "its publisher"]
    if options.edition is None and _edition_named_by(title) is None:
        unknown.append("its edition")
    # The aliases are the user's own, so those that lead nowhere are faults like in `aicop.frameworks.loads`.
    clashes = [Fault(table.file, place(i, "aliases"), problem) for i, _, problem in alias_clashes(controls, place)]
    return build_framework(edition, {"title": title}, controls, table.file, place, clashes), tuple(unknown)


def _edition_named_by(name: str) -> str | None:
    """Return *name* if it is an edition id such as ``nist-csf@2.0``, or None."""
    try:
        return str(EditionId.parse(name))
    except InvalidId:
        return None


def _unread_columns(header: list[str]) -> str:
    """Return the problem with a header that belongs neither to a framework nor to mappings."""
    if "map_relationship" in {name.lower().lstrip("$") for name in header}:
        return "has the columns of compliance-trestle; read it in the format trestle"
    if {"Key", "Verb", "Action"} <= set(header):
        return "is a checklist, which aicop writes but does not read"
    shown = excerpt(", ".join(header))
    expected = "neither a framework (id, kind, ...) nor mappings (source, relationship, ...)"
    # Only the settings of a library can say which column is which.
    advice = (
        "rename them or, in a library, put the table into the folder frameworks or mappings and declare them in "
        'aicop.toml, such as columns = { "Control ID" = "id" } under [framework."acme@2026"]'
    )
    return f"the columns match {expected}: {shown}{f'; {advice}' if any(header) else ''}"


def loads(content: bytes | str, file: str = "<text>.csv", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Parse a table of a framework or of mappings; the columns determine which it is.

    The separator is a comma, a semicolon or a tab; in a table with tabs, quotes have no special meaning. The key and
    edition of a framework come from *options*, or else from a file name such as ``key@edition.csv``. For any other
    file name the key is derived from that name, and the edition is ``unknown``.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidId: the key or label that *options* gives to the framework in the file is malformed.
        InvalidDocument: with all faults, each with its line; or the file is larger than 64 MiB, in which case `stream`
            can be used.
    """
    if len(content) > MAX_FILE_SIZE:
        reject(
            file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB; aicop.interop.csv.stream reads mappings of any length"
        )
    table = TableReader(content, file)
    if "Id" in table.header:
        # If the sheet of elements of a workbook was saved as CSV, the names are the headings of its columns.
        names = {column.heading: column.name for column in (*CONTROLS, AMENDED, ALIASES)}
        table.header = [names.get(heading, heading) for heading in table.header]
    known = set(table.header)
    # The table may contain a stray column of the other type, so the type with more matching columns is used.
    of_mappings, of_elements = len(known.intersection(_MAPPING_COLUMNS)), len(known.intersection(_ELEMENTS))
    if not of_mappings and not of_elements:
        reject(
            file, table.place(), table.other_header(_MAPPING_COLUMNS.union(_ELEMENTS)) or _unread_columns(table.header)
        )
    if of_mappings > of_elements:
        rows = tuple(stream(content, file, options))
        return ImportResult(
            format=FORMAT.name, mappings=rows, dropped=omission_phrases(content, file), unstated=unstated_facts(rows)
        )
    framework, unknown = _framework(table, options)
    return ImportResult(
        format=FORMAT.name, frameworks=(framework,), dropped=omission_phrases(content, file), unstated=unknown
    )
