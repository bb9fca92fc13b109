"""
Assessment reports and Statements of Applicability as HTML: one file without a script, which prints well.

No page loads anything, and all text is escaped. A report has counts with their denominators and no score.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aicop.assessment.reporting.phrases import CAUTION, FLAG_MEANINGS, OWN_WORDS, STATE_MEANINGS, VERBS, summary
from aicop.report.page import read_asset, render, security_policy

if TYPE_CHECKING:
    from aicop.assessment.reporting.facts import AssessmentReport, ReportedStatement
    from aicop.assessment.status.states import State
    from aicop.assessment.status.units import UnitStatus
    from aicop.ids import Key

_STYLE = "assessment.css"


def dumps(report: AssessmentReport) -> str:
    """
    Return a report on an assessment as a page of one file.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    return _page("assessment.html", report)


def dumps_applicability(report: AssessmentReport) -> str:
    """
    Return the Statement of Applicability of an assessment as a page of one file.

    It lists every statement with whether it is in scope and why, its state, evidence and owners.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    return _page("applicability.html", report)


def _page(template: str, report: AssessmentReport) -> str:
    style = read_asset(_STYLE)
    facts: dict[str, Any] = {
        "report": report,
        "style": _Asset(style),
        "policy": security_policy(styles=[style]),
        "summary": summary(report.total),
        "caution": CAUTION,
        "own_words": OWN_WORDS,
        "states": STATE_MEANINGS,
        "flags": FLAG_MEANINGS,
        "verbs": VERBS,
        "titles": {one.key: one.title for one in report.statements},
        "groups": _groups(report),
        "unit_name": lambda unit: _names(report).get(unit.key, unit.title),
        "anchor": _anchor,
        "word": _word,
    }
    return render(template, facts)


def _names(report: AssessmentReport) -> dict[str, str]:
    """Return the names of the principles by their keys."""
    numbers = {str(one.principle): one.principle.number for one in report.statements}
    return {unit.key: f"{numbers[unit.key]}. {unit.title}" for unit in report.principles if unit.key in numbers}


def _groups(report: AssessmentReport) -> list[tuple[UnitStatus, list[ReportedStatement]]]:
    """Return the principles that have statements in a report, each with these."""
    listed: dict[str, tuple[UnitStatus, list[ReportedStatement]]] = {unit.key: (unit, []) for unit in report.principles}
    for one in report.statements:
        listed[str(one.principle)][1].append(one)
    return [pair for pair in listed.values() if pair[1]]


class _Asset(str):
    """Text of this package, which goes into a page as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def _anchor(key: Key) -> str:
    """Return the id of the element of a page that is about an item."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", f"s-{key.local}")


def _word(state: State) -> str:
    """Return the name of the class of a state."""
    return state.value.replace(" ", "-")
