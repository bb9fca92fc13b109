"""The commands about other frameworks and crosswalks: parse arguments, ask, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import click

from aicop import catalogue
from aicop.cli.exit_codes import FOUND
from aicop.cli.options import (
    crosswalk_filters,
    filter_phrase,
    key_edition_option,
    own_files,
    prints,
    scope_line,
    selection,
    several,
    source_argument,
    target_argument,
    via_option,
)
from aicop.cli.output import Output, OutputFormat, note
from aicop.cli.own_files import crosswalk_with_own_rows, distinct_frameworks, own_frameworks, own_rows
from aicop.crosswalk.contradictions import find_contradictions
from aicop.crosswalk.routes import crosswalk as find_crosswalk
from aicop.errors import UnknownEdition, count_phrase
from aicop.frameworks.shipped import available
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import StatementId
from aicop.keys.parser import parse
from aicop.manifest import editions
from aicop.mappings.shipped import sets
from aicop.search import search as find_elements
from aicop.vocabulary import Coverage, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.crosswalk.coverage import CoverageReport
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key

_CLAIM = (
    *("source", "source_title", "relationship", "target", "target_title", "strength", "remainder"),
    *(
        "reverse_strength",
        "reverse_remainder",
        "confidence",
        "basis",
        "author",
        "date",
        "rationale",
        "paths",
        "suspect",
    ),
)
_SHORT = ("source", "relationship", "target", "target_title", "strength")


@click.command()
@prints(
    *("framework", "title", "published", "status", "elements", "licence", "ids", "titles", "note"),
    table=("framework", "title", "published", "status", "elements"),
)
def frameworks(out: Output) -> None:
    """List the other frameworks: editions, status, licence and extent."""
    rows = [
        {
            "framework": item.id,
            "title": item.title,
            "published": item.published,
            "status": item.status,
            "elements": len(load_framework(item.id)),
            "licence": item.licence,
            "ids": "official" if item.ids_official else "ours or others'",
            "titles": item.titles,
            "note": item.note,
        }
        for item in available()
    ]
    out.rows(rows)
    note(f"{count_phrase(len(rows), 'framework')}.")


@click.command("map")
@click.argument("key")
@click.option("--to", metavar="FRAMEWORK", help="Only mappings to this framework.")
@key_edition_option
@prints(
    *("source", "relationship", "target", "title", "strength", "remainder", "confidence", "basis", "author", "date"),
    "rationale",
    table=("source", "relationship", "target", "title", "strength"),
)
def map_(out: Output, key: str, to: str | None, edition: str | None) -> None:
    """
    Show what an item is mapped to, in every framework that has mappings.

    KEY is an item of any framework, such as uk-ai-cop:5.1 or AML.M0005.
    """
    item = parse(key, edition)
    wanted = load_framework(to).id if to is not None else None
    pairs = dict.fromkeys((one.source, one.target) for one in sets())
    rows: list[dict[str, object]] = []
    asked = 0
    for source, target in pairs:
        # Shown in the direction in which it was made: the inverse of a mapping has neither strength nor remainder.
        if source == item.edition and wanted in {None, target}:
            found = find_crosswalk(source, target)
            rows += _with_title(_claims_of(found, item), found, "target_title")
            asked += 1
        if target == item.edition and wanted in {None, source}:
            found = find_crosswalk(source, target)
            rows += _with_title(found.claims_to(item), found, "source_title")
            asked += 1
    if wanted is not None and not asked:
        # Raises an error that names the frameworks through which there is a way.
        find_crosswalk(item.edition, wanted)
    out.rows(rows)
    if asked:
        where = f"to {wanted}" if wanted else f"in {count_phrase(asked, 'set')} of mappings"
        note(f"{count_phrase(len(rows), 'mapping')} of {item} {where}.")
    else:
        note(f"No mappings of {item.edition} ship.")


def _with_title(claims: Iterable[Claim], within: Crosswalk, other: str) -> list[dict[str, object]]:
    """Return rows with the title of the other side; the framework is the target where no counterpart was found."""
    rows = within.table_of(claims)
    return [{**row, "title": row[other], "target": row["target"] or str(within.target.id)} for row in rows]


def _claims_of(found: Crosswalk, item: Key) -> list[Claim]:
    """Return the claims about an item and about its statements."""
    parts = [part.id for part in found.source.children(item) if part.kind == "statement"]
    return [claim for one in (item, *parts) for claim in found[one]]


def _read_crosswalk(
    source: str, target: str, via: Sequence[str], own_mappings: Sequence[Path], own: Sequence[Path]
) -> Crosswalk:
    extra = own_frameworks(own)
    return crosswalk_with_own_rows(source, target, via, extra, own_rows(own_mappings, extra))


@click.command()
@source_argument
@target_argument
@via_option
@click.option("--level", metavar="KIND", help="Aggregate source elements to this level, for example principle.")
@click.option("--merged", is_flag=True, help="Merge several authors' mappings of one pair into one row.")
@crosswalk_filters
@own_files
@prints(*_CLAIM, table=_SHORT)
def crosswalk(  # noqa: PLR0913 -- one option for each filter
    out: Output,
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
    own_mappings: Sequence[Path],
    own: Sequence[Path],
) -> None:
    """
    Print the crosswalk from SOURCE to TARGET: direct, inverted, or composed through others.

    SOURCE and TARGET are frameworks or editions, such as uk-ai-cop or nist-csf@2.0.
    """
    found = _read_crosswalk(source, target, via, own_mappings, own).filter(
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
    # The edition of the Code is changed even if nobody asked for it.
    way = f" through {', '.join(via or map(str, found.via))}" if found.via else ""
    counted = f"{count_phrase(len(claims), 'mapping')} from {found.source.id} to {found.target.id}{way}"
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


def _chosen(
    edition: EditionId, role: Sequence[str], modality: Sequence[str], *, statements: bool
) -> tuple[Key, ...] | None:
    if not role and not modality:
        return None
    if edition not in editions():
        advice = "--role and --modality choose among provisions; "
        raise UnknownEdition(str(edition), tuple(map(str, editions())), advice)
    found = catalogue.load(edition).select(duty_holder=role or None, modality=modality or None)
    if statements:
        return tuple(StatementId(match.provision.id, one.ordinal) for match in found for one in match.statements)
    return tuple(match.provision.id for match in found)


def _selected(
    framework: Framework, role: Sequence[str], modality: Sequence[str], within: Sequence[str], of: Sequence[str]
) -> list[Key] | None:
    """Return the keys to count, or None for all of them."""
    chosen = _chosen(framework.id, role, modality, statements="statement" in of)
    if not within:
        return None if chosen is None else list(chosen)
    above = [framework.key(item) for item in within]
    if chosen is None:
        # A provision is counted with its sub-provisions. Principles and phases are resolved by `coverage` itself.
        subs = [part.id for one in above for part in framework.children(one) if part.kind == "sub-provision"]
        return list(dict.fromkeys([*above, *subs]))
    return [key for key in chosen if any(_is_below(framework, key, one) for one in above)]


def _is_below(framework: Framework, key: Key, above: Key) -> bool:
    step: Key | None = key
    while step is not None and step != above:
        step = framework[step].parent
    return step == above


def _filters(role: Sequence[str], modality: Sequence[str], within: Sequence[str]) -> Mapping[str, Sequence[object]]:
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
    filters: Mapping[str, Sequence[object]]

    def report(self) -> CoverageReport:
        """Return the coverage of the scope."""
        return self.crosswalk.coverage(self.scope, denominator=self.denominator)

    def note_scope(self, report: CoverageReport) -> None:
        """Name what was counted, after the answer."""
        note(scope_line(f"Counted: {report.denominator}, mapped to {report.target}", self.filters))


def _question_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options of coverage and gaps, which `_question` takes."""
    for option in (own_files, selection, via_option, target_argument, source_argument):
        function = option(function)
    return function


