"""Coverage and gaps."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given

from aicop import frameworks, load
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.ids import JointId
from aicop.vocabulary import Coverage, StrengthBand, band_of
from tests.crosswalk.examples import FLAT, walk
from tests.examples import A, B, C, notebook_table, row

if TYPE_CHECKING:
    from aicop.model import Mapping

_TURNED = {"superset-of": "subset-of", "subset-of": "superset-of"}


def inverse_row(of: Mapping) -> Mapping:
    """Return a mapping as somebody would have written it in the other direction."""
    return attrs.evolve(
        row(of.target, _TURNED.get(of.predicate, of.predicate), of.source), reverse_strength=of.strength
    )


def test_an_item_is_covered_if_all_its_parts_are() -> None:
    """A provision is covered if each statement is, by whatever control, and otherwise in part."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [
        row(code.key("2.3#1"), "subset-of", iso.key("A.6.2.8")),
        row(code.key("2.3#2"), "equal-to", iso.key("A.6.2.7")),
    ]
    assert Crosswalk.from_mappings(rows, code, iso).coverage(["2.3"]).counts[Coverage.COVERED] == 1
    assert Crosswalk.from_mappings(rows[:1], code, iso).coverage(["2.3"]).counts[Coverage.PARTLY] == 1
    assert Crosswalk.from_mappings(rows[:1], code, iso).gaps(["2.3"])[0].coverage is Coverage.PARTLY


def test_not_found_outweighs_open() -> None:
    """A link that proves nothing does not turn a not-found item into an open one."""
    found = walk(("X-1", "nothing-found", ""), ("X-1", "related-to", "R"))
    assert found.coverage(["X-1"], denominator="control").counts[Coverage.NOT_COVERED] == 1


def test_the_five_classes_of_coverage() -> None:
    """Each item has one class, and the classes add up to the denominator."""
    found = walk(
        ("X-1", "subset-of", "Y-1"),
        ("X-2", "intersects-with", "Y-1"),
        ("Y-1", "no-relationship", "Y-1"),
        ("Y-2", "nothing-found", ""),
    )
    report = found.coverage(denominator="control")
    assert {str(item).partition(":")[2]: str(known_) for item, known_ in report.items} == {
        "X-1": "covered",
        "X-2": "partly covered",
        "Y-1": "reviewed, not covered",
        "Y-2": "reviewed, not covered",
    }
    assert report.denominator == "4 controls of a@1"
    assert str(report) == (
        "4 controls of a@1, mapped to b@1: 1 covered, 1 partly covered, 0 open, 2 reviewed, not covered, 0 not reviewed."
    )
    assert walk().coverage(denominator="control").counts[Coverage.UNSEEN] == 4
    open_ = found.compose(walk(("Y-1", "related-to", "X-1"), source=B, target=C))
    assert open_.coverage(["X-2"], denominator="control").of(Coverage.OPEN) == (A.key("X-2"),)
    assert str(walk(("X-1", "mitigates", "R")).coverage(["X-1"], denominator="control").items[0][1]) == "partly covered"
    assert str(walk(("X-1", "related-to", "R")).coverage(["X-1"], denominator="control").items[0][1]) == "open"


@given(FLAT)
def test_coverage_classes_partition_the_denominator(rows: list[tuple[str, str, str]]) -> None:
    """Every item of the denominator is in exactly one class, whatever the rows."""
    report = walk(*rows).coverage()
    assert [item for item, _ in report.items] == list(A.of_kind("control", "risk"))
    assert sum(report.counts.values()) == len(report.items)
    assert sorted(map(str, itertools.chain(*(report.of(known_) for known_ in Coverage)))) == sorted(
        str(item) for item, _ in report.items
    )


def test_gaps_have_remainders_and_strength() -> None:
    """A gap has the remainders of its rows and their greatest strength."""
    covered = walk(("X-2", "subset-of", "Y-1"))
    found = walk(("X-1", "intersects-with", "Y-1"), strength=6, remainder="the rest").combine(covered)
    gaps = {str(gap.item): gap for gap in found.gaps(["X"])}
    assert list(gaps) == ["a@1:X-1"]
    assert gaps["a@1:X-1"].strength == 6
    assert gaps["a@1:X-1"].remainders == ("Y-1: the rest",)
    assert walk().gaps(["Y-1"])[0].strength is None


