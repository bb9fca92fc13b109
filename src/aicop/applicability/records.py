"""The records of an answer: reasons, open questions, roles held, and whether an edition applies."""

from __future__ import annotations

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.applicability.facts import Fact
from aicop.errors import count_phrase
from aicop.ids import EditionId
from aicop.model.converters import as_tuple
from aicop.model.edition import Source
from aicop.vocabulary import Role


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Reason:
    """A reason for a result, with its source."""

    key: str
    """
    A key that is stable across editions.

    It is that of a scope statement, such as ``model-sellers``; a role whose definition is the reason, such as
    ``system-operator``; or that of a reading of aicop's own, such as ``further-training``.
    """
    text: str
    source: Source
    """The grade tells a statement of the document from an account of it and from a judgement of aicop's own."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class OpenQuestion:
    """A question that the document does not settle, and on which the answer depends."""

    key: str
    """An edition settles the question by a scope statement with this key."""
    question: str
    argument_for: str
    argument_against: str
    assumed: str
    """The answer that aicop assumes, also the text of the reason with the same key. It is a judgement."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Holding:
    """A role that the organisation holds, or is assumed to hold, with the reasons."""

    role: Role
    facts: tuple[Fact, ...] = attrs.field(converter=as_tuple[Fact, ...])
    """The facts from which the role follows. Those that leave it open are included only if no other decides it."""
    reasons: tuple[Reason, ...] = attrs.field(converter=as_tuple[Reason, ...])
    """The definition of the role, then how the facts are read as falling under it, where that is not plain."""
    questions: tuple[OpenQuestion, ...] = attrs.field(converter=as_tuple[OpenQuestion, ...])
    """The questions on which the role depends; empty if the role is certain."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Applicability:
    """The result: whether an edition applies to an organisation, and in which roles."""

    edition: EditionId
    facts: tuple[Fact, ...] = attrs.field(converter=as_tuple[Fact, ...])
    """The facts that were given, in the order of the vocabulary."""
    in_scope: bool
    roles: tuple[Holding, ...] = attrs.field(converter=as_tuple[Holding, ...])
    """The roles that the organisation holds, in the order of the stakeholder table; empty if it is out of scope."""
    reasons: tuple[Reason, ...] = attrs.field(converter=as_tuple[Reason, ...])
    """The reasons why the organisation is in or out of scope, the decisive reason first."""
    scope_questions: tuple[OpenQuestion, ...] = attrs.field(converter=as_tuple[OpenQuestion, ...])
    """The questions on which it depends whether the organisation is in scope at all."""

    def __repr__(self) -> str:
        held = f"in scope as {', '.join(holding.role for holding in self.roles)}" if self.in_scope else "not in scope"
        return f"<Applicability {self.edition}: {held}, {count_phrase(len(self.questions), 'open question')}>"

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """All open questions: those of the scope, then those of the roles."""
        return (*self.scope_questions, *(one for holding in self.roles for one in holding.questions))
