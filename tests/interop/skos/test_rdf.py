"""RDF in any serialisation: what is parsed, refused and never fetched."""

from __future__ import annotations

import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NoReturn

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop.errors import AicopError, Fault, MissingExtra
from aicop.interop import skos
from aicop.interop.skos import rdf as skos_reading
from aicop.interop.skos.rdf import Literal, Statements, Value
from tests.interop.skos.examples import EX, FILE, FILTERS, HEAD, SKOS, V, faults, in_rdf, read, same, taken, written
from tests.interop.sssom.examples import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from aicop import Catalogue

pytestmark = FILTERS


@pytest.mark.parametrize("form", ["json-ld", "turtle", "xml", "nt"])
def test_any_serialisation_of_rdf_is_read(form: str, mini: Catalogue) -> None:
    """The content decides the serialisation, whatever the file name."""
    for item in (mini, SMALL):
        again = in_rdf(skos.dumps(item)).serialize(format=form)
        reading = skos.loads(again.encode(), FILE)
        assert [written(one) for one in reading.frameworks] == taken(item)
        assert reading.mappings == (same(SMALL) if item is SMALL else ())


def test_without_rdflib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rdflib, the error names the extra and the package to install."""
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(MissingExtra) as caught:
        read(HEAD)
    assert (caught.value.extra, caught.value.packages) == ("rdf", "rdflib")


ELSEWHERE = "is a remote context, which is not fetched; write the context out in the file"
NO_NODE = "must be a node, not text"


RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
LINES = ("a" * 99 + "\n") * 1002
WRONG: dict[str, tuple[bytes | str, list[tuple[str, str]]]] = {
    "a remote context": (
        '{"@context": "https://example.org/c.jsonld", "@graph": []}',
        [("@context", ELSEWHERE)],
    ),
    "remote contexts everywhere": (
        json.dumps(
            {
                "@context": [{"t": {"@id": "urn:t", "@context": "file:///c"}}, "c.jsonld"],
                "@graph": [{"@context": {"@import": "https://example.org/c"}}],
            }
        ),
        [
            ("@context[1]", ELSEWHERE),
            ("@context[0].t.@context", ELSEWHERE),
            (
                "@graph[0].@context.@import",
                "imports a remote context, which is not fetched; write the context out in the file",
            ),
        ],
    ),
    "remote contexts in lists": (
        '{"@context": [{}, [["http://127.0.0.1:8000/evil"], {"t": {"@id": "urn:t", "@context": [["t.jsonld"]]}}]]}',
        [("@context[1][0][0]", ELSEWHERE), ("@context[1][1].t.@context[0][0]", ELSEWHERE)],
    ),
    "a context in a context": ('{"@context": {"@context": [["file:///c"]]}}', [("@context.@context[0][0]", ELSEWHERE)]),
    "a context under a name not to be printed": (
        json.dumps({"a\n\x1b": {"@context": "c"}}),
        [(r"'a\n\x1b'.@context", ELSEWHERE)],
    ),
    "XML as a value": (
        f'{RDF_XML} xmlns:e="urn:e#">\n<e:a><e:p\nrdf:parseType="Literal">\n<b/></e:p></e:a></rdf:RDF>',
        [("line 3", "has an XML literal (rdf:parseType), which is not supported; write it as plain text")],
    ),
    "XML as a value by a name in two halves": (
        f'{RDF_XML} xmlns:h="http://www.w3.org/1999/02/22-rdf-syntax-ns#parse" xmlns:e="urn:e#">'
        '<e:a><e:p h:Type="any"><b/></e:p></e:a></rdf:RDF>',
        [("line 1", "has an XML literal (rdf:parseType), which is not supported; write it as plain text")],
    ),
    "endless text in XML": (
        f'{RDF_XML} xmlns:e="urn:e#"><e:a><e:p>{LINES}</e:p></e:a></rdf:RDF>',
        [("line 1001", "has a text of more than 100,000 characters; shorten it")],
    ),
    "names not to be printed": (
        json.dumps({"@id": "urn:\x1b[2J", "urn:p\x1b": 1, f"{SKOS}broader": "b", "@type": f"{SKOS}Concept"}),
        [(r"<'urn:\x1b[2J'>, skos:broader", "must be a node, not the text 'b'")],
    ),
    "long names": (
        f'{HEAD} <urn:{"x" * 300}> skos:exactMatch "b" .',
        [(f"<'urn:{'x' * 54}… (304 characters)>, skos:exactMatch", "must be a node, not the text 'b'")],
    ),
    "a key twice": ('{"@graph": [], "@graph": []}', [("", "the key '@graph' occurs more than once")]),
    "no JSON": (
        '[{"@id": 1, 2}]',
        [("line 1, column 13", "not JSON: Expecting property name enclosed in double quotes")],
    ),
    "JSON that is no JSON-LD": ('{"@context": 5}', [("", "not JSON-LD: cannot be parsed")]),
    "a document type": (
        f'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY e "x">]>\n{RDF_XML}/>',
        [("line 2", "declares a document type or an entity, which is not supported; remove it")],
    ),
    "an entity alone": (
        f"{RDF_XML}>\n<!ENTITY e 'x'></rdf:RDF>",
        [("line 2", "declares a document type or an entity, which is not supported; remove it")],
    ),
    "another encoding": (
        '<?xml version="1.0" encoding="utf-7"?><r/>',
        [("line 1", "declares the encoding utf-7; save the file as UTF-8")],
    ),
    "broken XML": (f"<!-- -->\n{RDF_XML}>", [("line 2", "not RDF/XML: no element found")]),
    "broken Turtle": (f"{HEAD}\nex:a skos:broader ; .", [("line 10", "not Turtle: objectList expected")]),
    "Turtle that breaks off": (
        f"{HEAD}ex:a skos:broader",
        [("line 9", "not Turtle: it ends in the middle of a statement")],
    ),
    "no RDF": ("Not RDF at all.", [("line 1", "not Turtle: expected directive or statement")]),
    "endless nesting": ("[" * 5000, [("", "nested too deeply")]),
    "no UTF-8": (b"\xff", [("line 1", "byte 0xff is not UTF-8; save the file as UTF-8")]),
    "a scheme that is a concept": (
        f"{HEAD} ex:s a skos:ConceptScheme, skos:Concept .",
        [(f"<{V}s>", "is both a scheme and a concept, which SKOS does not allow; make it one of them")],
    ),
    "a circle": (
        f"{HEAD} ex:s skos:hasTopConcept ex:a, ex:b, ex:c . ex:a skos:broader ex:b . ex:a skos:narrower ex:b . ex:c skos:broader ex:c .",
        [
            (f"<{V}a>, skos:broader", "the parents form a cycle: a is below b is below a"),
            (f"<{V}c>, skos:broader", "the parents form a cycle: c is below c"),
        ],
    ),
    "an id twice": (
        f'{HEAD} ex:s skos:hasTopConcept ex:a, ex:b . ex:a skos:notation "1" . ex:b skos:notation "1" .',
        [(f"<{V}b>", f"1 is already used at <{V}a>")],
    ),
    "two labels in a language": (
        f'{HEAD} ex:s skos:hasTopConcept ex:a . ex:a skos:prefLabel "x"@en, "y"@en, "z", "w", "v"@de .',
        [
            (f"<{V}a>, skos:prefLabel", "has 2 values without a language; SKOS allows one per language"),
            (f"<{V}a>, skos:prefLabel", "has 2 values in en; SKOS allows one per language"),
        ],
    ),
    "a number that was rounded": (
        '{"@id": "urn:c", "http://www.w3.org/2004/02/skos/core#notation": 5.10, '
        '"http://www.w3.org/2004/02/skos/core#topConceptOf": {"@id": "urn:s"}}',
        [("<urn:c>, skos:notation", "5.1 is a number, so its original spelling is lost; write it in quotes")],
    ),
    "a concept that nothing names": (
        f"{HEAD} ex:s skos:hasTopConcept [] .",
        [
            ("a blank node", "has neither an IRI nor a skos:notation; give it one of them"),
        ],
    ),
    "text for a name": (
        f'{HEAD} ex:a a skos:Concept ; skos:broader "b" ; skos:exactMatch "c" .',
        [
            (f"<{V}a>, skos:broader", "must be a node, not the text 'b'"),
            (f"<{V}a>, skos:exactMatch", "must be a node, not the text 'c'"),
        ],
    ),
    "a nature that there is not": (
        f'{HEAD} ex:s skos:hasTopConcept ex:a . ex:a aicop:nature "good" .',
        [
            (
                f"<{V}a>, aicop:nature",
                "must be one of requirement, mitigation, risk, technique, role, stage, document, heading, not 'good'",
            )
        ],
    ),
    "a scheme of ours that cannot be": (
        f"{HEAD} aicop:no skos:hasTopConcept ex:a .",
        [("<urn:aicop:no>", "'no' is not an edition id such as 'etsi-en-304-223@2.1.1'")],
    ),
    "a relation that is none": (
        f"{HEAD} a:X-1 skos:mappingRelation b:X-1 ; skos:nearMatch b:X-1 .",
        [
            (
                f"<{EX}>, skos:nearMatch",
                "'nearMatch' is not a relation of SKOS; did you mean narrowMatch? Use one of: exactMatch, broadMatch, narrowMatch, relatedMatch, mappingRelation, closeMatch, broader, narrower, related",
            ),
        ],
    ),
    "ends that nobody knows": (
        f"{HEAD} ex:q skos:exactMatch b:X-1, b:X-9 . a:X-1 skos:exactMatch [] .",
        [
            (
                f"<{V}q>, skos:exactMatch <urn:aicop:b@1:X-1>",
                f"<{V}q> is neither a concept of a scheme in this file nor an id of aicop; name the framework of the sources (--source)",
            ),
            (
                f"<{V}q>, skos:exactMatch <urn:aicop:b@1:X-9>",
                f"<{V}q> is neither a concept of a scheme in this file nor an id of aicop; name the framework of the sources (--source)",
            ),
            (
                f"<{EX}>, skos:exactMatch a blank node",
                "a blank node is neither a concept of a scheme in this file nor an id of aicop; name the framework of the targets (--target)",
            ),
        ],
    ),
    "a claim twice": (
        f"{HEAD} a:X-1 skos:exactMatch b:X-1 ; skos:broadMatch b:X-1 .",
        [
            (
                f"<{EX}>, skos:exactMatch <urn:aicop:b@1:X-1>",
                f"contradicts <{EX}>, skos:broadMatch <urn:aicop:b@1:X-1> on a@1:X-1 and b@1:X-1; correct one of them",
            )
        ],
    ),
    "rows": (
        f"""{HEAD} ex:r1 a aicop:Mapping ; aicop:source a:X-1, a:X-2 ; aicop:predicate ex:p .
        ex:r2 a aicop:Mapping ; aicop:source "x" ; aicop:target ex:t .
        ex:r3 a aicop:Mapping ; aicop:predicate "equals" ; aicop:source a:X-1 ; aicop:target b:X-1 .
        ex:r4 a aicop:Mapping ; aicop:predicate "equal-to" ; aicop:target b:Z ; aicop:strength 3 ; aicop:confidence 11 .""",
        [
            (f"<{V}r1>, aicop:source", "has more than one value"),
            (f"<{V}r1>, aicop:predicate", "must be text, not a node"),
            (f"<{V}r2>, aicop:source", NO_NODE),
            (
                f"<{V}r2>, aicop:target",
                f"<{V}t> is neither a concept of a scheme in this file nor an id of aicop; name the framework of the targets (--target)",
            ),
            (
                f"<{V}r3>, aicop:predicate",
                "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, "
                "mitigates, cites, corresponds-to, nothing-found, not 'equals'; did you mean 'equal-to'?",
            ),
            (f"<{V}r4>, aicop:confidence", "'11' is not valid in this field; expected a whole number from 0 to 10"),
            (f"<{V}r4>, aicop:target", "'b@1:Z': b@1 has no 'Z'."),
            (f"<{V}r4>, aicop:source", "equal-to needs a source"),
            (
                f"<{V}r4>, aicop:strength",
                "equal-to requires strength 10, not 3: the target asks all that the source asks",
            ),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_every_fault_has_its_place(
    text: bytes | str, expected: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fault has its node and property, or its line; all are raised at once, and nothing is fetched."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the network was asked")

    # No reader may open a connection.
    monkeypatch.setattr(socket, "socket", refuse)
    assert faults(text) == expected


def test_rdflib_settings_are_restored() -> None:
    """Reading leaves rdflib's normalisation of literals as it was."""
    before = rdflib.NORMALIZE_LITERALS
    read(HEAD)
    assert (rdflib.NORMALIZE_LITERALS, before) == (True, True)


