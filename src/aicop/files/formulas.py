"""Escape and detect cells that a spreadsheet would run as a formula."""

from __future__ import annotations

from aicop.errors import excerpt

_TYPED = frozenset("=+@")
"""The characters with which formulas begin, but ordinary text seldom does."""
# A minus sign, a tab or a carriage return can start a formula too, but is common at the start of ordinary text. Such
# cells are escaped when they are written, and not rejected when they are read.
_FORMULA = _TYPED | frozenset("-\t\r")
_MARKED = _TYPED | frozenset("'")


def unescape_cells(cells: dict[str, str]) -> dict[str, str]:
    """
    Remove the apostrophes of escaped cells in place, and return an error message for each cell that is a formula.

    *cells* maps columns to cells, none of which may be empty.
    """
    found = {}
    for name in [name for name, cell in cells.items() if cell[0] in _MARKED]:
        cell = cells[name]
        if said := formula_problem(cell):
            found[name] = said
        else:
            cells[name] = unescape_formula(cell)
    return found


def formula_problem(cell: str) -> str:
    """Return what is wrong with a cell that is a formula, or "" if it is none; an escaped one is text."""
    if cell[:1] not in _TYPED:
        return ""
    return f"{excerpt(cell)} looks like a spreadsheet formula; replace it with its value"


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet may run a cell as a formula, ignoring apostrophes in front of it."""
    return cell.lstrip("'")[:1] in _FORMULA


def escape_formula(cell: str) -> str:
    """
    Return *cell* with an apostrophe in front if a spreadsheet would run it as a formula, so that it remains text.

    >>> escape_formula("=1+1"), escape_formula("'=1+1"), escape_formula("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{cell}" if is_formula(cell) else cell


def unescape_formula(cell: str) -> str:
    """
    Return *cell* without the apostrophe that `escape_formula` added; other apostrophes remain.

    >>> unescape_formula("'=1+1"), unescape_formula("''=1+1"), unescape_formula("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell
