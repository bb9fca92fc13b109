"""The commands of ``aicop graph`` that plan work: waves, impact and critical path."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import click

from aicop.cli.options import edition_option, phase_option, prints, role_option, scope_line, several, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import count_phrase
from aicop.vocabulary import DependencyKind, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aicop.cli.options import Decorator
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.ids import ProvisionId
    from aicop.library.library import Library
    from aicop.model.dependency import Dependency

_ALL = "all"
_BY_DEFAULT = "refines, requires, triggers, and refers where the text prints it"
follow_option: Decorator = several(
    "--kind",
    "-k",
    metavar="KIND",
    help=f"Follow this kind of dependency: {', '.join(DependencyKind)}, or '{_ALL}'; by default {_BY_DEFAULT}.",
)


def _followed(kinds: Sequence[str]) -> Sequence[str] | None:
    return tuple(DependencyKind) if _ALL in kinds else kinds or None


def item_fields(graph: DependencyGraph, item: ProvisionId) -> dict[str, object]:
    """Return the columns that name a provision."""
    return {"key": item, "title": graph.catalogue[item].title}


def _part(library: Library, edition: str, phase: Sequence[str], role: Sequence[str]) -> DependencyGraph:
    return library.graph(edition).subgraph(phase=phase or None, role=role or None)


def _whole(graph: DependencyGraph) -> str:
    return f"{count_phrase(len(graph.ids), 'provision')} of {graph.catalogue.id}"


def _numbers(items: Iterable[Dependency]) -> list[str]:
    """Return the numbers of the prerequisites, each once."""
    return list(dict.fromkeys(item.prerequisite.number for item in items))


def _note_plan(graph: DependencyGraph, answer: str, kinds: Sequence[str], filters: Mapping[str, Sequence[str]]) -> None:
    """Report the *answer*, and the dependencies that it follows."""
    named = _followed(kinds)
    follows = _BY_DEFAULT if named is None else ", ".join(dict.fromkeys(term(DependencyKind, kind) for kind in named))
    phases = dict.fromkeys(graph.catalogue.phase(one).title for one in filters.get("phase", ()))
    roles = dict.fromkeys(term(Role, one) for one in filters.get("role", ()))
    note(scope_line(f"{answer}. Followed: {follows}", {"phase": tuple(phases), "role": tuple(roles)}))


def _note_aside(left: Sequence[Dependency], unmet: Sequence[Dependency], more: str) -> None:
    """Report the dependencies that were not followed, counted by kind, and those that were but are not met."""
    if left:
        counts = Counter(item.kind for item in left)
        by_kind = ", ".join(f"{counts[kind]} {kind}" for kind in DependencyKind if counts[kind])
        counted = count_phrase(len(left), "dependency", "dependencies")
        note(f"Left aside: {counted} ({by_kind}){more}. Use --kind {_ALL} to follow every kind.")
    if unmet:
        named = ", ".join(f"{item.prerequisite.number} {item.kind} {item.dependant.number}" for item in unmet)
        note(f"Followed but not met, because they lie on cycles: {named}.")


_ADVICE = ("better_after", "helped_by", "revisit_after")


@click.command()
@edition_option
@follow_option
@phase_option
@role_option
@uses_library
@prints(*("wave", "key", "title", "after", "unmet", *_ADVICE), table=("wave", "key", "title", "after", "better_after"))
def waves(  # noqa: PLR0913 -- one option for each part
    out: Output, *, edition: str, kind: Sequence[str], phase: Sequence[str], role: Sequence[str], library: Library
) -> None:
    """
    Group the provisions into waves; those in one wave can be done in parallel.

    The waves follow some kinds of dependency. The others are advice: a provision is better done after others of its
    wave, is helped by those of earlier waves, and is worth another look after those of later waves.
    """
    graph = _part(library, edition, phase, role)
    found = graph.waves(kinds=_followed(kind))
    members = [item for wave in found for item in wave.members]
    out.rows(
        [
            {"wave": wave.number}
            | item_fields(graph, item.id)
            | {part: _numbers(getattr(item, part)) for part in ("after", "unmet", *_ADVICE)}
            for wave in found
            for item in wave.members
        ]
    )
    answer = f"{count_phrase(len(found), 'wave')} of {_whole(graph)}"
    _note_plan(graph, answer, kind, {"phase": phase, "role": role})
    advice = {part: [one for item in members for one in getattr(item, part)] for part in _ADVICE}
    counts = ", ".join(f"{len(advice[part])} {part.replace('_', ' ')}" for part in _ADVICE)
    left = [one for items in advice.values() for one in items]
    _note_aside(left, [one for item in members for one in item.unmet], f", as advice: {counts}")


@click.command()
@click.argument("keys", nargs=-1, required=True)
@edition_option
@follow_option
@uses_library
@prints(
    *("reached", "distance", "fails", "kinds", "path", "key", "title", "duty_holders"),
    table=("reached", "fails", "key", "title", "duty_holders"),
)
def impact(out: Output, keys: Sequence[str], edition: str, kind: Sequence[str], library: Library) -> None:
    """
    List what is at risk if the provisions KEYS fail, grouped by how the failure reaches it.

    KEYS are one or more keys, such as 5.1 or uk-ai-cop:5.1. A failure reaches others directly or through one of the
    direct dependants. By default it stops where only information flows.
    """
    graph = library.graph(edition)
    found = graph.impact(keys, kinds=_followed(kind))
    rows = [
        {
            "reached": f"through {part.through.number}" if part.through else f"directly: {part.kind}",
            "distance": item.distance,
            "fails": "fails too" if item.certain else "at risk",
            "kinds": item.kinds,
            "path": [step.prerequisite.number for step in found.path(item.id) or ()],
            "duty_holders": item.duty_holders,
        }
        | item_fields(graph, item.id)
        for part in found.groups
        for item in part.members
    ]
    out.rows(rows)
    failing = ", ".join(item.number for item in found.start)
    verb = "fails" if len(found.start) == 1 else "fail"
    _note_plan(graph, f"{len(rows)} of {_whole(graph)} at risk if {failing} {verb}", kind, {})
    near = dict.fromkeys(item.dependant.number for item in found.aside)
    far = len(found.beyond) - len(near)
    more = f", leading to {count_phrase(len(near), 'provision')}: {', '.join(near)}"
    more += f"; and through these to {count_phrase(far, 'other')}" if far else ""
    _note_aside(found.aside, (), more)


def _weights(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[ProvisionId | str, float]:
    found: dict[ProvisionId | str, float] = {}
    for text in given:
        key, _sign, number = text.rpartition("=")
        try:
            found[key] = float(number)
        except ValueError:
            found[key] = math.nan
        # This is false if the text is not a number, too.
        if not (key and 0 <= found[key] < math.inf):
            message = f"{text!r} is not a key and a number that is not negative, such as 5.1=3."
            raise click.BadParameter(message)
    return found


@click.command("critical-path")
@edition_option
@follow_option
@phase_option
@role_option
@several(
    "--weight",
    metavar="KEY=NUMBER",
    callback=_weights,
    help="The weight of a provision, such as its days of work; without it, a provision counts 1.",
)
@uses_library
@prints(
    *("place", "key", "title", "weight", "kind", "rationale", "basis", "confidence"),
    table=("place", "key", "title", "kind", "rationale"),
)
def critical_path(  # noqa: PLR0913 -- one option for each part
    out: Output,
    *,
    edition: str,
    kind: Sequence[str],
    phase: Sequence[str],
    role: Sequence[str],
    weight: Mapping[ProvisionId | str, float],
    library: Library,
) -> None:
    """
    Print the longest chain of dependencies, with the reasons for each step.

    It has one row per reason, so a step with several reasons has several rows.
    """
    graph = _part(library, edition, phase, role)
    found = graph.critical_path(kinds=_followed(kind), weights=weight)
    rows = [
        {"place": place, "weight": step.weight}
        | item_fields(graph, step.id)
        | {name: getattr(reason, name, None) for name in ("kind", "rationale", "basis", "confidence")}
        for place, step in enumerate(found.steps, start=1)
        for reason in step.reasons or (None,)
    ]
    out.rows(rows)
    answer = f"{len(found.steps)} of {_whole(graph)} in the longest chain, which has the length {found.length:.12g}"
    _note_plan(graph, answer, kind, {"phase": phase, "role": role})
    _note_aside(found.aside, found.unmet, "")
