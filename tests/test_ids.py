"""Identifiers as values."""

from __future__ import annotations

import itertools
from typing import get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import EditionId, PhaseId, PrincipleId, ProvisionId, load
from aicop.errors import InvalidId
from aicop.ids import ControlId, End, JointId, StatementId, key_of_item, split_edition, split_key, split_label
from tests.strategies import edition_ids, phase_ids, principle_ids, provision_ids

CODE = EditionId("uk-ai-cop", "2025-01")


@given(edition_ids)
def test_edition_ids_round_trip(value: EditionId) -> None:
    """`parse` and `str` are inverses."""
    assert EditionId.parse(str(value)) == value


@given(provision_ids)
def test_provision_ids_round_trip(value: ProvisionId) -> None:
    """`parse` and `str` are inverses."""
    assert ProvisionId.parse(str(value)) == value


@given(principle_ids)
def test_principle_ids_round_trip(value: PrincipleId) -> None:
    """`parse` and `str` are inverses."""
    assert PrincipleId.parse(str(value)) == value


@given(phase_ids)
def test_phase_ids_round_trip(value: PhaseId) -> None:
    """`parse` and `str` are inverses."""
    assert PhaseId.parse(str(value)) == value


@given(provision_ids, provision_ids)
def test_order_is_total_and_agrees_with_equality(first: ProvisionId, second: ProvisionId) -> None:
    """Of two different ids, exactly one is less than the other."""
    assert (first < second) + (second < first) == (first != second)


@pytest.mark.parametrize(
    "printed",
    [
        ["1.1", "1.1.1", "1.2", "1.2.1", "1.2.2", "2.1", "5.2", "5.10", "10.1"],
        ["5.1.1-1", "5.1.1-1.1", "5.1.1-2", "5.1.2-1", "5.2.1-4", "5.2.1-4.1", "5.2.1-10", "5.2.10-1"],
    ],
)
def test_provisions_are_ordered_as_printed(printed: list[str]) -> None:
    """Clauses are compared as numbers, and a provision precedes its sub-provisions."""
    ids = [ProvisionId(CODE, number) for number in printed]
    assert sorted([*ids[1:], ids[0]]) == ids
    assert all(a < b for a, b in itertools.pairwise(ids))


def test_editions_are_ordered_as_numbers() -> None:
    """Labels are compared as numbers, so 1.10 is newer than 1.9."""
    assert EditionId("x", "1.9") < EditionId("x", "1.10")
    assert EditionId("x", "2025-01") < EditionId("x", "2025-11")
    # Words come before numbers and are compared as text; the written form decides between equal numbers.
    ordered = ["alpha", "beta", "beta.2", "beta.10", "0", "00", "1", "1.alpha", "1.0", "1.00", "1-1", "1.1", "10"]
    ids = [EditionId("x", label) for label in ordered]
    assert sorted(ids[5:] + ids[:5]) == ids


MALFORMED = [
    "",
    ":",
    "uk-ai-cop",
    "uk-ai-cop@2025-01",
    "uk-ai-cop@2025-01:",
    "uk-ai-cop:5.4.1",
    "uk-ai-cop@2025-01:5.4.1\n",
    "uk-ai-cop@2025-01: 5.4.1",
    "uk-ai-cop@2025-01:5.4.",
    "uk-ai-cop@2025-01:05.4",
    "uk-ai-cop@2025-01:5..4",
    "uk-ai-cop@2025-01:5-",
    "uk-ai-cop@2025-01:5-1-1",
    "uk-ai-cop@2025-01:٥.4",
    "uk-ai-cop@2025-01:P0",
    "uk-ai-cop@2025-01:P05",
    "uk-ai-cop@2025-01:Secure-Design",
    "UK-AI-COP@2025-01:5.4",
    "uk-ai-cop@2025-01:" + "9" * 5,
    "uk-ai-cop@2025-01:" + "1." * 200 + "1",
    "uk-ai-cop@2025-01:" + "1." * 90 + "11" + ".1" * 20,
    "uk-ai-cop@2025-01:" + "1." * 5_000_000 + "1",
]


