"""
JSON as people compare it: what holds only plain values stands on a line, everything else a line an item.

Half as long as with an item a line throughout, and written by the encoder in C, which knows no line breaks.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as _quoted

WIDTH = 120
"""How long a line of plain values may be, its indentation left aside."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def _text(value: object, indent: str) -> str:
    if not isinstance(value, dict | list) or not value:
        return _encode(value)
    plain = True
    deeper = f"{indent} "
    parts = []
    for name, item in value.items() if isinstance(value, dict) else enumerate(value):
        plain = plain and not isinstance(item, dict | list)
        text = _quoted(item) if isinstance(item, str) else _text(item, deeper)
        parts.append(f"{_quoted(name)}: {text}" if isinstance(name, str) else text)
    begin, end = "{}" if isinstance(value, dict) else "[]"
    if plain and len(line := ", ".join(parts)) <= WIDTH:
        return f"{begin}{line}{end}"
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
