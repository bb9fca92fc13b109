"""
Find crosswalks between two frameworks: direct, inverted, composed through other frameworks, or several combined.

They are found in any stock of frameworks and mappings, a `MappingRegistry`; by default in the one that ships. For
mappings of your own, see `aicop.mappings.loads` and `Crosswalk.from_mappings`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import one_line, shown
from aicop.crosswalk.claim import Claim
from aicop.crosswalk.core import Crosswalk
from aicop.crosswalk.registry import MappingRegistry, shipped
from aicop.errors import NoCrosswalk, count_phrase
from aicop.ids import EditionId, Key
from aicop.vocabulary import ASKING, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.crosswalk.denominator import Words

MAX_STEPS = 3
"""The maximum number of steps in the routes that `NoCrosswalk` suggests."""
MAX_ROUTES = 5
"""The maximum number of routes that `NoCrosswalk` suggests."""

Via = str | EditionId | Iterable[EditionId | str]
"""One framework or several."""
Stops = tuple[EditionId, ...]
"""The editions on a way, both ends included."""


@shown
@attrs.frozen(repr=False)
class KeyClaims:
    """The claims about one element in one other framework."""

    crosswalk: Crosswalk
    """From the framework of the element to the other one."""
    claims: tuple[Claim, ...]
    """The claims about the element and its statements, in the order of the crosswalk."""

    def __repr__(self) -> str:
        return one_line(self, f"to {self.crosswalk.target.id}: {count_phrase(len(self.claims), 'claim')}")


def _connected(registry: MappingRegistry) -> dict[EditionId, dict[EditionId, None]]:
    """Return the editions to which each edition has sets of mappings, in either direction."""
    near: dict[EditionId, dict[EditionId, None]] = {}
    for item in registry.mapping_sets():
        near.setdefault(item.source, {})[item.target] = None
        near.setdefault(item.target, {})[item.source] = None
    return near


def _combined(registry: MappingRegistry, source: EditionId, target: EditionId) -> Crosswalk:
    """Return all sets between two editions, in either direction, as one crosswalk; there must be some."""
    ends = registry.framework(source), registry.framework(target)
    found: list[Crosswalk] = []
    for item in registry.mapping_sets():
        if (item.source, item.target) == (source, target):
            found.append(Crosswalk.from_mappings(registry.mappings(item.name), *ends, _trusted=True))
        elif (item.source, item.target) == (target, source):
            back = Crosswalk.from_mappings(registry.mappings(item.name), *reversed(ends), _trusted=True)
            found.append(back.inverse())
    return functools.reduce(Crosswalk.combine, found)


def _pair(registry: MappingRegistry, source: EditionId, target: EditionId) -> Crosswalk:
    """Return the crosswalk between two editions that are connected by sets; it is built once per registry."""
    known = registry.crosswalk_cache()
    if (source, target) not in known:
        known[source, target] = _combined(registry, source, target)
    return known[source, target]


def _routes(registry: MappingRegistry, source: EditionId, target: EditionId) -> Iterator[str]:
    """Yield the routes from source to target as text, the shortest first."""
    near = _connected(registry)
    ways: list[tuple[EditionId, ...]] = [(source,)]
    for _ in range(MAX_STEPS):
        longer = [(*way, step) for way in ways for step in near.get(way[-1], ()) if step not in way]
        yield from (" -> ".join(map(str, way)) for way in longer if way[-1] == target)
        # Composition needs relations at the intermediate framework, and a list of risks or documents has only links.
        ways = [way for way in longer if _asks(registry, way[-1])]


def _asks(registry: MappingRegistry, edition: EditionId) -> bool:
    """Return True if the framework has a requirement or mitigation."""
    return any(item.nature in ASKING for item in registry.framework(edition).controls)


def _leads_on(walk: Crosswalk) -> bool:
    """Return True if something may follow from a crosswalk when it is composed; of links, only *mitigates* leads on."""
    known = walk._history.tables  # noqa: SLF001 -- the tables are shared within the package
    links = (link for row in known.links.values() for several in row.values() for link, _ in several)
    return bool(known.matrix or any(known.unmatched)) or Predicate.MITIGATES in links


def _ways(registry: MappingRegistry, source: EditionId, target: EditionId) -> list[Stops]:
    """
    Return the ways from source to target that nobody has to ask for, each with both ends, the shortest first.

    They are the mappings between the two, and those between other editions of their lineages, so that every set of
    mappings between the two lineages counts once. An edition has much the same content as another one of its lineage,
    so this is the only composition that nobody has to ask for.

    Raises:
        NoCrosswalk: there is no such way; the error suggests routes through other frameworks.
    """
    near = _connected(registry)
    there, back = registry.lineage_ways(source), registry.lineage_ways(target)
    if target in there:
        # A lineage says which element of one edition is which of another, so a longer way would add nothing.
        direct = [(source, target)] if target in near.get(source, ()) else []
        ways = list(dict.fromkeys([*direct, *([] if source == target else [there[target]])]))
    else:
        between = ((one, other) for one in there for other in back if other in near.get(one, ()))
        pairs = sorted(between, key=lambda pair: len(there[pair[0]]) + len(back[pair[1]]))
        # From mappings that cite documents, for example, nothing follows for another edition.
        kept = [pair for place, pair in enumerate(pairs) if not place or _leads_on(_pair(registry, *pair))]
        ways = [(*there[one], *back[other][::-1]) for one, other in kept]
    if not ways:
        routes = itertools.islice(_routes(registry, source, target), MAX_ROUTES)
        raise NoCrosswalk(str(source), str(target), tuple(routes))
    return ways


def crosswalk_in(
    registry: MappingRegistry,
    source: EditionId | str,
    target: EditionId | str,
    *,
    via: Via | None = None,
    author: Words | None = None,
) -> Crosswalk:
    """
    Return the crosswalk between two frameworks of a stock; see `crosswalk`.

    Raises:
        UnknownEdition: there is no such framework.
        UnknownTerm: no mapping is by the author.
        NoCrosswalk: there are no mappings for a step; the error suggests routes through other frameworks.
    """
    between = (via,) if isinstance(via, str | EditionId) else tuple(via or ())
    named = [registry.framework(item).id for item in (source, *between, target)]
    if via is None:
        ways = _ways(registry, *named)
    else:
        ways = [tuple(named)]
        near = _connected(registry)
        for one, other in itertools.pairwise(named):
            if other not in near.get(one, ()):
                routes = itertools.islice(_routes(registry, one, other), MAX_ROUTES)
                raise NoCrosswalk(str(one), str(other), tuple(routes))
    found = functools.reduce(Crosswalk.combine, (_along(registry, way) for way in ways))
    return found if author is None else found.filter(author=author)


def _along(registry: MappingRegistry, way: Stops) -> Crosswalk:
    """Return the crosswalk along a way, composed at each edition between its ends."""
    return functools.reduce(Crosswalk.compose, (_pair(registry, *pair) for pair in itertools.pairwise(way)))


def mappings_of_in(registry: MappingRegistry, key: Key | str) -> tuple[KeyClaims, ...]:
    """
    Return the claims about an element in the frameworks of a stock; see `mappings_of`.

    Raises:
        UnknownKey: there is no such element.
    """
    item = registry.parse(str(key))
    near = _connected(registry)
    others = dict.fromkeys(near.get(item.edition, ()))
    # What other editions are mapped to answers for this one too, as in a crosswalk.
    around = (other for one in registry.lineage_ways(item.edition) for other in near.get(one, ()))
    others |= dict.fromkeys(other for other in around if other != item.edition)
    found = []
    for other in others:
        walk = crosswalk_in(registry, item.edition, other)
        if other == item.edition:
            # A set between elements of one framework has the element as a source or as a target.
            walk = walk.combine(walk.inverse())
        parts = [part.id for part in walk.source.children(item) if part.kind == "statement"]
        claims = dict.fromkeys(claim for one in (item, *parts) for claim in walk[one])
        if claims:
            found.append(KeyClaims(walk, tuple(claims)))
    return tuple(found)


def explain_in(registry: MappingRegistry, one: Key | str, other: Key | str, *, via: Via | None = None) -> str:
    """
    Return the claims about elements of two frameworks of a stock as plain text; see `explain`.

    Raises:
        UnknownKey: one of the elements does not exist.
        NoCrosswalk: there are no mappings between their frameworks.
    """
    ends = registry.parse(str(one)), registry.parse(str(other))
    return crosswalk_in(registry, ends[0].edition, ends[1].edition, via=via).explain(*ends)


def crosswalk(
    source: EditionId | str,
    target: EditionId | str,
    *,
    via: Via | None = None,
    author: Words | None = None,
) -> Crosswalk:
    """
    Return the shipped crosswalk between two frameworks, composed through the frameworks in *via* if given.

    Frameworks are named by key, name or edition. Mapping sets in both directions are used. With *author*, only mappings
    by that author are used. Without *via*, the crosswalk of an edition of the Code combines the mappings of this
    edition with what follows from those of the other editions; `Crosswalk.ways` says so. With an empty *via*, only
    mappings between the two count.

    >>> crosswalk("uk-ai-cop", "iso-iec-42001")["5.1"][0].says
    'intersects-with'
    >>> crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")["GV.OC-02"][0].says
    'nothing is known'
    >>> [str(edition) for edition in crosswalk("etsi-en-304-223", "iso-iec-42001").via]
    ['uk-ai-cop@2025-01']
    >>> crosswalk("etsi-en-304-223", "eu-ai-act@2024").ways
    ((), (<EditionId uk-ai-cop@2025-01>,))

    Raises:
        UnknownEdition: there is no such framework.
        UnknownTerm: no mapping is by the author.
        NoCrosswalk: no mappings ship for a step; the error suggests routes through other frameworks.
    """
    return crosswalk_in(shipped(), source, target, via=via, author=author)


def mappings_of(key: Key | str) -> tuple[KeyClaims, ...]:
    """
    Return the claims about an element, and about its statements, in every framework that has shipped mappings.

    There is one `KeyClaims` for each framework, in the order of the mapping sets; frameworks without a claim are left
    out. The element is the source of every claim: mappings that were made in the other direction are inverted. A
    framework that only another edition is mapped to comes last; what follows from there is claimed, as in `crosswalk`.

    >>> [str(item.crosswalk.target.id) for item in mappings_of("uk-ai-cop:5.1")][:2]
    ['etsi-ts-104-223@1.1.1', 'etsi-en-304-223@2.1.1']

    Raises:
        UnknownKey: there is no such element.
    """
    return mappings_of_in(shipped(), key)


def explain(one: Key | str, other: Key | str, *, via: Via | None = None) -> str:
    """
    Return the claims about elements of two frameworks as plain text, with the mappings and rationales behind them.

    >>> print(explain("uk-ai-cop:5.1", "ISO 42001 A.4.2").splitlines()[0])
    uk-ai-cop@2025-01:5.1 (Maintain an inventory of assets and their interdependencies) to ...

    Raises:
        UnknownKey: one of the elements does not exist.
        NoCrosswalk: no mappings ship between their frameworks.
    """
    return explain_in(shipped(), one, other, via=via)
