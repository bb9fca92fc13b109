"""Claims and gaps as rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import title_of
from aicop.tables import CLAIMS, GAPS, SENTENCE_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.coverage import Gap
    from aicop.frameworks.framework import Framework
    from aicop.ids import End
    from aicop.tables import Row


def claim_rows(claims: Iterable[Claim], source: Framework, target: Framework) -> list[Row]:
    """Return one row per claim; several authors or dates of one claim are joined."""
    return CLAIMS.rows(
        (
            *_end(source, item.source),
            item.says,
            *_end(target, item.target),
            item.strength,
            item.remainder,
            item.reverse_strength,
            item.reverse_remainder,
            item.confidence,
            list(dict.fromkeys(row.basis for row in item.mappings)),
            list(dict.fromkeys(filter(None, (row.author for row in item.mappings)))),
            list(dict.fromkeys(filter(None, (row.date for row in item.mappings)))),
            SENTENCE_SEPARATOR.join(item.rationales),
            len(item.paths),
            item.suspect,
            SENTENCE_SEPARATOR.join(item.warnings),
        )
        for item in claims
    )


def _end(framework: Framework, end: End | None) -> tuple[End | None, str | None]:
    """Return an element and its title; None for both where no counterpart was found."""
    return end, None if end is None else title_of(framework, end)


def gap_rows(gaps: Iterable[Gap], source: Framework) -> list[Row]:
    """Return one row per gap, with the titles of the source."""
    return GAPS.rows(
        (
            gap.item,
            source.title(gap.item),
            gap.coverage,
            gap.strength,
            gap.band,
            gap.remainders,
            gap.contradictory,
        )
        for gap in gaps
    )
