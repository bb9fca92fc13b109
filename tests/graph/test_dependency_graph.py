"""Queries of the dependency graph."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
import subprocess
import sys
from typing import Any

import attrs
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, EditionId, ProvisionId, UnknownEdition, UnknownKey, load
from aicop.catalogue import loads as load_edition
from aicop.errors import Fault, InvalidDocument, KeyMistake, UnknownTerm
from aicop.graph import Additions, DependencyGraph, artefacts, dependencies, flows, graph, loads
from aicop.vocabulary import Basis, DependencyKind
from tests.examples import mini_edition, notebook_table
from tests.graph.examples import IDS, MANY, WIDE, edge, graphs, pairs_of, reach
from tests.graph.test_edges import HEADER


@given(graphs(), st.sampled_from(IDS))
def test_prerequisites_and_dependants_are_converse(found: DependencyGraph, start: ProvisionId) -> None:
    """One provision is a prerequisite of another if and only if that is its dependant, at any distance."""
    for transitive in (False, True):
        after = found.dependants(start, transitive=transitive)
        assert list(after) == sorted(after)
        for other in found.ids:
            if other != start:
                assert (other in after) == (start in found.prerequisites(other, transitive=transitive))
    assert set(found.dependants(start, transitive=True)) == reach(found, start)


def test_only_direct_dependencies_count_unless_others_are_asked_for() -> None:
    """A closure has all of them in any case."""
    a, b, c, d = IDS[:4]
    chain = [edge(one, other, DependencyKind.INFORMS) for one, other in ((d, b), (b, a), (a, c))]
    found = graph(WIDE, Additions(dependencies=tuple(chain)))
    assert (found.prerequisites(c), found.prerequisites(c, transitive=True)) == ((a,), (a, b, d))
    assert (found.dependants(d), found.dependants(d, transitive=True)) == ((b,), (a, b, c))
    assert (found.closure(a), found.closure([c, IDS[5]])) == ((a, b, d), (a, b, c, d, IDS[5]))
    assert found.between(a, b) == ()
    assert repr(found.subgraph(phase="secure-start")) == "<DependencyGraph mini-code@1: 6 provisions, 3 dependencies>"
    one = graph(WIDE, Additions(dependencies=(chain[0],)))
    assert repr(one) == "<DependencyGraph mini-code@1: 12 provisions, 1 dependency>"


@given(graphs(), st.sets(st.sampled_from(IDS), min_size=1, max_size=3))
def test_closure_is_the_smallest_closed_set(found: DependencyGraph, start: set[ProvisionId]) -> None:
    """The closure has all prerequisites, is its own closure, and has nothing that is not needed."""
    closed = found.closure(start)
    assert found.closure(closed) == closed
    assert start <= set(closed)
    assert all(a in closed for a, b in pairs_of(found) if b in closed)
    assert all(
        item in start or any(item in found.prerequisites(one, transitive=True) for one in start) for item in closed
    )


@given(graphs())
def test_roots_leaves_and_cycles(found: DependencyGraph) -> None:
    """Roots have no incoming edge, leaves no outgoing one, and every cycle has no chord."""
    pairs = pairs_of(found)
    assert set(found.roots) == set(found.ids) - {b for _, b in pairs}
    assert set(found.leaves) == set(found.ids) - {a for a, _ in pairs}
    # A provision is on a cycle if something that it reaches leads back to it.
    on_circles = {
        item
        for item in found.ids
        if any((b, item) in pairs and item in {*reach(found, b)} | {b} for b in reach(found, item))
    }
    cycles = found.cycles()
    assert (cycles == ()) == (not on_circles)
    for circle in cycles:
        assert circle[0] == min(circle)
        steps = set(zip(circle, (*circle[1:], circle[0]), strict=True))
        assert steps <= pairs
        assert {(a, b) for a, b in pairs if a in circle and b in circle} == steps


def test_cycles_are_in_order() -> None:
    """The shortest come first; those of one length are in printed order, and each begins with its first provision."""
    circles = [(0, 1, 2), (0, 4, 3), (0, 5, 6), (7, 9, 8), (7, 8), (1, 11), (4, 10), (0, 10)]
    for given_circles in (circles, circles[::-1], circles[3:] + circles[:3]):
        # From another place of each circle, so that its order of edges gives nothing away.
        pairs = dict.fromkeys(pair for one in given_circles for pair in itertools.pairwise((*one[1:], *one[:2])))
        edges = tuple(edge(IDS[a], IDS[b], DependencyKind.INFORMS) for a, b in pairs)
        found = graph(WIDE, Additions(dependencies=edges)).cycles()
        places = [tuple(IDS.index(item) for item in one) for one in found]
        # The edges 7 to 8 and back are a chord of the circle of 7, 9 and 8.
        expected = [(0, 10), (1, 11), (4, 10), (7, 8), (0, 1, 2), (0, 4, 3), (0, 5, 6)]
        assert [one for one in places if len(one) <= 3] == expected
        assert places[len(expected) :] == sorted(places[len(expected) :], key=len)


@given(graphs(), st.sampled_from(IDS), st.sampled_from(IDS))
def test_a_path_is_a_chain(found: DependencyGraph, before: ProvisionId, after: ProvisionId) -> None:
    """A path is as short as networkx finds, connects its ends, and is explained step by step."""
    way = found.path(before, after)
    plain = found.to_networkx()
    if not nx.has_path(plain, str(before), str(after)):
        assert way is None
        assert found.why(before, after) == f"{after.number} does not depend on {before.number}.\n"
        return
    assert way is not None
    assert len(way) == nx.shortest_path_length(plain, str(before), str(after))
    ends = [before, *(item.dependant for item in way)]
    assert [item.prerequisite for item in way] == ends[:-1]
    assert ends[-1] == after
    assert len(found.why(before, after).splitlines()) >= max(len(way), 1)


def test_each_dependency_of_a_chain_is_explained() -> None:
    """With its reason, basis and confidence, and whether it is probably an error in the text."""
    a, b, c = IDS[:3]
    suspect = attrs.evolve(edge(b, c, DependencyKind.REFERS), basis=Basis.PRINTED, suspect=True, confidence=None)
    edges = (edge(a, b, DependencyKind.INFORMS), edge(b, c, DependencyKind.REQUIRES), suspect)
    found = graph(WIDE, Additions(dependencies=edges))
    assert found.why("1.1", "1.3") == (
        "1.1 -> 1.2 (informs): 1.1 before 1.2. [editorial; confidence 5 of 10]\n"
        "1.2 -> 1.3 (requires): 1.2 before 1.3. [editorial; confidence 5 of 10]\n"
        "1.2 -> 1.3 (refers): 1.2 before 1.3. [printed; suspected error in the text]\n"
    )
    assert found.why("1.1", "1.1") == "1.1 and 1.1 are the same provision.\n"
    assert found.why("1.3", "1.1") == "1.1 does not depend on 1.3.\n"
    assert repr(found) == "<DependencyGraph mini-code@1: 12 provisions, 3 dependencies>"


@given(graphs())
def test_centrality_is_harmonic(found: DependencyGraph) -> None:
    """Each reachable provision counts one divided by its distance, and the ranking is sorted."""
    lengths = dict(nx.all_pairs_shortest_path_length(found.to_networkx()))
    # Harmonic centrality, computed from networkx's shortest paths.
    score = {item: sum(1 / far for far in lengths[str(item)].values() if far) for item in found.ids}
    ranked = found.central(MANY)
    assert {item for item, _ in ranked} == set(found.ids)
    for (one, high), (other, low) in itertools.pairwise(ranked):
        assert (-high, one) < (-low, other)
    assert all(abs(value - score[item]) < 1e-6 for item, value in ranked)


def test_the_most_central_provisions_have_scores_of_nine_digits() -> None:
    """The ten highest unless another number is asked for; equal scores are in printed order."""
    chain = [edge(one, other, DependencyKind.INFORMS) for one, other in itertools.pairwise(IDS[4:8])]
    chain.append(edge(IDS[9], IDS[8], DependencyKind.TRIGGERS))
    found = graph(WIDE, Additions(dependencies=tuple(chain)))
    scores = {IDS[4]: 1.833333333, IDS[5]: 1.5, IDS[6]: 1.0, IDS[9]: 1.0}
    others = [(item, 0.0) for item in IDS if item not in scores]
    assert found.central() == (*scores.items(), *others)[:10]
    assert found.central(5) == (*scores.items(), others[0])


@given(graphs(), st.sets(st.sampled_from(DependencyKind)))
def test_subgraphs_are_filtered_by_kind_and_phase(found: DependencyGraph, kinds: set[DependencyKind]) -> None:
    """A subgraph has exactly the provisions of the phase and their edges of the given kinds."""
    part = found.subgraph(kinds=kinds, phase="secure-start")
    assert part.ids == IDS[: MANY // 2]
    kept = [
        item
        for item in found.dependencies
        if item.kind in kinds and {item.prerequisite, item.dependant} <= set(part.ids)
    ]
    assert part.dependencies == tuple(kept)
    assert found.subgraph() == found


def test_the_copy_for_networkx_is_a_copy() -> None:
    """Changing the networkx graph does not change the dependency graph."""
    found = graph(WIDE, Additions(dependencies=(edge(IDS[0], IDS[1], DependencyKind.INFORMS),)))
    given_out: Any = found.to_networkx()
    given_out.clear()
    given_out.add_edge("a", "b")
    assert found.dependants(IDS[0]) == (IDS[1],)
    again: Any = found.to_networkx()
    again.edges[str(IDS[0]), str(IDS[1]), "informs"]["kind"] = "refines"
    assert found.between(IDS[0], IDS[1]) == (edge(IDS[0], IDS[1], DependencyKind.INFORMS),)
    assert list(found.to_networkx().edges(data="kind")) == [(str(IDS[0]), str(IDS[1]), "informs")]


def test_graphs_are_values() -> None:
    """Graphs are equal after pickling and copying, and frozen."""
    found = graph(load("uk-ai-cop"))
    for twin in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):  # noqa: S301 -- our own
        assert twin == found
        assert len({twin, found}) == 1
        assert twin.order() == found.order()
    with pytest.raises(AttributeError):
        found.ids = ()  # type: ignore[misc]


def test_unknown_provisions_raise() -> None:
    """Every query raises for unknown provisions, including those outside a subgraph."""
    found = graph(load("uk-ai-cop"))
    for ask in (
        found.prerequisites,
        found.dependants,
        lambda key: found.impact([key]),
        lambda key: found.closure([key]),
    ):
        with pytest.raises(UnknownKey):
            ask("5.9")
    part = found.subgraph(phase="secure-design")
    with pytest.raises(UnknownKey) as caught:
        part.prerequisites("5.1")
    advice = "uk-ai-cop@2025-01:5.1 exists, but it is not in this subgraph."
    assert caught.value == UnknownKey("5.1", KeyMistake.NO_SUCH_NUMBER, advice)
    with pytest.raises(UnknownTerm):
        graph(load("uk-ai-cop"), kinds=["needs"])
    with pytest.raises(UnknownTerm):
        found.subgraph(basis="rumour")


def test_faults_of_a_graph_are_reported_at_once() -> None:
    """Unknown provisions, self edges, duplicates and cycles of hard edges are raised together."""
    stranger = ProvisionId.parse("uk-ai-cop@2025-01:5.4")
    hard = DependencyKind.REQUIRES
    edges = (
        edge(stranger, IDS[0], hard),
        edge(IDS[0], IDS[0], DependencyKind.INFORMS),
        edge(IDS[1], IDS[2], hard),
        edge(IDS[2], IDS[1], hard),
        edge(IDS[1], IDS[2], hard),
        edge(IDS[3], stranger, DependencyKind.INFORMS),
    )
    with pytest.raises(InvalidDocument) as caught:
        graph(WIDE, Additions(dependencies=edges))
    assert caught.value.faults == (
        Fault("dependencies", "mini-code@1:1.1 informs mini-code@1:1.1", "a provision cannot depend on itself"),
        Fault(
            "dependencies",
            "uk-ai-cop@2025-01:5.4 requires mini-code@1:1.1",
            "uk-ai-cop@2025-01:5.4 does not exist in mini-code@1",
        ),
        Fault("dependencies", "mini-code@1:1.2 requires mini-code@1:1.3", "this dependency is given twice"),
        Fault(
            "dependencies",
            "mini-code@1:1.4 informs uk-ai-cop@2025-01:5.4",
            "uk-ai-cop@2025-01:5.4 does not exist in mini-code@1",
        ),
        Fault(
            "dependencies",
            "mini-code@1:1.2, mini-code@1:1.3",
            "hard dependencies form a cycle; give one of them a softer kind",
        ),
    )


def test_every_cycle_of_hard_dependencies_is_reported_in_order() -> None:
    """By its first provision, whatever the order of the dependencies, and with all provisions that are on it."""
    circles = [(0, 3), (1, 4, 2), (5, 8), (6, 7)]
    # The first one leads on to another, which a search therefore completes before it.
    pairs = [(0, 5), *(pair for one in circles for pair in itertools.pairwise((*one, one[0])))]
    for ordered in (pairs, pairs[::-1], pairs[3:] + pairs[:3]):
        edges = tuple(edge(IDS[a], IDS[b], DependencyKind.REQUIRES) for a, b in ordered)
        with pytest.raises(InvalidDocument) as caught:
            graph(WIDE, Additions(dependencies=edges))
        assert [fault.path for fault in caught.value.faults] == [
            ", ".join(str(IDS[place]) for place in sorted(one)) for one in circles
        ]


def test_a_graph_is_shown_in_notebooks(code: Catalogue) -> None:
    """The HTML is escaped, and the repr is one line."""
    rows = HEADER + "6.4\t10.3\tinforms\teditorial\t9\t<u>&\n"
    found = graph(code, loads(rows, code, "own.tsv"))
    shown = found.subgraph(role="Developer", basis="editorial", kinds="informs")._repr_html_()
    assert "&lt;u&gt;&amp;" in shown
    assert "<u>" not in shown
    assert repr(found).startswith("<DependencyGraph uk-ai-cop@2025-01: 72 provisions, ")
    card = code["9.4"]._repr_html_()
    assert "Developer" in card
    assert "9.4" in card


def test_plans_are_tables_in_notebooks() -> None:
    """A graph has one row per dependency, an order and a critical path one per place, a wave one per provision."""
    a, b, c, d = IDS[:4]
    kinds = (DependencyKind.REQUIRES, DependencyKind.TRIGGERS, DependencyKind.INFORMS)
    edges = [edge(a, c, kinds[0]), edge(a, c, kinds[1]), edge(b, c, kinds[2]), edge(d, b, kinds[2])]
    edges += [edge(c, d, kinds[1]), edge(d, c, kinds[1])]
    found = graph(WIDE, Additions(dependencies=tuple(edges)))
    rest = list(map(str, IDS[4:]))
    assert notebook_table(found._repr_html_()) == [
        ["DependencyGraph mini-code@1: 12 provisions, 6 dependencies"],
        ["prerequisite", "kind", "dependant", "rationale"],
        [str(d), "informs", str(b), "1.4 before 1.2."],
        [str(a), "requires", str(c), "1.1 before 1.3."],
        [str(a), "triggers", str(c), "1.1 before 1.3."],
        [str(b), "informs", str(c), "1.2 before 1.3."],
        [str(d), "triggers", str(c), "1.4 before 1.3."],
        [str(c), "triggers", str(d), "1.3 before 1.4."],
    ]
    order = found.order()
    assert notebook_table(order._repr_html_()) == [
        ["Order of 12 provisions: 1 dependency not met"],
        ["place", "key"],
        *([str(place), str(key)] for place, key in enumerate(order.sequence, start=1)),
    ]
    first, second, third = found.waves()
    assert notebook_table(first._repr_html_()) == [
        ["Wave 1: 10 provisions"],
        ["key", "after", "unmet", "better after", "helped by", "revisit after"],
        [str(a), "", "", "", "", ""],
        [str(b), "", "", "", "", "1.4"],
        *([key, "", "", "", "", ""] for key in rest),
    ]
    assert [notebook_table(wave._repr_html_())[2:] for wave in (second, third)] == [
        [[str(c), "1.1<br>1.1", "1.4", "", "1.2", ""]],
        [[str(d), "1.3", "", "", "", ""]],
    ]
    path = found.critical_path(weights={a: 2.5})
    assert notebook_table(path._repr_html_()) == [
        ["CriticalPath of length 4.5: 3 provisions"],
        ["place", "key", "weight", "reasons"],
        ["1", str(a), "2.5", ""],
        ["2", str(c), "1", "requires: 1.1 before 1.3.<br>triggers: 1.1 before 1.3."],
        ["3", str(d), "1", "triggers: 1.3 before 1.4."],
    ]


def test_answers_do_not_depend_on_hash_seeds() -> None:
    """Processes with different hash seeds print the same text."""
    program = """
