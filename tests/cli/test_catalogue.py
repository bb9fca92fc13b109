"""The commands about editions and keys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.cli.runner import Run, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_editions_are_listed(aicop: Run) -> None:
    """The three editions are listed, each with 72 provisions."""
    rows = aicop.rows("editions")
    assert [(row["edition"], row["provisions"]) for row in rows] == [
        ("uk-ai-cop@2025-01", "72"),
        ("etsi-ts-104-223@1.1.1", "72"),
        ("etsi-en-304-223@2.1.1", "72"),
    ]
    assert [bool(row["checked"]) for row in rows] == [row["status"] == "current" for row in rows] == [True, False, True]


def test_a_provision_is_shown_with_all_its_facts(aicop: Run) -> None:
    """A provision is shown with statements, suspected erratum, guidance, source and counterparts."""
    _, out, _ = aicop("show", "EN 304 223 5.2.1-4")
    unwrapped = " ".join(out.split())
    for part in (
        "pointer to clause 5.2.3",
        "Our reading: Probably clause 5.2.2",
        "guide: threats",
        "uk-ai-cop@2025-01:5.4",
    ):
        assert part in unwrapped
    _, out, _ = aicop("show", "uk-ai-cop:8.3", "--format", "json")
    record = json.loads(out)
    assert [statement["modality"] for statement in record["statements"]] == ["should", "may"]
    assert record["id"] == "uk-ai-cop@2025-01:8.3"
    assert record["source"]["grade"] == "direct"


def test_principles_and_phases_are_shown(aicop: Run) -> None:
    """A principle and a phase are shown with what the publication states about them."""
    assert "not stated in this edition" in aicop("show", "uk-ai-cop:P10")[1]
    assert "operation and monitoring" in aicop("show", "EN 304 223 secure maintenance")[1]


def test_statements_and_elements_of_other_frameworks_are_shown(aicop: Run) -> None:
    """Statements, and elements of other frameworks with their parents and nature, are shown."""
    _, out, _ = aicop("show", "AC-2(1)")
    assert "Automated System Account Management" in out
    assert "nist-sp-800-53@5.2.0:AC-2" in out
    assert "requirement" in out
    assert "audit trail" in aicop("show", "uk-ai-cop:2.3#1")[1]
    _, out, _ = aicop("show", "eu-ai-act@2024:Art.10(5)")
    assert re.search(r"deleted or changed later +Deleted by Regulation \(EU\) 2026/1744", out)
    assert "later" not in aicop("show", "eu-ai-act@2024:Art.10(4)")[1]
    assert json.loads(aicop("show", "LLM06:2025", "-f", "json")[1])["title"] == "Excessive Agency"


def test_filters_reach_the_command_line(aicop: Run) -> None:
    """Every filter of `Catalogue.select` is an option of `list`, and they combine."""
    rows = aicop.rows(
        *("list", "--edition", "etsi-en-304-223", "--role", "developer", "--counterparty", "system operator"),
        *("--applies-to", "developer", "--modality", "should", "--phase", "secure-development", "--principle", "9"),
        *("--threat", "untested-release", "--measure", "testing and evaluation"),
    )
    assert rows == []
    rows = aicop.rows("list", "--role", "developer", "--counterparty", "system operator", "--principle", "P9")
    assert [row["key"] for row in rows] == [f"uk-ai-cop@2025-01:{n}#1" for n in ("9.1", "9.3", "9.4", "9.4.1")]


def test_duties_are_a_checklist(aicop: Run) -> None:
    """Duties are ordered by phase and then by strength; the End-user has one."""
    rows = aicop.rows("duties", "--role", "System Operators")
    places = [
        ("Secure Design", "Secure Development", "Secure Deployment", "Secure Maintenance", "Secure End of Life").index(
            row["phase_title"]
        )
        for row in rows
    ]
    assert places == sorted(places)
    strengths = [
        (place, ["shall", "should", "may"].index(row["modality"])) for place, row in zip(places, rows, strict=True)
    ]
    assert strengths == sorted(strengths)
    code, out, _ = aicop("duties", "--role", "end-user", "--format", "markdown")
    assert code == 0
    assert out.startswith(
        "# Duties of the End-user in uk-ai-cop@2025-01\n\n## Secure Development: shall\n\n- [ ] uk-ai-cop@2025-01:5.4 "
    )
    assert out.count("- [ ]") == 1


def test_duties_as_a_matrix(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The matrix has a row per provision; people are told what the words mean, and what a table leaves out."""
    monkeypatch.setenv("COLUMNS", "100")
    code, out, err = aicop("duties", "--matrix", "--role", "affected-entity", "--modality", "should")
    assert code == 0
    assert out.startswith("key  ")
    assert "\nuk-ai-cop@2025-01:10.3  should #1;" in out
    assert "supported" in out
    assert err == (
        "1 of 72 provisions of uk-ai-cop@2025-01. Filter: role Affected Entity; modality should.\n"
        "Verbs bind the role. Capacities, such as informed, name it without binding it. "
        "#2 is the second statement of the provision.\n"
        "carried over: an earlier sentence names the duty holder; "
        "implied: the sentence is passive, and the duty holder is inferred.\n"
    )
    left = "Not shown: parties that are none of the roles, such as staff, in 14 provisions; use --columns all.\n"
    assert aicop("duties", "--matrix")[2].endswith(left)
    assert left not in aicop("duties", "--matrix", "--columns", "all")[2]
    assert aicop("duties", "--matrix", "--format", "csv")[2] == "72 of 72 provisions of uk-ai-cop@2025-01.\n"
    nothing = aicop("duties", "--matrix", "--role", "end-user", "--modality", "can")
    assert nothing[2] == "0 of 72 provisions of uk-ai-cop@2025-01. Filter: role End-user; modality can.\n"
    [staff] = [row for row in aicop.rows("duties", "--matrix") if row["key"].endswith(":1.1.1")]
    assert (staff["organisation"], staff["others"]) == ("shall (carried over)", "staff members: trained")


