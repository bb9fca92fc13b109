"""What pytest leaves alone here."""

from __future__ import annotations

# It needs atheris, which only `make fuzz` installs.
collect_ignore = ["guided.py"]
