"""The commands about other frameworks and crosswalks: parse arguments, ask, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import click

from aicop.cli.exit_codes import FOUND
from aicop.cli.options import (
    crosswalk_filters,
    filter_phrase,
    key_edition_option,
    prints,
    scope_line,
    selection,
    several,
    source_argument,
    strength_option,
    target_argument,
    uses_library,
    via_option,
)
from aicop.cli.output import Output, OutputFormat, note_omissions, note_warnings
from aicop.cli.streams import note
from aicop.crosswalk.ways import way_phrase
from aicop.errors import UnknownEdition, UnknownKey, count_phrase
from aicop.ids import JOINER, JointId, StatementId
from aicop.vocabulary import Coverage, Modality, Role, StrengthBand, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Mapping as Table

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.crosswalk.coverage import CoverageReport
    from aicop.crosswalk.routes import KeyClaims
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, End, Key
    from aicop.library.library import Library
    from aicop.model.mapping import Mapping

_CLAIM = (
    *("source", "source_title", "relationship", "target", "target_title", "strength", "remainder", "reverse_strength"),
    *("reverse_remainder", "confidence", "basis", "author", "date", "rationale", "paths", "suspect"),
    "warnings",
)
_BANDS: dict[StrengthBand | None, str] = {band: band.value for band in StrengthBand} | {None: "no_strength"}
"""The columns of coverage for the bands of strength."""
_SHORT = ("source", "relationship", "target", "target_title", "strength")


@click.command()
@prints(
    *("framework", "title", "published", "status", "checked", "elements", "licence", "ids", "titles", "note"),
    table=("framework", "title", "status", "checked", "elements"),
)
@uses_library
def frameworks(out: Output, library: Library) -> None:
    """
    List the other frameworks: editions, status, licence and extent.

    The column checked is the day on which an edition was last checked to be current or living.
    """
    rows = [
        {
            "framework": item.id,
            "title": item.title,
            "published": item.published,
            "status": item.status,
            "checked": item.checked,
            "elements": len(library.framework(item.id)),
            "licence": item.licence,
            "ids": "official" if item.ids_official else "ours or others'",
            "titles": item.titles,
            "note": item.note,
        }
        for item in library.frameworks()
    ]
    out.rows(rows)
    note(f"{count_phrase(len(rows), 'framework')}.")


@click.command("map")
@click.argument("key")
@click.option("--to", metavar="FRAMEWORK", help="Only mappings to this framework.")
@key_edition_option
@prints(
    *("source", "relationship", "target", "title", "strength", "remainder", "reverse_strength", "reverse_remainder"),
    *("confidence", "basis", "author", "date", "rationale", "warnings"),
    table=("source", "relationship", "target", "title", "strength", "reverse_strength"),
)
@uses_library
def map_(out: Output, library: Library, key: str, to: str | None, edition: str | None) -> None:
    """
    Show what an item is mapped to, in every framework that has mappings.

    KEY is an item of any framework, such as uk-ai-cop:5.1 or AML.M0005.
    """
    item = library.parse(key, edition)
    wanted = library.framework(to).id if to is not None else None
    asked = [found for found in library.mappings_of(item) if wanted in {None, found.crosswalk.target.id}]
    if wanted is not None and not asked:
        # Imported here: few questions need it.
        from aicop.crosswalk.routes import KeyClaims

        # No claim, a way through another edition of the target, or an error that names the ways through others.
        walk = library.crosswalk(item.edition, wanted)
        asked = [KeyClaims(walk, walk[item])]
    rows = [row for found in asked for row in _with_framework(found)]
    out.rows(rows)
    if not asked and wanted is None:
        note(f"No framework has mappings of {item}.")
        return
    where = f"in {count_phrase(len(asked), 'framework')}{_through(asked)}"
    if wanted is not None:
        where = f"to {wanted}{way_phrase(asked[0].crosswalk.ways)}"
    note(f"{count_phrase(len(rows), 'mapping')} of {item} {where}.")
    for warning in dict.fromkeys(one for found in asked for claim in found.claims for one in claim.warnings):
        note(f"Warning: {warning}")


def _through(asked: Sequence[KeyClaims]) -> str:
    """Return the other editions through which frameworks have mappings of an item, with their number."""
    via = dict.fromkeys(edition for found in asked for edition in found.crosswalk.via)
    count = sum(bool(found.crosswalk.via) for found in asked)
    return f", {count} of them through {', '.join(map(str, via))}" if via else ""


def _with_framework(found: KeyClaims) -> list[dict[str, object]]:
    """Return rows whose target is the framework where no counterpart was found."""
    rows = found.crosswalk.table_of(found.claims)
    return [
        {**row, "title": row["target_title"], "target": row["target"] or str(found.crosswalk.target.id)} for row in rows
    ]


@click.command()
@source_argument
@target_argument
@via_option
@click.option("--level", metavar="KIND", help="Aggregate source elements to this level, for example principle.")
@click.option("--merged", is_flag=True, help="Merge several authors' mappings of one pair into one row.")
@crosswalk_filters
@prints(*_CLAIM, table=_SHORT)
@uses_library
def crosswalk(  # noqa: PLR0913 -- one option for each filter
    out: Output,
    library: Library,
    source: str,
    target: str,
    *,
    via: Sequence[str],
    level: str | None,
    merged: bool,
    basis: Sequence[str],
    relationship: Sequence[str],
    author: Sequence[str],
    confidence: int,
    since: str | None,
) -> None:
    """
    Print the crosswalk from SOURCE to TARGET: direct, inverted, or composed through others.

    SOURCE and TARGET are frameworks or editions, such as uk-ai-cop or nist-csf@2.0.
    """
    found = library.crosswalk(source, target, via=via or None).filter(
        basis=basis or None,
        relation=relationship or None,
        author=author or None,
        confidence=confidence,
        since=since,
    )
    if level is not None:
        found = found.at_level(source=level)
    if merged:
        found = found.merge_makers()
    claims = tuple(found.claims())
    out.rows(found.table_of(claims))
    pairs = f"from {found.source.id} to {found.target.id}{way_phrase(found.ways)}"
    counted = f"{count_phrase(len(claims), 'mapping')} {pairs}"
    filters: dict[str, Sequence[object]] = {
        "basis": basis,
        "relationship": relationship,
        "author": author,
        "confidence": (f"at least {confidence}",) if confidence else (),
        "date": (f"{since} or later",) if since else (),
    }
    note(scope_line(counted, filters))
    unknown = [claim.says for claim in claims].count("nothing is known")
    if found.via and unknown:
        note(f"Nothing follows for {unknown:,} of these pairs.")
    note_omissions(found)
    note_warnings(found, [claim for claim in claims if claim.warnings], "See the column warnings.")
    if changes := [row.new for row in library.changes_to_review(found) if row.new is not None]:
        keys = ", ".join(key.local for key in dict.fromkeys(changes))
        note(f"To review, because the editions differ there: {keys}. See aicop compare --review.")


def _chosen(
    library: Library, edition: EditionId, role: Sequence[str], modality: Sequence[str], *, statements: bool
) -> tuple[Key, ...] | None:
    if not role and not modality:
        return None
    if edition not in library.editions():
        advice = "--role and --modality choose among provisions; "
        raise UnknownEdition(str(edition), tuple(map(str, library.editions())), advice)
    found = library.catalogue(edition).select(role=role or None, modality=modality or None)
    if statements:
        return tuple(StatementId(match.provision.id, one.ordinal) for match in found for one in match.statements)
    return tuple(match.provision.id for match in found)


def _selected(library: Library, framework: Framework, selection: Table[str, Sequence[str]]) -> list[Key] | None:
    """Return the keys to count, or None for all of them."""
    role, modality, within, of = (selection[name] for name in ("role", "modality", "within", "of"))
    chosen = _chosen(library, framework.id, role, modality, statements="statement" in of)
    if not within:
        return None if chosen is None else list(chosen)
    above = [framework.key(item) for item in within]
    if chosen is None:
        # A provision is counted with its sub-provisions. Principles and phases are resolved by `coverage` itself.
        subs = [part.id for one in above for part in framework.children(one) if part.kind == "sub-provision"]
        return list(dict.fromkeys([*above, *subs]))
    return [key for key in chosen if any(_is_below(framework, key, one) for one in above)]


def _with_those_above(framework: Framework, key: Key) -> Iterator[Key]:
    """Yield an element, then those above it."""
    step: Key | None = key
    while step is not None:
        yield step
        step = framework[step].parent


def _is_below(framework: Framework, key: Key, above: Key) -> bool:
    return above in _with_those_above(framework, key)


def _filters(role: Sequence[str], modality: Sequence[str], within: Sequence[str]) -> Table[str, Sequence[object]]:
    return {
        "role": tuple(dict.fromkeys(term(Role, one) for one in role)),
        "modality": tuple(dict.fromkeys(term(Modality, one) for one in modality)),
        "in": within,
    }


@attrs.frozen
class _Question:
    """What coverage and gaps are asked about."""

    crosswalk: Crosswalk
    scope: list[Key] | None
    """The keys to count, or None for all of them."""
    denominator: Sequence[str] | None
    strength: int | None
    filters: Table[str, Sequence[object]]

    def report(self) -> CoverageReport:
        """Return the coverage of the scope."""
        return self.crosswalk.coverage(self.scope, denominator=self.denominator, strength=self.strength)

    def note_scope(self, report: CoverageReport) -> None:
        """Name what was counted, after the answer, and what was not."""
        note(scope_line(f"Counted: {report.denominator}, mapped to {report.target}{report.way}", self.filters))
        if report.minimum is not None:
            claims = count_phrase(report.not_counted, "claim")
            note(f"Not counted: {claims} with a strength below {report.minimum} or not stated.")
        if report.contradictory:
            keys = ", ".join(key.local for key in report.contradictory)
            note(f"Mappings contradict each other about {keys}. See aicop consistency.")
        note_omissions(self.crosswalk)
        note_warnings(self.crosswalk, self._warned(report), "See aicop gaps, crosswalk or show.")

    def _warned(self, report: CoverageReport) -> list[Claim]:
        """Return the claims about counted items, or what is above or below them, that have warnings."""
        warned = self.crosswalk.claims_with_warnings()
        if self.scope is None or not warned:
            return [*warned]
        # Imported here: most frameworks have no such claims.
        from aicop.crosswalk.ends import members_of

        source = self.crosswalk.source
        counted = {key for key, _ in report.items}
        above = {step for key in counted for step in _with_those_above(source, key)}
        return [
            claim
            for claim in warned
            if claim.source is not None
            and any(
                member in above or counted.intersection(_with_those_above(source, member))
                for member in members_of(claim.source)
            )
        ]


def _question_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options of coverage and gaps, which `_question` takes."""
    for option in (strength_option, selection, via_option, target_argument, source_argument):
        function = option(function)
    return function


