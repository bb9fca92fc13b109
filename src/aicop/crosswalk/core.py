"""
The `Crosswalk` class: mappings between two frameworks, and the claims that follow from them.

A crosswalk is immutable; methods that change it return a new one. All claims follow the rules of `aicop.relations`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import attrs

from aicop.crosswalk.claim import Claim, Path, Step, claim, mask_of
from aicop.crosswalk.coverage import CoverageReport, Gap, classify
from aicop.crosswalk.denominator import Words, as_set, check_kinds, counted_items
from aicop.crosswalk.explanation import explanation_of
from aicop.crosswalk.hierarchy import MappedRelatives, lift_links, partners_of, parts_by_whole, propagate_relations
from aicop.crosswalk.links import Link, Links, compose_links, inverse_links, union_of_links
from aicop.crosswalk.matrix import EQUAL, NOTHING_KNOWN, RelationMatrix, compose, intersect, inverse, inverse_table
from aicop.errors import EditionMismatch
from aicop.frameworks.framework import Framework, digest
from aicop.ids import Key
from aicop.model.mapping import Mapping
from aicop.relations import SETS, RelationSet
from aicop.spelling import unknown_term
from aicop.vocabulary import Coverage, MappingBasis, Predicate, term

Keep = Callable[[Mapping], bool]


def _checked_date(text: str | None) -> str | None:
    """Return an ISO day, month or year unchanged; raise UnknownTerm for anything else."""
    if text is not None:
        try:
            date.fromisoformat(f"{text}-01-01"[: len("2026-01-01")] if len(text) in {4, 7} else text)
        except ValueError:
            vocabulary, forms = "date", "an ISO date such as 2026-11-22, 2026-11 or 2026"
            raise unknown_term(vocabulary, text, (forms,)) from None
    return text


def _remainder_heading(key: Key, item: Claim) -> str:
    """Return the label of a claim in the gap of *key*: its target, preceded by its source if that is not *key*."""
    assert item.target is not None
    return item.target.local if item.source == key else f"{item.source.local} to {item.target.local}"


def _path_order(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return a sort key for paths, so that their order does not depend on the order of the rows."""
    rows = (step.mapping for step in path)
    return tuple(
        ("",) if row is None else (row.set, row.author or "", str(row.source), str(row.target)) for row in rows
    )


