"""An assessment with something in every part of a report."""

from __future__ import annotations

from aicop import Library
from aicop.assessment import Assessment, AssessmentReport, FileState, Verdict, report
from aicop.model import ControlRow, Evidence, HistoryRow
from tests.assessment.examples import assessment, system, verdict

HOSTILE = "\"><script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">{{ 7 * 7 }}\u202e"
"""Text that would act on a page if it were not escaped."""
LIBRARY = Library()
ON = "2026-06-30"


def filled(text: str = "Text") -> Assessment:
    """Return an assessment in which all states occur, with *text* wherever a person may write something."""
    base = assessment(
        verdict("6.3#1", evidence=["EV-9"]),
        system=system(name="platform", title=f"Platform {text}"),
        pool={"EV-9": Evidence(id="EV-9", title="Network plan", location="https://example.org/plan")},
    )
    rows = [
        verdict("5.1#1", evidence=["EV-1"], assessor=f"Assessor {text}", assessed="2026-05-01"),
        verdict("5.2#1", evidence=["EV-2"], assessed="2026-05-01", owner=f"Owner {text}"),
        verdict("5.3#1", review_reason=f"Wording {text}"),
        verdict("8.3#1", "fail", accepted_by=f"CISO {text}", accepted_until="2026-12-31", note=f"Note {text}"),
        verdict("8.3#2", "fail", accepted_by="CISO", accepted_until="2026-01-31", due="2026-06-01"),
        verdict("12.1#1", "inconclusive", role="System Operator"),
        verdict("10.3#1", "not applicable", reason=f"Reason {text}", assessor="Legal"),
        verdict("2.5#1", "pass"),
    ]
    pool = {
        "EV-1": Evidence(id="EV-1", title=f"Inventory {text}", kind="record", location="evidence/a.csv"),
        "EV-2": Evidence(id="EV-2", title="Old list", valid_until="2026-03-31", collected="2026-01-31"),
    }
    controls = [
        ControlRow(
            key=LIBRARY.parse("iso-iec-42001@2023:A.4.2"),
            verdict=Verdict.PASS,
            evidence=["EV-1"],
            assessed="2026-04-01",
        ),
        ControlRow(key=LIBRARY.parse("iso-iec-42001@2023:A.2.2"), verdict=Verdict.FAIL, note=f"Note {text}"),
    ]
    history = [
        HistoryRow(row=verdict("5.1#1", "inconclusive"), recorded="2026-02-01", by=f"By {text}"),
        HistoryRow(row=rows[0], recorded="2026-05-01", by="assessor"),
        HistoryRow(row=verdict("8.3#1", "fail", extra=[("Ticket", f"T {text}")]), recorded="2026-05-02", by="assessor"),
        HistoryRow(row=rows[3], recorded="2026-07-15", by="later"),
    ]
    return assessment(
        *rows,
        system=system(
            title=f"Chat assistant {text}", owner=f"Owner {text}", unit=f"Unit {text}", inherits=["platform"]
        ),
        pool=pool,
        evidence=tuple(pool.values()),
        files={"EV-1": FileState.CHANGED, "EV-2": FileState.NOT_CHECKED},
        controls=tuple(controls),
        history=tuple(history),
        bases=(base,),
    )


def facts(text: str = "Text", since: str | None = "2026-03-01") -> AssessmentReport:
    """Return the facts of a report on it."""
    return report(LIBRARY, filled(text), ON, since=since)


def full_history() -> Assessment:
    """Return an assessment with a row of the history in which every column is filled."""
    row = verdict(
        "8.3#1",
        "fail",
        role="System Operator",
        reason="Reason",
        evidence=["EV-1", "EV-2"],
        owner="Owner",
        assessor="Assessor",
        assessed="2026-05-01",
        due="2026-08-01",
        review="2026-09-01",
        accepted_by="CISO",
        accepted_until="2026-12-31",
        note="Note",
        review_reason="Wording",
        digest="0123456789abcdef",
    )
    return assessment(
        system=system(unit="Retail"), history=(HistoryRow(row=row, recorded="2026-05-02", by="assessor"),)
    )


EMPTY = report(LIBRARY, assessment(system=system(roles=["Developer"])), ON)
"""A report on an assessment in which nobody has written anything."""
