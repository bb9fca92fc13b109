"""Read your own frameworks: another standard, or an organisation's own control library."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aicop.errors import Fault, InvalidDocument
from aicop.files.tables import TableReader
from aicop.frameworks.framework import Framework
from aicop.ids import EditionId
from aicop.keys.control_index import fold
from aicop.manifest import editions, framework_entries
from aicop.model.from_rows import control, framework_edition
from aicop.schema.hierarchy import hierarchy_faults
from aicop.vocabulary import Nature

MAX_HIERARCHY_DEPTH = 20
"""The maximum number of levels in a framework that is read from a file."""


def _spelling_faults(controls: Iterable[dict[str, str]], file: str, place: Place) -> Iterator[Fault]:
    """Yield a fault for each id that differs from an earlier id only in ways that look-up ignores, such as case."""
    seen: dict[str, str] = {}
    for i, item in enumerate(controls):
        known = seen.setdefault(fold(item["id"]), item["id"])
        if known != item["id"]:
            yield Fault(
                file,
                place(i, "id"),
                f"{item['id']} differs from {known} only in case, separators or leading zeros; rename one",
            )


def loads(content: bytes | str, file: str = "<text>.json", **facts: str) -> Framework:
    r"""
    Parse a framework of your own: another standard, or an organisation's control library.

    A *file* whose name ends in ``.json`` is read as JSON, any other as a TSV or CSV table. A table has the columns
    ``id`` and ``kind`` and optionally ``parent``, ``title``, ``nature`` and ``words``. Its ``framework`` (a key),
    ``edition``, ``title`` and optionally ``publisher`` are passed as *facts*. The default nature is requirement.

    >>> loads("id,kind\nA-1,control\n", "own.csv", framework="own", edition="1", title="Our controls")["A-1"].kind
    'control'

    Raises:
        InvalidDocument: with the faults of the first of three stages that finds any. The stages are: violations of the
            schema; repeated ids, missing parents, cycles, ids that differ only in spelling, and an edition that already
            ships with aicop; elements that are nested too deep.
    """
    # Imported here, because pydantic is slow to import and only needed for files.
    from aicop.schema.check import check_framework

    data = check_framework(content, file, **facts)
    place = _items if file.lower().endswith(".json") else _lines(content, file)
    edition = EditionId(data["framework"], data["edition"])
    if edition in {*editions(), *(item.id for item in framework_entries())}:
        said = f"{edition} already ships with aicop; use another key or edition"
        raise InvalidDocument.from_faults((*_list_faults(data, file, place), Fault(file, "framework", said)))
    return of_list(data, file, place)


Place = Callable[[int, str], str]
"""A function from the zero-based index of an element and the name of a field to the field's place in the file."""


def _lines(content: bytes | str, file: str) -> Place:
    """Return a function that locates the fields of a table by line."""
    # The table is parsed a second time only if there is a fault to locate.
    lines: list[int] = []

    def place(number: int, _: str) -> str:
        if not lines:
            lines.extend(line for line, _ in TableReader(content, file).rows())
        return f"line {lines[number]}"

    return place


def _items(place: int, field: str) -> str:
    """Return the path of a field in a JSON file."""
    return f"controls[{place}].{field}"


def _list_faults(data: dict[str, Any], file: str, place: Place) -> Iterator[Fault]:
    """Yield a fault for each repeated id, missing parent, cycle, and id that differs from another only in spelling."""
    rows = (
        (item["id"], item.get("parent"), place(i, "id"), place(i, "parent")) for i, item in enumerate(data["controls"])
    )
    yield from hierarchy_faults(rows, file, "control")
    yield from _spelling_faults(data["controls"], file, place)


def _depth_faults(data: dict[str, Any], file: str, place: Place) -> Iterator[Fault]:
    """Yield a fault for each element one level too deep; the hierarchy must have no cycles or missing parents."""
    # Iterative, because a file can nest deeper than Python's recursion limit; memoised, so that the time is linear.
    parents = {item["id"]: item.get("parent") for item in data["controls"]}
    depths: dict[str | None, int] = {None: 0}
    for i, item in enumerate(data["controls"]):
        trail = []
        step: str | None = item["id"]
        while step not in depths:
            trail.append(step)
            step = parents[step]
        depths.update(zip(reversed(trail), itertools.count(depths[step] + 1), strict=False))
        # Deeper elements are not reported, because they move up together with this one.
        if depths[item["id"]] == MAX_HIERARCHY_DEPTH + 1:
            yield Fault(
                file, place(i, "parent"), f"nested more than {MAX_HIERARCHY_DEPTH} levels deep; use fewer levels"
            )


def of_list(data: dict[str, Any], file: str, place: Place, found: Iterable[Fault] = ()) -> Framework:
    """
    Build a framework from plain data in the form of `aicop.schema.framework.FrameworkSchema`.

    *found* are faults that the caller has already found in the file; they are raised together with those found here.

    Raises:
        InvalidDocument: with *found*, every repeated id, missing parent and cycle, and all ids that differ only in
            spelling. If there are none of these: with all elements that are nested too deep.
    """
    # Depth is measured last, because it is only defined if every parent exists and there is no cycle.
    if faults := (*found, *_list_faults(data, file, place)) or tuple(_depth_faults(data, file, place)):
        raise InvalidDocument.from_faults(faults)
    edition = EditionId(data["framework"], data["edition"])
    natures = {item["kind"]: Nature.REQUIREMENT for item in data["controls"]}
    controls = [control(item, edition, natures) for item in data["controls"]]
    return Framework(framework_edition(data), controls)
