"""Validating files by their models."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import frameworks
from aicop.errors import Fault, InvalidDocument
from aicop.files.json_text import WrittenNumber
from aicop.schema.check import check_in_part, check_json, valid_fields
from aicop.schema.edition import EditionSchema
from aicop.schema.framework import FrameworkSchema
from aicop.schema.published import PUBLISHED
from aicop.schema.settings import SettingsSchema
from aicop.schema.types import FORMS
from tests.examples import mini_edition
from tests.strategies import editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel


FILE = "mini.json"


def faults(content: bytes | str, file: str = FILE) -> list[tuple[str, str]]:
    """Return the place and problem of every fault of an edition."""
    with pytest.raises(InvalidDocument) as caught:
        check_json(EditionSchema, content, file)
    assert all(fault.file == file for fault in caught.value.faults)
    return [(fault.path, fault.problem) for fault in caught.value.faults]


class Written(json.JSONEncoder):
    """Encodes a number as it was written."""

    def iterencode(self, o: object, _one_shot: bool = False) -> Iterator[str]:  # noqa: FBT001, FBT002 -- as inherited
        """Encode with the markers around numbers removed."""
        return iter([re.sub(r'"<<(.*?)>>"', r"\1", part) for part in super().iterencode(_marked(o), _one_shot)])


def _marked(value: object) -> object:
    if isinstance(value, WrittenNumber):
        return f"<<{value.written}>>"
    if isinstance(value, dict):
        return {key: _marked(item) for key, item in value.items()}
    return [_marked(item) for item in value] if isinstance(value, list) else value


def broken(change: Callable[[dict[str, Any]], object]) -> list[tuple[str, str]]:
    """Break the hand-made edition and return its faults."""
    data = mini_edition()
    change(data)
    return faults("".join(Written().iterencode(data)))


def provision(data: dict[str, Any]) -> dict[str, Any]:
    """Return the first provision."""
    found: dict[str, Any] = data["phases"][0]["principles"][0]["provisions"][0]
    return found


WHERE = "phases[0].principles[0].provisions[0]"
MODALITIES = "must be one of shall, should, may, can"

BROKEN: list[tuple[str, Callable[[dict[str, Any]], object], list[tuple[str, str]]]] = [
    ("missing field", lambda d: d.pop("title"), [("title", "this field is missing")]),
    ("unknown field", lambda d: d.update(tittle="x"), [("tittle", "unknown field; did you mean title?")]),
    ("unknown field unlike any", lambda d: d.update(zzzz=1), [("zzzz", "unknown field")]),
    (
        "number as id",
        lambda d: provision(d).update(number=1.1),
        [(f"{WHERE}.number", 'must be text, not float; write it in quotes: "1.1"')],
    ),
    (
        "number whose last figure would be lost",
        lambda d: provision(d).update(number=WrittenNumber("5.10")),
        [(f"{WHERE}.number", 'must be text, not float; write it in quotes: "5.10"')],
    ),
    ("whole number", lambda d: d.update(title=5), [("title", 'must be text, not int; write it in quotes: "5"')]),
    (
        "no such day",
        lambda d: d["sources"][0].update(read="2025-02-31"),
        [("sources[0].read", "'2025-02-31': day is out of range for month")],
    ),
    (
        "unprintable",
        lambda d: d.update(title="a\x1bb"),
        [("title", "'a\\x1bb': contains the unprintable character U+001B; remove it")],
    ),
    (
        "half a character",
        lambda d: d.update(title="a\ud800"),
        [("title", "'a\\ud800' contains half a character (a lone surrogate)")],
    ),
    ("list as title", lambda d: d.update(title=[]), [("title", "must be text, not list")]),
    (
        "wrong modality",
        lambda d: provision(d)["statements"][0].update(modality="shal"),
        [(f"{WHERE}.statements[0].modality", f"{MODALITIES}, not 'shal'; did you mean 'shall'?")],
    ),
    (
        "modality of another kind",
        lambda d: provision(d)["statements"][0].update(modality=None),
        [(f"{WHERE}.statements[0].modality", MODALITIES)],
    ),
    (
        "leading zero",
        lambda d: provision(d).update(number="01.1"),
        [
            (
                f"{WHERE}.number",
                "'01.1' is not valid in this field; expected the number of a provision, such as 5.1 or 5.2.1-4.1",
            )
        ],
    ),
    (
        "trailing blank",
        lambda d: d.update(title="x "),
        [("title", r"'x ' is not valid in this field; expected one line without leading or trailing spaces")],
    ),
    (
        "two lines",
        lambda d: d.update(title="x\ny"),
        [("title", r"'x\ny' is not valid in this field; expected one line without leading or trailing spaces")],
    ),
    ("empty", lambda d: d.update(title=""), [("title", "string should have at least 1 character, not ''")]),
    ("no statements", lambda d: provision(d).update(statements=[]), [(f"{WHERE}.statements", "needs at least 1 item")]),
    ("no phases", lambda d: d.update(phases=[]), [("phases", "needs at least 1 item")]),
    (
        "principle zero",
        lambda d: d["phases"][0]["principles"][0].update(number=0),
        [("phases[0].principles[0].number", "input should be greater than or equal to 1")],
    ),
    (
        "several at once",
        lambda d: (d.pop("title"), d.pop("source"), d.update(phasen=[]), provision(d).pop("title")),
        [
            ("title", "this field is missing"),
            ("source", "this field is missing"),
            (f"{WHERE}.title", "this field is missing"),
            ("phasen", "unknown field; did you mean phases?"),
        ],
    ),
]


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_every_fault_is_reported_with_its_place(
    change: Callable[[dict[str, Any]], object], expected: list[tuple[str, str]]
) -> None:
    """All faults of form are raised at once, in document order, with advice if there is any."""
    assert broken(change) == expected


def test_deep_nesting_is_a_fault() -> None:
    """Nesting below the fiftieth level is a fault at that place."""
    assert faults('{"title": ' + "[" * 600 + "]" * 600 + "}") == [("title" + "[0]" * 50, "nested too deeply")]


@given(editions())
def test_valid_data_is_returned_unchanged(data: dict[str, Any]) -> None:
    """Validation does not change the data."""
    before = copy.deepcopy(data)
    assert check_json(EditionSchema, json.dumps(data), FILE) == before
    assert data == before


@given(st.data())
def test_a_missing_required_field_is_reported(data: st.DataObject) -> None:
    """Whichever required field is missing, the fault names it."""
    edition = mini_edition()
    records = [
        (edition, ["document", "title", "phases", "sources", "source"]),
        (edition["phases"][1], ["slug", "title", "source", "principles"]),
        (provision(edition), ["number", "title", "source", "statements"]),
        (provision(edition)["statements"][0], ["modality", "duty_holders", "attribution", "action"]),
    ]
    record, names = data.draw(st.sampled_from(records))
    name = data.draw(st.sampled_from(names))
    del record[name]
    [(path, problem)] = faults(json.dumps(edition))
    assert path.rpartition(".")[2] == name
    assert problem == "this field is missing"


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_faults(content: bytes) -> None:
    """Arbitrary bytes raise InvalidDocument and nothing else."""
    with pytest.raises(InvalidDocument):
        check_json(EditionSchema, content, FILE)


def test_after_a_hundred_faults_the_rest_is_counted() -> None:
    """A hundred faults of a document are reported, and the last entry counts the rest."""
    data = {"framework": "own", "edition": "1", "title": "Own", "controls": [{"id": "A"} for _ in range(150)]}
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads(json.dumps(data), "own.json")
    assert len(caught.value.faults) == 101
    assert caught.value.faults[99].path == "controls[99].kind"
    assert caught.value.faults[100] == Fault("own.json", "", "50 more errors not shown")


def test_what_is_valid_is_kept() -> None:
    """A field with a fault is left out, and the rest is kept; if a field is missing, nothing is."""
    value = {"defaults": {"author": "We", "basis": "guess"}, "mappings": {"a.csv": {"sheet": 3, "source": "x"}}}
    kept, faults = check_in_part(SettingsSchema, value, "x.toml")
    assert kept == {"defaults": {"author": "We"}, "mappings": {"a.csv": {"source": "x"}}}
    assert [fault.path for fault in faults] == ["defaults.basis", "mappings.a.csv.sheet"]
    assert value["defaults"] == {"author": "We", "basis": "guess"}
    kept, faults = check_in_part(FrameworkSchema, {"framework": "x"}, "x.json")
    assert (kept, {fault.problem for fault in faults}) == ({}, {"this field is missing"})


def test_valid_fields_need_no_others() -> None:
    """A field is valid whether or not others are missing, unknown or wrong; valid data is returned as it is."""
    value: dict[str, Any] = {"framework": "own", "edition": 1, "titel": "Own", "controls": []}
    assert valid_fields(FrameworkSchema, value) == {"framework": "own", "controls": []}
    value = {"defaults": {"author": "We"}}
    assert valid_fields(SettingsSchema, value) == value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("must", "'shall'"),
        ("is required to", "'shall'"),
        ("Ought to", "'should'"),
        ("might", "'may'"),
        ("shal", "'shall'"),
    ],
)
def test_verbs_of_other_documents_are_translated(written: str, meant: str) -> None:
    """A common word for a modality is answered with the modality, and a misspelt one with its like."""
    document = mini_edition()
    document["phases"][0]["principles"][0]["provisions"][0]["statements"][0]["modality"] = written
    with pytest.raises(InvalidDocument) as caught:
        check_json(EditionSchema, json.dumps(document), "own.json")
    assert caught.value.faults[0].problem.endswith(f"; did you mean {meant}?")


def test_every_pattern_of_a_file_has_a_description() -> None:
    """No message shows a regular expression: each pattern in the schemas of files is described in words."""

    def patterns(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from ([value["pattern"]] if isinstance(value.get("pattern"), str) else [])
            for item in value.values():
                yield from patterns(item)
        elif isinstance(value, list):
            for item in value:
                yield from patterns(item)

    models: tuple[type[BaseModel], ...] = (*PUBLISHED, SettingsSchema)
    found = {pattern for model in models for pattern in patterns(model.model_json_schema())}
    assert found
    assert found <= set(FORMS)
