"""Between the levels of a framework: what is known of a whole and of its parts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.claims import Path, Step
from aicop.lines import spread
from aicop.links import joined
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.frameworks.framework import Framework
    from aicop.ids import Key
    from aicop.lines import Lines
    from aicop.links import Links


def _depths(wholes: dict[Key, Key]) -> dict[Key, int]:
    @functools.cache
    def depth(key: Key) -> int:
        return depth(wholes[key]) + 1 if key in wholes else 0

    return {key: depth(key) for key in {*wholes, *wholes.values()}}


def spread_lines(lines: Lines, framework: Framework) -> Lines:
    """Lift and lower the sources of *lines*, elements of *framework*."""
    wholes = framework.wholes()
    return spread(lines, wholes, framework.full, _depths(wholes))


def lift_links(links: Links, framework: Framework) -> Links:
    """Give each whole what its parts mitigate."""
    found = joined(links)
    wholes = framework.wholes()
    for part in sorted(wholes, key=_depths(wholes).__getitem__, reverse=True):
        for other, several in found.get(part, {}).items():
            if (Predicate.MITIGATES, False) in several:
                into = found.setdefault(wholes[part], {})
                into[other] = into.get(other, frozenset()) | {(Predicate.MITIGATES, False)}
    return found


def kin(framework: Framework) -> Callable[[Key], tuple[Key, ...]]:
    """Give an element with all it is a part of, and all its parts, itself first."""
    wholes = framework.wholes()
    parts: dict[Key, list[Key]] = {}
    for part, above in wholes.items():
        parts.setdefault(above, []).append(part)

    def near(key: Key) -> tuple[Key, ...]:
        found = [key]
        above: Key | None = wholes.get(key)
        while above is not None:
            found.append(above)
            above = wholes.get(above)
        below = list(parts.get(key, ()))
        while below:
            found.append(below.pop(0))
            below = [*parts.get(found[-1], ()), *below]
        return tuple(found)

    return near


def within(framework: Framework, one: Key, other: Key) -> Path:
    """Give the step from an element to one that it is a part of, or that is a part of it; none from one to itself."""
    if one == other:
        return ()
    above: Key | None = one
    while above is not None and above != other:
        above = framework.whole(above)
    return (Step(source=one, target=other, mapping=None, inverted=above is None),)
