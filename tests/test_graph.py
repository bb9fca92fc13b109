"""The dependency graph: laws on random graphs, examples on a small one, and errors."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, ProvisionId, Role, UnknownKey, load
from aicop.catalogue import loads as load_edition
from aicop.errors import Fault, InvalidDocument, UnknownTerm
from aicop.graph import Additions, DependencyGraph, artefacts, dependencies, dot, flows, graph, loads, mermaid
from aicop.model import Dependency
from aicop.vocabulary import HARD, Basis, DependencyKind
from tests.examples import mini_edition

MANY = 12


def wide() -> Catalogue:
    """Give an edition of twelve provisions in two phases."""
    data = mini_edition()
    for number, phase in enumerate(data["phases"], start=1):
        sample = phase["principles"][0]["provisions"][0]
        phase["principles"][0]["provisions"] = [
            sample | {"number": f"{number}.{place}"} for place in range(1, MANY // 2 + 1)
        ]
    return load_edition(json.dumps(data))


WIDE = wide()
IDS = tuple(WIDE)


def edge(before: ProvisionId, after: ProvisionId, kind: DependencyKind) -> Dependency:
    """Give a dependency that says nothing more."""
    return Dependency(
        prerequisite=before,
        dependant=after,
        kind=kind,
        basis=Basis.EDITORIAL,
        rationale=f"{before.number} before {after.number}.",
        artefacts=(),
        confidence=5,
        suspect=False,
    )


@st.composite
def graphs(draw: st.DrawFn) -> DependencyGraph:
    """Random graphs of twelve provisions whose hard edges follow a random order, so that they make no circle."""
    rank = draw(st.permutations(range(MANY)))
    pairs = st.tuples(st.integers(0, MANY - 1), st.integers(0, MANY - 1), st.sampled_from(DependencyKind))
    chosen = draw(st.lists(pairs, unique=True, max_size=30))
    edges = [edge(IDS[a], IDS[b], kind) for a, b, kind in chosen if a != b and (kind not in HARD or rank[a] < rank[b])]
    return graph(WIDE, Additions(dependencies=tuple(edges)))


def pairs_of(found: DependencyGraph) -> set[tuple[ProvisionId, ProvisionId]]:
    """Give the edges of a graph as pairs."""
    return {(item.prerequisite, item.dependant) for item in found.dependencies}


def reach(found: DependencyGraph, start: ProvisionId) -> set[ProvisionId]:
    """Walk to everything that depends on *start*, without networkx."""
    seen: set[ProvisionId] = set()
    front = {start}
    while front:
        front = {b for a, b in pairs_of(found) if a in front} - seen
        seen |= front
    return seen - {start}


@given(graphs())
def test_an_order_holds_everything_once_and_respects_what_it_can(found: DependencyGraph) -> None:
    """Hard edges always; a soft edge is left out only where it lies on a circle."""
    order = found.order()
    assert sorted(order.sequence) == list(found.ids)
    place = {item: number for number, item in enumerate(order.sequence)}
    unmet = {item for item in found.dependencies if place[item.prerequisite] > place[item.dependant]}
    assert set(order.unmet) == unmet
    for item in unmet:
        assert item.kind not in HARD
        assert item.prerequisite in reach(found, item.dependant)


@given(graphs())
def test_waves_partition_and_follow_one_another(found: DependencyGraph) -> None:
    """Every respected edge runs to a later wave, and every provision but the first wave's needs the wave before."""
    waves = found.waves()
    assert sorted(item for wave in waves for item in wave) == list(found.ids)
    number = {item: place for place, wave in enumerate(waves) for item in wave}
    kept = [item for item in found.dependencies if item not in found.order().unmet]
    assert all(number[item.prerequisite] < number[item.dependant] for item in kept)
    for item, place in number.items():
        assert place == 0 or any(other.dependant == item and number[other.prerequisite] == place - 1 for other in kept)


