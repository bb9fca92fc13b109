"""Ids, terms and records as field types of pydantic."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
import warnings
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator

import aicop
from aicop.crosswalk import crosswalk
from aicop.crosswalk.claim import Claim  # noqa: TC001 -- pydantic reads annotations at run time
from aicop.errors import KeyMistake, UnknownKey
from aicop.frameworks import loads
from aicop.ids import ControlId, EditionId, End, Id, JointId, Key, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.library import Library
from aicop.relations import RelationSet
from aicop.vocabulary import Modality, Relation, Role

ACME = loads("id,kind\nAC-1,control\n5.1,control\n", "acme.csv", framework="acme", edition="2026", title="Acme")
IDS = [
    (EditionId, "EN 304 223", "etsi-en-304-223@2.1.1"),
    (ProvisionId, "UK Code 5.4.1", "uk-ai-cop@2025-01:5.4.1"),
    (StatementId, "uk-ai-cop:2.3#1", "uk-ai-cop@2025-01:2.3#1"),
    (PrincipleId, "uk-ai-cop Principle 5", "uk-ai-cop@2025-01:P5"),
    (PhaseId, "uk-ai-cop:secure-design", "uk-ai-cop@2025-01:secure-design"),
    (ControlId, "NIST CSF PR.DS-01", "nist-csf@2.0:PR.DS-01"),
    (JointId, "uk-ai-cop:5.1|uk-ai-cop:6.3", "uk-ai-cop@2025-01:5.1|uk-ai-cop@2025-01:6.3"),
]


class Detection(BaseModel):
    """What a guardrail would record."""

    key: ProvisionId
    role: Role = Role.DEVELOPER
    verb: Modality | None = None


@pytest.mark.parametrize(("kind", "written", "canonical"), IDS, ids=lambda value: getattr(value, "__name__", None))
def test_an_id_is_read_and_written(kind: type[Any], written: str, canonical: str) -> None:
    """From any spelling, in Python and JSON; its text is canonical in JSON, and in Python it stays an id."""
    adapter = TypeAdapter(kind)
    read = adapter.validate_python(written)
    assert isinstance(read, kind)
    assert adapter.validate_json(json.dumps(written)) == adapter.validate_python(read) == read
    assert adapter.dump_python(read) is read
    assert adapter.dump_json(read) == json.dumps(canonical).encode()


@pytest.mark.parametrize(("kind", "written", "canonical"), IDS, ids=lambda value: getattr(value, "__name__", None))
def test_the_schema_of_an_id_is_true(kind: type[Any], written: str, canonical: str) -> None:
    """What is written matches the pattern, and so does the example; what is read may have another spelling."""
    adapter = TypeAdapter(kind)
    writes, reads = adapter.json_schema(mode="serialization"), adapter.json_schema()
    assert re.search(writes["pattern"], canonical)
    assert not re.search(writes["pattern"], written)
    assert re.search(reads["pattern"], written)
    assert not re.search(reads["pattern"], "  ")
    for schema in (writes, reads):
        assert schema["type"] == "string"
        for example in schema["examples"]:
            assert re.search(writes["pattern"], example)
            assert str(adapter.validate_python(example)) == example


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("P5", "it exists in several documents"),
        ("uk-ai-cop:P5", "is a principle, where a provision is expected"),
        ("uk-ai-cop:5.9", "Nearest:"),
        (5.1, "must be text, the id of a provision"),
        (None, "must be text, the id of a provision"),
        (PrincipleId.parse("uk-ai-cop@2025-01:P5"), "is a principle, where a provision is expected"),
        (ProvisionId.parse("uk-ai-cop@2025-01:5.9"), "5.9"),
    ],
)
def test_a_wrong_id_is_a_fault_of_the_input(value: object, message: str) -> None:
    """Pydantic reports our advice; also about an id that was made by hand and does not exist."""
    with pytest.raises(ValidationError, match=re.escape(message)) as caught:
        Detection.model_validate({"key": value})
    assert [error["loc"] for error in caught.value.errors()] == [("key",)]


def test_a_misspelt_framework_is_suggested() -> None:
    """The edition of a field may be of a framework, so the nearest of these is suggested as well."""
    with pytest.raises(ValidationError, match="did you mean mitre-atlas@"):
        TypeAdapter(EditionId).validate_python("mitre-atlass")
    with pytest.raises(ValidationError, match="did you mean uk-ai-cop@2025-01"):
        TypeAdapter(EditionId).validate_python("uk-ai-cob")


def test_a_library_in_the_context_knows_its_own_ids() -> None:
    """Without it, only the form of an id that does not ship is checked."""
    adapter: TypeAdapter[ControlId] = TypeAdapter(ControlId)
    context = {"library": Library().with_framework(ACME)}
    assert adapter.validate_python("acme@2026:AC-9").id == "AC-9"
    assert adapter.validate_python("acme:ac-1", context=context) == ACME.key("AC-1")
    with pytest.raises(ValidationError, match="AC-9"):
        adapter.validate_python("acme@2026:AC-9", context=context)
    assert TypeAdapter(Key).validate_python("acme@2026:5.1", context=context) == ACME.key("5.1")
    assert adapter.validate_python("nist-csf:PR.DS-01", context="other").id == "PR.DS-01"


@pytest.mark.parametrize(
    ("union", "classes"),
    [
        (Id, "a provision or a principle or a phase"),
        (Key, "an element of a framework"),
        (End, "several elements together"),
    ],
)
def test_a_union_of_ids_is_read_at_once(union: Any, classes: str) -> None:  # noqa: ANN401 -- a union of classes
    """A wrong id of any class is one error with one location, and the schema is that of one text."""

    class Anything(BaseModel):
        key: union
        others: list[union] = []

    written = '{"key":"uk-ai-cop@2025-01:P5","others":["uk-ai-cop@2025-01:5.4.1"]}'
    found = Anything.model_validate({"key": "UK Code P5", "others": ["uk 5.4.1"]})
    assert (found.key, found.model_dump_json()) == (PrincipleId.parse("uk-ai-cop@2025-01:P5"), written)
    with pytest.raises(ValidationError, match=r"5\.9 is not a provision") as caught:
        Anything.model_validate({"key": "uk-ai-cop:5.9", "others": ["uk-ai-cop:P5", "uk-ai-cop:P99"]})
    assert [error["loc"] for error in caught.value.errors()] == [("key",), ("others", 1)]
    shown = Anything.model_json_schema()["properties"]["key"]
    assert shown["type"] == "string"
    assert classes in shown["description"]


def test_locations_of_errors_name_classes() -> None:
    """Where pydantic tries several classes by itself, the location names each, the same in every process."""
    adapter: TypeAdapter[Any] = TypeAdapter(ProvisionId | PrincipleId)
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python("uk-ai-cop:5.9")
    places = [error["loc"] for error in caught.value.errors()]
    assert places == [("function-plain[ProvisionId()]",), ("function-plain[PrincipleId()]",)]


def test_terms_are_read_in_any_spelling() -> None:
    """A term is read as `term` reads it, and written as the publication has it."""
    found = Detection.model_validate_json('{"key": "uk-ai-cop:5.1", "role": "end users", "verb": "SHALL"}')
    assert (found.role, found.verb) == (Role.END_USER, Modality.SHALL)
    assert json.loads(found.model_dump_json()) == {"key": "uk-ai-cop@2025-01:5.1", "role": "End-user", "verb": "shall"}
    assert found.model_dump()["role"] is Role.END_USER
    schema = Detection.model_json_schema()
    assert schema["$defs"]["Role"]["enum"] == [role.value for role in Role]
    assert schema["properties"]["role"] == {"$ref": "#/$defs/Role", "default": "Developer"}
    for wrong in ("Dev", 3):
        with pytest.raises(ValidationError, match="Input should be 'Developer', 'System Operator'"):
            Detection.model_validate({"key": "uk-ai-cop:5.1", "role": wrong})


def test_a_strict_model_reads_terms_as_they_are_written() -> None:
    """In JSON and in Python; a term itself is taken too."""

    class Strict(BaseModel):
        model_config = ConfigDict(strict=True)
        role: Role

    assert Strict.model_validate_json('{"role": "End-user"}').role is Role.END_USER
    assert Strict(role=Role.END_USER).role is Role.END_USER
    with pytest.raises(ValidationError):
        Strict.model_validate_json('{"role": "end users"}')
    assert Strict.model_json_schema()["$defs"].keys() == {"Role"}


def test_records_are_fields() -> None:
    """A record is read from plain data or taken as it is, and written as `to_dict` writes it."""

    class Finding(BaseModel):
        provision: aicop.Provision
        claims: tuple[Claim, ...]
        known: RelationSet

    provision = aicop.load("uk-ai-cop")["5.1"]
    claims = crosswalk("uk-ai-cop", "iso-iec-42001")["5.1"]
    made = Finding(provision=provision, claims=claims, known=RelationSet([Relation.EQUAL]))
    assert made.provision is provision
    assert Finding.model_validate_json(made.model_dump_json()) == made
    assert made.model_dump()["provision"] == aicop.to_dict(provision)
    schema = Finding.model_json_schema()
    assert schema["properties"]["provision"] == {"$ref": "#/$defs/Provision"}
    assert schema["properties"]["known"]["$ref"] == "#/$defs/RelationSet"
    assert schema["$defs"]["Provision"]["additionalProperties"] is False
    data = json.loads(made.model_dump_json())
    data["provision"]["statements"][0]["modality"] = "must"
    with pytest.raises(ValidationError) as caught:
        Finding.model_validate(data)
    assert [error["loc"] for error in caught.value.errors()] == [("provision", "statements", 0, "modality")]


def test_values_are_written_where_the_type_says_nothing() -> None:
    """In a field of any type, as the key of a mapping, by `serialize_as_any`, and as defaults in a JSON Schema."""
    key, provision = ProvisionId.parse("uk-ai-cop@2025-01:5.1"), aicop.load("uk-ai-cop")["5.1"]

    class Event(BaseModel):
        details: Any = None
        keys: list[ProvisionId] = [key]
        statements: tuple[aicop.Statement, ...] = provision.statements

    details = {"key": key, "role": Role.END_USER, "record": provision, key: {Role.DEVELOPER: RelationSet([])}}
    plain = {
        "key": str(key),
        "role": "End-user",
        "record": aicop.to_dict(provision),
        str(key): {"Developer": []},
    }
    event = Event(details=details)
    for any_too in (False, True):
        written = event.model_dump_json(serialize_as_any=any_too)
        assert json.loads(written)["details"] == event.model_dump(mode="json")["details"] == plain
    kept = event.model_dump()["details"]
    assert kept["key"] is key
    assert kept["role"] is Role.END_USER
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        properties = Event.model_json_schema()["properties"]
    assert properties["keys"]["default"] == [str(key)]
    assert properties["statements"]["default"] == aicop.to_dict(provision)["statements"]


def test_an_unknown_key_is_a_value_error() -> None:
    """So that a validator which calls `parse` reports a fault of the input; it is still a key error, and pickles."""
    error = UnknownKey("5.9", KeyMistake.NO_SUCH_NUMBER, "advice")
    for kind in (KeyError, ValueError, aicop.AicopError):
        assert isinstance(error, kind)
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 -- our own
        assert (other, str(other)) == (error, str(error))
    assert issubclass(aicop.UnknownEdition, ValueError)


def test_an_invalid_document_is_a_fault_of_the_input() -> None:
    """A validator that reads a document reports its faults like those of a key, and a service answers with them."""

    class Upload(BaseModel):
        controls: str

        @field_validator("controls")
        @classmethod
        def read(cls, text: str) -> str:
            return loads(text, framework="acme", edition="2026", title="Acme").edition.title

    assert Upload(controls="id,kind\nAC-1,control\n").controls == "Acme"
    with pytest.raises(ValidationError, match="the column 'kind' is missing") as caught:
        Upload(controls="id,knd\nAC-1,control\n")
    assert [error["loc"] for error in caught.value.errors()] == [("controls",)]


def test_pydantic_is_imported_only_when_it_asks() -> None:
    """Ids, records and terms can be used without it."""
    code = "import sys, aicop; aicop.load('uk-ai-cop')['5.1']; aicop.Role('end user'); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout == "False\n"
