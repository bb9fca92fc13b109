"""
One harness for every reader: its seeds, the way to change them, and what it does with an input.

The seeds are made when they are needed, by our own writers. What a reader accepts is written by the writer of the same
format and read again, and must then be equal in all that the format keeps.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import openpyxl

import aicop
from aicop import catalogue, frameworks, lineage, mappings
from aicop.cli.key_files import InputFormat, keys_of
from aicop.crosswalk import Crosswalk
from aicop.errors import InvalidDocument, NothingToWrite
from aicop.frameworks.registry import FrameworkRegistry
from aicop.frameworks.writer import dumps as framework_text
from aicop.frameworks.writer import dumps_table
from aicop.graph import edges
from aicop.graph.dependency_graph import graph
from aicop.interop import formats
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.rows import rows_of
from aicop.library.adding import add
from aicop.library.locate import SETTINGS
from aicop.library.template import FILES as TEMPLATE
from aicop.mappings.writer import dumps as mappings_text
from aicop.search import search
from tests.examples import A, B, derived_edition, mini_edition
from tests.fuzz import mutators
from tests.fuzz.assessments import HARNESSES as OF_ASSESSMENTS
from tests.fuzz.harness import Harness, require, require_texts, rows_in_xml, small_workbook, write_folder
from tests.interop.examples import SMALL
from tests.lineage.examples import small_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.frameworks import Framework
    from aicop.model import Mapping
    from tests.fuzz.mutators import Mutator


def _elements(item: Framework) -> list[tuple[object, ...]]:
    """Return what every format that reads frameworks keeps of their elements."""
    return [
        (one.id.local, one.parent and one.parent.local, one.kind, one.nature, one.title, one.words)
        for one in item.controls
        if not one.withdrawn
    ]


# ------------------------------------------------------------------ aicop's own formats


def _is_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


@functools.cache
def _mini() -> catalogue.Catalogue:
    return catalogue.loads(json.dumps(mini_edition()), "mini.json")


def _edition_seeds() -> list[bytes]:
    derived = (derived_edition(), derived_edition("uk-ai-cop@2025-01", dropped=[{"number": "13.2", "reason": "No."}]))
    return [json.dumps(item, indent=1).encode() for item in (mini_edition(), *derived)]


def _base(name: str) -> catalogue.Catalogue:
    return _mini() if str(name) == "mini-code@1" else aicop.load(name)


def _edition(content: bytes) -> bool:
    found = catalogue.loads(content, "fuzzed.json", load=_base)
    again = catalogue.loads(catalogue.dumps(found), "again.json", load=_base)
    require(again == found, "edition", found.edition, again.edition)
    # As a framework, an edition is restored too.
    (back,) = formats.loads(formats.dumps("oscal", found), "fuzzed.json", name="oscal").frameworks
    expected = frameworks.from_catalogue(found)
    require(_elements(back) == _elements(expected), "edition", _elements(expected), _elements(back))
    require(found[str(next(iter(found)))].id in found, "first provision", found, None)
    return True


_FRAMEWORK_TABLE = """\
id,parent,kind,title,nature,words,aliases,Owner
X,,family,Access,requirement,,,
X-1,X,control,"Rules, kept",requirement,"Have ""rules"".",R1|R 2,IT
X-2,X,control,-1,mitigation,'=1,,
R,,risk,Loss,risk,,,Board
"""
_FACTS: dict[str, Any] = {"framework": "own", "edition": "1", "title": "Our controls"}


def _framework_seeds() -> list[bytes]:
    own = frameworks.loads(_FRAMEWORK_TABLE, "own.csv", **_FACTS)
    # The name of a shipped framework is taken, so that a copy gets another one.
    stride = framework_text(frameworks.load("stride")).replace('"stride"', '"own-stride"', 1)
    return [framework_text(own).encode(), stride.encode(), framework_text(A).encode()]


def _framework(content: bytes) -> bool:
    found = frameworks.loads(content, "fuzzed.json")
    back = frameworks.loads(framework_text(found), "again.json")
    require(back == found, "framework", found.controls, back.controls)
    return True


def _framework_table_seeds() -> list[bytes]:
    own = frameworks.loads(_FRAMEWORK_TABLE, "own.csv", **_FACTS)
    return [
        _FRAMEWORK_TABLE.encode(),
        dumps_table(own, separator="\t").encode(),
        dumps_table(frameworks.load("stride")).encode(),
    ]


def _framework_table(content: bytes) -> bool:
    found = frameworks.loads(content, "fuzzed.csv", **_FACTS)
    back = frameworks.loads(dumps_table(found), "again.csv", **_FACTS)
    require(_elements(back) == _elements(found), "framework", _elements(found), _elements(back))
    return True


def _workbook_seeds() -> list[bytes]:
    own = frameworks.loads(_FRAMEWORK_TABLE, "own.csv", **_FACTS)
    table = list(csv.reader(io.StringIO(dumps_table(own))))
    mapped = list(csv.reader(io.StringIO(mappings_text(_COMPLETE_ROWS)), delimiter="\t"))
    small = [small_workbook(rows_in_xml(table), "C2:C3"), small_workbook(rows_in_xml(mapped), "D2:D3")]
    # openpyxl's own has shared strings, styles and a theme.
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in table:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return [*small, out.getvalue()]


def _workbook(content: bytes) -> bool:
    """Read a workbook as a framework and, if it is none, as mappings."""
    try:
        found = frameworks.loads(content, "fuzzed.xlsx", **_FACTS)
    except InvalidDocument as error:
        require_texts(map(str, error.faults))
        _mappings_back(mappings.loads(content, "fuzzed.xlsx", **_MAPPING_FACTS))
        return True
    back = frameworks.loads(dumps_table(found), "again.csv", **_FACTS)
    require(_elements(back) == _elements(found), "framework", _elements(found), _elements(back))
    return True


_COMPLETE_ROWS = tuple(row for row in rows_of(SMALL).rows if row.rationale is not None)
_MAPPING_FACTS: dict[str, Any] = {
    "frameworks": (A, B),
    "source_edition": "a@1",
    "target_edition": "b@1",
    "author": "we",
    "date": "2026-01-01",
    "basis": "own",
}


def _mapping_seeds() -> list[bytes]:
    shipped = mappings_text(mappings.load(mappings.sets()[0].name)[:5])
    short = "source,relationship,target,strength,confidence,rationale\nX-1|X-2,intersects-with,Y-1,3,5,Why.\n"
    sssom = "subject_id\tpredicate_id\tobject_id\tcomment\tconfidence\na:X-1\tequal-to\tb:X-1\tSo.\t0.7\n"
    return [text.encode() for text in (mappings_text(_COMPLETE_ROWS), shipped, short, sssom)]


def _mappings_back(rows: tuple[Mapping, ...]) -> None:
    found = [attrs.evolve(row, set="again") for row in rows]
    back = list(mappings.loads(mappings_text(found), "again.tsv", frameworks=(A, B), **_searched(found)))
    again = [attrs.evolve(row, set="again") for row in back]
    require(again == found, "mappings", found, again)


def _searched(rows: Iterable[Mapping]) -> dict[str, Any]:
    """Return the editions of both sides, which a table in which nothing was found on a side does not name."""
    found: dict[str, Any] = {}
    for row in rows:
        for name, end in (("source_edition", row.source), ("target_edition", row.target)):
            edition = end.edition if end is not None else row.searched
            if edition is not None:
                found.setdefault(name, str(edition))
    return found


def _mappings(content: bytes) -> bool:
    _mappings_back(mappings.loads(content, "fuzzed.csv", **_MAPPING_FACTS))
    return True


_OLD = small_edition("acme", "1", {"1.1": 1, "1.2": 2, "2.1": 1})
_NEW = small_edition("acme", "2", {"1.1": 1, "1.2": 2, "2.2": 1})
_LINEAGE = """\
old,new,changes,grade,note,reverse_note,review,reverse_review
1.1,1.1,spelling; wording,direct,US.,British.,Look.,
1.2#1,1.2#2,identical,direct,,,,
1.2#2,1.2#1,wording,direct,,,,
2.1,,,direct,,,,
,2.2,,direct,,,,
"""


def _lineage(content: bytes) -> bool:
    rows = lineage.loads(content, "fuzzed.csv", old=_OLD, new=_NEW)
    # What was read is enough for questions in both directions.
    found = lineage.Lineages({(_OLD.id, _NEW.id): rows}, (_OLD, _NEW), ())
    there, back = found.compare(_OLD.id, _NEW.id), found.compare(_NEW.id, _OLD.id)
    require(len(there.rows) == len(back.rows), "lineage", there.rows, back.rows)
    return True


_DEPENDENCIES = """\
prerequisite,dependant,kind,basis,confidence,rationale
1.1,2.1,requires,editorial,7,1.1 before 2.1.
P1,2.10,informs,editorial,5,Because.
1.2,P2,refers,printed,10,It says so.
"""
_ARTEFACTS = {
    "edition": "mini-code@1",
    "source": {"key": "text", "document": "D", "locator": "all", "grade": "direct", "read": "2026-11-22"},
    "artefacts": [{"key": "list", "title": "A list", "kind": "record", "definition": "A list.", "evidence": ["It."]}],
    "flows": [{"provision": "1.1", "produces": ["list"]}, {"provision": "2.1", "uses": ["list"]}],
}


def _dependencies(content: bytes) -> bool:
    found = edges.loads(content, _mini(), "fuzzed.json" if _is_json(content) else "fuzzed.csv")
    whole = graph(_mini(), found)
    require(set(whole.order().sequence) == set(whole.ids), "order", whole.ids, whole.order())
    return True


def _library_seeds() -> list[bytes]:
    files = {name: text.encode() for name, text in TEMPLATE.items()}
    full = files | {
        "editions/mini-code@1.json": json.dumps(mini_edition()).encode(),
        "dependencies/mini-code@1.csv": _DEPENDENCIES.encode(),
        "frameworks/b@1.json": framework_text(B).encode(),
    }
    return [mutators.join_folder(files), mutators.join_folder(full)]


def _library(content: bytes) -> bool:
    with tempfile.TemporaryDirectory(prefix="fuzz.") as scratch:
        folder = Path(scratch) / "library"
        folder.mkdir()
        write_folder(content, folder)
        try:
            found = aicop.Library.open(folder)
        except InvalidDocument:
            lenient = aicop.Library.open(folder, skip_invalid=True)
            # The names of skipped files are no messages: they are as they are, so that they lead to the files.
            require_texts(map(str, lenient.skipped))
            require(bool(lenient.skipped), "library", lenient, None)
            raise
        _added_again(found, Path(scratch) / "again")
    return True


def _added_again(library: aicop.Library, folder: Path) -> None:
    """Add what a library holds to an empty one, and compare what is read from that."""
    # Mappings may refer to editions, which cannot be added in this way.
    if library._editions:
        return
    folder.mkdir()
    (folder / SETTINGS).touch()
    own = [item.framework for item in library._frameworks]
    add(aicop.Library.open(folder), frameworks=own, mappings=library.own_mappings())
    back = aicop.Library.open(folder)
    elements = [_elements(item) for item in own]
    found = [_elements(item.framework) for item in back._frameworks]
    require(found == elements, "framework of a library", elements, found)

    def comparable(rows: Iterable[Mapping]) -> set[Mapping]:
        return {attrs.evolve(row, set="again", source_digest=None, target_digest=None) for row in rows}

    rows, again = comparable(library.own_mappings()), comparable(back.own_mappings())
    require(again == rows, "mappings of a library", rows - again, again - rows)


# ------------------------------------------------------------------ the formats of others

_NAMING = ImportOptions(frameworks=(A, B), source="a@1", target="b@1")


def _written_again(name: str, found: ImportResult, options: ImportOptions) -> None:
    """Write what was read in the same format, and compare what is read from that."""
    known = formats.format_of(name)
    if "framework" in known.writes:
        for one in found.frameworks:
            (back, *_) = formats.loads(formats.dumps(name, one), f"{one.id}{known.suffix}", name=name).frameworks
            require(_elements(back) == _elements(one), f"framework in {name}", _elements(one), _elements(back))
    pairs = dict.fromkeys((row.source_edition, row.target_edition) for row in found.mappings)
    registry = FrameworkRegistry.from_frameworks(
        {item.id: item for item in (*(own.framework for own in options.frameworks.own), *found.frameworks)}.values()
    )
    for source, target in pairs if "crosswalk" in known.writes else ():
        rows = [row for row in found.mappings if (row.source_edition, row.target_edition) == (source, target)]
        across = Crosswalk.from_mappings(rows, registry.framework(source), registry.framework(target))
        try:
            written = formats.dumps(name, across)
        except NothingToWrite:
            continue
        again = attrs.evolve(options, frameworks=registry, source=str(source), target=str(target))
        read = formats.loads(written, f"again{known.suffix}", again, name=name).mappings
        back_rows = [attrs.evolve(row, set="again") for row in read]
        module = formats.module_of(name)
        kept = module.rows(across) if hasattr(module, "rows") else rows_of(across, known.predicates, joint=known.joint)
        expected = [attrs.evolve(row, set="again") for row in kept.rows]
        if name == "oscal":
            # OSCAL keeps in another place what has no counterpart, so that such a row loses its place among the others.
            expected.sort(key=lambda row: row.source is None or row.target is None)
        require(back_rows == expected, f"mappings in {name}", expected, back_rows)


def _texts_of(found: ImportResult) -> tuple[str, ...]:
    return (*found.dropped, *found.unstated, *map(str, found.skipped))


def _import(name: str | None, content: bytes, file: str) -> bool:
    found = formats.loads(content, file, _NAMING, name=name)
    require_texts(_texts_of(found))
    lenient = formats.loads(content, file, attrs.evolve(_NAMING, skip_invalid=True), name=name)
    require(lenient == found, "a valid file without its faults", found, lenient)
    _written_again(name or formats.recognise(content, file), found, _NAMING)
    return True


def _suffix(name: str, content: bytes) -> str:
    """Return the suffix of a file in a format, which SKOS has three of."""
    if name != "skos" or _is_json(content):
        return formats.format_of(name).suffix
    return ".rdf" if content.lstrip().startswith(b"<?") else ".ttl"


def _format_seeds(name: str) -> list[bytes]:
    known = formats.format_of(name)
    written = [
        formats.dumps(name, item)
        for kind, item in (("framework", A), ("crosswalk", SMALL), ("edition", _mini()))
        if kind in known.writes and (kind in known.reads or (kind == "edition" and "framework" in known.reads))
    ]
    # aicop's own format writes an edition as a file of a library, which is read from there; see the harness `edition`.
    if name == "aicop":
        written = written[:1]
    # A checklist of an edition is written as a table, and not read.
    written = written[:2] if name == "csv" else written
    if name == "skos":
        import rdflib

        with warnings.catch_warnings():
            # rdflib uses what it has deprecated itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            parsed = rdflib.Graph().parse(data=written[1], format="json-ld")
        written += [parsed.serialize(format=form, encoding="utf-8") for form in ("turtle", "xml")]
    return written


def _format_harness(name: str) -> Harness:
    known = formats.format_of(name)
    by_suffix: dict[str, Mutator] = {
        ".json": mutators.mutate_json,
        ".yaml": mutators.mutate_yaml,
        ".csv": mutators.mutate_table,
        ".sssom.tsv": mutators.mutate_table,
    }
    return Harness(
        name=name,
        seeds=functools.partial(_format_seeds, name),
        mutate=by_suffix.get(known.suffix, mutators.mutate),
        read=lambda content: _import(name, content, f"fuzzed{_suffix(name, content)}"),
    )


FORMATS = tuple(item.name for item in formats.formats() if item.reads)
"""The formats of others, and our own for frameworks, that are read."""


def _any_seeds() -> list[bytes]:
    return [seed for name in FORMATS for seed in _format_seeds(name)[:2]]


def _any(content: bytes) -> bool:
    """Read a file whose format is to be recognised, by its content and a name that says nothing."""
    return _import(None, content, "fuzzed")


# ------------------------------------------------------------------ keys and words


_KEYS = (
    *("uk-ai-cop@2025-01:5.4.1", "UK Code 5.4.1", "EN 304 223 5.2.1-4.1", "Principle 5", "P5", "5.1", "2.3#1", "8.3#2"),
    *(
        "AI Act, Article 15(4)",
        "ISO 42001 A.4.2",
        "nist-csf@2.0:PR.DS-01",
        "LLM01:2025",
        "AML.T0051",
        "GOVERN 1.1",
        "AC-2(1)",
    ),
    *(
        "etsi-en-304-223:5.3.2",
        "TS 104 223 clause 5.2",
        "uk-ai-cop:Secure Design",
        "Provision 5.2.1-1",
        "P 13",
        "ОЈ 1.1",
    ),
)


def _text(content: bytes) -> str:
    # Any text of Python, also with half characters, as arguments may have.
    return content.decode("utf-8", "surrogateescape")


def _parse(content: bytes) -> bool:
    """Parse a key without an edition, in one of the Code, and in another framework."""
    text = _text(content)
    accepted = False
    for edition in (None, "uk-ai-cop", "nist-csf"):
        try:
            found = aicop.parse(text, edition)
        except aicop.AicopError as error:
            require_texts([str(error)])
            continue
        accepted = True
        again = aicop.parse(str(found))
        require(again == found, "key", found, again)
    return accepted


def _check_seeds() -> list[bytes]:
    lines = "\n".join(_KEYS)
    table = "".join(f'{number},"{key}",x\n' for number, key in enumerate(_KEYS))
    listed = json.dumps(_KEYS)
    named = json.dumps([{"key": key} for key in _KEYS])
    return [text.encode() for text in (lines, f"no,key,note\n{table}", listed, named, "key\n5.1|5.2\n5.3\n")]


def _check(content: bytes) -> bool:
    """Read keys from a file in each way that `aicop check` has, and check them."""
    with tempfile.NamedTemporaryFile(prefix="fuzz.", suffix=".keys") as file:
        file.write(content)
        file.flush()
        form = InputFormat.JSON if _is_json(content) else InputFormat.CSV if b"," in content[:200] else None
        cells = keys_of(file.name, None, form)
        verdicts = aicop.Library().check([key for _, key in cells[:200]], "uk-ai-cop")
        require_texts(str(item.error) for item in verdicts if item.error is not None)
    return True


def _search(content: bytes) -> bool:
    text = _text(content)
    found = search(text, limit=5)
    require(len(found) <= len(set(found)) <= 5, "hits", found, None)
    require(search(text, limit=5) == found, "hits", found, None)
    return True


def _text_seeds(texts: Iterable[str]) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in texts]


_HARNESSES = (
    Harness(name="edition", seeds=_edition_seeds, mutate=mutators.mutate_json, read=_edition),
    Harness(name="framework", seeds=_framework_seeds, mutate=mutators.mutate_json, read=_framework),
    Harness(name="framework-table", seeds=_framework_table_seeds, mutate=mutators.mutate_table, read=_framework_table),
    Harness(name="workbook", seeds=_workbook_seeds, mutate=mutators.mutate_workbook, read=_workbook),
    Harness(name="mappings", seeds=_mapping_seeds, mutate=mutators.mutate_table, read=_mappings),
    Harness(name="lineage", seeds=_text_seeds([_LINEAGE]), mutate=mutators.mutate_table, read=_lineage),
    Harness(
        name="dependencies",
        seeds=_text_seeds([_DEPENDENCIES, json.dumps(_ARTEFACTS)]),
        mutate=lambda content, draw: (mutators.mutate_json if _is_json(content) else mutators.mutate_table)(
            content, draw
        ),
        read=_dependencies,
    ),
    Harness(name="library", seeds=_library_seeds, mutate=mutators.mutate_folder, read=_library),
    *OF_ASSESSMENTS,
    *map(_format_harness, FORMATS),
    Harness(name="recognise", seeds=_any_seeds, mutate=mutators.mutate, read=_any),
    Harness(name="parse", seeds=_text_seeds(_KEYS), mutate=mutators.mutate_text, read=_parse),
    Harness(name="check", seeds=_check_seeds, mutate=mutators.mutate, read=_check),
    Harness(
        name="search",
        seeds=_text_seeds(("audit trail", "5.4.1", "logging of models", "suply chain securty")),
        mutate=mutators.mutate_text,
        read=_search,
    ),
)
HARNESSES = {item.name: item for item in _HARNESSES}
"""All harnesses, by the name of their reader."""