@attrs.frozen(repr=False, eq=False, kw_only=True)
class Crosswalk:
    """
    Mappings between the elements of two frameworks, and the claims that follow from them.

    `aicop.crosswalk.crosswalk` returns shipped crosswalks. `Crosswalk.from_mappings` builds one from your own mappings.
    """

    source: Framework
    target: Framework
    mappings: tuple[Mapping, ...]
    """The underlying mappings, in the direction in which they were made."""
    matrix: RelationMatrix
    """Maps each source, then each target, to a mask of possible relations: five bits, in the order of `Relation`."""
    links: Links
    """Maps each source, then each target, to links; each has a flag that is True if the mapping is inverted."""
    _not_found: dict[Key, tuple[Mapping, ...]]
    """Maps each source without a counterpart to the mappings that state this."""
    _paths: Callable[[Key, Key], Iterable[Path]]
    _rebuild: Callable[[Keep], Crosswalk]
    """Rebuilds the crosswalk from the mappings that pass a test."""
    _claim_per_path: bool
    """Whether each path is a separate claim, so that mappings by several authors are not merged."""

    def __repr__(self) -> str:
        pairs = {(one, other) for part in (self.matrix, self.links) for one, row in part.items() for other in row}
        return f"<Crosswalk {self.source.id} to {self.target.id}: {len(pairs)} pairs>"

    @classmethod
    def from_mappings(cls, rows: Iterable[Mapping], source: Framework, target: Framework) -> Crosswalk:
        """
        Build a crosswalk from mappings, such as those that `aicop.mappings.loads` returns.

        Raises:
            EditionMismatch: a mapping belongs to other editions than *source* and *target*.
        """
        kept = tuple(rows)
        pairs: dict[tuple[Key, Key], list[Mapping]] = {}
        not_found: dict[Key, list[Mapping]] = {}
        for row in kept:
            for key, framework in ((row.source, source), (row.target, target)):
                if key is not None and key.edition != framework.id:
                    raise EditionMismatch(str(framework.id), str(key.edition))
            if row.target is None:
                not_found.setdefault(row.source, []).append(row)
            else:
                pairs.setdefault((row.source, row.target), []).append(row)
        lines: RelationMatrix = {}
        links: Links = {}
        # If a pair has several rows, their relations intersect: each row rules out some relations.
        for (one, other), claims in pairs.items():
            natures = source[one].nature, target[other].nature
            for row in claims:
                mask = mask_of(row.predicate, *natures)
                if mask is None:
                    linked = links.setdefault(one, {})
                    linked[other] = linked.get(other, frozenset()) | {(row.predicate, False)}
                else:
                    into = lines.setdefault(one, {})
                    into[other] = into.get(other, NOTHING_KNOWN) & mask

        def paths(one: Key, other: Key) -> Iterator[Path]:
            for row in pairs.get((one, other), ()):
                yield (Step(source=one, target=other, mapping=row, inverted=False),)

        return cls(
            source=source,
            target=target,
            mappings=kept,
            matrix=lines,
            links=links,
            not_found={one: tuple(claims) for one, claims in not_found.items()},
            paths=paths,
            rebuild=lambda keep: cls.from_mappings(filter(keep, kept), source, target),
            claim_per_path=True,
        )

    def _suspect(self, row: Mapping) -> bool:
        """Return True if the source or target of the row has changed since the row was judged."""
        # In a composition, a row can also refer to an intermediate framework, which is not available for the check.
        sides = ((row.source, row.source_digest), (row.target, row.target_digest))
        for key, judged in sides:
            for framework in (self.source, self.target):
                if key is not None and judged is not None and key.edition == framework.id:
                    if digest(framework[key]) != judged:
                        return True
                    break
        return False

    def suspects(self) -> tuple[Mapping, ...]:
        """Return the mappings whose source or target has changed since they were judged, in order."""
        return tuple(filter(self._suspect, self.mappings))

    def _assertion_of(self, step: Step) -> int | Link:
        """Return the assertion of a step: the mask of a relation, or a link."""
        row = step.mapping
        assert row is not None
        assert row.target is not None
        # The mapping of an inverted step leads from an element of the target to one of the source.
        ends = (self.target, self.source) if step.inverted else (self.source, self.target)
        mask = mask_of(row.predicate, ends[0][row.source].nature, ends[1][row.target].nature)
        if mask is None:
            return row.predicate, step.inverted
        return inverse_table()[mask] if step.inverted else mask

    def pair(self, one: Key, other: Key) -> Iterator[Claim]:
        """Yield the claims about a source and a target; none if no path connects them."""
        ways = sorted(self._paths(one, other), key=_path_order)
        marked = [any(self._suspect(step.mapping) for step in way if step.mapping is not None) for way in ways]
        if self._claim_per_path:
            for way, suspect in zip(ways, marked, strict=True):
                yield claim((one, other), self._assertion_of(way[0]), (way,), suspect=suspect)
            return
        mask = self.matrix.get(one, {}).get(other)
        if mask is not None:
            yield claim((one, other), mask, ways, suspect=any(marked))
        for link in sorted(self.links.get(one, {}).get(other, ())):
            yield claim((one, other), link, ways, suspect=any(marked))

    def __getitem__(self, key: Key | str) -> tuple[Claim, ...]:
        """
        Return the claims about a source: first those that no counterpart was found, then the others by target.

        Raises:
            UnknownKey: the source framework has no such element.
        """
        one = self.source.key(key)
        found = [
            claim((one, None), None, ((Step(source=one, target=None, mapping=row, inverted=False),),), suspect=False)
            for row in self._not_found.get(one, ())
        ]
        partners = {*self.matrix.get(one, ()), *self.links.get(one, ())}
        for other in sorted(partners, key=self.target.position):
            found += self.pair(one, other)
        return tuple(found)

    def claims_to(self, key: Key | str) -> tuple[Claim, ...]:
        """
        Return the claims about a target, in the order of their sources (reverse look-up).

        Raises:
            UnknownKey: the target framework has no such element.
        """
        other = self.target.key(key)
        ones = (one for one in self.source if other in self.matrix.get(one, {}) or other in self.links.get(one, {}))
        return tuple(item for one in ones for item in self.pair(one, other))

    def claims(self) -> Iterator[Claim]:
        """Yield all claims in the order of their sources, then of their targets."""
        for one in self.source:
            yield from self[one]

    def relations_between(self, one: Key | str, other: Key | str) -> RelationSet:
        """
        Return the possible relations between a source and a target, given both hierarchies.

        Raises:
            UnknownKey: *one* is not in the source framework, or *other* not in the target framework.
        """
        ends = self.source.key(one), self.target.key(other)
        return SETS[self._at_every_level.matrix.get(ends[0], {}).get(ends[1], NOTHING_KNOWN)]

    def inverse(self) -> Crosswalk:
        """
        Return the crosswalk from target to source, in which *subset-of* becomes *superset-of*, for example.

        Claims that no counterpart was found are dropped, so inverting twice does not restore them.
        """

        def paths(one: Key, other: Key) -> Iterator[Path]:
            for way in self._paths(other, one):
                yield tuple(
                    Step(source=step.target, target=step.source, mapping=step.mapping, inverted=not step.inverted)
                    for step in reversed(way)
                    if step.target is not None
                )

        return attrs.evolve(
            self,
            source=self.target,
            target=self.source,
            matrix=inverse(self.matrix),
            links=inverse_links(self.links),
            not_found={},
            paths=paths,
            rebuild=lambda keep: self._rebuild(keep).inverse(),
        )

    def compose(self, other: Crosswalk) -> Crosswalk:
        """
        Return the composition with a crosswalk whose source is the target of this one.

        Every source and target that are connected by paths of relations have a claim. It combines all paths, and may
        leave every relation possible. The only link that composes is *mitigates*. If no counterpart was found for an
        element of the intermediate framework, the same applies to every source that equals this element.

        Raises:
            EditionMismatch: the source of *other* is not the target of this crosswalk.
        """
        if other.source.id != self.target.id:
            raise EditionMismatch(str(self.target.id), str(other.source.id))
        begun = partners_of(self.matrix, self.links)
        ended = partners_of(inverse(other.matrix), inverse_links(other.links))

        # Paths are computed when a claim is read, since most claims never are.
        def paths(one: Key, last: Key) -> Iterator[Path]:
            # The longer row is only asked, never walked: else an element of many pairs is walked for each.
            few, many = sorted((begun.get(one, {}), ended.get(last, {})), key=len)
            middles = (middle for middle in few if middle in many)
            for middle in sorted(middles, key=self.target.position):
                for before, after in itertools.product(self._paths(one, middle), other._paths(middle, last)):
                    yield (*before, *after)

        # A source that equals an element without a counterpart has no counterpart either.
        not_found = {
            one: other._not_found[middle]
            for one, row in self.matrix.items()
            for middle, mask in row.items()
            if mask == EQUAL and middle in other._not_found
        }
        return Crosswalk(
            source=self.source,
            target=other.target,
            mappings=(*self.mappings, *other.mappings),
            matrix=compose(self.matrix, other.matrix),
            links=compose_links((self.matrix, self.links), (other.matrix, other.links)),
            not_found=not_found,
            paths=paths,
            rebuild=lambda keep: self._rebuild(keep).compose(other._rebuild(keep)),
            claim_per_path=False,
        )

    def combine(self, other: Crosswalk) -> Crosswalk:
        """
        Return the union with a crosswalk between the same frameworks; mappings by several authors stay separate.

        Raises:
            EditionMismatch: *other* is between other editions.
        """
        for mine, theirs in ((self.source, other.source), (self.target, other.target)):
            if mine.id != theirs.id:
                raise EditionMismatch(str(mine.id), str(theirs.id))
        not_found = {key: (*self._not_found.get(key, ()), *rows) for key, rows in other._not_found.items()}
        known = frozenset(self.mappings)
        return attrs.evolve(
            self,
            mappings=(*self.mappings, *(row for row in other.mappings if row not in known)),
            matrix=intersect(self.matrix, other.matrix),
            links=union_of_links(self.links, other.links),
            not_found=self._not_found | not_found,
            paths=lambda one, last: (*self._paths(one, last), *other._paths(one, last)),
            rebuild=lambda keep: self._rebuild(keep).combine(other._rebuild(keep)),
            claim_per_path=self._claim_per_path and other._claim_per_path,
        )

    def merge_makers(self) -> Crosswalk:
        """Return a crosswalk with one claim per pair: the intersection of the relations of all its mappings."""
        return attrs.evolve(self, claim_per_path=False, rebuild=lambda keep: self._rebuild(keep).merge_makers())

    def contradictory_claims(self) -> tuple[Claim, ...]:
        """Return one claim for each pair whose paths cannot all be true, in order."""
        whole = self.merge_makers()
        pairs = ((one, other) for one in self.source for other, mask in self.matrix.get(one, {}).items() if not mask)
        return tuple(item for one, other in pairs for item in whole.pair(one, other) if item.relations is not None)

    @functools.cached_property
    def _at_every_level(self) -> Crosswalk:
        # Kept, because those who ask about one pair often ask about many.
        return self.at_level()

    def at_level(self, source: Words | None = None, target: Words | None = None) -> Crosswalk:
        """
        Propagate all claims through both hierarchies and keep those between elements of the given kinds.

        The default is all kinds. A provision is the union of its statements, a principle the union of its provisions.
        Any other whole contains its parts and possibly more. If a part mitigates a risk, so does the whole.

        Raises:
            UnknownTerm: a framework has no elements of a given kind.
        """
        # The hierarchy functions work on sources, so the target's hierarchy is applied to the inverse.
        back = inverse(self.matrix), inverse_links(self.links)
        lines = propagate_relations(inverse(propagate_relations(back[0], self.target)), self.source)
        links = lift_links(inverse_links(lift_links(back[1], self.target)), self.source)
        kinds = check_kinds(self.source, source), check_kinds(self.target, target)

        def keep(framework: Framework, key: Key, wanted: frozenset[str] | None) -> bool:
            return wanted is None or framework[key].kind in wanted

        def cut(table: dict[Key, dict[Key, Any]]) -> dict[Key, dict[Key, Any]]:
            return {
                one: kept
                for one, row in table.items()
                if keep(self.source, one, kinds[0])
                and (kept := {other: cell for other, cell in row.items() if keep(self.target, other, kinds[1])})
            }

        # Every mapping between an ancestor or descendant of the source and one of the target contributes to a pair.
        near = MappedRelatives(self.source, self.target, partners_of(self.matrix, self.links), partners_of(*back))
        return attrs.evolve(
            self,
            matrix=cut(lines),
            links=cut(links),
            not_found={one: rows for one, rows in self._not_found.items() if keep(self.source, one, kinds[0])},
            paths=lambda one, other: near.paths(one, other, self._paths),
            claim_per_path=False,
            rebuild=lambda test: self._rebuild(test).at_level(source, target),
        )

    def filter(  # noqa: PLR0913 -- one keyword for each question
        self,
        *,
        basis: Words | None = None,
        author: Words | None = None,
        relation: Words | None = None,
        confidence: int = 0,
        since: str | None = None,
        until: str | None = None,
    ) -> Crosswalk:
        """
        Return the crosswalk rebuilt from the mappings that match all given filters.

        *confidence* is the minimum, 0 to 10; *since* and *until* are ISO days, months or years, inclusive. A mapping
        without an author, date or confidence does not match a filter on it.

        Raises:
            UnknownTerm: a basis or relation does not exist, or a date is not in ISO form.
        """
        bases = None if basis is None else {term(MappingBasis, word) for word in as_set(basis) or ()}
        words = None if relation is None else {term(Predicate, word) for word in as_set(relation) or ()}
        makers = as_set(author)
        first, last = _checked_date(since), _checked_date(until)

        # Two dates are compared at the precision of the coarser one; the `!= ""` rejects a row without a date.
        def keep(row: Mapping) -> bool:
            return (
                (bases is None or row.basis in bases)
                and (words is None or row.predicate in words)
                and (makers is None or row.author in makers)
                and (row.confidence or 0) >= confidence
                and (first is None or (day := row.date or "")[: len(first)] >= first[: len(day)] != "")
                and (last is None or (day := row.date or "")[: len(last)] <= last[: len(day)] != "")
            )

        return self._rebuild(keep)

    def claims_between(self, one: Key | str, other: Key | str) -> tuple[Claim, ...]:
        """
        Return the direct claims about a pair, otherwise derived ones, otherwise those that no counterpart was found.

        Raises:
            UnknownKey: *one* is not in the source framework, or *other* not in the target framework.
        """
        ends = self.source.key(one), self.target.key(other)
        not_found = (item for item in self[ends[0]] if item.target is None)
        return tuple(self.pair(*ends)) or tuple(self._at_every_level.pair(*ends)) or tuple(not_found)

    def explain(self, one: Key | str, other: Key | str) -> str:
        """Return the claims of `claims_between` as plain text with their rationales; it raises the same errors."""
        found = self.claims_between(one, other)
        if not found:
            return f"No mapping connects {self.source.key(one)} and {self.target.key(other)}.\n"
        return "\n".join(explanation_of(item, self.source, self.target) for item in found) + "\n"

    def coverage(self, scope: Iterable[Key | str] | None = None, *, denominator: Words | None = None) -> CoverageReport:
        """
        Return how far the source is covered by the target.

        *scope* limits the report to these elements, or to the counted elements in them. *denominator* is the kind to
        count, or several kinds; by default, provisions and sub-provisions or, in a framework without them, elements
        without children. Mappings at other levels count through the hierarchy. A mitigated risk is partly covered.

        Raises:
            UnknownKey: an element of the scope is not in the source framework, or contains nothing that is counted.
            UnknownTerm: the source framework has no elements of a given kind that could be counted.
        """
        items, said = counted_items(self.source, scope, denominator)
        lines = propagate_relations(self.matrix, self.source)
        lifted = lift_links(self.links, self.source)
        links = {one: [link for several in row.values() for link, _ in several] for one, row in lifted.items()}
        parts, full = parts_by_whole(self.source.whole_by_part()), self.source.complete_wholes
        # If nothing was found for a whole, nothing was found for its direct parts either.
        looked = {below for key in self._not_found for below in (key, *parts.get(key, ()))}
        found = classify(items, lines, links, looked, lambda key: tuple(parts[key]) if key in full else ())
        return CoverageReport(said, str(self.target.id), found)

    def gaps(self, scope: Iterable[Key | str] | None = None, *, denominator: Words | None = None) -> tuple[Gap, ...]:
        """Return the items that are not fully covered, with details; arguments and errors are those of `coverage`."""
        rows: dict[Key, list[Claim]] = {}
        for item in self.claims():
            rows.setdefault(item.source, []).append(item)

        parts, full = parts_by_whole(self.source.whole_by_part()), self.source.complete_wholes

        def gap(key: Key, known: Coverage) -> Gap:
            below = [key, *parts.get(key, ())]
            above = self.source.whole_of(key)
            if above in full and len(parts[above]) == 1:
                # If a union has a single part, the part equals the whole, such as a provision with one statement.
                below.append(above)
            found = [item for part in below for item in rows.get(part, ()) if item.target is not None]
            # The remainder of a mitigation is a gap of the risk, not of the measure that mitigates it.
            own = [item for item in found if item.link is None or item.inverted]
            strengths = [item.strength for item in own if item.strength is not None]
            left = dict.fromkeys(f"{_remainder_heading(key, item)}: {item.remainder}" for item in own if item.remainder)
            return Gap(key, known, max(strengths, default=None), tuple(left))

        report = self.coverage(scope, denominator=denominator)
        return tuple(gap(key, known) for key, known in report.items if known is not Coverage.COVERED)

    def table(self) -> list[dict[str, str | int | bool | None]]:
        """Return all claims as rows of plain values, as ``pandas.DataFrame`` and ``polars.DataFrame`` accept them."""
        return self.table_of(self.claims())

    def table_of(self, claims: Iterable[Claim]) -> list[dict[str, str | int | bool | None]]:
        """Return these claims as rows in the form of `table`."""
        return [
            {
                "source": str(item.source),
                "source_title": self.source.title(item.source),
                "relationship": item.says,
                "target": None if item.target is None else str(item.target),
                "target_title": None if item.target is None else self.target.title(item.target),
                "strength": item.strength,
                "remainder": item.remainder,
                "confidence": item.confidence,
                "basis": "; ".join(dict.fromkeys(row.basis.value for row in item.mappings)),
                "author": "; ".join(dict.fromkeys(filter(None, (row.author for row in item.mappings)))),
                "date": "; ".join(dict.fromkeys(filter(None, (row.date for row in item.mappings)))),
                "rationale": " | ".join(item.rationales),
                "paths": len(item.paths),
                "suspect": item.suspect,
            }
            for item in claims
        ]
