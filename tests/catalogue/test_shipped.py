"""Loading shipped editions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aicop import load
from tests.programs import _run


@given(st.sampled_from(["uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"]), st.data())
def test_every_shipped_key_is_found_in_its_own_catalogue_only(document: str, data: st.DataObject) -> None:
    """An id is never found in another edition."""
    catalogue = load(document)
    key = data.draw(st.sampled_from(list(catalogue)))
    assert catalogue[key].id == key
    for other in ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"):
        assert (key in load(other)) == (other == document)


def test_loading_reads_only_what_is_needed() -> None:
    """Loading reads one edition, its guide, the threats and the manifest, and imports neither pydantic nor networkx."""
    program = """
import sys
opened = set()
sys.addaudithook(lambda event, args: event == "open" and opened.add(str(args[0]).replace("\\\\", "/").rpartition("data/")[2]))
import aicop
from aicop._resources import read
from aicop.errors import MissingData
aicop.load("uk-ai-cop")
aicop.load("uk-ai-cop@2025-01")
heavy = {"pydantic", "networkx"} & set(sys.modules)
print(sorted(heavy), sorted(name for name in opened if name.endswith((".json", ".tsv"))))
"""
    assert _run(program) == (
        "[] ['editions/uk-ai-cop@2025-01.json', 'guidance/uk-ai-cop@2025-01.json', 'manifest.json', 'threats.json']"
    )
