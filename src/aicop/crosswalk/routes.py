"""
From one framework to another: the crosswalks that ship, direct, inverted or composed through others.

`aicop.mappings.loads` reads mappings of your own, and `Crosswalk.from_mappings` makes a crosswalk of them.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from aicop import frameworks, mappings
from aicop.crosswalk.core import Crosswalk
from aicop.errors import NoCrosswalk
from aicop.ids import EditionId
from aicop.keys.parser import parse
from aicop.mappings.shipped import sets
from aicop.vocabulary import ASKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.ids import Key

MAX_STEPS = 3
"""How many steps the ways have that `NoCrosswalk` names."""
MAX_ROUTES = 5
"""How many ways it names."""


@functools.cache
def _shipped_pair(source: EditionId, target: EditionId) -> Crosswalk | None:
    """Give all that ships of a pair, in either direction; None when nothing does."""
    ends = frameworks.load(source), frameworks.load(target)
    found: Crosswalk | None = None
    for item in sets():
        if (item.source, item.target) == (source, target):
            one = Crosswalk.from_mappings(mappings.load(item.name), *ends)
        elif (item.source, item.target) == (target, source):
            one = Crosswalk.from_mappings(mappings.load(item.name), *reversed(ends)).inverse()
        else:
            continue
        found = one if found is None else found.combine(one)
    return found


def _asks(edition: EditionId) -> bool:
    return any(item.nature in ASKING for item in frameworks.load(edition).controls)


def _routes(source: EditionId, target: EditionId) -> Iterator[str]:
    """Yield the ways from source to target, the shortest first."""
    near: dict[EditionId, dict[EditionId, None]] = {}
    for item in sets():
        near.setdefault(item.source, {})[item.target] = None
        near.setdefault(item.target, {})[item.source] = None
    ways: list[tuple[EditionId, ...]] = [(source,)]
    for _ in range(MAX_STEPS):
        longer = [(*way, step) for way in ways for step in near.get(way[-1], ()) if step not in way]
        yield from (" -> ".join(map(str, way)) for way in longer if way[-1] == target)
        # Through a list of risks or documents nothing can be composed.
        ways = [way for way in longer if way[-1] != target and _asks(way[-1])]


def crosswalk(
    source: EditionId | str,
    target: EditionId | str,
    *,
    via: str | EditionId | Iterable[EditionId | str] = (),
    author: str | None = None,
) -> Crosswalk:
    """
    Find what ships from one framework to another, in either direction, or compose it through those in *via*.

    Frameworks are named by key, name or edition. With *author*, only that maker's rows are taken.

    >>> crosswalk("uk-ai-cop", "iso-iec-42001")["5.1"][0].says
    'intersects-with'
    >>> crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")["GV.OC-02"][0].says
    'nothing is known'

    Raises:
        UnknownEdition: there is no such framework.
        NoCrosswalk: nothing ships for a step; the error names ways through others.
    """
    between = (via,) if isinstance(via, str | EditionId) else tuple(via)
    stops = [frameworks.load(item).id for item in (source, *between, target)]
    found: Crosswalk | None = None
    for one, other in itertools.pairwise(stops):
        step = _shipped_pair(one, other)
        if step is None:
            raise NoCrosswalk(str(one), str(other), tuple(itertools.islice(_routes(one, other), MAX_ROUTES)))
        if author is not None:
            step = step.filter(author=author)
        found = step if found is None else found.compose(step)
    assert found is not None
    return found


def explain(one: Key | str, other: Key | str, *, via: str | EditionId | Iterable[EditionId | str] = ()) -> str:
    """
    Tell in words what is known of two elements of two frameworks, by which rows and why.

    >>> print(explain("uk-ai-cop:5.1", "ISO 42001 A.4.2").splitlines()[0])
    uk-ai-cop@2025-01:5.1 (Maintain an inventory of assets and their interdependencies) to ...

    Raises:
        UnknownKey: one of them does not exist.
        NoCrosswalk: nothing joins their frameworks.
    """
    ends = parse(str(one)), parse(str(other))
    return crosswalk(ends[0].edition, ends[1].edition, via=via).explain(*ends)
