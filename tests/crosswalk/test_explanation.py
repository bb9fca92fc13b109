"""Explanations of claims as text."""

from __future__ import annotations

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.crosswalk.explanation import explanation_of
from aicop.ids import JointId
from aicop.relations import RelationSet
from aicop.vocabulary import Relation
from tests.crosswalk.examples import walk
from tests.examples import A, B, C, row


def test_explanations_read_as_text() -> None:
    """An explanation gives the relationship, its meaning, and each row with its confidence."""
    assert walk(("X-1", "subset-of", "Y-1"), confidence=7).explain("X-1", "Y-1") == (
        "a@1:X-1 to b@1:Y-1: subset-of.\n"
        "  In plain words: the target asks all that the source asks, and more.\n"
        "  Strength: 10 of 10.\n"
        "  - a@1:X-1 subset-of b@1:Y-1: a@1:X-1 subset-of b@1:Y-1 (own, we, 2026-01-01, confidence 7 of 10)\n"
    )
    both = walk(("X-1", "related-to", "Y-1"), settlement="One judge was stricter.")
    assert "they have something in common" in both.explain("X-1", "Y-1")
    assert "Disagreement resolved: One judge was stricter." in both.explain("X-1", "Y-1")
    chain = both.compose(walk(("Y-1", "related-to", "X-1"), source=B, target=C))
    assert "\n  In plain words: a path connects them, but no relationship follows from it.\n" in chain.explain(
        "X-1", "X-1"
    )
    assert walk(("X-1", "intersects-with", "Y-1"), strength=4).explain("X-1", "Y-1").count("4 of 10") == 1