@given(graphs(), st.sampled_from(IDS))
def test_prerequisites_and_dependants_are_converse(found: DependencyGraph, start: ProvisionId) -> None:
    """Direct and at any distance."""
    for transitive in (False, True):
        after = found.dependants(start, transitive=transitive)
        assert list(after) == sorted(after)
        for other in found.ids:
            if other != start:
                assert (other in after) == (start in found.prerequisites(other, transitive=transitive))
    assert set(found.dependants(start, transitive=True)) == reach(found, start)


@given(graphs(), st.sets(st.sampled_from(IDS), min_size=1, max_size=3))
def test_impact_reaches_what_depends(found: DependencyGraph, start: set[ProvisionId]) -> None:
    """At the length of the shortest way, and for certain where one thing requires the other all the way."""
    impact = found.impact(start)
    assert {item.id for item in impact} == set().union(*(reach(found, one) for one in start)) - start
    for item in impact:
        ways = [len(way) for one in start if (way := found.path(one, item.id)) is not None]
        assert item.distance == min(ways)
        strict = found.subgraph(kinds=["requires"])
        assert item.certain == any(item.id in reach(strict, one) for one in start)
        assert item.statements == WIDE[item.id].statements
    assert [(item.distance, item.id) for item in impact] == sorted((item.distance, item.id) for item in impact)


@given(graphs(), st.sets(st.sampled_from(IDS), min_size=1, max_size=3))
def test_closure_is_the_least_set_that_stands_alone(found: DependencyGraph, start: set[ProvisionId]) -> None:
    """It holds all prerequisites, is its own closure, and no smaller set holding the start does."""
    closed = found.closure(start)
    assert found.closure(closed) == closed
    assert start <= set(closed)
    assert all(a in closed for a, b in pairs_of(found) if b in closed)
    assert all(
        item in start or any(item in found.prerequisites(one, transitive=True) for one in start) for item in closed
    )


@given(graphs())
def test_roots_leaves_and_cycles(found: DependencyGraph) -> None:
    """Roots have no incoming edge, leaves no outgoing one; every circle is one, without a short cut."""
    pairs = pairs_of(found)
    assert set(found.roots) == set(found.ids) - {b for _, b in pairs}
    assert set(found.leaves) == set(found.ids) - {a for a, _ in pairs}
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


@given(graphs(), st.sampled_from(IDS), st.sampled_from(IDS))
def test_a_path_is_a_chain(found: DependencyGraph, before: ProvisionId, after: ProvisionId) -> None:
    """From the one to the other, as long as networkx says, and told in as many reasons at least."""
    way = found.path(before, after)
    plain = found.to_networkx()
    if not nx.has_path(plain, before, after):
        assert way is None
        assert found.why(before, after) == f"{after.number} does not depend on {before.number}.\n"
        return
    assert way is not None
    assert len(way) == nx.shortest_path_length(plain, before, after)
    ends = [before, *(item.dependant for item in way)]
    assert [item.prerequisite for item in way] == ends[:-1]
    assert ends[-1] == after
    assert len(found.why(before, after).splitlines()) >= max(len(way), 1)


@given(graphs())
def test_central_counts_harmonically(found: DependencyGraph) -> None:
    """One for a step, a half for two, and so on, recomputed from the shortest ways."""
    lengths = dict(nx.all_pairs_shortest_path_length(found.to_networkx()))
    score = {item: sum(1 / far for far in lengths[item].values() if far) for item in found.ids}
    ranked = found.central(MANY)
    assert {item for item, _ in ranked} == set(found.ids)
    for (one, high), (other, low) in itertools.pairwise(ranked):
        assert (-high, one) < (-low, other)
    assert all(abs(value - score[item]) < 1e-6 for item, value in ranked)


