"""Shipped crosswalks, and routes through other frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from aicop.crosswalk import Crosswalk, crosswalk, crosswalk_in, explain, explain_in, mappings_of, mappings_of_in
from aicop.crosswalk.registry import shipped
from aicop.errors import NoCrosswalk, UnknownTerm
from aicop.frameworks import Framework, load, loads
from aicop.ids import EditionId
from aicop.mappings import load as load_rows
from aicop.model import Mapping
from aicop.vocabulary import Relation
from tests.crosswalk.examples import facts
from tests.examples import row

if TYPE_CHECKING:
    from aicop.ids import Key
    from aicop.model import MappingSet


def test_shipped_crosswalks_are_found_in_either_direction() -> None:
    """Crosswalks are found directly, inverted, and composed through named frameworks."""
    there, back = crosswalk("uk-ai-cop", "mitre-atlas"), crosswalk("mitre-atlas", "uk-ai-cop")
    assert facts(there.inverse()) == facts(back)
    with pytest.raises(UnknownTerm, match="'Nobody' is not an author of mappings"):
        crosswalk("uk-ai-cop", "cited-documents", author="Nobody")
    assert str(crosswalk("EN 304 223", "AI Act").source.id) == "etsi-en-304-223@2.1.1"
    through = crosswalk("etsi-en-304-223", "iso-iec-42001", via=["uk-ai-cop"])
    assert [claim.says for claim in through["5.2.1-1"]] == ["intersects-with"] * 4


def test_a_pair_without_mappings_suggests_routes() -> None:
    """The error lists routes through other frameworks, shortest first, or none."""
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk("nist-ssdf", "iso-iec-27001")
    assert caught.value.chains[0] == "nist-ssdf@1.1 -> nist-csf@2.0 -> iso-iec-27001@2022"
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk("uk-ai-cop", "ncsc-caf")
    assert caught.value.chains == ()


def test_routes_have_at_most_three_steps_and_there_are_at_most_five() -> None:
    """A longer way through other frameworks is not suggested."""
    made = {
        name: loads("id,kind\n1,control\n", f"{name}.csv", framework=name, edition="1", title=name)
        for name in "abcdefghxyz"
    }

    def sets(*pairs: str) -> dict[str, tuple[Mapping, ...]]:
        return {pair: (row(made[pair[0]].key("1"), "equal-to", made[pair[1]].key("1")),) for pair in pairs}

    line = Own(tuple(made.values()), sets("ab", "bc", "cd", "de"))
    for target, chains in (("d", ("a@1 -> b@1 -> c@1 -> d@1",)), ("e", ())):
        with pytest.raises(NoCrosswalk) as caught:
            crosswalk_in(line, "a", target)
        assert caught.value == NoCrosswalk("a@1", f"{target}@1", chains)
    fan = Own(tuple(made.values()), sets(*(pair for one in "bcdefgh" for pair in (f"a{one}", f"{one}z"))))
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk_in(fan, "a", "z")
    assert caught.value.chains == tuple(f"a@1 -> {one}@1 -> z@1" for one in "bcdef")


def test_routes_lead_through_requirements() -> None:
    """Not through a framework that has only risks, although it may be the source or the target."""
    made = {
        name: loads(f"id,kind,nature\n1,control,{nature}\n", f"{name}.csv", framework=name, edition="1", title=name)
        for name, nature in {"a": "", "b": "", "c": "", "r": "risk", "s": "risk"}.items()
    }
    sets: dict[str, tuple[Mapping, ...]] = {
        pair: (row(made[pair[0]].key("1"), "related-to", made[pair[1]].key("1")),)
        for pair in ("ra", "ab", "bs", "ar", "rc")
    }
    stock = Own(tuple(made.values()), sets)
    for source, target, chains in (
        ("r", "s", ("r@1 -> a@1 -> b@1 -> s@1",)),
        ("a", "s", ("a@1 -> b@1 -> s@1",)),
        ("a", "c", ()),
    ):
        with pytest.raises(NoCrosswalk) as caught:
            crosswalk_in(stock, source, target)
        assert caught.value.chains == chains


def test_two_keys_are_explained_wherever_they_come_from() -> None:
    """`explain` finds the crosswalk from the frameworks of the two keys."""
    assert explain("uk-ai-cop:5.1", "ISO 42001 A.4.2").startswith("uk-ai-cop@2025-01:5.1 (Maintain")
    assert "equal-to" in explain("EN 5.2.1-1", "UK 5.1")


@attrs.frozen
class Own:
    """A user's stock: what ships, and frameworks and sets of the user."""

    frameworks: tuple[Framework, ...]
    rows: dict[str, tuple[Mapping, ...]] = attrs.field(factory=dict)
    built: dict[tuple[EditionId, EditionId], Crosswalk] = attrs.field(factory=dict)

    def framework(self, name: EditionId | str) -> Framework:
        """Return one of the user's frameworks, or one that ships."""
        known = {key: item for item in self.frameworks for key in (item.id.document, str(item.id))}
        return known.get(str(name)) or shipped().framework(name)

    def parse(self, text: str, edition: EditionId | str | None = None) -> Key:
        """Parse a key of either."""
        for item in self.frameworks:
            if text.startswith(f"{item.id.document}@"):
                return item.key(text)
        return shipped().parse(text, edition)

    def mapping_sets(self) -> tuple[MappingSet, ...]:
        """Return the sets that ship, and then the user's."""
        made = []
        for name, rows in self.rows.items():
            ends = rows[0].source_edition, rows[0].target_edition
            made.append(attrs.evolve(shipped().mapping_sets()[0], name=name, source=ends[0], target=ends[1]))
        return (*shipped().mapping_sets(), *made)

    def mappings(self, set_name: str) -> tuple[Mapping, ...]:
        """Return the mappings of a set."""
        return self.rows.get(set_name) or shipped().mappings(set_name)

    def crosswalk_cache(self) -> dict[tuple[EditionId, EditionId], Crosswalk]:
        """Return the crosswalks that were built."""
        return self.built

    def lineage_ways(self, edition: EditionId) -> dict[EditionId, tuple[EditionId, ...]]:
        """Return the ways between the editions that ship."""
        return shipped().lineage_ways(edition)


