"""The command ``explore``."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop.cli import exploring

if TYPE_CHECKING:
    from tests.cli.runner import Run

ACME = str(Path(__file__).parents[2] / "docs" / "examples" / "acme")
SMALL = ("--edition", "uk-ai-cop", "--framework", "stride")


def test_a_page_is_written(aicop: Run, tmp_path: Path) -> None:
    """The page goes to the file; an existing one is refused without --force."""
    file = tmp_path / "code.html"
    code, out, err = aicop("explore", "-o", str(file), *SMALL)
    assert (code, out) == (0, "")
    assert re.fullmatch(r"Wrote .*code\.html: [\d,]+ bytes\.\n", err)
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert aicop("explore", "-o", str(file), *SMALL)[0] == 3
    assert aicop("explore", "-o", str(file), *SMALL, "--force")[0] == 0


def test_an_assessment_is_shown_if_it_is_named(aicop: Run, tmp_path: Path) -> None:
    """An assessment is on the page only if it is named, and its evidence only with --evidence."""
    file = tmp_path / "code.html"
    options = ("-o", str(file), "--force", *SMALL, "--library", ACME)
    found = []
    for more in ((), ("--assessment", "chat-assistant"), ("--assessment", "chat-assistant", "--evidence")):
        assert aicop("explore", *options, *more, "--on", "2026-11-30")[0] == 0
        text = file.read_text(encoding="utf-8")
        found.append(("Platform team" in text, "ai-inventory.csv" in text))
    assert found == [(False, False), (True, False), (True, True)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a file with --output, or use --serve"),
        (("-o", "code.html", "--serve"), "name a file with --output, or use --serve"),
        (("--serve", "--evidence"), "name one with --assessment"),
    ],
)
def test_options_that_do_not_fit_are_refused(aicop: Run, arguments: tuple[str, ...], said: str) -> None:
    """Neither a file nor a server, both, and evidence of nothing are wrong usage."""
    code, _, err = aicop("explore", *arguments)
    assert code == 2
    assert said in err


def test_a_page_is_served_until_an_interrupt(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is printed, and an interrupt ends the server with exit code 0."""
    from aicop.report.explorer.serving import PageServer

    def interrupted(_server: PageServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PageServer, "serve_forever", interrupted)
    code, out, err = aicop("explore", "--serve", *SMALL)
    assert (code, out) == (0, "")
    assert re.fullmatch(r"Serving on http://127\.0\.0\.1:\d+/ until Ctrl-C\.\nEnded\.\n", err)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no interrupt of one process")
def test_ctrl_c_ends_the_server() -> None:
    """A process that serves answers, and ends with exit code 0 on an interrupt."""
    command = [sys.executable, "-m", "aicop", "explore", "--serve", *SMALL, "--library", "none"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 -- ours
        assert process.stderr is not None
        found = re.search(r"http://\S+", process.stderr.readline())
        assert found is not None
        with urllib.request.urlopen(found[0]) as answer:  # noqa: S310 -- the address of our own server
            assert answer.read().startswith(b"<!doctype html>")
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0


def test_the_commands_are_listed() -> None:
    """The module has one command."""
    assert set(exploring.COMMANDS) == {"explore"}
