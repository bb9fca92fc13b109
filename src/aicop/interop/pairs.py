"""
What readers of mappings share: the framework that a resource stands for, groups, and pairs that stand twice.

Ids are looked up as they are written, and as catalogs of OSCAL have them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidDocument, InvalidId, UnknownEdition, excerpt
from aicop.frameworks import load
from aicop.ids import EditionId
from aicop.interop.oscal_catalog import ids
from aicop.relations import PART, RELATED, UNKNOWN, RelationSet, predicate
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.framework_model import Mapping as Row
    from aicop.frameworks import Framework
    from aicop.interop.taking import Naming

Cells = dict[str, str]
"""A row of a mapping by the columns of `aicop.documents.ForeignRowDocument`."""
Stated = tuple[str, Cells, RelationSet | None]
"""The place of a row, its cells, and what is known of its two ends; None for a link, whose word is among the cells."""

PAIRS = 100_000
"""How many pairs a file may speak of that maps several sources to several targets at once."""
_EXACT = 1e-9
_WHOLE = ("strength", "remainder")
"""What holds of two groups as they were judged, and not of their members."""
_ABOUT = {"subject_id", "object_id", "author_label"}
OF_GROUPS = "strength or remainder of a group, which its members do not have", "strengths or remainders of groups"
ROUNDED = "confidence between two tenths, rounded down", "confidences between two tenths, rounded down"
REPEATED = "mapping of a pair that is mapped before, joined with it", "mappings of pairs that are mapped before, joined"
"""What is not taken, in words."""


_SAID = {word.value: RelationSet([Relation(word.value)]) for word in Predicate if word.value in set(Relation)} | {
    Predicate.RELATED.value: RELATED,
    Predicate.ASSOCIATED.value: UNKNOWN,
}


def stated(place: str, cells: Cells) -> Stated:
    """Give a row with what its word says of its two ends; a link says nothing of how they stand to each other."""
    return place, cells, _SAID.get(cells.get("predicate_id", ""))


def tenths(share: float) -> tuple[str, bool]:
    """
    Give a confidence of 0 to 1 in tenths, and whether it had to be rounded.

    It is rounded down, so that nobody is surer than they said.

    >>> tenths(0.7), tenths(0.95)
    (('0.7', False), ('0.9', True))
    """
    whole = int(share * 10 + _EXACT)
    return f"{whole / 10:g}", abs(share * 10 - whole) > _EXACT


def edition_in(resource: str) -> str | None:
    """
    Give the edition that a path or an IRI names in one of its parts; None where none does.

    >>> edition_in("catalogs/nist-csf@2.0/catalog.json"), edition_in("urn:aicop:nist-csf@2.0")
    ('nist-csf@2.0', 'nist-csf@2.0')
    """
    for part in reversed(re.split(r"[/\\]|^urn:aicop:", resource)):
        try:
            return str(EditionId.parse(re.sub(r"\.(?:json|ya?ml)$", "", part)))
        except InvalidId:
            continue
    return None


def of_members(cells: Cells, known: RelationSet, sources: int, targets: int) -> tuple[Cells, RelationSet]:
    """
    Give what is said of two groups as it holds of one member of each.

    Formats that map several sources to several targets at once speak of what they ask together. How much of that is
    shared says nothing of a member.
    """
    if sources == targets == 1:
        return cells, known
    known = PART.then(known) if sources > 1 else known
    known = known.then(PART.inverse()) if targets > 1 else known
    return {name: cell for name, cell in cells.items() if name not in _WHOLE}, known


class Sides:
    """Finds the frameworks that a file maps, and what their elements are called here."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._tokens: dict[EditionId, Cells] = {}

    def _framework(self, name: str) -> Framework:
        own = (item for item in self._naming.frameworks if name in {item.id.document, str(item.id)})
        found = next(own, None)
        return load(name) if found is None else found

    def find(self, side: str, resource: str, *stated: str | None) -> Framework | str:
        """
        Give the framework of a *side*, source or target; or, in words, why there is none.

        It is what the reader was told, else what the file states of a resource, else what that is called.

        Raises:
            UnknownEdition: the reader was told of one that does not exist.
        """
        if (given := getattr(self._naming, side)) is not None:
            return self._framework(given)
        found = next(filter(None, (*stated, edition_in(resource))), None)
        if found is None:
            return f"{excerpt(resource)} does not say which framework this is; name it as the {side} (--{side})"
        try:
            return self._framework(found)
        except UnknownEdition as error:
            near = " or ".join(error.nearest)
            advice = f"did you mean {near}?" if near else "one of your own has to be given (--framework)"
            return f"no framework {excerpt(found)} is known here; {advice}"

    def key(self, framework: Framework, written: str) -> str:
        """
        Give the key of an id of the catalog that is written of a framework; any other id as it is.

        The statement of a control, as a whole, is what the control asks.
        """
        if framework.id not in self._tokens:
            self._tokens[framework.id] = {token: str(key) for key, token in ids(framework).items()}
        known, bare = self._tokens[framework.id], written.removesuffix("_smt")
        return known.get(written) or known.get(bare, bare)


