"""
The dependency graph of an edition: queries, planning, impact, handovers and export.

Nodes are provision ids. Each edge runs from prerequisite to dependant, so that a
topological order is an order of work, and carries its `Dependency`. Methods return tuples in printed order, which is
the order of the document, unless their documentation says otherwise.
"""

from __future__ import annotations

import io
import itertools
import json
from typing import TYPE_CHECKING, Any

import attrs
import networkx as nx

from aicop._notebook import html_table
from aicop.catalogue.catalogue import Catalogue
from aicop.errors import Fault, InvalidDocument, KeyMistake, UnknownKey, count_phrase
from aicop.graph.edges import Additions, catalogue_of, complete, gather
from aicop.graph.filters import dependency_filter, known_kinds
from aicop.graph.handovers import Handover, handovers
from aicop.graph.impact import Impact, impact
from aicop.graph.order import Order, order_of_work
from aicop.graph.planning import CriticalPath, Wave, critical_path, waves
from aicop.ids import EditionId, ProvisionId
from aicop.model.dependency import Artefact, Dependency, Flow, PrincipleDependency
from aicop.tables import DEPENDENCIES, SEPARATOR
from aicop.vocabulary import HARD, Basis, DependencyKind, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicop.catalogue.catalogue import OneOrMore, PhaseFilter
    from aicop.graph.filters import Kinds
    from aicop.tables import Row


def _several(keys: ProvisionId | str | Iterable[ProvisionId | str]) -> Iterable[ProvisionId | str]:
    """Return *keys* as an iterable, even for a single key; a bare str would be iterated by character."""
    return (keys,) if isinstance(keys, str | ProvisionId) else keys


def _faults(items: tuple[Dependency, ...], catalogue: Catalogue) -> Iterator[Fault]:
    """Yield a fault for each dangling, self-referential or duplicate dependency, and each cycle of hard ones."""
    seen = set()
    for item in items:
        triple = (item.prerequisite, item.dependant, item.kind)
        place = f"{item.prerequisite} {item.kind} {item.dependant}"
        for end in triple[:2]:
            if end not in catalogue:
                yield Fault("dependencies", place, f"{end} does not exist in {catalogue.id}")
        if item.prerequisite == item.dependant:
            yield Fault("dependencies", place, "a provision cannot depend on itself")
        if triple in seen:
            yield Fault("dependencies", place, "this dependency is given twice")
        seen.add(triple)
    # An order of work must respect all hard dependencies, which is possible only without cycles among them.
    hard: nx.DiGraph[ProvisionId] = nx.DiGraph(
        (item.prerequisite, item.dependant) for item in items if item.kind in HARD
    )
    for circle in sorted(map(sorted, nx.strongly_connected_components(hard))):
        if len(circle) > 1:
            names = ", ".join(map(str, circle))
            yield Fault("dependencies", names, "hard dependencies form a cycle; give one of them a softer kind")


