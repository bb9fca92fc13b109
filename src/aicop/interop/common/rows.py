"""The rows that a crosswalk exports, and the phrases for facts that mappings do not state."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from aicop.errors import count_phrase
from aicop.ids import JointId
from aicop.model.mapping import Mapping as Row
from aicop.vocabulary import UNSTATED, MappingBasis, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.ids import Key


_UNSTATED: dict[str, Callable[[Row], bool]] = {
    "the author": lambda row: row.author is None,
    "the date": lambda row: row.date is None,
    "the rationale": lambda row: row.rationale is None,
    "the confidence": lambda row: row.confidence is None,
    "the type of relationship": lambda row: row.predicate in {Predicate.RELATED, Predicate.ASSOCIATED},
}


class UnstatedFacts:
    """Counts missing facts of mappings: author, date, rationale, confidence and type of relation."""

    def __init__(self) -> None:
        self._counts = Counter(dict.fromkeys(_UNSTATED, 0))

    def add(self, row: Row) -> None:
        """Count the missing facts of a mapping."""
        for what, is_open in _UNSTATED.items():
            self._counts[what] += is_open(row)

    def phrases(self) -> tuple[str, ...]:
        """Return a phrase for each count that is not zero."""
        return tuple(f"{what} of {count_phrase(count, 'mapping')}" for what, count in self._counts.items() if count)


def unstated_facts(mappings: Iterable[Row]) -> tuple[str, ...]:
    """Return phrases that count the missing facts of mappings."""
    found = UnstatedFacts()
    for row in mappings:
        found.add(row)
    return found.phrases()


def as_imported(row: Row) -> Row:
    """
    Return a mapping in the form for the user's own files.

    If author, date, rationale or confidence is missing, the basis becomes *imported*, for which these are optional.
    """
    said = row.author, row.date, row.rationale, row.confidence
    return row if row.basis in UNSTATED or None not in said else attrs.evolve(row, basis=MappingBasis.IMPORTED)


def _derived_row(item: Claim, predicate: Predicate) -> Row:
    """Return a derived claim as a mapping of its own."""
    rows = item.mappings
    # If one of the mappings has no author or date, the result has none either: a partial list would look complete.
    authors = dict.fromkeys(row.author for row in rows)
    dates = [row.date for row in rows if row.date is not None]
    return Row(
        source=item.source,
        predicate=predicate,
        target=item.target,
        rationale=" ".join(item.rationales) or None,
        strength=item.strength,
        remainder=item.remainder,
        reverse_strength=item.reverse_strength,
        reverse_remainder=item.reverse_remainder,
        confidence=item.confidence,
        basis=MappingBasis.DERIVED,
        author="; ".join(map(str, authors)) if None not in authors else None,
        date=max(dates) if len(dates) == len(rows) else None,
        set="derived",
        searched=next((row.searched for row in rows if row.searched is not None), None),
    )


def _row(item: Claim) -> Row | None:
    """Return a mapping that states a claim, or None if no predicate can."""
    row = item.paths[0][0].mapping if len(item.paths) == len(item.paths[0]) == 1 else None
    # A claim that is a single mapping in its own direction is exported unchanged.
    if row is not None and (row.source, row.target) == (item.source, item.target):
        return row
    if item.source is None or item.target is None:
        predicate: Predicate | None = Predicate.NOTHING
    elif item.link is not None:
        predicate = None if item.inverted and item.link in _ONE_WAY else item.link
    elif item.relation is not None:
        predicate = Predicate(item.relation.value)
    elif item.relations is not None and not item.relations.contradiction and item.relations.overlap_is_certain:
        predicate = Predicate.RELATED
    else:
        predicate = None
    if predicate is None:
        return None
    if row is not None and (row.target, row.source) == (item.source, item.target):
        return attrs.evolve(
            row,
            source=item.source,
            predicate=predicate,
            target=item.target,
            rationale=_turned_rationale(row),
            # Each direction has figures of its own. An equality has the maximum in both, whether stated or not.
            strength=item.strength if row.reverse_strength is None else row.reverse_strength,
            remainder=item.remainder if row.reverse_remainder is None else row.reverse_remainder,
            reverse_strength=None if row.predicate in _ONE_WAY else row.strength,
            reverse_remainder=None if row.predicate in _ONE_WAY else row.remainder,
            # `knowledge` describes the original target, which is the source of the inverted row.
            knowledge=None,
            source_digest=row.target_digest,
            target_digest=row.source_digest,
        )
    return _derived_row(item, predicate)


def _turned_rationale(row: Row) -> str | None:
    """Return the rationale of a row, with the direction in which it reads if the row is shown in the other."""
    # That nothing was found reads the same from either side.
    if row.rationale is None or row.source is None or row.target is None:
        return row.rationale
    return f"Judged from {row.source} to {row.target}: {row.rationale}"


def _is_of_member(item: Claim) -> bool:
    """Return True if a claim follows from a single joint mapping for one of the members."""
    path = item.paths[0]
    ends = {end for step in path if step.mapping is None for end in (step.source, step.target)}
    return len(item.paths) == 1 and len(item.mappings) == 1 and any(isinstance(end, JointId) for end in ends)


def _reason_omitted(item: Claim) -> str:
    """Return the reason why a claim has no row, as a phrase."""
    if item.source is None or item.target is None:
        return "no counterpart found"
    # These claims assert nothing, so no format can express them. The others need a predicate that the format lacks.
    if item.relations is not None and (item.relations.contradiction or item.relations.nothing_known):
        return item.says
    return f"cannot express {item.says!r}"


_ONE_WAY = frozenset({Predicate.MITIGATES, Predicate.CITES})


def single_ends(row: Row) -> tuple[Key, Key]:
    """Return source and target of a row that has both and is not joint, as formats without such rows need them."""
    source, target = row.source, row.target
    assert source is not None
    assert target is not None
    assert not isinstance(source, JointId)
    assert not isinstance(target, JointId)
    return source, target


@attrs.frozen
class Rows:
    """The rows that a crosswalk exports to a format, and counts of the claims that the format cannot express."""

    rows: tuple[Row, ...]
    """The mappings, in the order of the crosswalk."""
    omitted: tuple[str, ...]
    """Phrases with counts of the skipped rows and claims; empty if everything is exported."""


def rows_of(crosswalk: Crosswalk, holds: Iterable[Predicate] = tuple(Predicate), *, joint: bool = True) -> Rows:
    """
    Return the rows of a crosswalk that a format can express; *holds* contains the predicates of the format.

    *joint* is false if the format cannot express that several elements are mapped together.

    A mapping is exported unchanged. An inverted or derived claim becomes a row if a single predicate states it. If a
    claim allows several relations, the predicate is *related-to*, provided that all of them imply an overlap; otherwise
    the claim has no row.
    """
    words = frozenset(holds)
    found: dict[Row, Row] = {}
    left: Counter[str] = Counter()
    for item in crosswalk.claims():
        if _is_of_member(item):
            left["follows from a joint mapping"] += 1
            continue
        row = _row(item)
        if row is None or row.predicate not in words:
            left[_reason_omitted(item)] += 1
        elif not joint and (isinstance(row.source, JointId) or isinstance(row.target, JointId)):
            left["maps several elements taken together"] += 1
        # The same row may be in several sets; only the name of the set differs.
        elif found.setdefault(row.content, row) is not row:
            left["also in another set, written once"] += 1
    said = (f"{count_phrase(count, 'row')}: {says}" for says, count in left.items())
    return Rows(tuple(found.values()), (*said, *omitted_not_found(crosswalk)))


def own_columns_phrase(names: Sequence[str]) -> tuple[str, ...]:
    """Return a phrase that counts and names the user's own columns that are lost; empty if there are none."""
    return (f"{count_phrase(len(names), 'column')} of your own: {', '.join(names)}",) if names else ()


