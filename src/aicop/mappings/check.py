"""
Validation of mapping rows from any format: the cells, the ids, and the consistency of each row.

A row is a dict from column name to text; the columns are those of `aicop.schema.mapping.MappingRowSchema`. Readers of
other formats translate relationships into aicop's vocabulary first. All faults are collected, each with its place in
the file.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from aicop.errors import (
    MAX_FAULTS,
    TOO_MANY_FAULTS,
    Fault,
    InvalidDocument,
    KeyMistake,
    UnknownKey,
    UnknownTerm,
    excerpt,
)
from aicop.ids import JOINER, JointId
from aicop.mappings.rules import (
    LINKS,
    MAX_STRENGTH,
    digest_fault,
    pair_faults,
    repetition,
    reverse_strength_fault,
    side_fault,
    strength_fault,
)
from aicop.model.from_rows import mapping
from aicop.relations import Scheme, predicate
from aicop.relations import relation_from_word as read_word
from aicop.schema.check import describe_error, relevant_errors
from aicop.schema.mapping import ForeignRowSchema, MappingRowSchema
from aicop.vocabulary import UNSTATED, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Table

    from aicop.ids import EditionId, End, Key
    from aicop.mappings.resolve import IdResolver, Row
    from aicop.model.mapping import Mapping


_PREDICATES = {item.value: item for item in Predicate}
# The required columns of each schema, computed once: asking pydantic for every row would be slow.
_NEEDED: dict[type[BaseModel], frozenset[str]] = {
    model: frozenset(name for name, field in model.model_fields.items() if field.is_required())
    for model in (MappingRowSchema, ForeignRowSchema)
}
# Columns of free text: their cells hardly ever repeat, so they are not cached.
_FREE = frozenset({"rationale", "remainder", "reverse_remainder", "settlement"})
# Punctuation around the suggestion that follows "did you mean".
_QUOTED = "'?"
_SIDES = ("source", "target")
# More bits than a number of distinct values in a file can have.
_BITS = 40
_STRENGTHS: dict[str | None, int] = {str(number): number for number in range(MAX_STRENGTH + 1)}
_REMEMBERED = 10_000
"""The maximum number of valid cells that are cached per column."""


Place = int | str
"""A line number in a table, or a path in a document of another format."""


@functools.cache
def _faults_of_words(
    predicate: Predicate, ends: tuple[bool, bool], strength: str | None, reverse: str | None
) -> tuple[tuple[str, str], ...]:
    """Return the faults that do not depend on the ids of a row, each after its column; *ends* are its sides."""
    found = [
        side_fault(predicate, source=ends[0], target=ends[1]),
        ("strength", strength_fault(predicate, _STRENGTHS.get(strength))),
        ("reverse_strength", reverse_strength_fault(predicate, _STRENGTHS.get(reverse))),
    ]
    return tuple((item[0], item[1]) for item in found if item and item[1])


def _foreign_meanings(word: str) -> str:
    """Return a hint that translates a term of other schemes into aicop's, or "" if no scheme has this term."""
    found: dict[Predicate, list[str]] = {}
    for scheme in Scheme:
        # The term may be a CURIE, such as skos:exactMatch, so the part after the prefix is tried too.
        for form in dict.fromkeys((word, word.rpartition(":")[2])):
            try:
                relations = read_word(form, scheme)
            except UnknownTerm:
                continue
            found.setdefault(predicate(relations), []).append(scheme)
    name = word.rpartition(":")[2]
    told = [f"for {name!r} in {' and '.join(schemes)} use {ours}" for ours, schemes in found.items()]
    return f"; {', '.join(told)}" if told else ""


class RowChecker:
    """
    Checks the rows of a file one by one and collects their faults.

    *spots* is given for formats other than tables. It maps each column to the path of its field relative to the row.
    Rows of such formats may omit author, date, rationale and confidence; so may imported and derived rows of a table.
    *names* is given for tables whose columns have other names; *unit* is what their numbers count, and *missing* are
    required columns that the table does not have, for which the header is blamed and not every row. If *twice* is true,
    several rows may map the same pair.
    """

    def __init__(  # noqa: PLR0913 -- what of a file is known
        self,
        ends: IdResolver,
        file: str,
        spots: Table[str, str] | None = None,
        *,
        names: Table[str, str] = {},
        unit: str = "line",
        missing: frozenset[str] = frozenset(),
        twice: bool = False,
    ) -> None:
        self._unit, self._missing = unit, missing
        self.ends: IdResolver = ends
        self._file, self._spots, self._names, self._twice = file, spots, names, twice
        self._numbers: dict[object, int] = {}
        self._seen: dict[int, Place] = {}
        self._known: dict[tuple[str, str], End] = {}
        # For each side that was searched without finding anything: the first row that says so.
        self._searches: dict[str, Place] = {}
        self._sides: dict[str, tuple[EditionId, Place]] = {}
        self._good: dict[str, set[str]] = {}
        self.faults: list[Fault] = []

    def _text(self, place: Place) -> str:
        return f"{self._unit} {place}" if isinstance(place, int) else place

    def fault(self, place: Place, said: str, column: str = "") -> None:
        """Record a fault at a place, and in *column* if given."""
        where = self._text(place)
        if column:
            name = self._names.get(column, column)
            where += f", column {excerpt(name)}" if self._spots is None else self._spots.get(column, "")
        self.faults.append(Fault(self._file, where, said))

    def row(self, line: Place, row: Row) -> None:
        """Check one row, from which empty cells have been removed."""
        model = self._model(row)
        # Most cells repeat from row to row, and the schema is slow, so it sees only rows with a new cell.
        if not self._is_good(row, model):
            try:
                model.model_validate_strings(row)
            except ValidationError as error:
                for item in relevant_errors(error):
                    column = str(item["loc"][0])
                    if column in self._missing:
                        continue
                    said = describe_error(item, model, row)
                    if column == "relationship" and (hint := _foreign_meanings(str(item["input"]))):
                        # A term that resembles one of aicop's may have another meaning in its own scheme. So "did you
                        # mean" is kept only if the translation suggests the same term.
                        plain, _, near = said.partition("; did you mean ")
                        said = f"{said if near.strip(_QUOTED) in hint else plain}{hint}"
                    self.fault(line, said, column)
            else:
                for column, cell in row.items():
                    seen = self._good.setdefault(column, set())
                    if len(seen) < _REMEMBERED:
                        seen.add(cell)
        self._claim(line, row)

    def _model(self, row: Row) -> type[BaseModel]:
        """Return the schema of a row; imported and derived ones may omit author, date, rationale and confidence."""
        imported = self._spots is not None or row.get("basis") in UNSTATED
        return ForeignRowSchema if imported else MappingRowSchema

    def _is_good(self, row: Row, model: type[BaseModel]) -> bool:
        """Return True if the row is certainly valid: its cells passed the schema before, or are plain free text."""
        for column, cell in row.items():
            # The schema requires free text only to be printable, without leading or trailing whitespace.
            if cell not in self._good.get(column, ()) and not (
                column in _FREE and cell.isprintable() and cell == cell.strip()
            ):
                return False
        return row.keys() >= _NEEDED[model]

    def _ends(self, line: Place, column: str, written: str) -> Iterator[Key]:
        """Yield the element, or the elements, that a cell names; record a fault for each that does not exist."""
        parts = [written]
        if JOINER in written:
            # A publisher's id may itself contain the sign that joins ids, so the whole cell is tried first. Look-up
            # ignores punctuation, so the id that is found must contain the sign as well.
            try:
                whole = self.ends.find(column, written)
            except UnknownKey:
                whole = None
            if whole is None or JOINER not in whole.local:
                parts = [part.strip() for part in written.split(JOINER)]
        for part in parts:
            if not part:
                self.fault(line, f"{excerpt(written)} has no id before or after a {JOINER!r}", column)
                continue
            try:
                yield self.ends.find(column, part)
            except UnknownKey as error:
                near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
                if error.mistake is KeyMistake.UNKNOWN_DOCUMENT and not error.nearest:
                    near = " Add your own framework to your library, or pass it in frameworks."
                if self._is_list(column, part):
                    near = f" To map several ids together, join them by {JOINER!r}."
                self.fault(line, f"{excerpt(part)}: {error.advice}{near}", column)

    def _is_list(self, column: str, written: str) -> bool:
        """Return whether a cell names several elements, separated as people separate them."""
        parts = [part.strip() for part in re.split(r"[,;]|\s+and\s+", written)]
        try:
            return len(parts) > 1 and all(self.ends.find(column, part) for part in parts)
        except UnknownKey:
            return False

    def _end(self, line: Place, column: str, written: str) -> End | None:
        """Resolve a cell; record its faults and return None if it has any, or if its edition is not that of others."""
        if (known := self._known.get((column, written))) is not None:
            return known
        before = len(self.faults)
        keys = list(self._ends(line, column, written))
        for key in keys:
            side, first = self._sides.setdefault(column, (key.edition, line))
            if side != key.edition:
                said = f"belongs to {key.edition}, but {self._text(first)} to {side}; use one edition per side"
                self.fault(line, said, column)
                break
        for key in dict.fromkeys(keys):
            if keys.count(key) > 1:
                self.fault(line, f"names {key} more than once", column)
        if len(self.faults) > before:
            return None
        end = keys[0] if len(keys) == 1 else JointId(keys)
        return self._known.setdefault((column, written), end)

    def _claim(self, line: Place, row: Row) -> None:
        """Check that the ids, the predicate and the strengths of a row are consistent, and that no row repeats it."""
        predicate = _PREDICATES.get(row.get("relationship", ""))
        before = len(self.faults)
        ends = [self._end(line, column, row[column]) if column in row else None for column in _SIDES]
        resolved = len(self.faults) == before
        if predicate is None:
            return
        present = ("source" in row, "target" in row)
        unclear = not self._missing.isdisjoint(_SIDES)
        for column, said in _faults_of_words(predicate, present, row.get("strength"), row.get("reverse_strength")):
            if not (unclear and column in _SIDES):
                self.fault(line, said, column)
            resolved = resolved and column not in _SIDES
        if unclear or not resolved:
            return
        source, target = ends
        for column, end in zip(_SIDES, ends, strict=True):
            if wrong := digest_fault(end, row.get(f"{column}_digest")):
                self.fault(line, wrong, f"{column}_digest")
        if source is not None and target is not None:
            for column, said in pair_faults(predicate, source, target, self.ends.nature):
                self.fault(line, said, column)
        else:
            self._searches.setdefault("target" if target is None else "source", line)
        author = row.get("author", "" if self._model(row) is ForeignRowSchema else None)
        if author is not None and not self._twice:
            self._look_for_duplicate(line, source, target, predicate, author)

    def _look_for_duplicate(
        self, line: Place, source: End | None, target: End | None, predicate: Predicate, author: str
    ) -> None:
        """Record a fault if an earlier row by the same author maps the same elements."""
        # Each value gets a number, and the four numbers of a row become a single one, which needs little memory.
        same = 0
        for value in (source, target, author, predicate if predicate in LINKS else None):
            same = same << _BITS | self._numbers.setdefault(value, len(self._numbers))
        if same not in self._seen:
            self._seen[same] = line
            return
        self.fault(line, repetition(source, target, self._text(self._seen[same]), author))

    def _searched(self, column: str) -> EditionId | None:
        """Return the framework of a side, from the rows or else from what the caller declared; None if unknown."""
        known = self._sides.get(column)
        return self.ends.home(column) if known is None else known[0]

    def finish(self) -> None:
        """Check what can be judged only after the last row: that it is known where nothing was found."""
        for column, line in self._searches.items():
            if self._searched(column) is None:
                declared = f"{column}_edition" if self._spots is None else f"--{column}"
                said = (
                    f"no row has a {column}, so the framework in which nothing was found is not known; "
                    f"name the framework of the {column}s ({declared})"
                )
                self.fault(line, said, column)

    def mapping(self, row: Row, name: str) -> Mapping:
        """Return the mapping of a row after all rows were found valid; *name* is the name of its set."""
        source, target = (self._end(0, column, row[column]) if column in row else None for column in _SIDES)
        missing = "source" if source is None else "target" if target is None else None
        for column, end in zip(_SIDES, (source, target), strict=True):
            if isinstance(end, JointId) and (stated := row.get(f"{column}_digest")):
                # The members of a joint id are in natural order, whatever the order in the file.
                digests = dict(zip(self._ends(0, column, row[column]), stated.split(JOINER), strict=True))
                row = row | {f"{column}_digest": JOINER.join(digests[key] for key in end.members)}
        return mapping(row, (source, target), name, self._searched(missing) if missing else None)


def checked(rows: Iterable[tuple[Place, Row | Fault]], check: RowChecker) -> Iterator[tuple[Place, Row]]:
    """
    Yield each row of a file with its place, and raise at the end if the file has faults.

    *rows* are pairs of the place of a row in the file and its cells, or of a place and a fault of the row. What is
    yielded is known to be valid only when the iteration ends.

    Raises:
        InvalidDocument: with all faults, each with its place; checking stops after `MAX_FAULTS` of them.
    """
    for place, row in rows:
        if len(check.faults) >= MAX_FAULTS:
            check.fault(place, TOO_MANY_FAULTS)
            break
        if isinstance(row, Fault):
            check.faults.append(row)
        else:
            check.row(place, row)
            yield place, row
    check.finish()
    if check.faults:
        raise InvalidDocument.from_faults(tuple(check.faults))


def check_rows(
    rows: Iterable[tuple[Place, Row | Fault]], check: RowChecker, name: str
) -> tuple[tuple[Place, Mapping], ...]:
    """
    Return the mapping of each row of a file with its place, after checking them; *name* is the name of the mapping set.

    The arguments are those of `checked`.

    Raises:
        UnknownEdition: an edition in which bare ids are looked up does not exist.
        InvalidDocument: with all faults, each with its place; checking stops after `MAX_FAULTS` of them.
    """
    check.ends.check_homes()
    good = list(checked(rows, check))
    return tuple((place, check.mapping(row, name)) for place, row in good)
