"""Files of a user's own that commands take: frameworks and mappings, joined with what ships."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, TypeVar

import typer

from aicop import frameworks
from aicop.cli.key_files import content_of
from aicop.crosswalk.core import Crosswalk
from aicop.crosswalk.routes import crosswalk as find_crosswalk
from aicop.errors import InvalidDocument, NoCrosswalk, reject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.model.mapping import Mapping


T = TypeVar("T")


def own_frameworks(paths: list[Path] | None) -> dict[str, Framework]:
    """Read own frameworks, each under its key and its edition."""
    for path in paths or ():
        if path.is_file() and path.suffix.lower() != ".json":
            said = "an own framework is given here as JSON, which holds its key, edition and title"
            reject(str(path), "", f"{said}: aicop import {path} --as KEY@EDITION --to FOLDER makes one")
    read = [_read(path, lambda path: frameworks.loads(content_of(str(path)), str(path))) for path in paths or ()]
    return {name: item for item in read for name in (item.id.document, str(item.id))}


def _read(path: Path, reader: Callable[[Path], T]) -> T:
    """Read an own file; of one in the format of another tool, say how it is taken."""
    try:
        return reader(path)
    except InvalidDocument:
        from aicop.interop.formats import format_of, recognise

        content = content_of(str(path))
        try:
            form = recognise(content, str(path))
        except InvalidDocument:
            form = None
        # Our own tables are such tables too, and were read as what they are.
        if form is None or format_of(form).tables:
            raise
        reject(str(path), "", f"is in the format {form}; give what aicop import {path} --to FOLDER keeps of it")


def distinct_frameworks(own: dict[str, Framework]) -> list[Framework]:
    """Return each framework once, of a table that has it under its key and under its edition."""
    return [item for name, item in own.items() if "@" in name]


def own_rows(paths: list[Path] | None, own: dict[str, Framework]) -> list[tuple[EditionId, Mapping]]:
    """Read own mappings, each with the edition that its file is mapped to."""
    if not paths:
        return []
    # Imported here: pydantic is needed only for what a user brings.
    from aicop.mappings.reader import loads

    found: list[tuple[EditionId, Mapping]] = []
    for path in paths:
        rows = _read(path, lambda path: loads(path, str(path), frameworks=distinct_frameworks(own)))
        target = next((row.target.edition for row in rows if row.target), None)
        if rows and target is None:
            reject(str(path), "", "says only that nothing was found, and no row names the framework in which")
        found += ((target, row) for row in rows if target is not None)
    return found


def crosswalk_with_own_rows(
    source: str,
    target: str,
    via: list[str] | None,
    own: dict[str, Framework],
    rows: list[tuple[EditionId, Mapping]],
) -> Crosswalk:
    """Find what ships and join own rows, step by step, in either direction."""
    stops = [own[name] if name in own else frameworks.load(name) for name in (source, *(via or ()), target)]
    steps = tuple(itertools.pairwise(stops))
    ends = {pair for one, other in steps for pair in ((one.id, other.id), (other.id, one.id))}
    elsewhere = sum((row.source.edition, edition) not in ends for edition, row in rows)
    if elsewhere:
        typer.echo(f"Rows given between other frameworks, and not used: {elsewhere:,}.", err=True)
    return functools.reduce(Crosswalk.compose, (_step(one, other, own, rows) for one, other in steps))


def _step(
    one: Framework, other: Framework, own: dict[str, Framework], rows: list[tuple[EditionId, Mapping]]
) -> Crosswalk:
    there = [row for target, row in rows if (row.source.edition, target) == (one.id, other.id)]
    back = [row for target, row in rows if (row.source.edition, target) == (other.id, one.id)]
    found: list[Crosswalk] = []
    if str(one.id) not in own and str(other.id) not in own:
        try:
            found.append(find_crosswalk(one.id, other.id))
        except NoCrosswalk:
            if not there and not back:
                raise
        else:
            there, back = _new(there, found[0]), _new(back, found[0])
    found += [Crosswalk.from_mappings(there, one, other)] if there else []
    found += [Crosswalk.from_mappings(back, other, one).inverse()] if back else []
    if not found:
        raise NoCrosswalk(str(one.id), str(other.id))
    return functools.reduce(Crosswalk.combine, found)


def _new(rows: list[Mapping], shipped: Crosswalk) -> list[Mapping]:
    """Give the rows that do not ship, and say how many do: those would count twice."""
    known = {row.content for row in shipped.mappings}
    found = [row for row in rows if row.content not in known]
    if found != rows:
        typer.echo(f"Rows given that ship already, and are counted once: {len(rows) - len(found):,}.", err=True)
    return found
