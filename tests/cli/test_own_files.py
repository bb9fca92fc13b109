"""Users' own frameworks and mappings on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aicop.mappings import load as load_rows
from tests.cli.examples import HEADER, OWN, bare, framework, mappings, row
from tests.cli.runner import Run, records, write

if TYPE_CHECKING:
    from pathlib import Path


ACCESS = "Evaluate access control and choose measures to secure AI assets"


@pytest.mark.parametrize("name", ["own-controls", "own-controls@2026"])
def test_an_own_framework_is_named_with_or_without_its_edition(aicop: Run, ours: tuple[str, ...], name: str) -> None:
    """The edition is optional, and mappings that state no basis have the basis "own"."""
    rows = records(aicop, "crosswalk", name, "uk-ai-cop", *ours)
    assert [(row["source"], row["relationship"], row["target"], row["strength"], row["remainder"]) for row in rows] == [
        ("own-controls@2026:AC-1", "subset-of", "uk-ai-cop@2025-01:6.1", 10, None),
        ("own-controls@2026:AC-2", "intersects-with", "uk-ai-cop@2025-01:6.1", 4, "reviews"),
        ("own-controls@2026:LG-1", "nothing found", None, None, None),
    ]
    assert {(row["basis"], row["author"], row["confidence"], row["date"]) for row in rows} == {
        ("own", "Us", 7, "2026-11-20")
    }
    assert (rows[0]["source_title"], rows[0]["target_title"]) == ("Accounts are named", ACCESS)


def test_own_mappings_are_read_in_both_directions(aicop: Run, both: tuple[str, ...]) -> None:
    """From the Code, its author's strength is kept, and rows in the other direction are inverted."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "own-controls", *both)
    assert [
        (bare(row["source"]), row["relationship"], bare(row["target"]), row["strength"], row["author"]) for row in rows
    ] == [
        ("6.1", "superset-of", "AC-1", "5", "Them"),
        ("6.1", "superset-of", "AC-1", "", "Us"),
        ("6.1", "intersects-with", "AC-2", "", "Us"),
        ("6.2", "intersects-with", "LG-1", "3", "Them"),
    ]


def test_own_mappings_are_added_to_the_shipped_ones(aicop: Run, tmp_path: Path) -> None:
    """A row that contradicts a shipped one stays a separate claim; merged, the two are a contradiction."""
    own = mappings(tmp_path, row("uk-ai-cop:5.1", "no-relationship", "iso-iec-42001:A.4.2", "0"))
    pair = ("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    for command, expected in (
        (pair, {"no-relationship", "intersects-with"}),
        ((*pair, "--merged"), {"contradiction"}),
        ((*pair, "--basis", "own"), {"no-relationship"}),
    ):
        rows = [row for row in aicop.rows(*command) if (bare(row["source"]), bare(row["target"])) == ("5.1", "A.4.2")]
        assert {row["relationship"] for row in rows} == expected
        assert len(rows) == len(expected)
    assert len(aicop.rows(*pair)) == 133


def test_own_mappings_may_be_csv_and_connect_shipped_frameworks(aicop: Run, tmp_path: Path) -> None:
    """The user's rows can connect two shipped frameworks that have no shipped mappings."""
    content = HEADER + row("anssi-genai:R1", "intersects-with", "uk-ai-cop:2.1", "3", "the rest")
    file = write(tmp_path, "own.csv", content.replace("\t", ","))
    for ends in (("anssi-genai", "uk-ai-cop"), ("uk-ai-cop", "anssi-genai")):
        [found] = aicop.rows("crosswalk", *ends, "--with", file)
        assert found["relationship"] == "intersects-with"
        assert {bare(found["source"]), bare(found["target"])} == {"R1", "2.1"}


VIA = [
    ("own-controls:AC-1", "own-controls", "iso-iec-42001", "AC-1", "A.4.2"),
    ("own-controls:AC-1", "iso-iec-42001", "own-controls", "A.4.2", "AC-1"),
    ("nist-csf:ID.AM-01", "nist-csf", "iso-iec-42001", "ID.AM-01", "A.4.2"),
]


