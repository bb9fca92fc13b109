"""Look-up in a framework."""

from __future__ import annotations

import pytest

from aicop import UnknownKey, frameworks, load
from aicop.errors import KeyMistake
from aicop.frameworks import digest, from_catalogue, loads
from aicop.ids import ControlId
from tests.examples import small_framework
from tests.frameworks.test_reader import CONTROLS, FACTS, OWN, TSV


def test_small_frameworks_have_their_elements() -> None:
    """The small framework for tests has two families of two controls, and a risk."""
    assert repr(small_framework("z")) == "<Framework z@1: 2 family, 4 control, 1 risk>"


def test_an_own_framework_is_looked_up_like_a_shipped_one() -> None:
    """Elements are found by id, written key or bare id, in any spelling."""
    own = loads(TSV, "own.tsv", **FACTS)
    key = ControlId(OWN, "AC-1")
    for written in (key, "own@2026:AC-1", "own:AC-1", "AC-1", "ac 01"):
        assert own[written].id == key
    assert own.get("AC-9") is None
    assert own.children("AC") == CONTROLS[1:]
    assert own.whole_of(key) == ControlId(OWN, "AC")
    with pytest.raises(UnknownKey) as caught:
        own["AC-9"]
    assert caught.value.nearest[0] == "own@2026:AC-1"


def test_an_id_is_in_a_framework_only_as_it_is() -> None:
    """Text may have any spelling, or be an alias; an id in another spelling is not in the framework."""
    own = loads("id,kind,aliases\nAC-1,control,urn:one\n", "own.csv", **FACTS)
    assert ControlId(OWN, "AC-1") in own
    texts: list[object] = ["AC-1", "ac 01", "own@2026:AC-1", "urn:one"]
    assert all(text in own for text in texts)
    others: list[object] = [ControlId(OWN, "ac-1"), ControlId(OWN, "urn:one"), "AC-2", 5, None]
    assert not any(key in own for key in others)


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        ("nist-sp-800-53@5.2.0:AC-2", "nist-sp-800-53@5.2.0:AC"),
        ("nist-sp-800-53@5.2.0:AC-2(1)", "nist-sp-800-53@5.2.0:AC"),
        ("nist-sp-800-53@5.2.0:AC", None),
        ("nist-ai-600-1@2024-07:GV-1.1-001", None),
        ("eu-ai-act@2024:Art.9(2)(a)", "eu-ai-act@2024:Art.9(2)"),
        ("iso-iec-42001@2023:6.1.2", "iso-iec-42001@2023:6.1"),
        ("uk-ai-cop@2025-01:1.1#2", "uk-ai-cop@2025-01:1.1"),
        ("uk-ai-cop@2025-01:1.1", "uk-ai-cop@2025-01:P1"),
        ("uk-ai-cop@2025-01:1.1.1", "uk-ai-cop@2025-01:P1"),
        ("uk-ai-cop@2025-01:P1", None),
        ("mitre-atlas@2026.07:AML.T0000.000", None),
        ("owasp-ai-exchange@2026-08-22:governancecontrols", None),
    ],
)
def test_the_whole_is_what_contains_the_part(key: str, whole: str | None) -> None:
    """Enhancements and sub-provisions add to their parent and are not part of it."""
    framework = frameworks.load(key.partition(":")[0])
    found = framework.whole_of(framework.key(key))
    assert (None if found is None else str(found)) == whole


def test_a_key_of_another_framework_is_reported() -> None:
    """The error says that the key belongs to another framework or edition."""
    for framework, key in (("nist-csf", "uk-ai-cop:5.1"), ("uk-ai-cop", "EN 5.1.1-1"), ("nist-csf", "nist-ssdf:PO.1")):
        with pytest.raises(UnknownKey) as caught:
            frameworks.load(framework)[key]
        assert caught.value.mistake is KeyMistake.OTHER_EDITION
    own = from_catalogue(load("uk-ai-cop"))
    with pytest.raises(UnknownKey) as caught:
        own["2.3#7"]
    assert caught.value.mistake is KeyMistake.INVENTED_LEVEL


def test_a_framework_knows_the_digests_of_its_elements() -> None:
    """The digest of each element is the same whether it is asked for once or again, and an unknown key raises."""
    own, other = loads(TSV, "own.tsv", **FACTS), small_framework("z")
    for _ in range(2):
        assert [own.digest_of(key) for key in own] == [digest(item) for item in own.controls]
    with pytest.raises(UnknownKey):
        own.digest_of(next(iter(other)))


def test_a_digest_depends_on_the_text_only() -> None:
    """A digest changes with an element's text and not with its id."""
    own = loads(TSV, "own.tsv", **FACTS)
    moved = loads(TSV.replace("AC", "CA"), "own.tsv", **FACTS)
    changed = loads(TSV.replace("Access", "Access control"), "own.tsv", **FACTS)
    assert digest(own["AC"]) == digest(moved["CA"]) != digest(changed["AC"])
    # Computed with sha256sum from the title and a line break, and from the bare id.
    assert (digest(own["AC"]), digest(own["AC-1"])) == ("1a8b9d6d5c06ed77", "5ccf43d6d2b2be5c")


def test_a_note_on_a_later_change_says_nothing_else() -> None:
    """An element with a note is still a key, its digest is the same, and the framework lists it."""
    before = loads(TSV, "own.tsv", **FACTS)
    head, *rows = TSV.splitlines()
    noted = "".join(
        f"{line}\n" for line in (f"{head}\tamended", *(f"{row}\t" for row in rows[:-1]), f"{rows[-1]}\tDeleted.")
    )
    own = loads(noted, "own.tsv", **FACTS)
    assert [*own] == [*before]
    assert before.amended == ()
    [item] = own.amended
    assert (item, item.amended, item.withdrawn) == (own.controls[-1], "Deleted.", False)
    assert [digest(one) for one in own.controls] == [digest(one) for one in before.controls]
