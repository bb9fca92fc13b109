"""The library: what it holds, and what it answers."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aicop
from aicop import catalogue, frameworks, lineage, mappings
from aicop.crosswalk import crosswalk, explain
from aicop.errors import (
    AlreadyInLibrary,
    InvalidDocument,
    KeyMistake,
    NoCrosswalk,
    NoLineage,
    UnknownEdition,
    UnknownKey,
    UnknownTerm,
)
from aicop.graph import edges, graph
from aicop.ids import ControlId, EditionId, ProvisionId
from aicop.library import Library
from aicop.search import search
from aicop.vocabulary import Predicate
from tests.examples import mini_edition
from tests.library.examples import acme, mapped, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.catalogue.catalogue import Catalogue

SHIPPED = Library()

EN = EditionId("etsi-en-304-223", "2.1.1")


def derived() -> str:
    """Return an edition file that is derived from the Code: a provision changed, one dropped, one added."""
    said = {
        "modality": "shall",
        "duty_holders": ["Developer"],
        "attribution": "stated",
        "as_printed": "Developers",
        "action": "name every account",
    }
    source = {"key": "own", "document": "Acme AI code", "locator": "all", "grade": "direct", "read": "2026-11-01"}
    return json.dumps(
        {
            "document": "acme-code",
            "edition": "1",
            "based_on": "uk-ai-cop@2025-01",
            "title": "Acme AI code",
            "publisher": "Acme",
            "sources": [source],
            "own": [{"number": "6.9", "principle": 6, "title": "Name accounts", "statements": [said]}],
            "changed": [{"number": "8.3", "changes": ["wording"], "note": "Named after our tools.", "title": "New"}],
            "dropped": [{"number": "13.1", "reason": "We never transfer models."}],
        }
    )


# What ships.


def test_a_kind_can_be_asked_for() -> None:
    """`parse` of a library takes the class of the id as `aicop.parse` does, also for ids of yours."""
    library = SHIPPED.with_framework(acme())
    key = library.parse("acme:AC-1", kind=ControlId)
    assert (str(key), library.parse(key, kind=ControlId)) == ("acme@1:AC-1", key)
    with pytest.raises(UnknownKey, match="where a provision is expected") as caught:
        library.parse("acme:AC-1", kind=ProvisionId)
    assert caught.value.mistake is KeyMistake.OTHER_KIND


def test_what_ships_answers_like_the_functions() -> None:
    """Without anything of your own, a library answers as the functions of the packages do."""
    assert SHIPPED.editions() == aicop.editions()
    assert SHIPPED.frameworks() == frameworks.available()
    assert SHIPPED.catalogue("uk-ai-cop") is aicop.load("uk-ai-cop")
    assert SHIPPED.framework("ISO 42001") is frameworks.load("ISO 42001")
    assert SHIPPED.parse("EN 304 223 5.2.1-4.1") == aicop.parse("EN 304 223 5.2.1-4.1")
    assert SHIPPED.parse("5.1", "uk-ai-cop") == aicop.parse("5.1", "uk-ai-cop")
    assert SHIPPED.counterpart("UK 5.4.1", "etsi-en-304-223") == aicop.counterpart("UK 5.4.1", "etsi-en-304-223")
    assert SHIPPED.counterparts("UK 5.4.1", "etsi-en-304-223") == (aicop.counterpart("UK 5.4.1", "etsi-en-304-223"),)
    assert SHIPPED.compare("uk-ai-cop", "etsi-en-304-223") == aicop.compare("uk-ai-cop", "etsi-en-304-223")
    assert SHIPPED.graph("uk-ai-cop").dependencies == graph(aicop.load("uk-ai-cop")).dependencies
    assert (
        SHIPPED.graph("uk-ai-cop", kinds=["refines"]).dependencies
        == graph(aicop.load("uk-ai-cop"), kinds=["refines"]).dependencies
    )
    assert SHIPPED.crosswalk("uk-ai-cop", "iso-iec-42001") == crosswalk("uk-ai-cop", "iso-iec-42001")
    assert SHIPPED.explain("UK 5.1", "ISO 42001 A.4.2") == explain("UK 5.1", "ISO 42001 A.4.2")
    assert SHIPPED.search("audit trail") == search("audit trail")
    assert SHIPPED.mapping_sets() == mappings.sets()
    name = mappings.sets()[-1].name
    assert SHIPPED.mappings(name) == mappings.load(name)
    assert SHIPPED.own_mappings() == ()


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: SHIPPED.parse("acme:AC-1"), UnknownKey),
        (lambda: SHIPPED.catalogue("acme"), UnknownEdition),
        (lambda: SHIPPED.framework("acme"), UnknownEdition),
        (lambda: SHIPPED.crosswalk("uk-ai-cop", "stride"), NoCrosswalk),
        (lambda: SHIPPED.mappings("acme"), UnknownTerm),
        (lambda: SHIPPED.search("x", ["acme"]), UnknownEdition),
        (lambda: SHIPPED.check(["5.1"], "acme"), UnknownEdition),
    ],
)
def test_what_is_not_there_raises(ask: object, error: type[Exception]) -> None:
    """A question about something unknown raises; it is never an empty answer."""
    with pytest.raises(error):
        ask()  # type: ignore[operator]


FRAMEWORKS: list[tuple[str, Callable[[Library], object]]] = [
    ("catalogue", lambda library: library.catalogue("acme")),
    ("catalogue of an edition", lambda library: library.catalogue("acme@1")),
    ("graph", lambda library: library.graph("acme")),
    ("compare", lambda library: library.compare("acme", "uk-ai-cop")),
    ("counterpart in it", lambda library: library.counterpart("uk-ai-cop:5.1", "acme")),
    ("one that ships", lambda library: library.catalogue("nist-csf")),
    ("one that ships, by name", lambda library: library.catalogue("NIST CSF")),
    ("one that ships, without a library", lambda _: aicop.load("nist-csf@2.0")),
]


@pytest.mark.parametrize("ask", [item[1] for item in FRAMEWORKS], ids=[item[0] for item in FRAMEWORKS])
@pytest.mark.parametrize(
    "editions", [(), (catalogue.loads(derived()),)], ids=["no edition of yours", "an edition of yours"]
)
def test_a_framework_is_not_an_edition(ask: Callable[[Library], object], editions: tuple[Catalogue, ...]) -> None:
    """The error does not say that a framework is unknown, but that it is none of the editions, which it lists."""
    library = Library().with_framework(acme())
    for item in editions:
        library = library.with_edition(item)
    with pytest.raises(UnknownEdition, match="this is a framework, and only editions of documents have") as caught:
        ask(library)
    assert "uk-ai-cop@2025-01" in caught.value.known


@pytest.mark.parametrize("key", ["acme:AC-1", "acme@1:AC-1", "nist-csf:GV.OC-01"])
def test_an_element_of_a_framework_has_no_counterpart(key: str) -> None:
    """The error names the framework."""
    with pytest.raises(UnknownKey, match=r"(acme(@1)?|nist-csf@2.0) is a framework, and only items of editions have"):
        Library().with_framework(acme()).counterparts(key, "etsi-en-304-223")


def test_nothing_is_searched_in_no_framework() -> None:
    """An empty list of frameworks is an empty answer."""
    assert SHIPPED.search("audit", []) == ()
    assert SHIPPED.search("audit", ["nist-csf"]) == search("audit", [frameworks.load("nist-csf")])


def test_one_text_is_a_list_of_one() -> None:
    """A name or a key is not taken for the list of its characters."""
    assert SHIPPED.search("audit", "nist-csf") == SHIPPED.search("audit", ["nist-csf"])
    assert SHIPPED.check("UK 5.1") == SHIPPED.check(["UK 5.1"])
    assert Library().with_framework(acme(), names="AL") == Library().with_framework(acme(), names=["AL"])


# Your own frameworks and mappings.


def test_a_framework_of_yours_is_first_class() -> None:
    """Its keys are parsed, searched, shown, mapped, explained and covered like those that ship."""
    library = mapped()
    key = library.parse("acme:ac 01")
    assert str(key) == "acme@1:AC-1"
    assert library.framework("acme")[key].title == "Accounts are named"
    assert [item.id.document for item in library.frameworks()][-1] == "acme"
    assert next(str(hit.control.id) for hit in library.search("accounts named")) == "acme@1:AC-1"
    assert [claim.says for claim in library.crosswalk("acme", "uk-ai-cop")["AC-1"]] == ["intersects-with"]
    assert [claim.says for claim in library.crosswalk("uk-ai-cop", "acme")["6.1#1"]][:1] == ["superset-of"]
    assert "acme@1:AC-1" in library.explain("acme:AC-1", "uk-ai-cop:6.1")
    assert library.find_contradictions() == ()
    assert library.crosswalk("uk-ai-cop", "acme").coverage(["6.1"]).items != ()
    assert [row.source for row in library.own_mappings()] == [key, library.parse("acme:AC-2")]


def test_every_framework_is_asked_for_mappings_of_a_key() -> None:
    """`mappings_of` finds your mappings beside those that ship, from either side."""
    found = mapped().mappings_of("uk-ai-cop:6.1")
    others = {item.crosswalk.target.id.document for item in found}
    assert {"acme", "iso-iec-42001", "etsi-en-304-223"} <= others
    assert {
        str(claim.target) for item in found for claim in item.claims if item.crosswalk.target.id.document == "acme"
    } == {"acme@1:AC-1", "acme@1:AC-2"}
    assert [str(item.crosswalk.target.id) for item in mapped().mappings_of("acme:AC-1")] == ["uk-ai-cop@2025-01"]


def test_another_edition_has_the_mappings_of_its_counterpart() -> None:
    """`mappings_of` finds what `crosswalk` finds, also where only another edition is mapped; the direct ones first."""
    library = mapped()
    found = {item.crosswalk.target.id: item for item in library.mappings_of("etsi-en-304-223:5.2.2-1")}
    direct = [
        item.source if item.target == EN else item.target
        for item in library.mapping_sets()
        if EN in {item.source, item.target}
    ]
    assert {"acme", "iso-iec-42001", "uk-ai-cop"} <= {edition.document for edition in found}
    assert EN not in found
    near = [edition in direct for edition in found]
    assert near == sorted(near, reverse=True)
    for edition, item in found.items():
        walk = library.crosswalk(EN, edition)
        assert item.claims[: len(walk["5.2.2-1"])] == walk["5.2.2-1"]


def test_your_rows_cross_to_another_edition() -> None:
    """Rows to the Code, at a provision and at a statement, reach the European standard without `via`."""
    found = mapped().crosswalk("acme", "etsi-en-304-223")
    assert [str(edition) for edition in found.via] == ["uk-ai-cop@2025-01"]
    home = mapped().crosswalk("acme", "uk-ai-cop")
    assert set(found) == set(home)
    assert [str(claim.target) for claim in found["AC-2"] if claim.says == "subset-of"] == [
        "etsi-en-304-223@2.1.1:5.2.2-1"
    ]


def test_changes_on_the_way_to_another_edition_are_listed() -> None:
    """Of the changes between two editions, those that need a person and that mappings rely on are listed."""
    table = "source,relationship,target,strength\nAC-1,intersects-with,2.7#2,4\nAC-2,intersects-with,6.1,4\n"
    library = Library().with_framework(acme()).with_mappings(rows(table))
    found = library.changes_to_review(library.crosswalk("acme", "etsi-en-304-223"))
    # Nothing more follows from the change of the provision than from that of its statement.
    assert {(str(row.old), str(row.new)) for row in found} == {
        ("uk-ai-cop@2025-01:2.7#2", "etsi-en-304-223@2.1.1:5.1.2-7#2"),
    }
    assert all(row.review for row in found)
    back = library.changes_to_review(library.crosswalk("etsi-en-304-223", "acme"))
    assert {(row.new, row.old) for row in back} == {(row.old, row.new) for row in found}
    assert library.changes_to_review(library.crosswalk("acme", "uk-ai-cop")) == ()


def test_coverage_is_that_of_the_crosswalk() -> None:
    """The library's coverage takes the denominator and the minimum strength."""
    library = mapped()
    walk = library.crosswalk("uk-ai-cop", "acme")
    assert library.coverage("uk-ai-cop", "acme") == walk.coverage()
    given = library.coverage("uk-ai-cop", "acme", denominator="principle", strength=5)
    assert given == walk.coverage(denominator="principle", strength=5)
    through = library.coverage("iso-iec-42001", "acme", via="uk-ai-cop")
    assert through == library.crosswalk("iso-iec-42001", "acme", via="uk-ai-cop").coverage()


