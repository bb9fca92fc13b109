"""What a reader of any input has to do: succeed, or raise an `AicopError` that a person can read; and soon."""

from __future__ import annotations

import time
import traceback
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

import aicop
from aicop.errors import MAX_FAULTS, AicopError, InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_SECONDS = 2.0
"""The longest that reading one input may take, in seconds of the processor."""
MAX_MESSAGE_LENGTH = 2_000
"""The greatest length of one message or of one fault, in characters."""
MAX_DOCUMENT_LENGTH = MAX_MESSAGE_LENGTH * (MAX_FAULTS + 2)
"""The greatest length of the message of an `InvalidDocument`, in characters."""
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""The categories of characters that control a terminal or the direction of text, or cannot be encoded as UTF-8."""
_SOURCE = str(Path(aicop.__file__).parent)


class BrokenPromise(Exception):
    """A reader accepted an input, but what it returned is not what it promises."""


@attrs.frozen
class Finding:
    """What is wrong with the way in which a reader treated an input."""

    kind: str
    place: str
    """The innermost line of aicop that took part; two findings of one kind and place are taken for the same."""
    details: str = attrs.field(eq=False)

    def __str__(self) -> str:
        return f"{self.kind} at {self.place}: {self.details}"


def text_problem(text: str, limit: int = MAX_MESSAGE_LENGTH) -> str | None:
    """Return what is wrong with a text that a person is to read on one line, or None."""
    if len(text) > limit:
        return f"message too long: {len(text):,} characters, {text[:200]!a}"
    for char in text:
        if unicodedata.category(char) in _UNPRINTABLE:
            return f"unprintable character in a message: {text[:500]!a}"
    return None


def error_problem(error: AicopError) -> str | None:
    """Return what is wrong with the message of an error, or None."""
    if not isinstance(error, InvalidDocument):
        return text_problem(str(error))
    if not error.faults or len(error.faults) != len(error.exceptions):
        return "an invalid document without faults, or with other errors among them"
    if any(not fault.problem for fault in error.faults):
        return "a fault without a problem"
    if len(str(error)) > MAX_DOCUMENT_LENGTH:
        return f"message too long: {len(str(error)):,} characters"
    return next(filter(None, map(text_problem, (error.message, *map(str, error.faults)))), None)


def texts_problem(texts: Iterable[str]) -> str | None:
    """Return what is wrong with the first bad one of several texts for people, or None."""
    return next(filter(None, map(text_problem, texts)), None)


def _place(error: BaseException) -> str:
    """Return the innermost line of aicop, or if there is none of anything, in a traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_SOURCE)] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].name}" if own else "?"


def judge(read: Callable[[bytes], bool], content: bytes) -> tuple[bool, Finding | None]:
    """Let a reader read an input; return whether it accepted it, and what is wrong, if anything is."""
    accepted, found = False, None
    start = time.process_time()
    try:
        accepted = read(content)
    except AicopError as error:
        problem = error_problem(error)
        if problem is not None:
            found = Finding(problem.partition(":")[0], _place(error), problem)
    except BrokenPromise as error:
        found = Finding("broken promise", f"{_place(error)} {str(error).partition(':')[0]}", str(error)[:2000])
    # Everything that is not an error of aicop is a fault, also those that libraries raise and a lack of memory.
    except Exception as error:  # noqa: BLE001
        found = Finding(type(error).__name__, _place(error), str(error)[:500])
    taken = time.process_time() - start
    if found is None and taken > MAX_SECONDS:
        found = Finding("slow", "reader", f"{taken:.1f} seconds for {len(content):,} bytes")
    return accepted, found
