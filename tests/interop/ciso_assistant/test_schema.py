"""The form of libraries of CISO Assistant."""

from __future__ import annotations

from typing import Any

import pytest

from aicop.interop.ciso_assistant.schema import LibrarySchema, shape_faults, unread_fields

LIBRARY = {"urn": "urn:them:risk:library:x", "name": "x", "version": 1, "objects": {}}


@pytest.mark.parametrize("field", ["urn", "name", "version", "objects"])
def test_a_field_that_is_missing_has_its_place(field: str) -> None:
    """The place of the part stands in front."""
    without = {name: value for name, value in LIBRARY.items() if name != field}
    assert [(fault.path, fault.problem) for fault in shape_faults(LibrarySchema, without, "f", "objects.x")] == [
        (f"objects.x.{field}", "this field is missing")
    ]
    assert [fault.path for fault in shape_faults(LibrarySchema, without, "f")] == [field]


@pytest.mark.parametrize("value", [None, [], "text", 5])
def test_what_is_no_mapping_is_one_fault(value: object) -> None:
    """Nothing in it is looked at."""
    [fault] = shape_faults(LibrarySchema, value, "f", "here")
    assert (fault.path, fault.problem) == ("here", f"must be a mapping, not {type(value).__name__}")


def test_a_library_with_all_it_needs_has_no_fault() -> None:
    """Whatever else it has."""
    assert list(shape_faults(LibrarySchema, LIBRARY | {"locale": "en"}, "f")) == []


def test_what_is_not_taken_is_what_says_something() -> None:
    """Nothing, empty text and empty lists say nothing; no and zero do."""
    more: dict[str, Any] = {"a": None, "b": "", "c": [], "d": {}, "e": False, "f": 0, "g": "x"}
    assert unread_fields(LIBRARY | more, LibrarySchema) == {"e", "f", "g"}
