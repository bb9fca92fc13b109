"""Coverage and gaps."""

from __future__ import annotations

import itertools

from hypothesis import given

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.vocabulary import Coverage
from tests.crosswalk.examples import FLAT, walk
from tests.examples import A, B, C, row


def test_an_item_is_covered_if_all_its_parts_are() -> None:
    """A provision is covered if each statement is, by whatever control, and otherwise in part."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [
        row(code.key("2.3#1"), "subset-of", iso.key("A.6.2.8")),
        row(code.key("2.3#2"), "equal-to", iso.key("A.6.2.7")),
    ]
    assert Crosswalk.from_mappings(rows, code, iso).coverage(["2.3"]).counts[Coverage.COVERED] == 1
    assert Crosswalk.from_mappings(rows[:1], code, iso).coverage(["2.3"]).counts[Coverage.PARTLY] == 1
    assert Crosswalk.from_mappings(rows[:1], code, iso).gaps(["2.3"])[0].coverage is Coverage.PARTLY


def test_not_found_outweighs_open() -> None:
    """A link that proves nothing does not turn a not-found item into an open one."""
    found = walk(("X-1", "nothing-found", ""), ("X-1", "related-to", "R"))
    assert found.coverage(["X-1"], denominator="control").counts[Coverage.NOT_COVERED] == 1


def test_the_five_classes_of_coverage() -> None:
    """Each item has one class, and the classes add up to the denominator."""
    found = walk(
        ("X-1", "subset-of", "Y-1"),
        ("X-2", "intersects-with", "Y-1"),
        ("Y-1", "no-relationship", "Y-1"),
        ("Y-2", "nothing-found", ""),
    )
    report = found.coverage(denominator="control")
    assert {str(item).partition(":")[2]: str(known_) for item, known_ in report.items} == {
        "X-1": "covered",
        "X-2": "partly covered",
        "Y-1": "reviewed, not covered",
        "Y-2": "reviewed, not covered",
    }
    assert report.denominator == "4 controls of a@1"
    assert str(report) == (
        "4 controls of a@1, mapped to b@1: 1 covered, 1 partly covered, 0 open, 2 reviewed, not covered, 0 not reviewed."
    )
    assert walk().coverage(denominator="control").counts[Coverage.UNSEEN] == 4
    open_ = found.compose(walk(("Y-1", "related-to", "X-1"), source=B, target=C))
    assert open_.coverage(["X-2"], denominator="control").of(Coverage.OPEN) == (A.key("X-2"),)
    assert str(walk(("X-1", "mitigates", "R")).coverage(["X-1"], denominator="control").items[0][1]) == "partly covered"
    assert str(walk(("X-1", "related-to", "R")).coverage(["X-1"], denominator="control").items[0][1]) == "open"


@given(FLAT)
def test_coverage_classes_partition_the_denominator(rows: list[tuple[str, str, str]]) -> None:
    """Every item of the denominator is in exactly one class, whatever the rows."""
    report = walk(*rows).coverage()
    assert [item for item, _ in report.items] == list(A.of_kind("control", "risk"))
    assert sum(report.counts.values()) == len(report.items)
    assert sorted(map(str, itertools.chain(*(report.of(known_) for known_ in Coverage)))) == sorted(
        str(item) for item, _ in report.items
    )


def test_gaps_have_remainders_and_strength() -> None:
    """A gap has the remainders of its rows and their greatest strength."""
    found = walk(("X-1", "intersects-with", "Y-1"), ("X-2", "subset-of", "Y-1"), strength=6, remainder="the rest")
    gaps = {str(gap.item): gap for gap in found.gaps(["X"])}
    assert list(gaps) == ["a@1:X-1"]
    assert gaps["a@1:X-1"].strength == 6
    assert gaps["a@1:X-1"].remainders == ("Y-1: the rest",)
    assert walk().gaps(["Y-1"])[0].strength is None


def test_a_remaining_risk_is_not_a_gap_of_the_provision() -> None:
    """The remainder of a mitigation is a gap of the risk, seen from the risk's side."""
    found = walk(("X-1", "mitigates", "R"), strength=3, remainder="the rest")
    assert found.gaps(["X-1"])[0].remainders == ()
    assert found.inverse().gaps(["R"])[0].remainders == ("X-1: the rest",)
    assert "Risk that remains: the rest." in found.explain("X-1", "R")
