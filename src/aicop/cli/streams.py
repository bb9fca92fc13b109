"""
Write to standard output and standard error.

What a person reads on a terminal is escaped here. An answer that cannot be written is an error. A note beside it that
cannot be written is not: it changes neither the answer nor the exit code. A reader that leaves early is no error.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from typing import TextIO


def write_out(text: str) -> None:
    """
    Write to standard output, and go on quietly if its reader has gone, as with ``head``.

    A command that also writes files does so whether or not anybody reads on, and a check keeps its exit code.

    A terminal does not obey what is in *text*: control characters other than line breaks and tabs are escaped.

    Raises:
        OSError: it cannot be written, for example because the disk is full.
    """
    if sys.stdout.isatty():
        # Imported here: `aicop --help` needs no errors, and they need attrs.
        from aicop.errors import escape_text

        text = escape_text(text, keep="\n\t")
    _write(text, None)


def write_out_utf8(content: bytes) -> None:
    """Write the content of a text file to standard output, in UTF-8 whatever the locale is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    write_out(content.decode())


def write_out_bytes(content: bytes) -> None:
    """Write the content of a file that is no text to standard output, like `write_out`."""
    _write("", content)


def _write(text: str, content: bytes | None) -> None:
    try:
        if content is not None:
            sys.stdout.buffer.write(content)
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        raise OSError(error.errno, error.strerror, "standard output") from error


def _silence(stream: TextIO) -> None:
    """Drop what is still buffered for a stream that cannot be written, which would fail again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(text: str, end: str = "\n") -> None:
    """Write *text*, which is escaped already, to standard error if that is possible."""
    try:
        click.echo(f"{text}{end}", err=True, nl=False)
    except OSError:
        _silence(sys.stderr)


def note(text: str) -> None:
    """Write a line for the person at the terminal to standard error, apart from the answer."""
    from aicop.errors import display_line

    tell(display_line(text))
