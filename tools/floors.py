"""Print the runtime dependencies and those of the extras that are given, pinned at their floors."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
for requirement in [*project["dependencies"], *(requirement for name in sys.argv[1:] for requirement in extras[name])]:
    print(requirement.replace(">=", "=="))
