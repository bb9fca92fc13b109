"""Faults of ids and hierarchies, shared by editions and frameworks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aicop.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Place = Callable[[int, str], str]
"""A function from the zero-based index of an element and the name of a field to the field's place in the file."""

MAX_SHOWN = 5
"""The maximum number of members of a cycle that a fault lists."""


def repeated_names(names: Iterable[tuple[Any, str]], file: str) -> Iterator[Fault]:
    """Yield a fault for each repetition of a name; each item is a name and its place in the file."""
    seen: dict[Any, str] = {}
    for name, path in names:
        if name in seen:
            yield Fault(file, path, f"{name} is already used at {seen[name]}")
        seen.setdefault(name, path)


def hierarchy_faults(
    items: Iterable[tuple[str, str | None, str, str]], file: str, kind: str, advice: str = ""
) -> Iterator[Fault]:
    """
    Yield a fault for each repeated id, missing parent and cycle in a hierarchy; each cycle is reported once.

    Each item is an id, the id of its parent or None, and the places of the two in the file. *kind* is the word for an
    item in messages. *advice* on missing parents is added to the first of them.
    """
    rows = list(items)
    yield from repeated_names(((own, place) for own, _, place, _ in rows), file)
    parents = {own: parent for own, parent, _, _ in rows}
    # Ids whose ancestors have been followed. Stopping there makes the search linear, and each cycle is reported once.
    settled: set[str] = set()
    for own, parent, _, place in rows:
        if parent is not None and parent not in parents:
            yield Fault(file, place, f"there is no {kind} {parent}{advice}")
            advice = ""
        trail: dict[str, None] = {}
        step: str | None = own
        while step is not None and step not in settled and step not in trail:
            trail[step] = None
            step = parents.get(step)
        # The walk returned to an id on its own path, so this id and all after it form a cycle.
        if step in trail:
            steps = list(trail)
            circle = [*steps[steps.index(step) :], step]
            shown = circle if len(circle) <= MAX_SHOWN else [*circle[:MAX_SHOWN], "..."]
            yield Fault(file, place, f"the parents form a cycle: {' is below '.join(shown)}")
        settled.update(trail)
