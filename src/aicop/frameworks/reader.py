"""Read your own frameworks: another standard, or an organisation's own control library."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from aicop.errors import Fault, InvalidDocument, excerpt
from aicop.files.source import content_of
from aicop.frameworks.framework import Framework
from aicop.ids import JOINER, EditionId
from aicop.keys.control_index import fold
from aicop.manifest import editions, framework_entries
from aicop.model.from_rows import control, framework_edition
from aicop.schema.hierarchy import hierarchy_faults
from aicop.vocabulary import Nature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aicop.files.source import Source
    from aicop.schema.hierarchy import Place

MAX_HIERARCHY_DEPTH = 20
"""The maximum number of levels in a framework that is read from a file."""


def _spelling_faults(controls: Iterable[dict[str, Any]], file: str, place: Place) -> Iterator[Fault]:
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


def loads(  # noqa: PLR0913 -- what a table does not say
    source: Source,
    file: str | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    natures: Mapping[str, str] | None = None,
    kind: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    skip_lines: Collection[int] = (),
    **facts: str,
) -> Framework:
    r"""
    Parse a framework of your own: another standard, or an organisation's control library.

    *source* is a path, an open file, the content of a file, a dict with the fields of the JSON, or the rows of a table
    as dictionaries, such as ``DataFrame.to_dict("records")`` of pandas returns. *file* is its name for messages; the
    default is that of the path or open file. If the name ends in ``.json``, it is read as JSON, otherwise as a table:
    CSV, TSV or a workbook (XLSX). Content without a name is JSON if it begins with a brace.

    A table has the columns ``id`` and ``kind`` and optionally ``parent``, ``title``, ``nature``, ``words``, ``amended``
    and ``aliases`` (separated by ``|``). Every other column is your own and is kept as text in `Control.extra`.

    *columns* declares columns of the file: each name in it, with one of the names above, or ``extra`` for a column of
    your own whose name is like one of these. A declared parent need not be an element: it becomes a heading whose kind
    is the name of the column in lower case. *kind* is the default kind, and *natures* the default nature of each kind;
    without it, the nature is requirement. *sheet* names the sheet of a workbook; the default is its first. *header* is
    the number of the line, or row of a workbook, with the names of the columns; the default is the first. The rows on
    *skip_lines* of a table are left out.

    The ``framework`` (a key), ``edition``, ``title`` and optionally ``publisher`` of a table are passed as *facts*.

    >>> table = "Control ID,Domain,Owner\nA-1,Access,IT\n"
    >>> facts = {"framework": "own", "edition": "1", "title": "Our controls"}
    >>> own = loads(table, "own.csv", columns={"Control ID": "id", "Domain": "parent"}, kind="control", **facts)
    >>> own
    <Framework own@1: 1 domain, 1 control>
    >>> own["A-1"].parent.local, own["A-1"].extra
    ('Access', (('Owner', 'IT'),))

    Raises:
        InvalidDocument: with the faults of the first of three stages that finds any. The stages are: violations of the
            schema; repeated ids and aliases, missing parents, cycles, ids that differ only in spelling, and an edition
            that already ships with aicop; elements that are nested too deep.
        UnknownTerm: *natures* contains an unknown nature.
        MissingExtra: the file is a workbook, and openpyxl is not installed.
        OSError: the file cannot be read.
    """
    content, file, is_json = content_of(source, file)
    # Imported here, because pydantic is slow to import and only needed for files.
    from aicop.schema.framework_file import check_framework

    # The facts of a table name the framework, so that all faults of its rows are reported together with this one.
    taken = _taken_faults(facts, file)
    try:
        data, place = check_framework(
            content,
            file,
            is_json=is_json,
            columns=columns,
            natures=natures,
            kind=kind,
            sheet=sheet,
            header=header,
            skip_lines=skip_lines,
            **facts,
        )
    except InvalidDocument as error:
        if not taken:
            raise
        raise InvalidDocument.from_faults((*taken, *error.faults)) from error
    if taken := _taken_faults(data, file):
        raise InvalidDocument.from_faults((*_list_faults(data, file, place), *taken))
    # Parents of a declared column are made, so none of them is missing.
    return of_list(data, file, place, advice="" if is_json else _ON_PARENTS)


_ON_PARENTS = (
    "; correct it or add a row for it. If the parents have no rows of their own, declare the column, with"
    ' columns = { parent = "parent" } for this file in aicop.toml, so that they are made'
)


def _taken_faults(data: Mapping[str, Any], file: str) -> tuple[Fault, ...]:
    """Return a fault if a framework or an edition ships under the id that is stated."""
    shipped = {(item.document, item.label): item for item in (*editions(), *(one.id for one in framework_entries()))}
    edition = shipped.get((data.get("framework", ""), data.get("edition", "")))
    said = f"{edition} already ships with aicop; use another key or edition"
    return () if edition is None else (Fault(file, "framework", said),)


def _list_faults(data: dict[str, Any], file: str, place: Place, advice: str = "") -> Iterator[Fault]:
    """
    Yield a fault for each repeated id or alias, missing parent, cycle, and name that is read as another id.

    *advice* on missing parents is given once.
    """
    rows = (
        (item["id"], item.get("parent"), place(i, "id"), place(i, "parent")) for i, item in enumerate(data["controls"])
    )
    yield from hierarchy_faults(rows, file, "control", advice)
    yield from _spelling_faults(data["controls"], file, place)
    yield from _joint_faults(data["controls"], file, place)
    for i, _, problem in alias_clashes(data["controls"], place):
        yield Fault(file, place(i, "aliases"), problem)


def _joint_faults(controls: Sequence[Mapping[str, Any]], file: str, place: Place) -> Iterator[Fault]:
    """Yield a fault for each id that mappings would read as several ids of the framework, joined."""
    joined = [(i, item["id"]) for i, item in enumerate(controls) if JOINER in item["id"]]
    if not joined:
        return
    ids = {fold(item["id"]) for item in controls}
    for i, name in joined:
        if all(fold(part) in ids for part in name.split(JOINER)):
            parts = " and ".join(part.strip() for part in name.split(JOINER))
            said = f"the id {excerpt(name)} could not be told from {parts} mapped together"
            yield Fault(file, place(i, "id"), f"{said}; use another sign than {JOINER!r}")


def alias_clashes(controls: Sequence[Mapping[str, Any]], place: Place) -> Iterator[tuple[int, str, str]]:
    """
    Yield each alias that does not lead to its element alone: the index of the element, the alias, and the problem.

    It is an alias of an earlier element too, or it is the id of another element in some spelling.
    """
    if not any(item.get("aliases") for item in controls):
        return
    ids = {fold(item["id"]): item["id"] for item in controls}
    seen: dict[str, int] = {}
    for i, item in enumerate(controls):
        for alias in dict.fromkeys(item.get("aliases", ())):
            first = seen.setdefault(alias, i)
            if first != i:
                problem = f"the alias {excerpt(alias)} is already used at {place(first, 'aliases')}"
                yield i, alias, f"{problem}; an alias belongs to one element"
            elif ids.get(fold(alias), item["id"]) != item["id"]:
                yield i, alias, f"the alias {excerpt(alias)} is the id of {ids[fold(alias)]}; use another"


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


def of_list(
    data: dict[str, Any], file: str, place: Place, found: Iterable[Fault] = (), *, advice: str = ""
) -> Framework:
    """
    Build a framework from plain data in the form of `aicop.schema.framework.FrameworkSchema`.

    *place* locates the fields of its elements in the file, for messages; *advice* on missing parents is given once.

    *found* are faults that the caller has already found in the file; they are raised together with those found here.

    Raises:
        InvalidDocument: with *found*, every repeated id, missing parent and cycle, and all ids that differ only in
            spelling. If there are none of these: with all elements that are nested too deep.
    """
    # Depth is measured last, because it is only defined if every parent exists and there is no cycle.
    if faults := (*found, *_list_faults(data, file, place, advice)) or tuple(_depth_faults(data, file, place)):
        raise InvalidDocument.from_faults(faults)
    edition = EditionId(data["framework"], data["edition"])
    natures = {item["kind"]: Nature.REQUIREMENT for item in data["controls"]}
    controls = [control(item, edition, natures) for item in data["controls"]]
    return Framework(framework_edition(data), controls)
