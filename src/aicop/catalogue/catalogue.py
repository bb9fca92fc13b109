"""An edition as a whole: an immutable mapping from id to provision, with the questions that people ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar, overload

import attrs

from aicop.errors import KeyMistake, UnknownKey
from aicop.ids import ControlId, EditionId, Key, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.edition_index import Index
from aicop.keys.parser import find
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

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)
OneOrMore = str | Iterable[str]
"""A word of a vocabulary, or several."""


@attrs.frozen
class Match:
    """A provision that a selection found, with those of its statements that matched."""

    provision: Provision
    statements: tuple[Statement, ...]


def _several(given: Any) -> Iterable[Any]:  # noqa: ANN401 -- each caller annotates what it takes
    # A text is iterable too, and is one value.
    return given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


def _words(vocabulary: type[Word], given: OneOrMore | None) -> frozenset[Word] | None:
    return None if given is None else frozenset(term(vocabulary, word) for word in _several(given))


@attrs.frozen(repr=False)
class Catalogue(Mapping[ProvisionId, Provision]):
    """
    One edition.

    A mapping from `ProvisionId` to `Provision` in printed order. Look-up also takes the number, the written key, and
    the other forms that `aicop.parse` reads.

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
    """The threat vocabulary; empty where no guidance belongs to the edition."""
    _provisions: tuple[Provision, ...]
    _index: Index = attrs.field(eq=False)
    _found: dict[ProvisionId | str, Provision] = attrs.field(init=False, eq=False)
    _headings: dict[object, Any] = attrs.field(init=False, eq=False)
    _children: dict[ProvisionId, tuple[Provision, ...]] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        found: dict[ProvisionId | str, Provision] = {}
        children: dict[ProvisionId, tuple[Provision, ...]] = {}
        for item in self._provisions:
            found |= {item.id: item, item.id.number: item, str(item.id): item}
            if item.parent is not None:
                children[item.parent] = (*children.get(item.parent, ()), item)
        object.__setattr__(self, "_found", found)
        headings: dict[object, Any] = {item.id: item for item in self.principles}
        headings |= {item.id: item for item in self.phases}
        object.__setattr__(self, "_headings", headings)
        object.__setattr__(self, "_children", children)

    def __repr__(self) -> str:
        return f"<Catalogue {self.id}: {len(self.principles)} principles, {len(self)} provisions>"

    @property
    def id(self) -> EditionId:
        """The edition's id."""
        return self.edition.id

    def __iter__(self) -> Iterator[ProvisionId]:
        return (item.id for item in self._provisions)

    def __len__(self) -> int:
        return len(self._provisions)

    @overload
    def get(self, key: ProvisionId | str, default: None = None, /) -> Provision | None: ...
    @overload
    def get(self, key: ProvisionId | str, default: Provision | T, /) -> Provision | T: ...
    def get(self, key: ProvisionId | str, default: Provision | T | None = None, /) -> Provision | T | None:
        """Give a provision, or *default* where there is none."""
        try:
            return self[key]
        except UnknownKey:
            return default

    def __getitem__(self, key: ProvisionId | str) -> Provision:
        """
        Give a provision.

        Raises:
            UnknownKey: it is not in this edition; the error says what was likely meant.
        """
        try:
            return self._found[key]
        except KeyError:
            return self._found[self._find(key, ProvisionId)]

    def find(self, written: str) -> Key:
        """
        Give the id of what *written* names here: a provision, statement, principle, phase or role.

        Raises:
            UnknownKey: it names nothing here.
        """
        return find(written, self._index)

    def _find(self, key: object, kind: type[ProvisionId | PrincipleId | PhaseId]) -> Any:  # noqa: ANN401 -- the kind asked for
        if not isinstance(key, str | ProvisionId | PrincipleId | PhaseId | StatementId | ControlId):
            advice = f"a key is text or an id, not {type(key).__name__}."
            raise UnknownKey(str(key), KeyMistake.UNREADABLE, advice)
        found = find(str(key), self._index)
        if not isinstance(found, kind):
            wanted = {ProvisionId: "provision", PrincipleId: "principle", PhaseId: "phase", ControlId: "role"}
            advice = f"{found} is a {wanted.get(type(found), 'statement')}, and a {wanted[kind]} was asked for."
            raise UnknownKey(str(key), KeyMistake.NO_SUCH_NUMBER, advice)
        return found

    def principle(self, key: PrincipleId | int | str) -> Principle:
        """
        Give a principle by id, number or written key.

        Raises:
            UnknownKey: it is not in this edition.
        """
        if not isinstance(key, PrincipleId) or key not in self._headings:
            bare = isinstance(key, int) or (isinstance(key, str) and key.isdecimal())
            key = self._find(f"P{key}" if bare else key, PrincipleId)
        found: Principle = self._headings[key]
        return found

    def phase(self, key: PhaseId | str) -> Phase:
        """
        Give a phase by id, name or written key.

        Raises:
            UnknownKey: it is not in this edition.
        """
        if not isinstance(key, PhaseId) or key not in self._headings:
            key = self._find(key, PhaseId)
        found: Phase = self._headings[key]
        return found

    def children(self, key: ProvisionId | str) -> tuple[Provision, ...]:
        """
        Give the sub-provisions of a provision, in printed order.

        Raises:
            UnknownKey: the provision is not in this edition.
        """
        return self._children.get(self[key].id, ())

    def parent(self, key: ProvisionId | str) -> Provision | None:
        """
        Give the provision above a sub-provision; None for a top-level one.

        Raises:
            UnknownKey: the provision is not in this edition.
        """
        above = self[key].parent
        return None if above is None else self[above]

    def stakeholder(self, role: Role | str) -> Stakeholder:
        """
        Give the definition of a role.

        Raises:
            UnknownTerm: the edition defines no such stakeholder; Organisation is none.
        """
        wanted = term(Role, role)
        for item in self.stakeholders:
            if item.role is wanted:
                return item
        raise unknown_term("stakeholder", role, tuple(item.role.value for item in self.stakeholders))

    def select(  # noqa: PLR0913 -- one keyword for each question
        self,
        *,
        duty_holder: OneOrMore | None = None,
        counterparty: OneOrMore | None = None,
        modality: OneOrMore | None = None,
        applies_to: OneOrMore | None = None,
        phase: PhaseId | str | Iterable[PhaseId | str] | None = None,
        principle: PrincipleId | int | str | Iterable[PrincipleId | int | str] | None = None,
        threat: Threat | str | Iterable[Threat | str] | None = None,
        measure: OneOrMore | None = None,
    ) -> tuple[Match, ...]:
        """
        Give the provisions for which everything asked holds, in printed order.

        *duty_holder*, *counterparty* and *modality* are asked of one and the same statement, and only the statements
        for which all of them hold are given. *applies_to* is the "primarily applies to" line of the principle, which
        is not the same as who carries the duties. Several values of one filter are alternatives.

        >>> from aicop import load
        >>> [str(match.provision.id.number) for match in load("uk-ai-cop").select(duty_holder="End-user")]
        ['5.4']

        Raises:
            UnknownTerm: a role, modality, threat or kind of measure that does not exist.
            UnknownKey: a phase or principle that is not in this edition.
        """
        holders, parties = _words(Role, duty_holder), _words(Role, counterparty)
        verbs, lines, kinds = _words(Modality, modality), _words(Role, applies_to), _words(MeasureKind, measure)
        phases = None if phase is None else {self.phase(one).id for one in _several(phase)}
        principles = None if principle is None else {self.principle(one).id for one in _several(principle)}
        menaces = None if threat is None else {self.threat(one) for one in _several(threat)}
        addressed = {item.id for item in self.principles if lines is None or lines.intersection(item.applies_to or ())}

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

    def threat(self, key: Threat | str) -> Threat:
        """
        Give a term of the threat vocabulary by key or title.

        Raises:
            UnknownTerm: there is no such term.
        """
        wanted = (key.key if isinstance(key, Threat) else key).casefold()
        for item in self.threats:
            if wanted in {item.key, item.title.casefold()}:
                return item
        raise unknown_term("threat", wanted, tuple(item.key for item in self.threats))
