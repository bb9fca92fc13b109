"""The command `import`."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import attrs
import pytest

from aicop import frameworks
from aicop.crosswalk import crosswalk
from aicop.interop import formats, oscal, trestle
from aicop.interop.common.rows import rows_of
from aicop.library import Library
from aicop.mappings import loads
from aicop.vocabulary import MappingBasis
from tests.cli.examples import FRAMEWORK, HEADER, bare, library
from tests.cli.runner import Run, records, write

READ = [item.name for item in formats.formats() if "crosswalk" in item.reads]


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


def test_an_imported_framework_is_added_to_the_library(aicop: Run, tmp_path: Path) -> None:
    """A catalogue is added under the key given by `--as`, is known from then on, and is overwritten only with force."""
    own = library(tmp_path, {})
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    command = ("import", str(path), "--as", "mine@7", "--add", *own)
    code, out, err = aicop(*command)
    assert code == 0
    assert "mine@7: " in out
    assert "106 subcategory" in " ".join(out.split())
    kept = Path(own[1]) / "frameworks" / "mine@7.json"
    assert err == f"Wrote {kept}.\n"
    assert len(json.loads(kept.read_text(encoding="utf-8"))["controls"]) == len(frameworks.load("nist-csf"))
    assert json.loads(aicop("show", "mine:GV.OC-01", *own, "-f", "json")[1])["id"] == "mine@7:GV.OC-01"
    code, _, err = aicop(*command)
    assert (code, err) == (3, f"aicop: {kept} already exists; use --force to overwrite it\n")
    before = kept.read_bytes()
    assert aicop(*command, "--force")[0] == 0
    assert kept.read_bytes() == before


def test_another_framework_under_a_known_name_is_refused(aicop: Run, tmp_path: Path) -> None:
    """A framework of the same name with other elements replaces the first one only with `--force`."""
    own = library(tmp_path, FRAMEWORK)
    path = write(tmp_path, "own.csv", "id,kind\nA,control\n")
    command = ("import", path, "--as", "own-controls@2026", "--add", *own)
    code, _, err = aicop(*command)
    assert code == 2
    assert err.endswith("'own-controls@2026' is already in the library, with other content; --force overwrites it\n")
    assert aicop(*command, "--force")[0] == 0
    assert aicop("show", "own-controls:A", *own)[0] == 0
    assert aicop("show", "own-controls:AC-1", *own)[0] == 2


@pytest.mark.parametrize("name", [item.name for item in formats.formats() if "framework" in item.reads])
def test_a_framework_in_every_format_is_added_and_read_again(aicop: Run, tmp_path: Path, name: str) -> None:
    """The elements of a framework are the same in the library, whatever the format of the file."""
    own = library(tmp_path, FRAMEWORK)
    path = tmp_path / f"theirs{formats.format_of(name).suffix}"
    assert aicop("export", name, "own-controls", "-o", str(path), *own)[0] == 0
    code, _, err = aicop("import", str(path), "--as", "again@1", "--add", *own)
    assert (code, err.startswith("Wrote ")) == (0, True)
    found = json.loads(aicop("show", "again:AC-1", *own, "-f", "json")[1])
    assert (found["title"], found["kind"], found["parent"]) == ("Accounts are named", "control", "again@1:AC")


@pytest.mark.parametrize("name", [item.name for item in formats.formats() if "crosswalk" in item.reads])
def test_mappings_in_every_format_are_added_and_read_again(aicop: Run, tmp_path: Path, name: str) -> None:
    """The mappings of a file are read again with the pairs of the file, and answer with those that ship."""
    own = library(tmp_path, {})
    path = tmp_path / f"iso{formats.format_of(name).suffix}"
    aicop("export", name, "uk-ai-cop", "iso-iec-42001", "-o", str(path))
    code, _, err = aicop("import", str(path), "--add", *own)
    kept = Path(own[1]) / "mappings" / "iso.tsv"
    assert (code, err.splitlines()[-1]) == (0, f"Wrote {kept}.")
    # SKOS repeats the elements of both frameworks.
    left = [line for line in err.splitlines()[:-1] if line.endswith(", which ships with aicop.")]
    assert len(left) == (2 if name == "skos" else 0)
    read = formats.loads(path.read_bytes(), path.name).mappings
    pairs = {(row.source, row.target) for row in read}
    assert len(pairs) > 90
    assert {(row.source, row.target) for row in loads(kept)} == pairs
    found = aicop.rows("crosswalk", "uk-ai-cop", "iso-iec-42001", *own)
    named = {tuple("" if key is None else str(key) for key in pair) for pair in pairs}
    assert {(row["source"], row["target"]) for row in found} >= named
    assert aicop("consistency", *own)[0] == 0


def test_without_a_library_nothing_is_added(aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to make a library and how to name it."""
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, "own.csv", "id,kind\nA,control\n")
    code, out, err = aicop("import", path, "--add")
    assert (code, out) == (2, "")
    assert err == (
        "aicop: the library has no folder; make one with aicop init FOLDER, and name it with --library FOLDER\n"
    )
    assert [item.name for item in tmp_path.iterdir()] == ["own.csv"]


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


