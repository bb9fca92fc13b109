"""
The answers of the tools, as records whose plain form and JSON Schema are those of all records.

An answer with many items has a part of them: it counts the others, and a note says how to read on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

import attrs

from aicop._pydantic import field_type
from aicop.crosswalk.claim import Claim
from aicop.crosswalk.coverage import Gap
from aicop.ids import EditionId, End, Key, PhaseId, PrincipleId, StatementId
from aicop.library.check import KeyCheck
from aicop.model.converters import as_tuple
from aicop.model.edition import Phase, Principle, Provision, Statement
from aicop.model.framework import Control
from aicop.model.lineage import LineageRow
from aicop.records import to_plain
from aicop.search import Hit
from aicop.vocabulary import Change, Coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_SIZE = 40_000
"""The number of characters of JSON after which an answer takes no further item."""

T = TypeVar("T")


@field_type
@attrs.frozen(kw_only=True)
class Page:
    """Which of the items are in the answer."""

    total: int
    """The number of all items."""
    offset: int
    """The number of items before the first one in the answer."""
    shown: int
    """The number of items in the answer."""
    left_out: int
    """The number of items that are not in the answer, before and after those that are."""
    note: str | None
    """What was left out, and how to read on; None if nothing was."""


@field_type
@attrs.frozen(kw_only=True)
class FrameworkRow:
    """An edition of the Code or of another framework."""

    id: EditionId
    title: str
    is_edition: bool
    """True for an edition of the Code, which has provisions, roles and counterparts."""
    own: bool
    """True if it does not ship with aicop."""
    status: str
    elements: int


@field_type
@attrs.frozen(kw_only=True)
class FrameworkList:
    """The editions of the Code and the other frameworks."""

    frameworks: tuple[FrameworkRow, ...] = attrs.field(converter=as_tuple[FrameworkRow, ...])
    page: Page


@field_type
@attrs.frozen(kw_only=True)
class Found:
    """An item and everything that is recorded about it."""

    key: Key
    edition: EditionId
    edition_title: str
    record: Provision | Principle | Phase | Control
    """Of a statement, its provision."""
    statement: Statement | None
    """The statement, if the key names one."""
    children: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    """The items directly below it."""
    counterparts: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    """The same item in other editions."""


@field_type
@attrs.frozen(kw_only=True)
class SelectedStatement:
    """A statement with its provision."""

    key: StatementId
    title: str
    """The title of the provision, by aicop."""
    phase: PhaseId
    principle: PrincipleId
    statement: Statement


@field_type
@attrs.frozen(kw_only=True)
class SelectedStatements:
    """The statements of an edition that match all filters."""

    edition: EditionId
    statements: tuple[SelectedStatement, ...] = attrs.field(converter=as_tuple[SelectedStatement, ...])
    provisions: int
    """The number of provisions with a matching statement, including those that are not shown."""
    all_statements: int
    """The number of statements in the edition, matching or not."""
    page: Page


@field_type
@attrs.frozen(kw_only=True)
class CheckedKeys:
    """A verdict for each key."""

    verdicts: tuple[KeyCheck, ...] = attrs.field(converter=as_tuple[KeyCheck, ...])
    known: int
    unknown: int


@field_type
@attrs.frozen(kw_only=True)
class Counterparts:
    """The counterparts of an item in another edition, and what changed."""

    key: Key
    edition: EditionId
    counterparts: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    rows: tuple[LineageRow, ...] = attrs.field(converter=as_tuple[LineageRow, ...])
    """What changed, one row per counterpart; empty for phases and roles, which keep their names."""
    absence: Change | None
    """Why there is no counterpart; None if there is one."""


@field_type
@attrs.frozen(kw_only=True)
class MappedTo:
    """A claim about an item in one framework, without its paths; explain_mapping shows these."""

    framework: EditionId
    source: End | None
    relationship: str
    target: End | None
    """None if the framework was searched and no counterpart was found."""
    target_title: str | None
    strength: int | None
    """0 to 10: how much of the source the target requires too; None if it was not judged."""
    remainder: str | None
    reverse_strength: int | None
    reverse_remainder: str | None
    confidence: int | None
    basis: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    author: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    rationale: str | None
    """The first rationale; None if there is none."""
    more_rationales: int
    """The number of further rationales, of other mappings on the paths."""
    paths: int
    """The number of paths that the claim is based on."""
    suspect: bool
    warnings: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])


@field_type
@attrs.frozen(kw_only=True)
class MappedFramework:
    """A framework with claims about an item, and how the crosswalk to it was made."""

    framework: EditionId
    title: str
    claims: int
    via: tuple[EditionId, ...] = attrs.field(converter=as_tuple[EditionId, ...])
    """The editions through which it was composed; empty if it was not."""


@field_type
@attrs.frozen(kw_only=True)
class KeyMappings:
    """What an item is mapped to."""

    key: Key
    frameworks: tuple[MappedFramework, ...] = attrs.field(converter=as_tuple[MappedFramework, ...])
    mappings: tuple[MappedTo, ...] = attrs.field(converter=as_tuple[MappedTo, ...])
    page: Page


@field_type
@attrs.frozen(kw_only=True)
class ExplainedClaim:
    """A claim in words, with the mappings that it is based on."""

    says: str
    claim: Claim
    paths_left_out: int
    """The number of paths of the claim that are not shown."""


@field_type
@attrs.frozen(kw_only=True)
class Explanation:
    """How two items are related, with the mappings and rationales behind it."""

    one: End
    other: End
    claims: tuple[ExplainedClaim, ...] = attrs.field(converter=as_tuple[ExplainedClaim, ...])
    """Empty if no mapping connects the two."""
    together: str | None
    """The claims about the two items together with others; None if there are none."""
    page: Page


@field_type
@attrs.frozen(kw_only=True)
class CoverageClass:
    """One of the five classes of coverage."""

    coverage: Coverage
    count: int


@field_type
@attrs.frozen(kw_only=True)
class CoverageAnswer:
    """How far one framework is covered by another."""

    source: EditionId
    target: EditionId
    counted: str
    """What was counted."""
    classes: tuple[CoverageClass, ...] = attrs.field(converter=as_tuple[CoverageClass, ...])
    """All five; the counts add up to the number of counted items."""
    gaps: tuple[Gap, ...] = attrs.field(converter=as_tuple[Gap, ...])
    """The items that are not fully covered."""
    contradictory: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    """The items about which mappings contradict each other."""
    not_counted: int
    """The number of claims that are weaker than the minimum strength."""
    page: Page
    caution: str


@field_type
@attrs.frozen(kw_only=True)
class SearchAnswer:
    """The elements that contain the words, the best match first."""

    hits: tuple[Hit, ...] = attrs.field(converter=as_tuple[Hit, ...])
    page: Page


def page_of(items: Sequence[T], offset: int, limit: int, noun: str) -> tuple[tuple[T, ...], Page]:
    """
    Return the items from *offset*, at most *limit* of them and no more than fit an answer, and which these are.

    *noun* names the items, in the plural. The first item is returned even if it alone is larger than `MAX_SIZE`.
    """
    shown: list[T] = []
    size = 0
    for item in items[offset : offset + limit]:
        size += len(json.dumps(to_plain(item), ensure_ascii=False))
        if shown and size > MAX_SIZE:
            break
        shown.append(item)
    end = offset + len(shown)
    left_out = len(items) - len(shown)
    note = None
    if left_out:
        first = f"{offset + 1} to {end}" if shown else "none"
        note = f"Shown: {first} of {len(items)} {noun}."
        if shown and end < len(items):
            note += f" Call again with offset {end} for more."
    return tuple(shown), Page(total=len(items), offset=offset, shown=len(shown), left_out=left_out, note=note)
