"""The commands of `aicop graph` that plan work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop.graph import graph
from aicop.vocabulary import DependencyKind
from tests.cli.runner import records

if TYPE_CHECKING:
    from aicop import Catalogue
    from tests.cli.runner import Run

BY_DEFAULT = "Followed: refines, requires, triggers, and refers where the text prints it."
HINT = "Use --kind all to follow every kind."


def test_waves_have_their_advice(aicop: Run, code: Catalogue) -> None:
    """Rows have the numbers of all waves and dependencies, and standard error counts what is left aside."""
    found = graph(code)
    rows = records(aicop, "graph", "waves")
    members = [(wave.number, item) for wave in found.waves() for item in wave.members]
    assert [(row["wave"], row["key"]) for row in rows] == [(number, str(item.id)) for number, item in members]
    parts = ("after", "unmet", "better_after", "helped_by", "revisit_after")
    for row, (_, item) in zip(rows, members, strict=True):
        for part in parts:
            numbers = [one.prerequisite.number for one in getattr(item, part)]
            assert row[part] == list(dict.fromkeys(numbers))
    err = aicop("graph", "waves")[2].splitlines()
    assert err[0] == f"{len(found.waves())} waves of 72 provisions of uk-ai-cop@2025-01. {BY_DEFAULT}"
    counts = [sum(len(getattr(item, part)) for _, item in members) for part in parts[2:]]
    assert err[1].startswith(f"Left aside: {sum(counts)} dependencies (")
    assert err[1].endswith(
        f"as advice: {counts[0]} better after, {counts[1]} helped by, {counts[2]} revisit after. {HINT}"
    )
    assert err[2].startswith("Followed but not met, because they lie on cycles: 3.2 triggers 3.1")


def test_waves_can_follow_other_kinds(aicop: Run, code: Catalogue) -> None:
    """Kinds, phases and roles are chosen by options, and standard error names them."""
    everything = aicop("graph", "waves", "--kind", "all")[2].splitlines()
    count = len(graph(code).waves(kinds=DependencyKind))
    assert everything[0] == (
        f"{count} waves of 72 provisions of uk-ai-cop@2025-01. Followed: refines, requires, refers, triggers, informs."
    )
    assert "Left aside" not in everything[1]
    err = aicop("graph", "waves", "--kind", "refines", "--role", "data custodians", "--phase", "secure-development")[2]
    assert err.splitlines()[0] == (
        "2 waves of 4 provisions of uk-ai-cop@2025-01. Followed: refines. "
        "Filter: phase Secure Development; role Data Custodian."
    )


def test_impact_is_grouped(aicop: Run) -> None:
    """Rows are grouped by how the failure reaches them, and standard error names what is left aside."""
    rows = records(aicop, "graph", "impact", "6.4")
    assert (rows[0]["reached"], rows[0]["distance"], rows[0]["path"]) == ("directly: refers", 1, ["6.4"])
    reached = [row["reached"] for row in rows]
    assert reached == sorted(reached)
    far = next(row for row in rows if row["key"].endswith(":9.2.1"))
    assert (far["reached"], far["path"]) == ("through 11.1", ["6.4", "11.1", "11.2", "9.2"])
    assert far["fails"] == "at risk"
    [only] = aicop("graph", "impact", "6.4", "--kind", "all")[2].splitlines()
    assert only.endswith(" at risk if 6.4 fails. Followed: refines, requires, refers, triggers, informs.")


@pytest.mark.parametrize("keys", [["3.1"], ["6.4", "12.1"], ["5.1"]])
def test_impact_names_what_it_leaves_aside(aicop: Run, code: Catalogue, keys: list[str]) -> None:
    """Standard error names the nearest provisions that are left aside, and counts the others."""
    found = graph(code).impact(keys)
    near = dict.fromkeys(item.dependant.number for item in found.aside)
    first, second = aicop("graph", "impact", *keys)[2].splitlines()
    fail = "fails" if len(keys) == 1 else "fail"
    assert first == (
        f"{len(found.at_risk)} of 72 provisions of uk-ai-cop@2025-01 at risk if {', '.join(keys)} {fail}. {BY_DEFAULT}"
    )
    ends = f"provision{'s' * (len(near) > 1)}: {', '.join(near)}"
    if far := len(found.beyond) - len(near):
        ends += f"; and through these to {far} others"
    assert second.startswith(f"Left aside: {len(found.aside)} dependenc")
    assert second.endswith(f"), leading to {len(near)} {ends}. {HINT}")


def test_the_critical_path_has_reasons(aicop: Run, code: Catalogue) -> None:
    """There is a row for each reason of each step, and standard error has the length and what is left aside."""
    found = graph(code).critical_path()
    rows = records(aicop, "graph", "critical-path")
    wanted = [
        (place, str(step.id), reason and reason.kind, reason and reason.rationale)
        for place, step in enumerate(found.steps, start=1)
        for reason in step.reasons or (None,)
    ]
    assert [(row["place"], row["key"], row["kind"], row["rationale"]) for row in rows] == wanted
    err = aicop("graph", "critical-path")[2].splitlines()
    length = len(found.steps)
    assert err[0] == (
        f"{length} of 72 provisions of uk-ai-cop@2025-01 in the longest chain, which has the length {length}. "
        f"{BY_DEFAULT}"
    )
    assert err[1].startswith(f"Left aside: {len(found.aside)} dependencies (")
    assert err[2].startswith("Followed but not met")


def test_provisions_can_be_weighted(aicop: Run) -> None:
    """Weights are pairs of key and number, and change the longest chain."""
    command = ("graph", "critical-path", "--role", "end-user", "--phase", "secure-development")
    assert " in the longest chain, which has the length 0.5. " in aicop(*command, "--weight", "5.4=0.5")[2]
    rows = aicop.rows("graph", "critical-path", "--weight", "uk-ai-cop:1.2.1=50", "--weight", "1.2=0")
    assert [(row["key"], float(row["weight"])) for row in rows if row["weight"] != "1"] == [
        ("uk-ai-cop@2025-01:1.2", 0),
        ("uk-ai-cop@2025-01:1.2.1", 50),
        ("uk-ai-cop@2025-01:1.2.1", 50),
    ]
    assert aicop("graph", "critical-path", "--weight", "5.9=1")[0] == 2


@pytest.mark.parametrize("weight", ["5.1", "5.1=", "=3", "5.1=x", "5.1=-1", "5.1=nan", "5.1=inf"])
def test_a_mistaken_weight_is_reported(aicop: Run, weight: str) -> None:
    """A weight that is not a key and a number is a mistake in usage."""
    code, out, err = aicop("graph", "critical-path", "--weight", weight)
    assert (code, out) == (2, "")
    assert f"'{weight}' is not a key and a number that is not negative, such as 5.1=3." in " ".join(err.split())
