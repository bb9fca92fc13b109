"""The commands about the formats of others: parse arguments, write, read, print."""

from __future__ import annotations

import errno
import itertools
import sys
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from aicop import frameworks, mappings
from aicop.catalogue.shipped import load as load_edition
from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import content_of
from aicop.cli.options import FrameworkOption, MappingsOption, ViaOption
from aicop.cli.output import OutputFormat, render, render_card, write_out, write_out_utf8
from aicop.cli.own_files import crosswalk_with_own_rows, own_frameworks, own_rows
from aicop.errors import FileAlreadyExists, UnknownEdition, count_phrase, reject
from aicop.files.atomic import write_atomic
from aicop.files.text import MAX_FILE_SIZE
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import EditionId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.protocol import StreamableFormat
from aicop.interop.common.rows import UnstatedFacts, as_imported, rows_of
from aicop.interop.formats import (
    NAMES,
    dumps,
    dumps_selection,
    format_of,
    formats,
    loads,
    module_of,
    omission_phrases,
    recognise,
)
from aicop.manifest import editions, framework_entries
from aicop.mappings.writer import lines as lines_of
from aicop.vocabulary import Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.interop.common.format import ImportResult
    from aicop.model.mapping import Mapping

EVERYTHING = "all"
"""What the registry is written of when it is written of everything."""

_SLOW_FROM_BYTES = 2_000_000
"""From how many bytes on a person is told to wait."""

_PROGRESS_STEP = 50_000
"""After how many rows they are told how many there were."""

OverwriteOption = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="The file; standard output by default.")]
FolderOption = Annotated[
    Path | None, typer.Option("--to", help="Keep what was read in this folder, as files of aicop.")
]
PrintOption = Annotated[OutputFormat, typer.Option("--print", help="How to print.")]


def formats_(
    name: Annotated[str | None, typer.Argument(help="One of them, with what it keeps and loses.")] = None,
    *,
    form: Annotated[OutputFormat, typer.Option("--format", "-f", help="How to print.")] = OutputFormat.TABLE,
) -> None:
    """List the formats, or tell of one what it keeps and loses; of all, in any form but a table."""
    rows: list[dict[str, object]] = [
        {
            "format": item.name,
            "title": item.title,
            "writes": item.writes,
            "reads": item.reads,
            "keeps": item.keeps,
            "loses": item.loses,
            "needs": None if item.extra is None else f"aicop[{item.extra}]",
        }
        for item in (formats() if name is None else (format_of(name),))
    ]
    if name is not None:
        write_out(render_card({what: said for what, said in rows[0].items() if said}, rows[0], form))
        return
    columns = ("format", "title", "writes", "reads", "needs")
    write_out(render(columns if form is OutputFormat.TABLE else (*columns[:4], "keeps", "loses", "needs"), rows, form))


def _edition(what: str) -> Catalogue | None:
    """Give an edition of the Code; None where another framework is named."""
    found = load_framework(what).id
    return load_edition(found) if found in editions() else None


def _item(what: str, own: dict[str, Framework]) -> Catalogue | Framework:
    """Give an edition or a framework, a user's own first."""
    return own[what] if what in own else _edition(what) or load_framework(what)


def _write_selection(form: str, what: str, role: str | None, modality: str | None) -> bytes:
    """Write the part of an edition that a role or a verb chooses."""
    catalogue = _edition(what)
    if catalogue is None:
        known = tuple(map(str, editions()))
        raise UnknownEdition(what, known, "--role and --modality choose among provisions; ")
    holder = None if role is None else term(Role, role)
    verb = None if modality is None else term(Modality, modality)
    return dumps_selection(form, catalogue, duty_holder=holder, modality=verb)


def _out(content: bytes, output: Path | None, *, overwrite: bool) -> None:
    if output is not None:
        write_atomic(output, content, overwrite=overwrite)
        typer.echo(f"Wrote {output}: {count_phrase(len(content), 'byte')}.", err=True)
    elif content[:2] != b"PK":
        write_out_utf8(content.decode())
    elif sys.stdout.isatty():
        message = "a spreadsheet is not for the terminal; name a file with --output"
        raise typer.BadParameter(message)
    else:
        sys.stdout.buffer.write(content)


def _check_use(target: str | None, *, spec: bool, chosen: bool, joined: bool) -> None:
    """Refuse options that say nothing of what is written, rather than to pass them over."""
    message = ""
    if (spec or chosen) and target is not None:
        message = (
            f"nothing is chosen of a crosswalk: leave out {target}, or --role, --modality, --spec and {EVERYTHING}"
        )
    elif spec and chosen:
        message = (
            "--spec is of CycloneDX, which holds no part of an edition: leave out --spec, or --role and --modality"
        )
    elif joined and target is None:
        message = "--via and --with are for crosswalks, which have a target"
    if message:
        raise typer.BadParameter(message)