def test_names_of_a_framework_are_read() -> None:
    """A framework is found under the names that you give it, in keys and alone."""
    library = Library().with_framework(acme(), names=["Acme list", "AL"])
    assert str(library.parse("Acme list AC-1")) == "acme@1:AC-1"
    assert str(library.parse("acme LIST: AC-1")) == "acme@1:AC-1"
    assert library.framework("acme list") == acme()
    with pytest.raises(UnknownKey):
        library.parse("Acme lists AC-1")


def test_an_id_alone_is_found_if_it_is_the_only_one() -> None:
    """An id of your own framework alone is found unless a framework that ships has it too."""
    library = Library().with_framework(acme("1", "ZZ-1,control,Zed"))
    assert str(library.parse("zz 1")) == "acme@1:ZZ-1"
    with pytest.raises(UnknownKey) as caught:
        library.parse("AC-1")
    assert caught.value.mistake is KeyMistake.AMBIGUOUS
    assert "acme@1:AC-1" in caught.value.nearest
    assert str(library.parse("AC-1", "acme")) == "acme@1:AC-1"


def test_two_editions_of_yours_stay_apart() -> None:
    """With two editions of a framework, the key alone is ambiguous, and a third edition unknown."""
    library = Library().with_framework(acme("1")).with_framework(acme("2"))
    assert str(library.parse("acme@2:AC-1")) == "acme@2:AC-1"
    for text, mistake in (("acme:AC-1", KeyMistake.AMBIGUOUS), ("acme@3:AC-1", KeyMistake.UNKNOWN_EDITION)):
        with pytest.raises(UnknownKey) as caught:
            library.parse(text)
        assert caught.value.mistake is mistake
    with pytest.raises(UnknownEdition, match="several"):
        library.framework("acme")


