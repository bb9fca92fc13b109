"""Tables for docs/reference/crosswalk-matrix.md: every pair of frameworks with mappings, and what is claimed of it."""

import itertools
from collections import Counter
from collections.abc import Iterator

from aicop import Library
from aicop.crosswalk import Crosswalk
from aicop.errors import NoCrosswalk
from aicop.ids import EditionId
from aicop.mappings import sets
from aicop.mappings.rules import MAX_STRENGTH
from aicop.vocabulary import MappingBasis, Predicate, StrengthBand, band_of

_LIBRARY = Library()
_BANDS = tuple(StrengthBand)
_WHOLE = frozenset({Predicate.EQUAL, Predicate.SUBSET})
"""The relations in which the target requires all that the source requires."""
_WHOLE_IN_REVERSE = frozenset({Predicate.EQUAL, Predicate.SUPERSET})


def _basis(item: Crosswalk) -> str:
    """Return who says so: the bases of the mappings, and the editions through which they were derived."""
    bases = [basis.value for basis in MappingBasis if basis in {row.basis for row in item.mappings}]
    return ", ".join(bases)


def _figures(item: Crosswalk, *, forward: bool) -> tuple[str, ...]:
    """
    Return the numbers of mappings in one direction by what they say.

    These are the bands of strength, no strength, no relationship, and nothing found for an element of the first side.
    """
    found: Counter[object] = Counter()
    for row in item.mappings:
        if row.predicate is Predicate.NOTHING:
            found[row.predicate] += (row.source if forward else row.target) is not None
        elif row.predicate is Predicate.NONE:
            found[row.predicate] += 1
        else:
            # A relation that requires everything of one side implies its strength, whether the row states it or not.
            stated = row.strength if forward else row.reverse_strength
            whole = row.predicate in (_WHOLE if forward else _WHOLE_IN_REVERSE)
            found[band_of(MAX_STRENGTH if whole else stated)] += 1
    return tuple(str(found[name]) for name in (*_BANDS, None, Predicate.NONE, Predicate.NOTHING))


HEAD = ("from", "to", "basis", *(band.value for band in _BANDS), "no strength", "no relationship", "nothing found")


def direct() -> list[tuple[str, ...]]:
    """Return a row for each pair of frameworks with mappings, in both directions, after the heads of the columns."""
    rows: list[tuple[str, ...]] = [HEAD]
    pairs = dict.fromkeys((item.source, item.target) for item in sets())
    for source, target in pairs:
        item = _LIBRARY.crosswalk(source, target, via=())
        ends = f"`{item.source.id}`", f"`{item.target.id}`"
        rows.append((*ends, _basis(item), *_figures(item, forward=True)))
        if source != target:
            rows.append((*reversed(ends), _basis(item), *_figures(item, forward=False)))
    return rows


def _neighbours() -> dict[EditionId, set[EditionId]]:
    found: dict[EditionId, set[EditionId]] = {}
    for item in sets():
        if item.source != item.target:
            found.setdefault(item.source, set()).add(item.target)
            found.setdefault(item.target, set()).add(item.source)
    return found


def _steps() -> Iterator[tuple[EditionId, EditionId, EditionId]]:
    """Yield two frameworks without mappings and a framework between them, each pair in one direction."""
    near = _neighbours()
    for middle in sorted(near):
        for one, other in itertools.combinations(sorted(near[middle]), 2):
            if other not in near[one]:
                yield one, middle, other


def through_one() -> list[tuple[str, ...]]:
    """Return a row for each pair of frameworks that only a third one connects, after the heads of the columns."""
    rows: list[tuple[str, ...]] = [("from", "through", "to", "pairs", "overlap certain", "mitigates", "nothing known")]
    for one, middle, other in _steps():
        try:
            found = list(_LIBRARY.crosswalk(one, other, via=middle).claims())
        except NoCrosswalk:
            continue
        if not found:
            continue
        certain = sum(claim.relations is not None and claim.relations.overlap_is_certain for claim in found)
        mitigates = sum(claim.says == Predicate.MITIGATES.value for claim in found)
        rows.append(
            (
                f"`{one}`",
                f"`{middle}`",
                f"`{other}`",
                *map(str, (len(found), certain, mitigates, len(found) - certain - mitigates)),
            )
        )
    return rows
