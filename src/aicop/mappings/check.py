"""
Validation of mapping rows from any format: the cells, the ids, and the consistency of each row.

A row is a dict from column name to text; the columns are those of `aicop.schema.mapping.MappingRowSchema`. Readers of
other formats translate relationships into aicop's vocabulary first. All faults are collected, each with its place in
the file.
"""

from __future__ import annotations

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
from aicop.relations import Scheme, predicate
from aicop.relations import relation_from_word as read_word
from aicop.schema.check import describe_error, relevant_errors
from aicop.schema.mapping import ForeignRowSchema, MappingRowSchema
from aicop.vocabulary import ASKING, UNSTATED, Nature, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Table

    from aicop.ids import EditionId, Key
    from aicop.mappings.resolve import IdResolver, Row
    from aicop.model.mapping import Mapping


MAX_STRENGTH = 10
"""The maximum strength of a mapping."""

_SET = frozenset({Predicate.EQUAL, Predicate.SUBSET, Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.NONE})
_THREATS = frozenset({Nature.RISK, Nature.TECHNIQUE})
_PREDICATES = {item.value: item for item in Predicate}
# The required columns of each schema, computed once: asking pydantic for every row would be slow.
_NEEDED: dict[type[BaseModel], frozenset[str]] = {
    model: frozenset(name for name, field in model.model_fields.items() if field.is_required())
    for model in (MappingRowSchema, ForeignRowSchema)
}
_LINKS = frozenset({Predicate.MITIGATES, Predicate.CITES, Predicate.CORRESPONDS})
"""Predicates outside the algebra: a pair may have one mapping per such predicate in addition to a relationship."""
# Columns of free text: their cells hardly ever repeat, so they are not cached.
_FREE = frozenset({"rationale", "remainder", "settlement"})
# Punctuation around the suggestion that follows "did you mean".
_QUOTED = "'?"
_STRENGTHS = {str(number): number for number in range(MAX_STRENGTH + 1)}
# Two elements can correspond to each other if both have the same one of these natures.
_LIKE = _THREATS | {Nature.ROLE, Nature.STAGE}
_REMEMBERED = 10_000
"""The maximum number of valid cells that are cached per column."""


Place = int | str
"""A line number in a table, or a path in a document of another format."""


def _place_text(place: Place) -> str:
    return f"line {place}" if isinstance(place, int) else place


def strength_fault(predicate: Predicate, strength: int | None) -> str | None:
    """Return an error message if the relationship does not allow this strength, otherwise None."""
    if strength is None:
        return None
    if predicate in {Predicate.EQUAL, Predicate.SUBSET} and strength != MAX_STRENGTH:
        return f"{predicate} requires strength {MAX_STRENGTH}, not {strength}: the target asks all that the source asks"
    if predicate in {Predicate.NONE, Predicate.NOTHING} and strength != 0:
        return f"{predicate} requires strength 0, not {strength}"
    if predicate in {Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.MITIGATES} and not 0 < strength < MAX_STRENGTH:
        return f"{predicate} requires a strength of 1 to 9, not {strength}"
    return None


