"""Propagation through the hierarchies of both sides."""

from __future__ import annotations

import itertools

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.crosswalk.hierarchy import propagate
from aicop.relations import MASK, SETS, RelationSet
from aicop.vocabulary import Coverage, Relation
from tests.crosswalk.examples import key, walk
from tests.examples import A, B, row
from tests.test_relations import between


@pytest.mark.parametrize("complete", [True, False])
def test_propagation_is_sound(*, complete: bool) -> None:
    """Derived relations always include the true one, for all small sets as parts and target."""
    whole, parts = key(A, "X"), (key(A, "X-1"), key(A, "X-2"))
    target = key(B, "Y")
    # Sets are bits; *more* is the rest of the whole if its parts are not all listed.
    for one, other, more, aim in itertools.product(range(1, 8), range(1, 8), range(8), range(1, 8)):
        union = one | other | (0 if complete else more)
        stated = {
            parts[0]: {target: MASK[RelationSet([between(one, aim)])]},
            whole: {},
        }
        above = dict.fromkeys(parts, whole)
        order = {whole: 0, parts[0]: 1, parts[1]: 1}
        lifted = propagate(stated, above, [whole] if complete else [], order)
        assert between(union, aim) in SETS[lifted[whole][target]]
        lowered = propagate({whole: {target: MASK[RelationSet([between(union, aim)])]}}, above, [], order)
        assert between(one, aim) in SETS[lowered[parts[0]][target]]


def test_the_relation_of_a_whole_follows_from_all_its_parts() -> None:
    """A provision is a subset if all its statements are; a family with unlisted parts need not be."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    control = iso.key("A.6.2.8")
    rows = [row(code.key(f"2.3#{number}"), "subset-of", control) for number in (1, 2)]
    found = Crosswalk.from_mappings(rows, code, iso)
    assert found.relations_between("2.3", "A.6.2.8") == RelationSet([Relation.EQUAL, Relation.SUBSET])
    assert found.coverage(["2.3"]).counts[Coverage.COVERED] == 1
    families = walk(("X-1", "subset-of", "Y-1"), ("X-2", "subset-of", "Y-1"))
    assert families.relations_between("X", "Y-1").relations == {*Relation} - {Relation.NONE}


def test_nothing_follows_for_siblings() -> None:
    """What is known of one part implies nothing about its siblings."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert found.relations_between("X-2", "Y-1").nothing_known
    assert "No mapping connects" in found.explain("X-2", "X-1")
    assert found.explain("X", "Y").count("is a part of") == 2


def test_no_relationship_is_inherited_by_parts() -> None:
    """Parts of elements that share nothing share nothing."""
    found = walk(("X", "no-relationship", "Y"), ("Y", "related-to", "X"))
    assert found.relations_between("X-1", "Y-2") == RelationSet([Relation.NONE])
    assert found.relations_between("Y-1", "X-2").nothing_known
    assert {(str(claim.source), str(claim.target)) for claim in found.at_level("control", "control").claims()} == {
        *((f"a@1:X-{one}", f"b@1:Y-{other}") for one in (1, 2) for other in (1, 2)),
        *((f"a@1:Y-{one}", f"b@1:X-{other}") for one in (1, 2) for other in (1, 2)),
    }


def test_a_whole_mitigates_what_its_parts_mitigate() -> None:
    """A whole inherits mitigation from a part, but a part does not from its whole."""
    found = walk(("X-1", "mitigates", "R"), ("Y", "mitigates", "R"), ("X-2", "related-to", "R")).at_level()
    assert [claim.says for claim in found["X"]] == ["mitigates"]
    assert found["Y-1"] == ()
    assert [claim.says for claim in found["X-2"]] == ["is related to"]
    assert walk(("X-1", "related-to", "R")).at_level()["X"] == ()


def test_the_only_statement_of_a_provision_equals_it() -> None:
    """Relations of a provision hold for its only statement."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [row(code.key("5.1"), "intersects-with", iso.key("A.4.2"), strength=6, remainder="the rest")]
    found = Crosswalk.from_mappings(rows, code, iso)
    assert found.relations_between("5.1#1", "A.4.2") == RelationSet([Relation.INTERSECTS])
    [gap] = found.gaps(["5.1"], denominator="statement")
    assert (gap.coverage, gap.strength, gap.remainders) == (Coverage.PARTLY, 6, ("5.1 to A.4.2: the rest",))
