"""The ids and aliases of the nodes of a CISO Assistant library."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from aicop.interop.ciso_assistant.urns import NODE, tail
from aicop.interop.common.builder import MAX_ID_LENGTH
from aicop.keys.control_index import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

Plain = dict[str, Any]

_ROOM_FOR_NUMBER = 8
"""How many characters of a long id give way to a number."""


def ids_of(nodes: Sequence[Plain], references: Sequence[str], left: Counter[str]) -> list[str]:
    """
    Return the id of each node: its reference, or the end of its URN if that is empty, too long or not unique.

    An id that is too long is shortened, and one that an earlier node has gets a number; both are counted in *left*.
    """
    # Compared in folded form, because the ids of a framework must differ in more than case and punctuation.
    counts = Counter(map(fold, references))
    written = [
        one if 0 < len(one) <= MAX_ID_LENGTH and counts[fold(one)] == 1 else tail(node["urn"].lower(), NODE)
        for one, node in zip(references, nodes, strict=True)
    ]
    # No number may yield an id that another node has by itself.
    natural = {fold(one) for one in written}
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    ids = []
    for one in written:
        found = one if len(one) <= MAX_ID_LENGTH else one[:MAX_ID_LENGTH].rstrip()
        left["shortened"] += found != one
        if (own := fold(found)) in taken:
            left["numbered"] += 1
            start = found[: MAX_ID_LENGTH - _ROOM_FOR_NUMBER]
            while (folded := fold(found)) in taken or (folded in natural and folded != own):
                numbers[own] += 1
                found = f"{start}-{numbers[own] + 1}"
        taken.add(fold(found))
        ids.append(found)
    return ids


def aliases_of(given: str, reference: str, own: str, *, mine: bool) -> list[str]:
    """Return the other names of a node: its URN, also in lower case, and its reference if that is not its id."""
    # A URN that aicop wrote is computed from the id, so it need not be kept.
    names = [] if mine else [given, given.lower()]
    return list(dict.fromkeys([*names, *([reference] if reference not in {"", own} else [])]))
