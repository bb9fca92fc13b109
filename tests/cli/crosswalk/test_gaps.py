"""The command gaps."""

from __future__ import annotations

from tests.cli.crosswalk.test_coverage import classes
from tests.cli.examples import TO_ACT, bare, mapped
from tests.cli.runner import Run, records


def test_gaps_say_what_is_left_open(aicop: Run) -> None:
    """The End-user's one provision shares something with the AI Act, at best 3 of 10, and each row says what is left."""
    made = [row for row in mapped(TO_ACT) if row["subject_id"] == "uk-ai-cop@2025-01:5.4"]
    [row] = records(aicop, "gaps", "uk-ai-cop", "eu-ai-act", "--role", "end-user")
    left = row.pop("remainder")
    assert row == {
        "item": "uk-ai-cop@2025-01:5.4",
        "title": "Protect sensitive data against unauthorised access",
        "class": "partly covered",
        "strength": max(int(one["strength"]) for one in made),
    }
    assert len(left) == len(made) == 2
    for said, one in zip(left, made, strict=True):
        assert bare(one["object_id"]) in said
        assert said.endswith(one["remainder"])


def test_gaps_are_what_is_not_covered(aicop: Run) -> None:
    """All but the covered items are gaps, in printed order, with the class that coverage gives them."""
    found = classes(aicop, "uk-ai-cop", "nist-ai-rmf")
    rows = aicop.rows("gaps", "uk-ai-cop", "nist-ai-rmf")
    assert {bare(row["item"]): row["class"] for row in rows} == {
        one: word for word, ids in found.items() if word != "covered" for one in ids
    }
    assert rows[0]["item"] == "uk-ai-cop@2025-01:1.1"


def test_gaps_can_be_asked_through_others(aicop: Run) -> None:
    """Of what only a chain of untyped pairs joins, all is open."""
    rows = aicop.rows("gaps", "nist-csf", "iso-iec-27001", "--via", "nist-sp-800-53", "--of", "subcategory")
    assert len(rows) == 106
    assert {row["class"] for row in rows} == {"open", "never looked at"}
    assert {row["strength"] for row in rows} == {""}


def test_where_nothing_is_counted_all_is_not_said_to_be_covered(aicop: Run) -> None:
    """No provision of principle 1 binds the End-user, so that there is no gap and nothing covered."""
    code, out, err = aicop("gaps", "uk-ai-cop", "iso-iec-42001", "--role", "end-user", "--in", "P1", "-f", "json")
    assert (code, out) == (0, "[]\n")
    assert err
    assert "every item is covered" not in err


def test_where_all_is_covered_there_is_no_gap(aicop: Run, ours: tuple[str, ...]) -> None:
    """AC-1 lies in 6.1, and nothing else is asked for."""
    code, out, err = aicop("gaps", "own-controls", "uk-ai-cop", *ours, "--in", "AC-1", "--format", "json")
    assert (code, out, err) == (
        0,
        "[]\n",
        "No gaps: every item is covered.\n"
        "Counted: 1 controls of own-controls@2026 in scope, mapped to uk-ai-cop@2025-01. Filter: in AC-1.\n",
    )
