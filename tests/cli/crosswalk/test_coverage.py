"""The command `coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop.crosswalk import crosswalk
from tests.cli.examples import TO_ACT, TO_ISO, bare, mapped, printed
from tests.cli.runner import Run, records, write

if TYPE_CHECKING:
    from pathlib import Path


def classes(aicop: Run, *arguments: str) -> dict[str, list[str]]:
    """Return the ids in each class of coverage, after checking that the counts agree with them."""
    rows = records(aicop, "coverage", *arguments)
    assert [row["count"] for row in rows] == [len(row["ids"]) for row in rows]
    assert [row["class"] for row in rows] == [
        "covered",
        "partly covered",
        "open",
        "reviewed, not covered",
        "not reviewed",
    ]
    return {row["class"]: row["ids"] for row in rows}


def counted(found: dict[str, list[str]]) -> set[str]:
    """Return the ids of all classes, after checking that each is in one class only."""
    ids = [one for part in found.values() for one in part]
    assert len(ids) == len(set(ids))
    return set(ids)


def test_coverage_has_five_classes_and_a_denominator(aicop: Run) -> None:
    """A provision with a partial mapping of its own or of a statement is partly covered; the others were looked at."""
    made = [row for row in mapped(TO_ISO) if row["relationship"] == "intersects-with"]
    assert {row["relationship"] for row in mapped(TO_ISO)} == {"intersects-with", "no-relationship", "nothing-found"}
    shared = {bare(row["source"]).partition("#")[0] for row in made}
    found = classes(aicop, "uk-ai-cop", "iso-iec-42001")
    assert set(found["partly covered"]) == shared
    assert len(found["reviewed, not covered"]) == 72 - len(shared)
    assert (found["covered"], found["open"], found["not reviewed"]) == ([], [], [])
    assert aicop("coverage", "uk-ai-cop", "iso-iec-42001")[2] == (
        "Counted: 72 provisions and sub-provisions of uk-ai-cop@2025-01, mapped to iso-iec-42001@2023.\n"
    )


def test_mitigation_alone_never_covers(aicop: Run) -> None:
    """A list of risks covers a provision in part at best."""
    made = mapped("uk-ai-cop@2025-01--owasp-agentic-top10@2026")
    found = classes(aicop, "uk-ai-cop", "owasp-agentic-top10")
    assert found["covered"] == []
    assert set(found["partly covered"]) == {
        bare(row["source"]).partition("#")[0] for row in made if row["relationship"] == "mitigates"
    }


def test_an_adopted_provision_is_covered(aicop: Run) -> None:
    """The standard covers all 72 provisions of the Code except those whose substance changed."""
    same = {"identical", "spelling", "footnote", "wording", "pointer", "strength"}
    changed = [
        row["old"]
        for row in printed("lineage/uk-ai-cop@2025-01--etsi-en-304-223@2.1.1.tsv")
        if not set(row["changes"].split("; ")) <= same and "#" not in row["old"]
    ]
    assert changed == ["2.7"]
    found = classes(aicop, "uk-ai-cop", "etsi-en-304-223")
    assert found["partly covered"] == changed
    assert len(found["covered"]) == 72 - len(changed)


# Filters, and the items that they leave in scope.
CHOSEN = [
    (("--role", "end-user"), {"5.4"}),
    (("--role", "End-users", "--modality", "shall"), {"5.4"}),
    (("--role", "end-user", "--modality", "may"), set()),
    (("--role", "end-user", "--in", "P1"), set()),
    (("--role", "developer", "--modality", "shall", "--in", "P5"), {"5.1", "5.2", "5.4", "5.4.1", "5.4.2"}),
    (("--modality", "may"), {"8.3"}),
    (("--role", "developer", "--in", "5.3", "--in", "5.1"), {"5.1"}),
    (("--in", "P6"), {"6.1", "6.2", "6.3", "6.4", "6.5", "6.6"}),
    (("--in", "5.3.1"), {"5.3.1"}),
    (("--in", "5.1", "--in", "uk-ai-cop:5.2"), {"5.1", "5.2"}),
    (("--in", "P5", "--of", "principle"), {"P5"}),
    (("--in", "5.4", "--of", "statement"), {"5.4#1", "5.4.1#1", "5.4.1#2", "5.4.2#1"}),
    (("--in", "8.3", "--of", "statement"), {"8.3#1", "8.3#2"}),
]


@pytest.mark.parametrize(("options", "expected"), CHOSEN, ids=[" ".join(row[0]) for row in CHOSEN])
def test_filters_choose_the_scope(aicop: Run, options: tuple[str, ...], expected: set[str]) -> None:
    """Only items that pass every filter are counted, and the footer says that the denominator is a scope."""
    command = ("uk-ai-cop", "iso-iec-42001", *options)
    assert counted(classes(aicop, *command)) == expected
    err = aicop("coverage", *command)[2]
    assert err.startswith(f"Counted: {len(expected)} ")
    assert " of uk-ai-cop@2025-01 in scope, mapped to iso-iec-42001@2023. Filter: " in err


BELOW = [
    ("P5", {"5.1", "5.2", "5.3", "5.3.1", "5.4", "5.4.1", "5.4.2"}),
    ("5.4", {"5.4", "5.4.1", "5.4.2"}),
    ("secure-maintenance", {"11.1", "11.1.1", "11.2", "11.3", "12.1", "12.2", "12.3", "12.4"}),
]


@pytest.mark.parametrize(("key", "expected"), BELOW, ids=[row[0] for row in BELOW])
def test_in_includes_everything_below_an_item(aicop: Run, key: str, expected: set[str]) -> None:
    """`--in` with a phase, principle or provision includes the sub-provisions below it."""
    assert counted(classes(aicop, "uk-ai-cop", "iso-iec-42001", "--in", key)) == expected


def test_only_the_statements_that_bind_a_role_are_counted(aicop: Run) -> None:
    """Only the statement of 5.4 binds the End-user; those of its sub-provisions 5.4.1 and 5.4.2 bind others."""
    found = classes(aicop, "uk-ai-cop", "iso-iec-42001", "--role", "end-user", "--of", "statement")
    assert counted(found) == {"5.4#1"}
    found = classes(aicop, "uk-ai-cop", "iso-iec-42001", "--modality", "may", "--of", "statement")
    assert counted(found) == {"8.3#2"}


def test_the_lowest_elements_of_other_frameworks_are_counted(aicop: Run) -> None:
    """ISO/IEC 42001 counts 32 clauses without subclauses and 38 controls, but no clause that has subclauses."""
    items = printed("frameworks/iso-iec-42001@2023.tsv")
    above = {row["parent"] for row in items}
    lowest = {row["id"] for row in items if row["id"] not in above}
    assert len(lowest) == 70
    assert counted(classes(aicop, "iso-iec-42001", "uk-ai-cop")) == lowest


def test_own_frameworks_are_covered_and_have_gaps(aicop: Run, ours: tuple[str, ...]) -> None:
    """Coverage and gaps of the user's own framework follow from the relationship of each of its controls."""
    pair = ("own-controls", "uk-ai-cop", *ours)
    expected = {
        "covered": ["AC-1"],
        "partly covered": ["AC-2"],
        "open": [],
        "reviewed, not covered": ["LG-1"],
        "not reviewed": [],
    }
    assert classes(aicop, *pair) == expected
    assert aicop("coverage", *pair)[2] == "Counted: 3 controls of own-controls@2026, mapped to uk-ai-cop@2025-01.\n"
    assert counted(classes(aicop, *pair, "--in", "AC")) == {"AC-1", "AC-2"}
    assert classes(aicop, *pair, "--of", "family")["partly covered"] == ["AC"]
    rows = records(aicop, "gaps", *pair)
    assert [(bare(row["item"]), row["title"], row["class"], row["strength"]) for row in rows] == [
        ("AC-2", "Rights are reviewed", "partly covered", 4),
        ("LG-1", "Logs are kept", "reviewed, not covered", None),
    ]
    assert [len(row["remainder"]) for row in rows] == [1, 0]
    assert rows[0]["remainder"][0].endswith(": reviews")


