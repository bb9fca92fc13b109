"""
Read the folder of a user's library: settings, frameworks, editions, lineages, dependencies and mappings.

Everything is read as far as it can be, so that all faults of all files are reported at once: a row with a fault is left
out, and the rest of its file is read without it.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from aicop import catalogue, frameworks, lineage
from aicop.errors import (
    TOO_MANY_FAULTS,
    AlreadyInLibrary,
    Fault,
    InvalidDocument,
    InvalidId,
    MissingExtra,
    NoLibrary,
    UnknownEdition,
    count_phrase,
    excerpt,
)
from aicop.files.json_text import parse_json
from aicop.files.text import read_content
from aicop.graph import edges
from aicop.ids import JOINER, EditionId, split_edition, split_key
from aicop.library import settings
from aicop.library.locate import SETTINGS, VARIABLE
from aicop.library.parts import OwnDependencies, additions_of, with_bases
from aicop.mappings.check import Place
from aicop.mappings.reader import loads_located
from aicop.mappings.rules import judgement, repetition
from aicop.mappings.table import MappingTable, TableChoices
from aicop.schema.mapping import MappingRowSchema
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.frameworks.registry import FrameworkRegistry
    from aicop.graph.edges import Additions
    from aicop.model.lineage import LineageRow
    from aicop.model.mapping import Mapping

T = TypeVar("T")

TABLES = (".csv", ".tsv", ".xlsx")
"""The suffixes of tables."""
FOLDERS: dict[str, tuple[str, ...]] = {
    "editions": (".json",),
    "frameworks": (*TABLES, ".json"),
    "lineage": TABLES,
    "dependencies": (*TABLES, ".json"),
    "mappings": TABLES,
}
"""The folders of a library that are read, each with the suffixes of its files."""
PACKED = (".gz", ".zip", ".bz2", ".xz", ".zst", ".7z")
"""The suffixes of compressed files."""
_ALIKE = 0.75
"""How much a name must be like that of a part of a library to be taken for a misspelling of it."""
IGNORED = (".", "~$")
"""The beginnings of names of hidden files, and of those beside an open workbook, which are not the user's data."""
_LINE = re.compile(r"(?:line|row) ([0-9]+)(?:, |$)")


class GrowingLibrary(Protocol):
    """What reading a folder needs of a library; `aicop.library.Library` has it."""

    @property
    def registry(self) -> FrameworkRegistry:
        """The frameworks and editions so far."""

    def framework(self, name: EditionId | str) -> Framework:
        """Return a framework; raise UnknownEdition if there is none."""

    def catalogue(self, edition: EditionId | str) -> Catalogue:
        """Return an edition; raise UnknownEdition if there is none."""

    def with_framework(self, framework: Framework, *, names: Iterable[str] = ()) -> Self:
        """Return a library that also holds a framework."""

    def with_edition(self, catalogue: Catalogue) -> Self:
        """Return a library that also holds an edition."""

    def with_lineage(self, old: EditionId | str, new: EditionId | str, rows: Iterable[LineageRow]) -> Self:
        """Return a library that also holds a lineage."""

    def with_dependencies(self, edition: EditionId | str, *additions: Additions) -> Self:
        """Return a library that also holds dependencies."""

    def with_mappings(self, rows: Iterable[Mapping], *, name: str = ...) -> Self:
        """Return a library that also holds mappings."""


L = TypeVar("L", bound=GrowingLibrary)
Judged = dict[tuple[object, ...], tuple[str, Place]]
"""For each judgement of a pair by an author, the file and the line."""


def read_folder(library: L, folder: Path) -> tuple[L, tuple[Fault, ...], tuple[str, ...]]:
    """
    Return a library with everything in *folder* that is valid, the faults of the rest, and the files left out.

    Each fault has its place; the files are those that are left out as a whole.

    Raises:
        NoLibrary: the folder does not exist or is none of a library.
        OSError: a file in it cannot be read.
    """
    if not any((folder / name).exists() for name in (SETTINGS, *FOLDERS)):
        raise NoLibrary(str(folder), _advice_on(folder))
    reader = _FolderReader(folder, library)
    return reader.read(), tuple(reader.faults), tuple(reader.left_out)


