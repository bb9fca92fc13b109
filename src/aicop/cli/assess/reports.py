"""The commands of ``aicop assess`` that write documents: report, soa, questionnaire and history."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicop.cli.assess.systems import systems_argument
from aicop.cli.options import (
    check_since,
    force_option,
    on_option,
    output_option,
    prints,
    read_day,
    role_option,
    uses_library,
)
from aicop.cli.output import Output, OutputFormat
from aicop.cli.streams import note
from aicop.errors import count_phrase
from aicop.tables import HISTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aicop.assessment import Assessment, AssessmentReport
    from aicop.library.library import Library


def _html(report: AssessmentReport) -> str:
    from aicop.report.assessment import dumps

    return dumps(report)


def _markdown(report: AssessmentReport) -> str:
    from aicop.interop import assessment_tables, markdown

    return markdown.dumps(assessment_tables.tables(report))


def _xlsx(report: AssessmentReport) -> bytes:
    from aicop.interop import assessment_tables, xlsx

    return xlsx.dumps(assessment_tables.tables(report))


def _json(report: AssessmentReport) -> str:
    from aicop.cli.output import render_record

    return render_record({}, report, OutputFormat.JSON)


def _soa_html(report: AssessmentReport) -> str:
    from aicop.report.assessment import dumps_applicability

    return dumps_applicability(report)


def _soa_markdown(report: AssessmentReport) -> str:
    from aicop.interop import assessment_tables, markdown

    return markdown.dumps(assessment_tables.applicability(report))


def _soa_xlsx(report: AssessmentReport) -> bytes:
    from aicop.interop import assessment_tables, xlsx

    return xlsx.dumps(assessment_tables.applicability(report))


def _soa_csv(report: AssessmentReport) -> str:
    from aicop.interop import assessment_tables, csv

    return csv.dumps(assessment_tables.applicability(report))


_REPORTS: dict[str, Callable[[AssessmentReport], str | bytes]] = {
    ".html": _html,
    ".md": _markdown,
    ".xlsx": _xlsx,
    ".json": _json,
}
_STATEMENTS: dict[str, Callable[[AssessmentReport], str | bytes]] = {
    ".html": _soa_html,
    ".md": _soa_markdown,
    ".xlsx": _soa_xlsx,
    ".csv": _soa_csv,
}
_DEFAULT = ".md"


def _ending(path: Path | None, known: Sequence[str]) -> str:
    """Return the ending of the file to write, in small letters; without a file, that of Markdown."""
    ending = _DEFAULT if path is None else path.suffix.lower()
    if ending not in known:
        message = f"the ending of {path} says what to write; use one of: {', '.join(known)}"
        raise click.UsageError(message)
    return ending


def _write(out: Output, content: str | bytes) -> None:
    if isinstance(content, str):
        out.text(content)
    else:
        out.content(content)


@click.command()
@click.argument("system")
@click.option(
    "--since", callback=read_day, metavar="DAY", help="Also show what changed since this earlier day, an ISO date."
)
@on_option
@role_option
@output_option
@force_option
@uses_library
def report(  # noqa: PLR0913 -- one option for each part
    *,
    system: str,
    since: dt.date | None,
    on: dt.date,
    role: Sequence[str],
    path: Path | None,
    overwrite: bool,
    library: Library,
) -> None:
    """
    Write a report on the assessment of SYSTEM: summary, gaps, status, evidence, changes and all statements.

    The ending of FILE says how: .html (one file that prints well and has no script), .md, .xlsx or .json. Without
    --output, it is Markdown. There is no score, and it is no statement of compliance.
    """
    from aicop.assessment import load
    from aicop.assessment import report as report_on

    writer = _REPORTS[_ending(path, tuple(_REPORTS))]
    check_since(since, on)
    out = Output(OutputFormat.TABLE, (), path, overwrite)
    out.check()
    _write(out, writer(report_on(library, load(library, system), on, since=since, role=role or None)))


@click.command()
@click.argument("system")
@on_option
@output_option
@force_option
@uses_library
def soa(system: str, *, on: dt.date, path: Path | None, overwrite: bool, library: Library) -> None:
    """
    Write the Statement of Applicability of SYSTEM: what is in scope, what is not and why, with state and evidence.

    The ending of FILE says how: .html, .md, .xlsx or .csv. Without --output, it is Markdown.
    """
    from aicop.assessment import load
    from aicop.assessment import report as report_on

    writer = _STATEMENTS[_ending(path, tuple(_STATEMENTS))]
    out = Output(OutputFormat.TABLE, (), path, overwrite)
    out.check()
    _write(out, writer(report_on(library, load(library, system), on)))


@click.command()
@click.argument("system")
@on_option
@output_option
@force_option
@uses_library
def questionnaire(system: str, *, on: dt.date, path: Path | None, overwrite: bool, library: Library) -> None:
    """
    Write questions to a supplier of SYSTEM as a workbook (XLSX), about external providers and the supply chain.

    Only what applies to SYSTEM is asked. The workbook has nothing of what is known of it. Answers are evidence relevant
    to the statements that the workbook names; they do not satisfy them.
    """
    from aicop.assessment import load
    from aicop.assessment import questionnaire as questionnaire_of
    from aicop.interop.questionnaire import dumps

    out = Output(OutputFormat.TABLE, (), path, overwrite)
    out.check()
    asked = questionnaire_of(library, load(library, system, check_files=False), on)
    out.content(dumps(asked))
    left = "; ".join(f"{item.id} ({item.statement.local})" for item in asked.out_of_scope)
    note(f"{count_phrase(len(asked.questions), 'question')} for {asked.edition}.")
    if left:
        note(f"Not asked, because their statements are out of scope or not applicable: {left}.")
    if asked.without_statement:
        note(f"Not asked, because {asked.edition} has no such statement: {', '.join(asked.without_statement)}.")


@click.command()
@uses_library
@systems_argument
@prints(*HISTORY.names, table=("system", "recorded", "by", "key", "role", "verdict"))
def history(out: Output, found: Sequence[Assessment]) -> None:
    """
    List every verdict as it was recorded in history.csv, as one flat table for warehouses.

    If FILE ends with .parquet, it is an Apache Parquet file, with columns of your own. Name one or more SYSTEMS, or
    use --all.
    """
    from aicop.assessment import history_table

    rows = history_table(found)
    if out.path is not None and out.path.suffix.lower() == ".parquet":
        from aicop.interop.parquet import dumps_rows

        out.content(dumps_rows(rows, HISTORY))
    else:
        out.rows(rows)
    note(f"{count_phrase(len(rows), 'row')} of {count_phrase(len(found), 'system')}.")


COMMANDS = {"report": report, "soa": soa, "questionnaire": questionnaire, "history": history}
