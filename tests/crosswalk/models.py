"""Small models: frameworks whose elements are sets, and mappings between them that are true."""

from __future__ import annotations

import functools
import itertools
import operator
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from aicop.crosswalk import Crosswalk
from aicop.frameworks import Framework, loads
from aicop.ids import End, JointId
from aicop.relations import SETS
from aicop.vocabulary import Relation
from tests.examples import row
from tests.test_relations import between

if TYPE_CHECKING:
    from aicop.crosswalk.path import Path
    from aicop.ids import Key
    from aicop.model import Mapping

BITS = 4
"""The number of things that sets consist of."""


@functools.cache
def forest(name: str, parents: tuple[int | None, ...], *, unions: bool) -> Framework:
    """Make a framework of numbered controls, each with the number of its parent."""
    lines = [f"{i},{'' if parent is None else parent},control" for i, parent in enumerate(parents)]
    made = loads("\n".join(["id,parent,kind", *lines, ""]), f"{name}.csv", framework=name, edition="1", title=name)
    return attrs.evolve(made, unions=unions)


@attrs.frozen(repr=False)
class World:
    """A framework whose elements and joint ids are non-empty sets, given as bits."""

    framework: Framework
    values: dict[End, int]

    def __repr__(self) -> str:
        parents = {item.id.local: item.parent and item.parent.local for item in self.framework.controls}
        return f"{parents} {bool(self.framework.complete_wholes)} { {end.local: n for end, n in self.values.items()} }"


@st.composite
def worlds(draw: st.DrawFn, name: str, most: int = 4, *, flat: bool = False) -> World:
    """Draw a framework of a few elements: in a forest, with up to two joint ids, or flat and without."""
    count, unions = draw(st.integers(1, most)), draw(st.booleans())
    parents = [None if flat else draw(st.sampled_from([None, *range(i)])) for i in range(count)]
    made = forest(name, tuple(parents), unions=unions)
    keys = list(made)
    values: dict[End, int] = {}
    # Parts have larger numbers than their wholes.
    for i in reversed(range(count)):
        parts = [values[keys[j]] for j in range(count) if parents[j] == i]
        own = 0 if parts and unions else draw(st.integers(0 if parts else 1, 2**BITS - 1))
        values[keys[i]] = functools.reduce(operator.or_, parts, own)
    for _ in range(draw(st.integers(0, 2)) if count > 1 and not flat else 0):
        members: list[Key] = draw(st.lists(st.sampled_from(keys), min_size=2, max_size=3, unique=True))
        values[JointId(members)] = functools.reduce(operator.or_, (values[key] for key in members))
    return World(made, values)


@st.composite
def true_rows(draw: st.DrawFn, source: World, target: World, most: int = 4) -> list[Mapping]:
    """Draw mappings that are true, some of them joint on one side, and some that state that nothing was found."""
    rows = []
    for place in range(draw(st.integers(0, most))):
        one = draw(st.sampled_from(list(source.values)))
        others = [end for end in target.values if not (isinstance(end, JointId) and isinstance(one, JointId))]
        other = draw(st.sampled_from(others))
        relation = between(source.values[one], target.values[other])
        word = "related-to" if relation is not Relation.NONE and draw(st.booleans()) else relation.value
        rows.append(row(one, word, other, rationale=str(place)))
    for near, far, turned in ((source, target, False), (target, source, True)):
        for end, bits in near.values.items():
            if not any(bits & other for other in far.values.values()) and draw(st.booleans()):
                ends = (None, end) if turned else (end, None)
                rows.append(row(ends[0], "nothing-found", ends[1], searched=far.framework.id))
    return rows


def walk_of(rows: list[Mapping], source: World, target: World) -> Crosswalk:
    """Return the crosswalk of rows between two worlds."""
    return Crosswalk.from_mappings(rows, source.framework, target.framework)


def check_path(path: Path) -> None:
    """Check that each step of a path begins where the one before ends."""
    for step, after in itertools.pairwise(path):
        assert step.target == after.source
        assert step.target is not None


def check_true(found: Crosswalk, source: World, target: World) -> None:
    """Check that a crosswalk allows what is the case, and that every claim has a path."""
    for item in found.claims():
        assert item.paths
        for path in item.paths:
            check_path(path)
            assert (path[0].source, path[-1].target) == (item.source, item.target)
        if item.source is None or item.target is None:
            near, far, end = (target, source, item.target) if item.source is None else (source, target, item.source)
            assert end is not None
            assert not any(near.values[end] & other for other in far.values.values())
        else:
            assert item.relations is not None
            assert between(source.values[item.source], target.values[item.target]) in item.relations
    for one, masks in found._matrix.items():
        for other, mask in masks.items():
            assert between(source.values[one], target.values[other]) in SETS[mask]
            assert list(found.pair(one, other))