ACME = loads("id,kind\nAC-1,control\nAC-2,control\n", "acme.csv", framework="acme", edition="1", title="Acme")
CODE = load("uk-ai-cop")
MINE = Own((ACME,), {"mine": (row(ACME.key("AC-1"), "equal-to", CODE.key("2.3#1"), strength=10),)})


def test_routes_work_over_any_stock() -> None:
    """A user's mappings stand beside those that ship: direct, inverted, composed and explained."""
    assert [str(claim.target) for claim in crosswalk_in(MINE, "acme", "uk-ai-cop")["AC-1"]] == [
        "uk-ai-cop@2025-01:2.3#1"
    ]
    back = crosswalk_in(MINE, "uk-ai-cop", "acme")
    assert [claim.says for claim in back["2.3#1"]] == ["equal-to"]
    through = crosswalk_in(MINE, "acme", "iso-iec-42001", via="uk-ai-cop")
    assert through.via == (CODE.id,)
    assert explain_in(MINE, "acme@1:AC-1", "uk-ai-cop:2.3#1").startswith("acme@1:AC-1 to uk-ai-cop@2025-01:2.3#1")
    [found] = mappings_of_in(MINE, "acme@1:AC-1")
    assert repr(found) == "<KeyClaims to uk-ai-cop@2025-01: 1 claim>"
    assert (found.crosswalk.target.id, [claim.says for claim in found.claims]) == (CODE.id, ["equal-to"])
    # The claims about a statement are listed with its provision, in every framework.
    of = {item.crosswalk.target.id: item.claims for item in mappings_of_in(MINE, "uk-ai-cop:2.3")}
    assert [str(claim.target) for claim in of[ACME.id]] == ["acme@1:AC-1"]
    assert of.keys() == {item.crosswalk.target.id for item in mappings_of("uk-ai-cop:2.3")} | {ACME.id}
    assert all(claim.source is not None for claims in of.values() for claim in claims)
    assert mappings_of_in(MINE, "acme@1:AC-2") == ()
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk_in(MINE, "acme", "uk-ai-cop", via=["iso-iec-42001"])
    assert caught.value.chains[0] == "acme@1 -> uk-ai-cop@2025-01 -> iso-iec-42001@2023"


def test_claims_about_an_element_are_those_of_its_statements_too() -> None:
    """But not those of the provisions of a principle, or of the sub-provisions of a provision."""
    keys = [CODE.key(name) for name in ("P2", "2.3", "2.3#1", "2.2", "1.1", "1.1.1")]
    rows = tuple(row(ACME.key("AC-1"), "intersects-with", key) for key in keys)
    own = Own((ACME,), {"mine": rows})
    for name, sources in (("P2", ["P2"]), ("2.3", ["2.3", "2.3#1"]), ("1.1", ["1.1"]), ("1.1.1", ["1.1.1"])):
        [found] = [item for item in mappings_of_in(own, f"uk-ai-cop:{name}") if item.crosswalk.target.id == ACME.id]
        assert [claim.source for claim in found.claims] == [CODE.key(one) for one in sources]


