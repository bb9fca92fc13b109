"""Read and write files by the name of a format, and recognise the format of a file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from aicop.catalogue.shipped import load as load_edition
from aicop.crosswalk.core import Crosswalk
from aicop.errors import reject
from aicop.frameworks.framework import Framework
from aicop.frameworks.shipped import load as load_framework
from aicop.frameworks.writer import own_columns
from aicop.ids import EditionId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.leaving_out import loads_valid
from aicop.interop.common.protocol import Sample, is_readable
from aicop.interop.common.rows import omitted_not_found, own_columns_phrase, rows_of
from aicop.interop.common.selection import nothing_selected
from aicop.interop.worksheets import checklist
from aicop.manifest import editions
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.catalogue.catalogue import Catalogue, OneOrMore
    from aicop.crosswalk.coverage import CoverageReport
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.interop.common.format import Format, ImportResult
    from aicop.interop.common.protocol import FormatModule
    from aicop.interop.common.rows import Rows
    from aicop.interop.worksheets import Table
    from aicop.lineage.comparison import Comparison

_MODULES = {
    "csv": "csv",
    "markdown": "markdown",
    "xlsx": "xlsx",
    "parquet": "parquet",
    "trestle": "trestle",
    "oscal": "oscal",
    "ciso-assistant": "ciso_assistant",
    "cyclonedx": "cyclonedx",
    "sarif": "sarif",
    "sssom": "sssom",
    "skos": "skos",
    "registry": "registry",
    "aicop": "own",
}
NAMES = tuple(_MODULES)
"""The names of all formats, the most widely read first."""

_FIRST = ("xlsx", "parquet", "oscal", "skos", "ciso-assistant", "trestle", "sssom")
"""The formats to try first when recognising a file, in this order; csv is tried last because it accepts any table."""


def module_of(name: str) -> FormatModule:
    """
    Return the module or package that implements a format.

    Raises:
        UnknownTerm: there is no such format.
    """
    if name not in _MODULES:
        vocabulary = "format"
        raise unknown_term(vocabulary, name, NAMES)
    # Imported on demand, because some formats need packages that are optional or slow to import.
    return cast("FormatModule", import_module(f"aicop.interop.{_MODULES[name]}"))


def format_of(name: str) -> Format:
    """
    Return the description of a format: its suffix, what it reads and writes, and what it loses.

    >>> format_of("oscal").suffix
    '.json'

    Raises:
        UnknownTerm: there is no such format.
    """
    return module_of(name).FORMAT


def formats() -> tuple[Format, ...]:
    """Return the descriptions of all formats, in the order of `NAMES`."""
    return tuple(map(format_of, NAMES))


def dumps(
    name: str,
    item: Catalogue
    | Framework
    | Crosswalk
    | CoverageReport
    | Comparison
    | DependencyGraph
    | EditionId
    | str
    | None = None,
    *,
    version: str | None = None,
    table: str | None = None,
) -> bytes:
    """
    Serialise an edition, a framework or a crosswalk in the format *name*.

    An edition or framework that ships may also be given by its id, key or name.

    Without an *item*, serialise all shipped editions, in a format whose `Format.everything` is true. *version* is one
    of `Format.versions`. *table* is one of `Format.table_names`; then *item* can also be a dependency graph, a coverage
    report or a comparison of editions.

    Raises:
        UnknownTerm: there is no such format, it cannot represent *item*, or it has no such version or table.
        NothingToWrite: the format cannot represent any row of the crosswalk, and does not allow an empty file.
        UnknownEdition: there is no such edition or framework, or the format is the registry and the edition does not
            ship.
        MissingExtra: a package that the format needs is not installed.
    """
    known = format_of(name)
    # Each module's `dumps` accepts other types, so the types are checked here at run time and not by mypy.
    write: Any = module_of(name).dumps
    if item is None:
        _require(name, "format for all editions at once", lambda one: one.everything)
        return _bytes(write())
    if version is not None:
        _require(name, "format with several versions", lambda one: bool(one.versions))
        if version not in known.versions:
            vocabulary = f"{known.title.partition(' ')[0]} version that aicop writes"
            raise unknown_term(vocabulary, version, known.versions)
    if isinstance(item, EditionId | str):
        item = _shipped(item)
    if table is not None:
        _require(name, "format with several tables", lambda one: bool(one.table_names))
        return _bytes(write(item, table))
    kind = {"Catalogue": "edition", "Framework": "framework", "Crosswalk": "crosswalk"}[type(item).__name__]
    _require(name, f"format for {kind}s", lambda one: kind in one.writes)
    return _bytes(write(item) if version is None else write(item, version))


def _shipped(name: EditionId | str) -> Catalogue | Framework:
    """Return an edition or framework that ships."""
    found = load_framework(name)
    return load_edition(found.id) if found.id in editions() else found


def _require(name: str, vocabulary: str, fits: Callable[[Format], bool]) -> None:
    """Raise `UnknownTerm`, which lists the formats that fit, if the format *name* does not."""
    if not fits(format_of(name)):
        raise unknown_term(vocabulary, name, tuple(item.name for item in formats() if fits(item)))


def dumps_selection(
    name: str,
    edition: Catalogue | EditionId | str,
    *,
    role: OneOrMore | None = None,
    modality: OneOrMore | None = None,
) -> bytes:
    """
    Serialise the statements of an edition that bind a role, use a verb, or both, in the format *name*.

    An edition that ships may also be given by its id, key or name. In formats that write tables, the result is a
    checklist. In OSCAL, it is a profile that selects the provisions with such a statement. Given several roles or
    verbs, a statement matches any of them.

    Raises:
        UnknownTerm: there is no such format, it cannot represent part of an edition, or there is no such role or verb.
        UnknownKey: no statement matches.
        UnknownEdition: there is no such edition.
        MissingExtra: a package that the format needs is not installed.
    """
    catalogue = load_edition(edition) if isinstance(edition, EditionId | str) else edition
    # Some formats have their own way to select: an OSCAL profile refers to the catalog instead of copying its content.
    write = getattr(module_of(name), "dumps_selection", None)
    if write is not None:
        return _bytes(write(catalogue, role=role, modality=modality))
    if not format_of(name).tables:
        vocabulary = "format for part of an edition"
        fitting = (one for one in NAMES if format_of(one).tables or hasattr(module_of(one), "dumps_selection"))
        raise unknown_term(vocabulary, name, tuple(fitting))
    table = checklist(catalogue, role=role, modality=modality)
    if not table.rows:
        raise nothing_selected(catalogue.id, role, modality)
    return dumps_table(name, table)


def omission_phrases(name: str, item: Catalogue | Framework | Crosswalk) -> tuple[str, ...]:
    """
    Return phrases that count the content of a crosswalk that a format cannot express.

    Of a framework, and of those that the format writes with a crosswalk, a phrase names the user's own columns, if the
    format cannot express them. What a format omits of every edition and framework is not counted, but listed in
    `Format.loses`.

    Raises:
        UnknownTerm: there is no such format.
    """
    known = format_of(name)
    if not isinstance(item, Crosswalk):
        return own_columns_phrase(() if known.own_columns or not isinstance(item, Framework) else own_columns(item))
    # Formats for human readers show every claim, including inverted and derived ones. The other formats write rows,
    # which can only use the predicates of the format.
    if known.renders_claims:
        return omitted_not_found(item)
    rows = getattr(module_of(name), "rows", None)
    found: Rows = rows(item) if rows is not None else rows_of(item, known.predicates, joint=known.joint)
    return found.omitted


def _bytes(written: str | bytes) -> bytes:
    return written if isinstance(written, bytes) else written.encode()


def dumps_table(name: str, table: Table) -> bytes:
    """
    Serialise a table of `aicop.interop.worksheets` in the format *name*.

    Raises:
        UnknownTerm: there is no such format, or it does not write tables.
        MissingExtra: a package that the format needs is not installed.
    """
    _require(name, "format for tables", lambda one: one.tables)
    return _bytes(module_of(name).dumps(table))


def _readable_formats() -> tuple[str, ...]:
    return tuple(item.name for item in formats() if item.reads)


def recognise(content: bytes, file: str) -> str:
    """
    Return the name of the format of a file, detected from its content or, if that is ambiguous, from its suffix.

    Raises:
        InvalidDocument: aicop does not know the format or cannot read it, or the file is too malformed to detect the
            format.
    """
    sample = Sample(content, file)
    # The dict drops repeated names but keeps the order: first the formats with distinctive content, then the rest with
    # the most widely read last, so that csv is tried last.
    asked = dict.fromkeys((*_FIRST, *reversed(NAMES)))
    found = next((name for name in asked if module_of(name).recognises(sample)), None)
    if found is None:
        # Tables are never JSON, so they are not suggested for a JSON file.
        tables = (".csv", ".tsv") if sample.is_json else ()
        names = [name for name in _readable_formats() if not format_of(name).suffix.endswith(tables)]
        read = f"none of the formats that aicop reads: {', '.join(names)}; name one with --input-format"
        reject(file, "", f"is {'JSON, but ' if sample.is_json else ''}in {read}")
    if not format_of(found).reads:
        reject(file, "", f"is {format_of(found).title}, which aicop writes but does not read")
    return found


def check_resources(known: Format, file: str, options: ImportOptions) -> None:
    """
    Check that the files of a format have names for frameworks, if *options* gives such names.

    Raises:
        InvalidDocument: they have none.
    """
    if options.resources and not known.resources:
        named = ", ".join(item.name for item in formats() if item.resources)
        reject(
            file, "", f"is read as {known.name}, which has no names for frameworks (--resource); these have: {named}"
        )


def loads(
    content: bytes, file: str, options: ImportOptions = ImportOptions(), *, name: str | None = None
) -> ImportResult:
    """
    Parse a file in the format *name*, by default the format that `recognise` returns.

    Raises:
        UnknownTerm: there is no such format, or it is only written.
        InvalidDocument: with all faults, each with its place.
        InvalidId: the key or label that *options* gives to the framework in the file is malformed.
        UnknownEdition: *options* names a framework that does not exist.
        MissingExtra: a package that the format needs is not installed.
    """
    known = format_of(name or recognise(content, file))
    if not known.reads:
        vocabulary = "format that aicop reads"
        raise unknown_term(vocabulary, known.name, _readable_formats())
    check_resources(known, file, options)
    module = module_of(known.name)
    assert is_readable(module)
    if options.skip_invalid:
        return loads_valid(module.loads, content, file, options, known.suffix)
    return module.loads(content, file, options)
