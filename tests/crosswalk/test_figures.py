"""Strengths and remainders of claims that are based on one path or several."""

from __future__ import annotations

from typing import Any

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk, Step
from aicop.crosswalk.figures import stated_strengths, strengths_of
from aicop.relations import MASK, RelationSet
from aicop.vocabulary import Coverage, Relation
from tests.crosswalk.examples import walk
from tests.examples import A, B, C, row

SAME = ("X", "equal-to", "X"), ("X-1", "equal-to", "X-1"), ("X-2", "equal-to", "X-2")
"""The family X has equals in the next framework, and so have its controls."""


def to_b(*rows: tuple[str, str, str, dict[str, Any]]) -> Crosswalk:
    """Return mappings from the first framework to the second, each with figures of its own."""
    made = [
        row(A.key(one), says, B.key(other), author=f"{n}", **more) for n, (one, says, other, more) in enumerate(rows)
    ]
    return Crosswalk.from_mappings(made, A, B)


SHARP = ("Y-1", "superset-of", "X-1", {"strength": 6, "remainder": "the rest", "reverse_strength": 10})
FAMILY = ("Y-1", "intersects-with", "X", {"strength": 3, "remainder": "most", "reverse_strength": 2})
LOOSE = ("Y-1", "related-to", "X-1", {"strength": 8})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([SHARP], (6, "the rest", 10, None), id="a path alone"),
        pytest.param([SHARP, FAMILY], (6, "the rest", 10, None), id="with a row at the family"),
        pytest.param([SHARP, LOOSE], (6, "the rest", 10, None), id="a relationship before related-to"),
        pytest.param(
            [SHARP, ("Y-1", "superset-of", "X-1", {"strength": 8})],
            (6, "the rest", 10, None),
            id="the least of several",
        ),
        pytest.param(
            [("Y-1", "superset-of", "X-1", {}), SHARP], (6, "the rest", 10, None), id="a stated strength before none"
        ),
        pytest.param(
            [
                ("Y-1", "intersects-with", "X-1", {"strength": 6, "remainder": "ours"}),
                ("Y-1", "intersects-with", "X-1", {"reverse_strength": 7, "reverse_remainder": "theirs"}),
            ],
            (6, "ours", 7, "theirs"),
            id="each direction for itself",
        ),
        pytest.param(
            [("Y-1", "intersects-with", "X-1", {"remainder": "ours"})],
            (None, "ours", None, None),
            id="only a remainder",
        ),
        pytest.param([FAMILY], (None, None, None, None), id="a row at the family says nothing of a part"),
        pytest.param(
            [("Y-1", "subset-of", "X-1", {}), LOOSE], (10, None, None, None), id="what is certain comes first"
        ),
        pytest.param(
            [
                ("Y-1", "intersects-with", "X-1", {"strength": 6, "remainder": "!"}),
                ("Y-1", "intersects-with", "X-1", {"strength": 6, "reverse_remainder": "theirs"}),
                ("Y-1", "intersects-with", "X-1", {"strength": 7, "reverse_remainder": "more"}),
            ],
            (6, None, None, None),
            id="no remainder before one",
        ),
        pytest.param(
            [
                ("Y-1", "intersects-with", "X-1", {"remainder": "b", "reverse_remainder": "more"}),
                ("Y-1", "intersects-with", "X-1", {"remainder": "a", "reverse_remainder": "theirs"}),
            ],
            (None, "a", None, "more"),
            id="the first of several remainders",
        ),
        pytest.param(
            [
                (
                    "Y-1",
                    "no-relationship",
                    "X-1",
                    {"strength": 0, "remainder": "all", "reverse_strength": 0, "reverse_remainder": "all too"},
                )
            ],
            (0, "all", 0, "all too"),
            id="a remainder of what is certain",
        ),
        pytest.param([SHARP, ("Y-1", "subset-of", "X-1", {})], (None, None, None, None), id="a contradiction has none"),
    ],
)
def test_a_path_over_equalities_keeps_its_figures(
    rows: list[tuple[str, str, str, dict[str, Any]]], expected: tuple[object, ...]
) -> None:
    """Whatever other paths lead to the element, and in whichever order the rows are."""
    after = walk(*SAME, source=B, target=C)
    for given in (rows, rows[::-1]):
        [claim] = to_b(*given).compose(after).claims_between("Y-1", "X-1")
        assert (claim.strength, claim.remainder, claim.reverse_strength, claim.reverse_remainder) == expected


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("subset-of", (10, None, 3, "theirs")),
        ("superset-of", (3, "ours", 10, None)),
    ],
)
def test_what_follows_from_the_relation_counts_before_what_a_path_states(
    predicate: str, expected: tuple[object, ...]
) -> None:
    """A path of two relationships carries no figures, but its relation may determine one; then no remainder is left."""
    steps = walk(("X-1", predicate, "X-1")), walk(("X-1", predicate, "X-1"), source=B, target=C)
    figures: dict[str, Any] = {"strength": 3, "remainder": "ours", "reverse_strength": 3, "reverse_remainder": "theirs"}
    loose = walk(("X-1", "related-to", "X-1"), target=C, **figures)
    [claim] = steps[0].compose(steps[1]).combine(loose)["X-1"]
    assert (claim.strength, claim.remainder, claim.reverse_strength, claim.reverse_remainder) == expected


