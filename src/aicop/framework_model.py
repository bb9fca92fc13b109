"""The records of other frameworks and of crosswalks, under the same rules as those of `aicop.model`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from aicop.ids import EditionId, Key
from aicop.model import Source
from aicop.vocabulary import (
    FrameworkStatus,
    Knowledge,
    LicenceClass,
    MappingBasis,
    Nature,
    Predicate,
)


def _tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(items)


@attrs.frozen(kw_only=True)
class Control:
    """An element of a framework: of another catalogue, of an organisation's own, or of an edition seen as one."""

    id: Key
    parent: Key | None
    """As printed; None at the top."""
    kind: str
    """The framework's own word: control, function, risk."""
    nature: Nature
    title: str | None
    """None where it has none or may not be shipped."""
    words: str | None = None
    """What it asks, in our own words or those of a user's file; None where only id and title are carried."""
    withdrawn: bool = False
    """Whether the publisher withdrew it; then it is listed so that old references can be explained."""
    replaced_by: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    """Ids of what took its place, where known."""


@attrs.frozen(kw_only=True)
class FrameworkEdition:
    """One edition of another catalogue: ids, hierarchy and short titles."""

    id: EditionId
    title: str
    """As published."""
    publisher: str | None
    published: str | None
    """An ISO day, month or year; None where it is not said."""
    status: FrameworkStatus
    licence: str | None
    licence_class: LicenceClass | None
    """What may be shipped of it."""
    address: str | None
    """Official address, not opened by us."""
    ids_official: bool
    """Whether the ids are the publisher's."""
    titles: str
    """Which elements carry titles, and whose."""
    complete: bool
    """Whether all elements are listed; otherwise the note says which."""
    note: str | None
    source: Source | None
    """Where the list was taken from; None for a user's own."""


@attrs.frozen(kw_only=True)
class Mapping:
    """One row of a crosswalk: a claim with a maker. Always read *source PREDICATE target*."""

    source: Key
    predicate: Predicate
    target: Key | None
    """None when nothing was found."""
    rationale: str | None
    """Why; None where the maker does not say, as in files of other formats."""
    strength: int | None
    """
    0 to 10: how much of what the source asks the target asks too (NIST IR 8278A); None where it is not given.

    Of *mitigates*, how much of the risk the measure answers; so too the `remainder`.
    """
    remainder: str | None
    """What the target leaves open of the source; None where nothing is, or where the maker does not say."""
    confidence: int | None
    """
    0 to 10: how sure the maker is; for a published row, how sure we are that it is published so.

    None where the maker does not say.
    """
    basis: MappingBasis
    author: str | None
    """None where it is not said."""
    date: str | None
    """An ISO day or month: when it was judged, or the day of the published copy; None where it is not said."""
    knowledge: Knowledge | None
    """How the judge knew the target; None where that is not recorded."""
    settlement: str | None
    """Why two judgements that differed were settled so; None where they agreed, or where there was one."""
    source_digest: str | None
    """Of what was judged, as `aicop.frameworks.digest` gives it; None where it is not recorded."""
    target_digest: str | None
    set: str
    """The set of mappings that it belongs to."""

    @property
    def content(self) -> Mapping:
        """What the row says in whichever set it stands: the row itself, without the name of that."""
        return attrs.evolve(self, set="")


@attrs.frozen(kw_only=True)
class MappingSet:
    """Where mappings between two editions come from: who made them, on what they rest, and when."""

    name: str
    source: EditionId
    target: EditionId
    title: str
    author: str
    basis: MappingBasis
    date: str
    """An ISO day or month: when it was judged, or the day of the published copy."""
    licence: str
    note: str | None
    method: str | None
    """The page of the documentation that says how it was judged; None for published sets."""
