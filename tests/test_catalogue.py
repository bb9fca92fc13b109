"""The catalogue: look-up, selection, and that one which exists is consistent."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, Modality, PhaseId, PrincipleId, ProvisionId, Role, UnknownEdition, UnknownKey, load
from aicop.catalogue import loads
from aicop.errors import InvalidDocument, KeyMistake, UnknownTerm
from aicop.schema.hierarchy import hierarchy_faults
from aicop.vocabulary import MeasureKind
from tests.examples import mini_edition
from tests.strategies import editions

if TYPE_CHECKING:
    from collections.abc import Callable


def test_looks_up_by_every_form_of_a_key(code: Catalogue) -> None:
    """Id, number, written key and what people write all find the same record."""
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
    """Keys are ids; membership and get answer without raising."""
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
        ("P5", KeyMistake.NO_SUCH_NUMBER),
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
    """With the likely mistake and the whole of what was asked."""
    with pytest.raises(UnknownKey) as caught:
        code[key]
    assert caught.value.mistake is mistake
    assert caught.value.text == str(key)
    with pytest.raises(UnknownKey):
        code.children(key)
    with pytest.raises(UnknownKey):
        code.parent(key)


def test_a_key_that_is_no_text_is_unknown(code: Catalogue) -> None:
    """A number is not taken for a principle or a provision."""
    with pytest.raises(UnknownKey, match="a key is text or an id, not int"):
        code[5]  # type: ignore[index]


def test_principles_and_phases_are_found(code: Catalogue) -> None:
    """By id, number, name or written key."""
    fifth = code.principles[4]
    for key in (5, "5", "P5", "Principle 5", "uk-ai-cop:P5", fifth.id):
        assert code.principle(key) is fifth
    for name in ("secure-development", "Secure Development", "development", fifth.phase):
        assert code.phase(name).id == fifth.phase


@pytest.mark.parametrize(
    "key", [0, 14, "P14", "5.1", "secure-design", PrincipleId.parse("etsi-en-304-223@2.1.1:P5")], ids=str
)
def test_unknown_principles_raise(code: Catalogue, key: PrincipleId | int | str) -> None:
    """Whatever the form."""
    with pytest.raises(UnknownKey):
        code.principle(key)


@pytest.mark.parametrize(
    "key", ["secure-sleep", "P5", "", PhaseId.parse("etsi-en-304-223@2.1.1:secure-design")], ids=str
)
def test_unknown_phases_raise(code: Catalogue, key: PhaseId | str) -> None:
    """Whatever the form."""
    with pytest.raises(UnknownKey):
        code.phase(key)


def test_children_and_parents_are_converse(code: Catalogue) -> None:
    """In printed order."""
    assert [item.id.number for item in code.children("5.4")] == ["5.4.1", "5.4.2"]
    assert code.children("5.4.1") == ()
    assert code.parent("5.4") is None
    for item in code.values():
        for child in code.children(item.id):
            assert code.parent(child.id) is item


def test_stakeholders_are_found(code: Catalogue) -> None:
    """Organisation carries duties and is no stakeholder."""
    assert code.stakeholder("developers").role is Role.DEVELOPER
    with pytest.raises(UnknownTerm) as caught:
        code.stakeholder("Organisation")
    assert "Organisation" not in caught.value.known


def numbers(catalogue: Catalogue, **asked: Any) -> list[str]:  # noqa: ANN401 -- handed on
    """Give the numbers that a selection finds."""
    return [match.provision.id.number for match in catalogue.select(**asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"duty_holder": "End-user"}, ["5.4"]),
        ({"duty_holder": Role.DATA_CUSTODIAN}, ["2.5", "5.1", "5.2", "5.4", "5.4.1"]),
        ({"duty_holder": "Organisation"}, ["1.1", "1.1.1", "1.2", "1.2.1", "1.2.2", "2.5.1"]),
        ({"duty_holder": "Affected Entity"}, []),
        ({"counterparty": "Affected Entity"}, ["10.3"]),
        ({"counterparty": "Data Custodian"}, ["2.1.1", "4.4", "8.1", "13.1", "13.2"]),
        ({"modality": "may"}, ["8.3"]),
        ({"modality": ["may", Modality.CAN]}, ["8.3"]),
        ({"phase": "secure-end-of-life"}, ["13.1", "13.2"]),
        ({"principle": 13}, ["13.1", "13.2"]),
        ({"principle": 12, "modality": "should"}, ["12.2", "12.3", "12.4"]),
        (
            {"duty_holder": "Developer", "counterparty": "System Operator", "phase": "secure-deployment"},
            ["10.1", "10.2"],
        ),
        ({"applies_to": "Data Custodian", "duty_holder": "Data Custodian"}, ["5.1", "5.2", "5.4", "5.4.1"]),
        ({"applies_to": "End-user"}, []),
        ({"phase": "secure-design", "principle": 13}, []),
    ],
    ids=str,
)
def test_selections_combine(code: Catalogue, asked: dict[str, Any], found: list[str]) -> None:
    """Expected numbers are read from the text of the Code."""
    assert numbers(code, **asked) == found


def test_role_and_modality_are_asked_of_one_statement(code: Catalogue) -> None:
    """3.2 asks two parties for things at two strengths and is found under each, with what matched."""
    matched = {
        (role, modality): [
            statement.ordinal
            for match in code.select(duty_holder=role, modality=modality, principle=3)
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


def test_a_selection_without_questions_finds_everything(code: Catalogue) -> None:
    """All provisions with all statements."""
    found = code.select()
    assert tuple(match.provision for match in found) == tuple(code.values())
    assert all(match.statements == match.provision.statements for match in found)


def test_guidance_is_selected_by_threat_and_kind(code: Catalogue, standard: Catalogue) -> None:
    """The Guide's entry for 6.2 names extraction; its counterpart in the EN has the same entry."""
    assert "6.2" in numbers(code, threat="model-extraction")
    assert "6.2" in numbers(code, threat="Model extraction", measure=MeasureKind.INFRASTRUCTURE)
    assert "5.2.2-2" in numbers(standard, threat=code.threat("model-extraction"))
    assert numbers(code, threat="model-extraction", measure="disposal") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"duty_holder": "boss"},
        {"modality": "must"},
        {"threat": "rain"},
        {"measure": "prayer"},
        {"applies_to": ["Developer", "x"]},
    ],
    ids=str,
)
def test_unknown_words_raise_in_selections(code: Catalogue, asked: dict[str, Any]) -> None:
    """An unknown word is no empty answer."""
    with pytest.raises(UnknownTerm):
        code.select(**asked)


