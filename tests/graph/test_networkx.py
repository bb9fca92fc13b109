"""The graph for networkx, in every writer of networkx that takes a directed graph with several edges."""

from __future__ import annotations

import io
import json
import pickle
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from aicop import load
from aicop.graph import Additions, graph
from aicop.vocabulary import DependencyKind
from tests.graph.examples import IDS, WIDE, edge

if TYPE_CHECKING:
    from collections.abc import Callable

GRAPH = graph("etsi-en-304-223")
PLAIN: Any = GRAPH.to_networkx()
NODES = dict(PLAIN.nodes(data=True))
EDGES = {(one, other, key): facts for one, other, key, facts in PLAIN.edges(keys=True, data=True)}
ENDS = sorted((one, other) for one, other, _ in EDGES)


def written(write: Callable[..., None], *given: object, **options: object) -> bytes:
    """Return what a writer writes."""
    out = io.BytesIO()
    write(PLAIN, out, *given, **options)
    return out.getvalue()


def same(back: Any) -> None:  # noqa: ANN401 -- networkx has few types
    """Check that a graph has all nodes, edges, keys and attributes."""
    assert dict(back.nodes(data=True)) == NODES
    assert {(one, other, key): facts for one, other, key, facts in back.edges(keys=True, data=True)} == EDGES


def test_attributes_are_plain() -> None:
    """Nodes are keys; attributes are text, except the confidence and the doubt about an edge."""
    assert type(PLAIN) is nx.MultiDiGraph
    assert PLAIN.graph == {"edition": "etsi-en-304-223@2.1.1"}
    assert list(NODES) == [str(item) for item in GRAPH.ids]
    for facts in NODES.values():
        assert list(facts) == ["title", "principle", "phase", "roles"]
        assert {type(value) for value in facts.values()} == {str}
    for (_, _, key), facts in EDGES.items():
        assert key == facts["kind"]
        assert [name for name in facts if name != "confidence"] == ["kind", "basis", "rationale", "suspect"]
        assert {name: type(value) for name, value in facts.items() if name in {"confidence", "suspect"}}.items() <= {
            "confidence": int,
            "suspect": bool,
        }.items()
        assert all(type(value) is str for name, value in facts.items() if name not in {"confidence", "suspect"})
    assert len(EDGES) == len(GRAPH.dependencies)


def test_attributes_are_those_of_the_records() -> None:
    """Each edge has the facts of its dependency, and confidence only where it is stated."""
    code = load("etsi-en-304-223")
    for item in GRAPH.dependencies:
        facts = EDGES[str(item.prerequisite), str(item.dependant), item.kind.value]
        assert facts["rationale"] == item.rationale
        assert facts["basis"] == item.basis.value
        assert facts.get("confidence") == item.confidence
    for key, facts in NODES.items():
        assert facts["title"] == code[key].title
        assert facts["roles"].split("; ") == [role.value for role in code[key].duty_holders]


def test_graphml() -> None:
    """Both writers of GraphML keep everything."""
    same(nx.read_graphml(io.BytesIO(written(nx.write_graphml_xml, named_key_ids=True)), force_multigraph=True))
    same(nx.parse_graphml("".join(nx.generate_graphml(PLAIN)), force_multigraph=True))


def test_gexf() -> None:
    """GEXF keeps nodes and edges with their attributes; keys of edges come back as their ids."""
    back: Any = nx.read_gexf(io.BytesIO(written(nx.write_gexf)))
    assert sorted((one, other) for one, other, *_ in back.edges) == ENDS
    assert {key: facts["title"] for key, facts in back.nodes(data=True)} == {
        key: facts["title"] for key, facts in NODES.items()
    }
    kinds = sorted((one, other, facts["kind"]) for one, other, facts in back.edges(data=True))
    assert kinds == sorted(EDGES)
    assert "".join(nx.generate_gexf(PLAIN)).startswith("<gexf")


def test_gml() -> None:
    """GML keeps everything, and has numbers for true and false."""
    same(nx.read_gml(io.BytesIO(written(nx.write_gml))))
    assert "\n".join(nx.generate_gml(PLAIN)).startswith("graph [")


JSON: list[tuple[Callable[[Any], Any], Callable[[Any], Any]]] = [
    (lambda item: nx.node_link_data(item, edges="edges"), lambda data: nx.node_link_graph(data, edges="edges")),
    (nx.adjacency_data, nx.adjacency_graph),
    (nx.cytoscape_data, nx.cytoscape_graph),
]


@pytest.mark.parametrize(("dump", "read"), JSON, ids=["node-link", "adjacency", "cytoscape"])
def test_json(dump: Callable[[Any], Any], read: Callable[[Any], Any]) -> None:
    """Data for JSON survives it; Cytoscape's adds the names of nodes."""
    back = read(json.loads(json.dumps(dump(PLAIN))))
    for facts in dict(back.nodes(data=True)).values():
        for name in ("id", "name", "value"):
            facts.pop(name, None)
    for *_, facts in back.edges(data=True):
        for name in ("source", "target", "key"):
            facts.pop(name, None)
    same(back)


LISTS: dict[str, tuple[Callable[..., None], Callable[..., Any]]] = {
    "adjlist": (nx.write_adjlist, nx.read_adjlist),
    "multiline_adjlist": (nx.write_multiline_adjlist, nx.read_multiline_adjlist),
    "edgelist": (nx.write_edgelist, nx.read_edgelist),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists(name: str) -> None:
    """Lists keep nodes and edges; those that write attributes keep them too."""
    write, read = LISTS[name]
    back: Any = read(io.BytesIO(written(write)), create_using=nx.MultiDiGraph)
    assert sorted((one, other) for one, other, *_ in back.edges) == ENDS
    if name != "adjlist":
        kinds = sorted((one, other, facts["kind"]) for one, other, facts in back.edges(data=True))
        assert kinds == sorted(EDGES)


def test_pajek() -> None:
    """Pajek keeps nodes, edges and text; networkx warns that it writes no other values of any graph."""
    with pytest.warns(UserWarning, match="confidence|suspect"):
        content = written(nx.write_pajek)
    back: Any = nx.read_pajek(io.BytesIO(content))
    assert sorted((one, other, facts["kind"]) for one, other, facts in back.edges(data=True)) == sorted(EDGES)


def test_drawings() -> None:
    """The drawings as text and as LaTeX name the nodes."""
    assert "etsi-en-304-223@2.1.1:5.1.1-1" in "".join(nx.generate_network_text(PLAIN))
    places = {key: (number, 0) for number, key in enumerate(NODES)}
    simple: Any = nx.DiGraph(PLAIN)
    assert "etsi-en-304-223@2.1.1:5.1.1-1" in nx.to_latex_raw(simple, pos=places)


def test_other_forms() -> None:
    """Pickles, dictionaries and lists in memory keep everything."""
    same(pickle.loads(pickle.dumps(PLAIN)))  # noqa: S301 -- our own
    assert len(nx.to_edgelist(PLAIN)) == len(EDGES)


def test_several_kinds_are_several_edges() -> None:
    """Two provisions that are connected by two kinds have two edges, which the kind tells apart."""
    kinds = (DependencyKind.REQUIRES, DependencyKind.INFORMS)
    found = graph(WIDE, Additions(dependencies=tuple(edge(IDS[0], IDS[1], kind) for kind in kinds)))
    assert set(found.to_networkx().edges(keys=True)) == {(str(IDS[0]), str(IDS[1]), kind.value) for kind in kinds}
