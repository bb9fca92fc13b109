"""The form of libraries of CISO Assistant."""

from __future__ import annotations

from typing import Any

import pytest

from aicop.interop.ciso_assistant.schema import LibrarySchema, shape_faults, unread_fields

LIBRARY = {"urn": "urn:them:risk:library:x", "name": "x", "version": 1, "objects": {}}


@pytest.mark.parametrize("field", ["urn", "name", "version", "objects"])
def test_a_missing_field_has_its_path(field: str) -> None:
    """A missing field is a fault whose path begins with that of the part."""
    without = {name: value for name, value in LIBRARY.items() if name != field}
    assert [(fault.path, fault.problem) for fault in shape_faults(LibrarySchema, without, "f", "objects.x")] == [
        (f"objects.x.{field}", "this field is missing")
    ]
    assert [fault.path for fault in shape_faults(LibrarySchema, without, "f")] == [field]


@pytest.mark.parametrize("value", [None, [], "text", 5])
def test_what_is_no_mapping_is_one_fault(value: object) -> None:
    """A value that is not a mapping is one fault."""
    [fault] = shape_faults(LibrarySchema, value, "f", "here")
    assert (fault.path, fault.problem) == ("here", f"must be a mapping, not {type(value).__name__}")


def test_a_complete_library_has_no_fault() -> None:
    """A library with all required fields has no fault, whatever else it contains."""
    assert list(shape_faults(LibrarySchema, LIBRARY | {"locale": "en"}, "f")) == []


def test_unread_fields_are_those_with_a_value() -> None:
    """None and empty values are ignored, but False and 0 count as unread."""
    more: dict[str, Any] = {"a": None, "b": "", "c": [], "d": {}, "e": False, "f": 0, "g": "x"}
    assert unread_fields(LIBRARY | more, LibrarySchema) == {"e", "f", "g"}
