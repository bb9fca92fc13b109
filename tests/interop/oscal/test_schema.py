"""The form of OSCAL documents, and what of them is not read."""

from __future__ import annotations

import pytest

from aicop.errors import Fault, InvalidDocument
from tests.interop.oscal.documents import catalog, control, head, item, read, statement


def test_all_that_is_not_taken_is_counted() -> None:
    """Fields that OSCAL does not have among it."""
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
def test_whatever_it_is_the_answer_is_a_fault(text: str) -> None:
    """Never another error."""
    with pytest.raises(InvalidDocument) as caught:
        read(text)
    assert all(isinstance(fault, Fault) for fault in caught.value.faults)


def test_groups_have_no_place_in_a_control() -> None:
    """OSCAL has none there: whatever it is, it is counted and not looked into."""
    for odd in (None, [{"id": "b"}], [{"id": "b", "title": 5}]):
        reading = read(catalog(controls=[control("a", groups=odd)]))
        assert [str(one.id) for one in reading.frameworks[0].controls] == ["the-norm@2.1:a"]
        assert reading.dropped == ("1 group",)
