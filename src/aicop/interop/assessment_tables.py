"""
The tables of an assessment report and of a Statement of Applicability, for Markdown, XLSX and CSV.

`aicop.interop.markdown`, `aicop.interop.xlsx` and `aicop.interop.csv` write them; `aicop.report.assessment` writes the
same facts as HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.assessment.reporting.facts import Scope
from aicop.assessment.reporting.phrases import CAUTION, FLAG_MEANINGS, OWN_WORDS, STATE_MEANINGS, VERBS, summary
from aicop.interop.columns import Column
from aicop.interop.worksheets import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.assessment.reporting.facts import AssessmentReport, ReportedStatement
    from aicop.assessment.status.states import StatementState
    from aicop.assessment.status.steps import NextStep
    from aicop.assessment.status.units import UnitStatus
    from aicop.interop.columns import Fact
    from aicop.interop.worksheets import Cell

    Rows = Iterable[tuple[Cell, ...]]

STATE_DAY = "Day of the report"
"""The label of the fact that contains the day."""


def _column(
    heading: str, width: int, explanation: str = "", values: Iterable[Fact] = (), *, is_key: bool = False
) -> Column:
    """Return a column whose name is its heading in small letters, as the columns of ``verdicts.csv`` are named."""
    name = heading.lower().replace(" ", "_")
    return Column(name=name, heading=heading, width=width, explanation=explanation, values=tuple(values), is_key=is_key)


_KEY = _column("Statement", 12, "The statement: its provision, and its number in it.", is_key=True)
_TITLE = _column("Title", 24, "The title of the provision, principle or role.")
_ASKS = _column("Asks", 40, "What the statement asks of whom, restated in other words.")
_VERB = _column("Verb", 9, "Shall is a requirement, should a recommendation.")
_STATE = _column(
    "State",
    13,
    "What is known of the statement on the day of the report.",
    ((state.value, meaning) for state, meaning in STATE_MEANINGS.items()),
)
_MARKS = _column(
    "Marks",
    14,
    "What else a reader should know about the verdict.",
    ((flag.value, meaning) for flag, meaning in FLAG_MEANINGS.items()),
)
_EVIDENCE = _column("Evidence", 14, "The ids of the evidence that the verdicts name.")
_OWNER = _column("Owner", 14, "Who works on it.")
_DUE = _column("Due", 11, "The day by which it is to be done.")
_ROLES = _column("Roles held", 16, "The roles held that the statement binds.")
_STATES = tuple(STATE_MEANINGS)
_COUNTS = tuple(
    _column(state.value.capitalize(), 12, f"The number of statements that are: {state}.") for state in _STATES
)
_ALL = _column("All", 8, "The number of statements, which the counts before it add up to.")
_WIDTH = 14
_WIDE = {
    "Meaning": 50,
    "Which": 50,
    "Why": 34,
    "Rule": 60,
    "Reason": 60,
    "Note": 34,
    "Location": 26,
    "Verdicts": 40,
    "What it leaves open": 40,
    "Columns that changed": 40,
    "Named by the verdicts on": 24,
    "SHA-256": 18,
    "By": 24,
    "Control": 22,
}
"""The columns that are wider than others, in characters."""


def tables(report: AssessmentReport) -> tuple[Table, ...]:
    """
    Return the tables of an assessment report.

    The first has the facts about the whole, and others have one about themselves.
    """
    scope = f"of {report.total.in_scope} statements in scope"
    return (
        _table("Summary", ("Statements", *_COUNTS, _ALL), _totals(report), _facts(report, "Assessment report")),
        _table(
            "Marks",
            ("Mark", "Meaning", "Statements", "Of statements in scope", "Which"),
            (
                (flag, FLAG_MEANINGS[flag], len(keys), report.total.in_scope, _joined(key.local for key in keys))
                for flag, keys in report.flags
            ),
        ),
        _table(
            "Gaps",
            (_KEY, _TITLE, _ASKS, _VERB, _STATE, _MARKS, "Why", _OWNER, _DUE, "Waits for", "Blocks"),
            (_gap(step) for step in report.gaps),
            [("Gaps", f"{len(report.gaps)} {scope}: they fail, are stale or inconclusive, or wait for a review.")],
        ),
        _accepted(report),
        _units("Principles", report.principles),
        _units("Roles", report.roles),
        _table(
            "Not assessed",
            (_KEY, _TITLE, _VERB, _ROLES, _OWNER, _DUE, "Waits for"),
            (
                (str(one.key), one.title, one.state.modality, _joined(one.roles), one.owner, one.due, _waits(one))
                for one in report.not_assessed
            ),
            [("Not assessed", f"{len(report.not_assessed)} {scope}; permissions are not listed.")],
        ),
        _table(
            "Out of scope",
            (_KEY, _TITLE, "Rule", "Verdicts that do not count"),
            (
                (str(one.key), one.title, one.because, _joined(row.verdict for row in one.rows))
                for one in report.out_of_scope
            ),
            [("Out of scope", f"{len(report.out_of_scope)} of {report.total.statements} statements, by rule.")],
        ),
        _table(
            "Not applicable",
            (_KEY, _TITLE, "Reason", "Decided by", "On"),
            (
                (
                    str(one.key),
                    one.title,
                    one.because,
                    _joined(row.assessor for row in one.verdicts),
                    _joined(row.assessed for row in one.verdicts),
                )
                for one in report.not_applicable
            ),
            [("Not applicable", f"{len(report.not_applicable)} {scope}, as a person decided.")],
        ),
        _register(report),
        _relevant(report),
        *_progress(report),
        _history(report),
        _table(
            "All statements",
            (_KEY, _TITLE, _ASKS, _VERB, _STATE, _MARKS, "Verdicts", _EVIDENCE),
            (
                (
                    *(str(one.key), one.title, _asks(one), one.state.modality, one.state.state),
                    *(_joined(one.state.flags), _verdicts(one), _joined(one.evidence)),
                )
                for one in report.statements
            ),
        ),
    )


def applicability(report: AssessmentReport) -> Table:
    """Return the Statement of Applicability: for each statement its scope and why, its state and its evidence."""
    scope = _column(
        "Applies",
        13,
        "Whether the statement applies to the system.",
        [
            (Scope.IN_SCOPE.value, "It binds a role that is held, or a person decided that it applies."),
            (Scope.NOT_APPLICABLE.value, "A person decided so, and stated the reason."),
            (Scope.OUT_OF_SCOPE.value, "It binds no role that is held."),
        ],
    )
    return _table(
        "Statement of Applicability",
        (_KEY, _TITLE, _ASKS, _VERB, scope, "Why", _ROLES, _STATE, _MARKS, _EVIDENCE, _OWNER),
        (
            (
                *(str(one.key), one.title, _asks(one), one.state.modality, one.scope, one.because, _joined(one.roles)),
                one.state.state if one.scope is Scope.IN_SCOPE else None,
                *(_joined(one.state.flags), _joined(one.evidence), _joined(one.owners)),
            )
            for one in report.statements
        ),
        _facts(report, "Statement of Applicability"),
    )


def _table(name: str, columns: Iterable[Column | str], rows: Rows, about: Iterable[Fact] = ()) -> Table:
    # Words are plain text in a table, whatever vocabulary they are of.
    plain = (tuple(cell if cell is None or isinstance(cell, int) else str(cell) for cell in row) for row in rows)
    named = (one if isinstance(one, Column) else _column(one, _WIDE.get(one, _WIDTH)) for one in columns)
    return Table(name=name, columns=named, rows=plain, about=about)


def _joined(items: Iterable[object]) -> str | None:
    """Return several words or ids in one cell, each once; None if there are none."""
    return ", ".join(dict.fromkeys(str(item) for item in items if item is not None)) or None


def _facts(report: AssessmentReport, kind: str) -> Iterator[Fact]:
    system = report.system
    yield "Title", f"{system.title}: {kind}"
    yield "Caution", f"{CAUTION} {OWN_WORDS}"
    yield "System", f"{system.title} ({system.name})"
    yield "Owner", "not stated" if system.owner is None else system.owner
    yield "Unit", "not stated" if system.unit is None else system.unit
    yield "Edition", f"{report.edition}: {report.edition_title}"
    yield "Roles held", ", ".join(system.roles)
    if report.limit:
        yield (
            "Limited to",
            f"{', '.join(report.limit)}; statements that bind other roles alone, which are left out: {report.left_out}",
        )
    if system.inherits:
        yield "Inherits from", ", ".join(system.inherits)
    yield STATE_DAY, report.on
    yield from (("Summary", sentence) for sentence in summary(report.total))
    yield "Made by", f"aicop {report.version}"
    yield "Digest of the library", report.library_digest
    known = "Changes that were not committed were not looked for."
    yield "Git commit", "not known" if report.commit is None else f"{report.commit}. {known}"


def _totals(report: AssessmentReport) -> Iterator[tuple[Cell, ...]]:
    for verb, name in VERBS.items():
        counts = [report.total.count(state, modality=verb) for state in _STATES]
        if any(counts):
            yield (f"{name} ({verb})", *counts, sum(counts))
    yield ("All", *(report.total.count(state) for state in _STATES), report.total.statements)


def _units(name: str, units: Iterable[UnitStatus]) -> Table:
    worst = "The status of the {}: that of the worst of them; empty if there are none."
    return _table(
        name,
        (
            _column("Key", 16, "The principle or role.", is_key=name == "Principles"),
            _TITLE,
            _column("Requirements", 14, worst.format("requirements")),
            _column("Recommendations", 16, worst.format("recommendations")),
            *_COUNTS,
            _ALL,
        ),
        (
            (unit.key, unit.title, unit.shall, unit.should, *(unit.count(state) for state in _STATES), unit.statements)
            for unit in units
        ),
    )


def _asks(one: ReportedStatement) -> str:
    condition = "" if one.condition is None else f", when {one.condition}"
    return f"{one.who} {one.state.modality} {one.action}{condition}."


def _why(state: StatementState) -> str | None:
    row = state.verdict
    texts = () if row is None else (row.reason, row.note, row.review_reason)
    return " ".join((*state.reasons, *(text for text in texts if text is not None))) or None


def _waits(step: NextStep) -> str | None:
    return _joined(one.local for one in step.waits_for)


def _gap(step: NextStep) -> tuple[Cell, ...]:
    state = step.state
    return (
        *(str(step.key), step.title, step.action, state.modality, state.state, _joined(state.flags), _why(state)),
        *(step.owner, step.due, _waits(step), _joined(one.local for one in step.blocks)),
    )


def _verdicts(one: ReportedStatement) -> str | None:
    found = []
    for row in one.verdicts:
        parts = (row.verdict.value, row.assessor, row.assessed, row.reason, row.note, row.review_reason)
        said = "; ".join(part for part in parts if part is not None)
        found.append(said if row.role is None else f"{row.role}: {said}")
    if one.state.inherited_from is not None:
        found.append(f"inherited from {one.state.inherited_from}")
    return " | ".join(found) or None


def _accepted(report: AssessmentReport) -> Table:
    return _table(
        "Accepted risks",
        (_KEY, _TITLE, _VERB, "Role", "Accepted by", "Until", "On the day of the report", "Note", "Inherited from"),
        (
            (
                *(str(one.key), one.title, one.modality, one.role, one.accepted_by, one.accepted_until),
                *("ended" if one.ended else "accepted", one.verdict.note, one.inherited_from),
            )
            for one in report.accepted
        ),
        [("Accepted risks", "A statement whose risk is accepted still fails.")],
    )


def _register(report: AssessmentReport) -> Table:
    return _table(
        "Evidence",
        (
            *("Evidence", "Title", "Kind", "Location", "State of the file", "Collected", "Valid until"),
            *("On the day of the report", "Named by the verdicts on", "SHA-256", "Of this system", "Note"),
        ),
        (
            (
                *(item.evidence.id, item.evidence.title, item.evidence.kind, item.evidence.location, item.file),
                *(item.evidence.collected, item.evidence.valid_until, "no longer valid" if item.expired else "valid"),
                _joined((*(key.local for key in item.statements), *item.controls)),
                *(item.evidence.sha256, "yes" if item.own else "no", item.evidence.note),
            )
            for item in report.evidence
        ),
        [("Evidence", "Web addresses are never fetched.")],
    )


def _relevant(report: AssessmentReport) -> Table:
    left = ", ".join(str(row.key) for row in report.not_relevant)
    said = "Nothing follows from them for the state of a statement."
    return _table(
        "From other frameworks",
        (
            *("Provision", "Relationship", "Strength", "Control", "Together with", "Verdict on the control"),
            *("Assessed", "What it leaves open", "Evidence", "Note"),
        ),
        (
            (
                *(None if item.claim.source is None else item.claim.source.local, item.claim.says),
                "not judged in this direction" if item.claim.strength is None else item.claim.strength,
                *(str(item.row.key), str(item.claim.target) if item.joint else None, item.row.verdict),
                *(item.row.assessed, item.left_open, _joined(one.id for one in item.evidence), item.row.note),
            )
            for item in report.relevant
        ),
        [("From other frameworks", f"{said} Relevant to no provision: {left}." if left else said)],
    )


def _progress(report: AssessmentReport) -> Iterator[Table]:
    progress = report.progress
    if progress is None:
        return
    undated = ", ".join(key.local for key in progress.undated)
    said = f"States that changed from {progress.since} to {progress.until}, for all roles: {len(progress.changes)}."
    known = f"{said} Neither recorded nor dated: {undated}." if undated else said
    titles = {one.key: one.title for one in report.statements}
    yield _table(
        "Changes",
        (_KEY, _TITLE, _VERB, progress.since, progress.until),
        (
            (str(one.key), titles.get(one.key), one.now.modality, one.then.state, one.now.state)
            for one in progress.changes
        ),
        [("Changes", known)],
    )
    yield _table(
        "Counts at both dates",
        ("State", "Verb", progress.since, progress.until),
        ((one.state, one.modality, one.then, one.now) for one in progress.counts),
    )


def _history(report: AssessmentReport) -> Table:
    said = f"Rows: {len(report.history)}; before them: {report.recorded_before}; after: {report.recorded_after}."
    hand = ", ".join(row.key.local for row in report.by_hand)
    return _table(
        "Who recorded what",
        ("Recorded", "By", "Statement", "Role", "Verdict before", "Verdict", "Columns that changed"),
        (
            (
                *(one.recorded, one.by, str(one.row.key), one.row.role),
                *(None if one.before is None else one.before.verdict, one.row.verdict, _joined(one.changed)),
            )
            for one in report.history
        ),
        [
            (
                "Who recorded what",
                f"{said} Other than last recorded, so that it is not known who changed them: {hand or 'none'}.",
            )
        ],
    )
