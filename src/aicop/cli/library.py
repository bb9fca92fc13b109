"""The commands ``init`` and ``library``: parse arguments, ask the library, print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicop.cli.groups import HELP, SuggestingGroup
from aicop.cli.options import FILE, prints, prints_record, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import FileAlreadyExists, count_phrase

if TYPE_CHECKING:
    from aicop.library.library import Library


@click.command()
@click.argument("folder", type=FILE)
def init(folder: Path) -> None:
    """
    Make a library of your own in FOLDER: a commented aicop.toml, and small tables to replace by yours.

    Nothing is overwritten.
    """
    from aicop.library.template import write_template

    try:
        written = write_template(folder)
    except FileAlreadyExists as error:
        message = f"{error.path} already exists; name another folder, or edit what is there"
        raise click.UsageError(message) from None
    for path in written:
        note(f"Wrote {path}.")
    note(f"Try it: aicop coverage uk-ai-cop acme --library {folder}")


@click.group("library", cls=SuggestingGroup, context_settings=HELP)
def group() -> None:
    """What your library holds, and what in it needs another look."""


@group.command()
@uses_library
@prints_record
def show(out: Output, library: Library) -> None:
    """Show which library is in use, and what it holds beside what ships."""
    own = set(library.registry.ids)
    sets = {row.set for row in library.own_mappings()}
    fields: dict[str, object] = {
        "folder": library.folder,
        "editions": [edition for edition in library.editions() if edition in own],
        "frameworks": [item.id for item in library.frameworks() if item.id in own],
        "mappings": [
            f"{item.name}: {item.source} to {item.target}" for item in library.mapping_sets() if item.name in sets
        ],
        "lineage": [f"{item.old} to {item.new}" for item in library.lineages.tables],
        "dependencies": library.own_dependencies(),
        "digest": library.digest,
    }
    out.record({name: value for name, value in fields.items() if value}, fields)


@group.command()
@uses_library
@prints(
    *("set", "source", "relationship", "target", "changed", "reason"),
    table=("source", "relationship", "target", "reason"),
)
def review(out: Output, library: Library) -> None:
    """
    List your mappings whose source or target has changed since they were judged, and why.

    A change shows only where a mapping states the digests of its sides, as "aicop import --add" writes them.
    """
    found = library.review()
    out.rows(
        [
            {
                "set": item.mapping.set,
                "source": item.mapping.source,
                "relationship": item.mapping.predicate,
                "target": item.mapping.target,
                "changed": item.changed,
                "reason": item.reason,
            }
            for item in found.items
        ]
    )
    compared = f"{count_phrase(found.compared, 'mapping')} compared with today's texts"
    missing = f"; {found.not_compared:,} without digests not compared" if found.not_compared else ""
    note(f"{compared}, {count_phrase(len(found.items), 'change')}{missing}.")


COMMANDS = {"init": init, "library": group}