@given(graphs(), st.sets(st.sampled_from(DependencyKind)))
def test_subgraphs_keep_just_what_is_asked(found: DependencyGraph, kinds: set[DependencyKind]) -> None:
    """By kind and by phase."""
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
    """Whatever is done to it, the graph stays."""
    found = graph(WIDE, Additions(dependencies=(edge(IDS[0], IDS[1], DependencyKind.INFORMS),)))
    given_out: Any = found.to_networkx()
    given_out.clear()
    given_out.add_edge("a", "b")
    assert found.dependants(IDS[0]) == (IDS[1],)
    again: Any = found.to_networkx()
    again.edges[IDS[0], IDS[1], DependencyKind.INFORMS]["dependency"] = None
    assert found.between(IDS[0], IDS[1]) == (edge(IDS[0], IDS[1], DependencyKind.INFORMS),)


def test_graphs_are_values() -> None:
    """Equal after pickling and copying."""
    found = graph(load("uk-ai-cop"))
    for twin in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):  # noqa: S301 -- our own
        assert twin == found
        assert twin.order() == found.order()
    with pytest.raises(AttributeError):
        found.ids = ()  # type: ignore[misc]


def test_unknown_provisions_raise() -> None:
    """In every question, also those that exist outside this part of the graph."""
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
    with pytest.raises(UnknownKey, match=r"exists, and is not in this part of the graph"):
        part.prerequisites("5.1")
    with pytest.raises(UnknownTerm):
        graph(load("uk-ai-cop"), kinds=["needs"])
    with pytest.raises(UnknownTerm):
        found.subgraph(basis="rumour")


def test_faults_of_a_graph_come_at_once() -> None:
    """Strangers, self edges, doubles and circles of hard edges."""
    stranger = ProvisionId.parse("uk-ai-cop@2025-01:5.4")
    hard = DependencyKind.REQUIRES
    edges = (
        edge(stranger, IDS[0], hard),
        edge(IDS[0], IDS[0], DependencyKind.INFORMS),
        edge(IDS[1], IDS[2], hard),
        edge(IDS[2], IDS[1], hard),
        edge(IDS[1], IDS[2], hard),
    )
    with pytest.raises(InvalidDocument) as caught:
        graph(WIDE, Additions(dependencies=edges))
    assert [fault.problem for fault in caught.value.faults] == [
        "a provision does not depend on itself",
        "mini-code@1 has no uk-ai-cop@2025-01:5.4",
        "stands here twice",
        "hard dependencies make a circle; one of them must be softer",
    ]
    assert caught.value.faults[-1].path == "mini-code@1:1.2, mini-code@1:1.3"


OWN = {
    "edition": "uk-ai-cop@2025-01",
    "source": {"key": "own", "document": "Ours", "locator": "all", "grade": "judgement", "read": "2026-11-22"},
    "artefacts": [
        {
            "key": "model-card",
            "title": "Model card",
            "kind": "document",
            "definition": "A page on a model.",
            "evidence": ["the page"],
        }
    ],
    "flows": [
        {"provision": "8.1.2", "produces": ["model-card"], "uses": ["model-card"]},
        {
            "provision": "10.3",
            "uses": ["model-card", "asset-inventory"],
            "passes": [{"artefact": "model-card", "giver": "Developer", "receiver": "End-user"}],
        },
    ],
}
HEADER = "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n"


def test_a_user_adds_artefacts_and_edges(code: Catalogue) -> None:
    """They join the graph, may lean on shipped artefacts, and leave what ships as it is."""
    before = graph(code)
    own = loads(json.dumps(OWN), code, "own.json")
    more = loads(HEADER + "6.4\t10.3\trequires\teditorial\t9\tOur rule.\n", code, "own.tsv")
    comma = HEADER.replace("\t", ",") + "6.4,10.2,triggers,editorial,9,Our rule.\n"
    found = graph(code, own, more, loads(comma, code, "own.csv"))
    assert [item.rationale for item in found.between("8.1.2", "10.3")] == ["10.3 uses what 8.1.2 produces: Model card."]
    assert found.between("5.1", "10.3")
    assert found.between("6.4", "10.3")[0].kind is DependencyKind.REQUIRES
    assert found.between("6.4", "10.2")[0].kind is DependencyKind.TRIGGERS
    assert ("Model card", "Developer", "End-user") in {
        (item.artefact.title, item.giver, item.receiver) for item in found.handovers()
    }
    assert artefacts(code, own)[-1].key == "model-card"
    assert graph(code) == before


