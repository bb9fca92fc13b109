"""Run programs in separate processes."""

from __future__ import annotations

import os
import subprocess
import sys


def _run(program: str, **environment: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | environment
    ).stdout.strip()  # noqa: S603 -- ours
