"""
The gate: every file that a user brings passes here, and the tests pass what ships.

A document that is as the models of `aicop.schema` says is handed on as plain data; one that is not raises
`aicop.errors.InvalidDocument` with all its faults, each with its place.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument, excerpt, join_path, reject
from aicop.files.formulas import unescape_formula
from aicop.files.json_text import WrittenNumber, parse_json
from aicop.files.tables import TableReader
from aicop.files.text import MAX_FILE_SIZE
from aicop.schema.framework import ControlSchema, FrameworkSchema
from aicop.schema.types import FORMS
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pydantic_core import ErrorDetails


@functools.cache
def _fields(model: type[BaseModel]) -> frozenset[str]:
    """All field names that occur in *model* or below it."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(name for part in parts for name in part.get("properties", ()))


def _place(steps: Iterable[str | int]) -> str:
    path = ""
    for step in steps:
        path = join_path(path, step)
    return path


def _value_at(value: Any, steps: Iterable[Any]) -> object:  # noqa: ANN401 -- plain data
    """Give what stands at a place, as it was written."""
    for step in steps:
        value = value[step]
    return value


def describe_error(  # noqa: PLR0911 -- a return for each kind of error
    error: ErrorDetails, model: type[BaseModel], whole: object
) -> str:
    """Say in our words what is wrong."""
    kind, given = error["type"], error["input"]
    shown = f", not {excerpt(given)}" if isinstance(given, str) else ""
    if kind == "missing":
        return "this field is missing"
    if kind == "extra_forbidden":
        near = close(str(error["loc"][-1]), sorted(_fields(model)), n=1)
        return f"unknown field{f'; did you mean {near[0]}?' if near else ''}"
    if kind == "enum":
        words = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        near = close(str(given), words, n=1, cutoff=0.7)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"must be one of {', '.join(words)}{shown}{hint}"
    if kind == "string_type":
        found, quoted = _value_at(whole, error["loc"]), ""
        if isinstance(given, int | float):
            written = found.written if isinstance(found, WrittenNumber) else json.dumps(given)
            quoted = f"; write it in quotes: {json.dumps(written)}"
        return f"must be text, not {type(given).__name__}{quoted}"
    if kind == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        return f"{excerpt(given)} does not have the form of this field, {FORMS.get(pattern, pattern)}"
    if kind == "too_short":
        return f"needs at least {error['ctx']['min_length']} item"
    if kind == "value_error":
        return f"{excerpt(str(given))}: {error['ctx']['error']}"
    message = error["msg"]
    return f"{message[0].lower()}{message[1:]}{shown}"


def relevant_errors(error: ValidationError) -> list[ErrorDetails]:
    """Give what is wrong, without saying of each cell that it might be empty as well."""
    return [item for item in error.errors(include_url=False) if item.get("ctx", {}).get("expected") != "''"]


def _faults(error: ValidationError, model: type[BaseModel], file: str, whole: object) -> tuple[Fault, ...]:
    items = relevant_errors(error)
    above = {item["loc"][:end] for item in items for end in range(len(item["loc"]))}

    # Pydantic counts only the good items of a list; a list with a bad one is not empty for that.
    def idle(item: ErrorDetails) -> bool:
        return item["type"] == "too_short" and item["loc"] in above

    told = (Fault(file, _place(item["loc"]), describe_error(item, model, whole)) for item in items if not idle(item))
    found = tuple(itertools.islice(told, MAX_FAULTS))
    more = len(items) - len(found)
    return (*found, Fault(file, "", f"{more} faults more are not told")) if len(found) == MAX_FAULTS and more else found


def check_json(model: type[BaseModel], content: bytes | str, file: str) -> dict[str, Any]:
    """
    Pass a JSON document through the gate and give it back as plain data.

    Raises:
        InvalidDocument: with all faults.
    """
    value = parse_json(content, file)
    if not isinstance(value, dict):
        reject(file, "", f"must be a JSON object, not {type(value).__name__}")
    _validate(model, value, file)
    return value


