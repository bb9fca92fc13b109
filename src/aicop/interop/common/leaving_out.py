"""
Read files whose mappings have faults: these mappings are left out, and everything else is read.

A row of a table is found by its line, and a mapping in a document by its path. All other faults still refuse the file.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from aicop.errors import TOO_MANY_FAULTS, Fault, InvalidDocument
from aicop.files.json_text import parse_json
from aicop.files.tables import TableReader
from aicop.files.text import decode, is_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.interop.common.format import ImportOptions, ImportResult

_LINE = re.compile(r"(?:line|row) ([0-9]+)(?:, |$)")
# The lists of mappings in the documents of CISO Assistant and OSCAL.
_MAPPING = re.compile(r"(.*?\b(?:requirement_mappings|maps))\[([0-9]+)\](.*)", re.DOTALL)
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


class _Table:
    """A table from which rows can be taken out; the others keep their lines."""

    def __init__(self, content: bytes | str, file: str) -> None:
        self._lines = decode(content, file).split("\n")
        table = TableReader(content, file)
        ends = [line for line, _ in table.rows()]
        # A row may reach over several lines, and its line is the last one.
        starts = [table.lines_before + 1, *ends]
        self._begin = dict(zip(ends, starts, strict=False))

    @property
    def content(self) -> bytes:
        return "\n".join(self._lines).encode()

    def original(self, fault: Fault) -> Fault:
        """Return a fault with its place in the whole file."""
        return fault

    def row_of(self, fault: Fault) -> int | None:
        """Return the line of the row with a fault, or None if the fault is in no row that can be taken out."""
        match = _LINE.match(fault.path)
        return int(match[1]) if match and int(match[1]) in self._begin else None

    def remove(self, rows: set[Any]) -> None:
        """Take rows out; blank lines take their place, which readers skip."""
        for end in rows:
            begin = self._begin.pop(end)
            self._lines[begin:end] = [""] * (end - begin)


class _Document:
    """A document from which mappings can be taken out, in JSON or another text form that *parse* reads."""

    def __init__(self, content: bytes | str, file: str, parse: Callable[[bytes | str, str], object]) -> None:
        self._value = parse(content, file)
        # For each list that has lost mappings: the places in the whole file of those that are left.
        self._left: dict[str, list[int]] = {}

    @property
    def content(self) -> bytes:
        return json.dumps(self._value).encode()

    def original(self, fault: Fault) -> Fault:
        """Return a fault with its place in the whole file."""
        match = _MAPPING.fullmatch(fault.path)
        if match is None or match[1] not in self._left:
            return fault
        index = self._left[match[1]][int(match[2])]
        return Fault(fault.file, f"{match[1]}[{index}]{match[3]}", fault.problem)

    def row_of(self, fault: Fault) -> tuple[str, int] | None:
        """Return the list and index of the mapping with a fault, or None if the fault is in no mapping."""
        match = _MAPPING.fullmatch(fault.path)
        return None if match is None else (match[1], int(match[2]))

    def remove(self, rows: set[Any]) -> None:
        """Take mappings out; those behind them move up."""
        # From the end, so that the places of the others do not change meanwhile.
        for path, index in sorted(rows, reverse=True):
            found: Any = self._value
            for name, number in _STEP.findall(path):
                found = found[int(number)] if number else found[name]
            left = self._left.setdefault(path, list(range(len(found))))
            del found[index], left[index]


def loads_valid(
    read: Callable[[bytes, str, ImportOptions], ImportResult],
    content: bytes,
    file: str,
    options: ImportOptions,
    suffix: str,
) -> ImportResult:
    """
    Read a file without the mappings that have faults, which `ImportResult.skipped` lists.

    *suffix* is that of the format.

    Raises:
        InvalidDocument: with all faults, if one of them is in no mapping that can be left out.
    """
    try:
        return read(content, file, options)
    except InvalidDocument:
        # The reader of RDF leaves out mappings by itself, so these faults are others.
        if suffix == ".jsonld":
            raise
        if is_workbook(content):
            return _without_rows(read, content, file, options)
        rest = _parts(content, file, suffix)
    skipped: list[Fault] = []
    while True:
        try:
            found = read(rest.content, file, options)
        except InvalidDocument as error:
            told = [fault for fault in error.faults if fault.problem != TOO_MANY_FAULTS]
            rows = [rest.row_of(fault) for fault in told]
            skipped += map(rest.original, told)
            if None in rows:
                raise InvalidDocument.from_faults(tuple(skipped)) from error
            rest.remove(set(rows))
        else:
            return attrs.evolve(found, skipped=skipped)


def without_faulty_lines(error: InvalidDocument, options: ImportOptions) -> tuple[ImportOptions, tuple[Fault, ...]]:
    """
    Return options that also leave out the lines of a table that have these faults, and the faults.

    Raises:
        InvalidDocument: one of the faults is not in a line that can be left out.
    """
    told = tuple(fault for fault in error.faults if fault.problem != TOO_MANY_FAULTS)
    lines = {int(match[1]) for fault in told if (match := _LINE.match(fault.path)) is not None}
    # A fault of a line that is left out already is one of the header.
    if not all(_LINE.match(fault.path) for fault in told) or not lines - options.skip_lines:
        raise error
    return attrs.evolve(options, skip_lines=options.skip_lines | lines), told


def _without_rows(
    read: Callable[[bytes, str, ImportOptions], ImportResult], content: bytes, file: str, options: ImportOptions
) -> ImportResult:
    """Read a workbook without the rows that have faults, from which rows cannot be taken out."""
    skipped: tuple[Fault, ...] = ()
    while True:
        try:
            found = read(content, file, options)
        except InvalidDocument as error:
            options, told = without_faulty_lines(error, options)
            skipped += told
        else:
            return attrs.evolve(found, skipped=skipped)


def _parts(content: bytes, file: str, suffix: str) -> _Table | _Document:
    """Return a file in a form from which mappings can be taken out."""
    if suffix.endswith((".csv", ".tsv")):
        return _Table(content, file)
    if suffix == ".yaml":
        # Imported here, because it needs an extra.
        from aicop.files.yaml_text import parse_yaml

        return _Document(content, file, parse_yaml)
    return _Document(content, file, parse_json)