def test_unknown_places_raise_in_selections(code: Catalogue) -> None:
    """Nor is an unknown phase or principle."""
    for asked in ({"phase": "x"}, {"principle": 14}):
        with pytest.raises(UnknownKey):
            code.select(**asked)


def test_an_edition_without_guidance_has_no_threats(mini: Catalogue) -> None:
    """And no provision matches a kind of measure there."""
    assert mini.threats == ()
    assert numbers(mini, measure="disposal") == []
    with pytest.raises(UnknownTerm):
        mini.select(threat="data-poisoning")


def test_the_hand_made_edition_behaves_like_a_shipped_one(mini: Catalogue) -> None:
    """Order, look-up and advice come from its own numbers."""
    assert repr(mini) == "<Catalogue mini-code@1: 2 principles, 5 provisions>"
    assert [str(key) for key in mini] == [f"mini-code@1:{n}" for n in ("1.1", "1.1.1", "1.2", "2.1", "2.10")]
    assert numbers(mini, counterparty="Developer") == ["1.2"]
    assert mini["mini-code:2.10"].statements[0].modality is Modality.CAN
    with pytest.raises(UnknownKey, match=r"1\.2 has no sub-provisions in mini-code@1"):
        mini["1.2.1"]
    with pytest.raises(UnknownKey, match=r"names mini-code@2, and this is mini-code@1"):
        mini["mini-code@2:1.1"]


def test_catalogues_are_values(code: Catalogue) -> None:
    """Equal when built anew, equal after pickling and copying; loading twice gives one object."""
    assert load("uk-ai-cop") is load("uk-ai-cop@2025-01") is code
    for twin in (pickle.loads(pickle.dumps(code)), copy.deepcopy(code)):  # noqa: S301 -- our own
        assert twin == code
        assert twin is not code
        assert twin["5.4.1"] == code["5.4.1"]
        assert hash(twin) == hash(code)
    assert code != load("etsi-en-304-223")


def test_catalogues_do_not_change(code: Catalogue) -> None:
    """Nothing can be assigned."""
    with pytest.raises(AttributeError):
        code.edition = load("etsi-en-304-223").edition  # type: ignore[misc]
    with pytest.raises(TypeError):
        code["5.4.1"] = code["5.4"]  # type: ignore[index]


