"""The commands about frameworks and crosswalks, run as a person or a pipeline runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from aicop.cli.output import OutputFormat
from aicop.mappings import load as load_rows
from aicop.mappings import sets
from tests.test_cli import Run, write

DATA = Path(__file__).parent.parent / "data"
TO_ISO = "uk-ai-cop@2025-01--iso-iec-42001@2023"
TO_ACT = "uk-ai-cop@2025-01--eu-ai-act@2024"
SAYS = {"nothing-found": "nothing found", "related-to": "related, type not stated"}
TURNED = {"subset-of": "superset-of", "superset-of": "subset-of", "mitigates": "is mitigated by"}
COLUMNS = ["source", "says", "target", "target_title", "strength", "remainder", "confidence", "basis", "author"]

Rows = list[dict[str, Any]]


@pytest.fixture
def aicop(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs the command line and gives exit code, output and errors."""
    return Run(capsys)


def records(aicop: Run, *arguments: str) -> Rows:
    """Run a command for JSON and give its rows."""
    code, out, _ = aicop(*arguments, "--format", "json")
    assert code in {0, 1}
    found: Rows = json.loads(out)
    return found


def printed(path: str) -> list[dict[str, str]]:
    """Read a table of the data by its path, with no code of the library."""
    with (DATA / path).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def mapped(name: str) -> list[dict[str, str]]:
    """Read a set of mappings."""
    return printed(f"mappings/{name}.sssom.tsv")


def bare(key: str) -> str:
    """Give an id without its edition."""
    return key.partition(":")[2]