def test_errors_name_your_frameworks() -> None:
    """The error for a misspelt framework suggests yours."""
    library = Library().with_framework(acme())
    with pytest.raises(UnknownKey) as caught:
        library.parse("acne:AC-1")
    assert caught.value.nearest == ("acme@1:AC-1",)
    with pytest.raises(UnknownEdition) as wrong:
        library.framework("acne")
    assert wrong.value.nearest == ("acme@1",)


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("acme:AC-9", ("acme@1:AC-2", "acme@1:AC-1")),
        ("acme@1:AC-9", ("acme@1:AC-2", "acme@1:AC-1")),
        ("Acme list AC-9", ("acme@1:AC-2", "acme@1:AC-1")),
        # There is no acme@1:XY-7, so it is not suggested.
        ("acne:XY-7", ()),
    ],
)
def test_errors_about_keys_quote_them_whole(written: str, nearest: tuple[str, ...]) -> None:
    """The text is the one that was given, and everything that is suggested exists."""
    library = Library().with_framework(acme(), names=["Acme list"])
    with pytest.raises(UnknownKey) as caught:
        library.parse(written)
    assert caught.value.text == written
    assert caught.value.nearest == nearest
    assert [str(library.parse(key)) for key in nearest] == list(nearest)


@pytest.mark.parametrize("written", ["acme", "acme:", "acme@1", "acme@1:", "Acme list", "Acme list:"])
def test_a_framework_alone_is_no_key(written: str) -> None:
    """The error says that the framework is known and that an id is missing, as for the frameworks that ship."""
    library = Library().with_framework(acme(), names=["Acme list"])
    with pytest.raises(UnknownKey, match=r"names acme@1 but no element of it; add an id\.") as caught:
        library.parse(written)
    assert caught.value.text == written
    assert caught.value.mistake is KeyMistake.NO_ITEM