def test_duties_need_a_role_or_the_matrix(aicop: Run) -> None:
    """The checklist is that of a role; columns are those of what is printed."""
    code, out, err = aicop("duties")
    assert (code, out) == (2, "")
    assert err.endswith("Error: name at least one --role, or ask for all roles with --matrix\n")
    assert "'developer' is not a column" in aicop("duties", "--role", "end-user", "--columns", "developer")[2]
    assert "'action' is not a column" in aicop("duties", "--matrix", "--columns", "action")[2]
    assert aicop("duties", "--matrix", "--columns", "key", "--role", "affected-entity", "--format", "csv")[1] == (
        "key\nuk-ai-cop@2025-01:10.3\n"
    )


def test_comparisons_can_be_filtered(aicop: Run) -> None:
    """A comparison can show all items, one kind of change, those that need review, or both."""
    pair = ("compare", "uk-ai-cop", "etsi-en-304-223")
    assert len(aicop.rows(*pair)) == 25 + 2
    assert len(aicop.rows(*pair, "--all")) == 85 + 6
    assert len(aicop.rows(*pair, "--review")) == 10 + 2
    strength = [f"uk-ai-cop@2025-01:{number}" for number in ("8.3", "8.3#2")]
    assert [row["old"] for row in aicop.rows(*pair, "--kind", "strength")] == strength
    assert len(aicop.rows(*pair, "--kind", "spelling")) == 9
    assert [row["old"] for row in aicop.rows(*pair, "--kind", "spelling", "--review")] == ["uk-ai-cop@2025-01:5.4"]
    assert aicop(*pair)[2] == (
        "25 items of 85 and 2 statements, from uk-ai-cop@2025-01 to etsi-en-304-223@2.1.1. "
        "Of 72 provisions 55 are identical; 10 items need review.\n"
    )
    assert aicop(*pair, "--kind", "pointer")[2].startswith("2 items of 85, from ")


def test_a_comparison_reads_in_its_direction(aicop: Run) -> None:
    """Compared backwards, notes and reasons for review are those for the way back."""
    rows = {row["new"].partition(":")[2]: row for row in aicop.rows("compare", "etsi-en-304-223", "uk-ai-cop")}
    assert rows["2.7#2"]["note"] == "The provider is to follow the Code itself instead of the standard."
    assert rows["8.3"]["review"] == "A statement of possibility became a permission; neither is a duty."


def test_counterparts_of_several_keys(aicop: Run) -> None:
    """Each key has a row, in the order given; a statement has changes of its own."""
    code, out, err = aicop(
        *("counterpart", "uk-ai-cop:2.7", "UK 2.7#1", "P5", "secure-design", "uk-ai-cop:Developer"),
        *("etsi-en-304-223:5.1.2-7#2", "--edition", "uk-ai-cop", "--to", "etsi-en-304-223", "--format", "json"),
    )
    assert code == 0
    assert [(row["key"], row["counterpart"], row["changes"]) for row in json.loads(out)] == [
        ("uk-ai-cop@2025-01:2.7", "etsi-en-304-223@2.1.1:5.1.2-7", ["reference"]),
        ("uk-ai-cop@2025-01:2.7#1", "etsi-en-304-223@2.1.1:5.1.2-7#1", ["identical"]),
        ("uk-ai-cop@2025-01:P5", "etsi-en-304-223@2.1.1:P5", ["wording"]),
        ("uk-ai-cop@2025-01:secure-design", "etsi-en-304-223@2.1.1:secure-design", []),
        ("uk-ai-cop@2025-01:Developer", "etsi-en-304-223@2.1.1:Developer", []),
        ("etsi-en-304-223@2.1.1:5.1.2-7#2", "etsi-en-304-223@2.1.1:5.1.2-7#2", []),
    ]
    assert [row["note"] for row in json.loads(out)][3:] == [
        *("Phases and roles keep their names.", "Phases and roles keep their names.", "The same item.")
    ]
    assert err == "6 keys: 6 counterparts in etsi-en-304-223@2.1.1, 1 to review; 0 unknown.\n"


