"""The commit that a folder is at, without running Git."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from aicop.library.commit import commit_of

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "0123456789abcdef0123456789abcdef01234567", "89abcdef" * 8


def repository(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a repository, and return a folder in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    inside = folder / "grc" / "library"
    inside.mkdir(parents=True)
    return inside


KNOWN = {
    "detached": ({".git/HEAD": f"{OLD}\n"}, OLD),
    "a branch": ({".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": f"{OLD}\n"}, OLD),
    "a branch with a slash": ({".git/HEAD": "ref: refs/heads/a/b-1\n", ".git/refs/heads/a/b-1": f"{NEW}\n"}, NEW),
    "a packed branch": (
        {
            ".git/HEAD": "ref: refs/heads/main\n",
            ".git/packed-refs": f"# pack-refs with: peeled\n{NEW} refs/heads/main-2\n{OLD} refs/heads/main\n^{NEW}\n",
        },
        OLD,
    ),
    "a worktree": (
        {
            ".git": "gitdir: store/worktrees/one\n",
            "store/worktrees/one/HEAD": "ref: refs/heads/main\n",
            "store/worktrees/one/commondir": "../..\n",
            "store/refs/heads/main": OLD,
        },
        OLD,
    ),
    "nothing committed": ({".git/HEAD": "ref: refs/heads/main\n"}, None),
    "not packed": ({".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": f"{OLD} refs/heads/other\n"}, None),
    "no head": ({".git/config": ""}, None),
    "an empty head": ({".git/HEAD": ""}, None),
    "a way out": ({".git/HEAD": "ref: refs/../../secret\n", "secret": OLD}, None),
    "another file": ({".git/HEAD": "ref: /etc/hostname\n"}, None),
    "a link to nowhere": ({".git": "gitdir: absent\n"}, None),
    "a name that no system takes": ({".git": "gitdir: a\0b\n"}, None),
    "what is no commit": ({".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "<script>"}, None),
    "a long line": ({".git/HEAD": OLD * 2}, None),
}


@pytest.mark.parametrize(("files", "commit"), KNOWN.values(), ids=KNOWN)
def test_the_commit_is_read_from_the_files_of_git(tmp_path: Path, files: dict[str, str], commit: str | None) -> None:
    """Branches, packed branches and worktrees are followed; what is not known, or leads elsewhere, is None."""
    assert commit_of(repository(tmp_path, files)) == commit


def test_the_nearest_repository_counts(tmp_path: Path) -> None:
    """A repository within another one is that of its folder."""
    inside = repository(tmp_path, {".git/HEAD": OLD})
    assert commit_of(inside) == OLD
    (inside / ".git").mkdir()
    assert commit_of(inside) is None


def test_a_file_that_is_no_file_is_not_read(tmp_path: Path) -> None:
    """A folder in the place of a file, as a device or pipe would be, is not opened."""
    inside = repository(tmp_path, {".git/config": ""})
    (tmp_path / ".git" / "HEAD").mkdir()
    assert commit_of(inside) is None


@pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")
def test_git_says_the_same(tmp_path: Path) -> None:
    """The commit is the one that Git itself states, loose and packed."""

    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 -- our own arguments

    git("init", "-q")
    assert commit_of(tmp_path) is None
    git("commit", "-q", "--allow-empty", "-m", "one")
    assert commit_of(tmp_path) == git("rev-parse", "HEAD")
    git("pack-refs", "--all")
    assert commit_of(tmp_path) == git("rev-parse", "HEAD")
