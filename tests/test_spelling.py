"""Normalising the odd characters in keys from print and spreadsheets."""

from __future__ import annotations

import pytest

from aicop import UnknownKey, parse
from aicop.errors import KeyMistake


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("uk-ai-cop:5.4.1\n", "contains a line break, which no key contains; remove it or retype it."),
        ("5.4.1\r\n", "contains a line break, which no key contains; remove it or retype it."),
        ("uk-ai-cop:\t5.4.1", "contains the character U+0009, which no key contains; remove it or retype it."),
        (
            "uk-ai-cop:５.4",
            "contains the character FULLWIDTH DIGIT FIVE, which no key that ships contains; retype it.",
        ),
        (
            "uk-ai-cop:٥.4",
            "contains the character ARABIC-INDIC DIGIT FIVE, which no key that ships contains; retype it.",
        ),
        (
            "uk-ai-cop:5.4\u200b",
            "contains the character ZERO WIDTH SPACE, which no key contains; remove it or retype it.",
        ),
        ("uk-ai-cop:5.4\ud800", "contains the character U+D800, which no key contains; remove it or retype it."),
        ("5." * 5_000_000, "too long; a key has at most 200 characters."),
    ],
    ids=lambda value: ascii(value[:30]),
)
def test_odd_text_is_refused_and_kept_whole(text: str, advice: str) -> None:
    """The error names the odd character, keeps the whole text, and prints short."""
    with pytest.raises(UnknownKey) as caught:
        parse(text, "uk-ai-cop")
    assert caught.value == UnknownKey(text, KeyMistake.UNREADABLE, advice)
    assert caught.value.text == text
    assert len(str(caught.value)) < 250
