"""Dependencies and artefact flows of derived editions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop import Catalogue, ProvisionId, load
from aicop.errors import Fault, InvalidDocument
from aicop.graph import Additions, artefacts, dependencies, flows, graph, loads
from aicop.ids import PrincipleId
from aicop.interop.oscal import format as oscal
from aicop.vocabulary import Basis, DependencyKind
from tests.catalogue.test_derived import MAY, changed, derive
from tests.examples import plain_provision
from tests.graph.examples import edge

if TYPE_CHECKING:
    from aicop.model import Dependency

HEADER = "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n"


def shape(item: Dependency) -> tuple[object, ...]:
    """Return a dependency without the edition of its ends."""
    rest = (item.kind, item.basis, item.rationale, item.artefacts, item.confidence, item.suspect)
    return (item.prerequisite.number, item.dependant.number, *rest)


def drop(*numbers: str) -> list[dict[str, str]]:
    """Return the plain data of dropped provisions."""
    return [{"number": number, "reason": "Not needed."} for number in numbers]


@pytest.mark.parametrize("document", ["uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"])
def test_an_edition_without_differences_has_the_graph_of_its_base(document: str) -> None:
    """All dependencies, flows and artefacts are inherited, with the numbers in their rationales."""
    base = load(document)
    found = derive(base)
    assert [shape(item) for item in dependencies(found)] == [shape(item) for item in dependencies(base)]
    assert {end.edition for item in dependencies(found) for end in (item.prerequisite, item.dependant)} == {found.id}
    same = [attrs.evolve(item, provision=ProvisionId(base.id, item.provision.number)) for item in flows(found)]
    assert tuple(same) == flows(base)
    assert artefacts(found) == artefacts(base)
    assert graph(found).skipped == Additions()
    assert len(graph(found).handovers()) == len(graph(base).handovers())


def test_what_involves_a_dropped_provision_is_skipped_and_listed(code: Catalogue) -> None:
    """Dependencies and flows of a dropped provision are skipped; all others of the base remain."""
    found = graph(derive(code, dropped=drop("5.1"), changed=[changed("5.2", ["wording"], title="T")]))
    before = dependencies(code)
    gone = [item for item in before if "5.1" in {item.prerequisite.number, item.dependant.number}]
    assert found.skipped.dependencies == tuple(gone)
    assert {item.basis for item in gone} > {Basis.ARTEFACT_FLOW}
    assert found.skipped.flows == tuple(item for item in flows(code) if item.provision.number == "5.1")
    assert [shape(item) for item in found.dependencies] == [shape(item) for item in before if item not in gone]
    assert found.skipped.artefacts == ()
    assert found.subgraph(kinds=["informs"]).skipped == found.skipped


@settings(max_examples=20)
@given(st.sets(st.sampled_from([item.number for item in load("uk-ai-cop")]), max_size=12))
def test_every_dependency_of_the_base_is_inherited_or_skipped(numbers: set[str]) -> None:
    """Whatever is dropped, the graph of the base is divided into an inherited and a skipped part."""
    code = load("uk-ai-cop")
    # Children go with their parents, and one provision of each principle stays.
    numbers -= {f"{place}.1" for place in range(1, 14)}
    numbers |= {item.id.number for item in code.values() if item.parent and item.parent.number in numbers}
    found = graph(derive(code, dropped=drop(*sorted(numbers))))
    base = graph(code)
    assert sorted(map(str, map(shape, (*found.dependencies, *found.skipped.dependencies)))) == sorted(
        map(str, map(shape, base.dependencies))
    )
    assert len(found.flows) + len(found.skipped.flows) == len(base.flows)
    assert all(numbers & {item.prerequisite.number, item.dependant.number} for item in found.skipped.dependencies)


def test_own_rows_and_artefacts_join_those_of_the_base(code: Catalogue) -> None:
    """A file for the derived edition uses its numbers, own ones too, and the artefacts of the base."""
    found = derive(code, own=[plain_provision("5.5", MAY, principle=5)], dropped=drop("5.3.1"))
    rows = loads(
        HEADER + "5.5\t5.1\trequires\teditorial\t9\tOurs.\nP5\t13.1\ttriggers\teditorial\t9\tOurs.\n", found, "o.tsv"
    )
    data: dict[str, Any] = {
        "edition": str(found.id),
        "source": {"key": "own", "document": "D", "locator": "L", "grade": "judgement", "read": "2026-11-29"},
        "artefacts": [{"key": "plan", "title": "Plan", "kind": "document", "definition": "D.", "evidence": ["it"]}],
        "flows": [
            {"provision": "5.5", "produces": ["plan"], "uses": ["asset-inventory"]},
            {"provision": "6.1", "uses": ["plan"]},
        ],
    }
    own = loads(json.dumps(data), found, "o.json")
    more = loads(json.dumps(data | {"artefacts": [], "flows": data["flows"][1:]}), found, "m.json", own)
    assert more.flows == own.flows[1:]
    joined = graph(found, rows, own)
    assert joined.between("5.5", "5.1")[0].kind is DependencyKind.REQUIRES
    assert [item.rationale for item in joined.between("5.5", "6.1")] == ["6.1 uses what 5.5 produces: Plan."]
    assert [item.rationale for item in joined.between("5.1", "5.5")] == ["5.5 uses what 5.1 produces: Asset inventory."]
    # A principle means the top-level provisions of the derived edition.
    triggers = {item.prerequisite.number for item in joined.dependencies if item.rationale == "Ours."}
    assert triggers == {"5.1", "5.2", "5.3", "5.4", "5.5"}
    for number in ("5.3.1", "9.9"):
        with pytest.raises(InvalidDocument) as caught:
            loads(HEADER + f"{number}\t5.1\tinforms\teditorial\t9\tx.\n", found, "o.tsv")
        [fault] = caught.value.faults
        assert fault == Fault("o.tsv", "line 2, column 'prerequisite'", f"{number} does not exist in acme-code@2026")


def test_additions_to_the_base_are_inherited_too(code: Catalogue) -> None:
    """A user's rows and flows for the base reach editions that are based on it, at any distance."""
    text = HEADER + "6.4\t10.3\trequires\teditorial\t9\tOurs.\n6.4\t13.2\tinforms\teditorial\t9\tOurs.\n"
    rows = loads(text, code, "own.tsv")
    data: dict[str, Any] = {
        "edition": str(code.id),
        "source": {"key": "own", "document": "D", "locator": "L", "grade": "judgement", "read": "2026-11-29"},
        "artefacts": [{"key": "plan", "title": "Plan", "kind": "document", "definition": "D.", "evidence": ["it"]}],
        "flows": [{"provision": "6.4", "produces": ["plan"]}, {"provision": "13.2", "uses": ["plan"]}],
    }
    own = loads(json.dumps(data), code, "own.json")
    first = derive(code, dropped=drop("13.2"))
    second = derive(first, edition="2027")
    near = loads(HEADER + "6.4\t10.2\ttriggers\teditorial\t9\tOurs.\n", first, "first.tsv")
    for catalogue in (first, second):
        found = graph(catalogue, rows, own, near)
        assert found.between("6.4", "10.3")[0].kind is DependencyKind.REQUIRES
        assert found.between("6.4", "10.2")[0].kind is DependencyKind.TRIGGERS
        assert [item.key for item in found.artefacts].count("plan") == 1
        assert {item.prerequisite.edition for item in found.dependencies} == {catalogue.id}
        made = {item.provision.number: [one.key for one in item.produces] for item in found.flows}
        assert "plan" in made["6.4"]
    skipped = graph(first, rows, own, near).skipped
    assert [item.provision.number for item in skipped.flows][-1] == "13.2"
    # The informing row carries the artefact, as in the graph of the base.
    assert [
        (item.kind, [one.key for one in item.artefacts])
        for item in skipped.dependencies
        if item.prerequisite.number == "6.4" and item.rationale == "Ours."
    ] == [(DependencyKind.INFORMS, ["plan"])]
    assert graph(second, rows, own, near).skipped == Additions()


