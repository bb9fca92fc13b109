"""Frameworks in aicop's own format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given

from aicop import Catalogue, frameworks
from tests.interop import generated

if TYPE_CHECKING:
    from aicop.frameworks import Framework


@given(generated.frameworks())
def test_a_framework_round_trips(item: Framework) -> None:
    """Every element is restored in all fields of a user's framework."""
    read = frameworks.loads(frameworks.dumps(item), "own.json")
    assert read.controls == item.controls
    assert read.edition == item.edition


def test_an_edition_is_written_as_a_framework(code: Catalogue) -> None:
    """The file has the edition's phases, principles, provisions and statements."""
    value = json.loads(frameworks.dumps(frameworks.from_catalogue(code)))
    kinds = [item["kind"] for item in value["controls"]]
    assert [kinds.count(kind) for kind in ("phase", "principle", "provision", "sub-provision", "statement")] == [
        5,
        13,
        51,
        21,
        88,
    ]
