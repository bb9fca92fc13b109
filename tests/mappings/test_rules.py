"""Rules for a single mapping, in files and in records."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop.ids import JointId
from aicop.mappings.rules import mapping_faults, nature_fault, reverse_strength_fault, strength_fault
from aicop.relations import INVERSE
from aicop.vocabulary import ASKING, Nature, Predicate, Relation
from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop.ids import Key

BOTH = "needs a requirement or mitigation on both sides, not a"

STRENGTHS = {
    Predicate.EQUAL: {10},
    Predicate.SUBSET: {10},
    Predicate.SUPERSET: set(range(1, 10)),
    Predicate.INTERSECTS: set(range(1, 10)),
    Predicate.NONE: {0},
    Predicate.NOTHING: {0},
}


@pytest.mark.parametrize("predicate", Predicate)
def test_a_relation_fixes_its_strength_at_the_ends(predicate: Predicate) -> None:
    """Full coverage requires 10, no relationship 0, and others 1 to 9; a missing strength is no fault."""
    right = {strength for strength in range(11) if strength_fault(predicate, strength) is None}
    assert right & set(range(1, 10)) if predicate not in STRENGTHS else right == STRENGTHS[predicate]
    assert strength_fault(predicate, None) is None


@pytest.mark.parametrize(
    ("predicate", "strength", "problem"),
    [
        ("subset-of", 0, "subset-of requires strength 10, not 0: the target asks all that the source asks"),
        ("superset-of", 10, "superset-of requires a strength of 1 to 9, not 10"),
        ("no-relationship", 3, "no-relationship requires strength 0, not 3"),
    ],
)
def test_a_wrong_strength_is_reported_with_the_right_one(predicate: str, strength: int, problem: str) -> None:
    """The fault names the required strength, and the reason if it is not obvious."""
    assert strength_fault(Predicate(predicate), strength) == problem


THREATS = {Nature.RISK, Nature.TECHNIQUE}
BETWEEN = {
    "relation": set(itertools.product(ASKING, ASKING)),
    "anything": set(itertools.product(Nature, Nature)),
    "mitigates": set(itertools.product(ASKING, THREATS)),
    "cites": set(itertools.product(Nature, [Nature.DOCUMENT])),
    "corresponds-to": {(nature, nature) for nature in (Nature.ROLE, Nature.STAGE, *THREATS)},
}


@pytest.mark.parametrize(
    ("predicate", "between"),
    [
        *((relation, "relation") for relation in list(Predicate)[:5]),
        *((predicate, predicate.value) for predicate in (Predicate.MITIGATES, Predicate.CITES, Predicate.CORRESPONDS)),
        (Predicate.RELATED, "anything"),
    ],
)
def test_a_predicate_requires_certain_natures(predicate: Predicate, between: str) -> None:
    """For every predicate, each pair of natures is allowed or a fault, as documented."""
    right = {pair for pair in itertools.product(Nature, Nature) if nature_fault(predicate, *pair) is None}
    assert right == BETWEEN[between]


@pytest.mark.parametrize(
    ("predicate", "natures", "problem"),
    [
        ("equal-to", (Nature.REQUIREMENT, Nature.HEADING), f"equal-to {BOTH} heading"),
        ("equal-to", (Nature.STAGE, Nature.ROLE), f"equal-to {BOTH} stage"),
        (
            "mitigates",
            (Nature.MITIGATION, Nature.HEADING),
            "mitigates needs a risk or technique as its target, not a heading",
        ),
        ("cites", (Nature.REQUIREMENT, Nature.HEADING), "cites needs a document as its target, not a heading"),
        (
            "corresponds-to",
            (Nature.HEADING, Nature.ROLE),
            "corresponds-to needs two risks, techniques, roles or stages, not a heading and a role",
        ),
        (
            "corresponds-to",
            (Nature.ROLE, Nature.HEADING),
            "corresponds-to needs two risks, techniques, roles or stages, not a role and a heading",
        ),
    ],
)
def test_a_wrong_nature_is_named(predicate: str, natures: tuple[Nature, Nature], problem: str) -> None:
    """The fault names the nature that does not fit the predicate."""
    assert nature_fault(Predicate(predicate), *natures) == problem


REVERSE = {
    Predicate.EQUAL: {10},
    Predicate.SUPERSET: {10},
    Predicate.SUBSET: set(range(1, 10)),
    Predicate.INTERSECTS: set(range(1, 10)),
    Predicate.NONE: {0},
    Predicate.NOTHING: {0},
    Predicate.MITIGATES: set(),
}


@pytest.mark.parametrize("predicate", Predicate)
def test_a_relation_fixes_its_reverse_strength_at_the_ends(predicate: Predicate) -> None:
    """The reverse strength follows the inverse relation; mitigates has none, and a missing one is no fault."""
    right = {strength for strength in range(11) if reverse_strength_fault(predicate, strength) is None}
    assert right == REVERSE.get(predicate, set(range(11)))
    assert reverse_strength_fault(predicate, None) is None


@pytest.mark.parametrize("relation", Relation)
def test_reverse_strength_is_the_strength_of_the_inverse(relation: Relation) -> None:
    """For the five relations, what is allowed in reverse is what is allowed for the inverse relation."""
    turned = Predicate(INVERSE[relation].value)
    for strength in range(11):
        back = reverse_strength_fault(Predicate(relation.value), strength)
        assert (back is None) == (strength_fault(turned, strength) is None)


def _natures(key: Key) -> Nature:
    return (A.get(key) or B[key]).nature


def _complaints(**facts: Any) -> list[str]:  # noqa: ANN401 -- fields of different types
    changed = attrs.evolve(row(A.key("X-1"), "intersects-with", B.key("X-1")), **facts)
    return list(mapping_faults(changed, _natures))


def test_a_valid_record_has_no_fault() -> None:
    """Every number at its limits, a joint side, and an empty side with the framework that was searched are valid."""
    assert _complaints() == []
    assert _complaints(strength=1, reverse_strength=9, confidence=0) == []
    assert _complaints(source=JointId([A.key("X-1"), A.key("X-2")])) == []
    assert _complaints(source=JointId([A.key("X-1"), A.key("X-2")]), source_digest="1|2", target_digest="3") == []
    assert _complaints(predicate=Predicate.NOTHING, target=None, searched=B.id, strength=0) == []
    assert _complaints(predicate=Predicate.NOTHING, source=None, searched=A.id) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"strength": 0.7}, ["the strength must be a whole number from 0 to 10, not 0.7"]),
        ({"reverse_strength": -1}, ["the reverse strength must be a whole number from 0 to 10, not -1"]),
        ({"confidence": 11}, ["the confidence must be a whole number from 0 to 10, not 11"]),
        ({"confidence": True}, ["the confidence must be a whole number from 0 to 10, not True"]),
        (
            {"strength": 10, "reverse_strength": 0},
            [
                "intersects-with requires a strength of 1 to 9, not 10",
                "intersects-with requires a reverse strength of 1 to 9, not 0",
            ],
        ),
        (
            {"target": None},
            [
                "intersects-with needs a target",
                "does not say in which framework nothing was found; set `searched`",
            ],
        ),
        ({"source": None, "searched": A.id}, ["intersects-with needs a source"]),
        (
            {"source": None, "target": None, "searched": A.id, "predicate": Predicate.NOTHING},
            ["nothing-found needs a source or a target"],
        ),
        (
            {"predicate": Predicate.NOTHING},
            [
                "nothing-found has a source and a target; leave empty the side on which nothing was found, or write"
                " no-relationship if only these two were compared"
            ],
        ),
        (
            {
                "source": JointId([A.key("X-1"), A.key("X-2")]),
                "target": JointId([B.key("X-1"), B.key("R")]),
            },
            [
                "has several ids on both sides; only one side can be joint",
                f"intersects-with {BOTH} risk",
            ],
        ),
        ({"target": A.key("X-1")}, ["maps a@1:X-1 to itself"]),
        (
            {"source_digest": "1|2", "target_digest": "3"},
            [
                "the source states 2 digests for 1 id; write one for each id, joined by | in the order of the ids, or"
                " none"
            ],
        ),
        ({"source": JointId([A.key("X-1"), A.key("X-2")]), "target": A.key("X-2")}, ["maps a@1:X-2 to itself"]),
    ],
)
def test_every_fault_of_a_record_is_reported(facts: dict[str, Any], expected: list[str]) -> None:
    """All rules are checked, and each fault says what is wrong."""
    assert _complaints(**facts) == expected
