"""Laws of look-up in your own frameworks beside those that ship."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.errors import KeyMistake, UnknownKey
from aicop.frameworks import Framework, loads
from aicop.frameworks.registry import FrameworkRegistry, OwnFramework
from aicop.ids import ControlId, EditionId
from aicop.keys.control_index import fold
from tests.strategies import labels, slugs

signs = st.text("Ab1.-@:#'+*(\u00f6 ", min_size=1, max_size=6).filter(lambda text: text == text.strip())


def own(edition: EditionId, ids: list[str]) -> Framework:
    """Return a framework with these ids."""
    controls = [{"id": one, "kind": "control"} for one in ids]
    head = {"framework": edition.document, "edition": edition.label, "title": "Own"}
    return loads(json.dumps({**head, "controls": controls}), "own.json")


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Draw a framework with any key, any edition, and ids of letters and signs, some of which end in the edition."""
    edition = EditionId(f"own-{draw(slugs)}", draw(labels))
    ends = st.sampled_from(["", "", f"-{edition.label}", f":{edition.label}", f"@{edition.label}"])
    ids = draw(st.lists(st.builds(str.__add__, signs, ends), min_size=1, max_size=6, unique_by=fold))
    return own(edition, ids)


@given(frameworks())
def test_every_canonical_key_is_parsed_to_itself(framework: Framework) -> None:
    """Whatever the edition and the signs in the ids, with and without the edition."""
    registry = FrameworkRegistry.from_frameworks([framework])
    for key in framework:
        assert registry.parse(str(key)) == key
        assert registry.parse(f"{key.edition.document}:{key.local}") == key
        assert framework.key(key.local) == key


def core(text: str) -> str:
    """Return what counts of an id: all but case, separators, leading zeros and quotes around it."""
    text = (text.strip("'") if text.startswith("'") else text).removeprefix("#")
    return "".join(part.lstrip("0") or part[:1] for part in re.split(r"[^a-z0-9#'+*@\u00f6]+", text.lower()))


@given(frameworks(), st.data())
def test_an_id_that_does_not_exist_is_never_known(framework: Framework, data: st.DataObject) -> None:
    """Nothing is taken off an id, or put on it, to find another."""
    registry = FrameworkRegistry.from_frameworks([framework])
    begun = data.draw(st.sampled_from([key.local for key in framework]))
    end = data.draw(st.one_of(signs, st.sampled_from([f"{sign}{framework.id.label}" for sign in "-:. "])))
    for local in (begun + end, begun.removesuffix(framework.id.label)):
        for head in (str(framework.id), framework.id.document):
            try:
                found = registry.parse(f"{head}:{local}")
            except UnknownKey as error:
                assert error.text == f"{head}:{local}"
            else:
                behind = local.removesuffix(f"@{framework.id.label}") if head == framework.id.document else local
                assert core(found.local) in {core(local), core(behind)}


def test_the_label_of_the_edition_is_no_part_of_an_id() -> None:
    """In edition 1, A-1 is not A."""
    framework = own(EditionId("own", "1"), ["A", "A-2"])
    with pytest.raises(UnknownKey) as caught:
        FrameworkRegistry.from_frameworks([framework]).parse("own:A-1")
    assert caught.value == UnknownKey("own:A-1", KeyMistake.NO_SUCH_NUMBER, "own@1 has no 'A-1'.", ("own@1:A-2",))


def test_an_edition_may_follow_the_id() -> None:
    """Where two editions have the id, it says which is meant."""
    first, second = (own(EditionId("own", label), ["A"]) for label in ("1", "2"))
    registry = FrameworkRegistry([OwnFramework(first), OwnFramework(second)])
    assert registry.parse("own:A@2") == ControlId(second.id, "A")
    with pytest.raises(UnknownKey, match="own has several editions here"):
        registry.parse("own:A@3")


def test_suggestions_begin_with_the_framework_that_was_asked_for() -> None:
    """An id alone that only another framework has is explained with similar ids of the one in use."""
    framework = own(EditionId("own", "1"), ["AC-20", "X"])
    registry = FrameworkRegistry.from_frameworks([framework])
    with pytest.raises(UnknownKey) as caught:
        registry.parse("AC-2", "own")
    assert caught.value.nearest == ("own@1:AC-20", "nist-sp-800-53@5.2.0:AC-2")


def test_an_id_of_yours_may_look_like_the_key_of_a_document() -> None:
    """Then a wrong one is explained as an id, and not as an unknown document."""
    registry = FrameworkRegistry.from_frameworks([own(EditionId("own", "1"), ["X:1"])])
    with pytest.raises(UnknownKey, match="own@1 has no 'X:2'"):
        registry.parse("X:2", "own")
