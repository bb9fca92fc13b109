"""Claims as rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.crosswalk.claim import Claim
    from aicop.frameworks.framework import Framework

Row = dict[str, str | int | bool | None]


def table_of(claims: Iterable[Claim], source: Framework, target: Framework) -> list[Row]:
    """Return claims as rows of plain values; several ids, sets or authors of one claim are joined."""
    return [
        {
            "source": None if item.source is None else str(item.source),
            "source_title": None if item.source is None else title_of(source, item.source),
            "relationship": item.says,
            "target": None if item.target is None else str(item.target),
            "target_title": None if item.target is None else title_of(target, item.target),
            "strength": item.strength,
            "remainder": item.remainder,
            "reverse_strength": item.reverse_strength,
            "reverse_remainder": item.reverse_remainder,
            "confidence": item.confidence,
            "basis": "; ".join(dict.fromkeys(row.basis.value for row in item.mappings)),
            "author": "; ".join(dict.fromkeys(filter(None, (row.author for row in item.mappings)))),
            "date": "; ".join(dict.fromkeys(filter(None, (row.date for row in item.mappings)))),
            "rationale": " | ".join(item.rationales),
            "paths": len(item.paths),
            "suspect": item.suspect,
            "warnings": " | ".join(item.warnings),
        }
        for item in claims
    ]
