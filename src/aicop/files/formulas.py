"""Cells that a spreadsheet would run as a formula: kept from it, and told."""

from __future__ import annotations

from aicop.errors import excerpt

_TYPED = frozenset("=+@")
"""With what formulas begin, and text that a person types seldom does."""
_FORMULA = _TYPED | frozenset("-\t\r")
_MARKED = _TYPED | frozenset("'")


def unescape_cells(cells: dict[str, str]) -> dict[str, str]:
    """Take off, in place, what keeps formulas from being run, and say which cells hold one; none of them is empty."""
    found = {}
    for name in [name for name, cell in cells.items() if cell[0] in _MARKED]:
        cell = cells[name]
        if cell[0] in _TYPED:
            found[name] = f"{excerpt(cell)} looks like a formula of a spreadsheet; give its value"
        else:
            cells[name] = unescape_formula(cell)
    return found


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet may run a cell as a formula, once it has lost any apostrophes in front."""
    return cell.lstrip("'")[:1] in _FORMULA


def escape_formula(cell: str) -> str:
    """
    Put an apostrophe before what a spreadsheet would run as a formula, so that it is text.

    >>> escape_formula("=1+1"), escape_formula("'=1+1"), escape_formula("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{cell}" if is_formula(cell) else cell


def unescape_formula(cell: str) -> str:
    """
    Take off the apostrophe that `escape_formula` put there, and no other.

    >>> unescape_formula("'=1+1"), unescape_formula("''=1+1"), unescape_formula("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell
