"""
Find shipped crosswalks between two frameworks: direct, inverted or composed through other frameworks.

For mappings of your own, see `aicop.mappings.loads` and `Crosswalk.from_mappings`.
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
"""The maximum number of steps in the routes that `NoCrosswalk` suggests."""
MAX_ROUTES = 5
"""The maximum number of routes that `NoCrosswalk` suggests."""


@functools.cache
def _shipped_pair(source: EditionId, target: EditionId) -> Crosswalk | None:
    """Return the shipped sets between two editions, in either direction, as one crosswalk; None if there are none."""
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
    """Return True if the framework has a requirement or mitigation."""
    return any(item.nature in ASKING for item in frameworks.load(edition).controls)


def _routes(source: EditionId, target: EditionId) -> Iterator[str]:
    """Yield the routes from source to target as text, the shortest first."""
    near: dict[EditionId, dict[EditionId, None]] = {}
    for item in sets():
        near.setdefault(item.source, {})[item.target] = None
        near.setdefault(item.target, {})[item.source] = None
    ways: list[tuple[EditionId, ...]] = [(source,)]
    for _ in range(MAX_STEPS):
        longer = [(*way, step) for way in ways for step in near.get(way[-1], ()) if step not in way]
        yield from (" -> ".join(map(str, way)) for way in longer if way[-1] == target)
        # Composition needs relations at the intermediate framework, and a list of risks or documents has only links.
        ways = [way for way in longer if way[-1] != target and _asks(way[-1])]


def crosswalk(
    source: EditionId | str,
    target: EditionId | str,
    *,
    via: str | EditionId | Iterable[EditionId | str] = (),
    author: str | None = None,
) -> Crosswalk:
    """
    Return the shipped crosswalk between two frameworks, composed through the frameworks in *via* if given.

    Frameworks are named by key, name or edition. Mapping sets in both directions are used. With *author*, only mappings
    by that author are used.

    >>> crosswalk("uk-ai-cop", "iso-iec-42001")["5.1"][0].says
    'intersects-with'
    >>> crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")["GV.OC-02"][0].says
    'nothing is known'

    Raises:
        UnknownEdition: there is no such framework.
        NoCrosswalk: no mappings ship for a step; the error suggests routes through other frameworks.
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
    Return the claims about elements of two frameworks as plain text, with the mappings and rationales behind them.

    >>> print(explain("uk-ai-cop:5.1", "ISO 42001 A.4.2").splitlines()[0])
    uk-ai-cop@2025-01:5.1 (Maintain an inventory of assets and their interdependencies) to ...

    Raises:
        UnknownKey: one of the elements does not exist.
        NoCrosswalk: no mappings ship between their frameworks.
    """
    ends = parse(str(one)), parse(str(other))
    return crosswalk(ends[0].edition, ends[1].edition, via=via).explain(*ends)
