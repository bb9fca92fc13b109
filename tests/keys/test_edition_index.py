"""The literal names of an edition."""

from __future__ import annotations

from aicop import ProvisionId, load
from aicop.keys.edition_index import index
from aicop.lineage import counterpart


def test_numbering_and_lineage_agree() -> None:
    """The counterpart that advice reads off the numbering is the one that the lineage records."""
    code, standard = (index(load(name).id) for name in ("uk-ai-cop", "etsi-en-304-223"))
    for number, tail in code.provisions.items():
        there = counterpart(ProvisionId(code.edition, number), "etsi-en-304-223").number
        assert standard.of_tail(tail) == there
        assert code.of_tail(standard.provisions[there]) == number