def test_faults_of_a_users_files_come_at_once(code: Catalogue) -> None:
    """Each with its place."""
    broken: dict[str, Any] = copy.deepcopy(OWN)
    broken["artefacts"].append(broken["artefacts"][0] | {"key": "asset-inventory"})
    broken["flows"][1] |= {
        "provision": "9.9",
        "uses": ["x"],
        "passes": [{"artefact": "y", "giver": "Developer", "receiver": "z"}],
    }
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(broken), code, "own.json")
    assert caught.value.faults == (
        Fault("own.json", "artefacts[1].key", "there is an artefact asset-inventory already"),
        Fault("own.json", "flows[1].provision", "uk-ai-cop@2025-01 has no 9.9"),
        Fault("own.json", "flows[1].uses[0]", "there is no artefact x"),
        Fault("own.json", "flows[1].passes[0].artefact", "there is no artefact y"),
    )
    rows = HEADER.replace("rationale", "rationale\tedition")
    rows += "6.4\t9.9\trequires\teditorial\t9\tx\t\nP99\t5.1\tinforms\teditorial\t9\tx\t\n5.1\t5.1\tinforms\teditorial\t9\tx\t\n"
    rows += "5.1\t5.2\tinforms\teditorial\t9\tx\t\n5.1\t5.2\tinforms\teditorial\t9\tx\t\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(rows, code, "own.tsv")
    assert caught.value.faults == (
        Fault("own.tsv", "line 2, column 'dependant'", "uk-ai-cop@2025-01 has no 9.9"),
        Fault("own.tsv", "line 3, column 'prerequisite'", "uk-ai-cop@2025-01 has no P99"),
        Fault("own.tsv", "line 4", "5.1 depends on itself"),
        Fault("own.tsv", "line 6", "5.1 5.2 informs stands at line 5 already"),
    )
    with pytest.raises(InvalidDocument, match=r"own\.json: 1 fault"):
        loads(json.dumps(OWN), load("etsi-en-304-223"), "own.json")
    with pytest.raises(InvalidDocument) as caught:
        loads(HEADER + "6.4\t10.3\tneeds\teditorial\t11\tx\n", code, "own.tsv")
    assert [fault.path for fault in caught.value.faults] == ["line 2, column 'kind'", "line 2, column 'confidence'"]


def test_rows_and_artefacts_that_do_not_belong_are_told(code: Catalogue, standard: Catalogue, mini: Catalogue) -> None:
    """Rows of another edition, artefacts under one key, flows of another edition; an own edition may name itself."""
    header = HEADER.replace("rationale", "rationale\tedition")
    with pytest.raises(InvalidDocument, match="own") as caught:
        loads(header + "6.4\t10.3\tinforms\teditorial\t9\tx.\tetsi-en-304-223@2.1.1\n", code, "own.tsv")
    assert caught.value.faults == (
        Fault("own.tsv", "line 2, column 'edition'", "the catalogue is uk-ai-cop@2025-01, not etsi-en-304-223@2.1.1"),
    )
    assert loads(header + "1.1\t2.1\tinforms\teditorial\t9\tx.\tmini-code@1\n", mini, "own.tsv").dependencies
    own = loads(json.dumps(OWN), code, "own.json")
    with pytest.raises(InvalidDocument) as caught:
        graph(code, own, own)
    assert caught.value.faults == (Fault("artefacts", "model-card", "another artefact has this key"),)
    abroad = Additions(flows=tuple(flow for flow in flows(standard) if not flow.uses)[:1])
    with pytest.raises(InvalidDocument) as caught:
        graph(code, abroad)
    assert caught.value.faults[0].problem == "uk-ai-cop@2025-01 has no such provision"
    with pytest.raises(InvalidDocument, match="own"):
        loads(HEADER + "6.4\t10.3\tinforms\teditorial\t5.0\tx.\n", code, "own.tsv")


