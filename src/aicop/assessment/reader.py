"""Read the assessments in the folder of a library."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aicop.assessment.assessment import Assessment, FileState
from aicop.assessment.tables import SEPARATOR
from aicop.errors import (
    AicopError,
    Fault,
    InvalidDocument,
    InvalidId,
    LibraryWithoutFolder,
    UnknownEdition,
    UnknownSystem,
)
from aicop.files.tables import TableReader
from aicop.files.text import decode, read_content
from aicop.ids import EditionId, ProvisionId, StatementId
from aicop.model.assessment import Evidence, HistoryRow, System, Verdict, VerdictRow
from aicop.schema.assessment import EvidenceRowSchema, HistoryRowSchema, SystemSchema, VerdictRowSchema
from aicop.schema.check import check_object, check_rows_with_own_columns
from aicop.spelling import close
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.catalogue.catalogue import Catalogue
    from aicop.library.library import Library

T = TypeVar("T")

FOLDER = "assessments"
"""The folder of a library with a folder for each system."""
SYSTEM = "assessment.toml"
VERDICTS = "verdicts.csv"
EVIDENCE = "evidence.csv"
HISTORY = "history.csv"


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
    library: Library, names: Iterable[str] | None = None, *, check_files: bool = True
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
    wanted = reader.systems if names is None else tuple(names)
    found = [reader.assessment(name, ()) for name in wanted]
    if reader.faults:
        raise InvalidDocument.from_faults(tuple(dict.fromkeys(reader.faults)))
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
        self.systems = systems(library)
        self.faults: list[Fault] = []
        self._found: dict[str, Assessment | None] = {}
        self._catalogues: dict[str, Catalogue] = {}
        self._own: dict[str, tuple[Evidence, ...]] = {}
        self.pool: dict[str, Evidence] = {}
        places: dict[str, str] = {}
        for name in self.systems:
            self._own[name] = self._evidence(name, places)
        self._files = {
            item.id: _file_state(item, self._root) if check_files else FileState.NOT_CHECKED
            for item in self.pool.values()
        }

    def _name(self, system: str, file: str) -> str:
        return f"{FOLDER}/{system}/{file}"

    def _read(self, system: str, file: str, read: Callable[[bytes, str], T]) -> T | None:
        """Return what *read* returns of a file, or None after collecting its faults, and if there is no such file."""
        path = self._folder / system / file
        if not path.is_file():
            return None
        try:
            return read(read_content(path), self._name(system, file))
        except InvalidDocument as error:
            self.faults += error.faults
            return None

    def _evidence(self, system: str, places: dict[str, str]) -> tuple[Evidence, ...]:
        """Return the evidence of a system, and add it to the pool; an id belongs to one piece of evidence."""
        file = self._name(system, EVIDENCE)
        rows = self._read(system, EVIDENCE, lambda content, name: _rows(EvidenceRowSchema, content, name)) or []
        found = []
        for place, cells, extra in rows:
            item = Evidence(**cells, extra=extra)
            if item.id in places:
                said = f"the evidence {item.id} is already at {places[item.id]}; ids are unique in a library"
                self.faults.append(Fault(file, f"{place}, column 'id'", said))
                continue
            places[item.id] = f"{file}, {place}"
            self.pool[item.id] = item
            found.append(item)
        return tuple(found)

    def assessment(self, name: str, trail: tuple[str, ...]) -> Assessment | None:
        """Return an assessment and those that it inherits from; None if it has faults, which are collected."""
        if name not in self.systems:
            raise UnknownSystem(name, self.systems, close(name, self.systems, n=3))
        if name not in self._found:
            self._found[name] = self._load(name, trail)
        return self._found[name]

    def _load(self, name: str, trail: tuple[str, ...]) -> Assessment | None:
        system = self._read(name, SYSTEM, _system)
        if system is None:
            return None
        file = self._name(name, SYSTEM)
        if system.name != name:
            self.faults.append(Fault(file, "system", f"is {system.name!r}, but the folder is {name!r}; use one name"))
        catalogue = self._catalogue(system, file)
        if catalogue is None:
            return None
        bases = self._bases(system, file, (*trail, name), catalogue)
        about = Assessment(
            system=system,
            catalogue=catalogue,
            evidence=self._own[name],
            pool=self.pool,
            files=self._files,
            bases=bases,
            folder=self._folder / name,
        )
        verdicts = self._verdicts(about, name, VERDICTS, VerdictRowSchema, statement_of)
        located = [(place, row) for place, row, _ in verdicts]
        self.faults += about.verdict_faults(located, self._name(name, VERDICTS))
        history = self._verdicts(about, name, HISTORY, HistoryRowSchema, self._past_statement)
        return Assessment(
            system=system,
            catalogue=catalogue,
            verdicts=tuple(row for _, row, _ in verdicts) if not self.faults else (),
            evidence=self._own[name],
            history=tuple(HistoryRow(row=row, recorded=more["recorded"], by=more["by"]) for _, row, more in history),
            pool=self.pool,
            files=self._files,
            bases=bases,
            folder=self._folder / name,
        )

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
            elif name not in self.systems:
                near = close(name, self.systems, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                self.faults.append(Fault(file, place, f"the library has no assessment of {name}{hint}"))
            elif (base := self.assessment(name, trail)) is not None:
                if base.catalogue.id != catalogue.id:
                    said = f"{name} is assessed against {base.catalogue.id}, not {catalogue.id}; upgrade one of them"
                    self.faults.append(Fault(file, place, said))
                found.append(base)
        return tuple(found)

    def _past_statement(self, written: str, about: Assessment) -> StatementId:
        """Return the statement that a cell of the history names, which may be of an edition before an upgrade."""
        try:
            key = StatementId.parse(written)
        except InvalidId:
            return statement_of(written, about)
        if key.edition == about.catalogue.id:
            return statement_of(written, about)
        try:
            past = self._library.catalogue(key.edition)
        except UnknownEdition:
            # What was recorded stays readable after an edition of one's own has left the library.
            return key
        past.statement(key)
        return key

    def _verdicts(
        self,
        about: Assessment,
        name: str,
        file: str,
        model: type[VerdictRowSchema],
        statement: Callable[[str, Assessment], StatementId],
    ) -> list[tuple[str, VerdictRow, dict[str, str]]]:
        """Return the rows of a table of verdicts with their places and the other cells."""
        rows = self._read(name, file, lambda content, told: _rows(model, content, told)) or []
        found = []
        for place, cells, extra in rows:
            try:
                key = statement(cells.pop("key"), about)
            except AicopError as error:
                self.faults.append(Fault(self._name(name, file), f"{place}, column 'key'", str(error)))
                continue
            more: dict[str, str] = {column: cells.pop(column) for column in ("recorded", "by") if column in cells}
            found.append((place, verdict_row(key, cells, extra), more))
        return found


def _rows(model: type[Any], content: bytes, file: str) -> list[tuple[str, dict[str, str], tuple[tuple[str, str], ...]]]:
    return check_rows_with_own_columns(model, TableReader(content, file))


def statement_of(written: str, about: Assessment) -> StatementId:
    """Return the statement that a cell names in the edition; a provision means its only statement."""
    found = about.catalogue.find(written)
    if isinstance(found, StatementId):
        return found
    ordinal = about.catalogue.statement(written).ordinal
    assert isinstance(found, ProvisionId)
    return StatementId(found, ordinal)


def verdict_row(key: StatementId, cells: dict[str, str], extra: tuple[tuple[str, str], ...]) -> VerdictRow:
    """Return a row of verdicts from its cells, which have been checked."""
    given: dict[str, Any] = dict(cells)
    if "role" in given:
        given["role"] = term(Role, given["role"])
    if "verdict" in given:
        given["verdict"] = Verdict(given["verdict"])
    if "evidence" in given:
        given["evidence"] = tuple(part.strip() for part in given["evidence"].split(SEPARATOR))
    return VerdictRow(key=key, extra=extra, **given)


def _system(content: bytes, file: str) -> System:
    """Return the facts about an assessment; raise InvalidDocument with all faults."""
    try:
        value = tomllib.loads(decode(content, file))
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).rstrip(")").partition(" (at ")
        raise InvalidDocument.from_faults((Fault(file, place, f"not TOML: {problem}"),)) from None
    data = check_object(SystemSchema, value, file)
    return System(
        name=data["system"],
        title=data["title"],
        edition=EditionId.parse(data["edition"]),
        roles=[Role(word) for word in data["roles"]],
        owner=data.get("owner"),
        unit=data.get("unit"),
        facts=data.get("facts", ()),
        inherits=data.get("inherits", ()),
    )


def _file_state(item: Evidence, root: Path) -> FileState:
    """Return what is known of the file of a piece of evidence."""
    if item.location is None or "://" in item.location:
        return FileState.NOT_CHECKED
    path = root / item.location
    if not path.is_file():
        return FileState.PRESENT if path.is_dir() and item.sha256 is None else FileState.MISSING
    if item.sha256 is None:
        return FileState.PRESENT
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileState.PRESENT if found == item.sha256 else FileState.CHANGED