def test_keys_are_checked_in_order() -> None:
    """Each text gets a verdict, and repeated texts the same one."""
    found = mapped().check(["acme:AC-1", "acme:AC-9", "UK 5.1", "acme:AC-9"])
    assert [str(item.key) for item in found] == ["acme@1:AC-1", "None", "uk-ai-cop@2025-01:5.1", "None"]
    assert [item.error is None for item in found] == [True, False, True, False]
    assert found[1] is found[3]


def test_mappings_are_checked_when_they_are_added() -> None:
    """Rows with unknown ends or impossible strengths are refused, all at once."""
    good = rows("source,relationship,target,strength\nAC-1,intersects-with,6.1,4\n")[0]
    bad = [attrs.evolve(good, strength=11), attrs.evolve(good, source=acme("9").key("AC-1"))]
    with pytest.raises(InvalidDocument) as caught:
        Library().with_framework(acme()).with_mappings([good, *bad])
    assert [fault.path for fault in caught.value.faults] == ["mapping 2", "mapping 3"]


def test_plain_data_are_refused() -> None:
    """A dictionary is neither an edition, a framework nor a mapping; the error names the function that reads it."""
    row: Any = {"source": "acme@1:AC-1", "relationship": "intersects-with", "target": "uk-ai-cop@2025-01:6.1"}
    library = Library()
    with pytest.raises(TypeError, match=r"^a Mapping is expected, not dict; aicop\.mappings\.loads reads plain data$"):
        library.with_mappings([row])
    with pytest.raises(TypeError, match=r"^a Framework is expected, .* aicop\.frameworks\.loads reads"):
        library.with_framework(row)
    with pytest.raises(TypeError, match=r"^a Catalogue is expected, .* aicop\.catalogue\.loads reads"):
        library.with_edition(row)


