"""Frameworks that a user brings: another standard, or an organisation's own control library."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aicop.errors import Fault, InvalidDocument
from aicop.files.tables import TableReader
from aicop.frameworks.framework import Framework
from aicop.frameworks.shipped import finder
from aicop.ids import EditionId
from aicop.keys.control_index import ControlIndex, fold
from aicop.manifest import editions, framework_entries
from aicop.model.from_data import control, framework_edition
from aicop.schema.hierarchy import hierarchy_faults
from aicop.vocabulary import Nature

MAX_HIERARCHY_DEPTH = 20
"""How many levels a framework that a user brings may have."""


def _spelling_faults(controls: Iterable[dict[str, str]], file: str, place: Place) -> Iterator[Fault]:
    """Yield ids that differ only in what people spell either way, so that none of them could be found."""
    seen: dict[str, str] = {}
    for i, item in enumerate(controls):
        known = seen.setdefault(fold(item["id"]), item["id"])
        if known != item["id"]:
            yield Fault(file, place(i, "id"), f"{item['id']} differs from {known} only in case, separators or zeros")


def loads(content: bytes | str, file: str = "<text>.json", **facts: str) -> Framework:
    r"""
    Read a framework that a user brings: another standard, or an organisation's own control library.

    *file* ends in ``.json``, ``.tsv`` or ``.csv``. A table has the columns ``id``, ``kind`` and, where wanted,
    ``parent``, ``title`` and ``nature``; the framework's own key, edition and title are then given in *facts*. Without
    a nature, an element is a requirement.

    >>> loads("id,kind\nA-1,control\n", "own.csv", framework="own", edition="1", title="Our controls")["A-1"].kind
    'control'

    Raises:
        InvalidDocument: with all faults of form; or with every repeated id, missing parent and circle, all ids that
            differ only in spelling, and an edition that ships already.
    """
    from aicop.schema.check import check_framework

    data = check_framework(content, file, **facts)
    place = _items if file.lower().endswith(".json") else _lines(content, file)
    edition = EditionId(data["framework"], data["edition"])
    if edition in {*editions(), *(item.id for item in framework_entries())}:
        said = f"{edition} ships with aicop; give yours another key or edition"
        raise InvalidDocument.from_faults((*_list_faults(data, file, place), Fault(file, "framework", said)))
    return of_list(data, file, place)


Place = Callable[[int, str], str]
"""Where a field of an element is, given its place in the list from 0 and the field's name."""


def _lines(content: bytes | str, file: str) -> Place:
    """Tell an element of a table by its line."""
    lines: list[int] = []

    def place(number: int, _: str) -> str:
        if not lines:
            lines.extend(line for line, _ in TableReader(content, file).rows())
        return f"line {lines[number]}"

    return place


def _items(place: int, field: str) -> str:
    return f"controls[{place}].{field}"


def _list_faults(data: dict[str, Any], file: str, place: Place) -> Iterator[Fault]:
    rows = (
        (item["id"], item.get("parent"), place(i, "id"), place(i, "parent")) for i, item in enumerate(data["controls"])
    )
    yield from hierarchy_faults(rows, file, "control")
    yield from _spelling_faults(data["controls"], file, place)


def _depth_faults(data: dict[str, Any], file: str, place: Place) -> Iterator[Fault]:
    """Yield elements that stand deeper than any hierarchy goes that people made, in one that has no circle."""
    parents = {item["id"]: item.get("parent") for item in data["controls"]}
    depths: dict[str | None, int] = {None: 0}
    for i, item in enumerate(data["controls"]):
        trail = []
        step: str | None = item["id"]
        while step not in depths:
            trail.append(step)
            step = parents[step]
        depths.update(zip(reversed(trail), itertools.count(depths[step] + 1), strict=False))
        if depths[item["id"]] == MAX_HIERARCHY_DEPTH + 1:
            yield Fault(file, place(i, "parent"), f"stands more than {MAX_HIERARCHY_DEPTH} levels deep")


def of_list(data: dict[str, Any], file: str, place: Place, found: Iterable[Fault] = ()) -> Framework:
    """
    Make a framework of plain data that is as `aicop.schema.framework.FrameworkSchema` says.

    *found* is what is wrong with its file already.

    Raises:
        InvalidDocument: with that, every repeated id, missing parent and circle, and all ids that differ only in
            spelling; or with what stands too deep.
    """
    if faults := (*found, *_list_faults(data, file, place)) or tuple(_depth_faults(data, file, place)):
        raise InvalidDocument.from_faults(faults)
    edition = EditionId(data["framework"], data["edition"])
    natures = {item["kind"]: Nature.REQUIREMENT for item in data["controls"]}
    controls = [control(item, edition, natures) for item in data["controls"]]
    index = ControlIndex.from_rows(edition, data["controls"])
    items = {item.id: item for item in controls}
    return Framework(framework_edition(data), (), items, frozenset(), finder(index), unions=False)
