"""All formats: what there is, how a file is recognised, and reading and writing by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aicop.crosswalk.denominator import as_set
from aicop.errors import KeyMistake, UnknownKey, reject
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.protocol import FormatModule, ReadableFormat, Sample
from aicop.interop.common.rows import omitted_not_found, rows_of
from aicop.interop.worksheets import checklist
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.catalogue.catalogue import Catalogue, OneOrMore
    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.interop.common.format import Format, ImportResult
    from aicop.interop.common.rows import Rows
    from aicop.interop.worksheets import Table

_MODULES = {
    "csv": "csv",
    "markdown": "markdown",
    "xlsx": "xlsx",
    "trestle": "trestle",
    "oscal": "oscal",
    "ciso-assistant": "ciso_assistant",
    "cyclonedx": "cyclonedx",
    "sarif": "sarif",
    "sssom": "sssom",
    "skos": "skos",
    "registry": "registry",
}
NAMES = tuple(_MODULES)
"""The formats, in the order of how many people read them."""

_FIRST = ("xlsx", "oscal", "skos", "ciso-assistant", "trestle", "sssom")
"""Asked before the others whether a file is theirs, in this order; csv, which takes any table, is asked last."""


def module_of(name: str) -> FormatModule:
    """
    Return the module or package of a format.

    Raises:
        UnknownTerm: there is no such format.
    """
    if name not in _MODULES:
        vocabulary = "format"
        raise unknown_term(vocabulary, name, NAMES)
    found = import_module(f"aicop.interop.{_MODULES[name]}")
    assert isinstance(found, FormatModule)
    return found


def format_of(name: str) -> Format:
    """
    Give what is known of a format.

    >>> format_of("oscal").suffix
    '.json'

    Raises:
        UnknownTerm: there is no such format.
    """
    return module_of(name).FORMAT


def formats() -> tuple[Format, ...]:
    """List the formats."""
    return tuple(map(format_of, NAMES))


def dumps(name: str, item: Catalogue | Framework | Crosswalk | None = None, *, version: str | None = None) -> bytes:
    """
    Return an edition, a framework or a crosswalk as the content of a file in a format.

    Without an *item*, everything that ships. *version* is one of `Format.versions`.

    Raises:
        UnknownTerm: there is no such format, it cannot hold this, or has no such version.
        NothingToWrite: it cannot hold any row of the crosswalk, and has no empty file.
        UnknownEdition: the registry is asked for an edition that does not ship.
        MissingExtra: what it needs is not installed.
    """
    known = format_of(name)
    # What each module's function takes is its own; what may be given is checked here.
    write: Any = module_of(name).dumps
    if item is None:
        _require(name, "format of everything that ships", lambda one: one.everything)
        return _bytes(write())
    if version is not None:
        _require(name, "format of several versions", lambda one: bool(one.versions))
        if version not in known.versions:
            vocabulary = f"version of {known.title.partition(' ')[0]} that is written"
            raise unknown_term(vocabulary, version, known.versions)
    kind = {"Catalogue": "edition", "Framework": "framework", "Crosswalk": "crosswalk"}[type(item).__name__]
    _require(name, f"format that holds {'an' if kind == 'edition' else 'a'} {kind}", lambda one: kind in one.writes)
    return _bytes(write(item) if version is None else write(item, version))


def _require(name: str, vocabulary: str, fits: Callable[[Format], bool]) -> None:
    """Raise `UnknownTerm` with the formats that fit, if the one of this name does not."""
    if not fits(format_of(name)):
        raise unknown_term(vocabulary, name, tuple(item.name for item in formats() if fits(item)))


def dumps_selection(
    name: str, catalogue: Catalogue, *, duty_holder: OneOrMore | None = None, modality: OneOrMore | None = None
) -> bytes:
    """
    Return the statements of an edition that bind a role, or say something with a verb, as the content of a file.

    In a format of tables that is the checklist, in OSCAL a profile.

    Raises:
        UnknownTerm: there is no such format, it holds no part of an edition, or a role or verb does not exist.
        UnknownKey: no statement is chosen.
        MissingExtra: what it needs is not installed.
    """
    write = getattr(module_of(name), "dumps_selection", None)
    if write is not None:
        return _bytes(write(catalogue, duty_holder=duty_holder, modality=modality))
    if not format_of(name).tables:
        vocabulary = "format in which a part of an edition is written"
        fitting = (one for one in NAMES if format_of(one).tables or hasattr(module_of(one), "dumps_selection"))
        raise unknown_term(vocabulary, name, tuple(fitting))
    table = checklist(catalogue, duty_holder=duty_holder, modality=modality)
    if not table.rows:
        words = (*sorted(as_set(duty_holder) or ()), *sorted(as_set(modality) or ()))
        raise UnknownKey(" and ".join(words), KeyMistake.NO_ITEM, f"no statement of {catalogue.id} is of that.")
    return dumps_table(name, table)


def omission_phrases(name: str, crosswalk: Crosswalk) -> tuple[str, ...]:
    """
    Say what of a crosswalk a format has no way to say, counted and in words.

    Raises:
        UnknownTerm: there is no such format.
    """
    known = format_of(name)
    if known.renders_claims:
        return omitted_not_found(crosswalk)
    rows = getattr(module_of(name), "rows", None)
    found: Rows = rows(crosswalk) if rows is not None else rows_of(crosswalk, known.predicates)
    return found.omitted


def _bytes(written: str | bytes) -> bytes:
    return written if isinstance(written, bytes) else written.encode()


def dumps_table(name: str, table: Table) -> bytes:
    """
    Write a table of `aicop.interop.worksheets` in a format of tables.

    Raises:
        UnknownTerm: it is none.
        MissingExtra: what it needs is not installed.
    """
    _require(name, "format of tables", lambda one: one.tables)
    return _bytes(module_of(name).dumps(table))


def _readable_formats() -> tuple[str, ...]:
    return tuple(item.name for item in formats() if item.reads)


def recognise(content: bytes, file: str) -> str:
    """
    Return the name of the format of a file, by what it holds, and where that leaves it open by the ending of its name.

    Raises:
        InvalidDocument: it is of none that is read, or broken so that this cannot be told.
    """
    sample = Sample(content, file)
    asked = dict.fromkeys((*_FIRST, *reversed(NAMES)))
    found = next((name for name in asked if module_of(name).recognises(sample)), None)
    if {"framework", "edition", "controls"} <= sample.fields.keys():
        reject(file, "", "is a framework as aicop keeps it, which needs no import: give it with --framework")
    if found is None:
        read = f"none of the formats that are read here: {', '.join(_readable_formats())}; --format names one"
        reject(file, "", f"is {'JSON of' if sample.is_json else 'in'} {read}")
    if not format_of(found).reads:
        reject(file, "", f"is {format_of(found).title}, which is written here and not read")
    return found


def loads(
    content: bytes, file: str, options: ImportOptions = ImportOptions(), *, name: str | None = None
) -> ImportResult:
    """
    Read a file in a format, by default the one that it is recognised to be in.

    Raises:
        UnknownTerm: there is no such format, or it is not read.
        InvalidDocument: with all faults, each with its place.
        InvalidId: *options* gives the framework in the file a name that is none.
        UnknownEdition: *options* names a framework that does not exist.
        MissingExtra: what the format needs is not installed.
    """
    known = format_of(name or recognise(content, file))
    if not known.reads:
        vocabulary = "format that is read"
        raise unknown_term(vocabulary, known.name, _readable_formats())
    module = module_of(known.name)
    assert isinstance(module, ReadableFormat)
    return module.loads(content, file, options)
