"""Your mappings whose sources or targets have changed since they were judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.ends import digest_of
from aicop.ids import End
from aicop.model.converters import as_tuple
from aicop.model.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.library.library import Library


@attrs.frozen
class ReviewItem:
    """A mapping of yours, one side of which has changed since it was judged."""

    mapping: Mapping
    changed: End
    """The side that has changed."""
    judged: str
    """Its digest when the mapping was judged."""
    now: str
    """Its digest today."""

    @property
    def reason(self) -> str:
        """What has changed, and what to do, in a sentence."""
        return f"The title or words of {self.changed} have changed since the mapping was judged; judge it again."


@attrs.frozen
class Review:
    """What a person should look at again, and what could not be compared."""

    items: tuple[ReviewItem, ...] = attrs.field(converter=as_tuple)
    """The mappings to judge again, by set and in order."""
    compared: int
    """The number of your mappings that state a digest, so that a change can be seen."""
    not_compared: int
    """The number of your mappings that state none."""


def _changed(row: Mapping, library: Library) -> Iterator[ReviewItem]:
    for end, judged in ((row.source, row.source_digest), (row.target, row.target_digest)):
        if end is not None and judged is not None:
            now = digest_of(library.framework(end.edition), end)
            if now != judged:
                yield ReviewItem(row, end, judged, now)


def review_of(library: Library) -> Review:
    """Return the mappings of a library that do not ship and whose sources or targets have changed."""
    rows = library.own_mappings()
    stated = [row for row in rows if row.source_digest or row.target_digest]
    return Review([item for row in stated for item in _changed(row, library)], len(stated), len(rows) - len(stated))
