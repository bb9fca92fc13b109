"""The commands `export` and `formats`."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk
from aicop.interop import cyclonedx, formats, oscal, registry

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.runner import Run


# Workbooks and Parquet files are bytes and cannot be compared with printed text.
TEXT = [item.name for item in formats.formats() if item.name not in {"xlsx", "parquet"}]


def test_formats_are_listed(aicop: Run) -> None:
    """Every format is listed with what it keeps and loses, and with the extra that it needs."""
    code, out, _ = aicop("formats", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [row["format"] for row in rows] == list(formats.NAMES)
    assert all(row["keeps"] and row["loses"] for row in rows)
    assert {row["format"]: row["needs"] for row in rows if row["needs"]} == {
        "xlsx": "aicop[xlsx]",
        "parquet": "aicop[parquet]",
        "ciso-assistant": "aicop[yaml]",
        "sssom": "aicop[yaml]",
        "skos": "aicop[rdf]",
    }
    assert "registry" in aicop("formats")[1]


@pytest.mark.parametrize("name", [item for item in TEXT if "edition" in formats.format_of(item).writes])
def test_an_edition_is_exported(aicop: Run, name: str) -> None:
    """An edition goes to standard output exactly as the format writes it."""
    code, out, err = aicop("export", name, "uk-ai-cop")
    assert (code, err) == (0, "")
    assert out == formats.dumps(name, load("uk-ai-cop")).decode()


@pytest.mark.parametrize("name", [item for item in TEXT if "crosswalk" in formats.format_of(item).writes])
def test_a_crosswalk_is_exported(aicop: Run, name: str) -> None:
    """A crosswalk goes to standard output, and what the format cannot represent is reported."""
    code, out, err = aicop("export", name, "uk-ai-cop", "iso-iec-42001")
    assert code == 0
    assert out == formats.dumps(name, crosswalk("uk-ai-cop", "iso-iec-42001")).decode()
    left = formats.omission_phrases(name, crosswalk("uk-ai-cop", "iso-iec-42001"))
    assert err.splitlines() == [f"Skipped {phrase}." for phrase in left]


def test_a_framework_is_exported(aicop: Run) -> None:
    """A shipped framework is exported as its format writes it."""
    code, out, _ = aicop("export", "oscal", "nist-csf")
    assert (code, out) == (0, oscal.dumps(frameworks.load("nist-csf")))


def test_skipped_rows_are_counted(aicop: Run) -> None:
    """OSCAL cannot express untyped relations or mitigation, and an export without any mapping is an error."""
    code, _, err = aicop("export", "oscal", "uk-ai-cop", "etsi-en-304-223")
    related = sum(row.predicate == "related-to" for row in crosswalk("uk-ai-cop", "etsi-en-304-223").mappings)
    assert (code, err) == (0, f"Skipped {related} rows: cannot express 'related, type not stated'.\n")
    code, out, err = aicop("export", "oscal", "uk-ai-cop", "owasp-llm-top10")
    count = sum(row.predicate == "mitigates" for row in crosswalk("uk-ai-cop", "owasp-llm-top10").mappings)
    unfound = sum(row.target is None for row in crosswalk("uk-ai-cop", "owasp-llm-top10").mappings)
    assert (code, out) == (2, "")
    assert err == (
        "aicop: oscal cannot represent any mapping from uk-ai-cop@2025-01 to owasp-llm-top10@2026; "
        f"skipped: {count} rows: cannot express 'mitigates'; {unfound} rows: no counterpart found\n"
    )


def test_a_file_is_written_completely_and_not_overwritten(aicop: Run, tmp_path: Path) -> None:
    """An existing file is kept unless `--force` is given, and no temporary file is left."""
    path = tmp_path / "en.json"
    code, out, err = aicop("export", "oscal", "etsi-en-304-223", "-o", str(path))
    assert (code, out) == (0, "")
    assert err == f"Wrote {path}: {path.stat().st_size:,} bytes.\n"
    assert path.read_text(encoding="utf-8") == oscal.dumps(load("etsi-en-304-223"))
    code, _, err = aicop("export", "oscal", "uk-ai-cop", "-o", str(path))
    assert code == 3
    assert err == f"aicop: {path} already exists; use --force to overwrite it\n"
    assert path.read_text(encoding="utf-8") == oscal.dumps(load("etsi-en-304-223"))
    assert aicop("export", "oscal", "uk-ai-cop", "-o", str(path), "--force")[0] == 0
    assert path.read_text(encoding="utf-8") == oscal.dumps(load("uk-ai-cop"))
    assert [item.name for item in tmp_path.iterdir()] == ["en.json"]


def test_a_spreadsheet_goes_to_a_file_or_a_pipe(aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook goes to a file or a pipe, but not to a terminal."""
    path = tmp_path / "code.xlsx"
    assert aicop("export", "xlsx", "uk-ai-cop", "-o", str(path))[0] == 0
    assert path.read_bytes() == formats.dumps("xlsx", load("uk-ai-cop"))
    command = [sys.executable, "-m", "aicop", "export", "xlsx", "uk-ai-cop"]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout == path.read_bytes()  # noqa: S603 -- ours
    with monkeypatch.context() as patch:
        # A text stream over a binary buffer, like the standard output of a pipe.
        piped = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        patch.setattr("sys.stdout", piped)
        assert aicop("export", "xlsx", "uk-ai-cop")[0] == 0
        piped.seek(0)
        assert piped.buffer.read() == path.read_bytes()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, _, err = aicop("export", "xlsx", "uk-ai-cop")
    assert code == 2
    assert "a workbook cannot be shown in a terminal; name a file with --output" in " ".join(err.split())


