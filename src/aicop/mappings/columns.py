"""The columns of mapping files: aicop's names, and those of SSSOM for the same facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = (
    "source",
    "relationship",
    "target",
    "rationale",
    "strength",
    "remainder",
    "reverse_strength",
    "reverse_remainder",
    "confidence",
    "basis",
    "author",
    "date",
    "knowledge",
    "settlement",
    "source_digest",
    "target_digest",
)
"""The columns of `aicop.schema.mapping.MappingRowSchema`, in its order."""

SSSOM = {
    "source": "subject_id",
    "relationship": "predicate_id",
    "target": "object_id",
    "rationale": "comment",
    "author": "author_label",
    "date": "mapping_date",
    "source_digest": "subject_digest",
    "target_digest": "object_digest",
}
"""SSSOM's names of columns. Columns that are not listed have the same name in both."""

_FROM_SSSOM = {theirs: ours for ours, theirs in SSSOM.items()}


def from_sssom(header: Iterable[str]) -> dict[str, str]:
    """Return aicop's name of each column if a header has SSSOM's names; empty if it has aicop's own."""
    if SSSOM["source"] not in header:
        return {}
    return {SSSOM.get(name, name): name for name in COLUMNS}


def mixed(header: Iterable[str]) -> str | None:
    """Return an error message if a header has names of both kinds, otherwise None."""
    names = dict.fromkeys(header)
    ours = [name for name in names if name in SSSOM]
    theirs = [name for name in names if name in _FROM_SSSOM]
    if not ours or not theirs:
        return None
    told = ", ".join(f"{name!r} is {_FROM_SSSOM[name]!r}" for name in theirs)
    # The two kinds measure confidence on different scales, so a table is one or the other.
    return f"has both aicop's column names ({', '.join(map(repr, ours))}) and SSSOM's; use one of the two: {told}"
