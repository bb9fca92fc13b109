"""Registers: evidence, accepted risks, and the history."""

from __future__ import annotations

from typing import Any

import pytest

from aicop.assessment import (
    FileState,
    Verdict,
    accepted_risks,
    evidence_register,
    history_log,
    history_table,
)
from aicop.errors import UnknownTerm
from aicop.model import ControlRow, Evidence, HistoryRow
from aicop.tables import HISTORY
from tests.assessment.examples import CODE, assessment, system, verdict
from tests.report.examples import LIBRARY, ON, filled


def test_accepted_risks_have_ended_or_not() -> None:
    """A risk is accepted up to and including its last day."""
    found = {one.key.local: (one.accepted_by, one.accepted_until, one.ended) for one in accepted_risks(filled(), ON)}
    assert found == {"8.3#1": ("CISO Text", "2026-12-31", False), "8.3#2": ("CISO", "2026-01-31", True)}
    assert [one.ended for one in accepted_risks(filled(), "2026-01-31")] == [False, False]
    assert accepted_risks(filled(), ON, "System Operator") == ()
    with pytest.raises(UnknownTerm):
        accepted_risks(filled(), ON, "boss")


def test_a_risk_is_listed_once_for_each_verdict() -> None:
    """A row for all roles is one risk, rows of single roles are several, and those of other systems are listed too."""
    accepted: dict[str, Any] = {"accepted_by": "CISO", "accepted_until": "2026-12-31"}
    one = verdict("2.2#1", "fail", **accepted)
    two = verdict("2.2#1", "fail", role="Developer", **accepted)
    assert [item.role for item in accepted_risks(assessment(one), ON)] == [None]
    assert [item.role for item in accepted_risks(assessment(one, two), ON)] == ["Developer", None]
    base = assessment(one, system=system(name="platform"))
    [item] = accepted_risks(assessment(bases=(base,)), ON)
    assert (item.inherited_from, item.verdict) == ("platform", one)
    # Neither a verdict that has no acceptance, nor one on a statement out of scope, is one.
    assert accepted_risks(assessment(verdict("2.5#1", "fail", **accepted), verdict("5.1#1", "fail")), ON) == ()


def test_the_register_has_all_evidence_and_what_names_it() -> None:
    """Own evidence comes first, then what is used of other systems; each with its file and what names it."""
    about = filled()
    used = {CODE.find("5.1#1"): ["EV-1"], CODE.find("6.3#1"): ["EV-9"], CODE.find("6.3#2"): ["EV-9"]}
    found = evidence_register(about, used, ON)  # type: ignore[arg-type]
    shown = [(one.evidence.id, one.file, one.expired, one.own) for one in found]
    assert shown == [
        ("EV-1", FileState.CHANGED, False, True),
        ("EV-2", FileState.NOT_CHECKED, True, True),
        ("EV-9", FileState.NOT_CHECKED, False, False),
    ]
    assert [[key.local for key in one.statements] for one in found] == [["5.1#1"], [], ["6.3#1", "6.3#2"]]
    assert [[str(key) for key in one.controls] for one in found] == [["iso-iec-42001@2023:A.4.2"], [], []]
    assert not evidence_register(about, used, "2026-03-31")[1].expired  # type: ignore[arg-type]


def test_evidence_that_only_a_control_names_is_in_the_register() -> None:
    """Evidence of another system that a row of controls.csv names is listed."""
    row = ControlRow(key=LIBRARY.parse("iso-iec-42001@2023:A.4.2"), verdict=Verdict.PASS, evidence=["EV-2"])
    pool = {"EV-2": Evidence(id="EV-2", title="List")}
    [one] = evidence_register(assessment(controls=(row,), pool=pool), {}, ON)
    assert (one.evidence.id, one.own, one.statements, one.controls) == ("EV-2", False, (), (row.key,))


def test_the_log_shows_what_each_row_changed() -> None:
    """A row is beside the one before it on the same statement and role; the columns that differ are named."""
    found = history_log(filled())
    assert [(one.before is None, one.changed) for one in found] == [
        (True, ("verdict",)),
        (False, ("verdict", "evidence", "assessor", "assessed")),
        (True, ("verdict", "Ticket")),
        (False, ("accepted_by", "accepted_until", "note", "Ticket")),
    ]
    rows = [verdict("5.1#1"), verdict("2.2#1", role="Developer"), verdict("2.2#1", role="System Operator")]
    history = tuple(HistoryRow(row=row, recorded=ON, by="assessor") for row in rows)
    assert all(one.before is None for one in history_log(assessment(history=history)))


def test_the_history_is_a_flat_table() -> None:
    """Rows of all systems follow each other, with the columns of the schema and those of one's own."""
    other = assessment(system=system(name="other", unit="Retail"), history=filled().history[:1])
    rows = history_table([filled(), other])
    assert [(row["system"], row["unit"], row["place"], row["recorded"]) for row in rows] == [
        ("chat", "Unit Text", 1, "2026-02-01"),
        ("chat", "Unit Text", 2, "2026-05-01"),
        ("chat", "Unit Text", 3, "2026-05-02"),
        ("chat", "Unit Text", 4, "2026-07-15"),
        ("other", "Retail", 1, "2026-02-01"),
    ]
    assert {tuple(row) for row in rows} == {(*HISTORY.names, "Ticket")}
    assert [row["Ticket"] for row in rows] == [None, None, "T Text", None, None]
    assert rows[1]["evidence"] == "EV-1"
    assert rows[1]["edition"] == str(CODE.id)
    assert history_table([]) == []


def test_own_columns_do_not_replace_those_of_the_table() -> None:
    """A column of one's own that is called as one of the table gets another name."""
    row = verdict("5.1#1", extra=[("unit", "Team"), ("Ticket", "")])
    [found] = history_table([assessment(history=(HistoryRow(row=row, recorded=ON, by="assessor"),))])
    assert (found["unit"], found["own_unit"], found["Ticket"]) == (None, "Team", None)