def _question(
    library: Library, source: str, target: str, via: Sequence[str], strength: int | None, **selection: Sequence[str]
) -> _Question:
    found = library.crosswalk(source, target, via=via or None)
    scope = _selected(library, found.source, selection)
    filters = _filters(selection["role"], selection["modality"], selection["within"])
    return _Question(found, scope, selection["of"] or None, strength, filters)


@click.command()
@_question_options
@prints("class", "count", *_BANDS.values(), "ids")
@uses_library
def coverage(out: Output, library: Library, **given: Any) -> None:  # noqa: ANN401 -- `_question` states the types
    """
    Report how much of SOURCE is covered by TARGET: counts and ids in five classes, and the total that they add up to.

    The columns 9-10 to 1-2 count the items of a class by the greatest strength of their mappings.

    Coverage is about frameworks; it is not compliance.
    """
    question = _question(library, **given)
    report = question.report()
    rows = [
        {"class": known, "count": report.counts[known]}
        | {name: report.bands[known][band] for band, name in _BANDS.items()}
        | {"ids": [key.local for key in report.of(known)]}
        for known in Coverage
    ]
    out.rows(rows)
    question.note_scope(report)


@click.command()
@_question_options
@prints(
    *("item", "title", "class", "strength", "band", "remainder"),
    table=("item", "title", "class", "strength", "remainder"),
)
@uses_library
def gaps(out: Output, library: Library, **given: Any) -> None:  # noqa: ANN401 -- `_question` states the types
    """List the items of SOURCE that TARGET does not fully cover, and what TARGET leaves uncovered of each."""
    question = _question(library, **given)
    found = question.crosswalk
    rows = [
        {
            "item": gap.item,
            "title": found.source.title(gap.item),
            "class": gap.coverage,
            "strength": gap.strength,
            "band": gap.band,
            "remainder": gap.remainders,
        }
        for gap in found.gaps(question.scope, denominator=question.denominator, strength=question.strength)
    ]
    out.rows(rows)
    report = question.report()
    if not rows:
        note("No gaps: every item is covered." if report.items else "No gaps: no item is counted.")
    question.note_scope(report)


