"""Users' own editions."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from aicop import load
from aicop.catalogue import loads
from tests.catalogue.test_faults import provisions
from tests.examples import mini_edition
from tests.strategies import editions


@given(editions())
def test_any_consistent_edition_loads(data: dict[str, Any]) -> None:
    """A consistent edition is loaded with the title and actions of its file."""
    built = loads(json.dumps(data))
    assert built.edition.title == data["title"]
    actions = [
        s["action"]
        for ph in data["phases"]
        for pr in ph["principles"]
        for p in pr["provisions"]
        for s in p["statements"]
    ]
    assert [s.action for item in built.values() for s in item.statements] == actions


def test_a_users_edition_may_use_the_shipped_guide() -> None:
    """A user's edition that names the shipped guide gets its entries."""
    data = mini_edition()
    data["guidance"] = "uk-ai-cop@2025-01"
    provisions(data)[0]["guidance"] = "6.2"
    built = loads(json.dumps(data))
    guidance = built["1.1"].guidance
    assert guidance is not None
    assert guidance == load("uk-ai-cop")["6.2"].guidance
    assert built["1.2"].guidance is None
