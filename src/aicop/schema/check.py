"""
Validate files against the models of `aicop.schema`, and report faults with their location.

Every file of a user is validated here, and the tests validate the shipped files with the same functions. A valid
document is returned as plain data. An invalid document raises `aicop.errors.InvalidDocument` with all its faults.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument, excerpt, join_path, reject
from aicop.files.formulas import unescape_formula
from aicop.files.json_text import WrittenNumber, parse_json
from aicop.files.tables import TableReader
from aicop.files.text import MAX_FILE_SIZE
from aicop.schema.types import FORMS, TEN
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from aicop.files.source import Rows

Model = TypeVar("Model", bound=BaseModel)

_TEN = 10
"""The greatest strength and confidence."""
_MEANT = {
    "must": "shall",
    "has to": "shall",
    "have to": "shall",
    "is required to": "shall",
    "are required to": "shall",
    "is to": "shall",
    "are to": "shall",
    "ought to": "should",
    "is recommended to": "should",
    "are recommended to": "should",
    "is permitted to": "may",
    "are permitted to": "may",
    "is allowed to": "may",
    "are allowed to": "may",
    "might": "may",
    "could": "can",
    "is able to": "can",
    "are able to": "can",
}
"""The modality that ISO and ETSI documents express in other words."""


@functools.cache
def _fields(model: type[object]) -> frozenset[str]:
    """Return all field names of a model or record and of those nested in it."""
    schema = TypeAdapter(model).json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(name for part in parts for name in part.get("properties", ()))


def _place(steps: Iterable[str | int]) -> str:
    """Return the location of a Pydantic error as a path, such as ``phases[0].title``."""
    path = ""
    for step in steps:
        path = join_path(path, step)
    return path


def _value_at(value: Any, steps: Iterable[Any]) -> object:  # noqa: ANN401 -- plain data
    """Return the value at a location in plain data."""
    for step in steps:
        value = value[step]
    return value


def describe_error(  # noqa: PLR0911 -- a return for each kind of error
    error: ErrorDetails, model: type[object], whole: object
) -> str:
    """
    Return an error of Pydantic as an error message of aicop, with advice if possible.

    *model* is the model, and *whole* the data that was validated.
    """
    kind, given = error["type"], error["input"]
    shown = f", not {excerpt(given)}" if isinstance(given, str) else ""
    if kind in {"missing", "aicop_id"}:
        return "this field is missing" if kind == "missing" else error["msg"]
    if kind == "extra_forbidden":
        near = close(str(error["loc"][-1]), sorted(_fields(model)), n=1)  # type: ignore[arg-type]
        return f"unknown field{f'; did you mean {near[0]}?' if near else ''}"
    if kind in {"enum", "literal_error"}:
        # Pydantic has the allowed values only as a phrase: "'shall', 'should', 'may' or 'can'".
        words = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        meant = _MEANT.get(str(given).strip().casefold(), "")
        near = [meant] if meant in words else close(str(given), words, n=1, cutoff=0.7)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"must be one of {', '.join(words)}{shown}{hint}"
    if kind == "string_type":
        found, quoted = _value_at(whole, error["loc"]), ""
        if isinstance(given, int | float):
            # The text of the file is quoted, because a float would turn the provision 5.10 into 5.1.
            written = found.written if isinstance(found, WrittenNumber) else json.dumps(given)
            quoted = f"; write it in quotes: {json.dumps(written)}"
        return f"must be text, not {type(given).__name__}{quoted}"
    if kind == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        expected = FORMS.get(pattern, f"text that matches {pattern}")
        return f"{excerpt(given)} is not valid in this field; expected {expected}{_of_ten(given, pattern)}"
    if kind in {"too_long", "string_too_long"} and isinstance(given, str):
        return f"{excerpt(given)} is too long; use at most {error['ctx']['max_length']} characters"
    if kind == "too_short":
        return f"needs at least {error['ctx']['min_length']} item"
    if kind == "value_error":
        return f"{excerpt(str(given))}: {error['ctx']['error']}"
    # Other errors keep Pydantic's words. The first letter is lower-cased, because the message follows the location.
    message = error["msg"]
    return f"{message[0].lower()}{message[1:]}{shown}"


def _of_ten(given: str, pattern: str) -> str:
    """Return a hint if a share of 0 to 1, as SSSOM uses for confidence, was written for a number of 0 to 10."""
    if pattern != TEN or re.fullmatch(r"[01][.,][0-9]{1,9}", given) is None:
        return ""
    tenths = float(given.replace(",", ".")) * 10
    return f"; write {round(tenths)} for {given}" if tenths <= _TEN else ""


def relevant_errors(error: ValidationError) -> list[ErrorDetails]:
    """Return the errors, without those that only state that a cell may also be empty."""
    # An optional cell is `X | Literal[""]`, and Pydantic reports an error for each alternative.
    return [item for item in error.errors(include_url=False) if item.get("ctx", {}).get("expected") != "''"]


def faults_of(error: ValidationError, model: type[object], file: str, whole: object) -> tuple[Fault, ...]:
    """Return the first `MAX_FAULTS` errors as faults; if there are more, a last fault counts them."""
    items = relevant_errors(error)
    above = {item["loc"][:end] for item in items for end in range(len(item["loc"]))}

    # Pydantic counts only the valid items of a list, so it reports a list as too short if its only item is invalid.
    # The item has an error of its own, below the list.
    def idle(item: ErrorDetails) -> bool:
        return item["type"] == "too_short" and item["loc"] in above

    told = (Fault(file, _place(item["loc"]), describe_error(item, model, whole)) for item in items if not idle(item))
    found = tuple(itertools.islice(told, MAX_FAULTS))
    more = len(items) - len(found)
    return (*found, Fault(file, "", f"{more} more errors not shown")) if len(found) == MAX_FAULTS and more else found


def check_json(model: type[BaseModel], content: bytes | str, file: str) -> dict[str, Any]:
    """
    Validate a JSON document against *model* and return it as plain data.

    *file* names the document in faults. The data is returned unchanged, without defaults filled in.

    Raises:
        InvalidDocument: with all faults.
    """
    return check_object(model, parse_json(content, file), file)


def check_object(model: type[BaseModel], value: object, file: str) -> dict[str, Any]:
    """
    Validate a parsed JSON document, like `check_json`.

    Raises:
        InvalidDocument: with all faults.
    """
    if not isinstance(value, dict):
        reject(file, "", f"must be a JSON object, not {type(value).__name__}")
    _validate(model, value, file)
    return value


_OF_KEY = "[key]"
"""The last step of the location at which Pydantic reports the key of a dictionary and not its value."""


def check_in_part(model: type[BaseModel], value: dict[str, Any], file: str) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """
    Validate plain data against *model*, and return what of it is valid, with the faults of the rest.

    A field with a fault is left out as a whole.
    """
    found: list[Fault] = []
    whole = json.loads(json.dumps(value))
    while True:
        try:
            model.model_validate_json(json.dumps(whole))
        except ValidationError as error:
            found += faults_of(error, model, file, whole)
            removed = [_remove(whole, item["loc"]) for item in relevant_errors(error)]
            # If nothing can be left out, because a field is missing, nothing of the document is valid.
            if not any(removed):
                return {}, tuple(dict.fromkeys(found))
        else:
            return whole, tuple(dict.fromkeys(found))


def _remove(value: dict[str, Any], steps: Sequence[Any]) -> bool:
    """Remove the innermost field of nested objects at a location from plain data, and return whether there was one."""
    for step in steps[:-1]:
        if not isinstance(value.get(step), dict) or (steps[-1] == _OF_KEY and step == steps[-2]):
            return value.pop(step, None) is not None
        value = value[step]
    return value.pop(steps[-1], None) is not None


def check_plain(model: type[Model], value: object, file: str) -> Model:
    """
    Validate plain data, as `aicop.files.json_text.parse_json` returns it, and return it as the model.

    Raises:
        InvalidDocument: with all faults.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InvalidDocument.from_faults(faults_of(error, model, file, value)) from error


