"""The commands ``aicop graph ...``: parse arguments, ask the graph, print."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from aicop.cli.groups import HELP, SuggestingGroup
from aicop.cli.options import (
    edition_option,
    force_option,
    output_option,
    phase_option,
    prints,
    read_day,
    role_option,
    scope_line,
    several,
    uses_library,
)
from aicop.cli.output import Output, OutputFormat
from aicop.cli.planning import critical_path, impact, item_fields, waves
from aicop.cli.streams import note
from aicop.errors import count_phrase
from aicop.spelling import unknown_term
from aicop.vocabulary import DependencyKind, Role, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aicop.cli.options import Decorator
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.library.library import Library


@click.group("graph", cls=SuggestingGroup, context_settings=HELP)
def group() -> None:
    """Order of work, impact, handovers and drawings of the dependencies between provisions."""


kind_option: Decorator = several(
    "--kind", "-k", metavar="KIND", help=f"Only this kind of dependency: {', '.join(DependencyKind)}."
)


def _graph(library: Library, edition: str, kinds: Sequence[str] = ()) -> DependencyGraph:
    return library.graph(edition, kinds=kinds or None)


def _note_scope(graph: DependencyGraph, kinds: Sequence[str]) -> None:
    counted = f"{count_phrase(len(graph.ids), 'provision')} and {len(graph.dependencies)} dependencies"
    words = tuple(dict.fromkeys(term(DependencyKind, kind) for kind in kinds))
    note(scope_line(f"{counted} of {graph.catalogue.id}", {"kind": words}))


@group.command()
@edition_option
@kind_option
@uses_library
@prints("place", "key", "title")
def order(out: Output, edition: str, kind: Sequence[str], library: Library) -> None:
    """Print the provisions in an order of work: prerequisites first."""
    graph = _graph(library, edition, kind)
    found = graph.order()
    out.rows([{"place": place} | item_fields(graph, item) for place, item in enumerate(found.sequence, start=1)])
    _note_scope(graph, kind)
    if found.unmet:
        unmet = ", ".join(f"{edge.prerequisite.number} {edge.kind} {edge.dependant.number}" for edge in found.unmet)
        note(f"This order does not meet {len(found.unmet)} soft dependencies, which lie on cycles: {unmet}.")


for _command in (waves, impact, critical_path):
    group.add_command(_command)

_REASON = ("prerequisite", "kind", "dependant", "rationale", "basis", "confidence", "suspect")


@group.command()
@click.argument("prerequisite")
@click.argument("dependant")
@edition_option
@kind_option
@uses_library
@prints(*_REASON)
def why(  # noqa: PLR0913, PLR0917 -- one option for each part
    out: Output, prerequisite: str, dependant: str, edition: str, kind: Sequence[str], library: Library
) -> None:
    """
    Explain how DEPENDANT depends on PREREQUISITE, step by step.

    The default format is text; json, csv and markdown print one row per reason.
    """
    graph = _graph(library, edition, kind)
    if out.form is OutputFormat.TABLE:
        out.text(graph.why(prerequisite, dependant))
        return
    steps = graph.path(prerequisite, dependant) or ()
    rows = [
        {name: getattr(item, name) for name in _REASON}
        for step in steps
        for item in graph.between(step.prerequisite, step.dependant)
    ]
    out.rows(rows)


@group.command()
@edition_option
@kind_option
@uses_library
@prints("length", "cycle")
def cycles(out: Output, edition: str, kind: Sequence[str], library: Library) -> None:
    """List the cycles of dependencies that have no shorter way within them, the shortest first."""
    graph = _graph(library, edition, kind)
    out.rows([{"length": len(circle), "cycle": [item.number for item in circle]} for circle in graph.cycles()])
    _note_scope(graph, kind)


@group.command()
@edition_option
@role_option
@uses_library
@prints("artefact", "giver", "receiver", "modality", "condition", "key", "stated")
def handovers(out: Output, edition: str, role: Sequence[str], library: Library) -> None:
    """List the artefacts that one role must give to another."""
    graph = _graph(library, edition)
    roles = tuple(dict.fromkeys(term(Role, one) for one in role))
    found = graph.handovers()
    rows = [
        {
            "artefact": item.artefact.title,
            "giver": item.giver,
            "receiver": item.receiver,
            "modality": item.modality,
            "key": item.provision,
            "stated": "yes" if item.stated else "no",
            "condition": item.condition,
        }
        for item in found
        if not roles or item.giver in roles or item.receiver in roles
    ]
    out.rows(rows)
    counted = f"{count_phrase(len(rows), 'handover')} of {len(found)} in {graph.catalogue.id}"
    note(scope_line(counted, {"giver or receiver": roles}))


_DRAWINGS = ("svg", "dot", "mermaid", "graphml", "json")


def _draw(name: str, graph: DependencyGraph, date: dt.date | None, filters: Mapping[str, Any]) -> str:
    # Imported here: the layout library comes with an extra.
    from aicop.graph.diagrams import dot, mermaid
    from aicop.graph.svg_layout import svg

    drawings = {"svg": svg, "dot": dot, "mermaid": mermaid}
    if name in drawings:
        # A drawing filters the graph itself, so that its title can name the filters.
        return drawings[name](graph, date=date, **filters)
    part = graph.subgraph(**filters)
    return part.to_graphml() if name == "graphml" else part.to_node_link()


@group.command()
@click.argument("drawing", metavar="FORMAT")
@edition_option
@kind_option
@phase_option
@role_option
@click.option("--date", callback=read_day, metavar="DATE", help="A date to print in the title, as an ISO date.")
@uses_library
@output_option
@force_option
def draw(  # noqa: PLR0913 -- one option for each part
    drawing: str,
    *,
    edition: str,
    kind: Sequence[str],
    phase: Sequence[str],
    role: Sequence[str],
    date: dt.date | None,
    library: Library,
    path: Path | None,
    overwrite: bool,
) -> None:
    """
    Draw the graph.

    FORMAT is svg (needs the extra "draw"), dot, mermaid, graphml or json.
    """
    if drawing not in _DRAWINGS:
        vocabulary = "drawing format"
        raise unknown_term(vocabulary, drawing, _DRAWINGS)
    out = Output(OutputFormat.TABLE, (), path, overwrite)
    out.check()
    filters = {"phase": phase or None, "role": role or None, "kinds": kind or None}
    out.content(_draw(drawing, _graph(library, edition), date, filters).encode())


COMMANDS = {"graph": group}