@pytest.mark.parametrize(
    "edition", ["", "ukk", "uk-ai-cop@2026", "../uk-ai-cop@2025-01", "uk-ai-cop@2025-01\n", "x" * 10**6]
)
def test_unknown_editions_raise(edition: str) -> None:
    """With the list of those there are."""
    with pytest.raises(UnknownEdition) as caught:
        load(edition)
    assert caught.value.known == ("uk-ai-cop@2025-01", "etsi-ts-104-223@1.1.1", "etsi-en-304-223@2.1.1")
    assert caught.value.text == edition


def test_an_edition_known_of_and_not_carried_says_why() -> None:
    """The draft of 2024 is one."""
    with pytest.raises(UnknownEdition, match="the draft of May 2024 was replaced"):
        load("uk-ai-cop@2024-05")


@given(editions())
def test_any_consistent_edition_loads(data: dict[str, Any]) -> None:
    """And holds what the file said."""
    built = loads(json.dumps(data))
    assert built.edition.title == data["title"]
    said = [
        s["action"]
        for ph in data["phases"]
        for pr in ph["principles"]
        for p in pr["provisions"]
        for s in p["statements"]
    ]
    assert [s.action for item in built.values() for s in item.statements] == said


def faults(change: Callable[[dict[str, Any]], object]) -> list[tuple[str, str]]:
    """Break the hand-made edition and give its faults of meaning."""
    data = mini_edition()
    change(data)
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(data), "mini.json")
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def provisions(data: dict[str, Any], principle: int = 0) -> list[dict[str, Any]]:
    """Give the provisions of a principle."""
    found: list[dict[str, Any]] = data["phases"][principle]["principles"][0]["provisions"]
    return found


