"""
Read a sheet of a workbook (XLSX) as rows of text.

openpyxl does the reading. The file is not trusted: sizes are limited before anything is unpacked, document
type definitions are refused, and cells that have no value of their own are faults.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from aicop.errors import AicopError, Fault, InvalidDocument, MissingExtra, excerpt, reject
from aicop.files.merged_cells import MergedCells
from aicop.files.text import MAX_FILE_SIZE, read_content
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

MAX_UNPACKED_SIZE = 4 * MAX_FILE_SIZE
"""The maximum size of all parts of a workbook together, unpacked, in bytes. XML takes more space than CSV."""
MAX_CELLS = 10_000_000
"""The maximum number of cells in a sheet, including the empty ones to the left of others."""
_MAX_ROWS = 2**20
_BATCH = 1000
# The element of a formula, with or without a prefix.
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


class Row(NamedTuple):
    """A row of a sheet that is not empty."""

    number: int
    cells: list[str]
    """The cells, without empty ones at the end."""
    problems: tuple[tuple[int, str], ...]
    """The index and problem of each cell that holds an error, or a formula without a stored value."""


def sheet_rows(source: Path | bytes, file: str, sheet: str | None = None) -> list[Row]:
    """
    Return the rows of a sheet that are not empty; by default of the first sheet.

    Cells are text: whole numbers without decimals, dates as ISO, TRUE and FALSE, and formulas as the value that the
    workbook stores for them. Cells that are merged with the cell above them have its text.

    Raises:
        InvalidDocument: the file is no workbook, is too large or has no such sheet.
        MissingExtra: openpyxl is not installed.
        OSError: the file cannot be read.
    """
    content = _content(source, file)
    has_formulas = _check_parts(content, file)

    def read() -> list[Row]:
        taken = _sheet(_book(content, file, data_only=True), file, sheet)
        # A stored value and its formula are not read together, so the sheet is read again if it has formulas.
        other = _sheet(_book(content, file, data_only=False), file, sheet) if has_formulas else None
        return _read(content, file, taken, other, _problems)

    return _reading(file, read)


def all_sheets(source: Path | bytes, file: str) -> dict[str, list[Row]]:
    """
    Return the rows of every sheet of a workbook by its name, in order, like `sheet_rows`; each formula is a problem.

    Raises:
        InvalidDocument: the file is no workbook, is too large or has no sheet.
        MissingExtra: openpyxl is not installed.
        OSError: the file cannot be read.
    """
    content = _content(source, file)
    has_formulas = _check_parts(content, file)

    def read() -> dict[str, list[Row]]:
        book = _book(content, file, data_only=True)
        others = _book(content, file, data_only=False) if has_formulas else None
        return {
            item.title: _read(
                content,
                file,
                _sheet(book, file, item.title),
                None if others is None else _sheet(others, file, item.title),
                _every_formula,
            )
            for item in book.worksheets
        }

    return _reading(file, read)


def _reading(file: str, read: Callable[[], T]) -> T:
    """Return what *read* returns; raise InvalidDocument for what openpyxl raises for a damaged file."""
    try:
        return read()
    except (AicopError, MemoryError):
        raise
    except Exception as error:
        said = f"cannot be read as a workbook: {excerpt(str(error) or type(error).__name__)}; save it again as .xlsx"
        raise InvalidDocument.from_faults((Fault(file, "", said),)) from error


def _content(source: Path | bytes, file: str) -> bytes:
    if isinstance(source, Path):
        source = read_content(source)
    if len(source) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    return source


def _check_parts(content: bytes, file: str) -> bool:
    """Check the parts of an archive before they are parsed, and return whether any of them may have a formula."""
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # A part cannot be longer than the archive says, since zipfile reads no further.
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED_SIZE:
                reject(file, "", f"larger than {MAX_UNPACKED_SIZE // 2**20} MiB when unpacked")
            for item in archive.infolist():
                part = archive.read(item)
                # Entities can make a small part huge, and no program writes a workbook with them. Other encodings than
                # UTF-8 could hide them.
                if part.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0")) or (
                    part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<!DOCTYPE" in part
                ):
                    reject(file, "", f"the part {excerpt(item.filename)} is not XML as workbooks have it")
                has_formulas = has_formulas or _FORMULA.search(part) is not None
    except (AicopError, MemoryError):
        raise
    # zipfile and what it unpacks with raise errors of many types: ValueError for a part before the beginning, for one.
    except Exception as error:
        said = f"is not a workbook, or is damaged: {excerpt(str(error))}; save it again as .xlsx"
        raise InvalidDocument.from_faults((Fault(file, "", said),)) from error
    return has_formulas


def _read(
    content: bytes,
    file: str,
    taken: Any,  # noqa: ANN401 -- openpyxl's own
    other: Any,  # noqa: ANN401 -- openpyxl's own
    problems_of: Callable[[Iterable[Any], Iterable[Any]], Iterator[tuple[int, str]]],
) -> list[Row]:
    """Return the rows of a sheet; *other* is the same sheet with formulas instead of values, if it may have any."""
    formulas = itertools.repeat(()) if other is None else _cells(other)
    # openpyxl has no public name for the part of a sheet.
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        merged = MergedCells(archive.read(taken._worksheet_path))  # noqa: SLF001 -- see above
    found: list[Row] = []
    size = 0
    for number, (row, formula) in enumerate(zip(_cells(taken), formulas, strict=False), start=1):
        texts = [_text(cell.value) for cell in row]
        merged.fill(number, texts)
        size += len(texts)
        if number > _MAX_ROWS or size > MAX_CELLS:
            limits = f"more than {_MAX_ROWS:,} rows or {MAX_CELLS:,} cells up to here"
            reject(file, f"row {number}", f"{limits}; remove the cells that are far from the table")
        while texts and not texts[-1]:
            texts.pop()
        problems = tuple(problems_of(row, formula))
        if texts or problems:
            found.append(Row(number, texts, problems))
    return found


def _book(content: bytes, file: str, *, data_only: bool) -> Any:  # noqa: ANN401 -- openpyxl's own
    """Return a workbook as openpyxl reads it, which has a sheet."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtra("xlsx", "openpyxl") from error
    with warnings.catch_warnings():
        # openpyxl warns of what it does not support, such as validation of cells, which does not concern us.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    if not book.worksheets:
        reject(file, "", "the workbook has no sheet of cells")
    return book


