"""Write frameworks and mappings into the folder of a library, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.ends import digest_of
from aicop.errors import FileAlreadyExists, LibraryWithoutFolder, reject
from aicop.files.atomic import write_atomic
from aicop.frameworks.writer import dumps as framework_text
from aicop.library.parts import mapping_sets
from aicop.mappings.rules import LINKS
from aicop.mappings.writer import dumps as mappings_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from aicop.frameworks.framework import Framework
    from aicop.ids import End
    from aicop.library.library import Library
    from aicop.model.mapping import Mapping


def add(
    library: Library,
    *,
    frameworks: Iterable[Framework] = (),
    mappings: Iterable[Mapping] = (),
    name: str = "mappings",
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """
    Write frameworks and mappings into the folder of a library, and return the files: all are written, or none.

    Frameworks go to ``frameworks/<framework>@<edition>.json``. Mappings go to ``mappings/<name>.tsv`` or, if they are
    between several pairs of editions, to one file for each. A file holds no two judgements of a pair by one author, so
    further ones go to ``mappings/<name>-2.tsv``. Mappings without digests get those of today, so that
    `Library.review` can tell when a source or target has changed.

    Raises:
        LibraryWithoutFolder: the library was not read from a folder.
        AlreadyInLibrary: a framework ships under this id, or is in the library with other content and not *overwrite*.
        InvalidDocument: a mapping refers to elements that are neither in the library nor among *frameworks*, or in none
            of a file was anything found.
        FileAlreadyExists: a file exists and *overwrite* is false.
        OSError: a file cannot be written.
    """
    if library.folder is None:
        raise LibraryWithoutFolder
    added, rows = tuple(frameworks), tuple(mappings)
    # Everything is checked before the first file is written.
    found = library.without_frameworks(item.id for item in added) if overwrite else library
    for item in added:
        found = found.with_framework(item)
    found.with_mappings(rows, name=name)
    rows = tuple(_with_digests(row, found) for row in rows)
    files = {f"frameworks/{item.id}.json": framework_text(item) for item in added}
    for number, layer in enumerate(_layers(rows), start=1):
        several = list(mapping_sets(layer, name))
        again = f"-{number}" if number > 1 else ""
        for one in several:
            more = f".{one.set.source}--{one.set.target}" if len(several) > 1 else ""
            files[f"mappings/{name}{more}{again}.tsv"] = _text(one.rows, name)
    return _write(library.folder, files, overwrite=overwrite)


def _text(rows: Collection[Mapping], name: str) -> str:
    """Return a file of mappings, which must say in which framework nothing was found."""
    for side in ("source", "target"):
        if all(getattr(row, side) is None for row in rows):
            searched = next(iter(rows)).searched
            problem = (
                f"no mapping has a {side}, so a file of them cannot say that {searched} was searched; write it "
                f"into the folder mappings yourself, and name the framework in aicop.toml: {side}"
            )
            reject(name, "", problem)
    return mappings_text(rows)


def _layers(rows: Iterable[Mapping]) -> list[Collection[Mapping]]:
    """Return the rows in as few groups as possible, so that none has two judgements of a pair by one author."""
    layers: list[dict[object, Mapping]] = []
    for row in rows:
        # What a file may not repeat.
        link = row.predicate if row.predicate in LINKS else None
        same = (row.source, row.target, row.searched, row.author, link)
        alike = attrs.evolve(row, set="")
        for layer in layers:
            if layer.setdefault(same, alike) == alike:
                break
        else:
            layers.append({same: alike})
    return [layer.values() for layer in layers]


def _with_digests(row: Mapping, library: Library) -> Mapping:
    """Return a mapping with the digests of today where it states none."""

    def digest(end: End | None, stated: str | None) -> str | None:
        return stated if end is None or stated is not None else digest_of(library.framework(end.edition), end)

    return attrs.evolve(
        row,
        source_digest=digest(row.source, row.source_digest),
        target_digest=digest(row.target, row.target_digest),
    )


def _write(folder: Path, files: dict[str, str], *, overwrite: bool) -> tuple[Path, ...]:
    paths = {folder.joinpath(*name.split("/")): text.encode() for name, text in files.items()}
    before = {path: path.read_bytes() if path.is_file() else None for path in paths}
    for path, content in before.items():
        if content is not None and not overwrite:
            raise FileAlreadyExists(str(path))
    written: list[Path] = []
    try:
        for path, content in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, content, overwrite=overwrite)
            written.append(path)
    except BaseException:
        # A set of files is written whole or not at all.
        for path in written:
            if (old := before[path]) is None:
                path.unlink()
            else:
                write_atomic(path, old, overwrite=True)
        raise
    return tuple(paths)
