"""Claims about one pair of elements, and the paths that lead to them."""

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
    """Return the relations that a predicate allows, as a mask, or None for a link, which is outside the algebra."""
    if predicate in _RELATION:
        return _RELATION[predicate]
    # RELATED excludes only `Relation.NONE`, and does so only between requirements or mitigations.
    if predicate is Predicate.RELATED and source in ASKING and target in ASKING:
        return MASK[RELATED]
    return None


@attrs.frozen(kw_only=True)
class Step:
    """One step of a path: a mapping in either direction, or a step between a part and its whole."""

    source: Key
    target: Key | None
    mapping: Mapping | None
    """None for a step within a framework, between a part and its whole."""
    inverted: bool
    """True if the mapping was made in the other direction or, within a framework, if the target is the part."""

    @property
    def rationale(self) -> str | None:
        """The rationale of the mapping, or a sentence about part and whole; None if the mapping has no rationale."""
        if self.mapping is not None:
            return self.mapping.rationale
        part, whole = (self.target, self.source) if self.inverted else (self.source, self.target)
        return f"{part} is a part of {whole}."


Path = tuple[Step, ...]


@attrs.frozen(kw_only=True)
class Claim:
    """
    A claim about the relationship between a source and a target, always read as *source CLAIM target*.

    Either `relations` or `link` is set, or neither if no counterpart was found for the source.
    """

    source: Key
    target: Key | None
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

    None if it is not stated or does not carry over. A derived claim has the strength of a mapping only if there is one
    path, and every other step of it is an equality. An inverted mapping has none, unless its predicate is *mitigates*.
    """
    remainder: str | None
    """The part of the source that the target does not cover, or of the risk that remains; None if none or not known."""
    confidence: int | None
    """0 to 10: the lowest confidence of all mappings on the paths; None if one of them states none."""
    suspect: bool
    """
    Whether the source or target of a mapping has changed since the mapping was judged.

    Elements of the intermediate frameworks of a composition are not checked.
    """
    paths: tuple[Path, ...]
    """The paths that the claim is based on, each from source to target."""

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
        return any(len(path) > 1 for path in self.paths) or len(self.paths) > 1

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


def _row_with_strength(path: Path) -> Mapping | None:
    """
    Return the mapping on a path whose strength and remainder apply to the whole path, or None if there is none.

    The strength of a path is that of its only step that is not an equality. If this step is inverted, the strength does
    not apply, because strength is not symmetric. *mitigates* is an exception: its strength always refers to the risk.
    """
    rows = [(step, step.mapping) for step in path]
    left = [(step, row) for step, row in rows if row is None or row.predicate is not Predicate.EQUAL]
    # On a path of equalities all steps have the same strength, so the first one is used.
    if not left:
        return path[0].mapping
    step, row = left[0]
    if len(left) > 1 or row is None or (step.inverted and row.predicate is not Predicate.MITIGATES):
        return None
    return row


def _weakest_confidence(sure: Iterable[int | None]) -> int | None:
    """Return the lowest confidence, or None if any is missing."""
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
    """
    Build a claim about a source and a target, *ends*, that is based on *paths*.

    *knows* is a mask of relations, a link, or None if no counterpart was found.
    """
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
