"""What follows from the elements for which no counterpart was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk import Step
from aicop.crosswalk.algebra.joints import relatives_of
from aicop.crosswalk.algebra.unmatched import Unmatched, spread_unmatched
from aicop.ids import JointId
from tests.examples import A, row

if TYPE_CHECKING:
    from aicop.crosswalk.path import Path
    from aicop.ids import End


def nothing(end: End) -> Path:
    """Return the path of an element for which it is stated that no counterpart was found."""
    return (Step(source=end, target=None, mapping=row(end, "nothing-found", None), inverted=False),)


def up(part: End, whole: End) -> Step:
    """Return a step from a part to its whole."""
    return Step(source=part, target=whole, mapping=None, inverted=False)


def test_what_is_stated_of_a_whole_counts_before_what_is_stated_of_parts() -> None:
    """Of a joint id too: if its family has no counterpart, what is stated of a member adds nothing."""
    family, one, two = (A.key(name) for name in ("X", "X-1", "X-2"))
    pair = JointId([one, two])
    relatives = relatives_of(A, [pair])
    both: Unmatched = {family: (nothing(family),), one: (nothing(one),)}
    assert spread_unmatched(both, A, relatives, [pair, one, two]) == {
        pair: ((up(pair, family), *nothing(family)),),
        one: (nothing(one), (up(one, family), *nothing(family))),
        two: ((up(two, family), *nothing(family)),),
    }
    # Without the family, all members are needed.
    parts: Unmatched = {one: (nothing(one),)}
    assert spread_unmatched(parts, A, relatives, [pair]) == {}
    parts[two] = (nothing(two),)
    assert spread_unmatched(parts, A, relatives, [pair, family]) == {
        pair: tuple((Step(source=pair, target=end, mapping=None, inverted=True), *nothing(end)) for end in (one, two))
    }
