"""Edition files that are based on each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.catalogue import loads_all
from aicop.errors import Fault
from tests.catalogue.test_derived import finder
from tests.examples import derived_edition, mini_edition

if TYPE_CHECKING:
    from aicop import Catalogue


def edition(name: str, base: str, **more: object) -> str:
    """Return a derived edition as JSON, with the edition 1."""
    return json.dumps(derived_edition(base, document=name, edition="1") | more)


MINI = json.dumps(mini_edition())


@given(st.permutations(["mini.json", "a.json", "b.json", "c.json", "d.json"]))
def test_files_may_come_in_any_order(names: list[str]) -> None:
    """A chain and a fork are loaded in any order of files, and the result has that order."""
    files = {
        "mini.json": MINI,
        "a.json": edition("a", "mini-code@1", dropped=[{"number": "1.1.1", "reason": "R"}]),
        "b.json": edition("b", "a@1"),
        "c.json": edition("c", "b@1", dropped=[{"number": "2.1", "reason": "R"}]),
        "d.json": edition("d", "uk-ai-cop@2025-01"),
    }
    found, faults = loads_all({name: files[name] for name in names})
    assert faults == ()
    ids = {"mini.json": "mini-code@1"} | {f"{name}.json": f"{name}@1" for name in "abcd"}
    assert [str(item.id) for item in found] == [ids[name] for name in names]
    assert {str(item.id): len(item) for item in found} == {"mini-code@1": 5, "a@1": 4, "b@1": 4, "c@1": 3, "d@1": 72}


def test_a_base_may_come_from_elsewhere(mini: Catalogue) -> None:
    """Editions that are not among the files come from the loader."""
    [found], faults = loads_all({"a.json": edition("a", "mini-code@1")}, load=finder(mini))
    assert (found.base, faults) == (mini, ())


FAULTS: list[tuple[str, dict[str, str], list[str], list[Fault]]] = [
    (
        "a cycle, with an edition that depends on it",
        {
            "a.json": edition("a", "b@1"),
            "b.json": edition("b", "c@1"),
            "c.json": edition("c", "a@1"),
            "d.json": edition("d", "b@1"),
            "mini.json": MINI,
        },
        ["mini-code@1"],
        [
            Fault(
                "c.json", "based_on", "the editions form a cycle: a@1 is based on b@1 is based on c@1 is based on a@1"
            ),
            Fault("b.json", "based_on", "c@1 has errors in c.json; correct them first"),
            Fault("a.json", "based_on", "b@1 has errors in b.json; correct them first"),
            Fault("d.json", "based_on", "b@1 has errors in b.json; correct them first"),
        ],
    ),
    (
        "itself",
        {"a.json": edition("a", "a@1")},
        [],
        [Fault("a.json", "based_on", "the editions form a cycle: a@1 is based on a@1")],
    ),
    (
        "a base with errors",
        {"a.json": edition("a", "mini-code@1"), "mini.json": json.dumps(mini_edition() | {"source": "x"})},
        [],
        [
            Fault("mini.json", "source", "the source 'x' is not listed in sources"),
            Fault("a.json", "based_on", "mini-code@1 has errors in mini.json; correct them first"),
        ],
    ),
    (
        "two files for one edition",
        {"a.json": edition("a", "uk-ai-cop@2025-01"), "again.json": edition("a", "uk-ai-cop@2025-01")},
        ["a@1"],
        [Fault("again.json", "document", "a@1 is already the edition of a.json; use another id")],
    ),
    (
        "no edition at all",
        {"a.json": "{", "b.json": "[]", "mini.json": MINI},
        ["mini-code@1"],
        [
            Fault("a.json", "line 1, column 2", "not JSON: Expecting property name enclosed in double quotes"),
            Fault("b.json", "", "must be a JSON object, not list"),
        ],
    ),
    (
        "an unknown base",
        {"a.json": edition("a", "b@1"), "mini.json": MINI},
        ["mini-code@1"],
        [
            Fault(
                "a.json",
                "based_on",
                "'b@1' is not a known edition; use one of: uk-ai-cop@2025-01, etsi-ts-104-223@1.1.1, "
                "etsi-en-304-223@2.1.1",
            )
        ],
    ),
]


@pytest.mark.parametrize(("files", "ids", "expected"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_faults_name_their_file_and_the_rest_is_loaded(
    files: dict[str, str], ids: list[str], expected: list[Fault]
) -> None:
    """Each invalid file has its faults, and all others are loaded."""
    found, faults = loads_all(files)
    assert [str(item.id) for item in found] == ids
    assert list(faults) == expected
    assert len(found) + len({fault.file for fault in faults}) == len(files)


def test_ids_that_are_not_text_are_faults_of_the_schema() -> None:
    """A file whose id cannot be read is not mistaken for an edition."""
    found, faults = loads_all({"a.json": '{"document": 1, "edition": "1", "based_on": 2}', "mini.json": MINI})
    assert [str(item.id) for item in found] == ["mini-code@1"]
    assert {"document", "based_on"} <= {fault.path for fault in faults}


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=8))
def test_every_file_is_loaded_or_has_a_fault(pairs: list[tuple[int, int]]) -> None:
    """For any references between files, each file gives a catalogue or a fault; a catalogue leads to a shipped base."""
    files: dict[str, Any] = {
        f"{place}.json": edition(f"e{own}", "uk-ai-cop@2025-01" if base == 6 else f"e{base}@1")
        for place, (own, base) in enumerate(pairs)
    }
    found, faults = loads_all(files)
    spoilt = {fault.file for fault in faults}
    assert len(found) + len(spoilt) == len(files)
    # The first file of each edition counts. It is valid if its chain of bases ends at the shipped edition.
    base_of: dict[int, int] = {}
    for own, base in pairs:
        base_of.setdefault(own, base)
    valid = set()
    for own in base_of:
        step, seen = own, set()
        while step in base_of and step not in seen:
            seen.add(step)
            step = base_of[step]
        if step == 6:
            valid.add(f"e{own}@1")
    assert {str(item.id) for item in found} == valid
