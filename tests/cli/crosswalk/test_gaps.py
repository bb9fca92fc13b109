"""The command `gaps`."""

from __future__ import annotations

from tests.cli.crosswalk.test_coverage import classes
from tests.cli.examples import TO_ACT, bare, mapped
from tests.cli.runner import Run, records


def test_gaps_list_their_remainders(aicop: Run) -> None:
    """The End-user's one provision is mapped to the AI Act with strength 3 at best, and each remainder is listed."""
    made = [row for row in mapped(TO_ACT) if row["source"] == "uk-ai-cop@2025-01:5.4"]
    [row] = records(aicop, "gaps", "uk-ai-cop", "eu-ai-act", "--role", "end-user")
    left = row.pop("remainder")
    assert row == {
        "item": "uk-ai-cop@2025-01:5.4",
        "title": "Protect sensitive data against unauthorised access",
        "class": "partly covered",
        "strength": max(int(one["strength"]) for one in made),
        "band": "3-5",
    }
    assert len(left) == len(made) == 2
    for text, one in zip(left, made, strict=True):
        assert bare(one["target"]) in text
        assert text.endswith(one["remainder"])


def test_gaps_are_the_items_that_are_not_covered(aicop: Run) -> None:
    """Every item that is not covered is a gap with the class that `coverage` gives it, in printed order."""
    found = classes(aicop, "uk-ai-cop", "nist-ai-rmf")
    rows = aicop.rows("gaps", "uk-ai-cop", "nist-ai-rmf")
    assert {bare(row["item"]): row["class"] for row in rows} == {
        one: word for word, ids in found.items() if word != "covered" for one in ids
    }
    assert rows[0]["item"] == "uk-ai-cop@2025-01:1.1"


def test_gaps_can_be_computed_through_other_frameworks(aicop: Run) -> None:
    """A chain of untyped pairs covers nothing: each item is open or was not reviewed."""
    rows = aicop.rows("gaps", "nist-csf", "iso-iec-27001", "--via", "nist-sp-800-53", "--of", "subcategory")
    assert len(rows) == 106
    assert {row["class"] for row in rows} == {"open", "not reviewed"}
    assert {row["strength"] for row in rows} == {""}


def test_an_empty_scope_is_not_reported_as_covered(aicop: Run) -> None:
    """No provision of principle 1 binds the End-user, so there is no gap and no claim of full coverage."""
    code, out, err = aicop("gaps", "uk-ai-cop", "iso-iec-42001", "--role", "end-user", "--in", "P1", "-f", "json")
    assert (code, out) == (0, "[]\n")
    assert err
    assert "every item is covered" not in err


def test_a_fully_covered_scope_has_no_gap(aicop: Run, ours: tuple[str, ...]) -> None:
    """A scope of one control that is a subset of 6.1 is reported as fully covered."""
    code, out, err = aicop("gaps", "own-controls", "uk-ai-cop", *ours, "--in", "AC-1", "--format", "json")
    assert (code, out, err) == (
        0,
        "[]\n",
        "No gaps: every item is covered.\n"
        "Counted: 1 control of own-controls@2026 in scope, mapped to uk-ai-cop@2025-01. Filter: in AC-1.\n",
    )
