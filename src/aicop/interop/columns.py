"""
The columns of the tables in `aicop.interop.worksheets`, each with an explanation of its content.

Each definition of a column includes its explanation, so that no column can lack one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop.model.converters import as_tuple
from aicop.relations import READING
from aicop.vocabulary import (
    Attribution,
    Capacity,
    Coverage,
    MappingBasis,
    Modality,
    Nature,
    Relation,
    Role,
    StrengthBand,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Fact = tuple[str, str]
"""A label and a text."""


@shown
@attrs.frozen(kw_only=True, repr=False)
class Column:
    """A column of a table."""

    name: str
    """The header in CSV, which programs read; it does not change."""
    heading: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    """The header in workbooks and documents, which people read."""
    width: int = 30
    """The maximum width in a workbook, in characters; longer text is wrapped."""
    explanation: str = ""
    """One sentence about the content of the column; empty for a column of your own without an explanation."""
    values: tuple[Fact, ...] = attrs.field(default=(), converter=as_tuple[Fact, ...])
    """The possible words or numbers, each with its meaning; empty for free text."""
    is_key: bool = False
    """Whether it contains keys, which a workbook shows without their edition."""
    is_hidden: bool = False
    """Whether a workbook neither shows nor prints it."""
    is_own: bool = False
    """Whether it is a column of the user's own framework, whatever it is called."""


def as_columns(items: Iterable[Column | str]) -> tuple[Column, ...]:
    """Return *items* as columns; a string becomes a column of that name without an explanation."""
    return tuple(item if isinstance(item, Column) else Column(name=item) for item in items)


_MODALITIES = {
    Modality.SHALL: "A requirement.",
    Modality.SHOULD: "A recommendation.",
    Modality.MAY: "A permission.",
    Modality.CAN: "A possibility.",
}
_ATTRIBUTIONS = {
    Attribution.STATED: "No note: the sentence names the duty holder.",
    Attribution.CARRIED_OVER: "The sentence or the parent provision before it names the duty holder.",
    Attribution.IMPLIED: "The sentence is passive and leaves the duty holder to be inferred.",
}
_CAPACITIES = {
    Capacity.INFORMED: "Is told something.",
    Capacity.GIVEN: "Is handed a document, software, a component or access.",
    Capacity.INCLUDED: "Takes part in a discussion or decision.",
    Capacity.TRAINED: "Is trained, or has to keep up with the training.",
    Capacity.ENCOURAGED: "Is invited to act, without a duty.",
    Capacity.PROTECTED: "Is to be safer because of the action.",
    Capacity.SUPPORTED: "Gets help with a task of its own.",
    Capacity.SUPPORTING: "Helps the duty holder.",
    Capacity.ENGAGED: "Is hired or called in to do the work.",
    Capacity.ASSESSED: "Is assessed before or while others rely on it.",
    Capacity.CONTRACT_PARTY: "Is the other party to an agreement.",
    Capacity.SOURCE: "Wrote the specification that is followed.",
    Capacity.TRANSFEREE: "Receives ownership.",
    Capacity.GUARDED_AGAINST: "Might cause the abuse that the duty prevents.",
    Capacity.NAMED_IN_CONDITION: "Is named only in the condition of the duty.",
}
_NATURES = {
    Nature.REQUIREMENT: "Asks something of somebody.",
    Nature.MITIGATION: "Says what to do against a risk or technique.",
    Nature.RISK: "Something that may go wrong.",
    Nature.TECHNIQUE: "Something that an attacker does.",
    Nature.ROLE: "A person or organisation with a part to play.",
    Nature.STAGE: "A stage of a life cycle.",
    Nature.DOCUMENT: "A publication.",
    Nature.HEADING: "Only groups other elements.",
}
_BASES = {
    MappingBasis.PUBLISHED: "The publisher of one of the two frameworks says so.",
    MappingBasis.GUIDE: "The Implementation Guide of the UK Code says so.",
    MappingBasis.EDITORIAL: "The editors of aicop judged it.",
    MappingBasis.OWN: "Its author judged it.",
    MappingBasis.IMPORTED: "It was read from a file that does not state its basis.",
    MappingBasis.DERIVED: "It follows from other mappings.",
}
_COVERAGE_CLASSES = {
    Coverage.COVERED: "At least one element of the target certainly asks everything that the item asks.",
    Coverage.PARTLY: "The target certainly asks something of what the item asks, or the item is mitigated.",
    Coverage.OPEN: "There are mappings, but they do not say whether anything is shared.",
    Coverage.NOT_COVERED: "Somebody looked for a counterpart, and found none.",
    Coverage.UNSEEN: "No mapping is about the item.",
}
_RELATIONSHIPS = (
    *((relation.value, f"{READING[relation].capitalize()}.") for relation in Relation),
    ("equal-to or subset-of", "And other relationships joined by or: one of them holds, and it is not known which."),
    ("related, type not stated", "They ask something in common; nobody says how much."),
    ("mitigates", "The source makes the risk or technique less likely, limits its harm or brings it to light."),
    ("is mitigated by", "The same, where the risk or technique is the source."),
    ("corresponds to", "Two roles, stages, risks or techniques that mean about the same."),
    ("cites", "The source names the document."),
    ("is cited by", "The same, where the document is the source."),
    ("is related to", "A publisher lists the two as related."),
    ("is named together with", "A publisher names the two together; whether they share anything is not stated."),
    ("nothing found", "The whole target was searched, and nothing in it is related."),
    ("nothing is known", "Every relationship is still possible."),
    ("contradiction", "The mappings behind this row cannot all be true."),
)
_STRENGTHS = (
    ("10", "The target asks everything that the source asks."),
    ("1 to 9", "The target asks a part of it; more is a larger part."),
    ("0", "The target asks nothing of it."),
    ("empty", "Nobody judged it in this direction."),
)