def nature_fault(predicate: Predicate, source: Nature, target: Nature) -> str | None:
    """Return an error message if the predicate cannot relate elements of these natures, otherwise None."""
    if predicate in _SET and (source not in ASKING or target not in ASKING):
        other = next(nature for nature in (source, target) if nature not in ASKING)
        return f"{predicate} needs a requirement or mitigation on both sides, not a {other}"
    if predicate is Predicate.MITIGATES and target not in _THREATS:
        return f"{predicate} needs a risk or technique as its target, not a {target}"
    if predicate is Predicate.MITIGATES and source not in ASKING:
        return f"{predicate} needs a requirement or mitigation as its source, not a {source}"
    if predicate is Predicate.CITES and target is not Nature.DOCUMENT:
        return f"{predicate} needs a document as its target, not a {target}"
    if predicate is Predicate.CORRESPONDS and (source is not target or source not in _LIKE):
        return f"{predicate} needs two risks, techniques, roles or stages, not a {source} and a {target}"
    return None


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
    *names* is given for tables whose columns have other names. If *twice* is true, several rows may map the same pair.
    """

    def __init__(
        self,
        ends: IdResolver,
        file: str,
        spots: Table[str, str] | None = None,
        *,
        names: Table[str, str] = {},
        twice: bool = False,
    ) -> None:
        self.ends, self._file, self._spots, self._names, self._twice = ends, file, spots, names, twice
        self._seen: dict[int, Place] = {}
        self._sides: dict[str, tuple[EditionId, Place]] = {}
        self._good: dict[str, set[str]] = {}
        self.faults: list[Fault] = []

    def fault(self, place: Place, said: str, column: str = "") -> None:
        """Record a fault at a place, and in *column* if given."""
        where = _place_text(place)
        if column:
            name = self._names.get(column, column)
            where += f", column {name!r}" if self._spots is None else self._spots.get(column, "")
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

    def _end(self, line: Place, column: str, written: str) -> Key | None:
        """Resolve an id; record a fault and return None if that fails or the edition differs from earlier rows."""
        try:
            key = self.ends.find(column, written)
        except UnknownKey as error:
            near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
            if error.mistake is KeyMistake.UNKNOWN_DOCUMENT and not error.nearest:
                near = " Pass your own framework with --framework."
            self.fault(line, f"{excerpt(written)}: {error.advice}{near}", column)
            return None
        side, first = self._sides.setdefault(column, (key.edition, line))
        # Identity is compared first: it is nearly always true, and cheaper than equality.
        if side is not key.edition and side != key.edition:
            self.fault(
                line, f"belongs to {key.edition}, but {_place_text(first)} to {side}; use one edition per side", column
            )
            return None
        return key

    def _claim(self, line: Place, row: Row) -> None:
        """Check that the ids, the predicate and the strength of a row are consistent, and that no row repeats it."""
        predicate = _PREDICATES.get(row.get("relationship", ""))
        written = row.get("target", "")
        source = self._end(line, "source", row["source"]) if row.get("source") else None
        target = self._end(line, "target", written) if written else None
        if predicate is None:
            return
        if (predicate is Predicate.NOTHING) == bool(written):
            said = "nothing-found must not have a target" if written else f"{predicate} needs a target"
            self.fault(line, said, "target")
        if wrong := strength_fault(predicate, _STRENGTHS.get(row.get("strength", ""))):
            self.fault(line, wrong, "strength")
        if source is None or (target is None and written):
            return
        if target is not None:
            if source == target:
                self.fault(line, f"maps {source} to itself")
            natures = self.ends.nature(source), self.ends.nature(target)
            if mixed := nature_fault(predicate, *natures):
                self.fault(line, mixed, "relationship")
        author = row.get("author", "" if self._model(row) is ForeignRowSchema else None)
        if author is not None and not self._twice:
            # Only the hash is kept, so that the search for duplicates needs little memory per row.
            same = hash((source, target, author, predicate if predicate in _LINKS else None))
            if same in self._seen:
                by = f", by {author}" * bool(author)
                said = f"{source} is already mapped to {target or 'nothing'} in {_place_text(self._seen[same])}{by}"
                self.fault(line, said)
            self._seen.setdefault(same, line)


def check_rows(rows: Iterable[tuple[str, Row]], check: RowChecker, name: str) -> tuple[Mapping, ...]:
    """
    Check all rows of a file in another format, then return their mappings.

    *rows* yields the path of each row in the file with its cells. *name* is the name of the mapping set.

    Raises:
        UnknownEdition: an edition in which bare ids are looked up does not exist.
        InvalidDocument: with all faults, each with its place; checking stops after `MAX_FAULTS` of them.
    """
    check.ends.check_homes()
    good = []
    for place, row in rows:
        if len(check.faults) >= MAX_FAULTS:
            check.fault(place, TOO_MANY_FAULTS)
            break
        check.row(place, row)
        good.append(row)
    if check.faults:
        raise InvalidDocument.from_faults(tuple(check.faults))
    return tuple(check.ends.mapping(row, name) for row in good)
