"""Read the assessments in the folder of a library."""

from __future__ import annotations

import errno
import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import attrs

from aicop.assessment.assessment import Assessment, FileState
from aicop.assessment.files.faults import in_order
from aicop.assessment.files.location import OUTSIDE, is_address, is_inside
from aicop.assessment.files.origin import Origin, lines_of
from aicop.assessment.files.parsing import (
    CONTROLS,
    EVIDENCE,
    FOLDER,
    HISTORY,
    SYSTEM,
    VERDICTS,
    controls_of,
    evidence_of,
    history_of,
    line_of,
    system_in_part,
    system_of,
    verdicts_of,
)
from aicop.errors import Fault, InvalidDocument, InvalidId, LibraryWithoutFolder, UnknownEdition, UnknownSystem
from aicop.files.text import read_content
from aicop.ids import StatementId
from aicop.spelling import close, several

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.assessment.files.faults import Located
    from aicop.catalogue.catalogue import Catalogue
    from aicop.library.library import Library
    from aicop.model.assessment import ControlRow, Evidence, HistoryRow, System, VerdictRow

T = TypeVar("T")

_TABLES = (HISTORY, CONTROLS, EVIDENCE, VERDICTS)
"""The tables of an assessment, the most telling one last."""


def systems(library: Library) -> tuple[str, ...]:
    """
    Return the names of the systems that a library has assessments of, in alphabetical order.

    Raises:
        LibraryWithoutFolder: the library has no folder.
    """
    folder = _folder(library)
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{SYSTEM}")))


def load(library: Library, system: str, *, check_files: bool = True) -> Assessment:
    """
    Return the assessment of a system in the folder of a library: ``assessments/<system>/``.

    The assessments from which it inherits are loaded as well. Files of evidence are looked for, and those with a digest
    are compared with it, unless *check_files* is false. Web addresses are never fetched.

    Raises:
        LibraryWithoutFolder: the library has no folder.
        UnknownSystem: the library has no assessment of this system.
        InvalidDocument: with all faults of all files, each with its place; then nothing is loaded.
        OSError: a file cannot be read.
    """
    return load_all(library, [system], check_files=check_files)[0]


def load_all(
    library: Library, names: str | Iterable[str] | None = None, *, check_files: bool = True
) -> tuple[Assessment, ...]:
    """
    Return the assessments of several systems, by default of all, which share one pool of evidence.

    Raises:
        LibraryWithoutFolder: the library has no folder.
        UnknownSystem: the library has no assessment of one of them.
        InvalidDocument: with all faults of all files, each with its place; then nothing is loaded.
        OSError: a file cannot be read.
    """
    reader = _Reader(library, check_files=check_files)
    wanted = reader.systems if names is None else several(names)
    found = [reader.assessment(name, ()) for name in wanted]
    if reader.faults:
        raise InvalidDocument.from_faults(in_order(reader.faults))
    return tuple(one for one in found if one is not None)


def _folder(library: Library) -> Path:
    if library.folder is None:
        raise LibraryWithoutFolder
    return Path(library.folder) / FOLDER