def check_plain(model: type[BaseModel], value: object, file: str) -> None:
    """
    Pass plain data, as `aicop.files.json_text.parse_json` gives it, through the gate of a format that is not ours.

    Raises:
        InvalidDocument: with all faults.
    """
    try:
        model.model_validate(value)
    except ValidationError as error:
        raise InvalidDocument.from_faults(_faults(error, model, file, value)) from error


def _validate(model: type[BaseModel], value: dict[str, Any], file: str) -> None:
    try:
        model.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise InvalidDocument.from_faults(_faults(error, model, file, value)) from error


def check_table(model: type[BaseModel], content: bytes | str, file: str) -> list[tuple[int, dict[str, str]]]:
    """
    Check a table with a header row, and return the cells of each row that hold something by column, with its line.

    The apostrophe that keeps a formula from being run is taken off.

    Raises:
        InvalidDocument: with all faults, each with its line.
    """
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    return check_rows(model, TableReader(content, file), unescape_formula)


def check_header(model: type[BaseModel], header: Sequence[str], file: str) -> Iterator[Fault]:
    """Yield columns that are unknown, repeated or missing."""
    known = list(model.model_fields)
    counts = Counter(header)
    for name in itertools.islice(counts, MAX_FAULTS):
        if name not in known:
            near = close(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Fault(file, "line 1", f"unknown column {excerpt(name)}{hint}")
        elif counts[name] > 1:
            yield Fault(file, "line 1", f"the column {name!r} stands here more than once")
    for name, field in model.model_fields.items():
        if field.is_required() and name not in counts:
            yield Fault(file, "line 1", f"the column {name!r} is missing")


def check_columns(model: type[BaseModel], table: TableReader, given: Iterable[str] = ()) -> None:
    """
    Hold the header of a table against a model; *given* are columns whose cells are given beside it.

    Raises:
        InvalidDocument: with each column that is unknown, repeated or missing.
    """
    columns = [*table.header, *(name for name in given if name not in table.header)]
    if wrong := dict.fromkeys(check_header(model, columns, table.file)):
        place = f"line {table.lines_before + 1}"
        raise InvalidDocument.from_faults(tuple(Fault(table.file, place, fault.problem) for fault in wrong))


def check_rows(
    model: type[BaseModel], table: TableReader, clean: Callable[[str], str]
) -> list[tuple[int, dict[str, str]]]:
    """
    Check the rows of a table, each cell as *clean* returns it; otherwise as `check_table`.

    Raises:
        InvalidDocument: with all faults, each with its line; after `MAX_FAULTS` of them the rest is not looked at.
    """
    check_columns(model, table)
    file, header = table.file, table.header
    rows = []
    found: list[Fault] = []
    for line, cells in table.rows():
        if len(found) >= MAX_FAULTS:
            found.append(Fault(file, f"line {line}", TOO_MANY_FAULTS))
            break
        if len(cells) != len(header):
            found.append(Fault(file, f"line {line}", f"{len(cells)} cells where the header has {len(header)}"))
            continue
        cleaned = zip(header, map(clean, cells), strict=True)
        row = {name: cell for name, cell in cleaned if cell}
        try:
            model.model_validate_strings(row)
        except ValidationError as error:
            found += (
                Fault(file, f"line {line}, column {item['loc'][0]!r}", describe_error(item, model, row))
                for item in relevant_errors(error)
            )
        rows.append((line, row))
    if found:
        raise InvalidDocument.from_faults(tuple(found))
    return rows


def check_framework(content: bytes | str, file: str, **facts: str) -> dict[str, Any]:
    """
    Pass a framework file through the gate: JSON when its name ends so, else a TSV or CSV of controls.

    A table has the columns ``id``, ``kind`` and, where wanted, ``parent`` and ``title``; what it cannot hold
    (``framework``, ``edition``, ``title``, ``publisher``) is given in *facts*.

    Raises:
        InvalidDocument: with all faults.
    """
    if file.lower().endswith(".json"):
        if facts:
            problem = "given beside a file that holds it itself"
            raise InvalidDocument.from_faults(tuple(Fault(file, name, problem) for name in facts))
        return check_json(FrameworkSchema, content, file)
    value = dict(facts) | {"controls": [row for _, row in check_table(ControlSchema, content, file)]}
    _validate(FrameworkSchema, value, file)
    return value
