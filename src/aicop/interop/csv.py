"""
CSV: an edition as a checklist, a framework as its elements, a crosswalk as the columns of SSSOM, a row a line.

A cell that a spreadsheet would run as a formula has an apostrophe in front; reading takes off exactly those.
`aicop.files.tables` says how sheets may be saved, and `FORMAT` what is lost.
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
from aicop.ids import EditionId
from aicop.interop.columns import CONTROLS
from aicop.interop.common.builder import build_framework
from aicop.interop.common.format import Format, ImportOptions, ImportResult
from aicop.interop.common.naming import edition_for
from aicop.interop.common.rows import rows_of, unstated_facts
from aicop.interop.worksheets import Table, checklist, controls
from aicop.mappings.writer import COLUMNS, cells
from aicop.vocabulary import MappingBasis, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.interop.common.protocol import Sample
    from aicop.interop.worksheets import Cell
    from aicop.model.mapping import Mapping

FORMAT = Format(
    name="csv",
    title="CSV: checklist, elements of a framework, or mappings",
    suffix=".csv",
    writes=("edition", "framework", "crosswalk"),
    reads=("framework", "crosswalk"),
    predicates=Predicate,
    keeps="all fields of mappings; of a framework ids, hierarchy, kinds, natures, titles and words",
    loses=(
        "of an edition all but its checklist, which is not read back",
        "of a framework its title, publisher, licence and what was withdrawn",
        "the key and edition of a framework, unless the name of the file is key@edition",
        "the set to which a mapping belongs",
        "that one maker judged a pair twice: such a table is written, and refused when it is read",
    ),
    extra=None,
    tables=True,
)


def recognises(sample: Sample) -> bool:
    """Return whether a file is any table, by its name or by a separator in its first row; other formats come before."""
    if sample.is_json:
        return False
    return sample.suffix in {".csv", ".tsv"} or re.search(r"[\t,;]", sample.first_row) is not None


_ELEMENTS = ("id", "parent", "kind", "title", "nature", "words")
_FACTS = frozenset({"author_label", "mapping_date", "confidence", "comment"})
"""What a user's own rows state."""
_SPOTS = {name: f", column {name!r}" for name in COLUMNS}


def _line(cells_: Iterable[Cell]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells_]


def dumps(item: Catalogue | Framework | Crosswalk | Table) -> str:
    """
    Write an edition, a framework, a crosswalk or a table.

    >>> from aicop.frameworks import load
    >>> print(dumps(load("stride")).splitlines()[1])
    Spoofing,,threat_category,Spoofing,risk,
    """
    if isinstance(item, Crosswalk):
        return csv_text([COLUMNS, *(cells(row).values() for row in rows_of(item, FORMAT.predicates).rows)])
    table = checklist(item) if isinstance(item, Catalogue) else controls(item) if isinstance(item, Framework) else item
    return csv_text([table.names, *map(_line, table.rows)])


def _mapping_rows(source: Path | bytes | str, file: str) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    """Yield each mapping as cells by column, or what is wrong with its line."""
    from aicop.schema.check import check_columns
    from aicop.schema.mapping import ForeignRowSchema

    table = TableReader(source, file, decimals=("confidence",))
    check_columns(ForeignRowSchema, table)
    for line, known in table.rows_by_column():
        if isinstance(known, Fault):
            yield line, known
            continue
        told_ = {name: text for name, cell in known.items() if (text := one_line(cell))}
        basis = MappingBasis.OWN if told_.keys() >= _FACTS else MappingBasis.IMPORTED
        yield line, {"basis": basis.value} | told_


def omission_phrases(source: Path | bytes | str, file: str) -> tuple[str, ...]:
    """Say in words what of a table is not taken: comments before the header, and what no line has."""
    table = TableReader(source, file)
    comments = table.comments
    lines = itertools.islice(text_lines(source, file), table.lines_before + 1, None)
    cut = sum(count_unprintable(line.rstrip("\n")) for line in lines)
    said = (count_phrase(comments, "line of comment", "lines of comment"),) if comments else ()
    return (*said, *phrase_of_unprintable(cut))


