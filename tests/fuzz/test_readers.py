"""The harnesses of all readers: their seeds, and some changes of them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from aicop.interop import formats
from tests.crosswalk.examples import walk
from tests.fuzz import readers
from tests.fuzz.__main__ import again, main
from tests.fuzz.oracle import BrokenPromise, judge
from tests.fuzz.readers import HARNESSES

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = {"parse": 3}
"""The number of seeds that a reader refuses on purpose; the others are accepted."""


@pytest.mark.parametrize("name", HARNESSES)
def test_seeds_are_accepted(name: str) -> None:
    """Seeds are read, and what is written again is read back equal; only wrong keys are refused."""
    answers = [judge(HARNESSES[name].read, content) for content in HARNESSES[name].seeds()]
    assert [found for _, found in answers if found is not None] == []
    assert sum(not accepted for accepted, _ in answers) == REFUSED.get(name, 0)


def test_what_has_no_counterpart_may_stand_anywhere() -> None:
    """OSCAL keeps rows without a counterpart in another place, which is no fault, wherever their element stands."""
    rows = ("X-1", "nothing-found", ""), ("X-2", "equal-to", "X-2"), ("X-2", "nothing-found", "")
    for several in (rows[:2], rows[1:]):
        assert judge(HARNESSES["oscal"].read, formats.dumps("oscal", walk(*several))) == (True, None)


@pytest.mark.parametrize("name", HARNESSES)
def test_some_changes_reach_the_reader(name: str) -> None:
    """Some changed seeds are accepted, so that the changes test more than the parser."""
    harness = HARNESSES[name]
    seeds = harness.seeds()
    changed = [harness.mutate(seeds[number % len(seeds)], random.Random(number)) for number in range(60)]
    # Lazily, because most readers accept one of the first few.
    assert any(judge(harness.read, content)[0] for content in changed)


def test_every_format_that_is_read_has_a_harness() -> None:
    """A new format is fuzzed without being listed anywhere."""
    assert {item.name for item in formats.formats() if item.reads} <= HARNESSES.keys()


def test_a_file_is_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that repeats an input says whether it is accepted, refused, or shows a fault."""
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("uk-ai-cop:5.1", encoding="utf-8")
    bad.write_text("nonsense", encoding="utf-8")
    assert again("parse", [str(good), str(bad)]) == 0
    assert capsys.readouterr().out == f"{good}: accepted\n{bad}: refused, as it should be\n"

    def broken(*_: object) -> None:
        message = "key: x"
        raise BrokenPromise(message)

    monkeypatch.setattr(readers, "require", broken)
    monkeypatch.setattr("sys.argv", ["fuzz", "--again", "parse", str(good)])
    assert main() == 1
    assert f"{good}: broken promise" in capsys.readouterr().out
