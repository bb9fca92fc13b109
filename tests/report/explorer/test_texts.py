"""Texts that are kept once."""

from __future__ import annotations

from aicop.ids import EditionId
from aicop.report.explorer.texts import Texts


def test_a_text_is_kept_once() -> None:
    """The same text has the same place; an id is kept as its text, and None has no place."""
    texts = Texts()
    places = [texts.place(item) for item in ("a", None, EditionId("acme", "1"), "a", "acme@1", "")]
    assert places == [0, None, 1, 0, 1, 2]
    assert texts.all == ["a", "acme@1", ""]
