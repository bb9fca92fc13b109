"""The packaged data files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from aicop import _resources
from aicop._resources import read, read_table
from aicop.errors import MissingData
from tests.programs import _run


@pytest.fixture(params=["folder", "not a folder"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the data from its folder, or as from an archive."""
    if request.param != "folder":
        monkeypatch.setattr(_resources, "_folder", lambda: None)


@pytest.mark.usefixtures("way")
def test_a_missing_data_file_is_named() -> None:
    """The error for a damaged installation names the missing file."""
    with pytest.raises(MissingData) as caught:
        read("editions/nothing.json")
    assert caught.value.resource == "data/editions/nothing.json"


@pytest.mark.usefixtures("way")
def test_files_are_read_wherever_they_are() -> None:
    """A file in a folder, and a table."""
    assert read("editions/uk-ai-cop@2025-01.json").startswith("{")
    assert read_table("frameworks/stride@1999.tsv")[0]["id"] == "Spoofing"


def test_aicop_runs_from_a_zip_archive(tmp_path: Path) -> None:
    """The code and the data are read from inside it."""
    root = Path(__file__).parent.parent
    archive = tmp_path / "aicop.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for folder, inside in ((root / "src" / "aicop", "aicop"), (root / "data", "aicop/data")):
            for file in (*folder.rglob("*.py"), *folder.rglob("*.json"), *folder.rglob("*.tsv")):
                written.write(file, f"{inside}/{file.relative_to(folder).as_posix()}")
    program = f"""
import sys
sys.path.insert(0, {str(archive)!r})
import aicop
assert aicop.__file__.startswith({str(archive)!r})
print(len(aicop.load("uk-ai-cop")), aicop.parse("nist-csf@2.0:PR.DS-01"))
"""
    assert _run(program) == "72 nist-csf@2.0:PR.DS-01"
