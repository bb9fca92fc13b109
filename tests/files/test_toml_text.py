"""TOML of users, also if it is hostile."""

from __future__ import annotations

import pytest

from aicop.errors import InvalidDocument
from aicop.files.toml_text import parse_toml


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a=" + "[" * 100_000, "nested too deeply"),
        (".".join(["a"] * 60) + "=1", "nested too deeply"),
        ("a=" + "9" * 5000, "not TOML that can be read: Exceeds the limit (4300 digits) for integer string conversion"),
    ],
    ids=["lists", "tables", "digits"],
)
def test_hostile_toml_is_refused(content: str, problem: str) -> None:
    """Deep nesting and endless numbers are faults, as in JSON."""
    with pytest.raises(InvalidDocument) as caught:
        parse_toml(content.encode(), "x.toml")
    [fault] = caught.value.faults
    assert (fault.file, fault.path) == ("x.toml", "")
    assert fault.problem.startswith(problem)


def test_a_mistake_has_its_place() -> None:
    """The place comes from the parser."""
    with pytest.raises(InvalidDocument) as caught:
        parse_toml(b"a = 1\nb = \n", "x.toml")
    [fault] = caught.value.faults
    assert (fault.file, fault.path, fault.problem) == ("x.toml", "line 2, column 5", "not TOML: invalid value")


def test_dates_and_times_are_text() -> None:
    """Dates and times become text in the form of ISO 8601, also within lists and tables."""
    content = b"a = [2026-11-30, {b = 07:32:00}]\n[c]\nd = 2026-11-30T07:32:00Z\n"
    assert parse_toml(content, "x.toml") == {
        "a": ["2026-11-30", {"b": "07:32:00"}],
        "c": {"d": "2026-11-30T07:32:00+00:00"},
    }
