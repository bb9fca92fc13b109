"""
The `Crosswalk` class: mappings between two frameworks, and the claims that follow from them.

A crosswalk is immutable; methods that change it return a new one. All claims follow the rules of `aicop.relations`.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import MAX_ROWS, html_table, one_line
from aicop.crosswalk import measures
from aicop.crosswalk.algebra.matrix import NOTHING_KNOWN, RelationMatrix
from aicop.crosswalk.building import check, check_editions, completed, keep_test
from aicop.crosswalk.denominator import Scoped, Words, check_kinds
from aicop.crosswalk.ends import end_of, members_of
from aicop.crosswalk.explanation import explanation_of
from aicop.crosswalk.history.composition import Composition
from aicop.crosswalk.history.direct import Rows, combined, inverted
from aicop.crosswalk.history.levels import Levels, Merged
from aicop.crosswalk.history.protocol import TARGET, History, Omission
from aicop.crosswalk.queries import Claims
from aicop.crosswalk.ways import editions_between, way_phrase
from aicop.errors import EditionMismatch, UnknownKey, count_phrase
from aicop.relations import SETS, RelationSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.algebra.links import Links
    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.coverage import CoverageReport, Gap
    from aicop.crosswalk.ways import Ways
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, End
    from aicop.model.mapping import Mapping
    from aicop.tables import Row


@attrs.frozen(repr=False)
class Crosswalk:
    """
    Mappings between the elements of two frameworks, and the claims that follow from them.

    Two crosswalks are equal if they were made in the same way from the same mappings between the same editions. A key
    is *in* a crosswalk if something is said about it as a source. Iteration yields the sources about which something is
    said, in order; several elements that are mapped together are one `JointId`.

    `aicop.crosswalk.crosswalk` returns shipped crosswalks. `Crosswalk.from_mappings` builds one from your own mappings.
    """

    _history: History

    def __repr__(self) -> str:
        pairs = {(one, other) for part in (self._matrix, self._links) for one, row in part.items() for other in row}
        ends = f"{self.source.id} to {self.target.id}{way_phrase(self.ways)}"
        return one_line(self, f"{ends}: {count_phrase(len(pairs), 'pair')}")

    def _repr_html_(self) -> str:
        # Claims are built when they are asked for, and a composed crosswalk may have very many.
        claims = self.claims()
        columns = ("source", "source_title", "relationship", "target", "target_title", "strength")
        rows = [[row[name] for name in columns] for row in self.table_of(itertools.islice(claims, MAX_ROWS))]
        # The others are only counted.
        return html_table(repr(self)[1:-1], columns, rows, len(rows) + sum(1 for _ in claims))

    @property
    def source(self) -> Framework:
        """The framework of the sources."""
        return self._history.facts.source

    @property
    def target(self) -> Framework:
        """The framework of the targets."""
        return self._history.facts.target

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """The underlying mappings, in the direction in which they were made."""
        return self._history.facts.mappings

    @property
    def via(self) -> tuple[EditionId, ...]:
        """The editions through which the crosswalk was composed, in order; empty if it was not."""
        return editions_between(self.ways)

    @property
    def ways(self) -> Ways:
        """
        The ways from source to target that the crosswalk combines, each as the editions between them.

        An empty way stands for mappings between source and target themselves.
        """
        return self._history.facts.ways

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What compositions, filters and levels have left out, with the reason and, where it applies, the mappings."""
        return self._history.omissions

    @property
    def _matrix(self) -> RelationMatrix:
        return self._history.tables.matrix

    @property
    def _links(self) -> Links:
        return self._history.tables.links

    @functools.cached_property
    def _claims(self) -> Claims:
        return Claims(self._history)

    @classmethod
    def from_mappings(
        cls, rows: Iterable[Mapping], source: Framework, target: Framework, *, _trusted: bool = False
    ) -> Crosswalk:
        """
        Build a crosswalk from mappings, such as those that `aicop.mappings.loads` returns.

        A mapping that is repeated counts once.

        Raises:
            EditionMismatch: a mapping belongs to other editions than *source* and *target*.
            InvalidDocument: mappings name elements that do not exist, or break the rules for mappings; with all faults.
        """
        # Mappings that ship are checked by the tests.
        kept = tuple(rows) if _trusted else tuple(dict.fromkeys(completed(row, source, target) for row in rows))
        check_editions(kept, source, target)
        if not _trusted:
            check(kept, source, target)
        return cls(Rows(source, target, kept))

    def __iter__(self) -> Iterator[End]:
        return iter(self._claims.sources)

    def __contains__(self, key: object) -> bool:
        try:
            end = end_of(self.source, key)  # type: ignore[arg-type]
        except (UnknownKey, AttributeError, TypeError):
            end = None
        return end is not None and bool(next(self._claims.of(end), None) or self._claims.joints_with(end))

    def __getitem__(self, key: End | str) -> tuple[Claim, ...]:
        """
        Return the claims about a source: first those that no counterpart was found, then the others by target.

        Claims about several sources together, of which it is one, come last.

        Raises:
            UnknownKey: the source framework has no such element.
        """
        one = end_of(self.source, key)
        return tuple(item for end in (one, *self._claims.joints_with(one)) for item in self._claims.of(end))

    def claims_to(self, key: End | str) -> tuple[Claim, ...]:
        """
        Return the claims about a target, in the order of their sources (reverse look-up).

        Those that no counterpart was found come first, and those about several targets together last.

        Raises:
            UnknownKey: the target framework has no such element.
        """
        other = end_of(self.target, key)
        return tuple(item for end in (other, *self._claims.joints_with(other, TARGET)) for item in self._claims.to(end))

    def claims(self) -> Iterator[Claim]:
        """Yield all claims by source, then by target; at last the targets for which no counterpart was found."""
        return self._claims.all()

    def pair(self, one: End, other: End) -> Iterator[Claim]:
        """Yield the claims about a source and a target; none if no path connects them."""
        return self._claims.pair(one, other)

    def suspects(self) -> tuple[Mapping, ...]:
        """Return the mappings whose source or target has changed since they were judged, in order."""
        return tuple(filter(self._claims.is_suspect, self.mappings))

    def claims_with_warnings(self) -> tuple[Claim, ...]:
        """
        Return the claims whose source or target was deleted or changed by a later text, in order; see `Claim.warnings`.

        >>> from aicop.crosswalk import crosswalk
        >>> found = crosswalk("uk-ai-cop", "eu-ai-act@2024").claims_with_warnings()
        >>> [warning for claim in found for warning in claim.warnings if "10(5)(c)" in warning][0]
        'eu-ai-act@2024:Art.10(5)(c): Deleted by ...; its content is now in Article 4a(1)(c).'
        """
        return tuple(self._claims.with_warnings())

    def relations_between(self, one: End | str, other: End | str) -> RelationSet:
        """
        Return the possible relations between a source and a target, given both hierarchies.

        Raises:
            UnknownKey: *one* is not in the source framework, or *other* not in the target framework.
        """
        ends = end_of(self.source, one), end_of(self.target, other)
        known = self._at_every_level._history.tables  # noqa: SLF001 -- of the same class
        return SETS[known.matrix.get(ends[0], {}).get(ends[1], NOTHING_KNOWN)]

    def inverse(self) -> Crosswalk:
        """
        Return the crosswalk from target to source, in which *subset-of* becomes *superset-of*, for example.

        Strength and remainder are exchanged with those in reverse. Inverting twice restores the crosswalk.
        """
        return Crosswalk(inverted(self._history))

    def compose(self, other: Crosswalk) -> Crosswalk:
        """
        Return the composition with a crosswalk whose source is the target of this one.

        Every source and target that are connected by paths of relations have a claim. It combines all paths, and may
        leave every relation possible. Two mappings also meet if the element of one is a part of the element of the
        other. The only link that composes is *mitigates*. If no counterpart was found for an element of the
        intermediate framework, the same applies to every source that equals this element or is a subset of it.
        `omissions` lists the mappings that lead no further.

        Raises:
            EditionMismatch: the source of *other* is not the target of this crosswalk.
        """
        if other.source.id != self.target.id:
            raise EditionMismatch(str(self.target.id), str(other.source.id))
        return Crosswalk(Composition(self._history, other._history))

    def combine(self, other: Crosswalk) -> Crosswalk:
        """
        Return the union with a crosswalk between the same frameworks; mappings by several authors stay separate.

        A mapping that is in both counts once, even if it belongs to different sets.

        Raises:
            EditionMismatch: *other* is between other editions.
        """
        for mine, theirs in ((self.source, other.source), (self.target, other.target)):
            if mine.id != theirs.id:
                raise EditionMismatch(str(mine.id), str(theirs.id))
        return Crosswalk(combined(self._history, other._history))

    def merge_makers(self) -> Crosswalk:
        """Return a crosswalk with one claim per pair: the intersection of the relations of all its mappings."""
        return Crosswalk(Merged(self._history)) if self._history.facts.separate else self

    def contradictory_claims(self) -> tuple[Claim, ...]:
        """Return one claim for each pair whose paths cannot all be true, in order."""
        whole = self.merge_makers()._claims  # noqa: SLF001 -- of the same class
        pairs = ((one, other) for one in self for other, mask in self._matrix.get(one, {}).items() if not mask)
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
        kinds = check_kinds(self.source, source), check_kinds(self.target, target)
        return Crosswalk(Levels(self._history, *kinds))

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
        without an author, date or confidence does not match a filter on it. `omissions` lists the mappings that do not
        match.

        Raises:
            UnknownTerm: a basis or relation does not exist, no mapping is by one of the authors, a date is not in ISO
                form, or the confidence is not a whole number from 0 to 10.
        """
        keep = keep_test(
            self._history,
            basis=basis,
            author=author,
            relation=relation,
            confidence=confidence,
            since=since,
            until=until,
        )
        return Crosswalk(self._history.filtered(keep))

    def claims_between(self, one: End | str, other: End | str) -> tuple[Claim, ...]:
        """
        Return the direct claims about a pair, otherwise derived ones, otherwise those that no counterpart was found.

        Raises:
            UnknownKey: *one* is not in the source framework, or *other* not in the target framework.
        """
        ends = end_of(self.source, one), end_of(self.target, other)
        return tuple(self.pair(*ends)) or tuple(self._at_every_level.pair(*ends)) or self._unmatched(*ends)

    def _unmatched(self, one: End, other: End) -> tuple[Claim, ...]:
        """Return the claims, at any level, that no counterpart was found for a source or for a target."""
        known = self._at_every_level._claims  # noqa: SLF001 -- of the same class
        return (*known.unmatched(one), *known.unmatched(other, TARGET))

    def mapped_together(self, one: End | str, other: End | str) -> str | None:
        """
        Return a sentence that names the claims about a pair together with other elements, or None if there are none.

        Raises:
            UnknownKey: *one* is not in the source framework, or *other* not in the target framework.
        """
        ends = end_of(self.source, one), end_of(self.target, other)
        asked = frozenset(members_of(ends[1]))
        # All of these claims are about the source, alone or together with others.
        together = dict.fromkeys(
            f"{item.source} and {item.target}"
            for item in self[ends[0]]
            if item.target is not None
            and (item.source, item.target) != ends
            and asked.issubset(members_of(item.target))
        )
        return f"Mapped together with other items: {'; '.join(together)}." if together else None

    def explain(self, one: End | str, other: End | str) -> str:
        """
        Return the claims of `claims_between` as plain text with their rationales; it raises the same errors.

        The last line is the sentence of `mapped_together`, if there is one.
        """
        found, together = self.claims_between(one, other), self.mapped_together(one, other)
        texts = [explanation_of(item, self.source, self.target) for item in found]
        if not found:
            texts = [f"No mapping connects {end_of(self.source, one)} and {end_of(self.target, other)}."]
        return "\n".join((*texts, *filter(None, [together]))) + "\n"

    def coverage(
        self,
        scope: Iterable[Scoped] | str | None = None,
        *,
        denominator: Words | None = None,
        strength: int | None = None,
    ) -> CoverageReport:
        """
        Return how far the source is covered by the target.

        *scope* limits the report to these elements, or to the counted elements in them: keys, or what
        `Catalogue.select` returns. A string is one key. *denominator* is the kind to count, or several kinds; by
        default, provisions and sub-provisions or, in a framework without them, elements without children. Mappings at
        other levels count through the hierarchy. A mitigated risk is partly covered.

        *strength* is the minimum, 1 to 10: claims of less strength, or without one, do not count, and the report says
        how many these are. An item is *reviewed, not covered* if it has only weaker claims of its own, and *open* if
        its claims have no strength or are about its parts or its whole. An item that was *open* or *not reviewed*
        stays so.

        Raises:
            UnknownKey: an element of the scope is not in the source framework, or contains nothing that is counted.
            UnknownTerm: the source framework has no elements of a given kind that could be counted, or the strength is
                not a whole number from 0 to 10.
        """
        return measures.coverage(self._claims, scope, denominator, strength)

    def gaps(
        self,
        scope: Iterable[Scoped] | str | None = None,
        *,
        denominator: Words | None = None,
        strength: int | None = None,
    ) -> tuple[Gap, ...]:
        """
        Return the items that are not fully covered, with details; arguments and errors are those of `coverage`.

        The details are those of all claims, including claims that are too weak to count.
        """
        return measures.gaps(self._claims, scope, denominator, strength)

    def table(self) -> list[Row]:
        """Return all claims as rows of plain values, as data frames take them; `aicop.tables` describes the columns."""
        return self.table_of(self.claims())

    def table_of(self, items: Iterable[Claim] | Iterable[Gap]) -> list[Row]:
        """
        Return claims or gaps of this crosswalk as rows of plain values.

        Claims have the columns of `table`; `aicop.tables` describes those of gaps.

        >>> from aicop.crosswalk import crosswalk
        >>> walk = crosswalk("uk-ai-cop", "iso-iec-42001")
        >>> walk.table_of(walk.gaps())[0]["title"]
        'Put AI security into the security training programme and keep it current'
        """
        # Imported here, because few callers need tables.
        from aicop.crosswalk.coverage import Gap
        from aicop.crosswalk.table import claim_rows, gap_rows

        gaps: list[Gap] = []
        claims: list[Claim] = []
        for item in items:
            if isinstance(item, Gap):
                gaps.append(item)
            else:
                claims.append(item)
        return gap_rows(gaps, self.source) if gaps else claim_rows(claims, self.source, self.target)
