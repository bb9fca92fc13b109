"""
Files of mappings that a user brings: read line by line, so that memory does not grow with the faults of a long one.

A file is gone through twice: once to check every line, and once to give the mappings, so that nothing is half-loaded.
"""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from pydantic import ValidationError

from aicop.documents import MappingRowDocument
from aicop.errors import Fault, InvalidDocument, UnknownKey, UnknownTerm, excerpt
from aicop.frameworks import Framework
from aicop.frameworks import load as load_framework
from aicop.gate import check_header, problem
from aicop.keys import parse
from aicop.relations import Scheme
from aicop.relations import read as read_word
from aicop.structure import mapping
from aicop.vocabulary import ASKING, MappingBasis, Nature, Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.framework_model import Mapping
    from aicop.ids import EditionId, Key

MOST = 100
"""After how many faults a file is not looked at any further."""
FULL = 10
"""The greatest strength."""

_SET = frozenset({Predicate.EQUAL, Predicate.SUBSET, Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.NONE})
_THREATS = frozenset({Nature.RISK, Nature.TECHNIQUE})
_PREDICATES = {item.value: item for item in Predicate}
_FORMULA = frozenset("=+@")
_NEEDED = frozenset(name for name, field in MappingRowDocument.model_fields.items() if field.is_required())
_FREE = frozenset({"comment", "remainder", "settlement"})
_QUOTED = "'?"
_STRENGTHS = {str(number): number for number in range(FULL + 1)}
_LIKE = _THREATS | {Nature.ROLE, Nature.STAGE}
_REMEMBERED = 10_000
"""How many good cells of a column are remembered."""
Row = dict[str, str]


def strength_fault(predicate: Predicate, strength: int | None) -> str | None:
    """Say what is wrong with a strength: some relations leave it no choice."""
    if strength is None:
        return None
    if predicate in {Predicate.EQUAL, Predicate.SUBSET} and strength != FULL:
        return f"{predicate} means that the target asks all that the source asks: strength {FULL}, not {strength}"
    if predicate in {Predicate.NONE, Predicate.NOTHING} and strength != 0:
        return f"{predicate} means strength 0, not {strength}"
    if predicate in {Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.MITIGATES} and not 0 < strength < FULL:
        return f"{predicate} means a strength of 1 to 9, not {strength}"
    return None


def nature_fault(predicate: Predicate, source: Nature | None, target: Nature | None) -> str | None:
    """Say why a predicate cannot hold between things of two natures."""
    if predicate in _SET and (source not in ASKING or target not in ASKING):
        other = next(nature for nature in (source, target) if nature not in ASKING)
        return f"{predicate} holds between things that ask something, and a {other or 'heading'} does not"
    if predicate is Predicate.MITIGATES and target not in _THREATS:
        return f"what is mitigated is a risk or a technique, not a {target or 'heading'}"
    if predicate is Predicate.MITIGATES and source not in ASKING:
        return f"what mitigates asks something, and a {source or 'heading'} does not"
    if predicate is Predicate.CITES and target is not Nature.DOCUMENT:
        return f"what is cited is a document, not a {target or 'heading'}"
    if predicate is Predicate.CORRESPONDS and (source is not target or source not in _LIKE):
        return f"a {source or 'heading'} does not correspond to a {target or 'heading'}"
    return None


def _meant(word: str) -> str:
    """Say which of our words a foreign one stands for, scheme by scheme where they do not agree."""
    found: dict[Relation | Predicate, list[str]] = {}
    for scheme in Scheme:
        for form in dict.fromkeys((word, word.rpartition(":")[2])):
            try:
                relations = read_word(form, scheme)
            except UnknownTerm:
                continue
            ours = relations.certain or (Predicate.RELATED if relations.overlap_is_certain else None)
            if ours is not None:
                found.setdefault(ours, []).append(scheme)
    name = word.rpartition(":")[2]
    told = [f"{name!r} in {' and '.join(schemes)} is {ours} here" for ours, schemes in found.items()]
    return f"; {', '.join(told)}" if told else ""


class _Ends:
    """Finds what the ids of a file name, among a user's own frameworks and those that ship."""

    def __init__(self, own: Iterable[Framework], source: str | None, target: str | None) -> None:
        self._own = {item.id: item for item in own}
        self._home = {"subject_id": source, "object_id": target}
        self._found: dict[str, dict[str, Key]] = {"subject_id": {}, "object_id": {}}
        self._natures: dict[Key, Nature | None] = {}

    def check_homes(self) -> None:
        """
        Find the editions in which bare ids are looked up.

        Raises:
            UnknownEdition: there is no such edition.
        """
        known = {name for own in self._own.values() for name in (own.id.document, str(own.id))}
        for home in filter(None, self._home.values()):
            if home not in known:
                load_framework(home)

    def framework(self, edition: EditionId) -> Framework:
        return self._own.get(edition) or load_framework(edition)

    def find(self, column: str, written: str) -> Key:
        """
        Give the id that is written in a column.

        Raises:
            UnknownKey: it names nothing.
        """
        known = self._found[column]
        if written not in known:
            known[written] = self._look(written, self._home[column])
        return known[written]

    def _look(self, written: str, home: str | None) -> Key:
        head = written.partition(":")[0]
        for own in self._own.values():
            names = {own.id.document, str(own.id)}
            homely = home in names
            named = head == str(own.id) or (head == own.id.document and (homely or home is None))
            if named or (homely and "@" not in head):
                return own.key(written)
        if home is None and ":" not in written:
            mine = [found.id for own in self._own.values() if (found := own.get(written)) is not None]
            if len(mine) == 1:
                return mine[0]
        return parse(written, home)

    def nature(self, key: Key) -> Nature | None:
        if key not in self._natures:
            self._natures[key] = self.framework(key.edition)[key].nature
        return self._natures[key]


def _opened(source: Path | bytes | str, file: str) -> Iterator[str]:
    """Yield the lines of a file, whatever ends them, without a byte order mark."""
    if isinstance(source, str):
        yield from io.StringIO(source.removeprefix("\ufeff"), newline=None)
        return
    with _bytes(source) as stream:
        if stream.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            raise InvalidDocument.from_faults((Fault(file, "", "looks like UTF-16; save it as UTF-8"),))
    try:
        with io.TextIOWrapper(_bytes(source), encoding="utf-8-sig", newline=None) as text:
            yield from text
    except UnicodeDecodeError:
        with _bytes(source) as stream:
            raise InvalidDocument.from_faults((next(_undecodable(stream, file)),)) from None


def _bytes(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _undecodable(stream: BinaryIO, file: str) -> Iterator[Fault]:
    """Yield the lines that are no UTF-8."""
    # Latin-1 reads any bytes and gives them back, so that lines end here as they do above.
    with io.TextIOWrapper(stream, encoding="latin-1", newline=None) as lines:
        for number, line in enumerate(lines, start=1):
            found = line.encode("latin-1")
            try:
                found.decode()
            except UnicodeDecodeError as error:
                said = f"byte {found[error.start]:#04x} is not UTF-8; save the file as UTF-8"
                yield Fault(file, f"line {number}", said)


def _rows(source: Path | bytes | str, file: str, facts: Row) -> Iterator[tuple[int, Row | Fault]]:
    """Yield each row with its line, facts filled in; the header is checked first."""
    delimiter = "," if file.lower().endswith(".csv") else "\t"
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
    lines, skipped = _opened(source, file), 0
    for first in lines:
        if not first.startswith("#"):
            break
        skipped += 1
    else:
        raise InvalidDocument.from_faults((Fault(file, "", "empty; a header row is needed"),))
    reader = csv.reader(itertools.chain([first], lines), delimiter=delimiter, quoting=quoting, strict=True)
    try:
        header = next(reader)
        shared = {"basis": MappingBasis.OWN.value} | {name: fact for name, fact in facts.items() if fact}
        columns = [*header, *(name for name in shared if name not in header)]
        if wrong := dict.fromkeys(check_header(MappingRowDocument, columns, file)):
            place = f"line {skipped + 1}"
            raise InvalidDocument.from_faults(tuple(Fault(file, place, fault.problem) for fault in wrong))
        for cells in filter(None, reader):
            line = reader.line_num + skipped
            if len(cells) != len(header):
                problem_ = f"{len(cells)} cells where the header has {len(header)}"
                yield line, Fault(file, f"line {line}", problem_)
                continue
            yield line, shared | {name: cell for name, cell in zip(header, cells, strict=True) if cell}
    except csv.Error as error:
        raise InvalidDocument.from_faults(
            (Fault(file, f"line {reader.line_num + skipped}", f"not a table: {error}"),)
        ) from error


class _Check:
    """Goes through the rows of a file and keeps what is wrong with them."""

    def __init__(self, ends: _Ends, file: str) -> None:
        self._ends, self._file = ends, file
        self._seen: dict[int, int] = {}
        self._sides: dict[str, tuple[EditionId, int]] = {}
        self._good: dict[str, set[str]] = {}
        self.faults: list[Fault] = []

    def fault(self, line: int, said: str, column: str = "") -> None:
        place = f"line {line}, column {column!r}" if column else f"line {line}"
        self.faults.append(Fault(self._file, place, said))

    def row(self, line: int, row: Row) -> None:
        if not self._is_good(row):
            formulas = [column for column, cell in row.items() if cell[:1] in _FORMULA]
            for column in formulas:
                said = f"{excerpt(row[column])} looks like a formula of a spreadsheet; give its value"
                self.fault(line, said, column)
            try:
                MappingRowDocument.model_validate_strings(row)
            except ValidationError as error:
                for item in error.errors(include_url=False):
                    column = str(item["loc"][0])
                    said = problem(item, MappingRowDocument, row)
                    if column == "predicate_id" and (hint := _meant(str(item["input"]))):
                        # A word near one of ours may mean another thing where it comes from.
                        plain, _, near = said.partition("; did you mean ")
                        said = f"{said if near.strip(_QUOTED) in hint else plain}{hint}"
                    self.fault(line, said, column)
            else:
                for column, cell in row.items():
                    seen = self._good.setdefault(column, set())
                    if len(seen) < _REMEMBERED and column not in formulas:
                        seen.add(cell)
        self._claim(line, row)

    def _is_good(self, row: Row) -> bool:
        """Tell whether each cell passed the gate before, or is text of which the gate asks no more than this."""
        for column, cell in row.items():
            if cell not in self._good.get(column, ()) and not (
                column in _FREE and cell.isprintable() and cell == cell.strip() and cell[0] not in _FORMULA
            ):
                return False
        return row.keys() >= _NEEDED

    def _end(self, line: int, column: str, written: str) -> Key | None:
        try:
            key = self._ends.find(column, written)
        except UnknownKey as error:
            near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
            self.fault(line, f"{excerpt(written)}: {error.advice}{near}", column)
            return None
        side, first = self._sides.setdefault(column, (key.edition, line))
        if side is not key.edition and side != key.edition:
            self.fault(line, f"names {key.edition}, and line {first} names {side}: one edition a side", column)
            return None
        return key

    def _claim(self, line: int, row: Row) -> None:
        predicate = _PREDICATES.get(row.get("predicate_id", ""))
        written = row.get("object_id", "")
        source = self._end(line, "subject_id", row["subject_id"]) if row.get("subject_id") else None
        target = self._end(line, "object_id", written) if written else None
        if predicate is None:
            return
        if (predicate is Predicate.NOTHING) == bool(written):
            said = "nothing-found has no target" if written else f"{predicate} needs a target"
            self.fault(line, said, "object_id")
        if wrong := strength_fault(predicate, _STRENGTHS.get(row.get("strength", ""))):
            self.fault(line, wrong, "strength")
        if source is None or (target is None and written):
            return
        if target is not None:
            if source == target:
                self.fault(line, f"maps {source} to itself")
            natures = self._ends.nature(source), self._ends.nature(target)
            if mixed := nature_fault(predicate, *natures):
                self.fault(line, mixed, "predicate_id")
        if (author := row.get("author_label")) is not None:
            # The hash alone is kept: a long file is compared with itself in bounded memory.
            same = hash((source, target, author))
            if same in self._seen:
                said = f"{target or 'nothing'} for {source} stands in line {self._seen[same]} already, by {author}"
                self.fault(line, said)
            self._seen.setdefault(same, line)


def stream(
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    **facts: str,
) -> Iterator[Mapping]:
    """
    Check a file of mappings whole, then yield its mappings in order, one at a time.

    *source* is a path, or the content; a TSV, or a CSV when *file* ends so; lines that begin with # at the top are
    comments. The columns are those of ``docs/reference/data-format.md``; *facts* (``author_label``, ``basis``...) hold
    for rows that leave those cells empty. Bare ids are looked up in *source_edition* and *target_edition*, and
    everything first in *frameworks*, a user's own.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; after `MOST` of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    name = file or (source.name if isinstance(source, Path) else "<text>.tsv")
    ends = _Ends(frameworks, source_edition, target_edition)
    ends.check_homes()
    check = _Check(ends, name)
    last = 0
    for line, row in _rows(source, name, facts):
        if len(check.faults) >= MOST:
            check.fault(last, f"{MOST} faults or more so far; what follows was not looked at")
            break
        last = line
        if isinstance(row, Fault):
            check.fault(line, row.problem)
        else:
            check.row(line, row)
    if check.faults:
        raise InvalidDocument.from_faults(tuple(check.faults))
    for _, row in _rows(source, name, facts):
        assert isinstance(row, dict)
        target = row.get("object_id")
        both = ends.find("subject_id", row["subject_id"]), ends.find("object_id", target) if target else None
        yield mapping(row, both, name)


def loads(
    source: Path | bytes | str,
    file: str | None = None,
    *,
    frameworks: Iterable[Framework] = (),
    source_edition: str | None = None,
    target_edition: str | None = None,
    **facts: str,
) -> tuple[Mapping, ...]:
    """
    Read a file of mappings that a user brings; arguments and errors are those of `stream`.

    Raises:
        UnknownEdition: *source_edition* or *target_edition* does not exist.
        InvalidDocument: with all faults, each with its line; after `MOST` of them the rest is not looked at.
        OSError: the file cannot be read.
    """
    return tuple(
        stream(
            source,
            file,
            frameworks=frameworks,
            source_edition=source_edition,
            target_edition=target_edition,
            **facts,
        )
    )
