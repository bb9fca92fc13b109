"""Commands that are interrupted, or asked to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from aicop.cli.signals import ended_at_once, ended_in_order

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

# Stops when the content has been written beside the file, and says so.
WRITING = """
import os, sys, time
from aicop import cli
def stop(_):
    print("writing", flush=True)
    time.sleep(60)
os.fsync = stop
cli.run(sys.argv[1:])
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
@pytest.mark.parametrize("command", [("editions", "-o", "a.txt"), ("init", "a")], ids=" ".join)
def test_no_temporary_file_is_left(tmp_path: Path, number: int, code: int, command: tuple[str, ...]) -> None:
    """A command that a signal ends while it writes leaves nothing behind, and no traceback."""
    program = [sys.executable, "-c", WRITING, *command]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(program, cwd=tmp_path, text=True, **streams) as running:  # type: ignore[call-overload]  # noqa: S603 -- ours
        assert running.stdout.readline() == "writing\n"
        assert [item.name for item in tmp_path.rglob(".aicop.*")] != []
        running.send_signal(number)
        _, err = running.communicate(timeout=30)
    assert (running.returncode, err.strip(), list(tmp_path.iterdir())) == (code, "", [])


# Interrupts the import of a module, once.
INTERRUPTING = """
import sys
class Finder:
    wanted = sys.argv[1]
    def find_spec(self, name, path=None, target=None):
        if name == Finder.wanted:
            Finder.wanted = ""
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from aicop.__main__ import main
sys.argv[1:] = ["show", "nothing"]
main()
"""


@pytest.mark.parametrize("name", ["click", "aicop.cli", "aicop.cli.app", "aicop.cli.show", "aicop.errors", "attrs"])
def test_an_interrupt_during_imports_is_no_traceback(name: str) -> None:
    """Ctrl-C in the first second gives exit code 130, as later."""
    command = [sys.executable, "-c", INTERRUPTING, name]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 -- ours
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_signals_that_are_ignored_stay_ignored() -> None:
    """A process that was told to ignore hang-ups, as by ``nohup``, still does."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_in_order():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_second_signal_does_not_disturb_the_first() -> None:
    """While a command ends because of one signal, another is ignored."""

    def cleaning_up() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGHUP)

    with ended_in_order(), pytest.raises(SystemExit) as caught:
        cleaning_up()
    assert caught.value.code == 143


@pytest.mark.parametrize("ended", [ended_in_order, ended_at_once])
def test_only_the_main_thread_takes_signals(ended: Callable[[], AbstractContextManager[None]]) -> None:
    """In another thread a command runs without taking signals, which Python does not allow there."""
    found = []

    def run() -> None:
        with ended():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [signal.SIG_DFL]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_waiting_command_ends_at_once(monkeypatch: pytest.MonkeyPatch, number: int, code: int) -> None:
    """A signal ends the process without waiting for its threads, with the exit code of every command."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    before = signal.getsignal(number)
    with ended_at_once():
        signal.raise_signal(number)
    assert codes == [code]
    assert signal.getsignal(number) == before