@pytest.mark.parametrize("kind", [ProvisionId, PrincipleId, PhaseId])
@pytest.mark.parametrize("text", MALFORMED, ids=lambda text: ascii(text[:40]))
def test_only_the_written_form_is_read(kind: type[ProvisionId | PrincipleId | PhaseId], text: str) -> None:
    """Any other form raises InvalidId with the full text and a short message."""
    with pytest.raises(InvalidId) as caught:
        kind.parse(text)
    assert caught.value.text == text
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "text", ["", "uk-ai-cop", "uk-ai-cop@", "@1", "a@1\n", "A@1", "a@1:2", "a--b@1", "a@" + "1" * 300]
)
def test_only_the_written_form_of_an_edition_is_read(text: str) -> None:
    """Any other form of an edition raises InvalidId."""
    with pytest.raises(InvalidId, match="is not an edition id"):
        EditionId.parse(text)


EXPECTED = {
    EditionId: "an edition id such as 'etsi-en-304-223@2.1.1'",
    ProvisionId: "a provision id such as 'etsi-en-304-223@2.1.1:5.1.1-2'",
    PrincipleId: "a principle id such as 'uk-ai-cop@2025-01:P5'",
    PhaseId: "a phase id such as 'uk-ai-cop@2025-01:secure-development'",
    StatementId: "a statement id such as 'uk-ai-cop@2025-01:2.3#1'",
    ControlId: "a control id such as 'nist-csf@2.0:PR.DS-01'",
}
"""What each kind of id asks for; the example is one of its kind."""


@pytest.mark.parametrize("kind", EXPECTED, ids=lambda kind: kind.__name__)
def test_a_wrong_form_is_answered_with_an_example(kind: type[EditionId | ProvisionId | ControlId]) -> None:
    """The error names the kind of id, with an example that has the right form."""
    for text in ("?", "uk-ai-cop@2025-01:"):
        with pytest.raises(InvalidId) as caught:
            kind.parse(text)
        assert caught.value == InvalidId(text, EXPECTED[kind])
    example = EXPECTED[kind].split("'")[1]
    assert str(kind.parse(example)) == example


# Each is as long as an id may be, which is 200 characters.
LONGEST = [
    (EditionId, "a@" + "1" * 198),
    (ProvisionId, "a@" + "1" * 193 + ":1.23"),
    (PrincipleId, "a@" + "1" * 195 + ":P1"),
    (PhaseId, "a@1:" + "b" * 196),
    (StatementId, "a@" + "1" * 192 + ":1.2#3"),
    (ControlId, "a@1:" + "B" * 196),
]


@pytest.mark.parametrize(("kind", "text"), LONGEST, ids=lambda value: getattr(value, "__name__", ""))
def test_an_id_has_at_most_two_hundred_characters(kind: type[EditionId | ProvisionId | ControlId], text: str) -> None:
    """The longest id is read whole, and one that is longer by one character is refused."""
    assert len(text) == 200
    assert str(kind.parse(text)) == text
    for longer in (text.replace("a@", "aa@"), f"{text}1"):
        with pytest.raises(InvalidId) as caught:
            kind.parse(longer)
        assert caught.value.text == longer


def test_each_kind_of_id_refuses_the_others() -> None:
    """The text of one kind of id is invalid for another."""
    for kind, text in ((ProvisionId, f"{CODE}:P5"), (PrincipleId, f"{CODE}:5"), (PhaseId, f"{CODE}:5.1")):
        with pytest.raises(InvalidId):
            kind.parse(text)


def test_statement_and_control_ids_round_trip() -> None:
    """`parse` and `str` are inverses for statements and controls too."""
    statement = StatementId(ProvisionId(CODE, "2.3"), 2)
    assert StatementId.parse(str(statement)) == statement
    assert statement.edition == CODE
    control = ControlId(EditionId("nist-sp-800-53", "5.2.0"), "AC-2(1)")
    assert ControlId.parse(str(control)) == control


@pytest.mark.parametrize("text", ["uk-ai-cop@2025-01:2.3", "uk-ai-cop@2025-01:2.3#0", "uk-ai-cop@2025-01:2.3#x", "#1"])
def test_invalid_statement_ids_are_refused(text: str) -> None:
    """A statement id needs an ordinal from 1 after a provision."""
    with pytest.raises(InvalidId):
        StatementId.parse(text)


@pytest.mark.parametrize("text", ["nist-csf@2.0", "nist-csf@2.0:", "nist-csf@2.0: A", "nist-csf@2.0:A\n", "x:A"])
def test_invalid_control_ids_are_refused(text: str) -> None:
    """A control id needs printable text after an edition."""
    with pytest.raises(InvalidId):
        ControlId.parse(text)