def _question(  # noqa: PLR0913 -- one option for each filter
    source: str,
    target: str,
    *,
    via: Sequence[str],
    role: Sequence[str],
    modality: Sequence[str],
    within: Sequence[str],
    of: Sequence[str],
    own_mappings: Sequence[Path],
    own: Sequence[Path],
) -> _Question:
    found = _read_crosswalk(source, target, via, own_mappings, own)
    scope = _selected(found.source, role, modality, within, of)
    return _Question(found, scope, of or None, _filters(role, modality, within))


@click.command()
@_question_options
@prints("class", "count", "ids")
def coverage(out: Output, **given: Any) -> None:  # noqa: ANN401 -- `_question` states the types
    """
    Report how much of SOURCE is covered by TARGET: counts and ids in five classes, and the total that they add up to.

    Coverage is about frameworks; it is not compliance.
    """
    question = _question(**given)
    report = question.report()
    rows = [
        {"class": known, "count": len(report.of(known)), "ids": [key.local for key in report.of(known)]}
        for known in Coverage
    ]
    out.rows(rows)
    question.note_scope(report)


@click.command()
@_question_options
@prints("item", "title", "class", "strength", "remainder")
def gaps(out: Output, **given: Any) -> None:  # noqa: ANN401 -- `_question` states the types
    """List the items of SOURCE that TARGET does not fully cover, and what TARGET leaves uncovered of each."""
    question = _question(**given)
    found = question.crosswalk
    rows = [
        {
            "item": gap.item,
            "title": found.source.title(gap.item),
            "class": gap.coverage,
            "strength": gap.strength,
            "remainder": gap.remainders,
        }
        for gap in found.gaps(question.scope, denominator=question.denominator)
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
def explain(out: Output, one: str, other: str, via: Sequence[str]) -> None:
    """
    Explain how two items, ONE and OTHER, are related, with the mappings and reasons.

    The default format is text; json, csv and markdown print one row per mapping.
    """
    ends = parse(one), parse(other)
    found = find_crosswalk(ends[0].edition, ends[1].edition, via=via)
    if out.form is OutputFormat.TABLE:
        out.text(found.explain(*ends))
        return
    out.rows(found.table_of(found.claims_between(*ends)))


@click.command()
@own_files
@prints("one", "other", "reason", "rows", "parts")
def consistency(out: Output, own_mappings: Sequence[Path], own: Sequence[Path]) -> None:
    """
    Find mappings that contradict each other, among those that ship and your own.

    Exits with 1 if there are any.
    """
    # Imported here: only this command reads every set at once.
    from aicop.mappings.shipped import load

    extra = own_frameworks(own)
    rows = [row for item in sets() for row in load(item.name)] + [row for _, row in own_rows(own_mappings, extra)]
    found = find_contradictions(rows, distinct_frameworks(extra))
    shown = [
        {
            "one": item.one,
            "other": item.other,
            "reason": item.reason,
            "rows": [f"{row.source} {row.predicate} {row.target} ({row.author})" for row in item.mappings],
            "parts": [f"{part} in {whole}" for part, whole in item.parts],
        }
        for item in found
    ]
    out.rows(shown)
    note(f"{count_phrase(len(rows), 'mapping')}: {count_phrase(len(found), 'contradiction')}.")
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
def search(out: Output, text: Sequence[str], within: Sequence[str], limit: int) -> None:
    """
    Search the text of all frameworks, allowing for misspellings.

    TEXT is looked up in ids, titles and our own summaries.
    """
    chosen = [load_framework(name) for name in within] if within else None
    hits = find_elements(" ".join(text), chosen, limit=limit)
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
