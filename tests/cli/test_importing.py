"""The command `import`."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING

import attrs
import pytest

from aicop import frameworks
from aicop.crosswalk import crosswalk
from aicop.interop import formats, trestle
from aicop.interop.common.rows import rows_of
from aicop.mappings import loads
from aicop.vocabulary import MappingBasis
from tests.cli.runner import Run, write

if TYPE_CHECKING:
    from pathlib import Path


READ = [item.name for item in formats.formats() if item.reads]


@pytest.mark.parametrize("name", READ)
def test_a_file_is_recognised(aicop: Run, tmp_path: Path, name: str) -> None:
    """An exported file is imported with the same result whether its format is recognised or given."""
    path = tmp_path / f"file{formats.format_of(name).suffix}"
    assert aicop("export", name, "uk-ai-cop", "iso-iec-42001", "-o", str(path))[0] == 0
    code, out, _ = aicop("import", str(path), "--format", "json")
    assert code == 0
    summary = json.loads(out)
    assert list(summary) == ["format", "frameworks", "mappings", "not_stated", "dropped"]
    assert summary["mappings"]["intersects-with"] > 90
    again = aicop("import", str(path), "--input-format", name, "--format", "json")
    assert again[1] == out


def test_an_imported_catalogue_is_summarised_and_saved(aicop: Run, tmp_path: Path) -> None:
    """A catalogue is saved under the key given by `--as`, and an existing file is not overwritten."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    code, out, err = aicop("import", str(path), "--as", "mine@7", "--output", str(tmp_path / "kept"))
    assert code == 0
    assert "mine@7: " in out
    assert "106 subcategory" in out
    assert err == f"Wrote {tmp_path / 'kept' / 'mine@7.json'}.\n"
    kept = json.loads((tmp_path / "kept" / "mine@7.json").read_text(encoding="utf-8"))
    assert len(kept["controls"]) == len(frameworks.load("nist-csf"))
    code, _, err = aicop("import", str(path), "--as", "mine@7", "--output", str(tmp_path / "kept"))
    assert (code, "already exists" in err) == (3, True)


def test_dropped_and_missing_facts_are_reported(aicop: Run, tmp_path: Path) -> None:
    """The summary counts what the file does not state and what was dropped."""
    metadata = {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}
    control = {"id": "a-1", "title": "One", "params": [{"id": "a-1_prm_1"}, {"id": "a-1_prm_2"}]}
    catalog = {"uuid": "0b8f2c76-7f5a-4f0e-9a3e-5b7a3f5f2a11", "metadata": metadata, "controls": [control]}
    path = write(tmp_path, "theirs.json", json.dumps({"catalog": catalog}))
    code, out, _ = aicop("import", path, "--format", "csv")
    assert code == 0
    assert list(csv.reader(io.StringIO(out)))[1:] == [
        ["format", "OSCAL 1.1.2 catalog"],
        ["framework", "t@1: T (1 control)"],
        ["not stated", "the nature of 1 element (assumed: requirement)"],
        ["dropped", "2 parameters"],
    ]


def test_imported_mappings_are_saved_as_own_mappings(aicop: Run, tmp_path: Path) -> None:
    """Imported mappings are saved as a file that `--with` takes."""
    path = tmp_path / "iso.sssom.tsv"
    aicop("export", "sssom", "uk-ai-cop", "iso-iec-42001", "-o", str(path))
    code, _, err = aicop("import", str(path), "--output", str(tmp_path), "--as", "own@1")
    assert err.startswith("The file contains no framework to name own@1.\n")
    kept = tmp_path / "uk-ai-cop@2025-01--iso-iec-42001@2023.tsv"
    assert code == 0
    code, _, err = aicop("consistency", "--with", str(kept))
    assert code == 0
    assert err.endswith(" mappings: 0 contradictions.\n")


def _trestle(*pairs: tuple[str, str]) -> str:
    """Return several crosswalks as one trestle table."""
    texts = [formats.dumps("trestle", crosswalk(*pair)).decode().splitlines(keepends=True) for pair in pairs]
    return "".join([*texts[0], *(line for text in texts[1:] for line in text[2:])])


