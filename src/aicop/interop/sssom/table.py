"""
Split an SSSOM/TSV file into its header and its table, and the table into rows.

Source: SSSOM 1.0, SSSOM/TSV.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from aicop.errors import MAX_FAULTS, Fault, InvalidDocument, count_phrase, excerpt, reject
from aicop.files.csv_rows import CsvRows
from aicop.files.text import decode

_NEEDED = ("subject_id", "predicate_id", "object_id")
_OLDER = {"creator_label": "author_label", "match_type": "mapping_justification"}
"""The names that slots of a row had before SSSOM 1.0, each with its name today."""


def split_header(content: bytes | str, file: str) -> tuple[list[str], io.StringIO]:
    """Return the lines of the header, and a stream of the rest."""
    stream = io.StringIO(decode(content, file), newline="")
    lines: list[str] = []
    start = 0
    while (line := stream.readline()).startswith("#"):
        lines.append(line.rstrip("\r\n"))
        start = stream.tell()
    stream.seek(start)
    return lines, stream


def table(stream: io.StringIO, above: int, file: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """
    Return the names of the columns, and each row with the number of its first line; *above* counts the header's lines.

    A row may lack empty cells at its end.

    Raises:
        InvalidDocument: there is no table, or a column is missing or repeated, or a row has too many cells, or the last
            one has too few and no line break.
    """
    reader = CsvRows(stream, delimiter="\t")
    rows: list[tuple[int, list[str]]] = []
    # A quoted cell can contain line breaks, so the first line of a row follows the last one of the row before.
    last = above
    try:
        for cells in reader:
            if cells:
                rows.append((last + 1, cells))
            last = above + reader.line_num
    except csv.Error as error:
        reject(file, f"line {last + 1}", f"not a table: {error}")
    if not rows:
        reject(file, "", "contains no table; add a row with the column names")
    (line, header), *rest = rows
    header = [_OLDER[name] if name in _OLDER and _OLDER[name] not in header else name for name in header]
    wrong = [f"the column {excerpt(name)} occurs more than once" for name, n in Counter(header).items() if n > 1]
    missing = (name for name in _NEEDED if name not in header)
    wrong += [f"the column {name!r} is missing{_about_literals(name, header)}" for name in missing]
    faults = [Fault(file, f"line {line}", said) for said in wrong]
    wanted = len(header)
    for _, cells in rest:
        while len(cells) > wanted and not cells[-1]:
            cells.pop()
    # Many programs leave out empty cells at the end. A last line without a line break may have been cut off instead.
    cut_off = None if stream.getvalue().endswith(("\n", "\r")) else rows[-1][0]
    uneven = ((line, len(row)) for line, row in rest if len(row) > wanted or (len(row) < wanted and line == cut_off))
    faults += (
        Fault(file, f"line {line}", f"has {count_phrase(n, 'cell')}, but the header row has {wanted}")
        for line, n in islice(uneven, MAX_FAULTS)
    )
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    return header, rest


def _about_literals(column: str, header: list[str]) -> str:
    """Return the end of the message on a missing column: if the table has labels instead, it maps texts."""
    labelled = column.replace("_id", "_label") in header
    return "; mappings of texts (rdfs literal), which have a label and no id, are not read" if labelled else ""
