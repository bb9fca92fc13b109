"""Keys in their written form, which are looked up and not parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import UnknownKey, editions, frameworks
from aicop.errors import AicopError
from aicop.ids import split_key
from aicop.keys import parse
from aicop.keys.literals import literal_key
from aicop.keys.tolerant import parse_tolerantly
from aicop.manifest import document_entries, framework_entries

SHIPPED = [*map(str, editions()), *(str(item.id) for item in framework_entries())]
CURRENT = {document.key: f"{document.key}@{document.editions[-1]}" for document in document_entries()} | {
    item.id.document: str(item.id) for item in reversed(framework_entries())
}
KEYS = [str(key) for edition in SHIPPED for key in frameworks.load(edition)]


@pytest.mark.parametrize("edition", SHIPPED)
def test_every_literal_key_is_parsed_to_the_same_id(edition: str) -> None:
    """Of all ids that ship, in their edition and under the bare key of a current one; roles alone are always parsed."""
    document = next((document for document, current in CURRENT.items() if current == edition), None)
    for key, item in frameworks.load(edition).items():
        for head in filter(None, (edition, document)):
            written = f"{head}:{split_key(str(key))[1]}"
            assert literal_key(written) == (None if item.kind == "role" and edition in map(str, editions()) else key)
            assert parse(written) == parse_tolerantly(written) == key


def test_withdrawn_and_unknown_ids_are_not_literal() -> None:
    """The tolerant parser explains them."""
    for written in ("nist-sp-800-53@5.2.0:SA-12", "uk-ai-cop@2025-01:99", "uk-ai-cop@1:5.4.1", "5.4.1", ""):
        assert literal_key(written) is None
        with pytest.raises(UnknownKey):
            parse(written)


def outcome(text: str, edition: str | None, *, tolerant: bool) -> object:
    """Return the id that a key is read as, or the error."""
    try:
        return (parse_tolerantly if tolerant else parse)(text, edition)
    except AicopError as error:
        return error


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """Keys that ship, some with other signs between their parts, and some with a wrong character."""
    text = draw(st.sampled_from(KEYS))
    text = draw(st.sampled_from([text, text.replace(":", " "), text.upper(), f" {text}.", split_key(text)[1]]))
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.sampled_from(["", "", "", "0", " ", ":", "#", "x"])) + text[place:]


@given(spellings(), st.sampled_from([None, "uk-ai-cop", "nist-csf", "etsi-en-304-223@2.1.1", "nothing"]))
def test_looking_up_first_changes_no_answer(text: str, edition: str | None) -> None:
    """Nor any error, whatever edition is given for bare numbers."""
    assert outcome(text, edition, tolerant=False) == outcome(text, edition, tolerant=True)