def test_an_element_of_a_framework_has_no_counterpart(aicop: Run) -> None:
    """It is listed with the reason, and counted as unknown."""
    code, out, err = aicop("counterpart", "nist-csf:PR.DS-01", "--to", "etsi-en-304-223", "-f", "json")
    [row] = json.loads(out)
    assert (code, row["counterpart"]) == (1, None)
    assert "only items of editions have counterparts" in row["note"]
    assert err.endswith("1 unknown.\n")


def test_counterparts_of_a_file_of_keys(aicop: Run, tmp_path: Path) -> None:
    """Keys of a column are translated in order, repeats too; unknown ones have a reason and the exit code 1."""
    file = write(tmp_path, "controls.csv", "control,covers\nA,8.3#2\nB,5.4.9\nC,8.3#2\nD,P99\n")
    options = ("--file", file, "--column", "covers", "--edition", "uk-ai-cop", "--to", "etsi-en-304-223")
    rows = aicop.rows("counterpart", *options)
    assert [(row["key"], row["counterpart"], row["mistake"]) for row in rows] == [
        ("uk-ai-cop@2025-01:8.3#2", "etsi-en-304-223@2.1.1:5.2.4-3#2", ""),
        ("5.4.9", "", "invented level"),
        ("uk-ai-cop@2025-01:8.3#2", "etsi-en-304-223@2.1.1:5.2.4-3#2", ""),
        ("P99", "", "no such number"),
    ]
    assert "Nearest: uk-ai-cop@2025-01:" in rows[1]["note"]
    code, _, err = aicop("counterpart", *options)
    assert (code, err) == (1, "4 keys: 2 counterparts in etsi-en-304-223@2.1.1, 2 to review; 2 unknown.\n")


def test_counterparts_of_a_column_of_mappings(aicop: Run, tmp_path: Path) -> None:
    """A cell with several items is several keys, and empty cells are skipped and counted."""
    file = write(tmp_path, "map.csv", "source,target\nA,5.3|6.5\nB,\nC,13.1\n")
    options = ("--file", file, "--column", "target", "--edition", "uk-ai-cop", "--to", "etsi-en-304-223")
    assert [row["counterpart"].partition(":")[2] for row in aicop.rows("counterpart", *options)] == [
        "5.2.1-3",
        "5.2.2-5",
        "5.5.1-1",
    ]
    code, _, err = aicop("counterpart", *options)
    assert (code, err) == (
        0,
        "Skipped 1 empty cell.\n3 keys: 3 counterparts in etsi-en-304-223@2.1.1, 1 to review; 0 unknown.\n",
    )


def test_counterparts_of_no_key_are_refused(aicop: Run) -> None:
    """Without keys and without a file, the command says what to name; so does an unknown edition."""
    code, _, err = aicop("counterpart", "--to", "etsi-en-304-223")
    assert code == 2
    assert "name at least one KEY, or a file of keys with --file" in err
    assert aicop("counterpart", "uk-ai-cop:5.4", "--to", "x")[0] == 2


def test_a_list_of_good_keys_passes(aicop: Run, tmp_path: Path) -> None:
    """`--edition` resolves bare numbers that would be ambiguous."""
    file = write(tmp_path, "keys.txt", "5.4.1\nP5\n")
    code, _, err = aicop("check", file, "--edition", "uk-ai-cop")
    assert (code, err) == (0, "2 keys: 2 known, 0 unknown.\n")


def test_records_and_vocabularies_are_shown(aicop: Run) -> None:
    """Editions, threats, the version and an empty selection are shown."""
    _, out, _ = aicop("edition", "EN 304 223")
    for part in (
        "2025-12-08",
        "scope: research-only",
        "role: Affected Entity",
        "term: guardrails",
        "ETSI copyright",
    ):
        assert part in out
    assert json.loads(aicop("edition", "uk", "--format", "json")[1])["edition"]["status"] == "current"
    assert {row["key"] for row in aicop.rows("threats")} >= {"data-poisoning", "prompt-injection"}
    assert aicop("--version")[1].startswith("aicop ")
    assert aicop("list", "--phase", "secure-design", "--principle", "13")[2] == (
        "0 of 88 statements, in 0 of 72 provisions of uk-ai-cop@2025-01. Filter: phase secure-design; principle 13.\n"
    )
    assert "guide: measures also from" in aicop("show", "uk-ai-cop:5.4.2")[1]


def test_references_are_shown_with_their_publishers(aicop: Run) -> None:
    """A document that the Guide cites is shown with its part, and with its publisher unless the title names it."""
    audits, news = (" ".join(aicop("show", f"uk-ai-cop:{number}")[1].split()) for number in ("4.4", "1.2.1"))
    assert "guide: references ICO: Audits; ICO: Audits, Artificial Intelligence Audits" in audits
    assert "guide: references ICO Newsletter; NCSC News on AI; OWASP" in news


def test_a_statement_is_shown_with_a_source_of_its_own(aicop: Run) -> None:
    """Where a statement is known in another way than its provision, both sources are shown."""
    shown = " ".join(aicop("show", "etsi-ts-104-223:5.2.4-3")[1].split())
    assert "source 2 ETSI TS 104 223 V1.1.1, clause 5 (inferred)" in shown
    assert "source ETSI TS 104 223 V1.1.1, clause 5 (second-hand)" in shown
