"""
Tables for the spreadsheet and document formats: checklist, controls, mappings, coverage and gaps.

Besides its rows, a table has facts about its subject, such as title and licence, and a legend for columns and words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from aicop.ids import StatementId
from aicop.mappings.shipped import sets
from aicop.model.converters import as_tuple
from aicop.relations import READING
from aicop.vocabulary import Attribution, Coverage, Modality, Relation, Role, term

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
Fact = tuple[str, str]
"""A label and its text."""


@attrs.frozen(kw_only=True)
class Table:
    """A named table of plain cells, with facts about its subject and a legend."""

    name: str
    columns: tuple[str, ...] = attrs.field(converter=as_tuple)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=as_tuple)
    widths: tuple[int, ...] = attrs.field(converter=as_tuple)
    """The recommended width of each column, in characters."""
    about: tuple[Fact, ...] = attrs.field(default=(), converter=as_tuple)
    """The facts about its subject, in order; a label may occur twice."""
    legend: tuple[Fact, ...] = attrs.field(default=(), converter=as_tuple)
    """Explanations of its columns and words, in order."""


DATED = frozenset({"Published", "Dated"})
"""The labels of the facts that date the data, by ISO days, months or years."""

STATUS = "Status"
"""The column for the user's progress on a statement."""
STATUSES = ("Not started", "In progress", "Partly met", "Met", "Not applicable")
"""The values that may be entered in the status column."""
WORK = (STATUS, "Evidence", "Owner", "Notes")
"""The columns of a checklist that are left empty for the user to fill in."""

_CHECKLIST = {
    "Key": 26,
    "Principle": 26,
    "Title": 30,
    "Phase": 16,
    "Who": 22,
    "Verb": 8,
    "What": 60,
    "When": 30,
    "Counterparties": 26,
    **dict(zip(WORK, (15, 36, 18, 36), strict=True)),
}
_CONTROLS = {"id": 20, "parent": 16, "kind": 16, "title": 50, "nature": 14, "words": 70}
_MAPPINGS = {
    "Source": 28,
    "Source title": 34,
    "Says": 18,
    "Target": 28,
    "Target title": 34,
    "Strength": 10,
    "Left open": 34,
    "Confidence": 11,
    "Why": 60,
    "Basis": 12,
    "Author": 18,
    "Date": 12,
    "Suspect": 9,
}
_COVERAGE = {"Class": 24, "Count": 8, "Of": 50, "Ids": 90}
_GAPS = {"Item": 28, "Title": 40, "Class": 24, "Strength": 10, "Left open": 70}
# The five dictionaries above map columns to widths.

_READ_STATEMENTS = (
    ("Key", "The provision; where it has several statements, the statement, with its number after #."),
    (
        "Who",
        "Who carries the duty. Carried over: named in what stands before. Implied: left by a passive to be inferred.",
    ),
    ("Verb", "As printed: shall asks, should advises, may allows, can says what is possible."),
    ("Counterparties", "Whom the statement names without binding them, and in which capacity."),
    ("Wording", "What and When restate the publication in other words. What binds is the publication."),
)
_READ_MAPPINGS = (
    ("Says", "Always read: the source, what is said, the target."),
    *((relation.value, f"{READING[relation].capitalize()}.") for relation in Relation),
    ("mitigates", "The source makes a risk or technique less likely, limits its harm or brings it to light."),
    ("corresponds to", "Two roles, stages, risks or techniques that mean about the same."),
    ("cites", "The source names a document."),
    ("related, type not stated", "They ask something in common; nobody says how much."),
    ("nothing found", "The target was gone through, and nothing in it is related."),
    (
        "Strength",
        "0 to 10: how much of what the source asks the target asks too; of mitigates, how much of the risk is met.",
    ),
    ("Left open", "What the target leaves open of the source; of mitigates, what is left open of the risk."),
    ("Confidence", "0 to 10: how sure the maker is, which is another thing than strength."),
    ("Suspect", "Yes where one side says something else now than when it was judged."),
)
_READ_COVERAGE = (
    (Coverage.COVERED.value, "Some element of the target asks all that the item asks, for certain."),
    (Coverage.PARTLY.value, "Something is shared for certain, or it is mitigated."),
    (Coverage.OPEN.value, "There are mappings, and they leave open whether anything is shared."),
    (Coverage.NOT_COVERED.value, "It was looked at, and nothing related was found."),
    (Coverage.UNSEEN.value, "No mapping speaks of it."),
)
_READ_CROSSWALK = (*_READ_MAPPINGS, *_READ_COVERAGE)


def _table(
    name: str, columns: dict[str, int], rows: Iterable[tuple[Cell, ...]], about: Iterable[Fact], legend: Iterable[Fact]
) -> Table:
    return Table(name=name, columns=columns, rows=rows, widths=columns.values(), about=about, legend=legend)


def who(statement: Statement) -> str:
    """Return the duty holders of a statement, with the attribution in brackets unless the sentence names them."""
    if statement.attribution is Attribution.STATED:
        return statement.who
    return f"{statement.who} ({statement.attribution})"


def _source(source: Source | None) -> Iterator[Fact]:
    if source is not None:
        yield "Known from", f"{source.document}, {source.locator}; {source.grade}, read on {source.read}."


def _facts(edition: Edition | FrameworkEdition) -> Iterator[Fact]:
    """Yield the facts that editions and other frameworks share."""
    yield "Title", edition.title
    yield "Edition", str(edition.id)
    pairs = {
        "Publisher": edition.publisher,
        "Published": edition.published,
        "Status": edition.status.value,
        "Address": edition.address,
        "Licence": edition.licence,
    }
    yield from ((name, said) for name, said in pairs.items() if said)
    yield from _source(edition.source)


def _of_edition(catalogue: Catalogue) -> tuple[Fact, ...]:
    edition = catalogue.edition
    statements = sum(len(item.statements) for item in catalogue.values())
    parts = sum(item.parent is not None for item in catalogue.values())
    grades = Counter(item.source.grade.value for item in catalogue.values())
    known = ", ".join(f"{count} {grade}" for grade, count in grades.items())
    counted = (
        f"{len(catalogue.principles)} principles, {len(catalogue)} provisions of which {parts} are sub-provisions, "
        f"{statements} statements."
    )
    return (
        *_facts(edition),
        ("Force", edition.force),
        ("Provisions known", f"{known}; direct means that the text itself was read"),
        ("Carried", edition.ships),
        ("Counted", counted),
    )


def _of_framework(framework: Framework) -> tuple[Fact, ...]:
    edition = framework.edition
    kinds = Counter(item.kind for item in framework.controls)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    facts = [
        *_facts(edition),
        ("Ids", "the publisher's" if edition.ids_official else "not the publisher's"),
        ("Titles", edition.titles),
        ("Counted", f"{len(framework)} elements: {counted}"),
    ]
    if framework.withdrawn:
        facts.append(("Withdrawn", f"{len(framework.withdrawn)} elements, which are not listed."))
    if edition.note:
        facts.append(("Note", edition.note))
    return tuple(facts)


def _makers(crosswalk: Crosswalk) -> Iterator[Fact]:
    """Yield a fact for each mapping set of a crosswalk: its number of rows, authors, bases and licence."""
    rows: dict[str, list[Mapping]] = {}
    for row in crosswalk.mappings:
        rows.setdefault(row.set, []).append(row)
    # Only shipped sets have a recorded licence; that of a user's own mappings is not stated.
    licences = {item.name: item.licence for item in sets()}
    for name, several in rows.items():
        authors = dict.fromkeys(row.author or "maker not stated" for row in several)
        bases = dict.fromkeys(row.basis.value for row in several)
        licence = licences.get(name, "not stated")
        yield (
            "Mappings",
            f"{name}: {len(several)} by {', '.join(authors)}; {', '.join(bases)}; licence: {licence}.",
        )


def _of_crosswalk(crosswalk: Crosswalk) -> tuple[Fact, ...]:
    source, target = crosswalk.source.edition, crosswalk.target.edition
    dates = sorted(row.date for row in crosswalk.mappings if row.date is not None)
    return (
        ("Title", f"{source.title}: how it stands to {target.title}"),
        ("Source", f"{source.id}: {source.title}; licence: {source.licence or 'not stated'}"),
        ("Target", f"{target.id}: {target.title}; licence: {target.licence or 'not stated'}"),
        *_makers(crosswalk),
        # One date if the oldest and the newest are the same.
        *([("Dated", " to ".join(dict.fromkeys((dates[0], dates[-1]))))] if dates else []),
        ("Coverage", str(crosswalk.coverage())),
    )