def test_the_code_is_covered_by_the_users_own_framework(aicop: Run, both: tuple[str, ...]) -> None:
    """Of the provisions of principle 6, two are mapped to the user's own controls and four were not reviewed."""
    found = classes(aicop, "uk-ai-cop", "own-controls", *both, "--in", "P6")
    assert found["partly covered"] == ["6.1", "6.2"]
    assert found["not reviewed"] == ["6.3", "6.4", "6.5", "6.6"]
    found = classes(aicop, "uk-ai-cop", "own-controls", *both, "--role", "developer", "--in", "6.1")
    assert found["partly covered"] == ["6.1"]


def test_roles_narrow_only_the_code_and_its_successors(aicop: Run, ours: tuple[str, ...]) -> None:
    """`--role` on the user's own framework, which has no roles, is rejected with exit code 2."""
    code, out, err = aicop("coverage", "own-controls", "uk-ai-cop", *ours, "--role", "developer")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_minimum_strength_is_named(aicop: Run) -> None:
    """Claims that are too weak do not count, for coverage and for gaps, and standard error says how many they are."""
    report = crosswalk("uk-ai-cop", "iso-iec-42001").coverage(strength=6)
    rows = aicop.rows("coverage", "uk-ai-cop", "iso-iec-42001", "--strength", "6")
    assert {row["class"]: int(row["count"]) for row in rows} == {str(name): n for name, n in report.counts.items()}
    assert sum(int(row[band]) for row in rows for band in ("9-10", "6-8", "3-5", "1-2", "no_strength")) == 72
    for command in ("coverage", "gaps"):
        _, _, err = aicop(command, "uk-ai-cop", "iso-iec-42001", "--strength", "6")
        assert f"Not counted: {report.not_counted} claims with a strength below 6 or not stated.\n" in err


