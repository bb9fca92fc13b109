"""
Mapping sets derived from the editions: lineage, life-cycle stages, roles of the AI Act, and cited documents.

The sets are computed from the records of the editions, so that no fact is stored twice.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from aicop import frameworks
from aicop.catalogue.shipped import load
from aicop.frameworks.framework import digest
from aicop.ids import ControlId, EditionId, Key, ProvisionId, StatementId
from aicop.lineage.lineages import Lineages
from aicop.manifest import editions, guides
from aicop.model.mapping import Mapping, MappingSet
from aicop.vocabulary import Change, Grade, MappingBasis, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.model.lineage import LineageRow

EDITORS = "aicop editors"
_STAGES = EditionId("iso-iec-22989", "2022")
_ACT = EditionId("eu-ai-act", "2024")
_CITED = EditionId("cited-documents", "2025-01")
# The confidence of a lineage row, by the grade of the fact.
_SURE = {Grade.DIRECT: 9, Grade.SECOND_HAND: 7, Grade.INFERRED: 6, Grade.JUDGEMENT: 5}
# Changes that leave the required action as it was. A changed verb (STRENGTH) is one of them: a relationship compares
# the required actions, not the strength of the requirement.
_SAME = {
    Change.IDENTICAL,
    Change.SPELLING,
    Change.FOOTNOTE,
    Change.WORDING,
    Change.POINTER,
    Change.STRENGTH,
}
_OURS = "Apache-2.0"


def _date(catalogue: Catalogue) -> str:
    """Return the date of publication, or the day on which the source was read if that is not known."""
    return catalogue.edition.published or catalogue.edition.source.read


def _row(  # noqa: PLR0913, PLR0917 -- what differs between the rows of the sets
    within: MappingSet,
    ends: tuple[Key | None, Key | None],
    predicate: Predicate,
    rationale: str,
    confidence: int = 9,
    framework: Callable[[EditionId], Framework] = frameworks.load,
) -> Mapping:
    """
    Build a mapping of the set *within*.

    By definition, an equality has strength 10 and nothing found has 0; other mappings have none.
    """
    source, target = (None if key is None else framework(key.edition)[key] for key in ends)
    searched = within.target if target is None else within.source if source is None else None
    return Mapping(
        source=ends[0],
        predicate=predicate,
        target=ends[1],
        rationale=rationale,
        strength={Predicate.EQUAL: 10, Predicate.NOTHING: 0}.get(predicate),
        confidence=confidence,
        basis=within.basis,
        author=within.author,
        date=within.date,
        source_digest=None if source is None else digest(source),
        target_digest=None if target is None else digest(target),
        set=within.name,
        searched=searched,
    )


def _descent(row: LineageRow, *, alone: bool) -> tuple[Predicate, str]:
    """
    Return the predicate and the rationale of a lineage row.

    *alone* says that neither item has another counterpart. A part of a split or merged item does not equal the whole.
    """
    kinds = ", ".join(change for change in row.changes if change not in {Change.IDENTICAL, Change.UNKNOWN})
    if row.old is None or row.new is None:
        predicate, said = Predicate.NOTHING, "The lineage of the editions states no counterpart."
    else:
        if row.grade is Grade.INFERRED:
            # Of a text that nobody has read or cited, nothing is said.
            predicate = Predicate.ASSOCIATED
        else:
            predicate = Predicate.EQUAL if alone and set(row.changes) <= _SAME else Predicate.RELATED
        if row.grade is Grade.DIRECT:
            said = f"The texts were compared and differ in {kinds}." if kinds else "The texts were compared and agree."
        elif row.grade is Grade.INFERRED:
            said = "One of the texts was not available, and no other publication that was read tells what it says here."
        elif Change.UNKNOWN in row.changes:
            said = "One of the texts was not available, so it is not known how far they differ."
        else:
            differ = f"they are known to differ in {kinds}" if kinds else "no difference is known"
            said = f"One of the texts was not available; {differ} ({row.grade})."
        if not alone:
            said = f"{said} One of the two corresponds to several items of the other edition."
    return predicate, f"{said} {row.note}" if row.note else said


def lineage_mappings(
    within: MappingSet, lineages: Lineages, framework: Callable[[EditionId], Framework] = frameworks.load
) -> Iterator[Mapping]:
    """
    Yield the mappings between the principles of two editions, then between the provisions, each with its statements.

    *within* names the editions, and *framework* returns an edition as a framework. A provision with a single statement
    needs no row for the statement, which equals the provision. Phases have no rows: they require nothing.
    """
    rows = tuple(_of_provisions(within, lineages, framework))
    yield from _of_principles(within, lineages, framework, rows)
    yield from rows


def _of_provisions(
    within: MappingSet, lineages: Lineages, framework: Callable[[EditionId], Framework]
) -> Iterator[Mapping]:
    """Yield the mappings of provisions and statements."""
    comparison = lineages.compare(within.source, within.target)
    stated = set(comparison.statements)
    wholes = comparison.provisions
    parts = lineages.statements(within.source, within.target)
    uses = Counter(end for row in (*wholes, *parts) for end in (row.old, row.new) if end is not None)
    of_provision: dict[Key | None, list[LineageRow]] = defaultdict(list)
    for row in parts:
        end = row.old or row.new
        assert isinstance(end, StatementId)
        of_provision[end.provision].append(row)
    # A provision that was split has several rows, and its statements follow the last one.
    last = {row.old or row.new: row for row in wholes}
    for whole in wholes:
        key = whole.old or whole.new
        rows = [whole]
        below = of_provision[key] if last[key] is whole else []
        if any(isinstance(end, StatementId) and end.ordinal > 1 for row in below for end in (row.old, row.new)):
            rows += below
        for row in rows:
            ends = (row.old, row.new)
            alone = all(uses[end] == 1 for end in ends if end is not None)
            predicate, said = _descent(row, alone=alone)
            if row is not whole and row not in stated and alone:
                said = f"The statements have the same position in both provisions. {said}"
            yield _row(within, ends, predicate, said, _SURE[row.grade], framework)


def _of_principles(
    within: MappingSet,
    lineages: Lineages,
    framework: Callable[[EditionId], Framework],
    provisions: Sequence[Mapping],
) -> Iterator[Mapping]:
    """
    Yield the mappings of principles, given those of provisions.

    A principle is the union of its provisions. So it equals its only counterpart if both have only provisions that are
    equal to each other, and it is related to any counterpart with which it shares something.
    """
    wholes = framework(within.source).whole_by_part() | framework(within.target).whole_by_part()
    here, there = (Counter(wholes.get(key) for key in framework(edition)) for edition in (within.source, within.target))
    joined: dict[tuple[Key, Key], list[Mapping]] = defaultdict(list)
    for row in provisions:
        # The whole of a statement is its provision, of which there is a row as well.
        if isinstance(row.source, ProvisionId) and isinstance(row.target, ProvisionId):
            joined[wholes[row.source], wholes[row.target]].append(row)
    titles: dict[tuple[Key | None, Key | None], LineageRow] = {
        (row.old, row.new): row for row in lineages.compare(within.source, within.target).principles
    }
    for one in framework(within.source).of_kind("principle"):
        others = lineages.counterparts(one, within.target)
        for other in others:
            title, rows = titles.get((one, other)), joined[one, other]
            equal = [row.predicate for row in rows].count(Predicate.EQUAL)
            inferred = title is not None and title.grade is Grade.INFERRED
            same = title is None or (set(title.changes) <= _SAME and not inferred)
            # An equality has one row on either side, so that equal numbers leave no provision without one.
            if same and 0 < equal == here[one] == there[other]:
                predicate = Predicate.EQUAL
            elif inferred or all(row.predicate is Predicate.ASSOCIATED for row in rows):
                predicate = Predicate.ASSOCIATED
            else:
                predicate = Predicate.RELATED
            said = (
                "A principle is the union of its provisions. "
                f"Of {here[one]} in {within.source} and {there[other]} in {within.target}, {equal or 'none'} "
                f"{'is' if equal == 1 else 'are'} known to be equal to a counterpart."
            )
            note = f"{said} {title.note}" if title is not None and title.note else said
            sure = min([row.confidence or 0 for row in rows] + ([_SURE[title.grade]] if title is not None else []))
            yield _row(within, (one, other), predicate, note, sure, framework)


def _lineage(within: MappingSet) -> Iterator[Mapping]:
    """Yield the mappings of provisions, and of statements, of one shipped edition to their counterparts in another."""
    return lineage_mappings(within, Lineages())


def _stages(within: MappingSet) -> Iterator[Mapping]:
    """Yield a mapping from each phase to the life-cycle stage of ISO/IEC 22989 that the edition names for it."""
    stages = {(item.title or "").casefold(): item.id for item in frameworks.load(_STAGES).controls}
    said = "The publication names this life-cycle stage for the phase."
    named = [(phase, phase.stage) for phase in load(within.source).phases if phase.stage]
    for phase, stage in named:
        ends = (phase.id, stages[stage.casefold()])
        yield _row(within, ends, Predicate.CORRESPONDS, said, _SURE[phase.source.grade])


def _roles(within: MappingSet) -> Iterator[Mapping]:
    """Yield the mappings from each stakeholder to the roles of the AI Act that the edition names for it."""
    for holder in load(within.source).stakeholders:
        for act in holder.ai_act_roles:
            when = f", {act.condition}" if act.condition else ""
            said = (
                f"The publication's stakeholder table says that this role can be a {act.role} under the AI Act{when}."
            )
            source = ControlId(within.source, holder.role.value)
            ends = (source, ControlId(_ACT, act.role))
            yield _row(within, ends, Predicate.CORRESPONDS, said, _SURE[holder.source.grade])


def _citations(within: MappingSet) -> Iterator[Mapping]:
    """Yield a mapping from each principle to each document that is cited at its head."""
    for principle in load(within.source).principles:
        tags: dict[Key, list[str]] = {}
        for item in principle.citations:
            # Only an edition of the user's own may cite a document without its key.
            assert item.key is not None
            tags.setdefault(ControlId(_CITED, item.key), []).append(item.printed)
        for target, printed in tags.items():
            said = f"Cited at the head of the principle as {', '.join(dict.fromkeys(printed))}."
            yield _row(within, (principle.id, target), Predicate.CITES, said)


def _references(within: MappingSet) -> Iterator[Mapping]:
    """Yield a mapping from each provision to each document that the Implementation Guide names for it."""
    for item in load(within.source).values():
        named: dict[Key, list[str]] = {}
        for reference in item.guidance.references if item.guidance else ():
            part = f" ({reference.locator})" if reference.locator else ""
            named.setdefault(ControlId(_CITED, reference.document), []).append(f"{reference.title}{part}")
        for target, titles in named.items():
            said = f"The Implementation Guide lists it for the provision: {'; '.join(dict.fromkeys(titles))}."
            yield _row(within, (item.id, target), Predicate.CITES, said)


@functools.cache
def _sets() -> dict[str, tuple[MappingSet, Callable[[MappingSet], Iterator[Mapping]]]]:
    """Return each set by name, with the function that yields its rows on demand."""
    found: dict[str, tuple[MappingSet, Callable[[MappingSet], Iterator[Mapping]]]] = {}

    def add(  # noqa: PLR0913, PLR0917 -- what a set is known by
        source: EditionId,
        target: EditionId,
        title: str,
        author: str,
        date: str,
        rows: Callable[[MappingSet], Iterator[Mapping]],
        basis: MappingBasis = MappingBasis.PUBLISHED,
        more: str = "",
    ) -> None:
        name = f"{source}--{target}{more}"
        found[name] = (
            MappingSet(
                name=name,
                source=source,
                target=target,
                title=title,
                author=author,
                basis=basis,
                date=date,
                licence=_OURS,
            ),
            rows,
        )

    for old, new in itertools.combinations(editions(), 2):
        day = load(new).edition.source.read
        # No publisher compared two editions. A comparison is ours, also where both texts were read.
        add(old, new, f"Provision lineage from {old} to {new}", EDITORS, day, _lineage, MappingBasis.EDITORIAL)
    for edition in editions():
        catalogue = load(edition)
        publisher, day = catalogue.edition.publisher, _date(catalogue)
        if any(phase.stage for phase in catalogue.phases):
            add(edition, _STAGES, "Phases and life-cycle stages", publisher, day, _stages)
        if any(holder.ai_act_roles for holder in catalogue.stakeholders):
            add(edition, _ACT, "Stakeholders and AI Act roles", publisher, day, _roles, more=".roles")
        if any(principle.citations for principle in catalogue.principles):
            add(edition, _CITED, "Documents cited at the head of the principles", publisher, day, _citations)
        if str(edition) in guides():
            title = "Documents that the Implementation Guide lists for the provisions"
            add(edition, _CITED, title, publisher, day, _references, MappingBasis.GUIDE, ".guide")
    return found


def edition_mapping_sets() -> tuple[MappingSet, ...]:
    """Return the mapping sets that are derived from the editions."""
    return tuple(item for item, _ in _sets().values())


@functools.cache
def edition_mappings(name: str) -> tuple[Mapping, ...] | None:
    """Return the mappings of a derived set, in printed order of the source, or None if no derived set has this name."""
    if name not in _sets():
        return None
    within, rows = _sets()[name]
    return tuple(rows(within))
