"""Small crosswalks and their claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from aicop.crosswalk import Crosswalk
from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop.frameworks import Framework
    from aicop.ids import End, Key


SAID = ["equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship", "related-to"]


def key(framework: Framework, name: str) -> Key:
    """Return the id of an element."""
    return framework.key(name)


def walk(*rows: tuple[str, str, str], source: Framework = A, target: Framework = B, **more: object) -> Crosswalk:
    """Return a crosswalk of rows between two small frameworks."""
    made = [
        row(source.key(one), predicate, target.key(other) if other else None, **more) for one, predicate, other in rows
    ]
    return Crosswalk.from_mappings(made, source, target)


FLAT = st.lists(
    st.tuples(st.sampled_from(["X-1", "X-2", "Y-1"]), st.sampled_from(SAID), st.sampled_from(["X-1", "X-2", "Y-1"])),
    max_size=6,
)


def facts(of: Crosswalk) -> set[tuple[End | None, End | None, str]]:
    """Return the source, target and relationship of every claim."""
    return {(claim.source, claim.target, claim.says) for claim in of.claims()}