@attrs.frozen(repr=False)
class DependencyGraph:
    """The provisions of an edition, or some of them, with the dependencies between them."""

    catalogue: Catalogue
    ids: tuple[ProvisionId, ...]
    """The nodes, in printed order."""
    dependencies: tuple[Dependency, ...]
    """The edges, in printed order of dependant and prerequisite, the strongest kind first."""
    flows: tuple[Flow, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    skipped: Additions = attrs.field(factory=Additions)
    """What a derived edition did not inherit, with the ids of its base: whatever involves a dropped provision."""
    of_principles: tuple[PrincipleDependency, ...] = ()
    """The dependencies of whole principles on provisions of the graph, which are no edges of it."""
    _graph: nx.MultiDiGraph[ProvisionId] = attrs.field(init=False, eq=False)
    _position: dict[ProvisionId, int] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        built: nx.MultiDiGraph[ProvisionId] = nx.MultiDiGraph()
        built.add_nodes_from(self.ids)
        for item in self.dependencies:
            built.add_edge(item.prerequisite, item.dependant, key=item.kind, dependency=item)
        object.__setattr__(self, "_graph", built)
        object.__setattr__(self, "_position", {item: place for place, item in enumerate(self.ids)})

    def __repr__(self) -> str:
        provisions = count_phrase(len(self.ids), "provision")
        edges = count_phrase(len(self.dependencies), "dependency", "dependencies")
        return f"<DependencyGraph {self.catalogue.id}: {provisions}, {edges}>"

    def _id(self, key: ProvisionId | str) -> ProvisionId:
        """Return the id for *key*; raise UnknownKey if this graph, which may be a subgraph, does not contain it."""
        found = self.catalogue[key].id
        if found not in self._graph:
            advice = f"{found} exists, but it is not in this subgraph."
            raise UnknownKey(str(key), KeyMistake.NO_SUCH_NUMBER, advice)
        return found

    def _sort(self, found: Iterable[ProvisionId]) -> tuple[ProvisionId, ...]:
        return tuple(sorted(found, key=self._position.__getitem__))

    def prerequisites(self, key: ProvisionId | str, *, transitive: bool = False) -> tuple[ProvisionId, ...]:
        """
        Return the provisions that *key* depends on directly or, if *transitive*, at any distance.

        Raises:
            UnknownKey: *key* is not in this graph.
        """
        start = self._id(key)
        return self._sort(nx.ancestors(self._graph, start) if transitive else self._graph.predecessors(start))

    def dependants(self, key: ProvisionId | str, *, transitive: bool = False) -> tuple[ProvisionId, ...]:
        """
        Return the provisions that depend on *key* directly or, if *transitive*, at any distance.

        Raises:
            UnknownKey: *key* is not in this graph.
        """
        start = self._id(key)
        return self._sort(nx.descendants(self._graph, start) if transitive else self._graph.successors(start))

    def between(self, before: ProvisionId | str, after: ProvisionId | str) -> tuple[Dependency, ...]:
        """
        Return the direct dependencies of *after* on *before*, the strongest first; empty if there are none.

        Raises:
            UnknownKey: one of them is not in this graph.
        """
        found = self._graph.get_edge_data(self._id(before), self._id(after)) or {}
        return tuple(found[kind]["dependency"] for kind in DependencyKind if kind in found)

    def order(self) -> Order:
        """
        Return an order of work.

        Hard dependencies are always respected. A soft dependency is violated only if it is part of a cycle. Printed
        order breaks ties. In a cycle, the heuristic of Eades, Lin and Smyth picks the provision whose outgoing soft
        weight exceeds its unmet incoming weight most. The weights are 3 for ``refers``, 2 for ``triggers``, 1 for
        ``informs``, and at most 1 for a dependency that probably is an error in the text.
        """
        return order_of_work(self.ids, self.dependencies)

    def waves(self, *, kinds: Kinds | None = None) -> tuple[Wave, ...]:
        """
        Return the provisions in waves: those of one wave can be worked on in parallel, after all earlier waves.

        Waves follow the dependencies of *kinds*. By default these are ``refines``, ``requires`` and ``triggers``, and
        ``refers`` if the text of the edition prints the pointer and it is not suspect. Each provision is in the
        earliest wave possible. A followed dependency may be part of a cycle and not be met; waves break cycles as
        `order` does. The other dependencies are advice. Each dependency of the graph is listed once, at its dependant.

        To plan the work of one role or phase, filter the graph with `subgraph` first.

        Raises:
            UnknownTerm: one of *kinds* does not exist.
        """
        return waves(self.ids, self.dependencies, dependency_filter(kinds))

    def critical_path(
        self, *, kinds: Kinds | None = None, weights: Mapping[ProvisionId | str, float] | None = None
    ) -> CriticalPath:
        """
        Return the longest chain of dependencies that `waves` follows and meets, with the reasons for each step.

        The length of a chain is the sum of the weights of its provisions, such as days of work. A provision that is not
        in *weights* has the weight 1, so by default the longest chain has one provision from each wave. Of several
        longest chains, the result is the one whose first provision comes first in printed order, then the second, and
        so on. *weights* may name provisions of the edition that are not in a subgraph.

        Raises:
            UnknownKey: a key of *weights* does not exist.
            UnknownTerm: one of *kinds* does not exist.
            ValueError: a weight is negative or not finite.
        """
        own = {self.catalogue[key].id: weight for key, weight in (weights or {}).items()}
        return critical_path(self.ids, self.dependencies, dependency_filter(kinds), own)

    def cycles(self) -> tuple[tuple[ProvisionId, ...], ...]:
        """
        Return the chordless cycles, the shortest first, each beginning with its first provision in printed order.

        Each has at least one soft dependency. Their number can grow exponentially with the size of the graph.
        """
        found = []
        # Several kinds of dependency between two provisions are one edge for this purpose.
        simple: nx.DiGraph[ProvisionId] = nx.DiGraph(self._graph)
        for circle in nx.chordless_cycles(simple):
            first = circle.index(min(circle))
            found.append((*circle[first:], *circle[:first]))
        return tuple(sorted(found, key=lambda circle: (len(circle), circle)))

    def path(self, before: ProvisionId | str, after: ProvisionId | str) -> tuple[Dependency, ...] | None:
        """
        Return a shortest chain of dependencies from *before* to *after*, or None if there is no path.

        If two provisions are connected by several dependencies, the chain contains the strongest. The chain is empty if
        *before* and *after* are the same.

        Raises:
            UnknownKey: one of them is not in this graph.
        """
        try:
            found = nx.shortest_path(self._graph, self._id(before), self._id(after))
        except nx.NetworkXNoPath:
            return None
        return tuple(self.between(one, other)[0] for one, other in itertools.pairwise(found))

    def why(self, before: ProvisionId | str, after: ProvisionId | str) -> str:
        """
        Return text that explains how *after* depends on *before*: a shortest chain with the reasons for each step.

        Raises:
            UnknownKey: one of them is not in this graph.
        """
        chain = self.path(before, after)
        first, last = self._id(before).number, self._id(after).number
        if chain is None:
            return f"{last} does not depend on {first}.\n"
        if not chain:
            return f"{last} and {first} are the same provision.\n"
        lines = []
        for step in chain:
            for item in self.between(step.prerequisite, step.dependant):
                sure = f"; confidence {item.confidence} of 10" if item.confidence is not None else ""
                doubt = "; suspected error in the text" if item.suspect else ""
                lines.append(
                    f"{item.prerequisite.number} -> {item.dependant.number} ({item.kind}): {item.rationale}"
                    f" [{item.basis}{sure}{doubt}]\n"
                )
        return "".join(lines)

    def impact(self, keys: ProvisionId | str | Iterable[ProvisionId | str], *, kinds: Kinds | None = None) -> Impact:
        """
        Return the provisions at risk if *keys* fail, grouped by how the failure reaches them.

        Impact follows the same dependencies as `waves`, and stops where only others lead on. `Impact.aside` and
        `Impact.beyond` have what these others lead to.

        Raises:
            UnknownKey: one of *keys* is not in this graph.
            UnknownTerm: one of *kinds* does not exist.
        """
        start = self._sort({self._id(key) for key in _several(keys)})
        return impact(self.catalogue, self._graph, self._position, start, dependency_filter(kinds))

    def closure(self, keys: ProvisionId | str | Iterable[ProvisionId | str]) -> tuple[ProvisionId, ...]:
        """
        Return *keys* together with everything that they depend on, directly or indirectly.

        With all kinds of dependency this covers much of the edition; ``graph(catalogue, kinds=HARD)`` has only hard
        dependencies.

        Raises:
            UnknownKey: one of *keys* is not in this graph.
        """
        start = {self._id(key) for key in _several(keys)}
        front = set(start)
        while front:
            front = {before for item in front for before in self._graph.pred[item]} - start
            start |= front
        return self._sort(start)

    @property
    def roots(self) -> tuple[ProvisionId, ...]:
        """The provisions that depend on no other."""
        return tuple(item for item in self.ids if not self._graph.in_degree(item))

    @property
    def leaves(self) -> tuple[ProvisionId, ...]:
        """The provisions that no other depends on."""
        return tuple(item for item in self.ids if not self._graph.out_degree(item))

    def central(self, n: int = 10) -> tuple[tuple[ProvisionId, float], ...]:
        """
        Return the *n* most central provisions with their scores, the highest score first.

        The score is the harmonic centrality over dependants: each direct dependant counts 1, each dependant at distance
        two counts 1/2, each at distance three counts 1/3, and so on.
        """
        # networkx measures distances towards a node, hence the reversed graph. Sums may differ in their last digits.
        scores = nx.harmonic_centrality(nx.DiGraph(self._graph).reverse(copy=False))
        ranked = sorted(scores.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))
        return tuple((item, round(score, 9)) for item, score in ranked[:n])

    def handovers(self) -> tuple[Handover, ...]:
        """
        Return the handovers of artefacts between parties: the stated ones, then the inferred ones, in printed order.

        A handover is inferred if a provision uses an artefact and none of its duty holders produces the artefact.
        """
        return handovers(self.catalogue, self.flows, set(self.ids))

    def subgraph(
        self,
        *,
        phase: PhaseFilter | None = None,
        role: OneOrMore | None = None,
        kinds: Kinds | None = None,
        basis: Basis | str | None = None,
    ) -> DependencyGraph:
        """
        Return the part of the graph that matches all given filters.

        *phase* and *role* (a duty holder) select provisions. *kinds* and *basis* select dependencies. A filter with
        several values matches any of them.

        Raises:
            UnknownKey: the phase does not exist.
            UnknownTerm: the role, the basis or one of the kinds does not exist.
        """
        chosen = {match.provision.id for match in self.catalogue.select(phase=phase, role=role)}
        wanted = None if kinds is None else known_kinds(kinds)
        ground = None if basis is None else term(Basis, basis)
        ids = tuple(item for item in self.ids if item in chosen)
        kept = set(ids)
        edges = tuple(
            item
            for item in self.dependencies
            if item.prerequisite in kept
            and item.dependant in kept
            and (wanted is None or item.kind in wanted)
            and ground in {None, item.basis}
        )
        pointers = tuple(item for item in self.of_principles if item.prerequisite in kept)
        return attrs.evolve(self, ids=ids, dependencies=edges, of_principles=pointers)

    def table(self) -> list[Row]:
        """
        Return the dependencies as rows of plain values, as data frames take them; `aicop.tables` describes the columns.

        >>> graph("uk-ai-cop", kinds=["refines"]).table()[0]["rationale"]
        '1.1.1 is a sub-provision of 1.1.'
        """
        return self.table_of(self.dependencies)

    def table_of(self, dependencies: Iterable[Dependency]) -> list[Row]:
        """Return dependencies of this graph, such as a `path`, as rows in the form of `table`."""
        return DEPENDENCIES.rows(
            (
                item.prerequisite,
                self.catalogue[item.prerequisite].title,
                item.kind,
                item.dependant,
                self.catalogue[item.dependant].title,
                item.rationale,
                item.basis,
                item.confidence,
                item.suspect,
                [one.title for one in item.artefacts],
            )
            for item in dependencies
        )

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """
        Return a networkx graph of plain values, which every writer of networkx for such graphs takes.

        Nodes are keys, with ``title``, ``principle``, ``phase`` and, for the duty holders, ``roles``. The graph is a
        `networkx.MultiDiGraph`, because several kinds of dependency can connect two provisions. The key of an edge is
        its kind. Its attributes are ``kind``, ``basis``, ``rationale``, ``suspect`` and, where it is stated,
        ``confidence``. All of them are text, except ``confidence`` (0 to 10) and ``suspect`` (true or false).

        >>> plain = graph("uk-ai-cop").to_networkx()
        >>> plain.nodes["uk-ai-cop@2025-01:5.4"]["roles"]
        'Developer; System Operator; Data Custodian; End-user'
        """
        plain: nx.MultiDiGraph[str] = nx.MultiDiGraph(edition=str(self.catalogue.id))
        for item in self.ids:
            provision = self.catalogue[item]
            plain.add_node(
                str(item),
                title=provision.title,
                principle=str(provision.principle),
                phase=str(provision.phase),
                roles=SEPARATOR.join(role.value for role in provision.duty_holders),
            )
        for edge in self.dependencies:
            facts: dict[str, Any] = {
                "kind": edge.kind.value,
                "basis": edge.basis.value,
                "rationale": edge.rationale,
                "suspect": edge.suspect,
            }
            # Writers of XML have no form for None.
            if edge.confidence is not None:
                facts["confidence"] = edge.confidence
            plain.add_edge(str(edge.prerequisite), str(edge.dependant), key=edge.kind.value, **facts)
        return plain

    def to_graphml(self) -> str:
        """Return the graph of `to_networkx` as GraphML."""
        out = io.BytesIO()
        nx.write_graphml_xml(self.to_networkx(), out, named_key_ids=True)
        return out.getvalue().decode()

    def to_node_link(self) -> str:
        """Return the graph of `to_networkx` as networkx node-link JSON."""
        return json.dumps(nx.node_link_data(self.to_networkx(), edges="edges"), indent=2, ensure_ascii=False) + "\n"

    def _repr_html_(self) -> str:
        columns = ("prerequisite", "kind", "dependant", "rationale")
        rows = ((item.prerequisite, item.kind, item.dependant, item.rationale) for item in self.dependencies)
        return html_table(repr(self)[1:-1], columns, rows, len(self.dependencies))


