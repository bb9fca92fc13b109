"""A user's files that commands take: frameworks and mappings, added to those that ship."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, TypeVar

from aicop import frameworks
from aicop.cli.key_files import content_of
from aicop.cli.output import note
from aicop.crosswalk.core import Crosswalk
from aicop.crosswalk.routes import crosswalk as find_crosswalk
from aicop.errors import InvalidDocument, NoCrosswalk, count_phrase, reject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.model.mapping import Mapping


T = TypeVar("T")


def own_frameworks(paths: Sequence[Path]) -> dict[str, Framework]:
    """Read a user's frameworks and return each under its document and under its edition."""
    for path in paths:
        if path.is_file() and path.suffix.lower() != ".json":
            advice = f"aicop import {path} --as KEY@EDITION --output FOLDER writes one"
            reject(str(path), "", f"--framework takes a JSON file with key, edition and title; {advice}")
    read = [_read(path, lambda path: frameworks.loads(content_of(str(path)), str(path))) for path in paths]
    return {name: item for item in read for name in (item.id.document, str(item.id))}


def _read(path: Path, reader: Callable[[Path], T]) -> T:
    """Read a user's file; if it is in another tool's format, raise an error that says how to convert it."""
    try:
        return reader(path)
    except InvalidDocument:
        from aicop.interop.formats import format_of, recognise

        content = content_of(str(path))
        try:
            form = recognise(content, str(path))
        except InvalidDocument:
            form = None
        # A table of mappings is recognised as another tool's table too: its own faults say more.
        if form is None or format_of(form).tables:
            raise
        reject(str(path), "", f"is in the format {form}; convert it first: aicop import {path} --output FOLDER")


def distinct_frameworks(own: dict[str, Framework]) -> list[Framework]:
    """Return each framework once from such a table."""
    return [item for name, item in own.items() if "@" in name]


def own_rows(paths: Sequence[Path], own: dict[str, Framework]) -> list[tuple[EditionId, Mapping]]:
    """Read a user's mappings and return each with the target edition of its file."""
    if not paths:
        return []
    # Imported here: pydantic is needed only for what a user brings.
    from aicop.mappings.reader import loads

    found: list[tuple[EditionId, Mapping]] = []
    for path in paths:
        rows = _read(path, lambda path: loads(path, str(path), frameworks=distinct_frameworks(own)))
        found += ((row.target_edition, row) for row in rows)
    return found


def crosswalk_with_own_rows(
    source: str,
    target: str,
    via: Sequence[str],
    own: dict[str, Framework],
    rows: list[tuple[EditionId, Mapping]],
) -> Crosswalk:
    """Return the crosswalk that ships, with the user's rows in either direction added at each step."""
    stops = [own[name] if name in own else frameworks.load(name) for name in (source, *via, target)]
    steps = tuple(itertools.pairwise(stops))
    ends = {pair for one, other in steps for pair in ((one.id, other.id), (other.id, one.id))}
    elsewhere = sum((row.source_edition, edition) not in ends for edition, row in rows)
    if elsewhere:
        note(f"Skipped {count_phrase(elsewhere, 'mapping')} of yours between other frameworks.")
    return functools.reduce(Crosswalk.compose, (_step(one, other, own, rows) for one, other in steps))


def _step(
    one: Framework, other: Framework, own: dict[str, Framework], rows: list[tuple[EditionId, Mapping]]
) -> Crosswalk:
    there = [row for target, row in rows if (row.source_edition, target) == (one.id, other.id)]
    back = [row for target, row in rows if (row.source_edition, target) == (other.id, one.id)]
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
    """Return the rows that do not ship already, which would count twice, and report how many do."""
    known = {row.content for row in shipped.mappings}
    found = [row for row in rows if row.content not in known]
    if found != rows:
        note(f"Skipped {count_phrase(len(rows) - len(found), 'mapping')} of yours that ship already.")
    return found
