"""Resolving the ids in a file of mappings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import catalogue, editions
from aicop.errors import UnknownEdition, UnknownKey
from aicop.frameworks import available, from_catalogue
from aicop.frameworks import load as load_framework
from aicop.frameworks import loads as own_framework
from aicop.mappings import loads
from aicop.mappings.resolve import IdResolver
from tests.examples import A, B, mini_edition
from tests.mappings.examples import FILE, OWN, as_faults, faults, same, table

if TYPE_CHECKING:
    from aicop.frameworks import Framework


@pytest.mark.parametrize(
    ("written", "homes"),
    [
        (("X-1", "X-1"), {"source_edition": "a", "target_edition": "b"}),
        (("X-1", "X-1"), {"source_edition": "a@1", "target_edition": "b@1"}),
        (("x 01", "b:X-1"), {"source_edition": "a"}),
        (("a:x-01", "b@1:X-1"), {}),
        (("a@1:X-1", "b:X-1"), {"source_edition": "a", "target_edition": "b"}),
    ],
)
def test_own_ids_are_resolved_in_any_spelling(written: tuple[str, str], homes: dict[str, Any]) -> None:
    """An own id may be bare if its side has an edition, and spelling is free."""
    content = table(dict(zip(("source", "target"), written, strict=True)))
    assert loads(content, FILE, frameworks=OWN, **homes) == (same(),)


@pytest.mark.parametrize(
    ("written", "homes"),
    [
        (("uk-ai-cop@2025-01:5.1", "nist-csf@2.0:PR.AA-05"), {}),
        (("uk-ai-cop:5.1", "CSF PR.AA-05"), {}),
        (("5.1", "PR.AA-05"), {"source_edition": "uk-ai-cop", "target_edition": "nist-csf"}),
        (("5.1", "pr.aa-5"), {"source_edition": "uk-ai-cop@2025-01", "target_edition": "nist-csf@2.0"}),
    ],
)
def test_shipped_ids_are_resolved_in_any_spelling(written: tuple[str, str], homes: dict[str, Any]) -> None:
    """A shipped id may have any form that `aicop.parse` accepts."""
    content = table(dict(zip(("source", "target"), written, strict=True)))
    ends = load_framework("uk-ai-cop").key("5.1"), load_framework("nist-csf").key("PR.AA-05")
    expected = same(source=ends[0], target=ends[1])
    assert loads(content, FILE, **homes) == (expected,)


@pytest.mark.parametrize("edition", [*map(str, editions()), *(str(item.id) for item in available())])
def test_every_shipped_element_may_be_mapped(edition: str) -> None:
    """Every written id resolves to itself, including phases, statements and roles."""
    content = table(
        *({"source": str(key), "relationship": "nothing-found", "target": ""} for key in load_framework(edition))
    )
    assert [item.source for item in loads(content, FILE, target_edition="nist-csf")] == list(load_framework(edition))


def test_an_id_alone_must_be_of_one_framework() -> None:
    """A bare id is the user's own if no other framework has it, be it another of the user or one that ships."""
    own = own_framework(
        "id,kind\nAC-1,control\nAC-01-X,control\n", "x.csv", framework="ours", edition="1", title="Ours"
    )
    assert loads(table({"target": "ac-1-x"}), FILE, frameworks=[A, own]) == (same(target=own.key("AC-01-X")),)
    content = table({"target": "AC-1"})
    found = faults(content, frameworks=[A, own])
    assert "ours@1:AC-1, nist-sp-800-53@5.2.0:AC-1" in found[0].problem
    assert loads(content, FILE, frameworks=[A, own], target_edition="ours") == (same(target=own.key("AC-1")),)
    assert str(loads(content, FILE, frameworks=[A])[0].target) == "nist-sp-800-53@5.2.0:AC-1"