def test_an_explanation_has_the_titles_of_its_ends() -> None:
    """In brackets behind each id; those of the members of a joint id are joined."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    one, two, other = code.key("5.1"), code.key("5.2"), iso.key("A.4.2")
    found = Crosswalk.from_mappings([row(end, "subset-of", other) for end in (one, JointId([one, two]))], code, iso)
    ends = f"{other} ({iso.title(other)}): subset-of.\n"
    assert found.explain("5.1", "A.4.2").startswith(f"{one} ({code.title(one)}) to {ends}")
    assert found.explain("5.1|5.2", "A.4.2").startswith(f"{one}|{two} ({code.title(one)}; {code.title(two)}) to {ends}")


def test_what_was_not_found_is_explained_without_a_strength() -> None:
    """On either side, the framework that was searched takes the place of the element."""
    found = Crosswalk.from_mappings(
        [
            row(A.key("X-1"), "nothing-found", None, strength=0, rationale="Searched."),
            row(None, "nothing-found", B.key("Y-1"), strength=0, rationale="Searched too."),
        ],
        A,
        B,
    )
    made = "(own, we, 2026-01-01, confidence 5 of 10)"
    assert [explanation_of(claim, A, B) for claim in (*found["X-1"], *found.claims_to("Y-1"))] == [
        f"a@1:X-1 to b@1: nothing found.\n  - a@1:X-1 nothing-found: Searched. {made}",
        f"a@1 to b@1:Y-1: nothing found.\n  - nothing-found b@1:Y-1: Searched too. {made}",
    ]


def test_derived_claims_are_explained_by_their_paths() -> None:
    """Each path has a number, each mapping what it states of itself, and the last line the confidence of all."""
    rows = [
        row(
            A.key("X-1"),
            "intersects-with",
            B.key("Y-1"),
            strength=4,
            remainder="ours",
            reverse_strength=3,
            reverse_remainder="theirs",
            **dict.fromkeys(("confidence", "author", "date")),
        ),
        row(A.key("X-1"), "intersects-with", B.key("Y-2"), confidence=8, rationale=None),
    ]
    equal = walk(("Y-1", "equal-to", "X-1"), ("Y-2", "equal-to", "X-1"), source=B, target=C)
    found = Crosswalk.from_mappings(rows, A, B).compose(equal)
    assert found.explain("X-1", "X-1") == (
        "a@1:X-1 to c@1:X-1: intersects-with.\n"
        "  In plain words: they have something in common, and each asks something that the other does not.\n"
        "  Strength: 4 of 10.\n"
        "  Not covered: ours.\n"
        "  In reverse: strength 3 of 10.\n"
        "  In reverse, not covered: theirs.\n"
        "  Path 1:\n"
        "  - a@1:X-1 intersects-with b@1:Y-1: a@1:X-1 intersects-with b@1:Y-1"
        " (own, author not stated, date not stated, confidence not stated)\n"
        "  - b@1:Y-1 equal-to c@1:X-1: b@1:Y-1 equal-to c@1:X-1 (own, we, 2026-01-01, confidence 5 of 10)\n"
        "  Path 2:\n"
        "  - a@1:X-1 intersects-with b@1:Y-2: no rationale given. (own, we, 2026-01-01, confidence 8 of 10)\n"
        "  - b@1:Y-2 equal-to c@1:X-1: b@1:Y-2 equal-to c@1:X-1 (own, we, 2026-01-01, confidence 5 of 10)\n"
        "  Derived; not every mapping states a confidence.\n"
    )
    sure = Crosswalk.from_mappings(rows[1:], A, B).compose(equal).explain("X-1", "X-1")
    assert sure.endswith("\n  Derived; the least certain mapping has confidence 5 of 10.\n")


def test_an_explanation_lists_different_strengths() -> None:
    """Those that mappings state in either direction, the least first, with the rule by which one of them counts."""
    rows = [
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), strength=there, reverse_strength=back, author=author)
        for there, back, author in ((6, 2, "a"), (4, 9, "b"), (9, 5, "c"), (6, 5, "d"))
    ]
    text = Crosswalk.from_mappings(rows, A, B).merge_makers().explain("X-1", "Y-1")
    rule = "and a path with a relationship counts before related-to, then the fewest mappings, then the least strength"
    assert f"\n  Strength: 4 of 10; the paths state 4, 6 and 9, {rule}.\n" in text
    assert f"\n  In reverse: strength 2 of 10; the paths state 2, 5 and 9, {rule}.\n" in text


def test_an_explanation_says_what_was_not_judged_and_what_has_changed() -> None:
    """A strength that no mapping states, and a mapping of a text that has changed since."""
    text = walk(("X-1", "intersects-with", "Y-1"), source_digest="sha256:0").explain("X-1", "Y-1")
    assert "\n  Strength: not judged in this direction.\n" in text
    assert text.endswith("\n  Suspect: an element has changed since a mapping of it was judged.\n")
    assert "Strength" not in walk(("X-1", "related-to", "Y-1")).explain("X-1", "Y-1")
    judged = walk(("X-1", "related-to", "Y-1"), reverse_strength=3).explain("X-1", "Y-1")
    assert "\n  Strength: not judged in this direction.\n  In reverse: strength 3 of 10.\n" in judged


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (("X-1", "Y"), "the target asks all that the source asks; whether it asks more is not known"),
        (("Y", "X-1"), "the source asks all that the target asks; whether it asks more is not known"),
    ],
)
def test_words_say_what_is_certain_of_a_part(ends: tuple[str, str], words: str) -> None:
    """A part of an equal family is wholly asked, and a family asks all that its parts ask."""
    found = walk(("X", "equal-to", "Y"))
    found = found if ends[0] == "X-1" else found.inverse()
    text = found.explain(*ends)
    assert f"  In plain words: {words}.\n" in text
    assert "  - a@1:X-1 is a part of a@1:X.\n" in text
    # The strength that the relationship determines is stated for the source, and the words say it of the target.
    assert ("  Strength: 10 of 10.\n" in text) == (ends[0] == "X-1")
    assert "In reverse" not in text
    [claim] = found.claims_between(*ends)
    assert claim.relations is not None
    assert claim.relations & RelationSet([Relation.EQUAL]) == RelationSet([Relation.EQUAL])


def test_an_explanation_names_what_is_mapped_together() -> None:
    """The last line names the joint claims about a pair, unless the joint id itself was asked for."""
    joint = JointId([A.key("X-1"), A.key("X-2")])
    rows = [row(joint, "intersects-with", B.key("Y-1")), row(A.key("X-1"), "related-to", B.key("Y-1"))]
    found = Crosswalk.from_mappings(rows, A, B)
    said = f"Mapped together with other items: {joint} and b@1:Y-1."
    assert found.mapped_together("X-1", "Y-1") == said
    assert found.explain("X-1", "Y-1").endswith(f"\n{said}\n")
    assert found.explain("X-2", "Y-1") == f"No mapping connects a@1:X-2 and b@1:Y-1.\n{said}\n"
    assert found.mapped_together(joint, "Y-1") is None
    assert "Mapped together" not in found.explain(joint, "Y-1")
    assert "Mapped together" not in found.explain("X-1", "Y-2")


def test_several_claims_about_items_together_are_named_in_order() -> None:
    """Each once, however many mappings it has; whichever side the others are on."""
    joint, target = JointId([A.key("X-1"), A.key("X-2")]), JointId([B.key("Y-1"), B.key("Y-2")])
    rows = [
        row(joint, "intersects-with", B.key("Y-1")),
        row(A.key("X-1"), "intersects-with", target),
        row(A.key("X-1"), "intersects-with", target, author="they"),
        row(A.key("X-1"), "intersects-with", B.key("X-1")),
        row(A.key("X-1"), "nothing-found", None, author="they"),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    both = f"a@1:X-1 and {target}", f"{joint} and b@1:Y-1"
    assert found.mapped_together("X-1", "Y-1") == f"Mapped together with other items: {both[0]}; {both[1]}."
    assert found.mapped_together("X-1", "Y-2") == f"Mapped together with other items: {both[0]}."
    assert found.mapped_together("X-2", "Y-1") == f"Mapped together with other items: {both[1]}."
    assert found.mapped_together("X-1", target) is None
    # In a crosswalk of a framework with itself, what an element is mapped to is not mapped together with it.
    own = walk(("X-1", "equal-to", "X-2"), target=A)
    assert own.mapped_together("X-1", "X-1") is None