@click.command()
@click.argument("one")
@click.argument("other")
@via_option
@prints(*_CLAIM, table=_SHORT)
@uses_library
def explain(out: Output, library: Library, one: str, other: str, via: Sequence[str]) -> None:
    """
    Explain how two items, ONE and OTHER, are related, with the mappings and reasons.

    Items that are mapped together are written with | between them, such as "acme:AC-1|AC-2".

    The default format is text; json, csv and markdown print one row per mapping.
    """
    ends = _end(library, one), _end(library, other)
    found = library.crosswalk(ends[0].edition, ends[1].edition, via=via or None)
    if out.form is OutputFormat.TABLE:
        out.text(found.explain(*ends))
        return
    out.rows(found.table_of(found.claims_between(*ends)))
    if together := found.mapped_together(*ends):
        note(together)


def _end(library: Library, text: str) -> End:
    """Return the item that a key names, or several joined by |; those after the first may leave out the edition."""
    try:
        return library.parse(text)
    except UnknownKey:
        if JOINER not in text:
            raise
    first, *others = text.split(JOINER)
    key = library.parse(first)
    return JointId((key, *(library.parse(one, key.edition) for one in others)))


def _mapping_text(row: Mapping) -> str:
    """Return a mapping in one line, with its author if it has one."""
    author = f" ({row.author})" if row.author else ""
    if row.source is None or row.target is None:
        return f"{row.source or row.target} {row.predicate} in {row.searched}{author}"
    return f"{row.source} {row.predicate} {row.target}{author}"


