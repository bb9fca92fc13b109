"""Validate the rows of tables against the models of `aicop.schema`, and report faults with their location."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ValidationError

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument, excerpt, reject
from aicop.files.formulas import unescape_formula
from aicop.files.tables import TableReader
from aicop.files.text import MAX_FILE_SIZE
from aicop.schema.check import describe_error, relevant_errors
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aicop.files.source import Rows


def check_table(
    model: type[BaseModel], content: bytes | str | Rows, file: str, *, skip_lines: Collection[int] = ()
) -> list[tuple[str, dict[str, str]]]:
    """
    Validate a table with a header row, and return its rows, each as its place, such as "line 2", and a dictionary.

    The dictionary holds the cells that are not empty, by column. The apostrophe that escapes a formula is removed.
    The rows on *skip_lines* are left out.

    Raises:
        InvalidDocument: with all faults, each with its line.
    """
    # All rows are kept until the last one is valid, so the size is limited before the first is read.
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    return check_rows(model, TableReader(content, file, skip_lines=skip_lines), unescape_formula)


class HeaderAdvice(NamedTuple):
    """What to do with the columns of a table, for messages; each advice begins with its sign."""

    unknown: Callable[[str], str] = lambda _: "; remove it"
    """The advice on a column that is unknown and not misspelt."""
    missing: Callable[[str], str] = lambda _: ""
    """The advice on a field whose column is missing."""
    instead: Callable[[str, str], str] = lambda name, field: f"; rename {name!r} if it is the {field}"
    """The advice on the only unknown column and the only field whose column is missing."""
    elsewhere: frozenset[str] = frozenset()
    """Fields whose values may come from elsewhere, so that an unknown column is hardly theirs."""


class HeaderCheck(NamedTuple):
    """What is wrong with the header of a table; its rows can be read all the same."""

    faults: tuple[Fault, ...]
    """A fault for each column that is unknown, repeated or missing."""
    known: frozenset[str]
    """The columns of the table that belong to a field and are not repeated."""
    missing: frozenset[str]
    """The required fields without a column, or with several, for which not every row is blamed."""


def check_header(  # noqa: PLR0913 -- what of a header is known
    model: type[BaseModel],
    table: TableReader,
    given: Iterable[str] = (),
    names: Mapping[str, str] = {},
    *,
    unread: Collection[str] = (),
    needed: Iterable[str] = (),
    advice: HeaderAdvice = HeaderAdvice(),  # noqa: B008 -- immutable
) -> HeaderCheck:
    """
    Compare the header of a table with the fields of a model.

    *given* names fields whose values do not come from the table. *names* maps fields of the model to the names that
    their columns have in this file, if these differ. The columns in *unread* may have any name. *needed* are fields
    whose columns may not be missing, although their cells may be empty. *advice* says what to do with columns that are
    unknown or missing.

    Raises:
        InvalidDocument: the header is further below.
    """
    fields = {names.get(name, name): name for name in model.model_fields}
    counts = Counter(name for name in table.header if name not in unread)
    unclear = {
        column: name
        for column, name in fields.items()
        if (model.model_fields[name].is_required() or name in needed) and name not in given and counts[column] != 1
    }
    missing = {column: name for column, name in unclear.items() if not counts[column]}
    problems = list(_column_problems(counts, fields, missing, advice))
    if problems and (said := table.other_header(fields)):
        raise InvalidDocument.from_faults((Fault(table.file, table.place(), said),))
    # Deduplicated, because two long names can be equal after truncation.
    faults = tuple(Fault(table.file, table.place(), problem) for problem in dict.fromkeys(problems))
    known = frozenset(name for name in fields if counts[name] == 1)
    return HeaderCheck(faults, known, frozenset(unclear.values()))


def _column_problems(
    counts: Mapping[str, int], fields: Mapping[str, str], missing: Mapping[str, str], advice: HeaderAdvice
) -> Iterator[str]:
    """Yield each problem with the columns of a table; *fields* and *missing* have the field of each column."""
    # A file that is not such a table at all may have thousands of columns.
    names = list(itertools.islice(counts, MAX_FAULTS))
    near = {name: close(name, fields, n=1) for name in names if name not in fields}
    strange = [name for name, likely in near.items() if not likely]
    # A missing column that an unknown one is probably meant to be is not reported a second time.
    meant = {likely[0] for likely in near.values() if likely}
    lost = [column for column, field in missing.items() if field not in advice.elsewhere and column not in meant]
    # One column too many and one too few are most likely the same one.
    pair = (strange[0], lost[0]) if len(strange) == len(lost) == 1 else ("", "")
    for name in names:
        if name in near and name != pair[0]:
            hint = f"; did you mean {near[name][0]}?" if near[name] else advice.unknown(name)
            yield f"unknown column {excerpt(name)}{hint}"
        elif counts[name] > 1:
            yield f"the column {excerpt(name)} appears more than once"
    for column, field in missing.items():
        if column == pair[1]:
            said = f"the column {excerpt(column)} is missing, and {excerpt(pair[0])} is unknown"
            yield f"{said}{advice.instead(pair[0], field)}"
        elif column not in meant:
            yield f"the column {excerpt(column)} is missing{advice.missing(field)}"


# "signature" is like "nature" by 0.8, so the limit is above that.
OWN_ALIKE = 0.81
"""From which likeness on the name of a column of the user's own is taken for one of ours that is misspelt."""


