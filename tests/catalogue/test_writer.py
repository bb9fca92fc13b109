"""Editions in aicop's own format."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from aicop import Catalogue, load
from aicop._resources import read
from aicop.catalogue import dumps, loads
from aicop.catalogue.shipped import build_with_guide
from tests import strategies
from tests.catalogue.test_derived import MAY, changed, derive, finder
from tests.examples import derived_edition, mini_edition, plain_provision, plain_statement

EDITIONS = ("uk-ai-cop@2025-01", "etsi-ts-104-223@1.1.1", "etsi-en-304-223@2.1.1")


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_that_ships_is_written_as_its_file(edition: str) -> None:
    """The fields and their order are those of the packaged file; only the sources are in the order of their use."""
    written, packaged = json.loads(dumps(load(edition))), json.loads(read(f"editions/{edition}.json"))
    assert list(written) == list(packaged)
    for data in (written, packaged):
        data["sources"].sort(key=lambda item: item["key"])
    assert written == packaged
    assert build_with_guide(written) == load(edition)


@given(strategies.editions())
def test_an_edition_is_restored(data: dict[str, Any]) -> None:
    """Whatever an edition says is there when it is read again."""
    catalogue = loads(data)
    assert loads(dumps(catalogue)) == catalogue


def test_roles_that_are_none_are_not_roles_that_are_not_stated() -> None:
    """A principle whose line names nobody is not a principle without such a line."""
    data = mini_edition()
    first, second = (principle for phase in data["phases"] for principle in phase["principles"])
    first["applies_to"] = []
    second.pop("applies_to", None)
    found = loads(dumps(loads(data)))
    assert [item.applies_to for item in found.principles] == [(), None]


NOTE = {"observation": "o", "reading": "r", "reason": "w", "erratum": False}
POINTER = {"clause": "7", "principle": 7, "purpose": "ours"}
DIFFERENCES: list[tuple[str, dict[str, Any]]] = [
    ("none", {}),
    ("lists", {"scope": [{"key": "all", "statement": "S", "source": "acme"}], "terms": [], "stakeholders": []}),
    ("own", {"own": [plain_provision("5.4.3", MAY, principle=5, parent="5.4", guidance="6.2", annotations=[NOTE])]}),
    ("dropped", {"dropped": [{"number": "13.2", "reason": "R."}, {"number": "6.2", "reason": "Q."}]}),
    ("title", {"changed": [changed("5.1", ["wording"], title="T", reverse_note="Back.")]}),
    ("the same title", {"changed": [changed("5.1", ["wording"], title=load("uk-ai-cop")["5.1"].title)]}),
    (
        "statements",
        {"changed": [changed("6.1", ["strength", "scope of duty"], statements=[plain_statement("may", "Developer", "a")])]},
    ),
    ("nothing left", {"changed": [changed("2.1", ["footnote"], footnotes=[], annotations=[])]}),
    ("pointers", {"changed": [changed("5.1", ["pointer"], pointers=[POINTER], guidance="6.2", annotations=[NOTE])]}),
    ("facts", {"force": "Binding.", "address": "https://acme.example", "status": "superseded", "licence": "L"}),
]  # fmt: skip


@pytest.mark.parametrize("more", [row[1] for row in DIFFERENCES], ids=[row[0] for row in DIFFERENCES])
def test_a_derived_edition_is_restored(more: dict[str, Any]) -> None:
    """A derived edition is written as its differences, so that corrections of its base still reach it."""
    catalogue = derive(load("uk-ai-cop"), **more)
    written = json.loads(dumps(catalogue))
    assert loads(written) == catalogue
    assert "phases" not in written
    for part in ("own", "changed", "dropped"):
        assert [item["number"] for item in written.get(part, ())] == sorted(
            (item["number"] for item in more.get(part, ())), key=lambda number: [int(one) for one in number.split(".")]
        )


def test_only_fields_that_differ_are_written() -> None:
    """What a change inherits is not written, so that it is inherited again."""
    change = json.loads(dumps(derive(load("uk-ai-cop"), changed=[changed("5.1", ["wording"], title="T")])))["changed"]
    assert change == [{"number": "5.1", "changes": ["wording"], "note": "5.1 changed.", "title": "T", "source": "acme"}]


def test_the_second_edition_of_a_chain_is_restored(mini: Catalogue) -> None:
    """The base may itself be a derived edition."""
    first = derive(mini, changed=[changed("1.1", ["wording"], title="First")])
    own = [plain_provision("2.2", MAY, principle=2)]
    second = loads(derived_edition(str(first.id), own=own) | {"edition": "2027"}, load=finder(first))
    assert loads(dumps(second), load=finder(first)) == second
