"""Mappings that cannot all be true."""

from __future__ import annotations

import itertools
import operator
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aicop import Catalogue, UnknownEdition, UnknownKey
from aicop.crosswalk import Contradiction, find_contradictions
from aicop.frameworks import Framework, from_catalogue, loads
from aicop.ids import ControlId, EditionId, End, JointId, ProvisionId, StatementId
from aicop.relations import ANY_RELATION, PART, RELATED, RelationSet
from aicop.vocabulary import Predicate, Relation
from tests.examples import A, B, C, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aicop.model import Mapping


Part = tuple[End, End]
SETTINGS = settings(max_examples=100)


def key(text: str) -> ControlId | JointId:
    """Return the id ``a@1:X`` for ``a:X``, or the joint id of ``a@1:X`` and ``a@1:Y`` for ``a:X|Y``."""
    framework, own = text.split(":")
    keys = [ControlId(EditionId(framework, "1"), one) for one in own.split("|")]
    return keys[0] if len(keys) == 1 else JointId(keys)


def parsed(text: str) -> Mapping:
    """
    Return the mapping for text such as ``a:X subset-of b:X``.

    ``a:X nothing-found b`` and ``b nothing-found a:X`` have only one side, and the edition ``b@1`` was searched.
    """
    source, predicate, target = text.split()
    searched = next((EditionId(side, "1") for side in (source, target) if ":" not in side), None)
    ends = (key(side) if ":" in side else None for side in (source, target))
    return row(next(ends), predicate, next(ends), searched=searched)


def framework(name: str, *lines: str) -> Framework:
    """Return a framework of controls, given one id and its parent per line."""
    table = "\n".join(["id,parent,kind", *(f"{line},control" for line in lines), ""])
    return loads(table, f"{name}.csv", framework=name, edition="1", title=f"Framework {name}")


def more(one: str, other: str, rows: Sequence[int], *parts: str) -> Callable[[list[Mapping]], Contradiction]:
    """Return a function that expects a contradiction between asking for more and being a subset."""
    reason = (
        f"One mapping says that {key(one)} asks something that {key(other)} does not; "
        f"others imply that {key(other)} asks all of it."
    )
    return lambda given: expected(one, other, reason, [given[i] for i in rows], parts)


def nothing(one: str, other: str, rows: Sequence[int], *parts: str) -> Callable[[list[Mapping]], Contradiction]:
    """Return a function that expects a contradiction between sharing nothing and sharing something."""
    reason = f"One mapping says that {key(one)} and {key(other)} have nothing in common; others imply that they do."
    return lambda given: expected(one, other, reason, [given[i] for i in rows], parts)


def missed(
    one: str, other: str, searched: str, rows: Sequence[int], *parts: str
) -> Callable[[list[Mapping]], Contradiction]:
    """Return a function that expects a contradiction between finding nothing and an overlap."""
    reason = (
        f"One mapping says that nothing in {searched} overlaps with {key(one)}; others imply that {key(other)} does."
    )
    return lambda given: expected(one, other, reason, [given[i] for i in rows], parts)


def expected(one: str, other: str, reason: str, rows: Iterable[Mapping], parts: Iterable[str]) -> Contradiction:
    """Return a contradiction; each of *parts* is ``a:X-1 in a:X``."""
    pairs = [text.split(" in ") for text in parts]
    return Contradiction(
        key(one), key(other), reason, tuple(rows), tuple((key(p), key(w)) for p, w in pairs), shortest=True
    )


