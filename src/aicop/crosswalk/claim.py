"""Claims about one pair of elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import one_line, shown
from aicop._pydantic import field_type
from aicop.crosswalk.figures import RELATION, Knowledge, figures_of_paths
from aicop.crosswalk.path import Path
from aicop.ids import End
from aicop.relations import MASK, RELATED, SETS, RelationSet
from aicop.vocabulary import ASKING, Nature, Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.model.mapping import Mapping


_STRAIGHT = {
    Predicate.MITIGATES: "mitigates",
    Predicate.CITES: "cites",
    Predicate.CORRESPONDS: "corresponds to",
    Predicate.RELATED: "is related to",
    Predicate.ASSOCIATED: "is named together with",
}
_INVERTED = _STRAIGHT | {Predicate.MITIGATES: "is mitigated by", Predicate.CITES: "is cited by"}


def mask_of(predicate: Predicate, source: Nature, target: Nature) -> int | None:
    """Return the relations that a predicate allows, as a mask, or None for a link, which is outside the algebra."""
    if predicate in RELATION:
        return RELATION[predicate]
    # RELATED excludes only `Relation.NONE`, and does so only between requirements or mitigations.
    if predicate is Predicate.RELATED and source in ASKING and target in ASKING:
        return MASK[RELATED]
    return None


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Claim:
    """
    A claim about the relationship between a source and a target, always read as *source CLAIM target*.

    Either `relations` or `link` is set, or neither if no counterpart was found.
    """

    source: End | None
    """None if no counterpart was found for the target."""
    target: End | None
    """None if no counterpart was found for the source."""
    relations: RelationSet | None
    """The possible relations; None for a link."""
    link: Predicate | None
    """The predicate of a link, such as *mitigates* or *cites*; None for relations."""
    inverted: bool
    """Whether a link was made in the other direction, so that it reads "is mitigated by"."""
    strength: int | None
    """
    0 to 10: how much of the source's requirement the target also requires; for *mitigates*, how much of the risk.

    None if it was not judged in this direction or does not carry over. The relationship alone determines it in some
    cases: it is 10 for *equal-to*, *subset-of* and either of both, and 0 for *no-relationship*. Otherwise, a derived
    claim has the strength of a mapping if every other step of a path is an equality, whatever other paths there are.
    If several such paths state a strength, a path with a relationship counts before one that says only *related-to*,
    then the one with the fewest mappings, then the least strength.
    """
    remainder: str | None
    """The part of the source that the target does not cover, or of the risk that remains; None if none or not known."""
    reverse_strength: int | None
    """
    0 to 10: how much of the target's requirement the source also requires; None as for `strength`.

    It is never computed from `strength`. The relationship alone determines it in some cases: it is 10 for *equal-to*,
    *superset-of* and either of both, and 0 for *no-relationship*.
    """
    reverse_remainder: str | None
    """The part of the target that the source does not cover; None if there is none or it is not known."""
    confidence: int | None
    """0 to 10: the lowest confidence of all mappings on the paths; None if one of them states none."""
    suspect: bool
    """Whether the source or target of a mapping on the paths has changed since the mapping was judged."""
    paths: tuple[Path, ...]
    """The paths that the claim is based on, each from source to target."""
    warnings: tuple[str, ...] = ()
    """
    What a later text deleted or changed in the source and the target: the key of each such element, and its note.

    The judgement is about the older text, so a person should review it before relying on it for the later one.
    """

    def __repr__(self) -> str:
        strength = "" if self.strength is None else f", strength {self.strength}"
        return one_line(self, f"{self.source or '(none)'} {self.says} {self.target or '(none)'}{strength}")

    @property
    def relation(self) -> Relation | None:
        """The relation if exactly one is possible, otherwise None."""
        return None if self.relations is None else self.relations.certain

    @property
    def rationales(self) -> tuple[str, ...]:
        """The rationales of all steps, in order and without duplicates."""
        said = (step.rationale for path in self.paths for step in path)
        return tuple(dict.fromkeys(reason for reason in said if reason))

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """The mappings on all paths, in order and without duplicates."""
        rows = (step.mapping for path in self.paths for step in path)
        return tuple(dict.fromkeys(row for row in rows if row is not None))

    @property
    def derived(self) -> bool:
        """True if the claim is based on several paths, or on a path of several steps."""
        return sum(map(len, self.paths)) > 1

    @property
    def says(self) -> str:
        """The claim in a few words, such as "equal-to", "is mitigated by" or "nothing is known"."""
        if self.link is not None:
            return (_INVERTED if self.inverted else _STRAIGHT)[self.link]
        if self.relations is None:
            return "nothing found"
        if self.relations.contradiction:
            return "contradiction"
        if self.relations.nothing_known:
            return "nothing is known"
        if self.relations == RELATED:
            return "related, type not stated"
        return " or ".join(self.relations)


def _weakest_confidence(sure: Iterable[int | None]) -> int | None:
    """Return the lowest confidence, or None if any is missing."""
    stated = tuple(sure)
    known = [number for number in stated if number is not None]
    return min(known, default=0) if len(known) == len(stated) else None


def claim(
    ends: tuple[End | None, End | None],
    knows: Knowledge,
    paths: Iterable[Path],
    *,
    suspect: bool,
    warnings: tuple[str, ...],
) -> Claim:
    """
    Build a claim about a source and a target, *ends*, that is based on *paths*.

    *knows* is a mask of relations, a link, or None if no counterpart was found.
    """
    ways = tuple(paths)
    sure = [step.mapping.confidence for path in ways for step in path if step.mapping is not None]
    figures = figures_of_paths(ways, knows)
    link, inverted = knows if isinstance(knows, tuple) else (None, False)
    return Claim(
        source=ends[0],
        target=ends[1],
        relations=SETS[knows] if isinstance(knows, int) else None,
        link=link,
        inverted=inverted,
        strength=figures[0],
        remainder=figures[1],
        reverse_strength=figures[2],
        reverse_remainder=figures[3],
        confidence=_weakest_confidence(sure),
        suspect=suspect,
        paths=ways,
        warnings=warnings,
    )
