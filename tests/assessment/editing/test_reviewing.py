"""Verdicts whose statements have changed since they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop import Library
from aicop.assessment import review
from tests.assessment.examples import assessment
from tests.assessment.files.test_reader import library

if TYPE_CHECKING:
    from pathlib import Path


def test_changed_statements_are_listed_with_the_reason(tmp_path: Path) -> None:
    """A verdict is listed if it states another digest than that of today; others are counted."""
    about = assessment()
    key = about.catalogue.find("5.2#1")
    same = about.digest(key)  # type: ignore[arg-type]
    rows = (
        f"5.1,pass,2026-01-02,{'0' * 16},\n"
        f"5.2,pass,,{same},\n"
        "5.3,fail,,,\n"
        f"6.1,fail,,{'1' * 16},The reference changed.\n"
        f"6.2,not assessed,,{'1' * 16},\n"
    )
    ours = library(tmp_path, chat={"verdicts.csv": f"key,verdict,assessed,digest,review_reason\n{rows}"}, web={})
    found = review(ours)
    assert (found.compared, found.not_compared) == (3, 1)
    first, second = found.items
    assert (first.system, first.verdict.key.local, first.judged) == ("chat", "5.1#1", "0" * 16)
    assert first.now == about.digest(first.verdict.key)
    assert first.reason == (
        "The duty holders, verb, action or condition of uk-ai-cop@2025-01:5.1#1 have changed since the verdict pass was "
        "given on 2026-01-02; assess it again."
    )
    assert second.reason.endswith("the verdict fail was given; assess it again. The reference changed.")


def test_a_library_without_a_folder_has_no_verdicts() -> None:
    """There is nothing to compare."""
    found = review(Library())
    assert (found.items, found.compared, found.not_compared) == ((), 0, 0)