def test_an_own_edition_has_its_parents_only(mini: Catalogue) -> None:
    """Shipped rows are of shipped editions."""
    [only] = graph(mini).dependencies
    assert (only.prerequisite.number, only.dependant.number, only.kind) == ("1.1", "1.1.1", DependencyKind.REFINES)
    assert flows(mini) == ()


def test_a_graph_shows_itself(code: Catalogue) -> None:
    """In a notebook, escaped; and as a line."""
    rows = HEADER + "6.4\t10.3\tinforms\teditorial\t9\t<b>&\n"
    found = graph(code, loads(rows, code, "own.tsv"))
    shown = found._repr_html_()
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>" not in shown
    assert repr(found).startswith("<DependencyGraph uk-ai-cop@2025-01: 72 provisions, ")
    card = code["9.4"]._repr_html_()
    assert "Developer" in card
    assert "9.4" in card


def test_answers_do_not_depend_on_hash_seeds() -> None:
    """The same text from processes with different seeds."""
    program = """
from aicop import load
from aicop.graph import graph
found = graph(load("etsi-en-304-223"))
print(found.order(), found.waves(), found.cycles(), found.impact(["5.2.1-1", "5.1.3-1"]), found.central(20))
print(found.handovers(), found.closure(["5.4.1-1"]), found.to_graphml(), found.to_node_link())
print([found.path(a, b) for a in found.ids[:9] for b in found.ids])
"""
    outputs = set()
    for seed in ("1", "2", "31337"):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": seed})  # noqa: S603 -- ours
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_exports_hold_the_graph(code: Catalogue) -> None:
    """GraphML and node-link JSON read back with networkx."""
    found = graph(code)
    read: Any = nx.parse_graphml(found.to_graphml(), force_multigraph=True)
    linked: Any = nx.node_link_graph(json.loads(found.to_node_link()), edges="edges")
    wanted = {(item.prerequisite.number, item.dependant.number, item.kind.value) for item in found.dependencies}
    for back in (read, linked):
        assert set(back.edges(keys=True)) == wanted
        assert set(back.nodes) == {item.number for item in found.ids}
        assert back.nodes["5.1"]["phase"] == "secure-development"


# The shipped graph, checked against what the sources list.
PRINTED = {
    *(("1.2", "1.2.1"), ("3.1", "3.1.1"), ("3.1", "3.1.3"), ("7.2", "7.2.1"), ("7.2", "7.2.2"), ("8.1", "8.1.1")),
    *(
        ("8.2", "8.2.1"),
        ("9.4", "9.4.1"),
        ("6.1", "6.6"),
        ("6.2", "6.6"),
        ("6.3", "6.6"),
        ("6.4", "6.6"),
        ("6.5", "6.6"),
    ),
    *(("9.2", "10.1"), ("9.2", "10.2"), ("9.2", "10.3")),
}
GUIDE = {("1.2.2", "1.1.1"), ("5.4", "5.4.2"), ("5.1", "5.2"), ("8.2", "8.3"), ("13.1", "13.2"), ("7.2.1", "7.2.2")}


def test_all_printed_pointers_are_there(code: Catalogue) -> None:
    """And all of the Guide's; what both point to is printed."""
    refers = [item for item in dependencies(code) if item.kind is DependencyKind.REFERS]
    ends = {basis: {(i.prerequisite.number, i.dependant.number) for i in refers if i.basis is basis} for basis in Basis}
    assert ends[Basis.PRINTED] == PRINTED
    assert ends[Basis.GUIDE] == GUIDE
    assert not any(item.suspect for item in refers)


