"""IRIs, UUIDs, moments and tokens that never change."""

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
def test_an_iri_is_the_key_in_the_namespace_of_this_library(key: str, expected: str) -> None:
    """What an IRI may not hold is percent-encoded, so that nothing becomes a fragment."""
    assert iri(parse(key)) == expected
    assert key_from_iri(expected) == str(parse(key))


@given(edition_ids, st.text(min_size=1))
def test_an_iri_gives_its_key_back(edition: EditionId, text: str) -> None:
    """Whatever the key holds."""
    written = iri(f"{edition}:{text}")
    assert written.isascii()
    assert not set(written) & set('# <>"{}|\\^`\n')
    assert key_from_iri(written) == f"{edition}:{text}"


def test_an_iri_of_somebody_else_is_no_key() -> None:
    """Only the namespace of this library is read."""
    assert key_from_iri("https://example.org/uk-ai-cop") is None


def test_a_uuid_is_of_version_5_and_in_the_namespace() -> None:
    """Computed here by the definition of RFC 9562 alone."""
    ours = uuid5(NAMESPACE_URL, BASE)
    assert uuid("catalog", "uk-ai-cop@2025-01") == str(uuid5(ours, "catalog\nuk-ai-cop@2025-01"))
    assert UUID(uuid("a")).version == 5
    assert uuid("a", "b") != uuid("ab")


@pytest.mark.parametrize(
    ("date", "first"), [("2025-01-31", "2025-01-31"), ("2024-07", "2024-07-01"), ("2019", "2019-01-01")]
)
def test_a_date_is_the_moment_at_which_it_begins(date: str, first: str) -> None:
    """In UTC, whatever the time zone of the machine."""
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
def test_a_token_is_the_id_where_it_can_be(id_: str, token: str) -> None:
    """Else the prefix and hyphens for what a token cannot hold."""
    key = ControlId(EDITION, id_)
    assert tokens([key], "own") == {key: token}


@given(st.lists(ids, unique=True))
def test_no_two_tokens_are_alike(names: list[str]) -> None:
    """And each begins with a letter and holds letters, digits, dots, hyphens and underscores alone."""
    found = tokens([ControlId(EDITION, name) for name in names], "own")
    assert len(set(found.values())) == len(names)
    for token in found.values():
        assert token[0].isalpha()
        assert token.isascii()
        assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()


def test_tokens_that_would_be_alike_are_numbered() -> None:
    """In the order of the keys."""
    keys = [ControlId(EDITION, name) for name in ("A 1", "A/1", "own-A-1", "A-1")]
    assert list(tokens(keys, "own").values()) == ["own-A-1", "own-A-1-2", "own-own-A-1-2", "A-1"]


def test_many_ids_in_another_script_have_tokens_of_their_own() -> None:
    """All of them would be alike; each is numbered after the last, not after the first."""
    edition = EditionId("own", "1")
    keys = [ControlId(edition, chr(0x4E00 + number)) for number in range(20_000)]
    assert len(set(tokens(keys, "x").values())) == 20_000
