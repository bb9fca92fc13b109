"""The command that decides whether an edition applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop import load
from aicop.applicability import Fact, applicability

if TYPE_CHECKING:
    from tests.cli.runner import Run


def test_each_reason_has_its_source(aicop: Run) -> None:
    """Each answer names its source and how that is known."""
    rows = aicop.rows("applies", "--academic-research-only", "--edition", "etsi-en-304-223")
    assert [(row["answer"], row["key"]) for row in rows] == [("not in scope", "research-only")]
    assert rows[0]["source"] == "ETSI EN 304 223 V2.1.1, clause 1 (direct)"


def test_roles_and_open_questions_are_printed(aicop: Run) -> None:
    """A role is followed by its open questions with both arguments; the count is on standard error."""
    rows = aicop.rows("applies", "--subscribes", "--builds-model")
    keys = [(row["answer"], row["facts"], row["key"]) for row in rows if "scope" not in row["answer"]]
    assert keys == [
        ("Developer", "builds-model", "developer"),
        ("System Operator", "subscribes", "system-operator"),
        ("System Operator", "subscribes", "hosted-by-vendor"),
        ("open question: System Operator", "subscribes", "hosted-by-vendor"),
        ("End-user", "subscribes", "end-user"),
        ("End-user", "subscribes", "staff"),
    ]
    question = next(row for row in rows if row["answer"].startswith("open question"))
    [asked] = applicability(load("uk-ai-cop"), "subscribes").questions
    assert question["reason"] == f"{asked.question} For: {asked.argument_for} Against: {asked.argument_against}"
    assert question["source"] == ""
    err = aicop("applies", "--subscribes", "--builds-model")[2]
    assert err == "Decided for uk-ai-cop@2025-01 from: builds-model, subscribes. 1 open question.\n"


def test_questions_of_the_scope_are_printed(aicop: Run) -> None:
    """Where an edition says nothing of sellers, that is an open question of the scope."""
    rows = aicop.rows("applies", "--sells-only", "--edition", "etsi-ts-104-223")
    assert [(row["answer"], row["key"]) for row in rows] == [
        ("not in scope", "model-sellers"),
        ("not in scope", "no-role"),
        ("open question: scope", "model-sellers"),
    ]


def test_no_fact_is_a_usage_error(aicop: Run) -> None:
    """Without an option, nothing is decided, and the options are named."""
    code, out, err = aicop("applies")
    assert (code, out) == (2, "")
    assert "no facts are given, so nothing can be decided; give all that are true of: --builds-model, " in err


def test_all_contradictions_are_named(aicop: Run) -> None:
    """Facts that exclude each other in several ways are reported together."""
    code, _, err = aicop("applies", "--sells-only", "--uses", "--academic-research-only", "--subscribes")
    assert code == 2
    assert "sells-only and subscribes: " in err
    assert "Also academic-research-only and subscribes and uses and sells-only: " in err


def test_every_fact_is_an_option_with_its_meaning(aicop: Run) -> None:
    """The options are the facts, in their order, and the help has the meaning of each."""
    text = " ".join(aicop("applies", "--help")[1].split())
    places = [text.index(f"--{fact} {fact.meaning}") for fact in Fact]
    assert places == sorted(places)
