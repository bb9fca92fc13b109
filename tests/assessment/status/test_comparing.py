"""Assessments at two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Library
from aicop.assessment import Assessment, FileState, as_of, compare, recorded, trend, upgrade
from aicop.errors import UnknownEdition, UnknownTerm
from aicop.model import HistoryRow
from tests.assessment.examples import ON, assessment, system, verdict
from tests.assessment.upgrades import LIBRARY, NEW, OLD

if TYPE_CHECKING:
    from aicop.model import VerdictRow


def past(row: VerdictRow, recorded_: str) -> HistoryRow:
    """Return a row of a history."""
    return HistoryRow(row=row, recorded=recorded_, by="Ann")


def said(about: Assessment, day: str, **more: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the verdicts that were known at a date, by statement."""
    return {row.key.local: row.verdict.value for row in as_of(about, day, **more).verdicts}


HISTORY = (
    past(verdict("5.1#1", "fail", assessed="2026-01-05"), "2026-02-01"),
    past(verdict("5.2#1", "inconclusive"), "2026-02-01"),
    past(verdict("5.1#1", "pass", assessed="2026-02-20"), "2026-03-01"),
)
NOW = (
    verdict("5.1#1", "pass", assessed="2026-02-20"),
    # Changed by hand: with a date, without one, and with that of an older verdict.
    verdict("5.2#1", "pass", assessed="2026-04-01"),
    verdict("6.1#1", "fail"),
    verdict("6.2#1", "fail", assessed="2026-05-01"),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-04", {}),
        # The first that is known holds since it was assessed, later ones since they were recorded.
        ("2026-01-05", {"5.1#1": "fail"}),
        ("2026-02-28", {"5.1#1": "fail", "5.2#1": "inconclusive"}),
        ("2026-03-01", {"5.1#1": "pass", "5.2#1": "inconclusive"}),
        ("2026-04-01", {"5.1#1": "pass", "5.2#1": "pass"}),
        ("2026-05-01", {"5.1#1": "pass", "5.2#1": "pass", "6.2#1": "fail"}),
    ],
)
def test_what_was_known_at_a_date(day: str, expected: dict[str, str]) -> None:
    """It follows from the history, and from the dates of what was written by hand."""
    about = assessment(*NOW, history=HISTORY)
    assert said(about, day) == expected
    assert said(about, day, with_undated=True) == expected | {"6.1#1": "fail"}


def test_a_date_that_is_not_later_is_that_of_an_older_verdict() -> None:
    """Who changes a verdict by hand and leaves its date has not dated the change."""
    about = assessment(verdict("5.1#1", "fail", assessed="2026-02-20"), history=HISTORY[2:])
    assert said(about, "2026-06-01") == {"5.1#1": "pass"}
    assert said(about, "2026-06-01", with_undated=True) == {"5.1#1": "fail"}
    [key] = compare(about, "2026-01-01", "2026-06-01").undated
    assert key.local == "5.1#1"


def test_a_verdict_that_was_deleted_by_hand_is_gone_today() -> None:
    """It was there before."""
    about = assessment(history=HISTORY)
    assert said(about, "2026-06-01") == {"5.1#1": "pass", "5.2#1": "inconclusive"}
    assert said(about, "2026-06-01", with_undated=True) == {}


def test_two_dates_are_compared() -> None:
    """States, units and counts are those of either date; what did not change is in neither list of changes."""
    about = assessment(*NOW, history=HISTORY)
    found = compare(about, "2026-02-10", "2026-06-01")
    assert (found.system, found.since, found.until) == ("chat", "2026-02-10", "2026-06-01")
    assert [(one.key.local, one.then.state.value, one.now.state.value) for one in found.changes] == [
        ("5.1#1", "fail", "pass"),
        ("5.2#1", "inconclusive", "pass"),
        ("6.1#1", "not assessed", "fail"),
        ("6.2#1", "not assessed", "fail"),
    ]
    assert [unit.now.key.partition(":")[2] for unit in found.units if unit.changed] == ["P5", "P6"]
    assert len(found.units) == 13
    then, now = (
        sum(getattr(one, side) for one in found.counts if one.state.value in {"pass", "fail"})
        for side in ("then", "now")
    )
    assert (then, now) == (1, 4)
    assert all(sum(getattr(one, side) for one in found.counts) == 88 for side in ("then", "now"))
    assert [key.local for key in found.undated] == ["6.1#1"]
    with pytest.raises(UnknownTerm):
        compare(about, "2026-01-01", "2026-06-01", by="planet")


