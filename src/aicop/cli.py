"""
The command line: parse arguments, call the public API, print. The one door to typer.

Exit codes: 0 done; 1 ``check`` found keys that name nothing; 2 wrong usage, or an unknown key, edition or word;
3 a file cannot be read, or the installation is damaged.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aicop.catalogue import Catalogue, load
from aicop.errors import AicopError, Fault, InvalidDocument, MissingData, UnknownKey
from aicop.ids import PhaseId, PrincipleId, ProvisionId
from aicop.keys import parse
from aicop.lineage import compare as compare_editions
from aicop.lineage import counterpart as counterpart_of
from aicop.reading import decode, parse_json
from aicop.register import editions as known_editions
from aicop.scope import Facts
from aicop.scope import scope as scope_of
from aicop.tables import Format, markdown_text, render, render_card
from aicop.vocabulary import RANK, Change, MeasureKind, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.model import Guidance, Provision, Statement

FOUND, USAGE, BROKEN = 1, 2, 3

app = typer.Typer(
    name="aicop",
    help="The UK Code of Practice for the Cyber Security of AI and its ETSI successors, as data.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
EditionOption = Annotated[str, typer.Option("--edition", "-e", help="Document or document@edition.")]
RoleOption = Annotated[str | None, typer.Option(help=f"A role: {', '.join(Role)}.", metavar="ROLE")]


def _print(text: str) -> None:
    sys.stdout.write(text)


def _statement_fields(statement: Statement) -> dict[str, object]:
    *others, last = statement.duty_holders
    holders = f"{', '.join(others)} {statement.joiner} {last}" if others else last
    told = "" if statement.as_printed else f" ({statement.attribution})"
    return {
        "modality": statement.modality,
        "duty_holders": holders + told,
        "action": statement.action,
        "condition": statement.condition,
    }


@app.command()
def editions(form: FormatOption = Format.TABLE) -> None:
    """List the editions."""
    columns = ("edition", "title", "publisher", "published", "status", "provisions", "address")
    rows = []
    for catalogue in map(load, known_editions()):
        edition = catalogue.edition
        published = next((item.date for item in edition.dates if item.event == "published"), None)
        rows.append(
            {
                "edition": edition.id,
                "title": edition.title,
                "publisher": edition.publisher,
                "published": published,
                "status": edition.status,
                "provisions": len(catalogue),
                "address": edition.address,
            }
        )
    _print(render(columns, rows, form))


def _guidance_fields(guidance: Guidance) -> dict[str, object]:
    fields: dict[str, object] = {
        "guide: threats": [item.title for item in guidance.threats],
        "guide: threat in short": guidance.threat_summary,
    }
    for item in guidance.measures:
        fields[f"guide: {item.heading}"] = f"{item.summary} [{item.kind}]"
    fields["guide: references"] = [
        f"{item.title}{f', {item.locator}' if item.locator else ''}" for item in guidance.references
    ]
    return {name: value for name, value in fields.items() if value}


def _provision_fields(provision: Provision, catalogue: Catalogue) -> dict[str, object]:
    principle = catalogue.principle(provision.principle)
    fields: dict[str, object] = {
        "key": provision.id,
        "title": provision.title,
        "phase": catalogue.phase(provision.phase).title,
        "principle": f"{principle.id.number}. {principle.title}",
        "parent": provision.parent,
        "children": [item.id.number for item in catalogue.children(provision.id)],
    }
    for statement in provision.statements:
        said = _statement_fields(statement)
        when = f" (when: {said['condition']})" if said["condition"] else ""
        fields[f"statement {statement.ordinal}"] = f"{said['duty_holders']} {statement.modality} {said['action']}{when}"
        fields[f"counterparties {statement.ordinal}"] = [
            f"{item.party} ({item.capacity})" for item in statement.counterparties
        ]
        for remark in statement.remarks:
            fields[f"{remark.kind} {statement.ordinal}"] = remark.text
    for pointer in provision.pointers:
        fields[f"pointer to clause {pointer.clause}"] = pointer.purpose
    notes = [*provision.annotations, *(note for item in provision.pointers for note in item.annotations)]
    for number, note in enumerate(notes, start=1):
        fields[f"annotation {number}"] = f"{note.observation} Our reading: {note.reading} Why: {note.reason}"
    fields |= _guidance_fields(provision.guidance) if provision.guidance else {}
    fields["known"] = f"{provision.source.grade}: {provision.source.document}, {provision.source.locator}"
    fields["counterparts"] = [
        counterpart_of(provision.id, other) for other in known_editions() if other != catalogue.id
    ]
    return {name: value for name, value in fields.items() if value not in (None, [])}


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="A provision, principle or phase, such as uk-ai-cop:5.4.1.")],
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where a bare number is looked up.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one provision, principle or phase with everything known of it."""
    found = parse(key, edition)
    catalogue = load(found.edition)
    if isinstance(found, ProvisionId):
        provision = catalogue[found]
        _print(render_card(_provision_fields(provision, catalogue), provision, form))
    elif isinstance(found, PrincipleId):
        principle = catalogue.principle(found)
        fields = {
            "key": principle.id,
            "title": principle.title,
            "phase": catalogue.phase(principle.phase).title,
            "clause": principle.clause,
            "primarily applies to": principle.applies_to or "no such line is printed",
            "preamble": principle.preamble,
            "cites": [f"{item.printed} ({item.document})" for item in principle.citations],
            "provisions": [match.provision.id.number for match in catalogue.select(principle=principle.id)],
            "annotations": [f"{item.observation} Our reading: {item.reading}" for item in principle.annotations],
            "known": f"{principle.source.grade}: {principle.source.document}, {principle.source.locator}",
        }
        _print(render_card({name: value for name, value in fields.items() if value}, principle, form))
    else:
        phase = catalogue.phase(found)
        within = [item for item in catalogue.principles if item.phase == phase.id]
        fields = {
            "key": phase.id,
            "title": phase.title,
            "clause": phase.clause,
            "ISO/IEC 22989 stage": phase.stage,
            "principles": [f"{item.id.number}. {item.title}" for item in within],
            "provisions": len(catalogue.select(phase=phase.id)),
            "known": f"{phase.source.grade}: {phase.source.document}, {phase.source.locator}",
        }
        _print(render_card({name: value for name, value in fields.items() if value}, phase, form))


