"""The group ``aicop assess``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import click

from aicop.cli.groups import HELP, LazyGroup

if TYPE_CHECKING:
    from aicop.cli.groups import Sections


class AssessCommands(LazyGroup):
    """The commands of ``aicop assess``."""

    sections: ClassVar[Sections] = {
        "Record": {
            "init": ("assess.recording", "Start an assessment of a system."),
            "record": ("assess.recording", "Record verdicts."),
            "evidence": ("assess.recording", "Add and list evidence."),
        },
        "Ask": {
            "list": ("assess.status", "List the systems."),
            "status": ("assess.status", "Count the statements by state, at a date."),
            "next": ("assess.status", "List what to do next, in the order of work."),
            "relevant": ("assess.crosswalk", "List what your controls have that is relevant to provisions."),
            "towards": ("assess.crosswalk", "List what the verdicts give towards another framework."),
            "compare": ("assess.files", "Compare an assessment at two dates."),
        },
        "Work in a spreadsheet, and change the edition": {
            "export": ("assess.files", "Write a workbook to fill in."),
            "merge": ("assess.files", "Take the changes of a workbook or CSV file."),
            "upgrade": ("assess.files", "Bring an assessment to another edition."),
        },
        "Report": {
            "report": ("assess.reports", "Write a report: HTML, Markdown, XLSX or JSON."),
            "soa": ("assess.reports", "Write the Statement of Applicability."),
            "questionnaire": ("assess.reports", "Write questions to a supplier as a workbook."),
            "history": ("assess.reports", "List what was recorded, or write it as Parquet."),
        },
        "Gate": {
            "check": ("assess.gate", "Check rules, for CI."),
            "badge": ("assess.gate", "Write the counts for a badge."),
        },
    }


@click.group("assess", cls=AssessCommands, context_settings=HELP)
def group() -> None:
    """Verdicts and evidence of your systems: status, next steps, gates, workbooks, editions and dates."""


COMMANDS = {"assess": group}
