"""The commands about editions and keys: parse arguments, ask the catalogue, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aicop import frameworks
from aicop.applicability import Facts
from aicop.applicability import applicability as scope_of
from aicop.catalogue.shipped import load
from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import Kind, keys_of
from aicop.cli.options import EditionOption, FormatOption
from aicop.cli.output import OutputFormat, render, render_card, write_out
from aicop.errors import UnknownKey
from aicop.files.markdown import markdown_text
from aicop.ids import ControlId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.parser import parse
from aicop.lineage import compare as compare_editions
from aicop.lineage import counterpart as counterpart_of
from aicop.manifest import editions as known_editions
from aicop.vocabulary import RANK, Change, MeasureKind, Modality, Role, term

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.edition import Guidance, Provision, Statement


RoleOption = Annotated[str | None, typer.Option(help=f"A role: {', '.join(Role)}.", metavar="ROLE")]


def _statement_fields(statement: Statement) -> dict[str, object]:
    told = "" if statement.as_printed else f" ({statement.attribution})"
    return {
        "modality": statement.modality,
        "duty_holders": statement.who + told,
        "action": statement.action,
        "condition": statement.condition,
    }


def editions(form: FormatOption = OutputFormat.TABLE) -> None:
    """List the editions."""
    columns = ("edition", "title", "publisher", "published", "status", "provisions", "address")
    rows = []
    for catalogue in map(load, known_editions()):
        edition = catalogue.edition
        rows.append(
            {
                "edition": edition.id,
                "title": edition.title,
                "publisher": edition.publisher,
                "published": edition.published,
                "status": edition.status,
                "provisions": len(catalogue),
                "address": edition.address,
            }
        )
    write_out(render(columns, rows, form))


def edition(
    name: Annotated[str, typer.Argument(help="Document or document@edition.")],
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show an edition's record: dates, licence, scope, stakeholders, terms and sources."""
    catalogue = load(name)
    record = catalogue.edition
    fields: dict[str, object] = {
        "edition": record.id,
        "title": record.title,
        "publisher": record.publisher,
        "status": record.status,
        "force": record.force,
        **{item.event.value: item.date for item in record.dates},
        "supersedes": record.supersedes,
        "implements": record.implements,
        "address": record.address,
        "identifiers": record.identifiers,
        "digest": record.digest,
        "licence": record.licence,
        "ships": record.ships,
        **{f"scope: {item.key}": f"{item.statement} [{item.source.grade}]" for item in catalogue.scope},
        **{f"stakeholder: {item.role}": f"{item.definition} [{item.source.grade}]" for item in catalogue.stakeholders},
        **{
            f"term: {item.name}": f"{item.definition or '(not in hand)'} [{item.source.grade}]"
            for item in catalogue.terms
        },
        **{
            f"annotation {n}": f"{item.observation} {item.reading}"
            for n, item in enumerate(record.annotations, start=1)
        },
        "known": f"{record.source.grade}: {record.source.document}, {record.source.locator}",
    }
    whole = {
        "edition": record,
        "scope": catalogue.scope,
        "stakeholders": catalogue.stakeholders,
        "terms": catalogue.terms,
    }
    write_out(render_card({key: value for key, value in fields.items() if value}, whole, form))


def threats(form: FormatOption = OutputFormat.TABLE) -> None:
    """List the threat vocabulary, with the provisions of the Code whose guide entry names each."""
    catalogue = load("uk-ai-cop")
    rows = [
        {"key": item.key, "kind": item.kind, "title": item.title, "definition": item.definition}
        | {"provisions": [match.provision.id.number for match in catalogue.select(threat=item)]}
        for item in catalogue.threats
    ]
    write_out(render(("key", "kind", "title", "definition", "provisions"), rows, form))


def _guidance_fields(guidance: Guidance) -> dict[str, object]:
    fields: dict[str, object] = {
        "guide: threats": [item.title for item in guidance.threats],
        "guide: threat in short": guidance.threat_summary,
    }
    for number, item in enumerate(guidance.measures, start=1):
        worked = f" Worked for: {', '.join(item.scenarios)}." if item.scenarios else ""
        fitting = f" Fits {item.fits} better." if item.fits else ""
        told = "".join(
            f" Not for {none.scenario}{f': {none.reason}' if none.reason else '.'}" for none in item.not_applicable
        )
        fields[f"guide: measure {number}"] = f"{item.heading}. {item.summary} [{item.kind}]{worked}{told}{fitting}"
    for part in ("threats", "measures", "references"):
        fields[f"guide: {part} also from"] = getattr(guidance, f"{part}_from")
    fields["guide: references"] = [
        f"{item.title}{f', {item.locator}' if item.locator else ''}" for item in guidance.references
    ]
    fields["guide: slips not carried over"] = guidance.slips
    fields["guide: pages"] = [str(page) for page in guidance.pages]
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
    fields["footnotes"] = [str(number) for number in provision.footnotes]
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


