"""Frameworks built from files in other formats."""

from __future__ import annotations

import pytest

from aicop.errors import Fault, InvalidDocument
from aicop.ids import EditionId
from aicop.interop.common.builder import build_framework, relation_or_fault
from aicop.relations import RelationSet, Scheme
from aicop.vocabulary import Relation


def _framework(*controls: dict[str, str | None]) -> object:
    return build_framework(
        EditionId("own", "1"),
        {"title": "Own", "publisher": None},
        controls,
        "own.x",
        lambda place, field: f"items[{place}].{field}",
    )


def test_a_framework_is_built_from_rows() -> None:
    """Rows give elements with their words and natures, and the facts give title and publisher."""
    facts = {"title": "Own", "publisher": "We"}
    rows = [{"id": "1", "kind": "control", "title": None, "words": "Do it.", "nature": "mitigation"}]
    found = build_framework(EditionId("own", "1"), facts, rows, "own.x", lambda place, field: f"{place}{field}")
    [item] = found.controls
    assert (str(item.id), item.title, item.words, item.nature) == ("own@1:1", None, "Do it.", "mitigation")
    assert (found.edition.title, found.edition.publisher) == ("Own", "We")


def test_kind_and_title_are_never_empty() -> None:
    """An empty kind or title gets a default, and unprintable characters are removed."""
    rows = [{"id": "1", "kind": " a\tb\x1b"}, {"id": "2", "kind": "\x01"}]
    found = build_framework(
        EditionId("own", "1"), {"title": "\u2028"}, rows, "own.x", lambda place, field: f"{place}{field}"
    )
    assert [item.kind for item in found.controls] == ["a b", "element"]
    assert found.edition.title == "own@1"


BROKEN = [
    (
        [{"kind": "x"}, {"id": "a\nb", "kind": "x"}, {"id": "a" * 101, "kind": "x"}],
        ["items[0].id", "items[1].id", "items[2].id"],
    ),
    ([{"id": "1", "kind": "x"}, {"id": "1", "kind": "x"}], ["items[1].id"]),
    ([{"id": "1", "kind": "x", "parent": "2"}], ["items[0].parent"]),
]


@pytest.mark.parametrize(("controls", "places"), BROKEN)
def test_all_faults_of_a_list_are_reported_at_once(controls: list[dict[str, str | None]], places: list[str]) -> None:
    """All faults are raised together, with their places in the file."""
    with pytest.raises(InvalidDocument) as caught:
        _framework(*controls)
    assert [fault.path for fault in caught.value.faults] == places


def test_a_word_of_a_scheme_is_read_and_any_other_is_a_fault() -> None:
    """A word of OSCAL is a set of relations; an unknown word is a fault with its place."""
    assert relation_or_fault("subset-of", Scheme.OSCAL, "f", "p") == RelationSet([Relation.SUBSET])
    fault = relation_or_fault("subset", Scheme.OSCAL, "f", "p")
    assert isinstance(fault, Fault)
    assert (fault.file, fault.path) == ("f", "p")
