"""Faces of packages."""

from __future__ import annotations

import pytest

import aicop


def test_other_names_are_not() -> None:
    """A wrong name is an AttributeError, as with any module."""
    with pytest.raises(AttributeError, match="module 'aicop' has no attribute 'lode'"):
        getattr(aicop, "lode")  # noqa: B009 -- the type checkers refuse the attribute
