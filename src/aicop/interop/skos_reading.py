"""
The one door to rdflib: RDF in JSON-LD, RDF/XML, Turtle or N-Triples, read strictly as plain statements.

Nothing is fetched: what points elsewhere for its meaning, as a remote context and a document type do, is refused before
anything is parsed. Which of the four a file is, its beginning tells.
"""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from aicop.errors import Fault, InvalidDocument, MissingExtra
from aicop.reading import decode, join, parse_json, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

XSD = "http://www.w3.org/2001/XMLSchema#"
BLANK = "_:"
"""What the names of nodes without an IRI begin with."""


class Literal(NamedTuple):
    """A value: text as it is written, with its language or its type."""

    text: str
    language: str = ""
    """Empty where none is said."""
    datatype: str = ""
    """An IRI; empty for text."""


Value = str | Literal
"""A name of a node, or a value."""
Statements = dict[str, dict[str, tuple[Value, ...]]]
"""Of each node, by property, what is said of it, in an order that depends on nothing else."""

# Relative names are resolved against it, so that no path of a machine comes in.
_HERE = "https://relative.invalid/"
_OBJECT = re.compile(r"\s*(?:\{|\[\s*(?:\{|\]\s*\Z))")
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|(?:[\w.-]+:)?RDF[\s>/])")
_ENCODING = re.compile(r"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
_DECLARED = re.compile("<!(?:DOCTYPE|ENTITY)")


def _rdflib() -> Any:  # noqa: ANN401 -- a module
    try:
        import rdflib
    except ImportError as error:
        raise MissingExtra("rdf", "rdflib") from error
    return rdflib


def _contexts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield place and problem of every context that stands elsewhere."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _contexts(item, join(path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            place = join(path, key)
            if key == "@import":
                yield place, "points to a context elsewhere; nothing is fetched, so write it out here"
            elif key == "@context":
                many = isinstance(item, list)
                for index, one in enumerate(item if many else [item]):
                    if isinstance(one, str):
                        said = "stands elsewhere, and nothing is fetched; write the context out here"
                        yield join(place, index) if many else place, said
            yield from _contexts(item, place)


def _checked(text: str, file: str) -> str:
    """
    Give the name that rdflib has for what a file is in.

    Raises:
        InvalidDocument: it needs something from elsewhere, or has entities, or is no JSON.
    """
    if _OBJECT.match(text):
        faults = tuple(Fault(file, place, said) for place, said in _contexts(parse_json(text, file)))
        if faults:
            raise InvalidDocument.from_faults(faults)
        return "json-ld"
    if not _XML.match(text):
        return "turtle"
    if (found := _DECLARED.search(text)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        refuse(file, f"line {line}", "declares a document type or an entity, which is not read")
    if (encoding := _ENCODING.match(text)) is not None and encoding[1].lower() != "utf-8":
        refuse(file, "line 1", f"says that it is in {encoding[1]}; save the file as UTF-8")
    return "xml"


@contextlib.contextmanager
def _as_written(rdflib: Any) -> Iterator[None]:  # noqa: ANN401 -- a module
    """Keep rdflib from changing how values are written, such as 5.10 to 5.1, and from talking of them."""
    log = logging.getLogger("rdflib.term")
    kept = rdflib.NORMALIZE_LITERALS, log.disabled
    rdflib.NORMALIZE_LITERALS, log.disabled = False, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS, log.disabled = kept


_NAMES = {"json-ld": "JSON-LD", "xml": "RDF/XML", "turtle": "Turtle"}


def _line(error: Exception) -> str:
    """Give the line that an error of a parser names; empty where it names none."""
    tell = getattr(error, "getLineNumber", None)
    line = tell() if tell is not None else getattr(error, "lines", None)
    # That of Turtle counts from 0.
    return f"line {line + (tell is None)}" if isinstance(line, int) else ""


def _message(error: Exception) -> str:
    """Give what a parser says, in one line; what merely went wrong within it says nothing to anybody."""
    tell = getattr(error, "getMessage", None)
    said = getattr(error, "_why", "cannot be understood") if tell is None else tell()
    return " ".join(str(said).split())


def _parsed(rdflib: Any, text: str, kind: str, file: str) -> Any:  # noqa: ANN401 -- a module, and a dataset of it
    dataset = rdflib.Dataset()
    try:
        dataset.parse(data=text, format=kind, publicID=_HERE)
    except RecursionError:
        refuse(file, "", "nested too deeply")
    except IndexError:
        # The reader of Turtle does not look whether there is more.
        refuse(file, f"line {len(text.splitlines())}", f"not {_NAMES[kind]}: breaks off in the middle of a statement")
    except Exception as error:  # noqa: BLE001 -- parsers raise whatever they stumble over
        refuse(file, _line(error), f"not {_NAMES[kind]}: {_message(error)}")
    return dataset


def statements(content: bytes | str, file: str) -> Statements:
    """
    Give what a file states, whatever graph of it that stands in.

    Raises:
        InvalidDocument: it is none of the four, or needs something from elsewhere.
        MissingExtra: rdflib is not installed.
    """
    rdflib = _rdflib()
    text = decode(content, file)
    kind = _checked(text, file)
    found: dict[str, dict[str, set[Value]]] = {}
    with _as_written(rdflib):
        for subject, prop, value, _ in _parsed(rdflib, text, kind, file).quads():
            taken: Value
            if isinstance(value, rdflib.Literal):
                taken = Literal(str(value), value.language or "", str(value.datatype or ""))
            else:
                taken = _name(rdflib, value)
            found.setdefault(_name(rdflib, subject), {}).setdefault(str(prop), set()).add(taken)
    return {
        node: {prop: tuple(sorted(values, key=_order)) for prop, values in sorted(said.items())}
        for node, said in sorted(found.items())
    }


def _name(rdflib: Any, node: object) -> str:  # noqa: ANN401 -- a module
    return f"{BLANK}{node}" if isinstance(node, rdflib.BNode) else str(node)


def _order(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ("", *value)
