"""
Write crosswalks as SSSOM/TSV 1.0: a table of mappings with an embedded YAML header, whose lines begin with ``#``.

Ids are CURIEs with one prefix per edition, and expand to aicop IRIs. SKOS has predicates for equal-to, subset-of and
superset-of; all others are in aicop's namespace, `aicop.interop.common.identifiers.BASE`. A source without a
counterpart is *related-to* ``sssom:NoTermFound``, which is in turn *related-to* a target without one. Facts for which
SSSOM has no slot are written to extension slots, which the header defines. Header and columns have the canonical order
of SSSOM, and rows the order of the crosswalk.

`FORMAT` lists the facts that are lost.

Source: SSSOM 1.0, data model and SSSOM/TSV.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from aicop.files.yaml_text import dump_yaml
from aicop.ids import JointId
from aicop.interop.common.format import Format
from aicop.interop.common.identifiers import BASE, day, iri
from aicop.interop.common.rows import rows_of
from aicop.interop.sssom.reader import EXTENSIONS, OURS, SSSOM, loads
from aicop.mappings.shipped import sets
from aicop.mappings.writer import cells as cells_of
from aicop.relations import Scheme, word_for
from aicop.vocabulary import MappingBasis, Predicate, Relation

if TYPE_CHECKING:
    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, End, Key
    from aicop.interop.common.protocol import Sample
    from aicop.model.mapping import Mapping as Row

__all__ = ["FORMAT", "dumps", "loads"]

FORMAT = Format(
    name="sssom",
    title="SSSOM/TSV 1.0",
    suffix=".sssom.tsv",
    writes=("crosswalk",),
    reads=("crosswalk",),
    predicates=tuple(Predicate),
    keeps="every row with all its fields, and the editions on both sides",
    loses=(
        "the name of the set that a row belongs to",
        "joint mappings, of several elements taken together",
        "separate judgements of one pair by the same author: merged into one when read",
        "the two frameworks, except for the titles of mapped elements",
    ),
    extra="yaml",
    resources=True,
)


_JUSTIFIED = re.compile(r"^#.*\bcurie_map\b|\b(?:mapping_justification|match_type)\b", re.MULTILINE)


def recognises(sample: Sample) -> bool:
    """Return whether a file is a table with SSSOM's column of predicates, and with its prefixes or justifications."""
    return "predicate_id" in sample.first_row and _JUSTIFIED.search(sample.text) is not None


_OWN = "aicop"
_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
# The canonical order of SSSOM.
_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"),
    *("author_label", "mapping_date", "confidence", "comment"),
)
_SLOT = {name: f"ext_{name}" for name in EXTENSIONS}
_UNSPECIFIED = "semapv:UnspecifiedMatching"
_BY_HAND = "semapv:ManualMappingCuration"
_JUSTIFICATION = {
    MappingBasis.PUBLISHED: _UNSPECIFIED,
    MappingBasis.GUIDE: _UNSPECIFIED,
    MappingBasis.EDITORIAL: _BY_HAND,
    MappingBasis.OWN: _BY_HAND,
    MappingBasis.IMPORTED: _UNSPECIFIED,
    MappingBasis.DERIVED: "semapv:MappingChaining",
}
_LICENCES = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_NO_LICENCE = f"{SSSOM}license/unspecified"


def _prefix(edition: EditionId) -> str:
    """Return the prefix of an edition, which is unique because keys and labels contain no underscore."""
    # A prefix begins with a letter or an underscore.
    name = f"{edition.document}_{edition.label}"
    return name if name[0].isalpha() else f"_{name}"


def _curie(key: Key) -> str:
    """Return the CURIE of an element."""
    local = iri(key).removeprefix(f"{iri(key.edition)}:")
    return f"{_prefix(key.edition)}:{local}"


def _predicate_curie(word: Predicate) -> str:
    """Return the CURIE of a predicate: from SKOS if possible, otherwise from aicop."""
    skos = word_for(Relation(word.value), Scheme.SKOS) if word.value in set(Relation) else None
    return f"{_OWN}:{word}" if skos is None else f"skos:{skos}"


_PREDICATE_CURIES = {word: _predicate_curie(word) for word in Predicate} | {
    Predicate.NOTHING: _predicate_curie(Predicate.RELATED)
}


def _end(end: End | None) -> str:
    """Return the CURIE of one side of a row, or that nothing was found. SSSOM has no joint rows."""
    assert not isinstance(end, JointId)
    return "sssom:NoTermFound" if end is None else _curie(end)


