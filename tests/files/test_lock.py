"""Locks on folders."""

from __future__ import annotations

import builtins
import fcntl
import os
import threading
from typing import TYPE_CHECKING, Any

import pytest

from aicop.files.lock import locked

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_holder_waits(tmp_path: Path) -> None:
    """While the lock is held, another one is not given; nothing is left in the folder."""
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with locked(tmp_path):
            order.append("second")

    with locked(tmp_path):
        other = threading.Thread(target=second)
        other.start()
        begun.wait()
        other.join(0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
    assert not list(tmp_path.iterdir())


def test_an_error_releases_the_lock(tmp_path: Path) -> None:
    """The lock ends with the block, whatever happens in it."""
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), locked(tmp_path):
            _ = 1 / 0


def test_disks_without_locks_are_not_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses to lock is used all the same."""

    def refuse(descriptor: int, kind: int) -> None:
        os.fstat(descriptor)
        assert kind == fcntl.LOCK_EX
        raise OSError

    monkeypatch.setattr(fcntl, "flock", refuse)
    with locked(tmp_path):
        pass


def test_systems_without_locks_are_not_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the module does not exist, nothing is locked."""
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:  # noqa: ANN401 -- as the original
        if name == "fcntl":
            raise ImportError
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with locked(tmp_path / "no such folder"):
        pass