def _record_faults(catalogue: Catalogue, records: Additions) -> Iterator[Fault]:
    """Yield a fault for each duplicate artefact key, each end that does not exist, and each repeated row."""
    seen: set[str] = set()
    for item in records.artefacts:
        if item.key in seen:
            yield Fault("artefacts", item.key, "another artefact already has this key; use another one")
        seen.add(item.key)
    for flow in records.flows:
        if flow.provision not in catalogue:
            yield Fault("flows", str(flow.provision), f"this provision does not exist in {catalogue.id}")
    ends = {*catalogue, *(item.id for item in catalogue.principles)}
    known: set[tuple[object, ...]] = set()
    for one in records.of_principles:
        place = f"{one.prerequisite} {one.kind} {one.dependant}"
        for end in (one.prerequisite, one.dependant):
            if end not in ends:
                yield Fault("dependencies", place, f"{end} does not exist in {catalogue.id}")
        if (triple := (one.prerequisite, one.dependant, one.kind)) in known:
            yield Fault("dependencies", place, "this dependency is given twice")
        known.add(triple)


def graph(
    edition: Catalogue | EditionId | str,
    *additions: Additions,
    kinds: Kinds | None = None,
) -> DependencyGraph:
    """
    Return the dependency graph of an edition, including a user's *additions*, with all kinds of dependency or *kinds*.

    *edition* is a catalogue, or the id, key or name of an edition that ships; `Library.graph` also finds yours. A
    derived edition inherits the records of its base; *additions* may contain records of the base too. Records of
    dropped provisions are skipped, and `DependencyGraph.skipped` has them.

    >>> graph("uk-ai-cop", kinds=["refines"])
    <DependencyGraph uk-ai-cop@2025-01: 72 provisions, 21 dependencies>

    Raises:
        InvalidDocument: with every dangling, duplicate or self-referential dependency, every cycle of hard
            dependencies, and every inconsistent addition.
        UnknownEdition: no such edition ships.
        UnknownTerm: one of *kinds* does not exist.
    """
    catalogue = catalogue_of(edition)
    # Additions that are valid on their own may still repeat each other, or belong to another edition.
    found = gather(catalogue, *additions)
    records = found.records
    edges = complete(catalogue, records)
    if faults := (*_faults(edges, catalogue), *_record_faults(catalogue, records)):
        raise InvalidDocument.from_faults(faults)
    whole = DependencyGraph(
        catalogue, tuple(catalogue), edges, records.flows, records.artefacts, found.skipped, records.of_principles
    )
    return whole if kinds is None else whole.subgraph(kinds=kinds)
