"""Shipped mapping sets."""

from __future__ import annotations

import pytest

from aicop import mappings
from aicop.errors import UnknownTerm


def test_an_unknown_set_of_mappings_is_refused() -> None:
    """The error for an unknown set lists the sets that ship."""
    with pytest.raises(UnknownTerm, match=r"uk-ai-cop@2025-01--iso-iec-42001@2023"):
        mappings.load("x")
