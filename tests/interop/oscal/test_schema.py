"""The form of OSCAL documents, and the parts that are not read."""

from __future__ import annotations

import pytest

from aicop.errors import Fault, InvalidDocument
from tests.interop.oscal.documents import catalog, control, head, item, read, statement


def test_everything_that_is_not_read_is_counted() -> None:
    """Every part of a catalog that is not read is counted, including unknown fields."""
    part = statement("Do.", item("It.")) | {"links": [{"href": "#x"}], "title": "Statement"}
    guidance = {"name": "guidance", "parts": [{"name": "item"}, {"name": "item"}]}
    one = control(
        "c", part, guidance, params=[{"id": "p"}, {"id": "q"}], props=[{"name": "label", "value": "C"}], links=[{}], x=1
    )
    metadata = head(
        props=[{"name": "marking", "value": "none"}],
        parties=[{"uuid": "1", "name": "They"}, {"uuid": "2"}],
        roles=[{"id": "creator", "title": "Creator"}],
        responsible_parties=[{"role-id": "creator", "party-uuids": ["1"]}],
        revisions=[{}, {}, {}],
        document_ids=[{}],
        remarks="Well.",
        published="2026-01-01T00:00:00Z",
    )
    content = catalog(
        metadata=metadata, controls=[one], params=[{"id": "r"}], back_matter={"resources": [{"uuid": "a"}]}
    )
    content["catalog"]["Odd\nfield"] = {}
    reading = read(content)
    assert set(reading.dropped) == {
        "3 properties",
        "1 date of publication",
        "3 parameters",
        "2 links",
        "3 parts",
        "1 title",
        "1 field 'x'",
        "1 party",
        "1 role",
        "3 revisions",
        "1 document id",
        "1 remark",
        "1 back-matter resource",
        r"1 field 'Odd\nfield'",
    }
    assert reading.format == "OSCAL 1.1.3 catalog"
    assert reading.frameworks[0].edition.publisher == "They"


@pytest.mark.parametrize(
    "text", ["", "null", '{"catalog": 1}', '{"mapping-collection": []}', '{"catalog": {"metadata": []}}']
)
def test_invalid_documents_raise_faults(text: str) -> None:
    """Documents of the wrong shape raise InvalidDocument with faults."""
    with pytest.raises(InvalidDocument) as caught:
        read(text)
    assert all(isinstance(fault, Fault) for fault in caught.value.faults)


def test_groups_inside_a_control_are_dropped() -> None:
    """OSCAL allows no groups in a control, so they are counted and not read."""
    for odd in (None, [{"id": "b"}], [{"id": "b", "title": 5}]):
        reading = read(catalog(controls=[control("a", groups=odd)]))
        assert [str(one.id) for one in reading.frameworks[0].controls] == ["the-norm@2.1:a"]
        assert reading.dropped == ("1 group",)