def test_each_crosswalk_of_a_file_is_saved_separately(aicop: Run, tmp_path: Path) -> None:
    """A not-found row is saved with the crosswalk to its own target framework only."""
    pairs = ("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "nist-ai-rmf")
    path = write(tmp_path, "both.csv", _trestle(*pairs))
    kept = tmp_path / "kept"
    code, _, err = aicop("import", path, "--output", str(kept))
    assert (code, err.count("Wrote ")) == (0, 2)
    for pair in pairs:
        ends = [frameworks.load(name).id for name in pair]
        found = loads(kept / f"{ends[0]}--{ends[1]}.tsv")
        expected = rows_of(crosswalk(*pair), trestle.FORMAT.predicates).rows
        assert [(row.source, row.predicate, row.target) for row in found] == [
            (row.source, row.predicate, row.target) for row in expected
        ]
    code, _, err = aicop("import", path, "--output", str(kept))
    assert (code, "already exists" in err) == (3, True)


def test_two_sets_of_one_pair_are_saved_as_two_files(aicop: Run, tmp_path: Path) -> None:
    """Two sets between the same frameworks stay apart, since their rows might contradict each other."""
    text = json.loads(formats.dumps("oscal", crosswalk("uk-ai-cop", "iso-iec-42001")))
    listed = text["mapping-collection"]["mappings"]
    # The same set twice, which OSCAL allows.
    listed.append(listed[0])
    path = write(tmp_path, "twice.json", json.dumps(text))
    aicop("import", path, "--output", str(tmp_path / "kept"))
    one, other = sorted((tmp_path / "kept").iterdir())
    assert other.name == "uk-ai-cop@2025-01--iso-iec-42001@2023.tsv"
    assert one.name == "uk-ai-cop@2025-01--iso-iec-42001@2023-2.tsv"
    assert one.read_bytes() == other.read_bytes()


def test_rows_without_a_target_framework_are_skipped(aicop: Run, tmp_path: Path) -> None:
    """Not-found rows are skipped if no row of the file names the target framework."""
    path = write(tmp_path, "none.csv", "source,relationship\nuk-ai-cop:5.1,nothing-found\n")
    kept = tmp_path / "kept"
    _, _, err = aicop("import", path, "--output", str(kept))
    reason = "no counterpart was found, and no other row names the target framework"
    assert err == f"Skipped 1 mapping: {reason}.\n"
    assert not list(kept.iterdir())


UNREAD = [
    ("", "is empty"),
    (
        "{}",
        "is JSON, but in none of the formats that aicop reads: oscal, ciso-assistant, skos; name one with --input-format",
    ),
    ('{"bomFormat": "CycloneDX"}', "is CycloneDX"),
    ('{"runs": []}', "is SARIF"),
    (
        '{"format": "aicop-registry"}',
        "is Registry JSON 1, for embedders in any language, which aicop writes but does not read",
    ),
    ("hello\n", "is in none of the formats that aicop reads"),
    ("PK\x03\x04", "is a workbook or another archive, which is not read; save a sheet of elements or mappings as CSV"),
    ('{"a": 1,', "not JSON"),
]


@pytest.mark.parametrize(("content", "message"), UNREAD)
def test_unsupported_files_are_reported(aicop: Run, tmp_path: Path, content: str, message: str) -> None:
    """A file in no supported format is reported with its name and what it seems to be."""
    path = write(tmp_path, "file.txt", content)
    code, out, err = aicop("import", path)
    assert (code, out) == (3, "")
    assert path in err
    assert message in err


def test_a_write_only_format_cannot_be_imported(aicop: Run, tmp_path: Path) -> None:
    """The error for a format that aicop does not read lists those that it reads."""
    path = write(tmp_path, "file.txt", "x")
    code, _, err = aicop("import", path, "--input-format", "sarif")
    assert code == 2
    assert "'sarif' is not a format that aicop reads; use one of: csv, " in err


def test_a_slow_file_is_announced_only_on_a_terminal(
    aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line about a slow file is shown only on a terminal and is wiped at the end."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    monkeypatch.setattr("aicop.cli.importing._SLOW_FROM_BYTES", 1000)
    assert aicop("import", str(path))[2] == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = aicop("import", str(path))[2]
    assert err.startswith(f"Reading {path} (")
    assert err.endswith("\r\x1b[K")


@pytest.fixture
def long_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a table of mappings that counts as too long for memory, and return its path."""
    path = tmp_path / "long.csv"
    path.write_text(formats.dumps("csv", crosswalk("uk-ai-cop", "iso-iec-42001")).decode(), encoding="utf-8")
    monkeypatch.setattr("aicop.cli.importing.MAX_FILE_SIZE", 1000)
    return path


def test_a_table_too_long_for_memory_is_streamed(aicop: Run, long_table: Path) -> None:
    """A streamed table is counted row by row, with the same numbers as if it were loaded."""
    code, out, err = aicop("import", str(long_table), "--format", "json")
    counts = Counter(row.predicate.value for row in crosswalk("uk-ai-cop", "iso-iec-42001").mappings)
    assert (code, err) == (0, "")
    summary = {"format": "csv", "frameworks": [], "mappings": counts, "not_stated": [], "dropped": []}
    assert json.loads(out) == summary
    assert f"{counts.total()}: {counts['intersects-with']} intersects-with, " in aicop("import", str(long_table))[1]


def test_missing_facts_of_a_long_table_are_reported(aicop: Run, long_table: Path) -> None:
    """A streamed table's missing facts and dropped comments are counted, as they are for a loaded one."""
    header, *lines = long_table.read_text(encoding="utf-8").splitlines()
    held = Counter(row.target is not None for row in crosswalk("uk-ai-cop", "iso-iec-42001").mappings)
    rows = list(csv.DictReader([header, *lines]))
    table = io.StringIO()
    writer = csv.DictWriter(table, ["source", "relationship", "target", "basis"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row | {"basis": "imported"} for row in rows)
    long_table.write_text(f"# one\n# two\n{table.getvalue()}", encoding="utf-8")
    code, out, _ = aicop("import", str(long_table), "--format", "json")
    count = held.total()
    assert code == 0
    summary = json.loads(out)
    open_ = ("the author", "the date", "the rationale", "the confidence")
    assert summary["not_stated"] == [f"{what} of {count} mappings" for what in open_]
    assert summary["dropped"] == ["2 comment lines"]


def test_a_long_table_is_saved_while_streaming(aicop: Run, long_table: Path) -> None:
    """A streamed table is saved under its own name, and never over an existing file."""
    kept = long_table.parent / "kept"
    assert aicop("import", str(long_table), "--output", str(kept))[0] == 0
    made = rows_of(crosswalk("uk-ai-cop", "iso-iec-42001")).rows
    assert [attrs.evolve(row, set=made[0].set) for row in loads(kept / "long.tsv")] == list(made)
    code, _, err = aicop("import", str(long_table), "--output", str(kept))
    assert (code, "already exists" in err) == (3, True)


def test_progress_is_shown_on_a_terminal(aicop: Run, long_table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The progress line counts rows and is wiped at the end."""
    monkeypatch.setattr("aicop.cli.importing._SLOW_FROM_BYTES", 1000)
    monkeypatch.setattr("aicop.cli.importing._PROGRESS_STEP", 100)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = aicop("import", str(long_table))[2]
    assert [part.rpartition(" ... ")[2] for part in err.split("\r")[1:-1]] == ["0 rows", "100 rows"]
    assert err.endswith("\r\x1b[K")


def test_an_empty_file_is_reported(aicop: Run, tmp_path: Path) -> None:
    """A file without elements or mappings gives exit code 1, and nothing is saved."""
    path = write(tmp_path, "empty.jsonld", '{"@context": {}, "@id": "urn:a"}')
    code, out, _ = aicop("import", path, "--format", "csv", "--output", str(tmp_path / "kept"))
    assert code == 1
    assert not (tmp_path / "kept").exists()
    assert "nothing,the file contains no framework element and no mapping" in out
    metadata = {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}
    catalog = {"uuid": "0b8f2c76-7f5a-4f0e-9a3e-5b7a3f5f2a11", "metadata": metadata}
    path = write(tmp_path, "empty.json", json.dumps({"catalog": catalog}))
    code, out, _ = aicop("import", path, "--output", str(tmp_path / "kept"))
    assert (code, "t@1: T (no elements)" in out) == (1, True)
    assert not (tmp_path / "kept").exists()


def test_a_shipped_key_needs_another_name(aicop: Run, tmp_path: Path) -> None:
    """Importing a framework that ships advises giving it another name with `--as`."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    err = aicop("import", str(path), "--output", str(tmp_path / "kept"))[2]
    assert (
        err.splitlines()[-1]
        == "nist-csf@2.0 ships with aicop; to use the file instead, give it another name with --as."
    )


def test_sparse_imported_mappings_can_be_used(aicop: Run, tmp_path: Path) -> None:
    """Imported mappings have the basis "imported", whatever the file states, and can be used with `--with`."""
    rows = "uk-ai-cop:5.1,intersects-with,iso-iec-42001:A.4.2,\nuk-ai-cop:5.2,related-to,iso-iec-42001:A.4.2,own\n"
    path = write(tmp_path, "m.csv", f"source,relationship,target,basis\n{rows}")
    aicop("import", path, "--output", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    assert {row.basis for row in loads(kept)} == {MappingBasis.IMPORTED}
    assert aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", "--with", str(kept))[0] == 0


def test_a_saved_framework_is_not_imported_again(aicop: Run, tmp_path: Path) -> None:
    """A framework that `import` saved is refused by it, and is used with `--framework`."""
    table = write(tmp_path, "own.csv", "id,kind\nA,control\n")
    aicop("import", table, "--as", "own@1", "--output", str(tmp_path))
    code, _, err = aicop("import", str(tmp_path / "own@1.json"))
    assert (code, "needs no import; pass it with --framework" in err) == (3, True)
    code, _, err = aicop("import", table, "--output", table)
    assert (code, err.endswith(f"{table}: is a file, not a folder\n")) == (3, True)
    assert aicop("import", table, "--source", "nist-csff")[0] == 2
    assert aicop("import", table, "--source", "own", "--framework", str(tmp_path / "own@1.json"))[0] == 0


def test_nothing_is_written_if_one_of_several_files_exists(aicop: Run, tmp_path: Path) -> None:
    """All files are written or none, and `--force` overwrites those that exist."""
    path = write(tmp_path, "both.csv", _trestle(("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "nist-ai-rmf")))
    kept = tmp_path / "kept"
    kept.mkdir()
    write(kept, "uk-ai-cop@2025-01--nist-ai-rmf@1.0.tsv", "mine")
    assert aicop("import", path, "--output", str(kept))[0] == 3
    assert [item.name for item in kept.iterdir()] == ["uk-ai-cop@2025-01--nist-ai-rmf@1.0.tsv"]
    code, _, err = aicop("import", path, "--output", str(kept), "--force")
    assert (code, "Skipped" in err) == (0, False)


def test_no_two_sets_are_saved_in_one_file(aicop: Run, tmp_path: Path) -> None:
    """A numbered file name never collides with the name of another edition."""
    # The label "1-2" is also the file name that a second set of edition "1" would get.
    for edition in ("1", "1-2"):
        table = write(tmp_path, "own.csv", "id,kind\nA,control\n")
        aicop("import", table, "--as", f"own@{edition}", "--output", str(tmp_path))
    collection = {
        "mapping-collection": {
            "uuid": "u",
            "metadata": {
                "title": "T",
                "last-modified": "2026-01-01T00:00:00Z",
                "version": "1",
                "oscal-version": "1.2.0",
            },
            "mappings": [
                {
                    "uuid": "u",
                    "source-resource": {"type": "catalog", "href": "uk-ai-cop@2025-01.json"},
                    "target-resource": {"type": "catalog", "href": f"{target}.json"},
                    "maps": [
                        {"uuid": "u", "relationship": "equal-to", "sources": [_end("5.1")], "targets": [_end("A")]}
                    ],
                }
                for target in ("own@1", "own@1", "own@1-2")
            ],
        }
    }
    path = write(tmp_path, "three.json", json.dumps(collection))
    own = [text for edition in ("1", "1-2") for text in ("--framework", str(tmp_path / f"own@{edition}.json"))]
    code, _, _ = aicop("import", path, *own, "--output", str(tmp_path / "kept"))
    assert code == 0
    assert len(list((tmp_path / "kept").iterdir())) == 3


def _end(name: str) -> dict[str, str]:
    return {"type": "control", "id-ref": name}
