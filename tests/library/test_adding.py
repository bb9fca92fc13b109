"""Writing into the folder of a library."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from aicop.errors import AlreadyInLibrary, FileAlreadyExists, InvalidDocument, LibraryWithoutFolder
from aicop.library import Library, add
from tests.library.examples import acme, rows

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
    rename = Path.replace

    def failing(path: Path, place: Path) -> None:
        if place.suffix == ".tsv":
            raise OSError(28, "No space left on device")
        rename(path, place)

    monkeypatch.setattr(Path, "replace", failing)
    more = [acme("1", "AC-9,control,Ninth"), acme("2")]
    with pytest.raises(OSError, match="No space") as caught:
        add(Library.open(tmp_path), frameworks=more, mappings=rows(TABLE), name="ours", overwrite=True)
    assert caught.value.filename == str(tmp_path / "mappings" / "ours.tsv")
    assert (tmp_path / "frameworks" / "acme@1.json").read_bytes() == before
    assert [path.name for path in (tmp_path / "frameworks").iterdir()] == ["acme@1.json"]
    assert not (tmp_path / "mappings").exists()


def test_a_library_without_a_folder_cannot_be_written_to() -> None:
    """What ships has no folder; the error says how to make one."""
    with pytest.raises(LibraryWithoutFolder, match="aicop init"):
        add(Library(), frameworks=[acme()])


JOINT = "source,relationship,target,strength\nAC-1|AC-2,intersects-with,6.1,4\n"
MANY = "source,relationship,target,strength\nAC-1,intersects-with,6.1|6.2,4\n"


@pytest.mark.parametrize("table", [JOINT, MANY], ids=["sources", "targets"])
def test_joint_mappings_are_added_with_the_digests_of_their_members(tmp_path: Path, table: str) -> None:
    """A joint side gets one digest for each id, and the file with them is read again."""
    add(Library.open(tmp_path), frameworks=[acme()], mappings=rows(table))
    library = Library.open(tmp_path)
    (row,) = library.own_mappings()
    assert [str(digests).count("|") for digests in (row.source_digest, row.target_digest)] == [
        str(end).count("|") for end in (row.source, row.target)
    ]
    assert (library.review().items, library.review().compared) == ((), 1)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    "place", ["frameworks/acme@1.csv", "frameworks/acme@1.xlsx", "frameworks/acme@1.tsv", "editions/acme@1.json"]
)
def test_a_file_of_another_type_is_never_replaced(tmp_path: Path, place: str, *, overwrite: bool) -> None:
    """A framework is not written beside a file that holds its id; the error names that file."""
    path = tmp_path.joinpath(*place.split("/"))
    path.parent.mkdir()
    path.write_text("id,kind\nAC-1,control\n", encoding="utf-8")
    library = Library.open(tmp_path, skip_invalid=True)
    with pytest.raises(InvalidDocument) as caught:
        add(library, frameworks=[acme()], overwrite=overwrite)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{place}: already holds acme@1, and only frameworks/acme@1.json can be overwritten; change or remove this "
        "file yourself, or give the new framework another key or edition"
    ]
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_folder_that_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    """What is written is read first, together with all other files, and leaves no trace if that fails."""
    add(Library.open(tmp_path), frameworks=[acme()], mappings=rows(TABLE), name="ours")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    library = Library.open(tmp_path)
    without = acme("1", "AC-9,control,Ninth").controls[1:]
    with pytest.raises(InvalidDocument) as caught:
        add(library, frameworks=[attrs.evolve(acme(), controls=without)], overwrite=True)
    assert str(caught.value).startswith(
        f"{tmp_path}: nothing was written; with frameworks/acme@1.json there would be 1 error\n"
        "  mappings/ours.tsv: line 2, column 'source': 'acme@1:AC-1': "
    )
    with pytest.raises(InvalidDocument) as caught:
        add(library, mappings=rows(TABLE), name="again")
    assert [str(fault) for fault in caught.value.faults] == [
        "mappings/ours.tsv: line 2: acme@1:AC-1 is already mapped to uk-ai-cop@2025-01:6.1 in mappings/again.tsv, "
        "line 2, by Team; keep one of the two rows"
    ]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_what_was_skipped_does_not_prevent_adding(tmp_path: Path) -> None:
    """A fault that was in the folder before, and skipped, is no reason to refuse something new."""
    add(Library.open(tmp_path), frameworks=[acme()])
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / ".old").mkdir()
    (tmp_path / "mappings" / "~$old.csv").write_text("", encoding="utf-8")
    (tmp_path / "mappings" / "old.csv").write_text("", encoding="utf-8")
    library = Library.open(tmp_path, skip_invalid=True)
    assert len(library.skipped) == 1
    add(library, mappings=rows(TABLE), name="ours")
    again = Library.open(tmp_path, skip_invalid=True)
    assert (again.skipped, len(again.own_mappings())) == (library.skipped, 1)
