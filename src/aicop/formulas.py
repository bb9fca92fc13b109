"""Cells that a spreadsheet would run as a formula: kept from it, and told."""

from __future__ import annotations

from aicop.errors import excerpt

TYPED = frozenset("=+@")
"""With what formulas begin, and text that a person types seldom does."""
_FORMULA = TYPED | frozenset("-\t\r")


def formula(cell: str) -> str:
    """Say what is wrong with a cell that holds one."""
    return f"{excerpt(cell)} looks like a formula of a spreadsheet; give its value"


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet may run a cell as a formula, once it has lost any apostrophes in front."""
    return cell.lstrip("'")[:1] in _FORMULA


def defused(cell: str) -> str:
    """
    Put an apostrophe before what a spreadsheet would run as a formula, so that it is text.

    >>> defused("=1+1"), defused("'=1+1"), defused("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{cell}" if is_formula(cell) else cell


def restored(cell: str) -> str:
    """
    Take off the apostrophe that `defused` put there, and no other.

    >>> restored("'=1+1"), restored("''=1+1"), restored("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell
