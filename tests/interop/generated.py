"""Hypothesis strategies for exported items: frameworks, crosswalks and editions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from aicop import catalogue
from aicop.crosswalk import Crosswalk
from aicop.frameworks import Framework, of_list
from aicop.keys.control_index import fold
from aicop.mappings.rules import MAX_STRENGTH, nature_fault
from aicop.model import Mapping
from aicop.vocabulary import Knowledge, MappingBasis, Nature, Predicate
from tests.strategies import edition_ids
from tests.strategies import editions as plain_editions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.catalogue import Catalogue
    from aicop.ids import Key

_CHARS = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" \"'\\:#-=|<>&;,{}[]@%")
texts = st.text(_CHARS, min_size=1, max_size=40).map(str.strip).filter(lambda text: text and text.isprintable())
"""One line of anything that can be printed, without blanks at its ends."""

_ID = st.text(st.sampled_from("ABCabc019.-_()# :/é"), min_size=1, max_size=12).map(str.strip)
ids = _ID.filter(lambda text: any(char.isascii() and char.isalnum() for char in text))
"""Ids such as publishers invent."""


@st.composite
def frameworks(draw: st.DrawFn, natures: Sequence[Nature] = tuple(Nature)) -> Framework:
    """Draw a framework of up to eight elements in some hierarchy, in printed order."""
    # Ids that fold to the same form would be refused.
    names = draw(st.lists(ids, min_size=1, max_size=8, unique_by=fold))
    edition = draw(edition_ids)
    items: list[dict[str, Any]] = []
    for name in names:
        # Parents are among the earlier elements, so there is no cycle.
        above = draw(st.none() | st.sampled_from([item["id"] for item in items])) if items else None
        item = {
            "id": name,
            "parent": above,
            "kind": draw(st.sampled_from(["family", "control", "enhancement"])),
            "title": draw(st.none() | texts),
            "nature": draw(st.sampled_from(natures)).value,
            "words": draw(st.none() | texts),
        }
        items.append({field: cell for field, cell in item.items() if cell is not None})
    items = _printed(items)
    data = {"framework": edition.document, "edition": edition.label, "title": draw(texts), "controls": items}
    return of_list(data, "drawn.json", lambda place, field: f"controls[{place}].{field}")


def _printed(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return elements with descendants after their ancestors, as a publication prints them."""
    found: list[dict[str, Any]] = []

    def under(parent: str | None) -> None:
        for item in items:
            if item.get("parent") == parent:
                found.append(item)
                under(item["id"])

    under(None)
    return found


def _strength(predicate: Predicate, drawn: int) -> int:
    if predicate in {Predicate.EQUAL, Predicate.SUBSET}:
        return MAX_STRENGTH
    return 0 if predicate in {Predicate.NONE, Predicate.NOTHING} else 1 + drawn % (MAX_STRENGTH - 1)


def _reverse_strength(predicate: Predicate, drawn: int) -> int | None:
    if predicate is Predicate.MITIGATES:
        return None
    turned = {Predicate.SUBSET: Predicate.SUPERSET, Predicate.SUPERSET: Predicate.SUBSET}
    return _strength(turned.get(predicate, predicate), drawn)


MOSTLY_ASKING = (Nature.REQUIREMENT, Nature.MITIGATION, Nature.REQUIREMENT, Nature.RISK)
"""Natures between which relations can stand, and one that has none: most formats hold relations only."""


@st.composite
def crosswalks(draw: st.DrawFn, natures: Sequence[Nature] = tuple(Nature), least: int = 0) -> Crosswalk:
    """
    Draw a crosswalk between two drawn frameworks, with predicates that fit the natures of their elements.

    Elements have one of *natures*, and at least *least* pairs are mapped.
    """
    source = draw(frameworks(natures))
    target = draw(frameworks(natures).filter(lambda item: item.id != source.id))
    ends = st.tuples(st.sampled_from(list(source)), st.sampled_from(list(target)))
    pairs = draw(st.lists(ends, min_size=least, max_size=8, unique=True))
    rows = [_row(draw, source, one, target, other) for one, other in pairs]
    mapped = {row.source for row in rows}
    free = [key for key in source if key not in mapped and draw(st.booleans())]
    rows += (attrs.evolve(_fill(draw, key, Predicate.NOTHING, None), searched=target.id) for key in free)
    return Crosswalk.from_mappings(rows, source, target)


def _row(draw: st.DrawFn, source: Framework, one: Key, target: Framework, other: Key) -> Mapping:
    natures = source[one].nature, target[other].nature
    fitting = [item for item in Predicate if item is not Predicate.NOTHING and nature_fault(item, *natures) is None]
    return _fill(draw, one, draw(st.sampled_from(fitting)), other)


def _fill(draw: st.DrawFn, one: Key, predicate: Predicate, other: Key | None) -> Mapping:
    return Mapping(
        source=one,
        predicate=predicate,
        target=other,
        rationale=draw(texts),
        strength=draw(st.none() | st.integers(0, 100).map(lambda drawn: _strength(predicate, drawn))),
        remainder=draw(st.none() | texts),
        reverse_strength=draw(st.none() | st.integers(0, 100).map(lambda drawn: _reverse_strength(predicate, drawn))),
        reverse_remainder=draw(st.none() | texts),
        confidence=draw(st.integers(0, 10)),
        basis=draw(st.sampled_from(MappingBasis)),
        author=draw(texts),
        date=draw(st.dates().map(str)),
        knowledge=draw(st.none() | st.sampled_from(Knowledge)),
        settlement=draw(st.none() | texts),
        set="drawn",
    )


def editions() -> st.SearchStrategy[Catalogue]:
    """Return a strategy for editions of the shape of the hand-made one."""
    return plain_editions().map(lambda data: catalogue.loads(json.dumps(data), "drawn.json"))
