"""The sides of mappings."""

from __future__ import annotations

import pytest

from aicop import UnknownKey, frameworks
from aicop.crosswalk.ends import digest_of, end_of, joints_of, members_of, nature_of, order_of, title_of
from aicop.frameworks import digest, loads
from aicop.ids import JointId
from aicop.vocabulary import Nature
from tests.examples import A

X1, X2, Y1, R = map(A.key, ("X-1", "X-2", "Y-1", "R"))
PAIR = JointId([X1, X2])
OWN = loads(
    "id,kind,nature\nW-2,control,\nW-1,control,\nZ-1,risk,risk\n", "own.csv", framework="own", edition="1", title="Own"
)
"""A publisher's order that is not that of the ids, and a risk at its end."""


def test_the_members_of_an_end_are_those_of_a_joint_id_or_itself() -> None:
    """And only joint ids are joint, each listed once."""
    assert (members_of(PAIR), members_of(X1)) == ((X1, X2), (X1,))
    assert joints_of([X1, PAIR, X2, JointId([X1, X2]), JointId([X1, R])]) == (PAIR, JointId([X1, R]))


@pytest.mark.parametrize(
    ("written", "expected"),
    [("X-1", X1), (X1, X1), ("x-1|X-2", PAIR), (PAIR, PAIR), ("X-1|x-1", X1)],
)
def test_an_end_is_read_from_any_form(written: str, expected: object) -> None:
    """A repeated member counts once."""
    assert end_of(A, written) == expected


def test_an_end_with_an_unknown_member_is_refused() -> None:
    """Whichever it is."""
    for written in ("X-9", "X-9|X-1", "X-1|X-9"):
        with pytest.raises(UnknownKey):
            end_of(A, written)


def test_ends_are_in_the_order_of_their_members() -> None:
    """A joint id comes after its first member, and before what follows that."""
    ends = [X1, PAIR, JointId([X1, Y1]), X2, JointId([X2, Y1]), Y1, R]
    mixed = [*ends[1::2], *ends[::2]]
    assert sorted(mixed, key=order_of(A)) == ends
    # The first member is the one that the publisher lists first.
    two, one, _ = OWN
    assert sorted([one, JointId([one, two]), two], key=order_of(OWN)) == [two, JointId([one, two]), one]


def test_a_joint_id_is_a_requirement_if_all_its_members_are() -> None:
    """Otherwise it is what the first of the others is."""
    assert [nature_of(A, end) for end in (X1, PAIR, R)] == [Nature.REQUIREMENT, Nature.REQUIREMENT, Nature.RISK]
    assert {nature_of(A, JointId(several)) for several in ([X1, R], [R, X1], [X1, X2, R])} == {Nature.RISK}
    assert nature_of(OWN, JointId(OWN)) is Nature.RISK


def test_titles_and_digests_are_those_of_all_members() -> None:
    """None if no member has a title."""
    code = frameworks.load("uk-ai-cop")
    one, other = code.key("5.1"), code.key("5.2")
    assert title_of(code, JointId([one, other])) == f"{code.title(one)}; {code.title(other)}"
    assert (title_of(code, one), title_of(A, PAIR), title_of(A, X1)) == (code.title(one), None, None)
    assert digest_of(code, JointId([one, other])) == f"{digest(code[one])}|{digest(code[other])}"
    assert digest_of(A, X1) == digest(A[X1])
