"""Mappings derived from the editions."""

from __future__ import annotations

from aicop import editions, mappings
from aicop.ids import StatementId
from aicop.lineage import compare
from aicop.vocabulary import Change, Predicate
from tests.shipped.test_crosswalks import SETS


def test_lineage_is_equal_if_only_form_or_strength_changed() -> None:
    """Provisions are equal unless references, scope or something unknown changed."""
    for old in editions():
        for new in editions():
            if (name := f"{old}--{new}") in SETS:
                rows = mappings.load(name)
                equal = {row.source for row in rows if row.predicate is Predicate.EQUAL}
                parts = {row.source for row in rows if isinstance(row.source, StatementId)}
                assert {part.provision for part in parts} <= equal
                equal -= parts
                weighty = {Change.REFERENCE, Change.SCOPE, Change.UNKNOWN}
                assert equal == {row.old for row in compare(old, new).provisions if weighty.isdisjoint(row.changes)}
