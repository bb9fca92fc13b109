"""Write frameworks and mappings into the folder of a library, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.ends import digest_of
from aicop.errors import FileAlreadyExists, LibraryWithoutFolder
from aicop.files.atomic import write_atomic
from aicop.frameworks.writer import dumps as framework_text
from aicop.library.parts import mapping_sets
from aicop.mappings.writer import dumps as mappings_text

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    between several pairs of editions, to one file for each. Mappings without digests get those of today, so that
    `Library.review` can tell when a source or target has changed.

    Raises:
        LibraryWithoutFolder: the library was not read from a folder.
        AlreadyInLibrary: a framework ships under this id, or is in the library with other content and not *overwrite*.
        InvalidDocument: a mapping refers to elements that are neither in the library nor among *frameworks*.
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
    several = list(mapping_sets(rows, name))
    for one in several:
        more = f".{one.set.source}--{one.set.target}" if len(several) > 1 else ""
        files[f"mappings/{name}{more}.tsv"] = mappings_text(one.rows)
    return _write(library.folder, files, overwrite=overwrite)


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