def test_no_figure_is_carried_over_two_relationships() -> None:
    """A subset of a subset may be any part of the whole, whatever was judged of each step."""
    first, second = (("X-1", "subset-of", "X-1"),), (("X-1", "subset-of", "X-1"),)
    found = walk(*first, reverse_strength=4, reverse_remainder="much").compose(
        walk(*second, source=B, target=C, reverse_strength=6)
    )
    [claim] = found.claims()
    assert (claim.says, claim.strength, claim.remainder) == ("subset-of", 10, None)
    assert (claim.reverse_strength, claim.reverse_remainder) == (None, None)


def test_the_fewest_mappings_count_first() -> None:
    """A direct row counts before a composed path, even if it states more."""
    composed = to_b(SHARP).compose(walk(*SAME, source=B, target=C))
    direct = walk(("Y-1", "superset-of", "X-1"), target=C, strength=9)
    [claim] = [claim for claim in composed.combine(direct)["Y-1"] if claim.target == C.key("X-1")]
    assert claim.strength == 9
    text = composed.combine(direct).explain("Y-1", "X-1")
    assert (
        "  Strength: 9 of 10; the paths state 6 and 9, and a path with a relationship counts before related-to, then "
        "the fewest mappings, then the least strength.\n"
    ) in text
    assert "In reverse" not in text


def test_strength_counts_in_composed_coverage() -> None:
    """An element has the strength of its path, although a row at its family leads to it as well."""
    found = to_b(SHARP, FAMILY).compose(walk(*SAME, source=B, target=C))
    assert found.coverage(["Y-1"]).strengths == (6,)
    assert str(found.coverage(["Y-1"])).startswith("1 control or risk of a@1 in scope, mapped to c@1 through b@1: ")
    assert str(to_b(SHARP).coverage(["Y-1"])).startswith("1 control or risk of a@1 in scope, mapped to b@1: ")
    assert found.coverage(["Y-1"], strength=6).of(Coverage.PARTLY) == (A.key("Y-1"),)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("equal-to", (10, 10)),
        ("subset-of", (10, None)),
        ("superset-of", (None, 10)),
        ("equal-to subset-of", (10, None)),
        ("equal-to superset-of", (None, 10)),
        ("no-relationship", (0, 0)),
        ("intersects-with", (None, None)),
        ("subset-of superset-of", (None, None)),
        ("equal-to no-relationship", (None, None)),
        ("", (None, None)),
    ],
)
def test_relations_can_determine_strengths(words: str, expected: tuple[int | None, int | None]) -> None:
    """All or nothing follows from the relations that are possible; anything between is a judgement."""
    assert strengths_of(MASK[RelationSet(map(Relation, words.split()))]) == expected


def test_a_link_has_the_strength_of_its_own_rows() -> None:
    """Not that of another link between the same elements, and not that of equalities on the way."""
    rows = [
        row(A.key("X-1"), "mitigates", B.key("R"), strength=3, remainder="the rest"),
        row(A.key("X-1"), "mitigates", B.key("R"), strength=5, author="they"),
        row(A.key("X-1"), "related-to", B.key("R"), strength=7),
    ]
    found = Crosswalk.from_mappings(rows, A, B).merge_makers()
    assert [(claim.says, claim.strength, claim.remainder) for claim in found["X-1"]] == [
        ("mitigates", 3, "the rest"),
        ("is related to", 7, None),
    ]
    assert "  Strength: 3 of 10; the paths state 3 and 5, and " in found.explain("X-1", "R")
    turned = found.inverse()["R"]
    assert [(claim.says, claim.strength) for claim in turned] == [("is mitigated by", 3), ("is related to", None)]


@pytest.mark.parametrize("link", ["mitigates", "associated-with", "cites"])
@pytest.mark.parametrize("relation", Relation)
def test_a_link_states_no_strength_of_a_relation(link: str, relation: Relation) -> None:
    """Whichever relation there is between the same elements."""
    ends = A.key("X-1"), B.key("R")
    step = Step(source=ends[0], target=ends[1], mapping=row(ends[0], link, ends[1], strength=3), inverted=False)
    assert stated_strengths([(step,)], MASK[RelationSet([relation])]) == ((), ())


def test_the_only_statement_of_a_provision_is_no_further_mapping() -> None:
    """A mapping of the provision and one of its statement are equally near, so the least strength counts."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    target = iso.key("A.4.2")
    for one, other in ((7, 9), (9, 7)):
        rows = [
            row(code.key("5.1"), "intersects-with", target, strength=one),
            row(code.key("5.1#1"), "intersects-with", target, strength=other),
        ]
        found = Crosswalk.from_mappings(rows, code, iso)
        for end in ("5.1", "5.1#1"):
            [claim] = found.at_level(None).pair(code.key(end), target)
            assert (claim.strength, len(claim.paths)) == (7, 2)


def test_nothing_found_has_strength_zero() -> None:
    """Whoever says so, and however many do."""
    rows = [
        row(A.key("X-1"), "nothing-found", None, author=author, searched=B.id, strength=0) for author in ("we", "they")
    ]
    [claim] = Crosswalk.from_mappings(rows, A, B).merge_makers()["X-1"]
    assert (claim.strength, len(claim.paths)) == (0, 2)
