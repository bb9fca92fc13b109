"""Mappings between the elements of two frameworks, and the sets in which they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.ids import EditionId, Key
from aicop.vocabulary import Knowledge, MappingBasis, Predicate

if TYPE_CHECKING:
    pass


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