COMMANDS = [
    ("frameworks",),
    ("map", "uk-ai-cop:1.1"),
    ("map", "AML.M0005"),
    ("crosswalk", "nist-csf", "nist-ssdf"),
    ("coverage", "uk-ai-cop", "iso-iec-42001", "--in", "P6"),
    ("gaps", "uk-ai-cop", "iso-iec-42001", "--in", "P6"),
    ("explain", "uk-ai-cop:5.1", "ISO 42001 A.4.2"),
    ("search", "inventory", "--limit", "3"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", list(OutputFormat))
def test_every_command_prints_every_format(aicop: Run, command: tuple[str, ...], form: OutputFormat) -> None:
    """JSON is JSON, CSV and Markdown have a heading and rows of one width, and nothing is coloured when piped."""
    code, out, _ = aicop(*command, "--format", form)
    assert code == 0
    assert out.endswith("\n")
    assert "\x1b" not in out
    if form is OutputFormat.JSON:
        assert json.loads(out)
    if form is OutputFormat.CSV:
        rows = list(csv.reader(io.StringIO(out)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    if form is OutputFormat.MARKDOWN:
        assert {line.count(" | ") for line in out.splitlines()} == {out.splitlines()[0].count(" | ")}
        assert out.splitlines()[1].startswith("| --- |")


def test_a_table_is_shorter_than_the_other_formats(aicop: Run) -> None:
    """Rationales, dates and the title of the source are for the formats that a program reads."""
    pair = ("crosswalk", "uk-ai-cop", "iso-iec-42001")
    heading = aicop(*pair)[1].splitlines()[0]
    assert heading.split("  ")[0].strip() == "source"
    assert [name for name in ("rationale", "date", "suspect", "source title") if name in heading] == []
    first = records(aicop, *pair)[0]
    assert set(COLUMNS) < set(first)
    assert first["rationale"] == mapped(TO_ISO)[0]["comment"]
    assert (first["date"], first["paths"], first["suspect"]) == ("2026-11-22", 1, False)


# Frameworks


def test_frameworks_are_listed_with_what_is_carried(aicop: Run) -> None:
    """Each list that ships is there with its elements counted, those that the publisher withdrew left out."""
    counts = {
        path.stem: sum(not row.get("withdrawn") for row in printed(f"frameworks/{path.name}"))
        for path in (DATA / "frameworks").glob("*.tsv")
    }
    rows = records(aicop, "frameworks")
    assert {row["framework"]: row["elements"] for row in rows} == counts
    [iso] = [row for row in rows if row["framework"] == "iso-iec-42001@2023"]
    assert (iso["status"], iso["published"], iso["ids"]) == ("current", "2023-12", "official")
    assert {row["ids"] for row in rows} == {"official", "ours or others'"}
    assert aicop("frameworks")[1].splitlines()[0].split() == [
        "framework",
        "title",
        "published",
        "status",
        "elements",
    ]


# Map


def test_an_item_is_mapped_to_every_framework(aicop: Run) -> None:
    """The rows of all sets that begin at an item are given as they were made."""
    names = [path.name.removesuffix(".sssom.tsv") for path in (DATA / "mappings").glob("uk-ai-cop*.tsv")]
    made = {
        (row["object_id"], SAYS.get(row["predicate_id"], row["predicate_id"]), int(row["strength"]), row["comment"])
        for name in names
        for row in mapped(name)
        if row["subject_id"] == "uk-ai-cop@2025-01:5.1"
    }
    assert len(made) == 13
    rows = records(aicop, "map", "uk-ai-cop:5.1")
    ours = {
        (row["target"], row["says"], row["strength"], row["rationale"]) for row in rows if row["basis"] == "editorial"
    }
    assert ours == made
    others = [(row["says"], row["target"]) for row in rows if row["basis"] != "editorial"]
    assert others[:2] == [("equal-to", "etsi-ts-104-223@1.1.1:5.2.1-1"), ("equal-to", "etsi-en-304-223@2.1.1:5.2.1-1")]
    assert {says for says, _ in others[2:]} == {"cites"}


def test_an_item_is_mapped_to_one_framework(aicop: Run) -> None:
    """A bare number is looked up where it is said, and the framework may be given by name."""
    expected = ["A.4.2", "A.4.3", "A.4.4", "A.4.5"]
    for command in (
        ("map", "uk-ai-cop:5.1", "--to", "iso-iec-42001"),
        ("map", "5.1", "--edition", "uk-ai-cop", "--to", "ISO 42001"),
    ):
        rows = aicop.rows(*command)
        assert [bare(row["target"]) for row in rows] == expected
        assert {row["source"] for row in rows} == {"uk-ai-cop@2025-01:5.1"}


def test_what_is_said_of_statements_is_shown_with_their_provision(aicop: Run) -> None:
    """The standard is mapped from the first statement of 1.1, which is a row of its own."""
    to = ("--to", "iso-iec-42001")
    expected = [("1.1#1", "7.2", "3"), ("1.1#1", "7.3", "2")]
    for key in ("uk-ai-cop:1.1", "uk-ai-cop:1.1#1"):
        found = [(bare(row["source"]), bare(row["target"]), row["strength"]) for row in aicop.rows("map", key, *to)]
        assert found == expected


@pytest.mark.parametrize("more", [(), ("--to", "uk-ai-cop")], ids=["everywhere", "to the Code"])
def test_the_reverse_look_up_reads_rows_as_they_were_made(aicop: Run, more: tuple[str, ...]) -> None:
    """A control of another framework keeps the strength and remainder that were judged from the Code."""
    made = [
        (row["subject_id"], row["strength"], row["remainder"])
        for row in mapped("uk-ai-cop@2025-01--mitre-atlas@2026.07")
        if row["object_id"] == "mitre-atlas@2026.07:AML.M0005"
    ]
    assert len(made) == 5
    rows = aicop.rows("map", "AML.M0005", *more)
    assert [(row["source"], row["strength"], row["remainder"]) for row in rows] == made
    assert {row["target"] for row in rows} == {"mitre-atlas@2026.07:AML.M0005"}


@pytest.mark.parametrize("more", [(), ("--to", "mitre-atlas@5.6.1")], ids=["everywhere", "to itself"])
def test_a_set_within_one_edition_is_read_both_ways(aicop: Run, more: tuple[str, ...]) -> None:
    """A technique of ATLAS finds the mitigations of the same release, and a mitigation its techniques."""
    made = [(row["subject_id"], row["object_id"]) for row in mapped("mitre-atlas@5.6.1--mitre-atlas@5.6.1")]
    for place, key in enumerate(("mitre-atlas@5.6.1:AML.M0000", "mitre-atlas@5.6.1:AML.T0000")):
        rows = aicop.rows("map", key, *more)
        assert {(row["source"], row["target"]) for row in rows} == {pair for pair in made if pair[place] == key}
        assert {row["says"] for row in rows} == {"mitigates"}


def test_what_was_not_found_says_where(aicop: Run) -> None:
    """For 1.1, three frameworks were gone through in vain, and each of the three rows names its own."""
    pattern = "nothing-found"
    names = sorted(path.name for path in (DATA / "mappings").glob("uk-ai-cop*.tsv"))
    wanted = {
        name.removesuffix(".sssom.tsv").partition("--")[2]
        for name in names
        for row in printed(f"mappings/{name}")
        if (row["subject_id"], row["predicate_id"]) == ("uk-ai-cop@2025-01:1.1", pattern)
    }
    assert wanted == {"owasp-llm-top10@2025", "owasp-llm-top10@2026", "eu-ai-act@2024"}
    lines = [line for line in aicop("map", "uk-ai-cop:1.1", "-f", "csv")[1].splitlines() if SAYS[pattern] in line]
    assert len(lines) == 3
    assert {name for name in wanted for line in lines if name in line} == wanted


def test_an_item_without_mappings_is_told(aicop: Run) -> None:
    """That no mapping ships is an answer and no error."""
    code, out, err = aicop("map", "anssi-genai:R1", "--format", "json")
    assert (code, out, err) == (0, "[]\n", "No mapping of anssi-genai@1.0:R1 ships.\n")


def test_an_item_without_mappings_to_one_framework_is_told(aicop: Run) -> None:
    """GV.OC-01 has mappings, only none to the SSDF, and that is what is said."""
    pairs = {row["subject_id"] for row in mapped("nist-csf@2.0--nist-ssdf@1.1")}
    assert "nist-csf@2.0:GV.OC-01" not in pairs
    code, out, err = aicop("map", "nist-csf:GV.OC-01", "--to", "nist-ssdf@1.1", "-f", "json")
    assert (code, out) == (0, "[]\n")
    assert "nist-csf@2.0:GV.OC-01" in err
    assert "nist-ssdf@1.1" in err


# Crosswalk


def test_a_crosswalk_is_printed_as_it_was_made(aicop: Run) -> None:
    """Every row of the file is there once, with strength, remainder, confidence in tenths and reason."""
    made = {
        (
            row["subject_id"],
            SAYS.get(row["predicate_id"], row["predicate_id"]),
            row["object_id"] or None,
            int(row["strength"]),
            row["remainder"] or None,
            round(10 * float(row["confidence"])),
            row["comment"],
        )
        for row in mapped(TO_ISO)
    }
    fields = ("source", "says", "target", "strength", "remainder", "confidence", "rationale")
    rows = records(aicop, "crosswalk", "uk-ai-cop", "iso-iec-42001")
    assert len(rows) == len(made) == 132
    assert {tuple(row[name] for name in fields) for row in rows} == made
    assert {(row["basis"], row["author"]) for row in rows} == {("editorial", "aicop editors")}


def test_a_crosswalk_is_read_the_other_way_round(aicop: Run) -> None:
    """Subset and superset change places, strength and remainder go, and what was not found is no claim of the other."""
    made = sorted(
        (row["object_id"], TURNED.get(row["predicate_id"], row["predicate_id"]), row["subject_id"])
        for row in mapped(TO_ACT)
        if row["object_id"]
    )
    rows = [row for row in records(aicop, "crosswalk", "eu-ai-act", "uk-ai-cop") if row["author"] == "aicop editors"]
    assert sorted((row["source"], row["says"], row["target"]) for row in rows) == made
    assert {(row["strength"], row["remainder"]) for row in rows} == {(None, None)}


def test_a_mitigated_risk_is_read_from_the_risk(aicop: Run) -> None:
    """From a list of risks to the Code, the word is that they are mitigated."""
    found = records(aicop, "crosswalk", "owasp-agentic-top10", "uk-ai-cop")
    made = [row for row in mapped("uk-ai-cop@2025-01--owasp-agentic-top10@2026") if row["object_id"]]
    assert {row["predicate_id"] for row in made} == {"mitigates"}
    assert len(found) == len(made)
    assert {row["says"] for row in found} == {"is mitigated by"}


def test_a_chain_of_untyped_pairs_proves_nothing(aicop: Run) -> None:
    """The pairs are those of a join of the two files, and of none of them anything is said to be known."""
    second: dict[str, set[str]] = {}
    for row in mapped("nist-sp-800-53@5.2.0--iso-iec-27001@2022"):
        second.setdefault(row["subject_id"], set()).add(row["object_id"])
    joined = {
        (row["subject_id"], last)
        for row in mapped("nist-csf@2.0--nist-sp-800-53@5.2.0")
        for last in second.get(row["object_id"], ())
    }
    command = ("crosswalk", "nist-csf", "iso-iec-27001", "--via", "nist-sp-800-53")
    code, out, err = aicop(*command, "--format", "json")
    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert {(row["source"], row["target"]) for row in rows} == joined
    assert len(rows) == len(joined) == 722
    assert {row["says"] for row in rows} == {"nothing is known"}
    assert aicop(*command)[2] == "722 pairs are joined by some path; of 722 nothing follows.\n"


def test_more_follows_where_relations_are_stated(aicop: Run) -> None:
    """What equals a provision of the Code stands to a third as the provision does, as surely as the weaker row."""
    rows = aicop.rows("crosswalk", "etsi-en-304-223", "iso-iec-42001", "--via", "uk-ai-cop")
    found = {bare(row["target"]): row for row in rows if row["source"] == "etsi-en-304-223@2.1.1:5.2.1-1"}
    assert sorted(found) == ["A.4.2", "A.4.3", "A.4.4", "A.4.5"]
    row = found["A.4.2"]
    assert (row["says"], row["confidence"], row["strength"], row["paths"]) == ("intersects-with", "6", "6", "1")
    assert row["basis"] == "published; editorial"


def test_several_stops_are_gone_through_in_order(aicop: Run) -> None:
    """The early list of risks is reached from the standard through the Code and the later list."""
    rows = aicop.rows(
        *("crosswalk", "etsi-en-304-223", "owasp-llm-top10@2025"),
        *("--via", "uk-ai-cop", "--via", "owasp-llm-top10@2026"),
    )
    # A control that mitigates a risk is not known to mitigate one that only corresponds to it.
    assert [row for row in rows if row["says"] == "mitigates"] == []


FILTERS = [
    (("uk-ai-cop", "cited-documents", "--basis", "published"), 83),
    (("uk-ai-cop", "cited-documents", "--basis", "guide"), 263),
    (("uk-ai-cop", "cited-documents", "--basis", "guide", "--basis", "published"), 346),
    (("uk-ai-cop", "cited-documents", "--basis", "Guide", "--relation", "cites"), 263),
    (("uk-ai-cop", "uk-ai-cop", "--via", "etsi-en-304-223", "--author", "nobody"), 0),
    (("uk-ai-cop", "iso-iec-42001", "--author", "aicop editors"), 132),
    (("uk-ai-cop", "iso-iec-42001", "--author", "NIST", "--author", "aicop editors"), 132),
    (("uk-ai-cop", "iso-iec-42001", "--author", "NIST"), 0),
    (("nist-sp-800-53", "iso-iec-27001", "--since", "2023-10-12"), 439),
    (("nist-sp-800-53", "iso-iec-27001", "--since", "2023-10"), 439),
    (("nist-sp-800-53", "iso-iec-27001", "--since", "2023-10-13"), 0),
]


@pytest.mark.parametrize(("arguments", "count"), FILTERS, ids=[" ".join(row[0]) for row in FILTERS])
def test_rows_are_kept_by_who_made_them_how_and_when(aicop: Run, arguments: tuple[str, ...], count: int) -> None:
    """An option that is repeated widens the choice, and several options narrow it."""
    code, out, err = aicop("crosswalk", *arguments, "--format", "json")
    assert (code, len(json.loads(out))) == (0, count)
    assert err == ("" if count else "No mapping is left.\n")


def test_rows_are_kept_by_what_they_say_and_how_surely(aicop: Run) -> None:
    """The relation is that of the rows as they were made, and a confidence is the least."""
    made = mapped(TO_ISO)
    pair = ("crosswalk", "uk-ai-cop", "iso-iec-42001")
    for word in ("intersects-with", "no-relationship", "nothing-found"):
        count = sum(row["predicate_id"] == word for row in made)
        assert count
        assert len(aicop.rows(*pair, "--relation", word)) == count
    for least in (0, 4, 7, 10):
        sure = [row for row in made if round(10 * float(row["confidence"])) >= least]
        assert len(aicop.rows(*pair, "--confidence", str(least))) == len(sure)


def test_claims_are_lifted_to_a_level(aicop: Run) -> None:
    """Principle 5 shares something with A.4.2 and asks more, as 5.1 does; how much more is not known."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "iso-iec-42001", "--level", "principle")
    found = {(bare(row["source"]), bare(row["target"])): row for row in rows}
    row = found["P5", "A.4.2"]
    assert (row["says"], row["strength"], row["confidence"]) == ("superset-of or intersects-with", "", "6")
    assert row["rationale"].startswith("uk-ai-cop@2025-01:5.1 is a part of uk-ai-cop@2025-01:P5. | ")


def test_at_a_level_is_nothing_of_another(aicop: Run) -> None:
    """Rows that say of a provision that nothing was found are no rows of a principle."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "iso-iec-42001", "--level", "principle")
    assert [row["source"] for row in rows if not bare(row["source"]).startswith("P")] == []


# Coverage and gaps


def classes(aicop: Run, *arguments: str) -> dict[str, list[str]]:
    """Give the ids of each class, for which the counts agree with the ids."""
    rows = records(aicop, "coverage", *arguments)
    assert [row["count"] for row in rows] == [len(row["ids"]) for row in rows]
    assert [row["class"] for row in rows] == [
        "covered",
        "partly covered",
        "open",
        "looked at, not covered",
        "never looked at",
    ]
    return {row["class"]: row["ids"] for row in rows}


def counted(found: dict[str, list[str]]) -> set[str]:
    """Give all ids of all classes, each of which is in one."""
    ids = [one for part in found.values() for one in part]
    assert len(ids) == len(set(ids))
    return set(ids)


def test_coverage_has_five_numbers_over_a_denominator(aicop: Run) -> None:
    """A provision that shares something itself or by a statement is partly covered, and the others were looked at."""
    made = [row for row in mapped(TO_ISO) if row["predicate_id"] == "intersects-with"]
    assert {row["predicate_id"] for row in mapped(TO_ISO)} == {"intersects-with", "no-relationship", "nothing-found"}
    shared = {bare(row["subject_id"]).partition("#")[0] for row in made}
    found = classes(aicop, "uk-ai-cop", "iso-iec-42001")
    assert set(found["partly covered"]) == shared
    assert len(found["looked at, not covered"]) == 72 - len(shared)
    assert (found["covered"], found["open"], found["never looked at"]) == ([], [], [])
    assert aicop("coverage", "uk-ai-cop", "iso-iec-42001")[2] == (
        "Counted: 72 provisions and sub-provisions of uk-ai-cop@2025-01, by iso-iec-42001@2023.\n"
    )


def test_what_only_mitigates_never_covers(aicop: Run) -> None:
    """By a list of risks, a provision is at best partly covered."""
    made = mapped("uk-ai-cop@2025-01--owasp-agentic-top10@2026")
    found = classes(aicop, "uk-ai-cop", "owasp-agentic-top10")
    assert found["covered"] == []
    assert set(found["partly covered"]) == {
        bare(row["subject_id"]).partition("#")[0] for row in made if row["predicate_id"] == "mitigates"
    }


def test_a_provision_that_was_taken_over_is_covered(aicop: Run) -> None:
    """Of the 72 provisions of the Code, all but those whose substance changed are covered by the standard."""
    same = {"identical", "spelling", "footnote", "wording", "strength"}
    changed = [
        row["old"]
        for row in printed("lineage/uk-ai-cop@2025-01--etsi-en-304-223@2.1.1.tsv")
        if not set(row["changes"].split("; ")) <= same
    ]
    assert changed == ["2.7", "5.4", "5.4.1"]
    found = classes(aicop, "uk-ai-cop", "etsi-en-304-223")
    assert found["partly covered"] == changed
    assert len(found["covered"]) == 72 - len(changed)


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
def test_the_scope_is_chosen(aicop: Run, options: tuple[str, ...], expected: set[str]) -> None:
    """Only what all options keep is counted, and the denominator says that it is a scope."""
    command = ("uk-ai-cop", "iso-iec-42001", *options)
    assert counted(classes(aicop, *command)) == expected
    err = aicop("coverage", *command)[2]
    assert err.startswith(f"Counted: {len(expected)} ")
    assert " of uk-ai-cop@2025-01 in scope, by iso-iec-42001@2023.\n" in err


BELOW = [
    ("P5", {"5.1", "5.2", "5.3", "5.3.1", "5.4", "5.4.1", "5.4.2"}),
    ("5.4", {"5.4", "5.4.1", "5.4.2"}),
    ("secure-maintenance", {"11.1", "11.1.1", "11.2", "11.3", "12.1", "12.2", "12.3", "12.4"}),
]


@pytest.mark.parametrize(("key", "expected"), BELOW, ids=[row[0] for row in BELOW])
def test_in_takes_what_stands_under_an_item(aicop: Run, key: str, expected: set[str]) -> None:
    """Sub-provisions stand under their provision and under its principle and phase."""
    assert counted(classes(aicop, "uk-ai-cop", "iso-iec-42001", "--in", key)) == expected


def test_only_the_statements_that_bind_a_role_are_counted(aicop: Run) -> None:
    """One statement binds the End-user, that of 5.4; those of 5.4.1 and 5.4.2 bind others."""
    found = classes(aicop, "uk-ai-cop", "iso-iec-42001", "--role", "end-user", "--of", "statement")
    assert counted(found) == {"5.4#1"}
    found = classes(aicop, "uk-ai-cop", "iso-iec-42001", "--modality", "may", "--of", "statement")
    assert counted(found) == {"8.3#2"}


def test_of_other_frameworks_that_is_counted_under_which_nothing_stands(aicop: Run) -> None:
    """ISO/IEC 42001 has 32 clauses without subclauses and 38 controls; a clause of subclauses is not counted too."""
    items = printed("frameworks/iso-iec-42001@2023.tsv")
    above = {row["parent"] for row in items}
    lowest = {row["id"] for row in items if row["id"] not in above}
    assert len(lowest) == 70
    assert counted(classes(aicop, "iso-iec-42001", "uk-ai-cop")) == lowest


def test_gaps_say_what_is_left_open(aicop: Run) -> None:
    """The End-user's one provision shares something with the AI Act, at best 3 of 10, and each row says what is left."""
    made = [row for row in mapped(TO_ACT) if row["subject_id"] == "uk-ai-cop@2025-01:5.4"]
    [row] = records(aicop, "gaps", "uk-ai-cop", "eu-ai-act", "--role", "end-user")
    left = row.pop("left_open")
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
    assert "all is covered" not in err


# Explain


def test_a_pair_is_explained_in_words(aicop: Run) -> None:
    """What is said, in plain words, how much, what is left open, and the row with its reason and maker."""
    [row] = [
        one
        for one in mapped(TO_ISO)
        if (one["subject_id"], bare(one["object_id"])) == ("uk-ai-cop@2025-01:5.1", "A.4.2")
    ]
    code, out, err = aicop("explain", "uk-ai-cop:5.1", "ISO 42001 A.4.2")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "uk-ai-cop@2025-01:5.1 (Maintain an inventory of assets and their interdependencies) to "
        "iso-iec-42001@2023:A.4.2 (Resource documentation): intersects-with.",
        "  In plain words: they ask something in common, and each asks something that the other does not.",
        f"  Strength: {row['strength']} of 10.",
        f"  Left open: {row['remainder']}.",
        f"  - uk-ai-cop@2025-01:5.1 intersects-with iso-iec-42001@2023:A.4.2: {row['comment']} "
        "(editorial, aicop editors, 2026-11-22, confidence 6 of 10)",
    ]


def test_a_pair_is_explained_from_either_end(aicop: Run) -> None:
    """From the target, the strength of the source is not given."""
    _, out, _ = aicop("explain", "ISO 42001 A.4.2", "uk-ai-cop:5.1")
    assert out.startswith("iso-iec-42001@2023:A.4.2 (Resource documentation) to uk-ai-cop@2025-01:5.1 ")
    assert "Strength" not in out
    assert "Left open" not in out


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        (("uk-ai-cop:5.1", "iso-iec-42001:A.4.2"), "intersects-with"),
        (("uk-ai-cop:P5", "iso-iec-42001:A.4.2"), "superset-of or intersects-with"),
        (("uk-ai-cop:1.1", "eu-ai-act:Art.9(5)(c)"), "no-relationship"),
        (("uk-ai-cop:2.6", "owasp-agentic-top10:ASI01"), "mitigates"),
        (("owasp-agentic-top10:ASI01", "uk-ai-cop:2.6"), "is mitigated by"),
        (("nist-csf:GV.OC-02", "ISO 27001 A.5.20", "--via", "nist-sp-800-53"), "nothing is known"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_pair_is_a_row_for_programs(aicop: Run, ends: tuple[str, ...], says: str) -> None:
    """The rows of the other formats say the same as the text, for parts and wholes and through others too."""
    [row] = records(aicop, "explain", *ends)
    assert row["says"] == says
    assert [one["says"] for one in aicop.rows("explain", *ends)] == [says]
    assert f": {says}.\n" in aicop("explain", *ends)[1]


def test_what_nothing_joins_is_told(aicop: Run) -> None:
    """As text in a sentence, and as JSON by an empty list."""
    ends = ("explain", "uk-ai-cop:5.1", "ISO 42001 A.10.2")
    said = "No mapping joins uk-ai-cop@2025-01:5.1 and iso-iec-42001@2023:A.10.2.\n"
    assert aicop(*ends) == (0, said, "")
    assert aicop(*ends, "--format", "json")[:2] == (0, "[]\n")


def test_that_nothing_was_found_is_explained_in_every_format(aicop: Run) -> None:
    """For 1.1 the whole Act was gone through, and the reason is given whatever the format."""
    [row] = [
        one
        for one in mapped(TO_ACT)
        if (one["subject_id"], one["predicate_id"]) == ("uk-ai-cop@2025-01:1.1", "nothing-found")
    ]
    for form in OutputFormat:
        code, out, _ = aicop("explain", "uk-ai-cop:1.1", "eu-ai-act:Art.11(1)", "--format", form)
        assert code == 0
        assert "nothing found" in out
        assert row["comment"].partition(" (")[0] in out


# Consistency


def test_what_ships_is_consistent(aicop: Run) -> None:
    """All rows of all sets are counted, and none contradicts the others."""
    files = sum(len(printed(f"mappings/{path.name}")) for path in (DATA / "mappings").glob("*.tsv"))
    held = sum(len(load_rows(item.name)) for item in sets() if not (DATA / f"mappings/{item.name}.sssom.tsv").exists())
    assert aicop("consistency", "--format", "json") == (0, "[]\n", f"{files + held} mappings, 0 contradictions.\n")


HEADER = "subject_id\tpredicate_id\tobject_id\tconfidence\tcomment\tauthor_label\tmapping_date\tstrength\tremainder\n"


def row(source: str, predicate: str, target: str = "", *more: str, who: str = "Us") -> str:
    """Write a row of a mapping file; *more* are strength and remainder."""
    strength, remainder = (*more, "", "")[:2]
    cells = (source, predicate, target, "0.7", f"Why {source}.", who, "2026-11-20", strength, remainder)
    return "\t".join(cells) + "\n"


def mappings(folder: Path, *rows: str, name: str = "own.tsv") -> tuple[str, str]:
    """Write a mapping file and give the option that joins it."""
    return "--with", write(folder, name, HEADER + "".join(rows))


@pytest.mark.parametrize(
    ("own", "reason", "parts"),
    [
        (("uk-ai-cop:5.1", "no-relationship", "iso-iec-42001:A.4.2"), "share nothing by one row", []),
        (
            ("uk-ai-cop:P5", "no-relationship", "iso-iec-42001:A.4.2"),
            "share nothing by one row",
            ["uk-ai-cop@2025-01:5.1 in uk-ai-cop@2025-01:P5"],
        ),
        (("uk-ai-cop:5.1", "subset-of", "iso-iec-42001:A.4.2"), "asks something that", []),
        (("iso-iec-42001:A.4.2", "subset-of", "uk-ai-cop:5.1"), "asks something that", []),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_own_rows_that_contradict_what_ships_are_found(
    aicop: Run, tmp_path: Path, own: tuple[str, str, str], reason: str, parts: list[str]
) -> None:
    """Exit code 1, and the two rows that cannot both be true, with the part and its whole that lead from one to one."""
    option = mappings(tmp_path, row(*own))
    code, out, err = aicop("consistency", *option, "--format", "json")
    [found] = json.loads(out)
    assert code == 1
    assert err.endswith(" mappings, 1 contradiction.\n")
    assert reason in found["reason"]
    assert found["parts"] == parts
    assert sorted(found["rows"]) == sorted(
        [
            "uk-ai-cop@2025-01:5.1 intersects-with iso-iec-42001@2023:A.4.2 (aicop editors)",
            " ".join((*(one.replace("cop:", "cop@2025-01:").replace("42001:", "42001@2023:") for one in own), "(Us)")),
        ]
    )
    assert aicop("consistency", *option)[0] == 1


# Search


def test_elements_are_found_by_their_words(aicop: Run) -> None:
    """The inventory of assets is found in the Code and in ISO/IEC 27001, the best first and no more than asked."""
    rows = aicop.rows("search", "inventory", "of", "assets", "--limit", "4")
    assert [row["key"] for row in rows] == [
        "uk-ai-cop@2025-01:5.1",
        "etsi-ts-104-223@1.1.1:5.2.1-1",
        "etsi-en-304-223@2.1.1:5.2.1-1",
        "iso-iec-27001@2022:A.5.9",
    ]
    assert rows[0] == {
        "key": "uk-ai-cop@2025-01:5.1",
        "kind": "provision",
        "title": "Maintain an inventory of assets and their interdependencies",
        "matched": "inventory; assets",
        "near": "",
    }


def test_elements_without_a_title_are_shown_by_our_words(aicop: Run) -> None:
    """A statement has no title, and is shown by what it says."""
    rows = {row["key"]: row for row in aicop.rows("search", "connectivity inventory", "--in", "uk-ai-cop")}
    found = rows["uk-ai-cop@2025-01:5.1#1"]
    assert (found["kind"], found["matched"]) == ("statement", "connectivity; inventory")
    assert "shall maintain a full inventory of their assets" in found["title"]


def test_misspelt_words_are_near_others(aicop: Run) -> None:
    """A word that nobody uses stands for those near it, which are named; the frameworks are those chosen."""
    rows = aicop.rows("search", "asset inventroy", "--in", "uk-ai-cop", "--in", "iso-iec-27001")
    assert {row["key"].partition(":")[0] for row in rows} == {"uk-ai-cop@2025-01", "iso-iec-27001@2022"}
    assert (rows[0]["key"], rows[0]["near"]) == ("uk-ai-cop@2025-01:5.1", "inventory")


def test_that_nothing_is_found_is_told(aicop: Run) -> None:
    """An empty answer is no error."""
    assert aicop("search", "zzzzqqq", "--format", "json") == (0, "[]\n", "Nothing is found.\n")


# What a user brings

OWN = {
    "framework": "own-controls",
    "edition": "2026",
    "title": "Our controls",
    "publisher": "Us",
    "controls": [
        {"id": "AC", "kind": "family", "title": "Access"},
        {"id": "AC-1", "kind": "control", "parent": "AC", "title": "Accounts are named"},
        {"id": "AC-2", "kind": "control", "parent": "AC", "title": "Rights are reviewed"},
        {"id": "LG-1", "kind": "control", "title": "Logs are kept"},
    ],
}
ACCESS = "Evaluate access control and choose measures to secure AI assets"
TO_CODE = (
    row("own-controls:AC-1", "subset-of", "uk-ai-cop:6.1", "10"),
    row("own-controls:AC-2", "intersects-with", "uk-ai-cop:6.1", "4", "reviews"),
    row("own-controls:LG-1", "nothing-found"),
)
FROM_CODE = (
    row("uk-ai-cop:6.1", "superset-of", "own-controls:AC-1", "5", "all but names", who="Them"),
    row("uk-ai-cop:6.2", "intersects-with", "own-controls:LG-1", "3", "limits", who="Them"),
)


def framework(folder: Path, name: str = "own.json") -> tuple[str, str]:
    """Write an own framework and give the option that brings it."""
    return "--framework", write(folder, name, json.dumps(OWN))


@pytest.fixture
def ours(tmp_path: Path) -> tuple[str, ...]:
    """Give the options that bring an own framework and its mappings to the Code."""
    return (*framework(tmp_path), *mappings(tmp_path, *TO_CODE))


@pytest.fixture
def both(tmp_path: Path, ours: tuple[str, ...]) -> tuple[str, ...]:
    """Give the same with mappings that another made in the other direction."""
    return (*ours, *mappings(tmp_path, *FROM_CODE, name="back.tsv"))


@pytest.mark.parametrize("name", ["own-controls", "own-controls@2026"])
def test_an_own_framework_is_named_with_or_without_its_edition(aicop: Run, ours: tuple[str, ...], name: str) -> None:
    """Its rows are on the basis "own" where the file does not say on which."""
    rows = records(aicop, "crosswalk", name, "uk-ai-cop", *ours)
    assert [(row["source"], row["says"], row["target"], row["strength"], row["remainder"]) for row in rows] == [
        ("own-controls@2026:AC-1", "subset-of", "uk-ai-cop@2025-01:6.1", 10, None),
        ("own-controls@2026:AC-2", "intersects-with", "uk-ai-cop@2025-01:6.1", 4, "reviews"),
        ("own-controls@2026:LG-1", "nothing found", None, None, None),
    ]
    assert {(row["basis"], row["author"], row["confidence"], row["date"]) for row in rows} == {
        ("own", "Us", 7, "2026-11-20")
    }
    assert (rows[0]["source_title"], rows[0]["target_title"]) == ("Accounts are named", ACCESS)


def test_own_mappings_are_read_in_both_directions(aicop: Run, both: tuple[str, ...]) -> None:
    """From the Code, its maker's strength stays, and the rows of the other direction are turned round."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "own-controls", *both)
    assert [
        (bare(row["source"]), row["says"], bare(row["target"]), row["strength"], row["author"]) for row in rows
    ] == [
        ("6.1", "superset-of", "AC-1", "5", "Them"),
        ("6.1", "superset-of", "AC-1", "", "Us"),
        ("6.1", "intersects-with", "AC-2", "", "Us"),
        ("6.2", "intersects-with", "LG-1", "3", "Them"),
    ]


def test_what_several_makers_say_is_joined(aicop: Run, both: tuple[str, ...]) -> None:
    """A pair is one row when merged, with all its makers and reasons."""
    rows = records(aicop, "crosswalk", "uk-ai-cop", "own-controls", *both, "--merged")
    assert [(bare(row["source"]), row["says"], bare(row["target"]), row["paths"]) for row in rows] == [
        ("6.1", "superset-of", "AC-1", 2),
        ("6.1", "intersects-with", "AC-2", 1),
        ("6.2", "intersects-with", "LG-1", 1),
    ]
    assert set(rows[0]["author"].split("; ")) == {"Us", "Them"}
    assert set(rows[0]["rationale"].split(" | ")) == {"Why own-controls:AC-1.", "Why uk-ai-cop:6.1."}


def test_own_mappings_stand_beside_what_ships(aicop: Run, tmp_path: Path) -> None:
    """A row that contradicts ours stays a claim of its own, and merged the two are a contradiction."""
    own = mappings(tmp_path, row("uk-ai-cop:5.1", "no-relationship", "iso-iec-42001:A.4.2", "0"))
    pair = ("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    for command, expected in (
        (pair, {"no-relationship", "intersects-with"}),
        ((*pair, "--merged"), {"contradiction"}),
        ((*pair, "--basis", "own"), {"no-relationship"}),
    ):
        rows = [row for row in aicop.rows(*command) if (bare(row["source"]), bare(row["target"])) == ("5.1", "A.4.2")]
        assert {row["says"] for row in rows} == expected
        assert len(rows) == len(expected)
    assert len(aicop.rows(*pair)) == 133


def test_own_mappings_may_be_csv_and_join_a_pair_for_which_none_ships(aicop: Run, tmp_path: Path) -> None:
    """Between two frameworks that ship, own rows are all there is."""
    content = HEADER + row("anssi-genai:R1", "intersects-with", "uk-ai-cop:2.1", "3", "the rest")
    file = write(tmp_path, "own.csv", content.replace("\t", ","))
    for ends in (("anssi-genai", "uk-ai-cop"), ("uk-ai-cop", "anssi-genai")):
        [found] = aicop.rows("crosswalk", *ends, "--with", file)
        assert found["says"] == "intersects-with"
        assert {bare(found["source"]), bare(found["target"])} == {"R1", "2.1"}


VIA = [
    ("own-controls:AC-1", "own-controls", "iso-iec-42001", "AC-1", "A.4.2"),
    ("own-controls:AC-1", "iso-iec-42001", "own-controls", "A.4.2", "AC-1"),
    ("nist-csf:ID.AM-01", "nist-csf", "iso-iec-42001", "ID.AM-01", "A.4.2"),
]


@pytest.mark.parametrize(("own", "source", "target", "one", "other"), VIA, ids=[" to ".join(row[1:3]) for row in VIA])
def test_own_mappings_lead_on_through_what_ships(  # noqa: PLR0913, PLR0917 -- a column of the table each
    aicop: Run, tmp_path: Path, own: str, source: str, target: str, one: str, other: str
) -> None:
    """What equals 5.1 stands to A.4.2 as 5.1 does, in either direction, as surely as the weaker of the two rows."""
    options = (*framework(tmp_path), *mappings(tmp_path, row(own, "equal-to", "uk-ai-cop:5.1", "10")))
    rows = aicop.rows("crosswalk", source, target, "--via", "uk-ai-cop", *options)
    [found] = [row for row in rows if (bare(row["source"]), bare(row["target"])) == (one, other)]
    assert (found["says"], found["confidence"]) == ("intersects-with", "6")
    assert set(found["author"].split("; ")) == {"Us", "aicop editors"}


def test_that_nothing_was_found_is_said_of_one_target(aicop: Run, tmp_path: Path, ours: tuple[str, ...]) -> None:
    """Who went through the Code in vain, as the other rows of the file say, has said nothing of another framework."""
    code, out, err = aicop("coverage", "own-controls", "anssi-genai", *ours)
    assert (code, out) == (2, "")
    assert err == (
        "Rows given between other frameworks, and not used: 3.\n"
        "aicop: no mappings from own-controls@2026 to anssi-genai@1.0\n"
    )
    own = mappings(
        tmp_path,
        row("uk-ai-cop:6.1", "nothing-found"),
        row("uk-ai-cop:5.1", "intersects-with", "own-controls:LG-1", "3"),
        name="nothing.tsv",
    )
    command = ("crosswalk", "uk-ai-cop", "eu-ai-act", "--basis", "own", *framework(tmp_path), *own)
    assert records(aicop, *command) == []


def test_own_frameworks_are_covered_and_have_gaps(aicop: Run, ours: tuple[str, ...]) -> None:
    """A control that lies in a provision is covered, one that shares something partly, one for which was looked not."""
    pair = ("own-controls", "uk-ai-cop", *ours)
    expected = {
        "covered": ["AC-1"],
        "partly covered": ["AC-2"],
        "open": [],
        "looked at, not covered": ["LG-1"],
        "never looked at": [],
    }
    assert classes(aicop, *pair) == expected
    assert aicop("coverage", *pair)[2] == "Counted: 3 controls of own-controls@2026, by uk-ai-cop@2025-01.\n"
    assert counted(classes(aicop, *pair, "--in", "AC")) == {"AC-1", "AC-2"}
    assert classes(aicop, *pair, "--of", "family")["partly covered"] == ["AC"]
    rows = records(aicop, "gaps", *pair)
    assert [(bare(row["item"]), row["title"], row["class"], row["strength"]) for row in rows] == [
        ("AC-2", "Rights are reviewed", "partly covered", 4),
        ("LG-1", "Logs are kept", "looked at, not covered", None),
    ]
    assert [len(row["left_open"]) for row in rows] == [1, 0]
    assert rows[0]["left_open"][0].endswith(": reviews")


def test_where_all_is_covered_there_is_no_gap(aicop: Run, ours: tuple[str, ...]) -> None:
    """AC-1 lies in 6.1, and nothing else is asked for."""
    code, out, err = aicop("gaps", "own-controls", "uk-ai-cop", *ours, "--in", "AC-1", "--format", "json")
    assert (code, out, err) == (0, "[]\n", "No gap: all is covered.\n")


def test_the_code_is_covered_by_an_own_framework(aicop: Run, both: tuple[str, ...]) -> None:
    """Of the provisions of principle 6, two share something with own controls, and of four nothing was said."""
    found = classes(aicop, "uk-ai-cop", "own-controls", *both, "--in", "P6")
    assert found["partly covered"] == ["6.1", "6.2"]
    assert found["never looked at"] == ["6.3", "6.4", "6.5", "6.6"]
    found = classes(aicop, "uk-ai-cop", "own-controls", *both, "--role", "developer", "--in", "6.1")
    assert found["partly covered"] == ["6.1"]


def test_own_frameworks_are_checked_for_contradictions(aicop: Run, tmp_path: Path) -> None:
    """Access shares nothing with 6.1, its part AC-1 lies in 6.1: one cannot be."""
    own = mappings(
        tmp_path,
        row("own-controls:AC", "no-relationship", "uk-ai-cop:6.1"),
        row("own-controls:AC-1", "subset-of", "uk-ai-cop:6.1"),
    )
    code, out, err = aicop("consistency", *framework(tmp_path), *own, "--format", "json")
    [found] = json.loads(out)
    assert code == 1
    assert err.endswith(" mappings, 1 contradiction.\n")
    assert found["parts"] == ["own-controls@2026:AC-1 in own-controls@2026:AC"]
    assert sorted(found["rows"]) == [
        "own-controls@2026:AC no-relationship uk-ai-cop@2025-01:6.1 (Us)",
        "own-controls@2026:AC-1 subset-of uk-ai-cop@2025-01:6.1 (Us)",
    ]


def test_own_frameworks_that_agree_are_consistent(aicop: Run, both: tuple[str, ...]) -> None:
    """Exit code 0, and five mappings more than ship."""
    total = int(aicop("consistency", "-f", "json")[2].split()[0])
    assert aicop("consistency", *both, "-f", "json") == (0, "[]\n", f"{total + 5} mappings, 0 contradictions.\n")


# Mistakes

NO_WAY = "no mappings from uk-ai-cop@2025-01 to nist-csf@2.0\n"
WAYS = (
    "no mappings from etsi-en-304-223@2.1.1 to nist-ai-rmf@1.0; there are ways through others, to be named as via: "
    "etsi-en-304-223@2.1.1 -> uk-ai-cop@2025-01 -> nist-ai-rmf@1.0; "
)
KINDS = "phase, principle, provision, sub-provision, statement, role"
MISTAKES = [
    (("map", "uk-ai-cop:99"), "'uk-ai-cop:99': 99 is not a provision of uk-ai-cop@2025-01"),
    (("map", "5.1"), "'5.1': no document is named"),
    (("map", "uk-ai-cop:5.1", "--to", "xyz"), "no edition 'xyz'; known: uk-ai-cop@2025-01, "),
    (("map", "5.1", "--edition", "xyz"), "no edition 'xyz'; known: uk-ai-cop@2025-01, "),
    (("map", "uk-ai-cop:5.1", "--to", "nist-csf"), NO_WAY),
    (("crosswalk", "uk-ai-cop", "nist-csf"), NO_WAY),
    (("crosswalk", "etsi-en-304-223", "nist-ai-rmf"), WAYS),
    (("coverage", "uk-ai-cop", "nist-csf"), NO_WAY),
    (("gaps", "uk-ai-cop", "nist-csf"), NO_WAY),
    (("explain", "uk-ai-cop:5.1", "nist-csf:GV.OC-01"), NO_WAY),
    (("crosswalk", "uk-ai-cop", "anssi-genai"), "no mappings from uk-ai-cop@2025-01 to anssi-genai@1.0\n"),
    (
        ("crosswalk", "iso-iec-42001", "eu-ai-act", "--via", "nist-csf"),
        "no mappings from iso-iec-42001@2023 to nist-csf@2.0",
    ),
    (("crosswalk", "xyz", "uk-ai-cop"), "no edition 'xyz'; known: uk-ai-cop@2025-01, "),
    (("crosswalk", "uk-ai-cop", "xyz"), "no edition 'xyz'; known: uk-ai-cop@2025-01, "),
    (("crosswalk", "nist-csf", "uk-ai-cop", "--via", "xyz"), "no edition 'xyz'; known: uk-ai-cop@2025-01, "),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--basis", "hearsay"), "'hearsay' is not a mapping basis; use one of: "),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--relation", "near"), "'near' is not a predicate; use one of: equal-to"),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--since", "nonsense"), "'nonsense' is not "),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--since", "2026-13"), "'2026-13' is not "),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--level", "foo"), "'foo' is not a kind"),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--of", "foo"), "'foo' is not a kind"),
    (("gaps", "uk-ai-cop", "eu-ai-act", "--of", "foo"), "'foo' is not a kind"),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--role", "boss"), "'boss' is not a role; use one of: Developer, "),
    (("gaps", "uk-ai-cop", "eu-ai-act", "--modality", "must"), "'must' is not a modality; use one of: shall, "),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--in", "99"), "'99': 99 is not a provision of uk-ai-cop@2025-01"),
    (
        ("coverage", "uk-ai-cop", "eu-ai-act", "--role", "developer", "--in", "99"),
        "'99': 99 is not a provision of uk-ai-cop@2025-01",
    ),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--in", "8.3", "--of", "principle"), ""),
    (("coverage", "iso-iec-42001", "uk-ai-cop", "--role", "developer"), ""),
    (("explain", "uk-ai-cop:99", "nist-csf:GV.OC-01"), "'uk-ai-cop:99': 99 is not a provision"),
    (("explain", "uk-ai-cop:5.1", "nist-csf:GV.XX-01"), "'nist-csf:GV.XX-01': "),
    (("search", "assets", "--in", "xyz"), "no edition 'xyz'; known: uk-ai-cop@2025-01, "),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=[" ".join(row[0]) for row in MISTAKES])
def test_mistakes_are_told_in_a_line(aicop: Run, arguments: tuple[str, ...], message: str) -> None:
    """On standard error, with exit code 2 and nothing on standard output."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"aicop: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", ["--level", "--of"])
def test_the_kinds_that_there_are_are_named(aicop: Run, option: str) -> None:
    """Who asks for a kind that the source does not have is told those that it has."""
    command = "crosswalk" if option == "--level" else "coverage"
    _, _, err = aicop(command, "uk-ai-cop", "eu-ai-act", option, "foo")
    # A phase and a role ask nothing, and are not counted.
    for kind in KINDS.split(", ") if option == "--level" else ("principle", "provision", "sub-provision", "statement"):
        assert kind in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("map",),
        ("crosswalk", "uk-ai-cop"),
        ("coverage",),
        ("gaps", "uk-ai-cop"),
        ("explain", "uk-ai-cop:5.1"),
        ("search",),
        ("search", "assets", "--limit", "0"),
        ("frameworks", "--format", "xml"),
        ("crosswalk", "uk-ai-cop", "eu-ai-act", "--confidence", "11"),
        ("crosswalk", "uk-ai-cop", "eu-ai-act", "--confidence", "sure"),
        ("consistency", "own.tsv"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told(aicop: Run, arguments: tuple[str, ...]) -> None:
    """By the command-line library, without a traceback."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert "Usage:" in err


def test_an_own_framework_without_mappings_has_no_crosswalk(aicop: Run, tmp_path: Path) -> None:
    """It is known, and nothing leads to it or from it."""
    own = framework(tmp_path)
    for one, other in (("own-controls@2026", "uk-ai-cop@2025-01"), ("uk-ai-cop@2025-01", "own-controls@2026")):
        assert aicop("crosswalk", one, other, *own) == (2, "", f"aicop: no mappings from {one} to {other}\n")


def test_roles_narrow_only_the_code_and_its_successors(aicop: Run, ours: tuple[str, ...]) -> None:
    """An own framework has no roles, and that is told with exit code 2."""
    code, out, err = aicop("coverage", "own-controls", "uk-ai-cop", *ours, "--role", "developer")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_rows_that_ship_are_counted_once(aicop: Run, tmp_path: Path) -> None:
    """A file of rows as they ship changes nothing, in either direction, and that is told."""
    file = tmp_path / "iso.csv"
    aicop("export", "csv", "uk-ai-cop", "iso-iec-42001", "-o", str(file))
    count = len(load_rows("uk-ai-cop@2025-01--iso-iec-42001@2023"))
    for ends in (("uk-ai-cop", "iso-iec-42001"), ("iso-iec-42001", "uk-ai-cop")):
        code, out, err = aicop("crosswalk", *ends, "--with", str(file))
        assert (code, out) == aicop("crosswalk", *ends)[:2]
        assert err.splitlines()[0] == f"Rows given that ship already, and are counted once: {count}."


def test_rows_between_other_frameworks_are_told(aicop: Run, tmp_path: Path) -> None:
    """They are not used, and nothing else changes."""
    own = mappings(tmp_path, row("uk-ai-cop:5.1", "intersects-with", "nist-csf:ID.AM-01"))
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    assert (code, out) == aicop("crosswalk", "uk-ai-cop", "iso-iec-42001")[:2]
    assert err.splitlines()[0] == "Rows given between other frameworks, and not used: 1."


def test_a_file_that_says_only_that_nothing_was_found_names_no_framework(aicop: Run, tmp_path: Path) -> None:
    """In which nothing was found is said by the other rows, and there are none."""
    own = mappings(tmp_path, row("uk-ai-cop:5.1", "nothing-found"))
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    assert (code, out) == (3, "")
    assert "own.tsv: says only that nothing was found, and no row names the framework in which" in err


@pytest.mark.parametrize("option", ["--with", "--framework"])
@pytest.mark.parametrize(
    "command",
    [
        ("crosswalk", "uk-ai-cop", "iso-iec-42001"),
        ("coverage", "uk-ai-cop", "iso-iec-42001"),
        ("gaps", "uk-ai-cop", "iso-iec-42001"),
        ("consistency",),
    ],
    ids=" ".join,
)
def test_a_missing_file_is_told(aicop: Run, command: tuple[str, ...], option: str) -> None:
    """Exit code 3, the name of the file, and nothing on standard output."""
    code, out, err = aicop(*command, option, "nothing/here.json")
    assert (code, out) == (3, "")
    assert err == "aicop: [Errno 2] No such file or directory: 'nothing/here.json'\n"


@pytest.mark.parametrize("option", ["--with", "--framework"])
def test_a_folder_is_no_file(aicop: Run, tmp_path: Path, option: str) -> None:
    """Exit code 3 as for any file that cannot be read."""
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", option, str(tmp_path))
    assert (code, out) == (3, "")
    assert str(tmp_path) in err
    assert err.count("\n") == 1


def test_all_faults_of_a_mapping_file_are_told_with_their_lines(aicop: Run, tmp_path: Path) -> None:
    """Comments and the header count as lines, each fault names its column, and nothing is half-loaded."""
    content = "# made by hand\n" + HEADER
    content += row("uk-ai-cop:5.1", "intersects-with", "own-controls:LG-1", "3")
    content += row("uk-ai-cop:6.1", "superset-of", "own-controls:AC-9", "5")
    content += row("uk-ai-cop:6.2", "skos:broadMatch", "own-controls:LG-1")
    content += row("uk-ai-cop:6.3", "subset-of", "own-controls:LG-1", "4")
    content += "\t".join(["x"] * 20) + "\n"
    content += row("uk-ai-cop:5.1", "intersects-with", "own-controls:LG-1", "3")
    option = "--with", write(tmp_path, "bad.tsv", content)
    code, out, err = aicop("crosswalk", "uk-ai-cop", "own-controls", *framework(tmp_path), *option)
    assert (code, out) == (3, "")
    first, *lines = err.splitlines()
    assert first.startswith("aicop: ")
    assert first.endswith("bad.tsv: 5 faults")
    told = [line.rpartition("bad.tsv: ")[2] for line in lines]
    for said, begins, contains in zip(
        told,
        (
            "line 4, column 'object_id': ",
            "line 5, column 'predicate_id': ",
            "line 6, column 'strength': ",
            "line 7",
            "line 8",
        ),
        (
            "Nearest: own-controls@2026:AC-",
            "subset-of here",
            "strength 10, not 4",
            "20 cells",
            "stands in line 3 already",
        ),
        strict=True,
    ):
        assert said.startswith(begins)
        assert contains in said


def test_a_mapping_file_is_named_as_it_was_given(aicop: Run, tmp_path: Path) -> None:
    """Of two files with one name in two folders, one knows which is meant."""
    option = mappings(tmp_path, row("uk-ai-cop:99", "nothing-found"))
    code, _, err = aicop("consistency", *option)
    assert code == 3
    assert err.startswith(f"aicop: {option[1]}: 1 fault\n  {option[1]}: line 2, column 'subject_id': ")


def test_after_a_hundred_faults_the_rest_is_not_looked_at(aicop: Run, tmp_path: Path) -> None:
    """The message of a long wrong file stays short, and says so."""
    option = mappings(tmp_path, *(row("uk-ai-cop:99", "nothing-found", who=str(one)) for one in range(150)))
    code, out, err = aicop("consistency", *option)
    assert (code, out) == (3, "")
    assert "line 101, " in err
    assert "line 102, " not in err
    assert err.endswith(" not looked at\n")


BROKEN = [
    ("--with", "own.tsv", b"", "empty; a header row is needed"),
    ("--with", "own.tsv", b"source\ttarget\n", "line 1: unknown column 'source'"),
    ("--with", "own.tsv", HEADER.encode("utf-16"), "looks like UTF-16; save it as UTF-8"),
    ("--with", "own.tsv", HEADER.encode() + b"\xe9\n", "line 2: byte 0xe9 is not UTF-8"),
    ("--with", "own.csv", HEADER.replace("\t", ",").encode() + b'"open\n', "not a table: unexpected end of data"),
    ("--with", "own.tsv", (HEADER + row("own-controls:AC-1", "nothing-found")).encode(), "line 2, column 'subject_id'"),
    ("--framework", "own.json", b"{1}", "line 1, column 2: not JSON"),
    ("--framework", "own.json", b"[]", "must be a JSON object"),
    ("--framework", "own.json", json.dumps(OWN | {"titel": "x"}).encode(), "titel: unknown field; did you mean title?"),
    ("--framework", "own.json", json.dumps({**OWN, "edition": 1}).encode(), "edition: must be text"),
    (
        "--framework",
        "own.json",
        json.dumps(OWN | {"controls": [{"id": "A", "kind": "control", "parent": "B"}]}).encode(),
        "controls[0].parent",
    ),
    ("--framework", "own.tsv", b"id\tkind\nA\tcontrol\n", "own.tsv"),
]


@pytest.mark.parametrize(("option", "name", "content", "problem"), BROKEN, ids=[f"{row[0]} {row[3]}" for row in BROKEN])
def test_broken_files_are_told(  # noqa: PLR0913, PLR0917 -- a column of the table each
    aicop: Run, tmp_path: Path, option: str, name: str, content: bytes, problem: str
) -> None:
    """Exit code 3, the file and the place on standard error, and no traceback."""
    file = write(tmp_path, name, content)
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", option, file)
    assert (code, out) == (3, "")
    assert err.startswith("aicop: ")
    assert name in err
    assert problem in err
    assert "Traceback" not in err


def test_an_own_framework_comes_as_json(aicop: Run, tmp_path: Path) -> None:
    """A table has no place for its key, edition and title."""
    path = tmp_path / "own.csv"
    path.write_text("id,kind\nA,control\n", encoding="utf-8")
    code, out, err = aicop("coverage", "own", "uk-ai-cop", "--framework", str(path))
    assert (code, out) == (3, "")
    assert "as JSON" in err
