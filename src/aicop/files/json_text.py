"""Parse JSON strictly, and serialise it compactly."""

from __future__ import annotations

import contextlib
import gc
import json
from collections import Counter
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, Any, NoReturn, Self

from aicop.errors import Fault, InvalidDocument, excerpt, join_path, reject
from aicop.files.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


MAX_JSON_NODES = 2_000_000
"""The maximum number of lists and objects in JSON; each needs many times the memory of its text."""

MAX_JSON_VALUES = 5_000_000
"""The maximum number of commas in JSON, within texts and between values."""

MAX_JSON_DEPTH = 50
"""The maximum depth of nesting in JSON; no real document is nested half as deep."""


class _Object(dict[str, Any]):
    """A JSON object that records its repeated keys."""

    repeated: tuple[str, ...] = ()

    @classmethod
    def from_pairs(cls, pairs: list[tuple[str, Any]]) -> _Object:
        result = cls(pairs)
        if len(result) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            result.repeated = tuple(key for key, count in counts.items() if count > 1)
        return result


class WrittenNumber(float):
    """A number that keeps its written form, because the provisions 5.10 and 5.1 are not the same."""

    written: str

    def __new__(cls, written: str) -> Self:
        """Parse the number, and keep its written form."""
        number = super().__new__(cls, written)
        number.written = written
        return number


def _oddities(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the path and problem of each value that is valid JSON but cannot be intended."""
    if depth > MAX_JSON_DEPTH:
        yield path, "nested too deeply"
    elif isinstance(value, _Object):
        for key in value.repeated:
            yield path, f"the key {excerpt(key)} occurs more than once"
        for key, item in value.items():
            yield from _oddities(key, path, depth)
            yield from _oddities(item, join_path(path, key), depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _oddities(item, join_path(path, index), depth + 1)
    # A surrogate without its partner is no character, and cannot be encoded as UTF-8.
    elif isinstance(value, str) and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        yield path, f"{excerpt(value)} contains half a character (a lone surrogate)"


def _count_strings(value: object) -> int | None:
    """Return the number of strings in a value, including keys, or None if it is nested too deeply."""
    # Traversing the value level by level needs no recursion and measures its depth.
    count = 0
    level = [value]
    for _ in range(MAX_JSON_DEPTH + 1):
        below: list[object] = []
        for item in level:
            if isinstance(item, str):
                count += 1
            elif isinstance(item, dict):
                count += len(item)
                below += item.values()
            elif isinstance(item, list):
                below += item
        if not below:
            return count
        level = below
    return None


def _count_quotes(raw: bytes) -> int | None:
    """Return the number of quotation marks that delimit strings, or None if JSON may contain a lone surrogate."""
    # All quotation marks, less those after a backslash. In well-formed JSON a backslash occurs only within strings.
    count = raw.count(b'"')
    place = raw.find(b"\\")
    while place >= 0:
        escaped = raw[place + 1 : place + 3]
        if escaped in {b"ud", b"uD"}:
            return None
        count -= escaped[:1] == b'"'
        place = raw.find(b"\\", place + 2)
    return count


def _is_plain(content: bytes | str, value: object) -> bool:
    """
    Return whether a cheap scan proves that JSON has no repeated keys, lone surrogates or excessive nesting.

    Each string in the text has two quotation marks. A repeated key leaves fewer strings in the value than in the text.
    """
    try:
        raw = content if isinstance(content, bytes) else content.encode()
    except UnicodeEncodeError:
        return False
    quotes, strings = _count_quotes(raw), _count_strings(value)
    return quotes is not None and strings is not None and quotes == 2 * strings


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disable garbage collection while a large file is read: it would scan the growing data again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is not allowed"
    raise ValueError(message)


def drop_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return *fields* without empty values: None, empty strings, empty lists and empty objects. 0 and False are kept.

    >>> drop_empty({"a": None, "b": "", "c": [], "d": 0, "e": "x"})
    {'d': 0, 'e': 'x'}
    """
    return {name: value for name, value in fields.items() if value not in (None, "", [], (), {})}


def parse_json(content: bytes | str, file: str) -> object:
    """
    Parse JSON strictly: reject repeated keys, NaN, lone surrogates and excessive nesting, which other parsers accept.

    Numbers with a fraction or exponent become `WrittenNumber`.

    Raises:
        InvalidDocument: with all of these, or with the first place where the text is not JSON.
    """
    text = decode(content, file)
    # Brackets within strings count too, so this is an upper bound; it is cheap and needs no parsing.
    if text.count("{") + text.count("[") > MAX_JSON_NODES:
        reject(file, "", f"contains more than {MAX_JSON_NODES:,} lists and objects")
    if text.count(",") > MAX_JSON_VALUES:
        reject(file, "", f"contains more than {MAX_JSON_VALUES:,} values")
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=WrittenNumber)
        odd: tuple[Fault, ...] = ()
        # Parsing with a hook and visiting each value is slow, so it is done only if the cheap scan is inconclusive.
        if not _is_plain(content, value):
            hook = _Object.from_pairs
            value = json.loads(text, object_pairs_hook=hook, parse_constant=_no_constant, parse_float=WrittenNumber)
            odd = tuple(Fault(file, path, problem) for path, problem in _oddities(value))
    except json.JSONDecodeError as error:
        reject(file, f"line {error.lineno}, column {error.colno}", f"not JSON: {error.msg}")
    except ValueError as error:
        reject(file, "", f"not JSON: {error}")
    except RecursionError:
        reject(file, "", "nested too deeply")
    if odd:
        raise InvalidDocument.from_faults(odd)
    return value


WIDTH = 120
"""The maximum length of a list or object on one line, without its indentation."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def _text(value: object, indent: str) -> str:
    """Return the JSON of *value*, whose lines after the first are indented by *indent*."""
    if not isinstance(value, dict | list) or not value:
        return _encode(value)
    plain = True
    deeper = f"{indent} "
    parts = []
    for name, item in value.items() if isinstance(value, dict) else enumerate(value):
        plain = plain and not isinstance(item, dict | list)
        text = _quoted(item) if isinstance(item, str) else _text(item, deeper)
        parts.append(f"{_quoted(name)}: {text}" if isinstance(name, str) else text)
    # Only a list or object without nested ones, even empty ones, goes on one line.
    begin, end = "{}" if isinstance(value, dict) else "[]"
    if plain and len(line := ", ".join(parts)) <= WIDTH:
        return f"{begin}{line}{end}"
    lines = f",\n{deeper}".join(parts)
    return f"{begin}\n{deeper}{lines}\n{indent}{end}"


def dump_json(value: object) -> str:
    """
    Return plain data as JSON, in its own order, with a line break at the end.

    A list or object without nested ones is written on one line if it fits in `WIDTH`.

    >>> print(dump_json({"a": [{"b": 1, "c": []}, {"d": {"e": None}}]}), end="")
    {
     "a": [
      {
       "b": 1,
       "c": []
      },
      {
       "d": {"e": null}
      }
     ]
    }
    """
    return f"{_text(value, '')}\n"
