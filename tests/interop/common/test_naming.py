"""Keys and labels derived from titles and versions."""

from __future__ import annotations

import pytest

from aicop.errors import InvalidId
from aicop.ids import EditionId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.naming import edition_for, key_from_title, label_from_version

TITLES = [
    ("NIST SP 800-53 Rev. 5", "nist-sp-800-53-rev-5"),
    ("Référentiel général", "referentiel-general"),
    ("日本語", "unknown"),
    ("", "unknown"),
    ("a" * 80, "a" * 60),
    ("one " * 30, "-".join(["one"] * 15)),
]


@pytest.mark.parametrize(("title", "key"), TITLES)
def test_a_key_is_made_of_a_title(title: str, key: str) -> None:
    """A key has as many whole words of the title as fit in sixty characters."""
    assert key_from_title(title) == key


VERSIONS = [
    ("5.1.1+u4", "5.1.1-u4"),
    ("v2.0", "2.0"),
    ("Version 3", "3"),
    ("  2024-07 ", "2024-07"),
    (None, "unknown"),
    ("—", "unknown"),
]


@pytest.mark.parametrize(("version", "expected"), VERSIONS)
def test_a_label_is_made_of_a_version(version: str | None, expected: str) -> None:
    """A label omits the word "version", and is "unknown" if the file states none."""
    assert label_from_version(version) == expected
    EditionId.parse(f"own@{expected}")


def test_options_take_precedence_over_the_file() -> None:
    """Options win over the key in the file, which wins over its title."""
    assert str(edition_for(ImportOptions(), "Our Book", "2.0")) == "our-book@2.0"
    assert str(edition_for(ImportOptions(), "Our Book", "2.0", "own@1")) == "own@1"
    assert str(edition_for(ImportOptions(framework="mine", edition="3"), "Our Book", "2.0", "own@1")) == "mine@3"
    with pytest.raises(InvalidId):
        edition_for(ImportOptions(framework="Not a key"), "Our Book", None)
