"""Look-up and selection in an edition."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from aicop import Catalogue, Modality, PhaseId, PrincipleId, ProvisionId, Role, UnknownKey, load
from aicop.catalogue import loads as load_text
from aicop.errors import KeyMistake, UnknownTerm
from aicop.ids import StatementId
from aicop.vocabulary import MeasureKind
from tests.examples import derived_edition, mini_edition
from tests.programs import _run

if TYPE_CHECKING:
    from pathlib import Path


def test_looks_up_by_every_form_of_a_key(code: Catalogue) -> None:
    """An id, a number, a written key and other usual forms find the same record."""
    wanted = code[ProvisionId.parse("uk-ai-cop@2025-01:5.4.1")]
    for key in (
        "5.4.1",
        "uk-ai-cop@2025-01:5.4.1",
        "uk-ai-cop:5.4.1",
        "Provision 5.4.1",
        "5.4.1.",
        "UK 5.4.1",
        "[5.4.1]",
    ):
        assert code[key] is wanted


def test_is_a_mapping_in_printed_order(code: Catalogue) -> None:
    """Keys are ids in printed order, and `in` and `get` do not raise."""
    ids = list(code)
    assert ids == sorted(ids)
    assert [item.position for item in code.values()] == list(range(1, 73))
    written: object = "5.4.1"
    assert written in code
    missing: object = "5.4.9"
    assert missing not in code
    assert code.get("5.4.9", code["5.4"]) is code["5.4"]
    assert [key for key, _ in code.items()] == list(code.keys()) == ids
    assert code.keys() & {ids[0]} == {ids[0]}
    assert code.get("5.4.9") is None
    assert len(code) == len(ids) == 72


@pytest.mark.parametrize(
    ("key", "mistake"),
    [
        ("5.4.9", KeyMistake.INVENTED_LEVEL),
        ("P5", KeyMistake.OTHER_KIND),
        ("5.4.1\n", KeyMistake.UNREADABLE),
        ("LLM01:2025", KeyMistake.OTHER_FRAMEWORK),
        ("etsi-en-304-223@2.1.1:5.2.1-4", KeyMistake.OTHER_EDITION),
        (ProvisionId.parse("etsi-en-304-223@2.1.1:5.2.1-4"), KeyMistake.OTHER_EDITION),
        (ProvisionId.parse("uk-ai-cop@2025-01:5.4.9"), KeyMistake.INVENTED_LEVEL),
        ("uk-ai-cop@2024-05:5.4", KeyMistake.WITHDRAWN_EDITION),
        ("etsi-en-304-223:5.2.1-4", KeyMistake.OTHER_EDITION),
        ("EN 304 223 5.2.1-4", KeyMistake.OTHER_EDITION),
    ],
    ids=str,
)
def test_unknown_keys_raise(code: Catalogue, key: str, mistake: KeyMistake) -> None:
    """Unknown keys raise UnknownKey with the likely mistake and the full text, also for parents and children."""
    with pytest.raises(UnknownKey) as caught:
        code[key]
    assert caught.value.mistake is mistake
    assert caught.value.text == str(key)
    with pytest.raises(UnknownKey):
        code.children(key)
    with pytest.raises(UnknownKey):
        code.parent(key)


def test_a_key_must_be_text_or_an_id(code: Catalogue) -> None:
    """An integer is no key, neither of a principle nor of a provision."""
    with pytest.raises(UnknownKey, match="a key must be text or an id, not int"):
        code[5]  # type: ignore[index]


def test_principles_and_phases_are_found(code: Catalogue) -> None:
    """Principles and phases are found by id, number, name or written key."""
    fifth = code.principles[4]
    for key in (5, "5", "P5", "Principle 5", "uk-ai-cop:P5", fifth.id):
        assert code.principle(key) is fifth
    for name in ("secure-development", "Secure Development", "development", fifth.phase):
        assert code.phase(name).id == fifth.phase


@pytest.mark.parametrize(
    "key", [0, 14, "P14", "5.1", "secure-design", PrincipleId.parse("etsi-en-304-223@2.1.1:P5")], ids=str
)
def test_unknown_principles_raise(code: Catalogue, key: PrincipleId | int | str) -> None:
    """An unknown principle raises UnknownKey in any form."""
    with pytest.raises(UnknownKey):
        code.principle(key)


@pytest.mark.parametrize(
    "key", ["secure-sleep", "P5", "", PhaseId.parse("etsi-en-304-223@2.1.1:secure-design")], ids=str
)
def test_unknown_phases_raise(code: Catalogue, key: PhaseId | str) -> None:
    """An unknown phase raises UnknownKey in any form."""
    with pytest.raises(UnknownKey):
        code.phase(key)


def test_children_and_parents_are_converse(code: Catalogue) -> None:
    """Children are in printed order, and each has the provision as its parent."""
    assert [item.id.number for item in code.children("5.4")] == ["5.4.1", "5.4.2"]
    assert code.children("5.4.1") == ()
    assert code.parent("5.4") is None
    for item in code.values():
        for child in code.children(item.id):
            assert code.parent(child.id) is item


def test_stakeholders_are_found(code: Catalogue) -> None:
    """Roles are found as stakeholders, except Organisation, which has duties but is not one."""
    assert code.stakeholder("developers").role is Role.DEVELOPER
    with pytest.raises(UnknownTerm) as caught:
        code.stakeholder("Organisation")
    assert "Organisation" not in caught.value.known


def numbers(catalogue: Catalogue, **asked: Any) -> list[str]:  # noqa: ANN401 -- handed on
    """Return the numbers of the provisions that a selection finds."""
    return [match.provision.id.number for match in catalogue.select(**asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"role": "End-user"}, ["5.4"]),
        ({"role": Role.DATA_CUSTODIAN}, ["2.5", "5.1", "5.2", "5.4", "5.4.1"]),
        ({"role": "Organisation"}, ["1.1", "1.1.1", "1.2", "1.2.1", "1.2.2", "2.5.1"]),
        ({"role": "Affected Entity"}, []),
        ({"counterparty": "Affected Entity"}, ["10.3"]),
        ({"counterparty": "Data Custodian"}, ["2.1.1", "4.4", "8.1", "13.1", "13.2"]),
        ({"modality": "may"}, ["8.3"]),
        ({"modality": ["may", Modality.CAN]}, ["8.3"]),
        ({"phase": "secure-end-of-life"}, ["13.1", "13.2"]),
        ({"principle": 13}, ["13.1", "13.2"]),
        ({"principle": 12, "modality": "should"}, ["12.2", "12.3", "12.4"]),
        (
            {"role": "Developer", "counterparty": "System Operator", "phase": "secure-deployment"},
            ["10.1", "10.2"],
        ),
        ({"applies_to": "Data Custodian", "role": "Data Custodian"}, ["5.1", "5.2", "5.4", "5.4.1"]),
        ({"applies_to": "End-user"}, []),
        ({"phase": "secure-design", "principle": 13}, []),
    ],
    ids=str,
)
def test_filters_combine(code: Catalogue, asked: dict[str, Any], found: list[str]) -> None:
    """Filters find the numbers that were read from the text of the Code."""
    assert numbers(code, **asked) == found


def test_role_and_modality_must_match_one_statement(code: Catalogue) -> None:
    """3.2 has duties of two strengths for two parties, and each pair matches its own statement."""
    matched = {
        (role, modality): [
            statement.ordinal
            for match in code.select(role=role, modality=modality, principle=3)
            if match.provision.id.number == "3.2"
            for statement in match.statements
        ]
        for role in ("Developer", "System Operator")
        for modality in ("shall", "should")
    }
    assert matched == {
        ("Developer", "shall"): [1],
        ("Developer", "should"): [],
        ("System Operator", "shall"): [2],
        ("System Operator", "should"): [3],
    }


def test_a_selection_without_filters_finds_everything(code: Catalogue) -> None:
    """Without filters, all provisions match with all their statements."""
    found = code.select()
    assert tuple(match.provision for match in found) == tuple(code.values())
    assert all(match.statements == match.provision.statements for match in found)


def test_guidance_is_selected_by_threat_and_kind(code: Catalogue, standard: Catalogue) -> None:
    """Provisions are found by the threats and measures of their guidance, in the EN as in the Code."""
    assert "6.2" in numbers(code, threat="model-extraction")
    assert "6.2" in numbers(code, threat="Model extraction", measure=MeasureKind.INFRASTRUCTURE)
    assert "5.2.2-2" in numbers(standard, threat=code.threat("model-extraction"))
    assert numbers(code, threat="model-extraction", measure="disposal") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"role": "boss"},
        {"modality": "must"},
        {"threat": "rain"},
        {"measure": "prayer"},
        {"applies_to": ["Developer", "x"]},
    ],
    ids=str,
)
def test_unknown_words_in_filters_raise(code: Catalogue, asked: dict[str, Any]) -> None:
    """An unknown word is an error, not an empty selection."""
    with pytest.raises(UnknownTerm):
        code.select(**asked)


def test_unknown_phases_and_principles_in_filters_raise(code: Catalogue) -> None:
    """An unknown phase or principle is an error, not an empty selection."""
    for asked in ({"phase": "x"}, {"principle": 14}):
        with pytest.raises(UnknownKey):
            code.select(**asked)


def test_an_edition_without_guidance_has_no_threats(mini: Catalogue) -> None:
    """Without guidance, no threat is known and no provision matches a kind of measure."""
    assert mini.threats == ()
    assert numbers(mini, measure="disposal") == []
    with pytest.raises(UnknownTerm):
        mini.select(threat="data-poisoning")


def test_the_hand_made_edition_behaves_like_a_shipped_one(mini: Catalogue) -> None:
    """Order, look-up and advice in errors come from the edition's own numbers."""
    assert repr(mini) == "<Catalogue mini-code@1: 2 principles, 5 provisions>"
    assert [str(key) for key in mini] == [f"mini-code@1:{n}" for n in ("1.1", "1.1.1", "1.2", "2.1", "2.10")]
    assert numbers(mini, counterparty="Developer") == ["1.2"]
    assert mini["mini-code:2.10"].statements[0].modality is Modality.CAN
    with pytest.raises(UnknownKey, match=r"1\.2 has no sub-provisions in mini-code@1"):
        mini["1.2.1"]
    with pytest.raises(UnknownKey, match=r"names mini-code@2, but this is mini-code@1"):
        mini["mini-code@2:1.1"]


