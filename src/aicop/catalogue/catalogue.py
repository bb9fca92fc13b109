"""One edition as an immutable mapping from id to provision, with look-ups and filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, overload

import attrs

from aicop._notebook import html_table, one_line, shown
from aicop._pydantic import field_type
from aicop.errors import KeyMistake, UnknownKey, count_phrase
from aicop.ids import ControlId, EditionId, Key, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.edition_index import Index
from aicop.model.edition import (
    Edition,
    Phase,
    Principle,
    Provision,
    ScopeStatement,
    Stakeholder,
    Statement,
    Term,
    Threat,
)
from aicop.spelling import unknown_term
from aicop.vocabulary import MeasureKind, Modality, Role, term

if TYPE_CHECKING:
    # Not imported when the program runs, because few catalogues are of derived editions.
    from aicop.model.derived import ChangedProvision, DroppedProvision  # noqa: TC004
    from aicop.tables import Row

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)
OneOrMore = str | Iterable[str]
"""One word of a vocabulary, or several."""
PhaseFilter = PhaseId | str | Iterable[PhaseId | str]
"""One phase, by id, name or key, or several."""


@shown
@field_type
@attrs.frozen(repr=False)
class Match:
    """A provision that `Catalogue.select` found, with the statements that matched."""

    provision: Provision
    statements: tuple[Statement, ...]

    def __repr__(self) -> str:
        return one_line(self, f"{self.provision.id}: {count_phrase(len(self.statements), 'statement')}")

    def _repr_html_(self) -> str:
        return attrs.evolve(self.provision, statements=self.statements)._repr_html_()


def _several(given: Any) -> Iterable[Any]:  # noqa: ANN401 -- each caller annotates what it takes
    # A str is iterable too, but means a single value.
    return given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


def _words(vocabulary: type[Word], given: OneOrMore | None) -> frozenset[Word] | None:
    """Parse one or several words of a vocabulary, or return None (no filter) if nothing was given."""
    return None if given is None else frozenset(term(vocabulary, word) for word in _several(given))


@attrs.frozen(repr=False)
class Catalogue(Mapping[ProvisionId, Provision]):
    """
    One edition: an immutable mapping from `ProvisionId` to `Provision`, in printed order.

    Printed order is the order of the document. A provision can also be looked up by its number, by its written key and
    by any other form that `aicop.parse` reads.

    >>> from aicop import load
    >>> catalogue = load("uk-ai-cop")
    >>> catalogue["5.4.1"].title
    'Check and sanitise data and inputs'
    """

    edition: Edition
    phases: tuple[Phase, ...]
    """In printed order."""
    principles: tuple[Principle, ...]
    """In printed order."""
    scope: tuple[ScopeStatement, ...]
    stakeholders: tuple[Stakeholder, ...]
    """In printed order."""
    terms: tuple[Term, ...]
    """In alphabetical order."""
    threats: tuple[Threat, ...]
    """The threat vocabulary; empty if the edition has no guidance."""
    _provisions: tuple[Provision, ...]
    _index: Index = attrs.field(eq=False)
    base: Catalogue | None = None
    """The edition that a derived edition is based on; None if the edition is complete in itself."""
    changed: tuple[ChangedProvision, ...] = ()
    """The provisions that a derived edition changed, in printed order."""
    dropped: tuple[DroppedProvision, ...] = ()
    """The provisions of the base that a derived edition leaves out, in printed order."""
    _found: dict[ProvisionId | str, Provision] = attrs.field(init=False, eq=False)
    _headings: dict[object, Any] = attrs.field(init=False, eq=False)
    _children: dict[ProvisionId, tuple[Provision, ...]] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        # The id and both canonical spellings share one dictionary, so that the usual look-ups need no parser.
        found: dict[ProvisionId | str, Provision] = {}
        children: dict[ProvisionId, list[Provision]] = {}
        for item in self._provisions:
            found |= {item.id: item, item.id.number: item, str(item.id): item}
            if item.parent is not None:
                children.setdefault(item.parent, []).append(item)
        # A frozen class can set its computed fields in no other way.
        object.__setattr__(self, "_found", found)
        headings: dict[object, Any] = {item.id: item for item in self.principles}
        headings |= {item.id: item for item in self.phases}
        object.__setattr__(self, "_headings", headings)
        object.__setattr__(self, "_children", {key: tuple(items) for key, items in children.items()})

    def __repr__(self) -> str:
        return f"<Catalogue {self.id}: {len(self.principles)} principles, {len(self)} provisions>"

    def _repr_html_(self) -> str:
        columns = ("key", "title", "modality", "duty_holders")
        rows = ((item.id, item.title, item.modalities, item.duty_holders) for item in self._provisions)
        return html_table(f"{self.id} {self.edition.title}", columns, rows, len(self))

    @property
    def id(self) -> EditionId:
        """The id of the edition."""
        return self.edition.id

    @property
    def index(self) -> Index:
        """The numbers and names of everything in the edition, in which written keys are looked up."""
        return self._index

    def __iter__(self) -> Iterator[ProvisionId]:
        return (item.id for item in self._provisions)

    def __len__(self) -> int:
        return len(self._provisions)

    # Overridden only for its annotations: `Mapping.get` would not accept a str as a key.
    @overload
    def get(self, key: ProvisionId | str, default: None = None, /) -> Provision | None: ...
    @overload
    def get(self, key: ProvisionId | str, default: Provision | T, /) -> Provision | T: ...
    def get(self, key: ProvisionId | str, default: Provision | T | None = None, /) -> Provision | T | None:
        """Return the provision for *key*, or *default* if there is none."""
        try:
            return self[key]
        except UnknownKey:
            return default

    def __getitem__(self, key: ProvisionId | str) -> Provision:
        """
        Return the provision for *key*.

        Raises:
            UnknownKey: *key* is not a provision of this edition; the error suggests similar keys.
        """
        try:
            return self._found[key]
        except KeyError:
            return self._found[self._find(key, ProvisionId)]

    def find(self, written: str) -> Key:
        """
        Return the id of the provision, statement, principle, phase or role that *written* refers to.

        A role needs its document, as in ``uk-ai-cop:Developer``.

        Raises:
            UnknownKey: *written* does not match any item of this edition.
        """
        # Imported here, because ids and literal keys need no parser.
        from aicop.keys.tolerant import find_tolerantly

        return find_tolerantly(written, self._index)

    def _find(self, key: object, *kinds: type[Any]) -> Any:  # noqa: ANN401 -- the kind asked for
        """Return the id that *key* refers to; raise UnknownKey if it does not exist or is of another kind."""
        if not isinstance(key, str | ProvisionId | PrincipleId | PhaseId | StatementId | ControlId):
            advice = f"a key must be text or an id, not {type(key).__name__}."
            raise UnknownKey(str(key), KeyMistake.UNREADABLE, advice)
        # Imported here, because ids and literal keys need no parser.
        from aicop.keys.kinds import check_kind

        return check_kind(self.find(str(key)), kinds, str(key))

    def principle(self, key: PrincipleId | int | str) -> Principle:
        """
        Return a principle by its id, number or written key.

        Raises:
            UnknownKey: the principle is not in this edition.
        """
        # An id that is not in this edition is parsed like text, so that the error carries advice.
        if not isinstance(key, PrincipleId) or key not in self._headings:
            bare = isinstance(key, int) or (isinstance(key, str) and key.isdecimal())
            key = self._find(f"P{key}" if bare else key, PrincipleId)
        found: Principle = self._headings[key]
        return found

    def statement(self, key: StatementId | ProvisionId | str) -> Statement:
        """
        Return a statement by its id or written key. A provision means its only statement.

        >>> from aicop import load
        >>> str(load("uk-ai-cop").statement("8.3#2").modality)
        'may'

        Raises:
            UnknownKey: the edition has no such statement, or the provision has several, which are then listed.
        """
        found = self._find(key, StatementId, ProvisionId)
        if isinstance(found, StatementId):
            return self._found[found.provision].statements[found.ordinal - 1]
        several = self._found[found].statements
        if len(several) > 1:
            nearest = [str(StatementId(found, item.ordinal)) for item in several]
            advice = f"{found} has {len(several)} statements; add the one that you mean."
            raise UnknownKey(str(key), KeyMistake.AMBIGUOUS, advice, nearest)
        return several[0]

    def phase(self, key: PhaseId | str) -> Phase:
        """
        Return a phase by its id, name or written key.

        Raises:
            UnknownKey: the phase is not in this edition.
        """
        if not isinstance(key, PhaseId) or key not in self._headings:
            key = self._find(key, PhaseId)
        found: Phase = self._headings[key]
        return found

    def children(self, key: ProvisionId | str) -> tuple[Provision, ...]:
        """
        Return the sub-provisions of a provision, in printed order.

        Raises:
            UnknownKey: the provision is not in this edition.
        """
        return self._children.get(self[key].id, ())

    def parent(self, key: ProvisionId | str) -> Provision | None:
        """
        Return the parent of a sub-provision, or None for a top-level provision.

        Raises:
            UnknownKey: the provision is not in this edition.
        """
        above = self[key].parent
        return None if above is None else self[above]

    def stakeholder(self, role: Role | str) -> Stakeholder:
        """
        Return the definition of a role.

        Raises:
            UnknownTerm: the edition does not define this stakeholder. Organisation is a role but not a stakeholder.
        """
        wanted = term(Role, role)
        for item in self.stakeholders:
            if item.role is wanted:
                return item
        raise unknown_term("stakeholder", role, tuple(item.role.value for item in self.stakeholders))

    def select(  # noqa: PLR0913 -- one keyword for each question
        self,
        *,
        role: OneOrMore | None = None,
        counterparty: OneOrMore | None = None,
        modality: OneOrMore | None = None,
        applies_to: OneOrMore | None = None,
        phase: PhaseFilter | None = None,
        principle: PrincipleId | int | str | Iterable[PrincipleId | int | str] | None = None,
        threat: Threat | str | Iterable[Threat | str] | None = None,
        measure: OneOrMore | None = None,
    ) -> tuple[Match, ...]:
        """
        Return the provisions that match all given filters, in printed order, with their matching statements.

        *role*, *counterparty* and *modality* must all match the same statement. The other filters match whole
        provisions. *applies_to* matches the "primarily applies to" line of the principle, which does not determine who
        has the duties. *threat* and *measure* match the guidance. A filter with several values matches any of them.

        >>> from aicop import load
        >>> [str(match.provision.id.number) for match in load("uk-ai-cop").select(role="End-user")]
        ['5.4']

        Raises:
            UnknownTerm: a role, modality, threat or kind of measure does not exist.
            UnknownKey: the phase or principle is not in this edition.
        """
        holders, parties = _words(Role, role), _words(Role, counterparty)
        verbs, lines, kinds = _words(Modality, modality), _words(Role, applies_to), _words(MeasureKind, measure)
        phases = None if phase is None else {self.phase(one).id for one in _several(phase)}
        principles = None if principle is None else {self.principle(one).id for one in _several(principle)}
        menaces = None if threat is None else {self.threat(one) for one in _several(threat)}
        addressed = {item.id for item in self.principles if lines is None or lines.intersection(item.applies_to or ())}

        # A filter that was not given is None and matches everything.
        def speaks(statement: Statement) -> bool:
            return (
                (holders is None or not holders.isdisjoint(statement.duty_holders))
                and (parties is None or any(other.role in parties for other in statement.counterparties))
                and (verbs is None or statement.modality in verbs)
            )

        def fits(item: Provision) -> bool:
            guide = item.guidance
            return (
                item.principle in addressed
                and (phases is None or item.phase in phases)
                and (principles is None or item.principle in principles)
                and (menaces is None or (guide is not None and not menaces.isdisjoint(guide.threats)))
                and (kinds is None or (guide is not None and any(one.kind in kinds for one in guide.measures)))
            )

        found = (Match(item, tuple(filter(speaks, item.statements))) for item in self._provisions if fits(item))
        return tuple(match for match in found if match.statements)

    def table(self, of: str = "provisions") -> list[Row]:
        """
        Return the provisions, or the statements, as rows of plain values, as data frames take them.

        `aicop.tables` describes the columns of both tables.

        >>> from aicop import load
        >>> len(load("uk-ai-cop").table()), len(load("uk-ai-cop").table("statements"))
        (72, 88)

        Raises:
            UnknownTerm: *of* is neither ``provisions`` nor ``statements``.
        """
        # Imported here, because few callers need tables.
        from aicop.catalogue.table import provision_rows, statement_rows

        kinds = ("provisions", "statements")
        if of not in kinds:
            vocabulary = "table of an edition"
            raise unknown_term(vocabulary, of, kinds)
        if of == "provisions":
            return provision_rows(self._provisions, self._headings)
        return statement_rows(((item, said) for item in self._provisions for said in item.statements), self._headings)

    def table_of(self, matches: Iterable[Match]) -> list[Row]:
        """
        Return the statements that `select` found as rows of plain values, one row per statement.

        >>> from aicop import load
        >>> code = load("uk-ai-cop")
        >>> code.table_of(code.select(role="End-user"))[0]["key"]
        'uk-ai-cop@2025-01:5.4#1'
        """
        from aicop.catalogue.table import statement_rows

        return statement_rows(((item.provision, said) for item in matches for said in item.statements), self._headings)

    def threat(self, key: Threat | str) -> Threat:
        """
        Return a term of the threat vocabulary by its key or title, ignoring case.

        Raises:
            UnknownTerm: the vocabulary has no such term.
        """
        wanted = (key.key if isinstance(key, Threat) else key).casefold()
        for item in self.threats:
            if wanted in {item.key, item.title.casefold()}:
                return item
        raise unknown_term("threat", wanted, tuple(item.key for item in self.threats))
