"""The responsibility matrix of an edition: the part that each role has in each provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import html_table, one_line, shown
from aicop._pydantic import field_type
from aicop.errors import count_phrase
from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.model.converters import as_tuple
from aicop.spelling import unknown_term
from aicop.tables import RESPONSIBILITIES, Row
from aicop.vocabulary import Attribution, Capacity, Joiner, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.catalogue.catalogue import Catalogue, OneOrMore, PhaseFilter
    from aicop.model.edition import Provision, Statement

ROLE_COLUMNS = {role: role.value.lower().replace(" ", "_").replace("-", "_") for role in Role}
"""The column of each role in the table of a matrix."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Duty:
    """A statement that binds a role."""

    statement: StatementId
    modality: Modality
    attribution: Attribution
    """How the text names the duty holder: stated, carried over or implied."""
    joiner: Joiner | None
    """The word between several duty holders; None if the role is the only one."""

    @property
    def words(self) -> str:
        """The verb, with the notes that a reader needs: `or` between duty holders, and a holder who is not stated."""
        notes = [self.joiner.value] if self.joiner in {Joiner.OR, Joiner.AND_OR} else []
        notes += [] if self.attribution is Attribution.STATED else [self.attribution.value]
        return f"{self.modality} ({', '.join(notes)})" if notes else self.modality.value


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Involvement:
    """A statement that names a party as a counterparty, without binding it."""

    statement: StatementId
    party: str
    """As printed, without the article."""
    capacity: Capacity
    attribution: Attribution
    """How the text names the party: stated, carried over or implied."""

    @property
    def words(self) -> str:
        """The capacity, with a note if the party is not stated."""
        return (
            self.capacity.value if self.attribution is Attribution.STATED else f"{self.capacity} ({self.attribution})"
        )


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Responsibility:
    """The part of one role in one provision: its duties, and the statements that name it as a counterparty."""

    role: Role
    duties: tuple[Duty, ...] = attrs.field(converter=as_tuple[Duty, ...])
    """In printed order."""
    involvements: tuple[Involvement, ...] = attrs.field(converter=as_tuple[Involvement, ...])
    """In printed order."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ResponsibilityRow:
    """The parts of all roles in one provision."""

    provision: ProvisionId
    title: str
    principle: PrincipleId
    phase: PhaseId
    statements: int
    """The number of statements of the provision, selected or not."""
    responsibilities: tuple[Responsibility, ...] = attrs.field(converter=as_tuple[Responsibility, ...])
    """The roles that have a part in the provision, in the order of `aicop.vocabulary.Role`."""
    others: tuple[Involvement, ...] = attrs.field(converter=as_tuple[Involvement, ...])
    """The counterparties that are none of the roles, such as staff or cloud operators, in printed order."""

    def __getitem__(self, role: Role | str) -> Responsibility:
        """
        Return the part of a role; it is empty if the provision neither binds nor names the role.

        Raises:
            UnknownTerm: there is no such role.
        """
        wanted = term(Role, role)
        for item in self.responsibilities:
            if item.role is wanted:
                return item
        return Responsibility(role=wanted, duties=(), involvements=())

    def words(self, role: Role | str) -> tuple[str, ...]:
        """
        Return the part of a role in a few words per statement: verbs first, then capacities.

        If the provision has several statements, each word is followed by the number of its statement.

        Raises:
            UnknownTerm: there is no such role.
        """
        part = self[role]
        duties, involvements = map(self._numbered, part.duties), map(self._numbered, part.involvements)
        return (*duties, *involvements)

    @property
    def other_words(self) -> tuple[str, ...]:
        """The counterparties that are none of the roles, each with its capacity."""
        return tuple(f"{item.party}: {self._numbered(item)}" for item in self.others)

    def _numbered(self, item: Duty | Involvement) -> str:
        return f"{item.words} #{item.statement.ordinal}" if self.statements > 1 else item.words

    def __repr__(self) -> str:
        names = ", ".join(item.role.value for item in self.responsibilities)
        return one_line(self, f"{self.provision}: {names}")


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ResponsibilityMatrix:
    """The provisions of an edition by roles, as `responsibility_matrix` returns it."""

    edition: EditionId
    rows: tuple[ResponsibilityRow, ...] = attrs.field(converter=as_tuple[ResponsibilityRow, ...])
    """In printed order."""

    def __getitem__(self, key: ProvisionId | str) -> ResponsibilityRow:
        """
        Return the row of a provision by its id, canonical key or number.

        Raises:
            UnknownTerm: the matrix has no row for the provision.
        """
        for row in self.rows:
            if key in {row.provision, str(row.provision), row.provision.number}:
                return row
        vocabulary = "provision of the matrix"
        raise unknown_term(vocabulary, str(key), tuple(str(row.provision) for row in self.rows))

    def table(self) -> list[Row]:
        """
        Return one row per provision with a column for each role, as rows of plain values.

        >>> from aicop import load
        >>> responsibility_matrix(load("uk-ai-cop"), role="End-user").table()[0]["developer"]
        'shall (implied) #1'
        """
        return RESPONSIBILITIES.rows(
            (
                row.provision,
                row.title,
                row.principle,
                row.phase,
                row.statements,
                *map(row.words, Role),
                row.other_words,
            )
            for row in self.rows
        )

    def __repr__(self) -> str:
        return f"<ResponsibilityMatrix {self.edition}: {count_phrase(len(self.rows), 'provision')}>"

    def _repr_html_(self) -> str:
        columns = ("key", *(role.value for role in Role), "others")
        rows = ((row.provision, *map(row.words, Role), row.other_words) for row in self.rows)
        return html_table(repr(self)[1:-1], columns, rows, len(self.rows))


def responsibility_matrix(
    catalogue: Catalogue,
    *,
    role: OneOrMore | None = None,
    modality: OneOrMore | None = None,
    phase: PhaseFilter | None = None,
    principle: PrincipleId | int | str | Iterable[PrincipleId | int | str] | None = None,
) -> ResponsibilityMatrix:
    """
    Return the responsibility matrix of an edition: who has which part in which provision.

    *role* selects the provisions that bind or name one of these roles; their rows keep the parts of the other roles.
    *modality* selects statements, *phase* and *principle* select provisions. A filter with several values matches any
    of them.

    >>> from aicop import load
    >>> responsibility_matrix(load("uk-ai-cop"))["8.3"].words("Developer")
    ('should #1', 'may #2')

    Raises:
        UnknownTerm: a role or modality does not exist.
        UnknownKey: the phase or principle is not in this edition.
    """
    roles = None if role is None else {term(Role, word) for word in ((role,) if isinstance(role, str) else role)}
    found = catalogue.select(modality=modality, phase=phase, principle=principle)
    rows = (_row(match.provision, match.statements) for match in found)
    kept = (row for row in rows if roles is None or any(part.role in roles for part in row.responsibilities))
    return ResponsibilityMatrix(edition=catalogue.id, rows=kept)


def _row(item: Provision, statements: Iterable[Statement]) -> ResponsibilityRow:
    duties: dict[Role, list[Duty]] = {role: [] for role in Role}
    named: dict[Role | None, list[Involvement]] = {role: [] for role in (*Role, None)}
    for said in statements:
        key = StatementId(item.id, said.ordinal)
        duty = Duty(statement=key, modality=said.modality, attribution=said.attribution, joiner=said.joiner)
        for holder in said.duty_holders:
            duties[holder].append(duty)
        for other in said.counterparties:
            named[other.role].append(
                Involvement(statement=key, party=other.party, capacity=other.capacity, attribution=other.attribution)
            )
    parts = (Responsibility(role=role, duties=duties[role], involvements=named[role]) for role in Role)
    return ResponsibilityRow(
        provision=item.id,
        title=item.title,
        principle=item.principle,
        phase=item.phase,
        statements=len(item.statements),
        responsibilities=(part for part in parts if part.duties or part.involvements),
        others=named[None],
    )
