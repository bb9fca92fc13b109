"""
Read RDF in JSON-LD, RDF/XML, Turtle or N-Triples as plain statements. This is the only module that uses rdflib.

Nothing is fetched. Remote contexts, document types and entities are rejected before parsing, and rdflib is kept from
fetching as well. The beginning of a file shows which of the four serialisations it is in.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from aicop.errors import Fault, InvalidDocument, MissingExtra, excerpt, join_path, reject
from aicop.files.json_text import parse_json
from aicop.files.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

XSD = "http://www.w3.org/2001/XMLSchema#"
BLANK = "_:"
"""The beginning of the name of a blank node."""


class Literal(NamedTuple):
    """A literal: the text as it is written, with its language or datatype."""

    text: str
    language: str = ""
    """Empty if none is stated."""
    datatype: str = ""
    """An IRI; empty for plain text."""


Value = str | Literal
"""The name of a node, or a literal."""
Statements = dict[str, dict[str, tuple[Value, ...]]]
"""The values of each property of each node, in an order that depends on the statements only."""

# The base for relative IRIs. Without it, rdflib would use the current directory.
_HERE = "https://relative.invalid/"
_MAX_NAME_LENGTH = 200
_MAX_LITERAL_LENGTH = 100_000
"""The maximum length of a text in RDF/XML; rdflib takes longer for each further line of a text."""
_ROUNDS = 10
"""The maximum number of rounds in which blank nodes are compared with their neighbours."""
_PARSING = threading.Lock()
"""Held while rdflib parses, because its settings are global."""
# The beginnings of JSON-LD and of RDF/XML. Turtle has no characteristic beginning, and N-Triples is a subset of it.
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


def printable_name(text: str) -> str:
    """Return a name for a message: unchanged, or as an excerpt in quotes if it is long or not printable."""
    return text if text.isprintable() and len(text) <= _MAX_NAME_LENGTH else excerpt(text)


def _elsewhere(context: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield place and problem of each remote context in a context, however deeply it is nested in lists."""
    if isinstance(context, str):
        yield place, "is a remote context, which is not fetched; write the context out in the file"
    elif isinstance(context, list):
        for index, item in enumerate(context):
            yield from _elsewhere(item, join_path(place, index))


def _contexts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield place and problem of every remote context in a document."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _contexts(item, join_path(path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            place = join_path(path, printable_name(key))
            if key == "@import":
                yield place, "imports a remote context, which is not fetched; write the context out in the file"
            elif key == "@context":
                yield from _elsewhere(item, place)
            yield from _contexts(item, place)


