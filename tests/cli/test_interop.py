"""The commands export, import and formats."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import attrs
import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk
from aicop.interop import cyclonedx, formats, oscal, registry, trestle
from aicop.interop.common.rows import rows_of
from aicop.mappings import loads
from aicop.vocabulary import MappingBasis
from tests.cli.runner import Run, write

if TYPE_CHECKING:
    from pathlib import Path


TEXT = [item.name for item in formats.formats() if item.name != "xlsx"]


def test_formats_are_listed(aicop: Run) -> None:
    """Eleven, with what each keeps and loses where there is room for it."""
    code, out, _ = aicop("formats", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [row["format"] for row in rows] == list(formats.NAMES)
    assert all(row["keeps"] and row["loses"] for row in rows)
    assert {row["format"]: row["needs"] for row in rows if row["needs"]} == {
        "xlsx": "aicop[xlsx]",
        "ciso-assistant": "aicop[yaml]",
        "sssom": "aicop[yaml]",
        "skos": "aicop[rdf]",
    }
    assert "registry" in aicop("formats")[1]


@pytest.mark.parametrize("name", [item for item in TEXT if "edition" in formats.format_of(item).writes])
def test_an_edition_is_written(aicop: Run, name: str) -> None:
    """To standard output, as the module writes it."""
    code, out, err = aicop("export", name, "uk-ai-cop")
    assert (code, err) == (0, "")
    assert out == formats.dumps(name, load("uk-ai-cop")).decode()


@pytest.mark.parametrize("name", [item for item in TEXT if "crosswalk" in formats.format_of(item).writes])
def test_a_crosswalk_is_written(aicop: Run, name: str) -> None:
    """And what the format cannot say is told."""
    code, out, err = aicop("export", name, "uk-ai-cop", "iso-iec-42001")
    assert code == 0
    assert out == formats.dumps(name, crosswalk("uk-ai-cop", "iso-iec-42001")).decode()
    left = formats.omission_phrases(name, crosswalk("uk-ai-cop", "iso-iec-42001"))
    assert err.splitlines() == [f"Left out: {said}." for said in left]


def test_a_framework_is_written(aicop: Run) -> None:
    """Of those that ship."""
    code, out, _ = aicop("export", "oscal", "nist-csf")
    assert (code, out) == (0, oscal.dumps(frameworks.load("nist-csf")))


def test_an_own_framework_and_own_mappings_are_written(aicop: Run, tmp_path: Path) -> None:
    """As the other commands take them."""
    own = write(
        tmp_path,
        "own.json",
        json.dumps(
            {"framework": "own", "edition": "1", "title": "Own", "controls": [{"id": "A-1", "kind": "control"}]}
        ),
    )
    rows = write(
        tmp_path,
        "own.tsv",
        "subject_id\tpredicate_id\tobject_id\tauthor_label\tmapping_date\tconfidence\tcomment\n"
        "own:A-1\tsubset-of\tuk-ai-cop:5.1\twe\t2026-11-22\t0.5\tBecause.\n",
    )
    code, out, _ = aicop("export", "oscal", "own", "--framework", own)
    assert code == 0
    assert json.loads(out)["catalog"]["metadata"]["title"] == "Own"
    code, out, _ = aicop("export", "csv", "own", "uk-ai-cop", "--framework", own, "--with", rows)
    assert code == 0
    assert [row["subject_id"] for row in csv.DictReader(io.StringIO(out))] == ["own@1:A-1"]


def test_what_is_left_out_is_counted(aicop: Run) -> None:
    """OSCAL has no word for a relation without a type, and none for mitigation, of which no mapping is then left."""
    code, _, err = aicop("export", "oscal", "uk-ai-cop", "etsi-en-304-223")
    related = sum(row.predicate == "related-to" for row in crosswalk("uk-ai-cop", "etsi-en-304-223").mappings)
    assert (code, err) == (0, f"Left out: {related} rows: related, type not stated.\n")
    code, out, err = aicop("export", "oscal", "uk-ai-cop", "owasp-llm-top10")
    count = sum(row.predicate == "mitigates" for row in crosswalk("uk-ai-cop", "owasp-llm-top10").mappings)
    unfound = sum(row.target is None for row in crosswalk("uk-ai-cop", "owasp-llm-top10").mappings)
    assert (code, out) == (2, "")
    assert err == (
        "aicop: oscal can hold no mapping from uk-ai-cop@2025-01 to owasp-llm-top10@2026; "
        f"left out: {count} rows: mitigates; {unfound} rows: nothing found\n"
    )


def test_a_file_is_written_whole_and_not_over_another(aicop: Run, tmp_path: Path) -> None:
    """Unless it is asked for."""
    path = tmp_path / "en.json"
    code, out, err = aicop("export", "oscal", "etsi-en-304-223", "-o", str(path))
    assert (code, out) == (0, "")
    assert err == f"Wrote {path}: {path.stat().st_size:,} bytes.\n"
    assert path.read_text(encoding="utf-8") == oscal.dumps(load("etsi-en-304-223"))
    code, _, err = aicop("export", "oscal", "uk-ai-cop", "-o", str(path))
    assert code == 3
    assert err == f"aicop: {path} is there already; --force writes over it\n"
    assert path.read_text(encoding="utf-8") == oscal.dumps(load("etsi-en-304-223"))
    assert aicop("export", "oscal", "uk-ai-cop", "-o", str(path), "--force")[0] == 0
    assert path.read_text(encoding="utf-8") == oscal.dumps(load("uk-ai-cop"))
    assert [item.name for item in tmp_path.iterdir()] == ["en.json"]


def test_a_spreadsheet_goes_to_a_file_or_a_pipe(aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not to a terminal; a pipe is tried in a process of its own."""
    path = tmp_path / "code.xlsx"
    assert aicop("export", "xlsx", "uk-ai-cop", "-o", str(path))[0] == 0
    assert path.read_bytes() == formats.dumps("xlsx", load("uk-ai-cop"))
    command = [sys.executable, "-m", "aicop", "export", "xlsx", "uk-ai-cop"]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout == path.read_bytes()  # noqa: S603 -- ours
    with monkeypatch.context() as patch:
        piped = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        patch.setattr("sys.stdout", piped)
        assert aicop("export", "xlsx", "uk-ai-cop")[0] == 0
        piped.seek(0)
        assert piped.buffer.read() == path.read_bytes()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, _, err = aicop("export", "xlsx", "uk-ai-cop")
    assert code == 2
    assert "a spreadsheet is not for the terminal; name a file with --output" in " ".join(err.split())