def test_a_framework_that_only_another_edition_is_mapped_to_comes_last() -> None:
    """What follows from the mappings of that edition is claimed."""
    key = load("etsi-ts-104-223").key("5.1.2-3")
    found = mappings_of_in(MINE, str(key))
    assert found[-1].crosswalk.target.id == ACME.id
    assert found[-1].claims == crosswalk_in(MINE, key.edition, "acme")[f"{key}#1"]
    direct = [item.crosswalk.target.id for item in found if item.crosswalk.via == ()]
    assert [item.crosswalk.target.id for item in found][: len(direct)] == direct
    assert set(direct) < {item.crosswalk.target.id for item in found}


def test_the_mappings_of_a_stock_are_not_checked_again() -> None:
    """The stock has checked them, which takes longer than building the crosswalk; in either direction."""
    # Only risks are mitigated.
    own = Own((ACME,), {"mine": (row(ACME.key("AC-1"), "mitigates", CODE.key("2.3")),)})
    assert [claim.says for claim in crosswalk_in(own, "acme", "uk-ai-cop")["AC-1"]] == ["mitigates"]
    assert [claim.says for claim in crosswalk_in(own, "uk-ai-cop", "acme")["2.3"]] == ["is mitigated by"]


def test_the_edition_is_changed_without_being_asked() -> None:
    """On either side, or on both, and `via` says through what; nothing else is composed by itself."""
    found = crosswalk("etsi-en-304-223", "iso-iec-42001")
    assert found == crosswalk("etsi-en-304-223", "iso-iec-42001", via="uk-ai-cop")
    assert found.via == (CODE.id,)
    assert crosswalk("iso-iec-42001", "etsi-en-304-223").via == (CODE.id,)
    own = crosswalk_in(MINE, "acme", "etsi-en-304-223")
    assert own.via == (CODE.id,)
    [claim] = [item for item in own["AC-1"] if item.relation is Relation.EQUAL]
    assert claim.target is not None
    assert str(claim.target).startswith("etsi-en-304-223@2.1.1:")
    assert str(claim.target).endswith("#1")
    assert crosswalk("uk-ai-cop", "iso-iec-42001").via == ()
    with pytest.raises(NoCrosswalk):
        crosswalk_in(MINE, "acme", "iso-iec-42001")
    with pytest.raises(NoCrosswalk):
        crosswalk("uk-ai-cop", "uk-ai-cop")


def test_all_editions_of_a_lineage_count() -> None:
    """Mappings of several editions are combined, the nearest and newest first; none of them hides the others."""
    standard = load("etsi-en-304-223")
    rows = tuple(row(ACME.key("AC-2"), "related-to", key) for key in standard.of_kind("provision")[:1])
    own = Own((ACME,), {**MINE.rows, "en": rows})
    found = crosswalk_in(own, "etsi-ts-104-223", "acme")
    assert found.ways == ((standard.id,), (CODE.id,))
    assert found.via == (standard.id, CODE.id)
    assert crosswalk_in(own, "acme", "etsi-ts-104-223").ways == ((standard.id,), (CODE.id,))
    # One row between two frameworks does not switch off what comes through the other editions.
    both = crosswalk_in(own, "acme", "etsi-en-304-223")
    assert both.ways == ((), (CODE.id,))
    through, direct = (crosswalk_in(own, "acme", "etsi-en-304-223", via=via) for via in ("uk-ai-cop", ()))
    assert both == direct.combine(through)
    assert [str(claim.target) for claim in direct.claims()] == [str(rows[0].target)]
    assert "AC-1" in both
    assert "AC-1" not in direct
    assert repr(both).startswith("<Crosswalk acme@1 to etsi-en-304-223@2.1.1, direct and through uk-ai-cop@2025-01: ")
    assert f"mapped to etsi-en-304-223@2.1.1{both.coverage().way}: " in str(both.coverage())
    # The same holds of all claims about an element.
    [code, standards] = mappings_of_in(own, "acme@1:AC-1")
    assert [item.crosswalk.target.id for item in (code, standards)] == [CODE.id, standard.id]
    assert standards.claims == both["AC-1"]


def test_the_ways_with_the_fewest_editions_come_first() -> None:
    """Whichever side the other editions are of."""
    made = {
        name: loads("id,kind\n1,control\n", f"{name}.csv", framework=name, edition="1", title=name) for name in "abxyz"
    }
    a, b, x, y, z = (made[name].id for name in "abxyz")

    class Line(Own):
        """A stock in which b replaced a, y replaced x, and z replaced y."""

        def lineage_ways(self, edition: EditionId) -> dict[EditionId, tuple[EditionId, ...]]:
            """Return the ways along the lineages."""
            return {a: {a: (a,), b: (a, b)}, x: {x: (x,), y: (x, y), z: (x, y, z)}}[edition]

    pairs = ("ab", "xy", "yz", "bx", "az")
    rows: dict[str, tuple[Mapping, ...]] = {
        pair: (row(made[pair[0]].key("1"), "equal-to", made[pair[1]].key("1")),) for pair in pairs
    }
    assert crosswalk_in(Line(tuple(made.values()), rows), "a", "x").ways == ((b,), (z, y))


