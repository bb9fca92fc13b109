"""
Files of mappings that a user brings: read line by line, so that memory does not grow with the faults of a long one.

A file is gone through twice: once to check every line, and once to give the mappings, so that nothing is half-loaded.
"""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from aicop.documents import MappingRowDocument
from aicop.errors import Fault, InvalidDocument
from aicop.formulas import settled
from aicop.gate import check_header
from aicop.mapping_rows import MOST, Check, Ends, Row
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.framework_model import Mapping
    from aicop.frameworks import Framework


def opened(source: Path | bytes | str, file: str) -> Iterator[str]:
    """
    Yield the lines of a file, whatever ends them, without a byte order mark.

    Raises:
        InvalidDocument: it is not UTF-8.
        OSError: it cannot be read.
    """
    if isinstance(source, str):
        yield from io.StringIO(source.removeprefix("\ufeff"), newline=None)
        return
    with _bytes(source) as stream:
        if stream.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            raise InvalidDocument.from_faults((Fault(file, "", "looks like UTF-16; save it as UTF-8"),))
    try:
        with io.TextIOWrapper(_bytes(source), encoding="utf-8-sig", newline=None) as text:
            yield from text
    except UnicodeDecodeError:
        with _bytes(source) as stream:
            raise InvalidDocument.from_faults((next(_undecodable(stream, file)),)) from None


def _bytes(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _undecodable(stream: BinaryIO, file: str) -> Iterator[Fault]:
    """Yield the lines that are no UTF-8."""
    # Latin-1 reads any bytes and gives them back, so that lines end here as they do above.
    with io.TextIOWrapper(stream, encoding="latin-1", newline=None) as lines:
        for number, line in enumerate(lines, start=1):
            found = line.encode("latin-1")
            try:
                found.decode()
            except UnicodeDecodeError as error:
                said = f"byte {found[error.start]:#04x} is not UTF-8; save the file as UTF-8"
                yield Fault(file, f"line {number}", said)


def _rows(source: Path | bytes | str, file: str, facts: Row) -> Iterator[tuple[int, Row | Fault]]:
    """Yield each row with its line, facts filled in; the header is checked first."""
    delimiter = "," if file.lower().endswith(".csv") else "\t"
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
    lines, skipped = opened(source, file), 0
    for first in lines:
        if not first.startswith("#"):
            break
        skipped += 1
    else:
        raise InvalidDocument.from_faults((Fault(file, "", "empty; a header row is needed"),))
    reader = csv.reader(itertools.chain([first], lines), delimiter=delimiter, quoting=quoting, strict=True)
    try:
        header = next(reader)
        shared = {"basis": MappingBasis.OWN.value} | {name: fact for name, fact in facts.items() if fact}
        columns = [*header, *(name for name in shared if name not in header)]
        if wrong := dict.fromkeys(check_header(MappingRowDocument, columns, file)):
            place = f"line {skipped + 1}"
            raise InvalidDocument.from_faults(tuple(Fault(file, place, fault.problem) for fault in wrong))
        for cells in filter(None, reader):
            line = reader.line_num + skipped
            if len(cells) != len(header):
                problem_ = f"{len(cells)} cells where the header has {len(header)}"
                yield line, Fault(file, f"line {line}", problem_)
                continue
            known = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
            for name, said in settled(known).items():
                yield line, Fault(file, f"line {line}, column {name!r}", said)
            yield line, shared | known
    except csv.Error as error:
        raise InvalidDocument.from_faults(
            (Fault(file, f"line {reader.line_num + skipped}", f"not a table: {error}"),)
        ) from error


def in_two_passes(rows: Callable[[], Iterable[tuple[int, Row | Fault]]], check: Check, name: str) -> Iterator[Mapping]:
    """
    Check all rows, each of which comes with its line, then yield their mappings; *rows* gives them anew each time.

    Raises:
        InvalidDocument: with all faults, each with its line; after `MOST` of them the rest is not looked at.
    """
    last = 0
    for line, row in rows():
        if len(check.faults) >= MOST:
            check.fault(last, f"{MOST} faults or more so far; what follows was not looked at")
            break
        last = line
        if isinstance(row, Fault):
            check.faults.append(row)
        else:
            check.row(line, row)
    if check.faults:
        raise InvalidDocument.from_faults(tuple(check.faults))
    for _, row in rows():
        assert isinstance(row, dict)
        yield check.ends.mapping(row, name)


def stream(
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    **facts: str,
) -> Iterator[Mapping]:
    """
    Check a file of mappings whole, then yield its mappings in order, one at a time.

    *source* is a path, or the content; a TSV, or a CSV when *file* ends so; lines that begin with # at the top are
    comments. The columns are those of ``docs/reference/data-format.md``; *facts* (``author_label``, ``basis``...) hold
    for rows that leave those cells empty. Bare ids are looked up in *source_edition* and *target_edition*, and
    everything first in *frameworks*, a user's own.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; after `MOST` of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    name = file or (source.name if isinstance(source, Path) else "<text>.tsv")
    if isinstance(source, Path) and not source.is_file():
        # A pipe can be gone through only once; what is no file at all is told here.
        source = source.read_bytes()
    ends = Ends(frameworks, source_edition, target_edition)
    ends.check_homes()
    yield from in_two_passes(lambda: _rows(source, name, facts), Check(ends, name), name)


def loads(
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    **facts: str,
) -> tuple[Mapping, ...]:
    """
    Read a file of mappings that a user brings; arguments and errors are those of `stream`.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; after `MOST` of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    return tuple(
        stream(
            source,
            file,
            frameworks=frameworks,
            source_edition=source_edition,
            target_edition=target_edition,
            **facts,
        )
    )