def test_two_editions_of_one_framework_stay_apart() -> None:
    """A key with an edition is looked up in that edition, whether it ships or is the user's own."""
    newer = own_framework("id,kind\nZ,control\n", "a2.csv", framework="a", edition="2", title="Newer")
    content = table({"source": "a@1:X-1", "target": "a@2:Z"})
    assert loads(content, FILE, frameworks=[A, newer]) == (same(target=newer.key("Z")),)
    ours = own_framework("id,kind\nZ,control\n", "csf.csv", framework="nist-csf", edition="9", title="Ours")
    shipped = load_framework("nist-csf").key("PR.AA-05")
    content = table({"source": "nist-csf@9:Z", "target": str(shipped)})
    assert loads(content, FILE, frameworks=[ours]) == (same(source=ours.key("Z"), target=shipped),)


def test_an_own_edition_is_looked_up_like_a_framework() -> None:
    """Ids of a user's edition resolve with or without the document, and unknown ones are faults."""
    own = catalogue.loads(json.dumps(mini_edition()), "mini.json")
    frameworks = (from_catalogue(own), B)
    read = loads(table({"source": "1.1"}), FILE, frameworks=frameworks, source_edition="mini-code")
    assert read == loads(table({"source": "mini-code:1.1"}), FILE, frameworks=frameworks)
    assert read == (same(source=own["1.1"].id),)
    with pytest.raises(UnknownKey) as caught:
        own["mini-code:9.9"]
    found = faults(table({"source": "mini-code:9.9"}), frameworks=frameworks)
    assert found == as_faults([("line 2, column 'source'", f"'mini-code:9.9': {caught.value.advice}")])


def test_an_unknown_edition_is_refused() -> None:
    """An unknown edition for a side raises UnknownEdition."""
    with pytest.raises(UnknownEdition) as caught:
        loads(table({"source": "X-1"}), FILE, frameworks=OWN, source_edition="z")
    assert caught.value.text == "z"


def test_an_id_may_name_an_own_framework_other_than_its_sides() -> None:
    """The key of an own framework in an id wins over the edition of the side."""
    (found,) = loads(table({}), FILE, frameworks=OWN, source_edition="uk-ai-cop")
    assert str(found.source) == "a@1:X-1"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("EN 304 223 5.1.1-1", "etsi-en-304-223@2.1.1:5.1.1-1"),
        ("ISO/IEC 42001 A.4.2", "iso-iec-42001@2023:A.4.2"),
        ("UK-AI-COP:5.1", "uk-ai-cop@2025-01:5.1"),
        ("own@1:X-1", "own@1:X-1"),
        ("own@2:X-1", "own@2:X-1"),
    ],
)
def test_a_framework_named_in_an_id_takes_precedence(written: str, key: str) -> None:
    """A framework named in an id in any form wins over the edition of the side."""
    ends = IdResolver(_two_editions(), "nist-csf", None)
    assert str(ends.find("source", written)) == key


def _two_editions() -> tuple[Framework, ...]:
    return tuple(
        own_framework("id,kind\nX-1,control\n", "o.csv", framework="own", edition=edition, title="O")
        for edition in ("1", "2")
    )


def test_of_two_own_editions_one_must_be_named() -> None:
    """The side or the id decides between two own editions; without either, the id is ambiguous."""
    for home in ("own@1", "own@2"):
        assert str(IdResolver(_two_editions(), home, None).find("source", "own:X-1")) == f"{home}:X-1"
        assert str(IdResolver(_two_editions(), home, None).find("source", "x 1")) == f"{home}:X-1"
    for home_ in (None, "nist-csf"):
        with pytest.raises(UnknownKey) as caught:
            IdResolver(_two_editions(), home_, None).find("source", "own:X-1")
        assert caught.value.nearest == ("own@1", "own@2")
    with pytest.raises(UnknownKey):
        IdResolver(_two_editions(), None, None).find("source", "X-1")


