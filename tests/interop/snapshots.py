"""Snapshots of exports; they are rewritten if AICOP_SNAPSHOTS is ``write``."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as_snapshot(name: str, content: str | bytes) -> None:
    """Compare content with a snapshot, byte by byte."""
    written = content.encode() if isinstance(content, str) else content
    path = FOLDER / name
    if os.environ.get("AICOP_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(written)
    kept = path.read_bytes()
    # Compare text as text, so that pytest shows the lines that differ.
    if isinstance(content, str):
        assert content == kept.decode()
    else:
        assert written == kept
