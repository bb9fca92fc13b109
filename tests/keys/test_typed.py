"""Ids of a wanted kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aicop.errors import InvalidId, KeyMistake, UnknownEdition, UnknownKey
from aicop.frameworks import loads
from aicop.ids import ControlId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.typed import read_edition, read_id
from aicop.library import Library
from tests.strategies import phase_ids, principle_ids, provision_ids

KEYS = (ProvisionId, StatementId, PrincipleId, PhaseId, ControlId)
ACME = loads("id,kind\nAC-1,control\nAC-2,control\n", "acme.csv", framework="acme", edition="2026", title="Acme")
SHIPPED = {item.document for item in (*Library().editions(), *(item.id for item in Library().frameworks()))}
OWN = Library().with_framework(ACME)


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("UK Code 5.4.1", (ProvisionId,), "uk-ai-cop@2025-01:5.4.1"),
        ("uk-ai-cop@2025-01:2.3#1", (StatementId, ProvisionId), "uk-ai-cop@2025-01:2.3#1"),
        ("EN 304 223 Principle 5", (PrincipleId,), "etsi-en-304-223@2.1.1:P5"),
        ("nist-csf:pr.ds-01", KEYS, "nist-csf@2.0:PR.DS-01"),
        # Of what does not ship, only the form is known; it says nothing else of the kind than what was asked for.
        ("acme@2026:5.1", (ProvisionId,), "acme@2026:5.1"),
        ("acme@2026:P5", (PrincipleId,), "acme@2026:P5"),
        ("acme@2026:5.1#2", (ProvisionId, StatementId), "acme@2026:5.1#2"),
        ("acme@2026:secure-design", (PhaseId,), "acme@2026:secure-design"),
        ("acme@2026:AC-1|acme@2026:AC-2", (*KEYS, JointId), "acme@2026:AC-1|acme@2026:AC-2"),
        ("UK Code 5.1 | 6.3", (*KEYS, JointId), "uk-ai-cop@2025-01:5.1|uk-ai-cop@2025-01:6.3"),
    ],
)
def test_an_id_is_read_from_any_spelling(text: str, kinds: tuple[type[Any], ...], found: str) -> None:
    """In the spellings of `aicop.parse` if it ships, and in its canonical form if it does not."""
    read = read_id(text, kinds)
    assert str(read) == found
    assert isinstance(read, kinds)


@pytest.mark.parametrize(
    ("text", "kinds", "mistake"),
    [
        ("uk-ai-cop:P5", (ProvisionId,), KeyMistake.OTHER_KIND),
        ("uk-ai-cop:5.1", (StatementId, PhaseId), KeyMistake.OTHER_KIND),
        ("uk-ai-cop@2025-01:5.9", (ProvisionId,), KeyMistake.NO_SUCH_NUMBER),
        # An edition that does not ship of a document that does is more likely a slip than one of the user's own.
        ("uk-ai-cop@2025-1:5.1", (ProvisionId,), KeyMistake.UNKNOWN_EDITION),
        ("acme@2026:P5", (ProvisionId,), KeyMistake.UNKNOWN_DOCUMENT),
        ("5.1", (ProvisionId,), KeyMistake.AMBIGUOUS),
    ],
)
def test_a_wrong_id_is_refused(text: str, kinds: tuple[type[Any], ...], mistake: KeyMistake) -> None:
    """If it does not exist, or is of another kind."""
    with pytest.raises(UnknownKey) as caught:
        read_id(text, kinds)
    assert caught.value.mistake is mistake


def test_another_kind_is_named() -> None:
    """The message says what the key is, and what is expected."""
    with pytest.raises(UnknownKey) as caught:
        read_id("uk-ai-cop:P5", (ProvisionId, StatementId))
    assert caught.value.advice == "uk-ai-cop@2025-01:P5 is a principle, where a provision or a statement is expected."


def test_members_of_a_joint_id_are_of_one_edition() -> None:
    """Other joint ids are no ids."""
    with pytest.raises(InvalidId):
        read_id("uk-ai-cop:5.1|nist-csf:PR.DS-01", (*KEYS, JointId))


def test_only_what_is_joint_is_split() -> None:
    """An id alone is no joint id, and one that contains the sign is not split if no joint id is wanted."""
    assert read_id("UK Code 5.1", (*KEYS, JointId)) == ProvisionId.parse("uk-ai-cop@2025-01:5.1")
    own = loads("id,kind\nAC|1,control\n", "own.csv", framework="own", edition="1", title="Own")
    assert read_id("own:ac|1", KEYS, Library().with_framework(own)) == own.key("AC|1")


def test_a_library_knows_what_is_its_own() -> None:
    """With a library, an id of a framework of its own must exist too."""
    assert read_id("acme:ac-1", KEYS, OWN) == ACME.key("AC-1")
    assert read_edition("acme", OWN) == ACME.id
    with pytest.raises(UnknownKey):
        read_id("acme@2026:AC-9", KEYS, OWN)
    with pytest.raises(UnknownEdition):
        read_edition("other@1", OWN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("uk-ai-cop", "uk-ai-cop@2025-01"),
        ("etsi-en-304-223@2.1.1", "etsi-en-304-223@2.1.1"),
        ("NIST CSF", "nist-csf@2.0"),
        ("eu-ai-act@2026-07", "eu-ai-act@2026-07"),
        ("acme@2026", "acme@2026"),
    ],
)
def test_an_edition_is_read_by_id_or_name(text: str, found: str) -> None:
    """An edition of a document or framework; of one that does not ship, only the form is known."""
    assert str(read_edition(text)) == found


@pytest.mark.parametrize("text", ["uk-ai-cop@2030", "nist-csf@9", "acme", ""])
def test_a_wrong_edition_is_refused(text: str) -> None:
    """If it does not exist, or is no id."""
    with pytest.raises(UnknownEdition):
        read_edition(text)


@given(st.one_of(provision_ids, principle_ids, phase_ids))
def test_a_canonical_form_reads_as_itself(item: ProvisionId | PrincipleId | PhaseId) -> None:
    """For each class: the id of any document that does not ship is read from its text, and so is its edition."""
    assume(item.edition.document not in SHIPPED)
    assert read_id(str(item), (type(item),)) == item
    assert read_edition(str(item.edition)) == item.edition
