"""The command ``import``: parse arguments, read, report, and store what was read."""

from __future__ import annotations

import sys
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from aicop.cli.exit_codes import FOUND
from aicop.cli.key_files import content_of
from aicop.cli.options import force_option, report_format_option, uses_library
from aicop.cli.output import OutputFormat, note_skipped, render, render_record
from aicop.cli.streams import note, tell, write_out
from aicop.errors import (
    AlreadyInLibrary,
    Fault,
    InvalidDocument,
    LibraryWithoutFolder,
    count_phrase,
    display_line,
    excerpt,
    reject,
)
from aicop.files.text import MAX_FILE_SIZE
from aicop.ids import EditionId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.leaving_out import without_faulty_lines
from aicop.interop.common.protocol import StreamableFormat, is_streamable
from aicop.interop.common.rows import UnstatedFacts, as_imported
from aicop.interop.formats import check_resources, loads, module_of, recognise
from aicop.library.adding import add, write
from aicop.library.library import Library
from aicop.mappings.writer import lines as lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
            f"Reading {display_line(name)} ({count_phrase(size, 'byte')}) ..."
            if size > _SLOW_FROM_BYTES and sys.stderr is not None and sys.stderr.isatty()
            else ""
        )

    def __enter__(self) -> Self:
        tell(self._text, "")
        return self

    def __exit__(self, *_: object) -> None:
        tell("\r\x1b[K" if self._text else "", "")

    def over(self, rows: Iterable[Mapping]) -> Iterator[Mapping]:
        """Yield rows, and show how many there were so far."""
        for count, row in enumerate(rows):
            if self._text and count % _PROGRESS_STEP == 0:
                tell(f"\r{self._text} {count_phrase(count, 'row')}", "")
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
    to: Library | None,
    form: OutputFormat,
    *,
    overwrite: bool,
) -> None:
    """Read a table that is too long to be held in memory, row by row."""
    skipped: tuple[Fault, ...] = ()
    while True:
        try:
            files = _read_long_table(module, path, options, to, form, overwrite=overwrite)
        except InvalidDocument as error:
            if not options.skip_invalid:
                raise
            # Nothing has been printed or written, because the whole table is checked before the first row.
            options, told = without_faulty_lines(error, options)
            skipped += told
        else:
            note_skipped(skipped)
            _note_written(files)
            return


def _read_long_table(  # noqa: PLR0913 -- as above
    module: StreamableFormat,
    path: Path,
    options: ImportOptions,
    to: Library | None,
    form: OutputFormat,
    *,
    overwrite: bool,
) -> tuple[Path, ...]:
    """Print what the table holds, and return the files that were written."""
    counts: Counter[str] = Counter()
    facts = UnstatedFacts()

    def counting(rows: Iterable[Mapping]) -> Iterator[Mapping]:
        for row in rows:
            counts[row.predicate.value] += 1
            facts.add(row)
            yield row

    files: tuple[Path, ...] = ()
    with _Waiting(str(path), path.stat().st_size) as waiting:
        left = module.omission_phrases(path, str(path))
        rows = counting(waiting.over(module.stream(path, str(path), options)))
        if to is None:
            deque(rows, maxlen=0)
        else:
            table = lines_of(map(as_imported, rows))
            files = write(to, {f"mappings/{path.stem}.tsv": table}, overwrite=overwrite)
    more = {"not_stated": facts.phrases(), "dropped": left}
    _show({"format": module.FORMAT.name, "frameworks": [], "mappings": counts, **more}, form)
    return files


def _note_written(files: Iterable[Path]) -> None:
    for path in files:
        note(f"Wrote {path}.")


def _add(library: Library, reading: ImportResult, name: str, *, overwrite: bool) -> tuple[Path, ...]:
    """Write what was read into the folder of the library, and return the files."""
    rows = [as_imported(row) for row in reading.mappings]
    shipped = {item.id for item in Library().frameworks()} | {*Library().editions()}
    # A file of mappings often repeats the elements that they refer to.
    kept = [item for item in reading.frameworks if not rows or item.id not in shipped]
    for item in reading.frameworks:
        if item not in kept:
            note(f"Left out: the elements of {item.id}, which ships with aicop.")
    try:
        return add(library, frameworks=kept, mappings=rows, name=name, overwrite=overwrite)
    except AlreadyInLibrary as error:
        known = EditionId.parse(error.name) in library.registry.ids
        advice = "--force overwrites it" if known else "to add the file, give it another name with --as KEY@EDITION"
        raise AlreadyInLibrary(error.name, f"{error.advice.partition(';')[0]}; {advice}") from error


