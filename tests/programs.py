"""Run programs in separate processes."""

from __future__ import annotations

import os
import subprocess
import sys


def _run(program: str, **environment: str) -> str:
    command = [sys.executable, "-c", program]
    variables = os.environ | environment
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=variables)  # noqa: S603 -- ours
    return done.stdout.strip()