def omitted_not_found(crosswalk: Crosswalk) -> tuple[str, ...]:
    """
    Return phrases that count the rows with *nothing-found* for which a crosswalk has no claim.

    In an inverted crosswalk, these are rows about elements of the new target. In a composition of A, B and C, an
    example is a row that an element of B has no counterpart in C, if no element of A equals that element.
    """
    claims = (item for item in crosswalk.claims() if item.source is None or item.target is None)
    heard = {row for item in claims for row in item.mappings}
    lost = [row for row in crosswalk.mappings if (row.source is None or row.target is None) and row not in heard]
    known = (row.source or row.target for row in lost)
    turned = sum(end is not None and end.edition == crosswalk.target.id for end in known)
    counts = {"judged from the target's side": turned, "in one step of the composition": len(lost) - turned}
    return tuple(
        f"{count_phrase(count, 'row')}: {where}, no counterpart found" for where, count in counts.items() if count
    )


def with_targets(crosswalk: Crosswalk, holds: Iterable[Predicate]) -> Rows:
    """Return the exportable rows; none if no row has both sides, for formats that do not allow an empty file."""
    found = rows_of(crosswalk, holds)
    if not found.rows or any(row.source is not None and row.target is not None for row in found.rows):
        return found
    return Rows((), (*found.omitted, f"{count_phrase(len(found.rows), 'row')}: no counterpart found"))