def test_an_author_judges_a_pair_once() -> None:
    """A mapping is refused under another name, and with other content under the same name; the fault names the first."""
    table = "source,relationship,target,strength\nAC-1,intersects-with,6.1,4\nAC-1|AC-2,subset-of,6.2,10\n"
    first, joint = rows(table)
    library = Library().with_framework(acme()).with_mappings([first, joint], name="one")
    assert library.with_mappings([joint, first], name="one") == library
    changed = attrs.evolve(first, strength=5)
    others = [attrs.evolve(first, author="Others"), attrs.evolve(first, source=acme().key("AC-2"))]
    assert len(library.with_mappings(others, name="two").own_mappings()) == 4
    said = "acme@1:AC-1 is already mapped to uk-ai-cop@2025-01:6.1 in"
    for name, added, expected in (
        ("two", [first], [f"two: mapping 1: {said} the set 'one', by Team"]),
        ("one", [joint, changed], [f"one: mapping 2: {said} the set 'one', by Team"]),
        (
            "two",
            [*others, attrs.evolve(others[0], rationale="Why not.")],
            [f"two: mapping 3: {said} mapping 1, by Others"],
        ),
    ):
        with pytest.raises(InvalidDocument) as caught:
            library.with_mappings(added, name=name)
        assert [str(fault) for fault in caught.value.faults] == [f"{text}; keep one of the two" for text in expected]
    nothing = attrs.evolve(first, predicate=Predicate.NOTHING, target=None, strength=None)
    elsewhere = [
        attrs.evolve(nothing, searched=EditionId.parse(name)) for name in ("nist-csf@2.0", "uk-ai-cop@2025-01")
    ]
    assert len(library.with_mappings(elsewhere, name="none").own_mappings()) == 4


# Editions, lineages and dependencies of your own.


def test_an_edition_of_yours_is_first_class() -> None:
    """A full edition is listed, loaded, parsed, viewed as a framework and drawn as a graph."""
    own = catalogue.loads(json.dumps(mini_edition()), "mini.json")
    library = Library().with_edition(own)
    assert str(library.editions()[-1]) == "mini-code@1"
    assert library.catalogue("mini-code") is own
    assert library.with_edition(own) == library
    assert str(library.parse("mini-code:1.2#2")) == "mini-code@1:1.2#2"
    assert str(library.parse("1.2", "mini-code")) == "mini-code@1:1.2"
    assert library.framework("mini-code").id == own.id
    assert len(library.graph("mini-code").ids) == len(own)
    assert library.lineage_ways(own.id) == {own.id: (own.id,)}
    with pytest.raises(NoLineage):
        library.compare("uk-ai-cop", "mini-code")