def test_catalogues_are_values(code: Catalogue, mini: Catalogue) -> None:
    """Catalogues are equal by content after pickling, copying and reading again, and have the same hash."""
    derived = load_text(json.dumps(derived_edition()), load={"mini-code@1": mini}.__getitem__)
    for original in (code, mini, derived):
        shallow, deep = copy.copy(original), copy.deepcopy(original)
        for twin in (pickle.loads(pickle.dumps(original)), shallow, deep):  # noqa: S301 -- our own
            assert twin == original
            assert twin is not original
            assert hash(twin) == hash(original)
            assert list(twin.items()) == list(original.items())
            assert twin.find("1.1") == original.find("1.1")
    again = load_text(json.dumps(mini_edition()))
    assert again == mini
    assert load_text(json.dumps(derived_edition()), load={"mini-code@1": again}.__getitem__) == derived
    assert load("uk-ai-cop") is load("uk-ai-cop@2025-01")


def test_catalogues_that_differ_are_not_equal(code: Catalogue, mini: Catalogue) -> None:
    """Any difference in the edition, its provisions or its base counts."""
    assert code != load("etsi-en-304-223")
    data = mini_edition()
    data["phases"][1]["principles"][0]["provisions"][1]["statements"][0]["action"] = "go"
    other = load_text(json.dumps(data))
    assert other != mini
    drop = derived_edition(dropped=[{"number": "2.10", "reason": "R"}])
    one, two = (load_text(json.dumps(drop), load={"mini-code@1": base}.__getitem__) for base in (mini, other))
    assert list(one.values()) == list(two.values())
    assert one != two


