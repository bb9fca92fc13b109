"""Small editions that a test can number as it likes, and rows between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.catalogue.shipped import build
from aicop.ids import EditionId, key_of_item
from aicop.model import LineageRow
from aicop.vocabulary import Change, Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicop.catalogue import Catalogue

_SOURCE = {"key": "text", "document": "A Code", "locator": "all of it", "grade": "direct", "read": "2026-11-22"}


def small_edition(document: str, label: str, counts: Mapping[str, int], phase: str = "secure-design") -> Catalogue:
    """Return an edition with these provisions and as many statements in each; 2.1 belongs to principle 2."""
    principles: dict[str, list[dict[str, Any]]] = {}
    for number, count in counts.items():
        statements = [
            {"modality": "shall", "duty_holders": ["Developer"], "attribution": "implied", "action": f"do {part}"}
            for part in range(count)
        ]
        provision = {"number": number, "title": number, "source": "text", "statements": statements}
        principles.setdefault(number.partition(".")[0], []).append(provision)
    data = {
        "document": document,
        "edition": label,
        "title": "A Code",
        "publisher": "Nobody",
        "status": "current",
        "force": "None.",
        "address": "https://example.org/code",
        "licence": "CC0",
        "ships": "Everything.",
        "source": "text",
        "sources": [_SOURCE],
        "phases": [
            {
                "slug": phase,
                "title": "Design",
                "source": "text",
                "principles": [
                    {"number": int(number), "title": f"Principle {number}", "source": "text", "provisions": items}
                    for number, items in principles.items()
                ],
            }
        ],
    }
    return build(data)


def line(  # noqa: PLR0913 -- the columns of a table
    editions: tuple[EditionId, EditionId],
    old: str,
    new: str,
    *changes: Change,
    grade: Grade = Grade.DIRECT,
    note: str | None = None,
    reverse_note: str | None = None,
    review: str | None = None,
    reverse_review: str | None = None,
) -> LineageRow:
    """Return a row of a table; an empty number is None, and no change is identical, added or removed."""
    implied = Change.ADDED if not old else Change.REMOVED if not new else Change.IDENTICAL
    return LineageRow(
        old=key_of_item(editions[0], old) if old else None,
        new=key_of_item(editions[1], new) if new else None,
        changes=changes or (implied,),
        grade=grade,
        note=note,
        reverse_note=reverse_note,
        review=review,
        reverse_review=reverse_review,
    )


def pairs(rows: tuple[LineageRow, ...]) -> list[tuple[str, str]]:
    """Return the ids of rows without their editions; nothing is "-"."""
    return [(row.old.local if row.old else "-", row.new.local if row.new else "-") for row in rows]