def test_a_derived_edition_inherits() -> None:
    """Lineage, dependencies and crosswalks follow for what is inherited; what was changed, dropped and added shows."""
    library = Library().with_edition(catalogue.loads(derived(), "acme-code@1.json"))
    assert str(library.counterpart("uk-ai-cop:5.1", "acme-code")) == "acme-code@1:5.1"
    assert library.counterparts("uk-ai-cop:13.1", "acme-code") == ()
    with pytest.raises(UnknownKey, match=r"principle 13 has the provision 13\.2 alone\."):
        library.parse("acme-code:13.9")
    with pytest.raises(UnknownKey, match=r"principle 13 has the provisions 13\.1 and 13\.2\."):
        library.parse("uk-ai-cop:13.9")
    assert str(library.counterpart("acme-code:5.1", "etsi-en-304-223")) == "etsi-en-304-223@2.1.1:5.2.1-1"
    assert [str(row.new) for row in library.compare("uk-ai-cop", "acme-code").rows if row.old is None] == [
        "acme-code@1:6.9"
    ]
    shipped = {(item.prerequisite.number, item.dependant.number) for item in SHIPPED.graph("uk-ai-cop").dependencies}
    own = {(item.prerequisite.number, item.dependant.number) for item in library.graph("acme-code").dependencies}
    assert own == {pair for pair in shipped if "13.1" not in pair}
    found = library.crosswalk("acme-code", "iso-iec-42001")
    there = SHIPPED.crosswalk("uk-ai-cop", "iso-iec-42001")
    assert [(claim.says, claim.target) for claim in found["5.1"]] == [
        (claim.says, claim.target) for claim in there["5.1"]
    ]
    assert [str(edition) for edition in found.via] == ["uk-ai-cop@2025-01"]
    assert "13.1" not in found


def test_a_lineage_of_yours_is_used() -> None:
    """A table between a full edition of yours and one that ships connects it with all of them."""
    own = catalogue.loads(json.dumps(mini_edition()), "mini.json")
    code = aicop.load("uk-ai-cop")
    first = next(iter(own))
    lines = [
        f"{item.number}\t{'5.1' if item == first else ''}\t{'wording' if item == first else ''}\tdirect\n"
        for item in own
    ]
    lines += [f"\t{item.number}\t\tdirect\n" for item in code if item.number != "5.1"]
    table = "old\tnew\tchanges\tgrade\n" + "".join(lines)
    found = lineage.loads(table, "x.tsv", old=own, new=code)
    library = Library().with_edition(own).with_lineage("mini-code", "uk-ai-cop", found)
    assert str(library.counterpart(first, "etsi-en-304-223")) == "etsi-en-304-223@2.1.1:5.2.1-1"
    assert library.with_lineage("mini-code", "uk-ai-cop", found) == library
    with pytest.raises(AlreadyInLibrary):
        library.with_lineage("mini-code", "uk-ai-cop", found[1:])
    with pytest.raises(AlreadyInLibrary):
        library.with_lineage("uk-ai-cop", "etsi-en-304-223", ())


def test_dependencies_of_yours_are_in_the_graph() -> None:
    """An added dependency is in the graph of its edition, and twice the same is refused."""
    table = "prerequisite,dependant,kind,basis,confidence,rationale\n1.1,13.1,informs,editorial,5,Ours.\n"
    own = edges.loads(table, aicop.load("uk-ai-cop"), "d.csv")
    library = Library().with_dependencies("uk-ai-cop", own)
    pair = ("1.1", "13.1")
    assert pair in {
        (item.prerequisite.number, item.dependant.number) for item in library.graph("uk-ai-cop").dependencies
    }
    assert pair not in {
        (item.prerequisite.number, item.dependant.number) for item in SHIPPED.graph("uk-ai-cop").dependencies
    }
    assert library.with_dependencies("uk-ai-cop", own) == library


@pytest.mark.parametrize("key", ["uk-ai-cop@2025-01", "nist-csf@2.0"])
def test_what_ships_cannot_be_replaced(key: str) -> None:
    """A framework under an id that ships is refused."""
    document, _, label = key.partition("@")
    own = acme()
    taken = frameworks.Framework(attrs.evolve(own.edition, id=aicop.EditionId(document, label)), ())
    with pytest.raises(AlreadyInLibrary, match="ships"):
        Library().with_framework(taken)


def test_one_id_is_one_thing() -> None:
    """The same framework twice changes nothing; another one under its id, or a set that ships, is refused."""
    library = Library().with_framework(acme())
    assert library.with_framework(acme()) == library
    with pytest.raises(AlreadyInLibrary, match="other content"):
        library.with_framework(acme("1", "AC-9,control,Ninth"))
    assert library.without_frameworks([acme().id]) == Library()
    with pytest.raises(AlreadyInLibrary, match="set of mappings"):
        library.with_mappings((), name=mappings.sets()[0].name)


# Values.