def mappings_of(
    rows: Iterable[Stated], *, file: str, naming: Naming, spots: Mapping[str, str], name: str
) -> tuple[tuple[Row, ...], int]:
    """
    Make mappings of rows, and count the rows that were joined with another.

    What several rows say of the same pair by the same maker, or without one, is joined as far as all of it can be true;
    a word that links is joined with itself only. What such rows do not agree on is left open, their reasons are put
    together, and the lowest confidence holds.

    ``predicate_id`` is one of our words, ``confidence`` 0 to 1 with one decimal. *spots* says where, under the place of
    a row, each column stands in the file. *name* is that of the set.

    Raises:
        UnknownEdition: *naming* names a framework that does not exist.
        InvalidDocument: with all faults, each with its place.
    """
    # Imported here: pydantic is needed only for what a user brings.
    from aicop.mapping_rows import Check, Ends, checked

    listed = [(place, _filled(cells, known), known) for place, cells, known in rows]
    check = Check(Ends(naming.frameworks, naming.source, naming.target), file, spots, twice=True)
    faults: list[Fault] = []
    found: tuple[Row, ...] = ()
    try:
        found = checked(((place, cells) for place, cells, _ in listed), check, name)
    except InvalidDocument as error:
        faults += error.faults
    # An id may be written in several ways; where some are wrong, what is written must do.
    abouts: list[tuple[object, ...]] = [(row.source, row.target, row.author) for row in found] or [
        tuple(map(cells.get, ("subject_id", "object_id", "author_label"))) for _, cells, _ in listed
    ]
    joined: dict[object, Stated] = {}
    for about, (place, cells, known) in zip(abouts, listed, strict=True):
        first = joined.setdefault((about, known is None and cells.get("predicate_id")), (place, cells, known))
        if first[1] is cells:
            continue
        both = None if known is None or first[2] is None else first[2] & known
        if both is not None and both.contradiction:
            said = f"what {first[0]} says of {about[0]} and {about[1]} contradicts it"
            faults.append(Fault(file, f"{place}{spots.get('predicate_id', '')}", said))
        else:
            whole = first[0], _agreed(first[1], cells, same=first[2] == known), both
            joined[about, known is None and cells.get("predicate_id")] = whole
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))
    if len(joined) < len(listed):
        again = ((place, _filled(cells, known)) for place, cells, known in joined.values())
        found = checked(again, check, name)
    return found, len(listed) - len(joined)


def _filled(cells: Cells, known: RelationSet | None) -> Cells:
    """Give the cells that hold something, with the word for what is known."""
    said = cells if known is None else {**cells, "predicate_id": predicate(known).value}
    return {column: cell for column, cell in said.items() if cell}


def _agreed(one: Cells, other: Cells, *, same: bool) -> Cells:
    """Give what two rows of a pair say together; *same* is whether they say the same relation."""
    alike = {name for name, cell in one.items() if other.get(name) == cell and (same or name not in _WHOLE)}
    cells = {name: cell for name, cell in one.items() if name in alike | _ABOUT}
    reason, further = one.get("comment", ""), other.get("comment", "")
    reasons = reason if further in reason else f"{reason} {further}".strip()
    sure = sorted(filter(None, (one.get("confidence"), other.get("confidence"))), key=float)
    more = {"comment": reasons, "confidence": sure[0] if sure else ""}
    return cells | {name: cell for name, cell in more.items() if cell}
