"""The command ``import``: parse arguments, read, report, and store what was read."""

from __future__ import annotations

import errno
import itertools
import sys
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from aicop import frameworks, mappings
from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import content_of
from aicop.cli.options import FILE, force_option, framework_option, report_format_option
from aicop.cli.output import OutputFormat, note, render, render_record, write_out
from aicop.cli.own_files import own_frameworks
from aicop.errors import FileAlreadyExists, count_phrase, reject
from aicop.files.atomic import write_atomic
from aicop.files.text import MAX_FILE_SIZE
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import EditionId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.protocol import StreamableFormat
from aicop.interop.common.rows import UnstatedFacts, as_imported
from aicop.interop.formats import loads, module_of, recognise
from aicop.manifest import editions, framework_entries
from aicop.mappings.writer import lines as lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.interop.common.format import ImportResult
    from aicop.model.mapping import Mapping

_SLOW_FROM_BYTES = 2_000_000
"""A file larger than this takes long enough that the user is told to wait."""

_PROGRESS_STEP = 50_000
"""Progress is shown after each of this many rows."""


class _Waiting:
    """A progress line for large files, on standard error if that is a terminal, and removed at the end."""

    def __init__(self, name: str, size: int) -> None:
        self._text = (
            f"Reading {name} ({count_phrase(size, 'byte')}) ..."
            if size > _SLOW_FROM_BYTES and sys.stderr.isatty()
            else ""
        )

    def __enter__(self) -> Self:
        click.echo(self._text, err=True, nl=False)
        return self

    def __exit__(self, *_: object) -> None:
        click.echo("\r\x1b[K" if self._text else "", err=True, nl=False)

    def over(self, rows: Iterable[Mapping]) -> Iterator[Mapping]:
        """Yield rows, and show how many there were so far."""
        for count, row in enumerate(rows):
            if self._text and count % _PROGRESS_STEP == 0:
                click.echo(f"\r{self._text} {count_phrase(count, 'row')}", err=True, nl=False)
            yield row


def _record(reading: ImportResult) -> dict[str, Any]:
    """Return the counts of what a file holds, and what was dropped, as plain data."""
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
    """Yield the fields of such a record, one line each."""
    yield "format", record["format"]
    for item in record["frameworks"]:
        yield "framework", f"{item['id']}: {item['title']} ({_count_text(item['elements']) or 'no elements'})"
    if record["mappings"]:
        yield "mappings", f"{record['mappings'].total():,}: {_count_text(record['mappings'])}"
    elif not any(item["elements"] for item in record["frameworks"]):
        yield "nothing", "the file contains no framework element and no mapping"
    yield from (("not stated", phrase) for phrase in record["not_stated"])
    yield from (("dropped", phrase) for phrase in record["dropped"])


def _show(record: dict[str, Any], form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        write_out(render_record({}, record, form))
        return
    rows = [{"field": name, "value": value} for name, value in _record_lines(record)]
    write_out(render(("field", "value"), rows, form))


def _long_table(  # noqa: PLR0913 -- how a file is read, and where it goes
    module: StreamableFormat,
    path: Path,
    options: ImportOptions,
    to: Path | None,
    form: OutputFormat,
    *,
    overwrite: bool,
) -> None:
    """Read a table that is too long to be held in memory, row by row."""
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
    _show({"format": module.FORMAT.name, "frameworks": [], "mappings": counts, **more}, form)


def _sets(rows: Iterable[Mapping]) -> Iterator[tuple[str, list[Mapping]]]:
    """Yield the mappings of each set between two editions, with the name of their file."""
    sets: dict[str, list[Mapping]] = {}
    for row in rows:
        sets.setdefault(row.set, []).append(row)
    names: set[str] = set()
    for listed in sets.values():
        pairs: dict[tuple[EditionId, EditionId], list[Mapping]] = {}
        for row in listed:
            pairs.setdefault((row.source_edition, row.target_edition), []).append(as_imported(row))
        for (source, target), found in pairs.items():
            numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
            name = next(one for number in numbers if (one := f"{source}--{target}{number}.tsv") not in names)
            names.add(name)
            yield name, found


def _keep(reading: ImportResult, folder: Path, *, overwrite: bool) -> None:
    files = {f"{item.id}.json": frameworks.dumps(item) for item in reading.frameworks}
    files |= {name: mappings.dumps(rows) for name, rows in _sets(reading.mappings)}
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).is_file() and not overwrite:
            raise FileAlreadyExists(str(folder / name))
    for name, text in files.items():
        write_atomic(folder / name, text.encode(), overwrite=overwrite)
        note(f"Wrote {folder / name}.")
    for item in reading.frameworks:
        if item.id in {*editions(), *(one.id for one in framework_entries())}:
            note(f"{item.id} ships with aicop; to use the file instead, give it another name with --as.")


@click.command("import")
@click.argument("file")
@click.option("--input-format", "read_as", metavar="FORMAT", help="The format of the file.  [default: detected]")
@click.option("--source", metavar="FRAMEWORK", help="The framework in which the sources of mappings are looked up.")
@click.option("--target", metavar="FRAMEWORK", help="The framework in which the targets of mappings are looked up.")
@click.option("--as", "named", metavar="KEY@EDITION", help="The name to give to the framework in the file.")
@framework_option
@click.option(
    "--output", "-o", "folder", type=FILE, metavar="FOLDER", help="Store what was read in this folder, as aicop files."
)
@force_option
@report_format_option
def import_(  # noqa: PLR0913 -- one option for each question
    file: str,
    *,
    read_as: str | None,
    source: str | None,
    target: str | None,
    named: str | None,
    own: Sequence[Path],
    folder: Path | None,
    overwrite: bool,
    form: OutputFormat,
) -> None:
    """
    Read FILE from another tool, check it, and report what it contains and what was dropped.

    Use - for standard input. Exits with 1 if the file contains nothing that aicop reads.
    """
    edition = None if named is None else EditionId.parse(named)
    extra = own_frameworks(own)
    # Read before the file, so that a wrong name is reported at once.
    for home in filter(None, (source, target)):
        _ = extra[home] if home in extra else load_framework(home)
    if folder is not None and folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is a file, not a folder", str(folder))
    content = content_of(file)
    name = "standard input" if file == "-" else file
    if not content.strip():
        reject(name, "", "is empty")
    options = ImportOptions(
        framework=edition.document if edition else None,
        edition=edition.label if edition else None,
        source=source,
        target=target,
        # The table has each framework under its document too.
        frameworks=tuple(item for key, item in extra.items() if "@" in key),
    )
    read_as = read_as or recognise(content, name)
    module = module_of(read_as)
    if isinstance(module, StreamableFormat) and len(content) > MAX_FILE_SIZE and Path(file).is_file():
        _long_table(module, Path(file), options, folder, form, overwrite=overwrite)
        return
    with _Waiting(name, len(content)):
        reading = loads(content, name, options, name=read_as)
    _show(_record(reading), form)
    if named is not None and not reading.frameworks:
        note(f"The file contains no framework to name {named}.")
    if not any(map(len, reading.frameworks)) and not reading.mappings:
        raise SystemExit(FOUND)
    if folder is not None:
        _keep(reading, folder, overwrite=overwrite)


COMMANDS = {"import": import_}
