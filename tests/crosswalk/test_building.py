"""Mappings are checked when a crosswalk is built, and filters when they are used."""

from __future__ import annotations

from typing import Any

import pytest

from aicop.crosswalk import Crosswalk
from aicop.errors import EditionMismatch, InvalidDocument, UnknownTerm
from aicop.ids import ControlId, JointId
from tests.crosswalk.examples import walk
from tests.examples import A, B, C, row


def test_all_faults_are_reported_at_once() -> None:
    """Unknown elements and broken rules of all mappings, each with its place."""
    gone = ControlId(A.id, "Z-1")
    rows = [
        row(A.key("X-1"), "equal-to", B.key("Y-1")),
        row(gone, "equal-to", ControlId(B.id, "Z-2")),
        row(JointId([A.key("X-1"), gone]), "equal-to", B.key("Y-1")),
        row(A.key("X-1"), "equal-to", None),
        row(None, "nothing-found", None),
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), strength=11, confidence=0.7),
    ]
    with pytest.raises(InvalidDocument) as caught:
        Crosswalk.from_mappings(rows, A, B)
    assert {fault.file for fault in caught.value.faults} == {"mappings"}
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [
        ("[1]", "a@1 has no element a@1:Z-1"),
        ("[1]", "b@1 has no element b@1:Z-2"),
        ("[2]", "a@1 has no element a@1:Z-1"),
        ("[3]", "equal-to needs a target"),
        ("[4]", "nothing-found needs a source or a target"),
        ("[4]", "does not say in which framework nothing was found; set `searched`"),
        ("[5]", "the strength must be a whole number from 0 to 10, not 11"),
        ("[5]", "the confidence must be a whole number from 0 to 10, not 0.7"),
    ]


def test_a_search_of_another_framework_is_refused() -> None:
    """A mapping that nothing was found belongs to the framework that was searched."""
    rows = [row(A.key("X-1"), "nothing-found", None, searched=C.id)]
    with pytest.raises(EditionMismatch):
        Crosswalk.from_mappings(rows, A, B)
    assert Crosswalk.from_mappings(rows, A, C)["X-1"]
    # The framework that was searched is known from the crosswalk, if the mapping does not name it.
    made = Crosswalk.from_mappings(
        [row(None, "nothing-found", B.key("X-1")), row(A.key("X-1"), "nothing-found", None)], A, B
    )
    assert [item.searched for item in made.mappings] == [A.id, B.id]


def test_a_repeated_mapping_counts_once() -> None:
    """A mapping that is given twice has one claim."""
    rows = [row(A.key("X-1"), "equal-to", B.key("Y-1"))] * 2
    assert len(Crosswalk.from_mappings(rows, A, B)["X-1"]) == 1


DATES = (None, "2025", "2026", "2026-02", "2026-03", "2026-03-01", "2026-03-31", "2026-04-01", "2027-03")


@pytest.mark.parametrize("asked", DATES[1:])
@pytest.mark.parametrize("written", DATES)
def test_dates_are_compared_as_far_as_both_say(written: str | None, asked: str) -> None:
    """A year or month includes all its days, on either side, and a mapping without a date matches none."""
    found = walk(("X-1", "equal-to", "Y-1"), date=written)
    one, other = ([int(part) for part in (text or "").split("-") if part] for text in (written, asked))
    same = min(len(one), len(other))
    assert bool(found.filter(since=asked).mappings) == (written is not None and one[:same] >= other[:same])
    assert bool(found.filter(until=asked).mappings) == (written is not None and one[:same] <= other[:same])


@pytest.mark.parametrize(
    ("asked", "vocabulary", "text", "known"),
    [
        ({"confidence": 11}, "confidence", "11", "a whole number from 0 to 10"),
        ({"since": "2026-1"}, "date", "2026-1", "an ISO date such as 2026-11-22, 2026-11 or 2026"),
        ({"until": "26"}, "date", "26", "an ISO date such as 2026-11-22, 2026-11 or 2026"),
        ({"author": ["zoe", "me"]}, "author of mappings from a@1 to b@1", "me", "we"),
    ],
)
def test_a_filter_that_no_mapping_can_match_is_refused(
    asked: dict[str, Any], vocabulary: str, text: str, known: str
) -> None:
    """With what would have been right; of several unknown authors, the first in the alphabet is named."""
    with pytest.raises(UnknownTerm) as caught:
        walk(("X-1", "equal-to", "Y-1")).filter(**asked)
    assert (caught.value.vocabulary, caught.value.text, caught.value.known) == (vocabulary, text, (known,))


@pytest.mark.parametrize("least", [0, 1, 5, 6, 10])
def test_a_confidence_may_be_anything_from_nothing_to_all(least: int) -> None:
    """A mapping matches from its own confidence on, and without one only if none is asked for."""
    for confidence in (None, 5, 10):
        found = walk(("X-1", "equal-to", "Y-1"), confidence=confidence)
        assert bool(found.filter(confidence=least).mappings) == ((confidence or 0) >= least)
        assert found.filter() == found


def test_a_strength_that_cannot_be_is_refused_by_its_name() -> None:
    """In the coverage and in the gaps."""
    for ask in (walk().coverage, walk().gaps):
        with pytest.raises(UnknownTerm) as caught:
            ask(strength=11)
        assert (caught.value.vocabulary, caught.value.text) == ("strength", "11")


@pytest.mark.parametrize("confidence", [0.7, -1, 11, "7", True])
def test_a_confidence_is_a_whole_number(confidence: object) -> None:
    """A fraction would look like a filter that keeps everything."""
    with pytest.raises(UnknownTerm, match="a whole number from 0 to 10"):
        walk().filter(confidence=confidence)  # type: ignore[arg-type]
    with pytest.raises(UnknownTerm, match="a whole number from 0 to 10"):
        walk().coverage(strength=confidence)  # type: ignore[arg-type]


def test_other_filters_are_checked_too() -> None:
    """An unknown day, basis, relationship or kind raises."""
    for asked in ({"since": "yesterday"}, {"until": "2026-13"}, {"basis": "hearsay"}, {"relation": "sibling-of"}):
        with pytest.raises(UnknownTerm):
            walk().filter(**asked)  # type: ignore[arg-type]
    for ask in (walk().coverage, walk().gaps):
        with pytest.raises(UnknownTerm):
            ask(denominator="sentence")
    with pytest.raises(UnknownTerm):
        walk().at_level("sentence")


def test_an_author_without_mappings_is_refused() -> None:
    """The error names similar authors, or says that there are none."""
    found = walk(("X-1", "equal-to", "Y-1"), author="Jane Doe")
    with pytest.raises(UnknownTerm, match="did you mean Jane Doe"):
        found.filter(author=["Jane Doe", "Jane Do"])
    with pytest.raises(UnknownTerm, match="no mapping states its author"):
        walk(("X-1", "equal-to", "Y-1"), author=None).filter(author="Jane Doe")


def test_an_error_about_an_author_lists_what_can_be_asked_for() -> None:
    """Each author once, in the order of the mappings, or the reason why there is none."""
    ends = A.key("X-1"), "equal-to", B.key("Y-1")
    rows = [row(*ends, author=author) for author in ("zoe", None, "amy", "zoe")]
    for made, known in ((rows, ("zoe", "amy")), (rows[1:2], ("none: no mapping states its author",))):
        with pytest.raises(UnknownTerm) as caught:
            Crosswalk.from_mappings(made, A, B).filter(author="me")
        assert caught.value.known == known