@pytest.mark.parametrize("key", ["uk-ai-cop", "nist-csf"])
def test_a_shipped_key_is_not_taken_for_an_own_edition(key: str) -> None:
    """An own edition of a shipped framework must be named with its edition."""
    own = own_framework("id,kind\nX-1,control\n", "o.csv", framework=key, edition="mine", title="O")
    ends = IdResolver((own,), "iso-iec-42001", None)
    assert str(ends.find("source", f"{key}@mine:X-1")) == f"{key}@mine:X-1"
    with pytest.raises(UnknownKey):
        ends.find("source", f"{key}:X-1")


@pytest.mark.parametrize("home", ["own", "own@1", None])
@pytest.mark.parametrize("written", ["Policy 7", "urn:acme:7", "own:Policy 7", "own@1:urn:acme:7"])
def test_an_alias_is_resolved(home: str | None, written: str) -> None:
    """An alias of the user's own framework is found with and without a home, and with the framework in front."""
    content = "id,kind,aliases\nX-1,control,Policy 7|urn:acme:7\n"
    own = own_framework(content, "own.csv", framework="own", edition="1", title="Own")
    assert str(IdResolver((own, A), home, None).find("source", written)) == "own@1:X-1"


def test_an_alias_in_two_frameworks_is_not_guessed() -> None:
    """Without a home, an alias that two frameworks have names nothing."""
    content = "id,kind,aliases\nX-1,control,Policy 7\n"
    both = [own_framework(content, "own.csv", framework=key, edition="1", title="Own") for key in ("own", "other")]
    with pytest.raises(UnknownKey):
        IdResolver(both, None, None).find("source", "Policy 7")
    assert str(IdResolver(both, "other", None).find("source", "Policy 7")) == "other@1:X-1"


@pytest.mark.parametrize(
    ("target", "home", "problem"),
    [
        (
            "PR-2",
            "iso-iec-27001",
            "'PR-2': iso-iec-27001@2022 has no 'PR-2'.",
        ),
        (
            "A.5.99",
            "iso-iec-27001",
            "'A.5.99': iso-iec-27001@2022 has no 'A.5.99'. Nearest: iso-iec-27001@2022:A.5.9, "
            "iso-iec-27001@2022:A.5.29, iso-iec-27001@2022:A.5.19.",
        ),
        (
            "SI-2",
            "nist-ai-600-1",
            "'SI-2': nist-ai-600-1@2024-07 has no 'SI-2'. If you mean nist-sp-800-53@5.2.0:SI-2, write the framework "
            "before the id. Nearest: nist-sp-800-53@5.2.0:SI-2.",
        ),
        (
            "A.5.2",
            "bsi-aic4",
            "'A.5.2': bsi-aic4@2021 has no 'A.5.2'; it exists in several frameworks; write the framework first, as in "
            "iso-iec-42001@2023:A.5.2. Nearest: iso-iec-42001@2023:A.5.2, iso-iec-27001@2022:A.5.2.",
        ),
    ],
)
def test_suggestions_come_from_the_declared_framework_first(target: str, home: str, problem: str) -> None:
    """Ids of other frameworks follow, if they are just what was written."""
    content = table({"source": "uk-ai-cop:5.1", "target": target})
    assert faults(content, target_edition=home) == as_faults([("line 2, column 'target'", problem)])


def test_an_id_with_the_label_of_its_edition_is_another_id() -> None:
    """A mapping to A-1 in edition 1 is not one to A, and the error names the nearest id."""
    cases = Path(__file__).parent.parent / "cases" / "check"
    framework = own_framework((cases / "suffix-framework.json").read_bytes(), "suffix-framework.json")
    content = (cases / "suffix-mappings.csv").read_bytes()
    problem = "'own:A-1': own@1 has no 'A-1'. Nearest: own@1:A-2."
    assert faults(content, frameworks=[framework]) == as_faults([("line 2, column 'object_id'", problem)])
