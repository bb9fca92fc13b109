"""Keys of other frameworks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import UnknownKey, frameworks
from aicop.errors import KeyMistake
from aicop.frameworks import loads
from aicop.keys import parse
from aicop.keys.control_index import control_index, fold
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
        ("AC-2(1)*", "ac-2-1*"),
        ("'AC-2'", "ac-2"),
        ("\u2018AC-2\u2019", "ac-2"),
        ("C++ 1", "c-1"),
    ],
)
def test_signs_at_the_end_are_a_part_of_an_id(written: str, folded: str) -> None:
    """Signs count at the end alone, in any typographic form, and quotes around an id are no signs."""
    assert fold(written) == folded


def test_ids_that_differ_in_a_sign_are_two() -> None:
    """Each is found in any case, and a sign that no id has leads nowhere."""
    own = loads("id,kind\nR26,control\nR26+,control\n", "r.csv", framework="r", edition="1", title="R")
    assert [str(own.key(written)) for written in ("r26", "r26+", "r:R26+")] == ["r@1:R26", "r@1:R26+", "r@1:R26+"]
    with pytest.raises(UnknownKey):
        own.key("R26-")


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
