"""The claims of a crosswalk: about a pair, a source, a target, or all of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.claim import Claim, claim
from aicop.crosswalk.ends import digest_of, joints_of, members_of, order_of
from aicop.crosswalk.figures import ALL, RELATION, figures_of, figures_of_paths, strength_of, strengths_of
from aicop.crosswalk.history.direct import assertion_of, mask_of_row
from aicop.crosswalk.history.levels import sides_of
from aicop.crosswalk.history.protocol import SOURCE, TARGET, History
from aicop.ids import JointId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.crosswalk.path import Path
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, End, Key
    from aicop.model.mapping import Mapping
    from aicop.vocabulary import Predicate


def _path_order(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return a sort key for paths, so that their order does not depend on the order of the rows."""
    rows = (step.mapping for step in path)
    return tuple(() if row is None else (row.set, row.author or "", str(row.source), str(row.target)) for row in rows)


def _in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the paths of a claim in an order that does not depend on the order of the rows."""
    found = tuple(paths)
    # Most pairs have a single path, for which no sort key is needed.
    return found if len(found) == 1 else tuple(sorted(found, key=_path_order))


@attrs.frozen(eq=False)
class Claims:
    """The claims that follow from a history."""

    history: History

    @functools.cached_property
    def _frameworks(self) -> dict[EditionId, Framework]:
        return {item.id: item for item in self.history.facts.frameworks}

    @functools.cached_property
    def sources(self) -> tuple[End, ...]:
        """The elements and joint ids about which something is said, in order."""
        return tuple(sorted(sides_of(self.history.tables)[SOURCE], key=order_of(self.history.facts.source)))

    @functools.cached_property
    def joints(self) -> tuple[JointId, ...]:
        """The joint ids among the sources."""
        return joints_of(sides_of(self.history.tables)[SOURCE])

    @functools.cached_property
    def _partners(self) -> tuple[dict[End, list[End]], dict[End, list[End]]]:
        """The targets of each source, and the sources of each target, in order."""
        known = self.history.tables
        there: dict[End, dict[End, None]] = {}
        for table in (known.matrix, known.links):
            for one, row in table.items():
                there.setdefault(one, {}).update(dict.fromkeys(row))
        place = order_of(self.history.facts.target)
        targets = {one: sorted(there[one], key=place) for one in self.sources if one in there}
        sources: dict[End, list[End]] = {}
        for one, others in targets.items():
            for other in others:
                sources.setdefault(other, []).append(one)
        return targets, sources

    @functools.cached_property
    def _joints(self) -> tuple[dict[Key, list[JointId]], dict[Key, list[JointId]]]:
        """The joint ids that each element is a member of, on either side, in order."""
        found: tuple[dict[Key, list[JointId]], dict[Key, list[JointId]]] = {}, {}
        ends = sides_of(self.history.tables)
        for side, framework in ((SOURCE, self.history.facts.source), (TARGET, self.history.facts.target)):
            for joint in sorted(joints_of(ends[side]), key=order_of(framework)):
                for member in joint.members:
                    found[side].setdefault(member, []).append(joint)
        return found

    def joints_with(self, end: End, side: int = SOURCE) -> list[JointId]:
        """Return the joint ids that an element is a member of, on one side."""
        return [] if isinstance(end, JointId) else self._joints[side].get(end, [])

    def is_suspect(self, row: Mapping) -> bool:
        """Return True if the source or target of a mapping has changed since the mapping was judged."""
        return any(
            end is not None and known is not None and digest_of(self._frameworks[end.edition], end) != known
            for end, known in ((row.source, row.source_digest), (row.target, row.target_digest))
        )

    @functools.cached_property
    def _amended(self) -> dict[Key, str]:
        """What a later text deleted or changed in the elements of either side: their notes, after their keys."""
        sides = (self.history.facts.source, self.history.facts.target)
        return {item.id: f"{item.id}: {item.amended}" for side in sides for item in side.amended}

    def _claim(
        self,
        ends: tuple[End | None, End | None],
        knows: int | tuple[Predicate, bool] | None,
        paths: Sequence[Path],
    ) -> Claim:
        """Build a claim with what has changed since: its mappings, or the law that it is about."""
        suspect = any(self.is_suspect(step.mapping) for path in paths for step in path if step.mapping is not None)
        notes = self._amended
        # Most frameworks have no notes, so that most claims need no search.
        keys = (key for end in ends if end is not None for key in members_of(end)) if notes else ()
        warnings = tuple(notes[key] for key in keys if key in notes)
        return claim(ends, knows, paths, suspect=suspect, warnings=warnings)

    def pair(self, one: End, other: End) -> Iterator[Claim]:
        """Yield the claims about a source and a target; none if no path connects them."""
        history = self.history
        ways = _in_order(history.paths(one, other))
        if history.facts.separate:
            for way in ways:
                knows = assertion_of(way, history.facts.source, history.facts.target)
                yield self._claim((one, other), knows, (way,))
            return
        known = history.tables
        mask = known.matrix.get(one, {}).get(other)
        if mask is not None:
            yield self._claim((one, other), mask, ways)
        for link in sorted(known.links.get(one, {}).get(other, ())):
            yield self._claim((one, other), link, ways)

    def unmatched(self, end: End, side: int = SOURCE) -> Iterator[Claim]:
        """Yield the claims that no counterpart was found for a source, or for a target."""
        paths = _in_order(self.history.tables.unmatched[side].get(end, ()))
        ends = (None, end) if side else (end, None)
        for ways in [(path,) for path in paths] if self.history.facts.separate else [paths] if paths else []:
            yield self._claim(ends, None, ways)

    def of(self, one: End) -> Iterator[Claim]:
        """Yield the claims about a source: first that no counterpart was found, then the others by target."""
        yield from self.unmatched(one)
        for other in self._partners[SOURCE].get(one, ()):
            yield from self.pair(one, other)

    def to(self, other: End) -> Iterator[Claim]:
        """Yield the claims about a target: first that no counterpart was found, then the others by source."""
        yield from self.unmatched(other, TARGET)
        for one in self._partners[TARGET].get(other, ()):
            yield from self.pair(one, other)

    def all(self) -> Iterator[Claim]:
        """Yield all claims by source, then by target, and at last the targets for which no counterpart was found."""
        for one in self.sources:
            yield from self.of(one)
        for other in sorted(self.history.tables.unmatched[TARGET], key=order_of(self.history.facts.target)):
            yield from self.unmatched(other, TARGET)

    def with_warnings(self) -> Iterator[Claim]:
        """Yield the claims about an element that a later text deleted or changed, in order."""
        # Building all claims takes long, and is only needed if there are such elements.
        return (item for item in self.all() if item.warnings) if self._amended else iter(())

    @functools.cached_property
    def strengths(self) -> dict[End, int]:
        """The greatest strength of the claims about each source; sources without one are left out."""
        found: dict[End, int] = {}
        # No claim is built for a strength: a composed crosswalk may have very many, and they are slow to build.
        for one, number in self._stated_strengths() if self.history.facts.separate else self._merged_strengths():
            if number is not None:
                found[one] = max(found.get(one, 0), number)
        return found

    def _merged_strengths(self) -> Iterator[tuple[End, int | None]]:
        """Yield sources with the strengths of their claims, if the paths of a pair are one claim."""
        history, known = self.history, self.history.tables
        for one, masks in known.matrix.items():
            determined = {mask: strength_of(mask) for mask in masks.values()}
            yield from ((one, number) for number in determined.values())
            # No strength exceeds that of a source that is equal to or inside a target.
            if ALL not in determined.values():
                for other, mask in masks.items():
                    if determined[mask] is None:
                        yield one, figures_of_paths(history.paths(one, other), mask)[0]
        for one, row in known.links.items():
            for other, links in row.items():
                for link, inverted in links:
                    # The strength of a mitigation refers to the risk, not to the measure that mitigates it.
                    if inverted:
                        yield one, figures_of_paths(history.paths(one, other), (link, inverted))[0]
        for one, paths in known.unmatched[SOURCE].items():
            yield one, figures_of_paths(paths, None)[0]

    def _stated_strengths(self) -> Iterator[tuple[End, int | None]]:
        """Yield sources with the strengths of their claims, if each mapping is a claim of its own."""
        ends = self.history.facts.source, self.history.facts.target
        for one, row in self.history.rows_at(SOURCE):
            inverted = row.source != one
            if row.source is None or row.target is None or inverted:
                yield one, figures_of(row, inverted=inverted)[0]
            elif row.predicate in RELATION or mask_of_row(row, *ends) is not None:
                yield one, figures_of(row, inverted=False)[0]
            if isinstance(one, JointId):
                # What holds of the whole of several elements, all or nothing, holds of each of them.
                known = strengths_of(RELATION.get(row.predicate, 0))[inverted]
                yield from ((member, known) for member in one.members)
