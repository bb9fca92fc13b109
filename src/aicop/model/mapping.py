"""Immutable records for mappings between two frameworks, and for the sets in which mappings are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.ids import EditionId, Key
from aicop.vocabulary import Knowledge, MappingBasis, Predicate

if TYPE_CHECKING:
    pass


@attrs.frozen(kw_only=True)
class Mapping:
    """One row of a crosswalk: a claim by an author. Always read it as *source PREDICATE target*."""

    source: Key
    predicate: Predicate
    target: Key | None
    """None if no counterpart was found."""
    rationale: str | None
    """Why the claim holds; None if the author does not say, as in files of other formats."""
    strength: int | None
    """
    0 to 10: how much of what the source asks the target asks too (NIST IR 8278A); None if not given.

    For *mitigates*, how much of the risk the measure addresses. `remainder` is read the same way.
    """
    remainder: str | None
    """The part of the source that the target does not cover; None if there is none or the author does not say."""
    confidence: int | None
    """
    0 to 10: how sure the author is; for a published row, how sure we are that it was published like this.

    None if the author does not say.
    """
    basis: MappingBasis
    author: str | None
    """None if it is not stated."""
    date: str | None
    """ISO date or month of the judgement or of the published copy; None if it is not stated."""
    knowledge: Knowledge | None
    """How the person who judged the mapping knew the target; None if that is not recorded."""
    settlement: str | None
    """Why two differing judgements were resolved this way; None if they agreed or there was only one."""
    source_digest: str | None
    """Digest of the source at the time of judgement, from `aicop.frameworks.digest`; None if not recorded."""
    target_digest: str | None
    """Digest of the target at the time of judgement; None if not recorded."""
    set: str
    """The name of the mapping set that the row belongs to."""

    @property
    def content(self) -> Mapping:
        """The row without the name of its set, for comparing rows across sets."""
        return attrs.evolve(self, set="")


@attrs.frozen(kw_only=True)
class MappingSet:
    """The provenance of a set of mappings between two editions: author, basis, date and licence."""

    name: str
    source: EditionId
    target: EditionId
    title: str
    author: str
    basis: MappingBasis
    date: str
    """ISO date or month of the judgement or of the published copy."""
    licence: str
    note: str | None
    method: str | None
    """The documentation page that explains how the mappings were judged; None for published sets."""
