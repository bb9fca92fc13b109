"""The commands about editions: parse arguments, ask the catalogue, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aicop.catalogue.responsibility import ROLE_COLUMNS, responsibility_matrix
from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import InputFormat, keys_of
from aicop.cli.options import (
    column_option,
    edition_option,
    input_format_option,
    key_edition_option,
    modality_option,
    phase_option,
    prints,
    prints_record,
    role_option,
    scope_line,
    several,
    uses_library,
)
from aicop.cli.output import Output, OutputFormat
from aicop.cli.streams import note
from aicop.errors import UnknownKey, count_phrase
from aicop.files.markdown import markdown_text
from aicop.library.check import KeyChecker
from aicop.tables import STATEMENTS
from aicop.vocabulary import RANK, Attribution, Change, MeasureKind, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from enum import StrEnum

    from aicop.catalogue.catalogue import Catalogue, Match
    from aicop.ids import EditionId
    from aicop.library.check import KeyCheck
    from aicop.library.library import Library
    from aicop.model.edition import Statement

_ATTRIBUTIONS = {
    Attribution.CARRIED_OVER: "an earlier sentence names the duty holder",
    Attribution.IMPLIED: "the sentence is passive, and the duty holder is inferred",
}
_COUNTERPART = ("key", "counterpart", "changes", "grade", "note", "review", "mistake")
_MATRIX = ("key", "title", "principle", "phase", "statements", *ROLE_COLUMNS.values(), "others")
_MATRIX_TABLE = ("key", *ROLE_COLUMNS.values())
_STATEMENT = (*STATEMENTS.names, "who", "duty")
"""The columns of `Catalogue.table_of`, and two in the words that people read."""


def _rows(catalogue: Catalogue, found: Sequence[Match]) -> list[dict[str, object]]:
    """Return a row for each statement."""
    statements = [statement for match in found for statement in match.statements]
    return [
        {**row, "who": _who(statement), "duty": _duty(statement)}
        for row, statement in zip(catalogue.table_of(found), statements, strict=True)
    ]


def _who(statement: Statement) -> str:
    # The attribution says how a holder is known where the sentence does not name one.
    return statement.who + ("" if statement.as_printed else f" ({statement.attribution})")


def _duty(statement: Statement) -> str:
    return statement.action + (f" (when: {statement.condition})" if statement.condition else "")


def _note_attributions(out: Output, found: Sequence[Match]) -> None:
    """Explain the notes in brackets after duty holders, if the reader sees any."""
    kinds = {statement.attribution for match in found for statement in match.statements if not statement.as_printed}
    if out.form in {OutputFormat.TABLE, OutputFormat.CARDS} and kinds:
        note("; ".join(f"{kind}: {_ATTRIBUTIONS[kind]}" for kind in Attribution if kind in kinds) + ".")


def _words(vocabulary: type[StrEnum], words: Iterable[str]) -> tuple[StrEnum, ...]:
    return tuple(dict.fromkeys(term(vocabulary, word) for word in words))


def _count_line(catalogue: Catalogue, found: Sequence[Match], filters: dict[str, Any]) -> str:
    statements = sum(len(match.statements) for match in found)
    every = sum(len(item.statements) for item in catalogue.values())
    counted = f"{statements} of {every} statements, in {len(found)} of {len(catalogue)} provisions of {catalogue.id}"
    return scope_line(counted, filters)


@click.command()
@prints(
    *("edition", "title", "publisher", "published", "status", "checked", "provisions", "address"),
    table=("edition", "title", "status", "checked", "provisions"),
)
@uses_library
def editions(out: Output, library: Library) -> None:
    """
    List the editions.

    The column checked is the day on which an edition was last checked to be current.
    """
    rows = []
    for catalogue in map(library.catalogue, library.editions()):
        edition = catalogue.edition
        rows.append(
            {
                "edition": edition.id,
                "title": edition.title,
                "publisher": edition.publisher,
                "published": edition.published,
                "status": edition.status,
                "checked": edition.checked,
                "provisions": len(catalogue),
                "address": edition.address,
            }
        )
    out.rows(rows)


@click.command()
@click.argument("edition")
@prints_record
@uses_library
def edition(out: Output, library: Library, edition: str) -> None:
    """
    Show the record of an edition: dates, licence, scope, roles and terms.

    EDITION is document@edition, or a document for its current edition.
    """
    catalogue = library.catalogue(edition)
    record = catalogue.edition
    fields: dict[str, object] = {
        "edition": record.id,
        "title": record.title,
        "publisher": record.publisher,
        "status": record.status,
        "checked to be so on": record.checked,
        "legal status": record.force,
        **{item.event.value: item.date for item in record.dates},
        "supersedes": record.supersedes,
        "implements": record.implements,
        "address": record.address,
        "identifiers": record.identifiers,
        "digest": record.digest,
        "licence": record.licence,
        "contents": record.ships,
        **{f"scope: {item.key}": f"{item.statement} [{item.source.grade}]" for item in catalogue.scope},
        **{f"role: {item.role}": f"{item.definition} [{item.source.grade}]" for item in catalogue.stakeholders},
        **{
            f"term: {item.name}": f"{item.definition or '(definition not available)'} [{item.source.grade}]"
            for item in catalogue.terms
        },
        **{
            f"annotation {n}": f"{item.observation} {item.reading}"
            for n, item in enumerate(record.annotations, start=1)
        },
        "source": f"{record.source.document}, {record.source.locator} ({record.source.grade})",
    }
    whole = {
        "edition": record,
        "scope": catalogue.scope,
        "stakeholders": catalogue.stakeholders,
        "terms": catalogue.terms,
    }
    out.record({key: value for key, value in fields.items() if value}, whole)


@click.command()
@edition_option
@prints("key", "kind", "title", "definition", "provisions", table=("key", "kind", "title", "provisions"))
@uses_library
def threats(out: Output, library: Library, edition: str) -> None:
    """List the threats that the Implementation Guide names, with the provisions whose guidance mentions them."""
    catalogue = library.catalogue(edition)
    rows = [
        {"key": item.key, "kind": item.kind, "title": item.title, "definition": item.definition}
        | {"provisions": [match.provision.id.number for match in catalogue.select(threat=item)]}
        for item in catalogue.threats
    ]
    out.rows(rows)
    note(f"{count_phrase(len(rows), 'threat')} in {catalogue.id}.")


@click.command("list")
@edition_option
@role_option
@several("--counterparty", metavar="ROLE", help="Only statements that name this role as a counterparty.")
@several("--applies-to", metavar="ROLE", help="Only principles marked as primarily applying to this role.")
@modality_option
@phase_option
@several("--principle", metavar="PRINCIPLE", help="Only this principle, such as 5 or P5.")
@several("--threat", metavar="THREAT", help="Only provisions whose guidance names this threat, such as data-poisoning.")
@several("--measure", metavar="KIND", help=f"Only provisions with guidance of this kind: {', '.join(MeasureKind)}.")
@prints(*_STATEMENT, table=("key", "modality", "who", "duty"))
@uses_library
def list_(  # noqa: PLR0913 -- one option for each filter
    out: Output,
    library: Library,
    *,
    edition: str,
    role: Sequence[str],
    counterparty: Sequence[str],
    applies_to: Sequence[str],
    modality: Sequence[str],
    phase: Sequence[str],
    principle: Sequence[str],
    threat: Sequence[str],
    measure: Sequence[str],
) -> None:
    """List statements. Filters of different kinds must all match; values of one filter are alternatives."""
    catalogue = library.catalogue(edition)
    found = catalogue.select(
        role=role or None,
        counterparty=counterparty or None,
        applies_to=applies_to or None,
        modality=modality or None,
        phase=phase or None,
        principle=[int(one) if one.isdecimal() else one for one in principle] or None,
        threat=threat or None,
        measure=measure or None,
    )
    out.rows(_rows(catalogue, found))
    filters = {
        "role": _words(Role, role),
        "counterparty": _words(Role, counterparty),
        "applies to": _words(Role, applies_to),
        "modality": _words(Modality, modality),
        "phase": phase,
        "principle": principle,
        "threat": threat,
        "measure": _words(MeasureKind, measure),
    }
    note(_count_line(catalogue, found, filters))
    _note_attributions(out, found)


@click.command()
@edition_option
@several("--role", metavar="ROLE", help=f"Whose duties; optional with --matrix: {', '.join(Role)}.")
@modality_option
@click.option(
    "--matrix", is_flag=True, help="Print provisions by roles instead: verbs of duties, and capacities as counterparty."
)
@prints(*_STATEMENT, table=("phase_title", "modality", "key", "duty"), instead={"matrix": (_MATRIX, _MATRIX_TABLE)})
@uses_library
def duties(  # noqa: PLR0913 -- one parameter for each option
    out: Output, library: Library, *, edition: str, role: Sequence[str], modality: Sequence[str], matrix: bool
) -> None:
    """
    Print a checklist of the duties of one or more roles, by phase and verb, the strongest first.

    In Markdown, each statement is a box to tick. With --matrix, print the responsibility matrix: one row per provision,
    one column per role.
    """
    catalogue = library.catalogue(edition)
    roles = _words(Role, role)
    filters = {"role": roles, "modality": _words(Modality, modality)}
    if matrix:
        _print_matrix(out, catalogue, filters)
        return
    if not role:
        message = "name at least one --role, or ask for all roles with --matrix"
        raise click.UsageError(message)
    wanted = _words(Modality, modality) or tuple(Modality)
    rows: list[dict[str, object]] = []
    for phase in catalogue.phases:
        for verb in sorted(wanted, key=RANK.__getitem__, reverse=True):  # type: ignore[arg-type]
            rows += _rows(catalogue, catalogue.select(role=role, modality=verb, phase=phase.id))
    if out.form is OutputFormat.MARKDOWN:
        out.text(_checklist(f"Duties of the {' and the '.join(roles)} in {catalogue.id}", rows))
    else:
        out.rows(rows)
    found = catalogue.select(role=role, modality=modality or None)
    note(_count_line(catalogue, found, filters))
    if "who" in out.columns:
        _note_attributions(out, found)


def _print_matrix(out: Output, catalogue: Catalogue, filters: dict[str, Any]) -> None:
    """Print the responsibility matrix, and explain its words to people."""
    found = responsibility_matrix(catalogue, **{name: words or None for name, words in filters.items()})
    rows = [
        {"key": row.provision, "title": row.title, "principle": row.principle, "phase": row.phase}
        | {"statements": row.statements, "others": row.other_words}
        | {name: row.words(role) for role, name in ROLE_COLUMNS.items()}
        for row in found.rows
    ]
    out.rows(rows)
    note(scope_line(f"{len(rows)} of {len(catalogue)} provisions of {catalogue.id}", filters))
    if rows and out.form in {OutputFormat.TABLE, OutputFormat.CARDS}:
        note(
            "Verbs bind the role. Capacities, such as informed, name it without binding it. "
            "#2 is the second statement of the provision."
        )
        note("; ".join(f"{kind}: {said}" for kind, said in _ATTRIBUTIONS.items()) + ".")
    others = sum(bool(row.others) for row in found.rows)
    if others and "others" not in out.columns:
        count = count_phrase(others, "provision")
        note(f"Not shown: parties that are none of the roles, such as staff, in {count}; use --columns all.")


def _checklist(heading: str, rows: list[dict[str, object]]) -> str:
    lines = [f"# {markdown_text(heading)}"]
    group = None
    for row in rows:
        if group != (row["phase_title"], row["modality"]):
            group = (row["phase_title"], row["modality"])
            lines += ["", f"## {row['phase_title']}: {row['modality']}", ""]
        text = f"{row['provision']} {row['duty']}"
        lines.append(f"- [ ] {markdown_text(text)}")
    return "\n".join(lines) + "\n"


def _counterparts(library: Library, asked: KeyCheck, target: EditionId) -> list[dict[str, object]]:
    """Return a row for each counterpart of a key; one without a counterpart if it has none or is unknown."""
    empty: dict[str, object] = dict.fromkeys(_COUNTERPART)
    lineages = library.lineages
    error = asked.error
    old = asked.key
    if old is not None:
        try:
            found = lineages.counterparts(old, target)
        except UnknownKey as raised:
            error = raised
    if old is None or error is not None:
        assert error is not None
        near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
        return [empty | {"key": asked.text, "note": f"{error.advice}{near}", "mistake": error.mistake}]
    rows = lineages.rows_of(old, target)
    if not rows:
        remark = "The same item." if old.edition == target else "Phases and roles keep their names."
        return [empty | {"key": old, "counterpart": new, "changes": (), "note": remark} for new in found]
    shown = [
        empty
        | {"key": old, "counterpart": row.new}
        | {name: getattr(row, name) for name in ("changes", "grade", "note", "review")}
        for row in rows
    ]
    if lineages.absence(old, target) is Change.ADDED:
        # A comparison reads from the edition of the key, in which nothing was removed.
        remark = f"Added after {target}."
        shown = [row | {"changes": (Change.ADDED,), "note": row["note"] or remark} for row in shown]
    return shown


@click.command()
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--to", required=True, metavar="EDITION", help="The other edition, or its document.")
@click.option(
    "--file", metavar="FILE", help="A file of keys: text with one key per line, CSV, TSV or JSON; - is stdin."
)
@column_option
@input_format_option
@key_edition_option
@prints(*_COUNTERPART, table=("key", "counterpart", "changes", "note", "review"))
@uses_library
def counterpart(  # noqa: PLR0913 -- one parameter for each option
    out: Output,
    library: Library,
    *,
    keys: Sequence[str],
    to: str,
    file: str | None,
    column: str | None,
    read_as: str | None,
    edition: str | None,
) -> None:
    """
    Find the same items in another edition, and what changed.

    A KEY names a provision, a statement such as 2.7#1, a principle, a phase or a role. A key has several rows if the
    item was split. Exits with 1 if any key is unknown.
    """
    if not keys and file is None:
        message = "name at least one KEY, or a file of keys with --file"
        raise click.UsageError(message)
    target = library.lineages.resolve(to)
    listed = [] if file is None else keys_of(file, column, None if read_as is None else term(InputFormat, read_as))
    # A cell of a mapping may be empty, and may name several items.
    cells = [*keys, *(key for _, key in listed)]
    asked = [one for found in map(KeyChecker(library.parse, edition).cell, cells) for one in found]
    if empty := sum(not cell.strip() for cell in cells):
        note(f"Skipped {count_phrase(empty, 'empty cell')}.")
    # Files repeat keys, and explaining a wrong one takes long.
    known = {one: _counterparts(library, one, target) for one in dict.fromkeys(asked)}
    rows = [row for one in asked for row in known[one]]
    out.rows(rows)
    unknown = sum(row["mistake"] is not None for row in rows)
    found = sum(row["counterpart"] is not None for row in rows)
    review = sum(row["review"] is not None for row in rows)
    note(
        f"{count_phrase(len(asked), 'key')}: {count_phrase(found, 'counterpart')} in {target}, "
        f"{review:,} to review; {unknown:,} unknown."
    )
    if unknown:
        raise SystemExit(FOUND)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--all", "everything", is_flag=True, help="Include unchanged items.")
@click.option("--review", is_flag=True, help="Only items that a person should review.")
@several("--kind", "-k", metavar="KIND", help=f"Only this kind of change: {', '.join(Change)}.")
@prints("old", "new", "changes", "grade", "note", "review", table=("old", "new", "changes", "note"))
@uses_library
def compare(  # noqa: PLR0913 -- one option for each filter
    out: Output, library: Library, old: str, new: str, *, everything: bool, review: bool, kind: Sequence[str]
) -> None:
    """
    Compare two editions, OLD and NEW: what changed, and what a person should review.

    By default, unchanged items are left out. Where the statements of a provision did not all change in the same way,
    the changed ones follow it. Notes read from OLD to NEW.
    """
    comparison = library.compare(old, new)
    kinds = frozenset(_words(Change, kind))
    rows = tuple(
        row
        for row in comparison.rows
        if (everything or kinds or review or row.changes != (Change.IDENTICAL,) or row.review is not None)
        and (not review or row.review is not None)
        and (not kinds or not kinds.isdisjoint(row.changes))
    )
    names = ("old", "new", "changes", "grade", "note", "review")
    out.rows([{name: getattr(row, name) for name in names} for row in rows])
    # The rows of statements repeat what the rows of their provisions say of the whole.
    items = {*comparison.principles, *comparison.provisions}
    total = len(comparison.provisions)
    same = sum(row.changes == (Change.IDENTICAL,) for row in comparison.provisions)
    needed = sum(row in items for row in comparison.review)
    filters = {"kind": _words(Change, kind), "only": ("items to review",) if review else ()}
    shown, parts = sum(row in items for row in rows), sum(row not in items for row in rows)
    counted = f"{count_phrase(shown, 'item')} of {len(items)}"
    counted += f" and {count_phrase(parts, 'statement')}" if parts else ""
    counted += f", from {comparison.old} to {comparison.new}"
    note(
        f"{scope_line(counted, filters)} Of {total} provisions {same} are identical; "
        f"{count_phrase(needed, 'item needs', 'items need')} review."
    )


COMMANDS = {
    "editions": editions,
    "edition": edition,
    "threats": threats,
    "list": list_,
    "duties": duties,
    "counterpart": counterpart,
    "compare": compare,
}
