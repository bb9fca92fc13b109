"""Users' own frameworks and mappings on the command line, in the folder of a library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aicop.frameworks import load as load_framework
from aicop.library import Library
from aicop.mappings import load as load_rows
from tests.cli.examples import FRAMEWORK, OWN, TO_CODE, bare, library, mappings, row, table
from tests.cli.runner import Run, records
from tests.examples import derived_edition, plain_provision, plain_statement

if TYPE_CHECKING:
    from pathlib import Path


ACCESS = "Evaluate access control and choose measures to secure AI assets"


@pytest.mark.parametrize("name", ["own-controls", "own-controls@2026"])
def test_an_own_framework_is_named_with_or_without_its_edition(aicop: Run, ours: tuple[str, str], name: str) -> None:
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


def test_own_mappings_are_read_in_both_directions(aicop: Run, both: tuple[str, str]) -> None:
    """From the Code, its author's strength is kept, and rows in the other direction are inverted."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "own-controls", *both)
    columns = ("source", "relationship", "target", "strength", "reverse_strength", "author")
    assert [tuple(bare(cell) or cell for cell in map(row.get, columns) if cell is not None) for row in rows] == [
        ("6.1", "superset-of", "AC-1", "5", "10", "Them"),
        ("6.1", "superset-of", "AC-1", "", "10", "Us"),
        ("6.1", "intersects-with", "AC-2", "", "4", "Us"),
        ("6.2", "intersects-with", "LG-1", "3", "", "Them"),
        ("", "nothing found", "LG-1", "", "", "Us"),
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
    assert len(aicop.rows(*pair)) == 171


def test_own_mappings_may_be_csv_and_connect_shipped_frameworks(aicop: Run, tmp_path: Path) -> None:
    """The user's rows can connect two shipped frameworks that have no shipped mappings."""
    content = table(row("anssi-genai:R1", "intersects-with", "uk-ai-cop:2.1", "3", "the rest"))
    own = library(tmp_path, {"mappings/own.csv": content.replace("\t", ",")})
    for ends in (("anssi-genai", "uk-ai-cop"), ("uk-ai-cop", "anssi-genai")):
        [found] = aicop.rows("crosswalk", *ends, *own)
        assert found["relationship"] == "intersects-with"
        assert {bare(found["source"]), bare(found["target"])} == {"R1", "2.1"}


VIA = [
    ("own-controls:AC-1", "own-controls", "iso-iec-42001", "AC-1", "A.4.2"),
    ("own-controls:AC-1", "iso-iec-42001", "own-controls", "A.4.2", "AC-1"),
    ("anssi-genai:R1", "anssi-genai", "iso-iec-42001", "R1", "A.4.2"),
]


@pytest.mark.parametrize(("own", "source", "target", "one", "other"), VIA, ids=[" to ".join(row[1:3]) for row in VIA])
def test_own_mappings_compose_with_shipped_ones(  # noqa: PLR0913, PLR0917 -- a column of the table each
    aicop: Run, tmp_path: Path, own: str, source: str, target: str, one: str, other: str
) -> None:
    """What equals 5.1 relates to A.4.2 as 5.1 does, with the confidence of the weaker of the two rows."""
    options = mappings(tmp_path, row(own, "equal-to", "uk-ai-cop:5.1", "10"))
    rows = aicop.rows("crosswalk", source, target, "--via", "uk-ai-cop", *options)
    [found] = [row for row in rows if (bare(row["source"]), bare(row["target"])) == (one, other)]
    assert (found["relationship"], found["confidence"]) == ("intersects-with", "6")
    assert set(found["author"].split("; ")) == {"Us", "aicop editors"}


def test_nothing_follows_from_own_mappings_that_contradict_shipped_ones(aicop: Run, tmp_path: Path) -> None:
    """5.1 contains ID.AM-01, so nothing follows through 5.1 from a row that calls them equal."""
    options = mappings(tmp_path, row("nist-csf:ID.AM-01", "equal-to", "uk-ai-cop:5.1", "10"))
    rows = aicop.rows("crosswalk", "nist-csf", "iso-iec-42001", "--via", "uk-ai-cop", *options)
    [found] = [row for row in rows if (bare(row["source"]), bare(row["target"])) == ("ID.AM-01", "A.4.2")]
    assert (found["relationship"], found["author"]) == ("nothing is known", "Us; aicop editors")


def test_not_found_rows_apply_to_one_target(aicop: Run, tmp_path: Path, ours: tuple[str, str]) -> None:
    """A row without a find applies only to the target framework that the other rows of its file name."""
    code, out, err = aicop("coverage", "own-controls", "anssi-genai", *ours)
    assert (code, out, err) == (
        2,
        "",
        "aicop: no mappings from own-controls@2026 to anssi-genai@1.0; add a table of mappings\n",
    )
    own = mappings(
        tmp_path,
        row("uk-ai-cop:6.1", "nothing-found"),
        row("uk-ai-cop:5.1", "intersects-with", "own-controls:LG-1", "3"),
    )
    assert records(aicop, "crosswalk", "uk-ai-cop", "eu-ai-act", "--basis", "own", *own) == []
    rows = records(aicop, "crosswalk", "uk-ai-cop", "own-controls", *own)
    assert [(bare(row["source"]), row["relationship"]) for row in rows] == [
        ("5.1", "intersects-with"),
        ("6.1", "nothing found"),
    ]


def test_an_own_framework_without_mappings_has_no_crosswalk(aicop: Run, tmp_path: Path) -> None:
    """A framework without mappings is known, but has no crosswalk to or from others."""
    own = library(tmp_path, FRAMEWORK)
    for one, other in (("own-controls@2026", "uk-ai-cop@2025-01"), ("uk-ai-cop@2025-01", "own-controls@2026")):
        assert aicop("crosswalk", one, other, *own) == (
            2,
            "",
            f"aicop: no mappings from {one} to {other}; add a table of mappings\n",
        )


def test_rows_that_ship_are_counted_once(aicop: Run, tmp_path: Path) -> None:
    """A file of shipped rows changes no answer, in either direction."""
    file = tmp_path / "library" / "mappings" / "iso.csv"
    own = library(tmp_path, {"mappings/own.tsv": table(*SHIPPED)})
    aicop("export", "csv", "uk-ai-cop", "iso-iec-42001", "-o", str(file))
    assert file.read_bytes().count(b"\n") == len(load_rows("uk-ai-cop@2025-01--iso-iec-42001@2023")) + 1
    for command in ("crosswalk", "coverage", "gaps"):
        for ends in (("uk-ai-cop", "iso-iec-42001"), ("iso-iec-42001", "uk-ai-cop")):
            assert aicop(command, *ends, *own, "-f", "csv") == aicop(command, *ends, "-f", "csv")


SHIPPED = (row("uk-ai-cop:5.1", "intersects-with", "nist-csf:ID.AM-01", "3"),)
"""A row between other frameworks."""


def test_own_elements_are_known_everywhere(aicop: Run, both: tuple[str, str]) -> None:
    """Own ids are shown, checked, searched, listed, mapped and explained as shipped ones are."""
    assert json.loads(aicop("show", "own-controls:AC-1", *both, "-f", "json")[1])["title"] == "Accounts are named"
    assert "Our controls" in aicop("show", "own-controls:AC", *both)[1]
    assert "own-controls@2026" in {row["framework"] for row in records(aicop, "frameworks", *both)}
    hits = records(aicop, "search", "accounts named", "--in", "own-controls", *both)
    assert [row["key"] for row in hits] == ["own-controls@2026:AC-1"]
    assert "own-controls@2026:AC-1" in {row["key"] for row in records(aicop, "search", "accounts named", *both)}
    rows = records(aicop, "map", "own-controls:AC-1", *both)
    assert [(bare(row["target"]), row["relationship"], row["strength"], row["reverse_strength"]) for row in rows] == [
        ("6.1", "subset-of", 10, 5),
        ("6.1", "subset-of", 10, None),
    ]
    assert "own-controls@2026:AC-1" in {row["target"] for row in records(aicop, "map", "uk-ai-cop:6.1", *both)}
    code, out, _ = aicop("explain", "own-controls:AC-2", "uk-ai-cop:6.1", *both)
    assert (code, "Strength: 4 of 10." in out, "Not covered: reviews." in out) == (0, True, True)


def test_own_columns_hide_no_field(aicop: Run, tmp_path: Path) -> None:
    """A column of the user's own that has the name of a field is shown beside it."""
    files = {"frameworks/acme@1.csv": "id,kind,key,note,Owner\nA-1,control,K7,mine,IT\n"}
    own = library(tmp_path, files)
    code, out, _ = aicop("show", "acme:A-1", *own)
    assert code == 0
    assert dict(line.split(maxsplit=1) for line in out.replace(" (own)", "(own)").splitlines()) == {
        "key": "acme@1:A-1",
        "kind": "control",
        "nature": "requirement",
        "key(own)": "K7",
        "note(own)": "mine",
        "Owner": "IT",
        "framework": "acme@1",
    }


def test_own_ids_are_checked(aicop: Run, tmp_path: Path, ours: tuple[str, str]) -> None:
    """A file of keys may name own elements; a wrong one gets the nearest."""
    keys = tmp_path / "keys.txt"
    keys.write_text("own-controls:AC-1\nown-controls:AC-9\n", encoding="utf-8")
    code, out, err = aicop("check", str(keys), *ours, "-f", "json")
    rows = json.loads(out)
    assert (code, err) == (1, "2 keys: 1 known, 1 unknown.\n")
    assert [(row["verdict"] == "known", row["id"]) for row in rows] == [(True, "own-controls@2026:AC-1"), (False, None)]
    assert "Nearest: own-controls@2026:AC-" in rows[1]["reason"]
    assert json.loads(aicop("check", str(keys), "-f", "json")[1])[0]["verdict"] != "known"


def test_own_frameworks_and_mappings_are_exported(aicop: Run, ours: tuple[str, str]) -> None:
    """`export` writes own frameworks and crosswalks, in any version of a format."""
    code, out, _ = aicop("export", "oscal", "own-controls", *ours)
    assert (code, json.loads(out)["catalog"]["metadata"]["title"]) == (0, "Our controls")
    code, out, _ = aicop("export", "csv", "own-controls", "uk-ai-cop", *ours)
    assert (code, out.splitlines()[1].partition(",")[0]) == (0, "own-controls@2026:AC-1")
    code, out, _ = aicop("export", "cyclonedx", "own-controls", *ours, "--spec-version", "1.7")
    assert (code, json.loads(out)["specVersion"]) == (0, "1.7")


DEPENDENCIES = "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n9.1\t1.1\trequires\teditorial\t9\tOurs.\n"


def test_own_dependencies_are_in_the_graph(aicop: Run, tmp_path: Path) -> None:
    """A dependency in a library changes what follows and why."""
    own = library(tmp_path, {"dependencies/uk-ai-cop@2025-01.tsv": DEPENDENCIES})
    assert aicop("graph", "why", "9.1", "1.1")[1] == "1.1 does not depend on 9.1.\n"
    assert aicop("graph", "why", "9.1", "1.1", *own)[1] == (
        "9.1 -> 1.1 (requires): Ours. [editorial; confidence 9 of 10]\n"
    )
    assert aicop.rows("graph", "impact", "9.1", *own)[0]["fails"] == "fails too"


def test_all_faults_of_a_mapping_file_are_reported_with_their_lines(aicop: Run, tmp_path: Path) -> None:
    """Every fault is reported with its line, counting comments and header, and with its column."""
    content = "# made by hand\n" + table(
        row("uk-ai-cop:5.1", "intersects-with", "own-controls:LG-1", "3"),
        row("uk-ai-cop:6.1", "superset-of", "own-controls:AC-9", "5"),
        row("uk-ai-cop:6.2", "skos:broadMatch", "own-controls:LG-1"),
        row("uk-ai-cop:6.3", "subset-of", "own-controls:LG-1", "4"),
        "\t".join(["x"] * 20) + "\n",
        row("uk-ai-cop:5.1", "intersects-with", "own-controls:LG-1", "3"),
    )
    own = library(tmp_path, FRAMEWORK | {"mappings/bad.tsv": content})
    code, out, err = aicop("crosswalk", "uk-ai-cop", "own-controls", *own)
    assert (code, out) == (3, "")
    first, *lines = err.splitlines()
    assert first == f"aicop: {own[1]}: 5 errors"
    expected = (
        ("line 4, column 'target': ", "Nearest: own-controls@2026:AC-"),
        ("line 5, column 'relationship': ", "use subset-of"),
        ("line 6, column 'strength': ", "strength 10, not 4"),
        ("line 7", "20 cells"),
        ("line 8", "in line 3"),
    )
    for line, (begins, contains) in zip(lines, expected, strict=True):
        assert line.startswith(f"  mappings/bad.tsv: {begins}")
        assert contains in line


def test_after_a_hundred_faults_the_rest_is_counted(aicop: Run, tmp_path: Path) -> None:
    """The message for a long wrong file stays short."""
    own = mappings(tmp_path, *(row("uk-ai-cop:99", "nothing-found", who=str(one)) for one in range(150)))
    code, out, err = aicop("consistency", *own)
    assert (code, out) == (3, "")
    assert err.startswith(f"aicop: {own[1]}: 150 errors\n  mappings/own.tsv: line 2, column 'source': ")
    assert "line 102, " in err
    assert "line 103, " not in err
    assert err.endswith("  and 49 more\n")


BROKEN = [
    ("mappings/own.tsv", b"", "empty; a header row is required"),
    ("mappings/own.tsv", table().replace("remainder", "remainders").encode(), "did you mean remainder?"),
    ("mappings/own.tsv", table().encode("utf-16"), "looks like UTF-16; save it as UTF-8"),
    ("mappings/own.tsv", table().encode() + b"\xe9\n", "line 2: byte 0xe9 is not UTF-8"),
    ("mappings/own.csv", table().replace("\t", ",").encode() + b'"open\n', "not a table: unexpected end of data"),
    ("mappings/own.tsv", table(row("other:AC-1", "nothing-found")).encode(), "line 2, column 'source'"),
    ("mappings/own.tsv", table().replace("remainder", "x").encode(), "line 1: unknown column 'x'"),
    ("mappings/own.tsv", table().replace("author\t", "").encode(), "line 1: the column 'author' is missing"),
    ("mappings/own.json", b"{}", "files in mappings end in .csv, .tsv, .xlsx; convert or remove it"),
    ("frameworks/own-controls@2026.json", b"{1}", "line 1, column 2: not JSON"),
    ("frameworks/own-controls@2026.json", b"[]", "must be a JSON object"),
    (
        "frameworks/own-controls@2026.json",
        json.dumps(OWN | {"titel": "x"}).encode(),
        "titel: unknown field; did you mean title?",
    ),
    ("frameworks/own-controls@2026.json", json.dumps({**OWN, "edition": 1}).encode(), "edition: must be text"),
    (
        "frameworks/own-controls@2026.json",
        json.dumps(OWN | {"controls": [{"id": "A", "kind": "control", "parent": "B"}]}).encode(),
        "controls[0].parent",
    ),
    ("frameworks/own-controls@1.json", json.dumps(OWN).encode(), "holds own-controls@2026, but is named after"),
    ("frameworks/own.csv", b"id,kind\nA,control\n", "the file name must be <framework>@<edition>"),
    (
        "dependencies/uk-ai-cop@2025-01.tsv",
        "".join(f"x\t{line}\n" for line in DEPENDENCIES.splitlines()).encode(),
        "unknown column 'x'",
    ),
    ("aicop.toml", b"[defaults", "not TOML: expected"),
    ("aicop.toml", b'[mappings."owm.tsv"]\ndate = "2026-11"\n', "there is no such file in mappings"),
]


@pytest.mark.parametrize(("name", "content", "problem"), BROKEN, ids=[f"{row[0]} {row[2]}" for row in BROKEN])
def test_broken_files_are_reported(aicop: Run, tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    """A broken file gives exit code 3, the file and the problem on standard error, and no traceback."""
    own = library(tmp_path, {name: content})
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    assert (code, out) == (3, "")
    assert err.startswith(f"aicop: {own[1]}: 1 error\n  {name}: ")
    assert err.count("\n") == 2
    assert problem in err
    assert "Traceback" not in err


def test_a_file_of_only_not_found_rows_needs_a_target(aicop: Run, tmp_path: Path) -> None:
    """A file without any target does not say in which framework nothing was found; the settings can."""
    files = {"mappings/own.tsv": table(row("uk-ai-cop:5.1", "nothing-found"))}
    code, out, err = aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", *library(tmp_path, files))
    assert (code, out) == (3, "")
    assert "mappings/own.tsv: line 2, column 'target': " in err
    settings = {"aicop.toml": '[mappings."own.tsv"]\ntarget = "anssi-genai"\n'}
    [found] = records(aicop, "crosswalk", "uk-ai-cop", "anssi-genai", *library(tmp_path, settings))
    assert (bare(found["source"]), found["relationship"]) == ("5.1", "nothing found")


def test_the_contents_of_a_library_are_shown(aicop: Run, both: tuple[str, str]) -> None:
    """The frameworks and sets that are the user's own are listed with the folder, as text and as JSON."""
    found = json.loads(aicop("library", "show", *both, "-f", "json")[1])
    assert found["folder"] == both[1]
    assert found["frameworks"] == [{"id": "own-controls@2026", "elements": 4}]
    assert found["mappings"] == [
        {
            "set": "mappings/back.tsv",
            "source": "uk-ai-cop@2025-01",
            "target": "own-controls@2026",
            "rows": 2,
        },
        {
            "set": "mappings/own.tsv",
            "source": "own-controls@2026",
            "target": "uk-ai-cop@2025-01",
            "rows": 3,
        },
    ]
    text = " ".join(aicop("library", "show", *both)[1].split())
    assert "own-controls@2026 (4 elements)" in text
    assert "mappings/own.tsv: own-controls@2026 to uk-ai-cop@2025-01 (3 rows)" in text


def test_without_a_library_only_the_digest_of_what_ships_is_shown(aicop: Run) -> None:
    """Standard error says that no library is in use, and how to make one."""
    _, out, err = aicop("library", "show")
    assert out == f"digest  {Library().digest}\n"
    assert err.startswith("No library is in use")
    assert "aicop init FOLDER" in err


def test_lineage_and_dependencies_of_a_library_are_shown(aicop: Run, tmp_path: Path) -> None:
    """A derived edition is listed with its lineage, and so are the editions that have dependencies of the user's own."""
    edition = {
        "based_on": "uk-ai-cop@2025-01",
        "document": "acme-code",
        "edition": "2026",
        "title": "Acme's code",
        "publisher": "Acme",
        "sources": [
            {"key": "policy", "document": "Policy", "locator": "4", "grade": "direct", "read": "2026-11-29"},
        ],
        "dropped": [{"number": "13.2", "reason": "Not ours."}],
    }
    edges = "prerequisite,dependant,kind,basis,confidence,rationale\n5.1,9.1,requires,editorial,9,Our rule.\n"
    files = {"editions/acme-code@2026.json": json.dumps(edition), "dependencies/uk-ai-cop@2025-01.csv": edges}
    found = json.loads(aicop("library", "show", *library(tmp_path, files), "-f", "json")[1])
    kept = [key for key in load_framework("uk-ai-cop") if not key.local.startswith("13.2")]
    assert (found["editions"], found["frameworks"], found["mappings"]) == (
        [{"id": "acme-code@2026", "elements": len(kept)}],
        [],
        [],
    )
    [lineage] = found["lineage"]
    assert (lineage["old"], lineage["new"]) == ("uk-ai-cop@2025-01", "acme-code@2026")
    assert found["dependencies"] == ["uk-ai-cop@2025-01"]


@pytest.mark.parametrize(
    ("key", "to", "changes", "note"),
    [
        ("acme-code:5.5", "etsi-en-304-223", "added", "Added after etsi-en-304-223@2.1.1."),
        ("acme-code:5.5", "uk-ai-cop", "added", "Added after uk-ai-cop@2025-01."),
        ("uk-ai-cop:13.2", "acme-code", "removed", "Out of scope."),
    ],
)
def test_an_own_edition_adds_and_drops_items(  # noqa: PLR0913, PLR0917 -- a column of the table each
    aicop: Run, tmp_path: Path, key: str, to: str, changes: str, note: str
) -> None:
    """What a derived edition adds was not removed from the others, and what it drops was removed."""
    own = plain_provision("5.5", plain_statement("shall", "Developer", "store each model"), principle=5)
    dropped = [{"number": "13.2", "reason": "Out of scope."}]
    edition = derived_edition("uk-ai-cop@2025-01", own=[own], dropped=dropped)
    own_edition = library(tmp_path, {"editions/acme-code@2026.json": json.dumps(edition)})
    [found] = aicop.rows("counterpart", key, "--to", to, *own_edition)
    assert (found["counterpart"], found["changes"], found["note"]) == ("", changes, note)


def test_mappings_whose_texts_changed_are_listed(aicop: Run, tmp_path: Path) -> None:
    """A mapping with a digest that no longer agrees is listed with the reason; others are counted."""
    header = table().rstrip("\n") + "\tsource_digest\ttarget_digest\n"
    digested = TO_CODE[0].rstrip("\n") + "\t0000000000000000\t\n"
    own = library(tmp_path, FRAMEWORK | {"mappings/own.tsv": header + digested, "mappings/two.tsv": table(TO_CODE[1])})
    code, out, err = aicop("library", "review", *own, "-f", "json")
    [found] = json.loads(out)
    assert (code, found["changed"], found["set"]) == (0, "own-controls@2026:AC-1", "mappings/own.tsv")
    assert found["reason"].endswith("judge it again.")
    assert err == "1 mapping compared with today's texts, 1 change; 1 without digests not compared.\n"


def test_files_that_are_left_out_as_a_whole_are_named(aicop: Run, tmp_path: Path) -> None:
    """With --skip-invalid, a file of which nothing can be read is named after its faults."""
    own = library(tmp_path, {"frameworks/acme@1.csv": "id,colour\nA,red\nA,\n", "mappings/own.csv": "nothing here"})
    code, _, err = aicop("library", "show", *own, "--skip-invalid")
    assert code == 0
    assert "Left out as a whole: frameworks/acme@1.csv, mappings/own.csv." in err


def test_a_direct_row_hides_nothing_that_comes_through_the_code(aicop: Run, tmp_path: Path) -> None:
    """One row about the European Standard stands beside all that follows from the mappings to the Code."""
    standard = row("own-controls:LG-1", "nothing-found")
    before = records(aicop, "coverage", "etsi-en-304-223", "own-controls", *mappings(tmp_path, *TO_CODE))
    own = library(tmp_path, {"mappings/standard.tsv": table(standard)})
    settings = '[mappings."standard.tsv"]\nsource = "own-controls"\ntarget = "etsi-en-304-223"\n'
    library(tmp_path, {"aicop.toml": settings})
    code, out, said = aicop("coverage", "etsi-en-304-223", "own-controls", *own, "--format", "json")
    assert (code, json.loads(out)) == (0, before)
    assert "mapped to own-controls@2026, direct and through uk-ai-cop@2025-01." in said
    said = aicop("crosswalk", "own-controls", "etsi-en-304-223", *own)[2]
    assert "from own-controls@2026 to etsi-en-304-223@2.1.1, direct and through uk-ai-cop@2025-01." in said
    shown = aicop("map", "own-controls:AC-2", "--to", "etsi-en-304-223", *own)[1]
    assert "5.2.2-1" in shown


def test_contradictions_between_a_direct_row_and_the_code_are_named(aicop: Run, tmp_path: Path) -> None:
    """Coverage and gaps say which items are open because mappings contradict each other."""
    clash = row("own-controls:AC-1", "no-relationship", "etsi-en-304-223:5.2.2-1", "0", who="Them")
    mappings(tmp_path, *TO_CODE)
    own = library(tmp_path, {"mappings/clash.tsv": table(clash)})
    for command in ("coverage", "gaps"):
        said = aicop(command, "own-controls", "etsi-en-304-223", *own)[2]
        assert "Mappings contradict each other about AC-1. See aicop consistency." in said.splitlines()
    assert aicop("consistency", *own)[0] == 1
    # The row about the Standard counts for the Code as well.
    assert "contradict each other about AC-1." in aicop("coverage", "own-controls", "uk-ai-cop", *own)[2]