class _Reader:
    """Reads assessments of a library, each once, and collects the faults."""

    def __init__(self, library: Library, *, check_files: bool) -> None:
        self._library = library
        self._folder = _folder(library)
        self._root = self._folder.parent
        self._check_files = check_files
        self.systems = systems(library)
        self.faults: list[Fault] = []
        self._found: dict[str, Assessment | None] = {}
        self._catalogues: dict[str, Catalogue] = {}
        self._own: dict[str, tuple[Evidence, ...]] = {}
        self._digests: dict[str, str] = {}
        self.pool: dict[str, Evidence] = {}
        self._is_pool_whole = True
        self._files: dict[str, FileState] = {}
        places: dict[str, str] = {}
        for name in self.systems:
            self._own[name] = self._evidence(name, places)
        self._without_facts = self._check_facts()

    def _check_facts(self) -> frozenset[str]:
        """Return the folders with tables but without ``assessment.toml``; a gate must not pass because of that."""
        others = (path for path in self._folder.glob("*/") if path.name not in self._own)
        found = {path.name: table for path in others for table in _TABLES if (path / table).exists()}
        for name, table in sorted(found.items()):
            said = f"is missing, although the folder has {table}; restore it, or move the folder elsewhere"
            self.faults.append(Fault(self._name(name, SYSTEM), "", said))
            self._is_pool_whole = False
        return frozenset(found)

    def _name(self, system: str, file: str) -> str:
        return f"{FOLDER}/{system}/{file}"

    def _read(self, system: str, file: str, read: Callable[[bytes, str], T]) -> T | None:
        """Return what *read* returns of a file, or None after collecting its faults, and if there is no such file."""
        path = self._folder / system / file
        try:
            content = read_content(path)
        except FileNotFoundError:
            if path.is_symlink():
                said = "is a link to a file that does not exist; correct or remove it"
                self.faults.append(Fault(self._name(system, file), "", said))
            return None
        self._digests[f"{system}/{file}"] = hashlib.sha256(content).hexdigest()
        try:
            return read(content, self._name(system, file))
        except InvalidDocument as error:
            self.faults += error.faults
            return None

    def _evidence(self, system: str, places: dict[str, str]) -> tuple[Evidence, ...]:
        """Return the evidence of a system, and add it to the pool; an id belongs to one piece of evidence."""
        file = self._name(system, EVIDENCE)
        found = []
        before = len(self.faults)
        read = self._read(system, EVIDENCE, lambda content, told: evidence_of(content, told, self.faults))
        rows, is_whole = read or ([], len(self.faults) == before)
        self._is_pool_whole &= is_whole
        for place, item, _ in rows:
            if item.id in places:
                said = f"the evidence {item.id} is already at {places[item.id]}; ids are unique in a library"
                self.faults.append(Fault(file, f"{place}, column 'id'", said))
                continue
            if item.location is not None and not is_inside(item.location):
                self.faults.append(Fault(file, f"{place}, column 'location'", OUTSIDE))
            places[item.id] = f"{file}, {place}"
            self.pool[item.id] = item
            found.append(item)
        return tuple(found)

    def assessment(self, name: str, trail: tuple[str, ...]) -> Assessment | None:
        """Return an assessment and those that it inherits from; None if it has faults, which are collected."""
        if name in self._without_facts:
            return None
        if name not in self._own:
            raise UnknownSystem(name, self.systems, close(name, self.systems, n=3))
        if name not in self._found:
            self._found[name] = self._load(name, trail)
        return self._found[name]

    def _load(self, name: str, trail: tuple[str, ...]) -> Assessment | None:
        system = self._read(name, SYSTEM, system_of) or self._in_part(name)
        file = self._name(name, SYSTEM)
        catalogue = None if system is None else self._catalogue(system, file)
        if system is None or catalogue is None:
            self._tables(name, None)
            return None
        if system.name != name:
            self.faults.append(Fault(file, "system", f"is {system.name!r}, but the folder is {name!r}; use one name"))
        about = Assessment(
            system=system,
            catalogue=catalogue,
            evidence=self._own[name],
            pool=self.pool,
            files=self._files,
            bases=self._bases(system, file, (*trail, name), catalogue),
            folder=self._folder / name,
        )
        verdicts, controls, history = self._tables(name, about)
        pool = self.pool if self._is_pool_whole else None
        self.faults += about.verdict_faults(verdicts, self._name(name, VERDICTS), pool)
        self.faults += about.control_faults(controls, self._name(name, CONTROLS), pool)
        for item in self._own[name]:
            self._check_file(item)
        if self.faults:
            return about
        for one in {one for item in verdicts for one in item.row.evidence}:
            self._check_file(self.pool[one])
        for one in {one for item in controls for one in item.row.evidence}:
            self._check_file(self.pool[one])
        origin = Origin(
            digests=self._digests,
            verdicts=tuple(item.row for item in verdicts),
            evidence=self._own[name],
            controls=tuple(item.row for item in controls),
            history=tuple(item.row for item in history),
            lines=lines_of((line_of(item.place), item.row) for item in verdicts),
        )
        return attrs.evolve(
            about,
            verdicts=origin.verdicts,
            controls=origin.controls,
            history=origin.history,
            origin=origin,
        )

    def _in_part(self, name: str) -> System | None:
        """Return what is readable of an ``assessment.toml`` with faults."""
        return system_in_part(read_content(self._folder / name / SYSTEM), name)

    def _tables(
        self, name: str, about: Assessment | None
    ) -> tuple[list[Located[VerdictRow]], list[Located[ControlRow]], list[Located[HistoryRow]]]:
        """Return the rows of the tables of a system, and collect their faults; without *about*, keys are not read."""
        faults = self.faults
        key = None if about is None else about.statement_key
        past = None if about is None else functools.partial(self._past_statement, about)
        element = None if about is None else self._library.parse
        return (
            self._read(name, VERDICTS, lambda content, file: verdicts_of(content, file, key, faults)) or [],
            self._read(name, CONTROLS, lambda content, file: controls_of(content, file, element, faults)) or [],
            self._read(name, HISTORY, lambda content, file: history_of(content, file, past, faults)) or [],
        )

    def _past_statement(self, about: Assessment, written: str) -> StatementId:
        """Return the statement that a cell of the history names, which may be of an edition before an upgrade."""
        try:
            key = StatementId.parse(written)
        except InvalidId:
            return about.statement_key(written)
        if key.edition == about.catalogue.id:
            return about.statement_key(written)
        try:
            past = self._library.catalogue(key.edition)
        except UnknownEdition:
            # What was recorded stays readable after an edition of one's own has left the library.
            return key
        past.statement(key)
        return key

    def _check_file(self, item: Evidence) -> None:
        """Note what is known of the file of a piece of evidence, once."""
        if item.id not in self._files:
            self._files[item.id] = _file_state(item, self._root) if self._check_files else FileState.NOT_CHECKED

    def _catalogue(self, system: System, file: str) -> Catalogue | None:
        wanted = str(system.edition)
        try:
            if wanted not in self._catalogues:
                self._catalogues[wanted] = self._library.catalogue(wanted)
        except UnknownEdition as error:
            self.faults.append(Fault(file, "edition", str(error)))
            return None
        return self._catalogues[wanted]

    def _bases(self, system: System, file: str, trail: tuple[str, ...], catalogue: Catalogue) -> tuple[Assessment, ...]:
        found = []
        for index, name in enumerate(system.inherits):
            place = f"inherits[{index}]"
            if name in trail:
                circle = " inherits from ".join((*trail[trail.index(name) :], name))
                self.faults.append(Fault(file, place, f"the systems form a circle: {circle}"))
            elif name not in self.systems and name not in self._without_facts:
                near = close(name, self.systems, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                self.faults.append(Fault(file, place, f"the library has no assessment of {name}{hint}"))
            elif (base := self.assessment(name, trail)) is not None:
                if base.catalogue.id != catalogue.id:
                    said = f"{name} is assessed against {base.catalogue.id}, not {catalogue.id}; upgrade one of them"
                    self.faults.append(Fault(file, place, said))
                found.append(base)
        return tuple(found)


def _file_state(item: Evidence, root: Path) -> FileState:
    """Return what is known of the file of a piece of evidence."""
    if item.location is None or is_address(item.location):
        return FileState.NOT_CHECKED
    path = root / item.location
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        # No file can have this name.
        return FileState.MISSING
    if not is_file:
        return FileState.PRESENT if is_folder and item.sha256 is None else FileState.MISSING
    if item.sha256 is None:
        return FileState.PRESENT
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileState.PRESENT if found == item.sha256 else FileState.CHANGED
