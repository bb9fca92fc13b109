"""
The tables that CSV, Markdown and XLSX share: checklist, responsibilities, elements, mappings, coverage and gaps.

In addition to its rows, a table has facts for its reader: the subject of the rows, their licence, and the filters with
which they were selected. `aicop.interop.columns` defines and explains the columns.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from aicop._notebook import shown
from aicop.catalogue.responsibility import responsibility_matrix
from aicop.errors import count_phrase
from aicop.frameworks.own_columns import own_heading
from aicop.frameworks.writer import own_columns
from aicop.ids import StatementId
from aicop.interop.columns import (
    ALIASES,
    AMENDED,
    CHECKLIST,
    CONTROLS,
    COVERAGE,
    GAPS,
    MAPPINGS,
    NEEDS_REVIEW,
    NOT_JUDGED,
    RESPONSIBILITIES,
    WARNINGS,
    WORK,
    Column,
    Fact,
    as_columns,
)
from aicop.manifest import document_entries, framework_entries
from aicop.mappings.shipped import sets
from aicop.model.converters import as_tuple
from aicop.model.framework import ALIAS_SEPARATOR
from aicop.vocabulary import Attribution, MappingBasis, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue, OneOrMore, Word
    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.ids import PrincipleId
    from aicop.model.edition import Edition, Provision, Source, Statement
    from aicop.model.framework import FrameworkEdition
    from aicop.model.mapping import Mapping

Cell = str | int | None
"""The content of a cell; None if it is empty."""


@shown
@attrs.frozen(kw_only=True, repr=False)
class Table:
    """Rows of plain cells under explained columns."""

    name: str
    columns: tuple[Column, ...] = attrs.field(converter=as_columns)
    """A string means a column of that name."""
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=as_tuple[tuple[Cell, ...], ...])
    about: tuple[Fact, ...] = attrs.field(default=(), converter=as_tuple[Fact, ...])
    """Facts about the edition, framework or crosswalk, in order; a label may occur more than once."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, for the header of a CSV file."""
        return tuple(column.name for column in self.columns)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns, for workbooks and documents."""
        return tuple(column.heading for column in self.columns)


DATED = frozenset({"Published", "Mapping dates", "Day of the report"})
"""The labels of facts that contain dates of the data, as ISO days, months or years."""
FILTER = "Filter"
"""The label of the fact that describes the selected part of an edition."""
MAX_LIST_LENGTH = 2000
"""The maximum length of a list of identifiers in one cell: a row of a spreadsheet shows no more than about 25 lines."""


def who(statement: Statement) -> str:
    """Return the duty holders of a statement as text, with a note in brackets if the sentence does not state them."""
    if statement.attribution is Attribution.STATED:
        return statement.who
    return f"{statement.who} ({statement.attribution})"


def _source(source: Source | None) -> Iterator[Fact]:
    if source is not None:
        yield "Source", f"{source.document}, {source.locator} ({source.grade}; read on {source.read})."


def _facts(edition: Edition | FrameworkEdition, chosen: Iterable[Fact] = ()) -> Iterator[Fact]:
    """Yield the facts that editions and other frameworks share, with the filter right after the name."""
    yield "Title", edition.title
    yield "Edition", str(edition.id)
    yield from chosen
    pairs = {
        "Publisher": edition.publisher,
        "Published": edition.published,
        "Status": f"{edition.status}, checked on {edition.checked}" if edition.checked else edition.status.value,
        "Web address": edition.address,
        "Licence": edition.licence,
    }
    yield from ((name, said) for name, said in pairs.items() if said)
    yield from _source(edition.source)


def _edition_facts(catalogue: Catalogue, chosen: Iterable[Fact] = ()) -> tuple[Fact, ...]:
    edition = catalogue.edition
    statements = sum(len(item.statements) for item in catalogue.values())
    parts = sum(item.parent is not None for item in catalogue.values())
    grades = Counter(item.source.grade.value for item in catalogue.values())
    known = ", ".join(f"{count} {grade}" for grade, count in grades.items())
    contents = (
        f"The whole edition: {count_phrase(len(catalogue.principles), 'principle')}; "
        f"{count_phrase(len(catalogue), 'provision')}, of which "
        f"{parts} {'is a sub-provision' if parts == 1 else 'are sub-provisions'}; "
        f"{count_phrase(statements, 'statement')}."
    )
    return (
        *_facts(edition, chosen),
        *([("Legal status", edition.force)] if edition.force else []),
        ("Data quality", f"Provisions by how they are known: {known}. Direct means that the publication was read."),
        *([("Extent", edition.ships)] if edition.ships else []),
        ("Contents", contents),
    )


def _framework_facts(framework: Framework) -> tuple[Fact, ...]:
    edition = framework.edition
    kinds = Counter(item.kind for item in framework.controls)
    contents = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in kinds.items())
    facts = [
        *_facts(edition),
        ("Identifiers", "Those of the publisher." if edition.ids_official else "Not those of the publisher."),
        ("Titles", edition.titles),
        ("Contents", f"{count_phrase(len(framework), 'element')}: {contents}"),
    ]
    if framework.withdrawn:
        facts.append(
            (
                "Withdrawn",
                f"{count_phrase(len(framework.withdrawn), 'element')} that the publisher withdrew; not listed.",
            )
        )
    if framework.amended:
        count = count_phrase(len(framework.amended), "element")
        facts.append(("Amended", f"{count} that a later text deleted or changed; see the column of that name."))
    if edition.note:
        facts.append(("Note", edition.note))
    return tuple(facts)


def short_name(framework: Framework) -> str:
    """
    Return the common name of an edition or framework, or its title if it does not ship.

    >>> from aicop.frameworks import load
    >>> short_name(load("iso-iec-42001"))
    'ISO/IEC 42001:2023'
    """
    for document in document_entries():
        if document.key == framework.id.document and framework.id.label in document.editions:
            return document.names[0]
    for entry in framework_entries():
        if entry.id == framework.id:
            # The first name is the key.
            named = f"{entry.names[1]} {entry.id.label}"
            return entry.edition_names[0] if entry.edition_names else named
    return framework.edition.title


def _without_author(row: Mapping) -> str:
    """Return who made a mapping that states no author."""
    return "rule from your own file" if row.basis is MappingBasis.DERIVED else "an author who is not stated"


def _set_facts(crosswalk: Crosswalk) -> Iterator[Fact]:
    """Yield a fact per set of mappings in the crosswalk, with its authors and its licence."""
    rows: dict[str, list[Mapping]] = {}
    for row in crosswalk.mappings:
        rows.setdefault(row.set, []).append(row)
    # Only shipped sets have a recorded licence; the licence of a user's own mappings is not stated.
    licences = {item.name: item.licence for item in sets()}
    for name, several in rows.items():
        authors = ", ".join(dict.fromkeys(row.author or _without_author(row) for row in several))
        bases = ", ".join(dict.fromkeys(row.basis.value for row in several))
        licence = licences.get(name, "not stated")
        count = count_phrase(len(several), "row")
        yield "Mappings", f"{count} by {authors}; basis: {bases}; licence: {licence}; set: {name}."


def _crosswalk_facts(crosswalk: Crosswalk) -> tuple[Fact, ...]:
    source, target = crosswalk.source.edition, crosswalk.target.edition
    dates = sorted(row.date for row in crosswalk.mappings if row.date is not None)
    return (
        ("Title", f"{short_name(crosswalk.source)} mapped to {short_name(crosswalk.target)}"),
        ("Source", f"{source.id}: {source.title}; licence: {source.licence or 'not stated'}"),
        ("Target", f"{target.id}: {target.title}; licence: {target.licence or 'not stated'}"),
        *_set_facts(crosswalk),
        # If the oldest and the newest date are the same, only one is shown.
        *([("Mapping dates", " to ".join(dict.fromkeys((dates[0], dates[-1]))))] if dates else []),
        ("Coverage", str(crosswalk.coverage())),
        *_warned_facts(crosswalk),
    )


def _warned_facts(crosswalk: Crosswalk) -> Iterator[Fact]:
    """Yield the fact that some rows are about elements that a later text deleted or changed."""
    if warned := crosswalk.claims_with_warnings():
        count = count_phrase(len(warned), "mapping")
        yield "Warnings", f"A later text deleted or changed elements of {count}; see the column {WARNINGS}."


def _checklist_row(catalogue: Catalogue, item: Provision, said: Statement) -> tuple[Cell, ...]:
    principle = catalogue.principle(item.principle)
    # If a provision has a single statement, the provision's shorter key is used.
    key = item.id if len(item.statements) == 1 else StatementId(item.id, said.ordinal)
    others = "; ".join(f"{other.party} ({other.capacity})" for other in said.counterparties)
    return (
        str(key),
        f"{principle.id.number} {principle.title}",
        item.title,
        catalogue.phase(item.phase).title,
        who(said),
        said.modality.value,
        said.action,
        said.condition,
        others or None,
        *(None for _ in WORK),
    )


def checklist(
    catalogue: Catalogue,
    *,
    role: OneOrMore | None = None,
    modality: OneOrMore | None = None,
    principle: PrincipleId | int | str | None = None,
) -> Table:
    """
    Return a checklist: one row per selected statement, with empty columns for status, evidence, owner and notes.

    A statement is selected if it matches all arguments; given several roles or modalities, it matches any of them.

    >>> from aicop import load
    >>> checklist(load("uk-ai-cop"), role="End-user").rows[0][:2]
    ('uk-ai-cop@2025-01:5.4', '5 Identify, track and protect your assets')

    Raises:
        UnknownTerm: there is no such role or modality.
        UnknownKey: *principle* is not in this edition.
    """
    # The words are in the order of their vocabularies, so that equal selections have equal descriptions.
    holders, verbs = _terms(Role, role), _terms(Modality, modality)
    found = catalogue.select(role=holders, modality=verbs, principle=principle)
    rows = tuple(_checklist_row(catalogue, match.provision, said) for match in found for said in match.statements)
    under = None if principle is None else (str(catalogue.principle(principle).id.number),)
    asked = {"duty holder": holders, "verb": verbs, "principle": under}
    words = "; ".join(f"{what} {' or '.join(given)}" for what, given in asked.items() if given is not None)
    chosen = [(FILTER, f"{words[0].upper()}{words[1:]} ({count_phrase(len(rows), 'statement')})")] if words else []
    return Table(name="Checklist", columns=CHECKLIST, rows=rows, about=_edition_facts(catalogue, chosen))


def responsibilities(catalogue: Catalogue) -> Table:
    """
    Return the responsibility matrix: one row per provision, with the part of each role.

    >>> from aicop import load
    >>> responsibilities(load("uk-ai-cop")).rows[1][-2:]
    ('shall (carried over)', 'staff members: trained')
    """
    rows = (
        (
            str(row.provision),
            row.title,
            catalogue.phase(row.phase).title,
            *("; ".join(words) or None for words in (*map(row.words, Role), row.other_words)),
        )
        for row in responsibility_matrix(catalogue).rows
    )
    return Table(name="Responsibilities", columns=RESPONSIBILITIES, rows=rows, about=_edition_facts(catalogue))


def _terms(vocabulary: type[Word], given: OneOrMore | None) -> tuple[Word, ...] | None:
    """Return the requested terms in the order of their vocabulary, or None if none were requested."""
    if given is None:
        return None
    asked = {term(vocabulary, word) for word in ((given,) if isinstance(given, str) else given)}
    return tuple(word for word in vocabulary if word in asked)


def _own_column(name: str) -> Column:
    return Column(name=own_heading(name), explanation="A column of your own, with the text of your file.", is_own=True)


def controls(framework: Framework) -> Table:
    """
    Return one row per element of a framework, in the columns that `aicop.frameworks.loads` reads.

    If an element has aliases, there is a column for them. The user's own columns come last.

    >>> from aicop.frameworks import load
    >>> controls(load("iso-iec-42001")).rows[0]
    ('4', None, 'clause', 'Context of the organization', 'requirement', None)
    """
    own = own_columns(framework)
    amended = (AMENDED,) if any(item.amended for item in framework.controls) else ()
    named = (ALIASES,) if any(item.aliases for item in framework.controls) else ()
    rows = (
        (
            item.id.local,
            None if item.parent is None else item.parent.local,
            item.kind,
            item.title,
            item.nature.value,
            item.words,
            *(item.amended for _ in amended),
            *(ALIAS_SEPARATOR.join(item.aliases) or None for _ in named),
            *(dict(item.extra).get(name) or None for name in own),
        )
        for item in framework.controls
    )
    columns = (*CONTROLS, *amended, *named, *map(_own_column, own))
    return Table(name="Controls", columns=columns, rows=rows, about=_framework_facts(framework))


def _without_empty(name: str, table: Table) -> Table:
    """Return a table without the column *name* if no row has anything in it."""
    place = [column.name for column in table.columns].index(name)
    if any(row[place] for row in table.rows):
        return table
    columns = (*table.columns[:place], *table.columns[place + 1 :])
    return attrs.evolve(table, columns=columns, rows=[(*row[:place], *row[place + 1 :]) for row in table.rows])


_LINKS = frozenset({"mitigates", "is mitigated by", "cites", "is cited by", "corresponds to"})
"""Relationships whose strength need not be judged in both directions."""


def _with_unjudged(row: dict[str, Any], names: Iterable[str]) -> Iterator[Cell]:
    """Yield the cells of a row of a table, which say where a strength was not judged."""
    judged = row["source"] and row["target"] and row["relationship"] not in _LINKS
    for name in names:
        cell = row.get(name)
        yield NOT_JUDGED if name in {"strength", "reverse_strength"} and cell in {None, ""} and judged else cell


def mappings(crosswalk: Crosswalk) -> Table:
    """Return one row per claim of a crosswalk, whether stated, inverted or derived."""
    names = (
        *("source", "source_title", "relationship", "target", "target_title", "strength", "remainder"),
        *("reverse_strength", "reverse_remainder", "confidence", "rationale", "basis", "author", "date"),
    )
    rows = (
        (
            *(None if cell == "" else cell for cell in _with_unjudged(row, names)),
            "yes" if row["suspect"] else None,
            row["warnings"] or None,
        )
        for row in crosswalk.table()
    )
    table = Table(name="Mappings", columns=MAPPINGS, rows=rows, about=_crosswalk_facts(crosswalk))
    return _without_empty(NEEDS_REVIEW, _without_empty(WARNINGS, table))


def _lists(ids: Iterable[str]) -> Iterator[str]:
    """Yield as few comma-separated lists of the identifiers as `MAX_LIST_LENGTH` allows."""
    text = ""
    for item in ids:
        if text and len(text) + len(item) + 2 > MAX_LIST_LENGTH:
            yield text
            text = ""
        text = f"{text}, {item}" if text else item
    if text:
        yield text


def coverage(crosswalk: Crosswalk) -> Table:
    """Return one row per class of coverage, with its count and items; a long list continues in rows below."""
    report = crosswalk.coverage()
    of = f"{report.denominator}, mapped to {report.target}"
    rows: list[tuple[Cell, ...]] = []
    for known, count in report.counts.items():
        first, *more = list(_lists(key.local for key in report.of(known))) or [""]
        bands = report.bands[known].values()
        rows.append((known.value, count, *bands, of, first or None))
        rows += [(known.value, None, *(None for _ in bands), None, rest) for rest in more]
    return Table(name="Coverage", columns=COVERAGE, rows=rows, about=_crosswalk_facts(crosswalk))


def gaps(crosswalk: Crosswalk) -> Table:
    """Return one row per item of the source that is not fully covered, with its class, strength and remainders."""
    rows = (
        (
            str(gap.item),
            crosswalk.source.title(gap.item),
            gap.coverage.value,
            gap.strength,
            gap.band and gap.band.value,
            "; ".join(gap.remainders) or None,
        )
        for gap in crosswalk.gaps()
    )
    return Table(name="Gaps", columns=GAPS, rows=rows, about=_crosswalk_facts(crosswalk))