@app.command("list")
def list_(  # noqa: PLR0913 -- one option for each question
    *,
    edition: EditionOption = "uk-ai-cop",
    duty_holder: RoleOption = None,
    counterparty: RoleOption = None,
    applies_to: RoleOption = None,
    modality: Annotated[str | None, typer.Option(help=", ".join(Modality))] = None,
    phase: Annotated[str | None, typer.Option(help="A phase, such as secure-design.")] = None,
    principle: Annotated[str | None, typer.Option(help="A principle, such as 5 or P5.")] = None,
    threat: Annotated[str | None, typer.Option(help="A threat, such as data-poisoning.")] = None,
    measure: Annotated[str | None, typer.Option(help=f"A kind of measure: {', '.join(MeasureKind)}.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the statements for which everything asked holds."""
    found = load(edition).select(
        duty_holder=duty_holder,
        counterparty=counterparty,
        applies_to=applies_to,
        modality=modality,
        phase=phase,
        principle=int(principle) if principle is not None and principle.isdecimal() else principle,
        threat=threat,
        measure=measure,
    )
    rows = [
        {"key": match.provision.id, "title": match.provision.title} | _statement_fields(statement)
        for match in found
        for statement in match.statements
    ]
    _print(render(("key", "title", "modality", "duty_holders", "action", "condition"), rows, form))


@app.command()
def duties(
    role: Annotated[str, typer.Option(help=f"Whose duties: {', '.join(Role)}.")],
    edition: EditionOption = "uk-ai-cop",
    form: FormatOption = Format.TABLE,
) -> None:
    """Print a checklist of what a role is asked, by phase and strength."""
    catalogue = load(edition)
    rows: list[dict[str, object]] = []
    for phase in catalogue.phases:
        for modality in sorted(Modality, key=RANK.__getitem__, reverse=True):
            for match in catalogue.select(duty_holder=role, modality=modality, phase=phase.id):
                rows += (
                    {"phase": phase.title, "key": match.provision.id, "title": match.provision.title}
                    | _statement_fields(statement)
                    for statement in match.statements
                )
    if form is Format.MARKDOWN:
        _print(_checklist(f"Duties of the {term(Role, role)} in {catalogue.id}", rows))
    else:
        _print(render(("phase", "modality", "key", "title", "action", "condition", "duty_holders"), rows, form))


def _checklist(heading: str, rows: list[dict[str, object]]) -> str:
    lines = [f"# {markdown_text(heading)}"]
    group = None
    for row in rows:
        if group != (row["phase"], row["modality"]):
            group = (row["phase"], row["modality"])
            lines += ["", f"## {row['phase']}: {row['modality']}", ""]
        when = f" (when: {row['condition']})" if row["condition"] else ""
        said = f"{row['key']} {row['action']}{when}"
        lines.append(f"- [ ] {markdown_text(said)}")
    return "\n".join(lines) + "\n"


@app.command()
def counterpart(
    key: Annotated[str, typer.Argument(help="A provision, principle or phase.")],
    to: Annotated[str, typer.Option("--to", help="Document or document@edition.")],
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where a bare number is looked up.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Find the same item in another edition, with what changed on the way."""
    old = parse(key, edition)
    new = counterpart_of(old, to)
    changes: tuple[Change, ...] = (Change.IDENTICAL,)
    note = review = None
    if old != new and not isinstance(old, PhaseId):
        row = next(item for item in compare_editions(old.edition, new.edition).rows if item.old == old)
        changes, note, review = row.changes, row.note, row.review
    answer = {"key": old, "counterpart": new, "changes": changes, "note": note, "review": review}
    _print(render(tuple(answer), [answer], form))


@app.command()
def compare(  # noqa: PLR0913 -- one option for each question
    old: Annotated[str, typer.Argument(help="Document or document@edition.")],
    new: Annotated[str, typer.Argument(help="Document or document@edition.")],
    *,
    everything: Annotated[bool, typer.Option("--all", help="Unchanged items too.")] = False,
    review: Annotated[bool, typer.Option("--review", help="Only what needs a person's eye.")] = False,
    kind: Annotated[str | None, typer.Option(help=f"Only one kind of change: {', '.join(Change)}.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Compare two editions: kinds of change, and what a person should look at."""
    comparison = compare_editions(old, new)
    rows = comparison.rows if everything else comparison.changed
    if review:
        rows = comparison.review
    if kind is not None:
        wanted = term(Change, kind)
        rows = tuple(row for row in comparison.rows if wanted in row.changes and (row in rows or not review))
    columns = ("old", "new", "changes", "grade", "note", "review")
    _print(render(columns, [{name: getattr(row, name) for name in columns} for row in rows], form))
    if form is Format.TABLE:
        total = len(comparison.provisions)
        same = sum(row.changes == (Change.IDENTICAL,) for row in comparison.provisions)
        typer.echo(
            f"{total} provisions, {same} identical; {len(comparison.review)} items need a person's eye.", err=True
        )


@app.command()
def scope(  # noqa: PLR0913 -- one option for each fact
    *,
    edition: EditionOption = "uk-ai-cop",
    research_only: Annotated[bool, typer.Option("--research-only", help="Academic research; never deployed.")] = False,
    creates_or_adapts: Annotated[bool, typer.Option("--creates-or-adapts", help="Creates or adapts a model.")] = False,
    embeds_or_deploys: Annotated[bool, typer.Option("--embeds-or-deploys", help="Embeds or deploys one.")] = False,
    sells_only: Annotated[bool, typer.Option("--sells-only", help="Only sells models or components.")] = False,
    controls_data: Annotated[bool, typer.Option("--controls-data", help="Controls data the system needs.")] = False,
    uses: Annotated[bool, typer.Option("--uses", help="Its people use the system.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Tell whether an edition applies to an organisation, and in which roles."""
    answer = scope_of(
        load(edition),
        Facts(
            research_only=research_only,
            creates_or_adapts=creates_or_adapts,
            embeds_or_deploys=embeds_or_deploys,
            sells_only=sells_only,
            controls_data=controls_data,
            uses=uses,
        ),
    )
    verdict = "in scope" if answer.in_scope else "not in scope"
    rows = [{"answer": verdict, "reason": item.text, "source": item.source} for item in answer.reasons]
    rows += [
        {"answer": item.role.value, "reason": item.reason.text, "source": item.reason.source} for item in answer.roles
    ]
    for row in rows:
        origin = row["source"]
        row["source"] = f"{origin.document}, {origin.locator} ({origin.grade})"  # type: ignore[attr-defined]
    _print(render(("answer", "reason", "source"), rows, form))


def _keys_of_csv(text: str, delimiter: str, column: str | None, file: str) -> Iterator[tuple[str, str]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    header = next(reader, [])
    wanted = column or next((name for name in ("key", "id") if name in header), None)
    if wanted is None and len(header) == 1:
        wanted = header[0]
    if wanted not in header:
        named = f"there is no column {column!r}" if column else "no column is called key or id"
        problem = f"{named}; name one with --column: {', '.join(header)}"
        raise InvalidDocument.from_faults((Fault(file, "line 1", problem),))
    place = header.index(wanted)
    for row in reader:
        yield f"line {reader.line_num}", row[place] if place < len(row) else ""


def _keys_of_json(content: bytes, column: str | None, file: str) -> Iterator[tuple[str, str]]:
    value = parse_json(content, file)
    if not isinstance(value, list):
        raise InvalidDocument.from_faults((Fault(file, "", "must be a JSON list of keys, or of objects with keys"),))
    name = column or "key"
    faults = []
    for index, item in enumerate(value):
        key = item.get(name) if isinstance(item, dict) else item
        if isinstance(key, str):
            yield f"[{index}]", key
        else:
            expected = f"text under {name!r}" if isinstance(item, dict) else "a key in quotes"
            faults.append(Fault(file, f"[{index}]", f"{expected} was expected; other names go with --column"))
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))


def _keys(file: str, column: str | None, form: str | None) -> list[tuple[str, str]]:
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    name = "standard input" if file == "-" else file
    kind = form or Path(file).suffix.lower().removeprefix(".")
    if kind == "json":
        return list(_keys_of_json(content, column, name))
    text = decode(content, name)
    if kind in {"csv", "tsv"}:
        try:
            return list(_keys_of_csv(text, "," if kind == "csv" else "\t", column, name))
        except csv.Error as error:
            raise InvalidDocument.from_faults((Fault(name, "", f"not a table: {error}"),)) from error
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return [(f"line {number}", line) for number, line in enumerate(lines, start=1) if line.strip()]


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="Text with a key a line, CSV, TSV or JSON; - is standard input.")],
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where bare numbers are looked up.")] = None,
    column: Annotated[str | None, typer.Option(help="The CSV column, or field of JSON objects, with the keys.")] = None,
    read_as: Annotated[
        str | None, typer.Option("--as", help="text, csv, tsv or json; else by the file's name.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check keys, one verdict a key with its reason; exit code 1 when one names nothing."""
    rows: list[dict[str, object]] = []
    for place, key in _keys(file, column, read_as):
        row: dict[str, object] = {"place": place, "key": key, "verdict": "known", "id": None, "reason": None}
        try:
            row["id"] = parse(key, edition)
        except UnknownKey as error:
            near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
            row |= {"verdict": error.mistake, "reason": f"{error.advice}{near}"}
        rows.append(row)
    _print(render(("place", "key", "verdict", "id", "reason"), rows, form))
    wrong = sum(row["verdict"] != "known" for row in rows)
    typer.echo(f"{len(rows)} keys, {len(rows) - wrong} known, {wrong} not.", err=True)
    if wrong:
        raise typer.Exit(FOUND)


def run(arguments: list[str] | None = None) -> None:
    """Run with *arguments*, or with those of the process; errors go to standard error without a traceback."""
    try:
        app(arguments)
    except BrokenPipeError:
        # The reader has gone, as with head: not our error, and nothing more can be said.
        sys.stderr.close()
        raise SystemExit(0) from None
    except (MissingData, InvalidDocument, OSError) as error:
        typer.echo(f"aicop: {error}", err=True)
        raise SystemExit(BROKEN) from None
    except AicopError as error:
        typer.echo(f"aicop: {error}", err=True)
        raise SystemExit(USAGE) from None
