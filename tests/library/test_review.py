"""Mappings whose sources or targets have changed since they were judged."""

from __future__ import annotations

import attrs

from aicop.frameworks import digest
from aicop.library import Library
from tests.library.examples import acme, rows

TABLE = "source,relationship,target,strength\nAC-1,intersects-with,6.1,4\nAC-1|AC-2,intersects-with,6.2,5\n"


def test_changed_sides_are_listed() -> None:
    """A row is listed once for each side whose digest differs, joint sides included; others are counted."""
    own = acme()
    joint = "|".join(digest(own[key]) for key in ("AC-1", "AC-2"))
    judged = {row.source: row for row in rows(TABLE, own)}
    first, second = (judged[key] for key in sorted(judged, key=lambda key: len(str(key))))
    stated = [
        attrs.evolve(first, source_digest="0" * 16, target_digest="1" * 16),
        attrs.evolve(second, source_digest=joint),
    ]
    found = Library().with_framework(own).with_mappings(stated).review()
    assert [(str(item.changed), item.judged) for item in found.items] == [
        ("acme@1:AC-1", "0" * 16),
        ("uk-ai-cop@2025-01:6.1", "1" * 16),
    ]
    assert found.items[0].now == digest(own["AC-1"])
    assert "acme@1:AC-1" in found.items[0].reason
    assert (found.compared, found.not_compared) == (2, 0)


def test_rows_without_digests_are_counted() -> None:
    """A row that states no digest cannot be compared, and the review says how many there are."""
    found = Library().with_framework(acme()).with_mappings(rows(TABLE)).review()
    assert (found.items, found.compared, found.not_compared) == ((), 0, 2)
    assert Library().review().not_compared == 0
