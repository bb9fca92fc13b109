"""Types of single values."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from aicop.schema import types

GOOD: list[tuple[str, object]] = [
    ("Text", "one line"),
    ("Text", "x"),
    ("Slug", "uk-ai-cop"),
    ("EditionLabel", "2025-01"),
    ("EditionLabel", "2.0.Rev5"),
    ("Number", "5.2.1-4.1"),
    ("Day", "2024-02-29"),
    ("Date", "2026-11"),
    ("Date", "2026-11-22"),
    ("DocumentKey", "nist.ai-100"),
    ("Digest", "sha256:" + "0f" * 32),
    ("ShortDigests", "0123456789abcdef"),
    ("ShortDigests", "0123456789abcdef|fedcba9876543210"),
    ("EditionKey", "nist-csf@2.0"),
    ("Ordinal", 1),
    ("Ordinal", 9999),
]
BAD: list[tuple[str, object]] = [
    ("Text", ""),
    ("Text", " x"),
    ("Text", "two\nlines"),
    ("Text", "x\u200b"),
    ("Slug", "UK"),
    ("Slug", "a--b"),
    ("EditionLabel", "-1"),
    ("Number", "05.1"),
    ("Number", "5."),
    ("Day", "2025-02-29"),
    ("Day", "2026-11"),
    ("Date", "2026-13"),
    ("Date", "2026"),
    ("DocumentKey", "a b"),
    ("Digest", "sha256:" + "0F" * 32),
    ("ShortDigests", "0123456789abcde"),
    ("ShortDigests", "0123456789abcdef|"),
    ("ShortDigests", "|0123456789abcdef"),
    ("ShortDigests", "0123456789abcdef, 0123456789abcdef"),
    ("EditionKey", "nist-csf"),
    ("Ordinal", 0),
    ("Ordinal", 10_000),
]


def adapter(name: str) -> TypeAdapter[Any]:
    """Return the validator of a type."""
    return TypeAdapter(getattr(types, name))


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_valid_values_are_unchanged(name: str, value: object) -> None:
    """A valid value is neither trimmed nor converted."""
    assert adapter(name).validate_python(value, strict=True) == value


@pytest.mark.parametrize(("name", "value"), BAD)
def test_invalid_values_are_refused(name: str, value: object) -> None:
    """Extra characters, impossible dates and numbers out of range are refused."""
    with pytest.raises(ValidationError):
        adapter(name).validate_python(value, strict=True)
