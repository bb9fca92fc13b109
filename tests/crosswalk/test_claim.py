"""Claims: their relation, strength and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from aicop.crosswalk import Crosswalk
from aicop.crosswalk.claim import mask_of
from aicop.frameworks import loads
from aicop.ids import JointId
from aicop.relations import MASK, RELATED
from aicop.vocabulary import Nature, Predicate, Relation
from tests.crosswalk.examples import walk
from tests.examples import A, B, C, row

if TYPE_CHECKING:
    from aicop.frameworks import Framework


def test_a_claim_has_the_facts_of_its_row() -> None:
    """A claim of one row has its strength, remainder, confidence and rationale."""
    [claim] = walk(("X-1", "intersects-with", "Y-1"), strength=4, remainder="the rest", confidence=7)["X-1"]
    assert (claim.relation, claim.strength, claim.remainder, claim.confidence) == (
        Relation.INTERSECTS,
        4,
        "the rest",
        7,
    )
    assert claim.rationales == ("a@1:X-1 intersects-with b@1:Y-1",)
    assert (claim.derived, claim.suspect, claim.link) == (False, False, None)


def test_links_stay_outside_the_algebra() -> None:
    """A row that relates a requirement to a risk is a link; between two requirements it is a relation."""
    assert mask_of(Predicate.RELATED, Nature.REQUIREMENT, Nature.RISK) is None
    assert mask_of(Predicate.RELATED, Nature.REQUIREMENT, Nature.MITIGATION) == MASK[RELATED]
    assert mask_of(Predicate.CITES, Nature.REQUIREMENT, Nature.DOCUMENT) is None
    [claim] = walk(("X-1", "related-to", "R"))["X-1"]
    assert (claim.relations, claim.link) == (None, Predicate.RELATED)


@pytest.mark.parametrize(
    ("said", "there", "back"),
    [
        ("control mitigates risk", "mitigates", "is mitigated by"),
        ("control cites document", "cites", "is cited by"),
        ("risk corresponds-to risk", "corresponds to", "corresponds to"),
        ("control related-to risk", "is related to", "is related to"),
        ("control associated-with risk", "is named together with", "is named together with"),
    ],
)
def test_a_link_is_read_from_either_side(said: str, there: str, back: str) -> None:
    """A link that has a direction is in the passive voice from its target."""
    table = "id,kind,nature\ncontrol,control,\nrisk,risk,risk\ndocument,document,document\n"
    ends = [loads(table, "own.csv", framework=name, edition="1", title=name) for name in ("one", "other")]
    source, predicate, target = said.split()
    found = walk((source, predicate, target), source=ends[0], target=ends[1])
    assert [claim.says for claim in found[source]] == [there]
    assert [claim.says for claim in found.inverse()[target]] == [back]


def test_a_claim_is_printed_as_a_sentence_in_one_line() -> None:
    """With its strength if that is known; "(none)" stands for the missing counterpart."""
    found = walk(("X-1", "intersects-with", "Y-1"), strength=4)
    assert [repr(claim) for claim in found["X-1"]] == ["<Claim a@1:X-1 intersects-with b@1:Y-1, strength 4>"]
    assert [repr(claim) for claim in found.inverse()["Y-1"]] == ["<Claim b@1:Y-1 intersects-with a@1:X-1>"]
    nothing = walk(("X-1", "nothing-found", ""))
    assert [repr(claim) for claim in nothing["X-1"]] == ["<Claim a@1:X-1 nothing found (none)>"]
    assert [repr(claim) for claim in nothing.inverse().claims_to("X-1")] == ["<Claim (none) nothing found a@1:X-1>"]


def test_a_claim_has_the_rationales_that_its_mappings_state() -> None:
    """Each once, in the order of the mappings; one without a rationale has none."""
    ends = (A.key("X-1"), "intersects-with", B.key("Y-1"))
    rows = [row(*ends, author=author, rationale=text) for author, text in (("a", "One."), ("b", None), ("c", "Two."))]
    rows.append(row(*ends, author="d", rationale="One."))
    [claim] = Crosswalk.from_mappings(rows, A, B).merge_makers()["X-1"]
    assert claim.rationales == ("One.", "Two.")
    assert claim.mappings == tuple(rows)
    assert not claim.inverted
    assert not walk(("X-1", "nothing-found", ""))["X-1"][0].inverted


def test_several_links_of_a_pair_are_sorted_by_their_predicates() -> None:
    """In whichever order the rows are, which are merged."""
    words = ("related-to", "associated-with", "corresponds-to")
    for given in (words, words[::-1], words[1:] + words[:1]):
        found = walk(*(("R", word, "R") for word in given)).merge_makers()
        assert [claim.link for claim in found["R"]] == sorted(words)


def test_a_derived_claim_has_the_lowest_confidence_and_all_paths() -> None:
    """Confidence is the lowest of the rows rather than computed, and every path is kept."""
    first = walk(("X-1", "equal-to", "Y-1"), ("X-1", "superset-of", "Y-2"), confidence=9)
    second = walk(("Y-1", "intersects-with", "X-1"), ("Y-2", "equal-to", "X-1"), source=B, target=C, confidence=4)
    [claim] = first.compose(second)["X-1"]
    assert (claim.says, claim.confidence, claim.derived, len(claim.paths)) == ("contradiction", 4, True, 2)
    assert claim.strength is None
    assert len(claim.mappings) == 4
    assert [step.inverted for path in first.inverse()["Y-1"][0].paths for step in path] == [True]


def test_a_claim_of_one_mapping_alone_is_not_derived() -> None:
    """One of several mappings is, and so is one of a single path of several steps."""
    ends = (A.key("X-1"), "intersects-with", B.key("Y-1"))
    made = [row(*ends, author=author) for author in "abc"]
    for count in (1, 2, 3):
        [claim] = Crosswalk.from_mappings(made[:count], A, B).merge_makers()["X-1"]
        assert (claim.derived, len(claim.paths)) == (count > 1, count)
    equal = walk(("Y-1", "equal-to", "X-1"), source=B, target=C)
    [claim] = Crosswalk.from_mappings(made[:1], A, B).compose(equal)["X-1"]
    assert (claim.derived, len(claim.paths)) == (True, 1)


def test_strength_is_kept_across_equal_elements() -> None:
    """Strength and remainder survive steps between equals only, and not inversion."""
    same = walk(("X-1", "equal-to", "Y-1"), ("X-2", "intersects-with", "Y-1"))
    part = walk(("Y-1", "intersects-with", "X-1"), source=B, target=C, strength=4, remainder="the rest")
    found = same.compose(part)
    assert [(claim.strength, claim.remainder) for claim in found["X-1"]] == [(4, "the rest")]
    assert [(claim.strength, claim.remainder) for claim in found["X-2"]] == [(None, None)]
    assert found.gaps(["X-1"])[0].remainders == ("X-1: the rest",)
    assert found.inverse()["X-1"][0].strength is None
    equal = walk(("Y-1", "equal-to", "X-1"), source=B, target=C, strength=10)
    assert same.compose(equal)["X-1"][0].strength == 10


def test_strength_has_two_directions() -> None:
    """Inversion exchanges both figures, and never computes one from the other."""
    [claim] = walk(("X-1", "intersects-with", "Y-1"), strength=4, remainder="ours", reverse_strength=7)["X-1"]
    assert (claim.strength, claim.remainder, claim.reverse_strength, claim.reverse_remainder) == (4, "ours", 7, None)
    found = walk(("X-1", "intersects-with", "Y-1"), strength=4, remainder="ours", reverse_remainder="theirs")
    [turned] = found.inverse()["Y-1"]
    assert (turned.strength, turned.remainder) == (None, "theirs")
    assert (turned.reverse_strength, turned.reverse_remainder) == (4, "ours")
    text = found.inverse().explain("Y-1", "X-1")
    assert "Strength: not judged in this direction." in text
    assert "In reverse: strength 4 of 10." in text
    assert "In reverse, not covered: ours." in text
    [item] = found.inverse().table()
    assert (item["reverse_strength"], item["reverse_remainder"]) == (4, "ours")
    assert list(item)[5:9] == ["strength", "remainder", "reverse_strength", "reverse_remainder"]


@pytest.mark.parametrize(
    ("predicate", "there", "back"),
    [
        ("equal-to", 10, 10),
        ("subset-of", 10, None),
        ("superset-of", None, 10),
        ("no-relationship", 0, 0),
        ("intersects-with", None, None),
        ("related-to", None, None),
    ],
)
def test_a_relationship_can_determine_the_strength(predicate: str, there: int | None, back: int | None) -> None:
    """By definition, all or nothing of one side is asked by the other; what else is not judged stays open."""
    found = walk(("X-1", predicate, "Y-1"))
    assert [(claim.strength, claim.reverse_strength) for claim in found["X-1"]] == [(there, back)]
    assert [(claim.strength, claim.reverse_strength) for claim in found.inverse()["Y-1"]] == [(back, there)]


def test_the_strength_of_a_mitigation_refers_to_the_risk() -> None:
    """In whichever direction it is read."""
    found = walk(("X-1", "mitigates", "R"), strength=3, remainder="the rest")
    for [claim] in (found["X-1"], found.inverse()["R"]):
        assert (claim.strength, claim.remainder, claim.reverse_strength) == (3, "the rest", None)


def noted(framework: Framework, **notes: str) -> Framework:
    """Return a framework whose elements have notes on later changes, by id with an underscore for the hyphen."""
    texts = {name.replace("_", "-"): text for name, text in notes.items()}
    return attrs.evolve(
        framework, controls=[attrs.evolve(item, amended=texts.get(item.id.local)) for item in framework.controls]
    )


def test_claims_warn_of_what_a_later_text_changed() -> None:
    """Both sides count, on their own or as members of a joint id; other claims have no warnings."""
    source, target = noted(A, X_1="Changed."), noted(B, Y_2="Deleted.")
    joint = JointId((A.key("X-1"), A.key("X-2")))
    rows = [
        row(A.key("X-1"), "equal-to", B.key("Y-1")),
        row(A.key("X-2"), "intersects-with", B.key("Y-2")),
        row(joint, "intersects-with", B.key("Y-2")),
        row(A.key("X-2"), "intersects-with", B.key("X-1")),
        row(None, "nothing-found", B.key("Y-2"), searched=A.id),
    ]
    found = Crosswalk.from_mappings(rows, source, target)
    one, other = "a@1:X-1: Changed.", "b@1:Y-2: Deleted."
    warned = found.claims_with_warnings()
    assert [(str(item.source), item.warnings) for item in warned] == [
        ("a@1:X-1", (one,)),
        ("a@1:X-1|a@1:X-2", (one, other)),
        ("a@1:X-2", (other,)),
        ("None", (other,)),
    ]
    assert [item.warnings for item in found.inverse().claims_with_warnings() if item.target == joint] == [(other, one)]
    assert sum(bool(line["warnings"]) for line in found.table()) == len(warned) == len([*found.claims()]) - 1
    assert f"  Warning: {other}" in found.explain("X-2", "Y-2").splitlines()
    assert "Warning" not in found.explain("X-2", "X-1")
    plain = Crosswalk.from_mappings(rows, A, B)
    assert plain.claims_with_warnings() == ()
    assert {line["warnings"] for line in plain.table()} == {None}


def test_warnings_are_about_the_ends_of_a_path() -> None:
    """An element in the middle of a composition is not an end of the claim."""
    first = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", B.key("Y-1"))], A, noted(B, Y_1="Deleted."))
    second = walk(("Y-1", "equal-to", "X-1"), source=B, target=C)
    assert len(first.claims_with_warnings()) == 1
    assert first.compose(second).claims_with_warnings() == ()
