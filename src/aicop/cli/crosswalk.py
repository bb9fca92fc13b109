"""The commands about other frameworks and crosswalks: parse arguments, ask, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aicop import catalogue
from aicop.cli.exit_codes import FOUND
from aicop.cli.options import (
    AuthorOption,
    BasisOption,
    ConfidenceOption,
    FrameworkOption,
    InOption,
    MappingsOption,
    ModalityOption,
    OfOption,
    RelationOption,
    RoleOption,
    SinceOption,
    SourceArgument,
    TargetArgument,
    ViaOption,
)
from aicop.cli.output import OutputFormat, render, write_out
from aicop.cli.own_files import crosswalk_with_own_rows, distinct_frameworks, own_frameworks, own_rows
from aicop.crosswalk.contradictions import find_contradictions
from aicop.crosswalk.routes import crosswalk as find_crosswalk
from aicop.errors import UnknownEdition
from aicop.frameworks.framework import Framework
from aicop.frameworks.shipped import available
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import StatementId
from aicop.keys.parser import parse
from aicop.manifest import editions
from aicop.mappings.shipped import sets
from aicop.search import search as find_elements
from aicop.vocabulary import Coverage, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.ids import EditionId, Key


FormatOption = Annotated[OutputFormat, typer.Option("--format", "-f", help="How to print.")]


_CLAIM = ("source", "says", "target", "target_title", "strength", "remainder", "confidence", "basis", "author")
_BESIDE = ("source", "says", "target", "other_title", "strength", "remainder", "confidence", "basis", "author")
_WHOLE = (*_CLAIM[:2], "source_title", *_CLAIM[2:], "date", "rationale", "paths", "suspect")


def _fields(claims: Iterable[Claim], within: Crosswalk, form: OutputFormat) -> list[dict[str, object]]:
    rows = within.table_of(claims)
    return [{name: row[name] for name in (_CLAIM if form is OutputFormat.TABLE else _WHOLE)} for row in rows]


def _show(claims: Iterable[Claim], within: Crosswalk, form: OutputFormat) -> int:
    rows = _fields(claims, within, form)
    write_out(render(_CLAIM if form is OutputFormat.TABLE else _WHOLE, rows, form))
    return len(rows)


def frameworks(form: FormatOption = OutputFormat.TABLE) -> None:
    """List the frameworks that ship: editions, status, licence and what is carried."""
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
    columns = ("framework", "title", "published", "status", "elements", "licence", "ids", "titles", "note")
    write_out(render(columns[:5] if form is OutputFormat.TABLE else columns, rows, form))


def map_(
    key: Annotated[str, typer.Argument(help="An item of any framework, such as uk-ai-cop:5.1 or AML.M0005.")],
    to: Annotated[str | None, typer.Option("--to", help="Only to this framework.")] = None,
    edition: Annotated[str | None, typer.Option("--edition", "-e", help="Where a bare number is looked up.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say what an item is mapped to, in every framework for which mappings ship."""
    item = parse(key, edition)
    wanted = load_framework(to).id if to is not None else None
    pairs = dict.fromkeys((one.source, one.target) for one in sets())
    rows: list[dict[str, object]] = []
    asked = False
    for source, target in pairs:
        # Read as it was made, so that strength and remainder stay: from the item, or to it.
        if source == item.edition and wanted in {None, target}:
            found = find_crosswalk(source, target)
            rows += _beside(_near(found, item), found, "target_title")
            asked = True
        if target == item.edition and wanted in {None, source}:
            found = find_crosswalk(source, target)
            rows += _beside(found.claims_to(item), found, "source_title")
            asked = True
    if wanted is not None and not asked:
        # Says which ways there are through others.
        find_crosswalk(item.edition, wanted)
    write_out(render(_BESIDE if form is OutputFormat.TABLE else (*_BESIDE, "date", "rationale"), rows, form))
    if not rows:
        typer.echo(f"No mapping of {item} ships{f' to {wanted}' if wanted else ''}.", err=True)


def _beside(claims: Iterable[Claim], within: Crosswalk, other: str) -> list[dict[str, object]]:
    """Give claims with the title of the other side; where nothing was found, the framework stands for it."""
    rows = within.table_of(claims)
    return [{**row, "other_title": row[other], "target": row["target"] or str(within.target.id)} for row in rows]


def _near(found: Crosswalk, item: Key) -> list[Claim]:
    """Give the claims of an item and of its statements."""
    parts = [part.id for part in found.source.children(item) if part.kind == "statement"]
    return [said for one in (item, *parts) for said in found[one]]