def test_a_role_and_a_verb_choose_a_part(aicop: Run) -> None:
    """Of OSCAL that is a profile, of a checklist its rows."""
    code, out, _ = aicop("export", "oscal", "uk-ai-cop", "--role", "data custodian", "--modality", "shall")
    assert code == 0
    assert out == oscal.profile(load("uk-ai-cop"), duty_holder="Data Custodian", modality="shall")
    code, out, _ = aicop("export", "csv", "uk-ai-cop", "--role", "end-user")
    assert code == 0
    assert len(list(csv.reader(io.StringIO(out)))) == 2


def test_versions_of_a_format(aicop: Run) -> None:
    """CycloneDX is written in two."""
    code, out, _ = aicop("export", "cyclonedx", "uk-ai-cop", "--spec", "1.7")
    assert (code, out) == (0, cyclonedx.dumps(load("uk-ai-cop"), "1.7"))


def test_the_whole_registry(aicop: Run) -> None:
    """Of all editions."""
    assert aicop("export", "registry", "all")[1] == registry.dumps()


WRONG = [
    (("export", "ocsal", "uk-ai-cop"), 2, "'ocsal' is not a format; use one of: csv, markdown, xlsx"),
    (("export", "oscal", "nist-cfs"), 2, "no edition 'nist-cfs'; did you mean nist-csf@2.0?"),
    (("export", "registry", "nist-csf"), 2, "'registry' is not a format that holds a framework; use one of: "),
    (("export", "cyclonedx", "uk-ai-cop", "iso-iec-42001"), 2, "is not a format that holds a crosswalk"),
    (("export", "oscal", "uk-ai-cop", "nist-csf"), 2, "no mappings from uk-ai-cop@2025-01 to nist-csf@2.0"),
    (
        ("export", "sarif", "uk-ai-cop", "--role", "Developer"),
        2,
        "'sarif' is not a format in which a part of an edition is written",
    ),
    (("export", "csv", "nist-csf", "--role", "Developer"), 2, "--role and --modality choose among provisions"),
    (("export", "csv", "uk-ai-cop", "--role", "Devloper"), 2, "'Devloper' is not a role"),
    (("export", "sarif", "uk-ai-cop", "--spec", "2.0"), 2, "'sarif' is not a format of several versions"),
    (
        ("export", "cyclonedx", "uk-ai-cop", "--spec", "2.0"),
        2,
        "'2.0' is not a version of CycloneDX that is written; use one of: 1.6, 1.7",
    ),
    (("export", "cyclonedx", "uk-ai-cop", "--spec", "1.6", "--role", "Developer"), 2, "--spec is of CycloneDX, which"),
    (("import", "nowhere.json"), 3, "nowhere.json"),
    (("export", "csv", "uk-ai-cop", "iso-iec-42001", "--role", "Developer"), 2, "nothing is chosen of a crosswalk"),
    (("export", "registry", "all", "uk-ai-cop"), 2, "nothing is chosen of a crosswalk"),
    (
        ("export", "csv", "uk-ai-cop", "--via", "nist-csf"),
        2,
        "--via and --with are for crosswalks, which have a target",
    ),
    (("export", "csv", "uk-ai-cop", "-o", "/"), 3, "is a folder, not a file"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG, ids=[" ".join(item[0]) for item in WRONG])
def test_wrong_use_is_told(aicop: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    """In one line, without a traceback."""
    found = aicop(*arguments)
    assert found[0] == code
    assert found[1] == ""
    assert said in found[2]
    assert "Traceback" not in found[2]


READ = [item.name for item in formats.formats() if item.reads]


@pytest.mark.parametrize("name", READ)
def test_a_file_is_recognised_and_told(aicop: Run, tmp_path: Path, name: str) -> None:
    """What was written here is read here, whatever the file is called."""
    path = tmp_path / f"file{formats.format_of(name).suffix}"
    assert aicop("export", name, "uk-ai-cop", "iso-iec-42001", "-o", str(path))[0] == 0
    code, out, _ = aicop("import", str(path), "--print", "json")
    assert code == 0
    told = json.loads(out)
    assert list(told) == ["format", "frameworks", "mappings", "not_stated", "dropped"]
    assert told["mappings"]["intersects-with"] > 90
    again = aicop("import", str(path), "--format", name, "--print", "json")
    assert again[1] == out


def test_an_imported_catalogue_is_told_and_kept(aicop: Run, tmp_path: Path) -> None:
    """Under the key that is asked for, as a file that other commands take."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    code, out, err = aicop("import", str(path), "--as", "mine@7", "--to", str(tmp_path / "kept"))
    assert code == 0
    assert "mine@7: " in out
    assert "106 subcategory" in out
    assert err == f"Wrote {tmp_path / 'kept' / 'mine@7.json'}.\n"
    kept = json.loads((tmp_path / "kept" / "mine@7.json").read_text(encoding="utf-8"))
    assert len(kept["controls"]) == len(frameworks.load("nist-csf"))
    code, _, err = aicop("import", str(path), "--as", "mine@7", "--to", str(tmp_path / "kept"))
    assert (code, "is there already" in err) == (3, True)


def test_what_was_dropped_and_what_is_open_is_told(aicop: Run, tmp_path: Path) -> None:
    """Counted, after what was understood."""
    metadata = {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}
    control = {"id": "a-1", "title": "One", "params": [{"id": "a-1_prm_1"}, {"id": "a-1_prm_2"}]}
    catalog = {"uuid": "0b8f2c76-7f5a-4f0e-9a3e-5b7a3f5f2a11", "metadata": metadata, "controls": [control]}
    path = write(tmp_path, "theirs.json", json.dumps({"catalog": catalog}))
    code, out, _ = aicop("import", path, "--print", "csv")
    assert code == 0
    assert list(csv.reader(io.StringIO(out)))[1:] == [
        ["format", "OSCAL 1.1.2 catalog"],
        ["framework", "t@1: T (1 control)"],
        ["not stated", "the nature of 1 element (assumed: requirement)"],
        ["dropped", "2 parameters"],
    ]


def test_imported_mappings_are_kept_as_own_ones(aicop: Run, tmp_path: Path) -> None:
    """As a file that --with takes."""
    path = tmp_path / "iso.sssom.tsv"
    aicop("export", "sssom", "uk-ai-cop", "iso-iec-42001", "-o", str(path))
    code, _, err = aicop("import", str(path), "--to", str(tmp_path), "--as", "own@1")
    assert err.startswith("There is no framework in it to be called own@1.\n")
    kept = tmp_path / "uk-ai-cop@2025-01--iso-iec-42001@2023.tsv"
    assert code == 0
    code, _, err = aicop("consistency", "--with", str(kept))
    assert code == 0
    assert err.endswith(" mappings, 0 contradictions.\n")


def _trestle(*pairs: tuple[str, str]) -> str:
    """Give several crosswalks as one table of trestle's."""
    texts = [formats.dumps("trestle", crosswalk(*pair)).decode().splitlines(keepends=True) for pair in pairs]
    return "".join([*texts[0], *(line for text in texts[1:] for line in text[2:])])


def test_each_crosswalk_of_a_file_is_kept_by_itself(aicop: Run, tmp_path: Path) -> None:
    """With what was not found in its own framework, and not in another's."""
    pairs = ("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "nist-ai-rmf")
    path = write(tmp_path, "both.csv", _trestle(*pairs))
    kept = tmp_path / "kept"
    code, _, err = aicop("import", path, "--to", str(kept))
    assert (code, err.count("Wrote ")) == (0, 2)
    for pair in pairs:
        ends = [frameworks.load(name).id for name in pair]
        found = loads(kept / f"{ends[0]}--{ends[1]}.tsv")
        expected = rows_of(crosswalk(*pair), trestle.FORMAT.predicates).rows
        assert [(row.source, row.predicate, row.target) for row in found] == [
            (row.source, row.predicate, row.target) for row in expected
        ]
    code, _, err = aicop("import", path, "--to", str(kept))
    assert (code, "is there already" in err) == (3, True)


def test_two_sets_of_one_pair_are_two_files(aicop: Run, tmp_path: Path) -> None:
    """As one file, their rows might say two things of the same elements."""
    text = json.loads(formats.dumps("oscal", crosswalk("uk-ai-cop", "iso-iec-42001")))
    listed = text["mapping-collection"]["mappings"]
    listed.append(listed[0])
    path = write(tmp_path, "twice.json", json.dumps(text))
    aicop("import", path, "--to", str(tmp_path / "kept"))
    one, other = sorted((tmp_path / "kept").iterdir())
    assert other.name == "uk-ai-cop@2025-01--iso-iec-42001@2023.tsv"
    assert one.name == "uk-ai-cop@2025-01--iso-iec-42001@2023-2.tsv"
    assert one.read_bytes() == other.read_bytes()


def test_what_names_no_framework_is_not_kept(aicop: Run, tmp_path: Path) -> None:
    """Rows that say where nothing was found, and not in what."""
    path = write(tmp_path, "none.csv", "subject_id,predicate_id\nuk-ai-cop:5.1,nothing-found\n")
    kept = tmp_path / "kept"
    _, _, err = aicop("import", path, "--to", str(kept))
    said = "for which nothing was found, since no row says in which framework"
    assert err == f"Not kept: 1 mapping {said}.\n"
    assert not list(kept.iterdir())


UNREAD = [
    ("", "is empty"),
    ("{}", "is JSON of none of the formats that are read here: csv"),
    ('{"bomFormat": "CycloneDX"}', "is CycloneDX"),
    ('{"runs": []}', "is SARIF"),
    (
        '{"format": "aicop-registry"}',
        "is Registry JSON 1, for embedders in any language, which is written here and not read",
    ),
    ("hello\n", "is in none of the formats that are read here"),
    ("PK\x03\x04", "is a workbook or another archive, which is not read; save a sheet of elements or mappings as CSV"),
    ('{"a": 1,', "not JSON"),
]


@pytest.mark.parametrize(("content", "said"), UNREAD)
def test_what_is_not_read_is_told(aicop: Run, tmp_path: Path, content: str, said: str) -> None:
    """With the file and what it seems to be."""
    path = write(tmp_path, "file.txt", content)
    code, out, err = aicop("import", path)
    assert (code, out) == (3, "")
    assert path in err
    assert said in err


def test_a_format_that_is_not_read_cannot_be_asked_for(aicop: Run, tmp_path: Path) -> None:
    """The error lists those that are."""
    path = write(tmp_path, "file.txt", "x")
    code, _, err = aicop("import", path, "--format", "sarif")
    assert code == 2
    assert "'sarif' is not a format that is read; use one of: csv, " in err


def test_a_slow_file_is_announced_on_a_terminal_alone(
    aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the line is wiped when it is done."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    monkeypatch.setattr("aicop.cli.interop._SLOW_FROM_BYTES", 1000)
    assert aicop("import", str(path))[2] == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = aicop("import", str(path))[2]
    assert err.startswith(f"Reading {path} (")
    assert err.endswith("\r\x1b[K")


@pytest.fixture
def long_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a table of mappings that counts as too long to be held."""
    path = tmp_path / "long.csv"
    path.write_text(formats.dumps("csv", crosswalk("uk-ai-cop", "iso-iec-42001")).decode(), encoding="utf-8")
    monkeypatch.setattr("aicop.cli.interop.MAX_FILE_SIZE", 1000)
    return path


def test_a_table_that_is_too_long_to_be_held_goes_by(aicop: Run, long_table: Path) -> None:
    """It is counted row by row, with the same numbers as if it were held."""
    code, out, err = aicop("import", str(long_table), "--print", "json")
    counts = Counter(row.predicate.value for row in crosswalk("uk-ai-cop", "iso-iec-42001").mappings)
    assert (code, err) == (0, "")
    told = {"format": "csv", "frameworks": [], "mappings": counts, "not_stated": [], "dropped": []}
    assert json.loads(out) == told
    assert f"{counts.total()}: {counts['intersects-with']} intersects-with, " in aicop("import", str(long_table))[1]


def test_what_a_long_table_leaves_open_is_told(aicop: Run, long_table: Path) -> None:
    """As of one that is held: the facts that its rows lack, and the comments before them."""
    header, *lines = long_table.read_text(encoding="utf-8").splitlines()
    held = Counter(row.target is not None for row in crosswalk("uk-ai-cop", "iso-iec-42001").mappings)
    rows = list(csv.DictReader([header, *lines]))
    table = io.StringIO()
    writer = csv.DictWriter(table, ["subject_id", "predicate_id", "object_id", "basis"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row | {"basis": "imported"} for row in rows)
    long_table.write_text(f"# one\n# two\n{table.getvalue()}", encoding="utf-8")
    code, out, _ = aicop("import", str(long_table), "--print", "json")
    count = held.total()
    assert code == 0
    told = json.loads(out)
    open_ = ("the maker", "the date", "the reason", "the confidence")
    assert told["not_stated"] == [f"{what} of {count} mappings" for what in open_]
    assert told["dropped"] == ["2 lines of comment"]


def test_a_table_that_is_too_long_is_kept_as_it_goes_by(aicop: Run, long_table: Path) -> None:
    """Under its own name; and over no other file."""
    kept = long_table.parent / "kept"
    assert aicop("import", str(long_table), "--to", str(kept))[0] == 0
    made = rows_of(crosswalk("uk-ai-cop", "iso-iec-42001")).rows
    assert [attrs.evolve(row, set=made[0].set) for row in loads(kept / "long.tsv")] == list(made)
    code, _, err = aicop("import", str(long_table), "--to", str(kept))
    assert (code, "is there already" in err) == (3, True)


def test_a_person_at_a_terminal_sees_how_far_it_got(
    aicop: Run, long_table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the line is wiped at the end."""
    monkeypatch.setattr("aicop.cli.interop._SLOW_FROM_BYTES", 1000)
    monkeypatch.setattr("aicop.cli.interop._PROGRESS_STEP", 100)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = aicop("import", str(long_table))[2]
    assert [part.rpartition(" ... ")[2] for part in err.split("\r")[1:-1]] == ["0 rows", "100 rows"]
    assert err.endswith("\r\x1b[K")


def test_a_hyphen_is_standard_output(aicop: Run) -> None:
    """As it is standard input for import."""
    assert aicop("export", "csv", "nist-csf", "-o", "-") == aicop("export", "csv", "nist-csf")


def test_a_file_that_holds_nothing_is_told(aicop: Run, tmp_path: Path) -> None:
    """Neither framework nor mapping, with a code of its own; or a framework without elements."""
    path = write(tmp_path, "empty.jsonld", '{"@context": {}, "@id": "urn:a"}')
    code, out, _ = aicop("import", path, "--print", "csv", "--to", str(tmp_path / "kept"))
    assert code == 1
    assert not (tmp_path / "kept").exists()
    assert "nothing,no element of a framework and no mapping was found in it" in out
    metadata = {"title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}
    catalog = {"uuid": "0b8f2c76-7f5a-4f0e-9a3e-5b7a3f5f2a11", "metadata": metadata}
    path = write(tmp_path, "empty.json", json.dumps({"catalog": catalog}))
    code, out, _ = aicop("import", path, "--to", str(tmp_path / "kept"))
    assert (code, "t@1: T (no elements)" in out) == (1, True)
    assert not (tmp_path / "kept").exists()


def test_a_framework_that_ships_is_told_to_need_another_key(aicop: Run, tmp_path: Path) -> None:
    """Since two of one key cannot be told apart."""
    path = tmp_path / "csf.json"
    aicop("export", "oscal", "nist-csf", "-o", str(path))
    err = aicop("import", str(path), "--to", str(tmp_path / "kept"))[2]
    assert err.splitlines()[-1] == ("nist-csf@2.0 ships with aicop: to use the file, name it otherwise with --as.")


def test_one_format_is_told_with_what_it_loses(aicop: Run) -> None:
    """A card; or an error that lists them."""
    code, out, _ = aicop("formats", "trestle")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["format", "title", "writes", "reads", "keeps", "loses"]
    assert json.loads(aicop("formats", "sssom", "--format", "json")[1])["needs"] == "aicop[yaml]"
    assert aicop("formats", "sarf")[0] == 2


def test_an_own_framework_is_written_in_a_version(aicop: Run, tmp_path: Path) -> None:
    """Like any other."""
    content = {"framework": "own", "edition": "1", "title": "Own", "controls": [{"id": "A", "kind": "control"}]}
    own = write(tmp_path, "own.json", json.dumps(content))
    code, out, _ = aicop("export", "cyclonedx", "own", "--framework", own, "--spec", "1.7")
    assert (code, json.loads(out)["specVersion"]) == (0, "1.7")


def test_what_was_imported_with_little_said_can_be_used(aicop: Run, tmp_path: Path) -> None:
    """It is kept as imported, whatever it rests on by its own account."""
    rows = "uk-ai-cop:5.1,intersects-with,iso-iec-42001:A.4.2,\nuk-ai-cop:5.2,related-to,iso-iec-42001:A.4.2,own\n"
    path = write(tmp_path, "m.csv", f"subject_id,predicate_id,object_id,basis\n{rows}")
    aicop("import", path, "--to", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    assert {row.basis for row in loads(kept)} == {MappingBasis.IMPORTED}
    assert aicop("crosswalk", "uk-ai-cop", "iso-iec-42001", "--with", str(kept))[0] == 0


def test_a_kept_framework_is_not_imported_again(aicop: Run, tmp_path: Path) -> None:
    """It is ready to be used."""
    table = write(tmp_path, "own.csv", "id,kind\nA,control\n")
    aicop("import", table, "--as", "own@1", "--to", str(tmp_path))
    code, _, err = aicop("import", str(tmp_path / "own@1.json"))
    assert (code, "needs no import: give it with --framework" in err) == (3, True)
    code, _, err = aicop("import", table, "--to", table)
    assert (code, err.endswith(f"is a file, not a folder: '{table}'\n")) == (3, True)
    assert aicop("import", table, "--source", "nist-csff")[0] == 2
    assert aicop("import", table, "--source", "own", "--framework", str(tmp_path / "own@1.json"))[0] == 0


def test_that_nothing_is_written_is_told(aicop: Run) -> None:
    """A part without statements is an error; of a crosswalk without rows the frame is written, and that is told."""
    code, out, err = aicop("export", "csv", "uk-ai-cop", "--role", "Affected Entity", "--modality", "can")
    assert (code, out) == (2, "")
    assert "no statement of uk-ai-cop@2025-01 is of that" in err
    code, _, err = aicop("export", "csv", "nist-ai-rmf", "iso-iec-42001", "--via", "uk-ai-cop")
    assert (code, err.splitlines()[-1]) == (0, "There is no mapping in what is written.")


def test_nothing_is_written_where_one_of_several_files_is_there(aicop: Run, tmp_path: Path) -> None:
    """And whoever reads only what is told of what was not kept finds nothing, where everything was."""
    path = write(tmp_path, "both.csv", _trestle(("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "nist-ai-rmf")))
    kept = tmp_path / "kept"
    kept.mkdir()
    write(kept, "uk-ai-cop@2025-01--nist-ai-rmf@1.0.tsv", "mine")
    assert aicop("import", path, "--to", str(kept))[0] == 3
    assert [item.name for item in kept.iterdir()] == ["uk-ai-cop@2025-01--nist-ai-rmf@1.0.tsv"]
    code, _, err = aicop("import", path, "--to", str(kept), "--force")
    assert (code, "Not kept" in err) == (0, False)


def test_no_two_sets_are_kept_in_one_file(aicop: Run, tmp_path: Path) -> None:
    """Also where an edition is called as another file is numbered."""
    for edition in ("1", "1-2"):
        table = write(tmp_path, "own.csv", "id,kind\nA,control\n")
        aicop("import", table, "--as", f"own@{edition}", "--to", str(tmp_path))
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
    code, _, _ = aicop("import", path, *own, "--to", str(tmp_path / "kept"))
    assert code == 0
    assert len(list((tmp_path / "kept").iterdir())) == 3


def _end(name: str) -> dict[str, str]:
    return {"type": "control", "id-ref": name}
