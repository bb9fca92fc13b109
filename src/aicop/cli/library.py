"""The commands ``init`` and ``library``: parse arguments, ask the library, print."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aicop.cli.groups import HELP, SuggestingGroup
from aicop.cli.options import FILE, prints, prints_record, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import FileAlreadyExists, count_phrase

if TYPE_CHECKING:
    from collections.abc import Collection

    from aicop.ids import EditionId
    from aicop.library.library import Library


_PHRASES = {
    "editions": "{id} ({elements:,} elements)",
    "frameworks": "{id} ({elements:,} elements)",
    "mappings": "{set}: {source} to {target} ({rows:,} rows)",
    "lineage": "{old} to {new} ({rows:,} rows)",
}
"""How the parts of a library are shown to people; JSON has them as records."""


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
    note(f"Try it: aicop coverage uk-ai-cop acme --library {shlex.quote(str(folder))}")


def _without_rows(library: Library, sets: Collection[str]) -> list[str]:
    """Return the files of mappings that hold none; a file of several pairs of editions has a set for each."""
    if library.folder is None:
        return []
    # Imported here, because it needs pydantic.
    from aicop.library.folder import mapping_files

    held = {name.partition(": ")[0] for name in sets} | set(library.skipped_files)
    return [name for name in mapping_files(library.folder) if name not in held]


def _phrase(part: str, item: dict[str, Any]) -> str:
    """Return a part of a library as it is shown to people."""
    return f"{item['set']} (0 rows)" if item.get("rows") == 0 and "set" in item else _PHRASES[part].format(**item)


@click.group("library", cls=SuggestingGroup, context_settings=HELP)
def group() -> None:
    """What your library holds, and what in it needs another look."""


@group.command()
@uses_library
@prints_record
def show(out: Output, library: Library) -> None:
    """Show which library is in use, and what it holds beside what ships, with the number of elements and rows."""
    from collections import Counter

    own = set(library.registry.ids)
    rows = Counter(row.set for row in library.own_mappings())

    def sized(item: EditionId) -> dict[str, object]:
        return {"id": item, "elements": len(library.framework(item).controls)}

    record: dict[str, Any] = {
        "folder": library.folder,
        "editions": [sized(item) for item in library.editions() if item in own],
        "frameworks": [sized(item.id) for item in library.frameworks() if item.id in own],
        "mappings": [
            {"set": item.name, "source": item.source, "target": item.target, "rows": rows[item.name]}
            for item in library.mapping_sets()
            if item.name in rows
        ]
        + [{"set": name, "source": None, "target": None, "rows": 0} for name in _without_rows(library, rows)],
        "lineage": [{"old": item.old, "new": item.new, "rows": len(item.rows)} for item in library.lineages.tables],
        "dependencies": library.own_dependencies(),
        "digest": library.digest,
    }
    fields = {
        name: [_phrase(name, item) for item in value] if name in _PHRASES else value for name, value in record.items()
    }
    out.record({name: value for name, value in fields.items() if value}, record)
    if library.folder is None:
        note('No library is in use: this is what ships. "aicop init FOLDER" makes one of your own.')


@group.command()
@uses_library
@prints(
    *("set", "source", "relationship", "target", "changed", "reason"),
    table=("set", "source", "relationship", "target", "reason"),
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


COMMANDS: dict[str, click.Command] = {"init": init, "library": group}