def crosswalk(  # noqa: PLR0913 -- one option for each question
    source: SourceArgument,
    target: TargetArgument,
    *,
    via: ViaOption = None,
    level: Annotated[
        str | None, typer.Option(help="Lift and lower to elements of this kind of the source, such as principle.")
    ] = None,
    merged: Annotated[bool, typer.Option("--merged", help="Join what several makers say of one pair.")] = False,
    basis: BasisOption = None,
    relation: RelationOption = None,
    author: AuthorOption = None,
    confidence: ConfidenceOption = 0,
    since: SinceOption = None,
    own: MappingsOption = None,
    framework: FrameworkOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Print the crosswalk from one framework to another: direct, inverted, or composed through others."""
    extra = own_frameworks(framework)
    found = crosswalk_with_own_rows(source, target, via, extra, own_rows(own, extra)).filter(
        basis=basis, relation=relation, author=author, confidence=confidence, since=since
    )
    if level is not None:
        found = found.at_level(source=level)
    if merged:
        found = found.merge_makers()
    count = _show(found.claims(), found, form)
    if not count:
        typer.echo("No mapping is left.", err=True)
    elif form is OutputFormat.TABLE and via:
        said = [claim.says for claim in found.claims()]
        typer.echo(
            f"{count} pairs are joined by some path; of {said.count('nothing is known')} nothing follows.", err=True
        )


def _scope(edition: EditionId, role: str | None, modality: str | None, *, statements: bool) -> tuple[Key, ...] | None:
    if role is None and modality is None:
        return None
    if edition not in editions():
        raise UnknownEdition(
            str(edition), tuple(map(str, editions())), "--role and --modality choose among provisions; "
        )
    found = catalogue.load(edition).select(
        duty_holder=None if role is None else term(Role, role),
        modality=None if modality is None else term(Modality, modality),
    )
    if statements:
        return tuple(StatementId(match.provision.id, said.ordinal) for match in found for said in match.statements)
    return tuple(match.provision.id for match in found)


def _selected_scope(
    framework: Framework, role: str | None, modality: str | None, within: list[str] | None, of: list[str] | None
) -> list[Key] | None:
    chosen = _scope(framework.id, role, modality, statements="statement" in (of or ()))
    if within is None:
        return None if chosen is None else list(chosen)
    above = [framework.key(item) for item in within]
    if chosen is None:
        # A provision stands for its sub-provisions too; what holds provisions is taken apart where it is counted.
        subs = [part.id for one in above for part in framework.children(one) if part.kind == "sub-provision"]
        return list(dict.fromkeys([*above, *subs]))
    return [key for key in chosen if any(_under(framework, key, one) for one in above)]


def _under(framework: Framework, key: Key, above: Key) -> bool:
    step: Key | None = key
    while step is not None and step != above:
        step = framework[step].parent
    return step == above


def coverage(  # noqa: PLR0913 -- one option for each question
    source: SourceArgument,
    target: TargetArgument,
    *,
    via: ViaOption = None,
    role: RoleOption = None,
    modality: ModalityOption = None,
    within: InOption = None,
    of: OfOption = None,
    own: MappingsOption = None,
    framework: FrameworkOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say how far the source is covered by the target: five numbers with their ids over a stated denominator."""
    extra = own_frameworks(framework)
    found = crosswalk_with_own_rows(source, target, via, extra, own_rows(own, extra))
    report = found.coverage(_selected_scope(found.source, role, modality, within, of), denominator=of)
    rows = [
        {
            "class": known,
            "count": len(report.of(known)),
            "ids": [key.local for key in report.of(known)],
        }
        for known in Coverage
    ]
    write_out(render(("class", "count", "ids"), rows, form))
    typer.echo(f"Counted: {report.denominator}, by {report.target}.", err=True)


def gaps(  # noqa: PLR0913 -- one option for each question
    source: SourceArgument,
    target: TargetArgument,
    *,
    via: ViaOption = None,
    role: RoleOption = None,
    modality: ModalityOption = None,
    within: InOption = None,
    of: OfOption = None,
    own: MappingsOption = None,
    framework: FrameworkOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List the items of the source that the target does not cover, with what is known and what is left open."""
    extra = own_frameworks(framework)
    found = crosswalk_with_own_rows(source, target, via, extra, own_rows(own, extra))
    scope = _selected_scope(found.source, role, modality, within, of)
    rows = [
        {
            "item": gap.item,
            "title": found.source.title(gap.item),
            "class": gap.coverage,
            "strength": gap.strength,
            "left_open": gap.remainders,
        }
        for gap in found.gaps(scope, denominator=of)
    ]
    write_out(render(("item", "title", "class", "strength", "left_open"), rows, form))
    if not rows:
        counted = found.coverage(scope, denominator=of)
        typer.echo(f"No gap: {'all is covered' if counted.items else 'nothing is counted'}.", err=True)


def explain(
    one: Annotated[str, typer.Argument(help="An item, such as uk-ai-cop:5.1.")],
    other: Annotated[str, typer.Argument(help="An item of another framework.")],
    via: ViaOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say what is known of two items, by which rows and why; for the eye as text, else a row a claim."""
    ends = parse(one), parse(other)
    found = find_crosswalk(ends[0].edition, ends[1].edition, via=via or ())
    if form is OutputFormat.TABLE:
        write_out(found.explain(*ends))
        return
    _show(found.claims_between(*ends), found, form)


def consistency(
    own: MappingsOption = None,
    framework: FrameworkOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Find mappings that cannot all be true, among all that ship and your own; exit code 1 when there are any."""
    # Imported here: only this command asks for every set at once.
    from aicop.mappings.shipped import load

    extra = own_frameworks(framework)
    rows = [row for item in sets() for row in load(item.name)] + [row for _, row in own_rows(own, extra)]
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
    write_out(render(("one", "other", "reason", "rows", "parts"), shown, form))
    told = f"{len(found)} contradiction{'s' * (len(found) != 1)}"
    typer.echo(f"{len(rows)} mappings, {told}.", err=True)
    if found:
        raise typer.Exit(FOUND)


def search(
    text: Annotated[list[str], typer.Argument(help="Words, looked for in ids, titles and our own words.")],
    framework: Annotated[list[str] | None, typer.Option("--in", help="Only here; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Find elements of all frameworks by their words, with near misses."""
    chosen = None if framework is None else [load_framework(name) for name in framework]
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
    write_out(render(("key", "kind", "title", "matched", "near"), rows, form))
    if not rows:
        typer.echo("Nothing is found.", err=True)


def add_to(app: typer.Typer) -> None:
    """Give an application these commands."""
    for command in (frameworks, crosswalk, coverage, gaps, explain, consistency, search):
        app.command()(command)
    app.command("map")(map_)