def test_a_remaining_risk_is_not_a_gap_of_the_provision() -> None:
    """The remainder of a mitigation is a gap of the risk, seen from the risk's side."""
    found = walk(("X-1", "mitigates", "R"), strength=3, remainder="the rest")
    assert found.gaps(["X-1"])[0].remainders == ()
    assert found.inverse().gaps(["R"])[0].remainders == ("X-1: the rest",)
    assert "Risk that remains: the rest." in found.explain("X-1", "R")


def test_strength_is_shown_in_bands() -> None:
    """Each class is divided by the greatest strength of the claims, and no strength is a band of its own."""
    rows = [
        row(A.key("X-1"), "subset-of", B.key("Y-1")),
        row(A.key("X-2"), "intersects-with", B.key("Y-1"), strength=4),
        row(A.key("X-2"), "intersects-with", B.key("Y-2"), strength=7),
        row(A.key("Y-1"), "related-to", B.key("Y-2")),
        row(A.key("Y-2"), "no-relationship", B.key("Y-2"), strength=0),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    report = found.coverage(denominator="control")
    assert report.strengths == (10, 7, None, 0)
    counted = {known: {band for band, count in bands.items() if count} for known, bands in report.bands.items()}
    assert counted == {
        Coverage.COVERED: {StrengthBand.NEARLY_ALL},
        Coverage.PARTLY: {StrengthBand.MOST, None},
        Coverage.OPEN: set(),
        Coverage.NOT_COVERED: {None},
        Coverage.UNSEEN: set(),
    }
    assert sum(count for bands in report.bands.values() for count in bands.values()) == len(report.items)
    assert [(gap.strength, gap.band) for gap in found.gaps(denominator="control")] == [
        (7, StrengthBand.MOST),
        (None, None),
        (0, None),
    ]
    # The strengths of a derived crosswalk are those of its claims.
    assert found.merge_makers().coverage(denominator="control").strengths == (10, 7, None, 0)
    assert found.inverse().coverage(denominator="control").strengths == (None, None, None, 0)


def test_the_strength_of_a_mitigation_is_that_of_the_risk() -> None:
    """It says nothing of how much is covered of the measure, whether or not claims are merged."""
    found = walk(("X-1", "mitigates", "R"), strength=3)
    for made in (found, found.merge_makers()):
        assert made.coverage(["X-1"]).strengths == (None,)
        assert made.inverse().coverage(["R"]).strengths == (3,)


def test_every_strength_has_a_band() -> None:
    """The bands are those that the names say."""
    for band in StrengthBand:
        low, high = map(int, band.split("-"))
        assert all(band_of(number) is band for number in range(low, high + 1))
    assert (band_of(0), band_of(None)) == (None, None)


def test_weak_claims_can_be_left_out() -> None:
    """A claim below the minimum leaves an item reviewed and not covered; one without a strength leaves it open."""
    rows = [
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), strength=6),
        row(A.key("X-2"), "intersects-with", B.key("Y-1"), strength=5, remainder="the rest"),
        row(A.key("Y-1"), "related-to", B.key("Y-1")),
        row(A.key("Y-2"), "no-relationship", B.key("Y-1")),
        row(A.key("Y-2"), "nothing-found", None),
        row(A.key("X-1"), "mitigates", B.key("R"), strength=8),
        row(None, "nothing-found", B.key("X-1")),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    report = found.coverage(denominator="control", strength=6)
    assert [known for _, known in report.items] == [
        Coverage.PARTLY,
        Coverage.NOT_COVERED,
        Coverage.OPEN,
        Coverage.NOT_COVERED,
    ]
    assert (report.minimum, report.not_counted) == (6, 2)
    assert str(report).endswith(" Not counted: 2 claims with a strength below 6 or not stated.")
    gaps = {gap.item.local: gap for gap in found.gaps(denominator="control", strength=6)}
    assert (gaps["X-2"].strength, gaps["X-2"].remainders) == (5, ("Y-1: the rest",))
    assert found.coverage(denominator="control", strength=7).of(Coverage.PARTLY) == (A.key("X-1"),)
    assert found.coverage(denominator="control", strength=9).of(Coverage.PARTLY) == ()
    assert found.coverage(denominator="control").not_counted == 0