def test_a_catalogue_is_unpickled_in_a_process_with_other_hashes(code: Catalogue, tmp_path: Path) -> None:
    """Look-ups by id work after unpickling in another process, where texts have other hashes."""
    path = tmp_path / "code.pickle"
    path.write_bytes(pickle.dumps(code))
    program = f"""
import pickle, pathlib, aicop
twin = pickle.loads(pathlib.Path({str(path)!r}).read_bytes())
key = aicop.ProvisionId.parse("uk-ai-cop@2025-01:5.4.1")
print(twin == aicop.load("uk-ai-cop"), hash(twin) == hash(aicop.load("uk-ai-cop")), twin[key].id == key, key in twin)
print(len(twin.children("5.4")), twin.principle(5).id.number, aicop.load("uk-ai-cop")[next(iter(twin))].position)
"""
    for seed in ("1", "2"):
        assert _run(program, PYTHONHASHSEED=seed).split() == ["True"] * 4 + ["2", "5", "1"]


def test_catalogues_are_immutable(code: Catalogue) -> None:
    """Neither attributes nor items can be assigned."""
    with pytest.raises(AttributeError):
        code.edition = load("etsi-en-304-223").edition  # type: ignore[misc]
    with pytest.raises(TypeError):
        code["5.4.1"] = code["5.4"]  # type: ignore[index]


@pytest.mark.parametrize(
    "key", ["2.3#2", "uk-ai-cop@2025-01:2.3#2", StatementId(ProvisionId.parse("uk-ai-cop@2025-01:2.3"), 2)]
)
def test_a_statement_is_found_by_its_key(code: Catalogue, key: StatementId | str) -> None:
    """By its number, written key or id."""
    assert code.statement(key) is code["2.3"].statements[1]


def test_a_provision_means_its_only_statement(code: Catalogue) -> None:
    """One with several is refused with the keys of all of them, and a principle is no statement."""
    assert code.statement("5.1") is code["5.1"].statements[0]
    with pytest.raises(UnknownKey, match="has 2 statements; add the one that you mean") as caught:
        code.statement("2.3")
    assert caught.value.nearest == ("uk-ai-cop@2025-01:2.3#1", "uk-ai-cop@2025-01:2.3#2")
    with pytest.raises(UnknownKey, match="is a principle, where a statement or a provision is expected"):
        code.statement("P2")


def test_principles_and_provisions_lead_to_each_other(code: Catalogue) -> None:
    """A principle has the ids of its provisions, and a provision its number and the duty holders of its statements."""
    assert [key for item in code.principles for key in item.provisions] == list(code)
    assert all(code[key].principle == item.id for item in code.principles for key in item.provisions)
    assert [item.number for item in code.values()] == [key.number for key in code]
    assert code["5.4"].duty_holders == (Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.DATA_CUSTODIAN, Role.END_USER)
    assert code["1.1"].duty_holders == (Role.ORGANISATION,)