def test_no_file_is_read_for_a_context(tmp_path: Path) -> None:
    """A remote context is refused even in nested lists, or if the check for contexts misses it."""
    there = tmp_path / "c.jsonld"
    there.write_text('{"@context": {"c": "http://www.w3.org/2004/02/skos/core#Concept"}}', encoding="utf-8")
    text = json.dumps({"@context": [[there.as_uri()]], "@id": "urn:c", "@type": "c"})
    assert list(in_rdf(text)), "rdflib alone reads it"
    assert faults(text) == [("@context[0][0]", ELSEWHERE)]
    with pytest.MonkeyPatch.context() as patch:
        # Switch the first check off, to test the second line of defence.
        patch.setattr(skos_reading, "_contexts", lambda _: ())
        assert faults(text) == [("", "needs a remote context, which is not fetched; write the context out in the file")]
    assert list(in_rdf(text)), "rdflib is as before"


def test_other_threads_are_not_restricted(tmp_path: Path) -> None:
    """The ban on loading contexts does not apply to other threads of the program."""
    there = tmp_path / "c.jsonld"
    there.write_text('{"@context": {"c": "urn:k"}}', encoding="utf-8")
    text = json.dumps({"@context": there.as_uri(), "@id": "urn:c", "@type": "c"})
    with skos_reading._bounded_parsing(FILE), ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(in_rdf, text).result()) == 1


