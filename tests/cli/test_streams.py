"""Standard output and standard error, which may be closed, full, or a terminal."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING

import pytest

from aicop import Library
from aicop.assessment import load
from aicop.cli import streams
from tests.assessment.files.test_reader import library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.runner import Run

ANSWER = ("check", "-", "--format", "csv")
KEYS = b"uk-ai-cop:5.4.1\n"


def process(
    *arguments: str, stdout: int | None = None, stderr: int | None = None, close: str = ""
) -> tuple[int, str, str]:
    """Run the command line in a separate process; *close* closes streams as a shell does."""
    command = ["sh", "-c", f'exec "$@" {close}', "sh", sys.executable, "-m", "aicop", *arguments]
    done = subprocess.run(  # noqa: S603 -- ours
        command, check=False, input=KEYS, stdout=stdout or subprocess.PIPE, stderr=stderr or subprocess.PIPE
    )
    return done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode()


def without_reader(*arguments: str) -> tuple[int, str]:
    """Run the command line in a separate process, whose output nobody reads, and return its exit code and errors."""
    command = [sys.executable, "-m", "aicop", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 -- ours
        assert running.stdout is not None
        # Close the reading end before the program writes.
        running.stdout.close()
        assert running.stderr is not None
        errors = running.stderr.read().decode()
    return running.returncode, errors


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """A reader that closes the pipe early, such as `head`, gets exit code 0 and no error message."""
    assert without_reader("list") == (0, process("list")[2])


def test_a_reader_that_leaves_early_changes_nothing_else(tmp_path: Path) -> None:
    """A command writes its files, and a check has its exit code, even if nobody reads on."""
    library(tmp_path, chat={"verdicts.csv": "key,verdict\n5.1,fail\n"})
    ours = ("--library", str(tmp_path))
    (tmp_path / "new.csv").write_text("key,verdict\n5.2,pass\n", encoding="utf-8")
    assert without_reader("assess", "check", "chat", "--fail-on", "fail", *ours)[0] == 1
    assert without_reader("assess", "merge", "chat", str(tmp_path / "new.csv"), "--take", "theirs", *ours)[0] == 0
    assert [row.key.local for row in load(Library.open(tmp_path), "chat").verdicts] == ["5.1#1", "5.2#1"]


def test_drawings_go_to_any_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing is written to a stream without an encoding too."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    streams.write_out_utf8("\u2019".encode())
    assert stream.getvalue() == "\u2019"


@pytest.fixture
def full() -> Iterator[int]:
    """Return a file descriptor of a device that is full."""
    descriptor = os.open("/dev/full", os.O_WRONLY)
    yield descriptor
    os.close(descriptor)


@pytest.mark.parametrize(
    "arguments",
    [
        ANSWER,
        ("list",),
        ("export", "markdown", "uk-ai-cop"),
        ("export", "xlsx", "uk-ai-cop"),
        ("--help",),
        ("--version",),
        ("editions", "-o", "/dev/stdout"),
    ],
    ids=" ".join,
)
def test_an_answer_that_cannot_be_written_is_an_error(full: int, arguments: tuple[str, ...]) -> None:
    """On a full disk the exit code is 3, and the message is one line that names what cannot be written."""
    code, _, err = process(*arguments, stdout=full)
    # The help is printed by click, so that nothing is known about the error.
    name = {"-o": "/dev/stdout: ", "--help": ""}.get(arguments[min(1, len(arguments) - 1)], "standard output: ")
    assert (code, err.splitlines()[-1]) == (3, f"aicop: {name}no space left on device")
    assert "Traceback" not in err
    assert "ignored" not in err


@pytest.mark.parametrize(
    "arguments", [ANSWER, ("show", "nothing"), ("nonsense",), ("show",), ("duties",)], ids=" ".join
)
def test_notes_that_cannot_be_written_change_nothing(full: int, arguments: tuple[str, ...]) -> None:
    """With standard error full or closed, answer and exit code are the same."""
    code, out, _ = process(*arguments)
    assert process(*arguments, stderr=full) == (code, out, "")
    assert process(*arguments, close="2>&-") == (code, out, "")


def test_a_closed_standard_output_is_reported() -> None:
    """Without standard output there is no answer, which is said."""
    assert process(*ANSWER, close=">&-") == (3, "", "aicop: standard output is closed\n")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


@pytest.mark.parametrize(
    ("stream", "shown"),
    [(Terminal, "\\x1b[31m\ta\\u202e\n"), (io.StringIO, "\x1b[31m\ta\u202e\n")],
    ids=["terminal", "file"],
)
def test_a_terminal_obeys_nothing(monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], shown: str) -> None:
    """A terminal gets control characters escaped, and a file gets the text as it is."""
    monkeypatch.setattr(sys, "stdout", opened := stream())
    streams.write_out("\x1b[31m\ta\u202e\n")
    assert opened.getvalue() == shown


class Broken:
    """A stream that cannot be written."""

    def __init__(self, stream: IO[str], error: int) -> None:
        self.stream = stream
        self.error = error

    def write(self, _: str) -> None:
        """Raise the error."""
        raise OSError(self.error, os.strerror(self.error))

    def flush(self) -> None:
        """Do nothing."""

    def isatty(self) -> bool:
        """Return False."""
        return False

    def fileno(self) -> int:
        """Return the file descriptor of the real stream."""
        return self.stream.fileno()


FULL = "aicop: standard output: no space left on device\n"


LISTED = "88 of 88 statements, in 72 of 72 provisions of uk-ai-cop@2025-01.\n"


@pytest.mark.parametrize(("error", "expected"), [(errno.ENOSPC, (3, FULL)), (errno.EPIPE, (0, LISTED))])
def test_broken_streams_in_this_process(
    aicop: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: int, expected: tuple[int, str]
) -> None:
    """The same holds in this process, where coverage sees it."""
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", Broken(stream, error))
            assert aicop("show", "nothing")[0] == 2
        monkeypatch.setattr(sys, "stdout", Broken(stream, error))
        code, _, err = aicop("list")
        assert (code, err.splitlines(keepends=True)[0]) == expected
