"""Converters of fields."""

from __future__ import annotations

from typing import Any

import pytest

from aicop import load
from aicop.model import Control, System, VerdictRow
from aicop.vocabulary import Nature

CODE = load("uk-ai-cop")
STATEMENT = next(iter(CODE.values())).statements[0]


def test_any_iterable_becomes_a_tuple() -> None:
    """A list, a generator and a tuple are the same field."""
    rows = [
        System(name="chat", title="Chat", edition=CODE.id, roles=roles)
        for roles in (list(STATEMENT.duty_holders), iter(STATEMENT.duty_holders), STATEMENT.duty_holders)
    ]
    assert {row.roles for row in rows} == {STATEMENT.duty_holders}


@pytest.mark.parametrize(
    ("kind", "field", "more"),
    [
        (VerdictRow, "evidence", {"key": CODE.find("5.2#1")}),
        (System, "roles", {"name": "chat", "title": "Chat", "edition": CODE.id}),
        (
            Control,
            "aliases",
            {"id": CODE.find("5.1"), "parent": None, "kind": "control", "nature": Nature.REQUIREMENT, "title": None},
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_text_is_no_list(kind: type[Any], field: str, more: dict[str, Any]) -> None:
    """Text is not taken for the list of its characters, which type checkers allow."""
    with pytest.raises(TypeError, match=r"^a list is expected, not the text 'EV-1'; write \['EV-1'\]$"):
        kind(**more, **{field: "EV-1"})
