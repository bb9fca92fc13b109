"""The commands ``aicop graph ...``: parse arguments, ask the graph, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aicop.catalogue.shipped import load
from aicop.cli.key_files import content_of
from aicop.cli.options import EditionOption, FormatOption
from aicop.cli.output import OutputFormat, render, write_out, write_out_utf8
from aicop.errors import UnknownTerm
from aicop.graph.diagrams import dot, mermaid
from aicop.graph.edges import loads
from aicop.vocabulary import DependencyKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.ids import ProvisionId


group = typer.Typer(
    name="graph",
    help="How the provisions depend on one another.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", "-k", help=f"Only this kind; may be repeated: {', '.join(DependencyKind)}."),
]
WithOption = Annotated[
    list[Path] | None,
    typer.Option("--with", help="Own artefacts (.json) or dependencies (.tsv, .csv) to join; may be repeated."),
]


def _graph(edition: str, kinds: list[str] | None, own: list[Path] | None) -> DependencyGraph:
    # Imported here, so that the other commands need not wait for networkx.
    from aicop.graph.dependency_graph import graph

    catalogue = load(edition)
    additions = [loads(content_of(str(path)), catalogue, str(path)) for path in own or ()]
    return graph(catalogue, *additions, kinds=kinds)


def _item(graph: DependencyGraph, item: ProvisionId) -> dict[str, object]:
    return {"key": item, "title": graph.catalogue[item].title}


@group.command()
def order(
    edition: EditionOption = "uk-ai-cop",
    kind: KindOption = None,
    own: WithOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Put the provisions into an order of work."""
    graph = _graph(edition, kind, own)
    found = graph.order()
    rows = [{"place": place} | _item(graph, item) for place, item in enumerate(found.sequence, start=1)]
    write_out(render(("place", "key", "title"), rows, form))
    unmet = ", ".join(f"{edge.prerequisite.number} {edge.kind} {edge.dependant.number}" for edge in found.unmet)
    if unmet:
        typer.echo(
            f"{len(found.unmet)} soft dependencies lie on circles and are not respected by this order: {unmet}.",
            err=True,
        )


@group.command()
def waves(
    edition: EditionOption = "uk-ai-cop",
    kind: KindOption = None,
    own: WithOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say what can be done in parallel."""
    graph = _graph(edition, kind, own)
    rows = [
        {"wave": number} | _item(graph, item) for number, wave in enumerate(graph.waves(), start=1) for item in wave
    ]
    write_out(render(("wave", "key", "title"), rows, form))


@group.command()
def impact(
    keys: Annotated[list[str], typer.Argument(help="Provisions that fail, such as 5.1 or uk-ai-cop:5.1.")],
    edition: EditionOption = "uk-ai-cop",
    kind: KindOption = None,
    own: WithOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say what is at risk when provisions fail, the nearest first."""
    graph = _graph(edition, kind, own)
    rows = [
        {"distance": item.distance, "kinds": item.kinds, "fails": "fails too" if item.certain else "at risk"}
        | _item(graph, item.id)
        | {"duty_holders": item.duty_holders}
        for item in graph.impact(keys)
    ]
    write_out(render(("distance", "fails", "kinds", "key", "title", "duty_holders"), rows, form))


_REASON = ("prerequisite", "kind", "dependant", "rationale", "basis", "confidence", "suspect")


@group.command()
def why(  # noqa: PLR0913, PLR0917 -- one option for each part
    before: Annotated[str, typer.Argument(help="The prerequisite.")],
    after: Annotated[str, typer.Argument(help="The dependant.")],
    edition: EditionOption = "uk-ai-cop",
    kind: KindOption = None,
    own: WithOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say how one provision depends on another, step by step; for the eye as text, else a row a reason."""
    graph = _graph(edition, kind, own)
    if form is OutputFormat.TABLE:
        write_out(graph.why(before, after))
        return
    steps = graph.path(before, after) or ()
    rows = [
        {name: getattr(item, name) for name in _REASON}
        for step in steps
        for item in graph.between(step.prerequisite, step.dependant)
    ]
    write_out(render(_REASON, rows, form))


@group.command()
def cycles(
    edition: EditionOption = "uk-ai-cop",
    kind: KindOption = None,
    own: WithOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List the circles without a short cut, the shortest first."""
    graph = _graph(edition, kind, own)
    rows = [{"length": len(circle), "circle": [item.number for item in circle]} for circle in graph.cycles()]
    write_out(render(("length", "circle"), rows, form))


@group.command()
def handovers(
    edition: EditionOption = "uk-ai-cop",
    own: WithOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say who owes whom what: where artefacts cross from one role to another."""
    graph = _graph(edition, None, own)
    rows = [
        {
            "artefact": item.artefact.title,
            "giver": item.giver,
            "receiver": item.receiver,
            "modality": item.modality,
            "key": item.provision,
            "stated": "stated" if item.stated else "follows",
        }
        for item in graph.handovers()
    ]
    write_out(render(("artefact", "giver", "receiver", "modality", "key", "stated"), rows, form))


def _svg(graph: DependencyGraph, **filters: Any) -> str:  # noqa: ANN401 -- passed on
    # Imported here: the layout library is an extra of its own.
    from aicop.graph.svg_layout import svg

    return svg(graph, **filters)


# Drawings filter the graph themselves, because their titles name the filters.
_FORMATS: dict[str, Callable[..., str]] = {
    "dot": dot,
    "mermaid": mermaid,
    "graphml": lambda graph, **filters: graph.subgraph(**filters).to_graphml(),
    "json": lambda graph, **filters: graph.subgraph(**filters).to_node_link(),
    "svg": _svg,
}


@group.command()
def draw(  # noqa: PLR0913 -- one option for each part
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=", ".join(_FORMATS))],
    *,
    edition: EditionOption = "uk-ai-cop",
    kind: KindOption = None,
    phase: Annotated[str | None, typer.Option(help="Only this phase.")] = None,
    role: Annotated[str | None, typer.Option(help="Only what binds this role.")] = None,
    own: WithOption = None,
) -> None:
    """Draw the graph, to standard output; svg needs the extra draw."""
    if form not in _FORMATS:
        raise UnknownTerm("format", form, tuple(_FORMATS))
    write_out_utf8(_FORMATS[form](_graph(edition, None, own), phase=phase, role=role, kinds=kind))


def add_to(app: typer.Typer) -> None:
    """Give an application these commands."""
    app.add_typer(group)