FIRST, SECOND = "phases[0].principles[0].provisions", "phases[1].principles[0].provisions"
INCONSISTENT: list[tuple[str, Callable[[dict[str, Any]], object], list[tuple[str, str]]]] = [
    (
        "repeated number",
        lambda d: provisions(d, 1)[0].update(number="1.2"),
        [
            (f"{SECOND}[0].number", f"1.2 stands at {FIRST}[2].number already"),
            (f"{SECOND}[0].number", "a number in this principle begins with 2., not 1.2"),
        ],
    ),
    (
        "missing parent",
        lambda d: provisions(d)[1].update(parent="1.9"),
        [
            (f"{FIRST}[1].parent", "there is no provision 1.9"),
            (f"{FIRST}[1].parent", "1.1.1 is not numbered as a part of 1.9"),
        ],
    ),
    (
        "circle of parents",
        lambda d: provisions(d)[0].update(parent="1.1.1"),
        [
            (f"{FIRST}[0].parent", "1.1 is below 1.1.1 is below 1.1: a circle"),
            (f"{FIRST}[0].parent", "1.1 is not numbered as a part of 1.1.1"),
        ],
    ),
    (
        "own parent",
        lambda d: provisions(d)[0].update(parent="1.1"),
        [(f"{FIRST}[0].parent", "1.1 is below 1.1: a circle")],
    ),
    (
        "missing source",
        lambda d: provisions(d)[0].update(source="x"),
        [(f"{FIRST}[0].source", "there is no source 'x' in sources")],
    ),
    (
        "missing source of the edition",
        lambda d: d.update(source="x"),
        [("source", "there is no source 'x' in sources")],
    ),
    (
        "repeated slug and number",
        lambda d: (d["phases"][1].update(slug="secure-start"), d["phases"][1]["principles"][0].update(number=1)),
        [
            ("phases[1].slug", "secure-start stands at phases[0].slug already"),
            ("phases[1].principles[0].number", "1 stands at phases[0].principles[0].number already"),
            (f"{SECOND}[0].number", "a number in this principle begins with 1., not 2.1"),
            (f"{SECOND}[1].number", "a number in this principle begins with 1., not 2.10"),
        ],
    ),
    (
        "repeated source",
        lambda d: d["sources"].append(d["sources"][0]),
        [("sources[1].key", "text stands at sources[0].key already")],
    ),
    (
        "pointer to nowhere",
        lambda d: provisions(d)[0].update(pointers=[{"clause": "9", "principle": 9, "purpose": "x"}]),
        [(f"{FIRST}[0].pointers[0].principle", "there is no principle 9")],
    ),
    (
        "joiner without need",
        lambda d: provisions(d)[0]["statements"][0].update(joiner="and"),
        [(f"{FIRST}[0].statements[0].joiner", "a single duty holder has no joiner")],
    ),
    (
        "joiner missing, role twice",
        lambda d: provisions(d)[0]["statements"][0].update(duty_holders=["Developer", "Developer"]),
        [
            (f"{FIRST}[0].statements[0].duty_holders", "a role stands here twice"),
            (f"{FIRST}[0].statements[0].joiner", "several duty holders need a joiner"),
        ],
    ),
    (
        "implied and printed",
        lambda d: provisions(d)[0]["statements"][0].update(attribution="implied"),
        [(f"{FIRST}[0].statements[0].as_printed", "given for stated duty holders, and only for them")],
    ),
    (
        "guide entry without guide",
        lambda d: provisions(d)[0].update(guidance="1.1"),
        [(f"{FIRST}[0].guidance", "the guide has no entry 1.1")],
    ),
    (
        "wrong order",
        lambda d: provisions(d).reverse(),
        [(f"{FIRST}[1].number", "1.1.1 stands after 1.2"), (f"{FIRST}[2].number", "1.1 stands after 1.1.1")],
    ),
    (
        "clause that the numbers do not have",
        lambda d: d["phases"][0]["principles"][0].update(clause="5.1.1"),
        [
            (f"{FIRST}[{i}].number", f"a number in this principle begins with 5.1.1-, not {n}")
            for i, n in enumerate(["1.1", "1.1.1", "1.2"])
        ],
    ),
    (
        "repeated term, of an unknown source",
        lambda d: d.update(terms=[{"name": "a", "source": "text"}, {"name": "a", "source": "x"}]),
        [
            ("terms[1].name", "a stands at terms[0].name already"),
            ("terms[1].source", "there is no source 'x' in sources"),
        ],
    ),
    (
        "unknown guide",
        lambda d: d.update(guidance="../x"),
        [("guidance", "no such guide ships; there is uk-ai-cop@2025-01")],
    ),
    (
        "several at once",
        lambda d: (provisions(d)[1].update(parent="1.9", source="x"), provisions(d, 1)[0].update(number="1.2")),
        [
            (f"{SECOND}[0].number", f"1.2 stands at {FIRST}[2].number already"),
            (f"{FIRST}[1].parent", "there is no provision 1.9"),
            (f"{FIRST}[1].parent", "1.1.1 is not numbered as a part of 1.9"),
            (f"{SECOND}[0].number", "a number in this principle begins with 2., not 1.2"),
            (f"{FIRST}[1].source", "there is no source 'x' in sources"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), [row[1:] for row in INCONSISTENT], ids=[row[0] for row in INCONSISTENT]
)
def test_every_inconsistency_is_told(
    change: Callable[[dict[str, Any]], object], expected: list[tuple[str, str]]
) -> None:
    """All at once, each with its place; nothing is half-loaded."""
    assert faults(change) == expected


def test_long_chains_and_circles_are_checked_in_time() -> None:
    """A chain of twenty thousand passes, a circle of as many is one fault that names its beginning."""
    chain = [(str(n), str(n - 1) if n else None, f"line {n}", f"line {n}") for n in range(20_000)]
    assert list(hierarchy_faults(chain, "f", "control")) == []
    [fault] = hierarchy_faults([("0", "19999", "line 0", "line 0"), *chain[1:]], "f", "control")
    assert fault.problem == "0 is below 19999 is below 19998 is below 19997 is below 19996 is below ...: a circle"


def test_a_user_may_lean_on_the_shipped_guide() -> None:
    """An own edition that names the guide gets its entries."""
    data = mini_edition()
    data["guidance"] = "uk-ai-cop@2025-01"
    provisions(data)[0]["guidance"] = "6.2"
    built = loads(json.dumps(data))
    guidance = built["1.1"].guidance
    assert guidance is not None
    assert guidance == load("uk-ai-cop")["6.2"].guidance
    assert built["1.2"].guidance is None


@given(st.sampled_from(["uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"]), st.data())
def test_every_shipped_key_is_found_in_its_own_catalogue_only(document: str, data: st.DataObject) -> None:
    """An id never answers from another edition."""
    catalogue = load(document)
    key = data.draw(st.sampled_from(list(catalogue)))
    assert catalogue[key].id == key
    for other in ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"):
        assert (key in load(other)) == (other == document)
