"""URNs and annotations."""

from __future__ import annotations

from aicop import frameworks, parse
from aicop.ids import ControlId
from aicop.interop.ciso_assistant import dumps, loads
from aicop.interop.ciso_assistant.urns import (
    edition_from_reference,
    label,
    node,
    ours,
    own_id,
    read_annotation,
    tail,
    write_annotation,
)
from tests.interop.ciso_assistant.examples import FILE, _elements, _read


def test_urns_of_elements() -> None:
    """URNs are in lower case and keep ids distinct, and edition references are inverses of labels."""
    key = frameworks.load("nist-ai-rmf").key("GOVERN 1.1")
    assert node(key) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:govern-1.1"
    assert node(parse("uk-ai-cop:2.3#1")) == "urn:aicop:risk:req_node:uk-ai-cop_2025-01:2.3_1"
    assert node(ControlId(key.edition, "(#)")) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:u..0028.0023.0029"
    assert node(ControlId(key.edition, "A_1 (b)")) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:a-1-b"
    assert node(ControlId(key.edition, "R26+")) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:r26_002b_"
    assert own_id(node(ControlId(key.edition, "j\u00f6rg #1 c#"))) == "j\u00f6rg-#1-c#"
    assert own_id("urn:aicop:risk:req_node:own_1:a_110000_") == "a#110000#"
    assert edition_from_reference(label(key.edition)) == "nist-ai-rmf@1.0"
    assert ours("URN:AICOP:risk:framework:a_1")
    assert not ours("urn:intuitem:risk:framework:a_1")
    assert tail("urn:x:risk:req_node:f:a:b", 5) == "a:b"
    assert tail("urn:x:y", 5) == "y"


def test_signs_at_the_end_of_ids_are_kept_apart() -> None:
    """A sign at the end is written as its code point, so that the ids of a framework have different URNs."""
    ids = ["R26", "R26+", "R26-", "R26'", "R26*"]
    table = "id,kind\n" + "".join(f"{one},control\n" for one in ids)
    framework = frameworks.loads(table, "own.csv", framework="own", edition="1", title="T")
    urns = [node(item.id).rpartition(":")[2] for item in framework.controls]
    assert urns == ["r26", "r26_002b_", "r26_002d_", "r26_0027_", "r26_002a_"]
    assert [one[0] for one in _elements(loads(dumps(framework), FILE).frameworks[0])] == [f"own@1:{one}" for one in ids]


def test_facts_end_where_remarks_begin() -> None:
    """Facts of an annotation end at the first blank line, and the first value of each counts."""
    text = write_annotation({"kind": "control", "other": "x: y"}) + "\nnature\nkind: second\n\nnature: risk"
    assert read_annotation(text, ["kind", "nature", "other"]) == {"kind": "control", "other": "x: y"}


def test_ids_in_another_script_stay_apart() -> None:
    """Each id in another script has its own stable URN."""
    table = "id,kind,title\n\u0416,control,one\n\u042f,control,two\n--,control,three\n"
    framework = frameworks.loads(table, "own.csv", framework="own", edition="1", title="T")
    urns = [
        one["urn"].rpartition(":")[2] for one in _read(dumps(framework))["objects"]["framework"]["requirement_nodes"]
    ]
    assert urns == ["u..0436", "u..044f", "u..002d.002d"]
    assert _elements(loads(dumps(framework), FILE).frameworks[0]) == _elements(framework)