def _label(framework: Framework, end: End | None) -> str:
    """Return the title of one side of a row; empty if it has none."""
    assert not isinstance(end, JointId)
    return "" if end is None else framework.title(end) or ""


def _cells(row: Row, crosswalk: Crosswalk) -> dict[str, str]:
    """Return the cells of a mapping, by slot."""
    own = cells_of(row)
    source, target = crosswalk.source, crosswalk.target
    return {
        "subject_id": _end(row.source),
        "subject_label": _label(source, row.source),
        "predicate_id": _PREDICATE_CURIES[row.predicate],
        "object_id": _end(row.target),
        "object_label": _label(target, row.target),
        "mapping_justification": _JUSTIFICATION[row.basis],
        "author_label": own["author"].replace("|", r"\|"),
        "mapping_date": day(own["date"]),
        # SSSOM measures confidence from 0 to 1.
        "confidence": "" if row.confidence is None else f"{row.confidence / 10:g}",
        "comment": own["rationale"],
        _SLOT["month"]: "" if row.date is None or day(row.date) == row.date else row.date,
        **{slot: own[OURS.get(name, name)] for name, slot in _SLOT.items() if name != "month"},
    }


def _licence(rows: tuple[Row, ...]) -> dict[str, str]:
    """
    Return the licence of the rows, or a comment that names the licences of the shipped sets.

    The slot for the licence is used only if all rows are from shipped sets with the same licence, and it has a URL.
    """
    known = {item.name: item for item in sets()}
    names = sorted({row.set for row in rows})
    shipped = [known[name] for name in names if name in known]
    licences = sorted({item.licence for item in shipped if item.licence is not None})
    if len(names) == len(shipped) and len(licences) == 1 and licences[0] in _LICENCES:
        return {"license": _LICENCES[licences[0]]}
    return {"comment": f"Licence of the shipped mapping sets: {'; '.join(licences)}."} if licences else {}


def _header(crosswalk: Crosswalk, rows: tuple[Row, ...], shared: str, used: list[str]) -> dict[str, Any]:
    """Return the header, with its slots in the order of the SSSOM schema; *used* are the extension fields."""
    source, target = crosswalk.source, crosswalk.target
    ends = {_prefix(edition): f"{iri(edition)}:" for edition in (source.id, target.id)}
    facts = {
        "curie_map": dict(sorted({_OWN: BASE, **ends}.items())),
        "mapping_set_id": iri(f"{source.id}--{target.id}"),
        "mapping_set_title": f"Mapping from {source.id} to {target.id}",
        "license": _NO_LICENCE,
        "subject_source": f"{_OWN}:{iri(source.id).removeprefix(BASE)}",
        "subject_source_version": source.id.label,
        "object_source": f"{_OWN}:{iri(target.id).removeprefix(BASE)}",
        "object_source_version": target.id.label,
        "mapping_date": shared,
        "comment": "",
        "extension_definitions": [_definition(name) for name in used],
    } | _licence(rows)
    return {name: value for name, value in facts.items() if value}


def dumps(item: Crosswalk) -> str:
    """Write the rows of a crosswalk as SSSOM/TSV."""
    rows = rows_of(item, FORMAT.predicates, joint=FORMAT.joint).rows
    table = [_cells(row, item) for row in rows]
    filled = {name for cells in table for name, cell in cells.items() if cell}
    used = [name for name in EXTENSIONS if _SLOT[name] in filled]
    # In the canonical form of SSSOM, a date that all rows have in common is stated only in the header.
    dates = {cells["mapping_date"] for cells in table}
    shared = dates.pop() if len(dates) == 1 else ""
    left = filled | set(_NEEDED)
    columns = [
        name
        for name in (*_COLUMNS, *map(_SLOT.__getitem__, used))
        if name in left and not (shared and name == "mapping_date")
    ]
    stream = io.StringIO()
    stream.writelines(f"#{line}\n" for line in dump_yaml(_header(item, rows, shared, used)).splitlines())
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cells[name] for name in columns] for cells in table)
    return stream.getvalue()


def _definition(name: str) -> dict[str, str]:
    """Return the definition of an extension slot for the header."""
    kind = {"type_hint": "xsd:integer"} if name in {"strength", "reverse_strength"} else {}
    return {"slot_name": _SLOT[name], "property": f"{_OWN}:{name}"} | kind
