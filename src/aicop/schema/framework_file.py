"""
Validate framework files, JSON or table, and return them as plain data with the place of each field.

In a table, a column of the file can be declared to be one of ours, and every other column is the user's own.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument, excerpt, reject
from aicop.files.formulas import unescape_formula
from aicop.files.tables import TableReader
from aicop.files.text import MAX_FILE_SIZE
from aicop.model.framework import ALIAS_SEPARATOR
from aicop.schema.check import check_json, check_plain, describe_error, relevant_errors
from aicop.schema.check_table import OWN_ALIKE
from aicop.schema.framework import MAX_ID_LENGTH, ControlRowSchema, FrameworkSchema
from aicop.schema.types import MAX_NAME_LENGTH, is_name
from aicop.spelling import close
from aicop.vocabulary import ASKING, Nature, term

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from aicop.files.source import Rows
    from aicop.schema.hierarchy import Place

COLUMNS = tuple(ControlRowSchema.model_fields)
"""The columns of a framework table, in the order in which they are written."""
EXTRA = "extra"
"""The declaration of a column as the user's own, whatever it is called."""
_SHORT = 3


class FrameworkFile(NamedTuple):
    """The plain data of a framework file, in the form of `FrameworkSchema`, and the place of each of its fields."""

    data: dict[str, Any]
    place: Place


class _Column(NamedTuple):
    """A column of a table: its name in the file, and which of our columns it is, or None if it is the user's own."""

    name: str
    ours: str | None


def check_framework(  # noqa: PLR0913 -- what a table does not say
    content: bytes | str | Rows,
    file: str,
    *,
    is_json: bool = False,
    columns: Mapping[str, str] | None = None,
    natures: Mapping[str, str] | None = None,
    kind: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    skip_lines: Collection[int] = (),
    **facts: str,
) -> FrameworkFile:
    """
    Validate a framework file: JSON or a table.

    A table has one element per row; see `aicop.frameworks.loads` for its columns and for the arguments. *facts* holds
    ``framework``, ``edition``, ``title`` and ``publisher``, which a table cannot contain.

    Raises:
        InvalidDocument: with all faults.
        UnknownTerm: *natures* contains an unknown nature.
    """
    if is_json and isinstance(content, bytes | str):
        given = {"columns": columns, "natures": natures, "kind": kind, "sheet": sheet, "header": header} | facts
        for_tables = "only for tables; do not pass it for a JSON file"
        stated = "already stated in the JSON file; do not pass it"
        wrong = tuple(Fault(file, name, stated if name in facts else for_tables) for name, one in given.items() if one)
        if wrong:
            raise InvalidDocument.from_faults(wrong)
        return FrameworkFile(check_json(FrameworkSchema, content, file), _place_in_json)
    # All rows are kept until the last one is valid, so the size is limited before the first is read.
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    faults: tuple[Fault, ...] = ()
    found: tuple[list[dict[str, Any]], Place] = [], _place_in_json
    try:
        found = check_controls(
            TableReader(content, file, sheet=sheet, header=header, skip_lines=skip_lines),
            unescape_formula,
            columns=columns,
            natures=natures,
            kind=kind,
        )
    except InvalidDocument as error:
        faults = error.faults
    # The rows have been validated, so that only the facts remain.
    try:
        check_plain(FrameworkSchema, {**facts, "controls": ()}, file)
    except InvalidDocument as error:
        faults += error.faults
    if faults:
        raise InvalidDocument.from_faults(faults)
    return FrameworkFile({**facts, "controls": found[0]}, found[1])


def _place_in_json(index: int, field: str) -> str:
    """Return the path of a field in a JSON file."""
    return f"controls[{index}].{field}"


