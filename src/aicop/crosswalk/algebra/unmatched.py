"""Elements for which no counterpart was found, and what follows for their parts and wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.algebra.hierarchy import parts_by_whole
from aicop.crosswalk.algebra.joints import common_wholes
from aicop.crosswalk.path import Path, reverse_path
from aicop.ids import End, JointId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.algebra.hierarchy import Relatives
    from aicop.frameworks.framework import Framework

Unmatched = dict[End, tuple[Path, ...]]
"""Maps each element without a counterpart to the paths that end in a mapping which states this."""


def reverse_unmatched(found: Unmatched) -> Unmatched:
    """Return the table with each path reversed."""
    return {end: tuple(map(reverse_path, paths)) for end, paths in found.items()}


def union_of_unmatched(*several: Unmatched) -> Unmatched:
    """Return a table with the paths of all given tables, each once."""
    found: dict[End, dict[Path, None]] = {}
    for one in several:
        for end, paths in one.items():
            found.setdefault(end, {}).update(dict.fromkeys(paths))
    return {end: tuple(paths) for end, paths in found.items()}


class _Reasons:
    """Finds the stated elements from which it follows that nothing was found for another element."""

    def __init__(self, stated: Unmatched, framework: Framework) -> None:
        self._stated, self._complete = stated, framework.complete_wholes
        self._wholes = framework.whole_by_part()
        self._parts = parts_by_whole(self._wholes)
        self._known: dict[End, tuple[End, ...]] = {}

    def of(self, end: End) -> tuple[End, ...]:
        """Return the stated elements: those that contain it, otherwise those that all its parts are in; or none."""
        if end not in self._known:
            around = tuple(one for one in (end, *self._around(end)) if one in self._stated)
            self._known[end] = around or self._together(end)
        return self._known[end]

    def _around(self, end: End) -> Iterator[End]:
        if isinstance(end, JointId):
            yield from common_wholes(end, self._wholes)
            return
        above = self._wholes.get(end)
        while above is not None:
            yield above
            above = self._wholes.get(above)

    def _together(self, end: End) -> tuple[End, ...]:
        if isinstance(end, JointId):
            below: Iterable[End] = end.members
        else:
            below = self._parts[end] if end in self._complete else ()
        each = [self.of(part) for part in below]
        return tuple(dict.fromkeys(reason for some in each for reason in some)) if all(each) else ()


def spread_unmatched(
    stated: Unmatched, framework: Framework, relatives: Relatives, wanted: Iterable[End] | None = None
) -> Unmatched:
    """
    Return those of *wanted* for which no counterpart was found, given those of which it is stated.

    *wanted* are by default all elements, and the joint ids of which it is stated. What holds for a whole holds for its
    parts. What holds for all parts of a union holds for the union.
    """
    if not stated:
        return {}
    reasons: _Reasons = _Reasons(stated, framework)
    found: Unmatched = {}
    for end in dict.fromkeys((*framework, *stated)) if wanted is None else wanted:
        ways = ((*relatives.steps(end, reason), *path) for reason in reasons.of(end) for path in stated[reason])
        if paths := tuple(dict.fromkeys(ways)):
            found[end] = paths
    return found
