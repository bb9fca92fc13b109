"""Concept schemes, and the rules of SKOS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
import rdflib

from aicop.crosswalk import Crosswalk
from aicop.errors import InvalidDocument
from aicop.interop import skos
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.properties import as_framework
from aicop.interop.common.rows import rows_of
from aicop.vocabulary import Nature
from tests.examples import A, B, row
from tests.interop.sssom.examples import x, y

if TYPE_CHECKING:
    from aicop import Catalogue
    from aicop.frameworks import Framework


# rdflib's JSON-LD parser uses a class that rdflib has deprecated, and its queries use names that pyparsing has.
FILTERS = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*deprecated.* use:DeprecationWarning"),
]
FILE = "theirs.ttl"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def in_rdf(text: str) -> rdflib.Graph:
    """Parse a file that aicop wrote with rdflib alone."""
    return rdflib.Graph().parse(data=text, format="json-ld")


# The integrity conditions of the SKOS Reference, each as a query for violations. The paths follow its statements about
# properties: subproperties, symmetric properties, and transitive ones.
_UP = "(skos:broader|^skos:narrower|skos:broadMatch|^skos:narrowMatch|skos:broaderTransitive|^skos:narrowerTransitive)"
_RELATED = "(skos:related|^skos:related|skos:relatedMatch|^skos:relatedMatch)"
RULES = {
    "S9": "?a a skos:ConceptScheme, skos:Concept",
    "S13": (
        "{ ?a skos:prefLabel ?l ; skos:altLabel|skos:hiddenLabel ?l } UNION { ?a skos:altLabel ?l ; skos:hiddenLabel ?l }"
    ),
    "S14": "?a skos:prefLabel ?l, ?m . FILTER (?l != ?m && lang(?l) = lang(?m))",
    "S27": f"?a {_RELATED} ?b . ?a {_UP}+ ?b",
    "S46": (
        "?a (skos:exactMatch|^skos:exactMatch)+ ?b . "
        "?a (skos:broadMatch|^skos:narrowMatch|skos:relatedMatch|^skos:relatedMatch) ?b"
    ),
}


def broken(graph: rdflib.Graph) -> list[str]:
    """Return the rules of SKOS that a graph breaks."""
    return [
        rule for rule, pattern in RULES.items() if list(graph.query(f"PREFIX skos: <{SKOS}> SELECT ?a {{ {pattern} }}"))
    ]


HEAD = (
    f"@prefix skos: <{SKOS}> .\n@prefix dct: <http://purl.org/dc/terms/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix ex: <https://example.org/v/> .\n@prefix two: <https://example.org/w#> .\n@prefix a: <urn:aicop:a@1:> .\n"
    "@prefix b: <urn:aicop:b@1:> .\n@prefix aicop: <urn:aicop:> .\n"
)
LIST = """
ex: a skos:ConceptScheme ; dct:title "Their List"@en, "Ihre Liste"@de ; owl:versionInfo "v3.1" ; dct:publisher "They" .
ex:one a skos:Concept ; skos:inScheme ex: ; skos:notation "1" ; skos:prefLabel "One"@en, "Eins"@de ; skos:altLabel "I" .
ex:ten a skos:Concept ; skos:topConceptOf ex: ; skos:notation "1.10" ; skos:broader ex:one ; skos:definition "Ask  it."@en .
ex:two a skos:Concept ; skos:inScheme ex: ; skos:notation "1.2" .
ex:one skos:narrower ex:two .
"""


Element = tuple[str, str | None, str, Nature | None, str | None, str | None]


def written(framework: Framework) -> list[Element]:
    """Return the fields of each element of a framework, with ids as text."""
    return [
        (str(one.id), None if one.parent is None else str(one.parent), one.kind, one.nature, one.title, one.words)
        for one in framework.controls
    ]


def taken(item: Crosswalk | Framework | Catalogue) -> list[list[Element]]:
    """Return the same fields of every framework in the file, as reading restores them."""
    ends = [item.source, item.target] if isinstance(item, Crosswalk) else [as_framework(item)]
    frameworks = {one.id: written(one) for one in sorted(ends, key=lambda one: str(one.id))}
    return list(frameworks.values())


def same(item: Crosswalk, file: str = FILE) -> tuple[Any, ...]:
    """Return the rows that a crosswalk writes, with the set name that reading gives them."""
    rows = rows_of(item, skos.FORMAT.predicates, joint=skos.FORMAT.joint).rows
    return tuple(attrs.evolve(one, set=file) for one in rows)


def read(text: bytes | str, **options: Any) -> ImportResult:  # noqa: ANN401 -- the arguments of ImportOptions
    """Read a file by another author."""
    return skos.loads(text, FILE, ImportOptions(**{"frameworks": (A, B)} | options))


def walk(*claims: tuple[str, str, str]) -> Crosswalk:
    """Return a crosswalk of claims, each by an author of its own."""
    rows = [row(x(one), word, y(other), author=f"maker {n}") for n, (one, word, other) in enumerate(claims)]
    return Crosswalk.from_mappings(rows, A, B)


def faults(text: bytes | str, **options: Any) -> list[tuple[str, str]]:  # noqa: ANN401 -- the arguments of ImportOptions
    """Return the place and problem of every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        read(text, **options)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


V = "https://example.org/v/"
EX = "urn:aicop:a@1:X-1"