def export(  # noqa: PLR0913 -- one option for each question
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(NAMES)}.")],
    what: Annotated[
        str, typer.Argument(help="An edition or framework; the source of a crosswalk; all for the registry.")
    ],
    target: Annotated[str | None, typer.Argument(help="The target of a crosswalk.")] = None,
    *,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    role: Annotated[str | None, typer.Option(help=f"Only what binds this role: {', '.join(Role)}.")] = None,
    modality: Annotated[str | None, typer.Option(help=f"Only what says so: {', '.join(Modality)}.")] = None,
    spec: Annotated[str | None, typer.Option(help="Version of the format: of CycloneDX 1.6 or 1.7.")] = None,
    via: ViaOption = None,
    own_mappings: MappingsOption = None,
    framework: FrameworkOption = None,
) -> None:
    """Write an edition, a framework or a crosswalk in the format of another tool."""
    chosen = role is not None or modality is not None
    _check_use(target, spec=spec is not None, chosen=chosen or what == EVERYTHING, joined=bool(via or own_mappings))
    if output == Path("-"):
        output = None
    if output is not None and output.is_file() and not overwrite:
        raise FileAlreadyExists(str(output))
    extra = own_frameworks(framework)
    if spec is not None:
        content = dumps(form, _item(what, extra), version=spec)
    elif chosen:
        content = _write_selection(form, what, role, modality)
    elif what == EVERYTHING and format_of(form).everything:
        content = dumps(form)
    elif target is not None:
        found = crosswalk_with_own_rows(what, target, via, extra, own_rows(own_mappings, extra))
        content = dumps(form, found)
        for said in omission_phrases(form, found):
            typer.echo(f"Left out: {said}.", err=True)
        if not rows_of(found, format_of(form).predicates).rows:
            typer.echo("There is no mapping in what is written.", err=True)
    else:
        content = dumps(form, _item(what, extra))
    _out(content, output, overwrite=overwrite)


class _Waiting:
    """Tells a person at a terminal what takes long, and wipes it out when it is done; a pipe is told nothing."""

    def __init__(self, name: str, size: int) -> None:
        self._said = (
            f"Reading {name} ({count_phrase(size, 'byte')}) ..."
            if size > _SLOW_FROM_BYTES and sys.stderr.isatty()
            else ""
        )

    def __enter__(self) -> Self:
        typer.echo(self._said, err=True, nl=False)
        return self

    def __exit__(self, *_: object) -> None:
        typer.echo("\r\x1b[K" if self._said else "", err=True, nl=False)

    def over(self, rows: Iterable[Mapping]) -> Iterator[Mapping]:
        """Yield rows, and tell how many there were so far."""
        for count, row in enumerate(rows):
            if self._said and count % _PROGRESS_STEP == 0:
                typer.echo(f"\r{self._said} {count_phrase(count, 'row')}", err=True, nl=False)
            yield row


def _record(reading: ImportResult) -> dict[str, Any]:
    """Give what was understood of a file, counted."""
    frameworks = [
        {"id": str(item.id), "title": item.edition.title, "elements": Counter(one.kind for one in item.controls)}
        for item in reading.frameworks
    ]
    mappings = Counter(row.predicate.value for row in reading.mappings)
    more = {"not_stated": reading.unstated, "dropped": reading.dropped}
    return {"format": reading.format, "frameworks": frameworks, "mappings": mappings, **more}


def _count_text(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in counts.items())


