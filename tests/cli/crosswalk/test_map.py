"""The command `map`."""

from __future__ import annotations

import json

import pytest

from tests.cli.examples import DATA, SAYS, bare, mapped, printed
from tests.cli.runner import Run, records


def test_an_item_is_mapped_to_every_framework(aicop: Run) -> None:
    """All rows of all sets that start at an item are shown as they were made."""
    names = [path.name.removesuffix(".tsv") for path in (DATA / "mappings").glob("uk-ai-cop*.tsv")]
    made = {
        (row["target"], SAYS.get(row["relationship"], row["relationship"]), int(row["strength"]), row["rationale"])
        for name in names
        for row in mapped(name)
        if row["source"] == "uk-ai-cop@2025-01:5.1"
    }
    assert len(made) == 19
    rows = records(aicop, "map", "uk-ai-cop:5.1")
    ours = {
        (row["target"], row["relationship"], row["strength"], row["rationale"])
        for row in rows
        if row["basis"] == "editorial" and not row["target"].startswith("etsi")
    }
    assert ours == made
    # The rest comes from the editions: lineage first, then citations.
    others = [(row["relationship"], row["target"]) for row in rows if row["target"] not in {item[0] for item in ours}]
    assert others[:2] == [
        ("is named together with", "etsi-ts-104-223@1.1.1:5.2.1-1"),
        ("equal-to", "etsi-en-304-223@2.1.1:5.2.1-1"),
    ]
    assert {says for says, _ in others[2:]} == {"cites"}


def test_an_item_is_mapped_to_one_framework(aicop: Run) -> None:
    """A bare number is resolved with `--edition`, and the framework may be given by its name."""
    expected = ["A.4.2", "A.4.3", "A.4.4", "A.4.5"]
    for command in (
        ("map", "uk-ai-cop:5.1", "--to", "iso-iec-42001"),
        ("map", "5.1", "--edition", "uk-ai-cop", "--to", "ISO 42001"),
    ):
        rows = aicop.rows(*command)
        assert [bare(row["target"]) for row in rows] == expected
        assert {row["source"] for row in rows} == {"uk-ai-cop@2025-01:5.1"}


def test_mappings_of_statements_are_shown_with_their_provision(aicop: Run) -> None:
    """The rows of the statements of 8.1 are shown for 8.1, and those of each statement for the statement itself."""
    to = ("--to", "iso-iec-42001")
    first, second = [("8.1#1", "A.6.2.3", "5"), ("8.1#1", "A.6.2.6", "3")], [("8.1#2", "A.6.2.7", "6")]
    for key, expected in (
        ("uk-ai-cop:8.1", [*first, *second]),
        ("uk-ai-cop:8.1#1", first),
        ("uk-ai-cop:8.1#2", second),
    ):
        found = [(bare(row["source"]), bare(row["target"]), row["strength"]) for row in aicop.rows("map", key, *to)]
        assert found == expected


@pytest.mark.parametrize("more", [(), ("--to", "uk-ai-cop")], ids=["everywhere", "to the Code"])
def test_the_reverse_look_up_keeps_what_was_judged(aicop: Run, more: tuple[str, ...]) -> None:
    """From another framework's control, the figures of the two directions swap."""
    columns = ("strength", "remainder", "reverse_strength", "reverse_remainder")
    made = [
        (row["source"], *(row[name] for name in columns))
        for row in mapped("uk-ai-cop@2025-01--mitre-atlas@2026.07")
        if row["target"] == "mitre-atlas@2026.07:AML.M0005"
    ]
    assert len(made) == 5
    rows = aicop.rows("map", "AML.M0005", *more)
    turned = ("reverse_strength", "reverse_remainder", "strength", "remainder")
    assert [(row["target"], *(row[name] for name in turned)) for row in rows] == made
    assert all(row["strength"] for row in rows)
    assert {row["source"] for row in rows} == {"mitre-atlas@2026.07:AML.M0005"}


@pytest.mark.parametrize("more", [(), ("--to", "mitre-atlas@5.6.1")], ids=["everywhere", "to itself"])
def test_a_set_within_one_edition_is_read_both_ways(aicop: Run, more: tuple[str, ...]) -> None:
    """In ATLAS, a technique finds its mitigations and a mitigation its techniques, of the same release."""
    made = [(row["source"], row["target"]) for row in mapped("mitre-atlas@5.6.1--mitre-atlas@5.6.1")]
    for key, says in (("AML.M0000", "mitigates"), ("AML.T0000", "is mitigated by")):
        wanted = f"mitre-atlas@5.6.1:{key}"
        rows = aicop.rows("map", wanted, *more)
        assert {row["source"] for row in rows} == {wanted}
        assert {row["target"] for row in rows} == {
            one for pair in made if wanted in pair for one in pair if one != wanted
        }
        assert {row["relationship"] for row in rows} == {says}