@click.command()
@prints("one", "other", "reason", "rows", "parts", table=("one", "other", "reason", "rows"))
@uses_library
def consistency(out: Output, library: Library) -> None:
    """
    Find mappings that contradict each other, among those that ship and your own.

    Exits with 1 if there are any.
    """
    found = library.find_contradictions()
    count = sum(len(library.mappings(item.name)) for item in library.mapping_sets())
    shown = [
        {
            "one": item.one,
            "other": item.other,
            "reason": item.reason,
            "rows": [_mapping_text(row) for row in item.mappings],
            "parts": [f"{part} in {whole}" for part, whole in item.parts],
        }
        for item in found
    ]
    out.rows(shown)
    note(f"{count_phrase(count, 'mapping')}: {count_phrase(len(found), 'contradiction')}.")
    if found:
        raise SystemExit(FOUND)


@click.command()
@click.argument("text", nargs=-1, required=True)
@several("--in", "within", metavar="FRAMEWORK", help="Only this framework.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="NUMBER",
    help="The most hits.",
)
@prints("key", "kind", "title", "matched", "near", table=("key", "kind", "title"))
@uses_library
def search(out: Output, library: Library, text: Sequence[str], within: Sequence[str], limit: int) -> None:
    """
    Search the text of all frameworks, allowing for misspellings.

    TEXT is looked up in ids, titles and our own summaries.
    """
    hits = library.search(" ".join(text), within or None, limit=limit)
    rows = [
        {
            "key": hit.control.id,
            "kind": hit.control.kind,
            "title": hit.control.title or hit.control.words,
            "matched": hit.matched,
            "near": hit.near,
        }
        for hit in hits
    ]
    out.rows(rows)
    searched = filter_phrase({"in": within}) or "all frameworks"
    more = f" There may be more: raise --limit {limit}." if len(rows) == limit else ""
    note(f"{count_phrase(len(rows), 'hit')} in {searched.removeprefix('in ')}.{more}")


COMMANDS = {
    "frameworks": frameworks,
    "map": map_,
    "crosswalk": crosswalk,
    "coverage": coverage,
    "gaps": gaps,
    "explain": explain,
    "consistency": consistency,
    "search": search,
}