def _resources(given: Iterable[str]) -> dict[str, str]:
    """Return the framework for each name in values such as ``a.json=acme@2026``; the name may contain equals signs."""
    found: dict[str, str] = {}
    for one in given:
        name, sign, framework = one.rpartition("=")
        if not sign or not name or not framework:
            message = f"{excerpt(one)} must be NAME=FRAMEWORK, such as catalog.json=nist-csf@2.0"
            raise click.BadParameter(message)
        if found.setdefault(name, framework) != framework:
            message = f"{excerpt(name)} is given twice: {found[name]} and {framework}"
            raise click.BadParameter(message)
    return found


@click.command("import")
@click.argument("file")
@click.option("--input-format", "read_as", metavar="FORMAT", help="The format of the file.  [default: detected]")
@click.option("--source", metavar="FRAMEWORK", help="The framework in which the sources of mappings are looked up.")
@click.option("--target", metavar="FRAMEWORK", help="The framework in which the targets of mappings are looked up.")
@click.option(
    "--resource",
    "resources",
    multiple=True,
    callback=lambda _, __, given: _resources(given),
    metavar="NAME=FRAMEWORK",
    help="The framework that the file means by NAME, such as an href, a URN or a prefix. Repeatable.",
)
@click.option("--as", "named", metavar="KEY@EDITION", help="The name to give to the framework in the file.")
@click.option("--add", "adds", is_flag=True, help="Write what was read into your library, whole or not at all.")
@force_option
@report_format_option
@uses_library
def import_(  # noqa: PLR0913 -- one option for each question
    library: Library,
    file: str,
    *,
    read_as: str | None,
    source: str | None,
    target: str | None,
    resources: dict[str, str],
    named: str | None,
    adds: bool,
    overwrite: bool,
    form: OutputFormat,
) -> None:
    """
    Read FILE from another tool, check it, and report what it contains and what was dropped.

    With --skip-invalid, mappings with faults are left out and listed, instead of refusing the whole file.

    Use - for standard input. Exits with 1 if the file contains nothing that aicop reads.
    """
    edition = None if named is None else EditionId.parse(named)
    # Checked before the file is read, so that a wrong name is reported at once.
    for home in filter(None, (source, target, *resources.values())):
        library.framework(home)
    if adds and library.folder is None:
        raise LibraryWithoutFolder
    content = content_of(file)
    name = "standard input" if file == "-" else file
    if not content.strip():
        reject(name, "", "is empty")
    options = ImportOptions(
        framework=edition.document if edition else None,
        edition=edition.label if edition else None,
        source=source,
        target=target,
        resources=resources,
        frameworks=library.registry,
        # The option is also that of the library, which has been read already.
        skip_invalid=click.get_current_context().params["skip_invalid"],
    )
    read_as = read_as or recognise(content, name)
    module = module_of(read_as)
    check_resources(module.FORMAT, name, options)
    if is_streamable(module) and len(content) > MAX_FILE_SIZE and Path(file).is_file():
        _long_table(module, Path(file), options, library if adds else None, form, overwrite=overwrite)
        return
    with _Waiting(name, len(content)):
        reading = loads(content, name, options, name=read_as)
    empty = not any(map(len, reading.frameworks)) and not reading.mappings
    files: tuple[Path, ...] = ()
    if adds and not empty:
        # Before the report, which would look like success if the library refused the content of the file.
        files = _add(library, reading, Path(file).name.partition(".")[0] or "mappings", overwrite=overwrite)
    _show(_record(reading), form)
    note_skipped(reading.skipped)
    if named is not None and not reading.frameworks:
        note(f"The file contains no framework to name {named}.")
    _note_written(files)
    if empty:
        raise SystemExit(FOUND)


COMMANDS = {"import": import_}
