"""The commands ``export`` and ``formats``: parse arguments, write, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicop.cli.options import (
    force_option,
    modality_option,
    output_option,
    prints,
    role_option,
    scope_line,
    uses_library,
    via_option,
)
from aicop.cli.output import Output, OutputFormat
from aicop.cli.streams import note
from aicop.errors import UnknownEdition
from aicop.interop.common.rows import rows_of
from aicop.interop.formats import dumps, dumps_selection, format_of, formats, omission_phrases
from aicop.tables import HISTORY, SCHEMAS, schema
from aicop.vocabulary import Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.catalogue.catalogue import Catalogue
    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.interop.parquet import Item
    from aicop.library.library import Library

EVERYTHING = "all"
"""The word for all editions at once, where a format holds them."""


@click.command("formats")
@click.argument("name", required=False)
@prints(
    *("format", "title", "writes", "reads", "keeps", "loses", "needs"),
    table=("format", "title", "writes", "reads", "needs"),
)
def formats_(out: Output, name: str | None) -> None:
    """List the formats, or show what the format NAME keeps and loses."""
    rows: list[dict[str, object]] = [
        {
            "format": item.name,
            "title": item.title,
            "writes": item.writes,
            "reads": item.reads,
            "keeps": item.keeps,
            "loses": item.loses,
            "needs": None if item.extra is None else f"aicop[{item.extra}]",
        }
        for item in (formats() if name is None else (format_of(name),))
    ]
    if name is not None:
        out.record({field: value for field, value in rows[0].items() if value}, rows[0])
    else:
        out.rows(rows)


def _edition(library: Library, what: str) -> Catalogue | None:
    """Return the edition of the Code that *what* names, or None if it names another framework."""
    found = library.framework(what).id
    return library.catalogue(found) if found in library.editions() else None


def _item(library: Library, what: str) -> Catalogue | Framework:
    """Return an edition or a framework."""
    return _edition(library, what) or library.framework(what)


def _selection(library: Library, form: str, what: str, role: Sequence[str], modality: Sequence[str]) -> bytes:
    """Return the part of an edition that roles and verbs choose, in a format, and name what was chosen."""
    catalogue = _edition(library, what)
    if catalogue is None:
        known = tuple(map(str, library.editions()))
        raise UnknownEdition(what, known, "--role and --modality choose among provisions; ")
    content = dumps_selection(form, catalogue, role=role or None, modality=modality or None)
    found = catalogue.select(role=role or None, modality=modality or None)
    statements = sum(len(match.statements) for match in found)
    every = sum(len(item.statements) for item in catalogue.values())
    filters = {
        "role": tuple(dict.fromkeys(term(Role, one) for one in role)),
        "modality": tuple(dict.fromkeys(term(Modality, one) for one in modality)),
    }
    note(scope_line(f"{statements} of {every} statements of {catalogue.id}", filters))
    return content


def _note_skipped(form: str, item: Catalogue | Framework | Crosswalk) -> None:
    for phrase in omission_phrases(form, item):
        note(f"Skipped {phrase}.")


_TABLES = tuple(name for name in SCHEMAS if name != HISTORY.name)
"""The tables that can be written; ``aicop assess history`` writes the history of assessments."""
_OF_PAIRS = ("claims", "mappings", "coverage", "gaps", "lineage")
"""The tables about two editions or frameworks."""


def _in_table(library: Library, table: str, ends: tuple[str, str | None], via: Sequence[str]) -> Item:
    """Return what the rows of a table are made from."""
    what, target = ends
    name = schema(table).name
    if target is None and name in _OF_PAIRS:
        message = f"the table {name} is about two editions or frameworks; name a TARGET"
        raise click.UsageError(message)
    if target is not None and name not in _OF_PAIRS:
        message = f"the table {name} has no target; leave out {target}"
        raise click.UsageError(message)
    if target is None:
        if name == "elements":
            return library.framework(what)
        return library.graph(what) if name == "dependencies" else library.catalogue(what)
    if name == "lineage":
        return library.compare(what, target)
    return library.crosswalk(what, target, via=via or None)


def _check_use(target: str | None, *, spec: bool, chosen: bool, joined: bool) -> None:
    """Refuse options that have no effect on what is written, rather than ignore them."""
    message = ""
    if (spec or chosen) and target is not None:
        message = (
            f"a crosswalk is written whole; leave out {target}, or --role, --modality, --spec-version and {EVERYTHING}"
        )
    elif spec and chosen:
        message = (
            "--spec-version applies to CycloneDX, which holds no part of an edition; leave it out, or --role and "
            "--modality"
        )
    elif joined and target is None:
        message = "--via applies to crosswalks; name a target"
    if message:
        raise click.UsageError(message)


@click.command()
@click.argument("form", metavar="FORMAT")
@click.argument("what")
@click.argument("target", required=False)
@role_option
@modality_option
@via_option
@click.option("--table", metavar="NAME", help=f"The table to write, in the format parquet: {', '.join(_TABLES)}.")
@click.option("--spec-version", "spec", metavar="VERSION", help="The version of the format: for CycloneDX, 1.6 or 1.7.")
@output_option
@force_option
@uses_library
def export(  # noqa: PLR0913 -- one option for each filter
    library: Library,
    form: str,
    what: str,
    target: str | None,
    *,
    role: Sequence[str],
    modality: Sequence[str],
    via: Sequence[str],
    table: str | None,
    spec: str | None,
    path: Path | None,
    overwrite: bool,
) -> None:
    """
    Write an edition, a framework or a crosswalk in another tool's format.

    FORMAT is one of those that "aicop formats" lists. WHAT is an edition or framework; with TARGET, the crosswalk from
    WHAT to TARGET. With the format registry, WHAT can be "all".
    """
    format_of(form)
    chosen = bool(role or modality)
    if table is not None and (chosen or spec is not None):
        message = "a table is written whole; leave out --table, or --role, --modality and --spec-version"
        raise click.UsageError(message)
    _check_use(target, spec=spec is not None, chosen=chosen or what == EVERYTHING, joined=bool(via))
    out = Output(OutputFormat.TABLE, (), None if path == Path("-") else path, overwrite)
    out.check()
    if table is not None:
        content = dumps(form, _in_table(library, table, (what, target), via), table=table)
    elif spec is not None:
        content = dumps(form, item := _item(library, what), version=spec)
        _note_skipped(form, item)
    elif chosen:
        content = _selection(library, form, what, role, modality)
    elif what == EVERYTHING and format_of(form).everything:
        content = dumps(form)
    elif target is not None:
        found = library.crosswalk(what, target, via=via or None)
        content = dumps(form, found)
        _note_skipped(form, found)
        if not rows_of(found, format_of(form).predicates, joint=format_of(form).joint).rows:
            note("The file contains no mapping.")
    else:
        content = dumps(form, item := _item(library, what))
        _note_skipped(form, item)
    out.content(content)


COMMANDS = {"export": export, "formats": formats_}
