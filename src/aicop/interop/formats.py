"""All formats: what there is, how a file is recognised, and reading and writing by name."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NoReturn

from aicop.errors import UnknownTerm, reject
from aicop.files.json_text import parse_json
from aicop.files.text import MAX_FILE_SIZE, decode
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import omitted_not_found, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.catalogue.catalogue import Catalogue
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

_TABLES = ("csv", "markdown", "xlsx")
_HEAD = 64 * 1024
"""How much of a file tells what it is."""


def _module(name: str) -> Any:  # noqa: ANN401 -- a module
    if name not in _MODULES:
        vocabulary = "format"
        raise UnknownTerm(vocabulary, name, NAMES)
    return import_module(f"aicop.interop.{_MODULES[name]}")


def format_of(name: str) -> Format:
    """
    Give what is known of a format.

    >>> format_of("oscal").suffix
    '.json'

    Raises:
        UnknownTerm: there is no such format.
    """
    found: Format = _module(name).FORMAT
    return found


def formats() -> tuple[Format, ...]:
    """List the formats."""
    return tuple(map(format_of, NAMES))


def dumps(name: str, item: Catalogue | Framework | Crosswalk) -> bytes:
    """
    Write an edition, a framework or a crosswalk in a format, as the content of a file.

    Raises:
        UnknownTerm: there is no such format, or it cannot hold this.
        NothingToWrite: it cannot hold any row of the crosswalk, and has no empty file.
        UnknownEdition: the registry is asked for an edition that does not ship.
        MissingExtra: what it needs is not installed.
    """
    kind = {"Catalogue": "edition", "Framework": "framework", "Crosswalk": "crosswalk"}[type(item).__name__]
    known = format_of(name)
    if kind not in known.writes:
        vocabulary = f"format that holds {'an' if kind == 'edition' else 'a'} {kind}"
        raise UnknownTerm(vocabulary, name, tuple(item.name for item in formats() if kind in item.writes))
    return _bytes(_module(name).dumps(item))


def omitted(name: str, crosswalk: Crosswalk) -> tuple[str, ...]:
    """
    Say what of a crosswalk a format has no way to say, counted and in words.

    Raises:
        UnknownTerm: there is no such format.
    """
    known = format_of(name)
    if known.renders_claims:
        return omitted_not_found(crosswalk)
    rows = getattr(_module(name), "rows", None)
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
    if name not in _TABLES:
        vocabulary = "format of tables"
        raise UnknownTerm(vocabulary, name, _TABLES)
    return _bytes(_module(name).dumps(table))


_ROOTS = {
    "catalog": "oscal",
    "mapping-collection": "oscal",
    "profile": "oscal",
    "component-definition": "oscal",
    "system-security-plan": "oscal",
    "assessment-plan": "oscal",
    "assessment-results": "oscal",
    "plan-of-action-and-milestones": "oscal",
    "@context": "skos",
    "@graph": "skos",
    "@id": "skos",
    "objects": "ciso-assistant",
}
_WRITTEN_ONLY = {"bomFormat": "cyclonedx", "runs": "sarif"}


def _readable_formats() -> Iterator[str]:
    return (item.name for item in formats() if item.reads)


def _reject_unknown(file: str, what: str) -> NoReturn:
    reject(
        file,
        "",
        f"is {what}none of the formats that are read here: {', '.join(_readable_formats())}; --format names one",
    )


def _of_json(content: bytes, file: str) -> str:
    value = parse_json(content, file)
    keys = value if isinstance(value, dict) else {}
    listed = isinstance(value, list) and any(isinstance(item, dict) and "@id" in item for item in value)
    roots = (
        name for root, name in _ROOTS.items() if (root[0] == "@" and root in keys) or isinstance(keys.get(root), dict)
    )
    found = next(roots, "skos" if listed else None)
    only = next((name for root, name in _WRITTEN_ONLY.items() if root in keys), None)
    if {"framework", "edition", "controls"} <= keys.keys():
        reject(file, "", "is a framework as this library keeps it, which needs no import: give it with --framework")
    if keys.get("format") == "aicop-registry":
        only = "registry"
    if found is None and only is not None:
        reject(file, "", f"is {format_of(only).title}, which is written here and not read")
    return found or _reject_unknown(file, "JSON of ")


_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|rdf:RDF)")
_TURTLE = re.compile(
    r"^[ \t]*(?:@prefix\s+[\w.-]*:\s*<|@base\s*<|(?i:prefix)\s+[\w.-]*:\s*<|(?i:base)\s*<|<[^<>\s]+>\s+<)", re.MULTILINE
)
_KEYED = re.compile(r"['\"]?[\w-]+['\"]?\s*:(?:\s|$)")
"""How a line of YAML begins that is no table's."""
_OSCAL = re.compile(
    r"^(?:catalog|profile|mapping-collection|component-definition|system-security-plan):"
    r"|<(?:[a-z]+:)?(?:catalog|profile|mapping-collection)\b[^>]*csrc\.nist\.gov/ns/oscal",
    re.MULTILINE,
)
_LIBRARY = re.compile(r"^(?:urn|objects|ref_id):", re.MULTILINE)
_TRESTLE = re.compile(r"(?:^|[\t,;\"])\$*map_relationship\b", re.IGNORECASE)
_JUSTIFIED = re.compile(r"^#.*\bcurie_map\b|\bmapping_justification\b", re.MULTILINE)


def _of_text(head: str, suffix: str) -> str | None:
    first = next((row for row in head.splitlines() if not row.startswith("#")), "")
    if _XML.match(head) or _TURTLE.search(head):
        return "skos"
    said = (row for row in head.splitlines() if row.strip() and not row.startswith(("#", "---", "%")))
    if _KEYED.match(next(said, "")) and _LIBRARY.search(head):
        return "ciso-assistant"
    if _TRESTLE.search(first):
        return "trestle"
    if "subject_id" in first and _JUSTIFIED.search(head):
        return "sssom"
    return "csv" if suffix in {".csv", ".tsv"} or re.search(r"[\t,;]", first) else None


def recognise(content: bytes, file: str) -> str:
    """
    Give the name of the format of a file by what it holds, and where that leaves it open by the ending of its name.

    Raises:
        InvalidDocument: it is of none that is read, or broken so that this cannot be told.
    """
    if content.startswith(b"PK\x03\x04"):
        reject(
            file, "", "is a workbook or another archive, which is not read; save a sheet of elements or mappings as CSV"
        )
    # Of what is too long to be read at once, the first lines are enough: a table can still be streamed.
    start = content if len(content) <= MAX_FILE_SIZE else content[: content.rfind(b"\n", 0, _HEAD) + 1]
    head = decode(start, file)[:_HEAD]
    if _OSCAL.search(head):
        reject(file, "", "is OSCAL in YAML or XML, of which only the JSON is read; convert it first")
    if head.lstrip()[:1] in {"{", "["}:
        return _of_json(content, file)
    return _of_text(head, PurePath(file).suffix.lower()) or _reject_unknown(file, "in ")


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
        raise UnknownTerm(vocabulary, known.name, tuple(_readable_formats()))
    found: ImportResult = _module(known.name).loads(content, file, options)
    return found
