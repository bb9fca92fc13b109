"""The command line as a whole: help, exit codes, errors, streams."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aicop import _resources, cli, manifest
from aicop.catalogue import shipped
from aicop.errors import MissingData
from aicop.library import Library

if TYPE_CHECKING:
    from tests.cli.runner import Run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "EN 304 223 5.4.1"), "'EN 304 223 5.4.1': 5.4.1 is a UK number; "),
        (("show", "5.4.1"), "'5.4.1': it exists in several documents"),
        (("duties", "--role", "boss"), "'boss' is not a role; use one of: Developer, "),
        (("list", "--edition", "x"), "'x' is not a known document or framework; use one of: uk-ai-cop@2025-01, "),
        (("compare", "uk-ai-cop", "uk-ai-cop"), "'uk-ai-cop': an edition cannot be compared with itself; "),
        (("applies", "--sells-only", "--maintains"), "sells-only and maintains: an organisation with a part"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes_are_reported_in_one_line(aicop: Run, arguments: tuple[str, ...], message: str) -> None:
    """A mistake is one line on standard error, with exit code 2 and nothing on standard output."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"aicop: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("nonsense",), ("show",), ("duties",)], ids=" ".join)
def test_wrong_usage_is_reported(aicop: Run, arguments: tuple[str, ...]) -> None:
    """The command-line library reports wrong usage with exit code 2."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert "Usage:" in err


def test_a_damaged_installation_is_reported(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing data file is named, with the advice to reinstall and exit code 3."""

    def lost(name: str) -> str:
        raise MissingData(f"data/{name}")

    # The caches would otherwise hide the missing file.
    for cached in (manifest.document_entries, manifest.editions, manifest.edition_data, shipped._load):
        cached.cache_clear()
    monkeypatch.setattr(manifest, "read", lost)
    code, out, err = aicop("editions")
    monkeypatch.setattr(manifest, "read", _resources.read)
    assert (code, out) == (3, "")
    assert (
        err == "aicop: data file data/manifest.json is missing from this installation of aicop; reinstall the package\n"
    )


def test_a_missing_standard_output_ends_with_exit_code_3(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard output there is no answer; without standard error only the notes beside it are lost."""
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", None)
        assert aicop("editions") == (3, "", "aicop: standard output is closed\n")
    monkeypatch.setattr(sys, "stderr", None)
    code, out, _ = aicop("duties", "--role", "end-user")
    assert code == 0
    assert "5.4" in out


@pytest.mark.parametrize("encoding", ["cp1252", "latin1", "ascii"])
def test_output_works_in_any_encoding(encoding: str) -> None:
    """Characters that the encoding of the output lacks do not stop the program."""
    program = "import sys; from aicop import cli; cli.run(['show', 'uk-ai-cop:1.2.2'])"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, capture_output=True, env={"PYTHONIOENCODING": encoding})  # noqa: S603 -- ours
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"uk-ai-cop@2025-01:1.2.2" in done.stdout


def test_help_and_no_arguments(aicop: Run) -> None:
    """Help lists the commands and exit codes; without arguments it is printed as wrong usage."""
    code, out, _ = aicop("--help")
    assert code == 0
    bare, shown, errors = aicop()
    assert bare == 2
    assert "editions" in shown + errors
    for codes in (
        "0 success",
        "1 check found unknown keys",
        "2 wrong usage",
        "3 a file cannot be read",
        "130 interrupted",
    ):
        assert codes in " ".join(out.split())
    for command in ("editions", "show", "list", "duties", "counterpart", "compare", "scope", "check"):
        assert command in out


def test_an_interrupt_has_an_exit_code_of_its_own(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt gives exit code 130, as in a shell, and no output."""

    def interrupted(_: Library) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "editions", interrupted)
    code, out, _ = aicop("editions")
    assert (code, out) == (130, "")


def test_an_internal_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that is not the user's error keeps its traceback."""

    def broken(_: Library) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Library, "editions", broken)
    with pytest.raises(ZeroDivisionError):
        cli.run(["editions"])
