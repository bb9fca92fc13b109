"""What workbooks of several kinds share: the cover, the looks of cells, and cells of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.interop.xlsx import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.interop.columns import Fact
    from aicop.interop.worksheets import Cell
    from aicop.interop.xlsx.book import Book

COVER = "About"
"""The name of the first sheet, and its caption."""
HEADER: dict[str, object] = {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "border": 1}
BODY: dict[str, object] = {"border": 1, "border_color": "#D9D9D9"}
TO_FILL: dict[str, object] = {**BODY, "bg_color": "#FFF9E5"}
"""The looks of the header, of cells, and of cells to fill in."""
_LABEL_WIDTH, _TEXT_WIDTH = 22, 118


def cover(book: Book, about: Sequence[Fact], sheets: Sequence[Fact], editions: str) -> None:
    """Write the sheet that says what the workbook is: facts, and the other sheets."""
    sheet = book.sheet(COVER, COVER, editions)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    row = 0
    for heading, facts in (("", about), ("Sheets", sheets)):
        if heading and facts:
            book.text(sheet, (row + 1, 0), heading, bold=True, font_size=13)
            book.fit_row(sheet, row + 1, [(heading, _LABEL_WIDTH)], bold=True, font_size=13)
            row += 2
        for label, text in facts:
            look: dict[str, Any] = {"bold": True, "font_size": 15} if label == "Title" else {}
            book.text(sheet, (row, 0), label, bold=True)
            book.text(sheet, (row, 1), text, **look)
            book.fit_row(sheet, row, [(label, _LABEL_WIDTH / measure.BOLD), (text, _TEXT_WIDTH)], **look)
            row += 1


def put(book: Book, sheet: Any, place: tuple[int, int], cell: Cell, **look: object) -> None:  # noqa: ANN401
    """Write a cell of any kind."""
    if isinstance(cell, int):
        sheet.write_number(*place, cell, book.format(align="center", **look))
    elif cell:
        book.text(sheet, place, cell, **look)
    else:
        # An empty cell gets its border and colour only if it is written as a blank.
        sheet.write_blank(*place, None, book.format(text_wrap=True, **look))
