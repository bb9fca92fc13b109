"""
Parse YAML strictly to plain data, and serialise plain data as YAML. No other module imports PyYAML.

Only unambiguous scalars become something other than text: null, true, false and integers. Dates, versions such as
``1.0``, ``no`` and ``on``, and numbers with a leading zero remain text as written in the file.
"""

from __future__ import annotations

import functools
import json
import re
from types import NoneType
from typing import TYPE_CHECKING, Any

from aicop.errors import MAX_FAULTS, Fault, InvalidDocument, MissingExtra, excerpt, reject
from aicop.files.json_text import MAX_JSON_DEPTH, MAX_JSON_NODES
from aicop.files.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    Event = Any  # of a parser of PyYAML
    Yaml = dict[str, Any] | list[Any] | str | int | None


_CORE = "tag:yaml.org,2002:"
_TYPES = {"int": int, "bool": bool, "null": NoneType}
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# At most 18 digits, more than any quantity needs. Longer numbers remain text.
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
# YAML 1.2, section 5.1 lists the printable characters; YAML 1.1 has the same list.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")
# JSON leaves these characters unescaped. YAML forbids them, or reads them as a line break or a byte order mark.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# Text that every version of YAML reads as text without quotes, unless it is one of the words below.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ;,.()/@_'+-]*(?::[A-Za-z0-9@][A-Za-z0-9 ;,.()/@_'+-]*)*(?<! )")
_TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _pyyaml() -> Any:  # noqa: ANN401 -- a module
    try:
        import yaml
    except ImportError as error:
        raise MissingExtra("yaml", "PyYAML") from error
    return yaml


class _Stop(Exception):
    """Stop parsing after a fault that makes the rest meaningless, or after too many faults."""


