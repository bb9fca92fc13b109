"""Writing into the folder of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop.errors import AlreadyInLibrary, FileAlreadyExists, InvalidDocument, LibraryWithoutFolder
from aicop.files.atomic import write_atomic
from aicop.library import Library, add, adding
from tests.library.examples import acme, rows

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "source,relationship,target,strength\nAC-1,intersects-with,6.1,4\n"


@pytest.fixture(autouse=True)
def _empty_library(tmp_path: Path) -> None:
    """Make the folder an empty library."""
    (tmp_path / "aicop.toml").write_text("")


def test_frameworks_and_mappings_are_added(tmp_path: Path) -> None:
    """What was written is read again, and the mappings have the digests of today."""
    written = add(Library.open(tmp_path), frameworks=[acme()], mappings=rows(TABLE), name="ours")
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        "frameworks/acme@1.json",
        "mappings/ours.tsv",
    ]
    library = Library.open(tmp_path)
    assert library.framework("acme") == acme()
    (row,) = library.own_mappings()
    assert row.source_digest is not None
    assert row.target_digest is not None
    assert library.review().items == ()


def test_mappings_between_several_frameworks_go_to_several_files(tmp_path: Path) -> None:
    """Each pair of editions has a file of its own."""
    both = (*rows(TABLE), *rows(TABLE, acme("2")))
    add(Library.open(tmp_path), frameworks=[acme("1"), acme("2")], mappings=both, name="ours")
    assert sorted(path.name for path in (tmp_path / "mappings").iterdir()) == [
        "ours.acme@1--uk-ai-cop@2025-01.tsv",
        "ours.acme@2--uk-ai-cop@2025-01.tsv",
    ]
    assert len(Library.open(tmp_path).own_mappings()) == 2


def test_nothing_is_overwritten_unless_asked_for(tmp_path: Path) -> None:
    """An existing file is refused before anything is written; with overwrite it is replaced."""
    add(Library.open(tmp_path), frameworks=[acme()])
    newer = acme("1", "AC-9,control,Ninth")
    with pytest.raises(AlreadyInLibrary):
        add(Library.open(tmp_path), frameworks=[newer])
    with pytest.raises(FileAlreadyExists):
        add(Library.open(tmp_path), frameworks=[acme()], mappings=rows(TABLE), name="ours")
    assert not (tmp_path / "mappings").exists()
    add(Library.open(tmp_path), frameworks=[newer], overwrite=True)
    assert Library.open(tmp_path).framework("acme") == newer


def test_rows_of_unknown_frameworks_are_refused(tmp_path: Path) -> None:
    """Mappings of a framework that is nowhere are refused, and nothing is written."""
    with pytest.raises(InvalidDocument):
        add(Library.open(tmp_path), mappings=rows(TABLE), name="ours")
    assert [path.name for path in tmp_path.iterdir()] == ["aicop.toml"]


def test_a_set_of_files_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the second file cannot be written, the first is as it was before."""
    add(Library.open(tmp_path), frameworks=[acme()])
    before = (tmp_path / "frameworks" / "acme@1.json").read_bytes()
    write = write_atomic

    def failing(path: Path, content: bytes, *, overwrite: bool) -> None:
        if path.suffix == ".tsv":
            raise OSError(28, "No space left on device", str(path))
        write(path, content, overwrite=overwrite)

    monkeypatch.setattr(adding, "write_atomic", failing)
    more = [acme("1", "AC-9,control,Ninth"), acme("2")]
    with pytest.raises(OSError, match="No space"):
        add(Library.open(tmp_path), frameworks=more, mappings=rows(TABLE), name="ours", overwrite=True)
    assert (tmp_path / "frameworks" / "acme@1.json").read_bytes() == before
    assert not (tmp_path / "frameworks" / "acme@2.json").exists()


def test_a_library_without_a_folder_cannot_be_written_to() -> None:
    """What ships has no folder; the error says how to make one."""
    with pytest.raises(LibraryWithoutFolder, match="aicop init"):
        add(Library(), frameworks=[acme()])
