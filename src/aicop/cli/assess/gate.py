"""The commands of ``aicop assess`` for CI: check and badge."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicop.cli.assess.systems import systems_argument
from aicop.cli.exit_codes import FOUND
from aicop.cli.options import (
    force_option,
    on_option,
    output_option,
    phase_option,
    role_option,
    several,
    uses_library,
)
from aicop.cli.output import Output, OutputFormat
from aicop.cli.streams import note
from aicop.vocabulary import Modality, term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aicop.assessment import Assessment, GateResult
    from aicop.library.library import Library


class ReportFormat(StrEnum):
    """How a gate is reported."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


_COLUMNS = ("system", "rule", "key", "role", "state", "message", "file", "line")


def _folder(library: Library) -> str:
    """Return the folder of a library as seen from the working folder, for places that others read."""
    assert library.folder is not None
    folder, here = Path(library.folder).resolve(), Path.cwd()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.as_posix()


def _report(form: ReportFormat, results: Sequence[GateResult], folder: str, out: Output) -> None:
    """Print or write the results in a format."""
    from aicop.cli.output import render
    from aicop.interop import gate
    from aicop.records import to_plain

    writers: dict[ReportFormat, Callable[..., str]] = {
        ReportFormat.TEXT: gate.text,
        ReportFormat.MARKDOWN: gate.markdown,
        ReportFormat.JUNIT: gate.junit,
        ReportFormat.SARIF: gate.sarif,
        ReportFormat.GITHUB: gate.github,
    }
    if form in writers:
        out.text(writers[form](results, folder=folder))
    elif form is ReportFormat.JSON:
        out.record({}, [to_plain(one) | {"broken": one.broken} for one in results])
    else:
        rows = [
            {"system": one.system, "rule": item.rule, "key": item.key, "role": item.role, "state": item.state}
            | {"message": item.message, "file": item.file, "line": item.line}
            for one in results
            for item in one.findings
        ]
        out.text(render(_COLUMNS, rows, out.form))


def _format(_: click.Context, __: click.Parameter, word: str) -> ReportFormat:
    return term(ReportFormat, word)


def _reports(_: click.Context, __: click.Parameter, given: Sequence[str]) -> list[tuple[ReportFormat, Path]]:
    found = []
    for text in given:
        form, _sign, file = text.partition("=")
        if not file:
            message = f"{text!r} is not a format and a file, such as sarif=gate.sarif."
            raise click.BadParameter(message)
        found.append((term(ReportFormat, form), Path(file)))
    return found


def _output(form: ReportFormat, path: Path | None, *, overwrite: bool) -> Output:
    known = [one for one in OutputFormat if one.value == form.value]
    return Output(known[0] if known else OutputFormat.TABLE, _COLUMNS, path, overwrite)


@click.command()
@several(
    "--fail-on",
    "rules",
    required=True,
    metavar="RULE",
    help="A rule that must not be broken: open-shall, fail, inconclusive, stale, no-evidence, overdue or unreviewed.",
)
@on_option
@role_option
@phase_option
@click.option(
    "--format",
    "-f",
    "form",
    callback=_format,
    default="text",
    show_default=True,
    metavar="FORMAT",
    help=f"How to print: {', '.join(ReportFormat)}.",
)
@several(
    "--report", "reports", callback=_reports, metavar="FORMAT=FILE", help="Also write a report, such as sarif=a.sarif."
)
@output_option
@force_option
@uses_library
@systems_argument
def check(  # noqa: PLR0913 -- one option for each part
    *,
    found: Sequence[Assessment],
    rules: Sequence[str],
    on: dt.date,
    role: Sequence[str],
    phase: Sequence[str],
    form: ReportFormat,
    reports: Sequence[tuple[ReportFormat, Path]],
    path: Path | None,
    overwrite: bool,
    library: Library,
) -> None:
    """
    Check the assessments of systems against rules, for CI. Exits with 1 if a rule is broken.

    Rules are about the statements in scope. open-shall: a requirement has no verdict. fail: a verdict is a fail whose
    risk is not accepted on that day. stale: the evidence of a pass is no longer valid, has changed or is missing, or
    its review is due. no-evidence: a pass names none. overdue: what is open was due earlier. unreviewed: a verdict is
    marked for review, or its statement has changed. Name one or more SYSTEMS, or use --all.
    """
    from aicop.assessment import check as check_rules

    outputs = [(form, _output(form, path, overwrite=overwrite))]
    outputs += [(one, _output(one, file, overwrite=overwrite)) for one, file in reports]
    for _, out in outputs:
        out.check()
    results = [check_rules(one, rules, on, role=role or None, phase=phase or None) for one in found]
    for one, out in outputs:
        _report(one, results, _folder(library), out)
    for result in results:
        counts = ", ".join(f"{item.rule} {len(item.findings)} of {len(item.checked)}" for item in result.rules)
        note(f"{result.system} on {result.on}, broken: {counts}.")
    if any(result.broken for result in results):
        raise SystemExit(FOUND)


@click.command()
@click.argument("system")
@several(
    "--modality",
    "verbs",
    default=("shall",),
    show_default=True,
    metavar="VERB",
    help=f"Count statements with this verb: {', '.join(Modality)}.",
)
@click.option("--label", metavar="TEXT", help="The left side of the badge.  [default: the edition and the verb]")
@on_option
@output_option
@force_option
@uses_library
def badge(  # noqa: PLR0913 -- one option for each part
    *,
    system: str,
    verbs: Sequence[str],
    label: str | None,
    on: dt.date,
    path: Path | None,
    overwrite: bool,
    library: Library,
) -> None:
    """
    Write the JSON of an endpoint badge of Shields: the counts of the statements in scope, by their state.

    It shows counts and no percentage, and its colour is always the same.
    """
    from aicop.assessment import load
    from aicop.interop.gate import badge as badge_of

    out = Output(OutputFormat.JSON, (), path, overwrite)
    out.check()
    out.text(badge_of(load(library, system).status(on, "edition"), modality=verbs, label=label))


COMMANDS = {"check": check, "badge": badge}