def _checklist_row(catalogue: Catalogue, item: Provision, said: Statement) -> tuple[Cell, ...]:
    principle = catalogue.principle(item.principle)
    # The only statement of a provision has the provision's shorter key.
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
    duty_holder: OneOrMore | None = None,
    modality: OneOrMore | None = None,
    principle: PrincipleId | int | str | None = None,
) -> Table:
    """
    Return a checklist: one row per selected statement, with empty columns for status, evidence, owner and notes.

    A statement is selected if it matches all arguments; given several roles or modalities, it matches any of them.

    >>> from aicop import load
    >>> checklist(load("uk-ai-cop"), duty_holder="End-user").rows[0][:2]
    ('uk-ai-cop@2025-01:5.4', '5 Identify, track and protect your assets')

    Raises:
        UnknownTerm: there is no such role or modality.
        UnknownKey: *principle* is not in this edition.
    """
    # In the order of the vocabularies, so that equal selections have equal descriptions.
    holders, verbs = _terms(Role, duty_holder), _terms(Modality, modality)
    found = catalogue.select(duty_holder=holders, modality=verbs, principle=principle)
    rows = tuple(_checklist_row(catalogue, match.provision, said) for match in found for said in match.statements)
    under = None if principle is None else (str(catalogue.principle(principle).id.number),)
    asked = {"binds": holders, "says": verbs, "stands under principle": under}
    words = (f"{what} {' or '.join(given)}" for what, given in asked.items() if given is not None)
    chosen = " and ".join(words)
    about = (*_of_edition(catalogue), *((("Chosen", f"{len(rows)} statements: what {chosen}."),) if chosen else ()))
    return _table("Checklist", _CHECKLIST, rows, about, _READ_STATEMENTS)


def _terms(vocabulary: type[Word], given: OneOrMore | None) -> tuple[Word, ...] | None:
    """Return the requested terms in the order of their vocabulary, or None if none were requested."""
    if given is None:
        return None
    asked = {term(vocabulary, word) for word in ((given,) if isinstance(given, str) else given)}
    return tuple(word for word in vocabulary if word in asked)


def controls(framework: Framework) -> Table:
    """
    Return one row per element of a framework, in the columns that `aicop.frameworks.loads` reads.

    >>> from aicop.frameworks import load
    >>> controls(load("iso-iec-42001")).rows[0]
    ('4', None, 'clause', 'Context of the organization', 'requirement', None)
    """
    rows = (
        (
            item.id.local,
            None if item.parent is None else item.parent.local,
            item.kind,
            item.title,
            item.nature.value,
            item.words,
        )
        for item in framework.controls
    )
    return _table("Controls", _CONTROLS, rows, _of_framework(framework), ())


def mappings(crosswalk: Crosswalk) -> Table:
    """Return one row per claim of a crosswalk, whether stated, inverted or derived."""
    names = (
        *("source", "source_title", "relationship", "target", "target_title", "strength", "remainder", "confidence"),
        *("rationale", "basis", "author", "date"),
    )
    rows = (
        (*(None if row[name] == "" else row[name] for name in names), "yes" if row["suspect"] else None)
        for row in crosswalk.table()
    )
    return _table("Mappings", _MAPPINGS, rows, _of_crosswalk(crosswalk), _READ_CROSSWALK)


def coverage(crosswalk: Crosswalk) -> Table:
    """Return one row per class of coverage, with its count, the denominator and the ids."""
    report = crosswalk.coverage()
    of = f"{report.denominator}, by {report.target}"
    rows = (
        (known.value, count, of, ", ".join(key.local for key in report.of(known)) or None)
        for known, count in report.counts.items()
    )
    return _table("Coverage", _COVERAGE, rows, _of_crosswalk(crosswalk), _READ_CROSSWALK)


def gaps(crosswalk: Crosswalk) -> Table:
    """Return one row per item of the source that is not covered, with its class, strength and remainders."""
    rows = (
        (
            str(gap.item),
            crosswalk.source.title(gap.item),
            gap.coverage.value,
            gap.strength,
            "; ".join(gap.remainders) or None,
        )
        for gap in crosswalk.gaps()
    )
    return _table("Gaps", _GAPS, rows, _of_crosswalk(crosswalk), _READ_CROSSWALK)
