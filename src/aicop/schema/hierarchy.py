"""What can be wrong with ids and parents, whatever they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


MAX_SHOWN = 5
"""Members of a circle that an error names."""


def repeated_names(names: Iterable[tuple[Any, str]], file: str) -> Iterator[Fault]:
    """Yield each name that stands at more than one place, with its later places."""
    seen: dict[Any, str] = {}
    for name, path in names:
        if name in seen:
            yield Fault(file, path, f"{name} stands at {seen[name]} already")
        seen.setdefault(name, path)


def hierarchy_faults(items: Iterable[tuple[str, str | None, str, str]], file: str, kind: str) -> Iterator[Fault]:
    """
    Yield what is wrong with a hierarchy: repeated ids, parents that are missing, circles, each told once.

    Each item is its id, its parent's id or None, and the places of the two in the file.
    """
    rows = list(items)
    yield from repeated_names(((own, place) for own, _, place, _ in rows), file)
    parents = {own: parent for own, parent, _, _ in rows}
    settled: set[str] = set()
    for own, parent, _, place in rows:
        if parent is not None and parent not in parents:
            yield Fault(file, place, f"there is no {kind} {parent}")
        trail: dict[str, None] = {}
        step: str | None = own
        while step is not None and step not in settled and step not in trail:
            trail[step] = None
            step = parents.get(step)
        if step in trail:
            steps = list(trail)
            circle = [*steps[steps.index(step) :], step]
            shown = circle if len(circle) <= MAX_SHOWN else [*circle[:MAX_SHOWN], "..."]
            yield Fault(file, place, f"{' is below '.join(shown)}: a circle")
        settled.update(trail)
