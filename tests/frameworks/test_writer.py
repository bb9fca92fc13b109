"""Frameworks in our own format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given

from aicop import Catalogue, frameworks
from tests.interop import generated

if TYPE_CHECKING:
    from aicop.frameworks import Framework


@given(generated.frameworks())
def test_a_framework_comes_back_as_it_was(item: Framework) -> None:
    """Every element with all that a user's framework can hold."""
    read = frameworks.loads(frameworks.dumps(item), "own.json")
    assert read.controls == item.controls
    assert read.edition == item.edition


def test_an_edition_is_written_as_a_framework(code: Catalogue) -> None:
    """With all its phases, principles, provisions, statements and roles: 5, 13, 72, 88 and those of the table."""
    value = json.loads(frameworks.dumps(frameworks.from_catalogue(code)))
    kinds = [item["kind"] for item in value["controls"]]
    assert [kinds.count(kind) for kind in ("phase", "principle", "provision", "sub-provision", "statement")] == [
        5,
        13,
        51,
        21,
        88,
    ]
