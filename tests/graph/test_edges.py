"""Dependencies, artefacts and flows, shipped and users' own."""

from __future__ import annotations

import copy
import json
from typing import Any

import attrs
import pytest

from aicop import Catalogue, load
from aicop.errors import Fault, InvalidDocument
from aicop.graph import Additions, artefacts, dependencies, flows, graph, loads
from aicop.graph.edges import _renumber, _row_faults
from aicop.ids import PrincipleId
from aicop.lineage import counterpart
from aicop.model.dependency import Dependency, PrincipleDependency
from aicop.vocabulary import Basis, DependencyKind

OWN: dict[str, Any] = {
    "edition": "uk-ai-cop@2025-01",
    "source": {"key": "own", "document": "Ours", "locator": "all", "grade": "judgement", "read": "2026-11-22"},
    "artefacts": [
        {
            "key": "model-card",
            "title": "Model card",
            "kind": "document",
            "definition": "A page on a model.",
            "evidence": ["the page"],
        }
    ],
    "flows": [
        {"provision": "8.1.2", "produces": ["model-card"], "uses": ["model-card"]},
        {
            "provision": "10.3",
            "uses": ["model-card", "asset-inventory"],
            "passes": [{"artefact": "model-card", "giver": "Developer", "receiver": "End-user"}],
        },
    ],
}
HEADER = "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n"


def test_a_user_adds_artefacts_and_edges(code: Catalogue) -> None:
    """Additions join the graph, may use shipped artefacts, and do not change the shipped graph."""
    before = graph(code)
    own = loads(json.dumps(OWN), code, "own.json")
    more = loads(HEADER + "6.4\t10.3\trequires\teditorial\t9\tOur rule.\n", code, "own.tsv")
    comma = HEADER.replace("\t", ",") + "6.4,10.2,triggers,editorial,9,Our rule.\n"
    found = graph(code, own, more, loads(comma, code, "own.csv"))
    assert [item.rationale for item in found.between("8.1.2", "10.3")] == ["10.3 uses what 8.1.2 produces: Model card."]
    assert found.between("5.1", "10.3")
    assert found.between("6.4", "10.3")[0].kind is DependencyKind.REQUIRES
    assert found.between("6.4", "10.2")[0].kind is DependencyKind.TRIGGERS
    assert ("Model card", "Developer", "End-user") in {
        (item.artefact.title, item.giver, item.receiver) for item in found.handovers()
    }
    assert artefacts(code, own)[-1].key == "model-card"
    assert graph(code) == before


def test_faults_of_a_users_files_are_reported_at_once(code: Catalogue) -> None:
    """All faults of a file are raised at once with their places."""
    broken: dict[str, Any] = copy.deepcopy(OWN)
    broken["artefacts"].append(broken["artefacts"][0] | {"key": "asset-inventory"})
    broken["flows"][1] |= {
        "provision": "9.9",
        "produces": ["model-card", "v"],
        "maintains": ["w"],
        "uses": ["x"],
        "passes": [{"artefact": "y", "giver": "Developer", "receiver": "z"}],
    }
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(broken), code, "own.json")
    assert caught.value.faults == (
        Fault("own.json", "artefacts[1].key", "the artefact asset-inventory already exists; use another key"),
        Fault("own.json", "flows[1].provision", "9.9 does not exist in uk-ai-cop@2025-01"),
        Fault("own.json", "flows[1].produces[1]", "there is no artefact v"),
        Fault("own.json", "flows[1].maintains[0]", "there is no artefact w"),
        Fault("own.json", "flows[1].uses[0]", "there is no artefact x"),
        Fault("own.json", "flows[1].passes[0].artefact", "there is no artefact y"),
    )
    rows = HEADER.replace("rationale", "rationale\tedition")
    rows += "6.4\t9.9\trequires\teditorial\t9\tx\t\nP99\t5.1\tinforms\teditorial\t9\tx\t\n5.1\t5.1\tinforms\teditorial\t9\tx\t\n"
    rows += "5.1\t5.2\tinforms\teditorial\t9\tx\t\n5.1\t5.2\tinforms\teditorial\t9\tx\t\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(rows, code, "own.tsv")
    assert caught.value.faults == (
        Fault("own.tsv", "line 2, column 'dependant'", "9.9 does not exist in uk-ai-cop@2025-01"),
        Fault("own.tsv", "line 3, column 'prerequisite'", "P99 does not exist in uk-ai-cop@2025-01"),
        Fault("own.tsv", "line 4", "5.1 cannot depend on itself"),
        Fault("own.tsv", "line 6", "5.1 5.2 informs is already given at line 5"),
    )
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(OWN), load("etsi-en-304-223"), "own.json")
    problem = "this file is for uk-ai-cop@2025-01, but the catalogue is etsi-en-304-223@2.1.1"
    assert caught.value.faults == (Fault("own.json", "edition", problem),)
    with pytest.raises(InvalidDocument) as caught:
        loads(HEADER + "6.4\t10.3\tneeds\teditorial\t11\tx\n", code, "own.tsv")
    assert [fault.path for fault in caught.value.faults] == ["line 2, column 'kind'", "line 2, column 'confidence'"]


def test_rows_and_artefacts_of_other_editions_are_reported(
    code: Catalogue, standard: Catalogue, mini: Catalogue
) -> None:
    """Rows and flows of another edition and duplicate artefacts are faults; an own edition may name itself."""
    header = HEADER.replace("rationale", "rationale\tedition")
    with pytest.raises(InvalidDocument, match="own") as caught:
        loads(header + "6.4\t10.3\tinforms\teditorial\t9\tx.\tetsi-en-304-223@2.1.1\n", code, "own.tsv")
    assert caught.value.faults == (
        Fault(
            "own.tsv",
            "line 2, column 'edition'",
            "this row is for etsi-en-304-223@2.1.1, but the catalogue is uk-ai-cop@2025-01",
        ),
    )
    assert loads(header + "1.1\t2.1\tinforms\teditorial\t9\tx.\tmini-code@1\n", mini, "own.tsv").dependencies
    own = loads(json.dumps(OWN), code, "own.json")
    with pytest.raises(InvalidDocument) as caught:
        graph(code, own, own)
    assert caught.value.faults == (
        Fault("artefacts", "model-card", "another artefact already has this key; use another one"),
    )
    abroad = Additions(flows=tuple(flow for flow in flows(standard) if not flow.uses)[:1])
    with pytest.raises(InvalidDocument) as caught:
        graph(code, abroad)
    [flow] = abroad.flows
    problem = "this provision does not exist in uk-ai-cop@2025-01"
    assert caught.value.faults == (Fault("flows", str(flow.provision), problem),)
    [pointer] = graph(code).of_principles
    wrong = attrs.evolve(pointer, prerequisite=next(iter(standard)))
    with pytest.raises(InvalidDocument) as caught:
        graph(code, Additions(of_principles=(pointer, wrong)))
    assert caught.value.faults == (
        Fault("dependencies", "uk-ai-cop@2025-01:9.2 refers uk-ai-cop@2025-01:P10", "this dependency is given twice"),
        Fault(
            "dependencies",
            "etsi-en-304-223@2.1.1:5.1.1-1 refers uk-ai-cop@2025-01:P10",
            "etsi-en-304-223@2.1.1:5.1.1-1 does not exist in uk-ai-cop@2025-01",
        ),
    )
    with pytest.raises(InvalidDocument, match="own"):
        loads(HEADER + "6.4\t10.3\tinforms\teditorial\t5.0\tx.\n", code, "own.tsv")


def test_a_row_may_be_repeated_for_another_edition(code: Catalogue) -> None:
    """Two rows for the same edition, or for all of them, are one too many; the first is named."""
    row = {"prerequisite": "5.1", "dependant": "P2", "kind": "informs"}
    editions = [{"edition": name} for name in ("a", "b", "a", "", "a")]
    rows = [(f"line {place}", row | more) for place, more in enumerate([{}, *editions], start=2)]
    assert list(_row_faults(rows, code, "own.tsv")) == [
        Fault("own.tsv", f"line {place}", f"5.1 P2 informs is already given at line {first}")
        for place, first in ((5, 3), (6, 2), (7, 3))
    ]


def test_an_own_edition_has_only_its_hierarchy(mini: Catalogue) -> None:
    """Shipped dependencies do not apply to a user's edition."""
    assert dependencies(mini) == (
        Dependency(
            prerequisite=mini["1.1"].id,
            dependant=mini["1.1.1"].id,
            kind=DependencyKind.REFINES,
            basis=Basis.PRINTED,
            rationale="1.1.1 is a sub-provision of 1.1.",
            artefacts=(),
            confidence=None,
            suspect=False,
        ),
    )
    assert flows(mini) == ()


def test_what_flows_between_two_provisions_is_one_dependency(mini: Catalogue) -> None:
    """It has all artefacts of the pair, and there is none from a provision to itself."""
    made = [OWN["artefacts"][0] | {"key": key, "title": f"The {key}"} for key in ("plan", "log")]
    data = OWN | {
        "edition": "mini-code@1",
        "artefacts": made,
        "flows": [
            {"provision": "1.1", "produces": ["plan", "log"], "uses": ["plan"]},
            {"provision": "1.2", "produces": ["log"]},
            {"provision": "2.1", "uses": ["plan", "log"]},
        ],
    }
    own = loads(json.dumps(data), mini, "own.json")
    ends = (("1.1", "The plan, The log"), ("1.2", "The log"))
    assert dependencies(mini, own)[1:] == tuple(
        Dependency(
            prerequisite=mini[before].id,
            dependant=mini["2.1"].id,
            kind=DependencyKind.INFORMS,
            basis=Basis.ARTEFACT_FLOW,
            rationale=f"2.1 uses what {before} produces: {titles}.",
            artefacts=tuple(item for item in own.artefacts if item.title in titles),
            confidence=None,
            suspect=False,
        )
        for before, titles in ends
    )


def test_only_a_row_that_informs_stands_for_a_flow(mini: Catalogue) -> None:
    """One of another kind is a dependency beside that of the flow."""
    data = OWN | {
        "edition": "mini-code@1",
        "flows": [{"provision": "1.1", "produces": ["model-card"]}, {"provision": "2.1", "uses": ["model-card"]}],
    }
    own = loads(json.dumps(data), mini, "own.json")
    for kind, bases in (("requires", [Basis.EDITORIAL, Basis.ARTEFACT_FLOW]), ("informs", [Basis.EDITORIAL])):
        row = loads(HEADER + f"1.1\t2.1\t{kind}\teditorial\t9\tOurs.\n", mini, "own.tsv")
        found = dependencies(mini, own, row)[1:]
        assert [item.basis for item in found] == bases
        assert [item.kind.value for item in found] == [kind, "informs"][: len(bases)]
        # The artefact is carried by what informs.
        assert [item.artefacts for item in found] == [(), own.artefacts][-len(bases) :]


def test_dependencies_are_in_printed_order(mini: Catalogue) -> None:
    """Of the dependant, then of the prerequisite; between two provisions, the strongest comes first."""
    expected = ["1.2 1.1 informs", "1.1 1.1.1 refines", "1.1 2.1 requires", "1.1 2.1 refers", "1.1 2.1 informs"]
    expected += ["1.2 2.1 refers", "1.1 2.10 informs", "2.1 2.10 triggers"]
    rows = [line.split() for line in expected if "refines" not in line]
    for given in (rows, rows[::-1], rows[3:] + rows[:3]):
        lines = "".join(f"{before}\t{after}\t{kind}\teditorial\t9\tOurs.\n" for before, after, kind in given)
        found = dependencies(mini, loads(HEADER + lines, mini, "own.tsv"))
        assert [f"{i.prerequisite.number} {i.dependant.number} {i.kind.value}" for i in found] == expected


def test_a_row_for_a_principle_gives_way_to_one_for_a_provision(code: Catalogue) -> None:
    """It stands for the provisions of the principle that are no part of another one."""
    rows = "P13\t5.1\ttriggers\teditorial\t9\tAll.\n13.2\t5.1\ttriggers\teditorial\t8\tOne.\n"
    rows += "P10\t5.1\ttriggers\teditorial\t9\tTen.\n13.1\tP2\trefers\teditorial\t7\tA principle.\n"
    found = loads(HEADER + rows, code, "own.tsv")
    parents = [item.id.number for item in code.values() if item.principle.number == 10 and item.parent is None]
    assert [(item.prerequisite.number, item.rationale, item.confidence) for item in found.dependencies] == [
        ("13.1", "All.", 9),
        ("13.2", "One.", 8),
        *((number, "Ten.", 9) for number in parents),
    ]
    assert found.of_principles == (
        PrincipleDependency(
            prerequisite=code["13.1"].id,
            dependant=PrincipleId(code.id, 2),
            kind=DependencyKind.REFERS,
            basis=Basis.EDITORIAL,
            rationale="A principle.",
            confidence=7,
        ),
    )


def test_a_preamble_of_the_code_points_to_a_provision(code: Catalogue, standard: Catalogue) -> None:
    """That of principle 10 asks to consider testing before deployment, in each edition under its number."""
    for catalogue, number in ((code, "9.2"), (standard, "5.2.5-2")):
        [pointer] = graph(catalogue).of_principles
        assert (pointer.prerequisite, pointer.dependant) == (catalogue[number].id, PrincipleId(catalogue.id, 10))
        assert (pointer.kind, pointer.basis, pointer.confidence) == (DependencyKind.REFERS, Basis.PRINTED, 8)
        assert pointer.rationale.endswith(f", which is the subject of {number}.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.4.1", "5.2.1-4.1"),
        ("(9.2), 5.4 and 10.1.", "(5.2.5-2), 5.2.1-4 and 5.3.1-1."),
        ("9.9 and 14.1", "9.9 and 14.1"),
        ("5.2.1-4.1, 1.5.4, 5.4.1.1, 9.2-1, 15.4", "5.2.1-4.1, 1.5.4, 5.4.1.1, 9.2-1, 15.4"),
    ],
)
def test_a_rationale_has_the_numbers_of_its_edition(text: str, expected: str, code: Catalogue) -> None:
    """Numbers of other texts, and parts of longer numbers, are left alone."""
    assert _renumber(text, lambda item: counterpart(item, "etsi-en-304-223"), code) == expected


def test_one_set_of_rows_serves_all_editions(code: Catalogue) -> None:
    """The TS has the Code's dependencies under its own numbers, and the EN has its pointers in addition."""

    def shape(edition: str) -> set[tuple[int, int, str]]:
        catalogue = load(edition)
        place = {item: number for number, item in enumerate(catalogue)}
        return {(place[i.prerequisite], place[i.dependant], i.kind.value) for i in dependencies(catalogue)}

    assert shape("etsi-ts-104-223") == shape("uk-ai-cop")
    assert shape("etsi-en-304-223") > shape("uk-ai-cop")
    numbers = "".join(item.rationale for item in dependencies(load("etsi-en-304-223")))
    assert "1.2.2 " not in numbers.replace("5.1.1-2.2 ", "")
    assert len(code) == 72


def test_a_typed_row_has_its_artefacts(code: Catalogue) -> None:
    """Where a typed row and a flow connect two provisions, one row has both."""
    [only] = graph(code).between("5.2", "5.3.1")
    assert (only.basis, [item.key for item in only.artefacts]) == (Basis.GUIDE, ["asset-tracking"])
