"""
Captions of dependency graphs: the edition, the filters, and a date.

Drawings are shared as files or on paper. Without a caption, readers cannot tell which edition a drawing shows, which
filters were applied, and how old it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.errors import count_phrase
from aicop.graph.filters import known_kinds
from aicop.ids import PhaseId
from aicop.vocabulary import DependencyKind, Role, term

if TYPE_CHECKING:
    import datetime as dt

    from aicop.catalogue.catalogue import OneOrMore, PhaseFilter
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.graph.filters import Kinds

WHAT = "Dependencies between provisions"
"""The subject of every drawing, for its title."""
BETWEEN = " \N{MIDDLE DOT} "
"""The separator between the facts of a caption."""


@attrs.frozen
class Caption:
    """The title of a drawing and the facts below it, in the order in which they are shown."""

    title: str
    """The title of the edition."""
    facts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{WHAT}: {self.title}, {BETWEEN.join(self.facts)}"


def filter_graph(
    graph: DependencyGraph,
    *,
    phase: PhaseFilter | None = None,
    role: OneOrMore | None = None,
    kinds: Kinds | None = None,
    date: dt.date | None = None,
) -> tuple[DependencyGraph, Caption]:
    """
    Return the part of a graph that matches the filters, as `DependencyGraph.subgraph` does, and its caption.

    The caption names only the filters that are passed to this function. If the graph was filtered before, only the
    number of provisions shows this. *date* is any date that the reader should know, such as the date of the drawing.
    The current date is never inserted automatically.

    Raises:
        UnknownKey: the phase does not exist.
        UnknownTerm: the role or one of the kinds does not exist.
    """
    found = graph.subgraph(phase=phase, role=role, kinds=kinds)
    facts = [str(graph.catalogue.id)]
    if role is not None:
        roles = {term(Role, one) for one in ((role,) if isinstance(role, str) else role)}
        facts.append(f"{'Role' if len(roles) == 1 else 'Roles'}: {', '.join(one for one in Role if one in roles)}")
    if phase is not None:
        wanted = {graph.catalogue.phase(one) for one in ((phase,) if isinstance(phase, PhaseId | str) else phase)}
        titles = [one.title for one in graph.catalogue.phases if one in wanted]
        facts.append(f"{'Phase' if len(titles) == 1 else 'Phases'}: {', '.join(titles)}")
    if kinds is not None:
        named = known_kinds(kinds)
        # In the order of the vocabulary, so that equal filters have equal captions.
        facts.append(f"Kinds: {', '.join(kind for kind in DependencyKind if kind in named) or 'none'}")
    whole, part = len(graph.catalogue), len(found.ids)
    facts.append(f"{part} of {count_phrase(whole, 'provision')}" if part < whole else count_phrase(whole, "provision"))
    facts.append(count_phrase(len(found.dependencies), "dependency", "dependencies"))
    if date is not None:
        facts.append(date.isoformat())
    return found, Caption(graph.catalogue.edition.title, tuple(facts))
