"""The exit codes of the command line; 0 is success."""

from __future__ import annotations

FOUND = 1
"""
``check`` found unknown keys, ``consistency`` contradictions, ``import`` nothing to read, ``assess merge`` conflicts, or
``assess check`` broken rules.
"""
USAGE = 2
"""Wrong usage, or an unknown key, edition or word."""
BROKEN = 3
"""A file cannot be read or written, or something is missing from the installation."""
INTERRUPTED = 130
"""The user pressed Ctrl-C; 128 and the number of the signal, as in a shell."""
