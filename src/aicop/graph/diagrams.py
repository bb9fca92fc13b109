"""
Export a dependency graph as DOT or Mermaid, which are text formats of drawing programs.

Both contain every provision with its principle and phase, and every dependency with its kind. Only DOT contains the
rationales, as tooltips.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from aicop.graph.captions import filter_graph
from aicop.vocabulary import DependencyKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from aicop.catalogue.catalogue import OneOrMore, PhaseFilter
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.ids import PrincipleId, ProvisionId

_DOT = {
    DependencyKind.REFINES: "style=bold, arrowhead=onormal",
    DependencyKind.REQUIRES: "style=bold, arrowhead=normal",
    DependencyKind.REFERS: "style=dashed, arrowhead=vee",
    DependencyKind.TRIGGERS: "style=dotted, penwidth=2, arrowhead=normal",
    DependencyKind.INFORMS: "style=solid, penwidth=0.5, arrowhead=open",
}
_MERMAID = {
    DependencyKind.REFINES: "==>",
    DependencyKind.REQUIRES: "==>|requires|",
    DependencyKind.REFERS: "-->|refers|",
    DependencyKind.TRIGGERS: "-.->|triggers|",
    DependencyKind.INFORMS: "-->",
}


def _quote(text: str) -> str:
    """Return *text* as a quoted DOT string."""
    # DOT escapes quotes and backslashes as JSON does.
    return json.dumps(text, ensure_ascii=False)


# Mermaid reads labels as Markdown, and before version 11.17 shows an error instead of what it does not support, such as
# the list in "1. Title". It decodes references to characters only after that, so that they are always text.
_MARKUP = re.compile(r"""[][#&"<>*_`~|!(){}$\\:@/]|\.(?![0-9])|^[-+]""")


def _label(text: str) -> str:
    """Return *text* as a quoted label of Mermaid, which shows it unchanged in every version."""
    # Mermaid writes the reference &#46; without the ampersand.
    return f'"{_MARKUP.sub(lambda found: f"#{ord(found[0])};", text)}"'


def _groups(graph: DependencyGraph) -> Iterator[tuple[str, list[tuple[PrincipleId, str, list[ProvisionId]]]]]:
    """Yield each phase title with its principles and their provisions; skip phases and principles without any."""
    catalogue = graph.catalogue
    for phase in catalogue.phases:
        principles = []
        for principle in catalogue.principles:
            inside = [item for item in graph.ids if catalogue[item].principle == principle.id]
            if principle.phase == phase.id and inside:
                principles.append((principle.id, f"{principle.id.number}. {principle.title}", inside))
        if principles:
            yield phase.title, principles


def dot(
    graph: DependencyGraph,
    *,
    phase: PhaseFilter | None = None,
    role: OneOrMore | None = None,
    kinds: str | Collection[DependencyKind | str] | None = None,
    date: dt.date | None = None,
) -> str:
    """
    Return the graph in DOT, the language of Graphviz, with phases and principles as nested clusters.

    The filters are those of `DependencyGraph.subgraph`. The title of the drawing names the edition, the filters that
    are given here, and the *date*.

    Raises:
        UnknownKey: the phase does not exist.
        UnknownTerm: the role or one of the kinds does not exist.
    """
    graph, caption = filter_graph(graph, phase=phase, role=role, kinds=kinds, date=date)
    lines = [
        f"digraph {_quote(str(graph.catalogue.id))} {{",
        f"  label={_quote(str(caption))}; labelloc=t; rankdir=LR; node [shape=box];",
    ]
    for number, (phase_title, principles) in enumerate(_groups(graph), start=1):
        lines.append(f"  subgraph cluster_phase_{number} {{ label={_quote(phase_title)};")
        for principle, title, ids in principles:
            lines.append(f"    subgraph cluster_p{principle.number} {{ label={_quote(title)};")
            lines += (
                f"      {_quote(item.number)} [label={_quote(f'{item.number} {graph.catalogue[item].title}')}];"
                for item in ids
            )
            lines.append("    }")
        lines.append("  }")
    lines += (
        f"  {_quote(edge.prerequisite.number)} -> {_quote(edge.dependant.number)} "
        f"[{_DOT[edge.kind]}, tooltip={_quote(f'{edge.kind}: {edge.rationale}')}];"
        for edge in graph.dependencies
    )
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(
    graph: DependencyGraph,
    *,
    phase: PhaseFilter | None = None,
    role: OneOrMore | None = None,
    kinds: str | Collection[DependencyKind | str] | None = None,
    date: dt.date | None = None,
) -> str:
    """
    Return the graph as a Mermaid flowchart, with phases and principles as nested subgraphs.

    The filters are those of `DependencyGraph.subgraph`. The title of the drawing names the edition, the filters that
    are given here, and the *date*.

    Raises:
        UnknownKey: the phase does not exist.
        UnknownTerm: the role or one of the kinds does not exist.
    """
    graph, caption = filter_graph(graph, phase=phase, role=role, kinds=kinds, date=date)

    # Ids of nodes contain only letters, digits and underscores. A hyphen becomes two underscores, a dot one.
    def name(item: ProvisionId) -> str:
        return "n" + item.number.replace(".", "_").replace("-", "__")

    # The title is in front matter, which is YAML, and JSON strings are YAML.
    lines = ["---", f"title: {_quote(str(caption))}", "---", "flowchart LR"]
    for number, (phase_title, principles) in enumerate(_groups(graph), start=1):
        lines.append(f"  subgraph phase{number}[{_label(phase_title)}]")
        for principle, title, ids in principles:
            lines.append(f"    subgraph p{principle.number}[{_label(title)}]")
            lines += (f"      {name(item)}[{_label(f'{item.number} {graph.catalogue[item].title}')}]" for item in ids)
            lines.append("    end")
        lines.append("  end")
    lines += (
        f"  {name(edge.prerequisite)} {_MERMAID[edge.kind]} {name(edge.dependant)}" for edge in graph.dependencies
    )
    return "\n".join(lines) + "\n"