@given(provision_ids, st.integers(min_value=1, max_value=9999))
def test_an_id_is_its_edition_and_local_part(provision: ProvisionId, ordinal: int) -> None:
    """Edition and local part can be split from the text and put together again."""
    statement = StatementId(provision, ordinal)
    assert statement.local == f"{provision.local}#{ordinal}"
    for key in (provision, statement):
        assert split_key(str(key)) == (str(key.edition), key.local)
        assert key_of_item(key.edition, key.local) == key
    assert split_edition(str(provision.edition)) == (provision.edition.document, provision.edition.label)


@given(principle_ids)
def test_a_principle_is_known_by_its_letter(principle: PrincipleId) -> None:
    """A local part such as P5 is a principle and not a provision."""
    assert key_of_item(principle.edition, principle.local) == principle


def test_a_joint_id_has_several_members_of_one_edition() -> None:
    """Members are distinct and in natural order; one member alone, or two editions, are refused."""
    one, other, third = (ControlId(EditionId("acme", "1"), name) for name in ("AC-10", "AC-2", "AC-2(1)"))
    joint = JointId([one, other, one, third])
    assert joint.members == (other, third, one)
    assert (joint.local, joint.edition, str(joint).count("acme@1:")) == ("AC-2|AC-2(1)|AC-10", one.edition, 3)
    assert JointId([third, one, other]) == joint
    assert JointId([one, other]).members == (other, one)
    assert len({JointId([one, other]), JointId([other, one]), joint}) == 2
    expected = "at least two different ids of one edition, such as 'acme@2026:AC-1|acme@2026:AC-2'"
    later = ControlId(EditionId("acme", "2"), "AC-2")
    # They are named in order, edition by edition.
    for members, written in (
        ([one], "acme@1:AC-10"),
        ([one, one], "acme@1:AC-10"),
        ([later, one], "acme@1:AC-10|acme@2:AC-2"),
    ):
        with pytest.raises(InvalidId) as caught:
            JointId(members)
        assert caught.value == InvalidId(written, expected)


def test_members_of_a_joint_id_are_in_natural_order() -> None:
    """Digits are compared as numbers wherever they stand, digits come after letters, and texts break ties."""
    edition = EditionId("acme", "1")
    ordered = ("A", "A0", "A00", "A-1", "A-B", "B2.9", "B2.10", "B10", "0", "00", "1", "1A", "9", "10")
    for first, second in itertools.pairwise(ordered):
        one, other = ControlId(edition, first), ControlId(edition, second)
        assert JointId([other, one]).members == (one, other), (first, second)


@pytest.mark.parametrize("kind", [EditionId, *get_args(get_args(End)[0])], ids=lambda kind: kind.__name__)
def test_an_id_is_a_value_to_other_libraries(kind: type[object]) -> None:
    """Libraries that write attrs classes field by field, such as msgspec, ask their hooks how to write an id."""
    assert not attrs.has(kind)
    assert not hasattr(kind, "__replace__")


def test_records_keep_ids_whole() -> None:
    """The fields of a record hold ids, also when attrs takes it apart."""
    record = load("uk-ai-cop")["5.4.1"]
    assert attrs.asdict(record)["parent"] is record.parent


def test_the_representation_of_an_id_is_short() -> None:
    """It is the class and the canonical form, of which at most 120 characters are shown."""
    edition = EditionId("acme", "1")
    assert repr(ControlId(edition, "AC-2")) == "<ControlId acme@1:AC-2>"
    fits = ControlId(edition, "A" * (120 - len("acme@1:")))
    assert repr(fits) == f"<ControlId {fits}>"
    longer = ControlId(edition, f"{fits.local}A")
    assert "(121 characters)" in repr(longer)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("AML.T0020@5.0.1", ("AML.T0020", "5.0.1")),
        ("AML.T0020 @ v5.0.1", ("AML.T0020", "5.0.1")),
        ("a@b@2025-01", ("a@b", "2025-01")),
        ("AML.T0020", ("AML.T0020", "")),
        ("AML.T0020@", ("AML.T0020@", "")),
        ("@5", ("@5", "")),
    ],
)
def test_a_label_may_follow_an_id(written: str, found: tuple[str, str]) -> None:
    """The id comes before the last sign, and what is no label belongs to the id."""
    assert split_label(written) == found