def show(
    key: Annotated[str, typer.Argument(help="Such as uk-ai-cop:5.4.1, or of another framework: AML.M0005.")],
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where a bare number is looked up.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show one provision, principle, phase or element of another framework with everything known of it."""
    found = parse(key, edition)
    if isinstance(found, ControlId | StatementId):
        framework = frameworks.load(found.edition)
        control = framework[found]
        shown = {
            "key": control.id,
            "title": control.title,
            "asks": control.words,
            "kind": control.kind,
            "nature": control.nature,
            "under": control.parent,
            "holds": [item.id for item in framework.children(found)],
            "framework": framework.edition.title,
            "note": framework.edition.note,
        }
        write_out(render_card({name: value for name, value in shown.items() if value}, control, form))
        return
    catalogue = load(found.edition)
    if isinstance(found, ProvisionId):
        provision = catalogue[found]
        write_out(render_card(_provision_fields(provision, catalogue), provision, form))
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
        write_out(render_card({name: value for name, value in fields.items() if value}, principle, form))
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
        write_out(render_card({name: value for name, value in fields.items() if value}, phase, form))


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
    form: FormatOption = OutputFormat.TABLE,
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
    write_out(render(("key", "title", "modality", "duty_holders", "action", "condition"), rows, form))
    if not rows:
        typer.echo("No statement matches.", err=True)


def duties(
    role: Annotated[str, typer.Option(help=f"Whose duties: {', '.join(Role)}.")],
    edition: EditionOption = "uk-ai-cop",
    form: FormatOption = OutputFormat.TABLE,
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
    if form is OutputFormat.MARKDOWN:
        write_out(_checklist(f"Duties of the {term(Role, role)} in {catalogue.id}", rows))
    else:
        write_out(render(("phase", "modality", "key", "title", "action", "condition", "duty_holders"), rows, form))


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


def counterpart(
    key: Annotated[str, typer.Argument(help="A provision, principle or phase.")],
    to: Annotated[str, typer.Option("--to", help="Document or document@edition.")],
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where a bare number is looked up.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Find the same item in another edition, with what changed on the way."""
    old = parse(key, edition)
    new = counterpart_of(str(old), to)
    changes: tuple[Change, ...] = ()
    grade = review = None
    note: str | None = "Phases keep their names." if isinstance(old, PhaseId) else "The same item."
    if old != new and not isinstance(old, PhaseId):
        row = next(item for item in compare_editions(old.edition, new.edition).rows if item.old == old)
        changes, grade, note, review = row.changes, row.grade, row.note, row.review
    answer = {"key": old, "counterpart": new, "changes": changes, "grade": grade, "note": note, "review": review}
    write_out(render(tuple(answer), [answer], form))


def compare(  # noqa: PLR0913 -- one option for each question
    old: Annotated[str, typer.Argument(help="Document or document@edition.")],
    new: Annotated[str, typer.Argument(help="Document or document@edition.")],
    *,
    everything: Annotated[bool, typer.Option("--all", help="Unchanged items too.")] = False,
    review: Annotated[bool, typer.Option("--review", help="Only what needs a person's eye.")] = False,
    kind: Annotated[str | None, typer.Option(help=f"Only one kind of change: {', '.join(Change)}.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Compare two editions: kinds of change, and what a person should look at."""
    comparison = compare_editions(old, new)
    shown = {row.old for row in (*comparison.changed, *comparison.review)}
    rows = tuple(row for row in comparison.rows if everything or row.old in shown)
    if review:
        rows = comparison.review
    if kind is not None:
        wanted = term(Change, kind)
        rows = tuple(row for row in comparison.rows if wanted in row.changes and (row in rows or not review))
    columns = ("old", "new", "changes", "grade", "note", "review")
    write_out(render(columns, [{name: getattr(row, name) for name in columns} for row in rows], form))
    if form is OutputFormat.TABLE:
        total = len(comparison.provisions)
        same = sum(row.changes == (Change.IDENTICAL,) for row in comparison.provisions)
        typer.echo(
            f"{total} provisions, {same} identical; {len(comparison.review)} items need a person's eye.", err=True
        )


def scope(  # noqa: PLR0913 -- one option for each fact
    *,
    edition: EditionOption = "uk-ai-cop",
    research_only: Annotated[bool, typer.Option("--research-only", help="Academic research; never deployed.")] = False,
    creates_or_adapts: Annotated[bool, typer.Option("--creates-or-adapts", help="Creates or adapts a model.")] = False,
    embeds_or_deploys: Annotated[bool, typer.Option("--embeds-or-deploys", help="Embeds or deploys one.")] = False,
    sells_only: Annotated[bool, typer.Option("--sells-only", help="Only sells models or components.")] = False,
    controls_data: Annotated[bool, typer.Option("--controls-data", help="Controls data the system needs.")] = False,
    uses: Annotated[bool, typer.Option("--uses", help="Its people use the system.")] = False,
    form: FormatOption = OutputFormat.TABLE,
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
    write_out(render(("answer", "reason", "source"), rows, form))


def check(
    file: Annotated[str, typer.Argument(help="Text with a key a line, CSV, TSV or JSON; - is standard input.")],
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where bare numbers are looked up.")] = None,
    column: Annotated[str | None, typer.Option(help="The CSV column, or field of JSON objects, with the keys.")] = None,
    read_as: Annotated[Kind | None, typer.Option("--as", help="How to read it; else by the file's name.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Check keys, one verdict a key with its reason; exit code 1 when one names nothing."""
    rows: list[dict[str, object]] = []
    for place, key in keys_of(file, column, read_as):
        row: dict[str, object] = {"place": place, "key": key, "verdict": "known", "id": None, "reason": None}
        try:
            row["id"] = parse(key, edition)
        except UnknownKey as error:
            near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
            row |= {"verdict": error.mistake, "reason": f"{error.advice}{near}"}
        rows.append(row)
    write_out(render(("place", "key", "verdict", "id", "reason"), rows, form))
    wrong = sum(row["verdict"] != "known" for row in rows)
    typer.echo(f"{len(rows)} keys, {len(rows) - wrong} known, {wrong} not.", err=True)
    if wrong:
        raise typer.Exit(FOUND)


def add_to(app: typer.Typer) -> None:
    """Give an application these commands."""
    for command in (editions, edition, threats, show, list_, duties, counterpart, compare, scope, check):
        app.command(command.__name__.strip("_"))(command)
