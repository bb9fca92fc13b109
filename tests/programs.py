"""Run programs in separate processes."""

from __future__ import annotations

import subprocess
import sys


def _run(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 -- ours
