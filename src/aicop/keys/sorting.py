"""Order keys of all kinds, in Python and in databases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId

if TYPE_CHECKING:
    from aicop.ids import End

_PLACE: dict[type[object], int] = {PhaseId: 1, PrincipleId: 2, ProvisionId: 3, StatementId: 3, ControlId: 4, JointId: 5}
"""The order of the kinds of items in one edition."""


def sort_key(key: End | EditionId) -> str:
    """
    Return text by which ids of any kinds can be sorted, also by a database that compares characters by their codes.

    Ids are sorted by document, edition, and number or id, in which runs of digits are compared as numbers: 5.2 before
    5.10, AC-2 before AC-10, and a provision before its statements and sub-provisions. In an edition, phases come first,
    then principles, then provisions. An edition comes before everything in it.

    >>> from aicop.keys import parse
    >>> [str(key) for key in sorted(map(parse, ["uk-ai-cop:5.4", "uk-ai-cop:10.1", "uk-ai-cop:P5"]), key=sort_key)]
    ['uk-ai-cop@2025-01:P5', 'uk-ai-cop@2025-01:5.4', 'uk-ai-cop@2025-01:10.1']
    """
    if isinstance(key, EditionId):
        return f"{_natural(str(key))} 0 {key}"
    # The id itself breaks the tie between spellings of one number, such as those of the labels 1.0 and 1.00.
    return f"{_natural(str(key.edition))} {_PLACE[type(key)]} {_natural(key.local)} {key}"


def _natural(text: str) -> str:
    """Return text in which each run of digits begins with its length, so that longer runs come later."""
    return re.sub(r"[0-9]+", lambda run: f"{len(run[0].lstrip('0')):02d}{run[0].lstrip('0')}", text)
