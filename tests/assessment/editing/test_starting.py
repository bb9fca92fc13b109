"""New assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aicop import Library
from aicop.assessment import link, load, load_all, record, start
from aicop.errors import FileAlreadyExists, InvalidDocument, LibraryWithoutFolder, UnknownEdition, UnknownSystem
from aicop.model import Evidence
from aicop.vocabulary import Role
from tests.assessment.examples import assessment
from tests.assessment.files.test_reader import TOML, library

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_assessment_has_its_facts_and_empty_tables(tmp_path: Path) -> None:
    """The folder is written as a whole, and reads back as what is returned."""
    about = library(tmp_path, cloud={})
    found = start(
        about,
        "chat-assistant",
        roles=["system operator", Role.DEVELOPER, "developers"],
        owner='Ann "the" Owner',
        unit="Größe \\ Co",
        inherits=["cloud"],
    )
    assert found == load(Library.open(tmp_path), "chat-assistant")
    assert found.system.roles == (Role.DEVELOPER, Role.SYSTEM_OPERATOR)
    assert (found.system.title, found.system.owner, found.system.unit) == (
        "Chat assistant",
        'Ann "the" Owner',
        "Größe \\ Co",
    )
    assert ([one.system.name for one in found.bases], found.verdicts, found.system.facts) == (["cloud"], (), ())
    assert sorted(path.name for path in (tmp_path / "assessments" / "chat-assistant").iterdir()) == [
        "assessment.toml",
        "evidence.csv",
        "verdicts.csv",
    ]


def test_roles_follow_from_facts(tmp_path: Path) -> None:
    """Facts are kept in the order of the vocabulary; roles that are named win over those that follow."""
    about = library(tmp_path)
    facts = ["deploys-for-others", "adapts without training"]
    found = start(about, "chat", facts=facts, title="T", edition="etsi-en-304-223")
    assert found.system.roles == (Role.DEVELOPER, Role.SYSTEM_OPERATOR)
    assert found.system.facts == ("adapts-without-training", "deploys-for-others")
    assert (str(found.catalogue.id), found.system.title) == ("etsi-en-304-223@2.1.1", "T")
    other = start(about, "other", facts=facts, roles=["Data Custodian"])
    assert (other.system.roles, other.system.facts) == ((Role.DATA_CUSTODIAN,), found.system.facts)


BAD: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"system": "Chat"}, InvalidDocument, "system: 'Chat' is not valid in this field; expected lower case"),
    ({"system": "../chat"}, InvalidDocument, "lower case"),
    ({"title": "two\nlines"}, InvalidDocument, "title"),
    ({"roles": ()}, InvalidDocument, "roles: no roles are named; name those"),
    ({"roles": (), "facts": ["sells-only"]}, InvalidDocument, "no role follows from the facts sells-only"),
    ({"roles": ["janitor"]}, ValueError, "'janitor' is not a role"),
    ({"facts": ["flies"]}, ValueError, "'flies' is not a fact"),
    ({"edition": "uk-ai-cop@1999"}, UnknownEdition, "1999"),
    ({"inherits": ["cluod"]}, UnknownSystem, "did you mean cloud"),
    ({"inherits": ["cloud"], "edition": "etsi-en-304-223"}, InvalidDocument, "cloud is assessed against uk-ai-cop"),
    ({"system": "cloud"}, FileAlreadyExists, "already exists"),
]


@pytest.mark.parametrize(("facts", "error", "message"), BAD, ids=[item[2] for item in BAD])
def test_what_cannot_be_is_refused(tmp_path: Path, facts: dict[str, Any], error: type[Exception], message: str) -> None:
    """Nothing is written, and nothing overwritten."""
    about = library(tmp_path, cloud={"assessment.toml": TOML.format(name="cloud")})
    before = sorted(tmp_path.rglob("*"))
    given = {"system": "chat", "roles": ["Developer"]} | facts
    with pytest.raises(error) as caught:
        start(about, given.pop("system"), **given)
    assert message in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_library_without_a_folder_has_no_assessments() -> None:
    """What ships has no folder to write to."""
    with pytest.raises(LibraryWithoutFolder):
        start(Library(), "chat", roles=["Developer"])


def test_one_text_is_a_list_of_one(tmp_path: Path) -> None:
    """One role, one fact and one system to inherit from need no list."""
    about = library(tmp_path, cloud={})
    found = start(about, "chat", roles="developer", facts="deploys-for-others", inherits="cloud")
    assert (found.system.roles, found.system.facts) == ((Role.DEVELOPER,), ("deploys-for-others",))
    assert found.system.inherits == ("cloud",)
    assert load_all(about, "cloud") == load_all(about, ["cloud"])


def test_an_argument_may_be_a_single_text(tmp_path: Path) -> None:
    """As everywhere, one word stands for one value."""
    about = assessment()
    [row] = record(about, "5.1", "pass", "2026-06-30", evidence="EV-1").verdicts
    assert row.evidence == ("EV-1",)
    linked = link(about, Library(), Evidence(id="EV-3", title="T"), "5.2")
    assert [one.key.local for one in linked.verdicts] == ["5.2#1"]
    base = library(tmp_path, cloud={})
    assert [one.system.name for one in load_all(base, "cloud")] == ["cloud"]
    assert start(base, "chat", roles="developer", inherits="cloud").system.inherits == ("cloud",)
    assert start(base, "other", facts="builds-model").system.roles == (Role.DEVELOPER,)
