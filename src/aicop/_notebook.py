"""How objects are shown: a repr of one line for every record, and tables in HTML for notebooks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from aicop.errors import count_phrase, display_line, escape_text
from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    Kind = TypeVar("Kind", bound=type[Any])

MAX_LINE = 200
"""The length of a repr, in characters, that none exceeds."""
MAX_ROWS = 50
"""The number of rows that a table in a notebook shows."""
_MAX_VALUE = 60
_MAX_NAME = 100
_MAX_CELL = 1000
_MAX_ITEMS = 10
_MAX_LISTED = 3
_NAMES = frozenset({"id", "key", "name", "text"})
"""The fields that identify a record, and need no label in front of it."""
_TEXT = (Enum, EditionId, ProvisionId, StatementId, PrincipleId, PhaseId, ControlId, JointId)


def shown(cls: Kind) -> Kind:
    """Add a repr of one line and a table for notebooks to a class, unless it defines its own."""
    # Not a base class, because records inherit nothing. attrs makes no repr, which would print every field in full.
    if "__repr__" not in vars(cls):
        cls.__repr__ = _one_line  # type: ignore[assignment]
    if "_repr_html_" not in vars(cls):
        cls._repr_html_ = _record_html
    return cls


def one_line(record: object, text: str) -> str:
    """Return a repr that describes a record in *text*, which is escaped, and truncated if it is long."""
    name = type(record).__name__
    return f"<{name} {_cut(text, MAX_LINE - len(name) - 4)}>"


def _cut(text: str, limit: int) -> str:
    """Return text on one line, escaped, and without its end if it is long."""
    # It is cut first, because it may be very long, and again, because escapes are.
    shown = escape_text(text[: limit + 1])
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def _fields(record: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 -- a record of any class
    """Return the names and values of a record's public fields, without those that are empty."""
    pairs = ((field.name, getattr(record, field.name)) for field in attrs.fields(type(record)))
    empty: tuple[object, ...] = (None, (), "", frozenset(), {})
    return [(name, value) for name, value in pairs if name[0] != "_" and value not in empty and value is not False]


def _plain(value: object) -> str | None:
    """Return a value of one word or number as text, or None for any other."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return repr(value)
    if isinstance(value, _TEXT):
        return str(value.value if isinstance(value, Enum) else value)
    return repr(value) if isinstance(value, int | float) else None


def _short(value: object) -> str:
    """Return a value in a few words: a list by its first items or by its length, a record by its name."""
    found = _plain(value)
    if found is not None:
        return _cut(found, _MAX_VALUE if isinstance(value, str) else _MAX_NAME)
    if isinstance(value, Mapping) and not attrs.has(type(value)):
        return f"({count_phrase(len(value), 'entry', 'entries')})"
    if isinstance(value, tuple | list | frozenset):
        words = [_plain(item) for item in value]
        listed = "; ".join(word for word in words if word is not None)
        if len(value) <= _MAX_LISTED and None not in words and len(listed) <= _MAX_VALUE:
            return _cut(listed, _MAX_VALUE)
        return f"({count_phrase(len(value), 'item')})"
    if attrs.has(type(value)) and type(value).__repr__ is _one_line:
        identity = next((text for _, field in _fields(value) if (text := _plain(field)) is not None), "...")
        return f"<{type(value).__name__} {_cut(identity, _MAX_VALUE)}>"
    return _cut(repr(value), _MAX_NAME)


def _one_line(record: Any) -> str:  # noqa: ANN401 -- a record of any class
    """Return a record as one line: its name, then the fields that are not empty, as many as there is room for."""
    text, left = f"<{type(record).__name__}", _fields(record)
    sign = " "
    while left:
        name, value = left[0]
        said = _short(value)
        # The end is as long as ", ...>".
        more = f"{sign}{said if sign == ' ' and name in _NAMES else f'{name}={said}'}"
        if len(text) + len(more) > MAX_LINE - 6:
            return f"{text}{sign}...>"
        text, sign, left = text + more, ", ", left[1:]
    return f"{text}>"


def _cell(value: object) -> str:
    """Return a value as the content of a cell, as HTML."""
    # Imported here, because only notebooks need it, and it holds a large table.
    from html import escape

    if isinstance(value, tuple | list | frozenset):
        items = [_cell(item) for item in itertools.islice(value, _MAX_ITEMS)]
        if len(value) > _MAX_ITEMS:
            items.append(f"<i>and {len(value) - _MAX_ITEMS:,} more</i>")
        return "<br>".join(items)
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    said = value if isinstance(value, str) and not isinstance(value, Enum) else _plain(value) or repr(value)
    return escape(display_line(said, _MAX_CELL))


def html_table(caption: str, columns: Sequence[str], rows: Iterable[Iterable[object]], count: int) -> str:
    """
    Return a table in HTML, escaped, with at most `MAX_ROWS` rows, and a line that counts those that are left out.

    *count* is the number of all rows, so that only those that are shown need to be made.
    """
    style = ' style="text-align: left"'
    head = "".join(f"<th{style}>{_cell(name.replace('_', ' '))}</th>" for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td{style}>{_cell(value)}</td>' for value in row)}</tr>"
        for row in itertools.islice(rows, MAX_ROWS)
    )
    left = f"<p>{count_phrase(count - MAX_ROWS, 'more row')} not shown.</p>" if count > MAX_ROWS else ""
    return f"<div><p><b>{_cell(caption)}</b></p><table><tr>{head}</tr>{body}</table>{left}</div>"


def _record_html(record: Any) -> str:  # noqa: ANN401 -- a record of any class
    """Return a record as a table of its fields that are not empty."""
    rows = _fields(record)
    return html_table(type(record).__name__, ("field", "value"), rows, len(rows))