_STRENGTHS_REVERSED = (
    ("10", "The source asks everything that the target asks."),
    ("1 to 9", "The source asks a part of it; more is a larger part."),
    ("0", "The source asks nothing of it."),
)
NOT_JUDGED = "not judged in this direction"
"""The text for a missing strength, in either direction."""

STATUS = "Status"
"""The column in which the reader of a checklist records progress."""
_STATUSES = {
    "Not started": "Nobody has worked on it.",
    "In progress": "Somebody is working on it.",
    "Partly met": "Some of the action is done and shown.",
    "Met": "The action is done and shown.",
    "Not applicable": "It does not apply; give the reason under Notes.",
}
STATUSES = tuple(_STATUSES)
"""The values of that column."""


def _column(name: str, width: int, explanation: str, heading: str | None = None) -> Column:
    return Column(name=name, heading=heading or name, width=width, explanation=explanation)


def _with_values(column: Column, values: Iterable[Fact]) -> Column:
    return attrs.evolve(column, values=tuple((str(value), meaning) for value, meaning in values))


def _key_column(name: str, explanation: str, heading: str | None = None) -> Column:
    return attrs.evolve(_column(name, 20, explanation, heading), is_key=True)


_WORK = (
    _with_values(_column(STATUS, 13, "How far you are; choose from the list. You fill it in."), _STATUSES.items()),
    _column("Evidence", 22, "The documents or records that show it. You fill it in."),
    _column("Owner", 12, "Who is responsible for it in your organisation. You fill it in."),
    _column("Notes", 20, "Anything else. You fill it in."),
)
WORK = tuple(column.name for column in _WORK)
"""The columns of a checklist that are left empty for the reader."""

CHECKLIST = (
    _key_column(
        "Key",
        "The number of the provision; if the provision has several statements, the number of the statement follows #.",
    ),
    _column("Principle", 24, "The principle that the provision belongs to, with its printed number and title."),
    _column("Title", 20, "A short title of the provision; it is ours, since the publication has none."),
    _column("Phase", 12, "The phase of the life cycle under which the principle is printed."),
    _with_values(
        _column("Duty holder", 16, "Who has to act, with a note in brackets if the sentence does not say so."),
        _ATTRIBUTIONS.items(),
    ),
    _with_values(
        _column("Verb", 8, "The verb of the statement as printed; it says how binding the statement is."),
        _MODALITIES.items(),
    ),
    _column(
        "Action",
        42,
        "What the duty holder has to do, restated in other words; only the publication itself is authoritative.",
    ),
    _column("Condition", 20, "When the statement applies, restated in other words; empty if it always does."),
    _with_values(
        _column("Counterparties", 18, "Others whom the statement names without binding them, each with its capacity."),
        _CAPACITIES.items(),
    ),
    *_WORK,
)
"""The columns of a checklist."""

RESPONSIBILITIES = (
    _key_column("Key", "The number of the provision."),
    _column("Title", 40, "A short title of the provision; it is ours, since the publication has none."),
    _column("Phase", 22, "The phase of the life cycle under which the principle is printed."),
    *(
        _column(
            role.value,
            18,
            f"The part of the {role}: the verb of each statement that binds it, or its capacity as a counterparty. "
            "The number of the statement follows #, if the provision has several.",
        )
        for role in Role
    ),
    _column("Others", 30, "The counterparties that are none of the roles, each with its capacity."),
)
"""The columns of the responsibility matrix; those of a checklist explain its words."""

