"""Editions as plain data for the explorer: provisions, guidance, and what changed from one edition to another."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from aicop.assessment.editing.exchange import row_digest
from aicop.assessment.status.statements import statements_of
from aicop.errors import NoLineage
from aicop.ids import StatementId
from aicop.records import to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.catalogue.catalogue import Catalogue
    from aicop.library.library import Library
    from aicop.model.edition import Guidance, Principle, Provision, Source, Statement
    from aicop.model.lineage import LineageRow
    from aicop.report.explorer.texts import Texts

Plain = dict[str, Any]
"""An object of JSON."""


class Guides:
    """The entries of the Implementation Guide, which several editions share."""

    def __init__(self) -> None:
        self._places: dict[Guidance, int] = {}

    def place(self, entry: Guidance | None) -> int | None:
        """Return the place of an entry, which is added if it is new."""
        return None if entry is None else self._places.setdefault(entry, len(self._places))

    @property
    def all(self) -> list[Plain]:
        """The entries, by place."""
        return [_guidance(entry) for entry in self._places]


def _guidance(entry: Guidance) -> Plain:
    found: Plain = to_plain(entry)
    return found | {"threats": [threat.key for threat in entry.threats], "source": source_of(entry.source)}


def source_of(source: Source) -> Plain:
    """Return where a record comes from, without what is the same for all records of an edition."""
    return {"document": source.document, "locator": source.locator, "grade": source.grade.value, "note": source.note}


def edition_data(catalogue: Catalogue, guides: Guides) -> Plain:
    """Return an edition with its phases, principles and provisions."""
    edition = catalogue.edition
    facts: Plain = to_plain(edition)
    return facts | {
        "key": str(edition.id),
        "published": edition.published,
        "source": source_of(edition.source),
        "phases": [{"key": str(item.id), "title": item.title, "clause": item.clause} for item in catalogue.phases],
        "principles": [_principle(item) for item in catalogue.principles],
        "provisions": [_provision(catalogue, item, guides) for item in catalogue.values()],
        "scope": [{"statement": item.statement, "source": source_of(item.source)} for item in catalogue.scope],
        "stakeholders": [
            {"role": item.role.value, "definition": item.definition, "ai_act_roles": to_plain(item.ai_act_roles)}
            for item in catalogue.stakeholders
        ],
        "terms": [{"name": item.name, "definition": item.definition} for item in catalogue.terms],
    }


def _principle(item: Principle) -> Plain:
    found: Plain = to_plain(item)
    return found | {"key": str(item.id), "number": item.id.local, "source": source_of(item.source)}


def _provision(catalogue: Catalogue, item: Provision, guides: Guides) -> Plain:
    return {
        "key": str(item.id),
        "number": item.number,
        "title": item.title,
        "principle": str(item.principle),
        "phase": str(item.phase),
        "parent": to_plain(item.parent),
        "statements": [_statement(catalogue, StatementId(item.id, said.ordinal), said) for said in item.statements],
        "pointers": to_plain(item.pointers),
        "guidance": guides.place(item.guidance),
        "source": source_of(item.source),
        "annotations": to_plain(item.annotations),
    }


def _statement(catalogue: Catalogue, key: StatementId, said: Statement) -> Plain:
    found: Plain = to_plain(said)
    del found["source"], found["ordinal"]
    return found | {
        "key": str(key),
        "who": said.who,
        "digest": statements_of(catalogue).digests[key],
        # That of a row without a verdict, so that a verdict which is set in a page merges into an empty row.
        "blank": row_digest(key, None, {}),
    }


def lineages_data(library: Library, catalogues: Sequence[Catalogue], texts: Texts) -> list[Plain]:
    """Return what changed between each two editions that a lineage connects; rows read from old to new."""
    found = []
    for old, new in itertools.combinations(catalogues, 2):
        try:
            comparison = library.compare(old.id, new.id)
        except NoLineage:
            continue
        rows = [_lineage_row(row, texts) for row in comparison.rows]
        counts = {"rows": len(rows), "changed": len(comparison.changed), "review": len(comparison.review)}
        found.append({"old": str(old.id), "new": str(new.id), "rows": rows, "counts": counts})
    return found


def _lineage_row(row: LineageRow, texts: Texts) -> list[Any]:
    return [
        to_plain(row.old),
        to_plain(row.new),
        [change.value for change in row.changes],
        row.grade.value,
        *map(texts.place, (row.note, row.reverse_note, row.review, row.reverse_review)),
    ]
