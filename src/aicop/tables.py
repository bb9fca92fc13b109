"""
The columns of the tables that ``table()`` returns, and how their cells are written.

A table is a list of dictionaries, one for each row, as data frames take it. All rows of a table have the same keys in
the same order. A cell is text, a whole number, true or false, or None if there is nothing to say. Ids are text in their
canonical form. Several words of one cell are separated by ``"; "``, several sentences by ``" | "``.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | bool | None
"""The content of a cell; None if it is empty."""
Row = dict[str, Cell]
"""One row of a table: the names of the columns, in order, with their cells."""

SEPARATOR = "; "
"""The separator of several words, names or ids in one cell."""
SENTENCE_SEPARATOR = " | "
"""The separator of several sentences in one cell."""


@shown
@attrs.frozen(repr=False)
class Column:
    """A column of a table."""

    name: str
    kind: type[str | int | bool]
    """Its type: ``str``, ``int`` or ``bool``."""
    required: bool
    """Whether every row has a value."""
    meaning: str


def _cell(value: object) -> Cell:
    """Return a value as a cell: terms as words, ids as text, and lists joined; None if there is nothing in it."""
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, tuple | list):
        return SEPARATOR.join(str(_cell(item)) for item in value) or None
    return str(value) or None


@shown
@attrs.frozen(repr=False)
class Schema:
    """The columns of one table, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def types(self) -> dict[str, type[str | int | bool]]:
        """The type of each column by its name, as ``polars.DataFrame(rows, schema=...)`` takes them."""
        return {column.name: column.kind for column in self.columns}

    @property
    def dtypes(self) -> dict[str, str]:
        """The type of each column by its name, as ``pandas.DataFrame.astype`` takes them; all of them allow nulls."""
        return {column.name: _DTYPES[column.kind] for column in self.columns}

    def rows(self, values: Iterable[Sequence[object]]) -> list[Row]:
        """Return rows from values in the order of the columns."""
        names = self.names
        return [dict(zip(names, map(_cell, row), strict=True)) for row in values]

    def with_texts(self, names: Iterable[str]) -> Schema:
        """Return a schema that also has these columns of text, at the end: the user's own."""
        own = (Column(name, str, required=False, meaning="a column of your own") for name in names)
        return Schema(self.name, (*self.columns, *own))


_DTYPES: dict[type[str | int | bool], str] = {str: "string", int: "Int64", bool: "boolean"}


def _text(name: str, meaning: str) -> Column:
    return Column(name, str, required=True, meaning=meaning)


def _maybe(name: str, meaning: str) -> Column:
    return Column(name, str, required=False, meaning=meaning)


def _tenths(name: str, meaning: str) -> Column:
    return Column(name, int, required=False, meaning=f"{meaning}, 0 to 10")


def _count(name: str, meaning: str) -> Column:
    return Column(name, int, required=True, meaning=meaning)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, bool, required=True, meaning=meaning)