def _record_lines(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield it in words."""
    yield "format", record["format"]
    for item in record["frameworks"]:
        yield "framework", f"{item['id']}: {item['title']} ({_count_text(item['elements']) or 'no elements'})"
    if record["mappings"]:
        yield "mappings", f"{record['mappings'].total():,}: {_count_text(record['mappings'])}"
    elif not any(item["elements"] for item in record["frameworks"]):
        yield "nothing", "no element of a framework and no mapping was found in it"
    yield from (("not stated", said) for said in record["not_stated"])
    yield from (("dropped", said) for said in record["dropped"])


def _show(record: dict[str, Any], shown: OutputFormat) -> None:
    if shown is OutputFormat.JSON:
        write_out(render_card({}, record, shown))
        return
    write_out(render(("what", "said"), [{"what": what, "said": said} for what, said in _record_lines(record)], shown))


def _long_table(  # noqa: PLR0913 -- how a file is read, and where it goes
    module: StreamableFormat,
    path: Path,
    options: ImportOptions,
    to: Path | None,
    shown: OutputFormat,
    *,
    overwrite: bool,
) -> None:
    """Go through a table that is too long to be held, row by row."""
    counts: Counter[str] = Counter()
    facts = UnstatedFacts()

    def counting(rows: Iterable[Mapping]) -> Iterator[Mapping]:
        for row in rows:
            counts[row.predicate.value] += 1
            facts.add(row)
            yield row

    with _Waiting(str(path), path.stat().st_size) as waiting:
        left = module.omission_phrases(path, str(path))
        rows = counting(waiting.over(module.stream(path, str(path), options)))
        if to is None:
            deque(rows, maxlen=0)
        else:
            to.mkdir(parents=True, exist_ok=True)
            write_atomic(
                to / f"{path.stem}.tsv",
                (line.encode() for line in lines_of(map(as_imported, rows))),
                overwrite=overwrite,
            )
    more = {"not_stated": facts.phrases(), "dropped": left}
    _show({"format": module.FORMAT.name, "frameworks": [], "mappings": counts, **more}, shown)


def _sets(rows: Iterable[Mapping]) -> Iterator[tuple[str, list[Mapping]]]:
    """Yield the mappings of each set between two editions, with the name of the file for them."""
    sets: dict[str, list[Mapping]] = {}
    for row in rows:
        sets.setdefault(row.set, []).append(row)
    names: set[str] = set()
    for listed in sets.values():
        pairs = dict.fromkeys((row.source.edition, row.target.edition) for row in listed if row.target is not None)
        for source, target in pairs:
            numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
            name = next(one for number in numbers if (one := f"{source}--{target}{number}.tsv") not in names)
            names.add(name)
            # Where nothing was found has no target of its own: it is that of the other rows of the set.
            ends = {(source, target), (source, None)}
            found = [
                as_imported(row) for row in listed if (row.source.edition, row.target and row.target.edition) in ends
            ]
            yield name, found
        lost = sum(row.source.edition not in {source for source, _ in pairs} for row in listed)
        if lost:
            said = "for which nothing was found, since no row says in which framework"
            typer.echo(f"Not kept: {count_phrase(lost, 'mapping')} {said}.", err=True)


def _keep(reading: ImportResult, folder: Path, *, overwrite: bool) -> None:
    files = {f"{item.id}.json": frameworks.dumps(item) for item in reading.frameworks}
    files |= {name: mappings.dumps(rows) for name, rows in _sets(reading.mappings)}
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).is_file() and not overwrite:
            raise FileAlreadyExists(str(folder / name))
    for name, text in files.items():
        write_atomic(folder / name, text.encode(), overwrite=overwrite)
        typer.echo(f"Wrote {folder / name}.", err=True)
    for item in reading.frameworks:
        if item.id in {*editions(), *(one.id for one in framework_entries())}:
            typer.echo(f"{item.id} ships with aicop: to use the file, name it otherwise with --as.", err=True)


def import_(  # noqa: PLR0913 -- one option for each question
    file: Annotated[str, typer.Argument(help="A file in the format of another tool; - is standard input.")],
    *,
    form: Annotated[str | None, typer.Option("--format", help="Its format; recognised by default.")] = None,
    source: Annotated[
        str | None, typer.Option(help="The framework in which sources of mappings are looked up.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="The framework in which targets are looked up.")] = None,
    named: Annotated[
        str | None, typer.Option("--as", metavar="KEY@EDITION", help="What a framework in the file is called here.")
    ] = None,
    framework: FrameworkOption = None,
    to: FolderOption = None,
    overwrite: OverwriteOption = False,
    shown: PrintOption = OutputFormat.TABLE,
) -> None:
    """Read a file of another tool: recognise it, check it, and say what was understood and what was dropped."""
    edition = None if named is None else EditionId.parse(named)
    extra = own_frameworks(framework)
    for home in filter(None, (source, target)):
        _ = extra[home] if home in extra else load_framework(home)
    if to is not None and to.exists() and not to.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is a file, not a folder", str(to))
    content = content_of(file)
    name = "standard input" if file == "-" else file
    if not content.strip():
        reject(name, "", "is empty")
    options = ImportOptions(
        framework=edition.document if edition else None,
        edition=edition.label if edition else None,
        source=source,
        target=target,
        frameworks=tuple(item for key, item in extra.items() if "@" in key),
    )
    form = form or recognise(content, name)
    module = module_of(form)
    if isinstance(module, StreamableFormat) and len(content) > MAX_FILE_SIZE and Path(file).is_file():
        _long_table(module, Path(file), options, to, shown, overwrite=overwrite)
        return
    with _Waiting(name, len(content)):
        reading = loads(content, name, options, name=form)
    _show(_record(reading), shown)
    if named is not None and not reading.frameworks:
        typer.echo(f"There is no framework in it to be called {named}.", err=True)
    if not any(map(len, reading.frameworks)) and not reading.mappings:
        raise typer.Exit(FOUND)
    if to is not None:
        _keep(reading, to, overwrite=overwrite)


def add_to(app: typer.Typer) -> None:
    """Give an application these commands."""
    app.command()(export)
    app.command("import")(import_)
    app.command("formats")(formats_)