class _Builder:
    """Builds plain data from the events of a YAML parser, and collects faults."""

    def __init__(self, file: str) -> None:
        self.value: object = None
        self.faults: list[Fault] = []
        self._file = file
        self._documents = 0
        self._begun = 0
        self._open: list[dict[str, object] | list[object]] = []
        # For each open list or mapping, the key that awaits its value; None if the next scalar is a key.
        self._keys: list[str | None] = []
        self._known: dict[str, str] = {}

    def fault(self, line: int, said: str) -> None:
        """Record a fault in a line, counted from 0; stop after too many."""
        self.faults.append(Fault(self._file, f"line {line + 1}", said))
        if len(self.faults) >= MAX_FAULTS:
            raise _Stop

    def document(self, event: Event) -> None:
        """Begin a document."""
        self._documents += 1
        if self._documents > 1:
            self.fault(event.start_mark.line, "a second document begins here; put each document in its own file")
            raise _Stop

    def alias(self, event: Event) -> None:
        """Reject a reference to an anchor."""
        said = f"the alias {excerpt('*' + event.anchor)} is not supported; write out the value"
        self.fault(event.start_mark.line, said)
        # A stand-in for the value, so that later keys and values are paired correctly.
        self._put(event, None)

    def scalar(self, event: Event) -> None:
        """Add a scalar, which is a key or a value."""
        self._check(event, "str")
        self._put(event, self._resolve(event))

    def sequence(self, event: Event) -> None:
        """Begin a list."""
        self._begin(event, [], "seq")

    def mapping(self, event: Event) -> None:
        """Begin a mapping."""
        self._begin(event, {}, "map")

    def end(self, _: Event) -> None:
        """End a list or mapping."""
        self._open.pop()
        self._keys.pop()

    def _begin(self, event: Event, value: dict[str, object] | list[object], tag: str) -> None:
        self._check(event, tag)
        self._begun += 1
        if self._begun > MAX_JSON_NODES:
            self.fault(event.start_mark.line, f"more than {MAX_JSON_NODES:,} lists and mappings up to here")
            raise _Stop
        self._put(event, value)
        self._open.append(value)
        self._keys.append(None)

    def _check(self, event: Event, tag: str) -> None:
        line = event.start_mark.line
        if len(self._open) > MAX_JSON_DEPTH:
            self.fault(line, "nested too deeply")
            raise _Stop
        if event.anchor is not None:
            self.fault(line, f"the anchor {excerpt(f'&{event.anchor}')} is not supported; remove it")
        known = (tag, *_TYPES) if tag == "str" else (tag,)
        if event.tag is not None and event.tag not in {"!", *(f"{_CORE}{name}" for name in known)}:
            self.fault(line, f"the tag {excerpt(event.tag.replace(_CORE, '!!'))} is not supported; remove it")

    def _resolve(self, event: Event) -> object:
        """Return the value of a scalar: text, unless it is plain or tagged and has an unambiguous other value."""
        text: str = event.value
        tag = (event.tag or "").removeprefix(_CORE)
        # `implicit[0]` is true for a plain scalar without a tag; quoted text is never resolved.
        if tag not in _TYPES and (tag or not event.implicit[0]):
            # Only an escape in quotes can yield a lone surrogate.
            if not text.isascii() and _HALF.search(text) is not None:
                self.fault(event.start_mark.line, f"{excerpt(text)} contains half a character (a lone surrogate)")
            return text
        value: object = text
        if text in _WORDS:
            value = _WORDS[text]
        elif _WHOLE.fullmatch(text) is not None:
            value = int(text)
        elif _ENDLESS.fullmatch(text) is not None:
            self.fault(event.start_mark.line, f"{text} is not a finite number")
        if tag and type(value) is not _TYPES[tag]:
            self.fault(event.start_mark.line, f"{excerpt(text)} does not match its tag !!{tag}")
        return value

    def _put(self, event: Event, value: object) -> None:
        """Add a value to the innermost open list or mapping, or make it the document."""
        if not self._open:
            self.value = value
            return
        holder, key = self._open[-1], self._keys[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is not None:
            holder[key] = value
            self._keys[-1] = None
        else:
            self._keys[-1] = self._key(event, holder, value)

    def _key(self, event: Event, holder: dict[str, object], value: object) -> str:
        line = event.start_mark.line
        if not isinstance(value, str):
            written = getattr(event, "value", None)
            shown = f"{written} is" if written else "this is"
            hint = f"; write it in quotes: {json.dumps(written)}" if written else ""
            self.fault(line, f"a key must be text, but {shown} not{hint}")
            return ""
        if value in holder:
            self.fault(line, f"the key {excerpt(value)} occurs more than once")
        # The same few keys recur in every element, so one copy of each is enough.
        return self._known.setdefault(value, value)


def _loader(yaml: Any) -> Any:  # noqa: ANN401 -- modules and classes
    """Return PyYAML's parser in C, which is ten times as fast, if it is available."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(content: bytes | str, file: str) -> object:
    """
    Parse YAML as plain data: text, integers, true, false, null, lists, and mappings whose keys are text.

    YAML is rejected if it is ambiguous or could expand to far more data than it seems to contain: repeated keys,
    anchors and aliases, application-specific tags, several documents, infinity and NaN, and excessive nesting. For an
    empty file, return None.

    Raises:
        InvalidDocument: with all of these, and with the first place where the text is not YAML, each with its line.
        MissingExtra: PyYAML is not installed.
    """
    yaml = _pyyaml()
    text = decode(content, file)
    if (odd := _UNPRINTABLE.search(text)) is not None:
        line = text.count("\n", 0, odd.start()) + 1
        reject(file, f"line {line}", f"the character {odd[0]!a} is not allowed in YAML")
    builder = _Builder(file)
    # Events are handled here, and not by PyYAML's constructor, which would accept repeated keys and resolve dates.
    take: dict[type[Event], Callable[[Any], None]] = {
        yaml.DocumentStartEvent: builder.document,
        yaml.AliasEvent: builder.alias,
        yaml.ScalarEvent: builder.scalar,
        yaml.SequenceStartEvent: builder.sequence,
        yaml.SequenceEndEvent: builder.end,
        yaml.MappingStartEvent: builder.mapping,
        yaml.MappingEndEvent: builder.end,
    }
    try:
        for event in yaml.parse(text, Loader=_loader(yaml)):
            if (step := take.get(type(event))) is not None:
                step(event)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        builder.faults.append(Fault(file, f"line {error.problem_mark.line + 1}", f"not YAML: {error.problem}"))
    except ValueError as error:
        # PyYAML's parser in Python raises a bare ValueError for the escape of a code point that does not exist.
        builder.faults.append(Fault(file, "", f"not YAML: {error}"))
    if builder.faults:
        raise InvalidDocument.from_faults(tuple(builder.faults))
    return builder.value


def _scalar(value: object) -> str:
    """Return the YAML of text, a number, true, false, null, or an empty list or mapping."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) is not None and value.lower() not in _TAKEN:
        return value
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", _quoted(value))


_key = functools.lru_cache(maxsize=256)(_scalar)
"""Cached, because a document has few distinct keys."""


def _write(value: Yaml, head: str, indent: str, lines: list[str]) -> None:
    """Append the lines of a value, the first one after *head* and the others after *indent*."""
    if not isinstance(value, dict | list) or not value:
        lines.append(head + _scalar(value))
    elif isinstance(value, list):
        for item in value:
            _write(item, f"{head}- ", f"{indent}  ", lines)
            head = indent
    else:
        for key, item in value.items():
            start = f"{head}{_key(key)}:"
            if item and isinstance(item, dict | list):
                lines.append(start)
                # YAML allows a list at the indentation of its key, which keeps lines short.
                deeper = f"{indent}  " if isinstance(item, dict) else indent
                _write(item, deeper, deeper, lines)
            else:
                lines.append(f"{start} {_scalar(item)}")
            head = indent


def dump_yaml(value: Yaml) -> str:
    """
    Return plain data as YAML, with one line per scalar, in its own order.

    Text that a parser could read as another type is quoted as in JSON, which is valid YAML. Keys must be short.

    >>> print(dump_yaml({"ref_id": "5.10", "assessable": True, "groups": ["Developer", "no"]}), end="")
    ref_id: "5.10"
    assessable: true
    groups:
    - Developer
    - "no"
    """
    lines: list[str] = []
    _write(value, "", "", lines)
    return "\n".join([*lines, ""])
