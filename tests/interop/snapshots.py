"""Snapshots of exports; they are rewritten if AICOP_SNAPSHOTS is ``write``."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as_snapshot(name: str, content: str | bytes, folder: Path = FOLDER) -> None:
    """Compare content with a snapshot in a folder, byte by byte."""
    written = content.encode() if isinstance(content, str) else content
    path = folder / name
    if os.environ.get("AICOP_SNAPSHOTS") == "write":
        folder.mkdir(exist_ok=True)
        path.write_bytes(written)
    kept = path.read_bytes()
    # Compare text as text, so that pytest shows the lines that differ.
    if isinstance(content, str):
        assert content == kept.decode()
    else:
        assert written == kept