def check_controls(
    table: TableReader,
    clean: Callable[[str], str],
    *,
    columns: Mapping[str, str] | None = None,
    natures: Mapping[str, str] | None = None,
    kind: str | None = None,
) -> tuple[list[dict[str, Any]], Place]:
    """
    Validate a table of elements, after applying *clean* to each cell.

    Return the elements as plain data, and a function that locates their fields.

    Raises:
        InvalidDocument: with all faults, each with its line. Rows after the first `MAX_FAULTS` faults are not checked.
        UnknownTerm: *natures* contains an unknown nature.
    """
    known_natures = {name: term(Nature, word).value for name, word in (natures or {}).items()}
    declared = dict(columns or {})
    described = [_Column(name, _declared_as(name, declared)) for name in map(unescape_formula, table.header)]
    # A dictionary, because two long names can be equal after truncation.
    wrong = dict.fromkeys(_header_faults(described, declared, kind))
    if wrong and (said := table.other_header({*declared, *COLUMNS})):
        reject(table.file, table.place(), said)
    named = {column.ours: column.name for column in described if column.ours is not None}
    lines: list[int] = []
    rows: list[dict[str, Any]] = []
    faults = [Fault(table.file, table.place(), problem) for problem in wrong]
    for line, cells in table.full_rows():
        if len(faults) >= MAX_FAULTS:
            faults.append(Fault(table.file, table.place(line), TOO_MANY_FAULTS))
            break
        if isinstance(cells, Fault):
            faults.append(cells)
            continue
        row, extra = _row(described, map(clean, cells), kind)
        problems = itertools.chain(_row_faults(row, named), _unprintable(extra))
        faults += (Fault(table.file, table.place(line, name), problem) for name, problem in problems)
        lines.append(line)
        rows.append(_element(row, extra))
    headings: frozenset[int] = frozenset()
    # Rows with faults may have no id or kind.
    if not faults and named.get("parent") in declared:
        rows, lines, headings = _make_parents(rows, lines, named["parent"])
        faults += (
            Fault(table.file, table.place(lines[i], named["parent"]), problem)
            for i in sorted(headings)
            for problem in _heading_faults(rows[i]["id"])
        )
    if faults := faults or [*_nature_faults(rows, known_natures, table.file)]:
        raise InvalidDocument.from_faults(tuple(faults))
    for item in rows:
        if item["kind"] in known_natures:
            item.setdefault("nature", known_natures[item["kind"]])
    _set_natures(rows, headings)

    def place(index: int, field: str) -> str:
        # A heading was made of the parent of the element on its line.
        field = "parent" if index in headings else field
        return table.place(lines[index], named.get(field, field))

    return rows, place


def _declared_as(name: str, declared: Mapping[str, str]) -> str | None:
    """Return which of our columns a column is, or None if it is the user's own."""
    said = declared.get(name, name)
    return said if said in COLUMNS else None


def _header_faults(described: Sequence[_Column], declared: Mapping[str, str], kind: str | None) -> Iterator[str]:
    """Yield each problem with a header: columns that are missing, repeated, misspelt or wrongly declared."""
    yield from _declaration_faults([column.name for column in described], declared)
    # A file that is not such a table at all may have thousands of columns.
    for column, count in itertools.islice(Counter(described).items(), MAX_FAULTS):
        if count > 1:
            yield f"the column {excerpt(column.name)} appears more than once"
        if column.ours is None:
            yield from _own_name_faults(column.name, is_declared=column.name in declared)
    for ours, field in ControlRowSchema.model_fields.items():
        given = list(dict.fromkeys(column.name for column in described if column.ours == ours))
        if len(given) > 1:
            shown = " and ".join(map(excerpt, given))
            yield f"the columns {shown} are both {ours}; declare the one that is only yours as {EXTRA}"
        # A declared column that is missing has been reported.
        if field.is_required() and not given and ours not in declared.values() and not (ours == "kind" and kind):
            more = (
                ', or name a default kind, in a library with kind = "control" in aicop.toml' if ours == "kind" else ""
            )
            yield f"the column {ours!r} is missing; add it, or declare another column as {ours}{more}"