def test_the_suspect_pointers_are_the_standards_own(standard: Catalogue) -> None:
    """As printed, to each top-level provision of the clause, with the likely targets as editorial rows."""
    found = dependencies(standard)
    suspect = {(i.prerequisite.number, i.dependant.number) for i in found if i.suspect}
    assert suspect == {(f"5.2.3-{n}", "5.2.1-4") for n in range(1, 5)} | {
        (f"5.2.2-{n}", "5.2.1-4.1") for n in range(1, 7)
    }
    likely = {(i.prerequisite.number, i.dependant.number) for i in found if i.rationale.startswith("Likely intended")}
    assert ("5.2.2-2", "5.2.1-4") in likely
    assert ("5.2.3-1", "5.2.1-4.1") in likely
    assert all(i.kind is DependencyKind.INFORMS for i in found if i.rationale.startswith("Likely intended"))


def test_one_set_of_rows_serves_all_editions(code: Catalogue) -> None:
    """The TS has the Code's dependencies under its own numbers; the EN adds its pointers only."""

    def shape(edition: str) -> set[tuple[int, int, str]]:
        catalogue = load(edition)
        place = {item: number for number, item in enumerate(catalogue)}
        return {(place[i.prerequisite], place[i.dependant], i.kind.value) for i in dependencies(catalogue)}

    assert shape("etsi-ts-104-223") == shape("uk-ai-cop")
    assert shape("etsi-en-304-223") > shape("uk-ai-cop")
    numbers = "".join(item.rationale for item in dependencies(load("etsi-en-304-223")))
    assert "1.2.2 " not in numbers.replace("5.1.1-2.2 ", "")
    assert len(code) == 72


def test_shipped_dependencies_are_sound(code: Catalogue) -> None:
    """Every edge has a reason and a ground, none is double, and each kind has its basis."""
    found = dependencies(code)
    assert len({(i.prerequisite, i.dependant, i.kind) for i in found}) == len(found)
    assert all(i.rationale.endswith(".") for i in found)
    assert {i.basis for i in found if i.kind is DependencyKind.REFINES} == {Basis.PRINTED}
    for item in found:
        computed = item.basis is Basis.ARTEFACT_FLOW or item.kind is DependencyKind.REFINES
        assert (item.confidence is None) == computed
        assert bool(item.artefacts) or item.basis is not Basis.ARTEFACT_FLOW
    children = {item.id for item in code.values() if item.parent}
    assert {i.dependant for i in found if i.kind is DependencyKind.REFINES} == children


def test_shipped_artefacts_are_all_used(code: Catalogue) -> None:
    """Each is produced or comes from outside; none is used by its only producer; givers are bound by the provision."""
    made = {item for flow in flows(code) for item in flow.produces}
    for item in artefacts(code):
        assert (item in made) != item.external
        assert item.evidence
    assert [flow.provision for flow in flows(code)] == list(code)
    for flow in flows(code):
        assert not set(flow.produces) & set(flow.uses)
        holders = {role for said in code[flow.provision].statements for role in said.duty_holders}
        assert {item.giver for item in flow.passes} <= holders
        for given_on in flow.passes:
            assert given_on.receiver in set(Role) or given_on.receiver == given_on.receiver.lower()


def test_handovers_tell_who_owes_whom_what(code: Catalogue) -> None:
    """With the strength of the statement that asks for it, and nobody to themselves."""
    found = graph(code).handovers()
    told = {(i.artefact.key, i.giver, i.receiver, i.provision.number): i.modality.value for i in found if i.stated}
    assert told["system-documentation", "Developer", "System Operator", "8.1"] == "should"
    assert told["component-hashes", "Developer", "other stakeholders", "8.1.2"] == "shall"
    assert told["configuration-change-log", "Developer", "End-user", "8.3"] == "may"
    assert all(i.giver != i.receiver for i in found)
    assert [i.stated for i in found] == sorted((i.stated for i in found), reverse=True)
    assert graph(code).subgraph(phase="secure-end-of-life").handovers() == ()


