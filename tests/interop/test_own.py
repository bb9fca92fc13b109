"""The format of aicop's own for frameworks."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from aicop import frameworks
from aicop.errors import Fault, InvalidDocument
from aicop.interop import ImportOptions, formats, own
from aicop.interop.formats import recognise
from tests.examples import derived_edition, mini_edition

OWN = {
    "framework": "acme",
    "edition": "1",
    "title": "Acme controls",
    "publisher": "Acme",
    "controls": [
        {"id": "A", "kind": "family", "title": "Access", "nature": "heading"},
        {"id": "A-1", "kind": "control", "parent": "A", "aliases": ["urn:acme:a1"], "extra": {"Owner": "IT"}},
    ],
}


def test_a_framework_survives_a_round_trip() -> None:
    """Elements, aliases, columns of the user's own and the facts of the edition are the same after writing."""
    [read] = formats.loads(json.dumps(OWN).encode(), "x.txt").frameworks
    assert read == frameworks.loads(json.dumps(OWN))
    assert dict(read["A-1"].extra) == {"Owner": "IT"}
    assert own.loads(own.dumps(read)).frameworks == (read,)


def test_a_shipped_framework_is_read_under_another_name() -> None:
    """The options rename a framework; the elements are the same."""
    stride = frameworks.load("stride")
    [read] = own.loads(own.dumps(stride), options=ImportOptions(framework="mine", edition="7")).frameworks
    assert str(read.id) == "mine@7"
    names = ("kind", "title", "nature", "words")
    assert [(one.id.local, *(getattr(one, name) for name in names)) for one in read.controls] == [
        (one.id.local, *(getattr(one, name) for name in names)) for one in stride.controls
    ]


def test_all_faults_are_reported_with_their_places() -> None:
    """Shape is checked first, then the hierarchy."""
    with pytest.raises(InvalidDocument) as caught:
        own.loads(json.dumps(OWN | {"titel": "x"} | {"edition": 1}), "x.json")
    assert [fault.path for fault in caught.value.faults] == ["edition", "titel"]
    wrong = OWN | {"controls": [{"id": "A", "kind": "control", "parent": "B"}]}
    with pytest.raises(InvalidDocument) as caught:
        own.loads(json.dumps(wrong), "x.json")
    assert [str(fault) for fault in caught.value.faults] == ["x.json: controls[0].parent: there is no control B"]


def test_a_truncated_file_is_refused() -> None:
    """Cut anywhere, the file is no JSON."""
    whole = json.dumps(OWN)
    for end in range(len(whole)):
        with pytest.raises(InvalidDocument):
            own.loads(whole[:end])


def test_the_lost_facts_are_those_that_the_format_names() -> None:
    """Of the edition of a shipped framework only key, edition, title and publisher are read again."""
    csf = frameworks.load("nist-csf")
    [read] = own.loads(own.dumps(csf)).frameworks
    kept = {
        field.name
        for field in attrs.fields(type(csf.edition))
        if getattr(csf.edition, field.name) and getattr(read.edition, field.name) == getattr(csf.edition, field.name)
    }
    assert kept >= {"id", "title", "publisher"}
    assert read.edition.licence is None


@pytest.mark.parametrize("data", [mini_edition(), derived_edition()])
def test_an_edition_is_recognised_and_sent_to_its_reader(data: dict[str, Any]) -> None:
    """An edition belongs to the format, but is no framework; the error says where it goes."""
    content = json.dumps(data).encode()
    assert recognise(content, "acme.json") == "aicop"
    with pytest.raises(InvalidDocument) as caught:
        own.loads(content, "acme.json")
    advice = "put it into the folder editions of a library, or read it with aicop.catalogue.loads"
    assert caught.value.faults == (Fault("acme.json", "", f"is an edition and not a framework; {advice}"),)