def test_several_threads_read_at_once() -> None:
    """Concurrent reads return literals as written and restore rdflib's settings."""
    text = "<urn:c> a skos:Concept ; skos:notation 5.10 ; skos:topConceptOf <urn:s> .\n"
    more = "".join(f"ex:c{number} skos:broader <urn:c> .\n" for number in range(200))
    with ThreadPoolExecutor(4) as pool:
        read_ones = list(pool.map(read, [HEAD + text + more] * 12))
    assert {str(one.frameworks[0].controls[0].id) for one in read_ones} == {"s@unknown:5.10"}
    assert rdflib.NORMALIZE_LITERALS is True


def test_blank_nodes_have_a_stable_order() -> None:
    """Blank nodes are ordered by their content, not by the names that rdflib generates."""
    words = [f"{number} says so" for number in range(5)]
    rows = "".join(
        f"""[] a aicop:Mapping ; aicop:source a:X-1 ; aicop:target b:X-1 ; aicop:predicate "equal-to" ;
        aicop:basis "own" ; aicop:author "{word}" ; aicop:rationale "Why." .\n"""
        for word in reversed(words)
    )
    found = [[one.author for one in read(HEAD + rows).mappings] for _ in range(4)]
    assert found == [words] * 4


def test_blank_nodes_are_ordered_by_their_neighbours() -> None:
    """Blank nodes that differ only in the blank nodes around them have a stable order."""
    text = HEAD + "".join(f'[] ex:p [ ex:p [ ex:p "{number}" ] ] .\n' for number in (2, 0, 1))

    def ends(graph: Statements) -> list[Value]:
        starts = [node for node in graph if not any(node in properties[f"{V}p"] for properties in graph.values())]
        found: list[Value] = []
        for start in starts:
            node: Value = start
            while isinstance(node, str):
                node = graph[node][f"{V}p"][0]
            found.append(node)
        return found

    first = skos_reading.statements(text, FILE)
    assert sorted(ends(first)) == [Literal(str(number), "", "") for number in range(3)]
    assert all(skos_reading.statements(text, FILE) == first for _ in range(4))


def test_long_chains_of_blank_nodes_are_read() -> None:
    """Comparing blank nodes stops at some depth, and a long chain is read."""
    depth = 30
    graph = skos_reading.statements(f"{HEAD} [] ex:p {'[ ex:p ' * depth} 1 {']' * depth} .", FILE)
    assert len(graph) == depth + 1


@pytest.mark.parametrize("start", ["", "{", "[{", "<?xml", "<rdf:RDF", HEAD])
@settings(max_examples=60)
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_the_bytes_only_faults_are_raised(start: str, content: bytes | str) -> None:
    """Arbitrary content raises nothing but aicop's errors."""
    whole = start.encode() + content if isinstance(content, bytes) else start + content
    try:
        read(whole)
    except AicopError as error:
        assert all(isinstance(fault, Fault) for fault in getattr(error, "faults", ()))