class ReadRow(NamedTuple):
    """A row of a table, with what of it is valid."""

    place: str
    """The place of the row, such as "line 2"."""
    fields: dict[str, str]
    """The valid cells that are not empty, by field."""
    cells: Sequence[str]
    """All cells, as they are in the table."""
    unread: frozenset[str]
    """The fields of which nothing is known, because of a fault in the row or in the header."""


class ReadRows(NamedTuple):
    """The rows of a table, and whether they are all."""

    rows: list[ReadRow]
    """The rows that have as many cells as the header."""
    is_whole: bool
    """Whether these are all rows of the table."""


def read_rows(  # noqa: PLR0913 -- how rows are read
    model: type[BaseModel],
    table: TableReader,
    clean: Callable[[str], str],
    faults: list[Fault],
    *,
    passed: Collection[str] = (),
    refuse: Callable[[str], str] | None = None,
    valid: set[tuple[str, str]] | None = None,
) -> ReadRows:
    """
    Validate the rows of a table, after applying *clean* to each cell, and return what of them is valid.

    Every fault is added to *faults*, with its line. Rows after the first `MAX_FAULTS` faults are not checked. The
    columns in *passed* may have any name. *refuse* returns the problem of a cell as it is in the table, or "". *valid*
    are cells that need no validation, and to which those that are found valid are added; see `_check_row`.

    Raises:
        InvalidDocument: the header is further below.
    """
    file = table.file
    checked = check_header(model, table, unread=passed)
    columns = [(place, name) for place, name in enumerate(table.header) if name in checked.known]
    absent = _unclear(model, table.header, checked, passed) if checked.faults else frozenset[str]()
    rows = []
    found = list(checked.faults)
    is_whole = True
    try:
        for line, cells in table.full_rows():
            where = table.place(line)
            if len(found) >= MAX_FAULTS:
                found.append(Fault(file, where, TOO_MANY_FAULTS))
                is_whole = False
                break
            if isinstance(cells, Fault):
                found.append(cells)
                is_whole = False
                continue
            wrong: set[str] = set()
            for name, said in zip(table.header, map(refuse, cells), strict=True) if refuse is not None else ():
                if said:
                    found.append(Fault(file, table.place(line, name), said))
                    wrong.add(name)
            # An empty cell means the default of its field, like an absent cell.
            row = {name: cell for place, name in columns if cells[place] and (cell := clean(cells[place]))}
            try:
                _check_row(model, row, valid)
            except ValidationError as error:
                for item in relevant_errors(error):
                    name = str(item["loc"][0])
                    wrong.add(name)
                    if name not in checked.missing:
                        found.append(Fault(file, table.place(line, name), describe_error(item, model, row)))
            fields = {name: cell for name, cell in row.items() if name not in wrong} if wrong else row
            rows.append(ReadRow(where, fields, cells, absent | wrong))
    except InvalidDocument as error:
        # From here on, the text is no table.
        found += error.faults
        is_whole = False
    faults += found
    return ReadRows(rows, is_whole)


