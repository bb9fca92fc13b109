"""Folding what print and spreadsheets do to a key."""

from __future__ import annotations

import pytest

from aicop import UnknownKey, parse
from aicop.errors import KeyMistake


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("uk-ai-cop:5.4.1\n", "holds a line break, which no key does; remove it or type it anew."),
        ("5.4.1\r\n", "holds a line break, which no key does; remove it or type it anew."),
        ("uk-ai-cop:\t5.4.1", "holds the character U+0009, which no key does; remove it or type it anew."),
        ("uk-ai-cop:５.4", "holds the character FULLWIDTH DIGIT FIVE, which no key does; remove it or type it anew."),
        ("uk-ai-cop:٥.4", "holds the character ARABIC-INDIC DIGIT FIVE, which no key does; remove it or type it anew."),
        ("uk-ai-cop:5.4\u200b", "holds the character ZERO WIDTH SPACE, which no key does; remove it or type it anew."),
        ("uk-ai-cop:5.4\ud800", "holds the character U+D800, which no key does; remove it or type it anew."),
        ("5." * 5_000_000, "longer than any key, which has at most 200 characters."),
    ],
    ids=lambda value: ascii(value[:30]),
)
def test_odd_text_is_refused_and_kept_whole(text: str, advice: str) -> None:
    """The error says what is odd, prints short, and loses nothing."""
    with pytest.raises(UnknownKey) as caught:
        parse(text, "uk-ai-cop")
    assert caught.value == UnknownKey(text, KeyMistake.UNREADABLE, advice)
    assert caught.value.text == text
    assert len(str(caught.value)) < 250
