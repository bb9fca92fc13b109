"""What ids of each class refer to, and the refusal of an id of another class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.errors import KeyMistake, UnknownKey
from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.ids import Key

KINDS: dict[type[Any], str] = {
    ProvisionId: "a provision",
    StatementId: "a statement",
    PrincipleId: "a principle",
    PhaseId: "a phase",
    ControlId: "an element of a framework",
    JointId: "several elements together",
    EditionId: "an edition",
}
"""The classes of ids, and what each is the id of."""


def kind_words(kinds: Iterable[type[Any]]) -> str:
    """Return what ids of these classes refer to, such as "a provision or a statement"."""
    return " or ".join(KINDS[kind] for kind in kinds)


def kind_of(wanted: Any) -> tuple[type[Any]]:  # noqa: ANN401 -- whatever a caller names
    """
    Return the class of ids that a caller names, as `check_kind` takes it.

    Raises:
        TypeError: it is not one of the classes of ids that a key can refer to.
    """
    if wanted in KINDS and wanted not in {JointId, EditionId}:
        return (wanted,)
    said = wanted.__name__ if isinstance(wanted, type) else "a union"
    message = f"kind must be one class of ids that keys refer to, such as ProvisionId, and not {said}"
    raise TypeError(message)


def check_kind(found: Key, kinds: tuple[type[Any], ...], written: str) -> Key:
    """
    Return *found* if it is of one of the classes.

    Raises:
        UnknownKey: it is of another one.
    """
    if type(found) in kinds:
        return found
    advice = f"{found} is {KINDS[type(found)]}, where {kind_words(kinds)} is expected."
    raise UnknownKey(written, KeyMistake.OTHER_KIND, advice)