def _format_of(text: str, file: str) -> str:
    """
    Return rdflib's name for the serialisation of a file.

    Raises:
        InvalidDocument: the file needs a remote context, declares a document type, an entity or an encoding other than
            UTF-8, or begins like JSON and is not valid JSON.
    """
    if _OBJECT.match(text):
        # Parsed here as well, because rdflib is less strict, with repeated keys for example.
        faults = tuple(Fault(file, place, said) for place, said in _contexts(parse_json(text, file)))
        if faults:
            raise InvalidDocument.from_faults(faults)
        return "json-ld"
    if not _XML.match(text):
        return "turtle"
    if (found := _DECLARED.search(text)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        reject(file, f"line {line}", "declares a document type or an entity, which is not supported; remove it")
    if (encoding := _ENCODING.match(text)) is not None and encoding[1].lower() != "utf-8":
        reject(file, "line 1", f"declares the encoding {printable_name(encoding[1])}; save the file as UTF-8")
    return "xml"


@contextlib.contextmanager
def _as_written(rdflib: Any) -> Iterator[None]:  # noqa: ANN401 -- a module
    """Keep rdflib from normalising literals, such as 5.10 to 5.1, and from warning about them."""
    log = logging.getLogger("rdflib.term")
    kept = rdflib.NORMALIZE_LITERALS, log.disabled
    rdflib.NORMALIZE_LITERALS, log.disabled = False, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS, log.disabled = kept


@contextlib.contextmanager
def _method_replaced_in_this_thread(owner: Any, name: str, wrap: Callable[[Any], Any]) -> Iterator[None]:  # noqa: ANN401 -- a class
    """Replace a method of a class for this thread; other threads keep the original."""
    kept, mine = getattr(owner, name), threading.get_ident()
    other = wrap(kept)

    def method(*args: Any) -> Any:  # noqa: ANN401 -- those of the method
        return (other if threading.get_ident() == mine else kept)(*args)

    setattr(owner, name, method)
    try:
        yield
    finally:
        setattr(owner, name, kept)


@contextlib.contextmanager
def _bounded_parsing(file: str) -> Iterator[None]:
    """
    Keep rdflib from fetching contexts, and from parsing XML literals and long text, which can take unlimited time.

    This replaces methods of rdflib's parsers.

    Raises:
        InvalidDocument: the file contains one of these.
    """
    from rdflib.plugins.parsers.rdfxml import RDFXMLHandler
    from rdflib.plugins.shared.jsonld.context import Context

    def line(handler: Any) -> str:  # noqa: ANN401 -- one of rdflib
        return f"line {handler.locator.getLineNumber()}"

    def fetch(*_: object) -> None:
        reject(file, "", "needs a remote context, which is not fetched; write the context out in the file")

    def markup(handler: Any, *_: object) -> None:  # noqa: ANN401 -- one of rdflib
        reject(
            file, line(handler), "has an XML literal (rdf:parseType), which is not supported; write it as plain text"
        )

    def characters(kept: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
        def method(handler: Any, text: str) -> None:  # noqa: ANN401 -- one of rdflib
            if len(handler.current.data or "") > _MAX_LITERAL_LENGTH:
                reject(file, line(handler), f"has a text of more than {_MAX_LITERAL_LENGTH:,} characters; shorten it")
            kept(handler, text)

        return method

    with (
        _method_replaced_in_this_thread(Context, "_fetch_context", lambda _: fetch),
        _method_replaced_in_this_thread(RDFXMLHandler, "literal_element_start", lambda _: markup),
        _method_replaced_in_this_thread(RDFXMLHandler, "literal_element_char", lambda _: markup),
        _method_replaced_in_this_thread(RDFXMLHandler, "property_element_char", characters),
    ):
        yield


_NAMES = {"json-ld": "JSON-LD", "xml": "RDF/XML", "turtle": "Turtle"}


_LOCATED = re.compile(r"[^\n]*?:([0-9]+):[0-9]+: (.*)", re.DOTALL)
"""An error of the parser of RDF/XML: the address of the document, the line, the column, and the message."""


def _line(error: Exception) -> str:
    """Return the line that a parser's error names, or "" if it does not name a line."""
    if (located := _LOCATED.fullmatch(str(error))) is not None:
        return f"line {located[1]}"
    line = getattr(error, "lines", None)
    # The parser of Turtle counts lines from 0.
    return f"line {line + 1}" if isinstance(line, int) else ""


def _message(error: Exception) -> str:
    """Return the message of a parser's error in one line; an error inside the parser has no useful message."""
    if (located := _LOCATED.fullmatch(str(error))) is not None:
        said = located[2]
    else:
        said = getattr(error, "_why", getattr(error, "msg", "cannot be parsed"))
    shown = " ".join(str(said).split())
    return (
        excerpt(shown)
        if not shown.isprintable()
        else f"{shown[:_MAX_NAME_LENGTH]}{'…' * (len(shown) > _MAX_NAME_LENGTH)}"
    )


def _parse(rdflib: Any, text: str, kind: str, file: str) -> Any:  # noqa: ANN401 -- a module, and a dataset of it
    """
    Return the content of a file as a dataset of rdflib.

    Raises:
        InvalidDocument: it cannot be parsed.
    """
    # A dataset, because JSON-LD can have named graphs.
    dataset = rdflib.Dataset()
    try:
        with _bounded_parsing(file):
            dataset.parse(data=text, format=kind, publicID=_HERE)
    except InvalidDocument:
        # Raised by the replaced methods.
        raise
    except RecursionError:
        reject(file, "", "nested too deeply")
    except IndexError:
        # The parser of Turtle reads past the end of the text.
        reject(file, f"line {len(text.splitlines())}", f"not {_NAMES[kind]}: it ends in the middle of a statement")
    except Exception as error:  # noqa: BLE001 -- parsers raise whatever they stumble over
        reject(file, _line(error), f"not {_NAMES[kind]}: {_message(error)}")
    return dataset


def statements(content: bytes | str, file: str) -> Statements:
    """
    Return the statements of a file, from all its graphs.

    Raises:
        InvalidDocument: the file is in none of the four serialisations, or needs a remote resource.
        MissingExtra: rdflib is not installed.
    """
    rdflib = _rdflib()
    text = decode(content, file)
    kind = _format_of(text, file)
    with _PARSING, _as_written(rdflib):
        said = [
            (_name(rdflib, subject), str(prop), _value(rdflib, value))
            for subject, prop, value, _ in _parse(rdflib, text, kind, file).quads()
        ]
    names = _number_blank_nodes(said)
    found: dict[str, dict[str, set[Value]]] = {}
    for node, prop, value in said:
        taken = names.get(value, value) if isinstance(value, str) else value
        found.setdefault(names.get(node, node), {}).setdefault(prop, set()).add(taken)
    return {
        node: {prop: tuple(sorted(values, key=_order)) for prop, values in sorted(props.items())}
        for node, props in sorted(found.items())
    }


def _number_blank_nodes(said: list[tuple[str, str, Value]]) -> dict[str, str]:
    """Return reproducible names for blank nodes, derived from their statements, since rdflib uses random names."""
    facts: dict[str, list[tuple[str, Value]]] = {}
    for node, prop, value in said:
        if node.startswith(BLANK):
            facts.setdefault(node, []).append((prop, value))
        if isinstance(value, str) and value.startswith(BLANK):
            # The caret marks a statement in which the node is the object.
            facts.setdefault(value, []).append((f"^{prop}", node))
    # Colour refinement: each round ranks the nodes by their statements and the ranks of the blank nodes in these, until
    # no rank changes. Nodes that still have the same rank keep the order in which rdflib gave them.
    ranks = dict.fromkeys(facts, 0)
    for _ in range(_ROUNDS):
        told = {
            node: (ranks[node], *sorted((prop, *_order(_with_number(value, ranks))) for prop, value in listed))
            for node, listed in facts.items()
        }
        places = {key: place for place, key in enumerate(sorted(set(told.values())))}
        before, ranks = ranks, {node: places[key] for node, key in told.items()}
        if ranks == before:
            break
    return {node: f"{BLANK}{number:09}" for number, node in enumerate(sorted(ranks, key=ranks.__getitem__))}


def _with_number(value: Value, ranks: dict[str, int]) -> Value:
    return f"{BLANK}{ranks[value]:09}" if isinstance(value, str) and value in ranks else value


def _value(rdflib: Any, value: Any) -> Value:  # noqa: ANN401 -- a module, and a node of it
    if isinstance(value, rdflib.Literal):
        return Literal(str(value), value.language or "", str(value.datatype or ""))
    return _name(rdflib, value)


def _name(rdflib: Any, node: object) -> str:  # noqa: ANN401 -- a module
    return f"{BLANK}{node}" if isinstance(node, rdflib.BNode) else str(node)


def _order(value: Value) -> tuple[str, ...]:
    """Return a sort key that puts literals before names of nodes."""
    return (value,) if isinstance(value, str) else ("", *value)