_HEADINGS = (
    _text("principle", "the key of its principle"),
    _text("principle_title", "the title of its principle"),
    _text("phase", "the key of its phase"),
    _text("phase_title", "the title of its phase"),
)
PROVISIONS = Schema(
    "provisions",
    (
        _text("key", "the key of the provision"),
        _text("title", "its title, by aicop"),
        *_HEADINGS,
        _maybe("parent", "the key of the provision above a sub-provision"),
        _count("position", "its place in the edition, from 1"),
        _count("statements", "the number of its statements"),
        _text("modality", "the verbs of its statements, each once"),
        _text("duty_holders", "the duty holders of its statements, each once"),
    ),
)
"""One row per provision: `aicop.Catalogue.table`."""
STATEMENTS = Schema(
    "statements",
    (
        _text("key", "the key of the statement, always with `#` and its number"),
        _text("provision", "the key of its provision"),
        _text("title", "the title of its provision"),
        *_HEADINGS,
        _text("modality", "the verb"),
        _text("duty_holders", "who is bound"),
        _maybe("joiner", "the word between several duty holders"),
        _text("attribution", "how the duty holders are known"),
        _text("action", "what they shall, should, may or can do"),
        _maybe("condition", "when it applies; empty if always"),
        _maybe("counterparties", "the parties that it names and does not bind, each with its capacity"),
    ),
)
"""One row per statement: `aicop.Catalogue.table` and `aicop.Catalogue.table_of`."""
RESPONSIBILITIES = Schema(
    "responsibilities",
    (
        _text("key", "the key of the provision"),
        _text("title", "its title, by aicop"),
        _text("principle", "the key of its principle"),
        _text("phase", "the key of its phase"),
        _count("statements", "the number of its statements"),
        _maybe("developer", "the part of the Developer: verbs of its duties, and capacities as a counterparty"),
        _maybe("system_operator", "the part of the System Operator"),
        _maybe("data_custodian", "the part of the Data Custodian"),
        _maybe("end_user", "the part of the End-user"),
        _maybe("affected_entity", "the part of the Affected Entity"),
        _maybe("organisation", "the part of the Organisation"),
        _maybe("others", "the counterparties that are none of the roles, each with its capacity"),
    ),
)
"""One row per provision, one column per role: `aicop.catalogue.ResponsibilityMatrix.table`."""
DEPENDENCIES = Schema(
    "dependencies",
    (
        _text("prerequisite", "the key of the provision that comes first"),
        _text("prerequisite_title", "its title"),
        _text("kind", "the kind of dependency"),
        _text("dependant", "the key of the provision that depends on it"),
        _text("dependant_title", "its title"),
        _text("rationale", "why it depends on it"),
        _text("basis", "who says so"),
        _tenths("confidence", "how sure aicop is; empty if the dependency is computed"),
        _flag("suspect", "whether the text probably points to the wrong place"),
        _maybe("artefacts", "the titles of the artefacts that are passed on"),
    ),
)
"""One row per dependency: `aicop.graph.DependencyGraph.table`."""
_STRENGTHS = (
    _tenths("strength", "how much of the source the target also asks"),
    _maybe("remainder", "the part of the source that the target does not cover"),
    _tenths("reverse_strength", "how much of the target the source also asks"),
    _maybe("reverse_remainder", "the part of the target that the source does not cover"),
    _tenths("confidence", "how sure the authors are"),
)
CLAIMS = Schema(
    "claims",
    (
        _maybe("source", "the key of the source; empty if no counterpart was found for the target"),
        _maybe("source_title", "its title"),
        _text("relationship", "the relationship or link, read as *source RELATIONSHIP target*"),
        _maybe("target", "the key of the target; empty if no counterpart was found for the source"),
        _maybe("target_title", "its title"),
        *_STRENGTHS,
        _maybe("basis", "who says so, for each mapping that the claim is based on"),
        _maybe("author", "the authors of these mappings"),
        _maybe("date", "the dates of these mappings"),
        _maybe("rationale", "the reasons of these mappings, as sentences"),
        _count("paths", "the number of paths from source to target"),
        _flag("suspect", "whether the source or target of a mapping has changed since it was judged"),
        _maybe("warnings", "what a later text deleted or changed in source and target, as sentences"),
    ),
)
"""One row per claim of a crosswalk: `aicop.crosswalk.Crosswalk.table`."""
MAPPINGS = Schema(
    "mappings",
    (
        _maybe("source", "the key of the source; empty if nothing was found for the target"),
        _text("relationship", "the relationship or link, read as *source RELATIONSHIP target*"),
        _maybe("target", "the key of the target; empty if nothing was found for the source"),
        _maybe("rationale", "the reason"),
        *_STRENGTHS,
        _text("basis", "who says so"),
        _maybe("author", "the author"),
        _maybe("date", "the date or month of the judgement, in ISO form"),
        _maybe("knowledge", "how well the author knew the target"),
        _maybe("settlement", "how a disagreement between two judgements was resolved"),
        _maybe("source_digest", "the digest of the source when it was judged"),
        _maybe("target_digest", "the digest of the target when it was judged"),
        _text("set", "the name of the set of mappings"),
        _maybe("searched", "the framework that was gone through without finding anything"),
    ),
)
"""One row per mapping, with the columns of the files of a library: `aicop.mappings.table_of`."""
_CLASS = (
    _text("class", "its class of coverage"),
    _tenths("strength", "the greatest strength of the mappings about the item itself"),
    _maybe("band", "the band of the strength, such as 9-10"),
)
COVERAGE = Schema(
    "coverage",
    (
        _text("item", "the key of the item"),
        _maybe("title", "its title"),
        *_CLASS,
        _flag("contradictory", "whether mappings about it contradict each other"),
    ),
)
"""One row per item that is counted: `aicop.crosswalk.CoverageReport.table`."""
GAPS = Schema(
    "gaps",
    (
        _text("item", "the key of the item"),
        _maybe("title", "its title"),
        *_CLASS,
        _maybe("remainder", "what is not covered"),
        _flag("contradictory", "whether mappings about it contradict each other"),
    ),
)
"""One row per item that is not fully covered: `aicop.crosswalk.Crosswalk.table_of` for gaps."""
LINEAGE = Schema(
    "lineage",
    (
        _maybe("old", "the key in the old edition; empty if the item was added"),
        _maybe("new", "the key in the new edition; empty if the item was removed"),
        _text("changes", "the kinds of change, the most significant first"),
        _text("grade", "how the texts are known"),
        _maybe("note", "what changed, read from old to new"),
        _maybe("reverse_note", "what changed, read from new to old"),
        _maybe("review", "why a person should review the change from old to new"),
        _maybe("reverse_review", "why a person should review the change from new to old"),
    ),
)
"""One row per row of a lineage: `aicop.lineage.Comparison.table` and `aicop.lineage.table_of`."""
ELEMENTS = Schema(
    "elements",
    (
        _text("id", "the key of the element"),
        _maybe("parent", "the key of the element above it"),
        _text("kind", "the framework's own term, such as control"),
        _maybe("title", "the title"),
        _text("nature", "what it is, such as requirement or risk"),
        _maybe("words", "what it asks"),
        _maybe("amended", "how a later text deleted or changed it"),
        _maybe("aliases", "its other names"),
    ),
)
"""One row per element, then your own columns as text: `aicop.frameworks.Framework.table`."""
HISTORY = Schema(
    "history",
    (
        _text("system", "the name of the system"),
        _maybe("unit", "its organisational unit"),
        _text("edition", "the edition of the statement, which an upgrade changes"),
        _count("place", "the place of the row in the history of the system, from 1"),
        _text("key", "the key of the statement"),
        _maybe("role", "the role that the verdict is about; empty for all roles held"),
        _text("verdict", "the verdict"),
        _maybe("reason", "why it is not applicable, or in scope by decision"),
        _maybe("evidence", "the ids of evidence"),
        _maybe("owner", "who works on it"),
        _maybe("assessor", "who gave the verdict"),
        _maybe("assessed", "the day of the verdict"),
        _maybe("due", "the day by which it is to be done"),
        _maybe("review", "the day on which the verdict is to be looked at again"),
        _maybe("accepted_by", "who accepted the risk of a fail"),
        _maybe("accepted_until", "the last day on which it is accepted"),
        _maybe("note", "the note"),
        _maybe("review_reason", "why a person must look at the verdict again"),
        _maybe("digest", "the digest of the statement when the verdict was given"),
        _text("recorded", "the day on which it was recorded"),
        _text("by", "who or what recorded it"),
    ),
)
"""One row per row of a ``history.csv``, then your own columns as text: `aicop.assessment.history_table`."""

SCHEMAS: dict[str, Schema] = {
    item.name: item
    for item in (
        PROVISIONS,
        STATEMENTS,
        RESPONSIBILITIES,
        DEPENDENCIES,
        CLAIMS,
        MAPPINGS,
        COVERAGE,
        GAPS,
        LINEAGE,
        ELEMENTS,
        HISTORY,
    )
}
"""All tables by their names."""


def schema(name: str) -> Schema:
    """
    Return the columns of a table by its name.

    >>> schema("coverage").types["strength"]
    <class 'int'>

    Raises:
        UnknownTerm: there is no such table.
    """
    if name not in SCHEMAS:
        vocabulary = "table"
        raise unknown_term(vocabulary, name, tuple(SCHEMAS))
    return SCHEMAS[name]
