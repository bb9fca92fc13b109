"""Sentences about an assessment that several reports share: what states and flags mean, and a summary in counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.assessment.status.states import Flag, State
from aicop.errors import count_phrase
from aicop.vocabulary import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.assessment.status.units import UnitStatus

CAUTION = (
    "This report says what was known of one system on one day. It is not a statement of compliance, and it has no "
    "score. Evidence is relevant to a statement; it does not satisfy it."
)
"""What a reader must know before anything else."""
OWN_WORDS = "Statements are restated in other words; only the publication is authoritative."
STATE_MEANINGS = {
    State.PASS: "An assessor found that the system does what the statement asks.",
    State.FAIL: "An assessor found that it does not.",
    State.STALE: "It passed, but its evidence is no longer valid, has changed or is missing, or its review is due.",
    State.INCONCLUSIVE: "An assessor could not decide.",
    State.NOT_ASSESSED: "Nobody has given a verdict. It is not known whether the system does what is asked.",
    State.NOT_APPLICABLE: "A person decided that the statement does not apply to the system, and stated the reason.",
    State.OUT_OF_SCOPE: "The statement binds no role that the organisation holds for the system.",
}
"""What each state means, in the order in which reports show them."""
FLAG_MEANINGS = {
    Flag.NO_EVIDENCE: "The verdict is a pass that names no evidence.",
    Flag.ACCEPTED: "It fails, and somebody accepts the risk until a later day.",
    Flag.ACCEPTANCE_ENDED: "It fails, and the risk was accepted until a day that has passed.",
    Flag.OVERDUE: "It is open, and was due before the day of the report.",
    Flag.MARKED: "A person must look at the verdict again, for the reason that is stated.",
    Flag.CHANGED: "The statement is no longer as it was when the verdict was given.",
    Flag.INHERITED: "The verdict is that of another system.",
    Flag.OVERRULED: "It binds no role that is held, and a person decided that it is in scope.",
    Flag.NOT_CHECKED: "Evidence is at a web address, which is never fetched, or has no file.",
}
"""What each flag means."""
VERBS = {
    Modality.SHALL: "Requirements",
    Modality.SHOULD: "Recommendations",
    Modality.MAY: "Permissions",
    Modality.CAN: "Possibilities",
}
"""What statements with each verb are called."""


def summary(total: UnitStatus) -> tuple[str, ...]:
    """Return sentences with the counts of an edition: what is in scope and, for each verb, what is in each state."""
    out = total.statements - total.in_scope
    beyond = f"; {out} {'is' if out == 1 else 'are'} out of scope by rule" if out else ""
    scope = f"{total.in_scope} of {count_phrase(total.statements, 'statement')} {_be(total.in_scope)} in scope{beyond}."
    return (scope, *_of_verbs(total))


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _of_verbs(total: UnitStatus) -> Iterator[str]:
    for verb, names in VERBS.items():
        inside = [state for state in STATE_MEANINGS if state is not State.OUT_OF_SCOPE]
        counts = {state: total.count(state, modality=verb) for state in inside}
        if whole := sum(counts.values()):
            said = [f"{count} {_says(state, count)}" for state, count in counts.items() if count]
            listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
            yield f"{names} ({verb}), {whole} in scope: {listed}."


_VERB_OF_STATE = {State.PASS: ("passes", "pass"), State.FAIL: ("fails", "fail")}


def _says(state: State, count: int) -> str:
    one, many = _VERB_OF_STATE.get(state, (f"is {state}", f"are {state}"))
    return one if count == 1 else many
