"""The state of a statement at a date, and of the units that hold several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.ids import StatementId
from aicop.model.assessment import VerdictRow
from aicop.model.converters import as_tuple
from aicop.vocabulary import Modality, Role, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(Vocabulary):
    """
    The state of a statement at a date. It follows from the roles held, the verdict, its evidence and the date.

    A state says what is known. It is not compliance.
    """

    FAIL = "fail"
    STALE = "stale"
    """A pass whose evidence is no longer valid, has changed or is missing, or which was to be looked at again."""
    INCONCLUSIVE = "inconclusive"
    NOT_ASSESSED = "not assessed"
    PASS = "pass"  # noqa: S105 -- not a password
    NOT_APPLICABLE = "not applicable"
    OUT_OF_SCOPE = "out of scope"
    """The statement binds no role that is held."""


WORST_FIRST = (State.FAIL, State.STALE, State.INCONCLUSIVE, State.NOT_ASSESSED, State.PASS)
"""The states that count for a unit, in the order in which the first that occurs is that of the unit."""
SEVERITY = {state: place for place, state in enumerate((*WORST_FIRST, State.NOT_APPLICABLE))}
"""The order of the states of a statement in scope, the worst first."""
OPEN = frozenset({State.FAIL, State.STALE, State.INCONCLUSIVE, State.NOT_ASSESSED})
"""The states in which something is to be done."""


class Flag(Vocabulary):
    """Something about a verdict that a person should know, whatever its state is."""

    NO_EVIDENCE = "no evidence"
    """A pass without evidence."""
    ACCEPTED = "risk accepted"
    """A fail whose risk is accepted at the date."""
    ACCEPTANCE_ENDED = "acceptance ended"
    """A fail whose risk was accepted until before the date."""
    OVERDUE = "overdue"
    """The date by which it was to be done has passed, and it is open."""
    MARKED = "marked for review"
    """A person must look at the verdict again, for the reason in its row."""
    CHANGED = "statement changed"
    """The statement is no longer as it was when the verdict was given."""
    INHERITED = "inherited"
    """The verdict is that of another system."""
    OVERRULED = "in scope by decision"
    """The statement binds no role that is held; a person decided that it is in scope."""
    NOT_CHECKED = "evidence not checked"
    """Evidence is at a web address, which is never fetched."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class StatementState:
    """The state of a statement at a date, with what it follows from."""

    key: StatementId
    modality: Modality
    role: Role | None
    """The role that it is about; None for all roles held."""
    state: State
    verdict: VerdictRow | None
    """The row that decides it; None if there is none."""
    inherited_from: str | None
    """The system whose verdict it is; None if it is that of the system itself."""
    reasons: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """Why the state is not that of the verdict, or what it follows from, in whole sentences."""
    flags: tuple[Flag, ...] = attrs.field(converter=as_tuple[Flag, ...])

    @property
    def open(self) -> bool:
        """Whether something is to be done: it fails, is stale, inconclusive or not assessed."""
        return self.state in OPEN


def state_of_unit(states: Iterable[State]) -> State | None:
    """
    Return the state of a unit from those of its statements of one modality; None if it has none.

    The first of fail, stale, inconclusive, not assessed and pass that occurs. If none of them does, it is out of scope
    if all are, otherwise not applicable.

    >>> state_of_unit([State.PASS, State.OUT_OF_SCOPE, State.STALE])
    <State.STALE: 'stale'>
    """
    found = set(states)
    if not found:
        return None
    worst = next((state for state in WORST_FIRST if state in found), None)
    if worst is not None:
        return worst
    return State.OUT_OF_SCOPE if found == {State.OUT_OF_SCOPE} else State.NOT_APPLICABLE