@pytest.mark.parametrize(
    ("predicate", "kept"),
    [("intersects-with", True), ("nothing-found", True), ("mitigates", True), ("cites", False)],
)
def test_another_edition_counts_if_something_may_follow_from_its_mappings(predicate: str, *, kept: bool) -> None:
    """From links other than mitigations, nothing follows for another edition, so that they are left out."""
    acme = loads(
        "id,kind,nature\nAC-1,control,\nAC-R,risk,risk\nAC-D,document,document\n",
        "acme.csv",
        framework="acme",
        edition="1",
        title="Acme",
    )
    target = {"nothing-found": None, "mitigates": acme.key("AC-R"), "cites": acme.key("AC-D")}
    own = Own(
        (acme,),
        {
            "en": (row(load("etsi-en-304-223").key("5.1.1-1"), "intersects-with", acme.key("AC-1")),),
            "code": (row(CODE.key("2.3"), predicate, target.get(predicate, acme.key("AC-1")), searched=acme.id),),
        },
    )
    ways = crosswalk_in(own, "etsi-ts-104-223", "acme").ways
    assert ways == ((load("etsi-en-304-223").id,), *([(CODE.id,)] if kept else []))


def test_only_direct_mappings_can_be_asked_for() -> None:
    """With an empty `via`, which is an error if no mappings connect the two."""
    found = crosswalk("etsi-en-304-223", "eu-ai-act@2024", via=())
    assert {claim.says for claim in found.claims()} == {"corresponds to"}
    assert len(found.mappings) == 3
    with pytest.raises(NoCrosswalk):
        crosswalk("etsi-en-304-223", "iso-iec-42001", via=[])


def test_a_direct_set_of_links_hides_nothing() -> None:
    """ETSI says which roles correspond to those of the AI Act; what provisions are mapped to comes through the Code."""
    found = crosswalk("etsi-en-304-223", "eu-ai-act@2024")
    assert found.ways == ((), (CODE.id,))
    assert "5.2.1-1" in found
    # Links are the only mappings of the other editions, from which nothing follows for the Code.
    assert crosswalk("uk-ai-cop", "eu-ai-act@2024").ways == ((),)


def test_direct_and_derived_claims_about_a_pair_are_one() -> None:
    """Their relations intersect, and a contradiction shows; the direct mapping decides the strength."""
    standard = load("etsi-en-304-223")
    code, [equal] = (
        CODE.key("5.1"),
        [
            claim.target
            for claim in crosswalk("uk-ai-cop", "etsi-en-304-223")["5.1"]
            if claim.relation is Relation.EQUAL
        ],
    )
    one, other = ACME.key("AC-1"), ACME.key("AC-2")
    own = Own(
        (ACME,),
        {
            "code": (
                row(one, "intersects-with", code, strength=5),
                row(other, "intersects-with", code, strength=5),
            ),
            "en": (
                row(one, "intersects-with", equal, strength=7, author="We"),
                row(other, "no-relationship", equal, author="We"),
            ),
        },
    )
    found = crosswalk_in(own, "acme", standard.id)
    [claim] = [item for item in found["AC-1"] if item.target == equal]
    assert (claim.says, claim.strength, len(claim.paths)) == ("intersects-with", 7, 2)
    [claim] = found.contradictory_claims()
    assert (claim.source, claim.target, claim.says) == (other, equal, "contradiction")


def test_a_row_that_ships_already_counts_once() -> None:
    """A mapping of the user with the content of a shipped one adds no claim; one of another author does."""
    item = next(one for one in load_rows("uk-ai-cop@2025-01--iso-iec-42001@2023") if one.source == CODE.key("5.1"))
    own = Own((), {"mine": (attrs.evolve(item, set="mine"), attrs.evolve(item, set="mine", author="We"))})
    found, known = crosswalk_in(own, "uk-ai-cop", "iso-iec-42001"), crosswalk("uk-ai-cop", "iso-iec-42001")
    assert len(found.mappings) == len(known.mappings) + 1
    assert len(found["5.1"]) == len(known["5.1"]) + 1


def test_sets_can_connect_a_framework_with_itself() -> None:
    """As techniques of one catalogue that correspond to each other."""
    found = crosswalk("mitre-atlas@5.6.1", "mitre-atlas@5.6.1")
    assert found.source.id == found.target.id
    assert found.mappings
    # An element is a source in some of these mappings and a target in others.
    ends = {claim.source for claim in found.claims()}, {claim.target for claim in found.claims()}
    for key in (min(ends[0] - ends[1], key=str), min(ends[1] - ends[0], key=str)):
        own = [item for item in mappings_of(str(key)) if item.crosswalk.target.id == found.target.id]
        assert [claim.source for item in own for claim in item.claims if claim.source == key]