@pytest.mark.parametrize(("own", "source", "target", "one", "other"), VIA, ids=[" to ".join(row[1:3]) for row in VIA])
def test_own_mappings_compose_with_shipped_ones(  # noqa: PLR0913, PLR0917 -- a column of the table each
    aicop: Run, tmp_path: Path, own: str, source: str, target: str, one: str, other: str
) -> None:
    """What equals 5.1 relates to A.4.2 as 5.1 does, with the confidence of the weaker of the two rows."""
    options = (*framework(tmp_path), *mappings(tmp_path, row(own, "equal-to", "uk-ai-cop:5.1", "10")))
    rows = aicop.rows("crosswalk", source, target, "--via", "uk-ai-cop", *options)
    [found] = [row for row in rows if (bare(row["source"]), bare(row["target"])) == (one, other)]
    assert (found["relationship"], found["confidence"]) == ("intersects-with", "6")
    assert set(found["author"].split("; ")) == {"Us", "aicop editors"}


def test_not_found_rows_apply_to_one_target(aicop: Run, tmp_path: Path, ours: tuple[str, ...]) -> None:
    """A not-found row applies only to the target framework that the other rows of its file name."""
    code, out, err = aicop("coverage", "own-controls", "anssi-genai", *ours)
    assert (code, out) == (2, "")
    assert err == (
        "Skipped 3 mappings of yours between other frameworks.\n"
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


def test_an_own_framework_without_mappings_has_no_crosswalk(aicop: Run, tmp_path: Path) -> None:
    """A framework without mappings is known, but has no crosswalk to or from others."""
    own = framework(tmp_path)
    for one, other in (("own-controls@2026", "uk-ai-cop@2025-01"), ("uk-ai-cop@2025-01", "own-controls@2026")):
        assert aicop("crosswalk", one, other, *own) == (2, "", f"aicop: no mappings from {one} to {other}\n")


def test_rows_that_ship_are_counted_once(aicop: Run, tmp_path: Path) -> None:
    """A file of shipped rows changes nothing in either direction, and they are reported as skipped."""
    file = tmp_path / "iso.csv"
    aicop("export", "csv", "uk-ai-cop", "iso-iec-42001", "-o", str(file))
    count = len(load_rows("uk-ai-cop@2025-01--iso-iec-42001@2023"))
    for ends in (("uk-ai-cop", "iso-iec-42001"), ("iso-iec-42001", "uk-ai-cop")):
        code, out, err = aicop("crosswalk", *ends, "--with", str(file))
        assert (code, out) == aicop("crosswalk", *ends)[:2]
        assert err.splitlines()[0] == f"Skipped {count} mappings of yours that ship already."


def test_rows_between_other_frameworks_are_reported(aicop: Run, tmp_path: Path) -> None:
    """Rows between other frameworks are skipped and counted, and nothing else changes."""
    own = mappings(tmp_path, row("uk-ai-cop:5.1", "intersects-with", "nist-csf:ID.AM-01"))
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    assert (code, out) == aicop("crosswalk", "uk-ai-cop", "iso-iec-42001")[:2]
    assert err.splitlines()[0] == "Skipped 1 mapping of yours between other frameworks."


def test_a_file_of_only_not_found_rows_is_refused(aicop: Run, tmp_path: Path) -> None:
    """A file without any target does not say in which framework nothing was found."""
    own = mappings(tmp_path, row("uk-ai-cop:5.1", "nothing-found"))
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    assert (code, out) == (3, "")
    assert "no row has a target, so the framework in which nothing was found is not known" in err


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
def test_a_missing_file_is_reported(aicop: Run, command: tuple[str, ...], option: str) -> None:
    """A missing file gives exit code 3, its name, and nothing on standard output."""
    code, out, err = aicop(*command, option, "nothing/here.json")
    assert (code, out) == (3, "")
    assert err == "aicop: nothing/here.json: no such file or directory\n"


@pytest.mark.parametrize("option", ["--with", "--framework"])
def test_a_folder_is_not_a_file(aicop: Run, tmp_path: Path, option: str) -> None:
    """A folder gives exit code 3 and one line that names it, like any unreadable file."""
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", option, str(tmp_path))
    assert (code, out) == (3, "")
    assert str(tmp_path) in err
    assert err.count("\n") == 1


def test_all_faults_of_a_mapping_file_are_reported_with_their_lines(aicop: Run, tmp_path: Path) -> None:
    """Every fault is reported with its line, counting comments and header, and with its column."""
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
    assert first.endswith("bad.tsv: 5 errors")
    messages = [line.rpartition("bad.tsv: ")[2] for line in lines]
    for message, begins, contains in zip(
        messages,
        (
            "line 4, column 'target': ",
            "line 5, column 'relationship': ",
            "line 6, column 'strength': ",
            "line 7",
            "line 8",
        ),
        (
            "Nearest: own-controls@2026:AC-",
            "use subset-of",
            "strength 10, not 4",
            "20 cells",
            "in line 3",
        ),
        strict=True,
    ):
        assert message.startswith(begins)
        assert contains in message


def test_a_mapping_file_is_named_as_it_was_given(aicop: Run, tmp_path: Path) -> None:
    """Faults name the file by the path given, so that files of one name in two folders can be distinguished."""
    option = mappings(tmp_path, row("uk-ai-cop:99", "nothing-found"))
    code, _, err = aicop("consistency", *option)
    assert code == 3
    assert err.startswith(f"aicop: {option[1]}: 1 error\n  {option[1]}: line 2, column 'source': ")


def test_after_a_hundred_faults_the_rest_is_not_checked(aicop: Run, tmp_path: Path) -> None:
    """The message for a long wrong file stays short and says that the rest was not checked."""
    option = mappings(tmp_path, *(row("uk-ai-cop:99", "nothing-found", who=str(one)) for one in range(150)))
    code, out, err = aicop("consistency", *option)
    assert (code, out) == (3, "")
    assert "line 101, " in err
    assert "line 102, " not in err
    assert err.endswith(" not checked\n")


BROKEN = [
    ("--with", "own.tsv", b"", "empty; a header row is required"),
    ("--with", "own.tsv", b"sources\ttarget\n", "line 1: unknown column 'sources'; did you mean source?"),
    ("--with", "own.tsv", HEADER.encode("utf-16"), "looks like UTF-16; save it as UTF-8"),
    ("--with", "own.tsv", HEADER.encode() + b"\xe9\n", "line 2: byte 0xe9 is not UTF-8"),
    ("--with", "own.csv", HEADER.replace("\t", ",").encode() + b'"open\n', "not a table: unexpected end of data"),
    ("--with", "own.tsv", (HEADER + row("own-controls:AC-1", "nothing-found")).encode(), "line 2, column 'source'"),
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
def test_broken_files_are_reported(  # noqa: PLR0913, PLR0917 -- a column of the table each
    aicop: Run, tmp_path: Path, option: str, name: str, content: bytes, problem: str
) -> None:
    """A broken file gives exit code 3, the file and the problem on standard error, and no traceback."""
    file = write(tmp_path, name, content)
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", option, file)
    assert (code, out) == (3, "")
    assert err.startswith("aicop: ")
    assert name in err
    assert problem in err
    assert "Traceback" not in err


def test_an_own_framework_must_be_json(aicop: Run, tmp_path: Path) -> None:
    """A table is refused, since it has no place for the framework's key, edition and title."""
    path = tmp_path / "own.csv"
    path.write_text("id,kind\nA,control\n", encoding="utf-8")
    code, out, err = aicop("coverage", "own", "uk-ai-cop", "--framework", str(path))
    assert (code, out) == (3, "")
    assert "--framework takes a JSON file with key, edition and title" in err


HINTS = [
    ("--with", "sssom", ("uk-ai-cop", "iso-iec-42001"), "is in the format sssom; convert it first: aicop import "),
    ("--with", "trestle", ("uk-ai-cop", "iso-iec-42001"), "is in the format trestle; convert it first: aicop import "),
    ("--framework", "oscal", ("nist-csf",), "is in the format oscal; convert it first: aicop import "),
]


@pytest.mark.parametrize(("option", "form", "what", "message"), HINTS, ids=[form for _, form, _, _ in HINTS])
def test_a_file_of_another_tool_must_be_imported_first(  # noqa: PLR0913, PLR0917 -- one for each column
    aicop: Run, tmp_path: Path, option: str, form: str, what: tuple[str, ...], message: str
) -> None:
    """The error names the format and the command that converts the file."""
    path = tmp_path / f"theirs.{'json' if option == '--framework' else 'tsv'}"
    aicop("export", form, *what, "-o", str(path))
    code, _, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", option, str(path))
    assert (code, message in err) == (3, True)


def test_a_mapping_file_without_its_columns_is_reported(aicop: Run, tmp_path: Path) -> None:
    """A mapping file without required columns is reported with those that are missing."""
    for text in ("source\tx\n", "x"):
        path = write(tmp_path, "own.tsv", text)
        code, _, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", "--with", path)
        assert (code, "is missing" in err) == (3, True)
