"""Your mappings whose sources or targets have changed since they were judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.crosswalk.ends import digest_of
from aicop.ids import End
from aicop.model.converters import as_tuple
from aicop.model.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId


@shown
@field_type
@attrs.frozen(repr=False)
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


@shown
@field_type
@attrs.frozen(repr=False)
class Review:
    """What a person should look at again, and what could not be compared."""

    items: tuple[ReviewItem, ...] = attrs.field(converter=as_tuple[ReviewItem, ...])
    """The mappings to judge again, by set and in order."""
    compared: int
    """The number of your mappings that state a digest, so that a change can be seen."""
    not_compared: int
    """The number of your mappings that state none."""


def _changed(row: Mapping, framework: Callable[[EditionId], Framework]) -> Iterator[ReviewItem]:
    for end, judged in ((row.source, row.source_digest), (row.target, row.target_digest)):
        if end is not None and judged is not None:
            now = digest_of(framework(end.edition), end)
            if now != judged:
                yield ReviewItem(row, end, judged, now)


def review_of(rows: Iterable[Mapping], framework: Callable[[EditionId], Framework]) -> Review:
    """Return those of the mappings whose sources or targets have changed; *framework* returns a framework of today."""
    listed = tuple(rows)
    stated = [row for row in listed if row.source_digest or row.target_digest]
    changed = [item for row in stated for item in _changed(row, framework)]
    return Review(changed, len(stated), len(listed) - len(stated))