def _declaration_faults(names: Sequence[str], declared: Mapping[str, str]) -> Iterator[str]:
    """Yield the problems with the declarations of columns, given the names of all columns of the file."""
    for name, said in declared.items():
        if said not in {*COLUMNS, EXTRA}:
            near = close(said, COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use one of: {', '.join((*COLUMNS, EXTRA))}"
            yield f"the column {excerpt(name)} is declared as {excerpt(said)}, which is not a column of ours; {hint}"
        if name not in names:
            near = close(name, names, n=1)
            hint = f"; did you mean {excerpt(near[0])}?" if near else ""
            yield f"the declared column {excerpt(name)} is missing{hint}"


def _own_name_faults(name: str, *, is_declared: bool) -> Iterator[str]:
    """Yield the problems with the name of a user's own column; its likeness to one of ours counts unless declared."""
    if not name:
        yield "a column has no name; name it or remove it"
    elif not is_name(name):
        expected = f"one line of at most {MAX_NAME_LENGTH} printable characters without spaces at its ends"
        near = _meant(name)
        yield f"{excerpt(name)} is not the name of a column; " + (
            f"did you mean {near}?" if near else f"use {expected}"
        )
    elif not is_declared and (near := _meant(name)) is not None:
        yield f"unknown column {excerpt(name)}; did you mean {near}? If it is a column of yours, declare it as {EXTRA}"


def _meant(name: str) -> str | None:
    """Return the column of ours that a name is a misspelling of, or None."""
    folded = name.strip().casefold()
    if folded in COLUMNS:
        return folded
    # Short words are alike by chance.
    if len(folded) <= _SHORT:
        return None
    near = close(folded, COLUMNS, n=1, cutoff=OWN_ALIKE)
    # Two letters that change places.
    near = near or [ours for ours in COLUMNS if sorted(ours) == sorted(folded)]
    return near[0] if near else None


def _row(described: Sequence[_Column], cells: Iterable[str], kind: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """Return the non-empty cells of our columns, with the default kind, and all cells of the user's own columns."""
    row: dict[str, str] = {}
    extra: dict[str, str] = {}
    for column, cell in zip(described, cells, strict=True):
        if column.ours is None:
            extra[column.name] = cell
        # An empty cell means the default of its field, like an absent cell.
        elif cell:
            row[column.ours] = cell
    if kind:
        row.setdefault("kind", kind)
    return row, extra


def _row_faults(row: dict[str, str], named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of the column in the file and the problem of each invalid cell; *named* are the columns."""
    try:
        # Every cell is text, and this mode converts text even in a strict model.
        ControlRowSchema.model_validate_strings(row)
    except ValidationError as error:
        for item in relevant_errors(error):
            ours = str(item["loc"][0])
            # For a column that is missing, the header is blamed and not every row.
            if item["type"] != "missing" or ours in named:
                yield named.get(ours, ours), describe_error(item, ControlRowSchema, row)


def _unprintable(extra: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the problem of each own cell with a character that is neither printable nor a space."""
    for name, cell in extra.items():
        if not cell.isprintable():
            for char in cell:
                if not char.isprintable() and not char.isspace():
                    yield name, f"contains the unprintable character U+{ord(char):04X}; remove it"
                    break


def _element(row: dict[str, str], extra: dict[str, str]) -> dict[str, Any]:
    """Return the plain data of an element, with its aliases as a list."""
    item: dict[str, Any] = dict(row)
    if "aliases" in row:
        item["aliases"] = [one for alias in row["aliases"].split(ALIAS_SEPARATOR) if (one := alias.strip())]
    if extra:
        item["extra"] = extra
    return item


def _make_parents(
    rows: Iterable[dict[str, Any]], lines: Iterable[int], column: str
) -> tuple[list[dict[str, Any]], list[int], frozenset[int]]:
    """
    Return the elements with a heading for each parent that is none, before the first element below it.

    The kind of a heading is the name of the column in lower case; it has no nature yet. Return also the line of each
    element, and the indexes of the headings.
    """
    listed = list(rows)
    known = {item["id"] for item in listed}
    kind = " ".join(column.lower().split())
    found: list[dict[str, Any]] = []
    places: list[int] = []
    headings: set[int] = set()
    for line, item in zip(lines, listed, strict=True):
        parent = item.get("parent")
        if parent is not None and parent not in known:
            known.add(parent)
            headings.add(len(found))
            found.append({"id": parent, "kind": kind, "title": parent})
            places.append(line)
        found.append(item)
        places.append(line)
    return found, places, frozenset(headings)


def _set_natures(rows: Iterable[dict[str, Any]], headings: Collection[int]) -> None:
    """
    Set the nature of each heading for which none is stated: that of the elements directly below it.

    What groups requirements and mitigations asks what these ask, so that they are its parts. What groups anything else
    asks nothing itself.
    """
    listed = list(rows)
    below: dict[str, set[str]] = {}
    for item in listed:
        if "parent" in item:
            below.setdefault(item["parent"], set()).add(item.get("nature", Nature.REQUIREMENT.value))
    for index in headings:
        natures = below[listed[index]["id"]]
        nature = next(iter(natures)) if len(natures) == 1 else Nature.REQUIREMENT.value
        listed[index].setdefault("nature", nature if natures <= ASKING else Nature.HEADING.value)


def _heading_faults(own: str) -> Iterator[str]:
    """Yield the problem with the id of a heading that is too long."""
    if len(own) > MAX_ID_LENGTH:
        yield f"{excerpt(own)} is too long for an id; use at most {MAX_ID_LENGTH} characters"


def _nature_faults(rows: Iterable[dict[str, Any]], natures: Mapping[str, str], file: str) -> Iterator[Fault]:
    """Yield a fault for each kind that has a default nature although no element is of this kind."""
    kinds = dict.fromkeys(item["kind"] for item in rows)
    for name in natures:
        if name not in kinds:
            near = close(name, kinds, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the kinds are: {', '.join(kinds) or 'none'}"
            yield Fault(file, "natures", f"no element is of the kind {excerpt(name)}; {hint}")