# Rows, and the expected contradictions: places of rows in the order of the argument, and the parts used.
CONTRADICTIONS = {
    "part against overlap": (
        ["a:X-1 subset-of b:X-1", "a:X-1 intersects-with b:X-1"],
        [more("a:X-1", "b:X-1", [1, 0])],
    ),
    "equal against more": (
        ["a:X-1 equal-to b:X-1", "a:X-1 superset-of b:X-1"],
        [more("a:X-1", "b:X-1", [1, 0])],
    ),
    "equal against less, from the other side": (
        ["a:X-1 equal-to b:X-1", "b:X-1 superset-of a:X-1"],
        [more("b:X-1", "a:X-1", [1, 0])],
    ),
    "equal against overlap, once for the one row": (
        ["a:X-1 equal-to b:X-1", "a:X-1 intersects-with b:X-1"],
        [more("a:X-1", "b:X-1", [1, 0])],
    ),
    "equal against nothing": (
        ["a:X-1 equal-to b:X-1", "a:X-1 no-relationship b:X-1"],
        [nothing("a:X-1", "b:X-1", [1, 0])],
    ),
    "overlap against nothing": (
        ["a:X-1 intersects-with b:X-1", "a:X-1 no-relationship b:X-1"],
        [nothing("a:X-1", "b:X-1", [1, 0])],
    ),
    "overlap against nothing, from the other side": (
        ["a:X-1 intersects-with b:X-1", "b:X-1 no-relationship a:X-1"],
        [nothing("b:X-1", "a:X-1", [1, 0])],
    ),
    "related against nothing": (
        ["a:X-1 no-relationship b:X-1", "b:X-1 related-to a:X-1"],
        [nothing("a:X-1", "b:X-1", [0, 1])],
    ),
    "less against more, each by the other": (
        ["a:X-1 subset-of b:X-1", "b:X-1 subset-of a:X-1"],
        [more("b:X-1", "a:X-1", [0, 1]), more("a:X-1", "b:X-1", [1, 0])],
    ),
    "in a circle": (
        ["a:X-1 subset-of b:X-1", "b:X-1 equal-to c:X-1", "c:X-1 equal-to a:X-1"],
        [more("b:X-1", "a:X-1", [0, 1, 2])],
    ),
    "a chain against overlap": (
        ["a:X-1 subset-of b:X-1", "b:X-1 subset-of c:X-1", "a:X-1 intersects-with c:X-1"],
        [more("a:X-1", "c:X-1", [2, 0, 1])],
    ),
    "a chain against nothing": (
        ["a:X-1 subset-of b:X-1", "b:X-1 subset-of c:X-1", "a:X-1 no-relationship c:X-1"],
        [nothing("a:X-1", "c:X-1", [2, 1, 0])],
    ),
    "a chain read from both sides": (
        ["b:X-1 superset-of a:X-1", "b:X-1 equal-to c:X-1", "c:X-1 subset-of a:X-1"],
        [more("b:X-1", "a:X-1", [0, 1, 2]), more("a:X-1", "c:X-1", [2, 0, 1])],
    ),
    "sharing is inherited upwards": (
        ["a:X no-relationship b:X", "a:X-1 intersects-with b:X-1"],
        [nothing("a:X", "b:X", [0, 1], "a:X-1 in a:X", "b:X-1 in b:X")],
    ),
    "sharing is inherited upwards through rows and parts": (
        ["a:X-1 related-to c:Y-1", "c:Y-1 subset-of b:X-1", "b:X no-relationship a:X"],
        [nothing("b:X", "a:X", [2, 1, 0], "b:X-1 in b:X", "a:X-1 in a:X")],
    ),
    "a part of both": (
        ["c:X-1 subset-of a:X", "c:X-1 subset-of b:X", "a:X no-relationship b:X"],
        [nothing("a:X", "b:X", [2, 0, 1])],
    ),
    "a part of parts of both": (
        ["c:X-1 subset-of a:X-1", "c:X-1 equal-to b:Y-2", "a:X no-relationship b:Y"],
        [nothing("a:X", "b:Y", [2, 0, 1], "a:X-1 in a:X", "b:Y-2 in b:Y")],
    ),
    "a part of what is less": (
        ["a:X subset-of b:X-1", "a:X-1 intersects-with b:X"],
        [more("a:X-1", "b:X", [1, 0], "a:X-1 in a:X", "b:X-1 in b:X")],
    ),
    "a whole within its part": (
        ["a:X subset-of b:X", "b:X subset-of a:X-1"],
        [more("b:X", "a:X", [0, 1], "a:X-1 in a:X"), more("a:X-1", "b:X", [1, 0], "a:X-1 in a:X")],
    ),
    "a part apart from its whole": (
        ["a:X-1 no-relationship a:X"],
        [nothing("a:X-1", "a:X", [0], "a:X-1 in a:X")],
    ),
    "a part with more than its whole": (
        ["a:X-1 superset-of a:X"],
        [more("a:X-1", "a:X", [0], "a:X-1 in a:X")],
    ),
    "more than itself": (["a:X subset-of a:X"], [more("a:X", "a:X", [0])]),
    "beside itself": (["a:X intersects-with a:X"], [more("a:X", "a:X", [0])]),
    "apart from itself": (["a:X no-relationship a:X"], [nothing("a:X", "a:X", [0])]),
    "the shorter of two chains": (
        ["a:X subset-of b:X", "b:X subset-of c:X", "a:X subset-of c:X", "c:X intersects-with a:X"],
        [more("a:X", "c:X", [3, 2])],
    ),
    "fewer parts where rows are as many": (
        ["a:X subset-of c:X", "a:X-1 subset-of c:X", "a:X-1 intersects-with c:X"],
        [more("a:X-1", "c:X", [2, 1])],
    ),
    "sharing at once rather than by a part of both": (
        ["c:X subset-of a:X", "c:X subset-of b:X", "a:X related-to b:X", "a:X no-relationship b:X"],
        [nothing("a:X", "b:X", [3, 2])],
    ),
    "a part of both rather than sharing of parts": (
        ["c:X-1 subset-of a:X", "a:X-1 related-to b:X-1", "c:X-1 subset-of b:Y", "a:X no-relationship b:Y"],
        [nothing("a:X", "b:Y", [3, 0, 2])],
    ),
    "a member within what contains the joint id": (
        ["a:X-1|X-2 subset-of b:X", "a:X-1 superset-of b:X"],
        [
            more("b:X", "a:X-1|X-2", [0, 1], "a:X-1 in a:X-1|X-2"),
            more("a:X-1", "b:X", [1, 0], "a:X-1 in a:X-1|X-2"),
        ],
    ),
    "a joint id apart from what a member overlaps with": (
        ["a:X-1|X-2 no-relationship b:X", "b:X-1 related-to a:X-2"],
        [nothing("a:X-1|X-2", "b:X", [0, 1], "a:X-2 in a:X-1|X-2", "b:X-1 in b:X")],
    ),
    "a joint id on the other side": (
        ["b:X superset-of a:X-1|X-2", "a:X-1|X-2 superset-of b:X"],
        [more("b:X", "a:X-1|X-2", [0, 1]), more("a:X-1|X-2", "b:X", [1, 0])],
    ),
    "nothing found against overlap": (
        ["a:X nothing-found b", "a:X related-to b:Y-1"],
        [missed("a:X", "b:Y-1", "b@1", [0, 1])],
    ),
    "nothing found against equality, from the other side": (
        ["a nothing-found b:X", "a:X-1 equal-to b:X"],
        [missed("b:X", "a:X-1", "a@1", [0, 1])],
    ),
    "nothing found for a whole against overlap of its part": (
        ["a:X nothing-found b", "b:Y-1 intersects-with c:X", "c:X equal-to a:X-1"],
        [missed("a:X", "b:Y-1", "b@1", [0, 2, 1], "a:X-1 in a:X")],
    ),
    "nothing found for a member": (
        ["a:X-1 nothing-found b", "a:X-1|X-2 subset-of b:X"],
        [missed("a:X-1", "b:X", "b@1", [0, 1], "a:X-1 in a:X-1|X-2")],
    ),
    "nothing found against overlap with a joint id": (
        ["a:X-1 nothing-found b", "a:X-1 intersects-with b:X|Y"],
        [missed("a:X-1", "b:X|Y", "b@1", [0, 1])],
    ),
    "one for each row, in the order of the rows": (
        ["a:X no-relationship b:X", "a:Y intersects-with b:Y", "a:X related-to b:X", "b:Y equal-to a:Y"],
        [nothing("a:X", "b:X", [0, 2]), more("a:Y", "b:Y", [1, 3])],
    ),
    "each row that rests on others which already contradict each other": (
        ["a:X subset-of b:X", "b:X subset-of a:X-1", "a:X-1 equal-to c:X", "a:X superset-of c:X"],
        [
            more("b:X", "a:X", [0, 1], "a:X-1 in a:X"),
            more("a:X-1", "b:X", [1, 0], "a:X-1 in a:X"),
            more("a:X", "c:X", [3, 0, 1, 2]),
        ],
    ),
}


@pytest.mark.parametrize(("makers", "found"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_has_the_fewest_rows(
    makers: list[str], found: list[Callable[[list[Mapping]], Contradiction]]
) -> None:
    """The contradicted row comes first, then the others in the order of the argument, and the parts used."""
    rows = [parsed(text) for text in makers]
    assert find_contradictions(rows, [A, B, C]) == tuple(make(rows) for make in found)


@pytest.mark.parametrize("makers", [makers for makers, _ in CONTRADICTIONS.values()], ids=CONTRADICTIONS)
def test_no_shorter_argument_exists(makers: list[str]) -> None:
    """No smaller set of rows contradicts the first one."""
    rows = [parsed(text) for text in makers]
    assert_least(rows, [A, B, C])


CONSISTENT = {
    "nothing": [],
    "sharing is not inherited downwards": ["a:X intersects-with b:X", "a:X-1 no-relationship b:X-1"],
    "sharing nothing is not inherited upwards": ["a:X-1 no-relationship b:X-1", "a:X subset-of b:X"],
    "a part may be all of its whole": ["a:X-1 equal-to b:X", "a:X equal-to b:X"],
    "the same row twice, once inverted": ["a:X subset-of b:X", "b:X superset-of a:X"],
    "related in any way but none": [
        "a:X related-to b:X",
        "a:X subset-of b:X",
        "b:Y intersects-with a:Y",
        "a:Y related-to b:Y",
    ],
    "two parts of a third": ["a:X subset-of c:X", "b:X subset-of c:X", "a:X no-relationship b:X"],
    "overlap is not passed on": ["a:X intersects-with b:X", "b:X intersects-with c:X", "a:X no-relationship c:X"],
    "nothing was found, but in another framework": ["a:X nothing-found b", "a:X equal-to c:X", "b:X equal-to c:Y"],
    "nothing was found for a part": ["a:X-1 nothing-found b", "a:X related-to b:X", "a nothing-found b:X-1"],
    "nothing was found, but a link": ["a:X nothing-found b", "a:X mitigates b:R", "a:X related-to b:R"],
    "nothing else in the same framework": ["a:X nothing-found a", "a:X related-to a:Y"],
    "members of a joint id may differ": ["a:X-1|X-2 intersects-with b:X", "a:X-1 no-relationship b:X"],
    "a joint id may be more than each member": ["a:X-1|X-2 superset-of b:X", "a:X-1 subset-of b:X"],
    "a joint id with a risk is related by a link": ["a:X-1|R related-to b:X", "a:X-1|R no-relationship b:X"],
    "risks are related by a link": ["a:R related-to b:X", "a:R no-relationship b:X"],
    "related to risks by a link": ["a:X related-to b:R", "a:X no-relationship b:R"],
}


@pytest.mark.parametrize("makers", CONSISTENT.values(), ids=CONSISTENT)
def test_consistent_rows_give_no_contradiction(makers: list[str]) -> None:
    """Rows that can all be true give no contradiction."""
    assert find_contradictions([parsed(text) for text in makers], [A, B, C]) == ()


@pytest.mark.parametrize(
    ("kinds", "related"), [("risk control", False), ("control risk", False), ("control control", True)]
)
def test_a_joint_id_is_related_by_a_link_if_a_member_is_a_risk(kinds: str, *, related: bool) -> None:
    """Whichever of its members that is; otherwise related-to is a relation, which can be contradicted."""
    lines = [f"{number},{kind},{'risk' if kind == 'risk' else ''}" for number, kind in enumerate(kinds.split())]
    made = loads("\n".join(["id,kind,nature", *lines, ""]), "k.csv", framework="k", edition="1", title="K")
    rows = [parsed(f"k:0|1 {said} b:X") for said in ("related-to", "no-relationship")]
    assert bool(find_contradictions(rows, [made, B])) is related


@pytest.mark.parametrize("link", [Predicate.MITIGATES, Predicate.CITES, Predicate.CORRESPONDS])
@pytest.mark.parametrize("relation", [*RELATED, Predicate.NONE])
def test_links_contradict_no_relation(link: str, relation: str) -> None:
    """Links state nothing about common requirements, so they never contradict a relation."""
    rows = [parsed(f"a:X-1 {link} b:X-1"), parsed(f"a:X-1 {relation} b:X-1"), parsed(f"b:X {link} a:X")]
    assert find_contradictions(rows, [A, B]) == ()


def test_a_contradiction_prints_its_argument() -> None:
    """The text has the reason, each row with its author, and each part with its whole."""
    rows = [
        row(key("a:X"), "subset-of", key("b:X"), author="they", set="theirs"),
        row(key("a:X-1"), "intersects-with", key("b:X")),
    ]
    (found,) = find_contradictions(rows, [A, B])
    assert str(found) == (
        "One mapping says that a@1:X-1 asks something that b@1:X does not; others imply that b@1:X asks all of it.\n"
        "  a@1:X-1 intersects-with b@1:X (we, own)\n"
        "  a@1:X subset-of b@1:X (they, theirs)\n"
        "  a@1:X-1 is a part of a@1:X"
    )


def test_an_inherited_contradiction_names_the_part() -> None:
    """An overlap that is inherited from a part names that part."""
    (found,) = find_contradictions([parsed("a:X no-relationship b:X"), parsed("a:X-1 related-to b:X")], [A, B])
    assert str(found).splitlines()[3:] == ["  a@1:X-1 is a part of a@1:X"]


def test_the_first_of_two_equal_rows_is_named() -> None:
    """Of two authors with equal rows, only the first row is part of the argument."""
    makers = [row(key("a:X"), "equal-to", key("b:X"), author=author) for author in ("they", "we")]
    against = parsed("a:X superset-of b:X")
    assert [found.mappings for found in find_contradictions([*makers, against], [A, B])] == [(against, makers[0])]


@pytest.mark.parametrize("field", ["author", "set", "rationale"])
def test_which_of_several_equal_rows_is_named_depends_on_their_content(field: str) -> None:
    """Whatever the order of the rows, the first in the order of the alphabet is named."""
    texts = ["a", "b"] if field == "set" else [None, "a", "b"]
    for count in range(2, len(texts) + 1):
        for some in itertools.permutations(texts, count):
            given: list[dict[str, Any]] = [{field: text} for text in some]
            rows = [row(key("a:X"), "equal-to", key("b:X"), **facts) for facts in given]
            against = parsed("a:X superset-of b:X")
            [found] = find_contradictions([*rows, against], [A, B])
            assert getattr(found.mappings[1], field) == min(some, key=lambda text: text or "")


@pytest.mark.parametrize(
    ("ways", "first"),
    [
        pytest.param(["m:2", "m:10"], "m:2", id="elements in the order of their publisher"),
        pytest.param(["m:2|3", "m:3|10"], "m:2|3", id="joint ids in the order of their characters"),
        pytest.param(["m:2|10", "m:3"], "m:3", id="elements before joint ids"),
    ],
)
def test_of_equally_short_arguments_the_first_is_named(ways: list[str], first: str) -> None:
    """Whatever the order of the rows."""
    made = framework("m", "2,", "10,", "3,")
    steps = {way: [parsed(f"a:X subset-of {way}"), parsed(f"{way} subset-of b:X")] for way in ways}
    against = parsed("a:X superset-of b:X")
    for order in (ways, ways[::-1]):
        rows = [against, *itertools.chain(*(steps[way] for way in order))]
        found = next(item for item in find_contradictions(rows, [A, B, made]) if item.mappings[0] == against)
        assert found.mappings[1:] == tuple(steps[first])


def test_nothing_found_prints_the_framework_that_was_searched() -> None:
    """The framework takes the place of the missing side."""
    (found,) = find_contradictions([parsed("a:X nothing-found b"), parsed("a:X equal-to b:Y")], [A, B])
    assert str(found).splitlines() == [
        "One mapping says that nothing in b@1 overlaps with a@1:X; others imply that b@1:Y does.",
        "  a@1:X nothing-found b@1 (we, own)",
        "  a@1:X equal-to b@1:Y (we, own)",
    ]


def test_nothing_found_in_a_framework_that_is_not_stated_denies_nothing() -> None:
    """A row of a file that does not say what was searched contradicts no other."""
    rows = [row(key("a:X"), "nothing-found", None), parsed("a:X equal-to b:X")]
    assert find_contradictions(rows, [A, B]) == ()


def test_contradictions_of_joint_ids_as_unions_are_not_found() -> None:
    """That a joint id is no more than its members is not used, so some contradictions are missed."""
    rows = [parsed(f"a:{name} no-relationship b:X") for name in ("X-1", "X-2")]
    assert find_contradictions([*rows, parsed("a:X-1|X-2 intersects-with b:X")], [A, B]) == ()


DEEP = [
    framework("d", "X,", "X-1,X", "X-1-1,X-1", "X-1-1-1,X-1-1"),
    framework("e", "X,", "X-1,X", "X-1-1,X-1"),
    framework("f", "X,"),
]


@pytest.mark.parametrize(
    ("makers", "least", "parts"),
    [
        (
            ["d:X-1-1 subset-of d:X", "d:X-1-1 no-relationship d:X"],
            [1],
            ["d:X-1-1 in d:X-1", "d:X-1 in d:X"],
        ),
        (
            ["d:X-1-1 subset-of f:X", "f:X subset-of e:X", "d:X-1 subset-of e:X-1", "d:X-1-1 intersects-with e:X"],
            [3, 2],
            ["d:X-1-1 in d:X-1", "e:X-1 in e:X"],
        ),
        (
            ["d:X-1-1-1 subset-of f:X", "f:X subset-of d:X", "d:X-1-1-1 superset-of d:X"],
            [2],
            ["d:X-1-1-1 in d:X-1-1", "d:X-1-1 in d:X-1", "d:X-1 in d:X"],
        ),
    ],
    ids=["apart, by parts alone", "less, by one row and two parts", "less, by parts alone"],
)
def test_fewer_rows_are_preferred_to_fewer_parts(makers: list[str], least: list[int], parts: list[str]) -> None:
    """An argument with fewer rows is chosen even if another has fewer steps."""
    rows = [parsed(text) for text in makers]
    found = [item for item in find_contradictions(rows, DEEP) if item.mappings[0] == rows[-1]]
    assert [item.mappings for item in found] == [tuple(rows[i] for i in least)]
    pairs = [text.split(" in ") for text in parts]
    assert {pair for item in found for pair in item.parts} == {(key(part), key(whole)) for part, whole in pairs}


@pytest.mark.parametrize(
    ("of_part", "of_whole"),
    [("no-relationship", "intersects-with"), ("subset-of", "superset-of"), ("subset-of", "intersects-with")],
)
def test_contradictions_of_unions_are_not_found(mini: Catalogue, of_part: str, of_whole: str) -> None:
    """That a provision is the union of its statements is not used, so some contradictions are missed."""
    provision = ProvisionId(mini.id, "1.1")
    rows = [row(StatementId(provision, 1), of_part, key("a:X")), row(provision, of_whole, key("a:X"))]
    assert find_contradictions(rows, [from_catalogue(mini), A]) == ()


# Elements without a hierarchy, and with a deep one.
FLAT = [framework("a", "1,", "2,"), framework("b", "1,", "2,"), framework("c", "1,")]
FLAT_KEYS = tuple(map(key, ("a:1", "b:1", "c:1", "a:2", "b:2")))
DEEP_KEYS = tuple(item for one in DEEP for item in one)
DEEP_PARTS = tuple(part for one in DEEP for part in one.whole_by_part().items())
ASSERTED = [
    Predicate.EQUAL,
    Predicate.SUBSET,
    Predicate.SUPERSET,
    Predicate.INTERSECTS,
    Predicate.NONE,
    Predicate.RELATED,
]

HOLDS: dict[Predicate, Callable[[frozenset[int], frozenset[int]], bool]] = {
    Predicate.EQUAL: operator.eq,
    Predicate.SUBSET: operator.lt,
    Predicate.SUPERSET: operator.gt,
    Predicate.INTERSECTS: lambda one, other: bool(one & other and one - other and other - one),
    Predicate.NONE: frozenset.isdisjoint,
    Predicate.RELATED: lambda one, other: not one.isdisjoint(other),
}
"""When a relation holds of two sets."""

FORBIDS: dict[Predicate, Callable[[bool, bool], bool]] = {
    Predicate.EQUAL: operator.ne,
    Predicate.SUBSET: operator.gt,
    Predicate.SUPERSET: operator.lt,
    Predicate.NONE: operator.and_,
}
"""Where a relation forbids anything to be: in the one only, in the other only, in both."""


def networks(keys: Sequence[End], most: int = 8) -> st.SearchStrategy[list[Mapping]]:
    """Return a strategy for rows between any two of some elements, in any direction."""
    pairs = st.sampled_from(list(itertools.permutations(keys, 2)))
    rows = st.builds(lambda pair, predicate: row(pair[0], predicate, pair[1]), pairs, st.sampled_from(ASSERTED))
    return st.lists(rows, min_size=1, max_size=most, unique=True)


flat = st.integers(3, len(FLAT_KEYS)).flatmap(lambda count: networks(FLAT_KEYS[:count]))
deep = networks(DEEP_KEYS, 6)


def targets(rows: Iterable[Mapping]) -> list[tuple[End, Predicate, End]]:
    """Return rows as triples."""
    sides = [(item.source, item.predicate, item.target) for item in rows]
    return [(one, p, other) for one, p, other in sides if one is not None and other is not None]


def model(keys: Sequence[End], rows: Iterable[Mapping], parts: Iterable[Part] = ()) -> dict[End, frozenset[int]] | None:
    """
    Return non-empty sets for which all rows are true, or None if there are none in any universe.

    A point is determined by the sets that contain it. The largest model has every point that no row forbids; a row that
    requires a point to exist is true in that model or in none.
    """
    claims, pairs = targets(rows), list(parts)
    # Every combination of sets that a point could be in.
    places = [frozenset(some) for n in range(1, len(keys) + 1) for some in itertools.combinations(keys, n)]
    allowed = [
        place
        for place in places
        if not any(p in FORBIDS and FORBIDS[p](one in place, other in place) for one, p, other in claims)
        and not any(part in place and whole not in place for part, whole in pairs)
    ]
    found = {one: frozenset(i for i, place in enumerate(allowed) if one in place) for one in keys}
    true = all(HOLDS[p](found[one], found[other]) for one, p, other in claims)
    return found if true and all(found.values()) else None


def path_consistent(keys: Sequence[End], rows: Iterable[Mapping], parts: Iterable[Part] = ()) -> bool:
    """Return True if composing all relations by the table, to a fixed point, leaves each one possible."""
    known = dict.fromkeys(itertools.product(keys, repeat=2), ANY_RELATION)
    stated = [
        (one, RELATED if p is Predicate.RELATED else RelationSet([Relation(p.value)]), other)
        for one, p, other in targets(rows)
    ]
    for one, relations, other in [*stated, *((part, PART, whole) for part, whole in parts)]:
        known[one, other] &= relations
        known[other, one] &= relations.inverse()
    before = None
    # Repeat until a fixed point or a contradiction.
    while before != known and not any(item.contradiction for item in known.values()):
        before = dict(known)
        for one, middle, other in itertools.permutations(keys, 3):
            known[one, other] &= known[one, middle].compose(known[middle, other])
    return before == known


def assert_least(rows: Sequence[Mapping], frameworks: Sequence[Framework]) -> None:
    """Check that no contradicted claim can be contradicted by fewer rows."""
    for item in find_contradictions(rows, frameworks):
        claim, *others = item.mappings
        fewer = (some for count in range(len(others)) for some in itertools.combinations(set(rows) - {claim}, count))
        for some in fewer:
            shorter = [(one.one, one.other, one.mappings[0]) for one in find_contradictions([claim, *some], frameworks)]
            assert (item.one, item.other, claim) not in shorter


@SETTINGS
@given(flat)
def test_rows_are_consistent_exactly_when_they_have_a_model(rows: list[Mapping]) -> None:
    """Rows without a contradiction have a model of non-empty sets and are path-consistent, and the reverse."""
    consistent = find_contradictions(rows, FLAT) == ()
    assert consistent == (model(FLAT_KEYS, rows) is not None)
    assert consistent == path_consistent(FLAT_KEYS, rows)


@SETTINGS
@given(deep)
def test_rows_and_parts_are_consistent_exactly_when_they_have_a_model(rows: list[Mapping]) -> None:
    """The same holds for models in which each part is a subset of its whole."""
    consistent = find_contradictions(rows, DEEP) == ()
    assert consistent == (model(DEEP_KEYS, rows, DEEP_PARTS) is not None)
    assert consistent == path_consistent(DEEP_KEYS, rows, DEEP_PARTS)


def test_all_networks_of_three_are_decided_as_sets_decide_them() -> None:
    """Every combination of relations between three elements is decided as by enumerating sets."""
    keys = FLAT_KEYS[:3]
    pairs = list(itertools.combinations(range(3), 2))
    # Every way in which three sets can overlap: which of the seven regions have a point.
    ways = [
        tuple(frozenset(place for place in some if place >> i & 1) for i in range(3))
        for n in range(1, 8)
        for some in itertools.combinations(range(1, 8), n)
    ]
    ways = [way for way in ways if all(way)]
    decided = []
    for choice in itertools.product([None, *ASSERTED], repeat=3):
        said_of = [(pair, p) for pair, p in zip(pairs, choice, strict=True) if p is not None]
        rows = [row(keys[i], p, keys[j]) for (i, j), p in said_of]
        possible = any(all(HOLDS[p](way[i], way[j]) for (i, j), p in said_of) for way in ways)
        assert (find_contradictions(rows, FLAT) == ()) == possible, rows
        decided.append(possible)
    assert len(decided) == 343
    assert 0 < sum(decided) < 343


JOINT = key("a:1|2")
JOINT_PARTS: list[Part] = [(key("a:1"), JOINT), (key("a:2"), JOINT)]


@SETTINGS
@given(networks((*FLAT_KEYS, JOINT)))
def test_joint_ids_are_decided_as_sets_that_contain_their_members(rows: list[Mapping]) -> None:
    """Rows with a joint id have a model in which it is any set that contains its members, exactly if consistent."""
    consistent = find_contradictions(rows, FLAT) == ()
    assert consistent == (model((*FLAT_KEYS, JOINT), rows, JOINT_PARTS) is not None)


@SETTINGS
@given(deep, st.sampled_from(DEEP_KEYS), st.sampled_from(DEEP), st.permutations([True, False]))
def test_nothing_found_denies_every_overlap(
    rows: list[Mapping], one: End, searched: Framework, sides: Sequence[bool]
) -> None:
    """Nothing found is contradicted exactly if a row for some element of the framework is that denies an overlap."""
    source, target = (one if side else None for side in sides)
    claim = row(source, "nothing-found", target, searched=searched.id)
    # By an author of their own, so that they differ from the drawn rows.
    others = searched if searched.id != one.edition else ()
    denials = [row(one, Predicate.NONE, other, author="nobody") for other in others]
    found = [item for item in find_contradictions([*rows, claim], DEEP) if item.mappings[0] == claim]
    denied = [item for item in find_contradictions([*denials, *rows], DEEP) if item.mappings[0] in denials]
    assert bool(found) == bool(denied)
    for item in found:
        least = min(len(other.mappings) for other in denied)
        assert (item.one, len(item.mappings)) == (one, least)
        assert (item.other, least) in {(other.other, len(other.mappings)) for other in denied}


BY_WAY_OF_A_LANDMARK = [
    parsed(text)
    for text in (
        "a:1 subset-of b:1",
        "b:1 subset-of b:2",
        "b:1 equal-to c:1",
        "c:1 equal-to a:2",
        "a:2 equal-to c:1",
        "a:1 superset-of b:2",
    )
]
"""The way from a:1 to b:2 by way of c:1, the only landmark if there is one, passes b:1 twice."""
LIMITS = st.integers(1, 9)


def cut_short(rows: Sequence[Mapping], frameworks: Sequence[Framework], most: int) -> tuple[Contradiction, ...]:
    """Find contradictions with searches that are cut short after so many steps, so that landmarks are needed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aicop.crosswalk.contradictions._STEPS", most)
        patch.setattr("aicop.crosswalk.contradictions._FREE", 0)
        return find_contradictions(rows, frameworks)


@SETTINGS
@given(st.one_of(networks(FLAT_KEYS, 14), networks(DEEP_KEYS, 12)), LIMITS, st.sampled_from([0, 1, 8]))
@example(BY_WAY_OF_A_LANDMARK, 1, 1)
def test_searches_that_are_cut_short_miss_nothing(rows: list[Mapping], most: int, landmarks: int) -> None:
    """The same rows are contradicted for the same reasons, and what is said to be shortest is."""
    frameworks = [*FLAT, *DEEP]
    whole = find_contradictions(rows, frameworks)
    assert all(item.shortest for item in whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aicop.crosswalk.arguments.Landmarks.COUNT", landmarks)
        short = cut_short(rows, frameworks, most)
    assert [(item.one, item.other, item.mappings[0]) for item in short] == [
        (item.one, item.other, item.mappings[0]) for item in whole
    ]
    for item, least in zip(short, whole, strict=True):
        assert len(item.mappings) >= len(least.mappings)
        assert item == least or not item.shortest


def test_a_search_is_cut_short_if_it_would_take_longer_than_the_first_round() -> None:
    """Without free steps, long arguments are not certain to be the shortest; short ones are in any case."""
    line = framework("l", *(f"{number}," for number in range(60)))
    keys = list(line)
    chain = [row(one, "subset-of", other) for one, other in itertools.pairwise(keys)]
    denials = [row(keys[0], "intersects-with", keys[-1], author=f"{number}") for number in range(8)]
    short = [parsed("a:X-1 subset-of b:X-1"), parsed("a:X-1 intersects-with b:X-1")]
    rows = [*chain, *denials, *short]
    expected = [(item, set(chain), True) for item in denials] + [(short[1], {short[0]}, True)]
    found = find_contradictions(rows, [line, A, B])
    assert [(item.mappings[0], {*item.mappings[1:]}, item.shortest) for item in found] == expected
    cut = cut_short(rows, [line, A, B], 32)
    assert [item.mappings for item in cut] == [item.mappings for item in found]
    assert [item.shortest for item in cut] == [*[False] * 8, True]


@SETTINGS
@given(st.one_of(networks(FLAT_KEYS, 14), networks(DEEP_KEYS, 12)), LIMITS)
@example(
    [
        parsed(text)
        for text in (
            "d:X-1 subset-of f:X",
            "f:X subset-of e:X",
            "e:X equal-to d:X-1-1-1",
            "d:X subset-of f:X",
            "d:X-1-1 superset-of e:X",
            "d:X no-relationship e:X",
        )
    ],
    1,
)
def test_every_row_is_needed_even_if_the_search_is_cut_short(rows: list[Mapping], most: int) -> None:
    """Without any one of the other rows, the rest do not contradict the first; and they do not depend on the order."""
    frameworks = [*FLAT, *DEEP]
    found = cut_short(rows, frameworks, most)
    for item in found:
        claim, *others = item.mappings
        for spared in [None, *others]:
            rest = [claim, *(one for one in others if one != spared)]
            contradicted = {(one.one, one.other, one.mappings[0]) for one in find_contradictions(rest, frameworks)}
            assert ((item.one, item.other, claim) in contradicted) == (spared is None)
    assert set(cut_short(rows[::-1], frameworks[::-1], most)) == set(found)


@SETTINGS
@given(flat)
def test_every_row_of_a_contradiction_is_needed(rows: list[Mapping]) -> None:
    """Without any one of its rows, the others are consistent."""
    for item in find_contradictions(rows, FLAT):
        assert find_contradictions(item.mappings, FLAT) != ()
        for spared in item.mappings:
            assert find_contradictions([one for one in item.mappings if one != spared], FLAT) == ()


@SETTINGS
@given(deep)
@example([parsed("d:X-1-1 subset-of d:X"), parsed("d:X-1-1 no-relationship d:X")])
@example([parsed("d:X-1 intersects-with e:X-1"), parsed("d:X no-relationship e:X")])
def test_the_reported_rows_and_parts_contradict_each_other(rows: list[Mapping]) -> None:
    """Reported rows and parts are among those given, and together have no model."""
    for item in find_contradictions(rows, DEEP):
        assert set(item.mappings) <= set(rows)
        assert set(item.parts) <= set(DEEP_PARTS)
        assert model(DEEP_KEYS, item.mappings, item.parts) is None


@settings(SETTINGS, max_examples=50)
@given(deep)
@example([parsed("d:X-1-1 subset-of d:X"), parsed("d:X-1-1 no-relationship d:X")])
def test_no_fewer_rows_contradict_the_same_claim(rows: list[Mapping]) -> None:
    """With hierarchies too, no smaller set of rows contradicts the same claim."""
    assert_least(rows, DEEP)


def outline(found: Iterable[Contradiction]) -> set[tuple[End, End, str, Mapping]]:
    """Return the ends, reason and contradicted row of each contradiction."""
    return {(item.one, item.other, item.reason, item.mappings[0]) for item in found}


@SETTINGS
@given(deep.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_does_not_change_the_contradictions(orders: tuple[list[Mapping], list[Mapping]]) -> None:
    """In any order, the same rows are contradicted for the same reasons."""
    rows, others = orders
    assert outline(find_contradictions(rows, DEEP)) == outline(find_contradictions(others, DEEP))
    assert outline(find_contradictions(rows, DEEP)) == outline(find_contradictions(rows, reversed(DEEP)))


@SETTINGS
@given(deep)
@example(
    [
        parsed("d:X no-relationship e:X"),
        parsed("d:X-1 related-to e:X"),
        parsed("f:X equal-to e:X"),
        parsed("f:X superset-of e:X"),
    ]
)
@example([parsed("d:X equal-to e:X"), parsed("d:X intersects-with e:X")])
def test_each_contradicted_row_is_reported_once_in_order(rows: list[Mapping]) -> None:
    """A row is reported once, however many of its claims are contradicted."""
    places = [rows.index(item.mappings[0]) for item in find_contradictions(rows, DEEP)]
    assert places == sorted(set(places))


Reasons = dict[End, dict[End, "Mapping | Part"]]


def chains(reasons: Reasons, one: End) -> dict[End, tuple[Mapping | Part, ...]]:
    """
    Return the first of all chains of reasons to each element, the elements in the order of their chains.

    Fewer rows go first, then fewer steps, then rows late in the chain, then reasons that were given first.
    """
    found: dict[End, list[tuple[tuple[Any, ...], tuple[Mapping | Part, ...]]]] = {}

    def follow(element: End, seen: tuple[End, ...], steps: tuple[Mapping | Part, ...], places: tuple[int, ...]) -> None:
        parts = [isinstance(step, tuple) for step in steps]
        found.setdefault(element, []).append(((parts.count(False), len(steps), parts[::-1], places), steps))
        for place, (other, why) in enumerate(reasons.get(element, {}).items()):
            if other not in seen:
                follow(other, (*seen, other), (*steps, why), (*places, place))

    follow(one, (one,), (), ())
    least = {element: min(several, key=operator.itemgetter(0)) for element, several in found.items()}
    return {element: steps for element, (_, steps) in sorted(least.items(), key=lambda item: item[1][0])}


def reasons_of(
    rows: list[Mapping], frameworks: Sequence[Framework]
) -> tuple[Reasons, Reasons, dict[End, dict[End, Mapping]]]:
    """Return why elements lie in others, why elements contain others, and which rows say that two overlap."""
    contained: list[tuple[End, End, Mapping | Part]] = [
        (*pair, pair) for framework in frameworks for pair in framework.whole_by_part().items()
    ]
    up: Reasons = {}
    down: Reasons = {}
    beside: dict[End, dict[End, Mapping]] = {}
    for item in sorted(rows, key=lambda one: (str(one.source), str(one.target), one.predicate)):
        [(one, p, other)] = targets([item])
        contained += [(one, other, item)] if p in {Predicate.EQUAL, Predicate.SUBSET} else []
        contained += [(other, one, item)] if p in {Predicate.EQUAL, Predicate.SUPERSET} else []
        if p in {Predicate.INTERSECTS, Predicate.RELATED}:
            beside.setdefault(one, {}).setdefault(other, item)
            beside.setdefault(other, {}).setdefault(one, item)
    for inner, outer, why in contained:
        up.setdefault(inner, {}).setdefault(outer, why)
        down.setdefault(outer, {}).setdefault(inner, why)
    return up, down, beside


def first_arguments(rows: list[Mapping], frameworks: Sequence[Framework]) -> list[tuple[Mapping | Part, ...]]:
    """Return the first of all shortest arguments against each row, after the row itself."""
    up, down, beside = reasons_of(rows, frameworks)

    def overlaps(one: End, other: End) -> list[tuple[Mapping | Part, ...]]:
        below, others = chains(down, one), chains(down, other)
        return [
            (*below[part], *between, *others[partner])
            for part in below
            for partner, between in [(part, ()), *((near, (why,)) for near, why in beside.get(part, {}).items())]
            if partner in others
        ]

    def length(steps: tuple[Mapping | Part, ...]) -> tuple[int, int]:
        return sum(not isinstance(step, tuple) for step in set(steps)), len(set(steps))

    found = []
    for item, (one, p, other) in zip(rows, targets(rows), strict=True):
        held: list[list[tuple[Mapping | Part, ...]]] = []
        if p in {Predicate.SUPERSET, Predicate.INTERSECTS}:
            held.append([steps for end, steps in chains(up, one).items() if end == other])
        if p in {Predicate.SUBSET, Predicate.INTERSECTS}:
            held.append([steps for end, steps in chains(up, other).items() if end == one])
        if p is Predicate.NONE:
            held.append(overlaps(one, other))
        found += [tuple(dict.fromkeys((item, *min(several, key=length)))) for several in held if several][:1]
    return found


@SETTINGS
@given(st.one_of(networks(FLAT_KEYS, 14), networks(DEEP_KEYS, 12)))
@example([parsed("a:1 no-relationship b:2"), parsed("a:2 equal-to b:1")])
@example(
    [
        parsed(text)
        for text in (
            "a:1 equal-to b:1",
            "b:1 equal-to c:1",
            "a:1 equal-to b:2",
            "b:2 equal-to c:1",
            "a:1 superset-of c:1",
        )
    ]
)
def test_of_all_shortest_arguments_the_first_is_told(rows: list[Mapping]) -> None:
    """Of all chains that there are, from both ends."""
    frameworks = [*FLAT, *DEEP]
    found = [(item.mappings, item.parts) for item in find_contradictions(rows, frameworks)]
    assert found == [
        (
            tuple(step for step in steps if not isinstance(step, tuple)),
            tuple(step for step in steps if isinstance(step, tuple)),
        )
        for steps in first_arguments(rows, frameworks)
    ]


PROGRAM = """
from aicop.crosswalk import find_contradictions
from tests.crosswalk.test_contradictions import CONTRADICTIONS, parsed
from tests.examples import A, B, C
rows = [parsed(text) for makers, _ in CONTRADICTIONS.values() for text in makers]
for found in find_contradictions(dict.fromkeys(rows), [A, B, C]):
    print(found)
"""


def test_contradictions_do_not_depend_on_the_hash_seed() -> None:
    """Contradictions, their rows and their order do not depend on the hash seed."""
    runs = [
        subprocess.run(  # noqa: S603 -- this interpreter
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent.parent,
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in ("0", "1")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("have nothing in common") > 5


def test_own_rows_are_checked_against_shipped_hierarchies() -> None:
    """Shipped frameworks are loaded if a row names them, and only the user's own are passed."""
    csf = EditionId("nist-csf", "2.0")
    part, category, function = (ControlId(csf, name) for name in ("PR.DS-01", "PR.DS", "PR"))
    rows = [row(key("a:X-1"), "subset-of", part), row(function, "no-relationship", key("a:X"))]
    reason = f"One mapping says that {function} and a@1:X have nothing in common; others imply that they do."
    parts = ((category, function), (part, category), (key("a:X-1"), key("a:X")))
    assert find_contradictions(iter(rows), iter([A])) == (
        Contradiction(function, key("a:X"), reason, (rows[1], rows[0]), parts, shortest=True),
    )


def test_rows_of_unknown_elements_are_refused() -> None:
    """An unknown framework or element raises an error."""
    with pytest.raises(UnknownEdition):
        find_contradictions([parsed("a:X equal-to b:X")], [A])
    with pytest.raises(UnknownKey):
        find_contradictions([parsed("a:X equal-to b:Z")], [A, B])
