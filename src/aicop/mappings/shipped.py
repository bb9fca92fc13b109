"""The mapping sets that ship with aicop: their metadata and their rows."""

from __future__ import annotations

import csv
import functools
import io
import json
from typing import TYPE_CHECKING, Any

from aicop._resources import read
from aicop.ids import JOINER, ControlId, EditionId, JointId, Key, key_of_item, split_key
from aicop.manifest import editions
from aicop.mappings.from_editions import edition_mapping_sets, edition_mappings
from aicop.model.from_rows import mapping, mapping_set
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from aicop.ids import End
    from aicop.model.mapping import Mapping, MappingSet


@functools.cache
def _register() -> dict[str, dict[str, Any]]:
    """Return the metadata of the sets that ship as files, by name."""
    return {item["name"]: item for item in json.loads(read("mappings.json"))["sets"]}


def sets() -> tuple[MappingSet, ...]:
    """
    Return the mapping sets that ship, starting with those derived from the editions of the Code.

    >>> str(sets()[0].target)
    'etsi-ts-104-223@1.1.1'
    """
    return (*edition_mapping_sets(), *map(mapping_set, _register().values()))


@functools.cache
def _key(text: str) -> Key:
    """
    Parse the canonical key of an element of a framework or of an edition of the Code, without checking that it exists.

    The tests check the shipped data, and a look-up for each id would make loading slow.
    """
    head, local = split_key(text)
    edition = EditionId.parse(head)
    return key_of_item(edition, local) if edition in editions() else ControlId(edition, local)


def _end(text: str) -> End:
    """Return one side of a row; no id that ships contains the sign that joins ids."""
    return JointId(map(_key, text.split(JOINER))) if JOINER in text else _key(text)


# The fields of a set's metadata that are defaults for its rows.
_SHARED = ("author", "basis", "date", "confidence", "rationale")


def rows(content: str, facts: dict[str, Any], name: str) -> tuple[Mapping, ...]:
    """Build the mappings of a table that is known to be valid; *facts* is the metadata of its set, *name*."""
    # The cells of a table are text, whereas a confidence is a number in JSON.
    shared = {fact: str(facts[fact]) for fact in _SHARED if facts.get(fact) is not None}
    table = csv.reader(io.StringIO(content), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(table)
    found = []
    for cells in table:
        row = shared | {column: cell for column, cell in zip(header, cells, strict=True) if cell}
        # The set names both editions, so it is known where nothing was found.
        empty = next((side for side in ("source", "target") if side not in row), None)
        searched = None if empty is None else EditionId.parse(facts[empty])
        source, target = (_end(row[side]) if side in row else None for side in ("source", "target"))
        found.append(mapping(row, (source, target), name, searched))
    return tuple(found)


@functools.cache
def load(name: str) -> tuple[Mapping, ...]:
    """
    Return the mappings of a set that ships, in the order of its file.

    Raises:
        UnknownTerm: no set has this name.
    """
    if (known := edition_mappings(name)) is not None:
        return known
    if name not in _register():
        vocabulary = "set of mappings"
        raise unknown_term(vocabulary, name, tuple(item.name for item in sets()))
    return rows(read(f"mappings/{name}.tsv"), _register()[name], name)
