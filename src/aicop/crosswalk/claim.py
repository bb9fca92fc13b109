"""What a crosswalk says of one pair: the claim, and the steps by which it was reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.ids import Key
from aicop.model.mapping import Mapping
from aicop.relations import MASK, RELATED, SETS, RelationSet
from aicop.vocabulary import ASKING, Nature, Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable


_RELATION = {Predicate(relation.value): MASK[RelationSet([relation])] for relation in Relation}
_STRAIGHT = {
    Predicate.MITIGATES: "mitigates",
    Predicate.CITES: "cites",
    Predicate.CORRESPONDS: "corresponds to",
    Predicate.RELATED: "is related to",
    Predicate.ASSOCIATED: "is named together with",
}
_INVERTED = _STRAIGHT | {Predicate.MITIGATES: "is mitigated by", Predicate.CITES: "is cited by"}


def mask_of(predicate: Predicate, source: Nature, target: Nature) -> int | None:
    """Give what a predicate says of the relation, as a mask; None for a link, which says nothing of it."""
    if predicate in _RELATION:
        return _RELATION[predicate]
    if predicate is Predicate.RELATED and source in ASKING and target in ASKING:
        return MASK[RELATED]
    return None


@attrs.frozen(kw_only=True)
class Step:
    """One step of a path: a mapping, read in one direction, or a part and its whole."""

    source: Key
    target: Key | None
    mapping: Mapping | None
    """None for a step within a framework: the source is a part of the target, or the other way round."""
    inverted: bool
    """Whether the mapping was made the other way round; for a part, whether the target is the part."""

    @property
    def rationale(self) -> str | None:
        """Why: the mapping's rationale, or that the one is a part of the other; None where nobody says."""
        if self.mapping is not None:
            return self.mapping.rationale
        part, whole = (self.target, self.source) if self.inverted else (self.source, self.target)
        return f"{part} is a part of {whole}."


Path = tuple[Step, ...]


@attrs.frozen(kw_only=True)
class Claim:
    """
    What is known of how a source stands to a target. Always read *source ... target*.

    Either `relations` or `link` is given, never both; neither is where nothing was found for the source.
    """

    source: Key
    target: Key | None
    """None when nothing was found."""
    relations: RelationSet | None
    """The relations that stay possible; None for a link."""
    link: Predicate | None
    """mitigates, cites, corresponds-to or related-to; None for relations."""
    inverted: bool
    """Whether a link was made the other way round, so that it reads "is mitigated by"."""
    strength: int | None
    """
    0 to 10: how much of what the source asks the target asks too, or of the risk the measure answers.

    None where it is not given, and for what is derived otherwise than over steps between equals.
    """
    remainder: str | None
    """What the target leaves open of the source, or the measure of the risk; None where nothing is, or not known."""
    confidence: int | None
    """0 to 10: that of the weakest step; None where a step's is not stated."""
    suspect: bool
    """Whether source or target of a step says something else now than when it was judged."""
    paths: tuple[Path, ...]
    """The ways by which it was reached, each from source to target; several where several agree."""

    @property
    def relation(self) -> Relation | None:
        """The relation, when it is certain."""
        return None if self.relations is None else self.relations.certain

    @property
    def rationales(self) -> tuple[str, ...]:
        """Why, step by step, each reason once."""
        said = (step.rationale for path in self.paths for step in path)
        return tuple(dict.fromkeys(reason for reason in said if reason))

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """The rows that it rests on, each once, in the order of the paths."""
        rows = (step.mapping for path in self.paths for step in path)
        return tuple(dict.fromkeys(row for row in rows if row is not None))

    @property
    def derived(self) -> bool:
        """Whether more than one row, or a part and its whole, led to it."""
        return any(len(path) > 1 for path in self.paths) or len(self.paths) > 1

    @property
    def says(self) -> str:
        """In one line what it says, from "equal-to" to "nothing is known"."""
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


def _row_with_strength(path: Path) -> Mapping | None:
    """
    Give the row whose strength and remainder hold for a whole path.

    That is the one that is left beside steps between equals. What is mitigated is weighed from the risk's side, so that
    such a row holds in both directions.
    """
    rows = [(step, step.mapping) for step in path]
    left = [(step, row) for step, row in rows if row is None or row.predicate is not Predicate.EQUAL]
    if not left:
        return path[0].mapping
    step, row = left[0]
    if len(left) > 1 or row is None or (step.inverted and row.predicate is not Predicate.MITIGATES):
        return None
    return row


def _weakest_confidence(sure: Iterable[int | None]) -> int | None:
    stated = tuple(sure)
    known = [number for number in stated if number is not None]
    return min(known, default=0) if len(known) == len(stated) else None


def claim(
    ends: tuple[Key, Key | None],
    knows: int | tuple[Predicate, bool] | None,
    paths: Iterable[Path],
    *,
    suspect: bool,
) -> Claim:
    """Make a claim of what is known, a mask or a link with its direction, and of how."""
    ways = tuple(paths)
    sure = [step.mapping.confidence for path in ways for step in path if step.mapping is not None]
    own = _row_with_strength(ways[0]) if len(ways) == 1 else None
    link, inverted = knows if isinstance(knows, tuple) else (None, False)
    return Claim(
        source=ends[0],
        target=ends[1],
        relations=SETS[knows] if isinstance(knows, int) else None,
        link=link,
        inverted=inverted,
        strength=own.strength if own is not None else None,
        remainder=own.remainder if own is not None else None,
        confidence=_weakest_confidence(sure),
        suspect=suspect,
        paths=ways,
    )
