"""End a command in order when the system asks for its end."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

# Windows has no hang-up.
_NUMBERS = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]


def _end(number: int, _: FrameType | None) -> None:
    # A second signal must not disturb the cleaning up.
    for one in _NUMBERS:
        signal.signal(one, signal.SIG_IGN)
    raise SystemExit(128 + number)


@contextlib.contextmanager
def ended_in_order() -> Iterator[None]:
    """
    Raise SystemExit on a hang-up and on a request to terminate, so that no temporary file is left.

    The exit code is 128 and the number of the signal, as in a shell. Signals that the process was told to ignore, as by
    ``nohup``, stay ignored.
    """
    taken = [one for one in _NUMBERS if signal.getsignal(one) == signal.SIG_DFL]
    # Only the main thread can take signals.
    if threading.current_thread() is not threading.main_thread():
        taken = []
    for one in taken:
        signal.signal(one, _end)
    try:
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


def _end_at_once(number: int, _: FrameType | None) -> None:
    os._exit(128 + number)


@contextlib.contextmanager
def ended_at_once() -> Iterator[None]:
    """
    End the process on an interrupt, a hang-up or a request to terminate, without waiting for its threads.

    It is for a command that writes no file and waits for standard input in a thread, which nothing else would wake. The
    exit codes are those of `ended_in_order`, and signals that the process was told to ignore stay ignored.
    """
    numbers = [one for one in (signal.SIGINT, *_NUMBERS) if signal.getsignal(one) != signal.SIG_IGN]
    # Only the main thread can take signals.
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    before = {one: signal.signal(one, _end_at_once) for one in numbers}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