import attrs
from aicop import load
from aicop.graph import graph
from aicop.vocabulary import DependencyKind
found = graph(load("etsi-en-304-223"))
print(found.order(), found.cycles(), found.central(20))
print([wave.members for kinds in (None, DependencyKind) for wave in found.waves(kinds=kinds)])
print([attrs.astuple(found.impact(["5.2.1-1", "5.1.3-1"], kinds=kinds)) for kinds in (None, DependencyKind)])
print([found.critical_path(kinds=kinds).steps for kinds in (None, DependencyKind)])
print(found.handovers(), found.closure(["5.4.1-1"]), found.to_graphml(), found.to_node_link())
print([found.path(a, b) for a in found.ids[:9] for b in found.ids])
"""
    outputs = set()
    for seed in ("1", "2", "31337"):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": seed})  # noqa: S603 -- ours
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_node_link_text_is_indented() -> None:
    """By two spaces; letters of every script stay as they are, and the last line ends."""
    data = mini_edition()
    data["phases"][0]["principles"][0]["provisions"][0]["title"] = "Sch\u00fctze \u8981\u4ef6"
    text = graph(load_edition(json.dumps(data))).to_node_link()
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    assert "Sch\u00fctze \u8981\u4ef6" in text


def test_exports_hold_the_graph(code: Catalogue) -> None:
    """GraphML and node-link JSON are read by networkx with the same nodes and edges."""
    found = graph(code)
    read: Any = nx.parse_graphml(found.to_graphml(), force_multigraph=True)
    linked: Any = nx.node_link_graph(json.loads(found.to_node_link()), edges="edges")
    wanted = {(str(item.prerequisite), str(item.dependant), item.kind.value) for item in found.dependencies}
    for back in (read, linked):
        assert set(back.edges(keys=True)) == wanted
        assert set(back.nodes) == set(map(str, found.ids))
        assert back.nodes["uk-ai-cop@2025-01:5.1"]["phase"] == "uk-ai-cop@2025-01:secure-development"


def test_graphml_names_its_attributes(mini: Catalogue) -> None:
    """The keys of its data are their names, not numbers; the file has one document and ends with its last line."""
    text = graph(mini).to_graphml()
    assert '<data key="title">Title of 1.1</data>' in text
    assert '<data key="kind">refines</data>' in text
    assert text.endswith("\n</graphml>\n")


def test_a_table_has_a_row_for_each_dependency(mini: Catalogue) -> None:
    """With the titles of both ends, what is stated of it, and the titles of what flows."""
    found = graph(mini, loads(HEADER + "2.1\t1.2\ttriggers\teditorial\t9\tOurs.\n", mini, "own.tsv"))
    parts, own = found.table()
    assert list(own) == list(parts)
    assert own == {
        "prerequisite": "mini-code@1:2.1",
        "prerequisite_title": "Title of 2.1",
        "kind": "triggers",
        "dependant": "mini-code@1:1.2",
        "dependant_title": "Title of 1.2",
        "rationale": "Ours.",
        "basis": "editorial",
        "confidence": 9,
        "suspect": False,
        "artefacts": None,
    }
    assert (parts["dependant"], parts["confidence"]) == ("mini-code@1:1.1.1", None)
    assert found.table_of(found.dependencies[1:]) == [own]
    whole = graph("uk-ai-cop")
    [row] = whole.table_of(whole.between("5.2", "5.3.1"))
    assert row["artefacts"] == "Asset tracking and version control"


def test_a_part_of_a_graph_matches_all_filters(code: Catalogue) -> None:
    """Of provisions by phase and duty holder, of dependencies by kind and basis; of whole principles by provision."""
    found = graph(code)
    for role, phase, kinds, basis in (
        ("Developer", None, None, None),
        (["End-user", "Data Custodian"], "secure-development", None, "printed"),
        (None, ["secure-design", "secure-deployment"], ["informs", "refines"], "artefact flow"),
        (None, "secure-deployment", "refers", Basis.PRINTED),
    ):
        part = found.subgraph(role=role, phase=phase, kinds=kinds, basis=basis)
        kept = {match.provision.id for match in code.select(role=role, phase=phase)}
        assert part.ids == tuple(item for item in found.ids if item in kept)
        assert part.dependencies == tuple(
            item
            for item in found.dependencies
            if {item.prerequisite, item.dependant} <= kept
            and (kinds is None or item.kind in kinds)
            and (basis is None or item.basis == basis)
        )
        assert part.of_principles == tuple(item for item in found.of_principles if item.prerequisite in kept)
    assert found.subgraph(phase="secure-design").of_principles == ()


def test_a_single_key_or_kind_need_not_be_in_a_list() -> None:
    """A string is one key or kind, and not a sequence of letters."""
    whole = graph(load("uk-ai-cop"))
    assert whole.impact("5.1") == whole.impact(["5.1"])
    assert whole.closure(load("uk-ai-cop")["5.1"].id) == whole.closure(["5.1"])
    assert len(graph(load("uk-ai-cop"), kinds="refines").dependencies) == 21


@pytest.mark.parametrize("edition", ["uk-ai-cop", "UK Code", EditionId("uk-ai-cop", "2025-01")])
def test_an_edition_that_ships_may_be_named(edition: EditionId | str) -> None:
    """Where a catalogue is taken, the id, key or name of an edition that ships is taken as well."""
    code = load("uk-ai-cop")
    assert graph(edition) == graph(code)
    assert (dependencies(edition), flows(edition), artefacts(edition)) == (
        dependencies(code),
        flows(code),
        artefacts(code),
    )
    with pytest.raises(UnknownEdition, match="uk-ai-cap"):
        graph("uk-ai-cap")
