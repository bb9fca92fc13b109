"""The ways of a crosswalk: the editions that lie between its source and its target."""

from __future__ import annotations

from aicop.ids import EditionId

Way = tuple[EditionId, ...]
"""The editions between source and target, in order; empty for a direct way."""
Ways = tuple[Way, ...]
"""The ways that a crosswalk combines, each once."""

DIRECT: Ways = ((),)
"""The ways of a crosswalk that was not composed."""


def editions_between(ways: Ways) -> tuple[EditionId, ...]:
    """Return the editions on all ways, each once, in order."""
    return tuple(dict.fromkeys(edition for way in ways for edition in way))


def way_phrase(ways: Ways) -> str:
    """
    Return the ways as words that follow the name of the target; empty if there is only the direct one.

    Examples are " through uk-ai-cop@2025-01" and ", direct and through uk-ai-cop@2025-01".
    """
    if ways == DIRECT:
        return ""
    *first, last = [f"through {', '.join(map(str, way))}" if way else "direct" for way in ways]
    said = f"{', '.join(first)} and {last}" if first else last
    return f"{',' if () in ways else ''} {said}"
