"""The shipped dependencies and artefacts."""

from __future__ import annotations

import pytest

from aicop import Catalogue, Role, load
from aicop.graph import artefacts, dependencies, flows, graph
from aicop.vocabulary import Basis, DependencyKind

# Pointers as the sources list them.
PRINTED = {
    *(("1.2", "1.2.1"), ("3.1", "3.1.1"), ("3.1", "3.1.3"), ("7.2", "7.2.1"), ("7.2", "7.2.2"), ("8.1", "8.1.1")),
    *(
        ("8.2", "8.2.1"),
        ("9.4", "9.4.1"),
        ("6.1", "6.6"),
        ("6.2", "6.6"),
        ("6.3", "6.6"),
        ("6.4", "6.6"),
        ("6.5", "6.6"),
    ),
}
# Where the Guide's measures point to another provision. Four other pointers only share a list of literature.
GUIDE = {("1.2.2", "1.1.1"), ("5.4", "5.4.2")}
# Without the prerequisite there is nothing to analyse, to control, to share or to tell.
REQUIRED = {("12.1", "12.2"), ("3.1", "3.1.3"), ("7.2", "7.2.2"), ("9.1", "9.3")}


def test_all_printed_pointers_are_there(code: Catalogue) -> None:
    """All printed pointers and all of the Guide's are rows, and a pointer in both counts as printed."""
    refers = [item for item in dependencies(code) if item.kind is DependencyKind.REFERS]
    ends = {basis: {(i.prerequisite.number, i.dependant.number) for i in refers if i.basis is basis} for basis in Basis}
    assert ends[Basis.PRINTED] == PRINTED
    assert ends[Basis.GUIDE] == GUIDE
    assert not any(item.suspect for item in refers)


def test_what_points_from_a_preamble_points_from_the_principle(code: Catalogue) -> None:
    """The preamble of principle 10 names testing; none of its provisions does."""
    found = graph(code)
    [pointer] = found.of_principles
    assert (pointer.prerequisite.number, pointer.dependant.local) == ("9.2", "P10")
    assert (pointer.kind, pointer.basis) == (DependencyKind.REFERS, Basis.PRINTED)
    within = {item.dependant for item in found.dependencies if item.prerequisite.number == "9.2"}
    assert not [item for item in within if code[item].principle.number == 10 and item.number == "10.1"]
    assert found.subgraph(phase="secure-design").of_principles == ()
    standard = graph(load("etsi-en-304-223"))
    assert [str(item.prerequisite) for item in standard.of_principles] == ["etsi-en-304-223@2.1.1:5.2.5-2"]


def test_what_is_required_cannot_be_missing(code: Catalogue) -> None:
    """Few provisions are impossible without some of another one."""
    required = [item for item in dependencies(code) if item.kind is DependencyKind.REQUIRES]
    assert {(item.prerequisite.number, item.dependant.number) for item in required} == REQUIRED


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        # An alarm makes somebody use the plan, and does not make anybody write it.
        ("12.2", "6.5", []),
        ("12.4", "6.5", []),
        # What to look for in logs comes from the threats.
        ("3.1", "12.2", ["informs"]),
        # Parts of withstanding attack, not prerequisites of it.
        ("2.6", "2.2", []),
        ("3.1.3", "2.2", []),
        ("5.4.1", "2.2", []),
        ("6.2", "2.2", []),
        # Parts of overseeing, of protecting and of testing.
        ("4.2", "4.1", []),
        ("4.2", "4.3", []),
        ("6.3", "5.4.2", []),
        ("9.4", "9.1", []),
    ],
)
def test_means_are_no_prerequisites_of_their_end(code: Catalogue, before: str, after: str, kinds: list[str]) -> None:
    """A pair has the kinds that a reader confirmed, also among the dependencies that follow from artefacts."""
    assert [item.kind for item in graph(code).between(before, after)] == kinds


def test_every_judged_dependency_was_confirmed(code: Catalogue) -> None:
    """Rows that a reader confirmed one time in four were judged again, and only those that stood are kept."""
    assert all(item.confidence is None or item.confidence >= 7 for item in dependencies(code))


def test_the_suspect_pointers_are_the_standards_own(standard: Catalogue) -> None:
    """The standard's suspect pointers are kept as printed, and the likely targets are editorial rows."""
    found = dependencies(standard)
    suspect = {(i.prerequisite.number, i.dependant.number) for i in found if i.suspect}
    assert suspect == {(f"5.2.3-{n}", "5.2.1-4") for n in range(1, 5)} | {
        (f"5.2.2-{n}", "5.2.1-4.1") for n in range(1, 7)
    }
    likely = {(i.prerequisite.number, i.dependant.number) for i in found if i.rationale.startswith("Likely intended")}
    assert ("5.2.2-2", "5.2.1-4") in likely
    assert ("5.2.3-1", "5.2.1-4.1") in likely
    assert all(i.kind is DependencyKind.INFORMS for i in found if i.rationale.startswith("Likely intended"))


def test_shipped_dependencies_are_sound(code: Catalogue) -> None:
    """Every dependency has a rationale and a basis, none is duplicate, and each kind has the basis that it needs."""
    found = dependencies(code)
    assert len({(i.prerequisite, i.dependant, i.kind) for i in found}) == len(found)
    assert all(i.rationale.endswith(".") for i in found)
    assert {i.basis for i in found if i.kind is DependencyKind.REFINES} == {Basis.PRINTED}
    for item in found:
        computed = item.basis is Basis.ARTEFACT_FLOW or item.kind is DependencyKind.REFINES
        assert (item.confidence is None) == computed
        assert bool(item.artefacts) or item.basis is not Basis.ARTEFACT_FLOW
    children = {item.id for item in code.values() if item.parent}
    assert {i.dependant for i in found if i.kind is DependencyKind.REFINES} == children


def test_shipped_artefacts_have_a_place_in_the_flows(code: Catalogue) -> None:
    """Artefacts are produced or external, none is used by its own producer, and givers are bound by the provision."""
    made = {item for flow in flows(code) for item in flow.produces}
    for item in artefacts(code):
        assert (item in made) != item.external
        assert item.evidence
    assert [flow.provision for flow in flows(code)] == list(code)
    for flow in flows(code):
        assert not set(flow.produces) & set(flow.uses)
        holders = {role for statement in code[flow.provision].statements for role in statement.duty_holders}
        assert {item.giver for item in flow.passes} <= holders
        for given_on in flow.passes:
            assert given_on.receiver in set(Role) or given_on.receiver == given_on.receiver.lower()


def test_the_threat_model_comes_before_what_it_informs(code: Catalogue) -> None:
    """The order of the shipped graph starts with the assessment and the threats, and ends with disposal."""
    place = {item.number: number for number, item in enumerate(graph(code).order().sequence)}
    assert place["2.1"] < place["3.1"] < place["9.1"]
    assert place["5.2"] < place["8.1.2"]
    assert place["12.1"] < place["12.2"]
    assert place["13.1"] == 70
    assert place["13.2"] == 71
