"""Immutable records for mappings between two frameworks, and for the sets in which mappings are published."""

from __future__ import annotations

import attrs

from aicop._notebook import one_line, shown
from aicop._pydantic import field_type
from aicop.ids import EditionId, End
from aicop.vocabulary import Knowledge, MappingBasis, Predicate


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False, cache_hash=True)
class Mapping:
    """
    One row of a crosswalk: a claim by an author. Always read it as *source PREDICATE target*.

    A mapping may be joint: a `JointId` on one side stands for its members taken together.

    Only the claim itself is required. A table that `aicop.mappings.loads` reads must also state the rationale, the
    confidence, the author and the date, unless the basis is *imported* or *derived*.

    >>> import aicop
    >>> from aicop.vocabulary import Predicate
    >>> row = Mapping(
    ...     source=aicop.parse("uk-ai-cop:1.1.1"),
    ...     predicate=Predicate.INTERSECTS,
    ...     target=aicop.parse("nist-ai-rmf:GOVERN 2.2"),
    ... )
    >>> str(row.basis), row.strength
    ('own', None)
    """

    source: End | None
    """None if nothing was found in the framework `searched` for the target."""
    predicate: Predicate
    target: End | None
    """None if nothing was found in the framework `searched` for the source."""
    rationale: str | None = None
    """The reason for the claim; None if the author does not state it, as in files of other formats."""
    strength: int | None = None
    """
    0 to 10: how much of the source's requirement the target also requires (NIST IR 8278A); None if not given.

    For *mitigates*, how much of the risk the measure addresses; `remainder` is then the risk that remains.
    """
    remainder: str | None = None
    """The part of the source that the target does not cover; None if there is none or the author does not state it."""
    reverse_strength: int | None = None
    """
    0 to 10: how much of the target's requirement the source also requires; None if not judged in this direction.

    It is judged on its own and never computed from `strength`.
    """
    reverse_remainder: str | None = None
    """The part of the target that the source does not cover; None if there is none or the author does not state it."""
    confidence: int | None = None
    """
    0 to 10: how certain the author is. For a published row: how certain it is that it was published like this.

    None if the author does not state it.
    """
    basis: MappingBasis = MappingBasis.OWN
    author: str | None = None
    """None if it is not stated."""
    date: str | None = None
    """ISO date or month of the judgement or of the published copy; None if it is not stated."""
    knowledge: Knowledge | None = None
    """How well the author knew the target; None if that is not recorded."""
    settlement: str | None = None
    """How a disagreement between two judgements was resolved, and why; None if there was no disagreement."""
    source_digest: str | None = None
    """Digest of the source at the time of judgement, from `aicop.frameworks.digest`; None if not recorded."""
    target_digest: str | None = None
    """Digest of the target at the time of judgement; None if not recorded."""
    set: str = ""
    """The name of the mapping set that the row belongs to; empty if it belongs to none, as a row that you just made."""
    searched: EditionId | None = None
    """The framework that was gone through without finding anything; None if both sides are named."""

    def __repr__(self) -> str:
        strength = "" if self.strength is None else f", strength {self.strength}"
        ends = self.source or self.searched, self.target or self.searched
        return one_line(
            self, f"{ends[0]} {self.predicate.value} {ends[1]}{strength}, by {self.author or '(not stated)'}"
        )

    @property
    def source_edition(self) -> EditionId:
        """The edition of the source, or the framework that was searched for one."""
        found = self.searched if self.source is None else self.source.edition
        assert found is not None
        return found

    @property
    def target_edition(self) -> EditionId:
        """The edition of the target, or the framework that was searched for one."""
        found = self.searched if self.target is None else self.target.edition
        assert found is not None
        return found

    @property
    def content(self) -> Mapping:
        """The row without the name of its set, for comparing rows across sets."""
        return attrs.evolve(self, set="")


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class MappingSet:
    """The provenance of a set of mappings between two editions, such as author, basis, date and licence."""

    name: str
    source: EditionId
    target: EditionId
    title: str
    author: str | None
    """None if it is not stated, or not the same for all rows."""
    basis: MappingBasis
    date: str | None
    """ISO date or month of the judgement or of the published copy; None as for the author."""
    licence: str | None = None
    """None for mappings of your own."""
    note: str | None = None
    method: str | None = None
    """The documentation page that explains how the mappings were judged; None for published sets."""
