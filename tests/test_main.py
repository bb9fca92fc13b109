"""``python -m aicop``."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from aicop import __main__


def test_the_script_runs_the_command_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The script takes the arguments of the process."""
    monkeypatch.setattr(sys, "argv", ["aicop", "editions"])
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 0
    assert "etsi-en-304-223@2.1.1" in capsys.readouterr().out


def test_a_missing_extra_is_reported(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without click, the message says what to install, and the exit code is 3."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 3
    assert capsys.readouterr().err == (
        "aicop: the command line needs click; install it with: pip install 'aicop[cli]'\n"
    )


def process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a separate process."""
    command = [sys.executable, "-m", "aicop", *arguments]
    return subprocess.run(command, check=False, capture_output=True, **more)  # type: ignore[call-overload, no-any-return]  # noqa: S603 -- ours


def test_the_module_runs_and_reads_standard_input() -> None:
    """``python -m aicop`` is the same command, and reads standard input."""
    done = process("check", "-", "--format", "csv", input=b"uk-ai-cop:5.4.1\n")
    assert (done.returncode, done.stderr) == (0, b"1 key: 1 known, 0 unknown.\n")
    assert done.stdout.splitlines()[1] == b"line 1,uk-ai-cop:5.4.1,known,uk-ai-cop@2025-01:5.4.1,"


def test_an_interrupt_outside_of_a_command_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the command line is being imported gives exit code 130."""

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib.util, "find_spec", interrupted)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 130
