"""Write workbooks: cell formats, sheets with a page setup, and text cells. No other module uses XlsxWriter."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aicop.errors import MissingExtra
from aicop.files.formulas import is_formula
from aicop.interop.xlsx import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_CELL_LENGTH = 32_767
"""The maximum length of the text in a cell of Excel, in UTF-16 code units."""
_MAX_SHEET_NAME_LENGTH = 31
_MAX_HEADER_LENGTH = 200
_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.7}
"""In inches; the sides are narrow, because wide tables are shrunk to the width of the page."""

Place = tuple[int, int]
"""Row and column of a cell, from 0."""


def _units(text: str) -> int:
    # Excel counts UTF-16 code units: a character outside the basic plane counts as two.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _truncate(text: str, most: int) -> str:
    """Truncate text to at most *most* UTF-16 code units, without splitting a character."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def fit_cell(text: str) -> str:
    """Return text truncated to the maximum length of a cell, with a note of its full length if it was truncated."""
    if _units(text) <= MAX_CELL_LENGTH:
        return text
    said = f"… (cut; {len(text):,} characters in all)"
    return _truncate(text, MAX_CELL_LENGTH - len(said)) + said


def sheet_names(wanted: Iterable[str]) -> Iterator[str]:
    """Yield a legal name for each sheet; names are unique regardless of case, as Excel requires."""
    # Excel reserves the name "History".
    taken = {"history"}
    for text in wanted:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f\x7f]", "-", text).strip("' ") or "Sheet"
        name, count = _truncate(plain, _MAX_SHEET_NAME_LENGTH).rstrip("' "), 1
        while name.casefold() in taken:
            count += 1
            name = f"{_truncate(plain, _MAX_SHEET_NAME_LENGTH - len(f' {count}')).rstrip()} {count}"
        taken.add(name.casefold())
        yield name


def _page_text(text: str) -> str:
    # In page headers, & begins a code and has to be doubled in text, which can make the text twice as long.
    cut = _truncate(text, _MAX_HEADER_LENGTH // 2)
    return (cut if cut == text else f"{cut}…").replace("&", "&&")


def _let_rows_grow(content: bytes) -> bytes:
    """
    Return a workbook whose row heights are no longer marked as set by hand.

    XlsxWriter marks every height as set by hand (``customHeight``), and a marked row does not grow if somebody enters a
    long text. Without the mark, Excel treats the heights as its own, computed when it last saved the file.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as changed:
        for item in given.infolist():
            data = given.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                # Text in a cell cannot match, because < is escaped in it.
                data = re.sub(rb'(<row [^>]*) customHeight="1"', rb"\1", data)
            changed.writestr(item, data)
    return out.getvalue()


class Book:
    """The writer of one workbook."""

    def __init__(self, title: str, created: str) -> None:
        try:
            import xlsxwriter.utility  # type: ignore[import-untyped]  # it has no types
        except ImportError as error:
            extra, packages = "xlsx", "XlsxWriter"
            raise MissingExtra(extra, packages) from error
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self._book.set_properties({"title": title, "author": "aicop", "created": datetime.fromisoformat(created)})
        self._title = title
        self.name_of: Callable[..., str] = xlsxwriter.utility.xl_rowcol_to_cell
        # Cached, because sheets repeat words, and adding up the pixels of the characters is slow.
        self.width_of: Callable[[str], int] = functools.cache(xlsxwriter.utility.xl_pixel_width)
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **properties: object) -> Any:  # noqa: ANN401 -- XlsxWriter has no types
        """Return the cell format with these properties, which is created only once."""
        known = tuple(sorted(properties.items()))
        # XlsxWriter keeps every format until it closes the workbook, and there would be one per cell.
        if known not in self._formats:
            self._formats[known] = self._book.add_format({"valign": "top", **properties})
        return self._formats[known]

    def sheet(self, name: str, caption: str, editions: str, *, pages: int = 1) -> Any:  # noqa: ANN401 -- XlsxWriter has no types
        """Add a sheet that prints *pages* pages wide, whose header on paper has *caption* and *editions*."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(pages, 0)
        sheet.set_header(f"&L&B{_page_text(caption)}&R{_page_text(editions)}")
        sheet.set_footer(f"&L{_page_text(self._title)}&RPage &P of &N")
        return sheet

    def text(self, sheet: Any, place: Place, text: str, **properties: object) -> None:  # noqa: ANN401
        """Write text so that it stays text even after somebody edits the cell."""
        # Excel parses a cell again after an edit, and would turn 5.10 into 5.1. The quote prefix prevents that.
        if is_formula(text) or text[:1] == "'" or text[:1].isdigit():
            properties["quote_prefix"] = True
        sheet.write_string(*place, fit_cell(text), self.format(text_wrap=True, **properties))

    def fit_row(
        self,
        sheet: Any,  # noqa: ANN401
        row: int,
        cells: Iterable[tuple[str, float]],
        *,
        bold: bool = False,
        font_size: float = measure.FONT_SIZE,
    ) -> None:
        """Make a row high enough for *texts*, pairs of a text and the width of its column in characters."""
        lines = max(
            (measure.count_lines(text, width, self.width_of, bold=bold, font_size=font_size) for text, width in cells),
            default=1,
        )
        sheet.set_row(row, measure.row_height(max(lines, 1), font_size=font_size))

    def content(self) -> bytes:
        """Close the workbook and return its bytes."""
        self._book.close()
        return _let_rows_grow(self._out.getvalue())