def test_what_whole_principles_depend_on_is_inherited(code: Catalogue) -> None:
    """With the ids of the derived edition, and those of a user's additions too, unless the provision is dropped."""
    [shipped] = graph(code).of_principles
    own = loads(HEADER + "13.1\tP2\trefers\teditorial\t7\tOurs.\n", code, "own.tsv")
    [added] = own.of_principles
    parts = [item.id.number for item in code.values() if item.parent and item.parent.number == "9.2"]
    for dropped in ([], ["9.2", *parts], ["13.1"], ["9.2", *parts, "13.1"]):
        base = derive(code, dropped=drop(*dropped))
        found = graph(base, own)
        pairs = [(item, item.prerequisite.number in dropped) for item in (shipped, added)]
        assert found.of_principles == tuple(
            attrs.evolve(
                item,
                prerequisite=base[item.prerequisite.number].id,
                dependant=PrincipleId(base.id, item.dependant.number),
            )
            for item, gone in pairs
            if not gone
        )
        assert found.skipped.of_principles == tuple(item for item, gone in pairs if gone)


def test_two_provisions_that_are_left_keep_their_dependency(mini: Catalogue) -> None:
    """Nothing else of the base does."""
    found = derive(mini, dropped=drop("1.1.1", "1.2", "2.10"))
    kept = edge(mini["1.1"].id, mini["2.1"].id, DependencyKind.TRIGGERS)
    gone = edge(mini["1.2"].id, mini["2.1"].id, DependencyKind.TRIGGERS)
    joined = graph(found, Additions(dependencies=(kept, gone)))
    ids = {item.number: item for item in found}
    assert joined.dependencies == (attrs.evolve(kept, prerequisite=ids["1.1"], dependant=ids["2.1"]),)
    assert joined.skipped.dependencies[1:] == (gone,)
    assert joined.skipped.dependencies[0].dependant == mini["1.1.1"].id