def _validate(model: type[BaseModel], value: dict[str, Any], file: str) -> None:
    try:
        # Strict models accept lists for tuples and strings for enum members only in JSON, so the data is serialised.
        model.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise InvalidDocument.from_faults(faults_of(error, model, file, value)) from error


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


def check_rows_with_own_columns(
    model: type[BaseModel], table: TableReader
) -> list[tuple[str, dict[str, str], tuple[tuple[str, str], ...]]]:
    """
    Validate the rows of a table that may have columns of the user's own.

    Return, for each row, its place, its cells by column, and the cells of the user's own columns, in their order. A
    column whose name is nearly one of ours is a fault, because it is probably a mistake.

    Raises:
        InvalidDocument: with all faults, each with its place.
    """
    own = [
        name
        for name in map(unescape_formula, table.header)
        if name not in model.model_fields and not close(name, model.model_fields, n=1, cutoff=OWN_ALIKE)
    ]
    if "" in own:
        reject(table.file, table.place(), "a column has no name; name or remove it")
    # Only one of two columns with the same name could be kept.
    if twice := next((name for name, count in Counter(own).items() if count > 1), None):
        reject(table.file, table.place(), f"the column {excerpt(twice)} appears more than once")
    places = {name: place for place, name in enumerate(map(unescape_formula, table.header)) if name in own}
    extras: list[tuple[tuple[str, str], ...]] = []
    rows = check_rows(
        model, table, _clean, own, lambda cells: extras.append(_own_cells(cells, places)), valid=_valid_cells(model)
    )
    return [(place, cells, extra) for (place, cells), extra in zip(rows, extras, strict=True)]


