"""Ids and parents that form no hierarchy."""

from __future__ import annotations

from aicop.schema.hierarchy import hierarchy_faults


def test_long_chains_and_cycles_are_checked() -> None:
    """A chain of twenty thousand is valid, and a cycle of as many is one fault that shows its start."""
    chain = [(str(n), str(n - 1) if n else None, f"line {n}", f"line {n}") for n in range(20_000)]
    assert list(hierarchy_faults(chain, "f", "control")) == []
    [fault] = hierarchy_faults([("0", "19999", "line 0", "line 0"), *chain[1:]], "f", "control")
    assert (
        fault.problem
        == "the parents form a cycle: 0 is below 19999 is below 19998 is below 19997 is below 19996 is below ..."
    )