def stream(
    source: Path | bytes | str, file: str | None = None, options: ImportOptions = ImportOptions()
) -> Iterator[Mapping]:
    """
    Check a table of mappings whole, then yield its mappings in order, one at a time; it may be of any length.

    *source* is a path, or the content. Who says so, when, why and how surely may be left open. A row without a basis
    is its user's own where it leaves none of these open.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidDocument: with all faults, each with its line; after 100 of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    from aicop.mappings.check import RowChecker
    from aicop.mappings.reader import check_then_yield
    from aicop.mappings.resolve import IdResolver

    name = file or (source.name if isinstance(source, Path) else "<text>.csv")
    ends = IdResolver(options.frameworks, options.source, options.target)
    ends.check_homes()
    yield from check_then_yield(lambda: _mapping_rows(source, name), RowChecker(ends, name, _SPOTS), name)


def _framework(table: TableReader, options: ImportOptions) -> tuple[Framework, tuple[str, ...]]:
    """Give the framework, and what the file does not say of it."""
    from aicop.schema.check import check_rows
    from aicop.schema.framework import ControlSchema

    found = check_rows(ControlSchema, table, lambda cell: one_line(unescape_formula(cell)))
    title = PurePath(table.file).stem
    edition = edition_for(options, title, None, _edition_named_by(title))
    unknown = ["the title of the framework", "its publisher"]
    if options.edition is None and _edition_named_by(title) is None:
        unknown.append("its edition")
    framework = build_framework(
        edition,
        {"title": title},
        [row for _, row in found],
        table.file,
        lambda place, name: f"line {found[place][0]}, column {name!r}",
    )
    return framework, tuple(unknown)


def _edition_named_by(name: str) -> str | None:
    """Give the name of a file where it is that of an edition."""
    try:
        return str(EditionId.parse(name))
    except InvalidId:
        return None


def _unread_columns(header: list[str]) -> str:
    """Say why a header is of no table that is read."""
    if "map_relationship" in {name.lower().lstrip("$") for name in header}:
        return "has the columns of compliance-trestle; read it as the format trestle"
    if {"Key", "Verb"} <= set(header):
        return "is a checklist, which is written here and not read"
    shown = excerpt(", ".join(header))
    return (
        f"holds neither a framework (id, kind ...) nor mappings (subject_id, predicate_id ...): its columns are {shown}"
    )


def loads(content: bytes | str, file: str = "<text>.csv", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Read a table of a framework or of mappings; its columns tell which.

    Separated by commas or semicolons, or by tabs, where nothing is quoted. A framework's key and edition are those of
    *options*, else those in the name of the file, ``key@edition.csv``.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidId: what *options* gives the framework in the file is no key or label.
        InvalidDocument: with all faults, each with its line; or it is larger than 64 MiB, which `stream` reads.
    """
    if len(content) > MAX_FILE_SIZE:
        reject(
            file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB; aicop.interop.csv.stream reads mappings of any length"
        )
    table = TableReader(content, file)
    if "Id" in table.header:
        # Somebody has saved the sheet of elements of a workbook as CSV, where the columns have their headings.
        names = {column.heading: column.name for column in CONTROLS}
        table.header = [names.get(heading, heading) for heading in table.header]
    known = set(table.header)
    of_mappings, of_elements = len(known.intersection(COLUMNS)), len(known.intersection(_ELEMENTS))
    if not of_mappings and not of_elements:
        reject(file, f"line {table.lines_before + 1}", _unread_columns(table.header))
    if of_mappings > of_elements:
        rows = tuple(stream(content, file, options))
        return ImportResult(
            format=FORMAT.name, mappings=rows, dropped=omission_phrases(content, file), unstated=unstated_facts(rows)
        )
    framework, unknown = _framework(table, options)
    return ImportResult(
        format=FORMAT.name, frameworks=(framework,), dropped=omission_phrases(content, file), unstated=unknown
    )
