"""Verdicts on the keys in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop import Library
from aicop.errors import KeyMistake
from aicop.frameworks import loads
from aicop.keys import parse
from aicop.library import KeyChecker

if TYPE_CHECKING:
    from aicop.ids import EditionId, Key

OWN = loads("id,kind\nA-1,control\nA|B,control\nR;D,control\n", "own.csv", framework="own", edition="1", title="Own")
LIBRARY = Library().with_framework(OWN)


@pytest.mark.parametrize(
    ("cell", "verdicts"),
    [
        ("", []),
        (" ", []),
        ("own:A-1; AC-2", [("own:A-1", "own@1:A-1"), ("AC-2", "nist-sp-800-53@5.2.0:AC-2")]),
        ("own:A|B; own:A-1", [("own:A|B", "own@1:A|B"), ("own:A-1", "own@1:A-1")]),
        ("own:A|B", [("own:A|B", "own@1:A|B")]),
        ("own:R;D", [("own:R;D", "own@1:R;D")]),
        ("own:A-1|own:A-9", [("own:A-1", "own@1:A-1"), ("own:A-9", None)]),
        ("UK 5.1\nUK 5.2", [("UK 5.1", "uk-ai-cop@2025-01:5.1"), ("UK 5.2", "uk-ai-cop@2025-01:5.2")]),
        ("UK 5.1 & 5.2", [("UK 5.1", "uk-ai-cop@2025-01:5.1"), ("5.2", "uk-ai-cop@2025-01:5.2")]),
        ("foo:1, foo:2", [("foo:1", None), ("foo:2", None)]),
        ("hello, world", [("hello, world", None)]),
        ("DSIT Code, Principle 99", [("DSIT Code, Principle 99", None)]),
        ("UK 5.1;", [("UK 5.1;", "uk-ai-cop@2025-01:5.1")]),
        (";", [(";", None)]),
        (",", [(",", None)]),
    ],
)
def test_the_keys_in_a_cell(cell: str, verdicts: list[tuple[str, str | None]]) -> None:
    """Each key of a list has its verdict, and what is no list has one."""
    found = KeyChecker(LIBRARY.parse).cell(cell)
    assert [(one.text, str(one.key) if one.key else None) for one in found] == verdicts
    assert all((one.key is None) is (one.error is not None) for one in found)


def test_each_text_is_parsed_once() -> None:
    """However often a list repeats it."""
    asked: list[str] = []

    def count(text: str, edition: EditionId | str | None) -> Key:
        asked.append(text)
        return parse(text, edition)

    checker = KeyChecker(count, "uk-ai-cop")
    assert [one.error and one.error.mistake for cell in ("5.4", "99", "5.4", "99") for one in checker.cell(cell)] == [
        None,
        KeyMistake.NO_SUCH_NUMBER,
        None,
        KeyMistake.NO_SUCH_NUMBER,
    ]
    assert asked == ["5.4", "99"]