def test_records_of_unrelated_editions_are_refused(code: Catalogue, mini: Catalogue) -> None:
    """A record of an edition on which the derived one is not based is a fault, and so is one between two editions."""
    found = derive(code)
    strange = edge(mini["1.1"].id, mini["1.2"].id, DependencyKind.INFORMS)
    mixed = edge(mini["1.1"].id, code["1.2"].id, DependencyKind.INFORMS)
    for item in (strange, mixed):
        with pytest.raises(InvalidDocument) as caught:
            graph(found, Additions(dependencies=(item,)))
        assert "mini-code@1:1.1 does not exist in acme-code@2026" in [fault.problem for fault in caught.value.faults]
    [flow, *_] = flows(load("etsi-en-304-223"))
    with pytest.raises(InvalidDocument) as caught:
        graph(found, Additions(flows=(flow,)))
    problem = f"this provision does not exist in {found.id}"
    assert Fault("flows", str(flow.provision), problem) in caught.value.faults


def test_flows_of_a_derived_edition_are_exported(code: Catalogue) -> None:
    """An export that shows flows has those that are inherited."""

    def shown(catalogue: Catalogue) -> int:
        return oscal.dumps(catalogue).count("asset-inventory")

    assert shown(derive(code)) == shown(code) > 0
    # A derived edition need not state its legal status and licence, and OSCAL allows no empty value.
    whole, bare = (json.loads(oscal.dumps(item))["catalog"]["metadata"]["props"] for item in (code, derive(code)))
    names = {item["name"] for item in whole} - {item["name"] for item in bare}
    assert names == {"force", "licence-of-the-publication"}
