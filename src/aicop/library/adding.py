"""Write frameworks and mappings into the folder of a library, all of them or none."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.ends import digest_of
from aicop.errors import FileAlreadyExists, InvalidDocument, LibraryWithoutFolder, count_phrase, reject
from aicop.files.atomic import write_set
from aicop.frameworks.writer import dumps as framework_text
from aicop.library.faults import mapping_faults_of
from aicop.library.folder import FOLDERS, IGNORED, read_folder
from aicop.library.library import Library
from aicop.library.locate import SETTINGS
from aicop.library.parts import mapping_sets
from aicop.mappings.writer import dumps as mappings_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Mapping as Table

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, End
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
    `Library.review` can tell when a source or target has changed. *overwrite* replaces files of these names, and no
    others. Nothing is written unless the whole folder can be read with the new files.

    Raises:
        LibraryWithoutFolder: the library was not read from a folder.
        AlreadyInLibrary: a framework ships under this id, or is in the library with other content and not *overwrite*.
        InvalidDocument: a mapping refers to elements that are neither in the library nor among *frameworks*; in none of
            a file was anything found; a file of another type holds a framework of this id; or the folder could not be
            read with the new files, for example because an author would have judged a pair twice.
        FileAlreadyExists: a file exists and *overwrite* is false.
        OSError: a file cannot be written.
    """
    folder = _folder_of(library)
    added, rows = tuple(frameworks), tuple(mappings)
    # Everything is checked before the first file is written.
    _check_other_files(folder, (item.id for item in added))
    found = library.without_frameworks(item.id for item in added) if overwrite else library
    for item in added:
        found = found.with_framework(item)
    if faults := mapping_faults_of(rows, name, found.framework):
        raise InvalidDocument.from_faults(faults)
    several = list(mapping_sets((_with_digests(row, found) for row in rows), name))
    files = {f"frameworks/{item.id}.json": framework_text(item) for item in added}
    for one in several:
        more = f".{one.set.source}--{one.set.target}" if len(several) > 1 else ""
        files[f"mappings/{name}{more}.tsv"] = _text(one.rows, name)
    return write(library, {path: [text] for path, text in files.items()}, overwrite=overwrite)


def write(library: Library, files: Table[str, Iterable[str]], *, overwrite: bool = False) -> tuple[Path, ...]:
    """
    Write files into the folder of a library, and return them: all are written, or none.

    *files* maps the path of each file within the folder to the parts of its text. Nothing is written unless the whole
    folder can be read with the new files. The errors are those of `add`.
    """
    folder = _folder_of(library)
    paths = {name: folder.joinpath(*name.split("/")) for name in files}
    for path in paths.values():
        if path.exists() and not overwrite:
            raise FileAlreadyExists(str(path))
    with tempfile.TemporaryDirectory(prefix="aicop.") as scratch:
        copy = Path(scratch)
        write_set({copy.joinpath(*name.split("/")): map(str.encode, parts) for name, parts in files.items()})
        _read_back(library, folder, copy)
        write_set({path: _parts(copy.joinpath(*name.split("/"))) for name, path in paths.items()}, overwrite=overwrite)
    return tuple(paths.values())


def _folder_of(library: Library) -> Path:
    if library.folder is None:
        raise LibraryWithoutFolder
    return library.folder


def _check_other_files(folder: Path, editions: Iterable[EditionId]) -> None:
    """Raise InvalidDocument if a file that would stay holds a framework or an edition under one of these ids."""
    for edition in editions:
        for part in ("frameworks", "editions"):
            for path in _files(folder, part):
                if path.stem == str(edition) and (part, path.name) != ("frameworks", f"{edition}.json"):
                    problem = (
                        f"already holds {edition}, and only frameworks/{edition}.json can be overwritten; change or "
                        "remove this file yourself, or give the new framework another key or edition"
                    )
                    reject(f"{part}/{path.name}", "", problem)


def _files(folder: Path, part: str) -> Iterator[Path]:
    """Yield the files in a part of a library that are read, in the order of their names."""
    place = folder / part
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        if path.is_file() and not path.name.startswith(IGNORED):
            yield path


def _read_back(library: Library, folder: Path, copy: Path) -> None:
    """
    Complete a copy of the folder that holds only the new files, and read it.

    Raises:
        InvalidDocument: the copy has faults other than those that were skipped when the library was opened.
    """
    new = [path.relative_to(copy).as_posix() for path in sorted(copy.rglob("*")) if path.is_file()]
    for path in [folder / SETTINGS, *(path for part in FOLDERS for path in _files(folder, part))]:
        place = copy / path.relative_to(folder)
        if path.is_file() and not place.exists():
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, place)
    _, faults, _ = read_folder(Library(), copy)
    if wrong := tuple(fault for fault in faults if fault not in library.skipped):
        count = count_phrase(len(wrong), "error")
        message = f"{folder}: nothing was written; with {' and '.join(new)} there would be {count}"
        raise InvalidDocument(message, wrong)


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


def _with_digests(row: Mapping, library: Library) -> Mapping:
    """Return a mapping with the digests of today where it states none."""

    def digest(end: End | None, stated: str | None) -> str | None:
        return stated if end is None or stated is not None else digest_of(library.framework(end.edition), end)

    return attrs.evolve(
        row,
        source_digest=digest(row.source, row.source_digest),
        target_digest=digest(row.target, row.target_digest),
    )


_PART = 2**20


def _parts(path: Path) -> Iterator[bytes]:
    """Yield the content of a file in parts, as it may be long."""
    with path.open("rb") as opened:
        while part := opened.read(_PART):
            yield part