def _inside(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder, without hidden files; nothing if there is no such folder."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if not path.name.startswith(IGNORED):
            yield path


def mapping_files(folder: Path) -> tuple[str, ...]:
    """Return the files of mappings in the folder of a library, each by its path in it, in order."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in _inside(folder / "mappings")))


def _advice_on(folder: Path) -> str:
    """Return what to do with a folder that is none of a library."""
    above = next((parent for parent in folder.absolute().parents if (parent / SETTINGS).is_file()), None)
    if folder.is_file():
        said = "is a file; name the folder of a library"
    elif not folder.is_dir():
        said = "there is no such folder; correct its name, or make it with aicop init"
    elif above is not None:
        said = f"is no library, but a folder in one; name {above}"
    else:
        parts = f"it has no {SETTINGS} and none of the folders {', '.join(FOLDERS)}"
        said = f"is no library: {parts}; make one with aicop init"
    named = os.environ.get(VARIABLE) == str(folder)
    return f"{said} (the environment variable {VARIABLE} names it)" if named else said


def _unpacked(path: Path) -> Path:
    """Return the path that a compressed file has when it is unpacked; that of any other file is returned as it is."""
    return path.with_suffix("") if path.suffix.lower() in PACKED else path


class _FolderReader(Generic[L]):
    """Reads a folder into a library, step by step, and collects the faults."""

    def __init__(self, folder: Path, library: L) -> None:
        self._folder = folder
        self.faults: list[Fault] = []
        self._library = library
        self._settings: dict[str, Any] = {}
        self._holders: dict[object, str] = {}
        """For each edition and each pair of editions, the file that holds it."""
        self._judged: Judged = {}
        self._additions: list[OwnDependencies] = []
        self._unread_parts: dict[str, Path] = {}
        """Folders that are not read, by the part that they are probably meant to be."""
        # The files of frameworks and editions that could not be read, by the edition that they are named after.
        self._unread: dict[str, str] = {}
        self.left_out: list[str] = []
        """The files that were left out as a whole because of their faults."""

    def read(self) -> L:
        """Return the library with everything that is valid."""
        # Without the settings, the other files would seem to have faults that they do not have.
        if not self._read_settings():
            self.left_out += (self._name(path) for part in FOLDERS for path in sorted(self._files_of(part)))
            return self._library
        self._check_names()
        # Each step may refer to what the steps before it have read.
        for file in self._files("frameworks"):
            self._read_framework(file)
        self._read_editions()
        for file in self._files("lineage"):
            self._read_lineage(file)
        # A derived edition may use the artefacts of the edition that it is based on.
        for file in sorted(self._files("dependencies"), key=self._number_of_bases):
            self._read_dependencies(file)
        for file in self._files("mappings"):
            self._read_mappings(file)
        self._check_settings()
        return self._library

    def _check_names(self) -> None:
        """Report folders and files that are not read, but whose names are like those of a part of a library."""
        for path in sorted(self._folder.iterdir()):
            if path.name.startswith(IGNORED) or path.name in {SETTINGS, *FOLDERS}:
                continue
            table = path.suffix.lower() in {*TABLES, ".json"}
            known = tuple(FOLDERS) if path.is_dir() or table else (SETTINGS,)
            word = (path.stem if table else path.name).casefold()
            # On some disks, the case of a name makes no difference, so that the folder is read.
            for part in close(word, known, n=1, cutoff=_ALIKE):
                same = (self._folder / part).exists() and path.samefile(self._folder / part)
                # A folder of something else, such as "editors", holds nothing that would be read.
                other = path.is_dir() and all(one.suffix.lower() not in FOLDERS[part] for one in _inside(path))
                if not same and not other:
                    inside = "a file in the folder " if path.is_file() and part != SETTINGS else ""
                    self._unread_parts.setdefault(part, path)
                    self._fault(path, "", f"is not read; did you mean {inside}{part}?")

    def _files(self, part: str) -> list[Path]:
        """Return the files of a part of the library in the order of their names; report those that are not read."""
        found = []
        for path in sorted(self._files_of(part)):
            if path.suffix.lower() in FOLDERS[part] and path.is_file():
                found.append(path)
            elif path.is_symlink() and not path.exists():
                self._fault(path, "", "is a link to a file that does not exist; correct or remove it")
                self.left_out.append(self._name(path))
            else:
                wanted = ", ".join(FOLDERS[part])
                said = "convert or remove it" if _unpacked(path) == path else "this one is compressed; unpack it"
                self._fault(path, "", f"files in {part} end in {wanted}; {said}")
        return found

    def _name(self, path: Path) -> str:
        """Return the path of a file within the folder."""
        return path.relative_to(self._folder).as_posix()

    def _fault(self, path: Path, place: str, problem: str) -> None:
        self.faults.append(Fault(self._name(path), place, problem))

    def _lenient(self, path: Path, read: Callable[[frozenset[int]], T]) -> T | None:
        """
        Return what *read* returns without the lines that have faults, or None if the file has others.

        The faults of each line are collected.
        """
        skipped: set[int] = set()
        reported: set[Fault] = set()
        while True:
            try:
                return read(frozenset(skipped))
            except InvalidDocument as error:
                told = [fault for fault in error.faults if fault.problem != TOO_MANY_FAULTS]
                # Faults of the header, or of the whole file, come again at each reading.
                self.faults += [fault for fault in told if fault not in reported]
                reported.update(told)
                lines = [match and int(match[1]) for match in (_LINE.match(fault.path) for fault in told)]
                # A fault of a line that is skipped already is one of the header.
                if None in lines or not set(lines) - skipped:
                    self.left_out.append(self._name(path))
                    return None
                skipped.update(line for line in lines if line)
            # A workbook needs an extra; the other files can be checked without it.
            except (AlreadyInLibrary, UnknownEdition, MissingExtra) as error:
                self._fault(path, "", self._cause(error))
                self.left_out.append(self._name(path))
                return None

    def _cause(self, error: Exception) -> str:
        """Return why a file is not read; an edition that is unknown may be in a file with faults."""
        wanted = error.text if isinstance(error, UnknownEdition) else ""
        for edition, file in self._unread.items():
            if wanted and wanted in {edition, split_edition(edition)[0]}:
                return f"not checked, because {file} has faults; correct these first"
        return str(error)

    def _read_settings(self) -> bool:
        """Read the settings, and return whether they could be read, at least in part."""
        path = self._folder / SETTINGS
        if not path.is_file():
            return True
        found = self._lenient(path, lambda _: settings.loads(read_content(path)))
        if found is not None:
            self._settings, faults = found
            self.faults += faults
        return found is not None

    def _check_settings(self) -> None:
        """Report settings of files that do not exist."""
        # A compressed file has been reported, and its settings are no mistake.
        present = {
            "framework": {_unpacked(path).stem for path in self._files_of("frameworks")},
            "mappings": {_unpacked(path).name for path in self._files_of("mappings")},
        }
        for table, known in present.items():
            for name in self._settings.get(table, {}):
                if name not in known:
                    near = close(name, sorted(known), n=1)
                    hint = f"; did you mean {excerpt(near[0])}?" if near else ""
                    place = f'{table}."{name}"'
                    part = "frameworks" if table == "framework" else table
                    unread = self._unread_parts.get(part)
                    if unread is not None and any(name in {one.name, one.stem} for one in _inside(unread)):
                        hint = f"; it is in {self._name(unread)}, which is not read"
                    self.faults.append(Fault(SETTINGS, place, f"there is no such file in {part}{hint}"))

    def _files_of(self, part: str) -> Iterator[Path]:
        return _inside(self._folder / part)

    def _edition_of(self, path: Path, form: str) -> EditionId | None:
        """Return the edition that a file is named after, or report its name."""
        try:
            return EditionId.parse(path.stem)
        except InvalidId:
            self._fault(path, "", f"the file name must be {form}, in lower case letters, digits and hyphens")
            return None

    @staticmethod
    def _misnamed(path: Path, held: EditionId) -> str:
        """Return the problem of a file with another name than what it holds."""
        return f"holds {held}, but is named after {path.stem}; rename it to {held}{path.suffix}"

    def _is_second(self, path: Path, held: object, name: object) -> bool:
        """Report a file that holds the same as an earlier one, and return whether it does."""
        first = self._holders.setdefault(held, self._name(path))
        if first == self._name(path):
            return False
        self._fault(path, "", f"{name} is already in {first}; keep one of the two files")
        return True

    def _read_framework(self, path: Path) -> None:
        edition = self._edition_of(path, "<framework>@<edition>, such as acme@2026.csv")
        if edition is None or self._is_second(path, edition, edition):
            return
        stated = self._settings.get("framework", {}).get(str(edition), {})
        facts: dict[str, Any] = {}
        if path.suffix.lower() != ".json":
            facts = {"framework": edition.document, "edition": edition.label, "title": stated.get("title", path.stem)}
            facts |= {
                name: stated[name]
                for name in ("publisher", "kind", "natures", "columns", "sheet", "header")
                if name in stated
            }

        def read(skip: frozenset[int]) -> L:
            found = frameworks.loads(read_content(path), self._name(path), skip_lines=skip, **facts)
            if found.id != edition:
                raise InvalidDocument.from_faults((Fault(self._name(path), "", self._misnamed(path, found.id)),))
            return self._library.with_framework(found, names=stated.get("names", ()))

        self._add(path, read)

    def _read_editions(self) -> None:
        files = {self._name(path): path for path in self._files("editions")}
        found, faults = catalogue.loads_all(
            {name: read_content(path) for name, path in files.items()}, load=self._library.catalogue
        )
        self.faults += faults
        valid = {str(item.id): item for item in found}
        for path in files.values():
            item = valid.pop(path.stem, None)
            if item is not None:
                if not self._is_second(path, item.id, item.id):
                    self._add(path, self._adding(item))
                continue
            self._unread[path.stem] = self._name(path)
            self.left_out.append(self._name(path))
            if not any(fault.file == self._name(path) for fault in faults):
                stated: Any = parse_json(read_content(path), self._name(path))
                self._fault(path, "", self._misnamed(path, EditionId(stated["document"], stated["edition"])))

    def _add(self, path: Path, read: Callable[[frozenset[int]], L]) -> None:
        """Add a framework or an edition to the library, or note that it could not be read."""
        found = self._lenient(path, read)
        if found is None:
            self._unread[path.stem] = self._name(path)
        else:
            self._library = found

    def _adding(self, item: Catalogue) -> Callable[[frozenset[int]], L]:
        return lambda _: self._library.with_edition(item)

    def _read_lineage(self, path: Path) -> None:
        names = path.stem.split("--")
        try:
            old, new = map(EditionId.parse, names)
        except (ValueError, InvalidId):
            self._fault(path, "", "the file name must be <old>--<new>, such as acme@2025--acme@2026.csv")
            return
        if self._is_second(path, frozenset((old, new)), f"the lineage of {old} and {new}"):
            return

        def read(skip: frozenset[int]) -> L:
            ends = self._library.catalogue(old), self._library.catalogue(new)
            rows = lineage.loads(read_content(path), self._name(path), old=ends[0], new=ends[1], skip_lines=skip)
            return self._library.with_lineage(old, new, rows)

        self._library = self._lenient(path, read) or self._library

    def _number_of_bases(self, path: Path) -> int:
        """Return how many editions the one that a file is named after is based on; 0 if there is no such edition."""
        try:
            return len(with_bases(self._library.catalogue(path.stem))) - 1
        except UnknownEdition:
            return 0

    def _read_dependencies(self, path: Path) -> None:
        edition = self._edition_of(path, "<document>@<edition>, such as uk-ai-cop@2025-01.csv")
        if edition is None:
            return

        def read(skip: frozenset[int]) -> L:
            within = self._library.catalogue(edition)
            known = additions_of(within, self._additions)
            found = edges.loads(read_content(path), within, self._name(path), *known, skip_lines=skip)
            library = self._library.with_dependencies(edition, found)
            self._additions.append(OwnDependencies(edition, (found,)))
            return library

        self._library = self._lenient(path, read) or self._library

    def _read_mappings(self, path: Path) -> None:
        stated = self._settings.get("mappings", {}).get(path.name, {})
        facts, defaults = dict(stated), self._settings.get("defaults", {})
        columns, sheet, header = facts.pop("columns", {}), facts.pop("sheet", None), facts.pop("header", None)
        ends = {f"{side}_edition": facts.pop(side, None) for side in ("source", "target")}
        for side, name in ends.items():
            if name is not None:
                try:
                    self._library.framework(name)
                except UnknownEdition as error:
                    place = f'mappings."{path.name}".{side.removesuffix("_edition")}'
                    cause = self._cause(error)
                    unread = cause != str(error)
                    self.faults.append(Fault(self._name(path) if unread else SETTINGS, "" if unread else place, cause))
                    self.left_out.append(self._name(path))
                    return

        name = self._name(path)
        unchecked = self._lines_not_checked(path, TableChoices(columns=columns, sheet=sheet, header=header))

        def read(skip: frozenset[int]) -> tuple[L, Judged]:
            choices = TableChoices(
                columns=columns, sheet=sheet, header=header, skip_lines=skip | unchecked, defaults=defaults
            )
            located = loads_located(path, name, frameworks=self._library.registry, choices=choices, **ends, **facts)
            self._check_repetitions(name, located)
            found = {judgement(row): (name, line) for line, row in located}
            return self._library.with_mappings((row for _, row in located), name=name), found

        if (result := self._lenient(path, read)) is not None:
            self._library = result[0]
            self._judged |= result[1]

    def _lines_not_checked(self, path: Path, choices: TableChoices) -> frozenset[int]:
        """Return the lines of a mapping file that refer to files with faults, and report how many there are."""
        counts: Counter[str] = Counter()
        lines: set[int] = set()
        # A table that cannot be read at all is reported when it is read.
        with contextlib.suppress(InvalidDocument, MissingExtra):
            rows = (
                MappingTable(path, self._name(path), MappingRowSchema, choices=choices).rows() if self._unread else ()
            )
            for line, cells in rows:
                if isinstance(cells, Fault):
                    continue
                ends = JOINER.join(cells.get(side, "") for side in ("source", "target")).split(JOINER)
                if (file := next(filter(None, map(self._unread_file, ends)), None)) is not None:
                    counts[file] += 1
                    lines.add(line)
        for file, count in counts.items():
            said = f"{count_phrase(count, 'row')} not checked, because {file} has faults; correct these first"
            self._fault(path, "", said)
        return frozenset(lines)

    def _unread_file(self, key: str) -> str | None:
        """Return the file with faults that holds the framework or edition of a key, or None if there is none."""
        named = split_key(key.strip())[0]
        return next(
            (file for edition, file in self._unread.items() if named in {edition, split_edition(edition)[0]}), None
        )

    def _check_repetitions(self, name: str, located: Iterable[tuple[Place, Mapping]]) -> None:
        """Raise InvalidDocument with each row of a file whose author has judged the same pair in an earlier file."""
        faults = []
        for line, row in located:
            if (first := self._judged.get(judgement(row))) is not None:
                said = repetition(row.source, row.target, f"{first[0]}, line {first[1]}", row.author)
                faults.append(Fault(name, f"line {line}", f"{said}; keep one of the two rows"))
        if faults:
            raise InvalidDocument.from_faults(tuple(faults))
