"""The index of an edition's ids."""

from __future__ import annotations

from aicop import ProvisionId, load
from aicop.keys.edition_index import index
from aicop.lineage import counterpart


def test_numbering_and_lineage_agree() -> None:
    """Counterparts derived from the numbering are those in the lineage."""
    code, standard = (index(load(name).id) for name in ("uk-ai-cop", "etsi-en-304-223"))
    # The tail is the place of a provision within its principle, which all editions share.
    for number, tail in code.provisions.items():
        there = counterpart(ProvisionId(code.edition, number), "etsi-en-304-223").number
        assert standard.of_tail(tail) == there
        assert code.of_tail(standard.provisions[there]) == number
