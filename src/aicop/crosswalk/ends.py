"""The sides of a mapping: elements, and joint ids that stand for several elements of one framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.errors import UnknownKey
from aicop.ids import JOINER, JointId
from aicop.vocabulary import ASKING, Nature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.frameworks.framework import Framework
    from aicop.ids import End, Key


def members_of(end: End) -> tuple[Key, ...]:
    """Return the members of a joint id, or the only element."""
    return end.members if isinstance(end, JointId) else (end,)


def joints_of(ends: Iterable[End]) -> tuple[JointId, ...]:
    """Return the joint ids among these ends, each once."""
    return tuple(dict.fromkeys(end for end in ends if isinstance(end, JointId)))


def end_of(framework: Framework, written: End | str) -> End:
    """
    Return the element or joint id that *written* refers to. Ids of a joint id are separated by ``|``.

    Raises:
        UnknownKey: the framework has no such element.
    """
    if isinstance(written, JointId):
        return JointId(map(framework.key, written.members))
    if isinstance(written, str) and JOINER in written:
        try:
            # An id that contains the sign itself comes first.
            return framework.key(written)
        except UnknownKey:
            keys = dict.fromkeys(map(framework.key, written.split(JOINER)))
            return JointId(keys) if len(keys) > 1 else next(iter(keys))
    return framework.key(written)


def order_of(framework: Framework) -> Callable[[End], tuple[int, ...]]:
    """Return a sort key: elements in the publisher's order, joint ids after their first member."""

    def place(end: End) -> tuple[int, ...]:
        return tuple(sorted(map(framework.position, members_of(end))))

    return place


def nature_of(framework: Framework, end: End) -> Nature:
    """Return the nature of an element; a joint id is a requirement or mitigation only if all its members are."""
    natures = [framework[key].nature for key in members_of(end)]
    return next((nature for nature in natures if nature not in ASKING), natures[0])


def title_of(framework: Framework, end: End) -> str | None:
    """Return the title of an element, or the titles of all members; None if there are none."""
    return "; ".join(filter(None, (framework.title(key) for key in members_of(end)))) or None


def digest_of(framework: Framework, end: End) -> str:
    """Return the digest of an element, or those of all members, joined by ``|``."""
    return JOINER.join(map(framework.digest_of, members_of(end)))