TABLES = [
    "source,relationship,target,strength\nAC-1,intersects-with,6.1,4\n",
    "source,relationship,target,strength\nAC-2,subset-of,6.1#1,10\n",
    "source,relationship,target,strength\nAC-1|AC-2,intersects-with,6.2,5\n",
]


@given(st.permutations(range(4)), st.permutations(range(3)))
def test_the_order_of_adding_makes_no_difference(editions: list[int], tables: list[int]) -> None:
    """Frameworks and mappings can be added in any order; equal libraries have equal digests."""
    library, other = Library(), Library()
    for place in range(4):
        library, other = library.with_framework(acme(str(place))), other.with_framework(acme(str(editions[place])))
    framework = acme("1")
    for place in range(3):
        library = library.with_mappings(rows(TABLES[place], framework))
        other = other.with_mappings(rows(TABLES[tables[place]], framework))
    assert library == other
    assert library.digest == other.digest


def test_a_library_is_a_value() -> None:
    """It can be copied and pickled, with what it has computed left behind, and nothing of it can be set."""
    library = mapped().with_edition(catalogue.loads(derived(), "acme-code@1.json"))
    _ = library.crosswalk("acme", "uk-ai-cop"), library.digest
    for twin in (copy.copy(library), copy.deepcopy(library), pickle.loads(pickle.dumps(library))):  # noqa: S301
        assert twin == library
        assert twin.digest == library.digest
        assert twin.crosswalk("acme", "uk-ai-cop") == library.crosswalk("acme", "uk-ai-cop")
    with pytest.raises(AttributeError):
        library.folder = None  # type: ignore[misc]
    assert library != mapped()


def test_the_digest_is_over_all_that_matters() -> None:
    """It changes with a title, a mapping and a name, and not with a column of your own."""
    library = mapped()
    owned = frameworks.loads("id,kind,owner\nA,control,IT\n", "x.csv", framework="x", edition="1", title="X")
    plain = frameworks.loads("id,kind,owner\nA,control,HR\n", "x.csv", framework="x", edition="1", title="X")
    assert Library().with_framework(owned).digest == Library().with_framework(plain).digest
    digests = {
        Library().digest,
        library.digest,
        Library().with_framework(acme()).digest,
        Library().with_framework(acme(), names=["Acme list"]).digest,
        Library().with_framework(acme("1", "AC-9,control,Ninth")).digest,
    }
    assert len(digests) == 5
    assert all(len(digest) == 64 for digest in digests)


def test_the_digest_does_not_depend_on_hash_seeds() -> None:
    """Two processes with different hash seeds compute the same digest."""
    program = "from tests.library.examples import mapped; print(mapped().digest)"
    found = {
        subprocess.run(  # noqa: S603 -- this interpreter
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {f"{mapped().digest}\n"}


def test_a_library_shows_what_is_yours() -> None:
    """The repr counts what does not ship."""
    assert repr(Library()) == "<Library: what ships>"
    assert repr(mapped()) == "<Library: what ships and of your own: 1 framework, 2 mappings>"


def test_the_key_of_an_edition_that_ships_is_no_name_of_yours() -> None:
    """A framework of yours whose key only looks like the key of an edition that ships does not take its place."""
    own = frameworks.Framework(attrs.evolve(acme().edition, id=aicop.EditionId("uk-ai-cop-2025-01", "1")), ())
    library = Library().with_framework(own)
    assert library.framework("uk-ai-cop@2025-01").id == aicop.EditionId("uk-ai-cop", "2025-01")
    assert library.framework("uk-ai-cop-2025-01").id == own.id


def test_a_nearly_right_name_of_an_own_edition_is_suggested_where_its_keys_are_looked_up() -> None:
    """A key with a misspelt name of yours is explained by the name, and another by what the edition lacks."""
    own = Library().with_edition(catalogue.loads(derived(), "acme-code@1.json"))
    with pytest.raises(UnknownKey) as caught:
        own.parse("acmecode:5.1", "acme-code@1")
    assert (caught.value.mistake, caught.value.nearest) == (KeyMistake.UNKNOWN_DOCUMENT, ("acme-code@1:5.1",))
    with pytest.raises(UnknownKey) as caught:
        own.parse("nobody:77", "acme-code@1")
    assert caught.value.mistake is not KeyMistake.UNKNOWN_DOCUMENT
