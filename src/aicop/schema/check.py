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
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from aicop.errors import MAX_FAULTS, Fault, InvalidDocument, excerpt, join_path, reject
from aicop.files.json_text import WrittenNumber, parse_json
from aicop.schema.types import FORMS, TEN
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic_core import ErrorDetails


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
    """Return the value at a location in plain data; a value that stands for a list of one is its own item."""
    for step in steps:
        if isinstance(value, str | int | float):
            return value
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
        return f"must be text, not {type(given).__name__}{_in_quotes(given, _value_at(whole, error['loc']))}"
    if kind in {"list_type", "tuple_type"} and isinstance(given, str):
        return f'must be a list{shown}; write it in brackets, as in ["text"]'
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


def _in_quotes(given: object, found: object) -> str:
    """Return a hint if a number or truth value was written for a text; *found* is what the file has."""
    if not isinstance(given, int | float):
        return ""
    # The text of the file is quoted, because a float would turn the provision 5.10 into 5.1.
    written = found.written if isinstance(found, WrittenNumber) else json.dumps(given)
    return f"; write it in quotes: {json.dumps(written)}"


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


def valid_fields(model: type[BaseModel], value: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of plain data that are valid, whether or not others are missing."""
    try:
        model.model_validate_json(json.dumps(value))
    except ValidationError as error:
        wrong = {item["loc"][0] for item in error.errors(include_url=False)}
        return {name: item for name, item in value.items() if name not in wrong}
    return value


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
