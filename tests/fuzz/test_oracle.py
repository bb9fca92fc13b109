"""The judgement on what a reader does with an input, which must notice everything that it promises to notice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NoReturn

import pytest

from aicop.errors import AicopError, Fault, InvalidDocument, InvalidId, KeyMistake, UnknownKey
from aicop.ids import ProvisionId
from tests.fuzz import oracle
from tests.fuzz.oracle import BrokenPromise, error_problem, judge, text_problem, texts_problem

if TYPE_CHECKING:
    from collections.abc import Callable


class Raw(AicopError):
    """An error whose message is not escaped and not shortened, unlike those of aicop."""

    def __str__(self) -> str:
        return str(self.args[0])


def raising(error: BaseException) -> Callable[[bytes], bool]:
    """Return a reader that raises an error."""

    def read(_: bytes) -> NoReturn:
        raise error

    return read


def test_success_and_a_readable_error_are_right() -> None:
    """An input may be accepted, or refused with an error of aicop that a person can read."""
    assert judge(lambda _: True, b"") == (True, None)
    assert judge(raising(InvalidId("é", "an id")), b"") == (False, None)
    assert judge(raising(InvalidDocument.from_faults((Fault("x", "a[0]", "is\u00a0odd"),))), b"") == (False, None)


@pytest.mark.parametrize("error", [ValueError("no"), KeyError("x"), RecursionError(), MemoryError(), AssertionError()])
def test_every_other_error_is_a_finding(error: Exception) -> None:
    """An error that is none of aicop's is a finding, named by its type and the innermost function of aicop."""
    accepted, found = judge(raising(error), b"")
    assert not accepted
    assert found is not None
    assert (found.kind, found.place) == (type(error).__name__, "test_oracle.py:read")


def test_a_finding_is_named_by_the_innermost_function_of_aicop() -> None:
    """The frames of libraries and of the tests do not name a finding if one of aicop does."""
    _, found = judge(lambda _: bool(ProvisionId.parse(3)), b"")  # type: ignore[arg-type]
    assert found is not None
    assert found.place.startswith("ids.py:")


@pytest.mark.parametrize(
    "char", ["\0", "\x1b", "\x85", "\n", "\u202e", "\u200b", "\ud800", "\u2028", "\u2029", "\U000e0041"]
)
def test_an_unprintable_character_in_a_message_is_a_finding(char: str) -> None:
    """Characters that control a terminal or the direction of text, and half characters, may not be in a message."""
    assert text_problem(f"a{char}b") is not None
    assert texts_problem(["ok", f"a{char}b"]) is not None
    _, found = judge(raising(Raw(f"a{char}")), b"")
    assert found is not None
    assert found.kind == "unprintable character in a message"
    assert text_problem("a\u00a0é\U0001f600") is None


def test_a_long_message_is_a_finding() -> None:
    """A message is bounded, whatever the input, and so is each fault of a document."""
    assert text_problem("a" * oracle.MAX_MESSAGE_LENGTH) is None
    assert text_problem("a" * (oracle.MAX_MESSAGE_LENGTH + 1)) is not None
    assert error_problem(Raw("a" * (oracle.MAX_MESSAGE_LENGTH + 1))) is not None
    # Our own errors shorten themselves.
    long = "a" * (oracle.MAX_MESSAGE_LENGTH + 1)
    assert error_problem(UnknownKey("x", KeyMistake.NO_ITEM, long)) is None
    assert error_problem(InvalidDocument.from_faults((Fault("x", "", long),) * 50)) is None


def test_a_document_without_a_reason_is_a_finding() -> None:
    """Every fault states a problem."""
    assert error_problem(InvalidDocument.from_faults((Fault("x", "", ""),))) == "a fault without a problem"


def test_a_broken_promise_is_a_finding() -> None:
    """What a harness finds wrong with a result is a finding of a kind of its own."""
    _, found = judge(raising(BrokenPromise("framework: a is read back as b")), b"")
    assert found is not None
    assert str(found).startswith("broken promise at test_oracle.py:read framework: framework: a is read")


def test_a_slow_answer_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is that of the processor, so that a busy machine makes no findings."""
    times = iter([0.0, oracle.MAX_SECONDS, 0.0, oracle.MAX_SECONDS + 0.1])
    monkeypatch.setattr(time, "process_time", lambda: next(times))
    assert judge(lambda _: True, b"")[1] is None
    found = judge(lambda _: True, b"")[1]
    assert found is not None
    assert found.kind == "slow"