def test_not_found_rows_name_their_framework(aicop: Run) -> None:
    """Nothing was found for 1.1 in three frameworks, and each of the three rows names its own."""
    pattern = "nothing-found"
    names = sorted(path.name for path in (DATA / "mappings").glob("uk-ai-cop*.tsv"))
    wanted = {
        name.removesuffix(".tsv").partition("--")[2]
        for name in names
        for row in printed(f"mappings/{name}")
        if (row["source"], row["relationship"]) == ("uk-ai-cop@2025-01:1.1", pattern)
    }
    assert wanted == {"owasp-llm-top10@2025", "owasp-llm-top10@2026", "eu-ai-act@2024"}
    lines = [line for line in aicop("map", "uk-ai-cop:1.1", "-f", "csv")[1].splitlines() if SAYS[pattern] in line]
    assert len(lines) == 3
    assert {name for name in wanted for line in lines if name in line} == wanted


def test_an_item_without_mappings_is_reported(aicop: Run) -> None:
    """An item without mappings is an empty answer with exit code 0."""
    code, out, err = aicop("map", "anssi-genai:R1", "--format", "json")
    assert (code, out, err) == (0, "[]\n", "No framework has mappings of anssi-genai@1.0:R1.\n")


def test_an_item_without_mappings_to_one_framework_is_reported(aicop: Run) -> None:
    """GV.OC-01 has no mapping to the SSDF, and the message names both."""
    pairs = {row["source"] for row in mapped("nist-csf@2.0--nist-ssdf@1.1")}
    assert "nist-csf@2.0:GV.OC-01" not in pairs
    code, out, err = aicop("map", "nist-csf:GV.OC-01", "--to", "nist-ssdf@1.1", "-f", "json")
    assert (code, out) == (0, "[]\n")
    assert err == "0 mappings of nist-csf@2.0:GV.OC-01 to nist-ssdf@1.1.\n"


def test_an_item_is_mapped_through_another_edition(aicop: Run) -> None:
    """To a framework that only another edition is mapped to, the way through that edition is taken and named."""
    _, out, err = aicop("map", "etsi-en-304-223:5.2.1-1", "--to", "iso-iec-42001", "--format", "json")
    direct = json.loads(aicop("map", "uk-ai-cop:5.1", "--to", "iso-iec-42001", "--format", "json")[1])
    assert [row["target"] for row in json.loads(out)] == [row["target"] for row in direct]
    assert err.endswith(" of etsi-en-304-223@2.1.1:5.2.1-1 to iso-iec-42001@2023 through uk-ai-cop@2025-01.\n")


def test_all_frameworks_include_those_of_other_editions(aicop: Run) -> None:
    """They are counted, and the edition that their mappings are of is named."""
    _, out, err = aicop("map", "etsi-en-304-223:5.2.1-1", "--format", "json")
    found = {row["target"].partition("@")[0] for row in json.loads(out)}
    assert {"uk-ai-cop", "iso-iec-42001", "eu-ai-act"} <= found
    assert "frameworks, " in err
    assert " of them through uk-ai-cop@2025-01" in err
    assert "through" not in aicop("map", "uk-ai-cop:5.1", "--to", "iso-iec-42001")[2]


def test_a_target_that_the_law_deleted_has_a_warning(aicop: Run) -> None:
    """Each warning is in a column, and the table has it in full below."""
    command = ("map", "uk-ai-cop:5.4", "--to", "eu-ai-act@2024")
    found = {bare(row["target"]): row["warnings"] for row in aicop.rows(*command)}
    notes = {
        f"Art.10(5)({point})": (
            f"eu-ai-act@2024:Art.10(5)({point}): Deleted by Regulation (EU) 2026/1744 since 27 July 2026; "
            f"its content is now in Article 4a(1)({point})."
        )
        for point in "bc"
    }
    assert {target: text for target, text in found.items() if text} == notes
    assert "".join(f"\nWarning: {note}" for note in notes.values()) in aicop(*command)[2]
    assert "Warning" not in aicop("map", "uk-ai-cop:5.1", "--to", "iso-iec-42001")[2]
