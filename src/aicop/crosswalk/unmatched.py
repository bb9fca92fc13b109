"""Elements for which no counterpart was found, and what follows for their parts and wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.claim import reverse_path
from aicop.crosswalk.hierarchy import parts_by_whole
from aicop.crosswalk.joints import common_wholes
from aicop.ids import JointId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.crosswalk.claim import Path
    from aicop.crosswalk.hierarchy import Relatives
    from aicop.frameworks.framework import Framework
    from aicop.ids import End

Unmatched = dict["End", tuple["Path", ...]]
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
    wholes, complete = framework.whole_by_part(), framework.complete_wholes
    parts = parts_by_whole(wholes)
    known: dict[End, tuple[End, ...]] = {}

    def reasons(end: End) -> tuple[End, ...]:
        """Return the stated elements from which it follows, or none."""
        if end not in known:
            known[end] = tuple(_containing(end)) or _together(end)
        return known[end]

    def _containing(end: End) -> Iterable[End]:
        if end in stated:
            yield end
        if isinstance(end, JointId):
            yield from (above for above in common_wholes(end, wholes) if above in stated)
            return
        above = wholes.get(end)
        while above is not None:
            if above in stated:
                yield above
            above = wholes.get(above)

    def _together(end: End) -> tuple[End, ...]:
        below: Iterable[End] = end.members if isinstance(end, JointId) else parts[end] if end in complete else ()
        each = [reasons(part) for part in below]
        return tuple(dict.fromkeys(reason for some in each for reason in some)) if all(each) else ()

    if wanted is None:
        wanted = dict.fromkeys((*framework, *stated))
    found = {}
    for end in wanted:
        paths = ((*relatives.steps(end, reason), *path) for reason in reasons(end) for path in stated[reason])
        if ways := tuple(dict.fromkeys(paths)):
            found[end] = ways
    return found
