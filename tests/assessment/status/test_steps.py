"""What to do next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.assessment import State, next_steps
from aicop.errors import UnknownTerm
from aicop.graph import graph
from aicop.vocabulary import Modality, Role
from tests.assessment.examples import CODE, ON, assessment, system, verdict

GRAPH = graph(CODE)
KEYS = list(assessment().statements)


def test_steps_are_in_the_order_of_work() -> None:
    """Every requirement and recommendation in scope that has no verdict is a step, after its prerequisites."""
    about = assessment()
    steps = next_steps(about, ON)
    expected = {
        item.key
        for item in about.states(ON)
        if item.state is State.NOT_ASSESSED and item.modality in {Modality.SHALL, Modality.SHOULD}
    }
    assert {step.key for step in steps} == expected
    sequence = list(GRAPH.order().sequence)
    places = [(sequence.index(step.key.provision), step.key.ordinal) for step in steps]
    assert places == sorted(places)
    first = steps[0]
    assert (first.key.local, first.title, first.roles) == (
        "1.2#1",
        CODE["1.2"].title,
        about.roles_bound(first.key),
    )
    assert first.action == CODE["1.2"].statements[0].action


def test_what_is_done_blocks_nothing() -> None:
    """A provision waits only for those that are open, and blocks only those; the graph says what depends on what."""
    [before] = [step for step in next_steps(assessment(), ON) if step.key.local == "1.1#1"]
    assert [item.number for item in before.waits_for] == ["1.2"]
    assert [item.number for item in before.blocks] == ["1.1.1"]
    done = assessment(verdict("1.2#1"), verdict("1.2#2"), verdict("1.1.1#1", "not applicable", reason="R"))
    [after] = [step for step in next_steps(done, ON, graph=GRAPH) if step.key.local == "1.1#1"]
    assert (after.waits_for, after.blocks) == ((), ())
    # Half a provision that is open is open.
    half = assessment(verdict("1.2#1"))
    [other] = [step for step in next_steps(half, ON) if step.key.local == "1.1#1"]
    assert [item.number for item in other.waits_for] == ["1.2"]


def test_a_step_names_who_works_on_it_and_what_is_owed() -> None:
    """Owner and the earliest due day are those of the rows, and artefacts those that the provision has people make."""
    rows = [
        verdict("5.1#1", "fail", owner="Ann", due="2026-12-01"),
        verdict("5.1#1", "fail", role=Role.DEVELOPER, owner="Bob", due="2026-09-01"),
    ]
    [step] = [step for step in next_steps(assessment(*rows), ON) if step.key.local == "5.1#1"]
    assert (step.owner, step.due, step.state.state) == ("Ann", "2026-09-01", State.FAIL)
    flow = next(flow for flow in GRAPH.flows if flow.provision == step.key.provision)
    assert step.artefacts == tuple(dict.fromkeys((*flow.produces, *flow.maintains)))
    assert step.usual_evidence
    assert set(step.usual_evidence) == {form for item in step.artefacts for form in item.evidence}


def test_verdicts_that_wait_for_a_review_are_steps() -> None:
    """A pass that is marked, or whose statement has changed, is something to do; another pass is not."""
    rows = [
        verdict("5.1#1", review_reason="The text has changed."),
        verdict("5.2#1", digest="0" * 16),
        verdict("5.3#1"),
    ]
    steps = {step.key.local: step.state.state for step in next_steps(assessment(*rows), ON)}
    assert (steps["5.1#1"], steps["5.2#1"], "5.3#1" in steps) == (State.PASS, State.PASS, False)


def test_permissions_are_steps_only_if_something_is_wrong() -> None:
    """Nothing is owed for a may statement without a verdict."""
    key = next(str(key) for key, one in assessment().statements.items() if one.modality is Modality.MAY)
    assert key not in {str(step.key) for step in next_steps(assessment(), ON)}
    assert key in {str(step.key) for step in next_steps(assessment(verdict(key, "fail")), ON)}


def test_steps_can_be_limited_to_roles() -> None:
    """Only statements that bind the role are steps, with this role; what they wait for stays."""
    steps = next_steps(assessment(), ON, role="developer")
    assert {step.roles for step in steps} == {(Role.DEVELOPER,)}
    [whole] = [step for step in next_steps(assessment(), ON) if step.key == steps[0].key]
    assert (steps[0].waits_for, steps[0].blocks) == (whole.waits_for, whole.blocks)
    with pytest.raises(UnknownTerm):
        next_steps(assessment(), ON, role="janitor")


def test_a_part_of_a_graph_orders_its_part() -> None:
    """Statements that the graph does not have come last."""
    part = GRAPH.subgraph(phase="secure-end-of-life")
    steps = next_steps(assessment(), ON, graph=part)
    assert [step.key.provision.number for step in steps[:2]] == ["13.1", "13.2"]
    assert len(steps) == len(next_steps(assessment(), ON))


def test_nothing_is_left_to_do_in_the_end() -> None:
    """If everything in scope passes, there is no step."""
    about = assessment(system=system(roles=(Role.END_USER,)))
    assert len(next_steps(about, ON)) == 1
    assert next_steps(about.with_verdicts([verdict("5.4#1")]), ON) == ()


@given(st.sets(st.sampled_from(KEYS)), st.randoms())
def test_steps_are_the_open_ones(done: set[object], random: object) -> None:
    """Whatever is done, a step is open, waits for and blocks open provisions only, in both directions alike."""
    del random
    about = assessment(*(verdict(str(key)) for key in done))
    steps = next_steps(about, ON, graph=GRAPH)
    assert not {step.key for step in steps} & done
    provisions = {step.key.provision for step in steps}
    waits = {(other, step.key.provision) for step in steps for other in step.waits_for}
    blocks = {(step.key.provision, other) for step in steps for other in step.blocks}
    assert waits == blocks
    assert {one for pair in waits for one in pair} <= provisions
