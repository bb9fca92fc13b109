"""Keys of other frameworks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import UnknownKey, frameworks
from aicop.errors import KeyMistake
from aicop.frameworks import loads
from aicop.ids import EditionId
from aicop.keys import parse
from aicop.keys.control_index import ControlIndex, control_index, find_control, fold
from aicop.manifest import FrameworkEntry, framework_entries


def test_withdrawn_elements_are_explained() -> None:
    """A withdrawn element is an error that names its replacement."""
    controls = frameworks.load("nist-sp-800-53")
    assert len(controls.withdrawn) == 24 + 158
    with pytest.raises(UnknownKey) as caught:
        controls["SA-12"]
    assert (caught.value.mistake, caught.value.nearest) == (KeyMistake.WITHDRAWN, ("nist-sp-800-53@5.2.0:SR",))


def test_an_id_in_another_spelling_is_found_in_its_framework() -> None:
    """With the framework given, an id is found whatever its case, separators and zeros."""
    assert str(parse("pr ds 1", "nist-csf")) == "nist-csf@2.0:PR.DS-01"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("R26+", "r26+"),
        ("r-26 -", "r-26"),
        ("R26\u2212", "r26-"),
        ("3.1.9\u2019", "3-1-9'"),
        ("3.1.9\u2032", "3-1-9'"),
        ("AC-2(1)*", "ac-2-1-*"),
        ("'AC-2'", "ac-2"),
        ("\u2018AC-2\u2019", "ac-2"),
        ("C++ 1", "c++-1"),
        ("SI-2 (7)-", "si-2-7-"),
        ("\u8981\u4ef6 1#1", "\u8981\u4ef6-1-#-1"),
    ],
)
def test_signs_at_the_end_are_a_part_of_an_id(written: str, folded: str) -> None:
    """Signs count in any typographic form, a minus at the end alone, and quotes around an id are no signs."""
    assert fold(written) == folded


def test_ids_that_differ_in_a_sign_are_two() -> None:
    """Each is found in any case, and a sign that no id has leads nowhere."""
    rows = "".join(f"{one},control\n" for one in ("R26", "R26+", "R26#"))
    own = loads(f"id,kind\n{rows}", "r.csv", framework="r", edition="1", title="R")
    assert [str(own.key(written)) for written in ("r26", "r26+", "r:R26+")] == ["r@1:R26", "r@1:R26+", "r@1:R26+"]
    assert {str(own.key(written)) for written in ("R26#", "r26#", "r:r26#", ": R26 #,")} == {"r@1:R26#"}
    with pytest.raises(UnknownKey):
        own.key("R26-")
    signed = loads("id,kind\nC#,control\n", "c.csv", framework="c", edition="1", title="C")
    with pytest.raises(UnknownKey):
        signed.key("C")


def test_an_id_wins_as_it_is_written() -> None:
    """Also over another id that differs from it only in signs that make no difference, in use or withdrawn."""
    rows = [{"id": "A-1"}, {"id": "A.1"}, {"id": "B-1", "withdrawn": "x", "replaced_by": "A-1; A.1"}, {"id": "B.1"}]
    index = ControlIndex.from_rows(EditionId("own", "1"), rows)
    assert index.ids == {"A-1", "A.1", "B.1"}
    assert index.withdrawn == {"B-1": ("A-1", "A.1")}
    for row in rows:
        assert index.id_of(row["id"]) == row["id"]


def test_similar_ids_in_use_are_suggested() -> None:
    """At most three, the most similar first, and none that was withdrawn."""
    rows = [{"id": "control-12"}, {"id": "control-123"}, {"id": "control-1234"}, {"id": "other"}]
    for withdrawn in ("", "x"):
        last = {"id": "control-12345", "withdrawn": withdrawn}
        index = ControlIndex.from_rows(EditionId("own", "1"), [*rows, last])
        expected = [f"own@1:control-{number}" for number in ("12345", "1234", "123")]
        assert index.near("Control 1234567") == expected[bool(withdrawn) :]


def test_ids_in_another_script_are_distinct() -> None:
    """Ids in a script without case or digits are found as they are written."""
    own = loads(
        "id,kind\n\u8981\u4ef6\u4e00,control\n\u8981\u4ef6\u4e8c,control\n",
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    assert str(own["\u8981\u4ef6\u4e8c"].id) == "own@1:\u8981\u4ef6\u4e8c"
    assert len(own) == 2


@pytest.mark.parametrize(
    ("edition", "written", "found"),
    [
        ("owasp-llm-top10@2025", "LLM07", "LLM07:2025"),
        ("owasp-llm-top10@2025", "llm07 2025", "LLM07:2025"),
        ("owasp-agentic-top10@2026", "ASI01:2026", "ASI01"),
        ("owasp-llm-top10@2025", "LLM07:2026", None),
        ("iso-iec-42001@2023", "6.1:2023", None),
        ("nist-ssdf@1.1", "PO.1-1.1", None),
        ("nist-ssdf@1.1", "PO.1", "PO.1"),
        ("nist-ai-rmf@1.0", "GV-1.1", "GOVERN 1.1"),
        ("nist-ai-rmf@1.0", "GV", None),
        ("nist-csf@2.0", "GV-1.1", None),
    ],
)
def test_an_edition_may_be_left_out_where_the_publisher_writes_it(
    edition: str, written: str, found: str | None
) -> None:
    """Only there, in the index and in the loaded framework; words are abbreviated only where that is usual."""
    index = control_index(EditionId.parse(edition))
    assert index.id_of(written) == found
    framework = frameworks.load(edition)
    for text in (written, f"{edition}:{written}"):
        control = framework.get(text)
        assert (control.id.local if control else None) == found


def shipped_labels() -> st.SearchStrategy[tuple[EditionId, str]]:
    """Draw an element of a framework that ships, with its edition."""
    return st.sampled_from(
        [(item.id, one) for item in framework_entries() for one in sorted(control_index(item.id).ids)]
    )


@given(shipped_labels(), st.sampled_from("-:. "))
def test_a_label_after_an_id_that_ships_is_another_id(item: tuple[EditionId, str], sign: str) -> None:
    """It is found only if it exists, or if the publisher writes it."""
    edition, local = item
    entry = next(one for one in framework_entries() if one.id == edition)
    try:
        found = parse(f"{edition}:{local}{sign}{edition.label}")
    except UnknownKey:
        assert not entry.id_suffix or local.endswith(entry.id_suffix)
    else:
        assert entry.id_suffix or fold(found.local) == fold(f"{local}{sign}{edition.label}")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R26", "R26+", False),
        ("3.1.9", "3.1.9'", False),
        ("C#", "C", False),
        ("#ac-1", "AC-1", True),
        ("1.1 #1", "1.1#1", True),
        ("1.1#1", "1.1.1", False),
        ("J\u00f6rg", "JO\u0308RG", True),
        ("J\u00f6rg", "J\u00fcrg", False),
        ("A\u20111", "A-1", True),
        ("AC-02(1)", "ac 2.1", True),
        ("AC-100", "AC-1", False),
        ("1.00", "1.0", True),
        ("1.0", "1", False),
        ("0A", "A", False),
        ("-", ".", False),
    ],
)
def test_signs_that_carry_meaning_are_part_of_an_id(one: str, other: str, *, same: bool) -> None:
    """Only case, separators and leading zeros are ignored."""
    assert (fold(one) == fold(other)) is same


@pytest.mark.parametrize(
    ("written", "home", "found"),
    [
        ("A.6.2.4", None, "iso-iec-42001@2023:A.6.2.4"),
        ("ISO 42001 6.1.2", None, "iso-iec-42001@2023:6.1.2"),
        ("ISO 42001 6.1.2", "nist-csf@2.0", "iso-iec-42001@2023:6.1.2"),
        ("nist-csf@2.0:PR.DS-01", "iso-iec-42001@2023", "nist-csf@2.0:PR.DS-01"),
        # An exact id, one in another spelling, and one after a word, which no other framework has.
        ("6.1.2", "iso-iec-42001@2023", "iso-iec-42001@2023:6.1.2"),
        ("govern 1.1", "nist-ai-rmf@1.0", "nist-ai-rmf@1.0:GOVERN 1.1"),
        ("clause 6.1.2", "iso-iec-42001@2023", "iso-iec-42001@2023:6.1.2"),
        # An id that both have is one of the framework that is asked first.
        ("PO.1", None, "nist-ssdf@1.1:PO.1"),
        ("PO.1", "nist-ssdf@1.2-ipd", "nist-ssdf@1.2-ipd:PO.1"),
        ("PO.1@1.2-ipd", None, "nist-ssdf@1.2-ipd:PO.1"),
        # Of the two frameworks with ids of this form, one has it.
        ("A.10.2", "nist-csf@2.0", "iso-iec-42001@2023:A.10.2"),
        ("A.8.34", "nist-csf@2.0", "iso-iec-27001@2022:A.8.34"),
        ("6.1.2", None, None),
        ("clause 6.1.2", None, None),
        ("Principle 5", "iso-iec-42001@2023", None),
        ("acme@1:6.1.2", "iso-iec-42001@2023", None),
    ],
)
def test_a_key_is_one_of_a_framework_if_it_names_one_or_has_its_form(
    written: str, home: str | None, found: str | None
) -> None:
    """Or if the framework that is asked first has the id. Otherwise it is not a key of a framework."""
    asked = None if home is None else control_index(EditionId.parse(home))
    control = find_control(written, written, asked)
    assert (control and str(control)) == found


def test_every_sign_means_the_same_beside_letters_of_another_script() -> None:
    """Signs are told apart in the same way whether or not an id has letters beyond those of ASCII."""
    for sign in map(chr, range(0x21, 0x7F)):
        assert fold(f"\u8981 1{sign}2") == f"\u8981-{fold(f'1{sign}2')}"


NAMED = [(name, item) for item in framework_entries() for name in item.edition_names]
NAMED += [(name, item) for item in framework_entries() for name in item.names]


@given(st.sampled_from(NAMED), st.sampled_from(["", " ", ", ", ": ", "/", "-"]), st.data())
def test_the_longest_name_in_front_of_an_id_is_its_framework(
    named: tuple[str, FrameworkEntry], sign: str, data: st.DataObject
) -> None:
    """The comparison with every name, one after the other, finds the same edition as the parser."""
    name = named[0]
    mentioned = [item for other, item in NAMED if fold(other) == fold(name)]
    local = data.draw(st.sampled_from(sorted(control_index(mentioned[0].id).ids)))
    text = f"{name}{sign}{local}"
    begun = [other for other, _ in NAMED if fold(text) == fold(other) or fold(text).startswith(f"{fold(other)}-")]
    longest = max(begun, key=lambda other: len(fold(other)), default=None)
    try:
        found = parse(text)
    except UnknownKey:
        # The id may look like the end of a longer name, or like a part of the name if no sign is between them.
        assert longest is None or fold(longest) != fold(name)
    else:
        if longest is not None:
            assert found.edition.document == next(
                item.id.document for other, item in NAMED if fold(other) == fold(longest)
            )