def test_claims_about_wholes_are_counted_like_all_others() -> None:
    """On either side, each claim whose strength is less than the least or not stated is not counted."""
    found = walk(("X-1", "intersects-with", "Y-1"), ("Y-1", "intersects-with", "X-2"), strength=3).at_level(None)
    pairs = {
        ("X-1", "Y-1"),
        ("X-1", "Y"),
        ("X", "Y-1"),
        ("X", "Y"),
        ("Y-1", "X-2"),
        ("Y-1", "X"),
        ("Y", "X-2"),
        ("Y", "X"),
    }
    assert {
        (claim.source and claim.source.local, claim.target and claim.target.local) for claim in found.claims()
    } == pairs
    assert found.coverage(strength=5).not_counted == len(pairs)
    assert found.coverage(strength=3).not_counted == len(pairs) - 2


CODE, OTHER = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")


@pytest.mark.parametrize(
    ("rows", "key", "expected"),
    [
        pytest.param([("P2", "intersects-with", 3)], "2.2", Coverage.OPEN, id="a weak claim about the whole"),
        pytest.param([("P2", "intersects-with", 3)], "P2", Coverage.NOT_COVERED, id="a weak claim of its own"),
        pytest.param([("P2", "intersects-with", 3)], "3.1", Coverage.UNSEEN, id="no claim at all"),
        pytest.param([("2.4", "intersects-with", 3)], "2.4#1", Coverage.NOT_COVERED, id="its only statement"),
        pytest.param([("2.4#1", "intersects-with", 3)], "2.4", Coverage.NOT_COVERED, id="the only statement of it"),
        pytest.param([("2.3#1", "intersects-with", 3)], "2.3", Coverage.OPEN, id="a weak claim about one of its parts"),
        pytest.param(
            [("13.1", "intersects-with", 3), ("13.2", "intersects-with", 4)],
            "P13",
            Coverage.NOT_COVERED,
            id="weak claims about all its parts",
        ),
        pytest.param(
            [("P13", "superset-of", 3), ("13.1", "equal-to", 10)], "13.1", Coverage.COVERED, id="a strong claim"
        ),
        pytest.param(
            [("13.1", "intersects-with", 3), ("13.1", "no-relationship", 0), ("13.2", "intersects-with", 3)],
            "P13",
            Coverage.OPEN,
            id="a contradiction about a part stays open",
        ),
    ],
)
def test_leaving_weak_claims_out_is_no_judgement(
    rows: list[tuple[str, str, int]], key: str, expected: Coverage
) -> None:
    """An item is reviewed if claims of its own, or of all its parts, are too weak; what was open stays open."""
    made = [
        row(CODE.key(one), says, OTHER.key("A.4.2"), strength=number, author=f"{place}")
        for place, (one, says, number) in enumerate(rows)
    ]
    found = Crosswalk.from_mappings(made, CODE, OTHER)
    for one in (found, found.merge_makers()):
        kind = CODE[key].kind
        assert dict(one.coverage(denominator=kind, strength=5).items)[CODE.key(key)] is expected


def test_a_strength_is_that_of_the_item_itself() -> None:
    """The strength of a part says nothing about the whole, and that of several elements nothing about each."""
    joint = JointId([CODE.key("2.2"), CODE.key("2.3")])
    rows = [
        row(CODE.key("9.1"), "equal-to", OTHER.key("A.4.2"), strength=10),
        row(CODE.key("P8"), "intersects-with", OTHER.key("A.4.2"), strength=3),
        row(CODE.key("2.4#1"), "intersects-with", OTHER.key("A.4.2"), strength=6),
        row(CODE.key("2.7#1"), "intersects-with", OTHER.key("A.4.2"), strength=7),
        row(CODE.key("5.1"), "intersects-with", OTHER.key("A.4.3"), strength=3),
        row(CODE.key("5.1#1"), "related-to", OTHER.key("A.4.4"), strength=5),
        row(joint, "superset-of", OTHER.key("A.4.3"), strength=8),
        row(JointId([CODE.key("6.1"), CODE.key("6.2")]), "subset-of", OTHER.key("A.4.4"), strength=10),
        row(JointId([CODE.key("7.1"), CODE.key("7.2")]), "no-relationship", OTHER.key("A.4.4"), strength=0),
    ]
    expected = {
        "P9": None,
        "9.1": 10,
        "P8": 3,
        "8.1": None,
        "2.4": 6,
        "2.4#1": 6,
        "2.7": None,
        "2.7#1": 7,
        # The only statement of a provision is the same requirement, so the greatest strength of both counts.
        "5.1": 5,
        "5.1#1": 5,
        "2.2": None,
        "2.3": None,
        "6.1": 10,
        "6.2": 10,
        "7.1": 0,
        "7.2": 0,
    }
    made = Crosswalk.from_mappings(rows, CODE, OTHER)
    back = Crosswalk.from_mappings([*map(inverse_row, rows)], OTHER, CODE).inverse()
    for found in (made, made.merge_makers(), back, back.merge_makers()):
        report = found.coverage(expected, denominator=["principle", "provision", "statement"])
        strengths = dict(zip((key.local for key, _ in report.items), report.strengths, strict=True))
        assert {key: strengths[key] for key in expected} == expected
    [gap] = made.gaps(["P9"], denominator="principle")
    assert (gap.coverage, gap.strength, gap.band) == (Coverage.PARTLY, None, None)