CONTROLS = (
    _column("id", 22, "The identifier of the element.", "Id"),
    _column("parent", 18, "The identifier of the element above it; empty at the top.", "Parent"),
    _column("kind", 18, "What the framework calls such an element, for example clause or control.", "Kind"),
    _column("title", 50, "The title of the element; empty if it has none, or none that may be passed on.", "Title"),
    _with_values(_column("nature", 13, "What sort of thing the element is.", "Nature"), _NATURES.items()),
    _column("words", 70, "What the element asks, in other words than the publication's; often empty.", "Words"),
)
"""The columns of the elements of a framework; `aicop.frameworks.loads` reads them."""
AMENDED = _column(
    "amended", 40, "How a later text deleted or changed the element; empty if that is not known.", "Amended"
)
"""A further column, for a framework with an element that a later text deleted or changed."""
ALIASES = _column("aliases", 30, "Other names of the element, separated by |.", "Aliases")
"""A further column, for a framework with an element that has other names."""

_COVERAGE_CLASS = _with_values(
    _column("Coverage", 20, "How far the target covers the item."), _COVERAGE_CLASSES.items()
)
_STRENGTH = _column("Strength", 10, "How much of what the source asks the target asks too, from 0 to 10.")

NEEDS_REVIEW = "Needs review"
"""The column of changed sources and targets, which a table has only if a row has one."""
WARNINGS = "Warnings"
"""The column of warnings, which a table has only if a row has one."""

MAPPINGS = (
    _key_column("Source", "The identifier of the element that is mapped."),
    _column("Source title", 23, "The title of the source, if it has one."),
    _with_values(
        _column("Relationship", 16, "How the source relates to the target: read source, relationship, target."),
        _RELATIONSHIPS,
    ),
    _key_column("Target", "The identifier of the element that it is mapped to; empty if nothing was found."),
    _column("Target title", 23, "The title of the target, if it has one."),
    _with_values(
        attrs.evolve(
            _STRENGTH,
            explanation="How much of what the source asks the target asks too, or how much of a risk is mitigated.",
        ),
        (*_STRENGTHS[:-1], (NOT_JUDGED, "Nobody judged it in this direction.")),
    ),
    _column(
        "Remainder",
        26,
        "What the source asks and the target does not, or what is left of a risk.",
    ),
    _with_values(
        _column("Reverse strength", 10, "How much of what the target asks the source asks too, from 0 to 10."),
        (
            *_STRENGTHS_REVERSED,
            (NOT_JUDGED, "Nobody judged it in this direction."),
        ),
    ),
    _column("Reverse remainder", 20, "What the target asks and the source does not."),
    _with_values(
        _column("Confidence", 11, "How sure the author is of the row; this is independent of the strength."),
        (("0 to 10", "From a guess to certainty; empty if it is not stated."),),
    ),
    _column("Rationale", 44, "Why the author chose this relationship."),
    _with_values(_column("Basis", 11, "What the row rests on."), _BASES.items()),
    _column("Author", 14, "Who judged the row."),
    _column("Date", 11, "The day on which it was judged, as year-month-day."),
    _with_values(
        _column(NEEDS_REVIEW, 9, "Whether the row should be judged again."),
        (("yes", "The source or the target has changed since the row was judged."), ("empty", "Neither has.")),
    ),
    _column(
        WARNINGS, 40, "How a later text deleted or changed the source or the target; review the row for that text."
    ),
)
"""The columns of the mappings of a crosswalk."""

COVERAGE = (
    _COVERAGE_CLASS,
    _column("Number", 9, "How many items are in this class."),
    *(_column(f"Strength {band}", 10, f"How many of them have {band} as greatest strength.") for band in StrengthBand),
    _column("No strength", 10, "How many of them have no mapping, or none with a strength judged in this direction."),
    _column("Out of", 36, "How many items there are in all, and what covers them."),
    _column("Items", 64, "The identifiers of the items in this class; a long list goes on in the next row."),
)
"""The columns of a coverage report."""

GAPS = (
    _key_column("Item", "The identifier of an element of the source that is not fully covered."),
    _column("Title", 40, "The title of the item, if it has one."),
    _COVERAGE_CLASS,
    _with_values(attrs.evolve(_STRENGTH, explanation="The greatest strength of a mapping of the item."), _STRENGTHS),
    _with_values(
        _column("Band", 8, "The band of the strength, as on the sheet Coverage; empty without a strength."),
        ((band.value, f"A strength of {band}.") for band in StrengthBand),
    ),
    _column("Remainder", 80, "What each target does not ask of the item, after the target's identifier."),
)
"""The columns of the gaps of a crosswalk."""