def _unclear(
    model: type[BaseModel], header: Iterable[str], checked: HeaderCheck, passed: Collection[str]
) -> frozenset[str]:
    """Return the fields of which nothing is known in any row: their columns are missing, repeated or misspelt."""
    names = [name for name in header if name not in passed]
    meant = {near for name in names for near in (name, *close(name, model.model_fields, n=1))}
    return (frozenset(model.model_fields) & meant | checked.missing) - checked.known


def check_rows(
    model: type[BaseModel], table: TableReader, clean: Callable[[str], str]
) -> list[tuple[str, dict[str, str]]]:
    """
    Validate the rows of a table, after applying *clean* to each cell, and return them like `check_table`.

    Raises:
        InvalidDocument: with all faults, each with its line. Rows after the first `MAX_FAULTS` faults are not checked.
    """
    faults: list[Fault] = []
    read = read_rows(model, table, clean, faults)
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    return [(row.place, row.fields) for row in read.rows]


class OwnColumns(NamedTuple):
    """The columns of a table that are the user's own."""

    places: Mapping[str, int]
    """The place of each in a row, by its name."""

    def of(self, cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return the cells of a row in these columns, each after the name of its column."""
        return tuple((name, unescape_formula(cells[place])) for name, place in self.places.items())


def read_rows_with_own_columns(
    model: type[BaseModel], table: TableReader, faults: list[Fault]
) -> tuple[ReadRows, OwnColumns]:
    """
    Validate the rows of a table that may have columns of the user's own, like `read_rows`.

    A column whose name is nearly one of ours is a fault, because it is probably a mistake. The fields of the model must
    not depend on each other.

    Raises:
        InvalidDocument: the header is further below.
    """
    table.header = [unescape_formula(name) for name in table.header]
    own = [
        name
        for name in table.header
        if name not in model.model_fields and not close(name, model.model_fields, n=1, cutoff=OWN_ALIKE)
    ]
    if "" in own:
        faults.append(Fault(table.file, table.place(), "a column has no name; name or remove it"))
    # Only one of two columns with the same name could be kept.
    faults += (
        Fault(table.file, table.place(), f"the column {excerpt(name)} appears more than once")
        for name, count in Counter(own).items()
        if name and count > 1
    )
    places = {name: place for place, name in enumerate(table.header) if name in own}
    read = read_rows(model, table, _clean, faults, passed=own, valid=_valid_cells(model))
    return read, OwnColumns(places)


def _clean(cell: str) -> str:
    return (unescape_formula(cell) if cell[0] == "'" else cell).strip()


_MAX_VALID = 20_000
"""How many cells that are known to be valid are kept for each model."""
_MAX_VALID_LENGTH = 40
"""The length, in characters, up to which a cell is kept; longer ones seldom occur twice."""


@functools.cache
def _valid_cells(model: type[BaseModel]) -> set[tuple[str, str]]:  # noqa: ARG001 -- one set for each model
    """Return the set of the cells that are known to be valid, each after its column; it grows."""
    return set()


def _check_row(model: type[BaseModel], row: dict[str, str], valid: set[tuple[str, str]] | None) -> None:
    """
    Validate a row of text; raise ValidationError if it is wrong.

    With *valid*, cells that are in it are not validated again, which is right only for a model whose fields do not
    depend on each other.
    """
    # Every cell is text, and this mode converts text even in a strict model.
    if valid is None:
        model.model_validate_strings(row)
        return
    new = [pair for pair in row.items() if pair not in valid]
    needed = _required(model)
    if not new and needed <= row.keys():
        return
    try:
        model.model_validate_strings({name: row[name] for name in needed if name in row} | dict(new))
    except ValidationError:
        # The error must be that of the whole row.
        model.model_validate_strings(row)
    else:
        if len(valid) > _MAX_VALID:
            valid.clear()
        valid.update(pair for pair in new if len(pair[1]) <= _MAX_VALID_LENGTH)


@functools.cache
def _required(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if field.is_required())
