"""
JSON as people compare it: what holds only plain values stands on a line, everything else a line an item.

Half as long as with an item a line throughout, and written by the encoder in C, which knows no line breaks.
"""

from __future__ import annotations

import json

WIDTH = 120
"""How long a line of plain values may be, its indentation left aside."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def _text(value: object, indent: str) -> str:
    if not isinstance(value, dict | list) or not value:
        return _encode(value)
    items = value.values() if isinstance(value, dict) else value
    if not any(isinstance(item, dict | list) for item in items) and len(line := _encode(value)) <= WIDTH:
        return line
    deeper = f"{indent} "
    if isinstance(value, dict):
        parts = [f"{_encode(name)}: {_text(item, deeper)}" for name, item in value.items()]
    else:
        parts = [_text(item, deeper) for item in value]
    begin, end = "{}" if isinstance(value, dict) else "[]"
    lines = f",\n{deeper}".join(parts)
    return f"{begin}\n{deeper}{lines}\n{indent}{end}"


def dump_json(value: object) -> str:
    """
    Write plain data, in the order in which it stands, with a line break at the end.

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