def test_a_name_for_a_file_without_a_framework_is_reported(aicop: Run, tmp_path: Path) -> None:
    """`--as` has no effect on a file of mappings, which is said."""
    path = tmp_path / "iso.sssom.tsv"
    aicop("export", "sssom", "uk-ai-cop", "iso-iec-42001", "-o", str(path))
    assert aicop("import", str(path), "--as", "own@1")[2] == "The file contains no framework to name own@1.\n"


def _trestle(*pairs: tuple[str, str]) -> str:
    """Return several crosswalks as one trestle table."""
    texts = [formats.dumps("trestle", crosswalk(*pair)).decode().splitlines(keepends=True) for pair in pairs]
    return "".join([*texts[0], *(line for text in texts[1:] for line in text[2:])])


def test_each_crosswalk_of_a_file_has_a_file_of_its_own(aicop: Run, tmp_path: Path) -> None:
    """A row without a find is kept with the crosswalk to its own target framework only."""
    pairs = ("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "nist-ai-rmf")
    path = write(tmp_path, "both.csv", _trestle(*pairs))
    own = library(tmp_path, {})
    code, _, err = aicop("import", path, "--add", *own)
    assert (code, err.count("Wrote ")) == (0, 2)
    for pair in pairs:
        ends = [frameworks.load(name).id for name in pair]
        found = loads(Path(own[1]) / "mappings" / f"both.{ends[0]}--{ends[1]}.tsv", target_edition=pair[1])
        expected = rows_of(crosswalk(*pair), trestle.FORMAT.predicates).rows
        assert {(row.source, row.predicate, row.target) for row in found} == {
            (row.source, row.predicate, row.target) for row in expected
        }
    code, _, err = aicop("import", path, "--add", *own)
    assert (code, "already exists" in err) == (3, True)


@pytest.mark.parametrize("changed", [False, True], ids=["the same", "with another judgement"])
def test_two_sets_of_one_pair_are_read_again(aicop: Run, tmp_path: Path, *, changed: bool) -> None:
    """OSCAL allows two sets of one pair; rows that repeat count once, and another judgement by the author is refused."""
    text = json.loads(formats.dumps("oscal", crosswalk("uk-ai-cop", "iso-iec-42001")))
    listed = text["mapping-collection"]["mappings"]
    again = json.loads(json.dumps(listed[0]))
    first = again["maps"][0]
    assert first["relationship"] == "intersects-with"
    if changed:
        first["relationship"] = "superset-of"
        # The figures in reverse are of the other judgement.
        first["props"] = [one for one in first["props"] if not one["name"].startswith("reverse-")]
    listed.append(again)
    own = library(tmp_path, {})
    code, out, err = aicop("import", write(tmp_path, "twice.json", json.dumps(text)), "--add", *own)
    assert aicop("library", "show", *own)[0] == 0
    if changed:
        assert (code, out) == (3, "")
        one, other = (f"mapping-collection.mappings[{number}].maps[0]" for number in (0, 1))
        assert re.search(rf"1 error\n  \S+: {re.escape(f'{other}.relationship: contradicts {one} on ')}", err)
        assert not (Path(own[1]) / "mappings").exists()
        return
    assert code == 0
    (kept,) = (Path(own[1]) / "mappings").iterdir()
    count = len(rows_of(crosswalk("uk-ai-cop", "iso-iec-42001"), oscal.FORMAT.predicates).rows)
    assert kept.read_text(encoding="utf-8").count("\n") - 1 == count


def test_rows_without_a_find_need_a_target_framework(aicop: Run, tmp_path: Path) -> None:
    """A file whose rows name no target is read with an option, and not added, since the library could not read it."""
    path = write(tmp_path, "none.csv", "source,relationship\nuk-ai-cop:5.1,nothing-found\n")
    own = library(tmp_path, {})
    code, out, err = aicop("import", path, "--add", *own)
    assert (code, out) == (3, "")
    assert "--target" in err
    assert aicop("import", path, "--target", "anssi-genai", *own)[0] == 0
    code, _, err = aicop("import", path, "--target", "anssi-genai", "--add", *own)
    assert (code, "cannot say that anssi-genai@1.0 was searched; write it" in err) == (3, True)
    assert [path.name for path in Path(own[1]).iterdir()] == ["aicop.toml"]


UNREAD = [
    ("", "is empty"),
    (
        "{}",
        "is JSON, but in none of the formats that aicop reads: oscal, ciso-assistant, skos, aicop; name one with --input-format",
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


def test_a_long_table_is_added_while_streaming(aicop: Run, long_table: Path) -> None:
    """A streamed table is added under its own name, and never over an existing file."""
    own = library(long_table.parent, {})
    assert aicop("import", str(long_table), "--add", *own)[0] == 0
    made = rows_of(crosswalk("uk-ai-cop", "iso-iec-42001")).rows
    found = loads(Path(own[1]) / "mappings" / "long.tsv")
    assert [attrs.evolve(row, set=made[0].set) for row in found] == list(made)
    code, _, err = aicop("import", str(long_table), "--add", *own)
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
    """A file without elements or mappings gives exit code 1, and nothing is added."""
    path = write(tmp_path, "empty.jsonld", '{"@context": {}, "@id": "urn:a"}')
    own = library(tmp_path, {})
    code, out, _ = aicop("import", path, "--format", "csv", "--add", *own)
    assert code == 1
    assert "nothing,the file contains no framework element and no mapping" in out
    metadata = {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}
    catalog = {"uuid": "0b8f2c76-7f5a-4f0e-9a3e-5b7a3f5f2a11", "metadata": metadata}
    path = write(tmp_path, "empty.json", json.dumps({"catalog": catalog}))
    code, out, _ = aicop("import", path, "--add", *own)
    assert (code, "t@1: T (no elements)" in out) == (1, True)
    assert [path.name for path in Path(own[1]).iterdir()] == ["aicop.toml"]


def test_a_shipped_key_needs_another_name(aicop: Run, tmp_path: Path) -> None:
    """Adding a framework that ships advises giving it another name with `--as`."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    code, _, err = aicop("import", str(path), "--add", *library(tmp_path, {}))
    assert code == 2
    assert err == (
        "aicop: 'nist-csf@2.0' ships with aicop; to add the file, give it another name with --as KEY@EDITION\n"
    )


def test_sparse_imported_mappings_can_be_used(aicop: Run, tmp_path: Path) -> None:
    """Imported mappings have the basis "imported", whatever the file states, and can be asked for."""
    rows = "uk-ai-cop:5.1,intersects-with,iso-iec-42001:A.4.2,\nuk-ai-cop:5.2,related-to,iso-iec-42001:A.4.2,own\n"
    path = write(tmp_path, "m.csv", f"source,relationship,target,basis\n{rows}")
    own = library(tmp_path, {})
    aicop("import", path, "--add", *own)
    rows_ = records(aicop, "crosswalk", "uk-ai-cop", "iso-iec-42001", "--basis", MappingBasis.IMPORTED, *own)
    assert [bare(row["source"]) for row in rows_] == ["5.1", "5.2"]
    # What a row does not state is still unknown, and the digests of its two sides are those of today.
    assert aicop("library", "review", *own)[2] == "2 mappings compared with today's texts, 0 changes.\n"


def test_mappings_of_strangers_do_not_get_the_defaults(aicop: Run, tmp_path: Path) -> None:
    """What is reported as not stated when a file is imported is not stated in the library either."""
    path = write(tmp_path, "t.csv", "source,relationship,target\nuk-ai-cop:5.1,related-to,iso-iec-42001:A.4.2\n")
    own = library(tmp_path, {"aicop.toml": '[defaults]\nauthor = "Nordbank CISO"\ndate = "2026-11"\n'})
    out = aicop("import", path, "--add", *own)[1]
    assert "the author of 1 mapping" in out
    [row] = Library.open(own[1]).own_mappings()
    assert (row.author, row.date, row.basis) == (None, None, MappingBasis.IMPORTED)


def test_ids_are_looked_up_in_the_library(aicop: Run, tmp_path: Path) -> None:
    """`--source` and `--target` name frameworks of the library too."""
    own = library(tmp_path, FRAMEWORK)
    path = write(tmp_path, "m.csv", "source,relationship,target\nAC-1,intersects-with,5.1\n")
    assert aicop("import", path, "--source", "own-control", "--target", "uk-ai-cop", *own)[0] == 2
    assert aicop("import", path, "--source", "own-controls", "--target", "uk-ai-cop", "--add", *own)[0] == 0
    rows = records(aicop, "crosswalk", "own-controls", "uk-ai-cop", *own)
    assert [(bare(row["source"]), bare(row["target"])) for row in rows] == [("AC-1", "5.1")]


@pytest.mark.parametrize("form", ["csv", "oscal"])
def test_joint_mappings_are_added_and_read_again(aicop: Run, tmp_path: Path, form: str) -> None:
    """A joint mapping of one library is exported, added to another one, and is the same there."""
    first, second = tmp_path / "first", tmp_path / "second"
    assert aicop("init", str(first))[0] == aicop("init", str(second))[0] == 0
    (second / "mappings" / "acme-to-the-code.csv").write_text("source,relationship,rationale,confidence\n", "utf-8")
    path = tmp_path / f"m{formats.format_of(form).suffix}"
    assert aicop("export", form, "acme", "uk-ai-cop", "-o", str(path), "--library", str(first))[0] == 0
    own = ("--library", str(second))
    code, _, err = aicop("import", str(path), "--add", *own)
    assert (code, err) == (0, f"Wrote {second / 'mappings' / 'm.tsv'}.\n")
    assert aicop("library", "show", *own)[0] == 0
    assert aicop("library", "review", *own)[2] == "2 mappings compared with today's texts, 0 changes.\n"
    question = ("crosswalk", "acme", "uk-ai-cop", "-f", "json", "--library")
    assert json.loads(aicop(*question, str(second))[1]) == json.loads(aicop(*question, str(first))[1])


REFUSED = [
    (
        "m.csv",
        "source,relationship,target,author,strength,date,rationale,confidence\n"
        "acme:TR-1,intersects-with,uk-ai-cop:1.1,Acme security team,3,2026-01-01,Why.,5\n",
        (
            "mappings/m.tsv: line 2: ",
            "is already mapped to uk-ai-cop@2025-01:1.1 in mappings/acme-to-the-code.csv, line 3,",
        ),
    ),
    ("acme@2026.csv", "id,kind\nAC-1,control\n", ("frameworks/acme@2026.csv: already holds acme@2026, ",)),
]


@pytest.mark.parametrize("refused", REFUSED, ids=["mappings", "a framework"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_refused_file_is_not_reported_as_if_it_were_added(
    aicop: Run, tmp_path: Path, refused: tuple[str, str, tuple[str, ...]], force: tuple[str, ...]
) -> None:
    """What the library does not take leaves it unchanged, and the report, which looks like success, is not printed."""
    home = tmp_path / "library"
    name, content, messages = refused
    aicop("init", str(home))
    before = {path: path.read_bytes() for path in home.rglob("*.*")}
    code, out, err = aicop("import", write(tmp_path, name, content), "--add", *force, "--library", str(home))
    assert (code, out) == (3, "")
    for message in messages:
        assert message in err
    assert {path: path.read_bytes() for path in home.rglob("*.*")} == before
    assert aicop("library", "show", "--library", str(home))[0] == 0


def test_nothing_is_written_if_one_of_several_files_exists(aicop: Run, tmp_path: Path) -> None:
    """All files are written or none, and `--force` overwrites those that exist."""
    path = write(tmp_path, "both.csv", _trestle(("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "nist-ai-rmf")))
    name = "both.uk-ai-cop@2025-01--nist-ai-rmf@1.0.tsv"
    own = library(tmp_path, {f"mappings/{name}": HEADER})
    kept = Path(own[1]) / "mappings"
    assert aicop("import", path, "--add", *own)[0] == 3
    assert [item.name for item in kept.iterdir()] == [name]
    assert (kept / name).read_text(encoding="utf-8") == HEADER
    code, _, err = aicop("import", path, "--add", *own, "--force")
    assert (code, err.count("Wrote ")) == (0, 2)


def test_mappings_with_faults_are_left_out_if_asked_for(aicop: Run, tmp_path: Path) -> None:
    """One wrong row refuses the file; with --skip-invalid it is listed with its place, and the others are added."""
    rows = (
        "AC-1,intersects-with,uk-ai-cop:5.1\nAC-9,intersects-with,uk-ai-cop:5.2\nAC-2,intersects-with,uk-ai-cop:6.1\n"
    )
    path = write(tmp_path, "m.csv", f"source,relationship,target\n{rows}")
    own = library(tmp_path, FRAMEWORK)
    command = ("import", path, "--source", "own-controls", "--add", *own)
    code, out, err = aicop(*command)
    assert (code, out) == (3, "")
    assert err.startswith(f"aicop: {path}: 1 error\n  {path}: line 3, column 'source': ")
    code, out, err = aicop(*command, "--skip-invalid", "--format", "json")
    first, fault, wrote = err.splitlines()
    assert (code, json.loads(out)["mappings"]) == (0, {"intersects-with": 2})
    assert first == "Left out for 1 fault:"
    assert fault.startswith(f"  {path}: line 3, column 'source': ")
    assert wrote.startswith("Wrote ")
    rows_ = records(aicop, "crosswalk", "own-controls", "uk-ai-cop", *own)
    assert [bare(row["source"]) for row in rows_] == ["AC-1", "AC-2"]


def test_rows_of_a_long_table_are_left_out(aicop: Run, tmp_path: Path, long_table: Path) -> None:
    """A table that is too long for memory is read without the rows that have faults, which are listed."""
    count = len(crosswalk("uk-ai-cop", "iso-iec-42001").mappings)
    with long_table.open("a", encoding="utf-8") as opened:
        opened.write("uk-ai-cop:99,equal-to,iso-iec-42001:4\n" * 120)
    assert aicop("import", str(long_table))[0] == 3
    own = library(tmp_path, {})
    code, out, err = aicop("import", str(long_table), "--skip-invalid", "--add", "--format", "json", *own)
    assert (code, sum(json.loads(out)["mappings"].values())) == (0, count)
    assert f"{long_table}: line {count + 121}, column 'source': " in err
    assert err.splitlines()[-1].startswith("Wrote ")


CASES = Path(__file__).parent.parent / "cases" / "import"


def test_a_map_in_a_separate_file_finds_the_names_of_its_source(aicop: Run, tmp_path: Path) -> None:
    """The library of a tool is added under a name of ours; a map in another file refers to it by the tool's URNs."""
    own = library(tmp_path, {})
    elements = CASES / "11-ciso-urn-differs-library.yaml"
    assert aicop("import", str(elements), "--as", "house@1", "--add", *own)[0] == 0
    for name, expected in (("lost", "ART-1"), ("wrong", "3.5.1")):
        path = CASES / f"11-ciso-urn-differs-map-{name}.yaml"
        kept = Path(own[1]) / "mappings" / f"{path.stem}.tsv"
        code, _, err = aicop("import", str(path), "--add", *own)
        assert (code, err) == (0, f"Wrote {kept}.\n")
        [found] = records(aicop, "crosswalk", "house", "nist-csf", *own)
        assert (found["source"], found["target"]) == (f"house@1:{expected}", "nist-csf@2.0:GV.OC-01")
        kept.unlink()
