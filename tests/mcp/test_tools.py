"""The tools, asked without the protocol."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import aicop
from aicop import AicopError, InvalidDocument, Library, UnknownKey, catalogue
from aicop.crosswalk import crosswalk
from aicop.errors import NoCrosswalk, UnknownEdition, UnknownTerm
from aicop.ids import JointId
from aicop.mcp import answers
from aicop.mcp.answers import MAX_SIZE, page_of
from aicop.mcp.arguments import MAX_ITEMS, MAX_KEYS
from aicop.mcp.tools import CAUTION, MAX_PATHS, TOOLS, call
from aicop.records import from_dict, to_dict
from tests.examples import A, B, derived_edition, row

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Library()


def ask(name: str, library: Library = SHIPPED, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 -- plain data
    """Return the answer of a tool as plain data, after checking that it is what a record of its class writes."""
    answer = call(library, name, arguments)
    assert type(answer) is TOOLS[name].answer
    data = to_dict(answer)
    # What is read back from JSON is the same record, so that nothing is lost on the way to a client.
    assert from_dict(TOOLS[name].answer, json.loads(json.dumps(data)), library=library) == answer
    return data


def test_frameworks_are_listed() -> None:
    """Editions come first, then frameworks, each with its id; your own are marked."""
    found = ask("list_frameworks", SHIPPED.with_framework(A))["frameworks"]
    assert [item["id"] for item in found if item["is_edition"]] == [str(item) for item in aicop.editions()]
    assert [item["id"] for item in found if item["own"]] == [str(A.id)]
    assert len(found) == len(aicop.editions()) + len(SHIPPED.frameworks()) + 1
    assert next(item for item in found if item["id"] == "uk-ai-cop@2025-01") == {
        "id": "uk-ai-cop@2025-01",
        "title": "Code of Practice for the Cyber Security of AI",
        "is_edition": True,
        "own": False,
        "status": "current",
        "elements": 183,
    }


@pytest.mark.parametrize(
    ("key", "edition", "canonical", "kind"),
    [
        ("UK Code 5.4.1", None, "uk-ai-cop@2025-01:5.4.1", "Provision"),
        ("5.4.1", "uk-ai-cop", "uk-ai-cop@2025-01:5.4.1", "Provision"),
        ("uk-ai-cop:2.7#2", None, "uk-ai-cop@2025-01:2.7#2", "Provision"),
        ("uk-ai-cop:P5", None, "uk-ai-cop@2025-01:P5", "Principle"),
        ("uk-ai-cop:secure-design", None, "uk-ai-cop@2025-01:secure-design", "Phase"),
        ("uk-ai-cop:Developer", None, "uk-ai-cop@2025-01:Developer", "Control"),
        ("AML.M0005", None, "mitre-atlas@2026.07:AML.M0005", "Control"),
    ],
)
def test_an_item_is_looked_up(key: str, edition: str | None, canonical: str, kind: str) -> None:
    """Every kind of item is found under its key, with its record and title."""
    answer: Any = call(SHIPPED, "look_up", {"key": key} | ({"edition": edition} if edition else {}))
    assert (str(answer.key), type(answer.record).__name__) == (canonical, kind)
    assert ask("look_up", key=key, edition=edition)["edition_title"]


def test_an_item_is_looked_up_with_what_is_around_it() -> None:
    """A statement comes with its provision, and an item with its parts and its counterparts."""
    found = ask("look_up", key="uk-ai-cop:2.7#2")
    assert (found["record"]["id"], found["statement"]["ordinal"]) == ("uk-ai-cop@2025-01:2.7", 2)
    found = ask("look_up", key="uk-ai-cop:2.7")
    assert found["statement"] is None
    assert found["children"] == ["uk-ai-cop@2025-01:2.7#1", "uk-ai-cop@2025-01:2.7#2"]
    found = ask("look_up", key="uk-ai-cop:8.3")
    assert found["counterparts"] == ["etsi-ts-104-223@1.1.1:5.2.4-3", "etsi-en-304-223@2.1.1:5.2.4-3"]
    assert ask("look_up", key="AML.M0005")["counterparts"] == []


def test_statements_are_selected() -> None:
    """The filters are those of `Catalogue.select`, and all matches are counted."""
    code = aicop.load("uk-ai-cop")
    found = ask("select_provisions", role=["end users"], principle=["5", "P6"])
    assert [item["key"] for item in found["statements"]] == ["uk-ai-cop@2025-01:5.4#1"]
    assert found["all_statements"] == 88
    asked: Any = {"role": ["Developer"], "modality": ["shall"], "phase": ["secure-design"]}
    matches = code.select(role="Developer", modality="shall", phase="secure-design")
    found = ask("select_provisions", **asked)
    assert found["provisions"] == len(matches)
    assert [item["statement"] for item in found["statements"]] == [
        to_dict(statement) for match in matches for statement in match.statements
    ]
    assert {item["title"] for item in found["statements"]} == {match.provision.title for match in matches}


LISTS = [
    (name, argument)
    for name, tool in TOOLS.items()
    for argument, schema in tool.arguments.model_json_schema()["properties"].items()
    if schema.get("type") == "array"
]


@pytest.mark.parametrize(("name", "argument"), LISTS, ids=lambda value: value)
def test_one_word_is_a_list_of_one(name: str, argument: str) -> None:
    """For every argument that is a list; a number is told how it is written."""
    faults = {}
    for value in ("no such word", 5):
        with pytest.raises(InvalidDocument) as caught:
            call(SHIPPED, name, {argument: value, "no such argument": ""})
        faults[value] = str(caught.value)
    assert "valid list" not in faults["no such word"]
    assert f"arguments: {argument}[0]: must be " in faults[5]


def test_keys_are_checked() -> None:
    """Each key has a verdict in order; a wrong one has advice and the nearest keys."""
    found = ask("check_keys", keys=["UK Code 5.4.1", "uk-ai-cop:5.9", ""])
    assert (found["known"], found["unknown"]) == (1, 2)
    assert found["verdicts"][0] == {"text": "UK Code 5.4.1", "key": "uk-ai-cop@2025-01:5.4.1", "error": None}
    assert found["verdicts"][1]["error"]["mistake"] == "no such number"
    assert found["verdicts"][1]["error"]["nearest"] == ["uk-ai-cop@2025-01:5.4.2"]
    assert ask("check_keys", keys=["5.4.1"], edition="uk-ai-cop")["known"] == 1


def test_counterparts_are_found() -> None:
    """A counterpart comes with what changed, and a missing one with the reason."""
    found = ask("find_counterpart", key="uk-ai-cop:8.3", edition="etsi-en-304-223")
    assert (found["counterparts"], found["absence"]) == (["etsi-en-304-223@2.1.1:5.2.4-3"], None)
    assert found["rows"][0]["changes"] == ["strength"]
    dropped = [{"number": "8.3", "reason": "no models of others"}]
    own = catalogue.loads(json.dumps(derived_edition("uk-ai-cop@2025-01", dropped=dropped)), "acme.json")
    found = ask("find_counterpart", SHIPPED.with_edition(own), key="uk-ai-cop:8.3", edition="acme-code")
    assert (found["counterparts"], found["absence"]) == ([], "removed")


def test_a_key_is_mapped() -> None:
    """The mappings of an item are those of `mappings_of`, or of the crosswalk to one framework."""
    every = SHIPPED.mappings_of("uk-ai-cop:5.1")
    found = ask("map_key", key="uk-ai-cop:5.1", limit=MAX_ITEMS)
    assert [(item["framework"], item["claims"]) for item in found["frameworks"]] == [
        (str(item.crosswalk.target.id), len(item.claims)) for item in every
    ]
    [claim] = crosswalk("uk-ai-cop", "mitre-atlas")["5.1"]
    found = ask("map_key", key="uk-ai-cop:5.1", framework="mitre-atlas")
    [mapped] = found["mappings"]
    expected = {
        "target": str(claim.target),
        "relationship": claim.says,
        "strength": claim.strength,
        "rationale": claim.rationales[0],
        "more_rationales": 0,
        "paths": 1,
    }
    assert {name: mapped[name] for name in expected} == expected
    assert mapped["target_title"] == "AI Bill of Materials"
    found = ask("map_key", key="nist-csf:GV.OC-02", framework="iso-iec-27001", via=["nist-sp-800-53"])
    assert found["frameworks"][0]["via"] == ["nist-sp-800-53@5.2.0"]


def test_a_mapping_without_rationale_or_counterpart() -> None:
    """No rationale stays empty, and nothing found is said with the framework that was searched."""
    library = SHIPPED.with_framework(A).with_framework(B)
    first, second, target = A.controls[2].id, A.controls[3].id, B.controls[2].id
    nothing = row(second, "nothing-found", None, searched=B.id)
    library = library.with_mappings([row(first, "related-to", target, rationale=None), nothing])
    found = ask("map_key", library, key=str(first), framework=str(B.id))["mappings"][0]
    assert (found["rationale"], found["more_rationales"]) == (None, 0)
    found = ask("map_key", library, key=str(second))["mappings"][0]
    assert (found["framework"], found["relationship"], found["target"]) == (str(B.id), "nothing found", None)


def test_a_pair_is_explained() -> None:
    """A claim comes with its paths, and with those alone that an answer can hold; the others are counted."""
    found = ask("explain_mapping", one="uk-ai-cop:5.1", other="ISO 42001 A.4.2")
    [claim] = crosswalk("uk-ai-cop", "iso-iec-42001").claims_between("5.1", "A.4.2")
    assert found["claims"] == [{"says": "intersects-with", "claim": to_dict(claim), "paths_left_out": 0}]
    walk = crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")
    long = max(walk.claims(), key=lambda item: len(item.paths))
    assert len(long.paths) > MAX_PATHS
    found = ask("explain_mapping", one=str(long.source), other=str(long.target), via=["nist-sp-800-53"])
    [shown] = found["claims"]
    assert (len(shown["claim"]["paths"]), shown["paths_left_out"]) == (MAX_PATHS, len(long.paths) - MAX_PATHS)


def test_joint_items_are_explained() -> None:
    """Several items joined by ``|`` are one end, and each of them is told that it is mapped together with others."""
    library = SHIPPED.with_framework(A).with_framework(B)
    first, second = (item.id for item in A.controls[2:4])
    target = B.controls[2].id
    library = library.with_mappings([row(JointId((first, second)), "subset-of", target)])
    found = ask("explain_mapping", library, one=f"{first}|{second.local}", other=str(target))
    assert [item["says"] for item in found["claims"]] == ["subset-of"]
    found = ask("explain_mapping", library, one=str(first), other=str(target))
    assert found["claims"] or found["together"]


def test_coverage_is_reported() -> None:
    """The counts are those of `Crosswalk.coverage`, the gaps those of `gaps`, with the caution that it is no compliance."""
    walk = crosswalk("uk-ai-cop", "iso-iec-42001")
    report = walk.coverage(["P6"], denominator="statement", strength=3)
    found = ask("report_coverage", source="uk-ai-cop", target="ISO 42001", within=["P6"], of=["statement"], strength=3)
    assert {item["coverage"]: item["count"] for item in found["classes"]} == {
        known.value: count for known, count in report.counts.items()
    }
    assert found["gaps"] == [to_dict(gap) for gap in walk.gaps(["P6"], denominator="statement", strength=3)]
    assert found["counted"] == f"{report.denominator}, mapped to iso-iec-42001@2023"
    assert (found["not_counted"], found["caution"]) == (report.not_counted, CAUTION)
    assert ask("report_coverage", source="uk-ai-cop", target="iso-iec-42001")["page"]["total"] == len(walk.gaps())


def test_words_are_searched() -> None:
    """The hits are those of `search`, and all of them are counted."""
    found = ask("search", text="audit trail", limit=3)
    hits = SHIPPED.search("audit trail", limit=1000)
    assert found["hits"] == [to_dict(hit) for hit in hits[:3]]
    assert found["page"]["total"] == len(hits)
    assert ask("search", text="audit trail", within=["etsi-en-304-223"])["hits"]


def test_shortened_answers_are_read_on() -> None:
    """Page by page, every item is read once, and each answer counts what it leaves out."""
    seen: list[str] = []
    total = ask("select_provisions")["page"]["total"]
    while len(seen) < total:
        found = ask("select_provisions", limit=30, offset=len(seen))
        page = found["page"]
        keys = [item["key"] for item in found["statements"]]
        assert (page["total"], page["offset"], page["shown"]) == (total, len(seen), len(keys))
        assert page["left_out"] == total - len(keys)
        seen += keys
        more = f" Call again with offset {len(seen)} for more." if len(seen) < total else ""
        assert page["note"] == f"Shown: {len(seen) - len(keys) + 1} to {len(seen)} of {total} statements.{more}"
    assert len(set(seen)) == total == 88
    assert ask("select_provisions", offset=total)["page"]["note"] == f"Shown: none of {total} statements."


def test_long_items_shorten_an_answer() -> None:
    """An answer takes no further item when it is long, and always the first one."""
    long = "x" * MAX_SIZE
    shown, page = page_of(["a", "b", long, "c"], 0, 10, "texts")
    assert (shown, page.left_out) == (("a", "b"), 2)
    shown, page = page_of([long, long], 0, 10, "texts")
    assert (len(shown), page.note) == (1, "Shown: 1 to 1 of 2 texts. Call again with offset 1 for more.")
    assert page_of(["a"], 0, 10, "texts")[1] == answers.Page(total=1, offset=0, shown=1, left_out=0, note=None)


@pytest.mark.parametrize(
    ("name", "arguments", "error", "message"),
    [
        ("look_up", {"key": "uk-ai-cop:5.9"}, UnknownKey, "5.9 is not a provision of uk-ai-cop@2025-01"),
        ("look_up", {}, InvalidDocument, "arguments: key: this field is missing"),
        ("look_up", {"keys": ["x"]}, InvalidDocument, "arguments: keys: unknown field; did you mean key?"),
        ("look_up", {"key": 5}, InvalidDocument, "arguments: key: must be text"),
        ("select_provisions", {"role": 3}, InvalidDocument, "arguments: role[0]: must be one of Developer"),
        ("select_provisions", {"role": {}}, InvalidDocument, "arguments: role: input should be a valid list"),
        ("select_provisions", {"principle": 5}, InvalidDocument, 'must be text, not int; write it in quotes: "5"'),
        ("select_provisions", {"role": ["dev"]}, InvalidDocument, "role[0]: must be one of Developer"),
        ("select_provisions", {"limit": MAX_ITEMS + 1}, InvalidDocument, f"less than or equal to {MAX_ITEMS}"),
        ("select_provisions", {"threat": ["x"]}, UnknownTerm, "'x' is not a threat"),
        ("check_keys", {"keys": ["x"] * (MAX_KEYS + 1)}, InvalidDocument, f"at most {MAX_KEYS} items"),
        ("find_counterpart", {"key": "uk-ai-cop:5.1", "edition": "nist-csf"}, UnknownEdition, "is a framework"),
        ("map_key", {"key": "uk-ai-cop:5.1", "via": ["nist-csf"]}, InvalidDocument, "via: needs a framework"),
        ("explain_mapping", {"one": "uk-ai-cop:5.1", "other": "uk-ai-cop:9.9"}, UnknownKey, "9.9"),
        ("report_coverage", {"source": "owasp-llm-top10", "target": "mitre-atlas"}, NoCrosswalk, "no mappings"),
        ("nope", {}, UnknownTerm, "'nope' is not a tool; use one of: list_frameworks"),
    ],
)
def test_what_is_wrong_is_an_error_with_advice(
    name: str, arguments: Mapping[str, Any], error: type[AicopError], message: str
) -> None:
    """Wrong arguments and questions without an answer raise aicop's errors."""
    with pytest.raises(error) as caught:
        call(SHIPPED, name, arguments)
    assert message in str(caught.value)


def test_one_word_stands_for_a_list_of_one() -> None:
    """Language models often write so; the JSON Schema has the list alone."""
    one, several = ({"role": role, "modality": "shall"} for role in ("end user", ["End-user"]))
    assert call(SHIPPED, "select_provisions", one) == call(SHIPPED, "select_provisions", several)
    assert call(SHIPPED, "check_keys", {"keys": "x"}) == call(SHIPPED, "check_keys", {"keys": ["x"]})
    assert TOOLS["check_keys"].input_schema["properties"]["keys"]["type"] == "array"


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
def test_schemas_have_objects_at_the_root(tool: Any) -> None:  # noqa: ANN401 -- a tool
    """Arguments and answers are objects without unknown fields, as the protocol needs them; each argument is explained."""
    for schema in (tool.input_schema, tool.output_schema):
        assert (schema["type"], schema["additionalProperties"]) == ("object", False)
    for name, argument in tool.input_schema["properties"].items():
        assert "description" in argument or "examples" in argument or name == "text", name
    assert sorted(tool.output_schema["properties"]) == sorted(field.name for field in attrs.fields(tool.answer))