def _clean(cell: str) -> str:
    return (unescape_formula(cell) if cell[0] == "'" else cell).strip()


def _own_cells(cells: Sequence[str], places: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Return the cells of the user's own columns, by column."""
    return tuple((name, unescape_formula(cells[place])) for name, place in places.items())


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


def check_rows(  # noqa: PLR0913, PLR0917 -- how rows are read
    model: type[BaseModel],
    table: TableReader,
    clean: Callable[[str], str],
    unread: Collection[str] = (),
    keep: Callable[[Sequence[str]], object] = lambda _: None,
    refuse: Callable[[str], str] | None = None,
    valid: set[tuple[str, str]] | None = None,
) -> list[tuple[str, dict[str, str]]]:
    """
    Validate the rows of a table, after applying *clean* to each cell, and return them like `check_table`.

    The columns in *unread* may have any name. *keep* is called with all cells of each row that is returned. *refuse*
    returns the problem of a cell as it is in the table, or "". *valid* are cells that need no validation, and to which
    those that are found valid are added; see `_check_row`.

    Raises:
        InvalidDocument: with all faults, each with its line. Rows after the first `MAX_FAULTS` faults are not checked.
    """
    file = table.file
    checked = check_header(model, table, unread=unread)
    columns = [(place, name) for place, name in enumerate(table.header) if name in checked.known]
    rows = []
    found = list(checked.faults)
    for line, cells in table.full_rows():
        where = table.place(line)
        if len(found) >= MAX_FAULTS:
            found.append(Fault(file, where, TOO_MANY_FAULTS))
            break
        if isinstance(cells, Fault):
            found.append(cells)
            continue
        if refuse is not None:
            problems = zip(table.header, map(refuse, cells), strict=True)
            found += (Fault(file, table.place(line, name), said) for name, said in problems if said)
        # An empty cell means the default of its field, like an absent cell.
        row = {name: cell for place, name in columns if cells[place] and (cell := clean(cells[place]))}
        try:
            _check_row(model, row, valid)
        except ValidationError as error:
            found += (
                Fault(file, table.place(line, str(item["loc"][0])), describe_error(item, model, row))
                for item in relevant_errors(error)
                if item["loc"][0] not in checked.missing
            )
        keep(cells)
        rows.append((where, row))
    if found:
        raise InvalidDocument.from_faults(tuple(found))
    return rows
