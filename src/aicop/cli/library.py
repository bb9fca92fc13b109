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
    List your mappings and verdicts whose texts have changed since they were judged, and why.

    A change shows only where a mapping states the digests of its sides, as "aicop import --add" writes them, and a
    verdict that of its statement.
    """
    # Imported here, because no other command of this group needs assessments.
    from aicop.assessment import review as review_verdicts

    found, verdicts = library.review(), review_verdicts(library)
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
        + [
            {
                "set": f"assessments/{item.system}",
                "source": None,
                "relationship": None,
                "target": None,
                "changed": item.verdict.key,
                "reason": item.reason,
            }
            for item in verdicts.items
        ]
    )
    for word, one in (("mapping", found), ("verdict", verdicts)):
        # A library without assessments is told nothing of verdicts.
        if word == "mapping" or one.compared or one.not_compared:
            compared = f"{count_phrase(one.compared, word)} compared with today's texts"
            missing = f"; {one.not_compared:,} without digests not compared" if one.not_compared else ""
            note(f"{compared}, {count_phrase(len(one.items), 'change')}{missing}.")


@group.command()
@click.argument("old", metavar="EDITION")
@click.option("--to", "new", required=True, metavar="EDITION", help="The edition that the mappings are to be for.")
@click.option("--add", "adds", is_flag=True, help="Write the mappings into the library, beside those that it has.")
@click.option(
    "--name", metavar="NAME", help="The name of the file of mappings to write.  [default: upgraded-to-<edition>]"
)
@uses_library
@prints(
    *("set", "source", "relationship", "target", "new_source", "new_target", "reason"),
    table=("source", "target", "new_source", "new_target", "reason"),
)
def upgrade(  # noqa: PLR0913 -- one option for each part
    out: Output, *, old: str, new: str, adds: bool, name: str | None, library: Library
) -> None:
    """
    Show your mappings from or to EDITION as they are for another edition, and with --add write them.

    What a person should judge again has a reason. Mappings of items that were split, merged or removed are not carried.
    """
    # Imported here, because no other command of this group needs them.
    from aicop.library.adding import add
    from aicop.library.upgrading import upgrade_mappings

    found = upgrade_mappings(library, old, new)
    out.rows(
        [
            {
                "set": item.old.set,
                "source": item.old.source,
                "relationship": item.old.predicate,
                "target": item.old.target,
                "new_source": item.new and item.new.source,
                "new_target": item.new and item.new.target,
                "reason": item.reason,
            }
            for item in found.items
        ]
    )
    marked = sum(item.new is not None and item.reason is not None for item in found.items)
    lost = len(found.items) - len(found.mappings)
    counted = (
        f"{count_phrase(len(found.items), 'mapping')} of {found.old}: {len(found.mappings)} carried to {found.new}"
    )
    note(f"{counted}, {marked} of them for review; {lost} not carried.")
    if adds and found.mappings:
        named = name or f"upgraded-to-{found.new}"
        for path in add(library, mappings=found.mappings, name=named, overwrite=out.overwrite):
            note(f"Wrote {path}.")


COMMANDS: dict[str, click.Command] = {"init": init, "library": group}