def test_nothing_found_has_a_strength_that_is_shown() -> None:
    """The strength 0 if the mapping states it, whether or not claims are merged."""
    rows = [
        row(A.key("X-1"), "nothing-found", None, strength=0, remainder="all"),
        row(A.key("X-2"), "nothing-found", None),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    for made in (found, found.merge_makers()):
        assert made.coverage("X").strengths == (0, None)


def test_a_member_of_a_joint_id_has_the_strength_that_its_relation_determines() -> None:
    """No strength follows from a relation that leaves it open, or from a link."""
    pair = JointId([A.key("X-1"), A.key("X-2")])
    for predicate, expected in (("equal-to", 10), ("no-relationship", 0), ("related-to", None), ("mitigates", None)):
        rows = [row(pair, predicate, B.key("R" if predicate == "mitigates" else "Y-1"))]
        found = Crosswalk.from_mappings(rows, A, B)
        for made in (found, found.merge_makers()):
            assert made.coverage("X").strengths == (expected, expected)


def test_a_joint_claim_counts_if_it_is_strong_enough() -> None:
    """What follows for its members counts if the joint claim does."""
    pair = JointId([A.key("X-1"), A.key("X-2")])
    found = Crosswalk.from_mappings([row(pair, "subset-of", B.key("Y-1"), strength=10)], A, B)
    report = found.coverage(["X"], strength=9)
    assert (report.counts[Coverage.COVERED], report.not_counted) == (2, 0)
    # From a joint target that is covered, it follows of each member that it is covered too, but not how strongly.
    for predicate, strength, not_counted in (("equal-to", 10, 0), ("superset-of", 3, 1)):
        rows = [row(A.key("Y-1"), predicate, JointId([B.key("X-1"), B.key("X-2")]), strength=strength)]
        report = Crosswalk.from_mappings(rows, A, B).coverage(["Y-1"], strength=6)
        assert report.not_counted == not_counted


def test_gaps_are_filled_whichever_way_rows_were_written() -> None:
    """An inverted row gives the strength and remainder that were judged in reverse."""
    rows = [
        row(
            A.key("X-1"),
            "intersects-with",
            B.key("Y-1"),
            strength=3,
            remainder="ours",
            reverse_strength=8,
            reverse_remainder="theirs",
        )
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    [gap] = found.gaps(["X-1"])
    assert (gap.strength, gap.remainders) == (3, ("Y-1: ours",))
    [gap] = found.inverse().gaps(["Y-1"])
    assert (gap.strength, gap.band, gap.remainders) == (8, StrengthBand.MOST, ("X-1: theirs",))


def test_contradictions_are_named_and_open() -> None:
    """Authors who contradict each other about a pair, or about whether anything was found, leave an item open."""
    rows = [
        row(A.key("X-1"), "no-relationship", B.key("Y-1")),
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), author="you"),
        row(A.key("X-2"), "nothing-found", None, searched=B.id),
        row(A.key("X-2"), "subset-of", B.key("Y-2"), author="you"),
        row(A.key("Y-1"), "nothing-found", None, searched=B.id),
        row(A.key("Y-1"), "mitigates", B.key("R"), author="you"),
        row(A.key("Y-2"), "equal-to", B.key("Y-1")),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    report = found.coverage(denominator="control")
    clash = (A.key("X-1"), A.key("X-2"), A.key("Y-1"))
    assert report.of(Coverage.OPEN) == report.contradictory == clash
    assert report.of(Coverage.COVERED) == (A.key("Y-2"),)
    assert str(report).endswith("not reviewed. Mappings contradict each other about X-1, X-2, Y-1.")
    assert [gap.item for gap in found.gaps(denominator="control") if gap.contradictory] == list(clash)
    # A whole is named because of its parts, and claims that are too weak to count still contradict each other.
    assert found.coverage(denominator="family").contradictory == tuple(A.of_kind("family"))
    assert found.coverage(denominator="control", strength=9).contradictory == clash
    assert Crosswalk.from_mappings(rows[-1:], A, B).coverage().contradictory == ()


def test_parts_without_a_counterpart_are_gaps() -> None:
    """A provision of which one statement is mapped names the others, unless the provision itself is of their class."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [
        row(code.key("2.3#1"), "subset-of", iso.key("A.6.2.8")),
        row(code.key("2.7#1"), "intersects-with", iso.key("A.6.2.7"), remainder="the rest"),
        row(code.key("2.7#2"), "nothing-found", None, searched=iso.id),
        row(code.key("1.1"), "intersects-with", iso.key("A.6.2.7")),
    ]
    found = Crosswalk.from_mappings(rows, code, iso)
    gaps = {gap.item.local: gap.remainders for gap in found.gaps(["2.3", "2.7", "1.1", "2.1"])}
    assert gaps == {
        "1.1": (),
        "2.1": (),
        "2.3": ("2.3#2: not reviewed",),
        "2.7": ("2.7#1 to A.6.2.7: the rest", "2.7#2: reviewed, not covered"),
    }
    [principle] = found.gaps(["P2"], denominator="principle")
    assert "2.1: not reviewed" in principle.remainders


@pytest.mark.parametrize("predicate", ["intersects-with", "superset-of", "equal-to"])
def test_claims_are_counted_alike_when_they_are_composed(predicate: str) -> None:
    """A joint claim counts once, and what follows from it for its members does not, directly or through an edition."""
    code, standard = frameworks.load("uk-ai-cop"), frameworks.load("etsi-en-304-223")
    rows = [
        row(JointId([A.key("X-1"), A.key("X-2")]), predicate, code.key("5.1"), strength=None, reverse_strength=None),
        row(A.key("Y-1"), "intersects-with", code.key("5.1"), strength=2),
    ]
    there = Crosswalk.from_mappings(rows, A, code)
    on = crosswalk(code.id, standard.id)
    direct, through = there.coverage(["X", "Y"], strength=10), there.compose(on).coverage(["X", "Y"], strength=10)
    assert direct.not_counted == through.not_counted
    back, turned = there.inverse(), on.inverse().compose(there.inverse())
    assert back.coverage(["5.1"], strength=10).not_counted == turned.coverage(["5.2.1-1"], strength=10).not_counted


def test_an_item_whose_lineage_is_open_is_open() -> None:
    """In a text that nobody has read, a provision may or may not ask for what its counterpart is mapped to."""
    found = crosswalk("etsi-ts-104-223", "iso-iec-42001")
    [(_, known)] = found.coverage(["5.2.1-4.1"]).items
    assert known is Coverage.OPEN
    assert found["5.2.1-4.1"] == ()
    code = frameworks.load("uk-ai-cop")
    # It makes no difference what the counterpart says, or at which level; if it was not reviewed, the item was not.
    rows = [
        row(code.key("1.1.1"), "nothing-found", None, searched=A.id),
        row(code.key("5.4.1#2"), "intersects-with", A.key("X-1")),
        row(code.key("3.2"), "mitigates", A.key("R")),
        row(code.key("8.2"), "intersects-with", A.key("Y-1")),
        row(code.key("8.2"), "intersects-with", A.key("Y-2")),
        row(code.key("2.2"), "intersects-with", A.key("Y-2")),
    ]
    on = crosswalk("etsi-ts-104-223", code.id).compose(Crosswalk.from_mappings(rows, code, A))
    classes = dict(on.coverage().items)
    assert {key.local for key, item in classes.items() if item is Coverage.OPEN} >= {
        "5.1.1-1.1",
        "5.1.3-2",
        "5.2.1-4.1",
        "5.2.4-2",
    }
    assert classes[on.source.key("5.1.1-2")] is Coverage.UNSEEN
    # From the other side, and over a further step, what leads there is open too.
    back = dict(on.inverse().coverage(denominator="control").items)
    assert (back[A.key("Y-1")], back[A.key("Y-2")]) == (Coverage.OPEN, Coverage.PARTLY)
    further = on.compose(walk(("Y-1", "equal-to", "X-1"), ("Y-2", "equal-to", "X-2"), source=A, target=B))
    assert dict(further.coverage().items)[on.source.key("5.2.4-2")] is Coverage.OPEN
    assert dict(further.inverse().coverage(denominator="control").items)[B.key("X-1")] is Coverage.OPEN
    both = on.combine(on.compose(walk(("Y-1", "equal-to", "Y-2"), source=A, target=A)))
    assert dict(both.at_level().coverage().items)[on.source.key("5.2.4-2")] is Coverage.OPEN
    # A framework of controls that are only named together has no lineage, and stays as it was.
    assert walk(("X-1", "associated-with", "Y-1")).compose(
        walk(("Y-1", "equal-to", "X-1"), source=B, target=C)
    ).coverage(["X-1"], denominator="control").of(Coverage.UNSEEN) == (A.key("X-1"),)
    # Wherever on the way that is.
    assert walk(("X-1", "equal-to", "Y-1")).compose(
        walk(("Y-1", "associated-with", "X-1"), source=B, target=C)
    ).coverage(["X-1"], denominator="control").of(Coverage.UNSEEN) == (A.key("X-1"),)


def test_a_string_is_one_key() -> None:
    """A scope that is a string is one key, and not the keys of its letters."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert found.coverage("X").items == found.coverage(["X"]).items
    assert found.gaps("X-2", denominator="control") == found.gaps(["X-2"], denominator="control")


def test_what_was_selected_is_a_scope() -> None:
    """Matches and provisions mean their ids."""
    found = crosswalk("uk-ai-cop", "iso-iec-42001")
    matches = load("uk-ai-cop").select(role="Data Custodian")
    by_id = found.coverage([match.provision.id for match in matches])
    assert len(by_id.items) == len(matches) == 5
    assert found.coverage(matches) == found.coverage(match.provision for match in matches) == by_id
    assert found.gaps(matches) == found.gaps(match.provision.id for match in matches)


def test_a_report_is_printed_in_one_line() -> None:
    """With the classes that have items."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-2", "intersects-with", "Y-1"), ("Y-1", "intersects-with", "Y-1"))
    assert repr(found.coverage(denominator="control")) == (
        "<CoverageReport 4 controls of a@1 by b@1: 1 covered, 2 partly covered, 1 not reviewed>"
    )
    through = found.compose(walk(("Y-1", "equal-to", "X-1"), source=B, target=C))
    assert repr(through.coverage(["X-1"])) == (
        "<CoverageReport 1 control or risk of a@1 in scope by c@1 through b@1: 1 covered>"
    )


def test_a_report_is_a_table_of_its_items() -> None:
    """Each with its title, class and strength, and whether mappings contradict each other about it."""
    code = frameworks.load("uk-ai-cop")
    rows = [
        row(code.key("5.1"), "intersects-with", B.key("Y-1"), strength=7),
        row(code.key("5.2"), "equal-to", B.key("Y-1")),
        row(code.key("5.2"), "no-relationship", B.key("Y-1"), author="they"),
    ]
    report = Crosswalk.from_mappings(rows, code, B).coverage(["5.1", "5.2", "5.3"])
    assert report.table() == [
        {
            "item": str(code.key(key)),
            "title": code.title(code.key(key)),
            "class": known.value,
            "strength": strength,
            "band": band,
            "contradictory": clash,
        }
        for key, known, strength, band, clash in (
            ("5.1", Coverage.PARTLY, 7, "6-8", False),
            ("5.2", Coverage.OPEN, 10, "9-10", True),
            ("5.3", Coverage.UNSEEN, None, None, False),
        )
    ]


def test_a_report_is_a_table_in_notebooks() -> None:
    """It has one row per class, with the number of items in each band of strength."""
    report = walk(("X-1", "intersects-with", "Y-1"), ("X-2", "intersects-with", "Y-2"), strength=4).coverage()
    assert notebook_table(report._repr_html_()) == [
        [f"{report.denominator}, mapped to b@1"],
        ["class", "count", *StrengthBand, "no strength"],
        *([known, str(count), *map(str, report.bands[known].values())] for known, count in report.counts.items()),
    ]
