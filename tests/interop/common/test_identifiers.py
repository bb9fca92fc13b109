"""IRIs, UUIDs, dates and tokens, which never change."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import parse
from aicop.ids import ControlId, EditionId
from aicop.interop.common.identifiers import BASE, day, iri, key_from_iri, moment, tokens, uuid
from tests.interop.generated import ids
from tests.strategies import edition_ids

IRIS = [
    ("uk-ai-cop:5.4.1", "urn:aicop:uk-ai-cop@2025-01:5.4.1"),
    ("etsi-en-304-223:5.2.1-4.1", "urn:aicop:etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("uk-ai-cop:P5", "urn:aicop:uk-ai-cop@2025-01:P5"),
    ("uk-ai-cop:2.3#1", "urn:aicop:uk-ai-cop@2025-01:2.3%231"),
    ("nist-ai-rmf:GOVERN 1.1", "urn:aicop:nist-ai-rmf@1.0:GOVERN%201.1"),
]


@pytest.mark.parametrize(("key", "expected"), IRIS)
def test_an_iri_is_the_key_in_aicops_namespace(key: str, expected: str) -> None:
    """Reserved characters are percent-encoded, so that nothing becomes a fragment."""
    assert iri(parse(key)) == expected
    assert key_from_iri(expected) == str(parse(key))


@given(edition_ids, st.text(min_size=1))
def test_an_iri_and_its_key_are_inverses(edition: EditionId, text: str) -> None:
    """Any key is restored from its IRI, which is ASCII without reserved characters."""
    written = iri(f"{edition}:{text}")
    assert written.isascii()
    assert not set(written) & set('# <>"{}|\\^`\n')
    assert key_from_iri(written) == f"{edition}:{text}"


def test_a_foreign_iri_is_not_a_key() -> None:
    """Only IRIs in aicop's namespace are keys."""
    assert key_from_iri("https://example.org/uk-ai-cop") is None


def test_a_uuid_is_of_version_5_and_in_the_namespace() -> None:
    """UUIDs are as computed from the definition in RFC 9562 alone."""
    ours = uuid5(NAMESPACE_URL, BASE)
    assert uuid("catalog", "uk-ai-cop@2025-01") == str(uuid5(ours, "catalog\nuk-ai-cop@2025-01"))
    assert UUID(uuid("a")).version == 5
    assert uuid("a", "b") != uuid("ab")


@pytest.mark.parametrize(
    ("date", "first"), [("2025-01-31", "2025-01-31"), ("2024-07", "2024-07-01"), ("2019", "2019-01-01")]
)
def test_a_date_becomes_its_first_moment(date: str, first: str) -> None:
    """A day, month or year becomes its first moment in UTC."""
    assert day(date) == first
    assert moment(date) == f"{first}T00:00:00Z"


EDITION = EditionId("own", "1")


@pytest.mark.parametrize(
    ("id_", "token"),
    [
        ("AC-1", "AC-1"),
        ("5.1", "own-5.1"),
        ("GOVERN 1.1", "own-GOVERN-1.1"),
        ("(", "own-item"),
        ("LLM01:2025", "own-LLM01-2025"),
    ],
)
def test_a_token_is_the_id_if_possible(id_: str, token: str) -> None:
    """Otherwise it is the prefix and the id, with hyphens for characters that a token cannot have."""
    key = ControlId(EDITION, id_)
    assert tokens([key], "own") == {key: token}


@given(st.lists(ids, unique=True))
def test_tokens_are_unique(names: list[str]) -> None:
    """Tokens begin with a letter and contain letters, digits, dots, hyphens and underscores only."""
    found = tokens([ControlId(EDITION, name) for name in names], "own")
    assert len(set(found.values())) == len(names)
    for token in found.values():
        assert token[0].isalpha()
        assert token.isascii()
        assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()


def test_equal_tokens_are_numbered() -> None:
    """Tokens that would be equal are numbered in the order of the keys."""
    keys = [ControlId(EDITION, name) for name in ("A 1", "A/1", "own-A-1", "A-1")]
    assert list(tokens(keys, "own").values()) == ["own-A-1", "own-A-1-2", "own-own-A-1-2", "A-1"]


def test_many_ids_in_another_script_have_tokens_of_their_own() -> None:
    """Numbering twenty thousand equal tokens is fast, because each continues from the last number."""
    edition = EditionId("own", "1")
    keys = [ControlId(edition, chr(0x4E00 + number)) for number in range(20_000)]
    assert len(set(tokens(keys, "x").values())) == 20_000