def test_the_threat_model_comes_before_what_it_informs(code: Catalogue) -> None:
    """An order of the shipped graph that a planner would accept."""
    place = {item.number: number for number, item in enumerate(graph(code).order().sequence)}
    assert place["2.1"] < place["3.1"] < place["9.1"] < place["13.1"]
    assert place["5.1"] < place["5.2"] < place["8.1.2"]
    assert place["12.1"] < place["12.2"]


def test_the_figures_of_the_documentation_hold(code: Catalogue) -> None:
    """Counts per kind, provisions on circles, unmet soft dependencies, handovers, and who carries most."""
    found = graph(code)
    page = (Path(__file__).parent.parent / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    for kind in DependencyKind:
        count = sum(item.kind is kind for item in found.dependencies)
        assert re.search(rf"^\| {kind} \| .* \| {count} \|$", page, re.MULTILINE), kind
    knots = [knot for knot in nx.strongly_connected_components(found.to_networkx()) if len(knot) > 1]
    soft = sum(item.kind not in HARD for item in found.dependencies)
    assert [len(knot) for knot in knots] == [48]
    assert (
        f"48 provisions hang together\non circles, and {len(found.order().unmet)} of {soft} soft dependencies are not respected"
        in page
    )
    stated = sum(item.stated for item in found.handovers())
    assert (len(found.handovers()), stated) == (46, 30)
    assert [item.number for item, _ in found.central(4)] == ["3.1", "2.1", "8.1", "5.1"]


def test_a_typed_row_carries_what_flows(code: Catalogue) -> None:
    """Where the Guide has 5.2 inform 5.3.1, the asset tracking that 5.3.1 uses is on that row, and there is no second."""
    [only] = graph(code).between("5.2", "5.3.1")
    assert (only.basis, [item.key for item in only.artefacts]) == (Basis.GUIDE, ["asset-tracking"])


def test_drawings_tell_kinds_apart_and_escape(mini: Catalogue) -> None:
    """Each kind has a style of its own in DOT and in Mermaid, hard ones apart; titles are escaped."""
    ids = tuple(mini)
    edges = tuple(
        edge(ids[0], ids[number], kind)
        for number, kind in zip((2, 2, 3, 3, 4), DependencyKind, strict=True)
        if kind is not DependencyKind.REFINES
    )
    data = mini_edition()
    data["phases"][0]["principles"][0]["provisions"][0]["title"] = 'A "b" <c> & d'
    found = graph(load_edition(json.dumps(data)), Additions(dependencies=edges))
    styles = [line.partition("[")[2].partition(", tooltip")[0] for line in dot(found).splitlines() if " -> " in line]
    assert len(styles) == len(set(styles)) == 5
    assert sum("dashed" in style for style in styles) == 1
    assert r'label="1.1 A \"b\" <c> & d"' in dot(found)
    drawn = mermaid(found)
    assert '["1.1 A #quot;b#quot; #lt;c#gt; #amp; d"]' in drawn
    arrows = [line.split()[1] for line in drawn.splitlines() if line.startswith("  n") and "[" not in line]
    assert len(arrows) == len(set(arrows)) == 5


def test_one_key_or_kind_is_taken_for_itself() -> None:
    """And not letter by letter."""
    whole = graph(load("uk-ai-cop"))
    assert whole.impact("5.1") == whole.impact(["5.1"])
    assert whole.closure(load("uk-ai-cop")["5.1"].id) == whole.closure(["5.1"])
    assert len(graph(load("uk-ai-cop"), kinds="refines").dependencies) == 21
