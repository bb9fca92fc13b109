"""The stock of frameworks and mappings that ships."""

from __future__ import annotations

import pytest

from aicop.crosswalk.registry import shipped
from aicop.ids import EditionId

CODE, SPECIFICATION, STANDARD = (
    EditionId("uk-ai-cop", "2025-01"),
    EditionId("etsi-ts-104-223", "1.1.1"),
    EditionId("etsi-en-304-223", "2.1.1"),
)
CSF = EditionId("nist-csf", "2.0")


@pytest.mark.parametrize(
    ("edition", "others"),
    [
        (CODE, [STANDARD, SPECIFICATION]),
        (SPECIFICATION, [STANDARD, CODE]),
        (STANDARD, [SPECIFICATION, CODE]),
        (CSF, []),
    ],
    ids=str,
)
def test_the_editions_of_the_code_lead_to_each_other(edition: EditionId, others: list[EditionId]) -> None:
    """Each leads to itself, then in one step to the others, the newest first; a framework leads only to itself."""
    ways = shipped().lineage_ways(edition)
    assert list(ways.items()) == [(edition, (edition,)), *((other, (edition, other)) for other in others)]