def test_a_role_and_a_modality_select_a_part(aicop: Run) -> None:
    """A selection is a profile in OSCAL and fewer rows in a checklist."""
    code, out, _ = aicop("export", "oscal", "uk-ai-cop", "--role", "data custodian", "--modality", "shall")
    assert code == 0
    assert out == oscal.profile(load("uk-ai-cop"), role="Data Custodian", modality="shall")
    code, out, _ = aicop("export", "csv", "uk-ai-cop", "--role", "end-user")
    assert code == 0
    assert len(list(csv.reader(io.StringIO(out)))) == 2


def test_the_version_of_a_format_can_be_chosen(aicop: Run) -> None:
    """CycloneDX is written in the version that `--spec-version` names."""
    code, out, _ = aicop("export", "cyclonedx", "uk-ai-cop", "--spec-version", "1.7")
    assert (code, out) == (0, cyclonedx.dumps(load("uk-ai-cop"), "1.7"))


def test_the_whole_registry_is_exported(aicop: Run) -> None:
    """`export registry all` writes all editions."""
    assert aicop("export", "registry", "all")[1] == registry.dumps()


WRONG = [
    (
        ("export", "ocsal", "uk-ai-cop"),
        2,
        "'ocsal' is not a format; did you mean oscal? Use one of: csv, markdown, xlsx",
    ),
    (("export", "oscal", "nist-cfs"), 2, "'nist-cfs' is not a known document or framework; did you mean nist-csf@2.0?"),
    (("export", "registry", "nist-csf"), 2, "'registry' is not a format for frameworks; use one of: "),
    (("export", "cyclonedx", "uk-ai-cop", "iso-iec-42001"), 2, "is not a format for crosswalks"),
    (
        ("export", "oscal", "uk-ai-cop", "cyber-essentials"),
        2,
        "no mappings from uk-ai-cop@2025-01 to cyber-essentials@3.3",
    ),
    (
        ("export", "sarif", "uk-ai-cop", "--role", "Developer"),
        2,
        "'sarif' is not a format for part of an edition",
    ),
    (("export", "csv", "nist-csf", "--role", "Developer"), 2, "--role and --modality choose among provisions"),
    (("export", "csv", "uk-ai-cop", "--role", "Devloper"), 2, "'Devloper' is not a role"),
    (("export", "sarif", "uk-ai-cop", "--spec-version", "2.0"), 2, "'sarif' is not a format with several versions"),
    (
        ("export", "cyclonedx", "uk-ai-cop", "--spec-version", "2.0"),
        2,
        "'2.0' is not a CycloneDX version that aicop writes; use one of: 1.6, 1.7",
    ),
    (
        ("export", "cyclonedx", "uk-ai-cop", "--spec-version", "1.6", "--role", "Developer"),
        2,
        "--spec-version applies to CycloneDX, which",
    ),
    (("import", "nowhere.json"), 3, "nowhere.json"),
    (("export", "csv", "uk-ai-cop", "iso-iec-42001", "--role", "Developer"), 2, "a crosswalk is written whole"),
    (("export", "registry", "all", "uk-ai-cop"), 2, "a crosswalk is written whole"),
    (
        ("export", "csv", "uk-ai-cop", "--via", "nist-csf"),
        2,
        "--via applies to crosswalks; name a target",
    ),
    (("export", "csv", "uk-ai-cop", "-o", "/"), 3, "is a folder, not a file"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG, ids=[" ".join(item[0]) for item in WRONG])
def test_wrong_usage_is_reported(aicop: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    """Wrong usage is reported on standard error with its exit code, and without a traceback."""
    found = aicop(*arguments)
    assert found[0] == code
    assert found[1] == ""
    assert message in found[2]
    assert "Traceback" not in found[2]


def test_a_hyphen_is_standard_output(aicop: Run) -> None:
    """`-o -` writes to standard output."""
    assert aicop("export", "csv", "nist-csf", "-o", "-") == aicop("export", "csv", "nist-csf")


def test_one_format_is_shown_with_what_it_loses(aicop: Run) -> None:
    """One format is shown as a card; a misspelt one is an error."""
    code, out, _ = aicop("formats", "trestle")
    assert code == 0
    names = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert names == ["format", "title", "writes", "reads", "keeps", "loses"]
    assert json.loads(aicop("formats", "sssom", "--format", "json")[1])["needs"] == "aicop[yaml]"
    assert aicop("formats", "sarf")[0] == 2


def test_empty_exports_are_reported(aicop: Run) -> None:
    """A selection without statements is an error; a crosswalk without rows is written, with a note."""
    code, out, err = aicop("export", "csv", "uk-ai-cop", "--role", "Affected Entity", "--modality", "can")
    assert (code, out) == (2, "")
    assert "no statement of uk-ai-cop@2025-01 matches; try another role or verb." in err
    code, _, err = aicop("export", "csv", "nist-ai-rmf", "iso-iec-42001", "--via", "uk-ai-cop")
    assert (code, err.splitlines()[-1]) == (0, "The file contains no mapping.")


def test_skipped_own_columns_are_named(aicop: Run, tmp_path: Path) -> None:
    """A format without a place for columns of yours says on standard error which ones it leaves out."""
    aicop("init", str(tmp_path))
    own = ("--library", str(tmp_path))
    skipped = "Skipped 2 columns of your own: Owner, Frequency."
    for arguments in (("skos", "acme"), ("cyclonedx", "acme", "--spec-version", "1.6"), ("cyclonedx", "acme")):
        code, _, err = aicop("export", *arguments, *own)
        assert (code, err.splitlines()) == (0, [skipped])
    for name in ("csv", "markdown", "oscal", "aicop"):
        assert aicop("export", name, "acme", *own)[2] == ""
