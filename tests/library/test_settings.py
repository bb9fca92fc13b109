"""Settings that are hostile."""

from __future__ import annotations

import pytest

from aicop.errors import InvalidDocument
from aicop.library import settings


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a=" + "[" * 100_000, "nested too deeply"),
        (".".join(["a"] * 60) + "=1", "nested too deeply"),
        ("a=" + "9" * 5000, "not TOML that can be read: Exceeds the limit (4300 digits) for integer string conversion"),
    ],
    ids=["lists", "tables", "digits"],
)
def test_hostile_settings_are_refused(content: str, problem: str) -> None:
    """Deep nesting and endless numbers are faults, as in JSON."""
    with pytest.raises(InvalidDocument) as caught:
        settings.loads(content.encode())
    [fault] = caught.value.faults
    assert (fault.file, fault.path) == ("aicop.toml", "")
    assert fault.problem.startswith(problem)