def _sheet(book: Any, file: str, sheet: str | None) -> Any:  # noqa: ANN401 -- openpyxl's own
    """Return a sheet as openpyxl reads it, row by row."""
    names = [item.title for item in book.worksheets]
    if sheet is not None and sheet not in names:
        near = close(sheet, names, n=1)
        hint = f"did you mean {excerpt(near[0])}?" if near else f"its sheets are: {', '.join(map(excerpt, names))}"
        reject(file, "", f"there is no sheet {excerpt(sheet)}; {hint}")
    taken = book.worksheets[0 if sheet is None else names.index(sheet)]
    # The size that a sheet states can be wrong, and openpyxl would fill it with empty cells.
    taken.reset_dimensions()
    return taken


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 -- openpyxl's own
    """Yield the rows of a sheet as openpyxl's cells, the missing ones too."""
    rows = sheet.iter_rows()
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            batch = list(itertools.islice(rows, _BATCH))
        if not batch:
            return
        yield from batch


def _text(value: object) -> str:
    """Return the value of a cell as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        # A day is stored as midnight.
        whole = value.time() == dt.time()
        return value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="seconds")
    return value if isinstance(value, str) else str(value)


def _problems(row: Iterable[Any], formulas: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Yield the position and problem of each cell that holds an error, or a formula without a stored value."""
    for place, cell in enumerate(row):
        if cell.value is not None and cell.data_type == "e":
            yield place, f"holds the error {cell.value}; correct it"
    for place, (cell, formula) in enumerate(zip(row, formulas, strict=False)):
        # The type of a stored text is given even if that is empty.
        if cell.value is None and cell.data_type != "str" and _is_formula(formula):
            advice = "open and save the workbook in a spreadsheet, or replace the formula by its value"
            yield place, f"holds a formula whose value is not stored; {advice}"


def _every_formula(row: Iterable[Any], formulas: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Yield the position and problem of each cell that holds an error or a formula."""
    said = "holds a formula; replace it by its value"
    found = dict(_problems(row, ())) | {place: said for place, cell in enumerate(formulas) if _is_formula(cell)}
    yield from sorted(found.items())


def _is_formula(cell: Any) -> bool:  # noqa: ANN401 -- openpyxl's own
    return cell.value is not None and cell.data_type == "f"