@pytest.mark.parametrize(
    ("scope", "within"),
    [
        ((), ""),
        (("--in", "5.4"), "5.4"),
        (("--in", "5.4", "--of", "statement"), "5.4"),
        (("--in", "P13", "--of", "principle"), "13."),
        (("--in", "12.4"), "12.4"),
    ],
    ids=["everything", "provision", "statement", "principle", "unchanged"],
)
def test_changed_law_in_scope_is_named(aicop: Run, scope: tuple[str, ...], within: str) -> None:
    """Only mappings of what is counted, or of what is above or below it, are in the warning."""
    targets = {bare(row["target"]) for row in mapped(TO_ACT) if bare(row["source"]).startswith(within)}
    changed = [row["id"] for row in printed("frameworks/eu-ai-act@2024.tsv") if row["amended"] and row["id"] in targets]
    assert bool(changed) is (within != "12.4")
    for command in ("coverage", "gaps"):
        err = aicop(command, "uk-ai-cop", "eu-ai-act@2024", *scope)[2]
        if changed:
            assert f"Warning: a later text deleted or changed {', '.join(changed)} (" in err
        else:
            assert "Warning" not in err


def test_a_target_without_a_source_is_not_in_scope(aicop: Run, tmp_path: Path) -> None:
    """A row that nothing was found for a target is about no counted item, so a scope leaves its warning out."""
    write(
        tmp_path,
        "aicop.toml",
        '[framework."own@1"]\ntitle = "Ours"\n[mappings."own.csv"]\nauthor = "Us"\ndate = "2026-11-29"\n',
    )
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "mappings").mkdir()
    write(tmp_path / "frameworks", "own@1.csv", "id,kind,amended\nA,control,\nB,control,Deleted in 2027.\n")
    rows = "uk-ai-cop@2025-01:5.1,intersects-with,own@1:A,4,Why.,7\n,nothing-found,own@1:B,0,Why not.,7\n"
    write(tmp_path / "mappings", "own.csv", f"source,relationship,target,strength,rationale,confidence\n{rows}")
    command = ("coverage", "uk-ai-cop", "own", "--library", str(tmp_path))
    assert "Warning: a later text deleted or changed B (1 mapping). See aicop gaps" in aicop(*command)[2]
    assert "Warning" not in aicop(*command, "--in", "5.1")[2]