def test_dates_are_compared_in_their_order() -> None:
    """A day cannot be compared with an earlier one, but with itself."""
    about = assessment(verdict("5.1#1", assessed="2026-01-01"))
    assert compare(about, ON, ON).changes == ()
    with pytest.raises(ValueError, match="2026-07-01 is later than 2026-06-30; compare with an earlier date"):
        compare(about, "2026-07-01", ON)


def test_files_count_only_for_the_later_date() -> None:
    """Nothing is known of how the files of evidence were."""
    row = verdict("5.1#1", evidence=("EV-1",), assessed="2026-01-01")
    about = assessment(row, files={"EV-1": FileState.MISSING})
    [change] = compare(about, "2026-02-01", "2026-03-01").changes
    assert (change.then.state.value, change.now.state.value) == ("pass", "stale")


def test_what_is_inherited_was_other_then() -> None:
    """The verdicts of the systems that are inherited from are those of the date too."""
    base = assessment(verdict("5.1#1"), system=system(name="cloud"), history=HISTORY)
    about = assessment(bases=(base,))
    [change] = (one for one in compare(about, "2026-02-10", "2026-06-01").changes if one.key.local == "5.1#1")
    assert (change.then.state.value, change.now.state.value) == ("fail", "pass")


def test_a_trend_has_the_status_at_each_date() -> None:
    """The dates stay in the order asked; what is not dated counts for the last of them."""
    about = assessment(*NOW, history=HISTORY)
    found = trend(about, ["2026-06-01", "2026-02-10", "2026-03-01"])
    assert [(day, unit.count("pass"), unit.count("fail")) for day, unit in found] == [
        ("2026-06-01", 2, 2),
        ("2026-02-10", 0, 1),
        ("2026-03-01", 1, 0),
    ]
    assert trend(about, []) == ()


def test_verdicts_from_before_an_upgrade_are_carried() -> None:
    """An upgrade changes no state by itself, so that the dates on both sides of it can be compared."""
    before = assessment(*NOW[:1], history=HISTORY)
    after = upgrade(before, Library(), "etsi-en-304-223", "2026-07-01").assessment
    assert said(after, "2026-02-10") == {"5.2.1-1#1": "fail", "5.2.1-2#1": "inconclusive"}
    assert said(after, "2026-07-01") == {"5.2.1-1#1": "pass"}
    found = compare(after, "2026-02-10", "2026-07-02")
    assert [(one.key.local, one.then.state.value, one.now.state.value) for one in found.changes] == [
        ("5.2.1-1#1", "fail", "pass"),
        ("5.2.1-2#1", "inconclusive", "not assessed"),
    ]
    # A second upgrade, back.
    again = upgrade(after, Library(), "uk-ai-cop", "2026-08-01").assessment
    assert said(again, "2026-07-01") == {"5.1#1": "pass"}
    assert said(again, "2026-02-10") == {"5.1#1": "fail", "5.2#1": "inconclusive"}


def test_editions_of_ones_own_are_those_of_the_library() -> None:
    """Without the library, an edition of the history is unknown."""
    about = attrs.evolve(
        assessment(),
        system=system(edition=OLD.id),
        catalogue=OLD,
        verdicts=(verdict("1.1#1", "fail", OLD, assessed="2026-01-01"),),
    )
    after = upgrade(about, LIBRARY, NEW.id, "2026-07-01").assessment
    assert said(after, "2026-02-01", library=LIBRARY) == {"1.1#1": "fail"}
    with pytest.raises(UnknownEdition):
        as_of(after, "2026-02-01")


KEYS = list(assessment().statements)[:6]
steps = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(["pass", "fail", "inconclusive"])), min_size=1, max_size=8
)


@given(steps)
def test_every_day_that_was_recorded_can_be_asked_again(changes: list[tuple[Any, str]]) -> None:
    """After each step, what was known on an earlier day is what was recorded on it."""
    about, known = assessment(), []
    for number, (key, word) in enumerate(changes, start=1):
        changed = about.with_verdicts([verdict(str(key), word)])
        about = recorded(about, changed, f"2026-01-{number:02}", "Ann")
        known.append((f"2026-01-{number:02}", about.verdicts))
    for day, rows in known:
        assert as_of(about, day).verdicts == rows
    assert as_of(about, "2025-12-31").verdicts == ()
    assert compare(about, "2026-01-31", "2026-02-01").changes == ()
